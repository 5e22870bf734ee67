/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sending (guide 9.2, 14.1): part after part, each said to be on its way before it is, so that no
 * end of the daemon sends one twice. */
#include "mu-messaging-private.h"

#include "mu-hex.h"
#include "mu-keys.h"
#include "mu-log.h"

#include "at-result.h"
#include "gsm7.h"
#include "tpdu-text.h"
#include "tpdu-time.h"

#include <string.h>

#define RETRY_MS      5000u /* after the first failure; doubles */
#define MAX_DOUBLINGS 10
#define TROUBLE_MS    60000 /* until a database that cannot be written is tried again */
#define MAX_QUEUED    1000  /* messages */
#define UNKNOWN       "Unknown: it may have been sent, or not: "

/* Somebody whose Send has not returned. */
typedef struct
{
  guint   id;
  MuCall *call;
} Waiting;

/* ---- the outcome ---- */

/* Whoever waits for a message; NULL: nobody, any more. */
static MuCall *
take_waiting (MuMessaging *self, guint id)
{
  for (GSList *link = self->waiting; link != NULL; link = link->next)
    {
      g_autofree Waiting *waiting = link->data;

      if (waiting->id == id)
        {
          self->waiting = g_slist_delete_link (self->waiting, link);
          return waiting->call;
        }
      g_steal_pointer (&waiting);
    }
  return NULL;
}

static void
answer (MuMessaging *self, guint id, const GError *error)
{
  g_autofree char *path = mu_messaging_path (self, id);
  MuCall          *call = take_waiting (self, id);

  if (call == NULL)
    return;
  if (error != NULL)
    mu_call_fail (call, error);
  else
    mu_call_return (call, g_variant_new ("(o)", path));
}

static void
settle (MuMessaging *self, guint id)
{
  g_auto (StoreMessage) message = { 0 };
  g_autoptr (GError)    error = NULL;

  if (!store_get (self->store, mu_messaging_card (self, NULL), id, &message, &error))
    answer (self, id, error);
  else if (message.state == STORE_FAILED)
    {
      error = g_error_new_literal (MU_ERROR, MU_ERROR_NETWORK_REJECTED, message.error);
      answer (self, id, error);
    }
  else if (message.present == message.parts)
    answer (self, id, NULL);
}

static guint *
waiting_ids (MuMessaging *self)
{
  GArray *ids = g_array_new (TRUE, FALSE, sizeof (guint));

  for (GSList *link = self->waiting; link != NULL; link = link->next)
    g_array_append_val (ids, ((Waiting *)link->data)->id);
  return (guint *)(gpointer)g_array_free (ids, FALSE);
}

void
mu_outbox_settle (MuMessaging *self)
{
  g_autofree guint *ids = waiting_ids (self);

  for (guint *id = ids; *id != 0; id++)
    settle (self, *id);
}

/* The messages wait for the card; their senders need not. */
void
mu_outbox_card_gone (MuMessaging *self)
{
  g_autofree guint  *ids = waiting_ids (self);
  g_autoptr (GError) gone = g_error_new_literal (MU_ERROR, MU_ERROR_SIM_MISSING,
                                                 "The card is gone; the message waits for it");

  for (guint *id = ids; *id != 0; id++)
    answer (self, *id, gone);
}

/* What the network or the card cannot do now: 38, 41, 42 and 47 of 24.011 annex E-2, 301, 314 and
 * 331 of 27.005.  The message has not been sent. */
static gboolean
is_temporary (const GError *error)
{
  static const int numbers[] = { 38, 41, 42, 47, 301, 314, 331 };
  int              number = at_result_number (error);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i] == number)
      return TRUE;
  return FALSE;
}

/* No answer, or one that says that the network has not answered. */
static gboolean
is_unknown (const GError *error)
{
  return g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT)
         || g_error_matches (error, MU_ERROR, MU_ERROR_ABORTED)
         || g_error_matches (error, MU_ERROR, MU_ERROR_GONE);
}

static guint
max_tries (MuMessaging *self)
{
  const MuSettings *settings = mu_session_settings (self->base.session);

  return (guint)g_key_file_get_integer (settings->config, "messaging", "retries", NULL);
}

/* The line went, or the module did, before it had the message. */
static gboolean
is_unsent (MuMessaging *self)
{
  return !self->body_written
         && (g_error_matches (self->failure, MU_ERROR, MU_ERROR_ABORTED)
             || g_error_matches (self->failure, MU_ERROR, MU_ERROR_GONE));
}

static gboolean
is_tried_again (MuMessaging *self)
{
  if (self->failure == NULL)
    return FALSE;
  return is_unsent (self) || (is_temporary (self->failure) && self->part.tries < max_tries (self));
}

static gboolean
write_outcome (MuMessaging *self, GError **error)
{
  const GError    *failure = self->failure;
  g_autofree char *why = NULL;

  if (failure == NULL)
    return store_part_sent (self->store, &self->part, self->reference, mu_messaging_now (), error);
  if (is_tried_again (self))
    return store_part_again (self->store, &self->part, error);
  why = g_strdup_printf ("%s%s: %s", is_unknown (failure) ? UNKNOWN : "", mu_error_word (failure),
                         failure->message);
  return store_message_failed (self->store, self->part.message, why, error);
}

/* What the part has come to is kept here until the database has taken it: else a message that has
 * gone would be one of which nobody knows. */
static void
conclude (MuMessaging *self)
{
  guint              id = self->part.message;
  g_autoptr (GError) why = NULL;

  if (!self->unwritten)
    return;
  self->unwritten = !write_outcome (self, &why);
  if (self->unwritten)
    mu_timer_start (&self->outbox_timer, TROUBLE_MS);
  else if (is_tried_again (self))
    mu_timer_start (&self->outbox_timer, RETRY_MS << MIN (self->part.tries, MAX_DOUBLINGS));
  else
    mu_messaging_tell (self, id);
  if (self->failure != NULL && !is_tried_again (self))
    answer (self, id, self->failure);
  else if (why != NULL)
    answer (self, id, why);
  else
    settle (self, id);
}

/* ---- one part ---- */

/* +CMGS: <mr> -- 27.005 4.3 */

typedef struct
{
  guint mr;
} Cmgs;

static const AtField cmgs_fields[] = {
  AT_F_UINT (Cmgs, mr, NULL),
};

static const AtRecord cmgs = AT_RECORD ("+CMGS", Cmgs, cmgs_fields);

static guint
read_reference (const AtReply *reply)
{
  Cmgs sent = { .mr = (guint)-1 };

  if (reply->n_lines > 0)
    (void)at_scan (&cmgs, &reply->lines[0], &sent, NULL);
  return sent.mr & 0xff;
}

/* Of a message with several parts once, not for each. */
static void
tell_fact (MuMessaging *self)
{
  mu_session_set_fact (self->base.session, MU_FACT_SENDING, self->sending, MU_ERROR_NOT_ALLOWED);
}

static void
on_part_done (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply,
              const GError *error)
{
  MuMessaging *self = (MuMessaging *)base;

  self->sending = FALSE;
  self->unwritten = TRUE;
  g_clear_error (&self->failure);
  if (error != NULL)
    self->failure = g_error_copy (error);
  else
    self->reference = read_reference (reply);
  conclude (self);
  mu_inbox_take_early (self);
  if (!g_error_matches (error, MU_ERROR, MU_ERROR_GONE)) /* else the others wait for a line */
    mu_outbox_run (self);
  tell_fact (self);
}

static gboolean
is_possible (MuMessaging *self)
{
  MuSession *session = self->base.session;

  return mu_session_is_started (session)
         && mu_session_holds (session, MU_FACT_SIM_READY | MU_FACT_CARD_KNOWN | MU_FACT_REGISTERED)
         && !mu_session_holds (session, MU_FACT_CALL_SETUP); /* it would end it, guide 14.1 */
}

/* The length that +CMGS wants is that without the service centre. */
static void
send_part (MuMessaging *self)
{
  const StorePart *part = &self->part;
  g_autofree char *hex = mu_hex_encode (part->pdu, part->n);

  self->sending = TRUE;
  self->body_written = FALSE;
  mu_send_body (&self->base, NULL, on_part_done, hex, &self->body_written, "+CMGS=%u",
                (guint)(part->n - 1u - part->pdu[0]));
  tell_fact (self);
}

/* What cannot be said to be on its way is not sent: it stays in the queue. */
static void
on_trouble (MuMessaging *self, const GError *error)
{
  mu_log (MU_LOG_WARNING, mu_session_name (self->base.session), "A message is not sent: %s",
          error->message);
  answer (self, self->part.message, error);
  mu_timer_start (&self->outbox_timer, TROUBLE_MS);
}

void
mu_outbox_run (MuMessaging *self)
{
  const char        *card;
  g_autoptr (GError) error = NULL;

  if (self->sending || mu_timer_is_running (&self->outbox_timer) || !is_possible (self)
      || !mu_messaging_may_have_any (self))
    return;
  conclude (self);
  if (mu_timer_is_running (&self->outbox_timer))
    return;
  card = mu_messaging_card (self, &error);
  if (card == NULL || !store_next_part (self->store, card, &self->part, &error))
    {
      if (error != NULL) /* there may be messages in a database that cannot be read now */
        mu_timer_start (&self->outbox_timer, TROUBLE_MS);
      return;
    }
  if (!store_part_sending (self->store, &self->part, &error))
    {
      on_trouble (self, error);
      return;
    }
  if (self->part.sequence == 1)
    mu_messaging_tell (self, self->part.message);
  send_part (self);
}

static void
on_retry (gpointer user_data)
{
  mu_outbox_run (user_data);
}

/* ---- Send ---- */

static const MuKey keys[] = {
  { "report", "b" },
  { "class", "u" },
  { "validity", "u" },
  { "encoding", "s" },
};

static const char *const encoding_words[] = { "auto", "gsm7", "ucs2", NULL };

/* What is to be sent, before it is parts. */
typedef struct
{
  Tpdu      head;
  TpduSplit split;
} Order;

static gboolean
read_encoding (GVariant *options, Order *order, GError **error)
{
  const char *word = "auto";

  (void)g_variant_lookup (options, "encoding", "&s", &word);
  for (guint i = 0; encoding_words[i] != NULL; i++)
    if (g_str_equal (word, encoding_words[i]))
      {
        order->split.encoding = (TpduEncoding)i;
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "encoding is auto, gsm7 or ucs2");
}

static gboolean
read_numbers (GVariant *options, Order *order, GError **error)
{
  guint32 class, validity;

  if (g_variant_lookup (options, "class", "u", &class))
    {
      if (class > TPDU_CLASS_3)
        return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "class is 0 to 3");
      order->split.class = (TpduClass) class;
    }
  if (g_variant_lookup (options, "validity", "u", &validity))
    {
      if (validity == 0 || validity > TPDU_MAX_VALIDITY)
        return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "validity is 1 to %d s",
                        TPDU_MAX_VALIDITY);
      tpdu_validity_set (&order->head, validity);
    }
  return TRUE;
}

/* In the order of Gsm7Language, from GSM7_TURKISH on. */
static const char *const language_words[] = {
  "turkish",   "spanish", "portuguese", "bengali", "gujarati", "hindi", "kannada",
  "malayalam", "oriya",   "punjabi",    "tamil",   "telugu",   "urdu",
};

static guint32
allowed_languages (const MuSettings *settings)
{
  g_auto (GStrv) words
      = g_key_file_get_string_list (settings->config, "messaging", "languages", NULL, NULL);
  guint32 languages = 0;

  for (guint i = 0; words != NULL && i < G_N_ELEMENTS (language_words); i++)
    if (g_strv_contains ((const char *const *)words, language_words[i]))
      languages |= 1u << (GSM7_TURKISH + i);
  return languages;
}

static gboolean
read_order (MuMessaging *self, const char *number, GVariant *options, Order *order, GError **error)
{
  const MuSettings *settings = mu_session_settings (self->base.session);
  gboolean report = g_key_file_get_boolean (settings->config, "messaging", "reports", NULL);

  *order = (Order){ .head.type = TPDU_SUBMIT, .split.class = TPDU_CLASS_NONE };
  if (!mu_keys_check (keys, G_N_ELEMENTS (keys), options, error)
      || !tpdu_address_set (&order->head.number, number, error)
      || !read_encoding (options, order, error) || !read_numbers (options, order, error))
    return FALSE;
  (void)g_variant_lookup (options, "report", "b", &report);
  order->head.flags = report ? TPDU_REPORT : 0;
  order->split.languages = allowed_languages (settings);
  order->split.reference = store_next_reference (self->store);
  return TRUE;
}

/* Into the database, and the queue.  parts: taken; NULL with an error. */
static void
enqueue (MuMessaging *self, MuCall *call, StoreMessage *message, GArray *parts, GError *error)
{
  g_autoptr (GArray) owned = parts;
  g_autoptr (GError) why = error;
  const char        *card = mu_messaging_card (self, why == NULL ? &why : NULL);
  Waiting           *waiting;
  guint              id;

  if (owned == NULL || card == NULL)
    {
      mu_call_fail (call, why);
      return;
    }
  message->encoding = (StoreEncoding)tpdu_dcs_alphabet (g_array_index (owned, Tpdu, 0).dcs);
  if (!store_compose (self->store, card, message, owned, mu_messaging_now (), &id, &why))
    {
      mu_call_fail (call, why);
      return;
    }
  waiting = g_new (Waiting, 1);
  *waiting = (Waiting){ id, call };
  self->waiting = g_slist_append (self->waiting, waiting);
  mu_messaging_counts_changed (self);
  mu_outbox_run (self);
}

static gboolean
has_room (MuMessaging *self, GError **error)
{
  const char *card = mu_messaging_card (self, error);

  if (card == NULL)
    return FALSE;
  if (store_count (self->store, card, STORE_QUEUED) >= MAX_QUEUED)
    return mu_fail (error, MU_ERROR_BUSY, "%d messages wait to be sent", MAX_QUEUED);
  return TRUE;
}

void
mu_outbox_send (MuService *base, GVariant *args, MuCall *call)
{
  MuMessaging         *self = (MuMessaging *)base;
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GBytes)   nothing = g_bytes_new (NULL, 0);
  GError              *error = NULL;
  GArray              *parts = NULL;
  Order                order;
  const char          *number, *text;

  g_variant_get (args, "(&s&s@a{sv})", &number, &text, &options);
  if (has_room (self, &error) && read_order (self, number, options, &order, &error))
    parts = tpdu_split_text (&order.head, text, &order.split, &error);
  enqueue (self, call,
           &(StoreMessage){ .number = (char *)number,
                            .text = (char *)text,
                            .data = nothing,
                            .class = parts != NULL ? order.split.class : TPDU_CLASS_NONE },
           parts, error);
}

void
mu_outbox_send_data (MuService *base, GVariant *args, MuCall *call)
{
  MuMessaging         *self = (MuMessaging *)base;
  g_autoptr (GVariant) octets = NULL;
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GBytes)   data = NULL;
  GError              *error = NULL;
  GArray              *parts = NULL;
  Order                order;
  const char          *number;
  guint16              port;

  g_variant_get (args, "(&s@ayq@a{sv})", &number, &octets, &port, &options);
  data = g_variant_get_data_as_bytes (octets);
  if (has_room (self, &error) && read_order (self, number, options, &order, &error))
    parts = tpdu_split_data (&order.head, g_bytes_get_data (data, NULL), g_bytes_get_size (data),
                             port, &order.split, &error);
  enqueue (self, call,
           &(StoreMessage){ .number = (char *)number,
                            .text = (char *)"",
                            .data = data,
                            .class = parts != NULL ? order.split.class : TPDU_CLASS_NONE },
           parts, error);
}

/* ---- life ---- */

/* What was on its way when the daemon ended, or the line did. */
void
mu_outbox_recover (MuMessaging *self)
{
  const char        *card;
  g_autoptr (GArray) ids = NULL;

  if (self->sending || !mu_messaging_may_have_any (self))
    return;
  conclude (self);
  card = mu_messaging_card (self, NULL);
  if (card == NULL)
    return;
  ids = store_recover (self->store, card, UNKNOWN "the daemon ended meanwhile", NULL);
  if (ids != NULL)
    mu_messaging_tell_all (self, ids);
}

void
mu_outbox_init (MuMessaging *self)
{
  mu_service_add_timer (&self->base, &self->outbox_timer, on_retry);
}

/* The calls are answered by the session; the messages go out when that is possible again. */
void
mu_outbox_reset (MuMessaging *self)
{
  self->sending = FALSE;
  g_slist_free_full (g_steal_pointer (&self->waiting), g_free);
}

void
mu_outbox_clear (MuMessaging *self)
{
  mu_outbox_reset (self);
  g_clear_error (&self->failure);
}
