/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Voice: the list of calls; mm1-voice-control.c has what is done to several. */
#include "mm1-voice.h"

#define VOICE(self) MM_GDBUS_MODEM_VOICE ((self)->base.skeleton)

/* Nobody deletes what a program that crashed has left: the oldest goes. */
#define MAX_DRAFTS 16
#define MAX_OVER   16

Mm1Voice *
mm1_voice_of (const Mm1Object *object)
{
  return (Mm1Voice *)mm1_object_find (object, &mm1_voice_class);
}

Mm1VoiceCall *
mm1_voice_find (const Mm1Voice *self, guint number)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      Mm1VoiceCall *call = self->calls->pdata[i];

      if (call->number == number)
        return call;
    }
  return NULL;
}

static void
tell_list (Mm1Voice *self)
{
  g_autofree const char **paths = mm1_interfaces_paths (self->calls);

  mm_gdbus_modem_voice_set_calls (VOICE (self), paths);
  g_dbus_interface_skeleton_flush (self->base.skeleton);
}

/* ---- calls come and go ---- */

static void
add (Mm1Voice *self, Mm1VoiceCall *call)
{
  g_ptr_array_add (self->calls, call);
  mm1_interface_publish (&call->base);
  tell_list (self);
  mm_gdbus_modem_voice_emit_call_added (VOICE (self), call->base.path);
}

static void
drop (Mm1Voice *self, Mm1VoiceCall *call)
{
  g_autofree char *path = g_strdup (call->base.path);

  g_ptr_array_remove (self->calls, call);
  mm1_interface_free (&call->base);
  tell_list (self);
  mm_gdbus_modem_voice_emit_call_deleted (VOICE (self), path);
}

/* Keeps at most max of those that are over, or of the drafts. */
static void
drop_old (Mm1Voice *self, gboolean is_over, guint max)
{
  Mm1VoiceCall *oldest = NULL;
  guint         n = 0;

  for (guint i = self->calls->len; i > 0; i--)
    {
      Mm1VoiceCall *call = self->calls->pdata[i - 1];

      if (call->number == 0 && !call->starting && call->is_over == is_over)
        {
          oldest = call;
          n++;
        }
    }
  if (n > max)
    drop (self, oldest);
}

static void
end (Mm1Voice *self, Mm1VoiceCall *call, GVariant *properties)
{
  mm1_voice_call_end (call, properties);
  if (call->forgotten)
    drop (self, call);
  else
    drop_old (self, TRUE, MAX_OVER);
}

/* The draft that is being dialled, if this is it. */
static Mm1VoiceCall *
find_started (Mm1Voice *self, GVariant *properties)
{
  const char *direction = mm1_text (properties, "Direction");
  const char *number = mm1_text (properties, "Number");

  for (guint i = 0; i < self->calls->len && g_str_equal (direction, "outgoing"); i++)
    {
      Mm1VoiceCall *call = self->calls->pdata[i];

      if (call->starting && call->number == 0 && !call->is_over
          && g_str_equal (mm1_voice_call_digits (call), number))
        return call;
    }
  return NULL;
}

static void
adopt (Mm1Voice *self, guint number)
{
  g_autoptr (GVariant) properties = mm1_get_child (self->base.object, "Voice1", number);
  Mm1VoiceCall        *call;

  if (properties == NULL || g_str_equal (mm1_text (properties, "State"), "ended"))
    return;
  call = find_started (self, properties);
  if (call != NULL)
    {
      mm1_voice_call_take (call, properties);
      mm1_voice_call_become (call, number);
      return;
    }
  call = mm1_voice_call_new (self->base.object);
  call->number = number;
  mm1_voice_call_take (call, properties);
  add (self, call);
}

static gboolean
is_listed (const GArray *numbers, guint number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return TRUE;
  return FALSE;
}

/* From the end: what ends may drop one before it, that is older. */
static void
match (Mm1Voice *self)
{
  g_autoptr (GArray) numbers = mm1_get_children (self->base.object, "Voice1");

  for (guint i = 0; i < numbers->len; i++)
    if (mm1_voice_find (self, g_array_index (numbers, guint, i)) == NULL)
      adopt (self, g_array_index (numbers, guint, i));
  for (guint i = self->calls->len; i > 0; i--)
    {
      Mm1VoiceCall *call = i <= self->calls->len ? self->calls->pdata[i - 1] : NULL;

      if (call != NULL && call->number != 0 && !is_listed (numbers, call->number))
        end (self, call, NULL);
    }
}

/* ---- what the services tell ---- */

/* Without a card that can be used, or where the network takes nothing else. */
static gboolean
is_emergency_only (const Mm1Voice *self)
{
  g_autofree char *lock = mm1_get_text (self->base.object, "Sim1", "Lock");
  g_autofree char *registration = mm1_get_text (self->base.object, "Network1", "Registration");

  return (lock[0] != '\0' && !g_str_equal (lock, "none")) || g_str_equal (registration, "denied");
}

static void
refresh (Mm1Interface *base)
{
  Mm1Voice *self = (Mm1Voice *)base;

  match (self);
  mm_gdbus_modem_voice_set_emergency_only (VOICE (self), is_emergency_only (self));
}

static void
on_child_present (Mm1Interface *base, MuService *service, guint number, gboolean present)
{
  Mm1Voice *self = (Mm1Voice *)base;

  if (present && mm1_is_service (service, "Voice1") && mm1_voice_find (self, number) == NULL)
    adopt (self, number);
}

static void
on_emitted (Mm1Interface *base, MuService *service, const char *signal, GVariant *args)
{
  Mm1Voice            *self = (Mm1Voice *)base;
  g_autoptr (GVariant) properties = NULL;
  Mm1VoiceCall        *call;
  const char          *path;

  if (!mm1_is_service (service, "Voice1") || !g_str_equal (signal, "CallRemoved"))
    return;
  g_variant_get (args, "(&o@a{sv})", &path, &properties);
  call = mm1_path_number (path) != 0 ? mm1_voice_find (self, mm1_path_number (path)) : NULL;
  if (call != NULL)
    end (self, call, properties);
}

/* ---- the list's methods ---- */

static void
list_calls (Mm1Interface *base, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  g_autofree const char **paths = mm1_interfaces_paths (((Mm1Voice *)base)->calls);

  mm1_call_return (call, g_variant_new ("(^ao)", paths));
}

static void
on_create_allowed (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                   const GError *error)
{
  Mm1Voice     *self = (Mm1Voice *)base;
  Mm1VoiceCall *draft;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  draft = mm1_voice_call_new (base->object);
  mm_gdbus_call_set_number (MM_GDBUS_CALL (draft->base.skeleton), mm1_call_data (call));
  add (self, draft);
  drop_old (self, FALSE, MAX_DRAFTS);
  mm1_call_return (call, g_variant_new ("(o)", draft->base.path));
}

/* What the number may be Voice1.Dial says. */
static void
create_call (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (args, 0);
  const char          *number = mm1_text (properties, "number");

  if (number[0] == '\0' || g_variant_n_children (properties) != 1)
    {
      mm1_call_reject (call, MM_CORE_ERROR_INVALID_ARGS, "A call has a number, and nothing else");
      return;
    }
  mm1_call_keep (call, g_strdup (number), g_free);
  mm1_call_check (call, MM1_ACCESS_VOICE, on_create_allowed);
}

static Mm1VoiceCall *
find_deleted (Mm1Voice *self, Mm1Call *call)
{
  Mm1VoiceCall *found = mm1_interfaces_find (self->calls, mm1_call_data (call));

  if (found == NULL)
    mm1_call_reject (call, MM_CORE_ERROR_NOT_FOUND, "There is no such call");
  else if (found->starting)
    mm1_call_reject (call, MM_CORE_ERROR_IN_PROGRESS, "The call is being started");
  return found != NULL && !found->starting ? found : NULL;
}

/* One that lasted has been hung up by now; it goes when the module says that it is over. */
static void
on_delete_done (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                const GError *error)
{
  Mm1Voice     *self = (Mm1Voice *)base;
  Mm1VoiceCall *found;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  found = find_deleted (self, call);
  if (found == NULL)
    return;
  if (found->number != 0)
    found->forgotten = TRUE;
  else
    drop (self, found);
  mm1_call_return (call, NULL);
}

static void
delete_call (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  Mm1VoiceCall *found;
  const char   *path;

  g_variant_get (args, "(&o)", &path);
  mm1_call_keep (call, g_strdup (path), g_free);
  found = find_deleted ((Mm1Voice *)base, call);
  if (found == NULL)
    return;
  if (found->number == 0)
    mm1_call_check (call, MM1_ACCESS_VOICE, on_delete_done);
  else
    mm1_call_start (call, &(Mm1Request){ "Voice1", "Hangup", found->number, g_variant_new ("()") },
                    on_delete_done);
}

static const Mm1Method methods[] = {
  { "ListCalls", .run = list_calls },
  { "CreateCall", .run = create_call },
  { "DeleteCall", .run = delete_call },
  { "HoldAndAccept", .run = mm1_voice_hold_and_accept },
  { "HangupAndAccept", .run = mm1_voice_hang_up_and_accept },
  { "HangupAll", "Voice1", "HangupAll", NULL },
  { "Transfer", "Voice1", "Transfer", NULL },
  { "CallWaitingSetup", "Supplementary1", "SetCallWaiting", NULL },
  { "CallWaitingQuery", .run = mm1_voice_query_waiting },
};

/* ---- life ---- */

static void
init (Mm1Interface *base)
{
  ((Mm1Voice *)base)->calls = g_ptr_array_new ();
}

/* The calls are the object's, which has freed them. */
static void
clear (Mm1Interface *base)
{
  g_ptr_array_unref (((Mm1Voice *)base)->calls);
}

const Mm1InterfaceClass mm1_voice_class = {
  .type = mm_gdbus_modem_voice_skeleton_get_type,
  .size = sizeof (Mm1Voice),
  .init = init,
  .clear = clear,
  .refresh = refresh,
  .emitted = on_emitted,
  .child_present = on_child_present,
  MU_TABLE (methods, methods),
};
