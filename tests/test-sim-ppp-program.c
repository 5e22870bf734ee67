/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Programs that stand for pppd: they are told what pppd is told. */
#include "mu-test.h"
#include "sim-host.h"

#include <glib/gstdio.h>

#define OK         "\r\nOK\r\n"
#define NO_CARRIER "\r\nNO CARRIER\r\n"
#define CONNECT    "\r\nCONNECT 14400000\r\n"

typedef struct
{
  SimHost *host;
  char    *directory;
} Bed;

static int
setup (void **state)
{
  Bed *self = g_new0 (Bed, 1);

  self->host = sim_host_new_ready ();
  self->directory = g_dir_make_tmp ("test-sim-ppp-XXXXXX", NULL);
  assert_non_null (self->directory);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Bed             *self = *state;
  g_autofree char *program = g_build_filename (self->directory, "program", NULL);

  sim_host_free (self->host);
  (void)g_unlink (program);
  assert_int_equal (g_rmdir (self->directory), 0);
  g_free (self->directory);
  g_free (self);
  return 0;
}

/* The program is a shell script. */
static void
dial (Bed *self, const char *script, const char *reply)
{
  g_autofree char *path = g_build_filename (self->directory, "program", NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);
  g_autofree char *verb = g_strconcat ("ppp-program ", path, NULL);

  assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  sim_host_do (self->host, verb);
  sim_host_send (self->host, SIM_PORT_MODEM, "ATD*99#\r");
  sim_host_advance (self->host, 0.4);
  sim_host_expect (self->host, SIM_PORT_MODEM, reply);
}

/* A clock of our own stands still; the world's does not. */
static void
wait_for_end (Bed *self)
{
  for (int i = 0; i < 1000 && self->host->heard[SIM_PORT_MODEM]->len == 0; i++)
    {
      sim_host_listen (self->host);
      sim_host_advance (self->host, 0.05);
    }
}

static void
test_bytes (void **state)
{
  Bed *self = *state;

  dial (self, "exec cat", CONNECT);
  sim_host_advance (self->host, 1);
  sim_host_send (self->host, SIM_PORT_MODEM, "~hello~");
  sim_host_expect (self->host, SIM_PORT_MODEM, "~hello~");
  sim_host_answers (self->host, "contexts", "ok 1\n1 up apn= modem");
  sim_host_answers (self->host, "state flow-tx", "ok 7");
  sim_host_do (self->host, "context drop 1"); /* SIGTERM */
  wait_for_end (self);
  sim_host_expect (self->host, SIM_PORT_MODEM, NO_CARRIER);
  sim_host_answers (self->host, "contexts", "ok 0");
}

static void
test_arguments (void **state)
{
  Bed *self = *state;

  sim_host_do (self->host, "apn any address=1.2.3.4 gateway=1.2.3.1 dns1=8.8.8.8 dns2=9.9.9.9");
  dial (self, "echo \"$*\"; read line", CONNECT);
  sim_host_expect (self->host, SIM_PORT_MODEM,
                   "notty nodetach noauth local nocrtscts silent nodefaultroute 1.2.3.1:1.2.3.4 "
                   "ms-dns 8.8.8.8 ms-dns 9.9.9.9\n");
  sim_host_send (self->host, SIM_PORT_MODEM, "bye\n"); /* it exits */
  wait_for_end (self);
  sim_host_expect (self->host, SIM_PORT_MODEM, NO_CARRIER);
}

/* It is not there; it exits at once; it is not what ATH waits for; it reads nothing. */
static void
test_bad_programs (void **state)
{
  Bed             *self = *state;
  g_autofree char *flood = g_strnfill (3000, '~');

  sim_host_do (self->host, "ppp-program /nonexistent/pppd");
  sim_host_send (self->host, SIM_PORT_MODEM, "ATD*99#\r");
  sim_host_advance (self->host, 0.4);
  sim_host_expect (self->host, SIM_PORT_MODEM, NO_CARRIER);
  dial (self, "exit 1", CONNECT);
  wait_for_end (self);
  sim_host_expect (self->host, SIM_PORT_MODEM, NO_CARRIER);
  dial (self, "trap '' TERM; exec sleep 1", CONNECT);
  for (int i = 0; i < 100; i++)
    sim_host_send (self->host, SIM_PORT_MODEM, flood);
  sim_host_advance (self->host, 1);
  sim_host_send (self->host, SIM_PORT_MODEM, "+++");
  sim_host_advance (self->host, 1);
  sim_host_expect (self->host, SIM_PORT_MODEM, OK);
  sim_host_send (self->host, SIM_PORT_MODEM, "ATH\r");
  sim_host_advance (self->host, 0.2);
  sim_host_expect (self->host, SIM_PORT_MODEM, OK);
  sim_host_do (self->host, "ppp-program none");
  sim_host_send (self->host, SIM_PORT_MODEM, "ATD*99#\r");
  sim_host_advance (self->host, 0.4);
  sim_host_expect (self->host, SIM_PORT_MODEM, CONNECT);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (test_bytes, setup, teardown),
    cmocka_unit_test_setup_teardown (test_arguments, setup, teardown),
    cmocka_unit_test_setup_teardown (test_bad_programs, setup, teardown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
