/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session-bed.h"

/* A session whose recorder is watched. */
extern SessionBed *recorder_bed;

int recorder_bed_set_up (void **state);
int recorder_bed_tear_down (void **state);

MuCall *recorder_bed_call (const char *method, const char *args);
/* It records to REC1.AMR, plays REC2.AMR. */
void recorder_bed_record (void);
void recorder_bed_play (void);
/* A call that is refused with that word. */
void recorder_bed_assert_refused (const char *method, const char *args, const char *word);
/* The signals since the last time. */
void recorder_bed_assert_finished (const char *expected);

#define STATE(text)     assert_property (recorder_bed, "Recorder1", "State", text)
#define FILES(text)     assert_property (recorder_bed, "Recorder1", "Files", text)
#define TRANSFER(text)  assert_property (recorder_bed, "Recorder1", "Transfer", text)
#define assert_done(to) assert_string_equal (recorder_bed->done->str, to)
