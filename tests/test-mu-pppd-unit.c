/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-pppd.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* pppd as a service; systemd is played by the test, on a bus of its own. */

#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define UNIT        "mu709-ppp@ttyUSB7.service"
#define UNIT_PATH   "/org/freedesktop/systemd1/unit/mu709_2dppp_40ttyUSB7_2eservice"
#define JOB         "/org/freedesktop/systemd1/job/42"
#define MANAGER     "/org/freedesktop/systemd1"

static const char manager_xml[]
    = "<node><interface name='org.freedesktop.systemd1.Manager'>"
      "<method name='Subscribe'/>"
      "<method name='StartUnit'><arg type='s'/><arg type='s'/>"
      "<arg type='o' direction='out'/></method>"
      "<method name='StopUnit'><arg type='s'/><arg type='s'/>"
      "<arg type='o' direction='out'/></method>"
      "<method name='ResetFailedUnit'><arg type='s'/></method>"
      "</interface>"
      "<interface name='org.freedesktop.systemd1.Unit'>"
      "<property name='ActiveState' type='s' access='read'/></interface>"
      "<interface name='org.freedesktop.systemd1.Service'>"
      "<property name='ExecMainCode' type='i' access='read'/>"
      "<property name='ExecMainStatus' type='i' access='read'/></interface></node>";

static GTestDBus       *test_bus;
static GDBusConnection *systemd;
static GDBusConnection *shared; /* as the daemon holds it: what is queued is sent */
static guint            ids[3];
static GString         *asked, *seen;
static const char      *active_state;
static int              main_code, main_status;
static const char      *refuse;      /* the error's name; NULL: StartUnit works */
static const char      *refuse_stop; /* the same of StopUnit */
static char            *directory;
static MuPppd          *pppd;

/* ---- systemd ---- */

static void
on_method (GDBusConnection *bus G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED, const char *method,
           GVariant *args, GDBusMethodInvocation *invocation, gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  g_string_append_printf (asked, "%s%s|", method, text);
  if (g_str_equal (method, "StartUnit") && refuse != NULL)
    g_dbus_method_invocation_return_dbus_error (invocation, refuse, "no");
  else if (g_str_equal (method, "StopUnit") && refuse_stop != NULL)
    g_dbus_method_invocation_return_dbus_error (invocation, refuse_stop, "no");
  else if (g_str_equal (method, "StartUnit") || g_str_equal (method, "StopUnit"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", JOB));
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
on_property (GDBusConnection *bus G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
             const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
             const char *property, GError **error G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  if (g_str_equal (property, "ActiveState"))
    return g_variant_new_string (active_state);
  return g_variant_new_int32 (g_str_equal (property, "ExecMainCode") ? main_code : main_status);
}

static const GDBusInterfaceVTable vtable = { on_method, on_property, NULL, { 0 } };

static void
emit (const char *path, const char *interface, const char *signal, GVariant *args)
{
  assert_true (g_dbus_connection_emit_signal (systemd, NULL, path, interface, signal, args, NULL));
}

static void
finish_job (const char *job, const char *result)
{
  emit (MANAGER, "org.freedesktop.systemd1.Manager", "JobRemoved",
        g_variant_new ("(uoss)", 42, job, UNIT, result));
}

static void
become (const char *state)
{
  GVariantBuilder changed;

  active_state = state;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "ActiveState", g_variant_new_string (state));
  emit (UNIT_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(sa{sv}as)", "org.freedesktop.systemd1.Unit", &changed, NULL));
}

/* ---- the owner ---- */

static void
on_up (const MuPppdLink *link, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (seen, "up %s|", link->interface);
}

static void
on_ended (const GError *why, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (seen, "ended %s|", why != NULL ? mu_error_word (why) : "well");
}

static const MuPppdEvents events = { on_up, on_ended };

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
wait_for (GString *where, const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (strstr (where->str, text) == NULL)
    {
      if (g_get_monotonic_time () > end)
        fail_msg ("waited for '%s', there is '%s'", text, where->str);
      run_for (2);
    }
}

static void
start (void)
{
  static const PppRequest request = { PPP_AUTH_CHAP, 700, "card", "secret" };

  pppd = mu_pppd_start ("/dev/ttyUSB7", &request, NULL, &events, NULL);
}

static char *
request_path (void)
{
  return g_build_filename (directory, "ppp-ttyUSB7", NULL);
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  static const char *const  paths[] = { MANAGER, UNIT_PATH, UNIT_PATH };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (manager_xml, NULL);

  directory = g_dir_make_tmp ("mu709-unit-XXXXXX", NULL);
  g_setenv ("RUNTIME_DIRECTORY", directory, TRUE);
  g_setenv ("MU709D_PPPD", "unit", TRUE);
  asked = g_string_new (NULL);
  seen = g_string_new (NULL);
  refuse = refuse_stop = NULL;
  active_state = "inactive";
  main_code = main_status = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = g_dbus_connection_register_object (systemd, paths[i], info->interfaces[i], &vtable,
                                                NULL, NULL, NULL);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_autofree char *request = request_path ();

  g_clear_pointer (&pppd, mu_pppd_free);
  assert_false (g_file_test (request, G_FILE_TEST_EXISTS)); /* a password */
  run_for (20);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_dbus_connection_unregister_object (systemd, ids[i]);
  g_rmdir (directory);
  g_clear_pointer (&directory, g_free);
  g_string_free (asked, TRUE);
  g_string_free (seen, TRUE);
  return 0;
}

static void
test_request (void **state G_GNUC_UNUSED)
{
  g_autofree char *path = request_path ();
  g_autofree char *text = NULL;
  struct stat      st;

  start ();
  wait_for (asked, "StartUnit('" UNIT "', 'replace')|");
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, "mu709-ppp 1\nauth chap\nmetric 700\nuser card\npassword secret\n");
  assert_int_equal (stat (path, &st), 0);
  assert_int_equal (st.st_mode & 0777, 0600);
  active_state = "active";
  run_for (20);
  finish_job (JOB, "done");
  for (int i = 0; i < 1000 && g_file_test (path, G_FILE_TEST_EXISTS); i++)
    run_for (2);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_string_equal (seen->str, "");
}

/* Its properties are told before it has started, too: "inactive" says nothing then. */
static void
test_exit_status (void **state G_GNUC_UNUSED)
{
  start ();
  become ("inactive");
  wait_for (asked, "StartUnit");
  become ("activating");
  run_for (20);
  active_state = "active";
  finish_job ("/org/freedesktop/systemd1/job/41", "done"); /* another's */
  finish_job (JOB, "done");
  become ("active");
  run_for (20);
  assert_string_equal (seen->str, "");
  main_code = 1;
  main_status = 19;
  become ("failed");
  wait_for (seen, "ended AuthenticationFailed|");
  wait_for (asked, "ResetFailedUnit('" UNIT "',)|");
  become ("inactive");
  run_for (20);
  assert_string_equal (seen->str, "ended AuthenticationFailed|");
}

static void
test_ends_at_once (void **state G_GNUC_UNUSED)
{
  start ();
  wait_for (asked, "StartUnit");
  main_code = 1;
  main_status = 4;
  become ("failed");
  run_for (20);
  finish_job (JOB, "failed");
  wait_for (seen, "ended NotSupported|");
}

/* Until its unit is active. */
static void
start_and_run (void)
{
  start ();
  wait_for (asked, "StartUnit");
  active_state = "active";
  run_for (20);
  finish_job (JOB, "done");
  run_for (20);
}

static void
test_killed (void **state G_GNUC_UNUSED)
{
  start_and_run ();
  main_code = 2; /* CLD_KILLED */
  main_status = 9;
  become ("failed");
  wait_for (seen, "ended Aborted|");
}

static void
test_stop (void **state G_GNUC_UNUSED)
{
  start_and_run ();
  mu_pppd_stop (pppd);
  wait_for (asked, "StopUnit('" UNIT "', 'replace')|");
  become ("deactivating");
  run_for (20);
  assert_string_equal (seen->str, "");
  main_code = 1;
  main_status = 5;
  become ("inactive");
  wait_for (seen, "ended well|");
}

/* Nothing will come of it: whoever waits for the end does so in vain. */
static void
test_stop_refused (void **state G_GNUC_UNUSED)
{
  refuse_stop = "org.freedesktop.DBus.Error.AccessDenied";
  start_and_run ();
  mu_pppd_stop (pppd);
  wait_for (seen, "ended well|");
}

static void
test_refused (void **state)
{
  static const char *const rows[][2] = {
    { "org.freedesktop.systemd1.NoSuchUnit", "ended NotSupported|" },
    { "org.freedesktop.DBus.Error.AccessDenied", "ended NotAuthorized|" },
    { "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", "ended NotAuthorized|" },
    { "org.freedesktop.systemd1.Masked", "ended Failed|" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      refuse = rows[i][0];
      start ();
      wait_for (seen, rows[i][1]);
      tear_down (state);
      set_up (state);
    }
}

/* An answer that did not come is no refusal: pppd may start yet. */
static void
test_start_unanswered (void **state G_GNUC_UNUSED)
{
  refuse = "org.freedesktop.DBus.Error.NoReply";
  start ();
  wait_for (seen, "ended Failed|");
  wait_for (asked, "StopUnit('" UNIT "', 'replace')|");
}

/* Freed while a call is under way: nothing comes, and it is stopped. */
static void
test_freed (void **state G_GNUC_UNUSED)
{
  start ();
  g_clear_pointer (&pppd, mu_pppd_free);
  wait_for (asked, "StopUnit");
  become ("failed");
  finish_job (JOB, "canceled");
  run_for (50);
  assert_string_equal (seen->str, "");
}

static void
test_odd_ttys (void **state G_GNUC_UNUSED)
{
  pppd = mu_pppd_start ("/dev/pts/../tty@x", &(PppRequest){ 0 }, NULL, &events, NULL);
  wait_for (seen, "ended NotSupported|");
  assert_string_equal (asked->str, "");
}

static void
test_not_a_service (void **state G_GNUC_UNUSED)
{
  g_unsetenv ("RUNTIME_DIRECTORY");
  start ();
  wait_for (seen, "ended NotSupported|");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

static int
start_bus (void **state G_GNUC_UNUSED)
{
  const char *address;

  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);
  address = g_test_dbus_get_bus_address (test_bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
  systemd = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  assert_non_null (systemd);
  shared = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_dbus_connection_set_exit_on_close (shared, FALSE);
  g_bus_own_name_on_connection (systemd, "org.freedesktop.systemd1", G_BUS_NAME_OWNER_FLAGS_NONE,
                                NULL, NULL, NULL, NULL);
  run_for (100);
  return 0;
}

static int
stop_bus (void **state G_GNUC_UNUSED)
{
  g_clear_object (&shared);
  g_clear_object (&systemd);
  g_test_dbus_stop (test_bus);
  g_clear_object (&test_bus);
  return 0;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_request),       TEST (test_exit_status),
    TEST (test_ends_at_once),  TEST (test_killed),
    TEST (test_stop),          TEST (test_refused),
    TEST (test_stop_refused),  TEST (test_start_unanswered),
    TEST (test_freed),         TEST (test_odd_ttys),
    TEST (test_not_a_service),
  };

  return cmocka_run_group_tests (tests, start_bus, stop_bus);
}
