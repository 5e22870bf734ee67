/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-mask.h"

#include "mu-log.h"

#include <string.h>

#define SHORTEST_SECRET 4 /* digits of a PIN */

/* Lines in which quoted text and numbers are technical.  All others are masked: a new command is
 * private until somebody has thought about it. */
static const char *const technical[] = {
  "+COPS",   "^HCSQ",   "+CSQ",      "^RSSI",      "^MODE",      "^SYSINFO", "^SYSINFOEX",
  "+CFUN",   "+CMEE",   "^CURC",     "+CREG=",     "+CGREG=",    "+CGATT",   "^NWTIME",
  "^SIMST",  "^SRVST",  "^SYSSTART", "+CME ERROR", "+CMS ERROR", "+CGMI",    "+CGMM",
  "+CGMR",   "+CLCK: ", "+CPIN: ",   "^CPIN: ",    "+IPR",       "+IFC",     "^TTSCFG",
  "^AUDEND", "^AUDREC", "^RECCFG",
};

/* Commands that take a PIN or a password, also those that only Modem1.Command sends: whatever the
 * configuration asks for, nobody asks for these. */
static const char *const secrets[] = {
  "CPIN=",    "CPIN2=",     "+CPWD=",   "+CLCK=",   "^CARDLOCK=", "^NDISDUP=",
  "+CGAUTH=", "^AUTHDATA=", "^IPINIT=", "^IPOPEN=", "^SSLMNG=",   "^FOTACFG=",
};

static gboolean
has_secret (const char *text)
{
  g_autofree char *upper = g_ascii_strup (text, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (upper, secrets[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_technical (const char *text)
{
  const char *start = text + (g_ascii_strncasecmp (text, "AT", 2) == 0 ? 2 : 0);

  for (gsize i = 0; i < G_N_ELEMENTS (technical); i++)
    if (g_str_has_prefix (start, technical[i]))
      return strchr (start, ';') == NULL;
  return FALSE;
}

/* The length of a run of characters that may be a secret: hex digits with at least one digit. */
static gsize
secret_run (const char *s)
{
  gsize    n = 0;
  gboolean digits = FALSE;

  for (; g_ascii_isxdigit (s[n]); n++)
    digits |= g_ascii_isdigit (s[n]);
  return digits ? n : 0;
}

/* Tones come one by one, and may be a password: nothing behind it is shown. */
#define TONES "+VTS="

static gboolean
is_tones (const char *text)
{
  return g_ascii_strncasecmp (text, TONES, strlen (TONES)) == 0;
}

char *
at_mask (const char *text)
{
  GString *out;
  gboolean quoted = FALSE;

  if (is_technical (text) || (mu_log_personal () && !has_secret (text)))
    return g_strdup (text);

  out = g_string_new (NULL);
  while (*text != '\0' && !is_tones (text))
    {
      gsize    run = quoted ? strcspn (text, "\"") : secret_run (text);
      gboolean secret = run > 0 && (quoted || run >= SHORTEST_SECRET);

      quoted ^= *text == '"';
      if (secret)
        g_string_append (out, "***");
      else
        g_string_append_c (out, *text);
      text += secret ? run : 1;
    }
  if (*text != '\0')
    g_string_append (out, TONES "***");
  return g_string_free (out, FALSE);
}
