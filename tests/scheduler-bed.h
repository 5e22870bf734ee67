/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-peer.h"
#include "at-scheduler.h"

/* A scheduler that is in order, on a line whose other end the test plays.  After ^SYSSTART it
 * begins again. */
typedef struct
{
  GString     *seen; /* "urc +CREG: 1|ready|timeout|lost|", and what the test adds */
  AtScheduler *scheduler;
  AtPeer      *peer;
} SchedulerBed;

extern SchedulerBed scheduler_bed;

int scheduler_bed_set_up (void **state);
int scheduler_bed_tear_down (void **state);

/* What has been seen since the last look. */
void scheduler_bed_assert_seen (const char *expected);
void scheduler_bed_advance (guint ms);
