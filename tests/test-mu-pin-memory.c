/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-log.h"
#include "mu-pin-memory.h"
#include "mu-test.h"

#include <glib/gstdio.h>

#include <string.h>

static char *directory;

static int
set_up (void **state G_GNUC_UNUSED)
{
  directory = g_dir_make_tmp ("mu-pins-XXXXXX", NULL);
  return directory == NULL;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (directory, "sim-pins", NULL);

  g_unlink (file);
  g_rmdir (directory);
  g_free (directory);
  return 0;
}

static void
test_once (void **state G_GNUC_UNUSED)
{
  assert_true (mu_pin_memory_begin (directory, "8901", "1234"));
  assert_false (mu_pin_memory_begin (directory, "8901", "1234"));
  assert_true (mu_pin_memory_begin (directory, "8901", "4321")); /* the user has mended it */
  assert_true (mu_pin_memory_begin (directory, "8902", "1234"));
  mu_pin_memory_forget (directory, "8901", "1234");
  assert_true (mu_pin_memory_begin (directory, "8901", "1234"));
}

static void
test_file (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (directory, "sim-pins", NULL);
  g_autofree char *text = NULL;
  GStatBuf         status;

  assert_true (mu_pin_memory_begin (directory, "89010000", "471147"));
  assert_true (g_file_get_contents (file, &text, NULL, NULL));
  assert_null (strstr (text, "471147"));
  assert_null (strstr (text, "89010000"));
  assert_int_equal (g_stat (file, &status), 0);
  assert_int_equal (status.st_mode & 0777, 0600);
}

/* What cannot be remembered is not tried. */
static void
test_cannot_remember (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (directory, "sim-pins", NULL);

  assert_false (mu_pin_memory_begin (NULL, "8901", "1234"));
  assert_false (mu_pin_memory_begin ("/nonexistent/directory", "8901", "1234"));
  assert_true (g_file_set_contents (file, "garbage", -1, NULL));
  assert_false (mu_pin_memory_begin (directory, "8901", "1234"));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[]
      = { TEST (test_once), TEST (test_file), TEST (test_cannot_remember) };

  mu_log_init (MU_LOG_ERROR, FALSE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
