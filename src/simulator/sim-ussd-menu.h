/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The services of the network: codes, and menus behind some of them. */
typedef struct
{
  const char *path; /* a code, then one character for each choice */
  const char *text; /* NULL: it never answers */
  gboolean    more; /* it waits for a choice */
} SimUssdPage;

/* NULL: nothing is there. */
const SimUssdPage *sim_ussd_page (const char *path);

/* Where a choice leads; path is changed.  NULL: there is no such choice, the path stays. */
const SimUssdPage *sim_ussd_choose (GString *path, const char *choice);
