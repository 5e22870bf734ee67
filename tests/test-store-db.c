/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The database: shared, private, in the way of others, on a full disk.  Damage is in
 * test-store-damage.c. */
#include "store-bed.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static Store *
open_here (StoreBed *bed, GError **error)
{
  store_close (bed->store);
  bed->store = store_open (bed->path, error);
  return bed->store;
}

static GBytes *
content (StoreBed *bed)
{
  char *octets = NULL;
  gsize n;

  assert_true (g_file_get_contents (bed->path, &octets, &n, NULL));
  return g_bytes_new_take (octets, n);
}

static void
test_shared (void **state)
{
  StoreBed          *bed = *state;
  g_autofree char   *other_path = g_build_filename (bed->dir, "other.db", NULL);
  g_autoptr (GError) error = NULL;
  Store             *same = store_open (bed->path, &error);
  Store             *other = store_open (other_path, NULL);

  assert_ptr_equal (same, bed->store);
  assert_ptr_not_equal (other, bed->store);
  store_close (other);
  store_close (bed->store);
  bed->store = same;
  store_bed_take_text (bed, NUMBER, "still open");
  store_bed_reopen (bed);
  assert_int_equal (store_count (bed->store, CARD, -1), 1);
}

static void
test_memory (void **state)
{
  StoreBed *bed = *state;
  Store    *store = bed->store;
  Store    *other = store_open (NULL, NULL);

  assert_true (store_is_durable (store));
  bed->store = store_open (NULL, NULL);
  assert_false (store_is_durable (bed->store));
  assert_ptr_not_equal (bed->store, other);
  store_bed_take_text (bed, NUMBER, "here");
  store_bed_compose (bed, NUMBER, 2);
  assert_int_equal (store_count (bed->store, CARD, -1), 2);
  assert_int_equal (store_count (other, CARD, -1), 0);
  store_close (other);
  store_close (bed->store);
  bed->store = store;
}

/* ---- who may read it ---- */

static void
assert_modes (StoreBed *bed)
{
  g_autoptr (GDir) dir = g_dir_open (bed->dir, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (bed->dir, name, NULL);
      struct stat      now;

      assert_int_equal (stat (path, &now), 0);
      assert_int_equal (now.st_mode & 0777, 0600);
    }
}

static void
test_mode (void **state)
{
  static const mode_t masks[] = { 0, 022, 077, 0777 };
  StoreBed           *bed = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      mode_t before;

      store_close (bed->store);
      bed->store = NULL;
      assert_int_equal (g_remove (bed->path), 0);
      before = umask (masks[i]);
      bed->store = store_open (bed->path, NULL);
      store_bed_take_text (bed, NUMBER, "private");
      umask (before);
      assert_true (store_bed_count_files (bed, "messages.db-wal") == 1);
      assert_modes (bed);
    }
  store_close (bed->store);
  bed->store = NULL;
  assert_int_equal (g_chmod (bed->path, 0664), 0); /* of somebody who copied it */
  store_bed_reopen (bed);
  assert_modes (bed);
}

/* ---- where it cannot be ---- */

static void
test_another_process (void **state)
{
  StoreBed *bed = *state;
  pid_t     pid;
  int       status;

  store_bed_take_text (bed, NUMBER, "mine");
  pid = fork ();
  if (pid == 0)
    {
      g_autofree char   *same = g_build_filename (bed->dir, ".", "messages.db", NULL);
      g_autoptr (GError) error = NULL;

      _exit (store_open (same, &error) == NULL && error != NULL ? 0 : 1);
    }
  assert_int_equal (waitpid (pid, &status, 0), pid);
  assert_int_equal (status, 0);
  store_bed_take_text (bed, NUMBER, "and this");
  assert_int_equal (store_bed_count_files (bed, "messages.db.damaged"), 0);
}

/* Below a file, nowhere, a directory, a fifo: nothing of which may be touched. */
static void
test_no_place (void **state)
{
  static const char *const names[] = { "messages.db/below", "no/where", "directory", "fifo" };
  StoreBed                *bed = *state;
  struct stat              now;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (bed->dir, names[i], NULL);

      if (g_str_equal (names[i], "directory"))
        assert_int_equal (mkdir (path, 0755), 0);
      if (g_str_equal (names[i], "fifo"))
        assert_int_equal (mkfifo (path, 0644), 0);
      bed_fails (store_open (path, &error) != NULL, MU_ERROR_FAILED);
      if (stat (path, &now) == 0)
        assert_true ((now.st_mode & 0777) == (S_ISDIR (now.st_mode) ? 0755 : 0644));
    }
  assert_int_equal (store_bed_count_files (bed, "directory"), 1);
  assert_int_equal (store_bed_count_files (bed, "fifo"), 1);
}

/* Root may write anywhere: it becomes somebody else for a moment. */
static void
become (uid_t from, uid_t to)
{
  if (from == 0)
    assert_int_equal (seteuid (to), 0);
}

static void
test_unwritable (void **state)
{
  StoreBed          *bed = *state;
  uid_t              me = geteuid ();
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  store_bed_take_text (bed, NUMBER, "before");
  store_close (bed->store);
  bed->store = NULL;
  before = content (bed);
  assert_int_equal (g_chmod (bed->path, 0400), 0);
  assert_int_equal (me == 0 ? chown (bed->path, NOBODY, NOBODY) : 0, 0);
  assert_int_equal (g_chmod (bed->dir, 0777), 0);
  become (me, NOBODY);
  bed_fails (open_here (bed, &error) != NULL, MU_ERROR_FAILED); /* the file */
  become (me, me);
  assert_int_equal (g_chmod (bed->path, 0600), 0);
  assert_int_equal (g_chmod (bed->dir, 0555), 0);
  become (me, NOBODY);
  bed_fails (open_here (bed, &error) != NULL, MU_ERROR_FAILED); /* the directory */
  become (me, me);
  assert_int_equal (g_chmod (bed->dir, 0777), 0);
  after = content (bed);
  assert_true (g_bytes_equal (before, after));
  store_bed_reopen (bed);
  assert_int_equal (store_count (bed->store, CARD, -1), 1);
}

/* ---- of another version ---- */

static void
test_newer (void **state)
{
  static const char *const changes[] = {
    "PRAGMA journal_mode=DELETE; PRAGMA user_version=2",
    "PRAGMA journal_mode=WAL; PRAGMA user_version=2147483647",
    "PRAGMA user_version=-1",
  };
  StoreBed *bed = *state;

  store_bed_take_text (bed, NUMBER, "of the future");
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GBytes) before = NULL;
      g_autoptr (GBytes) after = NULL;
      g_autoptr (GError) error = NULL;

      store_close (bed->store);
      bed->store = NULL;
      g_free (store_bed_sql (bed, changes[i]));
      before = content (bed);
      assert_null (open_here (bed, &error));
      assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_FAILED));
      assert_non_null (strstr (error->message, "version"));
      after = content (bed);
      assert_true (g_bytes_equal (before, after));
      assert_int_equal (store_bed_count_files (bed, "messages.db.damaged"), 0);
    }
  g_free (store_bed_sql (bed, "PRAGMA user_version=1"));
  store_bed_reopen (bed);
  assert_int_equal (store_count (bed->store, CARD, -1), 1);
}

/* ---- a full disk ---- */

static gboolean
take_number (StoreBed *bed, guint i, GError **error)
{
  g_autofree char   *text = g_strdup_printf ("%0100u", i);
  Tpdu               tpdu = store_bed_deliver (NUMBER, text);
  g_autoptr (GBytes) pdu = store_bed_encode (&tpdu);
  gsize              n;
  const guint8      *octets = g_bytes_get_data (pdu, &n);
  StoreTaken         taken;
  guint              id;

  return store_take (bed->store, CARD, octets, n, START, &taken, &id, error);
}

/* Fills it up: one by one, and then a batch; frees it; nothing was lost, nothing came by halves. */
static void
fill_up (StoreBed *bed, void (*make_room) (void))
{
  g_autoptr (GError) error = NULL;
  guint              n = 0;

  while (take_number (bed, n, &error))
    assert_true (++n < 100000);
  assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_MEMORY_FULL)
               || g_error_matches (error, MU_ERROR, MU_ERROR_FAILED));
  assert_true (n > 0);
  assert_int_equal (store_count (bed->store, CARD, -1), n);
  if (store_begin (bed->store, NULL))
    {
      gboolean ok = TRUE;

      for (guint i = 0; i < 2000; i++)
        ok = take_number (bed, n + i, NULL) && ok;
      assert_false (ok);
      make_room (); /* between the failure and the end of the batch */
      assert_false (take_number (bed, n + 2000, NULL));
      assert_false (store_commit (bed->store, NULL));
    }
  make_room ();
  assert_int_equal (store_count (bed->store, CARD, -1), n);
  for (guint i = 0; i < 100; i++)
    assert_true (take_number (bed, n + i, NULL));
  store_bed_reopen (bed);
  assert_int_equal (store_count (bed->store, CARD, -1), n + 100);
  assert_int_equal (store_bed_count_files (bed, "messages.db.damaged"), 0);
}

static void
no_limit (void)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_FSIZE, &limit);
}

static void
test_file_limit (void **state)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = 300 * 1024;
  setrlimit (RLIMIT_FSIZE, &limit);
  fill_up (*state, no_limit);
}

static char *small_disk;

static void
enlarge (void)
{
  assert_int_equal (mount ("tmpfs", small_disk, "tmpfs", MS_REMOUNT, "size=64m"), 0);
}

static void
test_full_disk (void **state)
{
  StoreBed *bed = *state;

  store_close (bed->store);
  bed->store = NULL;
  if (mount ("tmpfs", bed->dir, "tmpfs", 0, "size=512k") != 0)
    skip ();
  small_disk = bed->dir;
  store_bed_reopen (bed);
  fill_up (bed, enlarge);
}

static int
unmount (void **state)
{
  StoreBed *bed = *state;

  store_close (bed->store);
  bed->store = NULL;
  umount2 (bed->dir, MNT_DETACH); /* if it is one */
  return store_bed_teardown (state);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    bed_test (test_shared),
    bed_test (test_memory),
    bed_test (test_mode),
    bed_test (test_another_process),
    bed_test (test_no_place),
    bed_test (test_unwritable),
    bed_test (test_newer),
    bed_test (test_file_limit),
    cmocka_unit_test_setup_teardown (test_full_disk, store_bed_setup, unmount),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
