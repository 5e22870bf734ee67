/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-bed.h"

#include "tpdu-header.h"

#include <string.h>

enum
{
  DELIVERED = 0x00,
  STILL_TRYING = 0x20,
  GIVEN_UP = 0x46,
};

static StoreTaken
report (StoreBed *bed, const char *number, guint reference, guint8 status)
{
  bed->now++; /* or it would be the same report once more */
  return store_bed_take (bed, store_bed_report (number, reference, status, bed->now), NULL);
}

static void
assert_failed (StoreBed *bed, guint id, const char *why)
{
  g_auto (StoreMessage) message = { 0 };

  bed_ok (store_get (bed->store, CARD, id, &message, &error));
  assert_int_equal (message.state, STORE_FAILED);
  assert_string_equal (message.error, why);
}

static void
test_compose (void **state)
{
  static const guint counts[] = { 1, 2, 254, 255 };
  StoreBed          *bed = *state;
  StorePart          part;

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint id = store_bed_compose (bed, NUMBER, counts[i]);

      store_bed_reopen (bed);
      for (guint sequence = 1; sequence <= counts[i]; sequence++)
        {
          Tpdu     tpdu;
          TpduPart place = { .sequence = 1 };

          bed_ok (store_next_part (bed->store, CARD, &part, &error));
          assert_int_equal (part.message, id);
          assert_int_equal (part.sequence, sequence);
          assert_int_equal (part.tries, 0);
          assert_true (tpdu_decode (part.pdu, part.n, TPDU_TO_NETWORK, &tpdu, NULL));
          assert_string_equal (tpdu.number.text, NUMBER);
          assert_true (tpdu_header_part (&tpdu, &place) == (counts[i] > 1));
          assert_int_equal (place.sequence, sequence);
          assert_int_equal (store_bed_state (bed, id), sequence > 1 ? STORE_SENDING : STORE_QUEUED);
          assert_int_equal (store_bed_send (bed, sequence), id);
        }
      assert_int_equal (store_bed_state (bed, id), STORE_SENT);
      assert_int_equal (store_bed_send (bed, 0), 0);
    }
}

static void
test_content (void **state)
{
  StoreBed             *bed = *state;
  g_autoptr (GBytes)    data = g_bytes_new_static ("\0\1", 2);
  g_autoptr (GArray)    parts = g_array_new (FALSE, FALSE, sizeof (Tpdu));
  Tpdu                  tpdu = { .type = TPDU_SUBMIT, .data = { 0, 1 }, .data_len = 2 };
  StoreMessage          message = { .number = NUMBER, .data = data, .encoding = STORE_8BIT };
  g_auto (StoreMessage) got = { 0 };
  guint                 id;

  message.class = TPDU_CLASS_2;
  tpdu.dcs = tpdu_dcs_make (TPDU_8BIT, TPDU_CLASS_2);
  g_array_append_val (parts, tpdu);
  bed_ok (store_compose (bed->store, CARD, &message, parts, START, &id, &error));
  bed_ok (store_get (bed->store, CARD, id, &got, &error));
  assert_true (got.outgoing);
  assert_int_equal (got.encoding, STORE_8BIT);
  assert_int_equal (got.class, TPDU_CLASS_2);
  assert_int_equal (got.timestamp, START);
  assert_int_equal (got.parts, 1);
  assert_int_equal (got.present, 0);
  assert_string_equal (got.text, "");
  assert_true (g_bytes_equal (got.data, data));
}

static void
test_order (void **state)
{
  StoreBed *bed = *state;
  guint     first = store_bed_compose (bed, NUMBER, 2);
  guint     second = store_bed_compose (bed, "+4930123456", 1);
  StorePart part;

  assert_false (store_next_part (bed->store, OTHER_CARD, &part, NULL));
  assert_int_equal (store_bed_send (bed, 1), first);
  assert_int_equal (store_bed_send (bed, 2), first);
  assert_int_equal (store_bed_send (bed, 3), second);
  assert_int_equal (store_bed_send (bed, 4), 0);
}

static void
test_again (void **state)
{
  StoreBed *bed = *state;
  guint     id = store_bed_compose (bed, NUMBER, 2);
  StorePart part;

  for (guint i = 0; i < 3; i++)
    {
      bed_ok (store_next_part (bed->store, CARD, &part, &error));
      assert_int_equal (part.sequence, 1);
      assert_int_equal (part.tries, i);
      bed_ok (store_part_sending (bed->store, &part, &error));
      bed_ok (store_part_again (bed->store, &part, &error));
      store_bed_reopen (bed);
    }
  assert_int_equal (store_bed_send (bed, 1), id);
  bed_ok (store_next_part (bed->store, CARD, &part, &error));
  assert_int_equal (part.sequence, 2);
  assert_int_equal (part.tries, 0);
  bed_ok (store_part_sending (bed->store, &part, &error));
  assert_int_equal (store_bed_send (bed, 2), 0); /* on its way: not once more */
  bed_ok (store_part_again (bed->store, &part, &error));
  bed_ok (store_delete (bed->store, CARD, id, &error)); /* nothing is on its way */
  assert_int_equal (store_bed_send (bed, 2), 0);
  bed_fails (store_part_sending (bed->store, &part, &error), MU_ERROR_NOT_FOUND);
}

/* ---- reports ---- */

static void
test_reports (void **state)
{
  static const guint orders[][3] = { { 1, 2, 3 }, { 3, 1, 2 }, { 2, 3, 1 }, { 3, 2, 1 } };
  StoreBed          *bed = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      guint                 id = store_bed_compose (bed, NUMBER, 3);
      g_auto (StoreMessage) message = { 0 };

      for (guint k = 1; k <= 3; k++)
        store_bed_send (bed, k);
      for (guint k = 0; k < 3; k++)
        {
          assert_int_equal (store_bed_state (bed, id), STORE_SENT);
          assert_int_equal (report (bed, NUMBER, orders[i][k], STILL_TRYING), STORE_TAKEN_REPORT);
          assert_int_equal (report (bed, NUMBER, orders[i][k], DELIVERED), STORE_TAKEN_REPORT);
          assert_int_equal (report (bed, NUMBER, orders[i][k], DELIVERED), STORE_TAKEN_NOBODYS);
          store_bed_reopen (bed);
        }
      bed_ok (store_get (bed->store, CARD, id, &message, &error));
      assert_int_equal (message.state, STORE_DELIVERED);
      assert_int_equal (message.delivered, bed->now - 1);
    }
}

static void
test_early_report (void **state)
{
  StoreBed *bed = *state;
  guint     id = store_bed_compose (bed, NUMBER, 2);

  store_bed_send (bed, 1);
  assert_int_equal (report (bed, NUMBER, 1, DELIVERED), STORE_TAKEN_REPORT);
  assert_int_equal (store_bed_state (bed, id), STORE_SENDING);
  store_bed_send (bed, 2);
  assert_int_equal (store_bed_state (bed, id), STORE_SENT);
  report (bed, NUMBER, 2, DELIVERED);
  assert_int_equal (store_bed_state (bed, id), STORE_DELIVERED);
}

/* The second part is on its way when the first turns out not to have been delivered. */
static void
test_failed_report (void **state)
{
  static const char why[] = "NetworkRejected: Not delivered, status 46";
  StoreBed         *bed = *state;
  guint             id = store_bed_compose (bed, NUMBER, 2);
  guint             other = store_bed_compose (bed, NUMBER, 2);
  StorePart         part;

  store_bed_send (bed, 1);
  bed_ok (store_next_part (bed->store, CARD, &part, &error));
  bed_ok (store_part_sending (bed->store, &part, &error));
  assert_int_equal (report (bed, NUMBER, 1, GIVEN_UP), STORE_TAKEN_REPORT);
  assert_failed (bed, id, why);
  bed_ok (store_part_sent (bed->store, &part, 2, bed->now, &error));
  assert_failed (bed, id, why);
  report (bed, NUMBER, 2, DELIVERED);
  assert_failed (bed, id, why);
  assert_int_equal (store_bed_send (bed, 3), other);
  assert_int_equal (report (bed, NUMBER, 3, GIVEN_UP), STORE_TAKEN_REPORT);
  assert_int_equal (store_bed_send (bed, 4), 0); /* the rest of it is not sent */
}

static void
test_foreign_reports (void **state)
{
  static const struct
  {
    const char *number;
    guint       reference;
    StoreTaken  taken;
  } rows[] = {
    { "+491701234568", 7, STORE_TAKEN_NOBODYS },
    { NUMBER, 8, STORE_TAKEN_NOBODYS },
    { "Bank", 7, STORE_TAKEN_NOBODYS },
    { "01701234567", 7, STORE_TAKEN_REPORT }, /* the same telephone, as it is dialled at home */
  };
  StoreBed *bed = *state;
  guint     id = store_bed_compose (bed, NUMBER, 1);

  assert_int_equal (report (bed, NUMBER, 7, DELIVERED),
                    STORE_TAKEN_NOBODYS); /* has not been sent */
  store_bed_send (bed, 7);
  assert_int_equal (
      store_bed_take_for (bed, OTHER_CARD, store_bed_report (NUMBER, 7, DELIVERED, START), NULL),
      STORE_TAKEN_NOBODYS);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      assert_int_equal (store_bed_state (bed, id), STORE_SENT);
      assert_int_equal (report (bed, rows[i].number, rows[i].reference, DELIVERED), rows[i].taken);
    }
  assert_int_equal (store_bed_state (bed, id), STORE_DELIVERED);
  assert_int_equal (store_count (bed->store, CARD, -1), 1);
}

/* 256 messages later the references are the same: the newest is meant, by its number. */
static void
test_wrap (void **state)
{
  StoreBed *bed = *state;
  guint     old = store_bed_compose (bed, NUMBER, 1), new, other;

  store_bed_send (bed, 7);
  new = store_bed_compose (bed, NUMBER, 1);
  store_bed_send (bed, 7);
  other = store_bed_compose (bed, "+4930555555", 1);
  store_bed_send (bed, 7);
  assert_int_equal (report (bed, NUMBER, 7, DELIVERED), STORE_TAKEN_REPORT);
  assert_int_equal (store_bed_state (bed, old), STORE_SENT);
  assert_int_equal (store_bed_state (bed, new), STORE_DELIVERED);
  assert_int_equal (store_bed_state (bed, other), STORE_SENT);
}

/* ---- the end of the daemon, and of a message ---- */

static void
recover (StoreBed *bed, guint id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = store_recover (bed->store, CARD, "Failed: restarted", &error);

  assert_null (error);
  assert_int_equal (ids->len, id != 0 ? 1 : 0);
  if (id != 0)
    assert_int_equal (g_array_index (ids, guint, 0), id);
}

static void
test_recover (void **state)
{
  StoreBed *bed = *state;
  guint     sending, queued, between;
  StorePart part;

  recover (bed, 0);
  sending = store_bed_compose (bed, NUMBER, 3);
  store_bed_send (bed, 1);
  bed_ok (store_next_part (bed->store, CARD, &part, &error));
  bed_ok (store_part_sending (bed->store, &part, &error));
  queued = store_bed_compose (bed, NUMBER, 1);
  between = store_bed_compose (bed, NUMBER, 2);
  store_bed_reopen (bed);
  recover (bed, sending);
  recover (bed, 0);
  assert_failed (bed, sending, "Failed: restarted");
  assert_int_equal (store_bed_send (bed, 3), queued);
  assert_int_equal (store_bed_send (bed, 4), between);
  store_bed_reopen (bed);
  recover (bed, 0); /* of this one no part is on its way */
  assert_int_equal (store_bed_send (bed, 5), between);
  assert_int_equal (store_bed_send (bed, 6), 0);
  assert_int_equal (store_bed_state (bed, between), STORE_SENT);
}

static void
test_delete_while_sending (void **state)
{
  StoreBed   *bed = *state;
  guint       id = store_bed_compose (bed, NUMBER, 2), count;
  StoreFilter all = STORE_FILTER_ALL;
  StorePart   part;

  bed_ok (store_next_part (bed->store, CARD, &part, &error));
  bed_ok (store_part_sending (bed->store, &part, &error));
  bed_fails (store_delete (bed->store, CARD, id, &error), MU_ERROR_BUSY);
  bed_fails (store_delete (bed->store, OTHER_CARD, id, &error), MU_ERROR_NOT_FOUND);
  bed_ok (store_delete_all (bed->store, CARD, &all, &count, &error));
  assert_int_equal (count, 0);
  bed_ok (store_message_failed (bed->store, id, "Timeout: No answer", &error));
  assert_failed (bed, id, "Timeout: No answer");
  bed_ok (store_delete (bed->store, CARD, id, &error));
  bed_ok (store_part_sent (bed->store, &part, 1, START, &error)); /* late, and harmless */
  assert_int_equal (report (bed, NUMBER, 1, DELIVERED), STORE_TAKEN_NOBODYS);
}

static void
test_references (void **state)
{
  StoreBed *bed = *state;

  for (guint i = 0; i < 600; i++)
    {
      assert_int_equal (store_next_reference (bed->store), i % 256);
      if (i % 50 == 0)
        store_bed_reopen (bed);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    bed_test (test_compose),
    bed_test (test_content),
    bed_test (test_order),
    bed_test (test_again),
    bed_test (test_reports),
    bed_test (test_early_report),
    bed_test (test_failed_report),
    bed_test (test_foreign_reports),
    bed_test (test_wrap),
    bed_test (test_recover),
    bed_test (test_delete_while_sending),
    bed_test (test_references),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
