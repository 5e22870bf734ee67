/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Messaging: delivery reports on what was sent by clients of ours.  They say no number. */
#include "mm1-messaging.h"

#define MAX_SENT 64 /* references come again after 256 */

typedef struct
{
  guint reference;
  char *number;
} Sent;

static void
sent_free (gpointer data)
{
  Sent *sent = data;

  g_free (sent->number);
  g_free (sent);
}

void
mm1_reports_expect (Mm1Messaging *self, guint reference, const char *number)
{
  Sent *sent = g_new (Sent, 1);

  *sent = (Sent){ reference, g_strdup (number) };
  g_queue_push_head (&self->sent, sent); /* the newest first */
  if (g_queue_get_length (&self->sent) > MAX_SENT)
    sent_free (g_queue_pop_tail (&self->sent));
}

static const char *
find_number (const Mm1Messaging *self, guint reference)
{
  for (const GList *link = self->sent.head; link != NULL; link = link->next)
    {
      const Sent *sent = link->data;

      if (sent->reference == reference)
        return sent->number;
    }
  return NULL;
}

void
mm1_reports_take (Mm1Messaging *self, GVariant *args)
{
  const char *number;
  guint       reference;

  g_variant_get_child (args, 0, "u", &reference);
  number = find_number (self, reference);
  if (number == NULL)
    return;
  mm1_messaging_add (self, mm1_sms_new_report (self->base.object, number, args), TRUE);
  mm1_messaging_limit (self, TRUE);
}

void
mm1_reports_clear (Mm1Messaging *self)
{
  g_queue_clear_full (&self->sent, sent_free);
}
