/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 4.4.2 */
#include "mu-test.h"
#include "sim-guard.h"

#include <string.h>

typedef struct
{
  SimClock *clock;
  SimGuard  guard;
  guint     found;
} Bed;

static void
on_found (gpointer bed)
{
  ((Bed *)bed)->found++;
}

static int
setup (void **state)
{
  Bed *self = g_new0 (Bed, 1);

  self->clock = sim_clock_new (0);
  sim_guard_init (&self->guard, self->clock, on_found, self);
  sim_guard_start (&self->guard);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Bed *self = *state;

  sim_guard_stop (&self->guard);
  sim_clock_free (self->clock);
  g_free (self);
  return 0;
}

static void
wait_for (Bed *self, gint64 ms)
{
  sim_clock_advance (self->clock, SIM_MS (ms));
}

static void
feed (Bed *self, const char *bytes)
{
  sim_guard_feed (&self->guard, bytes, strlen (bytes));
}

static void
test_found (void **state)
{
  Bed *self = *state;

  wait_for (self, 1000);
  feed (self, "+++");
  wait_for (self, 999);
  assert_int_equal (self->found, 0);
  wait_for (self, 1);
  assert_int_equal (self->found, 1);
  wait_for (self, 10000);
  assert_int_equal (self->found, 1);
}

static void
test_slowly (void **state)
{
  Bed *self = *state;

  wait_for (self, 1000);
  feed (self, "+");
  wait_for (self, 450);
  feed (self, "+");
  wait_for (self, 450);
  feed (self, "+");
  wait_for (self, 1000);
  assert_int_equal (self->found, 1);
  feed (self, "+");
  wait_for (self, 450);
  feed (self, "+");
  wait_for (self, 451);
  feed (self, "+"); /* too late */
  wait_for (self, 2000);
  assert_int_equal (self->found, 1);
}

/* No silence before, none behind, a fourth one, something between. */
static void
test_not (void **state)
{
  Bed *self = *state;

  wait_for (self, 999);
  feed (self, "+++");
  wait_for (self, 2000);
  feed (self, "x+++");
  wait_for (self, 2000);
  feed (self, "++++");
  wait_for (self, 2000);
  feed (self, "+x++");
  wait_for (self, 2000);
  feed (self, "+++");
  wait_for (self, 999);
  feed (self, "x");
  wait_for (self, 2000);
  feed (self, "++");
  wait_for (self, 2000);
  assert_int_equal (self->found, 0);
  feed (self, "+++");
  wait_for (self, 1000);
  assert_int_equal (self->found, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (test_found, setup, teardown),
    cmocka_unit_test_setup_teardown (test_slowly, setup, teardown),
    cmocka_unit_test_setup_teardown (test_not, setup, teardown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
