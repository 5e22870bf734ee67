/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Makes command lines of bytes (V.250 5.2): waits for "AT", lets backspace edit, ends at CR. */

#define SIM_MAX_LINE 8192u

typedef enum
{
  SIM_LINE_MORE,
  SIM_LINE_READY,    /* the line's text, what stands between AT and CR, is in text */
  SIM_LINE_AGAIN,    /* "A/": the line before once more; text is untouched since then */
  SIM_LINE_TOO_LONG, /* a line ended of which more than SIM_MAX_LINE bytes came */
} SimLineEvent;

typedef enum
{
  SIM_LINE_IDLE,
  SIM_LINE_PREFIX, /* A came */
  SIM_LINE_BODY,   /* AT came */
} SimLineState;

typedef struct
{
  SimLineState state;
  GString     *text;
  gboolean     overrun;
} SimLine;

void         sim_line_init (SimLine *self);
void         sim_line_clear (SimLine *self);
SimLineEvent sim_line_feed (SimLine *self, char byte);

/* Forgets a line that has begun. */
void sim_line_reset (SimLine *self);
