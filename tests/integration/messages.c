/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "messages.h"

#include "../mu-test.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE_US (30 * G_USEC_PER_SEC)

static GVariant *
list (House *house)
{
  GVariant *reply;

  house_call (house, "Messaging1", "List", "({'limit': <uint32 100000>},)");
  if (house->answer[0] != '(')
    return NULL;
  reply = g_variant_parse (G_VARIANT_TYPE ("(a(oa{sv}))"), house->answer, NULL, NULL, NULL);
  assert_non_null (reply);
  return reply;
}

/* The next message with that text, its properties. */
static GVariant *
next (GVariant *rows, gsize *i, const char *text)
{
  while (*i < g_variant_n_children (rows))
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, (*i)++);
      g_autoptr (GVariant) properties = g_variant_get_child_value (row, 1);
      const char          *own;

      assert_true (g_variant_lookup (properties, "Text", "&s", &own));
      if (g_str_equal (own, text))
        return g_steal_pointer (&properties);
    }
  return NULL;
}

int
messages_count (House *house, const char *text)
{
  g_autoptr (GVariant) reply = list (house);
  g_autoptr (GVariant) rows = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  gsize                at = 0;
  int                  n = 0;

  if (rows == NULL)
    return -1;
  for (;; n++)
    {
      g_autoptr (GVariant) properties = next (rows, &at, text);

      if (properties == NULL)
        return n;
    }
}

void
messages_wait (House *house, const char *text, int count)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      int n = messages_count (house, text);

      if (n == count)
        return;
      if (g_get_monotonic_time () > deadline)
        fail_msg ("'%s' is there %d times, not %d", text, n, count);
      g_usleep (2000);
    }
}

char *
messages_member (House *house, const char *text, const char *member)
{
  g_autoptr (GVariant) reply = list (house);
  g_autoptr (GVariant) rows = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  gsize                at = 0;
  g_autoptr (GVariant) properties = rows != NULL ? next (rows, &at, text) : NULL;
  g_autoptr (GVariant) value
      = properties != NULL ? g_variant_lookup_value (properties, member, NULL) : NULL;

  return value != NULL ? g_variant_print (value, FALSE) : g_strdup ("");
}

guint
messages_sent (House *house)
{
  return (guint)atoi (house_sim (house, "sms-sent"));
}

char *
messages_pdu (const char *text)
{
  g_autofree gunichar2 *units = NULL;
  glong                 n;
  GString              *pdu = g_string_new (NULL);

  units = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);
  g_string_append_printf (pdu, "0791947106000000040391941F000862112271150000%02X", (guint)n * 2);
  for (glong i = 0; i < n; i++)
    g_string_append_printf (pdu, "%04X", units[i]);
  return g_string_free (pdu, FALSE);
}
