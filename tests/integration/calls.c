/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "calls.h"

#include "../mu-test.h"

#include <string.h>

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define POLL_US     1000

static GString *told;

/* ---- what the bus tells ---- */

static const char *
number_of (const char *path)
{
  const char *call = strstr (path, "/call/");

  return call != NULL ? call + strlen ("/call/") : NULL;
}

static void
note_properties (const char *path, GVariant *args)
{
  static const char *const names[] = { "State", "Number" };
  g_autoptr (GVariant)     changed = g_variant_get_child_value (args, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (changed, names[i], NULL);
      g_autofree char     *text = value != NULL ? g_variant_print (value, FALSE) : NULL;

      if (text != NULL)
        g_string_append_printf (told, "%s %s %s\n", names[i], number_of (path), text);
    }
}

static void
note_removed (GVariant *args)
{
  g_autoptr (GVariant) properties = NULL;
  const char          *path, *reason = "";
  guint32              status = 0, cause = 0;

  g_variant_get (args, "(&o@a{sv})", &path, &properties);
  (void)g_variant_lookup (properties, "EndReason", "&s", &reason);
  (void)g_variant_lookup (properties, "EndStatus", "u", &status);
  (void)g_variant_lookup (properties, "Cause", "u", &cause);
  g_string_append_printf (told, "removed %s %s %u %u\n", number_of (path), reason, status, cause);
}

static void
note_object (const char *word, GVariant *args)
{
  g_autoptr (GVariant) path = g_variant_get_child_value (args, 0);
  const char          *number = number_of (g_variant_get_string (path, NULL));

  if (number != NULL)
    g_string_append_printf (told, "%s %s\n", word, number);
}

static void
on_signal (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path, const char *interface G_GNUC_UNUSED, const char *name, GVariant *args,
           gpointer user_data G_GNUC_UNUSED)
{
  if (g_str_equal (name, "InterfacesAdded"))
    note_object ("object", args);
  else if (g_str_equal (name, "InterfacesRemoved"))
    note_object ("gone", args);
  else if (g_str_equal (name, "CallAdded"))
    note_object ("added", args);
  else if (g_str_equal (name, "CallRemoved"))
    note_removed (args);
  else if (g_str_equal (name, "PropertiesChanged") && number_of (path) != NULL)
    note_properties (path, args);
}

void
calls_listen (House *house)
{
  calls_forget_told ();
  g_dbus_connection_signal_subscribe (house->connection, "org.mu709", NULL, NULL, NULL, NULL,
                                      G_DBUS_SIGNAL_FLAGS_NONE, on_signal, NULL, NULL);
}

/* What has come by now, even from a house that is gone. */
static void
take_in (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

const char *
calls_told (void)
{
  take_in ();
  return told->str;
}

void
calls_forget_told (void)
{
  take_in ();
  if (told != NULL)
    g_string_free (told, TRUE);
  told = g_string_new ("\n");
}

void
calls_wait_told (const char *line)
{
  g_autofree char *whole = g_strconcat ("\n", line, "\n", NULL);
  gint64           deadline = g_get_monotonic_time () + PATIENCE_US;

  while (strstr (calls_told (), whole) == NULL)
    {
      if (g_get_monotonic_time () > deadline)
        fail_msg ("waited for '%s', was told:%s", line, told->str);
      g_usleep (POLL_US);
    }
}

/* ---- calls ---- */

/* The house asks its module; here that is a call. */
static void
turn_to (House *house, guint number)
{
  static char path[sizeof HOUSE_MODEM + 20];

  g_snprintf (path, sizeof path, "%s/call/%u", HOUSE_MODEM, number);
  house->modem = path;
}

char *
call_get (House *house, guint number, const char *property)
{
  char *value;

  turn_to (house, number);
  value = house_get (house, "Call1", property);
  house->modem = HOUSE_MODEM;
  return value;
}

void
call_wait (House *house, guint number, const char *property, const char *value)
{
  turn_to (house, number);
  house_wait (house, "Call1", property, value);
  house->modem = HOUSE_MODEM;
}

const char *
call_do (House *house, guint number, const char *method, const char *args)
{
  const char *answer;

  turn_to (house, number);
  answer = house_call (house, "Call1", method, args);
  house->modem = HOUSE_MODEM;
  return answer;
}

guint
call_dial (House *house, const char *number, const char *state)
{
  g_autofree char *args = g_strdup_printf ("('%s', @a{sv} {})", number);
  const char      *answer = house_call (house, "Voice1", "Dial", args);
  const char      *id = number_of (answer);
  guint            call;

  if (id == NULL)
    fail_msg ("Dial: %s", answer);
  call = (guint)g_ascii_strtoull (id, NULL, 10);
  call_wait (house, call, "State", state);
  return call;
}

House *
calls_house_new (void)
{
  House *house = house_new ("100");

  calls_listen (house);
  house_start_daemon (house, NULL);
  house_ready (house);
  return house;
}

void
calls_house_free (House *house)
{
  house_free (house);
  calls_forget_told ();
}
