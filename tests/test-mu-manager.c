/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-peer.h"
#include "mu-error.h"
#include "mu-manager.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

/* Modules that are added by hand, at ports that are not there. */

static MuManager *manager;
static MuSettings settings;
static GString   *done; /* what the last call came to */
static int        quiet;

static void
on_present (MuModem *modem G_GNUC_UNUSED, gboolean present G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_service (MuModem *modem G_GNUC_UNUSED, MuService *service G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_entered (MuModem *modem G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
}

static const MuModemEvents events = { on_present, on_service, on_service, on_entered };

static int
set_up (void **state G_GNUC_UNUSED)
{
  mu_timer_freeze ();
  settings.config = g_key_file_new ();
  done = g_string_new (NULL);
  quiet = 0;
  manager = mu_manager_new (&settings, &events, NULL);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_clear_pointer (&manager, mu_manager_free);
  g_string_free (done, TRUE);
  g_key_file_unref (settings.config);
  return 0;
}

static void
on_done (GVariant *reply, const GError *error, gpointer user_data G_GNUC_UNUSED)
{
  if (reply != NULL)
    g_variant_print_string (reply, done, FALSE);
  else
    g_string_append (done, mu_error_word (error));
}

static void
assert_call (const char *method, const char *args, const char *expected)
{
  MuService *service = mu_manager_service (manager);
  MuRequest  request = { .op = mu_op_find (mu_manager_class.ops, mu_manager_class.n_ops, method) };
  MuCall    *call;

  g_string_truncate (done, 0);
  mu_service_call (service, &request, g_variant_new_parsed (args), on_done, NULL, &call);
  assert_string_equal (done->str, expected);
}

static void
add (const char *ports)
{
  g_autoptr (GVariant) dict = g_variant_ref_sink (g_variant_new_parsed (ports));
  g_autoptr (GError)   error = NULL;
  g_autofree char     *path = mu_manager_add (manager, dict, &error);

  g_string_truncate (done, 0);
  g_string_append (done, path != NULL ? path : mu_error_word (error));
}

static void
assert_added (const char *ports, const char *expected)
{
  add (ports);
  assert_string_equal (done->str, expected);
}

static void
on_quiet (gpointer user_data G_GNUC_UNUSED)
{
  quiet++;
}

static void
test_add_and_remove (void **state G_GNUC_UNUSED)
{
  assert_added ("{'pcui': <'/nonexistent/a'>, 'net': <'wwan0'>}", "/org/mu709/modem/tty_a");
  assert_added ("{'pcui': <'/nonexistent/a'>}", "Busy");
  assert_added ("{'pcui': <'/nonexistent/b'>, 'modem': <'/nonexistent/a'>}", "Busy");
  assert_added ("{'pcui': <'/nonexistent/b'>, 'net': <'wwan0'>}", "Busy");
  assert_call ("AddDevice", "({'pcui': <'/nonexistent/b'>},)", "NotFound");
  assert_call ("RemoveDevice", "(objectpath '/org/mu709/modem/tty_b',)", "NotFound");
  assert_call ("RemoveDevice", "(objectpath '/org/mu709/modem/tty_a',)", "()");
  assert_int_equal (mu_manager_n_modems (manager), 0);
}

static void
test_odd_ports (void **state G_GNUC_UNUSED)
{
  static const char *const rows[] = {
    "@a{sv} {}",
    "{'modem': <'/nonexistent/a'>}",
    "{'pcui': <'ttyUSB1'>}",
    "{'pcui': <''>}",
    "{'pcui': <uint32 1>}",
    "{'pcui': <'/nonexistent/a'>, 'baud': <uint32 1>}",
    "{'pcui': <'/nonexistent/a'>, 'flow_control': <'soft'>}",
    "{'pcui': <'/nonexistent/a'>, 'net': <''>}",
    "{'pcui': <'/nonexistent/a'>, 'net': <'a/b'>}",
    "{'pcui': <'/nonexistent/a'>, 'net': <'..'>}",
    "{'pcui': <'/nonexistent/a'>, 'net': <'sixteen-letters-'>}",
    "{'pcui': <'/nonexistent/a'>, 'net': <'ääääääää'>}", /* 16 bytes */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_added (rows[i], "InvalidArgument");
}

/* One that goes while all are told to be quiet has nothing more to say. */
static void
test_quiet_and_removed (void **state G_GNUC_UNUSED)
{
  add ("{'pcui': <'/nonexistent/a'>}");
  add ("{'pcui': <'/nonexistent/b'>}");
  mu_manager_quiet (manager, on_quiet, NULL);
  assert_call ("RemoveDevice", "(objectpath '/org/mu709/modem/tty_a',)", "()");
  mu_timer_advance (0);
  at_peer_settle ();
  assert_int_equal (quiet, 1);
}

static void
test_freed_before_quiet (void **state G_GNUC_UNUSED)
{
  add ("{'pcui': <'/nonexistent/a'>}");
  mu_manager_quiet (manager, on_quiet, NULL);
  g_clear_pointer (&manager, mu_manager_free);
  assert_int_equal (quiet, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_add_and_remove),
    TEST (test_odd_ports),
    TEST (test_quiet_and_removed),
    TEST (test_freed_before_quiet),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
