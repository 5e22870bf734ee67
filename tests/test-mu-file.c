/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-file.h"
#include "mu-test.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  int      end; /* of the pipe, ours */
  MuFile  *file;
  GString *got;
  gboolean done;
  int      error; /* -1: none */
} Bed;

static void
on_done (const guint8 *bytes, gsize n, const GError *error, gpointer user_data)
{
  Bed *bed = user_data;

  bed->done = TRUE;
  bed->error = error != NULL ? error->code : -1;
  g_string_append_len (bed->got, (const char *)bytes, (gssize)n);
}

static Bed *
bed_new (MuFileWay way)
{
  Bed *bed = g_new0 (Bed, 1);
  int  fds[2];

  assert_int_equal (pipe (fds), 0);
  bed->end = way == MU_FILE_IN ? fds[1] : fds[0];
  bed->file = mu_file_new (way == MU_FILE_IN ? fds[0] : fds[1], way, on_done, bed, NULL);
  assert_non_null (bed->file);
  bed->got = g_string_new (NULL);
  return bed;
}

static void
bed_free (Bed *bed)
{
  if (bed->file != NULL)
    mu_file_free (bed->file);
  if (bed->end >= 0)
    close (bed->end);
  g_string_free (bed->got, TRUE);
  g_free (bed);
}

static void
close_end (Bed *bed)
{
  close (bed->end);
  bed->end = -1;
}

static void
wait_done (Bed *bed)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (!bed->done)
    {
      assert_true (g_get_monotonic_time () < deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (100);
    }
  bed->done = FALSE;
}

static gboolean
is_done_soon (Bed *bed)
{
  for (int i = 0; i < 100 && !bed->done; i++)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  return bed->done;
}

static void
test_read (void **state G_GNUC_UNUSED)
{
  Bed *bed = bed_new (MU_FILE_IN);

  mu_file_read (bed->file);
  g_usleep (2000);
  assert_false (g_main_context_iteration (NULL, FALSE));
  assert_int_equal (write (bed->end, "abc", 3), 3);
  wait_done (bed);
  assert_string_equal (bed->got->str, "abc");
  close_end (bed);
  mu_file_read (bed->file);
  wait_done (bed);
  assert_int_equal (bed->error, -1);
  assert_string_equal (bed->got->str, "abc");
  bed_free (bed);
}

/* The pipe is full: it waits for a reader, whose end is blocking and stays so. */
static void
test_write (void **state G_GNUC_UNUSED)
{
  Bed          *bed = bed_new (MU_FILE_OUT);
  static guint8 block[MU_FILE_CHUNK];
  char          back[65536];

  do
    {
      bed->done = FALSE;
      mu_file_write (bed->file, block, sizeof block);
    }
  while (is_done_soon (bed));
  assert_true (read (bed->end, back, sizeof back) > 0);
  wait_done (bed);
  assert_int_equal (bed->error, -1);
  bed_free (bed);
}

static void
test_closed (void **state G_GNUC_UNUSED)
{
  Bed *bed = bed_new (MU_FILE_OUT);

  close_end (bed);
  mu_file_write (bed->file, (const guint8 *)"a", 1);
  wait_done (bed);
  assert_int_equal (bed->error, MU_ERROR_FAILED);
  bed_free (bed);
}

/* Given up while the other end does nothing: the descriptor is closed, nobody is told. */
static void
test_freed (void **state G_GNUC_UNUSED)
{
  Bed   *bed = bed_new (MU_FILE_IN);
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  mu_file_read (bed->file);
  g_usleep (2000);
  mu_file_free (bed->file);
  bed->file = NULL;
  while (write (bed->end, "", 1) == 1)
    {
      assert_true (g_get_monotonic_time () < deadline);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (100);
    }
  assert_false (bed->done);
  bed_free (bed);
}

static void
test_wrong_way (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  assert_null (mu_file_new (open ("/dev/null", O_RDONLY), MU_FILE_OUT, on_done, NULL, &error));
  assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_INVALID_ARGUMENT));
  assert_null (mu_file_new (open ("/dev/null", O_WRONLY), MU_FILE_IN, on_done, NULL, NULL));
  mu_file_free (mu_file_new (open ("/dev/null", O_RDWR), MU_FILE_IN, on_done, NULL, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_read),      cmocka_unit_test (test_write),
    cmocka_unit_test (test_closed),    cmocka_unit_test (test_freed),
    cmocka_unit_test (test_wrong_way),
  };

  (void)signal (SIGPIPE, SIG_IGN);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
