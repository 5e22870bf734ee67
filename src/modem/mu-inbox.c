/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receiving (guide 9.4, 9.5.2): every message is in the database before its slot on the card is
 * freed; what the module does not tell of is found when the card is listed: at the start, after
 * every outage, after a burst. */
#include "mu-messaging-private.h"

#include "mu-hex.h"
#include "mu-log.h"

#define BURST         4    /* slots; above that the list is shorter */
#define PARTS_WAIT    60   /* s between parts of one message, guide 9.5.2 */
#define RETRY_MS      2000 /* after the first failure; doubles */
#define MAX_DOUBLINGS 5
#define CARD_FAILURES 3 /* so often an unknown card is waited for */
#define MS_PER_SECOND 1000
#define MAX_SLOTS     1024

static void run (MuMessaging *self);

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
take_hex (MuMessaging *self, const char *card, const AtLine *line, Taken *ret_taken, GError **error)
{
  g_autoptr (GByteArray) pdu = g_byte_array_new ();

  if (line->body == NULL || !mu_hex_decode (line->body, pdu))
    {
      g_byte_array_append (pdu, (const guint8 *)line->text, (guint)line->len);
      mu_log (MU_LOG_WARNING, mu_session_name (self->base.session),
              "A message that is not in hex is kept as it is");
    }
  return store_take (self->store, card, pdu->data, pdu->len, mu_messaging_now (), &ret_taken->taken,
                     &ret_taken->id, error);
}

/* The module keeps it, if the database does not: it is tried again. */
static void
on_trouble (MuMessaging *self, const GError *error)
{
  guint doublings = MIN (self->failures++, MAX_DOUBLINGS);

  mu_log (MU_LOG_WARNING, mu_session_name (self->base.session), "Messages: %s", error->message);
  if (!g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY) && self->failures == 1)
    mu_service_emit (&self->base, "StorageFull", g_variant_new ("(s)", "database"));
  self->list_due = TRUE;
  mu_timer_start (&self->inbox_timer, RETRY_MS << doublings);
}

/* ---- one slot ---- */

/* +CMGR: <stat>,[<alpha>],<length> and the PDU below -- 27.005 4.1 */

typedef struct
{
  guint stat;
} Cmgr;

static const AtField cmgr_fields[] = {
  AT_F_UINT (Cmgr, stat, NULL),
};

static const AtRecord cmgr = AT_RECORD ("+CMGR", Cmgr, cmgr_fields);

/* +CMGL: <index>,<stat>,[<alpha>],<length> and the PDU below */

typedef struct
{
  guint index;
  guint stat;
} Cmgl;

static const AtField cmgl_fields[] = {
  AT_F_UINT (Cmgl, index, NULL),
  AT_F_UINT (Cmgl, stat, NULL),
};

static const AtRecord cmgl = AT_RECORD ("+CMGL", Cmgl, cmgl_fields);

#define LAST_RECEIVED 1 /* stat: received unread, received read; then stored unsent, stored sent   \
                         */

static guint
take_index (GArray *indexes)
{
  guint index = g_array_index (indexes, guint, 0);

  g_array_remove_index (indexes, 0);
  return index;
}

static void
free_later (MuMessaging *self, guint index)
{
  g_array_append_val (self->to_free, index);
}

static gboolean
take_slot (MuMessaging *self, const char *card, guint index, const AtLine *line, GArray *taken_ones,
           GError **error)
{
  Taken taken;

  if (!take_hex (self, card, line, &taken, error))
    return FALSE;
  if (!is_kept_on_card (self) || is_deleted (self, card, &taken))
    free_later (self, index);
  g_array_append_val (taken_ones, taken);
  return TRUE;
}

/* Commits what was taken, and only then tells of it and frees the slots. */
static gboolean
finish (MuMessaging *self, const char *card, GArray *taken_ones, GError **error)
{
  if (!store_commit (self->store, error))
    return FALSE;
  self->failures = 0;
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
      Cmgl slot;

      if (at_scan (&cmgl, &reply->lines[i], &slot, NULL) && slot.stat <= LAST_RECEIVED
          && !take_slot (self, card, slot.index, &reply->lines[i], taken_ones, error))
        return FALSE;
    }
  return finish (self, card, taken_ones, error);
}

static void
give_up (MuMessaging *self, const GError *error)
{
  if (self->store != NULL)
    store_rollback (self->store);
  g_array_set_size (self->to_free, 0);
  on_trouble (self, error);
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
  if (reply->n_lines > 0 && !take_list (self, reply, taken_ones, &why))
    give_up (self, why);
  self->drain = FALSE;
  run (self);
}

static gboolean
take_read (MuMessaging *self, guint index, const AtReply *reply, GArray *taken_ones, GError **error)
{
  const char *card = mu_messaging_card (self, error);
  Cmgr        slot;

  if (card == NULL || !store_begin (self->store, error))
    return FALSE;
  if (reply->n_lines > 0 && at_scan (&cmgr, &reply->lines[0], &slot, NULL)
      && slot.stat <= LAST_RECEIVED
      && !take_slot (self, card, index, &reply->lines[0], taken_ones, error))
    return FALSE;
  return finish (self, card, taken_ones, error);
}

/* An empty slot, or none, is no error worth a word: the message was in a list meanwhile. */
static void
on_read (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply, const GError *error)
{
  MuMessaging       *self = (MuMessaging *)base;
  g_autoptr (GArray) taken_ones = g_array_new (FALSE, FALSE, sizeof (Taken));
  g_autoptr (GError) why = NULL;
  guint              index;

  if (is_over (self, error))
    return;
  index = take_index (self->slots);
  if (error != NULL)
    self->list_due = TRUE;
  else if (!take_read (self, index, reply, taken_ones, &why))
    give_up (self, why);
  if (error != NULL && !g_error_matches (error, MU_ERROR, MU_ERROR_INVALID_INDEX))
    on_trouble (self, error);
  run (self);
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
  else if (error != NULL) /* it will be in the next list, and known */
    mu_log (MU_LOG_WARNING, mu_session_name (self->base.session), "A slot is not freed: %s",
            error->message);
  run (self);
}

/* ---- what the module tells ---- */

/* New ones are stored and told of, reports are pushed.  Some firmware refuses mode 2, in which it
 * holds them back while it is spoken to -- at-facts 15. */
static void
on_tell_mode (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
              const GError *error)
{
  MuMessaging *self = (MuMessaging *)base;

  if (is_over (self, error))
    return;
  if (error == NULL)
    self->tell_mode = 0;
  else if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY) || self->tell_mode == 1)
    on_trouble (self, error);
  else
    self->tell_mode = 1;
  run (self);
}

/* ---- one command at a time ---- */

static gboolean
is_possible (MuMessaging *self)
{
  return mu_session_is_started (self->base.session)
         && mu_session_holds (self->base.session, MU_FACT_SIM_READY);
}

static void
run (MuMessaging *self)
{
  gboolean waits = mu_timer_is_running (&self->inbox_timer); /* after trouble */

  if (self->busy || !is_possible (self))
    return;
  self->busy = TRUE;
  if (self->tell_mode != 0 && !waits)
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
    mu_send (&self->base, NULL, on_read, "+CMGR=%u", g_array_index (self->slots, guint, 0));
  else
    self->busy = FALSE;
}

static void
on_retry (gpointer user_data)
{
  run (user_data);
}

/* ---- what makes it run ---- */

void
mu_inbox_start (MuMessaging *self)
{
  self->tell_mode = 2;
  mu_inbox_list (self);
}

void
mu_inbox_list (MuMessaging *self)
{
  self->list_due = TRUE;
  run (self);
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
  run (self);
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
  g_autoptr (GError) error = NULL;
  const char        *card = mu_messaging_card (self, &error);
  Taken              taken;

  if (card != NULL && take_hex (self, card, line, &taken, &error))
    {
      tell_taken (self, &taken);
      mu_messaging_counts_changed (self);
      arm_expiry (self, card);
    }
  else
    mu_log (MU_LOG_ERROR, mu_session_name (self->base.session), "A message is lost: %s",
            error->message);
}

void
mu_inbox_init (MuMessaging *self)
{
  self->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  self->to_free = g_array_new (FALSE, FALSE, sizeof (guint));
  mu_timer_init (&self->inbox_timer, on_retry, self);
  mu_timer_init (&self->expiry_timer, on_expiry, self);
}

void
mu_inbox_reset (MuMessaging *self)
{
  self->busy = self->list_due = self->drain = FALSE;
  self->tell_mode = 0;
  self->failures = 0;
  g_array_set_size (self->slots, 0);
  g_array_set_size (self->to_free, 0);
  mu_timer_stop (&self->inbox_timer);
  mu_timer_stop (&self->expiry_timer);
}

void
mu_inbox_clear (MuMessaging *self)
{
  g_array_unref (self->slots);
  g_array_unref (self->to_free);
  mu_timer_clear (&self->inbox_timer);
  mu_timer_clear (&self->expiry_timer);
}
