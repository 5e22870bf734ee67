/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-client.h"

#define MAX_TASKS   64  /* of one client: what it floods is its own patience */
#define MAX_CLIENTS 256 /* each is one match rule, of which the system bus grants 512 */

struct BusClients
{
  GDBusConnection *connection;
  GHashTable      *by_name; /* unique name → BusClient */
  guint            last_number;
};

struct BusClient
{
  BusClients *clients;
  char       *name;
  guint       number;
  guint       watch_id;
  GQueue      tasks; /* BusTask */
};

static void
client_free (gpointer data)
{
  BusClient *client = data;

  g_assert (client->tasks.length == 0);
  g_bus_unwatch_name (client->watch_id);
  g_free (client->name);
  g_free (client);
}

static void
on_left (GDBusConnection *connection G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
         gpointer user_data)
{
  BusClient *client = user_data;

  while (client->tasks.head != NULL)
    {
      BusTask *task = client->tasks.head->data;

      bus_client_end (task);
      task->cancel (task);
    }
  g_hash_table_remove (client->clients->by_name, client->name);
}

static BusClient *
client_new (BusClients *self, const char *name)
{
  BusClient *client = g_new0 (BusClient, 1);

  client->clients = self;
  client->name = g_strdup (name);
  client->number = ++self->last_number;
  g_hash_table_insert (self->by_name, client->name, client);
  client->watch_id = g_bus_watch_name_on_connection (
      self->connection, name, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_left, client, NULL);
  return client;
}

static gboolean
is_idle (gpointer name G_GNUC_UNUSED, gpointer value, gpointer user_data G_GNUC_UNUSED)
{
  const BusClient *client = value;

  return client->tasks.length == 0;
}

/* Those who wait for nothing can be forgotten: they are new again at their next call. */
static gboolean
has_room (BusClients *self)
{
  if (g_hash_table_size (self->by_name) >= MAX_CLIENTS)
    g_hash_table_foreach_remove (self->by_name, is_idle, NULL);
  return g_hash_table_size (self->by_name) < MAX_CLIENTS;
}

gboolean
bus_client_begin (BusClients *self, const char *name, BusTask *task)
{
  BusClient *client = g_hash_table_lookup (self->by_name, name);

  if (client == NULL && has_room (self))
    client = client_new (self, name);
  if (client == NULL || client->tasks.length >= MAX_TASKS)
    return FALSE;
  task->client = client;
  task->link = (GList){ .data = task };
  g_queue_push_tail_link (&client->tasks, &task->link);
  return TRUE;
}

void
bus_client_end (BusTask *task)
{
  if (task->client != NULL)
    g_queue_unlink (&task->client->tasks, &task->link);
  task->client = NULL;
}

guint
bus_client_number (const BusTask *task)
{
  return task->client->number;
}

BusClients *
bus_clients_new (GDBusConnection *connection)
{
  BusClients *self = g_new0 (BusClients, 1);

  self->connection = g_object_ref (connection);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, client_free);
  return self;
}

void
bus_clients_free (BusClients *self)
{
  g_hash_table_unref (self->by_name);
  g_object_unref (self->connection);
  g_free (self);
}
