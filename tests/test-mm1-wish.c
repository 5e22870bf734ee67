/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-wish.h"
#include "mu-test.h"

static void
assert_wish (const char *text, const char *options, const char *properties)
{
  g_autoptr (GVariant) dict = g_variant_ref_sink (g_variant_new_parsed (text));
  Mm1Wish              wish = { 0 };
  g_autofree char     *printed_options = NULL, *printed_properties = NULL;

  assert_true (mm1_wish_parse (dict, TRUE, &wish, NULL));
  printed_options = g_variant_print (wish.options, FALSE);
  printed_properties = g_variant_print (wish.properties, FALSE);
  assert_string_equal (printed_options, options);
  assert_string_equal (printed_properties, properties);
  mm1_wish_clear (&wish);
}

static void
assert_refused (const char *text, gboolean with_simple, MMCoreError code)
{
  g_autoptr (GVariant) dict = g_variant_ref_sink (g_variant_new_parsed (text));
  g_autoptr (GError)   error = NULL;
  Mm1Wish              wish = { 0 };

  assert_false (mm1_wish_parse (dict, with_simple, &wish, &error));
  assert_true (g_error_matches (error, MM_CORE_ERROR, (int)code));
}

static void
test_options (void **state G_GNUC_UNUSED)
{
  assert_wish ("@a{sv} {}", "{}", "{}");
  assert_wish ("{'apn': <'web'>, 'number': <'*99#'>, 'allow-roaming': <true>}",
               "{'apn': <'web'>, 'roaming': <true>}",
               "{'apn': <'web'>, 'allow-roaming': <true>, 'number': <'*99#'>}");
  assert_wish ("{'apn': <''>}", "{}", "{'apn': <''>}");
}

/* The order in which they are given is of no consequence, and no secret is told on. */
static void
test_secrets (void **state G_GNUC_UNUSED)
{
  assert_wish ("{'password': <'p'>, 'pin': <'1234'>, 'user': <'u'>, 'apn': <'a'>}",
               "{'apn': <'a'>, 'user': <'u'>, 'password': <'p'>}", "{'apn': <'a'>, 'user': <'u'>}");
}

static void
test_auth (void **state G_GNUC_UNUSED)
{
  assert_wish ("{'allowed-auth': <uint32 0>}", "{}", "{'allowed-auth': <uint32 0>}");
  assert_wish ("{'allowed-auth': <uint32 1>}", "{'auth': <'none'>}",
               "{'allowed-auth': <uint32 1>}");
  assert_wish ("{'allowed-auth': <uint32 6>}", "{'auth': <'chap'>}",
               "{'allowed-auth': <uint32 6>}");
  assert_wish ("{'allowed-auth': <uint32 34>}", "{'auth': <'pap'>}",
               "{'allowed-auth': <uint32 34>}");
  assert_refused ("{'allowed-auth': <uint32 32>}", TRUE, MM_CORE_ERROR_UNSUPPORTED);
}

static void
test_families (void **state G_GNUC_UNUSED)
{
  assert_wish ("{'ip-type': <uint32 1>}", "{}", "{'ip-type': <uint32 1>}");
  assert_wish ("{'ip-type': <uint32 4>}", "{}", "{'ip-type': <uint32 4>}");
  assert_wish ("{'ip-type': <uint32 4294967287>}", "{}", "{'ip-type': <uint32 4294967287>}");
  assert_refused ("{'ip-type': <uint32 2>}", TRUE, MM_CORE_ERROR_UNSUPPORTED);
  assert_refused ("{'ip-type': <uint32 8>}", TRUE, MM_CORE_ERROR_UNSUPPORTED);
}

static void
test_wrong (void **state G_GNUC_UNUSED)
{
  assert_refused ("{'nonsense': <1>}", TRUE, MM_CORE_ERROR_INVALID_ARGS);
  assert_refused ("{'apn': <1>}", TRUE, MM_CORE_ERROR_INVALID_ARGS);
  assert_refused ("{'allow-roaming': <'yes'>}", TRUE, MM_CORE_ERROR_INVALID_ARGS);
  assert_refused ("{'pin': <'1234'>}", FALSE, MM_CORE_ERROR_INVALID_ARGS);
  assert_refused ("{'operator-id': <'26201'>}", FALSE, MM_CORE_ERROR_INVALID_ARGS);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_options),  cmocka_unit_test (test_secrets), cmocka_unit_test (test_auth),
    cmocka_unit_test (test_families), cmocka_unit_test (test_wrong),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
