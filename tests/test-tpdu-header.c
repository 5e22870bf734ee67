/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-header.h"

#include "mu-hex.h"
#include "mu-test.h"

#include <string.h>

static Tpdu
header (const char *hex)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  Tpdu                   tpdu = { .flags = TPDU_HEADER };

  assert_true (mu_hex_decode (hex, octets));
  tpdu.header_len = octets->len;
  if (octets->len > 0)
    memcpy (tpdu.header, octets->data, octets->len);
  memset (tpdu.header + octets->len, 0xee, sizeof tpdu.header - octets->len);
  return tpdu;
}

static void
assert_elements (const char *hex, const char *expected)
{
  Tpdu                tpdu = header (hex);
  g_autoptr (GString) seen = g_string_new (NULL);
  TpduElement         element;
  guint               pos = 0;

  while (tpdu_header_next (&tpdu, &pos, &element))
    {
      g_autofree char *data = mu_hex_encode (element.data, element.len);

      g_string_append_printf (seen, "%02X:%s ", element.id, data);
    }
  assert_string_equal (seen->str, expected);
  assert_true (pos <= tpdu.header_len);
  assert_false (tpdu_header_next (&tpdu, &pos, &element)); /* stays there */
}

static void
test_next (void **state G_GNUC_UNUSED)
{
  assert_elements ("", "");
  assert_elements ("00034C0201", "00:4C0201 ");
  assert_elements ("05040B8423F0"
                   "0003010202",
                   "05:0B8423F0 00:010202 ");
  assert_elements ("A100", "A1: ");
  assert_elements ("0A030F07230A03180613", "0A:0F0723 0A:180613 ");
}

static void
test_cut_off (void **state G_GNUC_UNUSED)
{
  assert_elements ("00", "");
  assert_elements ("0003", "");
  assert_elements ("00034C02", "");
  assert_elements ("00FF4C0201", "");
  assert_elements ("00034C0201"
                   "05",
                   "00:4C0201 ");
  assert_elements ("00034C0201"
                   "0504FFFFFF",
                   "00:4C0201 ");
}

static void
test_none (void **state G_GNUC_UNUSED)
{
  Tpdu        tpdu = header ("00034C0201");
  TpduElement element;
  TpduPart    part;
  guint       pos = 0;

  tpdu.flags = 0;
  assert_false (tpdu_header_next (&tpdu, &pos, &element));
  assert_false (tpdu_header_part (&tpdu, &part));
}

/* 23.040 9.2.3.24.1 and .8: what cannot be is as if it were not there */
static void
test_part (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *hex;
    TpduPart    part;
  } rows[] = {
    { "00034C0201", { 0x4c, FALSE, 2, 1 } },
    { "0003FFFFFF", { 0xff, FALSE, 255, 255 } },
    { "0003000101", { 0, FALSE, 1, 1 } },
    { "0804040C0201", { 0x040c, TRUE, 2, 1 } },
    { "080400010201"
      "0003010201",
      { 1, FALSE, 2, 1 } },
    { "00034C0201"
      "0804040C0302",
      { 0x040c, TRUE, 3, 2 } }, /* the last counts */
    { "00034C0201"
      "00034D0202",
      { 0x4d, FALSE, 2, 2 } },
    { "00034C0201"
      "0003000000",
      { 0x4c, FALSE, 2, 1 } },
    { "00034C0201"
      "0003000203",
      { 0x4c, FALSE, 2, 1 } },
    { "0003000000", { 0 } },
    { "0003010001", { 0 } },
    { "0003010200", { 0 } },
    { "0003010203", { 0 } },
    { "00020102", { 0 } },
    { "000401020102", { 0 } },
    { "0803010201", { 0 } },
    { "080401020003", { 0 } },
    { "05040B8423F0", { 0 } },
    { "", { 0 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Tpdu     tpdu = header (rows[i].hex);
      TpduPart part = { 0 };

      assert_true (tpdu_header_part (&tpdu, &part) == (rows[i].part.total > 0));
      assert_int_equal (part.reference, rows[i].part.reference);
      assert_int_equal (part.wide, rows[i].part.wide);
      assert_int_equal (part.total, rows[i].part.total);
      assert_int_equal (part.sequence, rows[i].part.sequence);
    }
}

static void
test_ports (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *hex;
    gboolean    found;
    guint16     destination, originator;
  } rows[] = {
    { "05040B8423F0", TRUE, 2948, 9200 }, /* WAP push */
    { "0402F0F1", TRUE, 240, 241 },
    { "0402F0F1"
      "0504FFFF0000",
      TRUE, 65535, 0 },
    { "0504FFFF0000"
      "0402F0F1",
      TRUE, 240, 241 },
    { "0503FFFF00", FALSE, 1, 2 },
    { "0401F0", FALSE, 1, 2 },
    { "0504FFFF00", FALSE, 1, 2 },
    { "00034C0201", FALSE, 1, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Tpdu    tpdu = header (rows[i].hex);
      guint16 destination = 1, originator = 2;

      assert_int_equal (tpdu_header_ports (&tpdu, &destination, &originator), rows[i].found);
      assert_int_equal (destination, rows[i].destination);
      assert_int_equal (originator, rows[i].originator);
    }
}

static void
test_tables (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *hex;
    Gsm7Tables  tables;
  } rows[] = {
    { "", { GSM7_DEFAULT, GSM7_DEFAULT } },
    { "240101", { GSM7_DEFAULT, GSM7_TURKISH } },
    { "250101", { GSM7_TURKISH, GSM7_DEFAULT } },
    { "240102"
      "250103",
      { GSM7_PORTUGUESE, GSM7_SPANISH } },
    { "25010D"
      "24010D",
      { GSM7_URDU, GSM7_URDU } },
    { "24010E"
      "2501FF",
      { GSM7_DEFAULT, GSM7_DEFAULT } }, /* not known */
    { "24020101"
      "2500",
      { GSM7_DEFAULT, GSM7_DEFAULT } },
    { "250106", { GSM7_HINDI, GSM7_DEFAULT } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Tpdu       tpdu = header (rows[i].hex);
      Gsm7Tables tables = tpdu_header_tables (&tpdu);

      assert_int_equal (tables.locking, rows[i].tables.locking);
      assert_int_equal (tables.single, rows[i].tables.single);
    }
}

static void
test_add (void **state G_GNUC_UNUSED)
{
  Tpdu             tpdu = { 0 };
  TpduElement      element;
  guint            pos = 0, n = 0;
  const guint8     data[] = { 1, 2, 3 };
  g_autofree char *hex = NULL;

  tpdu_header_add (&tpdu, TPDU_IEI_CONCATENATED, data, 3);
  tpdu_header_add (&tpdu, 0xa1, NULL, 0);
  assert_int_equal (tpdu.flags, TPDU_HEADER);
  hex = mu_hex_encode (tpdu.header, tpdu.header_len);
  assert_string_equal (hex, "0003010203A100");
  while (tpdu.header_len + 5 < TPDU_MAX_USER_DATA)
    tpdu_header_add (&tpdu, 0x70, data, 3);
  while (tpdu_header_next (&tpdu, &pos, &element))
    n++;
  assert_int_equal (n, 2 + (TPDU_MAX_USER_DATA - 1 - 7) / 5);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_next), cmocka_unit_test (test_cut_off), cmocka_unit_test (test_none),
    cmocka_unit_test (test_part), cmocka_unit_test (test_ports),   cmocka_unit_test (test_tables),
    cmocka_unit_test (test_add),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
