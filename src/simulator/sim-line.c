/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-line.h"

#define BACKSPACE '\b'

void
sim_line_init (SimLine *self)
{
  *self = (SimLine){ .text = g_string_new (NULL) };
}

void
sim_line_clear (SimLine *self)
{
  g_string_free (self->text, TRUE);
  self->text = NULL;
}

void
sim_line_reset (SimLine *self)
{
  self->state = SIM_LINE_IDLE;
  self->overrun = FALSE;
}

static SimLineEvent
feed_prefix (SimLine *self, char byte)
{
  self->state = SIM_LINE_IDLE;
  if (byte == '/')
    return SIM_LINE_AGAIN;
  if (g_ascii_toupper (byte) == 'A')
    self->state = SIM_LINE_PREFIX;
  if (g_ascii_toupper (byte) != 'T')
    return SIM_LINE_MORE;
  self->state = SIM_LINE_BODY;
  g_string_truncate (self->text, 0);
  return SIM_LINE_MORE;
}

static SimLineEvent
end_line (SimLine *self)
{
  SimLineEvent event = self->overrun ? SIM_LINE_TOO_LONG : SIM_LINE_READY;

  sim_line_reset (self);
  return event;
}

static SimLineEvent
feed_body (SimLine *self, char byte)
{
  if (byte == '\r')
    return end_line (self);
  if (byte == BACKSPACE && self->text->len > 0)
    g_string_truncate (self->text, self->text->len - 1);
  if ((guchar)byte < ' ')
    return SIM_LINE_MORE; /* V.250 5.2.2: other control characters do not count */
  if (self->text->len == SIM_MAX_LINE)
    self->overrun = TRUE;
  else
    g_string_append_c (self->text, byte);
  return SIM_LINE_MORE;
}

SimLineEvent
sim_line_feed (SimLine *self, char byte)
{
  switch (self->state)
    {
    case SIM_LINE_IDLE:
      if (g_ascii_toupper (byte) == 'A')
        self->state = SIM_LINE_PREFIX;
      return SIM_LINE_MORE;
    case SIM_LINE_PREFIX: return feed_prefix (self, byte);
    case SIM_LINE_BODY: return feed_body (self, byte);
    }
  g_assert_not_reached ();
}
