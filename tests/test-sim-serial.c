/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#include <termios.h>

#define OK "\r\nOK\r\n"

static void
set_rate (SimHost *host, speed_t rate)
{
  struct termios mode;

  assert_int_equal (tcgetattr (host->fds[SIM_PORT_UART], &mode), 0);
  assert_int_equal (cfsetspeed (&mode, rate), 0);
  assert_int_equal (tcsetattr (host->fds[SIM_PORT_UART], TCSANOW, &mode), 0);
}

static void
uart_ask (SimHost *host, const char *line, const char *answer)
{
  sim_host_send (host, SIM_PORT_UART, line);
  sim_host_expect (host, SIM_PORT_UART, answer);
}

/* Guide 3.2: AT or at, and nothing before it. */
static void
test_negotiation (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "urc RING"); /* nobody knows at what rate */
  sim_host_forget (host);
  uart_ask (host, "ABC\r+CFUN?\r", "");
  uart_ask (host, "aT\r", "\r\nERROR\r\n");
  uart_ask (host, "At\r", "\r\nERROR\r\n");
  set_rate (host, B230400); /* cannot be detected */
  uart_ask (host, "AT\r", "");
  set_rate (host, B9600);
  uart_ask (host, "xAAT\r", "AT\r" OK);
  sim_host_answers (host, "state uart-rate", "ok 9600");
  sim_host_ask (host, "AT+IPR?", "\r\n+IPR: 9600\r\n" OK);
  set_rate (host, B115200); /* now this is noise */
  uart_ask (host, "AT\r", "");
  set_rate (host, B9600);
  uart_ask (host, "at\r", "at\r" OK);
}

static void
test_negotiation_split (void **state)
{
  SimHost *host = *state;

  uart_ask (host, "a", "");
  uart_ask (host, "t", "at");
  uart_ask (host, "E0\r", "E0\r" OK);
}

/* Guide 3.1: a fixed rate holds at once and over a restart, 0 from the next start on. */
static void
test_fixed_rate (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+IPR=230400", OK);
  uart_ask (host, "AT\r", "");
  set_rate (host, B230400);
  uart_ask (host, "AT\r", "AT\r" OK);
  sim_host_do (host, "reset");
  sim_host_advance (host, 2);
  uart_ask (host, "AT\r", "\r\n^SYSSTART\r\nAT\r" OK);
  uart_ask (host, "AT+IPR=0\r", "AT+IPR=0\r" OK);
  uart_ask (host, "AT\r", "AT\r" OK);
  sim_host_do (host, "reset");
  sim_host_advance (host, 2);
  sim_host_forget (host);
  uart_ask (host, "AT\r", "");
  set_rate (host, B57600);
  uart_ask (host, "AT\r", "AT\r" OK);
}

static void
test_refused (void **state)
{
  static const char *const wrong[] = {
    "AT+IPR=9800", "AT+IPR=ABCD", "AT&D1",    "AT&C2",    "AT&CA",
    "AT+IFC=4,0",  "AT+IFC=0,4",  "AT+IFC=1", "AT+ICF=0", "AT&D3",
  };
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    sim_host_ask (host, wrong[i], "\r\nERROR\r\n");
}

static void
test_settings (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT&D0&C0", OK);
  sim_host_ask (host, "AT&D2&C1", OK);
  sim_host_ask (host, "AT+IFC=2,2;+IFC?", "\r\n+IFC: 2,2\r\n" OK);
  sim_host_ask (host, "AT+IFC=0,0;+IFC?", "\r\n+IFC: 0,0\r\n" OK);
  sim_host_ask (host, "AT+ICF=2,1;+ICF?", "\r\n+ICF: 2,1\r\n" OK);
  sim_host_ask (host, "AT+IPR=?",
                "\r\n+IPR: (9600,19200,38400,57600,115200),(230400,460800,921600)\r\n" OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_negotiation), WITH_HOST (test_negotiation_split), WITH_HOST (test_fixed_rate),
    WITH_HOST (test_refused),     WITH_HOST (test_settings),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
