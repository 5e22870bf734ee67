/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What came in: every PDU once, parts joined to messages. */
#include "store-db.h"

#include "tpdu-header.h"
#include "tpdu-text.h"
#include "tpdu-time.h"

#define DAY      (24 * G_GINT64_CONSTANT (3600))
#define PATIENCE DAY /* for all parts of a message, guide 9.5.2 */

/* One PDU that is being taken. */
typedef struct
{
  const char *card;
  GBytes     *pdu;
  gint64      now;
  StoreTaken  taken;
  guint       id;
} Taking;

static gboolean
insert_part (Store *self, guint id, guint sequence, GBytes *pdu, GError **error)
{
  return store_run (self, error, "INSERT INTO part (message, sequence, pdu) VALUES (?, ?, ?)",
                    "iib", (gint64)id, (gint64)sequence, pdu);
}

static guint
last_id (Store *self)
{
  return (guint)sqlite3_last_insert_rowid (self->db);
}

/* ---- what cannot be read ---- */

static gboolean
take_raw (Store *self, Taking *taking, GError **error)
{
  if (!store_run (self, error,
                  "INSERT INTO message (card, outgoing, state, encoding, class, timestamp, parts,"
                  " present, number, data) VALUES (?, 0, ?, ?, -1, ?, 1, 1, '', ?)",
                  "siiib", taking->card, (gint64)STORE_RECEIVED, (gint64)STORE_RAW, taking->now,
                  taking->pdu))
    return FALSE;
  taking->id = last_id (self);
  taking->taken = STORE_TAKEN_MESSAGE;
  return insert_part (self, taking->id, 1, taking->pdu, error);
}

/* ---- messages of parts ---- */

/* The parts of a message, decoded, at their places; NULL: has not come. */
typedef struct
{
  guint total;
  guint present;
  Tpdu *all[TPDU_MAX_PARTS];
} Parts;

static void
parts_clear (Parts *parts)
{
  for (guint i = 0; i < parts->total; i++)
    g_free (parts->all[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static gboolean
load_parts (Store *self, guint id, Parts *parts, GError **error)
{
  g_autoptr (GError) why = NULL;
  sqlite3_stmt *row = store_query (self, error, "SELECT sequence, pdu FROM part WHERE message = ?",
                                   "i", (gint64)id);

  if (row == NULL)
    return FALSE;
  while (store_row (self, row, &why))
    {
      guint sequence = (guint)sqlite3_column_int (row, 0);
      Tpdu *tpdu = g_new (Tpdu, 1);

      if (sequence < 1 || sequence > parts->total || parts->all[sequence - 1] != NULL
          || !tpdu_decode (sqlite3_column_blob (row, 1), (gsize)sqlite3_column_bytes (row, 1),
                           TPDU_FROM_NETWORK, tpdu, NULL))
        {
          g_free (tpdu);
          continue;
        }
      parts->all[sequence - 1] = tpdu;
      parts->present++;
    }
  if (why == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static const Tpdu *
first_part (const Parts *parts)
{
  for (guint i = 0; i < parts->total; i++)
    if (parts->all[i] != NULL)
      return parts->all[i];
  g_return_val_if_reached (NULL);
}

/* Writes what the parts that are there make together. */
static gboolean
write_content (Store *self, const Taking *taking, const Parts *parts, StoreState state,
               GError **error)
{
  const Tpdu        *first = first_part (parts);
  TpduAlphabet       alphabet = tpdu_dcs_alphabet (first->dcs);
  g_autofree char   *text = NULL;
  g_autoptr (GBytes) data = NULL;
  gint64             timestamp;

  if (alphabet == TPDU_8BIT)
    data = tpdu_join_data ((const Tpdu *const *)parts->all, parts->total);
  else
    text = tpdu_join_text ((const Tpdu *const *)parts->all, parts->total);
  if (data == NULL)
    data = g_bytes_new (NULL, 0);
  if (!tpdu_time_get (first->time, &timestamp, NULL))
    timestamp = taking->now;
  return store_run (self, error,
                    "UPDATE message SET state = ?, encoding = ?, class = ?, timestamp = ?,"
                    " present = ?, text = ?, data = ?, centre = ?, last = ? WHERE id = ?",
                    "iiiiisbsii", (gint64)state, (gint64)alphabet,
                    (gint64)tpdu_dcs_class (first->dcs), timestamp, (gint64)parts->present,
                    text != NULL ? text : "", data, first->service_centre.text, taking->now,
                    (gint64)taking->id);
}

/* The message that a part belongs to: the newest that lacks just this one.  0: none */
static guint
find_message (Store *self, const Taking *taking, const Tpdu *tpdu, const TpduPart *part)
{
  return (guint)store_number (
      self, 0,
      "SELECT id FROM message WHERE card = ? AND number = ? AND reference = ? AND wide = ?"
      " AND parts = ? AND present < parts AND NOT outgoing AND first > ? AND NOT EXISTS"
      " (SELECT 1 FROM part WHERE part.message = message.id AND part.sequence = ?)"
      " ORDER BY id DESC LIMIT 1",
      "ssiiiii", taking->card, tpdu->number.text, (gint64)part->reference, (gint64)part->wide,
      (gint64)part->total, taking->now - PATIENCE, (gint64)part->sequence);
}

static gboolean
insert_message (Store *self, Taking *taking, const Tpdu *tpdu, const TpduPart *part, GError **error)
{
  if (!store_run (self, error,
                  "INSERT INTO message (card, outgoing, state, encoding, class, timestamp, parts,"
                  " present, number, reference, wide, first)"
                  " VALUES (?, 0, ?, 0, -1, 0, ?, 0, ?, ?, ?, ?)",
                  "siisiii", taking->card, (gint64)STORE_RECEIVING, (gint64)part->total,
                  tpdu->number.text, (gint64)part->reference, (gint64)part->wide, taking->now))
    return FALSE;
  taking->id = last_id (self);
  return TRUE;
}

static StoreState
message_state (Store *self, guint id)
{
  return (StoreState)store_number (self, STORE_RECEIVING, "SELECT state FROM message WHERE id = ?",
                                   "i", (gint64)id);
}

static gboolean
take_deliver (Store *self, Taking *taking, const Tpdu *tpdu, GError **error)
{
  TpduPart       part = { .total = 1, .sequence = 1, .reference = (guint)-1 };
  g_auto (Parts) parts = { 0 };
  StoreState     before;

  (void)tpdu_header_part (tpdu, &part);
  parts.total = part.total;
  taking->id = part.total > 1 ? find_message (self, taking, tpdu, &part) : 0;
  if (taking->id == 0 && !insert_message (self, taking, tpdu, &part, error))
    return FALSE;
  if (!insert_part (self, taking->id, part.sequence, taking->pdu, error)
      || !load_parts (self, taking->id, &parts, error))
    return FALSE;
  before = message_state (self, taking->id);
  if (before != STORE_RECEIVING)
    taking->taken = STORE_TAKEN_MORE;
  else
    taking->taken = parts.present == parts.total ? STORE_TAKEN_MESSAGE : STORE_TAKEN_PART;
  return write_content (self, taking, &parts,
                        taking->taken == STORE_TAKEN_MESSAGE ? STORE_RECEIVED : before, error);
}

/* ---- PDUs ---- */

static GBytes *
digest_of (GBytes *pdu)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8                digest[32];
  gsize                 n = sizeof digest;

  g_checksum_update (checksum, g_bytes_get_data (pdu, NULL), (gssize)g_bytes_get_size (pdu));
  g_checksum_get_digest (checksum, digest, &n);
  return g_bytes_new (digest, n);
}

static gboolean
take_new (Store *self, Taking *taking, GError **error)
{
  gsize         n;
  const guint8 *octets = g_bytes_get_data (taking->pdu, &n);
  Tpdu          tpdu;

  if (!tpdu_decode (octets, n, TPDU_FROM_NETWORK, &tpdu, NULL))
    return take_raw (self, taking, error);
  if (tpdu.type == TPDU_STATUS_REPORT)
    return store_take_report (self, taking->card, &tpdu, &taking->taken, &taking->id, error);
  return take_deliver (self, taking, &tpdu, error);
}

/* One that stays on the card is seen again and again: it is written down once a day. */
static gboolean
see_again (Store *self, const Taking *taking, GBytes *digest, GError **error)
{
  return store_run (self, error,
                    "UPDATE seen SET time = ? WHERE card = ? AND digest = ? AND time <= ?", "isbi",
                    taking->now, taking->card, digest, taking->now - DAY);
}

static gboolean
take (Store *self, gpointer data, GError **error)
{
  Taking            *taking = data;
  g_autoptr (GBytes) digest = digest_of (taking->pdu);
  gint64 known = store_number (self, -1, "SELECT message FROM seen WHERE card = ? AND digest = ?",
                               "sb", taking->card, digest);

  taking->taken = STORE_TAKEN_KNOWN;
  taking->id = known > 0 ? (guint)known : 0;
  if (known >= 0)
    return see_again (self, taking, digest, error);
  if (!take_new (self, taking, error))
    return FALSE;
  return taking->taken == STORE_TAKEN_NOBODYS
         || store_run (self, error,
                       "INSERT INTO seen (card, digest, message, time) VALUES (?, ?, ?, ?)", "sbii",
                       taking->card, digest, (gint64)taking->id, taking->now);
}

gboolean
store_take (Store *self, const char *card, const guint8 *pdu, gsize n, gint64 now,
            StoreTaken *ret_taken, guint *ret_id, GError **error)
{
  g_autoptr (GBytes) octets = g_bytes_new (pdu, n);
  Taking             taking = { .card = card, .pdu = octets, .now = now };

  if (!store_atomically (self, take, &taking, error))
    return FALSE;
  *ret_taken = taking.taken;
  *ret_id = taking.id;
  return TRUE;
}

gboolean
store_forget_seen (Store *self, const char *card, gint64 before, GError **error)
{
  return store_run (self, error, "DELETE FROM seen WHERE card = ? AND time < ?", "si", card,
                    before);
}

/* ---- patience ---- */

GArray *
store_expire (Store *self, const char *card, gint64 until, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) why = NULL;
  sqlite3_stmt      *row = store_query (
           self, error,
           "UPDATE message SET state = ? WHERE card = ? AND state = ? AND last <= ? RETURNING id",
           "isii", (gint64)STORE_RECEIVED, card, (gint64)STORE_RECEIVING, until);

  if (row == NULL)
    return NULL;
  while (store_row (self, row, &why))
    {
      guint id = (guint)sqlite3_column_int (row, 0);

      g_array_append_val (ids, id);
    }
  if (why == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

gint64
store_oldest_wait (Store *self, const char *card)
{
  return store_number (self, 0, "SELECT min(last) FROM message WHERE card = ? AND state = ?", "si",
                       card, (gint64)STORE_RECEIVING);
}
