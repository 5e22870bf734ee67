/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-bed.h"

#include "tpdu-time.h"

static void
test_single (void **state)
{
  StoreBed *bed = *state;
  Tpdu      tpdu = store_bed_deliver (NUMBER, "Grüße {€}");
  guint     id, again;

  assert_int_equal (store_bed_take (bed, store_bed_encode (&tpdu), &id), STORE_TAKEN_MESSAGE);
  for (int i = 0; i < 2; i++)
    {
      g_auto (StoreMessage) message = { 0 };

      bed_ok (store_get (bed->store, CARD, id, &message, &error));
      assert_int_equal (message.id, id);
      assert_false (message.outgoing);
      assert_int_equal (message.state, STORE_RECEIVED);
      assert_int_equal (message.encoding, STORE_GSM7);
      assert_int_equal (message.class, TPDU_CLASS_NONE);
      assert_int_equal (message.timestamp, START);
      assert_int_equal (message.parts, 1);
      assert_int_equal (message.present, 1);
      assert_string_equal (message.number, NUMBER);
      assert_string_equal (message.text, "Grüße {€}");
      assert_int_equal (g_bytes_get_size (message.data), 0);
      assert_string_equal (message.service_centre, "+491710760000");
      assert_string_equal (message.error, "");
      assert_int_equal (store_bed_take (bed, store_bed_encode (&tpdu), &again), STORE_TAKEN_KNOWN);
      assert_int_equal (again, id);
      store_bed_reopen (bed);
    }
  assert_int_equal (store_count (bed->store, CARD, -1), 1);
}

/* Of places 0 to 3, in lexicographic order. */
static gboolean
next_permutation (guint *order, guint n)
{
  guint i = n - 1, j = n - 1;

  while (i > 0 && order[i - 1] >= order[i])
    i--;
  if (i == 0)
    return FALSE;
  while (order[j] <= order[i - 1])
    j--;
  for (guint t = order[i - 1]; t != order[j]; order[j] = t)
    order[i - 1] = order[j];
  for (guint a = i, b = n - 1; a < b; a++, b--)
    {
      guint t = order[a];

      order[a] = order[b];
      order[b] = t;
    }
  return TRUE;
}

/* Every part comes twice, and every second time the daemon has restarted in between. */
static void
test_orders (void **state)
{
  StoreBed *bed = *state;
  guint     order[] = { 1, 2, 3, 4 };
  guint     n = 0;

  do
    {
      guint first = 0, id = 0;

      for (guint i = 0; i < 4; i++)
        {
          StoreTaken taken = store_bed_take_part (bed, n, 4, order[i], &id);

          first = i == 0 ? id : first;
          assert_int_equal (taken, i < 3 ? STORE_TAKEN_PART : STORE_TAKEN_MESSAGE);
          assert_int_equal (id, first);
          if (n % 2 == 0)
            store_bed_reopen (bed);
          assert_int_equal (store_bed_take_part (bed, n, 4, order[i], &id), STORE_TAKEN_KNOWN);
          assert_int_equal (id, first);
        }
      store_bed_assert_text (bed, first, STORE_RECEIVED, "[1][2][3][4]");
      n++;
    }
  while (next_permutation (order, 4));
  assert_int_equal (n, 24);
  assert_int_equal (store_count (bed->store, CARD, STORE_RECEIVED), 24);
  assert_int_equal (store_count (bed->store, CARD, -1), 24);
}

static void
test_holes (void **state)
{
  StoreBed *bed = *state;
  guint     id;

  assert_int_equal (store_bed_take_part (bed, 1, 4, 3, &id), STORE_TAKEN_PART);
  store_bed_assert_text (bed, id, STORE_RECEIVING, "……[3]…");
  store_bed_take_part (bed, 1, 4, 1, &id);
  store_bed_reopen (bed);
  store_bed_assert_text (bed, id, STORE_RECEIVING, "[1]…[3]…");
}

static void
test_most_parts (void **state)
{
  StoreBed             *bed = *state;
  guint                 id;
  g_auto (StoreMessage) message = { 0 };

  for (guint i = 255; i > 1; i--)
    assert_int_equal (store_bed_take_part (bed, 255, 255, i, &id), STORE_TAKEN_PART);
  assert_int_equal (store_bed_take_part (bed, 255, 255, 1, &id), STORE_TAKEN_MESSAGE);
  bed_ok (store_get (bed->store, CARD, id, &message, &error));
  assert_int_equal (message.parts, 255);
  assert_int_equal (message.present, 255);
  assert_true (g_str_has_prefix (message.text, "[1][2][3]"));
  assert_true (g_str_has_suffix (message.text, "[254][255]"));
}

/* What makes a part belong to another message than part 1 of 2 by NUMBER, reference 7. */
static void
test_apart (void **state)
{
  static const struct
  {
    const char *from;
    guint       reference;
    gboolean    wide;
    guint       total;
  } others[] = {
    { "+491701234568", 7, FALSE, 2 }, { "491701234567", 7, FALSE, 2 }, { NUMBER, 8, FALSE, 2 },
    { NUMBER, 7, TRUE, 2 },           { NUMBER, 0x107, TRUE, 2 },      { NUMBER, 7, FALSE, 3 },
    { "Bank", 7, FALSE, 2 },
  };
  StoreBed *bed = *state;
  guint     id, other;
  Tpdu      tpdu;

  store_bed_take_part (bed, 7, 2, 1, &id);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      tpdu = store_bed_part (others[i].from, others[i].reference, others[i].wide, others[i].total,
                             2, "other");
      assert_int_equal (store_bed_take (bed, store_bed_encode (&tpdu), &other), STORE_TAKEN_PART);
      assert_int_not_equal (other, id);
    }
  tpdu = store_bed_part (NUMBER, 7, FALSE, 2, 2, "card");
  assert_int_equal (store_bed_take_for (bed, OTHER_CARD, store_bed_encode (&tpdu), &other),
                    STORE_TAKEN_PART);
  assert_int_equal (store_count (bed->store, CARD, -1), 1 + G_N_ELEMENTS (others));
  assert_int_equal (store_count (bed->store, OTHER_CARD, -1), 1);
  store_bed_assert_text (bed, id, STORE_RECEIVING, "[1]…");
  assert_int_equal (store_bed_take_part (bed, 7, 2, 2, &other), STORE_TAKEN_MESSAGE);
  assert_int_equal (other, id);
}

/* The first message is incomplete when its sender comes to the same reference again. */
static void
test_reference_again (void **state)
{
  StoreBed *bed = *state;
  Tpdu      tpdu = store_bed_part (NUMBER, 7, FALSE, 3, 1, "new1");
  guint     old, new, id;

  store_bed_take_part (bed, 7, 3, 1, &old);
  assert_int_equal (store_bed_take (bed, store_bed_encode (&tpdu), &new), STORE_TAKEN_PART);
  assert_int_not_equal (old, new);
  tpdu = store_bed_part (NUMBER, 7, FALSE, 3, 2, "new2");
  store_bed_take (bed, store_bed_encode (&tpdu), &id);
  assert_int_equal (id, new);
  tpdu = store_bed_part (NUMBER, 7, FALSE, 3, 3, "new3");
  assert_int_equal (store_bed_take (bed, store_bed_encode (&tpdu), &id), STORE_TAKEN_MESSAGE);
  store_bed_assert_text (bed, new, STORE_RECEIVED, "new1new2new3");
  store_bed_take_part (bed, 7, 3, 3, &id);
  assert_int_equal (id, old);
  assert_int_equal (store_bed_take_part (bed, 7, 3, 2, &id), STORE_TAKEN_MESSAGE);
  store_bed_assert_text (bed, old, STORE_RECEIVED, "[1][2][3]");
}

/* Numbers that no part can have: messages of their own. */
static void
test_impossible_parts (void **state)
{
  static const guint numbers[][2] = { { 0, 0 }, { 0, 1 }, { 2, 0 }, { 2, 3 }, { 1, 1 } };
  StoreBed          *bed = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      Tpdu  tpdu = store_bed_part (NUMBER, 1, FALSE, numbers[i][0], numbers[i][1], "whole");
      guint id;

      assert_int_equal (store_bed_take (bed, store_bed_encode (&tpdu), &id), STORE_TAKEN_MESSAGE);
      store_bed_assert_text (bed, id, STORE_RECEIVED, "whole");
    }
  assert_int_equal (store_count (bed->store, CARD, -1), G_N_ELEMENTS (numbers));
}

/* ---- patience ---- */

static void
expire (StoreBed *bed, gint64 until, guint id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = store_expire (bed->store, CARD, until, &error);

  assert_null (error);
  assert_int_equal (ids->len, id != 0 ? 1 : 0);
  if (id != 0)
    assert_int_equal (g_array_index (ids, guint, 0), id);
}

static void
test_day (void **state)
{
  StoreBed *bed = *state;
  guint     id, other;

  store_bed_take_part (bed, 1, 3, 1, &id);
  bed->now += 24 * 3600 - 1;
  store_bed_take_part (bed, 1, 3, 2, &other);
  assert_int_equal (other, id);
  bed->now++;
  assert_int_equal (store_bed_take_part (bed, 1, 3, 3, &other), STORE_TAKEN_PART);
  assert_int_not_equal (other, id);
}

static void
test_expire (void **state)
{
  StoreBed *bed = *state;
  guint     id, late, other;

  assert_int_equal (store_oldest_wait (bed->store, CARD), 0);
  expire (bed, G_MAXINT64, 0);
  store_bed_take_part (bed, 1, 3, 1, &id);
  store_bed_take_part (bed, 2, 3, 1, &late);
  bed->now += 30;
  store_bed_take_part (bed, 2, 3, 2, &late);
  assert_int_equal (store_oldest_wait (bed->store, CARD), START);
  assert_int_equal (store_oldest_wait (bed->store, OTHER_CARD), 0);
  expire (bed, START - 1, 0);
  expire (bed, START, id);
  expire (bed, START, 0);
  store_bed_assert_text (bed, id, STORE_RECEIVED, "[1]……");
  store_bed_reopen (bed);
  assert_int_equal (store_oldest_wait (bed->store, CARD), START + 30);
  expire (bed, START + 30, late);
  assert_int_equal (store_oldest_wait (bed->store, CARD), 0);

  assert_int_equal (store_bed_take_part (bed, 1, 3, 3, &other), STORE_TAKEN_MORE);
  assert_int_equal (other, id);
  store_bed_assert_text (bed, id, STORE_RECEIVED, "[1]…[3]");
  bed_ok (store_mark_read (bed->store, CARD, id, &error));
  store_bed_reopen (bed);
  assert_int_equal (store_bed_take_part (bed, 1, 3, 2, &other), STORE_TAKEN_MORE);
  store_bed_assert_text (bed, id, STORE_READ, "[1][2][3]");
  assert_int_equal (store_bed_take_part (bed, 1, 3, 2, &other), STORE_TAKEN_KNOWN);
}

/* ---- what the user does meanwhile ---- */

/* What stays on the card is seen with every list, and remembered; what was there once, is not. */
static void
test_forget_seen (void **state)
{
  StoreBed *bed = *state;
  guint     stays, went, again;

  store_bed_take_part (bed, 1, 2, 1, &stays);
  store_bed_take_part (bed, 2, 2, 1, &went);
  bed->now += 10 * 24 * 3600;
  assert_int_equal (store_bed_take_part (bed, 1, 2, 1, &again), STORE_TAKEN_KNOWN);
  bed_ok (store_forget_seen (bed->store, OTHER_CARD, bed->now + 1, &error));
  bed_ok (store_forget_seen (bed->store, CARD, bed->now, &error));
  store_bed_reopen (bed);
  assert_int_equal (store_bed_take_part (bed, 1, 2, 1, &again), STORE_TAKEN_KNOWN);
  assert_int_equal (again, stays);
  assert_int_equal (store_bed_take_part (bed, 2, 2, 1, &again), STORE_TAKEN_PART);
  assert_true (again > went);
}

static void
test_deleted (void **state)
{
  StoreBed *bed = *state;
  guint     id, again, whole = store_bed_take_text (bed, NUMBER, "gone");
  Tpdu      tpdu = store_bed_deliver (NUMBER, "gone");

  tpdu_time_set (tpdu.time, bed->now, 0);
  store_bed_take_part (bed, 1, 2, 1, &id);
  bed_ok (store_delete (bed->store, CARD, whole, &error));
  bed_ok (store_delete (bed->store, CARD, id, &error));
  store_bed_reopen (bed);
  assert_int_equal (store_bed_take (bed, store_bed_encode (&tpdu), &again), STORE_TAKEN_KNOWN);
  assert_int_equal (store_bed_take_part (bed, 1, 2, 1, &again), STORE_TAKEN_KNOWN);
  assert_int_equal (store_count (bed->store, CARD, -1), 0);
  assert_int_equal (store_bed_take_for (bed, OTHER_CARD, store_bed_encode (&tpdu), &again),
                    STORE_TAKEN_MESSAGE);
  assert_true (again > id); /* ids are not used again */
}

static void
test_batch (void **state)
{
  StoreBed *bed = *state;
  guint     id;

  bed_ok (store_begin (bed->store, &error));
  bed_fails (store_begin (bed->store, &error), MU_ERROR_BUSY);
  store_bed_take_part (bed, 1, 2, 1, &id);
  assert_int_equal (store_bed_take_part (bed, 1, 2, 1, &id), STORE_TAKEN_KNOWN);
  store_rollback (bed->store);
  assert_int_equal (store_count (bed->store, CARD, -1), 0);
  bed_ok (store_begin (bed->store, &error));
  assert_int_equal (store_bed_take_part (bed, 1, 2, 1, &id), STORE_TAKEN_PART);
  assert_int_equal (store_bed_take_part (bed, 1, 2, 2, &id), STORE_TAKEN_MESSAGE);
  bed_ok (store_commit (bed->store, &error));
  bed_fails (store_commit (bed->store, &error), MU_ERROR_FAILED);
  store_rollback (bed->store);
  bed_ok (store_begin (bed->store, &error));
  store_bed_take_part (bed, 2, 2, 1, &id);
  store_bed_reopen (bed); /* closed within: as if it had not been */
  assert_int_equal (store_count (bed->store, CARD, -1), 1);
  assert_int_equal (store_bed_take_part (bed, 2, 2, 1, &id), STORE_TAKEN_PART);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    bed_test (test_single),           bed_test (test_orders),  bed_test (test_holes),
    bed_test (test_most_parts),       bed_test (test_apart),   bed_test (test_reference_again),
    bed_test (test_impossible_parts), bed_test (test_day),     bed_test (test_expire),
    bed_test (test_forget_seen),      bed_test (test_deleted), bed_test (test_batch),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
