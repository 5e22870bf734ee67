/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Access points by operator, from the public list mobile-broadband-provider-info (its format 2.0).
 */

#define MU_APN_LIST "/usr/share/mobile-broadband-provider-info/serviceproviders.xml"

typedef struct
{
  char apn[100];
  char user[100];
  char password[100];
} MuApn;

/* The first of the operator's access points to the internet.  code: MCC and MNC, "26201".  FALSE:
 * not there, or there is no such file, or it is damaged before that. */
gboolean mu_apn_find (const char *file, const char *code, MuApn *ret);
