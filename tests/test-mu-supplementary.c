/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "session-bed.h"

#include <string.h>

static SessionBed *bed;

static int
set_up (void **state G_GNUC_UNUSED)
{
  bed = session_bed_new ();
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  session_bed_free (bed);
  return 0;
}

#define SUPPLEMENTARY(property, text) assert_property (bed, "Supplementary1", property, text)

static void
begin (const char *name, const char *args)
{
  session_bed_call (bed, "Supplementary1", name, args);
}

static void
assert_done (const char *text)
{
  assert_string_equal (bed->done->str, text);
}

/* An operation of one command. */
typedef struct
{
  const char *name, *args, *command, *answer, *done;
} Row;

static void
check_rows (const Row *rows, gsize n_rows)
{
  session_bed_start (bed, NULL, 0);
  for (const Row *row = rows; row < rows + n_rows; row++)
    {
      begin (row->name, row->args);
      if (row->command != NULL)
        at_peer_answer (bed->peer, row->command, row->answer);
      assert_done (row->done);
      at_peer_expect_nothing (bed->peer);
    }
}

#define CHECK(rows) check_rows (rows, G_N_ELEMENTS (rows))

/* Of a call of Voice1. */
static void
assert_call (guint object, const char *property, const char *expected)
{
  MuService           *voice = session_bed_service (bed, "Voice1");
  g_autoptr (GVariant) properties = voice->class->child->get (voice, object);
  const char          *text = "";

  if (properties != NULL)
    g_variant_lookup (properties, property, "&s", &text);
  assert_string_equal (text, expected);
}

/* ---- callers' numbers ---- */

/* The network is asked nothing. */
static void
test_start (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[]
      = { { "AT+CLIP?", "+CLIP: 1,1|OK" }, { "AT+CLIR?", "+CLIR: 1,4|OK" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  SUPPLEMENTARY ("CallerIdShown", "true");
  SUPPLEMENTARY ("CallerIdSubscribed", "'unknown'");
  SUPPLEMENTARY ("HideCallerId", "'unknown'");
  SUPPLEMENTARY ("CallWaiting", "false");
}

static void
test_shown (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  begin ("CallerIdShown", "(false,)");
  at_peer_answer (bed->peer, "AT+CLIP=0", "OK");
  assert_done ("()");
  SUPPLEMENTARY ("CallerIdShown", "false");
  at_peer_expect_nothing (bed->peer);
  begin ("CallerIdShown", "(true,)");
  at_peer_answer (bed->peer, "AT+CLIP=1", "OK");
  assert_done ("()"); /* before the network has answered */
  at_peer_answer (bed->peer, "AT+CLIP?", "+CLIP: 1,0|OK");
  SUPPLEMENTARY ("CallerIdShown", "true");
  SUPPLEMENTARY ("CallerIdSubscribed", "'no'");
  begin ("CallerIdShown", "(false,)");
  at_peer_answer (bed->peer, "AT+CLIP=0", "+CME ERROR: operation not allowed");
  assert_done ("NotAllowed");
  SUPPLEMENTARY ("CallerIdShown", "true");
}

/* What somebody has set holds after a restart; the network's answers do not. */
static void
test_restart (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT+CLIP=0", "OK" } };

  session_bed_start (bed, NULL, 0);
  begin ("CallerIdShown", "(false,)");
  at_peer_answer (bed->peer, "AT+CLIP=0", "OK");
  begin ("SetCallWaiting", "(true,)");
  at_peer_answer (bed->peer, "AT+CCWA=1,1,1", "OK");
  begin ("HideCallerId", "('hide',)");
  at_peer_answer (bed->peer, "AT+CLIR=1", "OK");
  begin ("CallerIdShown", "(true,)");
  at_peer_answer (bed->peer, "AT+CLIP=1", "OK");
  at_peer_answer (bed->peer, "AT+CLIP?", "+CLIP: 1,1|OK");
  begin ("CallerIdShown", "(false,)");
  at_peer_answer (bed->peer, "AT+CLIP=0", "OK");
  SUPPLEMENTARY ("HideCallerId", "'hide'");
  SUPPLEMENTARY ("CallWaiting", "true");
  session_bed_say (bed, "^SYSSTART");
  SUPPLEMENTARY ("HideCallerId", "'unknown'");
  SUPPLEMENTARY ("CallerIdSubscribed", "'unknown'");
  SUPPLEMENTARY ("CallWaiting", "false");
  at_peer_sync (bed->peer);
  session_bed_settle (bed, rows, 1);
  SUPPLEMENTARY ("CallerIdShown", "false");
}

/* It was refused: once the network is there, it is tried again. */
static void
test_refused_at_start (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT+CLIP=1", "+CME ERROR: SIM busy" } };

  session_bed_start (bed, rows, 1);
  SUPPLEMENTARY ("CallerIdShown", "false");
  session_bed_say (bed, "+CREG: 2|+CGREG: 2");
  session_bed_play (bed, NULL, 0);
  SUPPLEMENTARY ("CallerIdShown", "true");
}

static void
test_hide (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "HideCallerId", "('default',)", "AT+CLIR=0", "OK", "()" },
    { "HideCallerId", "('hide',)", "AT+CLIR=1", "OK", "()" },
    { "HideCallerId", "('show',)", "AT+CLIR=2", "OK", "()" },
    { "HideCallerId", "('hide',)", "AT+CLIR=1", "ERROR", "Failed" },
    { "HideCallerId", "('unknown',)", NULL, NULL, "InvalidArgument" },
    { "HideCallerId", "('Hide',)", NULL, NULL, "InvalidArgument" },
    { "HideCallerId", "('',)", NULL, NULL, "InvalidArgument" },
  };

  CHECK (rows);
  SUPPLEMENTARY ("HideCallerId", "'show'");
}

static void
test_query_caller_id (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *clip, *clir, *done;
  } rows[] = {
    { "+CLIP: 1,1|OK", "+CLIR: 0,1|OK",
      "({'subscribed': <'yes'>, 'shown': <true>, 'hide': <'default'>, 'restriction': "
      "<'permanent'>},)" },
    { "+CLIP:0,0|OK", "+CLIR:1,0|OK",
      "({'subscribed': <'no'>, 'shown': <false>, 'hide': <'hide'>, 'restriction': <'absent'>},)" },
    { "+clip: 1 , 2|OK", "+CLIR: 2,2|OK",
      "({'subscribed': <'unknown'>, 'shown': <true>, 'hide': <'show'>, 'restriction': "
      "<'unknown'>},)" },
    { "+CLIP: 1,1|OK", "+CLIR: 2,3|OK",
      "({'subscribed': <'yes'>, 'shown': <true>, 'hide': <'show'>, 'restriction': "
      "<'restricted'>},)" },
    { "+CLIP: 1|OK", "+CLIR: 7,9|OK",
      "({'subscribed': <'unknown'>, 'shown': <true>, 'hide': <'unknown'>},)" },
    { "+CLIP: 1,9|OK", "OK",
      "({'subscribed': <'unknown'>, 'shown': <true>, 'hide': <'unknown'>},)" },
    { "+CLIP: 1,1|OK", "+CME ERROR: network rejected request", "NetworkRejected" },
  };

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      begin ("QueryCallerId", "()");
      at_peer_answer (bed->peer, "AT+CLIP?", rows[i].clip);
      at_peer_answer (bed->peer, "AT+CLIR?", rows[i].clir);
      assert_done (rows[i].done);
    }
  SUPPLEMENTARY ("CallerIdSubscribed", "'yes'");
  begin ("QueryCallerId", "()");
  at_peer_answer (bed->peer, "AT+CLIP?", "ERROR");
  assert_done ("Failed");
}

/* A call comes while the question is under way: its lines are no answers, and not lost. */
static void
test_call_meanwhile (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  begin ("QueryCallerId", "()");
  at_peer_answer (bed->peer, "AT+CLIP?",
                  "RING|+CLIP: \"112\",0,,,,0|+CLIP: \"\",128,,,,1|+CLIP: 1,1|OK");
  at_peer_answer (bed->peer, "AT+CLIR?", "+CLIR: 0,4|OK");
  SUPPLEMENTARY ("CallerIdSubscribed", "'yes'");
  begin ("QueryCallWaiting", "()");
  at_peer_answer (bed->peer, "AT+CCWA=1,2", "+CCWA: \"1\",1,1,,0|+CCWA: 0,1|OK");
  assert_done ("([{'class': <'voice'>, 'active': <false>}],)");
}

/* The same while something is set. */
static void
test_call_while_setting (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  begin ("CallerIdShown", "(false,)");
  at_peer_answer (bed->peer, "AT+CLIP=0", "RING|+CLIP: \"112\",129,,,,0|OK");
  assert_done ("()");
  assert_call (1, "Number", "112");
  begin ("SetCallWaiting", "(true,)");
  at_peer_answer (bed->peer, "AT+CCWA=1,1,1",
                  "+CCWA: \"110\",129,1,,0|+CME ERROR: network rejected request");
  assert_done ("NetworkRejected");
  assert_call (2, "State", "waiting");
  assert_call (2, "Number", "110");
}

/* ---- forwarding ---- */

static void
test_get_forwarding (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "GetForwarding", "('unconditional',)", "AT+CCFC=0,2",
      "+CCFC: 1,1,\"+8613903710453\",145,,,|OK",
      "([{'reason': <'unconditional'>, 'class': <'voice'>, 'active': <true>, 'number': "
      "<'+8613903710453'>}],)" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "+CCFC:1,1,\"8613903710453\",145|OK",
      "([{'reason': <'busy'>, 'class': <'voice'>, 'active': <true>, 'number': "
      "<'+8613903710453'>}],)" },
    { "GetForwarding", "('no-reply',)", "AT+CCFC=2,2",
      "+CCFC: 1,1,\"123\",129,\"\",128,20|+CCFC: 0,2|+CCFC: 0,4,\"5\",129,,,5|+CCFC: 0,8|OK",
      "([{'reason': <'no-reply'>, 'class': <'voice'>, 'active': <true>, 'number': <'123'>, 'time': "
      "<uint32 20>}, {'reason': <'no-reply'>, 'class': <'data'>, 'active': <false>}, {'reason': "
      "<'no-reply'>, 'class': <'fax'>, 'active': <false>, 'number': <'5'>, 'time': <uint32 5>}, "
      "{'reason': <'no-reply'>, 'class': <'sms'>, 'active': <false>}],)" },
    { "GetForwarding", "('not-reachable',)", "AT+CCFC=3,2", "+CCFC: 0,3|OK",
      "([{'reason': <'not-reachable'>, 'class': <'voice'>, 'active': <false>}, {'reason': "
      "<'not-reachable'>, 'class': <'data'>, 'active': <false>}],)" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "+CCFC: 0|OK",
      "([{'reason': <'busy'>, 'active': <false>}],)" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "+CCFC: x|+CCFC:|OK", "([],)" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "OK", "([],)" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "+CME ERROR: network rejected request",
      "NetworkRejected" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "+CME ERROR: Network reject",
      "NetworkRejected" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "+CME ERROR: 133", "NotSubscribed" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "+CME ERROR: 4", "NotSupported" },
    { "GetForwarding", "('busy',)", "AT+CCFC=1,2", "+CME ERROR: no network service", "NoNetwork" },
    { "GetForwarding", "('',)", NULL, NULL, "InvalidArgument" },
    { "GetForwarding", "('Busy',)", NULL, NULL, "InvalidArgument" },
  };

  CHECK (rows);
}

/* The network is asked about each: 27.007 7.11 has no question about sums. */
static void
test_get_all_forwarding (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  begin ("GetForwarding", "('all-conditional',)");
  at_peer_answer (bed->peer, "AT+CCFC=1,2", "+CCFC: 0,1|OK");
  at_peer_answer (bed->peer, "AT+CCFC=2,2", "OK");
  at_peer_answer (bed->peer, "AT+CCFC=3,2", "+CCFC: 1,1|OK");
  assert_done ("([{'reason': <'busy'>, 'class': <'voice'>, 'active': <false>}, {'reason': "
               "<'not-reachable'>, 'class': <'voice'>, 'active': <true>}],)");
  begin ("GetForwarding", "('all',)");
  at_peer_answer (bed->peer, "AT+CCFC=0,2", "+CCFC: 0,1|OK");
  at_peer_answer (bed->peer, "AT+CCFC=1,2", "+CME ERROR: network rejected request");
  assert_done ("NetworkRejected");
  at_peer_expect_nothing (bed->peer);
}

/* Two at once, each with its own rows. */
static void
test_two_surveys (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  begin ("GetForwarding", "('all-conditional',)");
  begin ("GetBarring", "('ac',)");
  at_peer_answer (bed->peer, "AT+CCFC=1,2", "+CCFC: 0,1|OK");
  at_peer_answer (bed->peer, "AT+CLCK=\"AI\",2", "+CLCK: 0,1|OK");
  at_peer_answer (bed->peer, "AT+CCFC=2,2", "+CCFC: 0,1|OK");
  at_peer_answer (bed->peer, "AT+CLCK=\"IR\",2", "+CLCK: 1,1|OK");
  assert_done ("([{'facility': <'ai'>, 'class': <'voice'>, 'active': <false>}, {'facility': "
               "<'ir'>, 'class': <'voice'>, 'active': <true>}],)");
  at_peer_answer (bed->peer, "AT+CCFC=3,2", "+CCFC: 0,1|OK");
}

static void
test_survey_cancelled (void **state G_GNUC_UNUSED)
{
  MuCall *call;

  session_bed_start (bed, NULL, 0);
  call = session_bed_call (bed, "Supplementary1", "GetForwarding", "('all',)");
  at_peer_expect (bed->peer, "AT+CCFC=0,2");
  session_bed_cancel (bed, call);
  session_bed_say (bed, "+CCFC: 0,1|OK");
  at_peer_expect_nothing (bed->peer);
  assert_done ("");
}

static void
test_set_forwarding (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "SetForwarding", "('unconditional', '13903710453', @a{sv} {})",
      "AT+CCFC=0,3,\"13903710453\",129,1", "OK", "()" },
    { "SetForwarding", "('busy', '+8613903710453', {'class': <'all'>})",
      "AT+CCFC=1,3,\"+8613903710453\",145,7", "OK", "()" },
    { "SetForwarding", "('no-reply', '*21#', {'class': <'data'>, 'time': <uint32 30>})",
      "AT+CCFC=2,3,\"*21#\",129,2,,,30", "OK", "()" },
    { "SetForwarding", "('not-reachable', '1', {'class': <'fax'>})", "AT+CCFC=3,3,\"1\",129,4",
      "+CME ERROR: 257", "NetworkRejected" },
    { "SetForwarding", "('all', '1', {'class': <'sms'>, 'time': <uint32 1>})",
      "AT+CCFC=4,3,\"1\",129,8,,,1", "ERROR", "Failed" },
    { "SetForwarding", "('all-conditional', '1', {'class': <'voice'>, 'active': <true>})",
      "AT+CCFC=5,3,\"1\",129,1", "OK", "()" },
    { "SetForwarding", "('busy', '', {'active': <true>})", "AT+CCFC=1,1",
      "+CME ERROR: operation not allowed", "NotAllowed" },
    { "SetForwarding", "('busy', '', {'active': <false>, 'class': <'voice'>})", "AT+CCFC=1,0,,,1",
      "OK", "()" },
    { "ClearForwarding", "('all',)", "AT+CCFC=4,4", "OK", "()" },
    { "ClearForwarding", "('busy',)", "AT+CCFC=1,4", "+CME ERROR: network timeout", "NoNetwork" },
    { "ClearForwarding", "('never',)", NULL, NULL, "InvalidArgument" },
  };

  CHECK (rows);
}

static void
test_set_forwarding_bad (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "SetForwarding", "('nothing', '1', @a{sv} {})", NULL, NULL, "InvalidArgument" },
    { "SetForwarding", "('busy', '12a', @a{sv} {})", NULL, NULL, "InvalidCharacters" },
    { "SetForwarding", "('busy', '1+2', @a{sv} {})", NULL, NULL, "InvalidCharacters" },
    { "SetForwarding", "('busy', '1\",129;+CFUN=0', @a{sv} {})", NULL, NULL, "InvalidCharacters" },
    { "SetForwarding", "('busy', '+', @a{sv} {})", NULL, NULL, "InvalidArgument" },
    { "SetForwarding", "('busy', '+12345678901234567890123456789', @a{sv} {})", NULL, NULL,
      "TooLong" },
    { "SetForwarding", "('busy', '1', {'class': <'video'>})", NULL, NULL, "InvalidArgument" },
    { "SetForwarding", "('busy', '1', {'class': <uint32 1>})", NULL, NULL, "InvalidArgument" },
    { "SetForwarding", "('busy', '1', {'when': <true>})", NULL, NULL, "InvalidArgument" },
    { "SetForwarding", "('busy', '1', {'time': <uint32 20>})", NULL, NULL, "InvalidArgument" },
    { "SetForwarding", "('no-reply', '1', {'time': <uint32 0>})", NULL, NULL, "InvalidArgument" },
    { "SetForwarding", "('no-reply', '1', {'time': <uint32 31>})", NULL, NULL, "InvalidArgument" },
    { "SetForwarding", "('no-reply', '', {'time': <uint32 20>})", NULL, NULL, "InvalidArgument" },
  };

  CHECK (rows);
}

/* The network registers a number switched on. */
static void
test_set_forwarding_off (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  begin ("SetForwarding", "('busy', '123', {'active': <false>})");
  at_peer_answer (bed->peer, "AT+CCFC=1,3,\"123\",129,1", "OK");
  at_peer_answer (bed->peer, "AT+CCFC=1,0", "OK");
  assert_done ("()");
  begin ("SetForwarding", "('busy', '123', {'active': <false>})");
  at_peer_answer (bed->peer, "AT+CCFC=1,3,\"123\",129,1", "+CME ERROR: 257");
  assert_done ("NetworkRejected");
  at_peer_expect_nothing (bed->peer);
}

/* ---- waiting ---- */

static void
test_waiting (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "QueryCallWaiting", "()", "AT+CCWA=1,2", "+CCWA: 1,1|+CCWA: 0,2|+CCWA: 0,4|OK",
      "([{'class': <'voice'>, 'active': <true>}, {'class': <'data'>, 'active': <false>}, {'class': "
      "<'fax'>, 'active': <false>}],)" },
    { "QueryCallWaiting", "()", "AT+CCWA=1,2", "+CCWA: 1,2|+CCWA: 0,1|OK",
      "([{'class': <'data'>, 'active': <true>}, {'class': <'voice'>, 'active': <false>}],)" },
    { "QueryCallWaiting", "()", "AT+CCWA=1,2", "+CCWA:1,255|OK",
      "([{'class': <'voice'>, 'active': <true>}, {'class': <'data'>, 'active': <true>}, {'class': "
      "<'fax'>, 'active': <true>}, {'class': <'sms'>, 'active': <true>}],)" },
    { "SetCallWaiting", "(false,)", "AT+CCWA=1,0,1", "+CME ERROR: network rejected request",
      "NetworkRejected" },
  };

  CHECK (rows);
  SUPPLEMENTARY ("CallWaiting", "true");
  begin ("SetCallWaiting", "(false,)");
  at_peer_answer (bed->peer, "AT+CCWA=1,0,1", "OK");
  SUPPLEMENTARY ("CallWaiting", "false");
  begin ("SetCallWaiting", "(true,)");
  at_peer_answer (bed->peer, "AT+CCWA=1,1,1", "OK");
  SUPPLEMENTARY ("CallWaiting", "true");
}

/* ---- barring ---- */

static void
test_get_barring (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "GetBarring", "('ao',)", "AT+CLCK=\"AO\",2", "+CLCK: 1,1|OK",
      "([{'facility': <'ao'>, 'class': <'voice'>, 'active': <true>}],)" },
    { "GetBarring", "('oi',)", "AT+CLCK=\"OI\",2", "+CLCK:0,7|OK",
      "([{'facility': <'oi'>, 'class': <'voice'>, 'active': <false>}, {'facility': <'oi'>, "
      "'class': "
      "<'data'>, 'active': <false>}, {'facility': <'oi'>, 'class': <'fax'>, 'active': "
      "<false>}],)" },
    { "GetBarring", "('ox',)", "AT+CLCK=\"OX\",2", "+CLCK: 0|OK",
      "([{'facility': <'ox'>, 'active': <false>}],)" },
    { "GetBarring", "('ai',)", "AT+CLCK=\"AI\",2", "+CLCK: 1,8|OK",
      "([{'facility': <'ai'>, 'class': <'sms'>, 'active': <true>}],)" },
    { "GetBarring", "('ir',)", "AT+CLCK=\"IR\",2", "+CME ERROR: network rejected request",
      "NetworkRejected" },
    { "GetBarring", "('AO',)", NULL, NULL, "InvalidArgument" },
    { "GetBarring", "('sc',)", NULL, NULL, "InvalidArgument" },
  };

  CHECK (rows);
  assert_property (bed, "Sim1", "PinEnabled", "false"); /* whose answers look the same */
}

static void
test_set_barring (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "SetBarring", "('ao', true, '1111')", "AT+CLCK=\"AO\",1,\"1111\",1", "OK", "()" },
    { "SetBarring", "('ao', false, '1111')", "AT+CLCK=\"AO\",0,\"1111\",1", "OK", "()" },
    { "SetBarring", "('oi', true, '1111')", "AT+CLCK=\"OI\",1,\"1111\",1", "OK", "()" },
    { "SetBarring", "('ox', true, '1111')", "AT+CLCK=\"OX\",1,\"1111\",1", "OK", "()" },
    { "SetBarring", "('ai', true, '1111')", "AT+CLCK=\"AI\",1,\"1111\",1", "OK", "()" },
    { "SetBarring", "('ir', true, '0000')", "AT+CLCK=\"IR\",1,\"0000\",1",
      "+CME ERROR: incorrect password", "WrongPassword" },
    { "SetBarring", "('ab', false, '1111')", "AT+CLCK=\"AB\",0,\"1111\"", "OK", "()" },
    { "SetBarring", "('ag', false, '1111')", "AT+CLCK=\"AG\",0,\"1111\"", "+CME ERROR: 16",
      "WrongPassword" },
    { "SetBarring", "('ac', false, '1111')", "AT+CLCK=\"AC\",0,\"1111\"", "+CME ERROR: 257",
      "NetworkRejected" },
    { "ChangeBarringPassword", "('ao', '0000', '1111')", "AT+CPWD=\"AO\",\"0000\",\"1111\"", "OK",
      "()" },
    { "ChangeBarringPassword", "('ab', '0000', '1111')", "AT+CPWD=\"AB\",\"0000\",\"1111\"",
      "+CME ERROR: incorrect password", "WrongPassword" },
    { "SetBarring", "('ab', true, '1111')", NULL, NULL, "InvalidArgument" },
    { "SetBarring", "('ag', true, '1111')", NULL, NULL, "InvalidArgument" },
    { "SetBarring", "('ac', true, '1111')", NULL, NULL, "InvalidArgument" },
    { "SetBarring", "('sc', true, '1111')", NULL, NULL, "InvalidArgument" },
    { "SetBarring", "('ao', true, '111')", NULL, NULL, "InvalidArgument" },
    { "SetBarring", "('ao', true, '')", NULL, NULL, "InvalidArgument" },
    { "SetBarring", "('ao', true, '11111')", NULL, NULL, "TooLong" },
    { "SetBarring", "('ao', true, '11a1')", NULL, NULL, "InvalidCharacters" },
    { "ChangeBarringPassword", "('ao', '000', '1111')", NULL, NULL, "InvalidArgument" },
    { "ChangeBarringPassword", "('ao', '0000', '11111')", NULL, NULL, "TooLong" },
    { "ChangeBarringPassword", "('ao', '0000', '1\"11')", NULL, NULL, "InvalidCharacters" },
    { "ChangeBarringPassword", "('p2', '0000', '1111')", NULL, NULL, "InvalidArgument" },
  };

  CHECK (rows);
}

/* ---- without a network, without a card ---- */

static void
test_no_network (void **state G_GNUC_UNUSED)
{
  static const char *const calls[][2] = {
    { "GetForwarding", "('busy',)" },
    { "ClearForwarding", "('busy',)" },
    { "SetForwarding", "('busy', '1', @a{sv} {})" },
    { "QueryCallWaiting", "()" },
    { "SetCallWaiting", "(true,)" },
    { "QueryCallerId", "()" },
    { "GetBarring", "('ao',)" },
    { "SetBarring", "('ao', true, '1111')" },
    { "ChangeBarringPassword", "('ao', '0000', '1111')" },
  };

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CREG: 2|+CGREG: 2");
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      begin (calls[i][0], calls[i][1]);
      assert_done ("NoNetwork");
    }
  at_peer_expect_nothing (bed->peer);
  begin ("CallerIdShown", "(true,)");
  at_peer_answer (bed->peer, "AT+CLIP=1", "OK");
  assert_done ("()");
  at_peer_expect_nothing (bed->peer);
}

static void
test_no_card (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  SUPPLEMENTARY ("CallerIdShown", "false");
  begin ("CallerIdShown", "(true,)");
  assert_done ("SimPinRequired");
  begin ("GetForwarding", "('busy',)");
  assert_done ("SimPinRequired");
  at_peer_expect_nothing (bed->peer);
}

static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  begin ("GetForwarding", "('all',)");
  at_peer_expect (bed->peer, "AT+CCFC=0,2");
  at_peer_hang_up (bed->peer);
  at_peer_settle ();
  assert_done ("Gone");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_start),
    TEST (test_shown),
    TEST (test_restart),
    TEST (test_refused_at_start),
    TEST (test_hide),
    TEST (test_query_caller_id),
    TEST (test_call_while_setting),
    TEST (test_call_meanwhile),
    TEST (test_get_forwarding),
    TEST (test_get_all_forwarding),
    TEST (test_two_surveys),
    TEST (test_survey_cancelled),
    TEST (test_set_forwarding),
    TEST (test_set_forwarding_bad),
    TEST (test_set_forwarding_off),
    TEST (test_waiting),
    TEST (test_get_barring),
    TEST (test_set_barring),
    TEST (test_no_network),
    TEST (test_no_card),
    TEST (test_unplugged),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
