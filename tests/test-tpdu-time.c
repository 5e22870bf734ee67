/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-time.h"

#include "mu-hex.h"
#include "mu-test.h"

static gboolean
get (const char *hex, gint64 *ret_time, gint *ret_offset)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  assert_true (mu_hex_decode (hex, octets));
  assert_int_equal (octets->len, TPDU_TIME_OCTETS);
  return tpdu_time_get (octets->data, ret_time, ret_offset);
}

static gint64
unix_time (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix (time);
}

/* 23.040 9.2.3.11; a year from 90 on is of the last century */
static void
test_times (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *hex;
    const char *time;
    gint        offset;
  } rows[] = {
    { "99309251619580", "1999-03-29T15:16:59+02", 120 },
    { "11208211050500", "2011-02-28T11:50:50Z", 0 },
    { "2080629173144A", "2002-08-26T19:37:41-06", -360 },
    { "20806291731448", "2002-08-26T19:37:41-01", -60 },
    { "0160124130340A", "2010-06-21T14:03:43-05", -300 },
    { "42209211325422", "2024-02-29T11:23:45+05:30", 330 },
    { "4220921132549E", "2024-02-29T11:23:45-17:15", -1035 },
    { "42209211325497", "2024-02-29T11:23:45+19:45", 1185 },
    { "4220921132549F", "2024-02-29T11:23:45-19:45", -1185 },
    { "09101000000000", "1990-01-01T00:00:00Z", 0 },
    { "98211332959500", "2089-12-31T23:59:59Z", 0 },
    { "00209200000000", "2000-02-29T00:00:00Z", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 time;
      gint   offset;
      guint8 octets[TPDU_TIME_OCTETS];
      char  *hex;

      assert_true (get (rows[i].hex, &time, &offset));
      assert_int_equal (time, unix_time (rows[i].time));
      assert_int_equal (offset, rows[i].offset);
      assert_true (get (rows[i].hex, &time, NULL));
      tpdu_time_set (octets, time, offset);
      hex = mu_hex_encode (octets, sizeof octets);
      assert_string_equal (hex, rows[i].hex);
      g_free (hex);
    }
}

static void
test_impossible (void **state G_GNUC_UNUSED)
{
  static const char *const rows[] = {
    "00000000000000",                   /* none */
    "FFFFFFFFFFFFFF", "1A208211050500", /* not digits */
    "A1208211050500", "11A08211050500", "112A8211050500", "1120A211050500", "1120821A050500",
    "112082110A0500", "11208211050A00", "112082110505A0", "11028211050500", /* month 20 */
    "11311211050500",                                                       /* month 13 */
    "11200311050500",                                                       /* 30 February */
    "11209211050500", /* 29 February of 2011 */
    "11400011050500", /* day 0 */
    "11401311050500", /* 31 April */
    "11208242050500", /* hour 24 */
    "11208211060500", /* minute 60 */
    "11208211050600", /* second 60 */
  };
  gint64 time = 4711;
  gint   offset = 42;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_false (get (rows[i], &time, &offset));
  assert_int_equal (time, 4711);
  assert_int_equal (offset, 42);
}

/* The hundred years that there are, in all zones; a zone is told in quarters of an hour. */
static void
test_random (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  gint64            first = unix_time ("1990-01-02T00:00:00Z");
  gint64            last = unix_time ("2089-12-30T00:00:00Z");

  for (int round = 0; round < 5000; round++)
    {
      gint64 time = first + (gint64)(g_rand_double (rand) * (double)(last - first));
      gint   offset = g_rand_int_range (rand, -1185, 1186);
      guint8 octets[TPDU_TIME_OCTETS];
      gint64 again;
      gint   zone;

      tpdu_time_set (octets, time, offset);
      assert_true (tpdu_time_get (octets, &again, &zone));
      assert_int_equal (again, time);
      assert_int_equal (zone, offset / 15 * 15);
    }
}

/* 9.2.3.12.1, every code */
static void
test_validity (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint first, last;
    guint from, step; /* minutes */
  } rows[] = {
    { 0, 143, 5, 5 },
    { 144, 167, 12 * 60 + 30, 30 },
    { 168, 196, 2 * 1440, 1440 },
    { 197, 255, 5 * 7 * 1440, 7 * 1440 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint code = rows[i].first; code <= rows[i].last; code++)
      {
        guint seconds = (rows[i].from + (code - rows[i].first) * rows[i].step) * 60;
        Tpdu  tpdu = { .validity_format = TPDU_VALIDITY_RELATIVE, .validity = { (guint8)code } };

        assert_int_equal (tpdu_validity_get (&tpdu), seconds);
        tpdu_validity_set (&tpdu, seconds);
        assert_int_equal (tpdu.validity_format, TPDU_VALIDITY_RELATIVE);
        assert_int_equal (tpdu.validity[0], code);
        tpdu_validity_set (&tpdu, seconds - 1); /* rounded up */
        assert_int_equal (tpdu.validity[0], code);
        tpdu_validity_set (&tpdu, seconds + 1);
        assert_int_equal (tpdu.validity[0], MIN (code + 1, 255));
      }
}

static void
test_validity_limits (void **state G_GNUC_UNUSED)
{
  Tpdu tpdu = { .validity_format = TPDU_VALIDITY_NONE, .validity = { 5 } };

  assert_int_equal (tpdu_validity_get (&tpdu), 0);
  tpdu.validity_format = TPDU_VALIDITY_ABSOLUTE;
  assert_int_equal (tpdu_validity_get (&tpdu), 0);
  tpdu.validity_format = TPDU_VALIDITY_ENHANCED;
  assert_int_equal (tpdu_validity_get (&tpdu), 0);
  tpdu_validity_set (&tpdu, 0);
  assert_int_equal (tpdu_validity_get (&tpdu), 300);
  tpdu_validity_set (&tpdu, G_MAXUINT);
  assert_int_equal (tpdu_validity_get (&tpdu), TPDU_MAX_VALIDITY);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_times),           cmocka_unit_test (test_impossible),
    cmocka_unit_test (test_random),          cmocka_unit_test (test_validity),
    cmocka_unit_test (test_validity_limits),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
