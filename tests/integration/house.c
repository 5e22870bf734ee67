/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "house.h"

#include "../mu-test.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define POLL_US     1000

/* ---- processes ---- */

/* A test that has failed leaves nobody behind who holds its output open. */
static void
die_with_the_test (gpointer user_data G_GNUC_UNUSED)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GPid
spawn (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  GPid               pid;

  if (!g_spawn_async (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_the_test, NULL,
                      &pid, &error))
    fail_msg ("%s", error->message);
  return pid;
}

static void
assert_ends_well (GPid pid, const char *who)
{
  int status;

  kill (pid, SIGTERM);
  assert_int_equal (waitpid (pid, &status, 0), pid);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    fail_msg ("%s ended with %x", who, status);
}

void
house_start_sim (House *self, const char *speed)
{
  g_autofree char *directory = g_build_filename (self->directory, "sim", NULL);
  const char *argv[] = { g_getenv ("MU709_SIM"), "--directory", directory, "--speed", speed, NULL };

  self->sim = spawn (argv);
  house_sim (self, "state"); /* it answers, so all of it is there */
}

void
house_stop_sim (House *self)
{
  assert_ends_well (self->sim, "mu709-sim");
  self->sim = 0;
}

static void
start_daemon (House *self, const char *const *more_args)
{
  g_autofree char      *state = g_build_filename (self->directory, "state", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char           *usual[]
      = { g_getenv ("MU709D"), "--session",
          "--state-directory", state,
          "--log-level",       g_getenv ("HOUSE_LOG") ? g_getenv ("HOUSE_LOG") : "error" };

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    g_ptr_array_add (argv, (gpointer)usual[i]);
  for (; more_args != NULL && *more_args != NULL; more_args++)
    g_ptr_array_add (argv, (gpointer)*more_args);
  g_ptr_array_add (argv, NULL);
  self->daemon = spawn ((const char *const *)argv->pdata);
}

void
house_start_daemon (House *self, const char *const *more_args)
{
  g_autofree char      *own = g_build_filename (self->directory, "sim", "pcui", NULL);
  g_autofree char      *port = g_strconcat ("pcui=", self->port != NULL ? self->port : own, NULL);
  g_autoptr (GPtrArray) args = g_ptr_array_new ();

  g_ptr_array_add (args, "--port");
  g_ptr_array_add (args, port);
  for (; more_args != NULL && *more_args != NULL; more_args++)
    g_ptr_array_add (args, (gpointer)*more_args);
  g_ptr_array_add (args, NULL);
  start_daemon (self, (const char *const *)args->pdata);
}

/* The sanitizer wants to be the first library, and says so unless it is told not to. */
void
house_start_daemon_with_udev (House *self)
{
  g_setenv ("LD_PRELOAD", "libumockdev-preload.so.0", TRUE);
  g_setenv ("ASAN_OPTIONS", "verify_asan_link_order=0", TRUE);
  start_daemon (self, (const char *const[]){ "--config", "/dev/null", NULL });
  g_unsetenv ("LD_PRELOAD");
}

void
house_wait_name (House *self)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
          self->connection, "org.mu709", "/org/mu709", "org.freedesktop.DBus.Peer", "Ping", NULL,
          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL);

      if (reply != NULL)
        return;
      assert_true (g_get_monotonic_time () < deadline);
      g_usleep (POLL_US);
    }
}

void
house_stop_daemon (House *self)
{
  assert_ends_well (self->daemon, "mu709d");
  self->daemon = 0;
}

void
house_kill_daemon (House *self)
{
  kill (self->daemon, SIGKILL);
  waitpid (self->daemon, NULL, 0);
  self->daemon = 0;
}

House *
house_new (const char *speed)
{
  House *self = g_new0 (House, 1);

  g_setenv ("MU709D_CLOCK_SPEED", speed, TRUE);
  self->modem = HOUSE_MODEM;
  self->directory = g_dir_make_tmp ("mu-house-XXXXXX", NULL);
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  /* where logind would be */
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (self->bus), TRUE);
  self->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (self->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  assert_non_null (self->connection);
  house_start_sim (self, speed);
  return self;
}

static void
remove_tree (const char *directory)
{
  const char *argv[] = { "rm", "-rf", directory, NULL };

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

void
house_free (House *self)
{
  if (self->daemon != 0)
    house_stop_daemon (self);
  if (self->sim != 0)
    house_stop_sim (self);
  g_clear_object (&self->connection);
  g_test_dbus_down (self->bus);
  g_object_unref (self->bus);
  remove_tree (self->directory);
  g_free (self->directory);
  g_free (self->port);
  g_free (self->answer);
  g_free (self->message);
  g_free (self);
}

/* ---- the simulator ---- */

/* It may be just starting: no socket yet, or one that does not listen yet. */
static int
connect_control (House *self)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int                fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gint64             deadline = g_get_monotonic_time () + PATIENCE_US;

  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/sim/control", self->directory);
  while (connect (fd, (struct sockaddr *)&address, sizeof address) != 0)
    {
      assert_true (g_get_monotonic_time () < deadline);
      g_usleep (POLL_US);
    }
  return fd;
}

const char *
house_try_sim (House *self, const char *verb)
{
  static char      answer[4096];
  g_autofree char *line = g_strconcat (verb, "\n", NULL);
  int              fd = connect_control (self);
  gsize            len = 0;
  gssize           n;

  assert_int_equal (write (fd, line, strlen (line)), strlen (line));
  shutdown (fd, SHUT_WR);
  while (len < sizeof answer - 1 && (n = read (fd, answer + len, sizeof answer - 1 - len)) > 0)
    len += (gsize)n;
  close (fd);
  answer[len] = '\0';
  return answer;
}

const char *
house_sim (House *self, const char *format, ...)
{
  g_autofree char *verb = NULL;
  const char      *answer;
  va_list          args;

  va_start (args, format);
  verb = g_strdup_vprintf (format, args);
  va_end (args);
  answer = house_try_sim (self, verb);
  if (!g_str_has_prefix (answer, "ok"))
    fail_msg ("simulator, %s: %s", verb, answer);
  return g_strstrip ((char *)answer + 2);
}

/* ---- the module on the bus ---- */

static char *
full_name (const char *interface)
{
  return g_strconcat ("org.mu709.", interface, NULL);
}

char *
house_get (House *self, const char *interface, const char *property)
{
  g_autofree char     *name = full_name (interface);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      self->connection, "org.mu709", self->modem, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", name, property), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

  if (reply == NULL)
    return g_strdup ("");
  g_variant_get (reply, "(v)", &value);
  return g_variant_print (value, FALSE);
}

static void
wait_value (House *self, const char *interface, const char *property, const char *value,
            gboolean wanted)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      g_autofree char *now = house_get (self, interface, property);

      if (g_str_equal (now, value) == wanted)
        return;
      if (g_get_monotonic_time () > deadline)
        fail_msg ("%s.%s is %s, waited for %s%s", interface, property, now, wanted ? "" : "not ",
                  value);
      g_usleep (POLL_US);
    }
}

void
house_wait (House *self, const char *interface, const char *property, const char *value)
{
  wait_value (self, interface, property, value, TRUE);
}

void
house_wait_not (House *self, const char *interface, const char *property, const char *value)
{
  wait_value (self, interface, property, value, FALSE);
}

void
house_wait_object (House *self, gboolean there)
{
  wait_value (self, "Modem1", "Restarts", "", !there);
}

void
house_ready (House *self)
{
  house_wait (self, "Modem1", "State", "'ready'");
  house_wait (self, "Network1", "Registration", "'home'");
  house_wait (self, "Network1", "OperatorName", "'Home Mobile'");
  house_wait (self, "Audio1", "EchoSuppression",
              "{'enabled': <true>, 'values': <[uint32 320, 0, 86, 4096]>}");
}

/* ---- calls ---- */

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  House               *self = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree char *name = NULL;

  g_free (self->message);
  self->message = NULL;
  if (reply != NULL)
    {
      self->answer = g_variant_print (reply, FALSE);
      return;
    }
  name = g_dbus_error_get_remote_error (error);
  g_dbus_error_strip_remote_error (error);
  self->message = g_strdup (error->message);
  if (name != NULL && g_str_has_prefix (name, "org.mu709.Error."))
    self->answer = g_strdup (name + strlen ("org.mu709.Error."));
  else
    self->answer = g_strdup (name != NULL ? name : error->message);
}

void
house_begin (House *self, const char *interface, const char *method, const char *args)
{
  g_autofree char *name = full_name (interface);

  g_clear_pointer (&self->answer, g_free);
  g_dbus_connection_call (self->connection, "org.mu709", self->modem, name, method,
                          g_variant_new_parsed (args), NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                          on_called, self);
  g_dbus_connection_flush_sync (self->connection, NULL, NULL);
}

const char *
house_finish (House *self)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (self->answer == NULL)
    {
      assert_true (g_get_monotonic_time () < deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (100);
    }
  return self->answer;
}

const char *
house_call (House *self, const char *interface, const char *method, const char *args)
{
  house_begin (self, interface, method, args);
  return house_finish (self);
}
