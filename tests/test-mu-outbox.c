/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sending: what is refused, what goes out, what an error means, and that nothing goes out twice. */
#include "message-bed.h"
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "tpdu-text.h"
#include "tpdu-time.h"

#include <string.h>

static SessionBed *bed;

static int
set_up (void **state)
{
  (void)state;
  bed = message_bed_new ();
  return 0;
}

static int
tear_down (void **state)
{
  (void)state;
  message_bed_free (bed);
  return 0;
}

static gboolean
error_begins_with (const char *word)
{
  return g_str_has_prefix (message_bed_list (bed, "", "Error"), word);
}

/* ---- refused ---- */

static void
test_bad_arguments (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *args, *error;
  } rows[] = {
    { "('', 'x', @a{sv} {})", "InvalidArgument" },
    { "('+', 'x', @a{sv} {})", "InvalidArgument" },
    { "('Anna', 'x', @a{sv} {})", "InvalidCharacters" },
    { "('12\\u001a3', 'x', @a{sv} {})", "InvalidCharacters" },
    { "('1;2', 'x', @a{sv} {})", "InvalidCharacters" },
    { "('123456789012345678901', 'x', @a{sv} {})", "TooLong" },
    { "('1', 'x', {'class': <uint32 4>})", "InvalidArgument" },
    { "('1', 'x', {'class': <'0'>})", "InvalidArgument" },
    { "('1', 'x', {'validity': <uint32 0>})", "InvalidArgument" },
    { "('1', 'x', {'validity': <uint32 38102401>})", "InvalidArgument" },
    { "('1', 'x', {'validity': <60>})", "InvalidArgument" },
    { "('1', 'x', {'encoding': <'utf8'>})", "InvalidArgument" },
    { "('1', 'x', {'encoding': <uint32 1>})", "InvalidArgument" },
    { "('1', 'x', {'report': <'yes'>})", "InvalidArgument" },
    { "('1', 'x', {'flash': <true>})", "InvalidArgument" },
    { "('1', 'x', {'report': <true>, 'report': <true>})", "InvalidArgument" },
    { "('1', 'кто', {'encoding': <'gsm7'>})", "InvalidCharacters" },
  };
  g_autofree char *huge = g_strnfill (153 * 255 + 1, 'x');
  g_autofree char *args = g_strdup_printf ("('1', '%s', @a{sv} {})", huge);

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_call (bed, "Messaging1", "Send", rows[i].args);
      assert_done (rows[i].error);
    }
  session_bed_call (bed, "Messaging1", "Send", args);
  assert_done ("TooLong");
  g_free (huge);
  huge = g_strnfill (255 * 140, 'x');
  g_free (args);
  args = g_strdup_printf ("('1', b'%s', uint16 1, @a{sv} {})", huge);
  session_bed_call (bed, "Messaging1", "SendData", args);
  assert_done ("TooLong");
  at_peer_expect_nothing (bed->peer);
  assert_states ("");
}

static void
test_no_network (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CREG: 2|+CGREG: 2");
  message_bed_send (bed, "hello", "");
  assert_done ("NoNetwork");
  at_peer_expect_nothing (bed->peer);
  assert_states ("");
}

/* ---- what goes out ---- */

static void
test_one (void **state G_GNUC_UNUSED)
{
  Tpdu             tpdu;
  const Tpdu      *part = &tpdu;
  g_autofree char *text = NULL;

  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "hello", "");
  assert_told ("1 sending 0|");
  tpdu = message_bed_take (bed, "+CMGS: 7|OK");
  assert_done (MESSAGE_BED_PATH (1));
  assert_told ("1 sent 1|");
  assert_int_equal (tpdu.type, TPDU_SUBMIT);
  assert_string_equal (tpdu.number.text, "+4917112345");
  assert_string_equal (tpdu.service_centre.text, "");
  assert_int_equal (tpdu.flags & (TPDU_REPORT | TPDU_HEADER), 0);
  assert_int_equal (tpdu.validity_format, TPDU_VALIDITY_NONE);
  text = tpdu_join_text (&part, 1);
  assert_string_equal (text, "hello");
  at_peer_expect_nothing (bed->peer);
}

static void
test_options (void **state G_GNUC_UNUSED)
{
  Tpdu tpdu;

  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "hello",
                    "'report': <true>, 'class': <uint32 0>, 'validity': <uint32 301>,"
                    " 'encoding': <'ucs2'>");
  tpdu = message_bed_take (bed, "+CMGS: 7|OK");
  assert_int_equal (tpdu.flags & TPDU_REPORT, TPDU_REPORT);
  assert_int_equal (tpdu_dcs_class (tpdu.dcs), TPDU_CLASS_0);
  assert_int_equal (tpdu_dcs_alphabet (tpdu.dcs), TPDU_UCS2);
  assert_int_equal (tpdu_validity_get (&tpdu), 600);
  assert_string_equal (message_bed_list (bed, "", "Class"), "flash|");
  assert_string_equal (message_bed_list (bed, "", "Encoding"), "ucs2|");
  g_key_file_set_boolean (bed->settings.config, "messaging", "reports", TRUE);
  message_bed_send (bed, "a", "");
  assert_int_equal (message_bed_take (bed, "+CMGS: 8|OK").flags & TPDU_REPORT, TPDU_REPORT);
  message_bed_send (bed, "b", "'report': <false>");
  assert_int_equal (message_bed_take (bed, "+CMGS: 9|OK").flags & TPDU_REPORT, 0);
}

static void
test_data (void **state G_GNUC_UNUSED)
{
  Tpdu tpdu;

  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Messaging1", "SendData",
                    "('123', b'\\001\\002', uint16 5000, @a{sv} {})");
  tpdu = message_bed_take (bed, "+CMGS: 7|OK");
  assert_int_equal (tpdu_dcs_alphabet (tpdu.dcs), TPDU_8BIT);
  assert_int_equal (tpdu.flags & TPDU_HEADER, TPDU_HEADER);
  assert_done (MESSAGE_BED_PATH (1));
  assert_string_equal (message_bed_list (bed, "", "Encoding"), "8bit|");
  assert_string_equal (message_bed_list (bed, "", "Data"), "b'\\001\\002'|");
}

/* Three parts with one reference, the next message with another. */
static void
test_parts (void **state G_GNUC_UNUSED)
{
  Tpdu             tpdus[3];
  const Tpdu      *parts[] = { &tpdus[0], &tpdus[1], &tpdus[2] };
  g_autofree char *text = NULL;
  guint8           reference;

  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  for (int i = 0; i < 3; i++)
    {
      assert_done ("");
      tpdus[i] = message_bed_take (bed, "+CMGS: 7|OK");
      assert_int_equal (tpdus[i].header[4], i + 1);
    }
  assert_done (MESSAGE_BED_PATH (1));
  assert_told ("1 sending 0|1 sending 1|1 sending 2|1 sent 3|");
  text = tpdu_join_text (parts, 3);
  assert_string_equal (text, message_bed_long_text ());
  reference = tpdus[0].header[2];
  assert_int_equal (tpdus[2].header[2], reference);
  message_bed_send (bed, message_bed_long_text (), "");
  tpdus[0] = message_bed_take (bed, "+CMS ERROR: 500");
  assert_int_not_equal (tpdus[0].header[2], reference);
}

/* Others are told that something is being sent, not of each part. */
static void
test_fact (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  for (int i = 0; i < 3; i++)
    {
      assert_true (mu_session_holds (bed->session, MU_FACT_SENDING));
      (void)message_bed_take (bed, "+CMGS: 7|OK");
    }
  assert_false (mu_session_holds (bed->session, MU_FACT_SENDING));
  message_bed_send (bed, "hello", "");
  (void)message_bed_take (bed, "+CMS ERROR: 500");
  assert_false (mu_session_holds (bed->session, MU_FACT_SENDING));
}

static void
test_order (void **state G_GNUC_UNUSED)
{
  Tpdu first;

  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  message_bed_send (bed, "second", "");
  first = message_bed_take (bed, "+CMGS: 1|OK");
  assert_int_equal (first.flags & TPDU_HEADER, TPDU_HEADER);
  assert_int_equal (message_bed_take (bed, "+CMGS: 2|OK").header[4], 2);
  assert_int_equal (message_bed_take (bed, "+CMGS: 3|OK").header[4], 3);
  assert_done ("");
  assert_int_equal (message_bed_take (bed, "+CMGS: 4|OK").flags & TPDU_HEADER, 0);
  assert_done (MESSAGE_BED_PATH (2));
  assert_states ("sent|sent|");
}

/* ---- errors ---- */

static void
test_permanent (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *line, *word;
  } rows[] = {
    { "+CMS ERROR: 1", "NetworkRejected" },
    { "+CMS ERROR: 21", "NetworkRejected" },
    { "+CMS ERROR: call barred", "NetworkRejected" },
    { "+CMS ERROR: 50", "NotSubscribed" },
    { "+CMS ERROR: 96", "NetworkRejected" },
    { "+CMS ERROR: 302", "NotAllowed" },
    { "+CMS ERROR: 304", "InvalidArgument" },
    { "+CMS ERROR: 330", "NotAllowed" },
    { "+CMS ERROR: 500", "Modem" },
    { "ERROR", "Failed" },
  };

  g_key_file_set_integer (bed->settings.config, "messaging", "retries", 3);
  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      message_bed_send (bed, message_bed_long_text (), "");
      message_bed_take (bed, rows[i].line);
      assert_done (rows[i].word);
      assert_true (error_begins_with (rows[i].word));
      mu_timer_advance (3600 * 1000);
      at_peer_expect_nothing (bed->peer); /* nor its other parts */
    }
  assert_states ("failed|failed|failed|failed|failed|failed|failed|failed|failed|failed|");
}

/* Instead of the prompt. */
static void
test_no_prompt (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "hello", "");
  assert_string_equal (message_bed_answer (bed, "AT+CMGS=17", "+CMS ERROR: 302"), "CMGS=17|");
  assert_done ("NotAllowed");
  assert_states ("failed|");
}

static void
test_retries (void **state G_GNUC_UNUSED)
{
  static const char *const errors[]
      = { "+CMS ERROR: 38", "+CMS ERROR: congestion", "+CMS ERROR: no network service" };

  g_key_file_set_integer (bed->settings.config, "messaging", "retries", 3);
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "hello", "");
  message_bed_send (bed, "behind it", "");
  for (guint i = 0; i < 3; i++)
    {
      message_bed_take (bed, errors[i]);
      at_peer_expect_nothing (bed->peer); /* the second one does not overtake it */
      mu_timer_advance ((5000u << i) - 100);
      at_peer_expect_nothing (bed->peer);
      mu_timer_advance (150);
      at_peer_settle ();
    }
  message_bed_take (bed, "+CMS ERROR: 41"); /* the fourth time is one too many */
  assert_done ("");                         /* of the second one */
  message_bed_take (bed, "+CMGS: 1|OK");
  assert_done (MESSAGE_BED_PATH (2));
  assert_true (g_str_has_prefix (
      message_bed_list (bed, "'limit': <uint32 1>, 'offset': <uint32 1>", "Error"),
      "NetworkRejected"));
  message_bed_send (bed, "again", "");
  message_bed_take (bed, "+CMS ERROR: 331");
  mu_timer_advance (5050);
  at_peer_settle ();
  message_bed_take (bed, "+CMGS: 2|OK");
  assert_done (MESSAGE_BED_PATH (3));
}

static void
test_no_retries (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "hello", "");
  message_bed_take (bed, "+CMS ERROR: 331");
  assert_done ("NoNetwork");
  mu_timer_advance (3600 * 1000);
  at_peer_expect_nothing (bed->peer);
}

static void
test_second_part (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  message_bed_take (bed, "+CMGS: 1|OK");
  message_bed_take (bed, "+CMS ERROR: 21");
  assert_done ("NetworkRejected");
  at_peer_expect_nothing (bed->peer);
  assert_string_equal (message_bed_list (bed, "", "PartsPresent"), "1|");
  assert_told ("1 sending 0|1 sending 1|1 failed 1|");
}

/* ---- nobody knows ---- */

static void
test_timeout (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  message_bed_take (bed, NULL);
  mu_timer_advance (60050);
  at_peer_settle ();
  assert_done ("Timeout");
  assert_true (error_begins_with ("Unknown"));
  session_bed_say (bed, "+CMGS: 1|OK"); /* late */
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *command = at_peer_hear (bed->peer);

      assert_false (command != NULL && g_str_has_prefix (command, "AT+CMGS"));
      if (command != NULL)
        at_peer_play_one (bed->peer, command, session_bed_usual, session_bed_n_usual);
      else
        mu_timer_advance (3000);
    }
  assert_states ("failed|");
}

static void
test_network_timeout (void **state G_GNUC_UNUSED)
{
  g_key_file_set_integer (bed->settings.config, "messaging", "retries", 3);
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "hello", "");
  message_bed_take (bed, "+CMS ERROR: network timeout");
  assert_done ("Timeout");
  assert_true (error_begins_with ("Unknown"));
  mu_timer_advance (3600 * 1000);
  at_peer_expect_nothing (bed->peer);
}

static void
test_gone (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "hello", "");
  message_bed_send (bed, "waits", "");
  message_bed_take (bed, NULL);
  at_peer_hang_up (bed->peer);
  at_peer_settle ();
  assert_done ("Gone");
  assert_told ("1 sending 0|1 failed 0|");
}

/* ^SYSSTART: what was on its way is unknown, what waits is sent afterwards. */
static void
test_restart (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  message_bed_send (bed, "waits", "");
  message_bed_take (bed, "+CMGS: 1|OK");
  message_bed_take (bed, NULL);
  session_bed_say (bed, "^SYSSTART");
  assert_done ("Aborted");
  at_peer_sync (bed->peer);
  for (;;)
    {
      g_autofree char *command = at_peer_hear (bed->peer);

      assert_non_null (command);
      if (g_str_has_prefix (command, "AT+CMGS="))
        {
          assert_string_equal (command, "AT+CMGS=17"); /* the second one */
          break;
        }
      at_peer_play_one (bed->peer, command, session_bed_usual, session_bed_n_usual);
    }
  assert_states ("sending|failed|");
  session_bed_say (bed, "+CMS ERROR: 500");
  session_bed_play (bed, NULL, 0);
}

/* What the module cannot have sent goes out after its restart: it waited behind a search, or for
 * the prompt. */
static void
restart_before_body (const char *method)
{
  session_bed_start (bed, NULL, 0);
  if (method != NULL)
    session_bed_call (bed, "Network1", method, "()");
  message_bed_send (bed, "hello", "");
  at_peer_expect (bed->peer, method != NULL ? "AT+COPS=?" : "AT+CMGS=17");
  session_bed_say (bed, "^SYSSTART");
  g_free (at_peer_hear (bed->peer)); /* what ran is left */
  at_peer_sync (bed->peer);
  for (;;)
    {
      g_autofree char *command = at_peer_hear (bed->peer);

      assert_non_null (command);
      if (g_str_equal (command, "AT+CMGS=17"))
        break;
      at_peer_play_one (bed->peer, command, session_bed_usual, session_bed_n_usual);
    }
  at_peer_say (bed->peer, "\r\n> ");
  g_free (at_peer_hear (bed->peer));
  session_bed_say (bed, "+CMGS: 1|OK");
  session_bed_play (bed, NULL, 0);
  assert_states ("sent|");
}

static void
test_restart_in_queue (void **state G_GNUC_UNUSED)
{
  restart_before_body ("Scan");
}

static void
test_restart_before_prompt (void **state G_GNUC_UNUSED)
{
  restart_before_body (NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_bad_arguments),
    TEST (test_no_network),
    TEST (test_one),
    TEST (test_options),
    TEST (test_data),
    TEST (test_parts),
    TEST (test_fact),
    TEST (test_order),
    TEST (test_permanent),
    TEST (test_no_prompt),
    TEST (test_retries),
    TEST (test_no_retries),
    TEST (test_second_part),
    TEST (test_timeout),
    TEST (test_network_timeout),
    TEST (test_gone),
    TEST (test_restart),
    TEST (test_restart_in_queue),
    TEST (test_restart_before_prompt),
  };

  mu_log_init (g_getenv ("DBG") ? MU_LOG_DEBUG : MU_LOG_ERROR, FALSE); /* warnings are meant */
  return cmocka_run_group_tests (tests, NULL, NULL);
}
