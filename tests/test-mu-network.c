/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-network.h"
#include "mu-test.h"
#include "mu-timer.h"
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

#define NETWORK(property, text) assert_property (bed, "Network1", property, text)

static void
test_at_home (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  NETWORK ("Registration", "'home'");
  NETWORK ("PacketRegistration", "'home'");
  NETWORK ("Attached", "true");
  NETWORK ("OperatorCode", "'26201'");
  NETWORK ("Technology", "'hspa+'");
  NETWORK ("LocationArea", "12741");
  NETWORK ("CellId", "8648653");
  NETWORK ("SelectionMode", "'automatic'");
  NETWORK ("Rssi", "-91");
  NETWORK ("Rscp", "-91");
  NETWORK ("EcIo", "-3.5");
  NETWORK ("Quality", "35");
  NETWORK ("NetworkTime", "'2014-08-05T04:00:21+10:00'");
}

static void
test_names (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT+COPS?", "+COPS: 1,0,\"China Mobile Com\",0|OK" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  NETWORK ("OperatorName", "'China Mobile Com'");
  NETWORK ("OperatorCode", "''");
  NETWORK ("SelectionMode", "'manual'");
}

/* All the ways in which a registration is said. */
static void
test_creg_forms (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *line, *registration, *area, *cell;
  } rows[] = {
    { "+CREG: 5,\"00A1\",\"0000B2C3\",2", "'roaming'", "161", "45763" },
    { "+CREG:1,\"00A1\",\"E01F4\"", "'home'", "161", "918004" },
    { "+CREG: 1,00A1,B2C3,0", "'home'", "161", "45763" },
    { "+CREG: 2,5,\"00A2\",\"B2C3\",0", "'roaming'", "162", "45763" },
    { "+CREG: 2,1,\"00A2\",\"B2C4\"", "'home'", "162", "45764" },
    { "+CREG: 1", "'home'", "162", "45764" },
    { "+CREG: 0,1", "'home'", "162", "45764" },
    { "+CREG: 2", "'searching'", "162", "45764" },
    { "+CREG: 3,\"FFFE\",\"FFFFFFFF\"", "'denied'", "162", "45764" },
    { "+CREG: 2,0", "'idle'", "162", "45764" },
    { "+CREG: 9", "'idle'", "162", "45764" },
    { "+CREG: x,y,z", "'idle'", "162", "45764" },
    { "+CREG:", "'idle'", "162", "45764" },
    { "+CREG: 4", "'unknown'", "162", "45764" },
  };

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_say (bed, rows[i].line);
      session_bed_play (bed, NULL, 0);
      NETWORK ("Registration", rows[i].registration);
      NETWORK ("LocationArea", rows[i].area); /* the packet domain is still at home */
      NETWORK ("CellId", rows[i].cell);
    }
}

static void
test_lost_and_found (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CREG: 2|+CGREG: 2");
  at_peer_expect_nothing (bed->peer);
  NETWORK ("Registration", "'searching'");
  NETWORK ("Attached", "false");
  NETWORK ("OperatorCode", "''");
  NETWORK ("Technology", "''");
  NETWORK ("LocationArea", "0");
  session_bed_say (bed, "+CREG: 1,\"0001\",\"0002\",0");
  NETWORK ("Technology", "'gsm'");
  at_peer_expect (bed->peer, "AT^SYSINFOEX"); /* who it is now is asked again */
  at_peer_say (bed->peer, "\r\nERROR\r\n");
  session_bed_play (bed, NULL, 0);
  NETWORK ("OperatorCode", "'26201'");
}

/* A new cell is no reason to ask anything, a new area is. */
static void
test_moving (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CREG: 1,\"31C5\",\"0083F7CE\",2");
  at_peer_expect_nothing (bed->peer);
  session_bed_say (bed, "+CREG: 1,\"31C6\",\"0083F7CE\",2");
  at_peer_expect (bed->peer, "AT^SYSINFOEX");
}

static void
test_technology (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "^MODE:3,3");
  NETWORK ("Technology", "'edge'");
  session_bed_say (bed, "^MODE: 5,4");
  NETWORK ("Technology", "'umts'");
  session_bed_say (bed, "^MODE: 5,18");
  NETWORK ("Technology", "'hspa+'");
  session_bed_say (bed, "+CREG: 1,\"31C5\",\"0083F7CF\",2"); /* coarser: no news */
  NETWORK ("Technology", "'hspa+'");
  session_bed_say (bed, "^MODE: 0,0");
  NETWORK ("Technology", "''");
}

static void
test_signal (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "^HCSQ:\"GSM\",60");
  NETWORK ("Rssi", "-61");
  NETWORK ("Rscp", "0");
  session_bed_say (bed, "^HCSQ: \"WCDMA\",60,55,50");
  NETWORK ("Rscp", "-66");
  NETWORK ("EcIo", "-7.5");
  session_bed_say (bed, "^RSSI:20");
  NETWORK ("Rssi", "-73");
  NETWORK ("Rscp", "-66");
  session_bed_say (bed, "^HCSQ: \"NOSERVICE\"");
  NETWORK ("Rssi", "0");
  NETWORK ("Quality", "0");
  session_bed_say (bed, "^RSSI: 99|^RSSI: banana|^HCSQ|^HCSQ: ,,,");
  NETWORK ("Rssi", "0");
}

static void
test_signal_without_hcsq (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[]
      = { { "AT^HCSQ?", "COMMAND NOT SUPPORT" }, { "AT+CSQ", "+CSQ: 17,99|OK" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  NETWORK ("Rssi", "-79");
}

static void
test_time (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *line, *time;
  } rows[] = {
    { "^NWTIME: 26/11/22,17:51:00+04,00", "'2026-11-22T17:51:00+01:00'" },
    { "^NWTIME:26/07/01,12:00:00+04,1", "'2026-07-01T12:00:00+02:00'" },
    { "^NWTIME: 2026/01/02,03:04:05-13,0", "'2026-01-02T03:04:05-03:15'" },
    { "^NWTIME: 26/13/22,17:51:00+04,00", "'2026-01-02T03:04:05-03:15'" },
    { "^NWTIME: nonsense", "'2026-01-02T03:04:05-03:15'" },
    { "^NWTIME: 26/11/22,17:51:00+99,00", "'2026-01-02T03:04:05-03:15'" },
  };

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_say (bed, rows[i].line);
      NETWORK ("NetworkTime", rows[i].time);
    }
}

static void
test_scan (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Network1", "Scan", "()");
  at_peer_answer (
      bed->peer, "AT+COPS=?",
      "+COPS: (2,\"A, Net\",\"A\",\"26201\",2),(3,\"B\",\"\",\"26202\",0),(1,,,\"310410\"),"
      "(nonsense),,(0,1,2,3,4),(0,1,2)|OK");
  assert_string_equal (
      bed->done->str,
      "([{'status': <'current'>, 'name': <'A, Net'>, 'short_name': <'A'>, 'code': <'26201'>, "
      "'technology': <'umts'>}, {'status': <'forbidden'>, 'name': <'B'>, 'code': <'26202'>, "
      "'technology': <'gsm'>}, {'status': <'available'>, 'code': <'310410'>}],)");
}

static void
test_scan_nonsense (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Network1", "Scan", "()");
  at_peer_answer (bed->peer, "AT+COPS=?", "OK");
  assert_string_equal (bed->done->str, "Modem");
}

/* The caller leaves: the search is aborted, nobody is called. */
static void
test_scan_cancelled (void **state G_GNUC_UNUSED)
{
  MuCall *call;

  session_bed_start (bed, NULL, 0);
  call = session_bed_call (bed, "Network1", "Scan", "()");
  at_peer_expect (bed->peer, "AT+COPS=?");
  mu_timer_advance (1000);
  session_bed_cancel (bed, call);
  at_peer_expect (bed->peer, "");
  at_peer_say (bed->peer, "\r\nOK\r\n");
  assert_string_equal (bed->done->str, "");
}

static void
test_register (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT+COPS=1,2,\"26202\"", "OK" } };

  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Network1", "Register", "('26202',)");
  session_bed_play (bed, rows, G_N_ELEMENTS (rows));
  assert_string_equal (bed->done->str, "()");
  session_bed_call (bed, "Network1", "Register", "('',)");
  at_peer_answer (bed->peer, "AT+COPS=0", "+CME ERROR: no network service");
  session_bed_play (bed, NULL, 0);
  assert_string_equal (bed->done->str, "NoNetwork");
  assert_non_null (strstr (bed->error->message, "+CME ERROR: no network service"));
}

static void
test_register_bad (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Network1", "Register", "('262',)");
  assert_string_equal (bed->done->str, "InvalidArgument");
  session_bed_call (bed, "Network1", "Register", "('2620212',)");
  assert_string_equal (bed->done->str, "TooLong");
  session_bed_call (bed, "Network1", "Register", "('26202a',)");
  assert_string_equal (bed->done->str, "InvalidCharacters");
  session_bed_call (bed, "Network1", "Register", "('2620\"',)");
  assert_string_equal (bed->done->str, "InvalidCharacters");
  at_peer_expect_nothing (bed->peer);
}

static void
test_attach (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Network1", "Detach", "()");
  at_peer_answer (bed->peer, "AT+CGATT=0", "+CGREG: 0|OK");
  assert_string_equal (bed->done->str, "()");
  NETWORK ("Attached", "false");
}

/* Guide 2.3.2: without a card the module is not even asked. */
static void
test_no_card (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT^CPIN?", "+CME ERROR: SIM failure" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  NETWORK ("Rssi", "-91");
  session_bed_call (bed, "Network1", "Scan", "()");
  assert_string_equal (bed->done->str, "SimMissing");
  at_peer_expect_nothing (bed->peer);
}

static void
test_card_pulled (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "^SIMST:255,0");
  NETWORK ("Registration", "'idle'");
  NETWORK ("OperatorCode", "''");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_at_home),       TEST (test_names),
    TEST (test_creg_forms),    TEST (test_lost_and_found),
    TEST (test_moving),        TEST (test_technology),
    TEST (test_signal),        TEST (test_signal_without_hcsq),
    TEST (test_time),          TEST (test_scan),
    TEST (test_scan_nonsense), TEST (test_scan_cancelled),
    TEST (test_register),      TEST (test_register_bad),
    TEST (test_attach),        TEST (test_no_card),
    TEST (test_card_pulled),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
