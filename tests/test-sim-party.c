/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whom one may call, and what they do: the codes of guide 8.7.1 and 14.1.1. */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

typedef struct
{
  const char *party; /* arguments of the verb */
  double      seconds;
  const char *said;
} Row;

static const Row rows[] = {
  { "next does=busy", 1, "\r\n^CEND: 1,0,100,17\r\n" },
  { "next does=rejects", 3, "\r\n^CONF: 1\r\n\r\n^CEND: 1,0,100,21\r\n" },
  { "next does=silent", 45, "\r\n^CONF: 1\r\n\r\n^CEND: 1,0,100,19\r\n" },
  { "next does=unreachable", 2, "\r\n^CEND: 1,0,100,27\r\n" },
  { "next does=unassigned", 1, "\r\n^CEND: 1,0,100,1\r\n" },
  { "next does=busy cause=41 answers=0.5", 0.5, "\r\n^CEND: 1,0,100,41\r\n" },
  { "10086 does=answers alerts=2 answers=5 hangs-up=7", 12,
    "\r\n^CONF: 1\r\n\r\n^CONN: 1,0\r\n\r\n^CEND: 1,7,104,16\r\n" },
  { "10086 does=answers answers=0.4 hangs-up=1 cause=38", 2,
    "\r\n^CONF: 1\r\n\r\n^CONN: 1,0\r\n\r\n^CEND: 1,1,104,38\r\n" },
  { "any does=busy", 3, "\r\n^CONF: 1\r\n\r\n^CONN: 1,0\r\n\r\n^CEND: 1,1,104,38\r\n" },
};

static void
test_parties (void **state)
{
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strconcat ("party ", rows[i].party, NULL);

      sim_host_do (host, line);
      sim_host_ask_for (host, 0.35, "ATD10086;", OK "\r\n^ORIG: 1,0\r\n");
      sim_host_advance (host, rows[i].seconds);
      sim_host_expect (host, SIM_PORT_PCUI, rows[i].said);
    }
}

static void
dial (SimHost *host)
{
  sim_host_ask_for (host, 0.35, "ATD10010;", OK "\r\n^ORIG: 1,0\r\n");
}

static void
remote (SimHost *host, const char *line, const char *said)
{
  sim_host_do (host, line);
  sim_host_advance (host, 0.02);
  sim_host_expect (host, SIM_PORT_PCUI, said);
}

static void
test_by_hand (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "party any does=waits");
  dial (host);
  sim_host_advance (host, 1000);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  remote (host, "remote 1 alerts", "\r\n^CONF: 1\r\n");
  sim_host_answers (host, "remote 1 alerts", "error the call is not in that state");
  remote (host, "remote 1 answers", "\r\n^CONN: 1,0\r\n");
  sim_host_answers (host, "remote 1 busy", "error the call is not in that state");
  sim_host_advance (host, 2);
  remote (host, "remote 1 hangs-up 31", "\r\n^CEND: 1,2,104,31\r\n");
  dial (host);
  remote (host, "remote 1 busy", "\r\n^CEND: 1,0,100,17\r\n");
  dial (host);
  remote (host, "remote 1 rejects 22", "\r\n^CEND: 1,0,100,22\r\n");
  sim_host_answers (host, "incoming-call 10086", "ok 1");
  remote (host, "remote 1 hangs-up", "\r\nRING\r\n\r\n^CEND: 1,0,104,16\r\n");
}

static void
test_wrong_verbs (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "remote 1 answers", "error no such call: 1");
  sim_host_answers (host, "remote 9 answers", "error not a number from 1 to 7: 9");
  sim_host_answers (host, "party bob does=busy", "error no telephone number: bob");
  sim_host_answers (host, "party next does=sings",
                    "error sings is none of answers, busy, rejects, silent, unreachable, "
                    "unassigned, waits, barred");
  for (guint i = 0; i < 32; i++)
    {
      g_autofree char *line = g_strdup_printf ("party 100%u", i);

      sim_host_do (host, line);
    }
  sim_host_answers (host, "party 200", "error 32 parties are known already");
  sim_host_do (host, "party 1000 does=busy");
  sim_host_answers (host, "calls", "ok 0");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_parties),
    WITH_HOST (test_by_hand),
    WITH_HOST (test_wrong_verbs),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
