/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What the place that is written to can show. */
typedef struct
{
  gboolean color;
  gboolean unicode;
  guint    width; /* columns */
} CtlStyle;

typedef enum
{
  CTL_PEN_PLAIN,
  CTL_PEN_BOLD,
  CTL_PEN_DIM,
  CTL_PEN_GOOD,
  CTL_PEN_WARNING,
  CTL_PEN_BAD,
} CtlPen;

/* Of standard output.  Colour only on a terminal, and not against the wish of NO_COLOR
 * (https://no-color.org). */
CtlStyle ctl_style_of_output (gboolean no_color);

/* Whether fd is a terminal that understands more than lines. */
gboolean ctl_style_is_terminal (int fd);

void ctl_style_append (const CtlStyle *style, GString *out, CtlPen pen, const char *text);

/* A state in the colour of how good it is: "ready" is green. */
void ctl_style_append_state (const CtlStyle *style, GString *out, const char *state);
