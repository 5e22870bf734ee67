/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-number.h"

#include <string.h>

#define COUNTRY       "86" /* guide 8.5.1: 13903710453 comes back as +8613903710453 */
#define INTERNATIONAL "00"
#define SHORT_CODE    6u /* up to here it is a service of the network's own */

gboolean
sim_number_valid (const char *number)
{
  number += number[0] == '+';
  return number[0] != '\0' && strspn (number, "0123456789*#") == strlen (number);
}

static gboolean
is_complete (const char *number)
{
  return number[0] == '+' || g_str_has_prefix (number, INTERNATIONAL);
}

char *
sim_number_complete (const char *number)
{
  if (number[0] == '+' || strlen (number) <= SHORT_CODE)
    return g_strdup (number);
  if (is_complete (number))
    return g_strconcat ("+", number + strlen (INTERNATIONAL), NULL);
  return g_strconcat ("+" COUNTRY, number + (number[0] == '0'), NULL);
}

gboolean
sim_number_international (const char *number)
{
  g_autofree char *complete = sim_number_complete (number);

  return is_complete (number) && !g_str_has_prefix (complete, "+" COUNTRY);
}
