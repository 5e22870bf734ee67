/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session-bed.h"

/* A dialogue of tests/dialogues, see its README.md. */
typedef struct Dialogue Dialogue;

Dialogue *dialogue_read (const char *file);
void      dialogue_free (Dialogue *self);

/* Runs it; strict: every step must come out as it is written.  Else something is done to the line,
 * and the steps go on as far as they make sense.  Returns how many bytes the module said. */
gsize dialogue_run (const Dialogue *self, SessionBed *bed, gboolean strict);
