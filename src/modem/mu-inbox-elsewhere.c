/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages that the module has put elsewhere: +CMTI and +CDSI name the storage, which is then
 * selected, listed and emptied like the card, and the card is selected again (27.005 3.2.2). */
#include "mu-messaging-private.h"

#include "mu-log.h"

#include <string.h>

#define RETRY_MS 5000

/* Slots that were told of are of the other storage now: both are listed whole. */
static void
on_selected (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
             const GError *error)
{
  MuMessaging *self = (MuMessaging *)base;

  self->busy = FALSE;
  if (!mu_session_is_started (base->session))
    return;
  if (error != NULL)
    {
      mu_log (MU_LOG_WARNING, mu_session_name (base->session), "The storage is not changed: %s",
              error->message);
      mu_timer_start (&self->inbox_timer, RETRY_MS);
    }
  else
    self->is_elsewhere = !self->is_elsewhere;
  if (!self->is_elsewhere)
    self->elsewhere[0] = '\0';
  mu_inbox_list (self);
}

gboolean
mu_inbox_switch (MuMessaging *self)
{
  const char *name = self->is_elsewhere ? MU_INBOX_STORAGE : self->elsewhere;

  if (self->elsewhere[0] == '\0')
    return FALSE;
  return mu_send (&self->base, NULL, on_selected, "+CPMS=%s,%s,%s", name, name, name);
}

gboolean
mu_inbox_is_here (MuMessaging *self, const char *storage)
{
  const char *selected = self->is_elsewhere ? self->elsewhere : MU_INBOX_STORAGE;

  return g_ascii_strcasecmp (storage, selected) == 0;
}

/* What is told of the card meanwhile is found when it is listed again. */
void
mu_inbox_told_elsewhere (MuMessaging *self, const char *storage)
{
  if (!self->is_elsewhere)
    g_strlcpy (self->elsewhere, storage, sizeof self->elsewhere);
  mu_inbox_run (self);
}
