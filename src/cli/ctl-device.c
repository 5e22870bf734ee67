/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modules that udev does not find. */
#include "ctl-args.h"
#include "ctl-bus.h"
#include "ctl-call.h"
#include "ctl-command.h"
#include "ctl-error.h"
#include "ctl-module.h"

#include <string.h>

/* Those keys whose values are not texts. */
static const char *const numbers[] = { "baud", NULL };

static gboolean
add_entry (GVariantBuilder *ports, const char *text, GError **error)
{
  gsize                len = strcspn (text, "=");
  g_autofree char     *key = g_strndup (text, len);
  g_autoptr (GVariant) value = NULL;

  if (len == 0 || text[len] == '\0')
    return ctl_fail (error, CTL_ERROR_USAGE, "'%s' is not KEY=VALUE", text);
  value = ctl_args_parse_value (g_strv_contains (numbers, key) ? "u" : "s", text + len + 1, error);
  if (value == NULL)
    return FALSE;
  g_variant_builder_add (ports, "{sv}", key, value);
  return TRUE;
}

static gboolean
run_add (Ctl *ctl, const char *const *args, GError **error)
{
  g_auto (GVariantBuilder) ports = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant)     dict = NULL;
  g_autofree char         *text = NULL;

  for (; *args != NULL; args++)
    if (!add_entry (&ports, *args, error))
      return FALSE;
  dict = g_variant_ref_sink (g_variant_builder_end (&ports));
  text = g_variant_print (dict, TRUE);

  const char *const texts[] = { text, NULL };
  return ctl_call (ctl, "Manager1", "AddDevice", texts, error);
}

/* A module that is not plugged in has no object, but its path can still be told. */
static char *
find_path (Ctl *ctl, const char *text, GError **error)
{
  g_autoptr (GVariant) objects = NULL;
  char                *path;

  if (text[0] == '/')
    return g_strdup (text);
  objects = ctl_bus_objects (ctl, error);
  if (objects == NULL)
    return NULL;
  path = ctl_module_find (objects, text, NULL);
  return path != NULL ? path : g_strconcat (CTL_MODULES, text, NULL);
}

static gboolean
run_remove (Ctl *ctl, const char *const *args, GError **error)
{
  g_autofree char  *path = find_path (ctl, args[0], error);
  const char *const texts[] = { path, NULL };

  return path != NULL && ctl_call (ctl, "Manager1", "RemoveDevice", texts, error);
}

const CtlCommand ctl_device_commands[] = {
  { "device add", "KEY=VALUE...", "Add a module that udev does not find", .run = run_add,
    .more
    = "The keys are pcui, modem, uart and diag (paths of ttys), net (the name of an interface),\n"
      "baud (bit/s, 0: found out) and flow_control (none, hardware).  Prints the new path." },
  { "device remove", "MODULE", "Forget a module that was added", .run = run_remove },
  { "device rescan", "", "Look for modules at once", "Manager1", "Rescan" },
  { NULL },
};
