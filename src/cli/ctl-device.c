/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modules that udev does not find. */
#include "ctl-bus.h"
#include "ctl-call.h"
#include "ctl-command.h"
#include "ctl-keys.h"
#include "ctl-module.h"

/* The others are texts, and for the daemon to know. */
static const CtlKey keys[] = {
  { "baud", "u" },
  { NULL, "s" },
};

static gboolean
run_add (Ctl *ctl, const char *const *args, GError **error)
{
  g_autoptr (GVariant) ports = ctl_keys_parse (keys, args, error);
  g_autofree char     *text = NULL;

  if (ports == NULL)
    return FALSE;
  text = g_variant_print (ports, TRUE);

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
