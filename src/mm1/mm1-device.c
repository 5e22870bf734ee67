/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Of Modem, what comes from the device: its ports, its place, its drivers. */
#include "mm1-interfaces.h"
#include "mm1-words.h"

#include <string.h>

#define PLUGIN "mu709d"

/* Ports as ModemManager names them: without /dev. */
static char *
port_name (const char *port)
{
  return g_path_get_basename (port);
}

static GVariant *
ports (const Mm1Object *object)
{
  g_autoptr (GVariant) rows = mm1_get (object, "Modem1", "Ports");
  GVariantBuilder      result;
  GVariantIter         iter;
  const char          *role, *port;

  g_variant_builder_init (&result, G_VARIANT_TYPE ("a(su)"));
  if (rows != NULL)
    {
      g_variant_iter_init (&iter, rows);
      while (g_variant_iter_next (&iter, "(&s&s)", &role, &port))
        {
          g_autofree char *name = port_name (port);

          g_variant_builder_add (&result, "(su)", name, mm1_port_type (role));
        }
    }
  return g_variant_builder_end (&result);
}

/* The drivers of the USB interfaces below the device, as sysfs links to them. */
static char **
drivers (const char *path)
{
  g_autoptr (GHashTable)   seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GDir)         dir = path[0] != '\0' ? g_dir_open (path, 0, NULL) : NULL;
  const char              *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *link = g_build_filename (path, entry, "driver", NULL);
      g_autofree char *target = g_file_read_link (link, NULL);
      const char      *name = target != NULL ? g_intern_string (strrchr (target, '/')) : NULL;

      if (name != NULL && g_hash_table_add (seen, (gpointer)name))
        g_strv_builder_add (names, name + 1);
    }
  if (g_hash_table_size (seen) == 0)
    g_strv_builder_add (names, PLUGIN);
  return g_strv_builder_end (names);
}

/* The same for the same module, wherever it is plugged in. */
static char *
identifier (const Mm1Object *object)
{
  g_autofree char *manufacturer = mm1_get_text (object, "Modem1", "Manufacturer");
  g_autofree char *model = mm1_get_text (object, "Modem1", "Model");
  g_autofree char *imei = mm1_get_text (object, "Modem1", "Imei");
  g_autofree char *all = g_strjoin ("\n", manufacturer, model, imei, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA1, all, -1);
}

void
mm1_modem_set_device (MmGdbusModem *skeleton, const Mm1Object *object)
{
  const MuDevice  *device = mm1_object_device (object);
  const char      *at_port = mu_device_at_port (device);
  g_autofree char *primary = at_port != NULL ? port_name (at_port) : g_strdup ("");
  g_autofree char *id = identifier (object);
  const char      *place = device->path[0] != '\0' || at_port == NULL ? device->path : at_port;

  if (g_strcmp0 (mm_gdbus_modem_get_device (skeleton), place) != 0)
    {
      g_auto (GStrv) names = drivers (device->path);

      mm_gdbus_modem_set_device (skeleton, place);
      mm_gdbus_modem_set_drivers (skeleton, (const char *const *)names);
    }
  mm_gdbus_modem_set_plugin (skeleton, PLUGIN);
  mm_gdbus_modem_set_primary_port (skeleton, primary);
  mm_gdbus_modem_set_ports (skeleton, ports (object));
  mm_gdbus_modem_set_device_identifier (skeleton, id);
}
