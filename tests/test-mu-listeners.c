/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-listeners.h"
#include "mu-test.h"

static GString *heard;

static void
on_present (MuModem *modem G_GNUC_UNUSED, gboolean present, gpointer name)
{
  g_string_append_printf (heard, "%s%c ", (const char *)name, present ? '+' : '-');
}

static void
on_appeared (MuModem *modem G_GNUC_UNUSED, MuService *service G_GNUC_UNUSED, gpointer name)
{
  g_string_append_printf (heard, "%s> ", (const char *)name);
}

static void
on_vanished (MuModem *modem G_GNUC_UNUSED, MuService *service G_GNUC_UNUSED, gpointer name)
{
  g_string_append_printf (heard, "%s< ", (const char *)name);
}

static void
on_entered (MuModem *modem G_GNUC_UNUSED, gpointer name)
{
  g_string_append_printf (heard, "%s! ", (const char *)name);
}

static const MuModemEvents events = { on_present, on_appeared, on_vanished, on_entered };

static void
tell_all (MuListeners *self)
{
  mu_listeners_events.present (NULL, TRUE, self);
  mu_listeners_events.appeared (NULL, NULL, self);
  mu_listeners_events.entered (NULL, self);
  mu_listeners_events.vanished (NULL, NULL, self);
  mu_listeners_events.present (NULL, FALSE, self);
}

static void
assert_heard (const char *expected)
{
  assert_string_equal (heard->str, expected);
  g_string_free (heard, TRUE);
}

/* What the first has built up the second builds on: it lets go before. */
static void
test_order (void **state G_GNUC_UNUSED)
{
  MuListeners self = { 0 };

  heard = g_string_new (NULL);
  mu_listeners_add (&self, &events, (gpointer) "a");
  mu_listeners_add (&self, &events, (gpointer) "b");
  tell_all (&self);
  assert_heard ("a+ b+ a> b> a! b! b< a< b- a- ");
}

static void
test_few (void **state G_GNUC_UNUSED)
{
  MuListeners self = { 0 };

  heard = g_string_new (NULL);
  tell_all (&self);
  mu_listeners_add (&self, &events, (gpointer) "a");
  tell_all (&self);
  assert_heard ("a+ a> a! a< a- ");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_order),
    cmocka_unit_test (test_few),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
