/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every service's tables say what its XML says: names, types, who may do it. */
#include "at-format.h"
#include "bus-info.h"
#include "mu-manager.h"
#include "mu-services.h"
#include "mu-test.h"

#include <string.h>

static void
assert_each_class (void (*check) (const MuServiceClass *class, const GDBusInterfaceInfo *info))
{
  for (gsize i = 0; i <= mu_n_services; i++)
    {
      const MuServiceClass *class = i < mu_n_services ? mu_services[i] : &mu_manager_class;
      const GDBusInterfaceInfo *info = bus_info_find (class->interface);

      assert_non_null (info);
      check (class, info);
    }
}

static char *
signature (GDBusArgInfo **args)
{
  GString *types = g_string_new (NULL);

  for (; args != NULL && *args != NULL; args++)
    g_string_append (types, (*args)->signature);
  return g_string_free (types, FALSE);
}

static void
check_row (const MuOp *op, const GDBusMethodInfo *method)
{
  g_autofree char *verbs = at_format_signature (op->command);
  g_autofree char *in = signature (method->in_args);
  g_autofree char *out = signature (method->out_args);

  assert_string_equal (verbs, in);
  assert_string_equal (out, op->reply != NULL ? "a{sv}" : "");
}

static void
check_ops (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  gsize n_methods = 0;

  while (info->methods != NULL && info->methods[n_methods] != NULL)
    n_methods++;
  assert_int_equal (class->n_ops, n_methods);
  for (const MuOp *op = class->ops; op < class->ops + class->n_ops; op++)
    {
      const GDBusMethodInfo *method
          = g_dbus_interface_info_lookup_method ((GDBusInterfaceInfo *)info, op->name);

      assert_non_null (method);
      assert_string_equal (
          mu_op_access (class, op),
          g_dbus_annotation_info_lookup (method->annotations, "org.mu709.PolkitAction"));
      assert_true ((op->command == NULL) != (op->run == NULL));
      if (op->command != NULL)
        check_row (op, method);
    }
}

static void
check_props (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  gsize n_properties = 0;

  while (info->properties != NULL && info->properties[n_properties] != NULL)
    n_properties++;
  assert_int_equal (class->n_props, n_properties);
  for (const MuProp *prop = class->props; prop < class->props + class->n_props; prop++)
    {
      const GDBusPropertyInfo *property
          = g_dbus_interface_info_lookup_property ((GDBusInterfaceInfo *)info, prop->name);

      assert_non_null (property);
      assert_string_equal (prop->type, property->signature);
      if (prop->get == NULL)
        assert_true (strlen (prop->type) == 1 && strchr ("buids", prop->type[0]) != NULL);
    }
}

static void
check_documented (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  (void)class;
  assert_non_null (g_dbus_annotation_info_lookup (info->annotations, "org.mu709.DocString"));
  for (GDBusMethodInfo **m = info->methods; m != NULL && *m != NULL; m++)
    assert_non_null (g_dbus_annotation_info_lookup ((*m)->annotations, "org.mu709.DocString"));
  for (GDBusSignalInfo **s = info->signals; s != NULL && *s != NULL; s++)
    assert_non_null (g_dbus_annotation_info_lookup ((*s)->annotations, "org.mu709.DocString"));
  for (GDBusPropertyInfo **p = info->properties; p != NULL && *p != NULL; p++)
    assert_non_null (g_dbus_annotation_info_lookup ((*p)->annotations, "org.mu709.DocString"));
}

/* Steps are whole commands, and every line has one owner, looked up in upper case. */
static void
check_wire (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  static GHashTable *prefixes;

  (void)info;
  if (prefixes == NULL)
    prefixes = g_hash_table_new (g_str_hash, g_str_equal);
  for (const MuStep *s = class->steps; s < class->steps + class->n_steps; s++)
    assert_null (strpbrk (s->command, "%\r\n;"));
  for (const MuUrc *u = class->urcs; u < class->urcs + class->n_urcs; u++)
    {
      g_autofree char *upper = g_ascii_strup (u->record->prefix, -1);

      assert_string_equal (u->record->prefix, upper);
      assert_true (g_hash_table_add (prefixes, (gpointer)u->record->prefix));
      assert_true (u->record->size <= AT_MAX_RECORD);
    }
}

static void
test_operations (void **state G_GNUC_UNUSED)
{
  assert_each_class (check_ops);
}

static void
test_properties (void **state G_GNUC_UNUSED)
{
  assert_each_class (check_props);
}

static void
test_documented (void **state G_GNUC_UNUSED)
{
  assert_each_class (check_documented);
}

static void
test_wire (void **state G_GNUC_UNUSED)
{
  assert_each_class (check_wire);
}

static void
test_unknown_interface (void **state G_GNUC_UNUSED)
{
  assert_null (bus_info_find ("org.mu709.Nothing1"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_operations),        cmocka_unit_test (test_properties),
    cmocka_unit_test (test_documented),        cmocka_unit_test (test_wire),
    cmocka_unit_test (test_unknown_interface),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
