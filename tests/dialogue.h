/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session-bed.h"

/* A dialogue of tests/dialogues, see its README.md. */
typedef struct Dialogue Dialogue;

Dialogue *dialogue_read (const char *file);
void      dialogue_free (Dialogue *self);

/* Runs it; strict: every step must come out as it is written.  Else something is done to the line,
 * and the steps go on as far as they make sense. */
void dialogue_run (Dialogue *self, SessionBed *bed, gboolean strict);

/* How many bytes the module said in the last run, and in its beginning, before the first step; 0 if
 * that has answers of its own. */
gsize dialogue_said (const Dialogue *self);
gsize dialogue_said_before (const Dialogue *self);
