/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-voice-private.h"

/* Those at the other end of the calls, on the simulated clock. */
extern const SimChapter sim_party_chapter;

/* The call was dialled; barred: the network lets nobody through. */
void sim_party_dialled (SimVoice *call, gboolean barred);

/* The call came in: it is given up after so many seconds and, answered, ended after so many more;
 * 0: never. */
void sim_party_calls (SimVoice *call, double gives_up, double hangs_up);
