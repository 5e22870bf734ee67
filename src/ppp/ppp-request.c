/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ppp-request.h"

#include "mu-error.h"

#include <string.h>

/* The first line, which no file has that was made for anything else. */
#define MAGIC "mu709-ppp 1"

static const char *const auth_words[] = {
  [PPP_AUTH_NONE] = "none",
  [PPP_AUTH_PAP] = "pap",
  [PPP_AUTH_CHAP] = "chap",
};

static gboolean
is_line (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return FALSE;
  return TRUE;
}

char *
ppp_request_print (const PppRequest *self, GError **error)
{
  if (self->metric > PPP_MAX_METRIC)
    {
      (void)mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "The metric is more than %u",
                     PPP_MAX_METRIC);
      return NULL;
    }
  if (!is_line (self->user) || !is_line (self->password))
    {
      (void)mu_fail (error, MU_ERROR_INVALID_CHARACTERS,
                     "A control character in the user's name or the password");
      return NULL;
    }
  return g_strdup_printf (MAGIC "\nauth %s\nmetric %u\nuser %s\npassword %s\n",
                          auth_words[self->auth], self->metric, self->user, self->password);
}

/* "NAME VALUE": the value of the line that has to come next. */
static const char *
take (char **lines, guint number, const char *name)
{
  gsize len = strlen (name);

  if (strncmp (lines[number], name, len) != 0 || lines[number][len] != ' ')
    return NULL;
  return is_line (lines[number]) ? lines[number] + len + 1 : NULL;
}

static gboolean
take_auth (const char *word, PppAuth *ret_auth)
{
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (auth_words); i++)
    if (g_str_equal (word, auth_words[i]))
      {
        *ret_auth = (PppAuth)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_metric (const char *text, guint *ret_metric)
{
  guint64 metric;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, PPP_MAX_METRIC, &metric, NULL))
    return FALSE;
  *ret_metric = (guint)metric;
  return TRUE;
}

static gboolean
take_text (const char *text, char ret_text[static PPP_MAX_TEXT + 1])
{
  return text != NULL && g_strlcpy (ret_text, text, PPP_MAX_TEXT + 1) <= PPP_MAX_TEXT;
}

gboolean
ppp_request_parse (const char *text, PppRequest *ret_request, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 7);
  PppRequest     request = { 0 };

  /* the last line ends, too: it has an empty one behind it */
  if (g_strv_length (lines) != 6 || !g_str_equal (lines[0], MAGIC) || lines[5][0] != '\0')
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "Not a request");
  if (!take_auth (take (lines, 1, "auth"), &request.auth)
      || !take_metric (take (lines, 2, "metric"), &request.metric)
      || !take_text (take (lines, 3, "user"), request.user)
      || !take_text (take (lines, 4, "password"), request.password))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "A request with a wrong line");
  *ret_request = request;
  return TRUE;
}
