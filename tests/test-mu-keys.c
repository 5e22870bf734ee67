/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-keys.h"
#include "mu-test.h"

static const MuKey keys[] = { { "apn", "s" }, { "cid", "u" } };

static gboolean
check (const char *dict, GError **error)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed (dict));

  return mu_keys_check (keys, G_N_ELEMENTS (keys), value, error);
}

static void
test_keys (void **state G_GNUC_UNUSED)
{
  static const char *const wrong[] = {
    "{'cid': <'1'>}",
    "{'apn': <uint32 1>}",
    "{'APN': <'x'>}",
    "{'apn': <'x'>, 'surprise': <true>}",
    "{'apn': <'x'>, 'apn': <'y'>}",
  };

  assert_true (check ("@a{sv} {}", NULL));
  assert_true (check ("{'apn': <'x'>, 'cid': <uint32 1>}", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (check (wrong[i], &error));
      assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_INVALID_ARGUMENT));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_keys) };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
