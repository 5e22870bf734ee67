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
check_op (const MuOp *op, const char *access, const GDBusInterfaceInfo *info)
{
  const GDBusMethodInfo *method
      = g_dbus_interface_info_lookup_method ((GDBusInterfaceInfo *)info, op->name);

  assert_non_null (method);
  assert_string_equal (
      access, g_dbus_annotation_info_lookup (method->annotations, "org.mu709.PolkitAction"));
  assert_true ((op->command == NULL) != (op->run == NULL));
  if (op->command != NULL)
    check_row (op, method);
}

static gsize
n_methods (const GDBusInterfaceInfo *info)
{
  gsize n = 0;

  while (info->methods != NULL && info->methods[n] != NULL)
    n++;
  return n;
}

static void
check_ops (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  const MuChildClass *child = class->child;

  assert_int_equal (class->n_ops, n_methods (info));
  for (gsize i = 0; i < class->n_ops; i++)
    check_op (&class->ops[i], mu_op_access (class, &class->ops[i]), info);
  if (child == NULL)
    return;
  assert_non_null (bus_info_find (child->interface));
  assert_int_equal (child->n_ops, n_methods (bus_info_find (child->interface)));
  for (gsize i = 0; i < child->n_ops; i++)
    check_op (&child->ops[i], mu_op_access (class, &child->ops[i]),
              bus_info_find (child->interface));
}

static void
check_prop_table (const MuProp *props, gsize n_props, const GDBusInterfaceInfo *info)
{
  gsize n_properties = 0;

  while (info->properties != NULL && info->properties[n_properties] != NULL)
    n_properties++;
  assert_int_equal (n_props, n_properties);
  for (const MuProp *prop = props; prop < props + n_props; prop++)
    {
      const GDBusPropertyInfo *property
          = g_dbus_interface_info_lookup_property ((GDBusInterfaceInfo *)info, prop->name);

      assert_non_null (property);
      assert_string_equal (prop->type, property->signature);
    }
}

/* What can be set has a setter, and takes the property's type. */
static void
check_setters (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  gsize n_writable = 0;

  for (GDBusPropertyInfo **p = info->properties; p != NULL && *p != NULL; p++)
    if ((*p)->flags & G_DBUS_PROPERTY_INFO_FLAGS_WRITABLE)
      {
        const MuOp *setter = mu_op_find (class->setters, class->n_setters, (*p)->name);

        n_writable++;
        assert_non_null (setter);
        if (setter->command != NULL)
          {
            g_autofree char *verbs = at_format_signature (setter->command);

            assert_string_equal (verbs, (*p)->signature);
          }
      }
  assert_int_equal (class->n_setters, n_writable);
}

static void
check_props (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  check_prop_table (class->props, class->n_props, info);
  check_setters (class, info);
  for (const MuProp *prop = class->props; prop < class->props + class->n_props; prop++)
    if (prop->get == NULL)
      assert_true (strlen (prop->type) == 1 && strchr ("buids", prop->type[0]) != NULL);
  if (class->child != NULL)
    check_prop_table (class->child->props, class->child->n_props,
                      bus_info_find (class->child->interface));
}

static void
check_documented (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  if (class->child != NULL && info != bus_info_find (class->child->interface))
    check_documented (class, bus_info_find (class->child->interface));
  assert_non_null (g_dbus_annotation_info_lookup (info->annotations, "org.mu709.DocString"));
  for (GDBusMethodInfo **m = info->methods; m != NULL && *m != NULL; m++)
    assert_non_null (g_dbus_annotation_info_lookup ((*m)->annotations, "org.mu709.DocString"));
  for (GDBusSignalInfo **s = info->signals; s != NULL && *s != NULL; s++)
    assert_non_null (g_dbus_annotation_info_lookup ((*s)->annotations, "org.mu709.DocString"));
  for (GDBusPropertyInfo **p = info->properties; p != NULL && *p != NULL; p++)
    assert_non_null (g_dbus_annotation_info_lookup ((*p)->annotations, "org.mu709.DocString"));
}

static gboolean
owns_twice (const MuServiceClass *class, const MuUrc *urc)
{
  for (const MuUrc *u = class->urcs; u < urc; u++)
    if (g_str_equal (u->record->prefix, urc->record->prefix))
      return TRUE;
  return FALSE;
}

/* Steps are whole command lines, and every line, looked up in upper case, has one record, be it of
 * several services. */
static void
check_wire (const MuServiceClass *class, const GDBusInterfaceInfo *info)
{
  static GHashTable *prefixes;

  (void)info;
  if (prefixes == NULL)
    prefixes = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < class->n_steps; i++)
    assert_null (strpbrk (class->steps[i].command, "%\r\n"));
  for (gsize i = 0; i < class->n_urcs; i++)
    {
      const MuUrc     *u = &class->urcs[i];
      g_autofree char *upper = g_ascii_strup (u->record->prefix, -1);

      assert_string_equal (u->record->prefix, upper);
      if (g_hash_table_contains (prefixes, u->record->prefix))
        assert_ptr_equal (g_hash_table_lookup (prefixes, u->record->prefix), u->record);
      assert_false (owns_twice (class, u));
      g_hash_table_insert (prefixes, (gpointer)u->record->prefix, (gpointer)u->record);
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
