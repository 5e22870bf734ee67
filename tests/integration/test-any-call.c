/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every method and every property that can be set, of all objects of both APIs, as the bus itself
 * introspects them, called with anything: the daemon answers each, and works afterwards.
 *
 * test-any-call [FIRST-SEED NUMBER] */
#include "house.h"

#include "../mu-test.h"

#include <gio/gunixfdlist.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define N_CALLS    400
#define MAX_DEPTH  3
#define DBUS       "org.freedesktop.DBus."
#define PROPERTIES DBUS "Properties"
#define MAX_CALLS  60 /* at a time: the bus has limits of its own */

static House       *house;
static GRand       *dice;
static GUnixFDList *files;
static guint        unanswered;

/* ---- anything ---- */

#define TEN       "0123456789"
#define VERY_LONG TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

/* Some mean something somewhere. */
static const char *const texts[] = {
  "",
  "1234",
  "12345678",
  "+491701",
  "112",
  "*100#",
  "x",
  "internet",
  "online",
  "minimum",
  "26201",
  "hide",
  "busy",
  "all",
  "REC1.AMR",
  "RAM",
  "AT",
  "AT+CSQ",
  "AT+CGMM;E1",
  "ATD1;",
  "calls",
  "master",
  "unconditional",
  "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
  "\"",
  "\r\nAT\r\n",
  "\x1a",
  ";",
  "%s%n",
  VERY_LONG,
  "00112233445566778899aabbccddeeff",
  "ipv4",
  "2026-11-23T10:00:00+01:00",
  "/",
  "../../etc/passwd",
};

static const char *const keys[] = {
  "apn",
  "user",
  "password",
  "auth",
  "cid",
  "bearer",
  "roaming",
  "clir",
  "report",
  "class",
  "validity",
  "encoding",
  "state",
  "limit",
  "offset",
  "number",
  "since",
  "type",
  "address",
  "active",
  "time",
  "mode",
  "format",
  "enabled",
  "values",
  "text",
  "data",
  "smsc",
  "delivery-report-request",
  "pin",
  "operator-id",
  "ip-type",
  "allowed-auth",
  "allow-roaming",
  "profile-id",
  "storage",
  "x",
};

static const char *const types[]
    = { "s", "u", "b", "i", "t", "d", "ay", "as", "au", "a{sv}", "(ss)", "y" };

static const guint32 numbers[] = { 0, 1, 2, 3, 5, 7, 16, 30, 255, 65535, 0x7fffffff, 0xffffffff };

#define PICK(table) table[g_rand_int_range (dice, 0, G_N_ELEMENTS (table))]

static GVariant *anything (const GVariantType *type, guint depth);

static char *
any_path (void)
{
  static const char *const paths[] = {
    "/",
    "/org/mu709",
    HOUSE_MODEM,
    HOUSE_MODEM "/message/",
    HOUSE_MODEM "/call/",
    HOUSE_MODEM "/connection/",
    "/org/freedesktop/ModemManager1/Bearer/",
    "/org/freedesktop/ModemManager1/SMS/",
    "/org/freedesktop/ModemManager1/Call/",
  };
  const char *path = PICK (paths);

  if (path[1] != '\0' && g_str_has_suffix (path, "/"))
    return g_strdup_printf ("%s%d", path, g_rand_int_range (dice, 0, 4));
  return g_strdup (path);
}

static GVariant *
any_array (const GVariantType *type, guint depth)
{
  const GVariantType *element = g_variant_type_element (type);
  guint               n = depth < MAX_DEPTH ? (guint)g_rand_int_range (dice, 0, 4) : 0;
  GVariantBuilder     builder;

  g_variant_builder_init (&builder, type);
  for (guint i = 0; i < n; i++)
    g_variant_builder_add_value (&builder, anything (element, depth + 1));
  return g_variant_builder_end (&builder);
}

static GVariant *
any_tuple (const GVariantType *type, guint depth)
{
  const GVariantType *item;
  GVariantBuilder     builder;

  g_variant_builder_init (&builder, type);
  for (item = g_variant_type_first (type); item != NULL; item = g_variant_type_next (item))
    g_variant_builder_add_value (&builder, anything (item, depth + 1));
  return g_variant_builder_end (&builder);
}

static GVariant *
any_entry (const GVariantType *type, guint depth)
{
  const GVariantType *key = g_variant_type_key (type);
  gboolean            is_text = g_variant_type_equal (key, G_VARIANT_TYPE_STRING);

  return g_variant_new_dict_entry (is_text ? g_variant_new_string (PICK (keys))
                                           : anything (key, depth),
                                   anything (g_variant_type_value (type), depth + 1));
}

static GVariant *
any_basic (char type)
{
  guint32          number = PICK (numbers);
  g_autofree char *path = any_path ();

  switch (type)
    {
    case 'b': return g_variant_new_boolean (number & 1);
    case 'y': return g_variant_new_byte ((guchar)number);
    case 'n': return g_variant_new_int16 ((gint16)number);
    case 'q': return g_variant_new_uint16 ((guint16)number);
    case 'i': return g_variant_new_int32 ((gint32)number);
    case 'u': return g_variant_new_uint32 (number);
    case 'x': return g_variant_new_int64 ((gint64)number << (number % 32));
    case 't': return g_variant_new_uint64 ((guint64)number << (number % 32));
    case 'd': return g_variant_new_double (number / 3.0);
    case 'h': return g_variant_new_handle ((gint32)(number % 4));
    case 'o': return g_variant_new_object_path (path);
    case 'g': return g_variant_new_signature (PICK (types));
    default: return g_variant_new_string (PICK (texts));
    }
}

static GVariant *
anything (const GVariantType *type, guint depth)
{
  if (g_variant_type_is_variant (type))
    return g_variant_new_variant (anything (G_VARIANT_TYPE (PICK (types)), depth + 1));
  if (g_variant_type_is_dict_entry (type))
    return any_entry (type, depth);
  if (g_variant_type_is_array (type))
    return any_array (type, depth);
  if (g_variant_type_is_tuple (type))
    return any_tuple (type, depth);
  return any_basic (g_variant_type_peek_string (type)[0]);
}

/* ---- calls ---- */

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source),
                                                                     NULL, result, &error);

  g_clear_pointer (&reply, g_variant_unref);
  unanswered--;
  /* the daemon is there, and does not keep the others waiting */
  assert_false (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY));
  assert_false (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN));
  assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED));
}

static void
begin (const char *name, const char *path, const char *interface, const char *method,
       GVariant *args)
{
  if (g_getenv ("ANY_CALL_LOG") != NULL)
    {
      g_autofree char *text = g_variant_print (g_variant_ref_sink (args), TRUE);

      print_message ("%s %s.%s %.300s\n", path, interface, method, text);
    }
  unanswered++;
  g_dbus_connection_call_with_unix_fd_list (house->connection, name, path, interface, method, args,
                                            NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, files, NULL,
                                            on_answered, NULL);
  while (unanswered >= MAX_CALLS)
    g_main_context_iteration (NULL, TRUE);
}

/* What would take the module away for good, or another one's device. */
static gboolean
is_left_out (const char *method)
{
  static const char *const names[] = { "AddDevice", "RemoveDevice", "SetLogging", "InhibitDevice" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], method))
      return TRUE;
  return FALSE;
}

static void
call_method (const char *name, const char *path, const GDBusInterfaceInfo *interface,
             const GDBusMethodInfo *method)
{
  g_autoptr (GString) type = g_string_new ("(");

  if (is_left_out (method->name))
    return;
  for (GDBusArgInfo **arg = method->in_args; arg != NULL && *arg != NULL; arg++)
    g_string_append (type, (*arg)->signature);
  g_string_append_c (type, ')');
  if (g_rand_int_range (dice, 0, 20) == 0)
    g_string_assign (type, "(sa{sv}u)"); /* the wrong one, mostly */
  begin (name, path, interface->name, method->name, anything (G_VARIANT_TYPE (type->str), 0));
}

static void
set_property (const char *name, const char *path, const GDBusInterfaceInfo *interface,
              const GDBusPropertyInfo *property)
{
  const char *type = g_rand_int_range (dice, 0, 20) == 0 ? PICK (types) : property->signature;

  begin (name, path, PROPERTIES, "Set",
         g_variant_new ("(ssv)", interface->name, property->name,
                        anything (G_VARIANT_TYPE (type), 0)));
}

static guint
n_of (gpointer list)
{
  gpointer *items = list;
  guint     n = 0;

  while (items != NULL && items[n] != NULL)
    n++;
  return n;
}

/* Those of the bus itself are GIO's. */
static const GDBusInterfaceInfo *
any_interface (const GDBusNodeInfo *node)
{
  const GDBusInterfaceInfo *interface = NULL;

  for (int i = 0; i < 10 && (interface == NULL || g_str_has_prefix (interface->name, DBUS)); i++)
    interface = node->interfaces[g_rand_int_range (dice, 0, (gint)n_of (node->interfaces))];
  return interface;
}

static void
call_something (const char *name, const char *path, const GDBusNodeInfo *node)
{
  const GDBusInterfaceInfo *interface = any_interface (node);
  guint n_methods = n_of (interface->methods), n_properties = n_of (interface->properties);
  guint i = (guint)g_rand_int_range (dice, 0, (gint)(n_methods + n_properties) + 1);

  if (g_str_has_prefix (interface->name, DBUS) || i == n_methods + n_properties)
    begin (name, path, PROPERTIES, "GetAll", g_variant_new ("(s)", interface->name));
  else if (i < n_methods)
    call_method (name, path, interface, interface->methods[i]);
  else
    set_property (name, path, interface, interface->properties[i - n_methods]);
}

/* ---- what can be called ---- */

typedef struct
{
  const char    *name;
  char          *path;
  GDBusNodeInfo *node;
} Object;

static void
clear_object (gpointer data)
{
  Object *object = data;

  g_free (object->path);
  g_dbus_node_info_unref (object->node);
}

static void
add_object (GArray *objects, const char *name, const char *path)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      house->connection, name, path, "org.freedesktop.DBus.Introspectable", "Introspect", NULL,
      NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, NULL);
  Object      object = { .name = name, .path = g_strdup (path) };
  const char *xml;

  assert_non_null (reply);
  g_variant_get (reply, "(&s)", &xml);
  object.node = g_dbus_node_info_new_for_xml (xml, NULL);
  assert_non_null (object.node);
  if (object.node->interfaces != NULL && object.node->interfaces[0] != NULL)
    g_array_append_val (objects, object);
  else
    clear_object (&object);
}

static void
add_objects (GArray *objects, const char *name, const char *root)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      house->connection, name, root, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects",
      NULL, NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, NULL);
  g_autoptr (GVariant) managed = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  GVariantIter         iter;
  const char          *path;

  if (managed == NULL)
    return; /* built without the facade */
  add_object (objects, name, root);
  g_variant_iter_init (&iter, managed);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, NULL))
    add_object (objects, name, path);
}

static void
call_anything (void)
{
  g_autoptr (GArray) objects = g_array_new (FALSE, FALSE, sizeof (Object));

  g_array_set_clear_func (objects, clear_object);
  add_objects (objects, "org.mu709", "/org/mu709");
  add_object (objects, "org.mu709", HOUSE_MODEM "/message/1");
  add_objects (objects, "org.freedesktop.ModemManager1", "/org/freedesktop/ModemManager1");
  for (int i = 0; i < N_CALLS / 10; i++)
    {
      const Object *object
          = &g_array_index (objects, Object, g_rand_int_range (dice, 0, (gint)objects->len));

      call_something (object->name, object->path, object->node);
    }
}

/* ---- one seed ---- */

static const char *const happenings[] = {
  "incoming-call +491707",
  "sms +491708 hello",
  "network lost",
  "network found",
  "remove-sim",
  "insert-sim",
  "insert-sim iccid=89490200001234567890",
  "reset",
  "ussd-request hello",
  "context drop 1 36",
  "unplug",
  "plug",
  "no-faults",
};

static guint first_seed = 1, n_seeds = 3;

static void
run (guint seed)
{
  g_autofree char *config = NULL;

  dice = g_rand_new_with_seed (seed);
  house = house_new ("100");
  config = g_build_filename (house->directory, "config", NULL);
  assert_true (g_file_set_contents (config, "[daemon]\nmodemmanager-facade=true\n", -1, NULL));
  house_start_daemon (house, (const char *const[]){ "--config", config, NULL });
  house_ready (house);
  for (int i = 0; i < 10; i++)
    {
      call_anything ();
      (void)house_try_sim (house, PICK (happenings));
    }
  while (unanswered > 0)
    g_main_context_iteration (NULL, TRUE);
  house_free (house);
  g_rand_free (dice);
}

static void
test_any_call (void **state G_GNUC_UNUSED)
{
  int null = open ("/dev/null", O_RDWR | O_CLOEXEC);

  files = g_unix_fd_list_new ();
  assert_int_equal (g_unix_fd_list_append (files, null, NULL), 0);
  assert_int_equal (g_unix_fd_list_append (files, null, NULL), 1);
  close (null);
  for (guint seed = first_seed; seed < first_seed + n_seeds; seed++)
    run (seed);
  g_object_unref (files);
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_any_call) };

  if (argc == 3)
    {
      first_seed = (guint)strtoul (argv[1], NULL, 10);
      n_seeds = (guint)strtoul (argv[2], NULL, 10);
    }
  return cmocka_run_group_tests (tests, NULL, NULL);
}
