/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session-bed.h"

/* Voice1 of a module that is at home, and what its tests have in common. */
extern SessionBed *voice_bed;

int voice_bed_set_up (void **state);
int voice_bed_tear_down (void **state);

/* +CLCC is asked after what has happened, and answered with these lines. */
void voice_bed_check (const char *answer);
void voice_bed_assert_done (const char *expected); /* of the last call */
