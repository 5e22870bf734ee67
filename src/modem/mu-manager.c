/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All modules, and the service that lists them and adds them by hand. */
#include "mu-manager.h"

#include "mu-device-monitor.h"
#include "mu-device-ports.h"
#include "mu-log.h"

#include <string.h>

#define MAX_MODEMS 64

struct MuManager
{
  MuService            base;
  const MuSettings    *settings;
  const MuModemEvents *events;
  gpointer             user_data;
  GPtrArray           *modems; /* MuModem, also those that are not present */
  MuDeviceMonitor     *monitor;

  void (*quiet) (gpointer user_data);
  gpointer quiet_data;
  guint    unquieted;
};

/* ---- modems ---- */

static void
on_present (MuModem *modem, gboolean present, gpointer user_data)
{
  MuManager *self = user_data;

  self->events->present (modem, present, self->user_data);
  mu_service_changed (&self->base, &self->modems);
}

static void
on_appeared (MuModem *modem, MuService *service, gpointer user_data)
{
  MuManager *self = user_data;

  self->events->appeared (modem, service, self->user_data);
}

static void
on_vanished (MuModem *modem, MuService *service, gpointer user_data)
{
  MuManager *self = user_data;

  self->events->vanished (modem, service, self->user_data);
}

static void
on_entered (MuModem *modem, gpointer user_data)
{
  MuManager *self = user_data;

  self->events->entered (modem, self->user_data);
}

static const MuModemEvents modem_events = { on_present, on_appeared, on_vanished, on_entered };

static MuModem *
find_modem (MuManager *self, const char *id)
{
  for (guint i = 0; i < self->modems->len; i++)
    if (g_str_equal (mu_modem_device (self->modems->pdata[i])->id, id))
      return self->modems->pdata[i];
  return NULL;
}

static void
add_modem (MuManager *self, MuDevice *device, gboolean fixed)
{
  MuModem *modem = mu_modem_new (device, fixed, self->settings, &modem_events, self);

  g_ptr_array_add (self->modems, modem);
  mu_modem_start (modem);
}

/* It is in the list until nobody has to hear of it any more. */
static void
remove_modem (MuManager *self, MuModem *modem)
{
  mu_log (MU_LOG_INFO, mu_modem_device (modem)->id, "Removed");
  mu_modem_free (modem);
  g_ptr_array_remove (self->modems, modem);
  mu_service_changed (&self->base, &self->modems);
}

static void
on_device (MuDevice *device, MuDeviceChange change, gpointer user_data)
{
  MuManager *self = user_data;
  MuModem   *modem = find_modem (self, device->id);

  if (modem == NULL && change != MU_DEVICE_REMOVED && self->modems->len < MAX_MODEMS)
    add_modem (self, device, FALSE);
  else if (modem != NULL && change == MU_DEVICE_REMOVED)
    remove_modem (self, modem);
  else if (modem != NULL)
    mu_modem_device_changed (modem);
}

/* ---- by hand ---- */

static gboolean
shares_port (const MuDevice *a, const MuDevice *b)
{
  for (MuPortRole i = 0; i < MU_N_PORT_ROLES; i++)
    for (MuPortRole k = 0; k < MU_N_PORT_ROLES; k++)
      if (a->ports[i] != NULL && b->ports[k] != NULL && g_str_equal (a->ports[i], b->ports[k]))
        return TRUE;
  return FALSE;
}

static gboolean
has_room_for (MuManager *self, const MuDevice *device, GError **error)
{
  if (self->modems->len >= MAX_MODEMS)
    return mu_fail (error, MU_ERROR_MEMORY_FULL, "There are %d modules already", MAX_MODEMS);
  if (find_modem (self, device->id) != NULL)
    return mu_fail (error, MU_ERROR_BUSY, "There is a module %s already", device->id);
  for (guint i = 0; i < self->modems->len; i++)
    if (shares_port (device, mu_modem_device (self->modems->pdata[i])))
      return mu_fail (error, MU_ERROR_BUSY, "One of the ports belongs to the module %s",
                      mu_modem_device (self->modems->pdata[i])->id);
  return TRUE;
}

char *
mu_manager_add (MuManager *self, GVariant *ports, GError **error)
{
  g_autoptr (MuDevice) device = mu_device_from_ports (ports, error);

  if (device == NULL || !has_room_for (self, device, error))
    return NULL;
  add_modem (self, device, TRUE);
  return g_strconcat (MU_OBJECT_MODEM, device->id, NULL);
}

/* Who calls wants to hear of a misspelt path; the configuration may be ahead of the hardware. */
static gboolean
port_exists (GVariant *ports, GError **error)
{
  g_autoptr (MuDevice) device = mu_device_from_ports (ports, error);

  if (device == NULL || g_file_test (mu_device_at_port (device), G_FILE_TEST_EXISTS))
    return device != NULL;
  return mu_fail (error, MU_ERROR_NOT_FOUND, "There is no %s", mu_device_at_port (device));
}

static void
manager_add_device (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GVariant) ports = g_variant_get_child_value (args, 0);
  g_autoptr (GError)   error = NULL;
  g_autofree char     *path = NULL;

  if (port_exists (ports, &error))
    path = mu_manager_add ((MuManager *)base, ports, &error);
  if (path != NULL)
    mu_call_return (call, g_variant_new ("(o)", path));
  else
    mu_call_fail (call, error);
}

static void
manager_remove_device (MuService *base, GVariant *args, MuCall *call)
{
  MuManager  *self = (MuManager *)base;
  MuModem    *modem = NULL;
  const char *path;

  g_variant_get (args, "(&o)", &path);
  if (g_str_has_prefix (path, MU_OBJECT_MODEM))
    modem = find_modem (self, path + strlen (MU_OBJECT_MODEM));
  if (modem == NULL)
    {
      mu_call_reject (call, MU_ERROR_NOT_FOUND, "There is no module %s", path);
      return;
    }
  if (!mu_modem_is_fixed (modem))
    {
      mu_call_reject (call, MU_ERROR_NOT_ALLOWED, "udev has found it: unplug it instead");
      return;
    }
  remove_modem (self, modem);
  mu_call_return (call, NULL);
}

static void
manager_rescan (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  MuManager *self = (MuManager *)base;

  if (self->monitor != NULL)
    mu_device_monitor_scan (self->monitor);
  for (guint i = 0; i < self->modems->len; i++)
    mu_modem_retry (self->modems->pdata[i]);
  mu_call_return (call, NULL);
}

static GVariant *
get_version (MuService *base G_GNUC_UNUSED)
{
  return g_variant_new_string (MU_VERSION);
}

static GVariant *
get_modems (MuService *base)
{
  MuManager      *self = (MuManager *)base;
  GVariantBuilder paths;

  g_variant_builder_init (&paths, G_VARIANT_TYPE_OBJECT_PATH_ARRAY);
  for (guint i = 0; i < self->modems->len; i++)
    if (mu_modem_is_present (self->modems->pdata[i]))
      {
        g_autofree char *path
            = g_strconcat (MU_OBJECT_MODEM, mu_modem_device (self->modems->pdata[i])->id, NULL);

        g_variant_builder_add (&paths, "o", path);
      }
  return g_variant_builder_end (&paths);
}

/* ---- for the owner ---- */

MuManager *
mu_manager_new (const MuSettings *settings, const MuModemEvents *events, gpointer user_data)
{
  MuManager *self = (MuManager *)mu_service_new (&mu_manager_class, NULL);

  self->settings = settings;
  self->events = events;
  self->user_data = user_data;
  self->modems = g_ptr_array_new ();
  return self;
}

void
mu_manager_free (MuManager *self)
{
  self->quiet = NULL;
  g_clear_pointer (&self->monitor, mu_device_monitor_free);
  while (self->modems->len > 0)
    remove_modem (self, self->modems->pdata[self->modems->len - 1]);
  g_ptr_array_unref (self->modems);
  mu_service_free (&self->base);
}

void
mu_manager_watch (MuManager *self, const char *const *ids)
{
  g_clear_pointer (&self->monitor, mu_device_monitor_free);
  self->monitor = mu_device_monitor_new (ids, on_device, self);
  mu_device_monitor_scan (self->monitor);
}

MuService *
mu_manager_service (MuManager *self)
{
  return &self->base;
}

gsize
mu_manager_n_modems (MuManager *self)
{
  return self->modems->len;
}

MuModem *
mu_manager_modem (MuManager *self, gsize i)
{
  return self->modems->pdata[i];
}

void
mu_manager_suspend (MuManager *self)
{
  for (guint i = 0; i < self->modems->len; i++)
    mu_modem_suspend (self->modems->pdata[i]);
}

void
mu_manager_resume (MuManager *self)
{
  for (guint i = 0; i < self->modems->len; i++)
    mu_modem_resume (self->modems->pdata[i]);
}

void
mu_manager_settings_changed (MuManager *self)
{
  for (guint i = 0; i < self->modems->len; i++)
    mu_modem_settings_changed (self->modems->pdata[i]);
}

static void
on_quiet (gpointer user_data)
{
  MuManager *self = user_data;

  if (--self->unquieted == 0 && self->quiet != NULL)
    self->quiet (self->quiet_data);
}

void
mu_manager_quiet (MuManager *self, void (*done) (gpointer user_data), gpointer user_data)
{
  self->quiet = done;
  self->quiet_data = user_data;
  self->unquieted = self->modems->len;
  if (self->modems->len == 0)
    done (user_data);
  for (guint i = 0; i < self->modems->len; i++)
    mu_modem_quiet (self->modems->pdata[i], on_quiet, self);
}

static const MuOp ops[] = {
  { "AddDevice", .run = manager_add_device },
  { "RemoveDevice", .run = manager_remove_device },
  { "Rescan", .run = manager_rescan },
};

static const MuProp props[] = {
  { "Version", "s", .get = get_version },
  { "Modems", "ao", offsetof (MuManager, modems), .get = get_modems },
};

const MuServiceClass mu_manager_class = {
  .interface = "org.mu709.Manager1",
  .size = sizeof (MuManager),
  .access = "org.mu709.manage",
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
};
