/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Voice1's methods: dialling, and what is done to several calls (22.030 6.5.5). */
#include "mu-voice-private.h"

#include "mu-emergency.h"
#include "mu-keys.h"

#include "at-format.h"

#include <string.h>

#define MAX_DIGITS 40 /* 27.007 6.2 */

/* ---- Dial ---- */

static const MuKey dial_keys[] = {
  { "clir", "s" },
};

/* What stands behind the number: 27.007 6.2, I hides, i shows. */
static const char *const clir_words[] = { "default", "hide", "show" };
static const char *const clir_formats[] = { "D%d;", "D%dI;", "D%di;" };

static gboolean
read_clir (GVariant *options, guint *ret_clir, GError **error)
{
  const char *word = "default";

  if (!mu_keys_check (dial_keys, G_N_ELEMENTS (dial_keys), options, error))
    return FALSE;
  (void)g_variant_lookup (options, "clir", "&s", &word);
  for (*ret_clir = 0; *ret_clir < G_N_ELEMENTS (clir_words); ++*ret_clir)
    if (g_str_equal (clir_words[*ret_clir], word))
      return TRUE;
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "clir is default, hide or show");
}

static gboolean
check_number (const char *number, GError **error)
{
  const char *digits = number[0] == '+' ? number + 1 : number;

  if (digits[0] == '\0')
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "An empty number");
  if (strlen (digits) > MAX_DIGITS)
    return mu_fail (error, MU_ERROR_TOO_LONG, "A number has at most %d digits", MAX_DIGITS);
  if (digits[strspn (digits, "0123456789*#")] != '\0')
    return mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "Not a telephone number");
  return TRUE;
}

/* Which object it has become, 0: there are too many.  ^ORIG may have been there already, and even
 * the end of the call. */
static guint
end_dialling (MuVoice *self, MuCall *call)
{
  gboolean     is_newest = self->dialler == call;
  MuVoiceCall *found = NULL;
  const char  *number;

  if (is_newest && self->dialled != 0)
    return self->dialled;
  g_variant_get_child (mu_call_args (call), 0, "&s", &number);
  if (!is_newest)
    found = mu_call_table_in (&self->table, MU_CALL_DIALING);
  if (found == NULL)
    found = mu_call_table_dialled (&self->table, number);
  return found != NULL ? found->object : 0;
}

/* No answer to ATD does not matter after ^ORIG. */
static gboolean
has_begun (MuVoice *self, const GError *error)
{
  return error == NULL
         || (g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT)
             && mu_call_table_find (&self->table, self->dialled) != NULL);
}

static void
forget_dialling (MuVoice *self, const MuCall *call)
{
  if (self->dialler != call)
    return; /* a call for help has taken its place */
  self->dialler = NULL;
  self->dialling[0] = '\0';
}

static void
on_dialled (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuVoice         *self = (MuVoice *)base;
  g_autofree char *path = NULL;
  guint            object;

  mu_voice_check (self);
  if (!has_begun (self, error))
    {
      forget_dialling (self, call);
      mu_call_fail (call, error);
      return;
    }
  object = end_dialling (self, call);
  forget_dialling (self, call);
  path = mu_voice_path (self, object);
  if (object != 0)
    mu_call_return (call, g_variant_new ("(o)", path));
  else
    mu_call_reject (call, MU_ERROR_BUSY, "There are too many calls");
}

static gboolean
is_setting_up (MuVoice *self)
{
  return self->dialling[0] != '\0' || mu_call_table_in (&self->table, MU_CALL_DIALING) != NULL
         || mu_call_table_in (&self->table, MU_CALL_ALERTING) != NULL
         || mu_call_table_in (&self->table, MU_CALL_INCOMING) != NULL;
}

static void
dial (MuService *base, GVariant *args, MuCall *call)
{
  MuVoice             *self = (MuVoice *)base;
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GError)   error = NULL;
  const char          *number;
  guint                clir = 0;

  g_variant_get (args, "(&s@a{sv})", &number, &options);
  if (!check_number (number, &error) || !read_clir (options, &clir, &error))
    mu_call_fail (call, error);
  else if (is_setting_up (self) && !mu_emergency_is_number (number))
    mu_call_reject (call, MU_ERROR_BUSY, "Another call is being set up");
  else
    {
      self->dialled = 0;
      self->dialler = call;
      g_strlcpy (self->dialling, number, sizeof self->dialling);
      if (!mu_send (base, call, on_dialled, clir_formats[clir], number))
        forget_dialling (self, call);
    }
}

/* ---- several calls ---- */

typedef struct
{
  const char *method;
  const char *command;
  MuCallState wants; /* there must be one that is so */
  gboolean    alone; /* and none that is held or waits */
  gboolean    other; /* and another that is held */
} Control;

static const Control controls[] = {
  { "Hold", "+CHLD=2", MU_CALL_ACTIVE, .alone = TRUE },
  { "Swap", "+CHLD=2", MU_CALL_HELD },
  { "Join", "+CHLD=3", MU_CALL_ACTIVE, .other = TRUE },
  { "Transfer", "+CHLD=4", MU_CALL_HELD },
  { "HoldAndAnswer", "+CHLD=2", MU_CALL_WAITING },
  { "ReleaseAndAnswer", "+CHLD=1", MU_CALL_WAITING },
};

static gboolean
is_possible (MuVoice *self, const Control *control)
{
  gboolean held = mu_call_table_in (&self->table, MU_CALL_HELD) != NULL;
  gboolean waiting = mu_call_table_in (&self->table, MU_CALL_WAITING) != NULL;

  return mu_call_table_in (&self->table, control->wants) != NULL
         && !(control->alone && (held || waiting)) && (!control->other || held);
}

static void
control (MuService *base, const char *method, MuCall *call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (controls[i].method, method))
      {
        if (is_possible ((MuVoice *)base, &controls[i]))
          mu_send (base, call, mu_voice_controlled, controls[i].command);
        else
          mu_call_reject (call, MU_ERROR_NOT_ALLOWED, "The calls are not in a state for it");
      }
}

#define CONTROL(name, method)                                                                      \
  static void name (MuService *self, GVariant *args G_GNUC_UNUSED, MuCall *call)                   \
  {                                                                                                \
    control (self, method, call);                                                                  \
  }

CONTROL (hold, "Hold")
CONTROL (swap, "Swap")
CONTROL (join, "Join")
CONTROL (transfer, "Transfer")
CONTROL (hold_and_answer, "HoldAndAnswer")
CONTROL (release_and_answer, "ReleaseAndAnswer")

static void
hung_up_all (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  MuCallTable *table = &((MuVoice *)base)->table;

  for (guint i = 0; i < table->calls->len && error == NULL; i++)
    ((MuVoiceCall *)g_ptr_array_index (table->calls, i))->released = TRUE;
  mu_voice_done (base, call, reply, error);
}

static void
hang_up_all (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  mu_send (base, call, hung_up_all, "H");
}

const MuOp mu_voice_ops[8] = {
  { "Dial", .run = dial },
  { "HangupAll", .run = hang_up_all, .stands = TRUE },
  { "Hold", .run = hold },
  { "Swap", .run = swap },
  { "Join", .run = join },
  { "Transfer", .run = transfer },
  { "HoldAndAnswer", .run = hold_and_answer },
  { "ReleaseAndAnswer", .run = release_and_answer },
};
