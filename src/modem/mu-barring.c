/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Call barring (guide 8.7; 27.007 7.4, 7.5; 22.088).  The password is the network's: 22.004 5.2. */
#include "mu-supplementary-private.h"

#include "mu-error.h"

#include <string.h>

#define PASSWORD_DIGITS 4

typedef struct
{
  const char *word;
  const char *code;
  guint       means; /* bits of questions */
} Facility;

enum
{
  AO, /* all that go */
  OI, /* those abroad */
  OX, /* those abroad but for home */
  AI, /* all that come */
  IR, /* all that come while roaming */
};

static const MuQuestion questions[] = {
  [AO] = { "ao", "+CLCK=\"AO\",2" }, [OI] = { "oi", "+CLCK=\"OI\",2" },
  [OX] = { "ox", "+CLCK=\"OX\",2" }, [AI] = { "ai", "+CLCK=\"AI\",2" },
  [IR] = { "ir", "+CLCK=\"IR\",2" },
};

#define OUTGOING (1 << AO | 1 << OI | 1 << OX)
#define INCOMING (1 << AI | 1 << IR)

/* The last three are sums, which can only be switched off. */
static const Facility facilities[] = {
  { "ao", "AO", 1 << AO },  { "oi", "OI", 1 << OI },  { "ox", "OX", 1 << OX },
  { "ai", "AI", 1 << AI },  { "ir", "IR", 1 << IR },  { "ab", "AB", OUTGOING | INCOMING },
  { "ag", "AG", OUTGOING }, { "ac", "AC", INCOMING },
};

static const Facility *
read_facility (const char *word, GError **error)
{
  for (const Facility *f = facilities; f < facilities + G_N_ELEMENTS (facilities); f++)
    if (g_str_equal (f->word, word))
      return f;
  (void)mu_fail (error, MU_ERROR_INVALID_ARGUMENT,
                 "There is no facility '%s': ao, oi, ox, ai, ir, ab, ag or ac", word);
  return NULL;
}

static gboolean
is_sum (const Facility *facility)
{
  return (facility->means & (facility->means - 1)) != 0;
}

static gboolean
check_password (const char *password, GError **error)
{
  gsize len = strlen (password);

  if (len > PASSWORD_DIGITS)
    return mu_fail (error, MU_ERROR_TOO_LONG, "A password has %d digits", PASSWORD_DIGITS);
  if (strspn (password, "0123456789") != len)
    return mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "A password has digits only");
  if (len < PASSWORD_DIGITS)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "A password has %d digits", PASSWORD_DIGITS);
  return TRUE;
}

/* GetBarring (facility) → rows */

static const AtRecord     clck = AT_RECORD ("+CLCK", MuAnswer, mu_answer_fields);
static const MuSurveyKind survey = { &clck, "facility", questions, G_N_ELEMENTS (questions) };

void
mu_barring_get (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *word;
  const Facility    *facility;

  g_variant_get (args, "(&s)", &word);
  facility = read_facility (word, &error);
  if (facility != NULL)
    mu_survey_begin ((MuSupplementary *)base, call, &survey, facility->means);
  else
    mu_call_fail (call, error);
}

/* SetBarring (facility, on, password) */

void
mu_barring_set (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *word, *password;
  gboolean           on;
  const Facility    *facility;

  g_variant_get (args, "(&sb&s)", &word, &on, &password);
  facility = read_facility (word, &error);
  if (facility == NULL || !check_password (password, &error))
    mu_call_fail (call, error);
  else if (is_sum (facility) && on)
    mu_call_reject (call, MU_ERROR_INVALID_ARGUMENT, "%s can only be switched off", word);
  else if (is_sum (facility))
    mu_send (base, call, mu_supplementary_done, "+CLCK=%s,0,%p", facility->code, password);
  else
    mu_send (base, call, mu_supplementary_done, "+CLCK=%s,%b,%p,%u", facility->code, on, password,
             MU_CLASS_VOICE);
}

/* ChangeBarringPassword (facility, old, new) */

void
mu_barring_change_password (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *word, *old_password, *new_password;
  const Facility    *facility;

  g_variant_get (args, "(&s&s&s)", &word, &old_password, &new_password);
  facility = read_facility (word, &error);
  if (facility == NULL || !check_password (old_password, &error)
      || !check_password (new_password, &error))
    mu_call_fail (call, error);
  else
    mu_send (base, call, mu_supplementary_done, "+CPWD=%s,%p,%p", facility->code, old_password,
             new_password);
}
