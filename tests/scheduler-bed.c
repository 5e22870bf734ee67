/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scheduler-bed.h"

#include "mu-error.h"
#include "mu-test.h"
#include "mu-timer.h"

SchedulerBed scheduler_bed;

static void
on_unsolicited (const AtLine *line, gpointer user_data G_GNUC_UNUSED)
{
  g_autoptr (GError) why = NULL;

  g_string_append_printf (scheduler_bed.seen, "urc %s|", line->text);
  if (!g_str_equal (line->text, "^SYSSTART"))
    return;
  why = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, "restarted");
  at_scheduler_stop (scheduler_bed.scheduler, why);
  at_scheduler_start (scheduler_bed.scheduler, AT_SYNC_OPEN);
}

static void
on_ready (gpointer user_data G_GNUC_UNUSED)
{
  g_string_append (scheduler_bed.seen, "ready|");
}

static void
on_timeout (gpointer user_data G_GNUC_UNUSED)
{
  g_string_append (scheduler_bed.seen, "timeout|");
}

static void
on_lost (const GError *why G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append (scheduler_bed.seen, "lost|");
}

static const AtSchedulerEvents events = { on_unsolicited, on_ready, on_timeout, on_lost };

void
scheduler_bed_assert_seen (const char *expected)
{
  at_peer_settle ();
  assert_string_equal (scheduler_bed.seen->str, expected);
  g_string_truncate (scheduler_bed.seen, 0);
}

void
scheduler_bed_advance (guint ms)
{
  mu_timer_advance (ms);
  at_peer_settle ();
}

int
scheduler_bed_set_up (void **state G_GNUC_UNUSED)
{
  int fd;

  scheduler_bed.seen = g_string_new (NULL);
  scheduler_bed.peer = at_peer_new (&fd);
  scheduler_bed.scheduler = at_scheduler_new ("test", &events, NULL);
  at_scheduler_add_port (scheduler_bed.scheduler, AT_PORT_MAIN, fd, "test");
  at_scheduler_start (scheduler_bed.scheduler, AT_SYNC_OPEN);
  at_peer_sync (scheduler_bed.peer);
  scheduler_bed_assert_seen ("urc +CFUN: 1|ready|");
  return 0;
}

int
scheduler_bed_tear_down (void **state G_GNUC_UNUSED)
{
  g_clear_pointer (&scheduler_bed.scheduler, at_scheduler_free);
  at_peer_free (scheduler_bed.peer);
  g_string_free (scheduler_bed.seen, TRUE);
  return 0;
}
