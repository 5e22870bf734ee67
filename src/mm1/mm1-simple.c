/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Simple: everything that a connection takes, in one call. */
#include "mm1-bearer.h"
#include "mm1-words.h"

#define WAIT_MS 60000 /* for each thing that is waited for */

typedef struct
{
  Mm1Interface base;
  GQueue       connects; /* Connect */
} Mm1Simple;

/* One call of Connect */
typedef struct
{
  Mm1Simple *simple;
  Mm1Call   *call;
  Mm1Wish    wish;
  guint      step;
  char      *bearer; /* path */
  gboolean   waiting;
  MuTimer    timer;
  GList      link;
} Connect;

static void take_step (Mm1Interface *base, Connect *self);

static void
connect_free (gpointer data)
{
  Connect *self = data;

  g_queue_unlink (&self->simple->connects, &self->link);
  mu_timer_clear (&self->timer);
  mm1_wish_clear (&self->wish);
  g_free (self->bearer);
  g_free (self);
}

static void
step_done (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED, const GError *error)
{
  if (error != NULL)
    mm1_call_fail (call, error);
  else
    take_step (base, mm1_call_data (call));
}

static void
fail_equipment (Mm1Call *call, MMMobileEquipmentError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (MM_MOBILE_EQUIPMENT_ERROR, (int)code, message);

  mm1_call_fail (call, error);
}

/* ---- the steps: each goes on to the next, at once or later, or answers the call ---- */

static void
unlock (Mm1Interface *base, Connect *self)
{
  g_autofree char *word = mm1_get_text (base->object, "Sim1", "Lock");
  MMModemLock      lock = mm1_lock (word);

  if (lock == MM_MODEM_LOCK_SIM_PUK)
    fail_equipment (self->call, MM_MOBILE_EQUIPMENT_ERROR_SIM_PUK, "The card wants its PUK");
  else if (lock != MM_MODEM_LOCK_SIM_PIN)
    take_step (base, self);
  else if (self->wish.pin == NULL)
    fail_equipment (self->call, MM_MOBILE_EQUIPMENT_ERROR_SIM_PIN, "The card wants its PIN");
  else
    mm1_call_start (self->call,
                    &(Mm1Request){ "Sim1", "Unlock", 0, g_variant_new ("(s)", self->wish.pin) },
                    step_done);
}

static void
check_failed (Mm1Interface *base, Connect *self)
{
  g_autofree char *lock = mm1_get_text (base->object, "Sim1", "Lock");

  if (g_str_equal (lock, "missing"))
    fail_equipment (self->call, MM_MOBILE_EQUIPMENT_ERROR_SIM_NOT_INSERTED, "There is no card");
  else
    fail_equipment (self->call, MM_MOBILE_EQUIPMENT_ERROR_SIM_WRONG, "The card is blocked");
}

/* After the PIN the card takes a moment. */
static gboolean
is_ready (const Mm1Object *object)
{
  MMModemState state = mm1_modem_state (object);

  return state == MM_MODEM_STATE_FAILED || state > MM_MODEM_STATE_LOCKED;
}

static void
check_card (Mm1Interface *base, Connect *self)
{
  if (mm1_modem_state (base->object) == MM_MODEM_STATE_FAILED)
    check_failed (base, self);
  else
    take_step (base, self);
}

static void
enabled (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  if (error == NULL)
    {
      mm1_modem_of (base->object)->enabled = TRUE;
      mm1_object_changed (base->object);
    }
  step_done (base, call, reply, error);
}

static void
enable (Mm1Interface *base, Connect *self)
{
  if (mm1_modem_of (base->object)->enabled
      && mm1_modem_state (base->object) >= MM_MODEM_STATE_ENABLED)
    take_step (base, self);
  else
    mm1_modem_switch_on (base, self->call, enabled);
}

static void
choose_network (Mm1Interface *base, Connect *self)
{
  g_autofree char *now = mm1_get_text (base->object, "Network1", "OperatorCode");
  const char      *wanted = self->wish.operator_id;

  if (wanted == NULL || wanted[0] == '\0' || g_str_equal (wanted, now))
    take_step (base, self);
  else
    mm1_call_start (self->call,
                    &(Mm1Request){ "Network1", "Register", 0, g_variant_new ("(s)", wanted) },
                    step_done);
}

static gboolean
is_denied (const Mm1Object *object)
{
  g_autofree char *word = mm1_get_text (object, "Network1", "Registration");

  return mm1_registration (word) == MM_MODEM_3GPP_REGISTRATION_STATE_DENIED;
}

static gboolean
is_registered_or_denied (const Mm1Object *object)
{
  return mm1_modem_is_registered (object) || is_denied (object);
}

static void
check_registration (Mm1Interface *base, Connect *self)
{
  if (mm1_modem_is_registered (base->object))
    take_step (base, self);
  else
    fail_equipment (self->call, MM_MOBILE_EQUIPMENT_ERROR_NETWORK_NOT_ALLOWED,
                    "The network does not admit the card");
}

/* Who has just been disconnected may come again before that is over: NetworkManager does when it is
 * restarted, and would try in vain for as often as it tries at all. */
static gboolean
is_free (const Mm1Object *object)
{
  return !mm1_bearers_are_leaving (object);
}

static void
connect_bearer (Mm1Interface *base, Connect *self)
{
  Mm1Bearer *bearer = mm1_bearers_obtain (mm1_modem_of (base->object), &self->wish);

  if (bearer == NULL)
    {
      mm1_call_reject (self->call, MM_CORE_ERROR_TOO_MANY, "There are too many bearers");
      return;
    }
  self->bearer = g_strdup (bearer->base.path);
  mm1_bearer_connect (bearer, self->call, step_done);
}

static void
answer (Mm1Interface *base G_GNUC_UNUSED, Connect *self)
{
  mm1_call_return (self->call, g_variant_new ("(o)", self->bearer));
}

typedef struct
{
  void (*run) (Mm1Interface *base, Connect *self);
  gboolean (*is_due) (const Mm1Object *object); /* NULL: always */
  MMMobileEquipmentError late;                  /* the error if it is not within WAIT_MS */
  const char            *late_text;
} Step;

static const Step steps[] = {
  { unlock },
  { check_card, is_ready, MM_MOBILE_EQUIPMENT_ERROR_SIM_BUSY, "The card is not ready" },
  { enable },
  { choose_network },
  { check_registration, is_registered_or_denied, MM_MOBILE_EQUIPMENT_ERROR_NO_NETWORK,
    "The module has not registered" },
  { connect_bearer, is_free, MM_MOBILE_EQUIPMENT_ERROR_LINK_RESERVED,
    "A connection does not come to its end" },
  { answer },
};

/* ---- going on, and waiting ---- */

static void
take_step (Mm1Interface *base, Connect *self)
{
  const Step *step = &steps[self->step];

  self->waiting = step->is_due != NULL && !step->is_due (base->object);
  if (self->waiting)
    mu_timer_start (&self->timer, WAIT_MS);
  else
    {
      mu_timer_stop (&self->timer);
      self->step++;
      step->run (base, self);
    }
}

static void
on_time (gpointer data)
{
  Connect    *self = data;
  const Step *step = &steps[self->step];

  if (self->waiting)
    fail_equipment (self->call, step->late, step->late_text);
  else
    take_step (&self->simple->base, self);
}

/* Not at once: the properties are just being told. */
static void
refresh (Mm1Interface *base)
{
  Mm1Simple *self = (Mm1Simple *)base;

  for (GList *link = self->connects.head; link != NULL; link = link->next)
    {
      Connect *connect = link->data;

      if (!connect->waiting || !steps[connect->step].is_due (base->object))
        continue;
      connect->waiting = FALSE;
      mu_timer_start (&connect->timer, 0);
    }
}

/* ---- methods ---- */

static void
connect_method (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  Mm1Simple           *simple = (Mm1Simple *)base;
  g_autoptr (GVariant) dict = g_variant_get_child_value (args, 0);
  g_autoptr (GError)   error = NULL;
  Connect             *self;
  Mm1Wish              wish;

  if (!mm1_wish_parse (dict, TRUE, &wish, &error))
    {
      mm1_call_fail (call, error);
      return;
    }
  self = g_new0 (Connect, 1);
  self->simple = simple;
  self->call = call;
  self->wish = wish;
  self->link.data = self;
  g_queue_push_tail_link (&simple->connects, &self->link);
  mu_timer_init (&self->timer, on_time, self);
  mm1_call_keep (call, self, connect_free);
  mm1_call_check (call, MM1_ACCESS_DATA, step_done);
}

static void
disconnect_method (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  Mm1Modem   *modem = mm1_modem_of (base->object);
  const char *path;

  g_variant_get (args, "(&o)", &path);
  if (!g_str_equal (path, "/") && mm1_bearers_find (modem, path) == NULL)
    mm1_call_reject (call, MM_CORE_ERROR_NOT_FOUND, "There is no bearer %s", path);
  else
    mm1_bearers_disconnect (modem, call, path, TRUE, mm1_call_finish_empty);
}

static void
add_network (GVariantDict *dict, const Mm1Object *object)
{
  g_autofree char *code = mm1_get_text (object, "Network1", "OperatorCode");
  g_autofree char *name = mm1_get_text (object, "Network1", "OperatorName");
  g_autofree char *technology = mm1_get_text (object, "Network1", "Technology");
  g_autofree char *registration = mm1_get_text (object, "Network1", "Registration");

  g_variant_dict_insert (dict, "signal-quality", "(ub)",
                         mm1_get_uint (object, "Network1", "Quality"), TRUE);
  g_variant_dict_insert (dict, "access-technologies", "u", mm1_technology (technology));
  g_variant_dict_insert (dict, "m3gpp-registration-state", "u", mm1_registration (registration));
  g_variant_dict_insert (dict, "m3gpp-operator-code", "s", code);
  g_variant_dict_insert (dict, "m3gpp-operator-name", "s", name);
}

static void
get_status (Mm1Interface *base, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  MMModemState state = mm1_modem_state (base->object);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "state", "u", (guint)state);
  if (state >= MM_MODEM_STATE_REGISTERED)
    add_network (&dict, base->object);
  mm1_call_return (call, g_variant_new ("(@a{sv})", g_variant_dict_end (&dict)));
}

static const Mm1Method methods[] = {
  { "Connect", .run = connect_method },
  { "Disconnect", .run = disconnect_method },
  { "GetStatus", .run = get_status },
};

const Mm1InterfaceClass mm1_simple_class = {
  .type = mm_gdbus_modem_simple_skeleton_get_type,
  .size = sizeof (Mm1Simple),
  .refresh = refresh,
  MU_TABLE (methods, methods),
};
