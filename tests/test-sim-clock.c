/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-clock.h"

typedef struct
{
  SimTimer timer;
  GString *diary;
  char     letter;
  gint64   again; /* restarts itself so much later */
} Event;

static void
write_letter (gpointer event)
{
  Event *self = event;

  g_string_append_c (self->diary, self->letter);
  if (self->again > 0)
    sim_timer_start (&self->timer, self->again);
}

static void
event_init (Event *self, SimClock *clock, GString *diary, char letter)
{
  *self = (Event){ .diary = diary, .letter = letter };
  sim_timer_init (&self->timer, clock, write_letter, self);
}

static void
test_order (void **state G_GNUC_UNUSED)
{
  g_autoptr (SimClock) clock = sim_clock_new (0);
  g_autoptr (GString)  diary = g_string_new (NULL);
  Event                a, b, c;

  event_init (&a, clock, diary, 'a');
  event_init (&b, clock, diary, 'b');
  event_init (&c, clock, diary, 'c');
  sim_timer_start (&c.timer, SIM_SECONDS (3));
  sim_timer_start (&a.timer, SIM_SECONDS (1));
  sim_timer_start (&b.timer, SIM_SECONDS (1)); /* equals: as they were started */
  sim_clock_advance (clock, SIM_SECONDS (0.999999));
  assert_string_equal (diary->str, "");
  sim_clock_advance (clock, 1);
  assert_string_equal (diary->str, "ab");
  assert_int_equal (sim_clock_now (clock), SIM_SECONDS (1));
  sim_clock_advance (clock, SIM_SECONDS (10));
  assert_string_equal (diary->str, "abc");
}

static void
test_again_and_stop (void **state G_GNUC_UNUSED)
{
  Event                a, b; /* outlive the clock, which still runs one */
  g_autoptr (SimClock) clock = sim_clock_new (0);
  g_autoptr (GString)  diary = g_string_new (NULL);

  event_init (&a, clock, diary, 'a');
  event_init (&b, clock, diary, 'b');
  a.again = SIM_SECONDS (2);
  sim_timer_start (&a.timer, SIM_SECONDS (2));
  sim_timer_start (&b.timer, SIM_SECONDS (5));
  sim_clock_advance (clock, SIM_SECONDS (5));
  assert_string_equal (diary->str, "aab");
  assert_false (sim_timer_running (&b.timer));
  sim_timer_stop (&b.timer);
  sim_timer_stop (&a.timer);
  sim_clock_advance (clock, SIM_SECONDS (5));
  assert_string_equal (diary->str, "aab");
  sim_timer_start (&b.timer, SIM_SECONDS (5));
  sim_timer_start (&b.timer, SIM_SECONDS (50)); /* anew */
  sim_clock_advance (clock, SIM_SECONDS (5));
  assert_string_equal (diary->str, "aab");
  assert_true (sim_timer_running (&b.timer)); /* the clock lets go of it */
}

/* An hour passes in a moment. */
static void
test_speed (void **state G_GNUC_UNUSED)
{
  g_autoptr (SimClock) clock = sim_clock_new (0);
  g_autoptr (GString)  diary = g_string_new (NULL);
  Event                a;

  event_init (&a, clock, diary, 'a');
  sim_timer_start (&a.timer, SIM_SECONDS (10));
  assert_false (g_main_context_iteration (NULL, FALSE));
  sim_clock_set_speed (clock, SIM_MAX_SPEED);
  while (diary->len == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_true (sim_clock_now (clock) >= SIM_SECONDS (10));
  sim_clock_set_speed (clock, 1e9);
  assert_true (sim_clock_speed (clock) == SIM_MAX_SPEED);
  sim_clock_set_speed (clock, 1e-9);
  assert_true (sim_clock_speed (clock) == SIM_MIN_SPEED);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_order),
    cmocka_unit_test (test_again_and_stop),
    cmocka_unit_test (test_speed),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
