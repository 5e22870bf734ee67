/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* V.250's commands about the port itself, +CMEE, ^CURC (guide 12), +CSCS (guide 10.2). */
#include "sim-basic.h"

#include "sim-alphabet.h"
#include "sim-port.h"
#include "sim-text.h"

#include <string.h>

typedef enum
{
  CHARSET_IRA,
  CHARSET_GSM,
  CHARSET_UCS2,
  N_CHARSETS,
} Charset;

static const char *const charsets[N_CHARSETS + 1] = { "IRA", "GSM", "UCS2", NULL };

/* S registers: V.250 6.2.1 to 6.2.3, 6.3.8 and following. */
typedef struct
{
  const char *name;
  guint8      initial, min, max;
} Register;

static const Register registers[] = {
  { "S0", 0, 0, 255 },  /* rings until it answers by itself; 0: never */
  { "S3", 13, 13, 13 }, /* the end of a line ... */
  { "S4", 10, 10, 10 }, /* ... and of an answer ... */
  { "S5", 8, 8, 8 },    /* ... and backspace are what they are */
  { "S6", 2, 2, 10 },   { "S7", 60, 1, 255 }, { "S8", 2, 0, 255 }, { "S10", 2, 1, 254 },
};

typedef struct
{
  Charset charset;
  guint   x; /* ATX */
  guint8  registers[G_N_ELEMENTS (registers)];
} SimBasic;

/* A number that may be missing: ATE is ATE0. */
static SimResult
set_flag (SimCall *call, gboolean *flag)
{
  guint value = sim_arg_uint_or (&call->args, 0, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  *flag = value != 0;
  return SIM_OK;
}

static SimResult
set_echo (SimCall *call)
{
  return set_flag (call, &call->port->settings.echo);
}

static SimResult
set_verbose (SimCall *call)
{
  return set_flag (call, &call->port->settings.verbose);
}

static SimResult
set_quiet (SimCall *call)
{
  return set_flag (call, &call->port->settings.quiet);
}

static SimResult
set_x (SimCall *call)
{
  guint x = sim_arg_uint_or (&call->args, 0, 0, 4);

  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  ((SimBasic *)call->state)->x = x;
  return SIM_OK;
}

guint
sim_basic_x (SimModule *module)
{
  return ((const SimBasic *)sim_state (module, &sim_basic_chapter))->x;
}

/* Z and &F: the only profile is that of delivery. */
static SimResult
restore (SimCall *call)
{
  (void)sim_arg_uint_or (&call->args, 0, 0, 0);
  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  call->port->settings = sim_default_settings;
  return SIM_OK;
}

/* S0? S0=1 */

static guint
register_of (const SimCall *call)
{
  guint i = 0;

  while (!g_str_equal (registers[i].name, call->command->name))
    i++;
  return i;
}

static SimResult
read_register (SimCall *call)
{
  sim_reply (call, "%03u", ((SimBasic *)call->state)->registers[register_of (call)]);
  return SIM_OK;
}

static SimResult
set_register (SimCall *call)
{
  guint i = register_of (call);
  guint value = sim_arg_uint (&call->args, registers[i].min, registers[i].max);

  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  ((SimBasic *)call->state)->registers[i] = (guint8)value;
  return SIM_OK;
}

/* +CMEE: n */

static SimResult
read_cmee (SimCall *call)
{
  sim_reply (call, "+CMEE: %u", call->port->settings.cmee);
  return SIM_OK;
}

static SimResult
set_cmee (SimCall *call)
{
  guint cmee = sim_arg_uint_or (&call->args, 0, 0, 2);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  call->port->settings.cmee = cmee;
  return SIM_OK;
}

/* ^CURC: n */

static SimResult
read_curc (SimCall *call)
{
  sim_reply (call, "^CURC: %d", call->port->settings.curc);
  return SIM_OK;
}

static SimResult
set_curc (SimCall *call)
{
  guint curc = sim_arg_uint (&call->args, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  call->port->settings.curc = curc != 0;
  return SIM_OK;
}

/* +CSCS: "IRA" */

static SimResult
read_cscs (SimCall *call)
{
  sim_reply (call, "+CSCS: \"%s\"", charsets[((SimBasic *)call->state)->charset]);
  return SIM_OK;
}

static SimResult
set_cscs (SimCall *call)
{
  const char *name = sim_arg_text (&call->args, 8);

  for (guint i = 0; sim_args_end (&call->args) && i < N_CHARSETS; i++)
    if (g_ascii_strcasecmp (charsets[i], name) == 0)
      {
        ((SimBasic *)call->state)->charset = (Charset)i;
        return SIM_OK;
      }
  return SIM_CME_BAD_PARAMETERS;
}

guint
sim_basic_rings (SimModule *module)
{
  return ((const SimBasic *)sim_state (module, &sim_basic_chapter))->registers[0];
}

/* One character of a set of one byte each.  GSM's 0, the commercial at, cannot stand in a string.
 */
static void
append_for_host (GString *out, Charset charset, gunichar character)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  char                   utf8[7] = "";

  (void)g_unichar_to_utf8 (character, utf8);
  if (charset == CHARSET_IRA || character == '@')
    g_string_append_c (out, character < 0x80 ? (char)character : '?');
  else if (sim_gsm7_from_utf8 (utf8, septets))
    g_string_append_len (out, (const char *)septets->data, septets->len);
  else
    g_string_append_c (out, '?');
}

char *
sim_text_for_host (SimModule *module, const char *text)
{
  const SimBasic        *self = sim_state (module, &sim_basic_chapter);
  g_autoptr (GByteArray) units = g_byte_array_new ();
  GString               *out = g_string_new (NULL);

  if (self->charset == CHARSET_UCS2)
    {
      (void)sim_ucs2_from_utf8 (text, units);
      sim_hex (out, units->data, units->len);
      return g_string_free (out, FALSE);
    }
  for (; *text != '\0'; text = g_utf8_next_char (text))
    append_for_host (out, self->charset, g_utf8_get_char (text));
  return g_string_free (out, FALSE);
}

static gboolean
is_ascii (const char *text)
{
  while (*text != '\0' && (guint8)*text < 0x80)
    text++;
  return *text == '\0';
}

char *
sim_text_from_host (SimModule *module, const char *text)
{
  const SimBasic        *self = sim_state (module, &sim_basic_chapter);
  g_autoptr (GByteArray) units = g_byte_array_new ();

  if (self->charset == CHARSET_UCS2)
    return sim_unhex (text, units) && units->len % 2 == 0
               ? sim_ucs2_to_utf8 (units->data, units->len)
               : NULL;
  if (!is_ascii (text))
    return NULL;
  return self->charset == CHARSET_IRA ? g_strdup (text)
                                      : sim_gsm7_to_utf8 ((const guint8 *)text, strlen (text));
}

static void
basic_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimBasic *self = state;

  *self = (SimBasic){ .charset = CHARSET_IRA, .x = 4 };
  for (gsize i = 0; i < G_N_ELEMENTS (registers); i++)
    self->registers[i] = registers[i].initial;
}

#define REGISTER(name)                                                                             \
  {                                                                                                \
    name, .read = read_register, .set = set_register                                               \
  }

static const SimCommand commands[] = {
  { "E", .set = set_echo },
  { "V", .set = set_verbose },
  { "Q", .set = set_quiet },
  { "X", .set = set_x },
  { "Z", .set = restore },
  { "&F", .set = restore },
  REGISTER ("S0"),
  REGISTER ("S3"),
  REGISTER ("S4"),
  REGISTER ("S5"),
  REGISTER ("S6"),
  REGISTER ("S7"),
  REGISTER ("S8"),
  REGISTER ("S10"),
  { "+CMEE", .test = "(0-2)", .read = read_cmee, .set = set_cmee },
  { "^CURC", .test = "(0-1)", .read = read_curc, .set = set_curc },
  { "+CSCS", .test = "(\"IRA\",\"GSM\",\"UCS2\")", .read = read_cscs, .set = set_cscs },
};

const SimChapter sim_basic_chapter = {
  .name = "basic",
  .state_size = sizeof (SimBasic),
  .start = basic_start,
  SIM_ROWS (commands, commands),
};
