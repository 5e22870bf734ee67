/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A chapter as later ones will be: a command with a prompt, one that waits, one that is abortive.
 */
#include "mu-test.h"
#include "sim-basic.h"
#include "sim-host.h"
#include "sim-scheduler.h"

#include <string.h>

#define OK                  "\r\nOK\r\n"
#define WITH_OWN_HOST(test) cmocka_unit_test_setup_teardown (test, setup, teardown)

#define CTRL_Z '\x1a'

/* AT+TALK: prompts, takes text up to Ctrl-Z, says how long it was. */

typedef struct
{
  SimCall *call;
  gsize    length;
} Talk;

static void
talk_end (Talk *self, SimPort *port, SimResult result)
{
  if (result == SIM_OK)
    sim_reply (self->call, "+TALK: %zu", self->length);
  sim_call_finish (self->call, result);
  sim_port_set_reader (port, NULL, NULL);
}

static gsize
talk_read (SimPort *port, const char *bytes, gsize n_bytes, gpointer talk)
{
  Talk       *self = talk;
  const char *end = memchr (bytes, CTRL_Z, n_bytes);

  if (n_bytes == 0)
    talk_end (self, port, SIM_ERROR); /* the host has gone */
  self->length += end != NULL ? (gsize)(end - bytes) : n_bytes;
  if (end == NULL)
    return n_bytes;
  talk_end (self, port, SIM_OK);
  return (gsize)(end + 1 - bytes);
}

static SimResult
never (SimCall *call G_GNUC_UNUSED)
{
  g_assert_not_reached ();
}

static SimResult
run_talk (SimCall *call)
{
  Talk *self = call->state;

  *self = (Talk){ .call = call };
  sim_port_set_reader (call->port, talk_read, self);
  sim_call_say (call, "\r\n> ");
  return sim_call_wait (call, -1, never, NULL);
}

/* AT+WAIT: ten seconds twice, abortive the first time */

static SimResult
waited (SimCall *call)
{
  sim_reply (call, "+WAIT: done");
  return SIM_OK;
}

static SimResult
wait_again (SimCall *call)
{
  return sim_call_wait (call, SIM_SECONDS (10), waited, NULL);
}

static SimResult
wait_aborted (SimCall *call G_GNUC_UNUSED)
{
  return SIM_NO_CARRIER;
}

static SimResult
run_wait (SimCall *call)
{
  return sim_call_wait (call, SIM_SECONDS (10), wait_again, wait_aborted);
}

static const SimCommand commands[] = {
  { "+TALK", .exec = run_talk },
  { "+WAIT", .exec = run_wait },
};

static const SimChapter talk_chapter = {
  .name = "talk",
  .state_size = sizeof (Talk),
  SIM_ROWS (commands, commands),
};

static const SimChapter *const chapters[]
    = { &sim_control_chapter, &sim_basic_chapter, &talk_chapter, NULL };

static int
setup (void **state)
{
  SimHost *host = sim_host_new (NULL, chapters);

  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SYSSTART\r\n");
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  *state = host;
  return 0;
}

static int
teardown (void **state)
{
  sim_host_free (*state);
  return 0;
}

static void
test_prompt (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+TALK", "\r\n> ");
  sim_urc (host->module, SIM_URC_GATED, "^LATER"); /* not into the text */
  sim_host_send (host, SIM_PORT_PCUI, "AT\r");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_send (host, SIM_PORT_PCUI,
                 "four\x1a"
                 "AT\r");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+TALK: 7\r\n" OK "\r\n^LATER\r\n" OK);
}

/* The text may be typed ahead, and other ports wait. */
static void
test_prompt_typed_ahead (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI,
                 "AT+TALK;E0\rtext\x1a"
                 "AT+TALK\r");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n> \r\n+TALK: 4\r\n" OK "\r\n> ");
  sim_host_forget (host);
  sim_host_send (host, SIM_PORT_MODEM, "ATE0\r");
  sim_host_expect (host, SIM_PORT_MODEM, "ATE0\r");
  sim_host_send (host, SIM_PORT_PCUI, "\x1a");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+TALK: 0\r\n" OK);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
}

static void
test_host_leaves_prompt (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+TALK", "\r\n> ");
  sim_host_send (host, SIM_PORT_PCUI, "half a te");
  sim_host_close (host, SIM_PORT_PCUI);
  sim_host_open (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT", OK);
}

static void
test_wait (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+WAIT", "");
  sim_host_advance (host, 11);
  sim_host_send (host, SIM_PORT_PCUI, "AT\r"); /* no longer abortive */
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 9);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+WAIT: done\r\n" OK OK);
  sim_host_ask (host, "AT+WAIT;+WAIT", "");
  sim_host_advance (host, 5);
  sim_host_ask (host, "AT", "\r\nNO CARRIER\r\n" OK); /* and the rest of its line */
}

static void
test_too_much (void **state)
{
  SimHost            *host = *state;
  g_autofree char    *much = g_strnfill (9000, 'x');
  g_autofree char    *line = g_strconcat ("AT+", much, "\rAT\r", NULL);
  g_autoptr (GString) ahead = g_string_new ("AT+WAIT\r");

  sim_host_send (host, SIM_PORT_PCUI, line);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nERROR\r\n" OK);
  for (int i = 0; i < 3; i++)
    sim_host_send (host, SIM_PORT_PCUI, i == 0 ? ahead->str : much); /* more than is kept */
  sim_host_advance (host, 20);
  sim_host_expect_end (host, SIM_PORT_PCUI, OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_OWN_HOST (test_prompt),
    WITH_OWN_HOST (test_prompt_typed_ahead),
    WITH_OWN_HOST (test_host_leaves_prompt),
    WITH_OWN_HOST (test_wait),
    WITH_OWN_HOST (test_too_much),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
