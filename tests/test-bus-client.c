/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-client.h"
#include "mu-test.h"

/* What bus-client.c grants */
#define TASKS   64
#define CLIENTS 256

typedef struct
{
  GTestDBus       *bus;
  GDBusConnection *connection;
  BusClients      *clients;
} Bed;

typedef struct
{
  BusTask  task; /* first: see on_cancel() */
  gboolean cancelled;
} Task;

static void
on_cancel (BusTask *task)
{
  ((Task *)task)->cancelled = TRUE;
}

/* Nobody has such a name, which the bus says once the main loop runs. */
static gboolean
begin (Bed *bed, guint number, Task *task)
{
  g_autofree char *name = g_strdup_printf (":9.%u", number);

  *task = (Task){ .task.cancel = on_cancel };
  return bus_client_begin (bed->clients, name, &task->task);
}

static void
end_all (Task *tasks, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bus_client_end (&tasks[i].task);
}

static void
test_tasks_of_one (void **state)
{
  Task tasks[TASKS + 1], other;

  for (gsize i = 0; i < TASKS; i++)
    assert_true (begin (*state, 1, &tasks[i]));
  assert_false (begin (*state, 1, &tasks[TASKS]));
  assert_true (begin (*state, 2, &other));
  assert_int_not_equal (bus_client_number (&other.task), bus_client_number (&tasks[0].task));
  bus_client_end (&other.task);
  bus_client_end (&tasks[0].task);
  assert_true (begin (*state, 1, &tasks[TASKS]));
  assert_int_equal (bus_client_number (&tasks[TASKS].task), bus_client_number (&tasks[1].task));
  end_all (tasks, G_N_ELEMENTS (tasks));
}

static void
test_idle_clients (void **state)
{
  Task task;

  for (guint i = 0; i < 4 * CLIENTS; i++)
    {
      assert_true (begin (*state, i, &task));
      bus_client_end (&task.task);
    }
}

static void
test_busy_clients (void **state)
{
  Task tasks[CLIENTS + 1];

  for (guint i = 0; i < CLIENTS; i++)
    assert_true (begin (*state, i, &tasks[i]));
  assert_false (begin (*state, CLIENTS, &tasks[CLIENTS]));
  bus_client_end (&tasks[7].task);
  assert_true (begin (*state, CLIENTS, &tasks[CLIENTS]));
  end_all (tasks, G_N_ELEMENTS (tasks));
}

static void
test_client_leaves (void **state)
{
  Task gone, here;
  Bed *bed = *state;

  assert_true (begin (bed, 1, &gone));
  here = (Task){ .task.cancel = on_cancel };
  assert_true (bus_client_begin (bed->clients, g_dbus_connection_get_unique_name (bed->connection),
                                 &here.task));
  while (!gone.cancelled)
    g_main_context_iteration (NULL, TRUE);
  assert_null (gone.task.client);
  assert_false (here.cancelled);
  bus_client_end (&here.task);
}

static int
set_up (void **state)
{
  Bed *bed = g_new0 (Bed, 1);

  bed->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bed->bus);
  bed->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (bed->connection, FALSE);
  bed->clients = bus_clients_new (bed->connection);
  *state = bed;
  return 0;
}

static int
tear_down (void **state)
{
  Bed *bed = *state;

  bus_clients_free (bed->clients);
  g_object_unref (bed->connection);
  g_test_dbus_down (bed->bus);
  g_object_unref (bed->bus);
  g_free (bed);
  return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_tasks_of_one),
    TEST (test_idle_clients),
    TEST (test_busy_clients),
    TEST (test_client_leaves),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
