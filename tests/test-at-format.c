/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-format.h"
#include "mu-error.h"
#include "mu-test.h"

#include <string.h>

static void
test_verbs (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) args
      = g_variant_ref_sink (g_variant_new ("(bsus)", TRUE, "1234", 7, "46001"));
  g_autofree char *a = at_format ("+CLCK=\"SC\",%b,%p,%u,%s", args, NULL);
  g_autofree char *b = at_formatf (NULL, "D%d;", "+49*#1");
  g_autofree char *c = at_format ("+CSQ", NULL, NULL);
  g_autofree char *d = at_formatf (NULL, "^TTS=%u,%x", 1, "C4E3");
  g_autofree char *types = at_format_signature ("+X=%b,%p,%u,%s,%d,%x");

  assert_string_equal (a, "AT+CLCK=\"SC\",1,\"1234\",7,\"46001\"");
  assert_string_equal (b, "ATD+49*#1;");
  assert_string_equal (c, "AT+CSQ");
  assert_string_equal (d, "AT^TTS=1,\"C4E3\"");
  assert_string_equal (types, "bsusss");
}

static void
refused (const char *format, const char *text, int code)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) args = g_variant_ref_sink (g_variant_new ("(s)", text));

  assert_null (at_format (format, args, &error));
  assert_true (g_error_matches (error, MU_ERROR, code));
  if (text[0] != '\0')
    assert_null (strstr (error->message, text));
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  g_autofree char *long_text = g_strnfill (161, 'x');
  g_autofree char *long_digits = g_strnfill (81, '1');

  refused ("+X=%s", "1\"\rATD112;", MU_ERROR_INVALID_CHARACTERS);
  refused ("+X=%s", "\"", MU_ERROR_INVALID_CHARACTERS);
  refused ("+X=%s", "a\x1a", MU_ERROR_INVALID_CHARACTERS);
  refused ("+X=%s", "a\x7f", MU_ERROR_INVALID_CHARACTERS);
  refused ("+X=%s", long_text, MU_ERROR_TOO_LONG);
  refused ("D%d;", "112;+CMEE=0", MU_ERROR_INVALID_CHARACTERS);
  refused ("D%d;", "1,2", MU_ERROR_INVALID_CHARACTERS);
  refused ("D%d;", "", MU_ERROR_INVALID_ARGUMENT);
  refused ("D%d;", long_digits, MU_ERROR_TOO_LONG);
  refused ("+CPIN=%p", "12a4", MU_ERROR_INVALID_CHARACTERS);
  refused ("+CPIN=%p", "123", MU_ERROR_INVALID_ARGUMENT);
  refused ("+CPIN=%p", "123456789", MU_ERROR_TOO_LONG);
  refused ("+CPIN=%p", "12\n4", MU_ERROR_INVALID_CHARACTERS);
  refused ("^PCMFR=%x", "0g", MU_ERROR_INVALID_CHARACTERS);
  refused ("^PCMFR=%x", "", MU_ERROR_INVALID_ARGUMENT);
  refused ("+CUSD=1,%x,15", "AA1\"", MU_ERROR_INVALID_CHARACTERS);
  refused ("+CUSD=1,%x,15", "", MU_ERROR_INVALID_ARGUMENT);
  refused ("^TTS=1,%x", "41\"", MU_ERROR_INVALID_CHARACTERS);
  refused ("^TTS=1,%x", "", MU_ERROR_INVALID_ARGUMENT);
}

/* Whatever a caller passes: what gets through is one command with as many quotes as the format has.
 */
static void
test_no_way_out (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  static const char bytes[] = "\"\r\n\x1a\x1b;,=?AT1 \t\xc3\xa9\xff+^";

  for (int i = 0; i < 20000; i++)
    {
      char             text[9] = { 0 };
      int              len = g_rand_int_range (rand, 0, 9);
      g_autofree char *out = NULL;

      for (int k = 0; k < len; k++)
        text[k] = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      out = at_formatf (NULL, "+X=%s", text);
      if (out == NULL)
        continue;
      assert_int_equal (strcspn (out, "\r\n\x1a\x1b"), strlen (out));
      assert_ptr_equal (strchr (out, '"'), out + 5);
      assert_ptr_equal (strchr (out + 6, '"'), out + strlen (out) - 1);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_verbs),
    cmocka_unit_test (test_refused),
    cmocka_unit_test (test_no_way_out),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
