/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Damaged files: put aside under their name, and a new one begun; whatever is in them, nothing
 * crashes, and the store works in the end. */
#include "store-bed.h"

#include <glib/gstdio.h>
#include <string.h>

#define MESSAGES 300
#define PAGE     4096

static char *sound; /* what the file is before it is damaged */
static gsize sound_n;

static int
setup (void **state)
{
  StoreBed *bed;

  if (store_bed_setup (state) != 0)
    return -1;
  bed = *state;
  bed_ok (store_begin (bed->store, &error));
  for (guint i = 0; i < MESSAGES; i++)
    {
      bed->now++;
      store_bed_take_text (bed, NUMBER, "some text of a message that is not short");
      if (i % 10 == 0)
        store_bed_compose (bed, NUMBER, 1 + i % 3);
      if (i % 20 == 0)
        store_bed_take_part (bed, i, 3, 1, NULL);
    }
  bed_ok (store_commit (bed->store, &error));
  store_close (bed->store);
  bed->store = NULL;
  return g_file_get_contents (bed->path, &sound, &sound_n, NULL) ? 0 : -1;
}

static int
teardown (void **state)
{
  g_clear_pointer (&sound, g_free);
  return store_bed_teardown (state);
}

static void
write_file (StoreBed *bed, const char *octets, gsize n)
{
  assert_true (g_file_set_contents (bed->path, octets, (gssize)n, NULL));
}

static gboolean
look (const StoreMessage *message, gpointer user_data)
{
  assert_true (g_utf8_validate (message->text, -1, NULL));
  assert_true (message->state <= STORE_FAILED);
  ++*(guint *)user_data;
  return TRUE;
}

static void
drop (GArray *ids)
{
  if (ids != NULL)
    g_array_unref (ids);
}

/* Everything that the daemon does; any of it may fail. */
static void
use (StoreBed *bed)
{
  StoreFilter all = STORE_FILTER_ALL;
  StorePart   part;
  guint       n = 0;

  drop (store_recover (bed->store, CARD, "why", NULL));
  drop (store_expire (bed->store, CARD, START + 50, NULL));
  (void)store_list (bed->store, CARD, &all, look, &n, NULL);
  for (guint id = 1; id < MESSAGES; id += 7)
    {
      g_auto (StoreMessage) message = { 0 };

      g_ptr_array_unref (store_pdus (bed->store, id));
      (void)store_get (bed->store, CARD, id, &message, NULL);
      (void)store_mark_read (bed->store, CARD, id, NULL);
      (void)store_delete (bed->store, CARD, id + 1, NULL);
    }
  if (store_next_part (bed->store, CARD, &part, NULL)
      && store_part_sending (bed->store, &part, NULL))
    (void)store_part_sent (bed->store, &part, 1, bed->now, NULL);
  (void)store_next_reference (bed->store);
  (void)store_oldest_wait (bed->store, CARD);
  (void)store_prune (bed->store, CARD, START + 100, 100, NULL);
  (void)store_delete_all (bed->store, CARD, &all, &n, NULL);
}

static gboolean
take_new (StoreBed *bed, guint n)
{
  g_autofree char   *text = g_strdup_printf ("new %u", n);
  Tpdu               tpdu = store_bed_deliver (NUMBER, text);
  g_autoptr (GBytes) pdu = store_bed_encode (&tpdu);
  StoreTaken         taken;
  guint              id;

  return store_take (bed->store, CARD, g_bytes_get_data (pdu, NULL), g_bytes_get_size (pdu), START,
                     &taken, &id, NULL)
         && taken == STORE_TAKEN_MESSAGE;
}

/* Returns whether the file was put aside. */
static gboolean
assert_survives (StoreBed *bed)
{
  g_autoptr (GError) error = NULL;
  gboolean           works = FALSE;
  guint              n = 0, aside;

  bed->store = store_open (bed->path, &error);
  store_bed_ok (bed->store != NULL, error);
  use (bed);
  for (n = 0; n < 10 && !works; n++)
    works = take_new (bed, n);
  assert_true (works);
  store_bed_reopen (bed);
  assert_true (store_count (bed->store, CARD, STORE_RECEIVED) >= 1);
  store_close (bed->store);
  bed->store = NULL;
  aside = store_bed_count_files (bed, "messages.db.damaged-");
  assert_true (aside <= 1);
  return aside == 1;
}

static void
remove_aside (StoreBed *bed)
{
  g_autoptr (GDir) dir = g_dir_open (bed->dir, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (bed->dir, name, NULL);

      assert_int_equal (g_remove (path), 0);
    }
}

static void
test_garbage (void **state)
{
  static const gsize sizes[] = { 2, 10, 100, 512, PAGE, 10 * PAGE };
  StoreBed          *bed = *state;
  g_autoptr (GRand)  rand = g_rand_new_with_seed (709);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *octets = g_malloc (sizes[i]);

      for (gsize k = 0; k < sizes[i]; k++)
        octets[k] = (char)g_rand_int (rand);
      write_file (bed, octets, sizes[i]);
      assert_true (assert_survives (bed));
      remove_aside (bed);
    }
}

static void
test_truncated (void **state)
{
  const gsize sizes[] = { 2,   16,       50,   99,       100,      101,         511,
                          512, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE, sound_n / 2, sound_n - PAGE };
  StoreBed   *bed = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      write_file (bed, sound, sizes[i]);
      assert_true (assert_survives (bed));
      remove_aside (bed);
    }
  write_file (bed, sound, sound_n - 1); /* is not always noticed */
  (void)assert_survives (bed);
  remove_aside (bed);
  for (gsize n = 0; n < 2; n++) /* for SQLite one octet is an empty file too */
    {
      write_file (bed, sound, n);
      assert_false (assert_survives (bed));
      remove_aside (bed);
    }
}

/* Whole pages, that are not what this version of the daemon has written. */
static void
test_schema (void **state)
{
  static const char *const changes[] = {
    "PRAGMA user_version=0",
    "DROP TABLE seen",
    "DROP INDEX part_reported",
    "ALTER TABLE message RENAME COLUMN centre TO center",
    "ALTER TABLE counter RENAME TO counters",
  };
  StoreBed *bed = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      write_file (bed, sound, sound_n);
      g_free (store_bed_sql (bed, changes[i]));
      assert_true (assert_survives (bed));
      remove_aside (bed);
    }
  write_file (bed, sound, sound_n);
  g_free (store_bed_sql (bed, "CREATE INDEX mine ON message (text); ANALYZE; VACUUM"));
  assert_false (assert_survives (bed));
}

/* Each page in turn, of zeros, of ones, of noise, of another page. */
static void
test_pages (void **state)
{
  StoreBed         *bed = *state;
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint             aside = 0;

  assert_true (sound_n / PAGE > 20);
  for (gsize page = 0; page < sound_n / PAGE; page++)
    for (guint how = 0; how < 4; how++)
      {
        g_autofree char *octets = g_memdup2 (sound, sound_n);
        char            *at = octets + page * PAGE;

        memset (at, how == 0 ? 0 : 0xff, PAGE);
        for (gsize k = 0; how == 2 && k < PAGE; k++)
          at[k] = (char)g_rand_int (rand);
        if (how == 3)
          memcpy (at, sound + (page + 1) * PAGE % sound_n, PAGE);
        write_file (bed, octets, sound_n);
        aside += assert_survives (bed) ? 1 : 0;
        remove_aside (bed);
      }
  assert_true (aside > sound_n / PAGE);
}

/* A few octets somewhere; of the first page more often. */
static void
test_rot (void **state)
{
  StoreBed *bed = *state;

  for (guint32 seed = 0; seed < 300; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autofree char  *octets = g_memdup2 (sound, sound_n);
      gsize             range = seed % 2 == 0 ? sound_n : PAGE;

      for (guint i = 0; i < 1 + seed % 20; i++)
        {
          gsize at = (gsize)g_rand_int_range (rand, 0, (gint32)range);

          if (at < 60 || at >= 64) /* the version: that may be of the future */
            octets[at] = (char)g_rand_int (rand);
        }
      write_file (bed, octets, sound_n);
      (void)assert_survives (bed);
      remove_aside (bed);
    }
}

/* The file is damaged while it is open: the call that finds it fails, and a batch as a whole. */
static void
test_batch (void **state)
{
  StoreBed        *bed = *state;
  g_autofree char *octets = g_memdup2 (sound, sound_n);

  memset (octets + PAGE, 0xff, sound_n - PAGE);
  write_file (bed, octets, sound_n);
  bed->store = store_open (bed->path, NULL);
  if (bed->store != NULL && store_begin (bed->store, NULL))
    {
      assert_false (take_new (bed, 1));
      assert_false (take_new (bed, 2)); /* of the batch, though the database is a new one */
      assert_false (store_commit (bed->store, NULL));
    }
  assert_int_equal (store_count (bed->store, CARD, -1), 0);
  assert_true (take_new (bed, 1));
  assert_true (take_new (bed, 2));
  store_bed_reopen (bed);
  assert_int_equal (store_count (bed->store, CARD, -1), 2);
  assert_true (store_is_durable (bed->store));
}

/* Damage that SQLite does not notice: nothing where there always is something. */
static void
test_nothing (void **state)
{
  StoreBed *bed = *state;

  write_file (bed, sound, sound_n);
  store_bed_reopen (bed);
  while (store_bed_send (bed, 7) != 0)
    ;
  store_close (bed->store);
  bed->store = NULL;
  g_free (store_bed_sql (bed, "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET"
                              " sql=replace (sql, ' number TEXT NOT NULL,', ' number TEXT,')"));
  g_free (store_bed_sql (bed, "UPDATE message SET number=NULL"));
  g_free (store_bed_sql (bed, "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET"
                              " sql=replace (sql, ' number TEXT,', ' number TEXT NOT NULL,')"));
  store_bed_reopen (bed);
  assert_int_equal (store_bed_take (bed, store_bed_report (NUMBER, 7, 0, START), NULL),
                    STORE_TAKEN_NOBODYS);
}

/* Twice within a second: neither file takes the other's place. */
static void
test_names (void **state)
{
  StoreBed *bed = *state;

  for (guint i = 1; i <= 3; i++)
    {
      write_file (bed, "garbage", 7);
      store_bed_reopen (bed);
      store_close (bed->store);
      bed->store = NULL;
      assert_int_equal (store_bed_count_files (bed, "messages.db.damaged-"), i);
    }
}

#define damage_test(name) cmocka_unit_test_setup_teardown (name, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    damage_test (test_garbage), damage_test (test_truncated), damage_test (test_schema),
    damage_test (test_pages),   damage_test (test_rot),       damage_test (test_batch),
    damage_test (test_names),   damage_test (test_nothing),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
