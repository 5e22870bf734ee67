/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whatever happens, in whatever order: callers of everything come and go, the module, its card, its
 * network and its line fail, the computer sleeps; every caller is answered once, and when it is
 * over everything works.  The module is the simulator, the order is random.
 *
 * test-mu-modem-storm [FIRST-SEED NUMBER] */
#define _GNU_SOURCE 1 /* memfd_create() */
#include "mu-log.h"
#include "mu-modem.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "sim-module.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_EVENTS 400
#define QUIET_US   150 /* what is under way in the kernel arrives within that, mostly */

static char        *directory;
static MuSettings   settings;
static SimModule   *module;
static MuDevice    *device;
static MuModem     *modem;
static GRand       *dice;
static GString     *history;
static GPtrArray   *waiting; /* Waiting */
static GUnixFDList *files;
static GString     *outcome; /* of the last call that was waited for */

/* ---- time ---- */

static void
turn (void)
{
  gint64 until = g_get_monotonic_time () + QUIET_US;

  while (g_get_monotonic_time () < until)
    while (g_main_context_iteration (NULL, FALSE))
      until = g_get_monotonic_time () + QUIET_US;
}

static void
pass (guint seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      sim_clock_advance (module->clock, SIM_SECONDS (1));
      turn ();
      mu_timer_advance (1000);
      turn ();
    }
}

/* ---- trouble with a test is where it came from ---- */

G_GNUC_PRINTF (1, 2)
static void
note (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (history, format, args);
  va_end (args);
  g_string_append_c (history, '\n');
}

static void
check (gboolean good, const char *what)
{
  if (good)
    return;
  (void)fprintf (stderr, "%s\n", history->str);
  fail_msg ("%s", what);
}

/* ---- callers ---- */

typedef struct
{
  MuCall     *call;
  const char *name;
} Waiting;

static void
on_done (GVariant *reply, const GError *error, gpointer user_data)
{
  Waiting         *caller = user_data;
  g_autofree char *text = reply != NULL ? g_variant_print (reply, FALSE) : NULL;

  check (g_ptr_array_find (waiting, caller, NULL), "answered twice");
  note ("  = %s: %s", caller->name, error != NULL ? error->message : text);
  g_string_assign (outcome, error != NULL ? error->message : text);
  g_ptr_array_remove (waiting, caller); /* and freed */
}

typedef struct
{
  const char *service;
  const char *op; /* of the service, or of a child if there is a '.' before it, or a property */
  const char *args[4]; /* in GVariant text, "..." */
} Operation;

#define SMS "[('+491701','hello',{})]"

static const Operation operations[] = {
  { "Modem1", "SetMode", { "('online',)", "('minimum',)", "('offline',)", "('no',)" } },
  { "Modem1", "Reset", { "()" } },
  { "Modem1",
    "Command",
    { "('AT+CSQ',@u 0)", "('AT',@u 100)", "('ATE1',@u 0)", "('ATD112;',@u 0)" } },
  { "Sim1", "Unlock", { "('1234',)", "('9999',)", "('',)", "('1\"2',)" } },
  { "Sim1", "UnlockWithPuk", { "('12345678','1234')", "('87654321','1234')" } },
  { "Sim1", "EnablePin", { "(true,'1234')", "(false,'1234')", "(true,'4321')" } },
  { "Sim1", "ChangePin", { "('1234','1234')", "('1234','4321')", "('4321','1234')" } },
  { "Network1", "Scan", { "()" } },
  { "Network1", "Register", { "('',)", "('26201',)", "('99999',)", "('x',)" } },
  { "Network1", "Attach", { "()" } },
  { "Network1", "Detach", { "()" } },
  { "Messaging1",
    "Send",
    { "('+491701','hello',@a{sv} {})",
      "('+491702','\xc3\xa4\xe2\x82\xac\xd0\x96',{'report':<true>})", "('','',@a{sv} {})" } },
  { "Messaging1", "SendData", { "('+491701',@ay [1,2,3],@q 9200,@a{sv} {})" } },
  { "Messaging1", "List", { "(@a{sv} {},)", "({'limit':<@u 1>},)", "({'x':<1>},)" } },
  { "Messaging1", "DeleteAll", { "(@a{sv} {},)", "({'state':<'read'>},)" } },
  { "Messaging1", "ServiceCentre", { "('+491710760000',)" } },
  { "Messaging1", ".MarkRead", { "()" } },
  { "Messaging1", ".Delete", { "()" } },
  { "Ussd1", "Initiate", { "('*100#',)", "('*#21#',)", "('x',)" } },
  { "Ussd1", "Respond", { "('1',)", "('2',)", "('',)" } },
  { "Ussd1", "Cancel", { "()" } },
  { "Voice1",
    "Dial",
    { "('+491709',@a{sv} {})", "('112',@a{sv} {})", "('123',{'clir':<'hide'>})",
      "('x',@a{sv} {})" } },
  { "Voice1", "HangupAll", { "()" } },
  { "Voice1", "Hold", { "()" } },
  { "Voice1", "Swap", { "()" } },
  { "Voice1", "Join", { "()" } },
  { "Voice1", "Transfer", { "()" } },
  { "Voice1", "HoldAndAnswer", { "()" } },
  { "Voice1", "ReleaseAndAnswer", { "()" } },
  { "Voice1", "IncomingPriority", { "('voice',)", "('data',)" } },
  { "Voice1", ".Answer", { "()" } },
  { "Voice1", ".Hangup", { "()" } },
  { "Voice1", ".SendTones", { "('12,3',)", "('1#*',)" } },
  { "Supplementary1", "QueryCallerId", { "()" } },
  { "Supplementary1", "GetForwarding", { "('busy',)", "('unconditional',)", "('all',)" } },
  { "Supplementary1",
    "SetForwarding",
    { "('busy','+49170',@a{sv} {})", "('no-reply','+49170',{'time':<@u 20>})" } },
  { "Supplementary1", "ClearForwarding", { "('busy',)", "('all',)" } },
  { "Supplementary1", "QueryCallWaiting", { "()" } },
  { "Supplementary1", "SetCallWaiting", { "(true,)", "(false,)" } },
  { "Supplementary1", "GetBarring", { "('outgoing',)", "('incoming',)" } },
  { "Supplementary1", "SetBarring", { "('incoming',false,'0000')", "('incoming',true,'1111')" } },
  { "Supplementary1", "ChangeBarringPassword", { "('all','0000','0000')" } },
  { "Data1",
    "Connect",
    { "(@a{sv} {},)", "({'apn':<'internet'>,'bearer':<'ecm'>},)", "({'apn':<'b'>,'cid':<@u 2>},)",
      "({'bearer':<'ppp'>},)" } },
  { "Data1", "DefineContext", { "(@u 2,{'apn':<'x'>})", "(@u 3,@a{sv} {})" } },
  { "Data1", "DeleteContext", { "(@u 2,)", "(@u 1,)" } },
  { "Data1", ".Disconnect", { "()" } },
  { "Audio1", "SetPcm", { "({'mode':<'master'>},)", "(@a{sv} {},)" } },
  { "Audio1", "SpeakerVolume", { "(@u 3,)", "(@u 99,)" } },
  { "Audio1", "MicrophoneGain", { "(@u 2,)" } },
  { "Audio1", "ReceiveMuted", { "(true,)", "(false,)" } },
  { "Speech1", "Speak", { "('hello',@a{sv} {})", "('\xe4\xbd\xa0',@a{sv} {})", "('',@a{sv} {})" } },
  { "Speech1", "Stop", { "()" } },
  { "Speech1", "Enabled", { "(true,)", "(false,)" } },
  { "Recorder1", "Start", { "('REC1.AMR',)", "('REC2.AMR',)", "('x',)" } },
  { "Recorder1", "Stop", { "()" } },
  { "Recorder1", "Play", { "('REC1.AMR',)", "('RAM',)" } },
  { "Recorder1", "StopPlaying", { "()" } },
  { "Recorder1", "Read", { "('REC1.AMR',@h 1)", "('REC2.AMR',@h 7)" } },
  { "Recorder1", "Write", { "('REC1.AMR',@h 0)", "('REC2.AMR',@h 1)" } },
  { "Recorder1", "Delete", { "('REC1.AMR',)", "('REC2.AMR',)" } },
};

static MuService *
find_service (const char *name)
{
  for (gsize i = 0; i < mu_modem_n_services (modem); i++)
    {
      MuService *service = mu_modem_service (modem, i);

      if (service != NULL && g_str_has_suffix (service->class->interface, name))
        return service;
    }
  return NULL;
}

static const MuOp *
find_op (const MuServiceClass *class, const char *name)
{
  const MuOp *op = mu_op_find (class->ops, class->n_ops, name);

  if (name[0] == '.')
    return mu_op_find (class->child->ops, class->child->n_ops, name + 1);
  return op != NULL ? op : mu_op_find (class->setters, class->n_setters, name);
}

static void
begin_call (const Operation *o, guint object, const char *args)
{
  MuService *service = find_service (o->service);
  Waiting   *caller;
  MuRequest  request = { .client = (guint)g_rand_int_range (dice, 1, 4), .files = files };
  MuCall    *begun;

  if (service == NULL)
    return;
  note ("%s %u %s %s", o->service, object, o->op, args);
  request.op = find_op (service->class, o->op);
  check (request.op != NULL, "no such operation");
  request.object = object;
  caller = g_new (Waiting, 1);
  *caller = (Waiting){ .name = o->op };
  g_ptr_array_add (waiting, caller);
  (void)lseek (g_unix_fd_list_peek_fds (files, NULL)[0], 0, SEEK_SET);
  mu_service_call (service, &request, g_variant_new_parsed (args), on_done, caller, &begun);
  if (g_ptr_array_find (waiting, caller, NULL))
    caller->call = begun;
}

static void
call (const Operation *o, const char *args)
{
  begin_call (o, o->op[0] == '.' ? (guint)g_rand_int_range (dice, 1, 5) : 0, args);
}

static const char *
pick (const char *const *texts, gsize n)
{
  while (texts[n - 1] == NULL)
    n--;
  return texts[g_rand_int_range (dice, 0, (gint)n)];
}

/* Of n things a storm has some, another storm others: so it gets further with them. */
static guint
choose (const gboolean *chosen, gsize n)
{
  guint i;

  do
    i = (guint)g_rand_int_range (dice, 0, (gint)n);
  while (!chosen[i]);
  return i;
}

static void
choose_some (gboolean *chosen, gsize n)
{
  static const double shares[] = { 0.1, 0.4, 1 };
  double              share = shares[g_rand_int_range (dice, 0, G_N_ELEMENTS (shares))];

  for (gsize i = 0; i < n; i++)
    chosen[i] = g_rand_double (dice) < share;
  chosen[g_rand_int_range (dice, 0, (gint)n)] = TRUE;
}

static gboolean chosen_operations[G_N_ELEMENTS (operations)];

static void
call_anything (void)
{
  const Operation *o = &operations[choose (chosen_operations, G_N_ELEMENTS (operations))];

  call (o, pick (o->args, G_N_ELEMENTS (o->args)));
}

static void
caller_leaves (void)
{
  Waiting *caller;
  MuCall  *left;

  if (waiting->len == 0)
    return;
  caller = waiting->pdata[g_rand_int_range (dice, 0, (gint)waiting->len)];
  note ("%s's caller leaves", caller->name);
  left = caller->call;
  g_ptr_array_remove (waiting, caller);
  mu_call_cancel (left);
}

/* ---- the module ---- */

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

static void
tell (const char *line)
{
  g_autofree char *answer = sim_control_do (module, line);

  note ("(%s: %s)", line, answer);
}

static gboolean chosen_happenings[G_N_ELEMENTS (happenings)];

static void
something_happens (void)
{
  tell (happenings[choose (chosen_happenings, G_N_ELEMENTS (happenings))]);
}

static void
computer_sleeps (void)
{
  note ("sleeps");
  mu_modem_suspend (modem);
  for (int i = g_rand_int_range (dice, 0, 4); i > 0; i--)
    {
      something_happens ();
      turn ();
    }
  if (g_rand_boolean (dice))
    call_anything ();
  pass ((guint)g_rand_int_range (dice, 0, 3));
  note ("wakes");
  mu_modem_resume (modem);
}

static void
something_else (void)
{
  note ("settings, ports, retry");
  mu_modem_settings_changed (modem);
  mu_modem_device_changed (modem);
  mu_modem_retry (modem);
}

static void
event (void)
{
  int what = g_rand_int_range (dice, 0, 100);

  if (what < 45)
    call_anything ();
  else if (what < 70)
    something_happens ();
  else if (what < 76)
    caller_leaves ();
  else if (what < 78)
    computer_sleeps ();
  else if (what < 79)
    something_else ();
  else
    pass ((guint)g_rand_int_range (dice, 1, g_rand_boolean (dice) ? 3 : 20));
  if (g_rand_boolean (dice))
    turn ();
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
  note ("-- the storm is over");
  g_key_file_set_boolean (settings.config, "data", "auto-connect", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (cures); i++)
    tell (cures[i]);
  pass (620); /* longer than a command that was not answered is not sent again */
  tell ("no-faults");
  tell ("sms-silent received 0");
  tell ("sms-silent lost 0");
  tell ("ussd-fail 4 0");
}

static void
works (const char *service, const char *op, const char *args)
{
  const Operation o = { service, op, { args } };

  g_string_assign (outcome, "(nothing)");
  call (&o, args);
  for (guint i = 0; i < 150 && waiting->len > 0; i++)
    {
      pass (1);
      g_usleep (1000); /* files are read in a thread, which has no other clock */
    }
  if (outcome->str[0] == '(' && waiting->len == 0)
    return;
  note ("%s.%s does not work: %s", service, op, outcome->str);
  check (FALSE, "not everything works afterwards");
}

/* There is one network interface. */
static void
disconnect_all (void)
{
  static const Operation disconnect = { "Data1", ".Disconnect", { "()" } };
  MuService             *data = find_service ("Data1");
  g_autoptr (GArray)     numbers = data->class->child->numbers (data);

  for (guint i = 0; i < numbers->len; i++)
    begin_call (&disconnect, g_array_index (numbers, guint, i), "()");
  pass (40);
}

static void
delete_recordings (void)
{
  static const Operation remove_one = { "Recorder1", "Delete", { "" } };
  static const Operation stop = { "Recorder1", "Stop", { "()" } };
  static const Operation stop_playing = { "Recorder1", "StopPlaying", { "()" } };

  begin_call (&stop, 0, "()");
  begin_call (&stop_playing, 0, "()");
  pass (5);
  for (int i = 1; i <= 5; i++)
    {
      g_autofree char *args = g_strdup_printf ("('REC%d.AMR',)", i);

      begin_call (&remove_one, 0, args);
    }
  pass (5);
}

static void
everything_works (void)
{
  if (mu_modem_state (modem) != MU_MODEM_READY || waiting->len > 0)
    {
      for (guint i = 0; i < waiting->len; i++)
        note ("still waits: %s", ((Waiting *)waiting->pdata[i])->name);
      note ("%s %s", mu_modem_state_word (mu_modem_state (modem)), mu_modem_reason (modem));
      check (FALSE, "not ready afterwards");
    }
  works ("Modem1", "SetMode", "('online',)");
  works ("Voice1", "HangupAll", "()");
  works ("Network1", "Register", "('',)");
  pass (20);
  tell ("technology hspa+");
  works ("Messaging1", "Send", "('+491701','afterwards',@a{sv} {})");
  works ("Supplementary1", "QueryCallWaiting", "()");
  delete_recordings ();
  works ("Recorder1", "Write", "('REC3.AMR',@h 0)");
  works ("Recorder1", "Play", "('REC3.AMR',)");
  pass (60);
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

/* ---- one storm ---- */

static void
on_service (MuModem *m G_GNUC_UNUSED, MuService *service G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_present (MuModem *m G_GNUC_UNUSED, gboolean present G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_entered (MuModem *m, gpointer user_data G_GNUC_UNUSED)
{
  note ("  -> %s %s", mu_modem_state_word (mu_modem_state (m)), mu_modem_reason (m));
}

static const MuModemEvents events = { on_present, on_service, on_service, on_entered };

/* A recording of a second's silence, and what everything can be written to. */
static GUnixFDList *
make_files (void)
{
  static const char frame[32] = { 0x3c };
  GUnixFDList      *list = g_unix_fd_list_new ();
  int fds[] = { memfd_create ("amr", MFD_CLOEXEC), open ("/dev/null", O_RDWR | O_CLOEXEC) };

  assert_int_equal (write (fds[0], "#!AMR\n", 6), 6);
  for (int i = 0; i < 50; i++)
    assert_int_equal (write (fds[0], frame, sizeof frame), sizeof frame);
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      assert_true (g_unix_fd_list_append (list, fds[i], NULL) >= 0);
      close (fds[i]);
    }
  return list;
}

static void
begin (guint32 seed)
{
  g_autofree char *pcui = g_build_filename (directory, "pcui", NULL);
  const SimConfig  config = { .directory = directory, .seed = seed };

  dice = g_rand_new_with_seed (seed);
  g_string_truncate (history, 0);
  note ("seed %u", seed);
  settings = (MuSettings){ .config = g_key_file_new (), .state_directory = g_strdup (directory) };
  settings.apn_list = g_strdup ("/nonexistent");
  if (g_rand_boolean (dice))
    g_key_file_set_string (settings.config, "sim", "pin", "1234");
  if (g_rand_boolean (dice))
    g_key_file_set_boolean (settings.config, "data", "auto-connect", TRUE);
  g_key_file_set_integer (settings.config, "messaging", "retries", g_rand_int_range (dice, 0, 4));
  waiting = g_ptr_array_new_with_free_func (g_free);
  files = make_files ();
  module = sim_module_new (&config);
  if (g_rand_boolean (dice))
    tell ("pin on");
  choose_some (chosen_operations, G_N_ELEMENTS (operations));
  choose_some (chosen_happenings, G_N_ELEMENTS (happenings));
  assert_true (sim_module_power_on (module, NULL));
  device = mu_device_new ("storm", "");
  mu_device_set_port (device, MU_PORT_PCUI, pcui);
  mu_device_set_port (device, MU_PORT_NET, "storm0");
  modem = mu_modem_new (device, FALSE, &settings, &events, NULL);
  mu_modem_start (modem);
}

static void
end (void)
{
  g_clear_pointer (&modem, mu_modem_free);
  check (waiting->len == 0, "somebody was not answered");
  g_ptr_array_unref (waiting);
  check (mu_timer_n_running () == 0, "a timer runs on");
  mu_device_unref (device);
  sim_module_free (module);
  g_object_unref (files);
  g_key_file_unref (settings.config);
  g_free (settings.state_directory);
  g_free (settings.apn_list);
  g_rand_free (dice);
}

static void
remove_files (void)
{
  static const char *const names[]
      = { "messages.db", "messages.db-wal", "messages.db-shm", "sim-pins" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      g_unlink (path);
    }
}

static guint first_seed = 1, n_seeds = 12;

static void
test_storm (void **state G_GNUC_UNUSED)
{
  directory = g_dir_make_tmp ("mu-storm-XXXXXX", NULL);
  history = g_string_new (NULL);
  outcome = g_string_new (NULL);
  mu_timer_freeze ();
  for (guint seed = first_seed; seed < first_seed + n_seeds; seed++)
    {
      begin (seed);
      if (g_rand_boolean (dice))
        pass (20); /* else from the start */
      for (int i = g_rand_int_range (dice, 20, MAX_EVENTS); i > 0; i--)
        event ();
      if (g_rand_int_range (dice, 0, 4) > 0)
        {
          cure ();
          everything_works ();
        }
      end (); /* a quarter of them in the middle of it */
      remove_files ();
    }
  g_rmdir (directory);
  g_free (directory);
  g_string_free (history, TRUE);
  g_string_free (outcome, TRUE);
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
