/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu.h"

#include "fuzz/tpdu-same.h"
#include "mu-hex.h"
#include "mu-test.h"
#include "tpdu-bed.h"
#include "tpdu-dcs.h"
#include "tpdu-header.h"
#include "tpdu-text.h"
#include "tpdu-time.h"

#include <string.h>

/* ---- what others have made ---- */

static void
assert_time (const Tpdu *tpdu, const char *expected)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (expected, NULL);
  gint64                seconds;
  gint                  offset;

  assert_true (tpdu_time_get (tpdu->time, &seconds, &offset));
  assert_int_equal (seconds, g_date_time_to_unix (time));
  assert_int_equal (offset * 60, g_date_time_get_utc_offset (time) / G_USEC_PER_SEC);
}

static void
test_vectors (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < tpdu_n_vectors; i++)
    {
      const TpduVector *vector = &tpdu_vectors[i];
      Tpdu              tpdu = tpdu_bed_decode (vector->hex, vector->direction);
      g_autofree char  *text = tpdu_bed_text (&tpdu);

      assert_string_equal (tpdu.service_centre.text, vector->service_centre);
      assert_string_equal (tpdu.number.text, vector->number);
      assert_int_equal (tpdu_dcs_alphabet (tpdu.dcs) == TPDU_8BIT, vector->text == NULL);
      if (vector->text != NULL)
        assert_string_equal (text, vector->text);
      if (vector->time != NULL)
        assert_time (&tpdu, vector->time);
    }
}

static void
test_vectors_again (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < tpdu_n_vectors; i++)
    {
      const TpduVector *vector = &tpdu_vectors[i];
      Tpdu              tpdu = tpdu_bed_decode (vector->hex, vector->direction);
      g_autofree char  *hex = tpdu_bed_encode (&tpdu);
      Tpdu              again = tpdu_bed_decode (hex, vector->direction);

      if (!vector->is_filled)
        assert_string_equal (hex, vector->hex);
      assert_true (tpdu_same (&tpdu, &again));
    }
}

/* ---- field by field ---- */

static void
test_submit (void **state G_GNUC_UNUSED)
{
  Tpdu   tpdu = { .type = TPDU_SUBMIT, .flags = TPDU_REPORT | TPDU_REJECT_DUPLICATES };
  guint8 octets[TPDU_MAX_OCTETS];
  gsize  len;
  char  *hex;

  assert_true (tpdu_address_set (&tpdu.number, "+46708251358", NULL));
  tpdu.reference = 7;
  tpdu.pid = 0x41;
  tpdu.dcs = 0xf6;
  tpdu.data_len = 2;
  memcpy (tpdu.data, "\xca\xfe", 2);
  assert_int_equal (tpdu_encode (&tpdu, octets, &len), 16);
  assert_int_equal (len, 15);
  hex = tpdu_bed_encode (&tpdu);
  assert_string_equal (hex, "0025070B916407281553F841F602CAFE");
  g_free (hex);
  tpdu.validity_format = TPDU_VALIDITY_ABSOLUTE;
  tpdu_time_set (tpdu.validity, 1709205825, 60);
  hex = tpdu_bed_encode (&tpdu);
  assert_string_equal (hex, "003D070B916407281553F841F64220922132544002CAFE");
  g_free (hex);
  tpdu.validity_format = TPDU_VALIDITY_ENHANCED;
  memset (tpdu.validity, 0, sizeof tpdu.validity);
  hex = tpdu_bed_encode (&tpdu);
  assert_string_equal (hex, "002D070B916407281553F841F60000000000000002CAFE");
  g_free (hex);
}

/* 23.040 9.2.3.1: one number, two types; 3 is reserved, and read as DELIVER */
static void
test_types (void **state G_GNUC_UNUSED)
{
  static const guint8 octets[8 + 12 + 7 + 1] = { 0 };

  for (guint8 first = 0; first < 4; first++)
    for (int direction = TPDU_FROM_NETWORK; direction <= TPDU_TO_NETWORK; direction++)
      {
        g_autoptr (GError) error = NULL;
        guint8             message[sizeof octets];
        gboolean           known = direction == TPDU_TO_NETWORK ? first == 1 : first != 1;
        Tpdu               tpdu = { .pid = 42 };

        memcpy (message, octets, sizeof message);
        message[1] = first;
        assert_int_equal (
            tpdu_decode (message, sizeof message, (TpduDirection)direction, &tpdu, &error), known);
        if (!known)
          {
            assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_MODEM));
            assert_int_equal (tpdu.pid, 42); /* nothing was touched */
          }
        else if (direction == TPDU_TO_NETWORK)
          assert_int_equal (tpdu.type, TPDU_SUBMIT);
        else
          assert_int_equal (tpdu.type, first == 2 ? TPDU_STATUS_REPORT : TPDU_DELIVER);
      }
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char   *hex;
    TpduDirection direction;
  } rows[] = {
    { "", TPDU_FROM_NETWORK },
    { "00", TPDU_FROM_NETWORK },
    { "0C91"
      "21436587092143658709"
      "F100",
      TPDU_FROM_NETWORK }, /* a service centre */
    { "00001591"
      "21436587092143658709F1"
      "0000",
      TPDU_FROM_NETWORK }, /* a number of 21 digits */
    { "0000FF", TPDU_FROM_NETWORK },
    { "000ABF00", TPDU_FROM_NETWORK }, /* ModemManager: no address */
    { "001C011C", TPDU_FROM_NETWORK }, /* ModemManager: wrong address size */
    { "07912143658709F1040B918100551512F20000111010214365000BE8329BFD4697D9EC37",
      TPDU_FROM_NETWORK }, /* ModemManager: insufficient data */
    { "0001000481214300"
      "00A1",
      TPDU_TO_NETWORK }, /* 161 septets */
    { "0001000481214300"
      "048D",
      TPDU_TO_NETWORK }, /* 141 octets */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError)     error = NULL;
      g_autoptr (GByteArray) octets = g_byte_array_new ();
      guint8                 zeros[256] = { 0 };
      Tpdu                   tpdu;

      assert_true (mu_hex_decode (rows[i].hex, octets));
      if (i >= 8) /* not for want of them */
        g_byte_array_append (octets, zeros, sizeof zeros);
      assert_false (tpdu_decode (octets->data, octets->len, rows[i].direction, &tpdu, &error));
      assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_MODEM));
    }
}

/* A header that says to be longer than its message is data. */
static void
test_header_too_long (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *hex;
    guint       header_len, data_len;
    const char *again;
  } rows[] = {
    { "004100048121430004020200", 0, 2, "000100048121430004020200" },
    { "0041000481214300040201AA", 1, 0, NULL },
    { "004100048121430004020500", 0, 2, "000100048121430004020500" },
    { "004100048121430000"
      "07"
      "06050403020100",
      0, 7,
      "000100048121430000"
      "07"
      "06050403020100" },
    { "004100048121430000"
      "08"
      "06050403020100",
      6, 0, NULL },
    { "004100048121430000"
      "00",
      0, 0,
      "000100048121430000"
      "00" },
    { "004100048121430000"
      "0100",
      0, 1,
      "000100048121430000"
      "0100" },
    { "004100048121430000"
      "0200"
      "00",
      0, 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Tpdu             tpdu = tpdu_bed_decode (rows[i].hex, TPDU_TO_NETWORK);
      g_autofree char *again = tpdu_bed_encode (&tpdu);

      assert_int_equal (tpdu.header_len, rows[i].header_len);
      assert_int_equal (tpdu.data_len, rows[i].data_len);
      assert_true (((tpdu.flags & TPDU_HEADER) != 0) == (rows[i].again == NULL));
      assert_string_equal (again, rows[i].again != NULL ? rows[i].again : rows[i].hex);
    }
}

/* 23.040 9.2.3.15 */
static void
test_outcome (void **state G_GNUC_UNUSED)
{
  for (guint status = 0; status <= G_MAXUINT8; status++)
    assert_int_equal (tpdu_outcome ((guint8)status), status < 0x20   ? TPDU_DELIVERED
                                                     : status < 0x40 ? TPDU_STILL_TRYING
                                                                     : TPDU_FAILED);
}

static void
test_report (void **state G_GNUC_UNUSED)
{
  Tpdu tpdu = tpdu_bed_decode ("07914356060013F1065A098136397339F7219011700463802190117004638030",
                               TPDU_FROM_NETWORK);
  Tpdu more = tpdu_bed_decode ("004604029121"
                               "0160124130340A"
                               "0160124130940A"
                               "00"
                               "07000000",
                               TPDU_FROM_NETWORK);

  assert_int_equal (tpdu.type, TPDU_STATUS_REPORT);
  assert_int_equal (tpdu.reference, 0x5a);
  assert_int_equal (tpdu_outcome (tpdu.status), TPDU_STILL_TRYING);
  assert_int_equal (tpdu_outcome (more.status), TPDU_DELIVERED);
  assert_int_equal (more.flags, TPDU_NO_MORE_MESSAGES); /* a header would be behind TP-PI */
  assert_string_equal (more.number.text, "+12"); /* with TP-PI and so on, which is not read */
}

/* ---- any ---- */

static void
random_octets (GRand *rand, guint8 *octets, gsize n)
{
  for (gsize i = 0; i < n; i++)
    octets[i] = (guint8)g_rand_int (rand);
}

static void
random_address (GRand *rand, TpduAddress *address, int most)
{
  static const char *const letters[] = { "A", "z", "@", "ä", "Δ", " ", "1", "¿", "à" };
  static const guint8      types[] = { 0x81, 0x91, 0xa1, 0xc8, 0x92, 0xd0 };
  int                      n = g_rand_int_range (rand, 1, most + 1);

  address->type = types[g_rand_int_range (rand, 0, G_N_ELEMENTS (types))];
  address->text[0] = '\0';
  if (address->type == 0xd0)
    {
      for (int i = 0; i < MIN (n, most * 4 / 7); i++)
        g_strlcat (address->text, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))],
                   sizeof address->text);
      return;
    }
  if ((address->type & 0x70) == 0x10)
    g_strlcat (address->text, "+", sizeof address->text);
  for (int i = 0; i < n; i++)
    {
      char digit[2] = { "0123456789*#abc"[g_rand_int_range (rand, 0, 15)], '\0' };

      g_strlcat (address->text, digit, sizeof address->text);
    }
}

static void
random_user_data (GRand *rand, Tpdu *tpdu)
{
  gboolean is_text = tpdu_dcs_alphabet (tpdu->dcs) == TPDU_GSM7;
  guint    header = 0;

  if (g_rand_boolean (rand))
    {
      tpdu->flags |= TPDU_HEADER;
      tpdu->header_len = (guint)g_rand_int_range (rand, 0, TPDU_MAX_USER_DATA);
      random_octets (rand, tpdu->header, tpdu->header_len);
      header = 1 + tpdu->header_len;
    }
  tpdu->data_len = (guint)g_rand_int_range (
      rand, 0, (is_text ? 160 - (gint32)(header * 8 + 6) / 7 : 140 - (gint32)header) + 1);
  random_octets (rand, tpdu->data, tpdu->data_len);
  for (guint i = 0; is_text && i < tpdu->data_len; i++)
    tpdu->data[i] &= 0x7f;
}

static Tpdu
random_tpdu (GRand *rand)
{
  Tpdu tpdu = { .type = (TpduType)g_rand_int_range (rand, 0, 3) };

  tpdu.flags = (guint8)g_rand_int (rand) & (guint8) ~(3 | TPDU_HEADER);
  if (g_rand_boolean (rand))
    random_address (rand, &tpdu.service_centre, 20);
  if (tpdu.service_centre.type == 0xd0) /* its length is in octets: only some can be told */
    g_strlcpy (tpdu.service_centre.text, "Eightlet", sizeof tpdu.service_centre.text);
  random_address (rand, &tpdu.number, 20);
  if (tpdu.type != TPDU_DELIVER)
    tpdu.reference = (guint8)g_rand_int (rand);
  if (tpdu.type != TPDU_SUBMIT)
    random_octets (rand, tpdu.time, sizeof tpdu.time);
  if (tpdu.type == TPDU_STATUS_REPORT)
    {
      random_octets (rand, tpdu.discharge, sizeof tpdu.discharge);
      tpdu.status = (guint8)g_rand_int (rand);
      return tpdu;
    }
  tpdu.pid = (guint8)g_rand_int (rand);
  tpdu.dcs = (guint8)g_rand_int (rand);
  if (tpdu.type == TPDU_SUBMIT)
    {
      tpdu.flags &= (guint8) ~(3 << 3);
      tpdu.validity_format = (TpduValidity)g_rand_int_range (rand, 0, 4);
      random_octets (rand, tpdu.validity,
                     tpdu.validity_format == TPDU_VALIDITY_NONE       ? 0
                     : tpdu.validity_format == TPDU_VALIDITY_RELATIVE ? 1
                                                                      : TPDU_TIME_OCTETS);
    }
  random_user_data (rand, &tpdu);
  return tpdu;
}

static void
test_random (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (23040);

  for (int round = 0; round < 20000; round++)
    {
      Tpdu               tpdu = random_tpdu (rand);
      Tpdu               again;
      g_autofree guint8 *octets = g_malloc (TPDU_MAX_OCTETS);
      gsize              len;
      gsize              n = tpdu_encode (&tpdu, octets, &len);

      assert_true (n <= TPDU_MAX_OCTETS);
      assert_true (len < n);
      assert_true (tpdu_decode (
          octets, n, tpdu.type == TPDU_SUBMIT ? TPDU_TO_NETWORK : TPDU_FROM_NETWORK, &again, NULL));
      assert_true (tpdu_same (&tpdu, &again));
      for (gsize less = 0; less < n; less++) /* not one octet is without need */
        assert_false (tpdu_decode (octets, less,
                                   tpdu.type == TPDU_SUBMIT ? TPDU_TO_NETWORK : TPDU_FROM_NETWORK,
                                   &again, NULL));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_vectors),  cmocka_unit_test (test_vectors_again),
    cmocka_unit_test (test_submit),   cmocka_unit_test (test_types),
    cmocka_unit_test (test_nonsense), cmocka_unit_test (test_header_too_long),
    cmocka_unit_test (test_outcome),  cmocka_unit_test (test_report),
    cmocka_unit_test (test_random),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
