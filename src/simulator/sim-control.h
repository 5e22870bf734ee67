/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The control language: a line is a verb and its arguments, the answer is "ok", "ok TEXT" or
 * "error TEXT".  An answer of several lines begins with "ok N", N being how many follow.  The
 * socket and D-Bus carry the same lines. */

typedef struct
{
  const SimVerb *row;
  gpointer       state; /* of its chapter */
} SimVerbEntry;

/* Does what the line says; the caller frees the answer, which does not end in a line end. */
char *sim_control_do (SimModule *module, const char *line);

/* The verb that begins the line, which moves behind it. */
const SimVerbEntry *sim_control_verb (SimModule *module, const char **line, GError **error);

/* Drops what the verb "at" has put off. */
void sim_control_forget (SimModule *module);

/* Answers with "ok N" and the lines of text. */
void sim_control_lines (GString *answer, const char *text);

/* The verbs help, at, state, log, speed, advance. */
extern const SimChapter sim_control_chapter;
