/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-alphabet.h"
#include "sim-text.h"

/* Texts and their packed form in hex. */
typedef struct
{
  const char *text;
  const char *packed;
} Case;

static const Case messages[] = {
  { "", "" },
  { "message", "EDF27C1E3E9701" }, /* guide 9.2.1 */
  { "hellohello", "E8329BFD4697D9EC37" },
  { "@", "00" },
  { "{€}", "1BD4A6BC4901" }, /* ESC 28 ESC 65 ESC 29 */
  { "\f", "1B05" },
};

/* 23.038 6.1.2.3.1: after seven characters a CR, none after eight, one more if the eighth is CR */
static const Case ussd[] = {
  { "*100#", "AA180C3602" },
  { "*10012#", "AA180C16938D1A" },
  { "*100123#", "AA180C1693CD46" },
};

static char *
pack (const char *text, void (*packer) (const guint8 *, gsize, GByteArray *))
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  GString               *hex = g_string_new (NULL);

  assert_true (sim_gsm7_from_utf8 (text, septets));
  packer (septets->data, septets->len, packed);
  sim_hex (hex, packed->data, packed->len);
  return g_string_free (hex, FALSE);
}

static void
pack_message (const guint8 *septets, gsize n, GByteArray *out)
{
  sim_gsm7_pack (septets, n, 0, out);
}

static void
test_messages (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new (), septets = g_byte_array_new ();
      g_autoptr (GByteArray) expected = g_byte_array_new ();
      g_autofree char       *hex = pack (messages[i].text, pack_message), *text = NULL;

      assert_string_equal (hex, messages[i].packed);
      assert_true (sim_unhex (hex, bytes));
      assert_true (sim_gsm7_from_utf8 (messages[i].text, expected));
      sim_gsm7_unpack (bytes->data, bytes->len, 0, expected->len, septets);
      text = sim_gsm7_to_utf8 (septets->data, septets->len);
      assert_string_equal (text, messages[i].text);
    }
}

static void
test_ussd (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ussd); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new (), septets = g_byte_array_new ();
      g_autofree char       *hex = pack (ussd[i].text, sim_ussd_pack), *text = NULL;

      assert_string_equal (hex, ussd[i].packed);
      assert_true (sim_unhex (hex, bytes));
      sim_ussd_unpack (bytes->data, bytes->len, septets);
      text = sim_gsm7_to_utf8 (septets->data, septets->len);
      assert_string_equal (text, ussd[i].text);
    }
}

/* Every septet there and back, at every offset behind a header. */
static void
test_all (void **state G_GNUC_UNUSED)
{
  for (guint fill = 0; fill < 7; fill++)
    for (guint8 septet = 0; septet < 128; septet++)
      {
        g_autoptr (GByteArray) packed = g_byte_array_new (), unpacked = g_byte_array_new ();
        g_autoptr (GByteArray) back = g_byte_array_new ();
        const guint8           septets[] = { 'x', septet, 'y' };
        g_autofree char       *text = NULL;

        sim_gsm7_pack (septets, sizeof septets, fill, packed);
        sim_gsm7_unpack (packed->data, packed->len, fill, sizeof septets, unpacked);
        assert_int_equal (unpacked->len, sizeof septets);
        assert_memory_equal (unpacked->data, septets, sizeof septets);
        text = sim_gsm7_to_utf8 (septets, sizeof septets);
        if (septet == 0x1b)
          continue;
        assert_true (sim_gsm7_from_utf8 (text, back));
        assert_int_equal (back->len, sizeof septets);
        assert_memory_equal (back->data, septets, sizeof septets);
      }
}

static void
test_ucs2 (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new (), septets = g_byte_array_new ();
  g_autoptr (GString)    hex = g_string_new (NULL);
  g_autofree char       *text = NULL, *half = NULL;

  assert_false (sim_gsm7_from_utf8 ("短", septets));
  assert_false (sim_gsm7_from_utf8 ("\xff", septets));
  assert_true (sim_ucs2_from_utf8 ("短消息😀", bytes));
  sim_hex (hex, bytes->data, bytes->len);
  assert_string_equal (hex->str, "77ED6D88606FD83DDE00");
  text = sim_ucs2_to_utf8 (bytes->data, bytes->len);
  assert_string_equal (text, "短消息😀");
  half = sim_ucs2_to_utf8 (bytes->data, bytes->len - 2);
  assert_string_equal (half, "短消息\xef\xbf\xbd");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_messages),
    cmocka_unit_test (test_ussd),
    cmocka_unit_test (test_all),
    cmocka_unit_test (test_ucs2),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
