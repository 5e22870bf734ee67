/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In a network namespace of its own, with interfaces of every kind that may stand for the port. */
#define _GNU_SOURCE 1 /* unshare() */
#include "mu-test.h"
#include "sim-carrier.h"
#include "sim-host.h"

#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean
shell (const char *command)
{
  g_autoptr (GError) error = NULL;
  int                status = 0;

  return g_spawn_command_line_sync (command, NULL, NULL, &status, &error) && status == 0;
}

/* FALSE: this kernel has no such interfaces, or does not let us. */
static gboolean
make (const char *kind)
{
  g_autofree char *command = g_strdup_printf ("ip link add %s", kind);

  return shell (command);
}

/* Root of a namespace of our own, as which what we start may do that, too. */
static gboolean
enter_namespace (void)
{
  g_autofree char *map = g_strdup_printf ("0 %u 1", (guint)getuid ());

  if (unshare (CLONE_NEWNET) == 0)
    return TRUE;
  return unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0
         && g_file_set_contents_full ("/proc/self/uid_map", map, -1, G_FILE_SET_CONTENTS_NONE, 0,
                                      NULL);
}

/* Whether an end that is up has a carrier. */
static gboolean
has_carrier (const char *name)
{
  struct ifreq request = { 0 };
  int          fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  (void)g_strlcpy (request.ifr_name, name, sizeof request.ifr_name);
  assert_int_equal (ioctl (fd, SIOCGIFFLAGS, &request), 0);
  close (fd);
  return (request.ifr_flags & IFF_RUNNING) != 0;
}

/* The kernel tells of a carrier a moment after it has come. */
static void
expect_carrier (const char *name, gboolean on)
{
  for (int i = 0; i < 300 && has_carrier (name) != on; i++)
    g_usleep (10000);
  assert_int_equal (has_carrier (name), on);
}

static void
test_pair (void **state G_GNUC_UNUSED)
{
  SimCarrier carrier = { .name = "far0" };
  guint64    tx, rx;

  if (!make ("near0 type veth peer name far0"))
    return;
  assert_true (shell ("ip link set near0 up"));
  sim_carrier_switch (&carrier, TRUE);
  assert_true (carrier.far_end);
  assert_false (carrier.failed);
  expect_carrier ("near0", TRUE);
  sim_carrier_switch (&carrier, FALSE);
  expect_carrier ("near0", FALSE);
  sim_carrier_switch (&carrier, TRUE);
  expect_carrier ("near0", TRUE);
  sim_carrier_count (&carrier, &tx, &rx);
  assert_true (shell ("ip address add 10.9.9.1/24 dev near0"));
  (void)shell ("ping -c 1 -W 1 10.9.9.2"); /* nobody answers the question who that is */
  sim_carrier_count (&carrier, &tx, &rx);
  assert_true (tx >= 42);
  assert_true (shell ("ip link del near0"));
}

static void
test_dummy (void **state G_GNUC_UNUSED)
{
  SimCarrier carrier = { .name = "dummy9" };

  if (!make ("dummy9 type dummy"))
    return;
  assert_true (shell ("ip link set dummy9 up"));
  sim_carrier_switch (&carrier, FALSE);
  assert_false (carrier.far_end);
  expect_carrier ("dummy9", FALSE);
  sim_carrier_switch (&carrier, TRUE);
  expect_carrier ("dummy9", TRUE);
  assert_true (shell ("ip link del dummy9"));
}

static void
test_none (void **state G_GNUC_UNUSED)
{
  SimCarrier none = { 0 }, missing = { .name = "no-such-if" };
  guint64    tx = 7, rx = 7;

  sim_carrier_switch (&none, TRUE);
  sim_carrier_count (&none, &tx, &rx);
  assert_int_equal (tx + rx, 0);
  sim_carrier_switch (&missing, TRUE);
  assert_true (missing.failed);
  sim_carrier_count (&missing, &tx, &rx);
  assert_int_equal (tx + rx, 0);
}

/* The whole way, from AT^NDISDUP to the host's end of a pair. */
static void
test_module (void **state G_GNUC_UNUSED)
{
  SimHost *host;

  if (!make ("near1 type veth peer name far1"))
    return;
  assert_true (shell ("ip link set near1 up"));
  host = sim_host_new_beside ("far1");
  sim_host_advance (host, 10);
  sim_host_send (host, SIM_PORT_PCUI, "ATE0\r");
  sim_host_forget (host);
  expect_carrier ("near1", FALSE);
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1", "\r\nOK\r\n\r\n^NDISSTAT: 1,,,IPV4\r\n");
  expect_carrier ("near1", TRUE);
  sim_host_do (host, "carrier off");
  expect_carrier ("near1", FALSE);
  sim_host_do (host, "carrier follows");
  expect_carrier ("near1", TRUE);
  sim_host_do (host, "context drop 1");
  sim_host_advance (host, 0.1);
  expect_carrier ("near1", FALSE);
  sim_host_free (host);
  assert_true (shell ("ip link del near1"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_none),
    cmocka_unit_test (test_pair),
    cmocka_unit_test (test_dummy),
    cmocka_unit_test (test_module),
  };
  const struct CMUnitTest without[] = { cmocka_unit_test (test_none) };

  if (!enter_namespace ())
    return cmocka_run_group_tests (without, NULL, NULL); /* not allowed here */
  return cmocka_run_group_tests (tests, NULL, NULL);
}
