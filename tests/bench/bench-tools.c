/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench-tools.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#define PATIENCE_US (60 * G_USEC_PER_SEC)

/* ---- samples ---- */

Samples
samples_new (void)
{
  return (Samples){ g_array_new (FALSE, FALSE, sizeof (double)) };
}

void
samples_add (Samples *self, double us)
{
  g_array_append_val (self->us, us);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

double
samples_at (Samples *self, double quantile)
{
  g_array_sort (self->us, compare);
  return g_array_index (self->us, double, (guint)(quantile * (self->us->len - 1)));
}

void
samples_free (Samples *self)
{
  g_array_unref (self->us);
}

double
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* ---- processes ---- */

GPid
process_spawn (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  GPid               pid;

  if (!g_spawn_async (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                      NULL, NULL, &pid, &error))
    g_error ("%s", error->message);
  return pid;
}

void
process_stop (GPid pid)
{
  kill (pid, SIGTERM);
  waitpid (pid, NULL, 0);
}

static double
sum_of (const char *text, const char *key)
{
  const char *found = strstr (text, key);

  return found != NULL ? g_ascii_strtod (found + strlen (key), NULL) : 0;
}

static char *
read_proc (GPid pid, const char *file)
{
  g_autofree char *name = g_strdup_printf ("/proc/%d/%s", pid, file);
  char            *text = NULL;

  g_file_get_contents (name, &text, NULL, NULL);
  return text != NULL ? text : g_strdup ("");
}

Memory
process_memory (GPid pid)
{
  g_autofree char *text = read_proc (pid, "smaps_rollup");

  return (Memory){ sum_of (text, "Private_Dirty:"), sum_of (text, "Pss:") };
}

/* Threads of GLib's pool are not counted: they are not there for long, and what they have counted
 * ends with them. */
static gboolean
is_lasting (const char *status)
{
  return !g_str_has_prefix (status, "Name:\tpool-");
}

guint
process_wake_ups (GPid pid)
{
  g_autofree char *tasks = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) dir = g_dir_open (tasks, 0, NULL);
  const char      *task;
  double           n = 0;

  while (dir != NULL && (task = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_strdup_printf ("task/%s/status", task);
      g_autofree char *text = read_proc (pid, file);

      if (is_lasting (text))
        n += sum_of (text, "\nvoluntary_ctxt_switches:");
    }
  return (guint)n;
}

/* ---- the bus ---- */

GVariant *
bus_call (GDBusConnection *bus, const char *name, const char *path, const char *interface,
          const char *method, GVariant *args)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (bus, name, path, interface, method, args, NULL,
                                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  if (reply == NULL)
    g_error ("%s.%s: %s", interface, method, error->message);
  return reply;
}

void
bus_wait_name (GDBusConnection *bus, const char *name)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (g_get_monotonic_time () < deadline)
    {
      g_autoptr (GVariant) reply
          = bus_call (bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
                      g_variant_new ("(s)", name));
      gboolean owned;

      g_variant_get (reply, "(b)", &owned);
      if (owned)
        return;
      g_usleep (200);
    }
  g_error ("%s does not come", name);
}

static void
on_signal (GDBusConnection *bus G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
           const char *signal G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED, gpointer user_data)
{
  Counter *self = user_data;

  self->n++;
}

void
counter_start (Counter *self, GDBusConnection *bus, const char *name, const char *interface,
               const char *signal)
{
  self->n = 0;
  self->id = g_dbus_connection_signal_subscribe (bus, name, interface, signal, NULL, NULL,
                                                 G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
}

void
counter_wait (Counter *self, guint n)
{
  while (self->n < n)
    g_main_context_iteration (NULL, TRUE);
}

void
counter_stop (Counter *self, GDBusConnection *bus)
{
  g_dbus_connection_signal_unsubscribe (bus, self->id);
}
