/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-apn.h"

#include <stdio.h>
#include <string.h>

#define CHUNK 16384

/* <provider> ... <gsm><network-id mcc="262" mnc="01"/><apn value="x"><usage type="internet"/>
 *   <username>u</username><password>p</password></apn></gsm></provider> */
typedef struct
{
  const char *code;
  gboolean    here;  /* in a <gsm> that has the operator */
  gboolean    other; /* in an <apn> that is for something else, such as mms */
  char       *text;  /* of the innermost element, where it goes; NULL: it is of no use */
  MuApn       apn;
  gboolean    found;
} Search;

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (; *names != NULL; names++, values++)
    if (g_str_equal (*names, name))
      return *values;
  return "";
}

static void
begin_apn (Search *self, const char *value)
{
  self->apn = (MuApn){ { 0 }, { 0 }, { 0 } };
  self->other = strlen (value) >= sizeof self->apn.apn || value[0] == '\0';
  g_strlcpy (self->apn.apn, value, sizeof self->apn.apn);
}

static void
on_start (GMarkupParseContext *context G_GNUC_UNUSED, const char *element, const char **names,
          const char **values, gpointer user_data, GError **error G_GNUC_UNUSED)
{
  Search *self = user_data;

  self->text = NULL;
  if (self->found)
    return;
  if (g_str_equal (element, "gsm"))
    self->here = FALSE;
  else if (g_str_equal (element, "network-id"))
    {
      g_autofree char *code
          = g_strconcat (attribute (names, values, "mcc"), attribute (names, values, "mnc"), NULL);

      self->here |= g_str_equal (code, self->code);
    }
  else if (g_str_equal (element, "apn"))
    begin_apn (self, attribute (names, values, "value"));
  else if (g_str_equal (element, "usage"))
    self->other |= !g_str_equal (attribute (names, values, "type"), "internet");
  else if (g_str_equal (element, "username"))
    self->text = self->apn.user;
  else if (g_str_equal (element, "password"))
    self->text = self->apn.password;
}

static void
on_text (GMarkupParseContext *context G_GNUC_UNUSED, const char *text, gsize len,
         gpointer user_data, GError **error G_GNUC_UNUSED)
{
  Search *self = user_data;

  if (self->text == NULL)
    return;
  if (len >= sizeof self->apn.user)
    self->other = TRUE;
  else
    g_strlcpy (self->text, text, len + 1);
}

static void
on_end (GMarkupParseContext *context G_GNUC_UNUSED, const char *element, gpointer user_data,
        GError **error G_GNUC_UNUSED)
{
  Search *self = user_data;

  self->text = NULL;
  if (g_str_equal (element, "apn") && self->here && !self->other)
    self->found = TRUE;
  if (g_str_equal (element, "gsm"))
    self->here = FALSE;
}

static const GMarkupParser parser = { on_start, on_end, on_text, NULL, NULL };

gboolean
mu_apn_find (const char *file, const char *code, MuApn *ret)
{
  Search                          search = { .code = code };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &search, NULL);
  FILE    *in = fopen (file, "re");
  char     chunk[CHUNK];
  gsize    len;
  gboolean ok = in != NULL;

  while (ok && !search.found && (len = fread (chunk, 1, sizeof chunk, in)) > 0)
    ok = g_markup_parse_context_parse (context, chunk, (gssize)len, NULL);
  if (in != NULL)
    fclose (in);
  if (search.found)
    *ret = search.apn;
  return search.found;
}
