/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-service.h"

#include "at-format.h"
#include "mu-session.h"
#include "mu-text.h"

#include <string.h>

typedef struct
{
  const MuServiceEvents *events;
  gpointer               user_data;
} Observer;

typedef struct Sent Sent;

struct MuCall
{
  MuService *service;
  MuRequest  request;
  GVariant  *args;
  MuDone     done; /* NULL: nobody waits */
  gpointer   user_data;
  guint      command; /* number of the one that is under way for it; 0: none */
  Sent      *sent;    /* what that comes back to */
  GError    *kept;    /* what it will end with */
  MuLeft     left;    /* see mu_call_on_left() */
};

/* What a command that is under way comes back to. */
struct Sent
{
  MuService *service;
  MuCall    *call; /* NULL: none, or it has ended before its command */
  MuNext     next;
};

MuService *
mu_service_new (const MuServiceClass *class, MuSession *session)
{
  MuService *self = g_malloc0 (class->size);

  self->class = class;
  self->session = session;
  if (class->init != NULL)
    class->init (self);
  return self;
}

void
mu_service_free (MuService *self)
{
  g_assert (g_queue_is_empty (&self->calls) && self->observers == NULL);
  if (self->class->clear != NULL)
    self->class->clear (self);
  g_slist_free_full (self->timers, (GDestroyNotify)mu_timer_clear);
  g_free (self);
}

/* ---- timers ---- */

void
mu_service_add_timer (MuService *self, MuTimer *timer, MuTimerFunc func)
{
  mu_timer_init (timer, func, self);
  self->timers = g_slist_prepend (self->timers, timer);
}

void
mu_service_stop_timers (MuService *self)
{
  for (GSList *link = self->timers; link != NULL; link = link->next)
    mu_timer_stop (link->data);
}

/* ---- properties and signals ---- */

void
mu_service_observe (MuService *self, const MuServiceEvents *events, gpointer user_data)
{
  Observer *observer = g_new (Observer, 1);

  *observer = (Observer){ events, user_data };
  self->observers = g_slist_prepend (self->observers, observer);
}

void
mu_service_unobserve (MuService *self, gpointer user_data)
{
  for (GSList *link = self->observers; link != NULL; link = link->next)
    if (((Observer *)link->data)->user_data == user_data)
      {
        g_free (link->data);
        self->observers = g_slist_delete_link (self->observers, link);
        return;
      }
}

void
mu_service_changed (MuService *self, gconstpointer member)
{
  gsize offset = (gsize)((const char *)member - (const char *)self);

  for (const MuProp *p = self->class->props; p < self->class->props + self->class->n_props; p++)
    if (p->offset == offset)
      for (GSList *link = self->observers; link != NULL; link = link->next)
        {
          const Observer *observer = link->data;

          if (observer->events->changed != NULL)
            observer->events->changed (self, p, observer->user_data);
        }
}

void
mu_service_set_text (MuService *self, char *member, gsize size, const char *text)
{
  gsize len = mu_text_fit (text, strlen (text), size);

  if (strlen (member) == len && memcmp (member, text, len) == 0)
    return;
  memcpy (member, text, len);
  member[len] = '\0';
  mu_service_changed (self, member);
}

void
mu_service_emit (MuService *self, const char *signal, GVariant *args)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (args);

  for (GSList *link = self->observers; link != NULL; link = link->next)
    {
      const Observer *observer = link->data;

      if (observer->events->emitted != NULL)
        observer->events->emitted (self, signal, owned, observer->user_data);
    }
}

void
mu_child_changed (MuService *self, guint number, GVariant *properties,
                  const char *const *invalidated)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (properties);

  for (GSList *link = self->observers; link != NULL; link = link->next)
    {
      const Observer *observer = link->data;

      if (observer->events->child_changed != NULL)
        observer->events->child_changed (self, number, owned, invalidated, observer->user_data);
    }
}

void
mu_child_present (MuService *self, guint number, gboolean present)
{
  for (GSList *link = self->observers; link != NULL; link = link->next)
    {
      const Observer *observer = link->data;

      if (observer->events->child_present != NULL)
        observer->events->child_present (self, number, present, observer->user_data);
    }
}

GVariant *
mu_service_get (MuService *self, const MuProp *prop)
{
  const void *at = (const char *)self + prop->offset;

  if (prop->get != NULL)
    return prop->get (self);
  if (prop->words != NULL)
    return g_variant_new_string (prop->words[*(const guint *)at]);
  switch (prop->type[0])
    {
    case 's': return g_variant_new_string (at);
    case 'b': return g_variant_new_boolean (*(const gboolean *)at);
    case 'u': return g_variant_new_uint32 (*(const guint *)at);
    case 'i': return g_variant_new_int32 (*(const gint *)at);
    case 'd': return g_variant_new_double (*(const double *)at);
    default: g_assert_not_reached ();
    }
}

/* ---- operations ---- */

const MuOp *
mu_op_find (const MuOp *ops, gsize n_ops, const char *name)
{
  for (const MuOp *op = ops; op < ops + n_ops; op++)
    if (g_str_equal (op->name, name))
      return op;
  return NULL;
}

const char *
mu_op_access (const MuServiceClass *class, const MuOp *op)
{
  return op->access != NULL ? op->access : class->access;
}

static void
end_call (MuCall *call, GVariant *reply, const GError *error)
{
  g_queue_remove (&call->service->calls, call);
  if (call->sent != NULL)
    call->sent->call = NULL;
  if (call->done != NULL)
    call->done (reply, error, call->user_data);
  g_variant_unref (call->args);
  g_clear_error (&call->kept);
  g_clear_object (&call->request.files);
  g_free (call);
}

void
mu_call_return (MuCall *call, GVariant *tuple)
{
  g_autoptr (GVariant) reply = g_variant_ref_sink (tuple != NULL ? tuple : g_variant_new ("()"));

  end_call (call, reply, NULL);
}

void
mu_call_fail (MuCall *call, const GError *error)
{
  end_call (call, NULL, error);
}

void
mu_call_reject (MuCall *call, MuError code, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  va_list            args;

  va_start (args, format);
  error = g_error_new_valist (MU_ERROR, (int)code, format, args);
  va_end (args);
  mu_call_fail (call, error);
}

void
mu_call_keep_error (MuCall *call, const GError *error)
{
  call->kept = error != NULL ? g_error_copy (error) : NULL;
}

void
mu_call_finish (MuCall *call)
{
  if (call->kept != NULL)
    mu_call_fail (call, call->kept);
  else
    mu_call_return (call, NULL);
}

GVariant *
mu_call_args (MuCall *call)
{
  return call->args;
}

guint
mu_call_object (MuCall *call)
{
  return call->request.object;
}

int
mu_call_take_fd (MuCall *call, gint32 handle, GError **error)
{
  GUnixFDList *files = call->request.files;
  int          fd = -1;

  if (files != NULL && handle >= 0 && handle < g_unix_fd_list_get_length (files))
    fd = g_unix_fd_list_get (files, handle, NULL);
  if (fd < 0)
    mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "There is no file descriptor %d", handle);
  return fd;
}

void
mu_call_on_left (MuCall *call, MuLeft left)
{
  call->left = left;
}

static void
read_child (MuService *self, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  GVariant *properties = self->class->child->get (self, call->request.object);

  if (properties == NULL)
    mu_call_reject (call, MU_ERROR_NOT_FOUND, "There is no %s %u", self->class->child->element,
                    call->request.object);
  else
    mu_call_return (call, g_variant_new ("(@a{sv})", properties));
}

const MuOp mu_op_read_child = { .run = read_child };

/* ---- commands ---- */

static void
on_sent (const AtReply *reply, const GError *error, gpointer user_data)
{
  g_autofree Sent *sent = user_data;

  if (sent->call != NULL)
    {
      sent->call->command = 0;
      sent->call->sent = NULL;
    }
  if (sent->next != NULL)
    sent->next (sent->service, sent->call, reply, error);
}

static void
send_command (MuService *self, MuCall *call, MuNext next, AtCommand command)
{
  Sent *sent = g_new (Sent, 1);
  guint number;

  command.priority = call != NULL ? self->class->priority : AT_BACKGROUND;
  command.client = call != NULL ? call->request.client : 0;
  *sent = (Sent){ self, call, next };
  if (call != NULL)
    call->sent = sent;
  number = mu_session_send (self->session, &command, on_sent, sent);
  if (call != NULL)
    call->command = number;
}

static gboolean
send_formatted (MuService *self, MuCall *call, MuNext next, AtCommand command, const char *format,
                va_list args)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = at_formatv (&error, format, args);

  command.text = text;
  command.lines = AT_LINES_OWN;
  if (text != NULL)
    send_command (self, call, next, command);
  else if (call != NULL)
    mu_call_fail (call, error);
  return text != NULL;
}

gboolean
mu_send (MuService *self, MuCall *call, MuNext next, const char *format, ...)
{
  gboolean sent;
  va_list  args;

  va_start (args, format);
  sent = send_formatted (self, call, next, (AtCommand){ .body = NULL }, format, args);
  va_end (args);
  return sent;
}

gboolean
mu_send_body (MuService *self, MuCall *call, MuNext next, const char *body, gboolean *ret_written,
              const char *format, ...)
{
  AtCommand command = { .body = body, .body_written = ret_written };
  gboolean  sent;
  va_list   args;

  va_start (args, format);
  sent = send_formatted (self, call, next, command, format, args);
  va_end (args);
  return sent;
}

void
mu_ask (MuService *self, MuCall *call, MuNext next, const char *command)
{
  g_autofree char *text = g_strconcat ("AT", command, NULL);

  send_command (self, call, next, (AtCommand){ .text = text, .lines = AT_LINES_NONE });
}

void
mu_send_raw (MuService *self, MuCall *call, MuNext next, const char *text, guint timeout_ms)
{
  send_command (self, call, next,
                (AtCommand){ .text = text, .lines = AT_LINES_ANY, .timeout_ms = timeout_ms });
}

static void
return_record (MuCall *call, const AtReply *reply)
{
  g_autoptr (GError) error = NULL;
  const AtRecord    *record = call->request.op->reply;
  guint64            data[AT_MAX_RECORD / sizeof (guint64)];

  if (reply->n_lines == 0)
    mu_call_reject (call, MU_ERROR_MODEM, "The module did not answer with %s", record->prefix);
  else if (!at_scan (record, &reply->lines[0], data, &error))
    mu_call_fail (call, error);
  else
    mu_call_return (call, g_variant_new ("(@a{sv})", at_record_to_variant (record, data)));
}

/* The end of an operation that is only a row. */
static void
row_done (MuService *self G_GNUC_UNUSED, MuCall *call, const AtReply *reply, const GError *error)
{
  if (error != NULL)
    mu_call_fail (call, error);
  else if (call->request.op->reply != NULL)
    return_record (call, reply);
  else
    mu_call_return (call, NULL);
}

static void
run_row (MuService *self, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = at_format (call->request.op->command, call->args, &error);

  if (text != NULL)
    send_command (
        self, call, row_done,
        (AtCommand){ .text = text,
                     .lines = call->request.op->reply != NULL ? AT_LINES_OWN : AT_LINES_NONE });
  else
    mu_call_fail (call, error);
}

void
mu_service_call (MuService *self, const MuRequest *request, GVariant *args, MuDone done,
                 gpointer user_data, MuCall **ret_call)
{
  g_autoptr (GError) error = NULL;
  MuCall            *call = g_new (MuCall, 1);

  *call = (MuCall){
    .service = self,
    .request = *request,
    .args = g_variant_ref_sink (args),
    .done = done,
    .user_data = user_data,
  };
  if (request->files != NULL)
    g_object_ref (request->files);
  g_queue_push_tail (&self->calls, call);
  *ret_call = call;
  if (self->session != NULL
      && !mu_session_check (self->session, request->op->needs, request->op->excludes, &error))
    mu_call_fail (call, error);
  else if (request->op->run != NULL)
    request->op->run (self, call->args, call);
  else
    run_row (self, call);
}

void
mu_service_abort_calls (MuService *self)
{
  g_autoptr (GArray) commands = g_array_new (FALSE, FALSE, sizeof (guint));

  for (GList *link = self->calls.head; link != NULL; link = link->next)
    g_array_append_val (commands, ((MuCall *)link->data)->command);
  for (guint i = 0; i < commands->len; i++)
    mu_session_cancel (self->session, g_array_index (commands, guint, i));
}

void
mu_call_cancel (MuCall *call)
{
  call->done = NULL;
  if (call->request.op->stands)
    return;
  if (call->command != 0)
    mu_session_cancel (call->service->session, call->command);
  else if (call->left != NULL)
    call->left (call->service, call);
}
