/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The root: the ObjectManager, the object of each module, and the interface ModemManager1. */
#include "mm1.h"

#include "mm1-interfaces.h"
#include "mu-timer.h"

/* A module that is ready is not there at once, for two reasons.  A connection that it has kept
 * while it was unplugged is only found a moment later; NetworkManager, which connects at once,
 * would try in vain for as often as it tries at all.  And GLib's GDBusObjectManagerClient, which
 * NetworkManager and mmcli have, believes an object that comes while it still asks the name's new
 * owner for its properties, and then calls it at no address at all, for ever: a module of a daemon
 * that is restarted would come just then. */
#define QUIET_MS 1000

struct Mm1
{
  Mm1Shared   shared;
  Mm1Object  *root;    /* NULL: not published */
  GHashTable *objects; /* MuModem → Mm1Object, of those that are published */
  GHashTable *waiting; /* MuModem, those that will be when the timer has run */
  MuTimer     quiet;
};

/* ---- ModemManager1 ---- */

/* There is nothing to be told: the daemon listens to udev itself, and [daemon] log-level is its
 * level.  To give a device up is the administrator's business: Manager1.RemoveDevice, or udev. */

static const Mm1Method methods[] = {
  { "ScanDevices", "Manager1", "Rescan" },
};

static const Mm1Copy copies[] = {
  { "version", "Manager1", "Version" },
};

const Mm1InterfaceClass mm1_manager_class = {
  .type = mm_gdbus_org_freedesktop_modem_manager1_skeleton_get_type,
  .size = sizeof (Mm1Interface),
  MU_TABLE (methods, methods),
  MU_TABLE (copies, copies),
};

/* ---- modules ---- */

/* Clients take what they see first for good (NetworkManager reads PrimaryPort once): a module is
 * there from the moment its services have answered.  When it has forgotten everything its object
 * goes, and another comes later: clients know that from ModemManager. */
static void
publish_object (Mm1 *self, MuModem *modem)
{
  Mm1Object *object;

  object = mm1_object_new (&self->shared, NULL, mu_modem_device (modem));
  g_hash_table_insert (self->objects, modem, object);
  for (gsize i = 0; i < mu_modem_n_services (modem); i++)
    if (mu_modem_service (modem, i) != NULL)
      mm1_object_add_service (object, mu_modem_service (modem, i));
  mm1_object_publish (object, mm1_modem_classes, mm1_n_modem_classes);
}

static void
add_object (Mm1 *self, MuModem *modem)
{
  if (g_hash_table_contains (self->objects, modem))
    return;
  g_hash_table_add (self->waiting, modem);
  mu_timer_start (&self->quiet, QUIET_MS);
}

static void
remove_object (Mm1 *self, MuModem *modem)
{
  g_hash_table_remove (self->waiting, modem);
  g_hash_table_remove (self->objects, modem);
}

static void
on_quiet_over (gpointer user_data)
{
  Mm1           *self = user_data;
  GHashTableIter iter;
  gpointer       modem;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &modem, NULL))
    {
      g_hash_table_iter_steal (&iter);
      publish_object (self, modem);
    }
}

static gboolean
waits_for_card (const MuModem *modem)
{
  return g_str_equal (mu_modem_reason (modem), "sim-busy");
}

static void
on_entered (MuModem *modem, gpointer user_data)
{
  Mm1 *self = user_data;

  switch (mu_modem_state (modem))
    {
    case MU_MODEM_LOCKED:
    case MU_MODEM_READY: add_object (self, modem); break;
    case MU_MODEM_PROBING:
      if (!waits_for_card (modem))
        remove_object (self, modem);
      break;
    case MU_MODEM_ABSENT:
    case MU_MODEM_OPENING:
    case MU_MODEM_SUSPENDED:
    case MU_MODEM_FAILED:
    case MU_MODEM_GONE: remove_object (self, modem); break;
    }
}

static void
on_present (MuModem *modem, gboolean present, gpointer user_data)
{
  Mm1 *self = user_data;

  if (!present)
    remove_object (self, modem);
}

static void
on_appeared (MuModem *modem, MuService *service, gpointer user_data)
{
  Mm1       *self = user_data;
  Mm1Object *object = g_hash_table_lookup (self->objects, modem);

  if (object != NULL)
    mm1_object_add_service (object, service);
}

static void
on_vanished (MuModem *modem, MuService *service, gpointer user_data)
{
  Mm1       *self = user_data;
  Mm1Object *object = g_hash_table_lookup (self->objects, modem);

  if (object != NULL)
    mm1_object_remove_service (object, service);
}

const MuModemEvents mm1_events = { on_present, on_appeared, on_vanished, on_entered };

/* ---- life ---- */

static void
free_object (gpointer object)
{
  mm1_object_free (object);
}

Mm1 *
mm1_new (const BusShared *bus)
{
  Mm1 *self = g_new0 (Mm1, 1);

  self->shared.bus = bus;
  self->shared.server = g_dbus_object_manager_server_new (MM_DBUS_PATH);
  self->objects = g_hash_table_new_full (NULL, NULL, NULL, free_object);
  self->waiting = g_hash_table_new (NULL, NULL);
  mu_timer_init (&self->quiet, on_quiet_over, self);
  return self;
}

void
mm1_free (Mm1 *self)
{
  mu_timer_clear (&self->quiet);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->objects);
  g_object_unref (self->shared.server);
  g_free (self);
}

void
mm1_publish (Mm1 *self, MuManager *manager)
{
  const Mm1InterfaceClass *class = &mm1_manager_class;

  self->root = mm1_object_new (&self->shared, MM_DBUS_PATH, NULL);
  mm1_object_add_service (self->root, mu_manager_service (manager));
  mm1_object_publish (self->root, &class, 1);
  g_dbus_object_manager_server_set_connection (self->shared.server, self->shared.bus->connection);
}

void
mm1_named (Mm1 *self)
{
  if (mu_timer_is_running (&self->quiet))
    mu_timer_start (&self->quiet, QUIET_MS);
}

void
mm1_unpublish (Mm1 *self)
{
  g_clear_pointer (&self->root, mm1_object_free);
}
