/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the fuzzer asks, asked of all messages that are cut off or have one wrong octet. */
#include "fuzz/fuzz.h"
#include "mu-test.h"
#include "tpdu-bed.h"

static void
test_truncated (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < tpdu_n_vectors; i++)
    {
      g_autoptr (GBytes) octets = tpdu_bed_octets (tpdu_vectors[i].hex);
      gsize              n;
      const guint8      *data = g_bytes_get_data (octets, &n);

      for (gsize len = 0; len < n; len++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree guint8 *prefix = g_memdup2 (data, len); /* behind it nothing can be read */
          Tpdu               tpdu;

          assert_false (tpdu_decode (prefix, len, tpdu_vectors[i].direction, &tpdu, &error));
          assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_MODEM));
          LLVMFuzzerTestOneInput (prefix, len);
        }
    }
}

static void
test_corrupted (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < tpdu_n_vectors; i++)
    {
      g_autoptr (GBytes) octets = tpdu_bed_octets (tpdu_vectors[i].hex);
      gsize              n;
      const guint8      *data = g_bytes_get_data (octets, &n);
      g_autofree guint8 *copy = g_memdup2 (data, n);

      for (gsize at = 0; at < n; at++)
        {
          for (guint change = 1; change <= G_MAXUINT8; change += at < 40 ? 1 : 5)
            {
              copy[at] = data[at] ^ (guint8)change;
              LLVMFuzzerTestOneInput (copy, n);
            }
          copy[at] = data[at];
        }
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_truncated),
    cmocka_unit_test (test_corrupted),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
