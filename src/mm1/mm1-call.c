/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-call.h"

#include "mm1-error.h"
#include "mu-error.h"

struct Mm1Call
{
  BusTask                task;       /* first: see on_client_left() */
  Mm1Interface          *interface;  /* NULL: answered */
  GDBusMethodInvocation *invocation; /* owned by its answer */
  GList                  link;       /* among the object's */

  /* the step that is under way */
  Mm1Next    next;
  Mm1Request request;  /* service NULL: only a permission */
  gboolean   checking; /* the policy still has to answer */
  MuCall    *call;     /* NULL: not begun, or ended */

  GSList *kept; /* Kept */
};

typedef struct
{
  gpointer       data;
  GDestroyNotify free_data;
} Kept;

/* ---- the end ---- */

static void
clear_step (Mm1Call *self)
{
  g_clear_pointer (&self->request.args, g_variant_unref);
  self->call = NULL;
}

/* Takes the call from everybody who could still use it. */
static void
call_end (Mm1Call *self)
{
  g_queue_unlink (mm1_object_calls (self->interface->object), &self->link);
  bus_client_end (&self->task);
  clear_step (self);
  while (self->kept != NULL)
    mm1_call_drop (self);
  self->interface = NULL;
}

/* The same, then sends the changes: they may be that its interface is gone. */
static void
call_end_and_flush (Mm1Call *self)
{
  Mm1Object *object = self->interface->object;

  call_end (self);
  mm1_object_flush (object);
}

/* The policy may have to answer first. */
static void
call_free (Mm1Call *self)
{
  if (!self->checking)
    g_free (self);
}

void
mm1_call_return (Mm1Call *self, GVariant *tuple)
{
  call_end_and_flush (self);
  g_dbus_method_invocation_return_value (self->invocation, tuple);
  call_free (self);
}

void
mm1_call_fail (Mm1Call *self, const GError *error)
{
  g_autoptr (GError) translated = mm1_error_translate (error);

  call_end_and_flush (self);
  g_dbus_method_invocation_return_gerror (self->invocation, translated);
  call_free (self);
}

void
mm1_call_reject (Mm1Call *self, MMCoreError code, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  va_list            args;

  va_start (args, format);
  error = g_error_new_valist (MM_CORE_ERROR, (int)code, format, args);
  va_end (args);
  mm1_call_fail (self, error);
}

void
mm1_call_finish (Mm1Interface *interface G_GNUC_UNUSED, Mm1Call *self, GVariant *reply,
                 const GError *error)
{
  if (error != NULL)
    mm1_call_fail (self, error);
  else
    mm1_call_return (self, reply);
}

void
mm1_call_finish_empty (Mm1Interface *interface, Mm1Call *self, GVariant *reply G_GNUC_UNUSED,
                       const GError *error)
{
  mm1_call_finish (interface, self, NULL, error);
}

/* Sends no changes: an interface that goes may be one of them, half done. */
static void
cancel (Mm1Call *self, MMCoreError code, const char *why)
{
  MuCall *call = self->call;

  self->call = NULL;
  if (call != NULL)
    mu_call_cancel (call);
  call_end (self);
  g_dbus_method_invocation_return_error_literal (self->invocation, MM_CORE_ERROR, (int)code, why);
  call_free (self);
}

static void
on_client_left (BusTask *task)
{
  cancel ((Mm1Call *)task, MM_CORE_ERROR_CANCELLED, "The caller has left the bus");
}

/* One that is answered may end others: they are looked for anew. */
static Mm1Call *
find_call (Mm1Object *object, const Mm1Interface *of)
{
  for (GList *link = mm1_object_calls (object)->head; link != NULL; link = link->next)
    if (of == NULL || ((Mm1Call *)link->data)->interface == of)
      return link->data;
  return NULL;
}

static void
end_those (Mm1Object *object, const Mm1Interface *of)
{
  Mm1Call *call;

  while ((call = find_call (object, of)) != NULL)
    cancel (call, MM_CORE_ERROR_ABORTED, "The object is gone");
}

void
mm1_calls_end (Mm1Object *object)
{
  end_those (object, NULL);
}

void
mm1_calls_end_of (Mm1Interface *interface)
{
  end_those (interface->object, interface);
}

/* ---- steps ---- */

static void
go_on (Mm1Call *self, GVariant *reply, const GError *error)
{
  Mm1Next next = self->next;

  clear_step (self);
  next (self->interface, self, reply, error);
}

static void
go_on_with (Mm1Call *self, MuError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, (int)code, message);

  go_on (self, NULL, error);
}

static void
on_done (GVariant *reply, const GError *error, gpointer user_data)
{
  go_on (user_data, reply, error);
}

/* The operation, if its service is there now. */
static const MuOp *
find_op (const Mm1Call *self, MuService *service)
{
  const MuServiceClass *class = service != NULL ? service->class : NULL;

  if (class == NULL)
    return NULL;
  if (self->request.object == 0)
    return mu_op_find (class->ops, class->n_ops, self->request.op);
  return class->child == NULL
             ? NULL
             : mu_op_find (class->child->ops, class->child->n_ops, self->request.op);
}

static void
run_step (Mm1Call *self)
{
  MuService  *service = mm1_service (self->interface->object, self->request.service);
  const MuOp *op = find_op (self, service);
  MuRequest   request = { op, self->request.object, bus_client_number (&self->task), NULL };

  if (op == NULL)
    go_on_with (self, MU_ERROR_NOT_READY, "The module is not ready for that");
  else
    mu_service_call (service, &request, self->request.args, on_done, self, &self->call);
}

static void
on_allowed (gboolean allowed, const char *why, gpointer user_data)
{
  Mm1Call *self = user_data;

  self->checking = FALSE;
  if (self->interface == NULL) /* answered meanwhile */
    g_free (self);
  else if (!allowed)
    go_on_with (self, MU_ERROR_NOT_AUTHORIZED, why);
  else if (self->request.service != NULL)
    run_step (self);
  else
    {
      g_autoptr (GVariant) nothing = g_variant_ref_sink (g_variant_new ("()"));

      go_on (self, nothing, NULL);
    }
}

static void
ask (Mm1Call *self, const char *access)
{
  const BusShared *bus = mm1_object_shared (self->interface->object)->bus;

  self->checking = TRUE;
  bus_policy_check (bus->policy, self->invocation, access, on_allowed, self);
}

void
mm1_call_check (Mm1Call *self, const char *access, Mm1Next next)
{
  self->next = next;
  self->request = (Mm1Request){ 0 };
  ask (self, access);
}

void
mm1_call_start (Mm1Call *self, const Mm1Request *request, Mm1Next next)
{
  MuService  *service = mm1_service (self->interface->object, request->service);
  const MuOp *op;

  self->next = next;
  self->request = *request;
  g_variant_ref_sink (self->request.args);
  op = find_op (self, service);
  if (op == NULL)
    go_on_with (self, MU_ERROR_NOT_READY, "The module is not ready for that");
  else
    ask (self, mu_op_access (service->class, op));
}

void
mm1_call_keep (Mm1Call *self, gpointer data, GDestroyNotify free_data)
{
  Kept *kept = g_new (Kept, 1);

  *kept = (Kept){ data, free_data };
  self->kept = g_slist_prepend (self->kept, kept);
}

gpointer
mm1_call_data (Mm1Call *self)
{
  return ((Kept *)self->kept->data)->data;
}

void
mm1_call_drop (Mm1Call *self)
{
  g_autofree Kept *kept = self->kept->data;

  self->kept = g_slist_delete_link (self->kept, self->kept);
  kept->free_data (kept->data);
}

/* ---- the beginning ---- */

static void
run_method (Mm1Call *self, const Mm1Method *method, GVariant *args)
{
  if (method->run != NULL)
    method->run (self->interface, args, self);
  else if (method->op != NULL)
    mm1_call_start (self, &(Mm1Request){ method->service, method->op, 0, args }, mm1_call_finish);
  else
    mm1_call_reject (self, MM_CORE_ERROR_UNSUPPORTED, "%s is not supported", method->name);
}

void
mm1_call_begin (Mm1Interface *interface, const Mm1Method *method, GDBusMethodInvocation *invocation)
{
  const BusShared *bus = mm1_object_shared (interface->object)->bus;
  const char      *sender = g_dbus_method_invocation_get_sender (invocation);
  Mm1Call         *self = g_new0 (Mm1Call, 1);

  self->task.cancel = on_client_left;
  self->interface = interface;
  self->invocation = invocation;
  self->link.data = self;
  g_queue_push_tail_link (mm1_object_calls (interface->object), &self->link);
  if (!bus_client_begin (bus->clients, sender, &self->task))
    mm1_call_reject (self, MM_CORE_ERROR_TOO_MANY, "Too many of your calls are waiting");
  else
    run_method (self, method, g_dbus_method_invocation_get_parameters (invocation));
}
