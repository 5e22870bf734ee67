/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modules added by hand, the daemon's options, and what is wrong with them. */
#include "house.h"

#include "../mu-test.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

static House *house;

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new ("100");
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  return 0;
}

/* A method of Manager1: its answer, or the error's name. */
static char *
manager (const char *method, const char *args)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      house->connection, "org.mu709", "/org/mu709", "org.mu709.Manager1", method,
      g_variant_new_parsed (args), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  if (reply != NULL)
    return g_variant_print (reply, FALSE);
  return g_strdup (name != NULL ? strrchr (name, '.') + 1 : error->message);
}

static void G_GNUC_PRINTF (3, 4)
    assert_manager (const char *method, const char *expected, const char *format, ...)
{
  g_autofree char *args = NULL;
  g_autofree char *answer = NULL;
  va_list          list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);
  answer = manager (method, args);
  assert_string_equal (answer, expected);
}

static char *
get (const char *path, const char *interface, const char *property)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      house->connection, "org.mu709", path, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", interface, property), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

  if (reply == NULL)
    return g_strdup ("");
  g_variant_get (reply, "(v)", &value);
  return g_variant_print (value, FALSE);
}

static void
wait_for (const char *path, const char *interface, const char *property, const char *value)
{
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *now = get (path, interface, property);

      if (g_str_equal (now, value))
        return;
      g_usleep (1000);
    }
  fail_msg ("%s %s never was %s", path, property, value);
}

#define UART "/org/mu709/modem/tty_uart"

/* Guide 3.2: the module finds out the speed from AT, which is sent until it answers. */
static void
test_uart (void **state G_GNUC_UNUSED)
{
  house_sim (house, "power off");
  house_start_daemon (house, NULL);
  wait_for ("/org/mu709", "org.mu709.Manager1", "Modems", "[]");
  assert_manager ("AddDevice", "('" UART "',)", "({'uart': <'%s/sim/uart'>},)", house->directory);
  wait_for (UART, "org.mu709.Modem1", "State", "'starting'");
  g_usleep (50000);
  house_sim (house, "power on");
  wait_for (UART, "org.mu709.Network1", "Registration", "'home'");
  assert_manager ("RemoveDevice", "()", "(objectpath '" UART "',)");
  wait_for (UART, "org.mu709.Modem1", "State", "");
  assert_manager ("RemoveDevice", "NotFound", "(objectpath '" UART "',)");
  assert_manager ("AddDevice", "('" UART "',)",
                  "({'uart': <'%s/sim/uart'>, 'baud': <uint32 115200>, 'flow_control': <'none'>},)",
                  house->directory);
  wait_for (UART, "org.mu709.Network1", "Registration", "'home'");
}

static void
test_bad_devices (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  assert_manager ("AddDevice", "InvalidArgument", "(@a{sv} {},)");
  assert_manager ("AddDevice", "InvalidArgument", "({'net': <'wwan0'>},)");
  assert_manager ("AddDevice", "InvalidArgument", "({'pcui': <'ttyUSB1'>},)");
  assert_manager ("AddDevice", "InvalidArgument", "({'pcui': <uint32 1>},)");
  assert_manager ("AddDevice", "InvalidArgument", "({'pcui': <'/dev/x'>, 'surprise': <1>},)");
  assert_manager ("AddDevice", "InvalidArgument", "({'uart': <'/dev/x'>, 'baud': <uint32 1200>},)");
  assert_manager ("AddDevice", "InvalidArgument", "({'uart': <'/dev/x'>, 'flow_control': <'?'>},)");
  assert_manager ("AddDevice", "NotFound", "({'pcui': <'/dev/nonexistent'>},)");
  assert_manager ("AddDevice", "Busy", "({'pcui': <'%s/sim/pcui'>},)", house->directory);
  assert_manager ("AddDevice", "Busy", "({'pcui': <'/dev/null'>, 'modem': <'%s/sim/pcui'>},)",
                  house->directory);
  assert_manager ("RemoveDevice", "NotFound", "(objectpath '/org/mu709/modem/usb_1_1',)");
  assert_manager ("RemoveDevice", "NotFound", "(objectpath '/',)");
  assert_manager ("Rescan", "()", "()");
  /* a port that is no modem's: said on its object, tried again, and the others go on */
  assert_manager ("AddDevice", "('/org/mu709/modem/tty_null',)", "({'pcui': <'/dev/null'>},)");
  wait_for ("/org/mu709/modem/tty_null", "org.mu709.Modem1", "StateReason", "'port-error'");
  house_ready (house);
}

static void
test_introspection (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) reply = NULL;
  const char          *xml;

  house_start_daemon (house, NULL);
  house_ready (house);
  reply = g_dbus_connection_call_sync (house->connection, "org.mu709", HOUSE_MODEM,
                                       "org.freedesktop.DBus.Introspectable", "Introspect", NULL,
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  assert_non_null (reply);
  g_variant_get (reply, "(&s)", &xml);
  assert_non_null (strstr (xml, "org.mu709.Network1"));
  assert_non_null (strstr (xml, "Searches for networks (+COPS=?)")); /* the documentation */
}

/* ---- options ---- */

static void
assert_ends (int status, const char *says, const char *const *args)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char      *out = NULL;
  g_autofree char      *err = NULL;
  g_autoptr (GError)    error = NULL;
  int                   ended;

  g_ptr_array_add (argv, (gpointer)g_getenv ("MU709D"));
  for (; *args != NULL; args++)
    g_ptr_array_add (argv, (gpointer)*args);
  g_ptr_array_add (argv, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (house->bus), TRUE);
  assert_true (g_spawn_sync (NULL, (char **)argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out,
                             &err, &ended, &error));
  assert_true (WIFEXITED (ended));
  assert_int_equal (WEXITSTATUS (ended), status);
  if (strstr (out, says) == NULL && strstr (err, says) == NULL)
    fail_msg ("'%s' is neither in '%s' nor in '%s'", says, out, err);
}

#define ASSERT_ENDS(status, says, ...)                                                             \
  assert_ends (status, says, (const char *const[]){ __VA_ARGS__, NULL })

static void
test_options (void **state G_GNUC_UNUSED)
{
  g_autofree char *config = g_build_filename (house->directory, "broken", NULL);

  ASSERT_ENDS (0, "mu709d 0.", "--version");
  ASSERT_ENDS (0, "Usage:", "--help");
  ASSERT_ENDS (0, "[daemon]", "--config", "/dev/null", "--print-config");
  ASSERT_ENDS (2, "--loud", "--loud");
  ASSERT_ENDS (2, "surprise", "surprise");
  ASSERT_ENDS (1, "loud", "--session", "--config", "/dev/null", "--log-level", "loud");
  ASSERT_ENDS (1, "ROLE=PATH", "--session", "--config", "/dev/null", "--port", "pcui");
  ASSERT_ENDS (1, "surprise", "--session", "--config", "/dev/null", "--port", "surprise=/dev/x");
  ASSERT_ENDS (1, "uart", "--session", "--config", "/dev/null", "--port", "net=wwan0");
  ASSERT_ENDS (1, "/nonexistent", "--session", "--config", "/nonexistent");
  assert_true (g_file_set_contents (config, "[sim]\npin=12\n", -1, NULL));
  ASSERT_ENDS (1, "[sim] pin", "--session", "--config", config);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  ASSERT_ENDS (1, "mu709d: ", "--config", "/dev/null");
}

static void
test_second_daemon (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  ASSERT_ENDS (1, "another mu709d", "--session", "--config", "/dev/null", "--port",
               "pcui=/nonexistent");
  house_ready (house);
}

/* A reload with an error keeps what was; the bus going away ends the daemon. */
static void
test_reload (void **state G_GNUC_UNUSED)
{
  g_autofree char *config = g_build_filename (house->directory, "config", NULL);
  const char      *args[] = { "--config", config, NULL };
  int              status;

  assert_true (g_file_set_contents (config, "", -1, NULL));
  house_start_daemon (house, args);
  house_ready (house);
  assert_true (g_file_set_contents (config, "[sim]\npin=1\n", -1, NULL));
  kill (house->daemon, SIGHUP);
  g_usleep (50000);
  house_ready (house);
  g_dbus_connection_set_exit_on_close (house->connection, FALSE);
  g_test_dbus_stop (house->bus);
  assert_int_equal (waitpid (house->daemon, &status, 0), house->daemon);
  assert_true (WIFEXITED (status));
  assert_int_equal (WEXITSTATUS (status), 1);
  house->daemon = 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_uart),    TEST (test_bad_devices),   TEST (test_introspection),
    TEST (test_options), TEST (test_second_daemon), TEST (test_reload),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
