/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-net.h"
#include "mu-test.h"

#include <glib/gstdio.h>

static char *root;

static void
put (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
take_away (const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_remove (path);
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  root = g_dir_make_tmp ("mu-net-XXXXXX", NULL);
  put ("wwan0/carrier", "1\n");
  put ("wwan0/statistics/rx_bytes", "18446744073709551615\n");
  put ("wwan0/statistics/tx_bytes", "5\n");
  mu_net_set_root (root);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  static const char *const all[] = { "wwan0/statistics/rx_bytes", "wwan0/statistics/tx_bytes",
                                     "wwan0/statistics", "wwan0/carrier", "wwan0" };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    take_away (all[i]);
  g_rmdir (root);
  g_clear_pointer (&root, g_free);
  mu_net_set_root (NULL);
  return 0;
}

static void
test_counters (void **state G_GNUC_UNUSED)
{
  MuNetCounters counters = { 1, 2 };

  assert_true (mu_net_counters ("wwan0", &counters));
  assert_true (counters.rx == G_MAXUINT64);
  assert_true (counters.tx == 5);
}

/* What is not a number leaves the result alone. */
static void
test_bad_counters (void **state G_GNUC_UNUSED)
{
  static const char *const texts[] = { "", "x\n", "-1\n", "18446744073709551616\n", "1 2\n" };
  MuNetCounters            counters = { 1, 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      put ("wwan0/statistics/tx_bytes", texts[i]);
      assert_false (mu_net_counters ("wwan0", &counters));
    }
  take_away ("wwan0/statistics/tx_bytes");
  assert_false (mu_net_counters ("wwan0", &counters));
  assert_true (counters.rx == 1 && counters.tx == 2);
}

static void
test_carrier (void **state G_GNUC_UNUSED)
{
  assert_true (mu_net_carrier ("wwan0"));
  put ("wwan0/carrier", "0\n");
  assert_false (mu_net_carrier ("wwan0"));
  take_away ("wwan0/carrier");
  assert_false (mu_net_carrier ("wwan0"));
}

/* Names that are no names lead nowhere. */
static void
test_names (void **state G_GNUC_UNUSED)
{
  static const char *const names[] = { "", ".", "..", "../wwan0", "wwan0/", "wwan1", "/" };
  MuNetCounters            counters;
  MuNetAddress             address;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      assert_false (mu_net_counters (names[i], &counters));
      assert_false (mu_net_carrier (names[i]));
      assert_false (mu_net_address (names[i], &address));
    }
}

/* The one interface that every machine has. */
static void
test_address (void **state G_GNUC_UNUSED)
{
  MuNetAddress address;

  if (!mu_net_address ("lo", &address))
    skip (); /* a network namespace in which nothing is up */
  assert_string_equal (address.address, "127.0.0.1");
  assert_int_equal (address.prefix, 8);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (test_counters, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_bad_counters, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_carrier, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_names, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_address, set_up, tear_down),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
