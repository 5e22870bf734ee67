/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One module on one screen. */
#include "ctl-status.h"

#include "ctl-bus.h"
#include "ctl-child.h"
#include "ctl-command.h"
#include "ctl-data-text.h"
#include "ctl-module.h"
#include "ctl-output.h"
#include "ctl-table.h"
#include "ctl-voice-text.h"

/* A line of the screen; what has nothing to say is left out.  Without a template it is a heading.
 */
typedef struct
{
  const char *label;
  const char *interface;
  const char *template;
} Row;

static const Row rows[] = {
  { "State", "Modem1", "{State:state}[, {StateReason}]" },
  { "Model", "Modem1", "{Model}[, {Manufacturer}]" },
  { "Revision", "Modem1", "{Revision}" },
  { "IMEI", "Modem1", "{Imei}" },
  { "Mode", "Modem1", "{Mode}" },
  { "Answers", "Modem1", "{Healthy?|no}" },
  { "Time-outs", "Modem1", "[{Timeouts}]" },
  { "Restarts", "Modem1", "[{Restarts}]" },
  { "Ports", "Modem1", "{Ports}" },
  { "Device", "Modem1", "{DevicePath}" },
  { "SIM" },
  { "Lock", "Sim1", "{Lock}" },
  { "PIN", "Sim1", "{PinEnabled?asked for|not asked for}[, {PinAttempts} attempts left]" },
  { "PUK", "Sim1", "[{PukAttempts} attempts left]" },
  { "ICCID", "Sim1", "{Iccid}" },
  { "IMSI", "Sim1", "{Imsi}[, of {OperatorId}]" },
  { "Numbers", "Sim1", "{OwnNumbers}" },
  { "Emergency", "Sim1", "{EmergencyNumbers}" },
  { "Network" },
  { "Registration", "Network1", "{Registration}[, {SelectionMode}]" },
  { "Packets", "Network1", "{Attached?attached|not attached}[, {PacketRegistration}]" },
  { "Operator", "Network1", "[{OperatorName} ][({OperatorCode})]" },
  { "Technology", "Network1", "{Technology}" },
  { "Signal", "Network1",
    "[{Quality:bar} {Quality} %][  RSSI {Rssi} dBm][  RSCP {Rscp} dBm][  Ec/Io {EcIo} dB]" },
  { "Cell", "Network1", "[{CellId}][, area {LocationArea}]" },
  { "Time", "Network1", "{NetworkTime}" },
  { "Messages" },
  { "Unread", "Messaging1", "{Unread}" },
  { "Total", "Messaging1", "{Total}" },
  { "On the card", "Messaging1", "[{Capacity} places][, {Used} used]" },
  { "Centre", "Messaging1", "{ServiceCentre}" },
  { "Services" },
  { "USSD", "Ussd1", "{State}" },
  { "Recorder", "Recorder1", "{State}[, {Files:count} files]" },
  { "Connections", "Data1", "{Connections:count}" },
  { "Internet", "Internet1", "{State}[, {Address}]" },
  { "Firmware", "Firmware1", "{State}[, {Version}]" },
  { "eCall", "Ecall1", "{State}[, MSD {MsdState}]" },
  { "Jamming", "Jamming1", "{State:state}" },
  { "Heat", "Thermal1", "{Protecting?the module protects itself|}" },
};

static void
add_heading (CtlTable *table, const char *heading, const CtlStyle *style)
{
  ctl_table_add (table, "");
  ctl_table_add (table, "");
  ctl_table_add_heading (table, heading, style);
  ctl_table_add (table, "");
}

static void
add_line (CtlTable *table, const char *indent, const char *label, const char *text)
{
  g_autofree char *indented = g_strconcat (indent, label, NULL);

  ctl_table_add (table, indented);
  ctl_table_add (table, text);
}

char *
ctl_status_screen (GVariant *interfaces, const char *only, const CtlStyle *style)
{
  g_autoptr (CtlTable) table = ctl_table_new (2);
  const char          *heading = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      if (rows[i].template == NULL)
        heading = only == NULL ? rows[i].label : NULL;
      else if (only == NULL || g_str_equal (only, rows[i].interface))
        text = ctl_module_text (interfaces, rows[i].interface, rows[i].template, style);
      if (text == NULL)
        continue;
      if (heading != NULL)
        add_heading (table, heading, style);
      heading = NULL;
      add_line (table, only == NULL ? "  " : "", rows[i].label, text);
    }
  return ctl_table_render (table);
}

/* ---- what comes and goes ---- */

typedef struct
{
  const char *key; /* of JSON */
  const char *heading;
  const char *element, *interface; /* as ctl_child_list() wants them */
  char *(*table) (GVariant *children, const char *indent, const CtlStyle *style);
} Kind;

static const Kind kinds[] = {
  { "calls", "Calls", "call", "Call1", ctl_voice_table },
  { "connections", "Data connections", "connection", "Connection1", ctl_data_table },
};

static GVariant *
list (Ctl *ctl, const Kind *kind)
{
  return ctl_child_list (ctl->objects, ctl->module_path, kind->element, kind->interface);
}

/* The path, what there is of each kind if there is any, and, by their short names, the interfaces.
 */
static GVariant *
describe_module (Ctl *ctl)
{
  GVariantBuilder dict;
  GVariantIter    iter;
  const char     *name;
  GVariant       *properties;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&dict, "{sv}", "path", g_variant_new_object_path (ctl->module_path));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GVariant) children = list (ctl, &kinds[i]);

      if (g_variant_n_children (children) > 0)
        g_variant_builder_add (&dict, "{sv}", kinds[i].key, ctl_child_json_list (children));
    }
  g_variant_iter_init (&iter, ctl->module);
  while (g_variant_iter_loop (&iter, "{&s@a{sv}}", &name, &properties))
    g_variant_builder_add (&dict, "{sv}", ctl_bus_short_name (name), properties);
  return g_variant_builder_end (&dict);
}

static void
append_kind (GString *text, Ctl *ctl, const Kind *kind)
{
  g_autoptr (GVariant) children = list (ctl, kind);
  g_autofree char     *table = kind->table (children, "  ", &ctl->style);

  if (table[0] == '\0')
    return;
  g_string_append_c (text, '\n');
  ctl_style_append (&ctl->style, text, CTL_PEN_BOLD, kind->heading);
  g_string_append_printf (text, "\n%s", table);
}

static gboolean
run_status (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *screen = NULL;

  if (!ctl_module_choose (ctl, error))
    return FALSE;
  if (ctl->options.json)
    {
      ctl_output_json (ctl, describe_module (ctl));
      return TRUE;
    }
  ctl_style_append (&ctl->style, text, CTL_PEN_BOLD, ctl->module_path);
  g_string_append_c (text, '\n');
  screen = ctl_status_screen (ctl->module, NULL, &ctl->style);
  g_string_append (text, screen);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    append_kind (text, ctl, &kinds[i]);
  ctl_output_text (ctl, text->str);
  return TRUE;
}

gboolean
ctl_status_of_interface (Ctl *ctl, const char *interface, GError **error)
{
  g_autoptr (GVariant) properties = NULL;
  g_autofree char     *screen = NULL;

  if (!ctl_module_choose (ctl, error))
    return FALSE;
  properties = ctl_module_properties (ctl->module, interface);
  if (properties == NULL)
    return ctl_module_lacks (ctl, interface, error);
  if (ctl->options.json)
    {
      ctl_output_json (ctl, properties);
      return TRUE;
    }
  screen = ctl_status_screen (ctl->module, interface, &ctl->style);
  ctl_output_text (ctl, screen);
  return TRUE;
}

const CtlCommand ctl_status_commands[] = {
  { "status", "", "Show a module on one screen", .run = run_status,
    .more
    = "With --json, an object of its path, its calls, its data connections, and its interfaces\n"
      "with their properties." },
  { NULL },
};
