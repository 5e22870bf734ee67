/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whatever happens, in whatever order: callers of everything come and go, the module, its card, its
 * network and its line fail, the computer sleeps; every caller is answered once, and when it is
 * over everything works.  The module is the simulator, the order is random.
 *
 * test-mu-modem-storm [FIRST-SEED NUMBER] */
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "storm-bed.h"

#define MAX_EVENTS 400

/* ---- the storm.module ---- */

static const char *const happenings[] = {
  "incoming-call +491707",
  "incoming-call withheld gives-up=3",
  "party next does=busy",
  "party next does=silent",
  "party next hangs-up=5",
  "remote 1 answers",
  "remote 1 hangs-up",
  "remote 2 hangs-up",
  "sms +491708 hello",
  "sms +491708 split=5 one message of several parts",
  "sms-fail 38",
  "sms-fail 500",
  "sms-silent lost",
  "sms-silent received",
  "sms-channel busy",
  "sms-channel free",
  "sms-fill 39",
  "sms-fill 0",
  "ussd-notify hello",
  "ussd-request hello",
  "ussd-end",
  "ussd-fail 4",
  "network lost",
  "network found",
  "network denied",
  "network register",
  "roaming on",
  "roaming off",
  "technology gsm",
  "technology hspa+",
  "signal -90 -5",
  "remove-sim",
  "insert-sim",
  "insert-sim iccid=89490200001234567890 locked=yes",
  "sim-busy 5",
  "context drop 1 36",
  "context drop 1",
  "apn any cause=33",
  "apn-forget",
  "ndis-lost",
  "ndis-form short",
  "ndis-form guide",
  "ndis-form cid",
  "ndis-query refused",
  "ndis-query right",
  "service forwarding silent",
  "service forwarding provided",
  "service hold refused",
  "silence 3",
  "silence 40",
  "late 5",
  "late 35",
  "late 70",
  "garbage 20",
  "garbage 50 now",
  "urc-at 5 RING",
  "urc-at 9 +CMTI: \"SM\",3",
  "error-next",
  "error-next +CME ERROR: 14",
  "error-next +CMS ERROR: 500",
  "ignore +CLCC",
  "ignore +CMGL",
  "ignore ^NDISDUP",
  "ignore",
  "echo on",
  "echo as-set",
  "nonsense on",
  "nonsense off",
  "urc ^NDISEND: 1",
  "urc ^CEND: 1,0,29",
  "urc ^CONN: 1,0",
  "urc ^ORIG: 9,0",
  "urc ^CONF: 200",
  "urc +CLIP: \"1\",129",
  "urc ^AUDEND",
  "urc ^AUDEND: 0",
  "urc ^SIMST: 1",
  "urc ^SIMST: 255",
  "urc +CREG: 0",
  "urc +CGREG: 2",
  "urc ^SYSSTART",
  "urc +CUSD: 2",
  "urc +CUSD: 1,\"x\",15",
  "urc ^SMMEMFULL: \"SM\"",
  "urc +CMTI: \"ME\",0",
  "urc ^NDISSTAT: 0,33,,\"IPV4\"",
  "burst 30 ^RSSI: %d",
  "reset",
  "hang-up-after 10",
  "hang-up-after 300",
  "unplug",
  "plug",
  "plug",
  "power off",
  "power on",
  "power on",
};

static gboolean chosen_happenings[G_N_ELEMENTS (happenings)];

static void
something_happens (void)
{
  storm_tell (happenings[storm_choose (chosen_happenings, G_N_ELEMENTS (happenings))]);
}

static void
computer_sleeps (void)
{
  storm_note ("sleeps");
  mu_modem_suspend (storm.modem);
  for (int i = g_rand_int_range (storm.dice, 0, 4); i > 0; i--)
    {
      something_happens ();
      storm_turn ();
    }
  if (g_rand_boolean (storm.dice))
    storm_call_anything ();
  storm_pass ((guint)g_rand_int_range (storm.dice, 0, 3));
  storm_note ("wakes");
  mu_modem_resume (storm.modem);
}

static void
something_else (void)
{
  storm_note ("settings, ports, retry");
  mu_modem_settings_changed (storm.modem);
  mu_modem_device_changed (storm.modem);
  mu_modem_retry (storm.modem);
}

static void
event (void)
{
  int what = g_rand_int_range (storm.dice, 0, 100);

  if (what < 45)
    storm_call_anything ();
  else if (what < 70)
    something_happens ();
  else if (what < 76)
    storm_caller_leaves ();
  else if (what < 78)
    computer_sleeps ();
  else if (what < 79)
    something_else ();
  else
    storm_pass ((guint)g_rand_int_range (storm.dice, 1, g_rand_boolean (storm.dice) ? 3 : 20));
  if (g_rand_boolean (storm.dice))
    storm_turn ();
}

/* ---- what it comes to ---- */

static const char *const cures[] = {
  "no-faults",
  "ignore",
  "echo as-set",
  "nonsense off",
  "power on",
  "plug",
  "ndis-query right",
  "ndis-form firmware",
  "apn-forget",
  "service forwarding provided",
  "service hold provided",
  "sms-channel free",
  "sms-fill 0",
  "network found",
  "network register",
  "sim-busy 0",
  "remove-sim",
  "insert-sim iccid=89490200009876543210 locked=no",
  "roaming off",
};

static void
cure (void)
{
  storm_note ("-- the storm is over");
  g_key_file_set_boolean (storm.settings.config, "data", "auto-connect", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (cures); i++)
    storm_tell (cures[i]);
  storm_pass (620); /* longer than a command that was not answered is not sent again */
  storm_tell ("no-faults");
  storm_tell ("sms-silent received 0");
  storm_tell ("sms-silent lost 0");
  storm_tell ("ussd-fail 4 0");
}

static void
works (const char *service, const char *op, const char *args)
{
  const StormOperation o = { service, op, { args } };

  g_string_assign (storm.outcome, "(nothing)");
  storm_begin_call (&o, 0, args);
  for (guint i = 0; i < 150 && storm.waiting->len > 0; i++)
    {
      storm_pass (1);
      g_usleep (1000); /* files are read in a thread, which has no other clock */
    }
  if (storm.outcome->str[0] == '(' && storm.waiting->len == 0)
    return;
  storm_note ("%s.%s does not work: %s", service, op, storm.outcome->str);
  storm_check (FALSE, "not everything works afterwards");
}

/* There is one network interface. */
static void
disconnect_all (void)
{
  static const StormOperation disconnect = { "Data1", ".Disconnect", { "()" } };
  MuService                  *data = storm_find_service ("Data1");
  g_autoptr (GArray)          numbers = data->class->child->numbers (data);

  for (guint i = 0; i < numbers->len; i++)
    storm_begin_call (&disconnect, g_array_index (numbers, guint, i), "()");
  storm_pass (40);
}

static void
delete_recordings (void)
{
  static const StormOperation remove_one = { "Recorder1", "Delete", { "" } };
  static const StormOperation stop = { "Recorder1", "Stop", { "()" } };
  static const StormOperation stop_playing = { "Recorder1", "StopPlaying", { "()" } };

  storm_begin_call (&stop, 0, "()");
  storm_begin_call (&stop_playing, 0, "()");
  storm_pass (5);
  for (int i = 1; i <= 5; i++)
    {
      g_autofree char *args = g_strdup_printf ("('REC%d.AMR',)", i);

      storm_begin_call (&remove_one, 0, args);
    }
  storm_pass (5);
}

static void
everything_works (void)
{
  if (mu_modem_state (storm.modem) != MU_MODEM_READY || storm.waiting->len > 0)
    {
      storm_note_waiting ();
      storm_note ("%s %s", mu_modem_state_word (mu_modem_state (storm.modem)),
                  mu_modem_reason (storm.modem));
      storm_check (FALSE, "not ready afterwards");
    }
  works ("Modem1", "SetMode", "('online',)");
  works ("Voice1", "HangupAll", "()");
  works ("Network1", "Register", "('',)");
  storm_pass (20);
  storm_tell ("technology hspa+");
  works ("Messaging1", "Send", "('+491701','afterwards',@a{sv} {})");
  works ("Supplementary1", "QueryCallWaiting", "()");
  delete_recordings ();
  works ("Recorder1", "Write", "('REC3.AMR',@h 0)");
  works ("Recorder1", "Play", "('REC3.AMR',)");
  storm_pass (60);
  works ("Speech1", "Enabled", "(true,)");
  works ("Speech1", "Speak", "('afterwards',@a{sv} {})");
  works ("Ussd1", "Cancel", "()");
  works ("Ussd1", "Initiate", "('*100#',)");
  works ("Network1", "Attach", "()");
  disconnect_all ();
  works ("Data1", "Connect", "({'apn':<'afterwards'>},)");
  works ("Voice1", "Dial", "('+491709',@a{sv} {})");
  works ("Voice1", "HangupAll", "()");
}

static guint first_seed = 1, n_seeds = 12;

static void
run (guint seed)
{
  storm_begin (seed);
  storm_choose_operations ();
  storm_choose_some (chosen_happenings, G_N_ELEMENTS (happenings));
  if (g_rand_boolean (storm.dice))
    storm_pass (20); /* else from the start */
  for (int i = g_rand_int_range (storm.dice, 20, MAX_EVENTS); i > 0; i--)
    event ();
  if (g_rand_int_range (storm.dice, 0, 4) > 0)
    {
      cure ();
      everything_works ();
    }
  storm_end (); /* a quarter of them in the middle of it */
}

static void
test_storm (void **state G_GNUC_UNUSED)
{
  mu_timer_freeze ();
  for (guint seed = first_seed; seed < first_seed + n_seeds; seed++)
    run (seed);
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_storm) };

  if (argc == 3)
    {
      first_seed = (guint)g_ascii_strtoull (argv[1], NULL, 10);
      n_seeds = (guint)g_ascii_strtoull (argv[2], NULL, 10);
    }
  mu_log_init (argc == 3 ? MU_LOG_DEBUG : MU_LOG_ERROR, FALSE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
