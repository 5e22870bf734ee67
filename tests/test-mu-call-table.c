/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-call-table.h"
#include "mu-test.h"

#include <string.h>

#define ROUNDS 20000

static MuCallTable table;
static GString    *told;
static GHashTable *alive; /* objects that have been added and not removed */
static guint       newest;

static void
on_added (const MuVoiceCall *call, gpointer user_data G_GNUC_UNUSED)
{
  assert_int_equal (call->object, ++newest);
  assert_true (g_hash_table_add (alive, GUINT_TO_POINTER (call->object)));
  g_string_append_printf (told, "+%u:%d ", call->object, call->state);
}

static void
on_changed (const MuVoiceCall *call, gpointer user_data G_GNUC_UNUSED)
{
  assert_true (g_hash_table_contains (alive, GUINT_TO_POINTER (call->object)));
  assert_true (call->state != MU_CALL_ENDED);
  g_string_append_printf (told, "%u:%d ", call->object, call->state);
}

static void
on_removed (const MuVoiceCall *call, gpointer user_data G_GNUC_UNUSED)
{
  assert_int_equal (call->state, MU_CALL_ENDED);
  assert_true (g_hash_table_remove (alive, GUINT_TO_POINTER (call->object)));
  g_string_append_printf (told, "-%u:%d ", call->object, call->reason);
}

static const MuCallTableEvents events = { on_added, on_changed, on_removed };

static int
set_up (void **state G_GNUC_UNUSED)
{
  mu_call_table_init (&table, &events, NULL);
  told = g_string_new (NULL);
  alive = g_hash_table_new (NULL, NULL);
  newest = 0;
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  mu_call_table_clear (&table);
  g_string_free (told, TRUE);
  g_hash_table_unref (alive);
  return 0;
}

static void
assert_told (const char *expected)
{
  assert_string_equal (told->str, expected);
  g_string_truncate (told, 0);
}

#define LISTED(...)                                                                                \
  mu_call_table_listed (&table, (const MuCallRow[]){ __VA_ARGS__ },                                \
                        sizeof ((const MuCallRow[]){ __VA_ARGS__ }) / sizeof (MuCallRow), 100)

/* Guide 8.2 */
static void
test_outgoing (void **state G_GNUC_UNUSED)
{
  const MuVoiceCall *call = mu_call_table_dialled (&table, "13912345678");

  mu_call_table_originated (&table, 1, FALSE, "");
  mu_call_table_alerting (&table, 1);
  mu_call_table_connected (&table, 1, 100);
  assert_told ("+1:0 1:0 1:1 1:2 ");
  assert_int_equal (call->started, 100);
  assert_string_equal (call->number, "13912345678");
  assert_false (LISTED ({ 1, FALSE, 0, FALSE, "13912345678" }));
  mu_call_table_ended (&table, 1, 29, 16);
  assert_told ("-1:0 ");
}

/* The call before it has ended: the one that waited rings now, and is no other. */
static void
test_waiting_rings (void **state G_GNUC_UNUSED)
{
  LISTED ({ 1, FALSE, 0, FALSE, "1" });
  mu_call_table_waiting (&table, "2", FALSE);
  LISTED ({ 1, FALSE, 0, FALSE, "1" }, { 2, TRUE, 5, FALSE, "2" });
  assert_told ("+1:2 +2:5 2:5 ");
  mu_call_table_ended (&table, 1, 104, 16);
  mu_call_table_ring (&table);
  mu_call_table_caller (&table, "2", FALSE);
  assert_told ("-1:1 2:4 ");
  assert_false (LISTED ({ 2, TRUE, 4, FALSE, "2" }));
  assert_told ("");
}

/* A conference that there was before the daemon. */
static void
test_conference_found (void **state G_GNUC_UNUSED)
{
  LISTED ({ 1, FALSE, 0, TRUE, "1" }, { 2, TRUE, 0, TRUE, "2" });
  assert_told ("+1:2 +2:2 ");
  assert_true (mu_call_table_find (&table, 1)->multiparty);
  assert_true (mu_call_table_find (&table, 2)->multiparty);
}

/* Without a network ^CEND comes alone, with an id that was never told. */
static void
test_no_network (void **state G_GNUC_UNUSED)
{
  mu_call_table_dialled (&table, "1");
  mu_call_table_ended (&table, 1, 21, 0);
  assert_told ("+1:0 -1:6 ");
  mu_call_table_ended (&table, 1, 21, 0);
  assert_told ("");
}

static void
test_incoming (void **state G_GNUC_UNUSED)
{
  const MuVoiceCall *call;

  mu_call_table_ring (&table);
  mu_call_table_caller (&table, "+1", FALSE);
  mu_call_table_ring (&table);
  mu_call_table_caller (&table, "+1", FALSE);
  assert_told ("+1:4 1:4 ");
  call = mu_call_table_in (&table, MU_CALL_INCOMING);
  assert_string_equal (call->number, "+1");
  LISTED ({ 3, TRUE, 4, FALSE, "+1" });
  assert_int_equal (call->id, 3);
  mu_call_table_connected (&table, 3, 100);
  mu_call_table_waiting (&table, "", TRUE);
  assert_true (mu_call_table_in (&table, MU_CALL_WAITING)->hidden);
  LISTED ({ 3, TRUE, 1, FALSE, "+1" }, { 4, TRUE, 0, FALSE, "" });
  assert_told ("1:2 +2:5 2:5 1:3 2:2 ");
  LISTED ({ 3, TRUE, 0, TRUE, "+1" }, { 4, TRUE, 0, TRUE, "" });
  assert_true (call->multiparty);
}

/* Its ^CEND is lost: it is missing twice. */
static void
test_lost_end (void **state G_GNUC_UNUSED)
{
  mu_call_table_dialled (&table, "1");
  mu_call_table_originated (&table, 1, FALSE, "");
  g_string_truncate (told, 0);
  assert_true (mu_call_table_listed (&table, NULL, 0, 100));
  assert_told ("");
  LISTED ({ 1, FALSE, 2, FALSE, "1" });
  assert_true (mu_call_table_listed (&table, NULL, 0, 100));
  assert_false (mu_call_table_listed (&table, NULL, 0, 100));
  assert_told ("-1:7 ");
}

/* Calls that there were before. */
static void
test_recovered (void **state G_GNUC_UNUSED)
{
  LISTED ({ 1, FALSE, 0, FALSE, "+1" }, { 2, TRUE, 5, FALSE, "+2" }, { 3, TRUE, 9, FALSE, "" });
  assert_told ("+1:2 +2:5 ");
  mu_call_table_end_all (&table, MU_CALL_END_GONE);
  assert_told ("-1:9 -2:9 ");
}

static void
test_reasons (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mu_call_end_reason (29, 16), MU_CALL_END_LOCAL);
  assert_int_equal (mu_call_end_reason (102, 17), MU_CALL_END_LOCAL);
  assert_int_equal (mu_call_end_reason (104, 16), MU_CALL_END_REMOTE);
  assert_int_equal (mu_call_end_reason (100, 17), MU_CALL_END_BUSY);
  assert_int_equal (mu_call_end_reason (100, 21), MU_CALL_END_REJECTED);
  assert_int_equal (mu_call_end_reason (104, 19), MU_CALL_END_NO_ANSWER);
  assert_int_equal (mu_call_end_reason (104, 8), MU_CALL_END_BARRED);
  assert_int_equal (mu_call_end_reason (21, 0), MU_CALL_END_NO_NETWORK);
  assert_int_equal (mu_call_end_reason (22, 171), MU_CALL_END_NO_NETWORK);
  assert_int_equal (mu_call_end_reason (104, 41), MU_CALL_END_NETWORK);
  assert_int_equal (mu_call_end_reason (4711, 4711), MU_CALL_END_NETWORK);
}

/* ---- anything in any order ---- */

static void
say_anything (GRand *rand)
{
  guint     id = (guint)g_rand_int_range (rand, 0, 12);
  MuCallRow rows[12];
  guint     n = (guint)g_rand_int_range (rand, 0, 12);

  for (guint i = 0; i < n; i++)
    rows[i] = (MuCallRow){ (guint)g_rand_int_range (rand, 0, 12), g_rand_boolean (rand),
                           (guint)g_rand_int_range (rand, 0, 8), g_rand_boolean (rand), "+1" };
  switch (g_rand_int_range (rand, 0, 10))
    {
    case 0: mu_call_table_dialled (&table, "5"); break;
    case 1: mu_call_table_originated (&table, id, g_rand_boolean (rand), "6"); break;
    case 2: mu_call_table_alerting (&table, id); break;
    case 3: mu_call_table_connected (&table, id, 1); break;
    case 4:
    case 5: mu_call_table_ended (&table, id, id, id); break;
    case 6: mu_call_table_ring (&table); break;
    case 7: mu_call_table_caller (&table, "+2", FALSE); break;
    case 8: mu_call_table_waiting (&table, "+3", TRUE); break;
    default: mu_call_table_listed (&table, rows, n, 2); break;
    }
}

/* Every call is added once and removed once, there are never too many, and what is asked for at
 * last is what there is. */
static void
test_any_order (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (709);

  for (int i = 0; i < ROUNDS; i++)
    {
      say_anything (rand);
      assert_int_equal (g_hash_table_size (alive), table.calls->len);
      assert_in_range (table.calls->len, 0, MU_MAX_CALLS);
      g_string_truncate (told, 0);
    }
  LISTED ({ 1, FALSE, 0, FALSE, "+1" });
  LISTED ({ 1, FALSE, 0, FALSE, "+1" });
  assert_int_equal (table.calls->len, 1);
  assert_int_equal (mu_call_table_in (&table, MU_CALL_ACTIVE)->id, 1);
  mu_call_table_end_all (&table, MU_CALL_END_GONE);
  assert_int_equal (g_hash_table_size (alive), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_outgoing),   TEST (test_waiting_rings), TEST (test_conference_found),
    TEST (test_no_network), TEST (test_incoming),      TEST (test_lost_end),
    TEST (test_recovered),  TEST (test_reasons),       TEST (test_any_order),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
