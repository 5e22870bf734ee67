/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-call.h"

#include "mu-error.h"

/* ---- what is called ---- */

BusTarget *
bus_target_new (MuService *service, const BusShared *shared, void (*flush) (gpointer owner),
                gpointer owner)
{
  BusTarget *self = g_rc_box_new (BusTarget);

  *self = (BusTarget){ service, shared, flush, owner };
  return self;
}

void
bus_target_close (BusTarget *self)
{
  self->service = NULL;
  g_rc_box_release (self);
}

/* ---- one call ---- */

typedef struct
{
  BusTask                task; /* first: see on_client_left() */
  BusTarget             *target;
  GDBusMethodInvocation *invocation; /* owned by its answer */
  BusOperation           operation;
  MuCall                *call; /* NULL: not begun, or ended */
} Call;

static void
call_free (Call *call)
{
  bus_client_end (&call->task);
  g_rc_box_release (call->target);
  g_variant_unref (call->operation.args);
  g_free (call);
}

static void
answer_error (Call *call, const GError *error)
{
  g_autofree char *name = g_strconcat ("org.mu709.Error.", mu_error_word (error), NULL);

  g_dbus_method_invocation_return_dbus_error (call->invocation, name, error->message);
  call_free (call);
}

static void
answer_reject (Call *call, MuError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, (int)code, message);

  answer_error (call, error);
}

static void
answer (Call *call, GVariant *reply)
{
  g_autoptr (GError) error = NULL;

  if (call->operation.convert != NULL)
    reply = call->operation.convert (
        reply, g_dbus_method_invocation_get_parameters (call->invocation), &error);
  if (reply == NULL)
    {
      g_dbus_method_invocation_return_gerror (call->invocation, error);
      call_free (call);
      return;
    }
  g_dbus_method_invocation_return_value (call->invocation, reply);
  call_free (call);
}

static void
on_done (GVariant *reply, const GError *error, gpointer user_data)
{
  Call *call = user_data;

  if (call->target->service != NULL)
    call->target->flush (call->target->owner);
  if (error != NULL)
    answer_error (call, error);
  else
    answer (call, reply);
}

static void
on_client_left (BusTask *task)
{
  Call *call = (Call *)task;

  if (call->call == NULL)
    return; /* it waits for the policy, which will find nobody there */
  mu_call_cancel (call->call);
  answer_reject (call, MU_ERROR_ABORTED, "The caller has left the bus");
}

/* The descriptors that came with the message; NULL: none. */
static GUnixFDList *
get_files (const Call *call)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (call->invocation);

  return g_dbus_message_get_unix_fd_list (message);
}

static void
on_allowed (gboolean allowed, const char *why, gpointer user_data)
{
  Call *call = user_data;

  if (!allowed)
    answer_reject (call, MU_ERROR_NOT_AUTHORIZED, why);
  else if (call->target->service == NULL)
    answer_reject (call, MU_ERROR_GONE, "The module is gone");
  else if (call->task.client == NULL)
    answer_reject (call, MU_ERROR_ABORTED, "The caller has left the bus");
  else
    {
      const MuRequest request = { call->operation.op, call->operation.object,
                                  bus_client_number (&call->task), get_files (call) };

      mu_service_call (call->target->service, &request, call->operation.args, on_done, call,
                       &call->call);
    }
}

void
bus_call_begin (BusTarget *target, const BusOperation *operation, GDBusMethodInvocation *invocation)
{
  const BusShared *shared = target->shared;
  const char      *sender = g_dbus_method_invocation_get_sender (invocation);
  Call            *call = g_new0 (Call, 1);

  *call = (Call){
    .task.cancel = on_client_left,
    .target = g_rc_box_acquire (target),
    .invocation = invocation,
    .operation = *operation,
  };
  g_variant_ref_sink (call->operation.args);
  if (!bus_client_begin (shared->clients, sender, &call->task))
    answer_reject (call, MU_ERROR_BUSY, "Too many of your calls are waiting");
  else
    bus_policy_check (shared->policy, invocation, operation->access, on_allowed, call);
}
