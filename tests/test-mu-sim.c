/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-log.h"
#include "mu-sim.h"
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

#define SIM(property, text) assert_property (bed, "Sim1", property, text)

static const AtPeerRow locked[] = { { "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK" } };
static const AtPeerRow two_left[] = { { "AT^CPIN?", "^CPIN: SIM PIN,2,10,2,10,3|OK" } };
static const AtPeerRow one_left[] = { { "AT^CPIN?", "^CPIN: SIM PIN,1,10,1,10,3|OK" } };
static const AtPeerRow puk[] = { { "AT^CPIN?", "^CPIN: SIM PUK,10,10,0,10,3|OK" } };
static const AtPeerRow blocked[] = { { "AT^CPIN?", "^CPIN: SIM PUK,0,0,0,10,3|OK" } };
static const AtPeerRow missing[] = { { "AT^CPIN?", "+CME ERROR: SIM failure" } };
static const AtPeerRow busy[] = { { "AT^CPIN?", "+CME ERROR: SIM busy" } };

static void
start (const AtPeerRow *rows, gsize n_rows)
{
  session_bed_start (bed, rows, n_rows);
}

static void
advance (guint ms)
{
  mu_timer_advance (ms);
  at_peer_settle ();
}

static void
test_open_card (void **state G_GNUC_UNUSED)
{
  start (NULL, 0);
  SIM ("Present", "true");
  SIM ("Lock", "'none'");
  SIM ("PinEnabled", "false");
  SIM ("PinAttempts", "3");
  SIM ("PukAttempts", "10");
  SIM ("Iccid", "'89860112345678901234'");
  SIM ("Imsi", "'262011234567890'");
  SIM ("OperatorId", "'26201'");
  SIM ("OwnNumbers", "[('CC', '+8613987654321'), ('USER', '123')]");
  SIM ("EmergencyNumbers", "['112', '911']");
}

static void
test_identity_forms (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT^ICCID?", "^ICCID: 98681021436587092143F1|OK" },
    { "AT+CRSM=176,28589,0,0,4", "+CRSM: 144,0,\"00000003\"|OK" },
  };

  start (rows, G_N_ELEMENTS (rows));
  SIM ("Iccid", "'898601123456789012341'");
  SIM ("OperatorId", "'262011'");
}

/* Messages are kept by card: it has to have a name. */
static void
test_iccid_from_file (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT^ICCID?", "COMMAND NOT SUPPORT" },
    { "AT+CRSM=176,12258,0,0,10", "+CRSM: 144,0,\"98681021436587092143\"|OK" },
  };

  start (rows, G_N_ELEMENTS (rows));
  session_bed_play (bed, rows, G_N_ELEMENTS (rows));
  SIM ("Iccid", "'89860112345678901234'");
}

/* It is the module that is silent: it is asked once in a while. */
static void
test_check_unanswered (void **state G_GNUC_UNUSED)
{
  start (busy, 1);
  for (int i = 0; i < 2; i++)
    {
      advance (i == 0 ? 1000 : 60000);
      at_peer_expect (bed->peer, "AT^CPIN?");
      advance (30000);
      at_peer_answer (bed->peer, "AT", "OK");
      at_peer_answer (bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
      at_peer_settle ();
    }
  advance (60000); /* the line does not send it for a minute */
  advance (60000);
  session_bed_play (bed, NULL, 0);
  SIM ("Lock", "'none'");
}

static void
test_locked (void **state G_GNUC_UNUSED)
{
  start (locked, 1);
  SIM ("Lock", "'pin'");
  SIM ("PinEnabled", "true");
  SIM ("Iccid", "'89860112345678901234'");
  SIM ("Imsi", "''");
  session_bed_call (bed, "Sim1", "ChangePin", "('1234', '4321')");
  assert_string_equal (bed->done->str, "SimPinRequired");
  session_bed_call (bed, "Sim1", "UnlockWithPuk", "('12345678', '4321')");
  assert_string_equal (bed->done->str, "SimPinRequired");
  at_peer_expect_nothing (bed->peer);
}

/* After the PIN the firmware is left alone until it says that the card is there. */
static void
test_unlock (void **state G_GNUC_UNUSED)
{
  start (locked, 1);
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  at_peer_answer (bed->peer, "AT+CPIN=\"1234\"", "OK");
  advance (2900);
  at_peer_expect_nothing (bed->peer);
  assert_string_equal (bed->done->str, "");
  session_bed_say (bed, "^SIMST:1");
  session_bed_play (bed, NULL, 0);
  assert_string_equal (bed->done->str, "()");
  SIM ("Lock", "'none'");
  SIM ("Imsi", "'262011234567890'");
}

/* It says nothing: it is asked after a while, and again while it is busy. */
static void
test_unlock_silent (void **state G_GNUC_UNUSED)
{
  start (locked, 1);
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  at_peer_answer (bed->peer, "AT+CPIN=\"1234\"", "OK");
  advance (3000);
  at_peer_answer (bed->peer, "AT^CPIN?", "+CME ERROR: 14");
  SIM ("Lock", "'busy'");
  advance (1000);
  at_peer_answer (bed->peer, "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK");
  assert_string_equal (bed->done->str, "");
  advance (1000);
  session_bed_play (bed, NULL, 0);
  assert_string_equal (bed->done->str, "()");
}

static void
test_unlock_by_news (void **state G_GNUC_UNUSED)
{
  start (locked, 1);
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  at_peer_answer (bed->peer, "AT+CPIN=\"1234\"", "OK|+CPIN: READY");
  assert_string_equal (bed->done->str, "()");
}

static void
test_wrong_pin (void **state G_GNUC_UNUSED)
{
  start (locked, 1);
  session_bed_call (bed, "Sim1", "Unlock", "('0000',)");
  at_peer_answer (bed->peer, "AT+CPIN=\"0000\"", "+CME ERROR: incorrect password");
  assert_string_equal (bed->done->str, "");
  session_bed_play (bed, two_left, 1);
  assert_string_equal (bed->done->str, "WrongPassword");
  SIM ("PinAttempts", "2");
  session_bed_call (bed, "Sim1", "Unlock", "('0000',)");
  at_peer_answer (bed->peer, "AT+CPIN=\"0000\"", "+CME ERROR: SIM PUK required");
  session_bed_play (bed, puk, 1);
  assert_string_equal (bed->done->str, "SimPukRequired");
  SIM ("Lock", "'puk'");
  SIM ("PinAttempts", "0");
}

/* What cannot be a PIN is not sent: no attempt is lost. */
static void
test_bad_codes (void **state G_GNUC_UNUSED)
{
  start (locked, 1);
  session_bed_call (bed, "Sim1", "Unlock", "('123',)");
  assert_string_equal (bed->done->str, "InvalidArgument");
  session_bed_call (bed, "Sim1", "Unlock", "('123456789',)");
  assert_string_equal (bed->done->str, "TooLong");
  session_bed_call (bed, "Sim1", "Unlock", "('12\"4',)");
  assert_string_equal (bed->done->str, "InvalidCharacters");
  session_bed_call (bed, "Sim1", "Unlock", "('',)");
  assert_string_equal (bed->done->str, "InvalidArgument");
  at_peer_expect_nothing (bed->peer);
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)"); /* and it still works */
  at_peer_expect (bed->peer, "AT+CPIN=\"1234\"");
}

static void
test_one_code_at_a_time (void **state G_GNUC_UNUSED)
{
  MuCall *first;

  start (locked, 1);
  first = session_bed_call (bed, "Sim1", "Unlock", "('1111',)");
  session_bed_call (bed, "Sim1", "Unlock", "('2222',)");
  assert_string_equal (bed->done->str, "Busy");
  session_bed_cancel (bed, first); /* what is sent cannot be called back, but nobody hears of it */
  g_string_truncate (bed->done, 0);
  at_peer_answer (bed->peer, "AT+CPIN=\"1111\"", "+CME ERROR: 16");
  session_bed_play (bed, two_left, 1);
  assert_string_equal (bed->done->str, "");
  session_bed_call (bed, "Sim1", "Unlock", "('2222',)");
  at_peer_expect (bed->peer, "AT+CPIN=\"2222\"");
}

static void
test_puk (void **state G_GNUC_UNUSED)
{
  start (puk, 1);
  SIM ("Lock", "'puk'");
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  assert_string_equal (bed->done->str, "SimPukRequired");
  session_bed_call (bed, "Sim1", "UnlockWithPuk", "('1234567', '4321')");
  assert_string_equal (bed->done->str, "InvalidArgument");
  session_bed_call (bed, "Sim1", "UnlockWithPuk", "('12345678', '4')");
  assert_string_equal (bed->done->str, "InvalidArgument");
  at_peer_expect_nothing (bed->peer);
  session_bed_call (bed, "Sim1", "UnlockWithPuk", "('12345678', '4321')");
  at_peer_answer (bed->peer, "AT+CPIN=\"12345678\",\"4321\"", "OK");
  session_bed_say (bed, "^SIMST:1");
  session_bed_play (bed, NULL, 0);
  assert_string_equal (bed->done->str, "()");
}

static void
test_blocked (void **state G_GNUC_UNUSED)
{
  start (blocked, 1);
  SIM ("Lock", "'blocked'");
  session_bed_call (bed, "Sim1", "UnlockWithPuk", "('12345678', '4321')");
  assert_string_equal (bed->done->str, "SimBlocked");
}

static void
test_not_locked (void **state G_GNUC_UNUSED)
{
  start (NULL, 0);
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  assert_string_equal (bed->done->str, "NotAllowed");
  at_peer_expect_nothing (bed->peer);
}

static void
test_enable_and_change (void **state G_GNUC_UNUSED)
{
  start (NULL, 0);
  session_bed_call (bed, "Sim1", "EnablePin", "(true, '1234')");
  at_peer_answer (bed->peer, "AT+CLCK=\"SC\",1,\"1234\"", "OK");
  session_bed_play (bed, NULL, 0);
  assert_string_equal (bed->done->str, "()");
  SIM ("PinEnabled", "true");
  session_bed_call (bed, "Sim1", "EnablePin", "(true, '1234')");
  at_peer_answer (bed->peer, "AT+CLCK=\"SC\",1,\"1234\"", "+CME ERROR: operation not allowed");
  session_bed_play (bed, NULL, 0);
  assert_string_equal (bed->done->str, "NotAllowed");
  session_bed_call (bed, "Sim1", "ChangePin", "('1234', '4321')");
  at_peer_answer (bed->peer, "AT+CPWD=\"SC\",\"1234\",\"4321\"", "+CME ERROR: incorrect password");
  session_bed_play (bed, two_left, 0);
  assert_string_equal (bed->done->str, "WrongPassword");
}

/* "SIM busy" is no lock: it is asked again, not for ever. */
static void
test_busy (void **state G_GNUC_UNUSED)
{
  start (busy, 1);
  SIM ("Lock", "'busy'");
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  assert_string_equal (bed->done->str, "NotReady");
  for (int i = 0; i < 30; i++)
    {
      at_peer_expect_nothing (bed->peer);
      advance (1000);
      at_peer_answer (bed->peer, "AT^CPIN?", "+CME ERROR: 14");
    }
  advance (60000);
  at_peer_expect_nothing (bed->peer);
  session_bed_say (bed, "^SIMST:1");
  session_bed_play (bed, NULL, 0);
  SIM ("Lock", "'none'");
}

/* The phonebook is later than the card (guide 10.3.2). */
static void
test_busy_numbers (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT+CNUM", "+CME ERROR: SIM busy" } };

  start (rows, 1);
  SIM ("Imsi", "'262011234567890'");
  SIM ("OwnNumbers", "[]");
  assert_non_null (strstr (bed->seen->str, "Sim1|"));
  advance (1000);
  session_bed_play (bed, NULL, 0);
  SIM ("OwnNumbers", "[('CC', '+8613987654321'), ('USER', '123')]");
}

static void
test_missing (void **state G_GNUC_UNUSED)
{
  start (missing, 1);
  SIM ("Present", "false");
  SIM ("Lock", "'missing'");
  SIM ("EmergencyNumbers", "['112', '911', '000', '08', '110', '118', '119', '999']");
}

static void
test_hot_swap (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow other[] = {
    { "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK" },
    { "AT^ICCID?", "^ICCID: 89490200001234567890|OK" },
  };

  start (NULL, 0);
  session_bed_say (bed, "^SIMST: 255");
  SIM ("Present", "false");
  SIM ("Iccid", "''");
  SIM ("Imsi", "''");
  SIM ("OwnNumbers", "[]");
  session_bed_say (bed, "^SIMST: 1");
  session_bed_play (bed, other, 2);
  SIM ("Present", "true");
  SIM ("Lock", "'pin'");
  SIM ("Iccid", "'89490200001234567890'");
  SIM ("Imsi", "''");
}

static void
test_pulled_while_unlocking (void **state G_GNUC_UNUSED)
{
  start (locked, 1);
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  at_peer_answer (bed->peer, "AT+CPIN=\"1234\"", "OK");
  session_bed_say (bed, "^SIMST:255");
  assert_string_equal (bed->done->str, "SimMissing");
}

/* A PIN that waits for its turn was meant for the card that was there. */
static void
test_card_changes_before_code (void **state G_GNUC_UNUSED)
{
  start (NULL, 0);
  session_bed_call (bed, "Modem1", "Command", "('AT+CSQ', @u 0)");
  at_peer_expect (bed->peer, "AT+CSQ");
  session_bed_call (bed, "Sim1", "EnablePin", "(false, '9999')");
  session_bed_say (bed, "^SIMST: 255|^SIMST: 1|+CSQ: 20,99|OK");
  for (;;)
    {
      g_autofree char *command = at_peer_hear (bed->peer);

      if (command == NULL)
        break;
      assert_null (strstr (command, "9999"));
      at_peer_play_one (bed->peer, command, session_bed_usual, session_bed_n_usual);
    }
  assert_string_equal (bed->done->str, "Aborted");
}

static void
test_unplugged_while_unlocking (void **state G_GNUC_UNUSED)
{
  start (locked, 1);
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  at_peer_answer (bed->peer, "AT+CPIN=\"1234\"", "OK");
  at_peer_hang_up (bed->peer);
  at_peer_settle ();
  assert_string_equal (bed->done->str, "Gone");
}

/* ---- the PIN of the configuration ---- */

static void
test_configured_pin (void **state G_GNUC_UNUSED)
{
  g_key_file_set_string (bed->settings.config, "sim", "pin", "9999");
  g_key_file_set_string (bed->settings.config, "sim 89860112345678901234", "pin", "1234");
  at_scheduler_start (bed->scheduler, AT_SYNC_OPEN);
  at_peer_sync (bed->peer);
  session_bed_play (bed, (AtPeerRow[]){ locked[0], { "AT+CPIN=\"1234\"", "OK" } }, 2);
  SIM ("Lock", "'pin'");
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  assert_string_equal (bed->done->str, "Busy");
  session_bed_say (bed, "^SIMST: 1");
  session_bed_play (bed, NULL, 0);
  SIM ("Lock", "'none'");
}

static void
test_configured_pin_is_wrong (void **state G_GNUC_UNUSED)
{
  const AtPeerRow wrong[] = { two_left[0], { "AT+CPIN=\"1234\"", "+CME ERROR: 16" } };
  const AtPeerRow never[] = { two_left[0], { "AT+CPIN=\"1234\"", "OK|+CPIN: READY" } };

  g_key_file_set_string (bed->settings.config, "sim", "pin", "1234");
  start (wrong, 2);
  SIM ("Lock", "'pin'");

  /* neither after a restart of the module nor for the same card put in again */
  session_bed_say (bed, "^SYSSTART");
  at_peer_sync (bed->peer);
  session_bed_play (bed, never, 2);
  SIM ("Lock", "'pin'");
  session_bed_say (bed, "^SIMST: 255|^SIMST: 1");
  session_bed_play (bed, never, 2);
  SIM ("Lock", "'pin'");

  /* but the user may try another one, or enter this one by hand */
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  at_peer_expect (bed->peer, "AT+CPIN=\"1234\"");
}

/* Entered by hand and right: then it may be used again. */
static void
test_configured_pin_is_right_after_all (void **state G_GNUC_UNUSED)
{
  const AtPeerRow unknown[] = { locked[0], { "AT+CPIN=\"1234\"", "ERROR" } };
  const AtPeerRow right[] = { locked[0], { "AT+CPIN=\"1234\"", "OK|+CPIN: READY" } };

  g_key_file_set_string (bed->settings.config, "sim", "pin", "1234");
  start (unknown, 2);
  SIM ("Lock", "'pin'");
  session_bed_call (bed, "Sim1", "Unlock", "('1234',)");
  session_bed_play (bed, right, 2);
  assert_string_equal (bed->done->str, "()");
  session_bed_say (bed, "^SYSSTART");
  at_peer_sync (bed->peer);
  session_bed_play (bed, right, 2);
  SIM ("Lock", "'none'");
}

/* A card that is too busy has not looked at it: it is tried again, not for ever. */
static void
test_configured_pin_meets_busy_card (void **state G_GNUC_UNUSED)
{
  const AtPeerRow still[] = { locked[0], { "AT+CPIN=\"1234\"", "+CME ERROR: SIM busy" } };
  const AtPeerRow right[] = { locked[0], { "AT+CPIN=\"1234\"", "OK|+CPIN: READY" } };

  g_key_file_set_string (bed->settings.config, "sim", "pin", "1234");
  start (still, 2);
  for (int i = 1; i < 30; i++)
    {
      advance (1000);
      at_peer_answer (bed->peer, "AT^CPIN?", locked[0].lines);
      at_peer_answer (bed->peer, "AT+CPIN=\"1234\"", "+CME ERROR: 14");
    }
  advance (1000);
  at_peer_answer (bed->peer, "AT^CPIN?", locked[0].lines);
  advance (60000);
  at_peer_expect_nothing (bed->peer);
  SIM ("Lock", "'pin'");

  session_bed_say (bed, "^SYSSTART");
  at_peer_sync (bed->peer);
  session_bed_play (bed, right, 2);
  SIM ("Lock", "'none'");
}

static void
test_configured_pin_last_attempt (void **state G_GNUC_UNUSED)
{
  const AtPeerRow never[] = { one_left[0], { "AT+CPIN=\"1234\"", "OK|+CPIN: READY" } };

  g_key_file_set_string (bed->settings.config, "sim", "pin", "1234");
  start (never, 2);
  SIM ("Lock", "'pin'");
  SIM ("PinAttempts", "1");
}

/* Attempts that are not known may be the last. */
static void
test_configured_pin_without_attempts (void **state G_GNUC_UNUSED)
{
  const AtPeerRow never[] = { { "AT^CPIN?", "COMMAND NOT SUPPORT" },
                              { "AT+CPIN?", "+CPIN: SIM PIN|OK" },
                              { "AT+CPIN=\"1234\"", "OK|+CPIN: READY" } };

  g_key_file_set_string (bed->settings.config, "sim", "pin", "1234");
  start (never, 3);
  SIM ("Lock", "'pin'");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_open_card),
    TEST (test_identity_forms),
    TEST (test_iccid_from_file),
    TEST (test_check_unanswered),
    TEST (test_locked),
    TEST (test_unlock),
    TEST (test_unlock_silent),
    TEST (test_unlock_by_news),
    TEST (test_wrong_pin),
    TEST (test_bad_codes),
    TEST (test_one_code_at_a_time),
    TEST (test_puk),
    TEST (test_blocked),
    TEST (test_not_locked),
    TEST (test_enable_and_change),
    TEST (test_busy),
    TEST (test_busy_numbers),
    TEST (test_missing),
    TEST (test_hot_swap),
    TEST (test_pulled_while_unlocking),
    TEST (test_card_changes_before_code),
    TEST (test_unplugged_while_unlocking),
    TEST (test_configured_pin),
    TEST (test_configured_pin_is_wrong),
    TEST (test_configured_pin_is_right_after_all),
    TEST (test_configured_pin_meets_busy_card),
    TEST (test_configured_pin_last_attempt),
    TEST (test_configured_pin_without_attempts),
  };

  mu_log_init (MU_LOG_ERROR, FALSE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
