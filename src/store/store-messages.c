/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All messages: listed, read, deleted. */
#include "store-db.h"

void
store_message_clear (StoreMessage *self)
{
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->service_centre, g_free);
  g_clear_pointer (&self->error, g_free);
}

/* In a database that somebody has written to, or the disk, there may be anything. */
static char *
column_text (sqlite3_stmt *row, int column)
{
  const char *text = (const char *)sqlite3_column_text (row, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

static guint
column_word (sqlite3_stmt *row, int column, guint n_words)
{
  int value = sqlite3_column_int (row, column);

  return value >= 0 && (guint)value < n_words ? (guint)value : 0;
}

void
store_read_message (sqlite3_stmt *row, StoreMessage *ret_message)
{
  *ret_message = (StoreMessage){
    .id = (guint)sqlite3_column_int (row, 0),
    .outgoing = sqlite3_column_int (row, 1) != 0,
    .state = (StoreState)column_word (row, 2, STORE_FAILED + 1),
    .encoding = (StoreEncoding)column_word (row, 3, STORE_RAW + 1),
    .class = (TpduClass)CLAMP (sqlite3_column_int (row, 4), -1, 3),
    .timestamp = sqlite3_column_int64 (row, 5),
    .delivered = sqlite3_column_int64 (row, 6),
    .parts = (guint)sqlite3_column_int (row, 7),
    .present = (guint)sqlite3_column_int (row, 8),
    .number = column_text (row, 9),
    .text = column_text (row, 10),
    .data = g_bytes_new (sqlite3_column_blob (row, 11), (gsize)sqlite3_column_bytes (row, 11)),
    .service_centre = column_text (row, 12),
    .error = column_text (row, 13),
    .reference = (guint8)sqlite3_column_int (row, 14),
  };
}

/* ---- filters ---- */

#define FILTERED                                                                                   \
  " FROM message WHERE card = ?1 AND timestamp BETWEEN ?2 AND ?3 AND (?4 < 0 OR state = ?4)"       \
  " AND (?5 < 0 OR outgoing = ?5) AND (?6 IS NULL OR number = ?6)"

static sqlite3_stmt *
query_filtered (Store *self, const char *sql, const char *card, const StoreFilter *filter,
                GError **error)
{
  return store_query (self, error, sql, "siiiisii", card, filter->since, filter->until,
                      (gint64)filter->state, (gint64)filter->outgoing, filter->number,
                      (gint64)filter->limit, (gint64)filter->offset);
}

gboolean
store_list (Store *self, const char *card, const StoreFilter *filter, StoreFunc func,
            gpointer user_data, GError **error)
{
  g_autoptr (GError) why = NULL;
  sqlite3_stmt      *row = query_filtered (
           self, "SELECT " STORE_COLUMNS FILTERED " ORDER BY timestamp DESC, id DESC LIMIT ?7 OFFSET ?8",
           card, filter, error);

  if (row == NULL)
    return FALSE;
  while (store_row (self, row, &why))
    {
      g_auto (StoreMessage) message = { 0 };

      store_read_message (row, &message);
      if (func (&message, user_data))
        continue;
      sqlite3_reset (row);
      break;
    }
  if (why == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

/* ---- one ---- */

static gboolean
fail_not_found (guint id, GError **error)
{
  return mu_fail (error, MU_ERROR_NOT_FOUND, "There is no message %u", id);
}

gboolean
store_get (Store *self, const char *card, guint id, StoreMessage *ret_message, GError **error)
{
  g_autoptr (GError) why = NULL;
  sqlite3_stmt      *row
      = store_query (self, error, "SELECT " STORE_COLUMNS " FROM message WHERE id = ? AND card = ?",
                     "is", (gint64)id, card);

  if (row == NULL)
    return FALSE;
  if (store_row (self, row, &why))
    {
      store_read_message (row, ret_message);
      sqlite3_reset (row);
      return TRUE;
    }
  if (why == NULL)
    return fail_not_found (id, error);
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

gboolean
store_mark_read (Store *self, const char *card, guint id, GError **error)
{
  g_auto (StoreMessage) message = { 0 };

  if (!store_get (self, card, id, &message, error))
    return FALSE;
  if (message.state == STORE_READ)
    return TRUE;
  if (message.state != STORE_RECEIVED)
    return mu_fail (error, MU_ERROR_NOT_ALLOWED, "The message is %s",
                    store_state_words[message.state]);
  return store_run (self, error, "UPDATE message SET state = ? WHERE id = ?", "ii",
                    (gint64)STORE_READ, (gint64)id);
}

/* ---- deleting ---- */

#define IS_SENDING                                                                                 \
  "(outgoing AND state = 4 AND EXISTS"                                                             \
  " (SELECT 1 FROM part WHERE part.message = message.id AND part.state = 4))"

gboolean
store_delete (Store *self, const char *card, guint id, GError **error)
{
  if (!store_run (self, error, "DELETE FROM message WHERE id = ? AND card = ? AND NOT " IS_SENDING,
                  "is", (gint64)id, card))
    return FALSE;
  if (sqlite3_changes (self->db) > 0)
    return TRUE;
  if (store_number (self, 0, "SELECT count(*) FROM message WHERE id = ? AND card = ?", "is",
                    (gint64)id, card)
      > 0)
    return mu_fail (error, MU_ERROR_BUSY, "Message %u is being sent", id);
  return fail_not_found (id, error);
}

gboolean
store_delete_all (Store *self, const char *card, const StoreFilter *filter, guint *ret_count,
                  GError **error)
{
  g_autoptr (GError) why = NULL;
  sqlite3_stmt      *row
      = query_filtered (self, "DELETE" FILTERED " AND NOT " IS_SENDING " AND ?7 > ?8", card,
                        &(StoreFilter){ filter->state, filter->outgoing, filter->number,
                                        filter->since, filter->until, 1, 0 },
                        error);

  if (row == NULL)
    return FALSE;
  store_row (self, row, &why);
  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  *ret_count = (guint)sqlite3_changes (self->db);
  return TRUE;
}

GPtrArray *
store_pdus (Store *self, guint id)
{
  GPtrArray    *pdus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  sqlite3_stmt *row
      = store_query (self, NULL, "SELECT pdu FROM part WHERE message = ?", "i", (gint64)id);

  while (row != NULL && store_row (self, row, NULL))
    g_ptr_array_add (
        pdus, g_bytes_new (sqlite3_column_blob (row, 0), (gsize)sqlite3_column_bytes (row, 0)));
  return pdus;
}

guint
store_count (Store *self, const char *card, int state)
{
  return (guint)store_number (
      self, 0, "SELECT count(*) FROM message WHERE card = ?1 AND (?2 < 0 OR state = ?2)", "si",
      card, (gint64)state);
}

#define SETTLED "state IN (2, 5, 6, 7)" /* read, sent, delivered, failed */

gboolean
store_prune (Store *self, const char *card, gint64 before, guint max, GError **error)
{
  return store_run (self, error,
                    "DELETE FROM message WHERE card = ? AND timestamp < ? AND " SETTLED, "si", card,
                    before)
         && store_run (self, error,
                       "DELETE FROM message WHERE card = ?1 AND " SETTLED " AND id IN"
                       " (SELECT id FROM message WHERE card = ?1"
                       " ORDER BY timestamp DESC, id DESC LIMIT -1 OFFSET ?2)",
                       "si", card, (gint64)max);
}
