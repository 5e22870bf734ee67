/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-progress.h"

#include <unistd.h>

#define FIRST_MS 500
#define NEXT_MS  125

/* ECMA-48 8.3.41: erase to the end of the line */
#define ERASE "\r\033[K"

/* With --json, a program that reads standard output shows its own progress, if any. */
gboolean
ctl_progress_is_wanted (const Ctl *ctl)
{
  return ctl_style_is_terminal (STDERR_FILENO)
         && (!ctl->options.json || ctl_style_is_terminal (STDOUT_FILENO));
}

static void
on_time (gpointer user_data)
{
  static const char frames[] = { '|', '/', '-', '\\' };
  CtlProgress      *self = user_data;
  const char       *note = self->ctl->note;
  gint64            seconds = (mu_timer_now () - self->start) / G_USEC_PER_SEC;

  g_printerr (ERASE "%c %s, %s%s%" G_GINT64_FORMAT " s", frames[self->tick++ % sizeof frames],
              self->what, note != NULL ? note : "", note != NULL ? ", " : "", seconds);
  mu_timer_start (&self->timer, NEXT_MS);
}

void
ctl_progress_begin (CtlProgress *self, const Ctl *ctl, const char *what)
{
  *self = (CtlProgress){
    .ctl = ctl,
    .what = ctl_progress_is_wanted (ctl) ? what : NULL,
    .start = mu_timer_now (),
  };
  mu_timer_init (&self->timer, on_time, self);
  if (self->what != NULL)
    mu_timer_start (&self->timer, FIRST_MS);
}

void
ctl_progress_end (CtlProgress *self)
{
  if (self->tick > 0)
    g_printerr (ERASE);
  mu_timer_clear (&self->timer);
}
