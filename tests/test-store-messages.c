/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-bed.h"

static gboolean
add_id (const StoreMessage *message, gpointer user_data)
{
  g_array_append_val ((GArray *)user_data, message->id);
  return TRUE;
}

static GArray *
list (StoreBed *bed, const char *card, const StoreFilter *filter)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint));

  bed_ok (store_list (bed->store, card, filter, add_id, ids, &error));
  return ids;
}

static guint
count (StoreBed *bed, const StoreFilter *filter)
{
  g_autoptr (GArray) ids = list (bed, CARD, filter);

  return ids->len;
}

/* One of each state, an hour apart. */
static void
fill (StoreBed *bed, guint ids[STORE_FAILED + 1])
{
  static const StoreState outgoing[]
      = { STORE_DELIVERED, STORE_SENT, STORE_FAILED, STORE_SENDING, STORE_QUEUED };

  store_bed_take_part (bed, 200, 2, 1, &ids[STORE_RECEIVING]); /* at START */
  bed->now = START + 1 * 3600;
  ids[STORE_RECEIVED] = store_bed_take_text (bed, NUMBER, "unread");
  bed->now = START + 2 * 3600;
  ids[STORE_READ] = store_bed_take_text (bed, NUMBER, "read");
  bed_ok (store_mark_read (bed->store, CARD, ids[STORE_READ], &error));
  for (gsize i = 0; i < G_N_ELEMENTS (outgoing); i++)
    {
      StoreState state = outgoing[i];
      StorePart  part;

      bed->now = START + (gint64)(3 + i) * 3600;
      ids[state] = store_bed_compose (bed, "+4930555555", 1);
      if (state == STORE_DELIVERED || state == STORE_SENT)
        store_bed_send (bed, (guint)i);
      if (state == STORE_DELIVERED)
        store_bed_take (bed, store_bed_report ("+4930555555", (guint)i, 0, bed->now), NULL);
      if (state == STORE_FAILED)
        bed_ok (store_message_failed (bed->store, ids[state], "Failed: why", &error));
      if (state == STORE_SENDING)
        {
          bed_ok (store_next_part (bed->store, CARD, &part, &error));
          bed_ok (store_part_sending (bed->store, &part, &error));
        }
    }
}

static void
test_states (void **state)
{
  StoreBed *bed = *state;
  guint     ids[STORE_FAILED + 1];

  fill (bed, ids);
  store_bed_reopen (bed);
  for (int i = STORE_RECEIVING; i <= STORE_FAILED; i++)
    {
      StoreFilter        filter = STORE_FILTER_ALL;
      g_autoptr (GArray) found = NULL;

      filter.state = i;
      found = list (bed, CARD, &filter);
      assert_int_equal (found->len, 1);
      assert_int_equal (g_array_index (found, guint, 0), ids[i]);
      assert_int_equal (store_count (bed->store, CARD, i), 1);
      assert_int_equal (store_count (bed->store, OTHER_CARD, i), 0);
      assert_int_equal (store_bed_state (bed, ids[i]), i);
    }
  assert_int_equal (store_count (bed->store, CARD, -1), STORE_FAILED + 1);
}

static void
test_filters (void **state)
{
  StoreBed *bed = *state;
  guint     ids[STORE_FAILED + 1];
  struct
  {
    StoreFilter filter;
    guint       n;
  } rows[] = {
    { STORE_FILTER_ALL, 8 },
    { { -1, 0, NULL, G_MININT64, G_MAXINT64, G_MAXUINT, 0 }, 3 },
    { { -1, 1, NULL, G_MININT64, G_MAXINT64, G_MAXUINT, 0 }, 5 },
    { { -1, -1, NUMBER, G_MININT64, G_MAXINT64, G_MAXUINT, 0 }, 3 },
    { { -1, -1, "+4917012345", G_MININT64, G_MAXINT64, G_MAXUINT, 0 }, 0 },
    { { -1, -1, "%' OR 1 --", G_MININT64, G_MAXINT64, G_MAXUINT, 0 }, 0 },
    { { -1, -1, "", G_MININT64, G_MAXINT64, G_MAXUINT, 0 }, 0 },
    { { -1, -1, NULL, START + 7200, G_MAXINT64, G_MAXUINT, 0 }, 6 },
    { { -1, -1, NULL, START + 7201, G_MAXINT64, G_MAXUINT, 0 }, 5 },
    { { -1, -1, NULL, G_MININT64, START + 7200, G_MAXUINT, 0 }, 3 },
    { { -1, -1, NULL, G_MININT64, START + 7199, G_MAXUINT, 0 }, 2 },
    { { -1, -1, NULL, START + 1, START, G_MAXUINT, 0 }, 0 },
    { { -1, -1, NULL, G_MININT64, G_MAXINT64, 0, 0 }, 0 },
    { { -1, -1, NULL, G_MININT64, G_MAXINT64, 3, 6 }, 2 },
    { { -1, -1, NULL, G_MININT64, G_MAXINT64, G_MAXUINT, G_MAXUINT }, 0 },
    { { STORE_READ, 0, NUMBER, START + 7200, START + 7200, 1, 0 }, 1 },
    { { STORE_READ, 1, NUMBER, START + 7200, START + 7200, 1, 0 }, 0 },
    { { STORE_READ, 0, NUMBER, START + 7200, START + 7200, 1, 1 }, 0 },
  };

  fill (bed, ids);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint n = count (bed, &rows[i].filter);

      if (n != rows[i].n)
        fail_msg ("row %zu: %u", i, n);
    }
}

/* 1000 messages of 500 seconds: the newest first, of one second those that came last. */
static void
test_paging (void **state)
{
  StoreBed          *bed = *state;
  StoreFilter        filter = STORE_FILTER_ALL;
  g_autoptr (GArray) whole = NULL;
  guint              n = 0;

  bed_ok (store_begin (bed->store, &error));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      bed->now = START + i * 7 % 500;
      store_bed_take_text (bed, NUMBER, text);
    }
  bed_ok (store_commit (bed->store, &error));
  whole = list (bed, CARD, &filter);
  assert_int_equal (whole->len, 1000);
  for (filter.limit = 37; filter.offset <= 1000; filter.offset += 37)
    {
      g_autoptr (GArray) page = list (bed, CARD, &filter);

      for (guint i = 0; i < page->len; i++, n++)
        assert_int_equal (g_array_index (page, guint, i), g_array_index (whole, guint, n));
    }
  assert_int_equal (n, 1000);
  for (guint i = 1; i < whole->len; i++)
    {
      guint a = g_array_index (whole, guint, i - 1), b = g_array_index (whole, guint, i);
      guint seconds_a = (a - 1) * 7 % 500, seconds_b = (b - 1) * 7 % 500;

      assert_true (seconds_a > seconds_b || (seconds_a == seconds_b && a > b));
    }
}

static void
test_mark_read (void **state)
{
  StoreBed *bed = *state;
  guint     ids[STORE_FAILED + 1];

  fill (bed, ids);
  for (int i = STORE_RECEIVING; i <= STORE_FAILED; i++)
    if (i == STORE_RECEIVED || i == STORE_READ)
      bed_ok (store_mark_read (bed->store, CARD, ids[i], &error));
    else
      {
        bed_fails (store_mark_read (bed->store, CARD, ids[i], &error), MU_ERROR_NOT_ALLOWED);
        assert_int_equal (store_bed_state (bed, ids[i]), i);
      }
  assert_int_equal (store_count (bed->store, CARD, STORE_READ), 2);
}

static void
test_not_found (void **state)
{
  static const guint    ids[] = { 0, 2, G_MAXUINT };
  StoreBed             *bed = *state;
  guint                 id = store_bed_take_text (bed, NUMBER, "one");
  g_auto (StoreMessage) message = { 0 };
  g_autoptr (GPtrArray) none = store_pdus (bed->store, 2);

  assert_int_equal (id, 1);
  assert_int_equal (none->len, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      bed_fails (store_get (bed->store, CARD, ids[i], &message, &error), MU_ERROR_NOT_FOUND);
      bed_fails (store_mark_read (bed->store, CARD, ids[i], &error), MU_ERROR_NOT_FOUND);
      bed_fails (store_delete (bed->store, CARD, ids[i], &error), MU_ERROR_NOT_FOUND);
    }
  bed_fails (store_get (bed->store, OTHER_CARD, id, &message, &error), MU_ERROR_NOT_FOUND);
  bed_fails (store_mark_read (bed->store, OTHER_CARD, id, &error), MU_ERROR_NOT_FOUND);
  bed_fails (store_delete (bed->store, OTHER_CARD, id, &error), MU_ERROR_NOT_FOUND);
  bed_ok (store_delete (bed->store, CARD, id, &error));
  bed_fails (store_delete (bed->store, CARD, id, &error), MU_ERROR_NOT_FOUND);
}

static void
test_pdus (void **state)
{
  StoreBed             *bed = *state;
  guint                 id;
  g_autoptr (GPtrArray) pdus = NULL;

  for (guint i = 12; i > 0; i--)
    store_bed_take_part (bed, 1, 12, i, &id);
  pdus = store_pdus (bed->store, id);
  assert_int_equal (pdus->len, 12);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char   *text = g_strdup_printf ("[%u]", i + 1);
      Tpdu               tpdu = store_bed_part (NUMBER, 1, FALSE, 12, i + 1, text);
      g_autoptr (GBytes) wanted = store_bed_encode (&tpdu);

      assert_true (g_bytes_equal (pdus->pdata[i], wanted));
    }
}

/* ---- deleting ---- */

static void
test_delete_all (void **state)
{
  StoreBed        *bed = *state;
  StoreFilter      filter = STORE_FILTER_ALL;
  g_autofree char *parts = NULL;
  guint            ids[STORE_FAILED + 1], n, other;

  fill (bed, ids);
  store_bed_take_part (bed, 200, 2, 2, &other); /* its parts do not count */
  bed->now++;
  store_bed_take_part (bed, 201, 2, 1, &other);
  filter.limit = 1;
  filter.offset = 5;
  filter.number = NUMBER;
  bed_ok (store_delete_all (bed->store, CARD, &filter, &n, &error));
  assert_int_equal (n, 4);
  bed_ok (store_delete_all (bed->store, CARD, &filter, &n, &error));
  assert_int_equal (n, 0);
  filter.number = NULL;
  bed_ok (store_delete_all (bed->store, OTHER_CARD, &filter, &n, &error));
  assert_int_equal (n, 0);
  filter.state = STORE_FAILED;
  bed_ok (store_delete_all (bed->store, CARD, &filter, &n, &error));
  assert_int_equal (n, 1);
  filter.state = -1;
  bed_ok (store_delete_all (bed->store, CARD, &filter, &n, &error));
  assert_int_equal (n, 3); /* not the one that is being sent */
  assert_int_equal (store_count (bed->store, CARD, -1), 1);
  assert_int_equal (store_bed_state (bed, ids[STORE_SENDING]), STORE_SENDING);
  store_close (bed->store);
  bed->store = NULL;
  parts = store_bed_sql (bed, "SELECT count(*) FROM part");
  assert_string_equal (parts, "1");
}

static void
test_prune_age (void **state)
{
  StoreBed *bed = *state;
  guint     ids[STORE_FAILED + 1];

  fill (bed, ids);
  bed_ok (store_prune (bed->store, OTHER_CARD, G_MAXINT64, 0, &error));
  bed_ok (store_prune (bed->store, CARD, START, G_MAXUINT, &error));
  assert_int_equal (store_count (bed->store, CARD, -1), 8);
  bed_ok (store_prune (bed->store, CARD, START + 2 * 3600, G_MAXUINT, &error));
  assert_int_equal (store_count (bed->store, CARD, -1), 8);
  bed_ok (store_prune (bed->store, CARD, START + 2 * 3600 + 1, G_MAXUINT, &error));
  assert_int_equal (store_count (bed->store, CARD, STORE_READ), 0);
  assert_int_equal (store_count (bed->store, CARD, -1), 7);
  bed_ok (store_prune (bed->store, CARD, G_MAXINT64, G_MAXUINT, &error));
  for (int i = STORE_RECEIVING; i <= STORE_FAILED; i++)
    assert_int_equal (store_count (bed->store, CARD, i), i == STORE_RECEIVING || i == STORE_RECEIVED
                                                             || i == STORE_QUEUED
                                                             || i == STORE_SENDING);
}

static void
test_prune_number (void **state)
{
  StoreBed *bed = *state;
  guint     ids[STORE_FAILED + 1];

  fill (bed, ids);
  bed_ok (store_prune (bed->store, CARD, G_MININT64, 8, &error));
  assert_int_equal (store_count (bed->store, CARD, -1), 8);
  bed_ok (
      store_prune (bed->store, CARD, G_MININT64, 5, &error)); /* the three oldest: one was read */
  assert_int_equal (store_count (bed->store, CARD, -1), 7);
  assert_int_equal (store_count (bed->store, CARD, STORE_READ), 0);
  bed_ok (store_prune (bed->store, CARD, G_MININT64, 0, &error));
  assert_int_equal (store_count (bed->store, CARD, -1), 4);
  store_bed_reopen (bed);
  assert_int_equal (store_count (bed->store, CARD, -1), 4);
}

/* ---- a database that somebody has written to ---- */

static void
test_nonsense (void **state)
{
  StoreBed             *bed = *state;
  guint                 id = store_bed_take_text (bed, NUMBER, "text");
  g_auto (StoreMessage) message = { 0 };

  store_close (bed->store);
  bed->store = NULL;
  g_free (store_bed_sql (bed,
                         "UPDATE message SET state = 99, encoding = -5, class = 77, parts = 'x',"
                         " text = CAST (x'c328ff' AS TEXT), data = 3.5,"
                         " number = CAST (x'ff' AS TEXT); UPDATE part SET pdu = x''"));
  store_bed_reopen (bed);
  bed_ok (store_get (bed->store, CARD, id, &message, &error));
  assert_true (message.state <= STORE_FAILED);
  assert_true (message.encoding <= STORE_RAW);
  assert_true (message.class <= TPDU_CLASS_3);
  assert_true (g_utf8_validate (message.text, -1, NULL));
  assert_true (g_utf8_validate (message.number, -1, NULL));
  bed_ok (store_delete (bed->store, CARD, id, &error));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    bed_test (test_states),     bed_test (test_filters),   bed_test (test_paging),
    bed_test (test_mark_read),  bed_test (test_not_found), bed_test (test_pdus),
    bed_test (test_delete_all), bed_test (test_prune_age), bed_test (test_prune_number),
    bed_test (test_nonsense),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
