/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-event.h"

#include "ctl-bus.h"
#include "ctl-module.h"
#include "ctl-template.h"
#include "ctl-text.h"

#include <string.h>

/* ---- making ---- */

static void
begin (GVariantBuilder *event, GDateTime *time, const char *word, const char *path)
{
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.%f%:z");

  g_variant_builder_init (event, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (event, "{sv}", "event", g_variant_new_string (word));
  g_variant_builder_add (event, "{sv}", "time", g_variant_new_string (text));
  g_variant_builder_add (event, "{sv}", "path", g_variant_new_object_path (path));
}

static GVariant *
end (GVariantBuilder *event)
{
  return g_variant_ref_sink (g_variant_builder_end (event));
}

GVariant *
ctl_event_of_daemon (GDateTime *time, gboolean is_present)
{
  GVariantBuilder event;

  begin (&event, time, is_present ? "daemon-present" : "daemon-absent", CTL_ROOT);
  return end (&event);
}

GVariant *
ctl_event_of_tick (GDateTime *time)
{
  GVariantBuilder event;

  begin (&event, time, "tick", CTL_ROOT);
  return end (&event);
}

GVariant *
ctl_event_of_object (GDateTime *time, const char *path, GVariant *interfaces)
{
  GVariantBuilder event, by_name;
  GVariantIter    iter;
  const char     *name;
  GVariant       *properties;

  g_variant_builder_init (&by_name, G_VARIANT_TYPE_VARDICT);
  g_variant_iter_init (&iter, interfaces);
  while (g_variant_iter_loop (&iter, "{&s@a{sv}}", &name, &properties))
    g_variant_builder_add (&by_name, "{sv}", ctl_bus_short_name (name), properties);
  begin (&event, time, "appeared", path);
  g_variant_builder_add (&event, "{sv}", "interfaces", g_variant_builder_end (&by_name));
  return end (&event);
}

static GVariant *
of_interfaces_added (GDateTime *time, const char *root G_GNUC_UNUSED, GVariant *args)
{
  g_autoptr (GVariant) interfaces = NULL;
  const char          *path;

  g_variant_get (args, "(&o@a{sa{sv}})", &path, &interfaces);
  return ctl_event_of_object (time, path, interfaces);
}

static GVariant *
of_interfaces_removed (GDateTime *time, const char *root G_GNUC_UNUSED, GVariant *args)
{
  GVariantBuilder      event, short_names;
  g_autoptr (GVariant) names = NULL;
  GVariantIter         iter;
  const char          *path, *name;

  g_variant_get (args, "(&o@as)", &path, &names);
  g_variant_builder_init (&short_names, G_VARIANT_TYPE_STRING_ARRAY);
  g_variant_iter_init (&iter, names);
  while (g_variant_iter_loop (&iter, "&s", &name))
    g_variant_builder_add (&short_names, "s", ctl_bus_short_name (name));
  begin (&event, time, "vanished", path);
  g_variant_builder_add (&event, "{sv}", "interfaces", g_variant_builder_end (&short_names));
  return end (&event);
}

static void
add_properties (GVariantBuilder *event, GVariant *changed, GVariant *untold)
{
  GVariantBuilder properties;
  GVariantIter    iter;
  const char     *name;
  GVariant       *value;

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_iter_init (&iter, changed);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_builder_add (&properties, "{sv}", name, value);
  g_variant_iter_init (&iter, untold);
  while (g_variant_iter_loop (&iter, "&s", &name))
    g_variant_builder_add (&properties, "{sv}", name,
                           g_variant_new_maybe (G_VARIANT_TYPE_STRING, NULL));
  g_variant_builder_add (event, "{sv}", "properties", g_variant_builder_end (&properties));
}

static GVariant *
of_properties_changed (GDateTime *time, const char *path, GVariant *args)
{
  GVariantBuilder      event;
  const char          *interface;
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) untold = NULL;

  g_variant_get (args, "(&s@a{sv}@as)", &interface, &changed, &untold);
  begin (&event, time, "changed", path);
  g_variant_builder_add (&event, "{sv}", "interface",
                         g_variant_new_string (ctl_bus_short_name (interface)));
  add_properties (&event, changed, untold);
  return end (&event);
}

static GVariant *
of_other (GDateTime *time, const char *path, const char *interface, const char *name,
          GVariant *args)
{
  GVariantBuilder event;

  begin (&event, time, "signal", path);
  g_variant_builder_add (&event, "{sv}", "interface",
                         g_variant_new_string (ctl_bus_short_name (interface)));
  g_variant_builder_add (&event, "{sv}", "name", g_variant_new_string (name));
  g_variant_builder_add (&event, "{sv}", "arguments", args);
  return end (&event);
}

typedef struct
{
  const char *interface;
  const char *name;
  const char *type;
  GVariant *(*make) (GDateTime *time, const char *path, GVariant *args);
} Maker;

static const Maker makers[] = {
  { CTL_PROPERTIES, "PropertiesChanged", "(sa{sv}as)", of_properties_changed },
  { CTL_MANAGER, "InterfacesAdded", "(oa{sa{sv}})", of_interfaces_added },
  { CTL_MANAGER, "InterfacesRemoved", "(oas)", of_interfaces_removed },
};

GVariant *
ctl_event_of_signal (GDateTime *time, const char *path, const char *interface, const char *name,
                     GVariant *args)
{
  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    if (g_str_equal (makers[i].interface, interface) && g_str_equal (makers[i].name, name)
        && g_variant_is_of_type (args, G_VARIANT_TYPE (makers[i].type)))
      return makers[i].make (time, path, args);
  return of_other (time, path, interface, name, args);
}

GVariant *
ctl_event_of_ours (GVariant *event, const char *word, const char *path, const char *key,
                   GVariant *value)
{
  g_autoptr (GVariant) time = g_variant_lookup_value (event, "time", NULL);
  GVariantBuilder      dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&dict, "{sv}", "event", g_variant_new_string (word));
  g_variant_builder_add (&dict, "{sv}", "time", time);
  g_variant_builder_add (&dict, "{sv}", "path", g_variant_new_object_path (path));
  g_variant_builder_add (&dict, "{sv}", key, value);
  return g_variant_builder_end (&dict);
}

/* ---- reading ---- */

/* A text of the event, which is one of ours. */
static const char *
get (GVariant *event, const char *key)
{
  const char *text = "";

  if (!g_variant_lookup (event, key, "&s", &text))
    (void)g_variant_lookup (event, key, "&o", &text);
  return text;
}

gboolean
ctl_event_is (GVariant *event, const char *word)
{
  return g_str_equal (get (event, "event"), word);
}

const char *
ctl_event_path (GVariant *event)
{
  return get (event, "path");
}

char *
ctl_event_time (GVariant *event)
{
  return g_strndup (get (event, "time") + strlen ("2026-11-22T"), strlen ("19:19:34"));
}

GVariant *
ctl_event_arguments (GVariant *event, const char *interface, const char *name, const char *type)
{
  if (!ctl_event_is (event, "signal") || !g_str_equal (get (event, "interface"), interface)
      || !g_str_equal (get (event, "name"), name))
    return NULL;
  return g_variant_lookup_value (event, "arguments", G_VARIANT_TYPE (type));
}

GVariant *
ctl_event_properties (GVariant *event, const char *interface)
{
  g_autoptr (GVariant) interfaces = NULL;

  if (ctl_event_is (event, "changed") && g_str_equal (get (event, "interface"), interface))
    return g_variant_lookup_value (event, "properties", G_VARIANT_TYPE_VARDICT);
  if (!ctl_event_is (event, "appeared"))
    return NULL;
  interfaces = g_variant_lookup_value (event, "interfaces", G_VARIANT_TYPE_VARDICT);
  return g_variant_lookup_value (interfaces, interface, G_VARIANT_TYPE_VARDICT);
}

gboolean
ctl_event_is_below (GVariant *event, const char *path)
{
  const char *own = get (event, "path");
  gsize       len = strlen (path);

  return strncmp (own, path, len) == 0 && (own[len] == '\0' || own[len] == '/');
}

/* The time of day to the millisecond, and the object if it is not the daemon itself. */
static void
append_head (GString *out, GVariant *event, const CtlStyle *style)
{
  const char      *path = get (event, "path");
  g_autofree char *time
      = g_strndup (get (event, "time") + strlen ("2026-11-22T"), strlen ("19:19:34.123"));

  ctl_style_append (style, out, CTL_PEN_DIM, time);
  g_string_append (out, "  ");
  if (!g_str_equal (path, CTL_ROOT))
    g_string_append_printf (out, "%s  ", ctl_module_id (path));
}

static void
append_daemon (GString *out, GVariant *event, const CtlStyle *style)
{
  gboolean is_present = g_str_equal (get (event, "event"), "daemon-present");

  append_head (out, event, style);
  ctl_style_append (style, out, is_present ? CTL_PEN_GOOD : CTL_PEN_BAD,
                    is_present ? "mu709d is there" : "mu709d is not there, waiting for it");
  g_string_append_c (out, '\n');
}

static void
append_word (GString *out, GVariant *event, const CtlStyle *style)
{
  append_head (out, event, style);
  ctl_style_append (style, out, CTL_PEN_BOLD, get (event, "event"));
  g_string_append (out, ": ");
}

/* An interface that has a state tells it; the rest is for status to tell. */
static void
append_appeared (GString *out, GVariant *event, const CtlStyle *style)
{
  g_autoptr (GVariant) interfaces = g_variant_lookup_value (event, "interfaces", NULL);
  const char          *separator = "";
  GVariantIter         iter;
  const char          *name;
  GVariant            *properties;

  append_word (out, event, style);
  g_variant_iter_init (&iter, interfaces);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &properties))
    {
      g_autofree char *state = ctl_template_expand ("({State:state})", properties, style);

      g_string_append (out, separator);
      ctl_text_append_clean (out, name);
      g_string_append_printf (out, "%s%s", state != NULL ? " " : "", state != NULL ? state : "");
      separator = ", ";
    }
  g_string_append_c (out, '\n');
}

static void
append_vanished (GString *out, GVariant *event, const CtlStyle *style)
{
  g_autoptr (GVariant) interfaces = g_variant_lookup_value (event, "interfaces", NULL);
  g_autofree char     *names = ctl_text_line (interfaces);

  append_word (out, event, style);
  g_string_append_printf (out, "%s\n", names);
}

static void
append_changed (GString *out, GVariant *event, const CtlStyle *style)
{
  g_autoptr (GVariant) properties = g_variant_lookup_value (event, "properties", NULL);
  GVariantIter         iter;
  const char          *name;
  GVariant            *value;

  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      g_autofree char *text = ctl_text_line (value);

      append_head (out, event, style);
      g_string_append_printf (out, "%s.", get (event, "interface"));
      ctl_text_append_clean (out, name);
      g_string_append_printf (out, " = %s\n", text);
    }
}

static void
append_signal (GString *out, GVariant *event, const CtlStyle *style)
{
  g_autoptr (GVariant) args = g_variant_lookup_value (event, "arguments", NULL);
  g_autofree char     *text = ctl_text_line (args);

  append_head (out, event, style);
  g_string_append_printf (out, "%s.%s%s%s\n", get (event, "interface"), get (event, "name"),
                          text[0] != '\0' ? ": " : "", text);
}

typedef struct
{
  const char *event;
  void (*append) (GString *out, GVariant *event, const CtlStyle *style);
} Writer;

static const Writer writers[] = {
  { "appeared", append_appeared },     { "vanished", append_vanished },
  { "changed", append_changed },       { "signal", append_signal },
  { "daemon-present", append_daemon }, { "daemon-absent", append_daemon },
};

char *
ctl_event_text (GVariant *event, const CtlStyle *style)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    if (g_str_equal (writers[i].event, get (event, "event")))
      writers[i].append (out, event, style);
  return g_string_free (out, FALSE);
}
