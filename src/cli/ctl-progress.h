/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

#include "mu-timer.h"

/* Says on standard error that something is going on, and for how long: on a terminal, and if it
 * takes longer than half a second; with the note of Ctl, if there is one.  Afterwards nothing of it
 * is left. */
typedef struct
{
  const Ctl  *ctl;
  const char *what; /* NULL: nobody wants to see it */
  MuTimer     timer;
  gint64      start;
  guint       tick;
} CtlProgress;

/* Whether this is a place where it is shown. */
gboolean ctl_progress_is_wanted (const Ctl *ctl);

void ctl_progress_begin (CtlProgress *self, const Ctl *ctl, const char *what);
void ctl_progress_end (CtlProgress *self);
