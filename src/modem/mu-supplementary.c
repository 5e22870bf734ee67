/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Supplementary services (guide 8.4 to 8.7; 27.007 7.4 to 7.12): callers' numbers, call waiting,
 * and the tables.  Each question costs seconds and goes to the network: none is asked before
 * somebody wants to know. */
#include "mu-supplementary-private.h"

#include "mu-error.h"
#include "mu-session.h"

#include <string.h>

static const char *const subscribed_words[] = { "no", "yes", "unknown" };
static const char *const hide_words[] = { "default", "hide", "show", "unknown" };

/* 27.007 7.7, <m> */
static const char *const restriction_words[]
    = { "absent", "permanent", "unknown", "restricted", "allowed" };

void
mu_supplementary_done (MuService *base G_GNUC_UNUSED, MuCall *call,
                       const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  if (error != NULL)
    mu_call_fail (call, error);
  else
    mu_call_return (call, NULL);
}

/* ---- callers' numbers ---- */

/* +CLIP: <n>,<m> and +CLIR: <n>,<m> -- guide 8.4; 27.007 7.6, 7.7 */

typedef struct
{
  guint n;
  guint m;
} Identity;

static const AtField identity_fields[] = {
  AT_F_UINT (Identity, n, NULL),
  AT_F_MAYBE_UINT (Identity, m, NULL, SUBSCRIBED_UNKNOWN), /* of +CLIR, too */
};

static const AtRecord clip = AT_RECORD ("+CLIP", Identity, identity_fields);
static const AtRecord clir = AT_RECORD ("+CLIR", Identity, identity_fields);

static void
take_clip (MuSupplementary *self, const AtReply *reply)
{
  Identity identity;

  for (gsize i = 0; mu_answer_next (&self->base, &clip, reply, &i, &identity);)
    {
      mu_set (self, shown, identity.n == 1);
      mu_set (self, subscribed, (Subscribed)MIN (identity.m, SUBSCRIBED_UNKNOWN));
    }
}

static void
asked_clip (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply,
            const GError *error G_GNUC_UNUSED)
{
  if (reply != NULL)
    take_clip ((MuSupplementary *)base, reply);
}

static void
shown_set (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuSupplementary *self = (MuSupplementary *)base;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_get (mu_call_args (call), "(b)", &self->show);
  mu_set (self, shown, self->show);
  mu_call_return (call, NULL);
  if (self->shown && self->subscribed == SUBSCRIBED_UNKNOWN
      && mu_session_holds (base->session, MU_FACT_REGISTERED))
    mu_send (base, NULL, asked_clip, "+CLIP?");
}

/* A call that comes says +CLIP, too: where no answer is expected that is news.  So is +CCWA. */
static void
send_shown (MuService *base, MuCall *call, MuNext next, gboolean shown)
{
  mu_ask (base, call, next, shown ? "+CLIP=1" : "+CLIP=0");
}

static void
set_shown (MuService *base, GVariant *args, MuCall *call)
{
  gboolean shown;

  g_variant_get (args, "(b)", &shown);
  send_shown (base, call, shown_set, shown);
}

static void
told_to_show (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
              const GError *error)
{
  MuSupplementary *self = (MuSupplementary *)base;

  self->told = error == NULL;
  if (error == NULL)
    mu_set (self, shown, self->show);
}

/* HideCallerId */

static void
hide_set (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuSupplementary *self = (MuSupplementary *)base;
  const char      *word;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_get (mu_call_args (call), "(&s)", &word);
  for (Hide hide = HIDE_DEFAULT; hide < HIDE_UNKNOWN; hide++)
    if (g_str_equal (hide_words[hide], word))
      mu_set (self, hide, hide);
  mu_call_return (call, NULL);
}

static void
set_hide (MuService *base, GVariant *args, MuCall *call)
{
  const char *word;

  g_variant_get (args, "(&s)", &word);
  for (Hide hide = HIDE_DEFAULT; hide < HIDE_UNKNOWN; hide++)
    if (g_str_equal (hide_words[hide], word))
      {
        mu_send (base, call, hide_set, "+CLIR=%u", (guint)hide);
        return;
      }
  mu_call_reject (call, MU_ERROR_INVALID_ARGUMENT, "HideCallerId is default, hide or show");
}

/* QueryCallerId () → what the network says */

static void
add_word (GVariantBuilder *dict, const char *key, const char *word)
{
  g_variant_builder_add (dict, "{sv}", key, g_variant_new_string (word));
}

static void
queried_clir (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  MuSupplementary *self = (MuSupplementary *)base;
  Identity         identity;
  const char      *restriction = NULL;
  GVariantBuilder  dict;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  for (gsize i = 0; mu_answer_next (base, &clir, reply, &i, &identity);)
    {
      mu_set (self, hide, (Hide)MIN (identity.n, HIDE_UNKNOWN));
      if (identity.m < G_N_ELEMENTS (restriction_words))
        restriction = restriction_words[identity.m];
    }
  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  add_word (&dict, "subscribed", subscribed_words[self->subscribed]);
  g_variant_builder_add (&dict, "{sv}", "shown", g_variant_new_boolean (self->shown));
  add_word (&dict, "hide", hide_words[self->hide]);
  if (restriction != NULL)
    add_word (&dict, "restriction", restriction);
  mu_call_return (call, g_variant_new ("(a{sv})", &dict));
}

static void
queried_clip (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  take_clip ((MuSupplementary *)base, reply);
  mu_send (base, call, queried_clir, "+CLIR?");
}

static void
query_caller_id (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  mu_send (base, call, queried_clip, "+CLIP?");
}

/* ---- call waiting ---- */

/* +CCWA: <status>,<class> -- guide 8.6; 27.007 7.12.  <n> is 1 in all of them: waiting calls are
 * told. */

static const AtRecord ccwa = AT_RECORD ("+CCWA", MuAnswer, mu_answer_fields);

static void
queried_waiting (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  MuSupplementary *self = (MuSupplementary *)base;
  gboolean         waiting = FALSE;
  MuAnswer         answer;
  GVariantBuilder  rows;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; mu_answer_next (base, &ccwa, reply, &i, &answer);)
    {
      mu_answer_add_rows (&answer, NULL, NULL, &rows);
      if (answer.classes == 0 || (answer.classes & MU_CLASS_VOICE) != 0)
        waiting |= answer.status == 1;
    }
  mu_set (self, waiting, waiting);
  mu_call_return (call, g_variant_new ("(aa{sv})", &rows));
}

static void
query_waiting (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  mu_send (base, call, queried_waiting, "+CCWA=1,2");
}

static void
waiting_set (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuSupplementary *self = (MuSupplementary *)base;
  gboolean         waiting;

  g_variant_get (mu_call_args (call), "(b)", &waiting);
  if (error == NULL)
    mu_set (self, waiting, waiting);
  mu_supplementary_done (base, call, reply, error);
}

static void
set_waiting (MuService *base, GVariant *args, MuCall *call)
{
  gboolean waiting;

  g_variant_get (args, "(b)", &waiting);
  mu_ask (base, call, waiting_set, waiting ? "+CCWA=1,1,1" : "+CCWA=1,0,1"); /* see send_shown() */
}

/* ---- life ---- */

static void
init (MuService *base)
{
  MuSupplementary *self = (MuSupplementary *)base;

  self->show = TRUE;
  self->subscribed = SUBSCRIBED_UNKNOWN;
  self->hide = HIDE_UNKNOWN;
}

/* What the network had said about the card's subscription. */
static void
forget_card (MuSupplementary *self)
{
  mu_set (self, subscribed, SUBSCRIBED_UNKNOWN);
  mu_set (self, waiting, FALSE);
}

static void
reset (MuService *base)
{
  MuSupplementary *self = (MuSupplementary *)base;

  g_assert (self->surveys == NULL); /* their commands have been answered */
  self->told = FALSE;
  mu_set (self, shown, FALSE);
  mu_set (self, hide, HIDE_UNKNOWN);
  forget_card (self);
}

static void
on_facts (MuService *base, MuFacts changed G_GNUC_UNUSED)
{
  MuSupplementary *self = (MuSupplementary *)base;

  if (!mu_session_holds (base->session, MU_FACT_SIM_READY))
    {
      self->told = FALSE;
      forget_card (self);
    }
  else if (!self->told && mu_session_holds (base->session, MU_FACT_SETTLED))
    {
      self->told = TRUE;
      send_shown (base, NULL, told_to_show, self->show);
    }
}

static const MuStep steps[] = {
  { "+CCWA=1", MU_FACT_SIM_READY | MU_FACT_SETTLED },
};

#define NETWORK .needs = MU_FACT_SIM_READY | MU_FACT_REGISTERED

static const MuOp ops[] = {
  { "QueryCallerId", .run = query_caller_id, NETWORK },
  { "GetForwarding", .run = mu_forwarding_get, NETWORK },
  { "SetForwarding", .run = mu_forwarding_set, NETWORK },
  { "ClearForwarding", .run = mu_forwarding_clear, NETWORK },
  { "QueryCallWaiting", .run = query_waiting, NETWORK },
  { "SetCallWaiting", .run = set_waiting, NETWORK, .stands = TRUE },
  { "GetBarring", .run = mu_barring_get, NETWORK },
  { "SetBarring", .run = mu_barring_set, NETWORK },
  { "ChangeBarringPassword", .run = mu_barring_change_password, NETWORK },
};

static const MuOp setters[] = {
  { "CallerIdShown", .run = set_shown, .needs = MU_FACT_SIM_READY, .stands = TRUE },
  { "HideCallerId", .run = set_hide, .needs = MU_FACT_SIM_READY, .stands = TRUE },
};

static const MuProp props[] = {
  { "CallerIdShown", "b", offsetof (MuSupplementary, shown) },
  { "CallerIdSubscribed", "s", offsetof (MuSupplementary, subscribed), .words = subscribed_words },
  { "HideCallerId", "s", offsetof (MuSupplementary, hide), .words = hide_words },
  { "CallWaiting", "b", offsetof (MuSupplementary, waiting) },
};

const MuServiceClass mu_supplementary_class = {
  .interface = "org.mu709.Supplementary1",
  .size = sizeof (MuSupplementary),
  .access = "org.mu709.supplementary",
  .priority = AT_INTERACTIVE,
  .init = init,
  .reset = reset,
  .facts = on_facts,
  MU_TABLE (steps, steps),
  MU_TABLE (ops, ops),
  MU_TABLE (setters, setters),
  MU_TABLE (props, props),
};
