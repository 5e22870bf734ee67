/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the interfaces read of the services. */
#include "mm1-object.h"

GVariant *
mm1_get (const Mm1Object *self, const char *service_name, const char *property)
{
  MuService *service = mm1_service (self, service_name);

  if (service == NULL)
    return NULL;
  for (gsize i = 0; i < service->class->n_props; i++)
    if (g_str_equal (service->class->props[i].name, property))
      return g_variant_ref_sink (mu_service_get (service, &service->class->props[i]));
  return NULL;
}

char *
mm1_get_text (const Mm1Object *self, const char *service, const char *property)
{
  g_autoptr (GVariant) value = mm1_get (self, service, property);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return g_strdup ("");
  return g_variant_dup_string (value, NULL);
}

guint
mm1_get_uint (const Mm1Object *self, const char *service, const char *property)
{
  g_autoptr (GVariant) value = mm1_get (self, service, property);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return 0;
  return g_variant_get_uint32 (value);
}

gint
mm1_get_int (const Mm1Object *self, const char *service, const char *property)
{
  g_autoptr (GVariant) value = mm1_get (self, service, property);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    return 0;
  return g_variant_get_int32 (value);
}

gboolean
mm1_get_flag (const Mm1Object *self, const char *service, const char *property)
{
  g_autoptr (GVariant) value = mm1_get (self, service, property);

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN)
         && g_variant_get_boolean (value);
}

GVariant *
mm1_get_child (const Mm1Object *self, const char *service_name, guint number)
{
  MuService *service = mm1_service (self, service_name);
  GVariant  *properties;

  if (service == NULL || service->class->child == NULL)
    return NULL;
  properties = service->class->child->get (service, number);
  return properties != NULL ? g_variant_ref_sink (properties) : NULL;
}

const char *
mm1_text (GVariant *properties, const char *name)
{
  const char *text = "";

  if (properties != NULL)
    (void)g_variant_lookup (properties, name, "&s", &text);
  return text;
}

GArray *
mm1_get_children (const Mm1Object *self, const char *service_name)
{
  MuService *service = mm1_service (self, service_name);

  if (service == NULL || service->class->child == NULL || service->class->child->numbers == NULL)
    return g_array_new (FALSE, FALSE, sizeof (guint));
  return service->class->child->numbers (service);
}
