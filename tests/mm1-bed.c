/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-bed.h"

#include "mu-modem1.h"
#include "mu-test.h"

#include <string.h>

SessionBed      *mm1_bed;
Mm1Object       *mm1_bed_object;
GDBusConnection *mm1_bed_client;

static GTestDBus       *test_bus;
static GDBusConnection *server;
static BusShared        bus;
static Mm1Shared        shared;
static GString         *asked, *heard;
static GPtrArray       *given; /* calls and texts: for the test */
static Mm1BedCall      *latest;
static guint            n_waiting;

static gpointer
give (gpointer data)
{
  g_ptr_array_add (given, data);
  return data;
}

static const char *
take_text (GString *from)
{
  const char *text = give (g_strdup (from->str));

  g_string_truncate (from, 0);
  return text;
}

/* ---- the policy ---- */

typedef struct
{
  BusPolicyDone done;
  gpointer      user_data;
} Question;

static const char *policy;
static GArray     *questions;

void __wrap_bus_policy_check (BusPolicy *self, GDBusMethodInvocation *invocation,
                              const char *action, BusPolicyDone done, gpointer user_data);

void
__wrap_bus_policy_check (BusPolicy *self                   G_GNUC_UNUSED,
                         GDBusMethodInvocation *invocation G_GNUC_UNUSED, const char *action,
                         BusPolicyDone done, gpointer user_data)
{
  Question question = { done, user_data };

  g_string_append_printf (asked, "%s|", action);
  if (g_str_equal (policy, "wait"))
    g_array_append_val (questions, question);
  else
    done (!g_str_equal (policy, "no") && !g_str_equal (policy, action), "the test says so",
          user_data);
}

void
mm1_bed_policy (const char *what)
{
  policy = what;
}

void
mm1_bed_policy_answer (gboolean allowed)
{
  for (guint n = questions->len; n > 0; n--)
    {
      Question question = g_array_index (questions, Question, 0);

      g_array_remove_index (questions, 0);
      question.done (allowed, "the test says so", question.user_data);
    }
}

const char *
mm1_bed_asked (void)
{
  return take_text (asked);
}

/* ---- the client ---- */

static const char *
error_name (const GError *error)
{
  const char *name = give (g_dbus_error_get_remote_error (error));

  assert_non_null (name);
  return g_str_has_prefix (name, MM_DBUS_ERROR_PREFIX ".")
             ? name + strlen (MM_DBUS_ERROR_PREFIX ".")
             : name;
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Mm1BedCall          *call = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  n_waiting--;
  if (reply != NULL)
    call->answer = give (g_variant_print (reply, FALSE));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED)) /* it has left */
    call->answer = error_name (error);
}

static Mm1BedCall *
begin (GDBusConnection *from, GDBusConnection *to, const char *path, const char *interface,
       const char *method, GVariant *args)
{
  g_autofree char *name = g_str_has_prefix (interface, "org.")
                              ? g_strdup (interface)
                              : g_strconcat (MM_DBUS_INTERFACE ".", interface, NULL);
  Mm1BedCall      *call = give (g_new0 (Mm1BedCall, 1));

  n_waiting++;
  g_dbus_connection_call (from, g_dbus_connection_get_unique_name (to), path, name, method, args,
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_reply, call);
  return call;
}

Mm1BedCall *
mm1_bed_begin (const char *path, const char *interface, const char *method, const char *args)
{
  latest = begin (mm1_bed_client, server, path, interface, method, g_variant_new_parsed (args));
  return latest;
}

const char *
mm1_bed_wait_for (const Mm1BedCall *call)
{
  while (call->answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  return call->answer;
}

const char *
mm1_bed_wait (void)
{
  return mm1_bed_wait_for (latest);
}

/* Messages keep their order: what was sent before a ping has come when it is answered. */
static void
ping (GDBusConnection *from, GDBusConnection *to)
{
  assert_string_equal (
      mm1_bed_wait_for (begin (from, to, "/", "org.freedesktop.DBus.Peer", "Ping", NULL)), "()");
}

void
mm1_bed_settle (void)
{
  ping (mm1_bed_client, server);
  at_peer_settle ();
  ping (server, mm1_bed_client);
}

gboolean
mm1_bed_is_answered (void)
{
  mm1_bed_settle ();
  return latest->answer != NULL;
}

const char *
mm1_bed_get (const char *path, const char *interface, const char *property)
{
  g_autofree char *name = g_strconcat (MM_DBUS_INTERFACE ".", interface, NULL);
  const char      *answer
      = mm1_bed_wait_for (begin (mm1_bed_client, server, path, "org.freedesktop.DBus.Properties",
                                 "Get", g_variant_new ("(ss)", name, property)));

  if (answer[0] != '(')
    return answer;
  return give (g_strndup (answer + strlen ("(<"), strlen (answer) - strlen ("(<>,)")));
}

guint
mm1_bed_count (const char *path, const char *interface, const char *property)
{
  const char    *value = mm1_bed_get (path, interface, property);
  g_auto (GStrv) parts = g_strsplit (value, MM_DBUS_PATH "/", -1);

  return g_strv_length (parts) - 1;
}

/* ---- what it hears ---- */

static void
on_signal (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path, const char *interface G_GNUC_UNUSED, const char *signal,
           GVariant *args, gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  if (g_str_has_prefix (path, MM_DBUS_PATH "/"))
    g_string_append_printf (heard, "%s %s%s|", path + strlen (MM_DBUS_PATH), signal, text);
  else if (g_str_has_prefix (signal, "Interfaces"))
    g_string_append_printf (heard, "%s|", signal);
}

const char *
mm1_bed_heard (void)
{
  mm1_bed_settle ();
  return take_text (heard);
}

const char *
mm1_bed_events (void)
{
  g_auto (GStrv) signals = g_strsplit (mm1_bed_heard (), "|", -1);
  GString       *events = g_string_new (NULL);

  for (char **signal = signals; *signal != NULL; signal++)
    if (**signal != '\0' && strstr (*signal, "PropertiesChanged") == NULL)
      g_string_append_printf (events, "%s|", *signal);
  return give (g_string_free (events, FALSE));
}

/* ---- the bed ---- */

static GDBusConnection *
connect_to_bus (void)
{
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (test_bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);

  assert_non_null (connection);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  return connection;
}

static void
connect_client (void)
{
  mm1_bed_client = connect_to_bus ();
  g_dbus_connection_signal_subscribe (mm1_bed_client, g_dbus_connection_get_unique_name (server),
                                      NULL, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal,
                                      NULL, NULL);
}

void
mm1_bed_leave (void)
{
  g_dbus_connection_close_sync (mm1_bed_client, NULL, NULL);
  g_clear_object (&mm1_bed_client);
  connect_client ();
  mm1_bed_settle ();
  ping (server, mm1_bed_client); /* the bus has told by now who has left */
}

int
mm1_bed_start_bus (void **state G_GNUC_UNUSED)
{
  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);
  return 0;
}

int
mm1_bed_stop_bus (void **state G_GNUC_UNUSED)
{
  g_test_dbus_down (test_bus);
  g_object_unref (test_bus);
  return 0;
}

static void
take_down (void)
{
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  g_clear_pointer (&mm1_bed, session_bed_free);
}

void
mm1_bed_publish (void)
{
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  memset (shared.last_numbers, 0, sizeof shared.last_numbers);
  mm1_bed_object = mm1_object_new (&shared, NULL, mm1_bed->device);
  for (gsize i = 0; i < mu_session_n_services (mm1_bed->session); i++)
    mm1_object_add_service (mm1_bed_object, mu_session_service (mm1_bed->session, i));
  mm1_object_publish (mm1_bed_object, mm1_modem_classes, mm1_n_modem_classes);
}

void
mm1_bed_restart (const AtPeerRow *rows, gsize n_rows, const char *modem_state)
{
  MuService *modem;

  take_down ();
  mm1_bed = session_bed_new ();
  mu_device_set_port (mm1_bed->device, MU_PORT_PCUI, "/dev/ttyBED2");
  mu_device_set_port (mm1_bed->device, MU_PORT_MODEM, "/dev/ttyBED0");
  mu_device_set_port (mm1_bed->device, MU_PORT_DIAG, "/dev/ttyBED1");
  session_bed_start (mm1_bed, rows, n_rows);
  modem = session_bed_service (mm1_bed, "Modem1");
  mu_modem1_set_state (modem, modem_state, "");
  mu_modem1_set_ports (modem, mm1_bed->device);
  mm1_bed_publish ();
  mm1_bed_heard ();
}

int
mm1_bed_set_up (void **state G_GNUC_UNUSED)
{
  server = connect_to_bus ();
  asked = g_string_new (NULL);
  heard = g_string_new (NULL);
  given = g_ptr_array_new_with_free_func (g_free);
  questions = g_array_new (FALSE, FALSE, sizeof (Question));
  policy = "yes";
  bus = (BusShared){ .connection = server,
                     .clients = bus_clients_new (server),
                     .policy = bus_policy_new (server, FALSE) };
  shared = (Mm1Shared){ .bus = &bus, .server = g_dbus_object_manager_server_new (MM_DBUS_PATH) };
  g_dbus_object_manager_server_set_connection (shared.server, server);
  connect_client ();
  mm1_bed_restart (NULL, 0, "ready");
  return 0;
}

int
mm1_bed_tear_down (void **state G_GNUC_UNUSED)
{
  take_down ();
  mm1_bed_policy_answer (FALSE);
  g_object_unref (shared.server);
  bus_policy_free (bus.policy);
  bus_clients_free (bus.clients);
  g_dbus_connection_close_sync (mm1_bed_client, NULL, NULL);
  while (n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (mm1_bed_client);
  g_object_unref (server);
  g_array_unref (questions);
  g_string_free (asked, TRUE);
  g_string_free (heard, TRUE);
  g_ptr_array_unref (given);
  return 0;
}

/* ---- the module ---- */

const AtPeerRow mm1_bed_locked[] = {
  { "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK" },
  { "AT+CIMI", "+CME ERROR: SIM PIN required" },
};

void
mm1_bed_say (const char *lines)
{
  session_bed_say (mm1_bed, lines);
  at_peer_settle ();
}

void
mm1_bed_answer (const char *command, const char *lines)
{
  at_peer_answer (mm1_bed->peer, command, lines);
  at_peer_settle ();
}

void
mm1_bed_play (void)
{
  session_bed_play (mm1_bed, NULL, 0);
}
