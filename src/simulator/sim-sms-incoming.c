/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-sms-incoming.h"

#include "mu-error.h"
#include "sim-keys.h"
#include "sim-sms-centre.h"
#include "sim-sms-parts.h"
#include "sim-text.h"

#include <string.h>

/* sms FROM [KEY=VALUE...] [--] TEXT */

#define CLASS_NONE    0u
#define ALPHABET_AUTO 0u /* and then SimAlphabet plus 1 */
#define NO_REFERENCE  G_MAXUINT
#define MAX_ORDER     400
#define TIME_TEXT     20 /* yy/MM/dd,hh:mm:ss+zz */

typedef struct
{
  guint class, alphabet;
  guint    reference, limit;
  gboolean wide, anywhere;
  guint    pid;
  char     order[MAX_ORDER + 1]; /* which parts come, and how; empty: all */
  char     time[TIME_TEXT + 1];  /* empty: now */
} Options;

typedef struct
{
  guint reference; /* of the next text that is cut */
} SimSmsIncoming;

static const char *const classes[] = { "none", "0", "1", "2", "3", NULL };
static const char *const alphabets[] = { "auto", "gsm7", "8bit", "ucs2", NULL };

static const SimKey keys[] = {
  { "class", SIM_KEY_WORD, offsetof (Options, class), 0, 0, classes },
  { "alphabet", SIM_KEY_WORD, offsetof (Options, alphabet), 0, 0, alphabets },
  { "ref", SIM_KEY_DECIMAL, offsetof (Options, reference), 0, 65535, NULL },
  { "wide", SIM_KEY_YES_NO, offsetof (Options, wide), 0, 0, NULL },
  { "split", SIM_KEY_DECIMAL, offsetof (Options, limit), 1, 153, NULL },
  { "anywhere", SIM_KEY_YES_NO, offsetof (Options, anywhere), 0, 0, NULL },
  { "parts", SIM_KEY_TEXT, offsetof (Options, order), 1, MAX_ORDER, NULL },
  { "pid", SIM_KEY_DECIMAL, offsetof (Options, pid), 0, 255, NULL },
  { "time", SIM_KEY_TEXT, offsetof (Options, time), TIME_TEXT, TIME_TEXT, NULL },
};

/* How much of the line is options: words that begin with a key and '='. */
static gsize
options_length (const char *line)
{
  const char *at = line;

  for (;;)
    {
      gsize    n = strcspn (at, " ");
      gboolean option = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
        option |= g_str_has_prefix (at, keys[i].key) && at[strlen (keys[i].key)] == '='
                  && strlen (keys[i].key) < n;
      if (!option)
        return (gsize)(at - line);
      at += n + strspn (at + n, " ");
    }
}

/* The line's options and its text, without escapes. */
static gboolean
take_line (const char *line, Options *options, GString *text, GError **error)
{
  gsize            length = options_length (line);
  g_autofree char *head = g_strndup (line, length);

  if (!sim_keys_set (keys, G_N_ELEMENTS (keys), head, options, sizeof *options, error))
    return FALSE;
  line += length;
  if (g_str_equal (line, "--") || g_str_has_prefix (line, "-- "))
    line += MIN (strlen (line), 3);
  if (!sim_unescape (line, text, error))
    return FALSE;
  return g_utf8_validate_len (text->str, text->len, NULL)
         || mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "the text is not UTF-8");
}

/* yy/MM/dd,hh:mm:ss+zz, any digits */
static gboolean
take_time (const char *text, guint8 time[SIM_TIME_LENGTH], GError **error)
{
  static const char shape[] = "00/00/00,00:00:00+00";

  for (gsize i = 0; i < TIME_TEXT; i++)
    if (shape[i] == '0'   ? !g_ascii_isdigit (text[i])
        : shape[i] == '+' ? text[i] != '+' && text[i] != '-'
                          : text[i] != shape[i])
      return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "not yy/MM/dd,hh:mm:ss+zz: %s", text);
  for (gsize i = 0; i < SIM_TIME_LENGTH; i++)
    time[i]
        = (guint8)(g_ascii_digit_value (text[3 * i + 1]) << 4 | g_ascii_digit_value (text[3 * i]));
  if (text[TIME_TEXT - 3] == '-')
    time[SIM_TIME_LENGTH - 1] |= 8;
  return TRUE;
}

/* Data coding, 23.038 4: the general group. */
static guint8
dcs_of (const Options *options, SimAlphabet alphabet)
{
  static const guint8 bits[] = {
    [SIM_ALPHABET_GSM7] = 0x00,
    [SIM_ALPHABET_8BIT] = 0x04,
    [SIM_ALPHABET_UCS2] = 0x08,
  };
  guint class = options->class == CLASS_NONE ? 0 : 0x10 | (options->class - 1);

  return (guint8)(bits[alphabet] | class);
}

static gboolean
queue_part (SimModule *module, const SimTpdu *message, const SimSmsPart *part, GError **error)
{
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  SimTpdu                tpdu = *message;

  tpdu.first = SIM_TPDU_NO_MMS | (part->concatenated ? SIM_TPDU_UDHI : 0);
  tpdu.udl = part->udl;
  tpdu.ud = part->ud;
  tpdu.n_ud = part->n_ud;
  sim_sms_centre_append (pdu);
  sim_tpdu_append (&tpdu, pdu);
  return sim_sms_centre_queue (module, pdu->data, pdu->len, SIM_SMS_DELAY)
         || mu_fail (error, MU_ERROR_MEMORY_FULL, "too many messages wait already");
}

/* "3,1,1": which of them come, counted from 1. */
static gboolean
queue_parts (SimModule *module, const SimTpdu *message, const GArray *parts, const char *order,
             GError **error)
{
  g_auto (GStrv) numbers = g_strsplit (order, ",", -1);

  for (guint i = 0; order[0] == '\0' && i < parts->len; i++)
    if (!queue_part (module, message, &g_array_index (parts, SimSmsPart, i), error))
      return FALSE;
  for (guint i = 0; numbers[i] != NULL; i++)
    {
      double number;

      if (!sim_number (numbers[i], 1, parts->len, &number, error)
          || !queue_part (module, message, &g_array_index (parts, SimSmsPart, (guint)number - 1),
                          error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
cut (SimSmsIncoming *self, const Options *options, SimAlphabet alphabet, const char *text,
     GArray *parts, GError **error)
{
  const SimSmsCutting cutting = {
    .alphabet = alphabet,
    .limit = options->limit,
    .anywhere = options->anywhere,
    .wide = options->wide,
    .reference = options->reference == NO_REFERENCE ? self->reference : options->reference,
  };

  if (!sim_sms_cut (text, &cutting, parts))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT,
                    "the text is not in that alphabet or too long");
  if (parts->len > 1 && options->reference == NO_REFERENCE)
    self->reference++;
  return TRUE;
}

static gboolean
do_sms (SimOrder *order, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray)  parts = g_array_new (FALSE, FALSE, sizeof (SimSmsPart));
  g_autoptr (GString) from = g_string_new (NULL);
  Options             options = { .reference = NO_REFERENCE };
  SimTpdu             message = { .kind = SIM_TPDU_DELIVER };
  SimAlphabet         alphabet;

  if (!sim_unescape (order->args[0], from, error)
      || !take_line (order->args[1], &options, text, error))
    return FALSE;
  if (!sim_address_set (&message.address, from->str))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "nobody is called %s", from->str);
  alphabet = options.alphabet == ALPHABET_AUTO ? sim_sms_alphabet (text->str)
                                               : (SimAlphabet)(options.alphabet - 1);
  message.pid = (guint8)options.pid;
  message.dcs = dcs_of (&options, alphabet);
  sim_sms_centre_time (order->module, message.time);
  if (options.time[0] != '\0' && !take_time (options.time, message.time, error))
    return FALSE;
  return cut (order->state, &options, alphabet, text->str, parts, error)
         && queue_parts (order->module, &message, parts, options.order, error);
}

static const SimVerb verbs[] = {
  { "sms FROM TEXT...",
    "sends the module a text; KEY=VALUE before it: class alphabet ref wide split anywhere parts "
    "pid time; -- ends these",
    do_sms },
};

const SimChapter sim_sms_incoming_chapter = {
  .name = "sms-incoming",
  .state_size = sizeof (SimSmsIncoming),
  SIM_ROWS (verbs, verbs),
};
