/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The way to everything that has no command of its own: call, get, set. */
#include "ctl-call.h"

#include "ctl-args.h"
#include "ctl-bus.h"
#include "ctl-command.h"
#include "ctl-error.h"
#include "ctl-output.h"
#include "ctl-target.h"

/* ---- call ---- */

static gboolean
call_target (Ctl *ctl, const CtlTarget *target, const GDBusMethodInfo *info,
             const char *const *texts, GError **error)
{
  const CtlMethod      method = { target->path, target->interface->name, info->name };
  CtlFiles             files = { 0 };
  g_autoptr (GVariant) args = ctl_args_parse (info->in_args, texts, &files, error);
  g_autoptr (GVariant) results = NULL;

  if (args != NULL)
    results = ctl_bus_call (ctl, &method, args, files.list, error);
  else
    g_prefix_error (error, "%s: ", info->name);
  ctl_files_close (&files, results != NULL);
  if (results == NULL)
    return FALSE;
  if (files.has_stdout)
    ctl->out = stderr;
  ctl_output_results (ctl, info, results);
  return TRUE;
}

gboolean
ctl_call (Ctl *ctl, const char *interface, const char *method, const char *const *args,
          GError **error)
{
  g_auto (CtlTarget)     target = { 0 };
  const GDBusMethodInfo *info;

  if (!ctl_target_find (&target, ctl, interface, error))
    return FALSE;
  info = ctl_target_method (&target, method, error);
  return info != NULL && call_target (ctl, &target, info, args, error);
}

static gboolean
run_call (Ctl *ctl, const char *const *args, GError **error)
{
  return ctl_call (ctl, args[0], args[1], args + 2, error);
}

/* ---- get ---- */

static gboolean
get_all (Ctl *ctl, const CtlTarget *target, GError **error)
{
  const CtlMethod      method = { target->path, CTL_PROPERTIES, "GetAll", "(a{sv})" };
  g_autoptr (GVariant) reply
      = ctl_bus_call (ctl, &method, g_variant_new ("(s)", target->interface->name), NULL, error);
  g_autoptr (GVariant) properties = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(@a{sv})", &properties);
  ctl_output_value (ctl, properties);
  return TRUE;
}

static gboolean
get_one (Ctl *ctl, const CtlTarget *target, const char *name, GError **error)
{
  const CtlMethod      method = { target->path, CTL_PROPERTIES, "Get", "(v)" };
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) value = NULL;

  if (ctl_target_property (target, name, error) == NULL)
    return FALSE;
  reply = ctl_bus_call (ctl, &method, g_variant_new ("(ss)", target->interface->name, name), NULL,
                        error);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(v)", &value);
  if (ctl->options.json)
    ctl_output_json (ctl, g_variant_new_parsed ("{%s: <%*>}", name, value));
  else
    ctl_output_value (ctl, value);
  return TRUE;
}

gboolean
ctl_get (Ctl *ctl, const char *interface, const char *property, GError **error)
{
  g_auto (CtlTarget) target = { 0 };

  if (!ctl_target_find (&target, ctl, interface, error))
    return FALSE;
  return property != NULL ? get_one (ctl, &target, property, error) : get_all (ctl, &target, error);
}

static gboolean
run_get (Ctl *ctl, const char *const *args, GError **error)
{
  return ctl_get (ctl, args[0], args[1], error);
}

/* ---- set ---- */

static gboolean
run_set (Ctl *ctl, const char *const *args, GError **error)
{
  g_auto (CtlTarget)       target = { 0 };
  CtlMethod                method = { .interface = CTL_PROPERTIES, .name = "Set" };
  const GDBusPropertyInfo *property;
  g_autoptr (GVariant)     value = NULL;
  g_autoptr (GVariant)     reply = NULL;

  if (!ctl_target_find (&target, ctl, args[0], error))
    return FALSE;
  property = ctl_target_property (&target, args[1], error);
  if (property == NULL)
    return FALSE;
  if (!(property->flags & G_DBUS_PROPERTY_INFO_FLAGS_WRITABLE))
    return ctl_fail (error, CTL_ERROR_USAGE, "%s can only be read", property->name);
  value = ctl_args_parse_value (property->signature, args[2], error);
  if (value == NULL)
    return FALSE;
  method.path = target.path;
  reply = ctl_bus_call (ctl, &method,
                        g_variant_new ("(ssv)", target.interface->name, property->name, value),
                        NULL, error);
  if (reply != NULL)
    ctl_output_nothing (ctl);
  return reply != NULL;
}

const CtlCommand ctl_call_commands[] = {
  { "call", "IFACE METHOD [ARG...]", "Call a method", .run = run_call,
    .more
    = "IFACE is the name of an interface, such as Sim1 or org.mu709.Sim1.  The arguments are\n"
      "read by the method's signature: texts and paths as typed, yes or no, numbers,\n"
      "bytes as hex digits, arrays and dictionaries in GVariant's text format,\n"
      "{'report': <true>, 'class': <uint32 0>}, a file by its name or - for standard input\n"
      "or output.  A dictionary of options at the end may be left out." },
  { "get", "IFACE [PROPERTY]", "Print a property, or all of them", .run = run_get },
  { "set", "IFACE PROPERTY VALUE", "Set a property", .run = run_set,
    .more = "The value is read by the property's type, as the arguments of call are." },
  { NULL },
};
