/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Dialling, answering, hanging up: guide 8.2, 1.2.2; 27.007 6; V.250 6.3. */
#include "sim-dial.h"

#include "sim-barring.h"
#include "sim-classes.h"
#include "sim-data-call.h"
#include "sim-data-number.h"
#include "sim-emergency.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-number.h"
#include "sim-party.h"
#include "sim-power.h"
#include "sim-presentation.h"
#include "sim-services.h"

#include <string.h>

#define DIAL_TIME    SIM_MS (300)
#define ANSWER_TIME  SIM_MS (300)
#define HANG_UP_TIME SIM_MS (100)

#define CME_STRING_TOO_LONG  SIM_CME (26)
#define CME_STRING_INVALID   SIM_CME (27)
#define CME_NETWORK_REJECTED SIM_CME (257)

/* V.250 6.3.1: digits of a number, and what between them is for lines with a dial tone */
#define MODIFIERS "TtPpWw,!@-()."

typedef struct
{
  gboolean    voice; /* with ';' */
  SimClirWish clir;
  char        number[SIM_MAX_DIGITS + 1];
} DialString;

typedef struct
{
  DialString dial; /* being dialled */
  gboolean   emergency;
  char       last[SIM_MAX_DIGITS + 1]; /* for ATDL */
  guint      answering;                /* the call that ATA is about */
} SimDial;

/* ATD[*31#|#31#]number[I|i][G|g][;]  or  ATDL; */

static gboolean
strip_prefix (const char **number, const char *prefix)
{
  gboolean there = g_str_has_prefix (*number, prefix);

  if (there)
    *number += strlen (prefix);
  return there;
}

/* 22.030 B: the service code 31 before a number is CLIR for that call. */
static SimClirWish
take_clir_code (const char **number)
{
  if (strip_prefix (number, "*31#"))
    return SIM_CLIR_HIDE;
  return strip_prefix (number, "#31#") ? SIM_CLIR_SHOW : SIM_CLIR_DEFAULT;
}

/* 27.007 6.2: the suffixes; G is about closed user groups and changes nothing here. */
static gsize
take_suffixes (const char *text, gsize n, DialString *dial)
{
  dial->voice = n > 0 && text[n - 1] == ';';
  n -= dial->voice ? 1 : 0;
  while (n > 0 && strchr ("IiGg", text[n - 1]) != NULL)
    {
      n--;
      if (text[n] == 'I')
        dial->clir = SIM_CLIR_HIDE;
      if (text[n] == 'i')
        dial->clir = SIM_CLIR_SHOW;
    }
  return n;
}

static SimResult
take_dial_string (const char *text, const char *last, DialString *dial)
{
  g_autoptr (GString) number = g_string_new (NULL);
  gsize               n;

  *dial = (DialString){ 0 };
  dial->clir = take_clir_code (&text);
  n = take_suffixes (text, strlen (text), dial);
  for (gsize i = 0; i < n; i++)
    if (strchr (MODIFIERS, text[i]) == NULL)
      g_string_append_c (number, text[i]);
  if (g_ascii_strcasecmp (number->str, "L") == 0)
    g_string_assign (number, last);
  if (number->len > SIM_MAX_DIGITS)
    return CME_STRING_TOO_LONG;
  if (!sim_number_valid (number->str))
    return CME_STRING_INVALID;
  (void)g_strlcpy (dial->number, number->str, sizeof dial->number);
  return SIM_OK;
}

/* 22.083 2.2: one call at a time is set up, and there is room for one active and one held. */
static SimResult
may_dial (SimModule *module)
{
  gboolean active = sim_voice_first (module, SIM_VOICE_ACTIVE) != NULL;

  if (sim_voice_setting_up (module) || sim_voice_first (module, SIM_VOICE_INCOMING) != NULL
      || sim_voice_first (module, SIM_VOICE_WAITING) != NULL
      || (active && sim_voice_first (module, SIM_VOICE_HELD) != NULL))
    return SIM_CME_NOT_ALLOWED;
  if (active && !sim_service_provided (module, SIM_SERVICE_HOLD))
    return CME_NETWORK_REJECTED;
  return SIM_OK;
}

/* Where there is no network the host learns it from ^CEND (guide 8.2.2). */
static gboolean
carried (const SimVoice *call)
{
  SimReg stat = sim_network_stat (call->module);

  if (sim_network_cell (call->module) == NULL)
    return FALSE;
  return call->emergency || stat == SIM_REG_HOME || stat == SIM_REG_ROAMING;
}

static SimResult
dialled (SimCall *call)
{
  SimDial  *self = call->state;
  SimResult result = may_dial (call->module);
  SimVoice *voice;

  if (result != SIM_OK)
    return result;
  sim_voice_set_all (call->module, SIM_VOICE_ACTIVE, SIM_VOICE_HELD);
  voice = sim_voice_open (call->module, SIM_VOICE_DIALING, self->dial.number);
  voice->port = call->port;
  voice->emergency = self->emergency;
  voice->hidden = sim_presentation_hidden (call->module, self->dial.clir);
  if (!sim_radio_on (call->module))
    sim_voice_end (voice, SIM_END_OFFLINE, SIM_CAUSE_NONE, NULL);
  else if (!carried (voice))
    sim_voice_end (voice, SIM_END_NO_SERVICE, SIM_CAUSE_NONE, NULL);
  else
    {
      sim_party_dialled (
          voice,
          !voice->emergency && sim_barring_outgoing (call->module, voice->number, SIM_CLASS_VOICE));
      sim_voice_originate (voice);
    }
  return SIM_OK;
}

static SimResult
dial_aborted (SimCall *call G_GNUC_UNUSED)
{
  return SIM_NO_CARRIER;
}

static SimResult
dial (SimCall *call)
{
  SimDial  *self = call->state;
  SimResult result;

  self->emergency = sim_emergency_number (call->module, self->dial.number);
  result
      = self->emergency ? SIM_OK : sim_module_guard (call->module, SIM_NEEDS_CARD | SIM_NEEDS_PIN);
  if (result == SIM_OK)
    result = may_dial (call->module);
  if (result != SIM_OK)
    return result;
  (void)g_strlcpy (self->last, self->dial.number, sizeof self->last);
  return sim_call_wait (call, DIAL_TIME, dialled, dial_aborted);
}

/* 22.030 6.5.3: such a string is for a supplementary service or USSD, and calls nobody. */
static gboolean
is_service_code (const char *number)
{
  return g_str_has_suffix (number, "#");
}

/* Without ';' it is a data or fax call: there is nobody but the packet network (27.007 6.2). */
static SimResult
set_d (SimCall *call)
{
  SimDial    *self = call->state;
  DialString  wanted;
  const char *text = call->args.next != NULL ? call->args.next : "";
  SimResult   result = take_dial_string (text, self->last, &wanted);
  guint       cid = sim_data_number (wanted.number);

  if (result != SIM_OK)
    return result;
  if (!wanted.voice)
    return cid > 0 ? sim_data_call_dial (call, cid) : SIM_NO_CARRIER;
  if (is_service_code (wanted.number))
    return SIM_CME_NOT_SUPPORTED;
  self->dial = wanted;
  return dial (call);
}

/* ATA: abortive as ATD is */

static SimResult
answered (SimCall *call)
{
  SimVoice *voice = sim_voice_nth (call->module, ((SimDial *)call->state)->answering);

  if (voice == NULL || voice->state != SIM_VOICE_INCOMING)
    return SIM_NO_CARRIER; /* the caller gave up meanwhile */
  voice->port = call->port;
  sim_voice_connect (voice);
  return SIM_OK;
}

/* V.250 6.3.5: the module goes off the line again. */
static SimResult
answer_aborted (SimCall *call)
{
  SimVoice *voice = sim_voice_nth (call->module, ((SimDial *)call->state)->answering);

  if (voice != NULL && voice->state == SIM_VOICE_INCOMING)
    sim_voice_hang_up (voice, call->port);
  return SIM_NO_CARRIER;
}

static SimResult
set_a (SimCall *call)
{
  SimVoice *voice = sim_voice_first (call->module, SIM_VOICE_INCOMING);

  (void)sim_arg_uint_or (&call->args, 0, 0, 0);
  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  if (voice == NULL)
    return SIM_NO_CARRIER;
  ((SimDial *)call->state)->answering = voice->id;
  return sim_call_wait (call, ANSWER_TIME, answered, answer_aborted);
}

/* +CHUP ends all but a call that waits, which then rings; ATH ends that one, too. */

/* What waits now rings when the others are gone; it is not meant then. */
static SimResult
hung_up (SimCall *call)
{
  static const SimVoiceState states[]
      = { SIM_VOICE_DIALING, SIM_VOICE_ALERTING, SIM_VOICE_ACTIVE, SIM_VOICE_HELD };
  gboolean waiting = sim_voice_first (call->module, SIM_VOICE_WAITING) != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    sim_voice_hang_up_all (call->module, states[i], call->port);
  if (!waiting)
    sim_voice_hang_up_all (call->module, SIM_VOICE_INCOMING, call->port);
  return SIM_OK;
}

static SimResult
hung_up_all (SimCall *call)
{
  sim_data_call_hang_up (call->module, call->port);
  sim_voice_hang_up_all (call->module, SIM_VOICE_WAITING, call->port);
  return hung_up (call);
}

static SimResult
set_h (SimCall *call)
{
  (void)sim_arg_uint_or (&call->args, 0, 0, 0);
  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  return sim_call_wait (call, HANG_UP_TIME, hung_up_all, NULL);
}

static SimResult
exec_chup (SimCall *call)
{
  return sim_call_wait (call, HANG_UP_TIME, hung_up, NULL);
}

static const SimCommand commands[] = {
  { "D", .set = set_d },
  { "A", .set = set_a },
  { "H", .set = set_h },
  { "+CHUP", .exec = exec_chup },
};

const SimChapter sim_dial_chapter = {
  .name = "dial",
  .state_size = sizeof (SimDial),
  SIM_ROWS (commands, commands),
};
