/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#include <unistd.h>

#define OK "\r\nOK\r\n"

static void
test_sysstart (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "reset");
  sim_host_advance (host, 0);
  sim_host_send (host, SIM_PORT_PCUI, "AT\r"); /* lost */
  sim_host_advance (host, 1.9);
  sim_host_answers (host, "state power", "ok starting");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SYSSTART\r\n");
  sim_host_expect (host, SIM_PORT_MODEM, "\r\n^SYSSTART\r\n");
  sim_host_expect (host, SIM_PORT_DIAG, "");
  sim_host_send (host, SIM_PORT_PCUI, "AT\r");
  sim_host_expect (host, SIM_PORT_PCUI, "AT\r" OK); /* the echo is on again */
}

/* The command in flight is never answered, nor is what was typed behind it. */
static void
test_reset_in_command (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI, "AT+COPS=?\rAT\r");
  sim_host_send (host, SIM_PORT_MODEM, "AT\r");
  sim_host_do (host, "reset");
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SYSSTART\r\n");
  sim_host_expect (host, SIM_PORT_MODEM, "\r\n^SYSSTART\r\n");
  sim_host_advance (host, 60);
  sim_host_forget (host);
  sim_host_send (host, SIM_PORT_MODEM, "AT\r");
  sim_host_expect (host, SIM_PORT_MODEM, "AT\r" OK);
}

static void
test_restart_commands (void **state)
{
  static const char *const commands[] = { "AT^RESET", "AT+CFUN=1,1", "AT+CFUN=4;+CFUN=6" };
  SimHost                 *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_strdup_printf ("%s\r", commands[i]);

      sim_host_send (host, SIM_PORT_PCUI, line);
      sim_host_expect_end (host, SIM_PORT_PCUI, OK);
      sim_host_advance (host, 2.2);
      sim_host_expect_end (host, SIM_PORT_PCUI, "\r\n^SYSSTART\r\n");
      sim_host_advance (host, 10);
      sim_host_send (host, SIM_PORT_PCUI, "ATE0\r");
      sim_host_forget (host);
      sim_host_ask (host, "AT+CFUN?", "\r\n+CFUN: 1\r\n" OK);
    }
}

static void
test_cfun (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CFUN=?", "\r\n+CFUN: (0,1,4,5,6),(0,1)\r\n" OK);
  sim_host_ask (host, "AT+CFUN=6", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask (host, "AT+CFUN=2", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CFUN=4,1", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CREG=1", OK);
  sim_host_ask (host, "AT+CFUN=4", "\r\n+CREG: 0\r\n\r\n^MODE: 0,0\r\n" OK);
  sim_host_ask (host, "AT+CFUN?;^HCSQ?", "\r\n+CFUN: 4\r\n\r\n^HCSQ: \"NOSERVICE\"\r\n" OK);
  sim_host_ask (host, "AT+CFUN=1", "\r\n+CREG: 2\r\n" OK);
  sim_host_advance (host, 1.9);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect_end (host, SIM_PORT_PCUI, "^HCSQ: \"WCDMA\",50,44,53\r\n");
}

static void
test_power (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "power off");
  for (int i = 0; i < SIM_N_PORTS; i++)
    {
      g_autofree char *link = g_build_filename (host->directory, sim_port_kinds[i].name, NULL);

      assert_int_equal (g_file_test (link, G_FILE_TEST_IS_SYMLINK), !sim_port_kinds[i].usb);
    }
  sim_host_send (host, SIM_PORT_UART, "AT\r");
  sim_host_forget (host);
  sim_host_expect_nothing (host, SIM_PORT_UART);
  sim_host_answers (host, "state power", "ok off");
  sim_host_do (host, "power on");
  sim_host_do (host, "power on");
  sim_host_close (host, SIM_PORT_PCUI);
  sim_host_open (host, SIM_PORT_PCUI);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SYSSTART\r\n");
  sim_host_expect (host, SIM_PORT_UART, "\r\n^SYSSTART\r\n");
}

/* The module goes on without its ports. */
static void
test_unplug (void **state)
{
  SimHost *host = *state;
  char     byte;

  sim_host_send (host, SIM_PORT_PCUI, "AT+COPS=?\r");
  sim_host_do (host, "unplug");
  assert_true (read (host->fds[SIM_PORT_PCUI], &byte, 1) <= 0);
  sim_host_do (host, "urc RING");
  sim_host_advance (host, 60);
  sim_host_do (host, "plug");
  sim_host_close (host, SIM_PORT_PCUI);
  sim_host_open (host, SIM_PORT_PCUI);
  sim_host_expect_nothing (host, SIM_PORT_PCUI); /* neither the list nor RING */
  sim_host_ask (host, "AT+CFUN?", "\r\n+CFUN: 1\r\n" OK);
  sim_host_do (host, "plug");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_sysstart),
    WITH_HOST (test_reset_in_command),
    WITH_HOST (test_restart_commands),
    WITH_HOST (test_cfun),
    WITH_HOST (test_power),
    WITH_HOST (test_unplug),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
