/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What has to go out: parts in their order, each said to be on its way before it is. */
#include "store-db.h"

#include "tpdu-time.h"

#include <string.h>

enum
{
  SAME_DIGITS = 7, /* at the end, of numbers written with and without a country */
};

/* ---- composing ---- */

typedef struct
{
  const char         *card;
  const StoreMessage *message;
  const GArray       *parts;
  gint64              now;
  guint               id;
} Composing;

static gboolean
insert_parts (Store *self, const Composing *composing, GError **error)
{
  for (guint i = 0; i < composing->parts->len; i++)
    {
      guint8             octets[TPDU_MAX_OCTETS];
      gsize              n = tpdu_encode (&g_array_index (composing->parts, Tpdu, i), octets, NULL);
      g_autoptr (GBytes) pdu = g_bytes_new (octets, n);

      if (!store_run (self, error,
                      "INSERT INTO part (message, sequence, pdu, state) VALUES (?, ?, ?, ?)",
                      "iibi", (gint64)composing->id, (gint64)i + 1, pdu, (gint64)STORE_QUEUED))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compose (Store *self, gpointer data, GError **error)
{
  Composing          *composing = data;
  const StoreMessage *message = composing->message;

  if (!store_run (self, error,
                  "INSERT INTO message (card, outgoing, state, encoding, class, timestamp, parts,"
                  " present, number, text, data) VALUES (?, 1, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
                  "siiiiissb", composing->card, (gint64)STORE_QUEUED, (gint64)message->encoding,
                  (gint64)message->class, composing->now, (gint64)composing->parts->len,
                  message->number, message->text != NULL ? message->text : "", message->data))
    return FALSE;
  composing->id = (guint)sqlite3_last_insert_rowid (self->db);
  return insert_parts (self, composing, error);
}

gboolean
store_compose (Store *self, const char *card, const StoreMessage *message, const GArray *parts,
               gint64 now, guint *ret_id, GError **error)
{
  Composing composing = { .card = card, .message = message, .parts = parts, .now = now };

  if (!store_atomically (self, compose, &composing, error))
    return FALSE;
  *ret_id = composing.id;
  return TRUE;
}

/* ---- sending ---- */

gboolean
store_next_part (Store *self, const char *card, StorePart *ret_part, GError **error)
{
  sqlite3_stmt *row = store_query (
      self, error,
      "SELECT part.message, part.sequence, part.tries, part.pdu FROM message JOIN part"
      " ON part.message = message.id WHERE message.card = ? AND message.outgoing"
      " AND message.state IN (3, 4) AND part.state = 3"
      " ORDER BY part.message, part.sequence LIMIT 1",
      "s", card);

  if (row == NULL || !store_row (self, row, error))
    return FALSE;
  *ret_part = (StorePart){
    .message = (guint)sqlite3_column_int (row, 0),
    .sequence = (guint)sqlite3_column_int (row, 1),
    .tries = (guint)sqlite3_column_int (row, 2),
    .n = MIN ((gsize)sqlite3_column_bytes (row, 3), TPDU_MAX_OCTETS),
  };
  if (ret_part->n > 0)
    memcpy (ret_part->pdu, sqlite3_column_blob (row, 3), ret_part->n);
  sqlite3_reset (row);
  return TRUE;
}

static gboolean
set_part_state (Store *self, const StorePart *part, StoreState state, GError **error)
{
  return store_run (self, error, "UPDATE part SET state = ? WHERE message = ? AND sequence = ?",
                    "iii", (gint64)state, (gint64)part->message, (gint64)part->sequence);
}

static gboolean
set_message_state (Store *self, guint id, StoreState state, GError **error)
{
  return store_run (self, error, "UPDATE message SET state = ? WHERE id = ?", "ii", (gint64)state,
                    (gint64)id);
}

static gboolean
mark_sending (Store *self, gpointer data, GError **error)
{
  const StorePart *part = data;

  if (!store_run (self, error,
                  "UPDATE part SET state = ? WHERE message = ? AND sequence = ? AND state = ?",
                  "iiii", (gint64)STORE_SENDING, (gint64)part->message, (gint64)part->sequence,
                  (gint64)STORE_QUEUED))
    return FALSE;
  if (sqlite3_changes (self->db) == 0)
    return mu_fail (error, MU_ERROR_NOT_FOUND, "Part %u of message %u is not queued",
                    part->sequence, part->message);
  return set_message_state (self, part->message, STORE_SENDING, error);
}

gboolean
store_part_sending (Store *self, const StorePart *part, GError **error)
{
  return store_atomically (self, mark_sending, (gpointer)part, error);
}

gboolean
store_part_again (Store *self, const StorePart *part, GError **error)
{
  return store_run (
      self, error,
      "UPDATE part SET state = ?, tries = tries + 1 WHERE message = ? AND sequence = ?", "iii",
      (gint64)STORE_QUEUED, (gint64)part->message, (gint64)part->sequence);
}

typedef struct
{
  const StorePart *part;
  guint            reference;
  gint64           now;
} Sent;

static gboolean
mark_sent (Store *self, gpointer data, GError **error)
{
  const Sent *sent = data;
  gint64      id = sent->part->message;

  return store_run (self, error,
                    "UPDATE part SET state = ?, reference = ? WHERE message = ? AND sequence = ?",
                    "iiii", (gint64)STORE_SENT, (gint64)sent->reference, id,
                    (gint64)sent->part->sequence)
         && store_run (self, error, "UPDATE message SET present = present + 1 WHERE id = ?", "i",
                       id)
         && store_run (self, error,
                       "UPDATE message SET state = ?, timestamp = ? WHERE id = ?"
                       " AND present = parts AND state = ?", /* a report may have failed it */
                       "iiii", (gint64)STORE_SENT, sent->now, id, (gint64)STORE_SENDING);
}

gboolean
store_part_sent (Store *self, const StorePart *part, guint reference, gint64 now, GError **error)
{
  Sent sent = { part, reference, now };

  return store_atomically (self, mark_sent, &sent, error);
}

gboolean
store_message_failed (Store *self, guint id, const char *why, GError **error)
{
  return store_run (self, error, "UPDATE message SET state = ?, error = ? WHERE id = ?", "isi",
                    (gint64)STORE_FAILED, why, (gint64)id);
}

GArray *
store_recover (Store *self, const char *card, const char *why, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) problem = NULL;
  sqlite3_stmt      *row = store_query (
           self, error,
           "UPDATE message SET state = ?, error = ? WHERE card = ? AND state = ? AND EXISTS"
                " (SELECT 1 FROM part WHERE part.message = message.id AND part.state = ?) RETURNING id",
           "issii", (gint64)STORE_FAILED, why, card, (gint64)STORE_SENDING, (gint64)STORE_SENDING);

  if (row == NULL)
    return NULL;
  while (store_row (self, row, &problem))
    {
      guint id = (guint)sqlite3_column_int (row, 0);

      g_array_append_val (ids, id);
    }
  if (problem == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

guint8
store_next_reference (Store *self)
{
  return (guint8)store_number (self, g_random_int_range (0, 256),
                               "INSERT INTO counter VALUES ('reference', 0) ON CONFLICT (name)"
                               " DO UPDATE SET value = (value + 1) & 255 RETURNING value",
                               "");
}

/* ---- reports ---- */

static gboolean
is_same_number (const char *a, const char *b)
{
  gsize len_a = strlen (a), len_b = strlen (b);
  gsize same = MIN (MIN (len_a, len_b), SAME_DIGITS);

  return g_str_equal (a, b)
         || (same > 0 && strncmp (a + len_a - same, b + len_b - same, same) == 0);
}

/* The newest part with that reference that was sent to that number: references come again after
 * 256 messages. */
static gboolean
find_reported (Store *self, const char *card, const Tpdu *report, StorePart *ret_part,
               GError **error)
{
  gboolean      found = FALSE;
  sqlite3_stmt *row = store_query (
      self, error,
      "SELECT message.id, part.sequence, message.number FROM part JOIN message"
      " ON part.message = message.id WHERE part.reference = ? AND part.reference >= 0"
      " AND part.state = ? AND message.card = ? AND message.outgoing ORDER BY message.id DESC",
      "iis", (gint64)report->reference, (gint64)STORE_SENT, card);

  while (row != NULL && !found && store_row (self, row, error))
    {
      const char *number = (const char *)sqlite3_column_text (row, 2);

      ret_part->message = (guint)sqlite3_column_int (row, 0);
      ret_part->sequence = (guint)sqlite3_column_int (row, 1);
      found = number != NULL && is_same_number (number, report->number.text);
    }
  if (found)
    sqlite3_reset (row);
  return found;
}

static gboolean
report_delivered (Store *self, const StorePart *part, const Tpdu *report, GError **error)
{
  gint64 time = 0;
  gint64 id = part->message;

  (void)tpdu_time_get (report->discharge, &time, NULL);
  return set_part_state (self, part, STORE_DELIVERED, error)
         && store_run (self, error,
                       "UPDATE message SET state = ?, delivered = ? WHERE id = ? AND state = ?"
                       " AND NOT EXISTS (SELECT 1 FROM part WHERE message = ? AND state <> ?)",
                       "iiiiii", (gint64)STORE_DELIVERED, time, id, (gint64)STORE_SENT, id,
                       (gint64)STORE_DELIVERED);
}

gboolean
store_take_report (Store *self, const char *card, const Tpdu *report, StoreTaken *ret_taken,
                   guint *ret_id, GError **error)
{
  StorePart          part = { 0 };
  g_autoptr (GError) why = NULL;
  g_autofree char   *failure = NULL;

  *ret_taken = STORE_TAKEN_NOBODYS;
  if (!find_reported (self, card, report, &part, &why))
    {
      if (why == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  *ret_taken = STORE_TAKEN_REPORT;
  *ret_id = part.message;
  switch (tpdu_outcome (report->status))
    {
    case TPDU_STILL_TRYING: return TRUE;
    case TPDU_DELIVERED: return report_delivered (self, &part, report, error);
    case TPDU_FAILED: break;
    }
  failure = g_strdup_printf ("NetworkRejected: Not delivered, status %02X", report->status);
  return set_part_state (self, &part, STORE_FAILED, error)
         && store_message_failed (self, part.message, failure, error);
}
