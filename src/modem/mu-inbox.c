/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receiving (guide 9.4): what is asked of the card, and when.  Every message is in the database
 * (mu-inbox-take.c) before its slot on the card is freed; what the module does not tell of is found
 * when the card is listed: at the start, after every outage, after a burst. */
#include "mu-messaging-private.h"

#include "mu-log.h"

#define BURST         4     /* slots; above that the list is shorter */
#define RETRY_MS      2000u /* after the first failure; doubles */
#define MAX_DOUBLINGS 5
#define MAX_TRIES     12 /* of what a card that has started does not refuse */

/* of +CNMI */
#define FIRST_TELL_MODE 2
#define LAST_TELL_MODE  1

static void tell_again (MuMessaging *self);

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

void
mu_inbox_give_up (MuMessaging *self, const GError *error)
{
  gboolean is_news = self->failures == 0;

  if (self->store != NULL)
    store_rollback (self->store);
  g_array_set_size (self->to_free, 0);
  on_trouble (self, error);
  if (is_news && !g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY))
    mu_service_emit (&self->base, "StorageFull", g_variant_new ("(s)", "database"));
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

/* ---- what the card answers ---- */

static void
set_used (MuMessaging *self, guint used)
{
  mu_set (self, used, used);
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
  g_autoptr (GError) why = NULL;

  if (is_over (self, error))
    return;
  if (error != NULL)
    {
      on_trouble (self, error);
      return;
    }
  set_used (self, (guint)reply->n_lines);
  if (reply->n_lines == 0 || mu_inbox_take_list (self, reply, &why))
    {
      self->drain = FALSE;
      if (!self->is_elsewhere)
        mu_messaging_tidy (self);
      resolve_doubt (self);
      tell_again (self);
    }
  else
    mu_inbox_give_up (self, why);
  mu_inbox_run (self);
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
  g_autoptr (GError) why = NULL;

  if (is_over (self, error))
    return;
  forget_slot (self, self->reading);
  if (error != NULL)
    self->list_due = TRUE;
  else if (mu_inbox_take_read (self, self->reading, reply, &why))
    resolve_doubt (self);
  else
    mu_inbox_give_up (self, why);
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
  if (error != NULL)
    not_freed (self, error);
  else if (self->used > 0)
    set_used (self, self->used - 1);
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

static guint
take_index (GArray *indexes)
{
  guint index = g_array_index (indexes, guint, 0);

  g_array_remove_index (indexes, 0);
  return index;
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
  mu_inbox_take_early (user_data);
  mu_inbox_run (user_data);
}

/* ---- what makes it run ---- */

void
mu_inbox_start (MuMessaging *self)
{
  self->tell_mode = FIRST_TELL_MODE;
  mu_inbox_await_parts (self);
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

  set_used (self, self->used + 1);
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

/* ---- life ---- */

void
mu_inbox_init (MuMessaging *self)
{
  self->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  self->to_free = g_array_new (FALSE, FALSE, sizeof (guint));
  self->doubtful = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->early = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
  mu_service_add_timer (&self->base, &self->inbox_timer, on_retry);
  mu_service_add_timer (&self->base, &self->expiry_timer, mu_inbox_on_expiry);
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
  mu_timer_stop (&self->tidy_timer);
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
  g_ptr_array_unref (self->early);
}
