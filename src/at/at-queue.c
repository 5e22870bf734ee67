/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-queue.h"

AtRequest *
at_request_new (const AtCommand *command, AtDone done, gpointer user_data)
{
  AtRequest *request = g_new0 (AtRequest, 1);

  request->command = *command;
  request->command.text = g_strdup (command->text);
  request->command.body = g_strdup (command->body);
  if (command->timeout_ms == 0)
    request->command.timeout_ms = at_command_timeout_ms (command->text);
  request->done = done;
  request->user_data = user_data;
  return request;
}

void
at_request_free (AtRequest *request)
{
  g_free ((char *)request->command.text);
  g_free ((char *)request->command.body);
  g_clear_error (&request->refusal);
  g_free (request);
}

void
at_request_answer (AtRequest *request, const AtReply *reply, const GError *error)
{
  if (request->done != NULL)
    request->done (reply, error, request->user_data);
  at_request_free (request);
}

void
at_queue_push (AtQueue *self, AtRequest *request)
{
  g_queue_push_tail (&self->requests[request->command.priority], request);
  self->n++;
}

static AtRequest *
take (AtQueue *self, GQueue *queue, GList *link)
{
  AtRequest *request = link->data;

  g_queue_delete_link (queue, link);
  self->n--;
  return request;
}

/* The first one of the highest priority whose client was not served last, else the first. */
AtRequest *
at_queue_next (AtQueue *self)
{
  for (int priority = AT_ECALL; priority >= AT_BACKGROUND; priority--)
    {
      GQueue    *queue = &self->requests[priority];
      GList     *link = queue->head;
      AtRequest *request;

      while (link != NULL && ((AtRequest *)link->data)->command.client == self->last_client)
        link = link->next;
      if (link == NULL)
        link = queue->head;
      if (link == NULL)
        continue;
      request = take (self, queue, link);
      self->last_client = request->command.client;
      return request;
    }
  return NULL;
}

AtRequest *
at_queue_remove (AtQueue *self, guint number)
{
  for (gsize i = 0; i < AT_N_PRIORITIES; i++)
    for (GList *link = self->requests[i].head; link != NULL; link = link->next)
      if (((AtRequest *)link->data)->number == number)
        return take (self, &self->requests[i], link);
  return NULL;
}
