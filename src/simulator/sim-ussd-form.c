/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-ussd-form.h"

#include "mu-error.h"
#include "sim-alphabet.h"
#include "sim-basic.h"
#include "sim-text.h"

typedef enum
{
  DCS_RIGHT,
  DCS_MISSING,
  DCS_FIXED,
} DcsFault;

typedef struct
{
  SimUssdForm form;
  DcsFault    fault;
  guint       dcs; /* DCS_FIXED: that */
} SimUssdStrings;

guint
sim_ussd_dcs (const char *text)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();

  return sim_gsm7_from_utf8 (text, septets) ? SIM_USSD_DCS_GSM7 : SIM_USSD_DCS_UCS2;
}

char *
sim_ussd_for_host (SimModule *module, SimUssdForm form, const char *text)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GString               *hex;
  gboolean               gsm7 = sim_gsm7_from_utf8 (text, septets);

  if (form == SIM_USSD_PLAIN && gsm7)
    return sim_text_for_host (module, text);
  hex = g_string_new (NULL);
  if (form == SIM_USSD_PACKED && gsm7)
    sim_ussd_pack (septets->data, septets->len, bytes);
  else
    (void)sim_ucs2_from_utf8 (text, bytes);
  sim_hex (hex, bytes->data, bytes->len);
  return g_string_free (hex, FALSE);
}

static char *
unpack (const GByteArray *bytes)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();

  sim_ussd_unpack (bytes->data, bytes->len, septets);
  return sim_gsm7_to_utf8 (septets->data, septets->len);
}

/* Bits 2 and 3 tell the alphabet in the groups where there is a choice (23.038 5). */
char *
sim_ussd_from_host (SimModule *module, SimUssdForm form, const char *string, guint dcs)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean               choice = (dcs & 0xc0) == 0x40 || (dcs & 0xf0) == 0x90;
  guint                  alphabet = choice ? dcs >> 2 & 3 : 0;

  if (form == SIM_USSD_PLAIN && alphabet == 0)
    return sim_text_from_host (module, string);
  if (!sim_unhex (string, bytes))
    return NULL;
  if (form == SIM_USSD_UCS2 || alphabet == 2)
    return bytes->len % 2 == 0 ? sim_ucs2_to_utf8 (bytes->data, bytes->len) : NULL;
  return alphabet == 1 ? g_strndup ((const char *)bytes->data, bytes->len) : unpack (bytes);
}

void
sim_ussd_append (SimModule *module, const char *text, GString *line)
{
  const SimUssdStrings *self = sim_state (module, &sim_ussd_form_chapter);
  g_autofree char      *string = sim_ussd_for_host (module, self->form, text);

  g_string_append_printf (line, ",\"%s\"", string);
  if (self->fault != DCS_MISSING)
    g_string_append_printf (line, ",%u",
                            self->fault == DCS_FIXED ? self->dcs : sim_ussd_dcs (text));
}

char *
sim_ussd_take (SimModule *module, const char *string, guint dcs)
{
  const SimUssdStrings *self = sim_state (module, &sim_ussd_form_chapter);

  return sim_ussd_from_host (module, self->form, string, dcs);
}

/* ^USSDMODE: mode */

static SimResult
read_ussdmode (SimCall *call)
{
  sim_reply (call, "^USSDMODE: %d", ((const SimUssdStrings *)call->state)->form == SIM_USSD_PLAIN);
  return SIM_OK;
}

static SimResult
set_ussdmode (SimCall *call)
{
  guint mode = sim_arg_uint (&call->args, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  ((SimUssdStrings *)call->state)->form = mode == 1 ? SIM_USSD_PLAIN : SIM_USSD_PACKED;
  return SIM_OK;
}

/* verbs */

static gboolean
do_form (SimOrder *order, GError **error)
{
  static const char *const words[] = { "packed", "ucs2", "plain", NULL };
  guint                    word;

  if (!sim_word (order->args[0], words, &word, error))
    return FALSE;
  ((SimUssdStrings *)order->state)->form = (SimUssdForm)word;
  return TRUE;
}

static gboolean
do_dcs (SimOrder *order, GError **error)
{
  SimUssdStrings *self = order->state;
  double          dcs = 0;

  if (g_str_equal (order->args[0], "right"))
    self->fault = DCS_RIGHT;
  else if (g_str_equal (order->args[0], "missing"))
    self->fault = DCS_MISSING;
  else if (sim_number (order->args[0], 0, 255, &dcs, error))
    self->fault = DCS_FIXED;
  else
    return FALSE;
  self->dcs = (guint)dcs;
  return TRUE;
}

static const SimCommand commands[] = {
  { "^USSDMODE", .test = "(0-1)", .read = read_ussdmode, .set = set_ussdmode },
};

static const SimVerb verbs[] = {
  { "ussd-form packed|ucs2|plain", "how +CUSD writes strings", do_form },
  { "ussd-dcs right|missing|N", "the coding that +CUSD says they have", do_dcs },
};

const SimChapter sim_ussd_form_chapter = {
  .name = "ussd-form",
  .state_size = sizeof (SimUssdStrings),
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};
