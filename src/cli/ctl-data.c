/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Data connections and contexts: which there are, and those that are to be no more. */
#include "ctl-data.h"

#include "ctl-child.h"
#include "ctl-command.h"
#include "ctl-data-text.h"
#include "ctl-error.h"
#include "ctl-module.h"
#include "ctl-output.h"

GVariant *
ctl_data_choose (Ctl *ctl, GError **error)
{
  GVariant *properties;

  if (!ctl_module_choose (ctl, error))
    return NULL;
  properties = ctl_module_properties (ctl->module, "Data1");
  if (properties == NULL)
    ctl_module_lacks (ctl, "Data1", error);
  return properties;
}

GVariant *
ctl_data_connections (Ctl *ctl, GError **error)
{
  g_autoptr (GVariant) data = ctl_data_choose (ctl, error);

  return data != NULL ? ctl_child_list (ctl->objects, ctl->module_path, "connection", "Connection1")
                      : NULL;
}

GVariant *
ctl_data_read (Ctl *ctl, const char *path, GError **error)
{
  const CtlMethod      method = { path, CTL_PROPERTIES, "GetAll", "(a{sv})" };
  g_autoptr (GVariant) reply
      = ctl_child_call (ctl, &method, g_variant_new ("(s)", CTL_CONNECTION), error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

/* ---- status ---- */

static gboolean
run_status (Ctl *ctl, const char *const *args, GError **error)
{
  g_autoptr (GVariant) connections = NULL;
  g_autofree char     *text = NULL;

  if (args[0] != NULL)
    return ctl_data_watch (ctl, args, error);
  connections = ctl_data_connections (ctl, error);
  if (connections == NULL)
    return FALSE;
  if (ctl->options.json)
    {
      ctl_output_json (ctl, ctl_child_json_list (connections));
      return TRUE;
    }
  text = ctl_data_table (connections, "", &ctl->style);
  if (text[0] == '\0')
    g_printerr ("There is no connection\n");
  ctl_output_text (ctl, text);
  return TRUE;
}

/* ---- down ---- */

static gboolean
disconnect (Ctl *ctl, const char *path, GError **error)
{
  const CtlMethod      method = { path, CTL_CONNECTION, "Disconnect", "()" };
  g_autoptr (GVariant) reply = ctl_child_call (ctl, &method, NULL, error);

  return reply != NULL;
}

/* One that somebody else has ended meanwhile is down too. */
static gboolean
is_gone (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  return g_error_matches (error, CTL_ERROR, CTL_ERROR_NO_MODULE)
         || g_strcmp0 (name, "org.mu709.Error.NotFound") == 0;
}

/* If one stays, the others go all the same; the first error is told. */
static gboolean
disconnect_all (Ctl *ctl, GError **error)
{
  g_autoptr (GVariant) connections = ctl_data_connections (ctl, error);
  g_autoptr (GError)   first = NULL;

  for (gsize i = 0; connections != NULL && i < g_variant_n_children (connections); i++)
    {
      g_autoptr (GError) cause = NULL;
      const char        *path;

      g_variant_get_child (connections, i, "(&o@a{sv})", &path, NULL);
      if (!disconnect (ctl, path, &cause) && !is_gone (cause) && first == NULL)
        first = g_steal_pointer (&cause);
    }
  if (first == NULL)
    return connections != NULL;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static char *
find_cid (Ctl *ctl, guint64 cid, GError **error)
{
  g_autoptr (GVariant) connections = ctl_data_connections (ctl, error);

  if (connections == NULL)
    return NULL;
  for (gsize i = 0; i < g_variant_n_children (connections); i++)
    {
      g_autoptr (GVariant) properties = NULL;
      const char          *path;

      g_variant_get_child (connections, i, "(&o@a{sv})", &path, &properties);
      if (ctl_data_cid (properties) == cid)
        return g_strdup (path);
    }
  ctl_fail (error, CTL_ERROR_NO_MODULE, "Context %" G_GUINT64_FORMAT " is not connected", cid);
  return NULL;
}

static gboolean
disconnect_one (Ctl *ctl, const char *text, GError **error)
{
  g_autofree char *path = NULL;
  guint64          cid;

  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &cid, NULL))
    path = find_cid (ctl, cid, error);
  else if (text[0] == '/')
    path = ctl_child_path (ctl, "connection", text, error);
  else
    ctl_fail (error, CTL_ERROR_USAGE,
              "'%s' is neither all, nor the number of a context, nor a path", text);
  return path != NULL && disconnect (ctl, path, error);
}

static gboolean
run_down (Ctl *ctl, const char *const *args, GError **error)
{
  gboolean is_all = args[0] == NULL || g_str_equal (args[0], "all");
  gboolean done = is_all ? disconnect_all (ctl, error) : disconnect_one (ctl, args[0], error);

  if (done)
    ctl_output_nothing (ctl);
  return done;
}

/* ---- contexts ---- */

static const CtlKey context_keys[] = {
  { "address", "s" },
  { "apn", "s" },
  { "type", "s", .values = "ip|ppp" },
  { NULL },
};

static gboolean
run_contexts (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  g_autoptr (GVariant) data = ctl_data_choose (ctl, error);
  g_autoptr (GVariant) contexts = NULL;

  if (data == NULL)
    return FALSE;
  contexts = g_variant_lookup_value (data, "Contexts", G_VARIANT_TYPE ("aa{sv}"));
  if (contexts == NULL)
    return ctl_module_lacks (ctl, "Data1", error);
  ctl_output_value (ctl, contexts);
  return TRUE;
}

static gboolean
run_define (Ctl *ctl, const char *const *args, GError **error)
{
  CtlMethod            method = { .interface = CTL_DATA, .name = "DefineContext", .reply = "()" };
  g_autoptr (GVariant) context = ctl_keys_parse (context_keys, args + 1, error);
  g_autoptr (GVariant) data = NULL;
  g_autoptr (GVariant) reply = NULL;
  guint64              cid;

  if (context == NULL)
    return FALSE;
  if (!g_ascii_string_to_unsigned (args[0], 10, 1, G_MAXUINT32, &cid, NULL))
    return ctl_fail (error, CTL_ERROR_USAGE, "'%s' is not the number of a context", args[0]);
  data = ctl_data_choose (ctl, error);
  if (data == NULL)
    return FALSE;
  method.path = ctl->module_path;
  reply = ctl_bus_call (ctl, &method, g_variant_new ("(u@a{sv})", (guint32)cid, context), NULL,
                        error);
  if (reply != NULL)
    ctl_output_nothing (ctl);
  return reply != NULL;
}

const CtlCommand ctl_data_commands[] = {
  { "data up", "[KEY=VALUE...]", "Connect, print the interface and its address", .run = ctl_data_up,
    .keys = ctl_data_up_keys,
    .more
    = "The keys, which may be written as options, --apn=NAME, too:\n"
      "  apn=NAME               the access point\n"
      "  bearer=ecm|ppp         how the packets go\n"
      "  user=NAME              then the password is asked for on the terminal, or read from\n"
      "                         standard input, a line\n"
      "  password-file=FILE     where it is the first line, - for standard input\n"
      "  auth=none|pap|chap     how both are told\n"
      "  cid=NUMBER             which context\n"
      "  roaming=yes|no         whether it may be while roaming; --roaming is yes\n"
      "What is not given is the daemon's to choose, see help Data1 Connect.  Ctrl-C ends the\n"
      "attempt." },
  { "data down", "[CID|PATH|all]", "Disconnect one, or all", .run = run_down },
  { "data status", "[watch]", "List the connections, or with watch be told of them",
    .run = run_status, .more = "--watch is data watch." },
  { "data watch", "", "Be told of connections, and see their rates", .run = ctl_data_watch,
    .more = "On a terminal the rates are drawn, each second, else they are a line each." },
  { "data contexts", "", "List the contexts that the module knows", .run = run_contexts },
  { "data define", "CID [KEY=VALUE...]", "Define a context, which stays in the module",
    .run = run_define, .keys = context_keys,
    .more = "The keys are apn, type (ip, ppp) and address." },
  { "data delete", "CID", "Forget a context", "Data1", "DeleteContext" },
  { NULL },
};
