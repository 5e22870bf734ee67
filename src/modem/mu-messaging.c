/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages (guide 9): storage, service centre, what is told unasked; and the tables. */
#include "mu-messaging-private.h"

#include "mu-log.h"

#include "at-format.h"
#include "tpdu.h"

#include <stdlib.h>
#include <string.h>

#define DAY       (24 * G_GINT64_CONSTANT (3600))
#define SEEN_DAYS 90 /* a PDU that has not been seen for so long will not come again */
#define TIDY_MS   (24 * 3600 * 1000)

/* ---- the database ---- */

gint64
mu_messaging_now (void)
{
  return mu_timer_wall ();
}

static char *
store_path (MuMessaging *self)
{
  const MuSettings *settings = mu_session_settings (self->base.session);

  if (settings->state_directory == NULL)
    return NULL;
  return g_build_filename (settings->state_directory, "messages.db", NULL);
}

static gboolean
open_store (MuMessaging *self, GError **error)
{
  g_autofree char *path = NULL;

  if (self->store != NULL)
    return TRUE;
  path = store_path (self);
  self->store = store_open (path, error);
  return self->store != NULL;
}

const char *
mu_messaging_card (MuMessaging *self, GError **error)
{
  const char *card = mu_session_card (self->base.session);

  if (card == NULL)
    {
      mu_fail (error, MU_ERROR_NOT_READY, "The card is not known yet");
      return NULL;
    }
  return open_store (self, error) ? card : NULL;
}

gboolean
mu_messaging_may_have_any (MuMessaging *self)
{
  g_autofree char *path = self->store == NULL ? store_path (self) : NULL;

  return self->store != NULL || (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS));
}

char *
mu_messaging_path (MuMessaging *self, guint id)
{
  return g_strdup_printf ("/org/mu709/modem/%s/message/%u", mu_session_name (self->base.session),
                          id);
}

void
mu_messaging_counts_changed (MuMessaging *self)
{
  mu_service_changed (&self->base, &self->total);
  mu_service_changed (&self->base, &self->unread);
}

/* Contents are for those who may read them: they ask. */
void
mu_messaging_tell (MuMessaging *self, guint id)
{
  static const char *const contents[] = { "Text", "Data", NULL };
  const char              *card = mu_messaging_card (self, NULL);
  g_auto (StoreMessage)    message = { 0 };
  GVariantDict             dict;

  if (card == NULL || !store_get (self->store, card, id, &message, NULL))
    return;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "State", "s", store_state_words[message.state]);
  g_variant_dict_insert (&dict, "PartsPresent", "u", message.present);
  g_variant_dict_insert (&dict, "Timestamp", "x", message.timestamp);
  g_variant_dict_insert (&dict, "Reference", "u", message.reference);
  if (message.delivered != 0)
    g_variant_dict_insert (&dict, "Delivered", "x", message.delivered);
  if (message.error[0] != '\0')
    g_variant_dict_insert (&dict, "Error", "s", message.error);
  mu_child_changed (&self->base, id, g_variant_dict_end (&dict), contents);
}

void
mu_messaging_tell_all (MuMessaging *self, const GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    mu_messaging_tell (self, g_array_index (ids, guint, i));
}

static guint
count (MuService *base, int state)
{
  MuMessaging *self = (MuMessaging *)base;
  const char  *card = mu_messaging_may_have_any (self) ? mu_messaging_card (self, NULL) : NULL;

  return card != NULL ? store_count (self->store, card, state) : 0;
}

static GVariant *
get_total (MuService *base)
{
  return g_variant_new_uint32 (count (base, -1));
}

static GVariant *
get_unread (MuService *base)
{
  return g_variant_new_uint32 (count (base, STORE_RECEIVED));
}

static GVariant *
get_receive_mode (MuService *base G_GNUC_UNUSED)
{
  return g_variant_new_string ("stored");
}

/* Once a day, also in a daemon that runs for years. */
void
mu_messaging_tidy (MuMessaging *self)
{
  const MuSettings *settings = mu_session_settings (self->base.session);
  int         days = g_key_file_get_integer (settings->config, "messaging", "retention-days", NULL);
  int         max = g_key_file_get_integer (settings->config, "messaging", "max-messages", NULL);
  const char *card = mu_messaging_may_have_any (self) ? mu_messaging_card (self, NULL) : NULL;

  if (mu_timer_is_running (&self->tidy_timer))
    return;
  mu_timer_start (&self->tidy_timer, TIDY_MS);
  if (card == NULL)
    return;
  store_forget_seen (self->store, card, mu_messaging_now () - SEEN_DAYS * DAY, NULL);
  store_prune (self->store, card, days > 0 ? mu_messaging_now () - days * DAY : G_MININT64,
               max > 0 ? (guint)max : G_MAXUINT, NULL);
  mu_messaging_counts_changed (self);
}

static void
on_tidy_time (gpointer user_data)
{
  mu_inbox_list (user_data);
}

/* ---- storage ---- */

/* +CPMS: <used>,<total>,... when it selects, "SM",<used>,<total>,... when it is asked -- guide 9.1
 */

typedef struct
{
  char  storage[8];
  guint used;
  guint total;
} Cpms;

static const AtField cpms_fields[] = {
  AT_F_TEXT (Cpms, storage, NULL), /* or used, and so on */
  AT_F_UINT (Cpms, used, NULL),
  AT_F_UINT (Cpms, total, NULL),
};

static const AtRecord cpms = AT_RECORD ("+CPMS", Cpms, cpms_fields);

static void
on_cpms (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuMessaging *self = (MuMessaging *)base;
  const Cpms  *r = record;

  gboolean is_named = !g_ascii_isdigit (r->storage[0]);

  mu_set_text (self, storage, is_named ? r->storage : "SM");
  mu_set (self, used, is_named ? r->used : (guint)strtoul (r->storage, NULL, 10));
  mu_set (self, capacity, is_named ? r->total : r->used);
}

/* ^SMMEMFULL: "SM" -- guide 9.4 */

static const AtRecord smmemfull = AT_RECORD_WORD ("^SMMEMFULL");

static void
on_full (MuService *base, gconstpointer record G_GNUC_UNUSED, const AtLine *line G_GNUC_UNUSED)
{
  mu_inbox_full ((MuMessaging *)base);
}

/* ---- what arrives ---- */

/* +CMTI: "SM",<index> and +CDSI -- 27.005 3.4.1 */

typedef struct
{
  char storage[8];
  gint index;
} Cmti;

static const AtField cmti_fields[] = {
  AT_F_TEXT (Cmti, storage, NULL),
  AT_F_INT (Cmti, index, NULL),
};

static const AtRecord cmti = AT_RECORD ("+CMTI", Cmti, cmti_fields);
static const AtRecord cdsi = AT_RECORD ("+CDSI", Cmti, cmti_fields);

static void
on_stored (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuMessaging *self = (MuMessaging *)base;
  const Cmti  *r = record;

  if (mu_inbox_is_here (self, r->storage))
    mu_inbox_told (self, r->index);
  else
    mu_inbox_told_elsewhere (self, r->storage);
}

/* +CMT: [<alpha>],<length> and +CDS: <length>, the PDU below -- 27.005 3.4.1 */

static const AtRecord cmt = AT_RECORD_WORD ("+CMT");
static const AtRecord cds = AT_RECORD_WORD ("+CDS");

static void
on_pushed (MuService *base, gconstpointer record G_GNUC_UNUSED, const AtLine *line)
{
  mu_inbox_pushed ((MuMessaging *)base, line);
}

/* ---- the service centre ---- */

/* +CSCA: "<number>",<type> -- 27.005 3.3.1 */

typedef struct
{
  char  number[24];
  guint type;
} Csca;

static const AtField csca_fields[] = {
  AT_F_TEXT (Csca, number, NULL),
  AT_F_MAYBE_UINT (Csca, type, NULL, TPDU_NUMBER_UNKNOWN),
};

static const AtRecord csca = AT_RECORD ("+CSCA", Csca, csca_fields);

static void
on_csca (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuMessaging *self = (MuMessaging *)base;
  const Csca  *r = record;
  gboolean     lacks_plus = r->type == TPDU_NUMBER_INTERNATIONAL && g_ascii_isdigit (r->number[0]);
  char         number[sizeof r->number + 1];

  g_snprintf (number, sizeof number, "%s%s", lacks_plus ? "+" : "", r->number);
  mu_set_text (self, service_centre, number);
}

static void
service_centre_set (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
                    const GError *error)
{
  MuMessaging *self = (MuMessaging *)base;
  const char  *number;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_get (mu_call_args (call), "(&s)", &number);
  mu_set_text (self, service_centre, number);
  mu_call_return (call, NULL);
}

static void
set_service_centre (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  TpduAddress        address;
  const char        *number;

  g_variant_get (args, "(&s)", &number);
  if (!tpdu_address_set (&address, number, &error))
    mu_call_fail (call, error);
  else
    mu_send (base, call, service_centre_set, "+CSCA=%s,%u", number, (guint)address.type);
}

/* ---- life ---- */

static void
init (MuService *base)
{
  MuMessaging *self = (MuMessaging *)base;

  mu_inbox_init (self);
  mu_outbox_init (self);
  mu_service_add_timer (base, &self->tidy_timer, on_tidy_time);
}

static void
reset (MuService *base)
{
  MuMessaging *self = (MuMessaging *)base;

  mu_inbox_reset (self);
  mu_outbox_reset (self);
  mu_set_text (self, storage, "");
  mu_set (self, used, 0);
  mu_set (self, capacity, 0);
  mu_set_text (self, service_centre, "");
}

static void
clear (MuService *base)
{
  MuMessaging *self = (MuMessaging *)base;

  mu_outbox_clear (self);
  mu_inbox_clear (self);
  store_close (self->store);
}

static void
on_facts (MuService *base, MuFacts changed)
{
  MuMessaging *self = (MuMessaging *)base;

  if (!mu_session_holds (base->session, MU_FACT_SIM_READY | MU_FACT_CARD_KNOWN))
    mu_inbox_forget_card (self);
  if ((changed & MU_FACT_CARD_KNOWN) != 0 && !mu_session_holds (base->session, MU_FACT_CARD_KNOWN))
    {
      mu_outbox_card_gone (self);
      mu_messaging_counts_changed (self);
    }
  else if ((changed & MU_FACT_CARD_KNOWN) != 0)
    {
      mu_outbox_recover (self);
      mu_inbox_take_early (self);
      mu_messaging_counts_changed (self);
    }
  if (mu_session_holds (base->session, MU_FACT_SIM_READY | MU_FACT_CARD_KNOWN)
      && (changed & (MU_FACT_SIM_READY | MU_FACT_CARD_KNOWN)) != 0)
    mu_inbox_start (self);
  if (changed != MU_FACT_SENDING) /* that it says itself */
    mu_outbox_run (self);
}

static const MuStep steps[] = {
  { "+CMGF=0;+CPMS=\"SM\",\"SM\",\"SM\"", MU_FACT_SIM_READY },
  { "+CSCA?", MU_FACT_SIM_READY },
};

static const MuOp ops[] = {
  { "Send", .run = mu_outbox_send, .needs = MU_FACT_SIM_READY | MU_FACT_REGISTERED },
  { "SendData", .run = mu_outbox_send_data, .needs = MU_FACT_SIM_READY | MU_FACT_REGISTERED },
  { "List", .run = mu_message_list, .needs = MU_FACT_SIM_READY },
  { "Delete", .run = mu_message_delete, .needs = MU_FACT_SIM_READY },
  { "DeleteAll", .run = mu_message_delete_all, .needs = MU_FACT_SIM_READY },
};

static const MuOp setters[] = {
  { "ServiceCentre", .run = set_service_centre, .needs = MU_FACT_SIM_READY },
};

static const MuProp props[] = {
  { "ServiceCentre", "s", offsetof (MuMessaging, service_centre) },
  { "Storage", "s", offsetof (MuMessaging, storage) },
  { "Used", "u", offsetof (MuMessaging, used) },
  { "Capacity", "u", offsetof (MuMessaging, capacity) },
  { "ReceiveMode", "s", .get = get_receive_mode },
  { "Unread", "u", offsetof (MuMessaging, unread), .get = get_unread },
  { "Total", "u", offsetof (MuMessaging, total), .get = get_total },
};

static const MuUrc urcs[] = {
  { &cpms, on_cpms },  { &smmemfull, on_full }, { &cmti, on_stored }, { &cdsi, on_stored },
  { &cmt, on_pushed }, { &cds, on_pushed },     { &csca, on_csca },
};

const MuServiceClass mu_messaging_class = {
  .interface = "org.mu709.Messaging1",
  .size = sizeof (MuMessaging),
  .access = "org.mu709.messages",
  .priority = AT_INTERACTIVE,
  .init = init,
  .reset = reset,
  .clear = clear,
  .facts = on_facts,
  MU_TABLE (steps, steps),
  MU_TABLE (ops, ops),
  MU_TABLE (setters, setters),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
  .child = &mu_message1_class,
};
