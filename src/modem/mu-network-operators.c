/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Searching for networks and choosing one (guide 2.3; 27.007 7.3). */
#include "mu-network-operators.h"

#include "at-cursor.h"
#include "mu-technology.h"

#include <string.h>

/* Scan () → rows
 *
 * +COPS: (2,"A Network","A","26201",2),(3,...),,(0,1,2,3,4),(0,1,2) */

static const char *const scan_status_words[] = { "unknown", "available", "current", "forbidden" };

static void
add_text (GVariantBuilder *row, const char *key, AtCursor *cursor)
{
  AtValue          value;
  g_autofree char *text = NULL;

  if (!at_cursor_next (cursor, &value) || value.len == 0)
    return;
  text = at_value_dup (&value);
  g_variant_builder_add (row, "{sv}", key, g_variant_new_string (text));
}

static void
add_network (GVariantBuilder *rows, const AtValue *group)
{
  AtCursor        cursor;
  AtValue         value;
  guint           number;
  GVariantBuilder row;

  at_cursor_enter (&cursor, group);
  if (!at_cursor_next (&cursor, &value)
      || !at_value_uint (&value, 10, G_N_ELEMENTS (scan_status_words) - 1, &number))
    return;
  g_variant_builder_init (&row, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&row, "{sv}", "status", g_variant_new_string (scan_status_words[number]));
  add_text (&row, "name", &cursor);
  add_text (&row, "short_name", &cursor);
  add_text (&row, "code", &cursor);
  if (at_cursor_next (&cursor, &value) && at_value_uint (&value, 10, 6, &number))
    g_variant_builder_add (
        &row, "{sv}", "technology",
        g_variant_new_string (mu_technology_words[mu_technology_from_act (number)]));
  g_variant_builder_add_value (rows, g_variant_builder_end (&row));
}

static void
scanned (MuService *base G_GNUC_UNUSED, MuCall *call, const AtReply *reply, const GError *error)
{
  AtCursor        cursor;
  AtValue         value;
  GVariantBuilder rows;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  if (reply->n_lines == 0 || !at_cursor_begin (&cursor, reply->lines[0].text, "+COPS"))
    {
      mu_call_reject (call, MU_ERROR_MODEM, "The module did not answer with a list");
      return;
    }
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  while (at_cursor_next (&cursor, &value) && value.group) /* an empty value ends the networks */
    add_network (&rows, &value);
  mu_call_return (call, g_variant_new ("(aa{sv})", &rows));
}

void
mu_network_scan (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  mu_send (base, call, scanned, "+COPS=?");
}

/* Register (code) */

static void
asked_selection (MuService *base G_GNUC_UNUSED, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
                 const GError *error G_GNUC_UNUSED)
{
  mu_call_finish (call);
}

static void
registered (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  mu_call_keep_error (call, error);
  mu_ask (base, call, asked_selection, "+COPS?");
}

void
mu_network_register (MuService *base, GVariant *args, MuCall *call)
{
  enum
  {
    MIN_CODE = 5,
    MAX_CODE = 6
  };
  const char *code;

  g_variant_get (args, "(&s)", &code);
  if (code[0] == '\0')
    mu_send (base, call, registered, "+COPS=0");
  else if (strlen (code) > MAX_CODE)
    mu_call_reject (call, MU_ERROR_TOO_LONG, "A network's code has 5 or 6 digits");
  else if (code[strspn (code, "0123456789")] != '\0')
    mu_call_reject (call, MU_ERROR_INVALID_CHARACTERS, "A network's code has digits only");
  else if (strlen (code) < MIN_CODE)
    mu_call_reject (call, MU_ERROR_INVALID_ARGUMENT, "A network's code has 5 or 6 digits");
  else
    mu_send (base, call, registered, "+COPS=1,2,%s", code);
}
