/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The machine of the calls: what other chapters see of it, what ends calls, and its invariants
 * under whatever may come. */
#include "mu-test.h"
#include "sim-host.h"
#include "sim-voice-private.h"

#define OK "\r\nOK\r\n"

#define CONNECTED OK "\r\n^ORIG: 1,0\r\n\r\n^CONF: 1\r\n\r\n^CONN: 1,0\r\n"

static void
test_facts (void **state)
{
  SimHost *host = *state;

  assert_false (sim_voice_exists (host->module));
  sim_host_ask_for (host, 0.4, "ATD10086;", OK "\r\n^ORIG: 1,0\r\n");
  assert_true (sim_voice_exists (host->module));
  assert_true (sim_voice_setting_up (host->module));
  assert_false (sim_voice_connected (host->module));
  sim_host_advance (host, 4);
  assert_false (sim_voice_setting_up (host->module));
  assert_true (sim_voice_connected (host->module));
  sim_host_answers (host, "state calls", "ok 1");
}

/* Guide 14.1.1 */
static void
test_crowded_out (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 0.4, "ATD13912345;", OK "\r\n^ORIG: 1,0\r\n");
  sim_voice_crowd_out (host->module);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CEND: 1,0,100,17\r\n");
  sim_host_ask_for (host, 4, "ATD13912345;", CONNECTED);
  sim_voice_crowd_out (host->module); /* a connected call has its own channel */
  sim_host_advance (host, 1);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
}

static void
test_network_lost (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 8.32, "ATD10086;", CONNECTED);
  sim_host_do (host, "network lost");
  sim_host_advance (host, 0.1);
  sim_host_expect_end (host, SIM_PORT_PCUI, "\r\n^CEND: 1,5,22,171\r\n");
  sim_host_do (host, "network found");
  sim_host_advance (host, 5);
  sim_host_forget (host);
  sim_host_ask_for (host, 0.4, "ATD10086;", OK "\r\n^ORIG: 1,0\r\n");
  sim_host_ask_for (host, 0.1, "AT+CFUN=0", "\r\n^MODE: 0,0\r\n" OK "\r\n^CEND: 1,0,0\r\n");
}

static void
test_card_removed (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 4, "ATD112;", OK "\r\n^ORIG: 1,9\r\n\r\n^CONF: 1\r\n\r\n^CONN: 1,9\r\n");
  sim_host_do (host, "remove-sim"); /* an emergency call goes on */
  sim_host_answers (host, "calls", "ok 1\n1 active to 112 emergency");
  sim_host_ask_for (host, 0.2, "ATH", "\r\n^SIMST: 255\r\n" OK "\r\n^CEND: 1,0,29,16\r\n");
}

/* ^CURC=0: RING remains, ^ORIG and its like do not. */
static void
test_gated (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^CURC=0", OK);
  sim_host_ask_for (host, 4, "ATD10086;", OK);
  sim_host_ask_for (host, 0.2, "ATH", OK);
  sim_host_answers (host, "incoming-call 10086", "ok 1");
  sim_host_ask_for (host, 0.2, "ATH", "\r\nRING\r\n" OK);
}

static void
test_restart (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 4, "ATD10086;", CONNECTED);
  sim_host_do (host, "reset");
  sim_host_advance (host, 0.1);
  sim_host_answers (host, "calls", "ok 0");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
}

/* Whatever may come */

/* What builds calls up comes more often than what ends them, or there would be no conferences. */
static const char *const commands[] = {
  "ATD1001;",   "ATD1002;",   "ATD1003;",  "ATD1004;",  "ATD1005;",  "ATD1006;",
  "ATD1007;",   "ATD1008;",   "ATA",       "ATA",       "AT+CHLD=2", "AT+CHLD=2",
  "AT+CHLD=2",  "AT+CHLD=3",  "AT+CHLD=3", "AT+CHLD=3", "AT+CHLD=3", "AT+CHLD=23",
  "AT+CHLD=22", "AT+CHLD=12", "AT+CHLD=4", "AT+VTS=1",  "AT+CLCC",   "AT+CCWA=1,1",
};

static const char *const rare_commands[] = {
  "ATD112;",    "ATH",    "AT+CHUP", "AT+CHLD=0",   "AT+CHLD=1",
  "AT+CHLD=11", "ATS0=1", "ATS0=0",  "AT+CCWA=1,0", "AT^TTS=1,\"C4E3\"",
};

static const char *const lines[] = {
  "incoming-call 2001", "incoming-call 2002", "incoming-call withheld gives-up=9",
  "remote 1 answers",   "remote 2 answers",   "remote 3 answers",
};

static const char *const rare_lines[] = {
  "incoming-call 2003 hangs-up=4",
  "remote 1 hangs-up",
  "remote 2 busy",
  "remote 3 hangs-up 31",
  "party next does=silent",
  "party next does=busy",
  "party next does=answers hangs-up=3",
  "party next does=waits",
  "network lost",
  "network found",
  "network found",
  "roaming on",
  "roaming off",
};

static guint
count (SimHost *host, SimVoiceState state)
{
  return sim_voice_count (host->module, state);
}

static void
check_states (SimHost *host)
{
  guint active = count (host, SIM_VOICE_ACTIVE), held = count (host, SIM_VOICE_HELD);
  guint calling = count (host, SIM_VOICE_INCOMING) + count (host, SIM_VOICE_WAITING);
  guint set_up = count (host, SIM_VOICE_DIALING) + count (host, SIM_VOICE_ALERTING);
  guint multiparty = 0;

  assert_true (set_up <= 1 && calling <= 1 && set_up + calling <= 1);
  assert_true (active <= SIM_MAX_MULTIPARTY && held <= SIM_MAX_MULTIPARTY);
  assert_true (active <= 1 || held <= 1); /* one conference */
  assert_true (set_up == 0 || active == 0);
  assert_true (count (host, SIM_VOICE_INCOMING) == 0 || active + held + set_up == 0);
  assert_true (count (host, SIM_VOICE_WAITING) == 0 || active + held > 0);
  for (guint id = 1; id <= SIM_MAX_CALLS; id++)
    multiparty
        += sim_voice_nth (host->module, id) != NULL && sim_voice_nth (host->module, id)->multiparty;
  assert_int_equal (multiparty, (active > 1 ? active : 0) + (held > 1 ? held : 0));
  assert_int_equal (sim_voice_exists (host->module), active + held + calling + set_up > 0);
}

/* What +CLCC lists is what there is. */
static void
check_list (SimHost *host)
{
  g_autoptr (GString) reply = g_string_new (NULL);

  sim_host_advance (host, 0.5); /* nothing is left to be said */
  sim_host_forget (host);
  for (guint id = 1; id <= SIM_MAX_CALLS; id++)
    {
      const SimVoice *call = sim_voice_nth (host->module, id);

      if (call != NULL)
        g_string_append_printf (reply, "%s+CLCC: %u,%d,%d,0,%d,\"%s\",%u\r\n",
                                reply->len == 0 ? "\r\n" : "", id, call->incoming, (int)call->state,
                                call->multiparty, call->number,
                                call->number[0] != '\0' ? 129 : 128);
    }
  g_string_append (reply, OK);
  sim_host_ask (host, "AT+CLCC", reply->str);
}

#define PICK(random, rows) rows[g_rand_int_range (random, 0, G_N_ELEMENTS (rows))]

static void
step (SimHost *host, GRand *random)
{
  static const double pauses[] = { 0.2, 0.5, 1, 2, 4, 4 };
  gboolean            rare = g_rand_int_range (random, 0, 40) == 0;
  g_autofree char    *answer = NULL, *line = NULL;

  if (g_rand_int_range (random, 0, 3) == 0)
    answer = sim_control_do (host->module, rare ? PICK (random, rare_lines) : PICK (random, lines));
  else
    {
      line
          = g_strconcat (rare ? PICK (random, rare_commands) : PICK (random, commands), "\r", NULL);
      sim_host_send (host, SIM_PORT_PCUI, line);
    }
  check_states (host);
  sim_host_advance (host, PICK (random, pauses));
  check_states (host);
}

static void
test_whatever_comes (void **state)
{
  SimHost *host = *state;
  GRand   *random = g_rand_new_with_seed (7);

  sim_host_send (host, SIM_PORT_PCUI, "AT^TTSCFG=0,1\r");
  for (guint i = 0; i < 3000; i++)
    {
      step (host, random);
      if (i % 10 != 0)
        continue;
      sim_host_advance (host, 3); /* every command has ended */
      check_list (host);
    }
  g_rand_free (random);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_facts),          WITH_HOST (test_crowded_out), WITH_HOST (test_network_lost),
    WITH_HOST (test_card_removed),   WITH_HOST (test_gated),       WITH_HOST (test_restart),
    WITH_HOST (test_whatever_comes),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
