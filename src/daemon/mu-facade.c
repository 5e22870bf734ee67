/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-facade.h"

#include "mm1.h"
#include "mu-log.h"

struct MuFacade
{
  Mm1             *mm1;
  GDBusConnection *connection;
  guint            name_id;
};

static void
on_acquired (GDBusConnection *connection G_GNUC_UNUSED, const char *name, gpointer user_data)
{
  MuFacade *self = user_data;

  mm1_named (self->mm1);
  mu_log (MU_LOG_INFO, NULL, "The daemon is %s, too", name);
}

/* It waits in the queue. */
static void
on_lost (GDBusConnection *connection, const char *name, gpointer user_data G_GNUC_UNUSED)
{
  if (connection != NULL && !g_dbus_connection_is_closed (connection))
    mu_log (MU_LOG_WARNING, NULL, "%s cannot be had now: does ModemManager run?", name);
}

MuFacade *
mu_facade_new (const BusShared *bus, MuListeners *listeners)
{
  MuFacade *self = g_new0 (MuFacade, 1);

  self->mm1 = mm1_new (bus);
  self->connection = g_object_ref (bus->connection);
  mu_listeners_add (listeners, &mm1_events, self->mm1);
  return self;
}

void
mu_facade_free (MuFacade *self)
{
  mm1_free (self->mm1);
  g_object_unref (self->connection);
  g_free (self);
}

void
mu_facade_publish (MuFacade *self, MuManager *manager)
{
  mm1_publish (self->mm1, manager);
  self->name_id
      = g_bus_own_name_on_connection (self->connection, MM1_BUS_NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                      on_acquired, on_lost, self, NULL);
}

void
mu_facade_unpublish (MuFacade *self)
{
  g_bus_unown_name (self->name_id);
  mm1_unpublish (self->mm1);
}
