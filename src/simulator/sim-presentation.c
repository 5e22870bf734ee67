/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Identities: guide 8.4; 27.007 6.11, 7.6, 7.7; 22.081. */
#include "sim-presentation.h"

#include "sim-services.h"

/* 27.007 7.7 <m>: how the network provides CLIR */
typedef enum
{
  CLIR_ABSENT,
  CLIR_PERMANENT,
  CLIR_UNKNOWN,
  CLIR_RESTRICTED, /* hidden unless a call says otherwise */
  CLIR_ALLOWED,    /* shown unless a call says otherwise */
} Clir;

static const char *const clir_words[]
    = { "absent", "permanent", "unknown", "restricted", "allowed", NULL };

typedef struct
{
  gboolean clip, cring;
  guint    clir;   /* 27.007 7.7 <n>; as SimClirWish */
  guint    at_net; /* Clir */
} SimPresentation;

static SimPresentation *
presentation_of (SimModule *module)
{
  return sim_state (module, &sim_presentation_chapter);
}

/* For calls that come */

const char *
sim_presentation_number (SimVoice *call, SimCli *ret_validity)
{
  *ret_validity = call->cli;
  if (call->cli != SIM_CLI_SHOWN)
    return "";
  if (sim_service_provided (call->module, SIM_SERVICE_CLIP))
    return call->number;
  *ret_validity = SIM_CLI_UNAVAILABLE;
  return "";
}

/* RING  or  +CRING: VOICE, and  +CLIP: "number",type,,,,CLI validity */
void
sim_presentation_ring (SimVoice *call)
{
  const SimPresentation *self = presentation_of (call->module);
  g_autofree char       *clip = NULL;
  SimCli                 validity;
  const char            *number = sim_presentation_number (call, &validity);

  if (self->cring)
    sim_voice_say (call->module, NULL, SIM_URC_ALWAYS, "+CRING: VOICE");
  else
    sim_voice_say (call->module, NULL, SIM_URC_ALWAYS, NULL);
  if (!self->clip)
    return;
  clip = g_strdup_printf ("+CLIP: \"%s\",%u,,,,%d", number, sim_voice_type_of_number (number),
                          (int)validity);
  sim_voice_say (call->module, NULL, SIM_URC_ALWAYS, clip);
}

/* For calls that go */

gboolean
sim_presentation_hidden (SimModule *module, SimClirWish wish)
{
  const SimPresentation *self = presentation_of (module);

  if (wish == SIM_CLIR_DEFAULT)
    wish = (SimClirWish)self->clir;
  switch ((Clir)self->at_net)
    {
    case CLIR_ABSENT:
    case CLIR_UNKNOWN: return FALSE;
    case CLIR_PERMANENT: return TRUE;
    case CLIR_RESTRICTED: return wish != SIM_CLIR_SHOW;
    case CLIR_ALLOWED: return wish == SIM_CLIR_HIDE;
    }
  g_assert_not_reached ();
}

/* +CRC: mode */

static SimResult
read_crc (SimCall *call)
{
  sim_reply (call, "+CRC: %d", presentation_of (call->module)->cring);
  return SIM_OK;
}

static SimResult
set_crc (SimCall *call)
{
  guint mode = sim_arg_uint_or (&call->args, 0, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  presentation_of (call->module)->cring = mode != 0;
  return SIM_OK;
}

/* +CLIP: n,m  m: 1 provided, 0 not; asks the network and is abortive (guide 1.2.2) */

static SimResult
aborted (SimCall *call G_GNUC_UNUSED)
{
  return SIM_ERROR;
}

static SimResult
clip_known (SimCall *call)
{
  sim_reply (call, "+CLIP: %d,%d", ((SimPresentation *)call->state)->clip,
             sim_service_provided (call->module, SIM_SERVICE_CLIP));
  return SIM_OK;
}

static SimResult
read_clip (SimCall *call)
{
  if (!sim_service_provided (call->module, SIM_SERVICE_CLIP))
    return clip_known (call);
  return sim_service_ask (call, SIM_SERVICE_CLIP, clip_known, aborted);
}

static SimResult
set_clip (SimCall *call)
{
  guint n = sim_arg_uint_or (&call->args, 0, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  ((SimPresentation *)call->state)->clip = n != 0;
  return SIM_OK;
}

/* +CLIR: n,m */

static SimResult
clir_known (SimCall *call)
{
  const SimPresentation *self = call->state;

  sim_reply (call, "+CLIR: %u,%u", self->clir, self->at_net);
  return SIM_OK;
}

static SimResult
read_clir (SimCall *call)
{
  return sim_service_ask (call, SIM_SERVICE_CLIR, clir_known, NULL);
}

static SimResult
set_clir (SimCall *call)
{
  guint n = sim_arg_uint_or (&call->args, SIM_CLIR_DEFAULT, SIM_CLIR_DEFAULT, SIM_CLIR_SHOW);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  ((SimPresentation *)call->state)->clir = n;
  return SIM_OK;
}

/* clir absent|permanent|unknown|restricted|allowed */
static gboolean
do_clir (SimOrder *order, GError **error)
{
  return sim_word (order->args[0], clir_words, &((SimPresentation *)order->state)->at_net, error);
}

static void
presentation_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimPresentation *)state)->at_net = CLIR_ALLOWED;
}

static void
presentation_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimPresentation *self = state;

  self->clip = self->cring = FALSE;
  self->clir = SIM_CLIR_DEFAULT;
}

static const SimCommand commands[] = {
  { "+CRC", .test = "(0,1)", .read = read_crc, .set = set_crc },
  { "+CLIP", .needs = SIM_NEEDS_PIN, .test = "(0,1)", .read = read_clip, .set = set_clip },
  { "+CLIR", .needs = SIM_NEEDS_PIN, .test = "(0-2)", .read = read_clir, .set = set_clir },
};

static const SimVerb verbs[] = {
  { "clir absent|permanent|unknown|restricted|allowed",
    "how the network lets the subscriber hide the own number", do_clir },
};

const SimChapter sim_presentation_chapter = {
  .name = "presentation",
  .state_size = sizeof (SimPresentation),
  .init = presentation_init,
  .start = presentation_start,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};
