/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The computer's sleep, by logind: a delay inhibitor is held, so that `suspend` has run before it
 * sleeps.  Where there is no system bus or no logind, nothing happens. */
typedef struct MuSleep MuSleep;

typedef struct
{
  void (*suspend) (gpointer user_data);
  void (*resume) (gpointer user_data);
} MuSleepEvents;

MuSleep *mu_sleep_new (const MuSleepEvents *events, gpointer user_data);
void     mu_sleep_free (MuSleep *self);
