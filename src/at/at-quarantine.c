/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-quarantine.h"

#include "at-command.h"
#include "mu-timer.h"

#include <string.h>

#define STRIKES       2  /* in a row */
#define FIRST_TERM_S  60 /* doubles with each strike more */
#define MAX_DOUBLINGS 3
#define MAX_TERM_S    600

static void
name_of (const char *text, char *ret_name, gsize size)
{
  gsize       len;
  const char *start = at_command_name (text, &len);

  len = MIN (len, size - 1);
  memcpy (ret_name, start, len);
  ret_name[len] = '\0';
}

static AtQuarantineSlot *
find_slot (AtQuarantine *self, const char *name)
{
  for (gsize i = 0; i < AT_QUARANTINE_SLOTS; i++)
    if (g_ascii_strcasecmp (self->slots[i].name, name) == 0)
      return &self->slots[i];
  return NULL;
}

/* A free slot, else the one whose term ends first. */
static AtQuarantineSlot *
take_slot (AtQuarantine *self)
{
  AtQuarantineSlot *oldest = find_slot (self, "");

  if (oldest != NULL)
    return oldest;
  oldest = &self->slots[0];
  for (gsize i = 1; i < AT_QUARANTINE_SLOTS; i++)
    if (self->slots[i].until < oldest->until)
      oldest = &self->slots[i];
  return oldest;
}

void
at_quarantine_clear (AtQuarantine *self)
{
  *self = (AtQuarantine){ 0 };
}

/* A module that was slow for a while is asked again soon; one that does not survive the command,
 * not often. */
static gint64
term_us (guint strikes)
{
  guint  doublings = strikes > STRIKES ? strikes - STRIKES : 0;
  gint64 seconds = doublings > MAX_DOUBLINGS ? MAX_TERM_S : FIRST_TERM_S << doublings;

  return seconds * G_USEC_PER_SEC;
}

void
at_quarantine_timed_out (AtQuarantine *self, const char *text)
{
  AtQuarantineSlot  name;
  AtQuarantineSlot *slot;

  name_of (text, name.name, sizeof name.name);
  slot = find_slot (self, name.name);
  if (slot == NULL)
    {
      slot = take_slot (self);
      *slot = (AtQuarantineSlot){ 0 };
      g_strlcpy (slot->name, name.name, sizeof slot->name);
    }
  slot->strikes++;
  slot->until = mu_timer_now () + term_us (slot->strikes);
}

void
at_quarantine_answered (AtQuarantine *self, const char *text)
{
  AtQuarantineSlot  name;
  AtQuarantineSlot *slot;

  name_of (text, name.name, sizeof name.name);
  slot = find_slot (self, name.name);
  if (slot != NULL)
    *slot = (AtQuarantineSlot){ 0 };
}

gboolean
at_quarantine_holds (const AtQuarantine *self, const char *text)
{
  AtQuarantineSlot        name;
  const AtQuarantineSlot *slot;

  name_of (text, name.name, sizeof name.name);
  slot = find_slot ((AtQuarantine *)self, name.name);
  return slot != NULL && slot->strikes >= STRIKES && mu_timer_now () < slot->until;
}
