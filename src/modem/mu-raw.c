/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-raw.h"

#include "at-command.h"
#include "mu-error.h"

#include <string.h>

#define MAX_TEXT       1024
#define MIN_TIMEOUT_MS 100
#define MAX_TIMEOUT_MS 600000

typedef struct
{
  const char *start; /* of a command */
  const char *why;
} Refused;

static const char setting[] = "the daemon relies on this setting";
static const char data[] = "it would put the port in data mode";
static const char prompt[] = "it waits for more than a line";

/* Queries ("+CMEE?") pass where only the set form, with its "=", stands here. */
static const Refused refused[] = {
  { "E", setting },         { "Q", setting },         { "V", setting },
  { "Z", setting },         { "&F", setting },        { "&D", setting },
  { "&C", setting },        { "S", setting },         { "+CMEE=", setting },
  { "^CURC=", setting },    { "+CREG=", setting },    { "+CGREG=", setting },
  { "+COPS=3", setting },   { "+CSCS=", setting },    { "+CMGF=", setting },
  { "+CNMI=", setting },    { "+CPMS=", setting },    { "+CSMS=", setting },
  { "+CLIP=", setting },    { "+CCWA=", setting },    { "+CUSD=0", setting },
  { "^USSDMODE", setting }, { "+IPR=", setting },     { "+IFC=", setting },
  { "+ICF=", setting },     { "^PORTSEL=", setting }, { "^SETPORT=", setting },
  { "+CMUX", data },        { "+CGDATA", data },      { "O", data },
  { "D*", data },           { "DT*", data },          { "DP*", data },
  { "^IPENTRANS=", data },  { "^FWLOAD", data },      { "+CMGS=", prompt },
  { "+CMGW=", prompt },     { "+CMGC=", prompt },     { "^IPSENDEX=", prompt },
};

/* Dialling without ";" at the end is a data call (27.007 6.2). */
static gboolean
is_data_call (const char *start, gsize len)
{
  return g_ascii_toupper (start[0]) == 'D' && start[len] != ';';
}

/* "+NAME=?" */
static gboolean
is_test (const char *start, gsize len)
{
  return len > 2 && strchr ("+^", start[0]) != NULL && start[len - 2] == '='
         && start[len - 1] == '?';
}

/* NULL: it may pass */
static const char *
why_not (const char *start, gsize len)
{
  if (is_test (start, len))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (len >= strlen (refused[i].start)
        && g_ascii_strncasecmp (start, refused[i].start, strlen (refused[i].start)) == 0)
      return refused[i].why;
  return is_data_call (start, len) ? data : NULL;
}

static gboolean
check_text (const char *text, GError **error)
{
  if (strlen (text) > MAX_TEXT)
    return mu_fail (error, MU_ERROR_TOO_LONG, "More than %d characters", MAX_TEXT);
  for (const char *s = text; *s != '\0'; s++)
    if (g_ascii_iscntrl (*s))
      return mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "A command has no control characters");
  if (g_ascii_strncasecmp (text, "AT", 2) != 0)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "A command begins with AT");
  return TRUE;
}

gboolean
mu_raw_check (const char *text, guint timeout_ms, GError **error)
{
  const char *rest, *start, *why;
  gsize       len;

  if (timeout_ms != 0 && (timeout_ms < MIN_TIMEOUT_MS || timeout_ms > MAX_TIMEOUT_MS))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "The time-out is 0, or %d to %d ms",
                    MIN_TIMEOUT_MS, MAX_TIMEOUT_MS);
  if (!check_text (text, error))
    return FALSE;
  for (rest = text + 2; (rest = at_command_next (rest, &start, &len)) != NULL;)
    if ((why = why_not (start, len)) != NULL)
      return mu_fail (error, MU_ERROR_NOT_ALLOWED, "Refused: %s", why);
  return TRUE;
}

GVariant *
mu_raw_body (const AtLine *line)
{
  GString *hex;

  if (g_utf8_validate_len (line->body, line->body_len, NULL))
    return g_variant_new_string (line->body);
  hex = g_string_new (NULL);
  for (gsize i = 0; i < line->body_len; i++)
    g_string_append_printf (hex, "%02X", (guchar)line->body[i]);
  return g_variant_new_take_string (g_string_free (hex, FALSE));
}
