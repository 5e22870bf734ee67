/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-amr.h"

/* RFC 4867 5.3: octets of the modes 0 to 7, with the first one */
static const guint sizes[SIM_AMR_MODES] = { 13, 14, 16, 18, 20, 21, 27, 32 };

static void
test_frames (void **state G_GNUC_UNUSED)
{
  GRand *random = g_rand_new_with_seed (1);

  for (guint mode = 0; mode < SIM_AMR_MODES; mode++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();

      assert_int_equal (sim_amr_frame_size (mode), sizes[mode]);
      g_byte_array_append (file, (const guint8 *)SIM_AMR_HEADER, SIM_AMR_N_HEADER);
      sim_amr_append (file, mode, 50, random);
      assert_int_equal (file->len, 6 + 50 * sizes[mode]);
      for (guint i = 0; i < 50; i++)
        assert_int_equal (file->data[6 + i * sizes[mode]], mode << 3 | 4);
      assert_int_equal (sim_amr_length (file->data, file->len), 1000);
    }
  g_rand_free (random);
}

static void
test_pad (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  sim_amr_pad (file, 5);
  assert_int_equal (file->len, 5);
  assert_memory_equal (file->data, "\x7c\x7c\x7c\x7c\x7c", 5);
  assert_int_equal (sim_amr_length (file->data, file->len), 100);
  sim_amr_pad (file, 3);
  assert_int_equal (file->len, 5);
}

static void
test_what_is_none (void **state G_GNUC_UNUSED)
{
  static const guint8 cut[] = { '#', '!', 'A', 'M', 'R', '\n', 0x04, 1, 2 };
  static const guint8 odd[] = { 0x7c, 0x4c, 0x7c };

  assert_true (sim_amr_has_header (cut, sizeof cut));
  assert_false (sim_amr_has_header (cut, 5));
  assert_false (sim_amr_has_header (odd, sizeof odd));
  assert_int_equal (sim_amr_length (cut, sizeof cut), 0);
  assert_int_equal (sim_amr_length (odd, sizeof odd), 20);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_frames),
    cmocka_unit_test (test_pad),
    cmocka_unit_test (test_what_is_none),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
