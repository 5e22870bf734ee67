/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The newest values of something that is measured once a second, and their drawing on one line. */

#define CTL_RATE_MAX 120 /* values, the width of a wide terminal */

typedef struct
{
  guint64 values[CTL_RATE_MAX]; /* the oldest first */
  guint   n;
} CtlRate;

void ctl_rate_add (CtlRate *self, guint64 value);

/* The newest value; 0: there is none. */
guint64 ctl_rate_last (const CtlRate *self);

/* Exactly width columns, the newest value on the right: a bar for each, as high as it is beside the
 * greatest of those that are shown; only nothing is as low as nothing.  Without unicode, characters
 * that are as dark. */
char *ctl_rate_draw (const CtlRate *self, guint width, gboolean unicode);

/* Bytes as people read them, by powers of 1000: "999 B", "1.2 kB", "18446744.1 TB". */
char *ctl_rate_bytes (guint64 bytes);
