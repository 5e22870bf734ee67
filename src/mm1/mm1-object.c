/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-object.h"

#include "mm1-call.h"

#include <string.h>

struct Mm1Object
{
  Mm1Shared           *shared;
  MuDevice            *device; /* NULL: none */
  char                *path;
  GDBusObjectSkeleton *skeleton; /* NULL: outside the ObjectManager, or not published */
  GPtrArray           *services;
  GPtrArray           *interfaces; /* Mm1Interface; its own, then those of objects below */
  GQueue               calls;      /* Mm1Call */
  gboolean             dirty;
  guint                flush_id;
};

/* ---- numbers and names ---- */

static const char *const kind_words[] = {
  [MM1_MODEM] = "Modem", [MM1_SIM] = "SIM",   [MM1_BEARER] = "Bearer",
  [MM1_SMS] = "SMS",     [MM1_CALL] = "Call",
};

/* Numbers are not used again: a client that is late must not reach another object. */
static char *
new_path (Mm1Shared *shared, Mm1Kind kind)
{
  return g_strdup_printf (MM_DBUS_PATH "/%s/%u", kind_words[kind], shared->last_numbers[kind]++);
}

gboolean
mm1_is_service (const MuService *service, const char *name)
{
  return g_str_equal (strrchr (service->class->interface, '.') + 1, name);
}

guint
mm1_path_number (const char *path)
{
  const char *slash = strrchr (path, '/');
  guint64     number = 0;

  if (slash != NULL)
    g_ascii_string_to_unsigned (slash + 1, 10, 1, G_MAXUINT, &number, NULL);
  return (guint)number;
}

MuService *
mm1_service (const Mm1Object *self, const char *service)
{
  for (guint i = 0; i < self->services->len; i++)
    if (mm1_is_service (self->services->pdata[i], service))
      return self->services->pdata[i];
  return NULL;
}

/* ---- methods ---- */

typedef struct
{
  Mm1Interface *interface;
  Mm1Method     method;
} Binding;

static void
on_handle (GClosure *closure, GValue *result, guint n_values G_GNUC_UNUSED, const GValue *values,
           gpointer hint G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  const Binding *binding = closure->data;

  mm1_call_begin (binding->interface, &binding->method, g_value_get_object (&values[1]));
  g_value_set_boolean (result, TRUE);
}

static void
free_binding (gpointer binding, GClosure *closure G_GNUC_UNUSED)
{
  g_free (binding);
}

/* gdbus-codegen's name of the signal for a method: SendPin is handle-send-pin. */
static char *
signal_name (const char *method)
{
  GString *name = g_string_new ("handle");

  for (const char *c = method; *c != '\0'; c++)
    {
      if (g_ascii_isupper (*c))
        g_string_append_c (name, '-');
      g_string_append_c (name, g_ascii_tolower (*c));
    }
  return g_string_free (name, FALSE);
}

static const Mm1Method *
find_method (const Mm1InterfaceClass *class, const char *name)
{
  for (const Mm1Method *m = class->methods; m < class->methods + class->n_methods; m++)
    if (g_str_equal (m->name, name))
      return m;
  return NULL;
}

/* One closure for all methods: their arguments are taken from the message. */
static void
bind_methods (Mm1Interface *self)
{
  const GDBusInterfaceInfo *info = g_dbus_interface_skeleton_get_info (self->skeleton);

  for (gsize i = 0; info->methods != NULL && info->methods[i] != NULL; i++)
    {
      const char      *name = info->methods[i]->name;
      const Mm1Method *method = find_method (self->class, name);
      g_autofree char *signal = signal_name (name);
      Binding         *binding = g_new0 (Binding, 1);
      GClosure        *closure = g_closure_new_simple (sizeof (GClosure), binding);

      binding->interface = self;
      binding->method = method != NULL ? *method : (Mm1Method){ .name = name };
      g_closure_add_finalize_notifier (closure, binding, free_binding);
      g_closure_set_marshal (closure, on_handle);
      g_signal_connect_closure (self->skeleton, signal, closure, FALSE);
    }
}

/* ---- interfaces ---- */

static Mm1Interface *
new_interface (Mm1Object *object, const Mm1InterfaceClass *class, const char *path)
{
  Mm1Interface *self = g_malloc0 (class->size);

  self->class = class;
  self->object = object;
  self->path = g_strdup (path);
  self->skeleton = g_object_new (class->type (), NULL);
  bind_methods (self);
  if (class->init != NULL)
    class->init (self);
  g_ptr_array_add (object->interfaces, self);
  return self;
}

Mm1Interface *
mm1_interface_new (Mm1Object *object, const Mm1InterfaceClass *class, Mm1Kind kind)
{
  g_autofree char *path = new_path (object->shared, kind);

  return new_interface (object, class, path);
}

static void
copy (Mm1Interface *self, const Mm1Copy *row)
{
  g_autoptr (GVariant) from = mm1_get (self->object, row->service, row->property);
  g_auto (GValue)      value = G_VALUE_INIT;

  if (from == NULL)
    return;
  g_dbus_gvariant_to_gvalue (from, &value);
  g_object_set_property (G_OBJECT (self->skeleton), row->name, &value);
}

void
mm1_interface_refresh (Mm1Interface *self)
{
  for (gsize i = 0; i < self->class->n_copies; i++)
    copy (self, &self->class->copies[i]);
  if (self->class->refresh != NULL)
    self->class->refresh (self);
}

void
mm1_interface_publish (Mm1Interface *self)
{
  g_autoptr (GError) error = NULL;

  mm1_interface_refresh (self);
  if (!g_dbus_interface_skeleton_export (self->skeleton, self->object->shared->bus->connection,
                                         self->path, &error))
    g_error ("%s", error->message); /* nobody else is on this connection */
}

void
mm1_interface_free (Mm1Interface *self)
{
  g_ptr_array_remove (self->object->interfaces, self);
  mm1_calls_end_of (self);
  if (g_dbus_interface_skeleton_get_connection (self->skeleton) != NULL)
    g_dbus_interface_skeleton_unexport (self->skeleton);
  if (self->class->clear != NULL)
    self->class->clear (self);
  g_object_unref (self->skeleton);
  g_free (self->path);
  g_free (self);
}

gpointer
mm1_interfaces_find (const GPtrArray *interfaces, const char *path)
{
  for (guint i = 0; i < interfaces->len; i++)
    {
      Mm1Interface *interface = interfaces->pdata[i];

      if (g_str_equal (interface->path, path))
        return interface;
    }
  return NULL;
}

const char **
mm1_interfaces_paths (const GPtrArray *interfaces)
{
  const char **paths = g_new (const char *, interfaces->len + 1);

  for (guint i = 0; i < interfaces->len; i++)
    paths[i] = ((const Mm1Interface *)interfaces->pdata[i])->path;
  paths[interfaces->len] = NULL;
  return paths;
}

/* ---- changes ---- */

/* The first interface comes last: what it says of all together is true by then. */
void
mm1_object_flush (Mm1Object *self)
{
  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (!self->dirty)
    return;
  self->dirty = FALSE;
  for (guint i = self->interfaces->len; i > 0; i--)
    {
      Mm1Interface *interface = self->interfaces->pdata[i - 1];

      mm1_interface_refresh (interface);
      g_dbus_interface_skeleton_flush (interface->skeleton);
    }
}

static gboolean
on_turn_end (gpointer user_data)
{
  Mm1Object *self = user_data;

  self->flush_id = 0;
  mm1_object_flush (self);
  return G_SOURCE_REMOVE;
}

void
mm1_object_changed (Mm1Object *self)
{
  self->dirty = TRUE;
  if (self->flush_id == 0)
    self->flush_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_turn_end, self, NULL);
}

static void
on_changed (MuService *service G_GNUC_UNUSED, const MuProp *prop G_GNUC_UNUSED, gpointer user_data)
{
  mm1_object_changed (user_data);
}

/* What follows may make or free interfaces: a copy of the list is gone through. */
static GPtrArray *
list_interfaces (const Mm1Object *self)
{
  return g_ptr_array_copy (self->interfaces, NULL, NULL);
}

static gboolean
is_there (const Mm1Object *self, const Mm1Interface *interface)
{
  return g_ptr_array_find (self->interfaces, interface, NULL);
}

static void
on_emitted (MuService *service, const char *signal, GVariant *args, gpointer user_data)
{
  Mm1Object            *self = user_data;
  g_autoptr (GPtrArray) interfaces = list_interfaces (self);

  for (guint i = 0; i < interfaces->len; i++)
    {
      Mm1Interface *interface = interfaces->pdata[i];

      if (is_there (self, interface) && interface->class->emitted != NULL)
        interface->class->emitted (interface, service, signal, args);
    }
}

static void
on_child_present (MuService *service, guint number, gboolean present, gpointer user_data)
{
  Mm1Object            *self = user_data;
  g_autoptr (GPtrArray) interfaces = list_interfaces (self);

  for (guint i = 0; i < interfaces->len; i++)
    {
      Mm1Interface *interface = interfaces->pdata[i];

      if (is_there (self, interface) && interface->class->child_present != NULL)
        interface->class->child_present (interface, service, number, present);
    }
  mm1_object_changed (self);
}

static void
on_child_changed (MuService *service, guint number, GVariant *properties G_GNUC_UNUSED,
                  const char *const *invalidated G_GNUC_UNUSED, gpointer user_data)
{
  Mm1Object            *self = user_data;
  g_autoptr (GPtrArray) interfaces = list_interfaces (self);

  for (guint i = 0; i < interfaces->len; i++)
    {
      Mm1Interface *interface = interfaces->pdata[i];

      if (is_there (self, interface) && interface->class->child_changed != NULL)
        interface->class->child_changed (interface, service, number);
    }
  mm1_object_changed (self);
}

static const MuServiceEvents service_events
    = { on_changed, on_emitted, on_child_changed, on_child_present };

/* ---- life ---- */

Mm1Object *
mm1_object_new (Mm1Shared *shared, const char *path, const MuDevice *device)
{
  Mm1Object *self = g_new0 (Mm1Object, 1);

  self->shared = shared;
  self->device = device != NULL ? mu_device_ref ((MuDevice *)device) : NULL;
  self->services = g_ptr_array_new ();
  self->interfaces = g_ptr_array_new ();
  if (path != NULL)
    self->path = g_strdup (path);
  else
    {
      self->path = new_path (shared, MM1_MODEM);
      self->skeleton = g_dbus_object_skeleton_new (self->path);
    }
  return self;
}

void
mm1_object_free (Mm1Object *self)
{
  mm1_calls_end (self);
  if (self->skeleton != NULL)
    g_dbus_object_manager_server_unexport (self->shared->server, self->path);
  while (self->services->len > 0)
    mm1_object_remove_service (self, self->services->pdata[0]);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  while (self->interfaces->len > 0)
    mm1_interface_free (self->interfaces->pdata[self->interfaces->len - 1]);
  g_ptr_array_unref (self->interfaces);
  g_ptr_array_unref (self->services);
  g_clear_object (&self->skeleton);
  g_clear_pointer (&self->device, mu_device_unref);
  g_free (self->path);
  g_free (self);
}

void
mm1_object_add_service (Mm1Object *self, MuService *service)
{
  g_ptr_array_add (self->services, service);
  mu_service_observe (service, &service_events, self);
  mm1_object_changed (self);
}

void
mm1_object_remove_service (Mm1Object *self, MuService *service)
{
  if (!g_ptr_array_remove (self->services, service))
    return;
  mu_service_unobserve (service, self);
  mm1_object_changed (self);
}

void
mm1_object_publish (Mm1Object *self, const Mm1InterfaceClass *const *classes, gsize n_classes)
{
  for (gsize i = 0; i < n_classes; i++)
    new_interface (self, classes[i], self->path);
  self->dirty = TRUE;
  mm1_object_flush (self);
  for (gsize i = 0; i < n_classes; i++)
    if (self->skeleton != NULL)
      g_dbus_object_skeleton_add_interface (self->skeleton,
                                            mm1_object_find (self, classes[i])->skeleton);
    else
      mm1_interface_publish (mm1_object_find (self, classes[i]));
  if (self->skeleton != NULL)
    g_dbus_object_manager_server_export (self->shared->server, self->skeleton);
}

const MuDevice *
mm1_object_device (const Mm1Object *self)
{
  return self->device;
}

Mm1Shared *
mm1_object_shared (const Mm1Object *self)
{
  return self->shared;
}

GQueue *
mm1_object_calls (Mm1Object *self)
{
  return &self->calls;
}

Mm1Interface *
mm1_object_find (const Mm1Object *self, const Mm1InterfaceClass *class)
{
  for (guint i = 0; i < self->interfaces->len; i++)
    {
      Mm1Interface *interface = self->interfaces->pdata[i];

      if (interface->class == class)
        return interface;
    }
  return NULL;
}
