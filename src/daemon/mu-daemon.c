/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-daemon.h"

#include "bus-objects.h"
#include "mu-config.h"
#include "mu-error.h"
#include "mu-facade.h"
#include "mu-listeners.h"
#include "mu-log.h"
#include "mu-notify.h"
#include "mu-sleep.h"

#include <glib-unix.h>

#include <signal.h>
#include <stdlib.h>

#define BUS_NAME "org.mu709"

typedef struct
{
  const MuOptions *options;
  GMainLoop       *loop;
  MuSettings       settings;
  GDBusConnection *connection;
  BusObjects      *objects;
  MuFacade        *facade;    /* NULL: not wanted */
  MuListeners      listeners; /* both */
  MuManager       *manager;
  MuSleep         *sleep;
  gboolean         named; /* the name is ours */
  gboolean         stopping;
  int              status;
} Daemon;

/* ---- configuration ---- */

static gboolean
apply_log_level (const Daemon *self, GKeyFile *config, GError **error)
{
  g_autofree char *configured = mu_config_text (config, "daemon", "log-level");
  const char      *word = self->options->log_level != NULL ? self->options->log_level : configured;
  MuLogLevel       level;

  if (!mu_log_level (word, &level))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT,
                    "The log level is error, warning, info or debug, not '%s'", word);
  mu_log_init (level, mu_config_flag (config, "daemon", "log-personal-data"));
  return TRUE;
}

static gboolean
load_config (Daemon *self, GError **error)
{
  g_autoptr (GKeyFile) config = mu_config_load (self->options->config, error);

  if (config == NULL || !apply_log_level (self, config, error))
    return FALSE;
  g_clear_pointer (&self->settings.config, g_key_file_unref);
  self->settings.config = g_steal_pointer (&config);
  return TRUE;
}

static char *
usual_state_directory (const Daemon *self)
{
  if (self->options->session)
    return g_build_filename (g_get_user_state_dir (), "mu709d", NULL);
  return g_strdup ("/var/lib/mu709d");
}

/* The option's, systemd's, or the usual one. */
static void
find_state_directory (Daemon *self)
{
  const char      *given = self->options->state_directory != NULL ? self->options->state_directory
                                                                  : g_getenv ("STATE_DIRECTORY");
  g_autofree char *directory = given != NULL ? g_strdup (given) : usual_state_directory (self);

  if (g_mkdir_with_parents (directory, 0700) == 0)
    self->settings.state_directory = g_steal_pointer (&directory);
  else
    mu_log (MU_LOG_WARNING, NULL, "%s cannot be made: nothing is remembered, no PIN is entered",
            directory);
}

/* ---- modules ---- */

static gboolean
add_module (Daemon *self, GVariantBuilder *ports, GError **error)
{
  g_autoptr (GVariant) dict = g_variant_ref_sink (g_variant_builder_end (ports));
  g_autofree char     *path = mu_manager_add (self->manager, dict, error);

  return path != NULL;
}

static gboolean
add_port_options (Daemon *self, GError **error)
{
  g_auto (GVariantBuilder) ports = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (char **text = self->options->ports; *text != NULL; text++)
    {
      g_auto (GStrv) parts = g_strsplit (*text, "=", 2);

      if (g_strv_length (parts) != 2)
        return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "--port %s: not ROLE=PATH", *text);
      g_variant_builder_add (&ports, "{sv}", parts[0], g_variant_new_string (parts[1]));
    }
  return add_module (self, &ports, error);
}

/* The UART of the configuration, if there is one. */
static gboolean
add_configured_uart (Daemon *self, GError **error)
{
  GKeyFile                *config = self->settings.config;
  g_autofree char         *uart = mu_config_text (config, "device", "uart");
  g_autofree char         *baud = mu_config_text (config, "device", "baud");
  g_autofree char         *flow = mu_config_text (config, "device", "flow-control");
  g_auto (GVariantBuilder) ports = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (uart[0] == '\0')
    return TRUE;
  g_variant_builder_add (&ports, "{sv}", "uart", g_variant_new_string (uart));
  g_variant_builder_add (&ports, "{sv}", "baud",
                         g_variant_new_uint32 ((guint)g_ascii_strtoull (baud, NULL, 10)));
  g_variant_builder_add (&ports, "{sv}", "flow_control", g_variant_new_string (flow));
  return add_module (self, &ports, error);
}

static gboolean
find_modules (Daemon *self, GError **error)
{
  g_auto (GStrv) ids = mu_config_list (self->settings.config, "device", "ids");

  if (self->options->ports != NULL)
    return add_port_options (self, error);
  if (!add_configured_uart (self, error))
    return FALSE;
  mu_manager_watch (self->manager, (const char *const *)ids);
  return TRUE;
}

/* ---- what systemd sees ---- */

static void
on_state (gpointer user_data)
{
  Daemon             *self = user_data;
  g_autoptr (GString) status = g_string_new (NULL);

  for (gsize i = 0; i < mu_manager_n_modems (self->manager); i++)
    {
      MuModem *modem = mu_manager_modem (self->manager, i);

      if (mu_modem_is_present (modem))
        g_string_append_printf (status, "%s%s %s", status->len > 0 ? ", " : "",
                                mu_modem_device (modem)->id,
                                mu_modem_state_word (mu_modem_state (modem)));
    }
  if (!self->stopping)
    mu_notify_status (status->len > 0 ? status->str : "No module");
}

/* ---- signals ---- */

static void
stop_now (gpointer user_data)
{
  Daemon *self = user_data;

  g_main_loop_quit (self->loop);
}

static gboolean
on_stop (gpointer user_data)
{
  Daemon  *self = user_data;
  gboolean again = self->stopping;

  self->stopping = TRUE;
  mu_notify_stopping ();
  if (again)
    stop_now (self);
  else
    mu_manager_quiet (self->manager, stop_now, self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_reload (gpointer user_data)
{
  Daemon            *self = user_data;
  g_autoptr (GError) error = NULL;

  mu_notify_reloading ();
  if (load_config (self, &error))
    {
      mu_log (MU_LOG_INFO, NULL, "The configuration has been read again");
      mu_manager_settings_changed (self->manager);
    }
  else
    mu_log (MU_LOG_ERROR, NULL, "The old configuration is kept: %s", error->message);
  mu_notify_ready ();
  return G_SOURCE_CONTINUE;
}

/* ---- the name ---- */

static void
on_name_acquired (GDBusConnection *connection G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
                  gpointer user_data)
{
  Daemon *self = user_data;

  self->named = TRUE;
  mu_notify_ready ();
  on_state (self);
}

static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Daemon *self = user_data;

  if (connection == NULL || g_dbus_connection_is_closed (connection))
    mu_log (MU_LOG_ERROR, NULL, "The bus is gone");
  else if (self->named)
    mu_log (MU_LOG_ERROR, NULL, "The name %s was taken away", name);
  else
    mu_log (MU_LOG_ERROR, NULL, "The name %s cannot be had: does another mu709d run?", name);
  self->status = EXIT_FAILURE;
  g_main_loop_quit (self->loop);
}

/* ---- wiring ---- */

static void
on_suspend (gpointer user_data)
{
  Daemon *self = user_data;

  mu_manager_suspend (self->manager);
}

static void
on_resume (gpointer user_data)
{
  Daemon *self = user_data;

  mu_manager_resume (self->manager);
}

static const MuSleepEvents sleep_events = { on_suspend, on_resume };

static gboolean
start (Daemon *self, GError **error)
{
  gboolean session = self->options->session;

  self->connection = g_bus_get_sync (session ? G_BUS_TYPE_SESSION : G_BUS_TYPE_SYSTEM, NULL, error);
  if (self->connection == NULL)
    return FALSE;
  g_dbus_connection_set_exit_on_close (self->connection, FALSE); /* see on_name_lost() */
  self->objects = bus_objects_new (self->connection, !session);
  mu_listeners_add (&self->listeners, &bus_objects_events, self->objects);
  if (mu_config_flag (self->settings.config, "daemon", "modemmanager-facade"))
    self->facade = mu_facade_new (bus_objects_shared (self->objects), &self->listeners);
  self->manager = mu_manager_new (&self->settings, &mu_listeners_events, &self->listeners);
  bus_objects_publish (self->objects, self->manager);
  if (self->facade != NULL)
    mu_facade_publish (self->facade, self->manager);
  if (!find_modules (self, error))
    return FALSE;
  bus_objects_on_state (self->objects, on_state, self);
  self->sleep = mu_sleep_new (&sleep_events, self);
  return TRUE;
}

static void
run (Daemon *self)
{
  guint name_id = g_bus_own_name_on_connection (self->connection, BUS_NAME,
                                                G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
                                                on_name_acquired, on_name_lost, self, NULL);
  guint signal_ids[] = {
    g_unix_signal_add (SIGTERM, on_stop, self),
    g_unix_signal_add (SIGINT, on_stop, self),
    g_unix_signal_add (SIGHUP, on_reload, self),
  };

  g_main_loop_run (self->loop);
  for (gsize i = 0; i < G_N_ELEMENTS (signal_ids); i++)
    g_source_remove (signal_ids[i]);
  g_bus_unown_name (name_id);
}

/* Takes down what start() has set up, as far as it came. */
static void
finish (Daemon *self)
{
  g_clear_pointer (&self->sleep, mu_sleep_free);
  if (self->manager != NULL)
    {
      bus_objects_on_state (self->objects, NULL, NULL);
      if (self->facade != NULL)
        mu_facade_unpublish (self->facade);
      bus_objects_unpublish (self->objects);
    }
  g_clear_pointer (&self->manager, mu_manager_free);
  g_clear_pointer (&self->facade, mu_facade_free);
  g_clear_pointer (&self->objects, bus_objects_free);
  if (self->connection != NULL)
    (void)g_dbus_connection_flush_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->settings.config, g_key_file_unref);
  g_clear_pointer (&self->settings.state_directory, g_free);
}

static void
print_config (const Daemon *self)
{
  g_autofree char *text = mu_config_print (self->settings.config);

  g_print ("%s", text);
}

int
mu_daemon_run (const MuOptions *options)
{
  Daemon             self = { .options = options, .status = EXIT_SUCCESS };
  g_autoptr (GError) error = NULL;
  gboolean           ok = load_config (&self, &error);

  if (ok && options->print_config)
    print_config (&self);
  else if (ok)
    {
      self.loop = g_main_loop_new (NULL, FALSE);
      find_state_directory (&self);
      ok = start (&self, &error);
      if (ok)
        run (&self);
    }
  if (!ok)
    {
      g_printerr ("mu709d: %s\n", error->message);
      self.status = EXIT_FAILURE;
    }
  finish (&self);
  return self.status;
}
