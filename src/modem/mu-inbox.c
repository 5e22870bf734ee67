/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receiving (guide 9.4, 9.5.2): every message is in the database before its slot on the card is
 * freed; what the module does not tell of is found when the card is listed: at the start, after
 * every outage, after a burst. */
#include "mu-messaging-private.h"

#include "mu-hex.h"
#include "mu-log.h"

#define BURST         4     /* slots; above that the list is shorter */
#define PARTS_WAIT    60    /* s between parts of one message, guide 9.5.2 */
#define RETRY_MS      2000u /* after the first failure; doubles */
#define MAX_DOUBLINGS 5
#define MS_PER_SECOND 1000
#define MAX_DOUBTFUL  256
#define MAX_TRIES     12 /* of what a card that has started does not refuse */

/* of +CNMI */
#define FIRST_TELL_MODE 2
#define LAST_TELL_MODE  1

static void tell_again (MuMessaging *self);

/* ---- taking PDUs ---- */

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

static void
on_expiry (gpointer user_data)
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
} Taken;

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
  return store_take (self->store, card, pdu->data, pdu->len, mu_messaging_now (), &ret_taken->taken,
                     &ret_taken->id, error);
}

/* ---- trouble ---- */

static void
try_again (MuMessaging *self)
{
  guint doublings = MIN (self->failures, MAX_DOUBLINGS);

  self->failures++;
  self->list_due = TRUE;
  mu_timer_start (&self->inbox_timer, RETRY_MS << doublings);
}

static void
on_trouble (MuMessaging *self, const GError *error)
{
  mu_log (MU_LOG_WARNING, mu_session_name (self->base.session), "Messages: %s", error->message);
  try_again (self);
}

/* The module keeps what the database does not take: it is tried again. */
static void
give_up (MuMessaging *self, const GError *error)
{
  gboolean is_news = self->failures == 0;

  if (self->store != NULL)
    store_rollback (self->store);
  g_array_set_size (self->to_free, 0);
  on_trouble (self, error);
  if (is_news && !g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY))
    mu_service_emit (&self->base, "StorageFull", g_variant_new ("(s)", "database"));
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

/* After a list or a slot has been taken. */
static void
resolve_doubt (MuMessaging *self)
{
  if (!self->in_doubt)
    return;
  self->in_doubt = FALSE;
  mu_log (MU_LOG_WARNING, mu_session_name (self->base.session),
          "A message is not as long as it says: it is read again");
  try_again (self);
}

/* ---- one slot ---- */

/* +CMGR: <stat>,[<alpha>],<length> and the PDU below -- 27.005 4.1
 * +CMGL: <index>,<stat>,[<alpha>],<length> and the PDU below; the length is that without the
 * service centre */

typedef struct
{
  guint index;
  guint stat;
  char  alpha[64];
  guint length;
} Slot;

static const AtField cmgr_fields[] = {
  AT_F_UINT (Slot, stat, NULL),
  AT_F_MAYBE_TEXT (Slot, alpha, NULL),
  AT_F_UINT (Slot, length, NULL),
};

static const AtField cmgl_fields[] = {
  AT_F_UINT (Slot, index, NULL),
  AT_F_UINT (Slot, stat, NULL),
  AT_F_MAYBE_TEXT (Slot, alpha, NULL),
  AT_F_UINT (Slot, length, NULL),
};

static const AtRecord cmgr = AT_RECORD ("+CMGR", Slot, cmgr_fields);
static const AtRecord cmgl = AT_RECORD ("+CMGL", Slot, cmgl_fields);

#define LAST_RECEIVED                                                                              \
  1 /* stat: received unread, received read; then stored unsent, stored sent                       \
     */

static guint
take_index (GArray *indexes)
{
  guint index = g_array_index (indexes, guint, 0);

  g_array_remove_index (indexes, 0);
  return index;
}

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

static gboolean
take_list (MuMessaging *self, const AtReply *reply, GArray *taken_ones, GError **error)
{
  const char *card = mu_messaging_card (self, error);

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

/* TRUE: the line is gone, and with it everything here. */
static gboolean
is_over (MuMessaging *self, const GError *error)
{
  self->busy = FALSE;
  return g_error_matches (error, MU_ERROR, MU_ERROR_GONE)
         || !mu_session_is_started (self->base.session);
}

static void
on_listed (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply, const GError *error)
{
  MuMessaging       *self = (MuMessaging *)base;
  g_autoptr (GArray) taken_ones = g_array_new (FALSE, FALSE, sizeof (Taken));
  g_autoptr (GError) why = NULL;

  if (is_over (self, error))
    return;
  if (error != NULL)
    {
      on_trouble (self, error);
      return;
    }
  mu_set (self, used, (guint)reply->n_lines);
  if (reply->n_lines == 0 || take_list (self, reply, taken_ones, &why))
    {
      self->drain = FALSE;
      resolve_doubt (self);
      tell_again (self);
    }
  else
    give_up (self, why);
  mu_inbox_run (self);
}

static gboolean
take_read (MuMessaging *self, guint index, const AtReply *reply, GArray *taken_ones, GError **error)
{
  const char   *card = mu_messaging_card (self, error);
  const AtLine *line = reply->lines; /* there may be none */
  Slot          slot;

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

/* The card may have gone meanwhile, and with it what was to be read. */
static void
forget_slot (MuMessaging *self, guint index)
{
  if (self->slots->len > 0 && g_array_index (self->slots, guint, 0) == index)
    g_array_remove_index (self->slots, 0);
}

/* An empty slot, or none, is no error worth a word: the message was in a list meanwhile. */
static void
on_read (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply, const GError *error)
{
  MuMessaging       *self = (MuMessaging *)base;
  g_autoptr (GArray) taken_ones = g_array_new (FALSE, FALSE, sizeof (Taken));
  g_autoptr (GError) why = NULL;

  if (is_over (self, error))
    return;
  forget_slot (self, self->reading);
  if (error != NULL)
    self->list_due = TRUE;
  else if (take_read (self, self->reading, reply, taken_ones, &why))
    resolve_doubt (self);
  else
    give_up (self, why);
  if (error != NULL && !g_error_matches (error, MU_ERROR, MU_ERROR_INVALID_INDEX))
    on_trouble (self, error);
  mu_inbox_run (self);
}

/* It will be in the next list, and known: during the card's start the guide (9.4.2) has 500. */
static void
not_freed (MuMessaging *self, const GError *error)
{
  mu_log (MU_LOG_WARNING, mu_session_name (self->base.session), "A slot is not freed: %s",
          error->message);
  if (self->failures < MAX_TRIES)
    try_again (self);
}

static void
on_freed (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
          const GError *error)
{
  MuMessaging *self = (MuMessaging *)base;

  if (is_over (self, error))
    return;
  if (error == NULL && self->used > 0)
    mu_set (self, used, self->used - 1);
  else if (error != NULL)
    not_freed (self, error);
  mu_inbox_run (self);
}

/* ---- what the module tells ---- */

/* New ones are stored and told of, reports are pushed.  Some firmware refuses mode 2, in which it
 * holds them back while it is spoken to -- at-facts 15 -- and all of it refuses both while the card
 * starts.  Meanwhile, or should it stay so, the card is at least listed. */
static void
on_tell_mode (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
              const GError *error)
{
  MuMessaging *self = (MuMessaging *)base;

  if (is_over (self, error))
    return;
  if (error == NULL)
    self->tell_mode = 0;
  else if (self->tell_mode == LAST_TELL_MODE
           || g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY))
    self->tell_failed = TRUE;
  else
    self->tell_mode = LAST_TELL_MODE;
  mu_inbox_run (self);
}

/* After a list. */
static void
tell_again (MuMessaging *self)
{
  if (!self->tell_failed)
    return;
  self->tell_failed = FALSE;
  self->tell_mode = self->failures < MAX_TRIES ? FIRST_TELL_MODE : 0;
  if (self->tell_mode != 0)
    try_again (self);
  else
    mu_log (MU_LOG_WARNING, mu_session_name (self->base.session),
            "The module will not tell of messages");
}

/* ---- one command at a time ---- */

static gboolean
is_possible (MuMessaging *self)
{
  return mu_session_is_started (self->base.session)
         && mu_session_holds (self->base.session, MU_FACT_SIM_READY | MU_FACT_CARD_KNOWN);
}

void
mu_inbox_run (MuMessaging *self)
{
  gboolean waits = mu_timer_is_running (&self->inbox_timer); /* after trouble */

  if (self->busy || !is_possible (self))
    return;
  self->busy = TRUE;
  if (self->tell_mode != 0 && !self->tell_failed && !waits)
    mu_send (&self->base, NULL, on_tell_mode, "+CNMI=%u,1,0,1,0", self->tell_mode);
  else if (self->to_free->len > 0)
    mu_send (&self->base, NULL, on_freed, "+CMGD=%u", take_index (self->to_free));
  else if (self->list_due && !waits)
    {
      self->list_due = FALSE;
      g_array_set_size (self->slots, 0);
      mu_send (&self->base, NULL, on_listed, "+CMGL=4");
    }
  else if (self->slots->len > 0)
    {
      self->reading = g_array_index (self->slots, guint, 0);
      mu_send (&self->base, NULL, on_read, "+CMGR=%u", self->reading);
    }
  else if (waits || !mu_inbox_switch (self))
    {
      self->busy = FALSE;
      if (!waits)
        self->failures = 0;
    }
}

static void
on_retry (gpointer user_data)
{
  mu_inbox_run (user_data);
}

/* ---- what makes it run ---- */

void
mu_inbox_start (MuMessaging *self)
{
  self->tell_mode = FIRST_TELL_MODE;
  mu_inbox_list (self);
}

void
mu_inbox_list (MuMessaging *self)
{
  self->list_due = TRUE;
  mu_inbox_run (self);
}

/* Some firmware tells of a message without a place: "SM",-1 -- at-facts 15. */
void
mu_inbox_told (MuMessaging *self, gint index)
{
  guint slot = (guint)index;

  mu_set (self, used, self->used + 1);
  if (index < 0 || self->slots->len >= BURST)
    self->list_due = TRUE;
  else
    g_array_append_val (self->slots, slot);
  mu_inbox_run (self);
}

void
mu_inbox_full (MuMessaging *self)
{
  mu_service_emit (&self->base, "StorageFull", g_variant_new ("(s)", "SM"));
  self->drain = TRUE;
  mu_inbox_list (self);
}

void
mu_inbox_pushed (MuMessaging *self, const AtLine *line)
{
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  g_autoptr (GError)     error = NULL;
  const char            *card = mu_messaging_card (self, &error);
  Taken                  taken;

  if (line->body == NULL || !mu_hex_decode (line->body, pdu) || pdu->len == 0)
    mu_log (MU_LOG_WARNING, mu_session_name (self->base.session), "%.*s without a PDU",
            (int)at_line_prefix_len (line), line->text);
  else if (card != NULL && take_pdu (self, card, pdu, &taken, &error))
    {
      tell_taken (self, &taken);
      mu_messaging_counts_changed (self);
      arm_expiry (self, card);
    }
  else
    mu_log (MU_LOG_ERROR, mu_session_name (self->base.session), "A message is lost: %s",
            error->message);
}

/* ---- life ---- */

void
mu_inbox_init (MuMessaging *self)
{
  self->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  self->to_free = g_array_new (FALSE, FALSE, sizeof (guint));
  self->doubtful = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  mu_timer_init (&self->inbox_timer, on_retry, self);
  mu_timer_init (&self->expiry_timer, on_expiry, self);
}

void
mu_inbox_forget_card (MuMessaging *self)
{
  self->list_due = self->drain = self->in_doubt = self->tell_failed = FALSE;
  self->failures = 0;
  g_array_set_size (self->slots, 0);
  g_array_set_size (self->to_free, 0);
  g_hash_table_remove_all (self->doubtful);
  mu_timer_stop (&self->inbox_timer);
  mu_timer_stop (&self->expiry_timer);
}

void
mu_inbox_reset (MuMessaging *self)
{
  self->busy = self->is_elsewhere = FALSE;
  self->elsewhere[0] = '\0';
  self->tell_mode = 0;
  mu_inbox_forget_card (self);
}

void
mu_inbox_clear (MuMessaging *self)
{
  g_array_unref (self->slots);
  g_array_unref (self->to_free);
  g_hash_table_unref (self->doubtful);
  mu_timer_clear (&self->inbox_timer);
  mu_timer_clear (&self->expiry_timer);
}
