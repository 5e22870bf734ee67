/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-ndis.h"

#include "at-cursor.h"

#include <string.h>

/* ---- states ---- */

#define MAX_VALUES 5 /* of one family: <cid>,<stat>,<err>,<wx_state>,<PDP type> */

static gboolean
is_family (const AtValue *value)
{
  return value->len >= 2 && g_ascii_strncasecmp (value->start, "IP", 2) == 0;
}

/* values: those of one family, without its name */
static gboolean
take_group (const AtValue *values, guint n, const AtValue *family, MuNdisStat *ret)
{
  guint first = n == MAX_VALUES - 1 ? 1 : 0;
  guint state;

  *ret = (MuNdisStat){ .ipv6 = family != NULL && memchr (family->start, '6', family->len) != NULL
                               && memchr (family->start, '4', family->len) == NULL };
  if (first == 1 && !at_value_uint (&values[0], 10, G_MAXUINT, &ret->cid))
    return FALSE;
  if (n == 0 || !at_value_uint (&values[first], 10, MU_NDIS_DISCONNECTING, &state))
    return FALSE;
  ret->state = (MuNdisState)state;
  if (n > first + 1 && !at_value_uint (&values[first + 1], 10, 255, &ret->cause))
    ret->cause = 0;
  return TRUE;
}

guint
mu_ndis_parse (const AtLine *line, MuNdisStat *ret, guint max)
{
  g_autofree char *prefix = g_strndup (line->text, at_line_prefix_len (line));
  AtCursor         cursor;
  AtValue          values[MAX_VALUES], value;
  guint            n = 0, n_stats = 0;

  if (!at_cursor_begin (&cursor, line->text, prefix))
    return 0;
  while (n_stats < max && at_cursor_next (&cursor, &value))
    if (is_family (&value))
      {
        if (!take_group (values, n, &value, &ret[n_stats]))
          return 0;
        n_stats++;
        n = 0;
      }
    else if (n < MAX_VALUES - 1)
      values[n++] = value;
    else
      return 0;
  if (n_stats == 0 && take_group (values, n, NULL, &ret[0]))
    n_stats = 1;
  return n_stats;
}

/* ---- addresses ---- */

static void
print_address (guint number, char ret[16])
{
  g_snprintf (ret, 16, "%u.%u.%u.%u", number & 0xff, number >> 8 & 0xff, number >> 16 & 0xff,
              number >> 24);
}

gboolean
mu_ndis_parse_dhcp (const AtLine *line, MuNdisDhcp *ret)
{
  AtCursor cursor;
  AtValue  value;
  guint    numbers[6] = { 0 };

  if (!at_cursor_begin (&cursor, line->text, "^DHCP"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers) && at_cursor_next (&cursor, &value); i++)
    if (!at_value_uint (&value, 16, G_MAXUINT32, &numbers[i]))
      numbers[i] = 0; /* not known */
  if (numbers[0] == 0)
    return FALSE;
  *ret = (MuNdisDhcp){ .prefix = (guint)__builtin_popcount (numbers[1]) };
  print_address (numbers[0], ret->address);
  if (numbers[2] != 0)
    print_address (numbers[2], ret->gateway);
  for (gsize i = 0; i < G_N_ELEMENTS (ret->dns); i++)
    if (numbers[4 + i] != 0)
      print_address (numbers[4 + i], ret->dns[i]);
  return TRUE;
}
