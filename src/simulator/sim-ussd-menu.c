/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-ussd-menu.h"

#include <string.h>

#define BACK "9"

static const SimUssdPage pages[] = {
  { "*100#", "Balance: 12.34 EUR", FALSE },
  { "*101#", "Thanks!", FALSE }, /* seven characters: packed, a CR fills the last byte */
  { "*123#", "1 Balance\n2 Tariffs\n3 Language\n0 Exit", TRUE },
  { "*123#0", "Good bye.", FALSE },
  { "*123#1", "Balance: 12.34 EUR", FALSE },
  { "*123#2", "1 Day\n2 Month\n9 Back", TRUE },
  { "*123#21", "Day is booked.", FALSE },
  { "*123#22", "Month: 9.99 €\n1 Yes\n2 No\n9 Back", TRUE },
  { "*123#221", "Month is booked.", FALSE },
  { "*123#222", "Nothing is booked.", FALSE },
  { "*123#3", "Выбран русский язык.", FALSE },
  { "*199#", NULL, FALSE },
};

const SimUssdPage *
sim_ussd_page (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].path, path))
      return &pages[i];
  return NULL;
}

/* The code itself cannot be left. */
static gboolean
has_parent (const GString *path)
{
  return path->len > 0 && path->str[path->len - 1] != '#';
}

const SimUssdPage *
sim_ussd_choose (GString *path, const char *choice)
{
  const SimUssdPage *page;
  gsize              length = path->len;

  if (strlen (choice) != 1)
    return NULL;
  if (g_str_equal (choice, BACK) && has_parent (path))
    g_string_truncate (path, length - 1);
  else
    g_string_append (path, choice);
  page = sim_ussd_page (path->str);
  if (page == NULL)
    g_string_truncate (path, length);
  return page;
}
