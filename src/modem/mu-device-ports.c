/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-device-ports.h"

#include "mu-error.h"
#include "mu-keys.h"

#include <net/if.h>
#include <string.h>

/* What the kernel takes for the name of an interface; a longer one would be cut somewhere. */
static gboolean
is_interface (const char *name)
{
  return name[0] != '\0' && strlen (name) < IFNAMSIZ && strpbrk (name, "/: \t\n") == NULL
         && !g_str_equal (name, ".") && !g_str_equal (name, "..");
}

static gboolean
take_port (MuDevice *device, MuPortRole role, const char *name, GError **error)
{
  if (role != MU_PORT_NET && !g_path_is_absolute (name))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "%s: not an absolute path",
                    mu_port_role_word (role));
  if (role == MU_PORT_NET && !is_interface (name))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "net: no name of an interface");
  mu_device_set_port (device, role, name);
  return TRUE;
}

static gboolean
take_baud (MuDevice *device, guint baud, GError **error)
{
  static const guint bauds[] = { 0, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600 };

  for (gsize i = 0; i < G_N_ELEMENTS (bauds); i++)
    if (bauds[i] == baud)
      {
        device->baud = baud;
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "baud: not a speed of guide 3.1");
}

static gboolean
take_flow_control (MuDevice *device, const char *word, GError **error)
{
  device->hardware_flow = g_str_equal (word, "hardware");
  if (device->hardware_flow || g_str_equal (word, "none"))
    return TRUE;
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "flow_control: none or hardware");
}

static const MuKey keys[] = {
  { "pcui", "s" }, { "modem", "s" }, { "uart", "s" },         { "diag", "s" },
  { "net", "s" },  { "baud", "u" },  { "flow_control", "s" },
};

static gboolean
take_key (MuDevice *device, const char *key, GVariant *value, GError **error)
{
  MuPortRole role;

  if (mu_port_role_from_word (key, &role))
    return take_port (device, role, g_variant_get_string (value, NULL), error);
  if (g_str_equal (key, "baud"))
    return take_baud (device, g_variant_get_uint32 (value), error);
  return take_flow_control (device, g_variant_get_string (value, NULL), error);
}

MuDevice *
mu_device_from_ports (GVariant *ports, GError **error)
{
  g_autoptr (MuDevice) device = mu_device_new ("", "");
  GVariantIter         iter;
  const char          *key;
  GVariant            *value;

  if (!mu_keys_check (keys, G_N_ELEMENTS (keys), ports, error))
    return NULL;
  g_variant_iter_init (&iter, ports);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      gboolean ok = take_key (device, key, value, error);

      g_variant_unref (value);
      if (!ok)
        return NULL;
    }
  if (mu_device_at_port (device) == NULL)
    {
      (void)mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "Neither pcui nor uart is given");
      return NULL;
    }
  g_free (device->id);
  device->id = mu_device_id_for_tty (mu_device_at_port (device));
  return g_steal_pointer (&device);
}
