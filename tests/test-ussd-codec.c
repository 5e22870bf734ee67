/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"
#include "ussd.h"

#include <string.h>

typedef struct
{
  const char *text;
  guint       dcs;
  const char *hex;
} Pair;

/* In both directions. */
static const Pair pairs[] = {
  { "*100#", 15, "AA180C3602" }, /* at-facts 9 */
  { "*101#", 15, "AA182C3602" },
  { "1", 15, "31" },
  { "1\n2", 15, "31850C" },
  { "Thanks!", 15, "5474D8BD9E871A" },  /* the CR in the last seven bits */
  { "12345678", 15, "31D98C56B3DD70" }, /* which are not left over here */
  { "Balance: 12.34 EUR", 15, "C2303BEC1E9775A098CC35A3818A5529" },
  { "9.99 €", 15, "39572E07DA941B" },
  { "Баланс", 72, "04110430043B0430043D0441" },
  { "中文", 72, "4E2D6587" },
  { "日本語 😀", 72, "65E5672C8A9E0020D83DDE00" },
};

static void
assert_decodes (const char *string, guint dcs, const char *text)
{
  g_autofree char *decoded = ussd_decode (string, dcs);

  assert_string_equal (decoded, text);
}

static void
test_encode (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint            dcs;
      g_autofree char *hex = ussd_encode (pairs[i].text, &dcs, NULL);

      assert_string_equal (hex, pairs[i].hex);
      assert_int_equal (dcs, pairs[i].dcs);
    }
}

static void
test_decode (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    assert_decodes (pairs[i].hex, pairs[i].dcs, pairs[i].text);
  assert_decodes ("aa180c3602", 15, "*100#");
  assert_decodes ("AA180C3602", 0, "*100#");    /* German */
  assert_decodes ("AA180C3602", 0x40, "*100#"); /* general */
}

/* 23.038 6.1.2.3.1, for all lengths: what is said comes back, but for a CR that is said twice. */
static void
test_fill (void **state G_GNUC_UNUSED)
{
  for (gsize n = 1; n <= 182; n++)
    {
      g_autofree char *text = g_strnfill (n, 'x');
      guint            dcs;
      g_autofree char *hex = ussd_encode (text, &dcs, NULL);

      assert_decodes (hex, dcs, text);
    }
  assert_decodes ("C3E170381C0E1B", 15,
                  "CCCCCCC"); /* CR in the spare bits: not an eighth character */
  assert_decodes ("C3E170381C0E1B0D", 15, "CCCCCCC\r\r"); /* the text ends with one */
}

static void
test_too_long (void **state G_GNUC_UNUSED)
{
  g_autofree char    *septets = g_strnfill (183, 'x');
  g_autofree char    *shifted = g_strnfill (92, '{'); /* two septets each */
  g_autoptr (GString) wide = g_string_new (NULL);
  guint               dcs;

  assert_null (ussd_encode (septets, &dcs, NULL));
  assert_null (ussd_encode (shifted, &dcs, NULL));
  for (int i = 0; i < 80; i++)
    g_string_append (wide, "Ж");
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *hex = ussd_encode (wide->str, &dcs, &error);

      assert_int_equal (hex != NULL, i == 0);
      assert_true (i == 0 || g_error_matches (error, MU_ERROR, MU_ERROR_TOO_LONG));
      g_string_append (wide, "Ж");
    }
}

static void
test_empty (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  guint              dcs;

  assert_null (ussd_encode ("", &dcs, &error));
  assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_INVALID_ARGUMENT));
  assert_decodes ("", 15, "");
  assert_decodes ("", 72, "");
}

/* The module, or the network, writes it as it likes. */
static void
test_forms (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *string;
    guint       dcs;
    const char *text;
  } rows[] = {
    /* as it is, whatever the coding */
    { "Balance: 12.34 EUR", 15, "Balance: 12.34 EUR" },
    { "Баланс", 72, "Баланс" },
    { "1 Yes\n2 No", 15, "1 Yes\n2 No" },
    { "ABC", 15, "ABC" }, /* not an even number */
    { "Press \"1\"", 15, "Press \"1\"" },
    /* as it is, and all of it hex digits: a number, a code */
    { "0612345678", 15, "0612345678" },
    { "491711234567", 15, "491711234567" },
    { "003161234567", 15, "003161234567" },
    { "1234", 15, "1234" },
    { "00", 15, "00" },
    { "AB12CD34", 15, "AB12CD34" },
    { "DEADBEEF", 15, "DEADBEEF" },
    { "123", 72, "123" },
    { "123456", 72, "123456" }, /* three octets */
    /* UCS2 that is said to be GSM 7 bit */
    { "00420061006C0061006E00630065", 15, "Balance" },
    { "0031", 15, "1" },
    { "00310032", 15, "12" },
    { "0412044B043104400430043D", 15, "Выбран" },
    { "20AC0035", 15, "€5" },
    /* GSM 7 bit that is said to be UCS2 */
    { "C8329BFD06DDDF723608", 72, "Hello worl " },
    { "AA180C3602", 72, "*100#" },
    /* Greek capitals are GSM 7 bit, too; and so is what looks like the beginning of UCS2 */
    { "CB09", 15, "K\xce\x93" },
    { "021A", 15, "$4" },
    { "69B7F90DC0BB1A", 15, "info@x." },
    /* 8 bit */
    { "48656C6C6F", 68, "Hello" },
    { "C3A4", 68, "ä" },
    { "00FF10", 68, "00FF10" },
    { "Hello", 68, "Hello" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_decodes (rows[i].string, rows[i].dcs, rows[i].text);
}

/* 23.038 5, codings 0x10 and 0x11 */
static void
test_language (void **state G_GNUC_UNUSED)
{
  assert_decodes ("6577035966B3DF21", 0x10, "Hello!");
  assert_decodes ("en\rHello", 0x10, "Hello");
  assert_decodes ("en\nHello", 0x10, "Hello");
  assert_decodes ("Hello", 0x10, "Hello");
  assert_decodes ("e", 0x10, "e");
  assert_decodes ("E4320411", 0x11, "Б");
  assert_decodes ("04110412", 0x11, "БВ"); /* it is not there */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_encode),   cmocka_unit_test (test_decode), cmocka_unit_test (test_fill),
    cmocka_unit_test (test_too_long), cmocka_unit_test (test_empty),  cmocka_unit_test (test_forms),
    cmocka_unit_test (test_language),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
