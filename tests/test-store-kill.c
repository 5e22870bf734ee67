/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* kill -9 at any moment: what has been told is there once, what has gone out does not go out again.
 */
#include "store-bed.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_TOLD  80 /* before it is killed */
#define ROUNDS    50
#define PER_ROUND 100000 /* more than a child takes */
#define BATCH     7

/* What the child tells when it has come so far. */
typedef struct
{
  enum
  {
    TAKEN,
    SENT,
  } what;
  guint a, b; /* the number that is its text; message and sequence */
} Told;

static GHashTable *sent;  /* message << 8 | sequence */
static GHashTable *taken; /* number */

/* ---- the child ---- */

static void
tell (int fd, Told told)
{
  if (write (fd, &told, sizeof told) != sizeof told)
    _exit (3);
}

static void
take_number (StoreBed *bed, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  bed->now++;
  store_bed_take_text (bed, NUMBER, text);
}

static void
send_one (StoreBed *bed, int fd)
{
  StorePart part;

  if (!store_next_part (bed->store, CARD, &part, NULL))
    return;
  if (!store_part_sending (bed->store, &part, NULL))
    _exit (4);
  tell (fd, (Told){ SENT, part.message, part.sequence });
  if (!store_part_sent (bed->store, &part, part.sequence, bed->now, NULL))
    _exit (5);
}

static void
live (StoreBed *bed, guint n, int fd)
{
  bed->store = store_open (bed->path, NULL);
  for (guint i = 0; bed->store != NULL; i++)
    {
      guint many = i % 3 == 0 ? BATCH : 1;

      if (many > 1 && !store_begin (bed->store, NULL))
        break;
      for (guint k = 0; k < many; k++)
        take_number (bed, n + k);
      if (many > 1 && !store_commit (bed->store, NULL))
        break;
      for (guint k = 0; k < many; k++)
        tell (fd, (Told){ TAKEN, n++, 0 });
      if (i % 4 == 1)
        store_bed_compose (bed, NUMBER, 1 + i % 3);
      send_one (bed, fd);
    }
  _exit (6);
}

/* ---- the witness ---- */

static gpointer
key_of (guint message, guint sequence)
{
  return GUINT_TO_POINTER (message << 8 | sequence);
}

/* Until it has told so much, or is dead. */
static void
listen_to (int fd, guint n)
{
  Told told;

  for (guint i = 0; i < n && read (fd, &told, sizeof told) == sizeof told; i++)
    if (told.what == TAKEN)
      g_hash_table_add (taken, GUINT_TO_POINTER (told.a + 1));
    else
      assert_true (g_hash_table_add (sent, key_of (told.a, told.b)));
}

static void
run_child (StoreBed *bed, guint round, GRand *rand)
{
  int   fds[2], status;
  pid_t pid;

  assert_int_equal (pipe (fds), 0);
  pid = fork ();
  if (pid == 0)
    {
      close (fds[0]);
      live (bed, round * PER_ROUND, fds[1]);
    }
  close (fds[1]);
  listen_to (fds[0], (guint)g_rand_int_range (rand, 0, MAX_TOLD)); /* however slow the machine is */
  g_usleep ((gulong)g_rand_int_range (rand, 0, 3000));
  assert_int_equal (kill (pid, SIGKILL), 0);
  listen_to (fds[0], G_MAXUINT);
  close (fds[0]);
  assert_int_equal (waitpid (pid, &status, 0), pid);
  assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

static gboolean
count_text (const StoreMessage *message, gpointer user_data)
{
  gpointer number = GUINT_TO_POINTER ((guint)atoi (message->text) + 1);

  if (!g_hash_table_add (user_data, number))
    fail_msg ("%s is there twice", message->text);
  return TRUE;
}

static void
check (StoreBed *bed)
{
  StoreFilter            incoming = STORE_FILTER_ALL;
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray)     failed = store_recover (bed->store, CARD, "Failed: killed", NULL);
  GHashTableIter         iter;
  gpointer               number;
  StorePart              part;

  assert_non_null (failed);
  assert_true (failed->len <= 1);
  incoming.outgoing = 0;
  bed_ok (store_list (bed->store, CARD, &incoming, count_text, there, &error));
  g_hash_table_iter_init (&iter, taken);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    assert_true (g_hash_table_contains (there, number));
  while (store_next_part (bed->store, CARD, &part, NULL))
    {
      assert_true (g_hash_table_add (sent, key_of (part.message, part.sequence)));
      bed_ok (store_part_sending (bed->store, &part, &error));
      bed_ok (store_part_sent (bed->store, &part, part.sequence, bed->now, &error));
    }
  assert_int_equal (store_count (bed->store, CARD, STORE_SENDING), 0);
}

static void
test_kill (void **state)
{
  StoreBed         *bed = *state;
  g_autoptr (GRand) rand = g_rand_new_with_seed (709);

  sent = g_hash_table_new (NULL, NULL);
  taken = g_hash_table_new (NULL, NULL);
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *integrity = NULL;

      store_close (bed->store);
      bed->store = NULL;
      bed->now += PER_ROUND; /* the times of a child's messages are not those of another's */
      run_child (bed, round, rand);
      store_bed_reopen (bed);
      check (bed);
      store_close (bed->store);
      bed->store = NULL;
      integrity = store_bed_sql (bed, "PRAGMA integrity_check");
      assert_string_equal (integrity, "ok");
    }
  assert_true (g_hash_table_size (taken) > 100);
  assert_true (g_hash_table_size (sent) > 20);
  assert_int_equal (store_bed_count_files (bed, "messages.db.damaged"), 0);
  print_message ("%u messages taken, %u parts sent\n", g_hash_table_size (taken),
                 g_hash_table_size (sent));
  g_hash_table_unref (sent);
  g_hash_table_unref (taken);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    bed_test (test_kill),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
