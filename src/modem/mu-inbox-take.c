/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receiving (guide 9.4, 9.5.2): PDUs become messages of the database, and are told of. */
#include "mu-messaging-private.h"

#include "mu-hex.h"
#include "mu-log.h"
#include "tpdu-time.h"

#define PARTS_WAIT    60 /* s between parts of one message, guide 9.5.2 */
#define MS_PER_SECOND 1000
#define MAX_DOUBTFUL  256
#define MAX_EARLY     64
#define LAST_RECEIVED 1 /* stat: received unread, received read; then outgoing ones */

/* ---- one PDU ---- */

static gboolean
is_kept_on_card (MuMessaging *self)
{
  const MuSettings *settings = mu_session_settings (self->base.session);

  if (!store_is_durable (self->store))
    return TRUE;
  return !self->drain
         && g_key_file_get_boolean (settings->config, "messaging", "keep-on-sim", NULL);
}

static void
arm_expiry (MuMessaging *self, const char *card)
{
  gint64 oldest = store_oldest_wait (self->store, card);
  gint64 wait = oldest + PARTS_WAIT - mu_messaging_now ();

  if (oldest != 0)
    mu_timer_start (&self->expiry_timer,
                    (guint)(CLAMP (wait, 0, PARTS_WAIT) * MS_PER_SECOND + MS_PER_SECOND));
}

/* Those whose first parts came before the card, or the daemon, started anew. */
void
mu_inbox_await_parts (MuMessaging *self)
{
  const char *card = mu_messaging_may_have_any (self) ? mu_messaging_card (self, NULL) : NULL;

  if (card != NULL)
    arm_expiry (self, card);
}

void
mu_inbox_on_expiry (gpointer user_data)
{
  MuMessaging       *self = user_data;
  const char        *card = mu_messaging_card (self, NULL);
  g_autoptr (GArray) ids = NULL;

  if (card == NULL)
    return;
  ids = store_expire (self->store, card, mu_messaging_now () - PARTS_WAIT, NULL);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autofree char *path = mu_messaging_path (self, g_array_index (ids, guint, i));

      mu_service_emit (&self->base, "Received", g_variant_new ("(o)", path));
    }
  mu_messaging_counts_changed (self);
  arm_expiry (self, card);
}

/* One that is in the database now, and what is to be told of it once that is durable. */
typedef struct
{
  StoreTaken taken;
  guint      id;
  GVariant  *report; /* arguments of Reported; NULL: it is none */
} Taken;

static void
clear_taken (gpointer data)
{
  g_clear_pointer (&((Taken *)data)->report, g_variant_unref);
}

static GArray *
new_taken (void)
{
  GArray *taken_ones = g_array_new (FALSE, FALSE, sizeof (Taken));

  g_array_set_clear_func (taken_ones, clear_taken);
  return taken_ones;
}

/* Its number is not for everybody who listens. */
static GVariant *
read_report (const GByteArray *pdu)
{
  Tpdu   tpdu;
  gint64 time = 0;

  if (!tpdu_decode (pdu->data, pdu->len, TPDU_FROM_NETWORK, &tpdu, NULL)
      || tpdu.type != TPDU_STATUS_REPORT)
    return NULL;
  (void)tpdu_time_get (tpdu.discharge, &time, NULL);
  return g_variant_ref_sink (
      g_variant_new ("(uux)", (guint)tpdu.reference, (guint)tpdu.status, time));
}

static void
tell_taken (MuMessaging *self, const Taken *taken)
{
  g_autofree char      *path = mu_messaging_path (self, taken->id);
  g_auto (StoreMessage) message = { 0 };

  if (taken->taken == STORE_TAKEN_MESSAGE)
    mu_service_emit (&self->base, "Received", g_variant_new ("(o)", path));
  else if (taken->taken == STORE_TAKEN_MORE || taken->taken == STORE_TAKEN_REPORT)
    mu_messaging_tell (self, taken->id);
  if (taken->taken == STORE_TAKEN_REPORT)
    mu_outbox_settle (self); /* it may have failed before its last part has gone */
  if (taken->taken == STORE_TAKEN_REPORT
      && store_get (self->store, mu_messaging_card (self, NULL), taken->id, &message, NULL)
      && message.state == STORE_DELIVERED)
    mu_service_emit (&self->base, "Delivered", g_variant_new ("(o)", path));
  if (taken->report != NULL)
    mu_service_emit (&self->base, "Reported", taken->report);
}

/* A deleted message's PDU is known, and nothing else is left of it. */
static gboolean
is_deleted (MuMessaging *self, const char *card, const Taken *taken)
{
  g_auto (StoreMessage) message = { 0 };

  return taken->taken == STORE_TAKEN_KNOWN
         && !store_get (self->store, card, taken->id, &message, NULL);
}

static gboolean
take_pdu (MuMessaging *self, const char *card, const GByteArray *pdu, Taken *ret_taken,
          GError **error)
{
  *ret_taken = (Taken){ 0 };
  if (!store_take (self->store, card, pdu->data, pdu->len, mu_messaging_now (), &ret_taken->taken,
                   &ret_taken->id, error))
    return FALSE;
  if (ret_taken->taken != STORE_TAKEN_KNOWN)
    ret_taken->report = read_report (pdu);
  return TRUE;
}

/* Bytes get lost on a line, and others get in between.  What is not as long as its header says is
 * read again, and taken as it is only if it says the same then: else what is on the card would be
 * freed for a part of it. */
static gboolean
is_doubtful (MuMessaging *self, const AtLine *line)
{
  g_autofree char *said
      = g_strdup_printf ("%s\n%s", line->text, line->body != NULL ? line->body : "");

  if (g_hash_table_remove (self->doubtful, said))
    return FALSE;
  if (g_hash_table_size (self->doubtful) >= MAX_DOUBTFUL)
    g_hash_table_remove_all (self->doubtful);
  g_hash_table_add (self->doubtful, g_steal_pointer (&said));
  self->in_doubt = TRUE;
  return TRUE;
}

/* ---- one slot ---- */

/* +CMGR: <stat>,[<alpha>],<length> and the PDU below -- 27.005 4.1
 * +CMGL: <index>,<stat>,[<alpha>],<length> and the PDU below; the length is that without the
 * service centre */

typedef struct
{
  guint index;
  guint stat;
  guint length;
} Slot;

static const AtField cmgr_fields[] = {
  AT_F_UINT (Slot, stat, NULL),
  AT_F_SKIP,
  AT_F_UINT (Slot, length, NULL),
};

static const AtField cmgl_fields[] = {
  AT_F_UINT (Slot, index, NULL),
  AT_F_UINT (Slot, stat, NULL),
  AT_F_SKIP,
  AT_F_UINT (Slot, length, NULL),
};

static const AtRecord cmgr = AT_RECORD ("+CMGR", Slot, cmgr_fields);
static const AtRecord cmgl = AT_RECORD ("+CMGL", Slot, cmgl_fields);

/* Once: by the second time another message may be there. */
static void
free_later (MuMessaging *self, guint index)
{
  for (guint i = 0; i < self->to_free->len; i++)
    if (g_array_index (self->to_free, guint, i) == index)
      return;
  g_array_append_val (self->to_free, index);
}

static gboolean
read_pdu (const AtLine *line, guint length, GByteArray *pdu)
{
  return line->body != NULL && mu_hex_decode (line->body, pdu) && pdu->len > 0
         && pdu->len == 1u + pdu->data[0] + length;
}

static gboolean
take_slot (MuMessaging *self, const char *card, const Slot *slot, const AtLine *line,
           GArray *taken_ones, GError **error)
{
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  Taken                  taken;

  if (slot->stat > LAST_RECEIVED
      || (!read_pdu (line, slot->length, pdu) && is_doubtful (self, line)) || pdu->len == 0)
    return TRUE;
  if (!take_pdu (self, card, pdu, &taken, error))
    return FALSE;
  if (!is_kept_on_card (self) || is_deleted (self, card, &taken))
    free_later (self, slot->index);
  g_array_append_val (taken_ones, taken);
  return TRUE;
}

/* Commits what was taken, and only then tells of it and frees the slots. */
static gboolean
finish (MuMessaging *self, const char *card, GArray *taken_ones, GError **error)
{
  if (!store_commit (self->store, error))
    return FALSE;
  for (guint i = 0; i < taken_ones->len; i++)
    tell_taken (self, &g_array_index (taken_ones, Taken, i));
  if (taken_ones->len > 0)
    mu_messaging_counts_changed (self);
  arm_expiry (self, card);
  return TRUE;
}

/* ---- what the module says ---- */

gboolean
mu_inbox_take_list (MuMessaging *self, const AtReply *reply, GError **error)
{
  g_autoptr (GArray) taken_ones = new_taken ();
  const char        *card = mu_messaging_card (self, error);

  if (card == NULL || !store_begin (self->store, error))
    return FALSE;
  for (gsize i = 0; i < reply->n_lines; i++)
    {
      const AtLine *line = &reply->lines[i];
      Slot          slot;

      if (!at_scan (&cmgl, line, &slot, NULL))
        (void)is_doubtful (self, line);
      else if (!take_slot (self, card, &slot, line, taken_ones, error))
        return FALSE;
    }
  return finish (self, card, taken_ones, error);
}

gboolean
mu_inbox_take_read (MuMessaging *self, guint index, const AtReply *reply, GError **error)
{
  g_autoptr (GArray) taken_ones = new_taken ();
  const char        *card = mu_messaging_card (self, error);
  const AtLine      *line = reply->lines; /* there may be none */
  Slot               slot;

  if (card == NULL || !store_begin (self->store, error))
    return FALSE;
  if (reply->n_lines > 0 && !at_scan (&cmgr, line, &slot, NULL))
    (void)is_doubtful (self, line);
  else if (reply->n_lines > 0)
    {
      slot.index = index;
      if (!take_slot (self, card, &slot, line, taken_ones, error))
        return FALSE;
    }
  return finish (self, card, taken_ones, error);
}

/* What the network has handed over is here only. */
static void
hold (MuMessaging *self, GByteArray *pdu)
{
  if (self->early->len < MAX_EARLY)
    g_ptr_array_add (self->early, g_byte_array_ref (pdu));
  else
    mu_log (MU_LOG_ERROR, mu_session_name (self->base.session),
            "A message is lost: %d wait to be stored", MAX_EARLY);
}

/* A report may overtake the answer that says what it is of. */
static void
take_pushed (MuMessaging *self, GByteArray *pdu)
{
  g_autoptr (GError) error = NULL;
  const char        *card = mu_messaging_card (self, &error);
  Taken              taken;

  if (card == NULL || !take_pdu (self, card, pdu, &taken, &error))
    {
      hold (self, pdu);
      if (mu_session_card (self->base.session) != NULL && !mu_timer_is_running (&self->inbox_timer))
        mu_inbox_give_up (self, error);
      return;
    }
  if (taken.taken == STORE_TAKEN_NOBODYS && self->sending)
    hold (self, pdu);
  else
    tell_taken (self, &taken);
  clear_taken (&taken);
  mu_messaging_counts_changed (self);
  arm_expiry (self, card);
}

void
mu_inbox_pushed (MuMessaging *self, const AtLine *line)
{
  g_autoptr (GByteArray) pdu = g_byte_array_new ();

  if (line->body != NULL && mu_hex_decode (line->body, pdu) && pdu->len > 0)
    take_pushed (self, pdu);
  else
    mu_log (MU_LOG_WARNING, mu_session_name (self->base.session), "%.*s without a PDU",
            (int)at_line_prefix_len (line), line->text);
}

void
mu_inbox_take_early (MuMessaging *self)
{
  g_autoptr (GPtrArray) early = self->early;

  self->early = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
  for (guint i = 0; i < early->len; i++)
    take_pushed (self, g_ptr_array_index (early, i));
}
