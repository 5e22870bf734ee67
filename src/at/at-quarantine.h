/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Commands that keep timing out on this module: for a while they fail at once, so that one that the
 * firmware does not survive cannot stop the others again and again. */

#define AT_QUARANTINE_SLOTS 8

typedef struct
{
  char   name[24];
  guint  strikes;
  gint64 until; /* of mu_timer_now() */
} AtQuarantineSlot;

typedef struct
{
  AtQuarantineSlot slots[AT_QUARANTINE_SLOTS];
} AtQuarantine;

void     at_quarantine_clear (AtQuarantine *self);
void     at_quarantine_timed_out (AtQuarantine *self, const char *text);
void     at_quarantine_answered (AtQuarantine *self, const char *text);
gboolean at_quarantine_holds (const AtQuarantine *self, const char *text);
