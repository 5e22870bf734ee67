/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receiving: what the module tells, lists, pushes; and what it should not. */
#include "message-bed.h"
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <glib/gstdio.h>

#include <string.h>

#define ANNA "+491711111111"

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

#define answer(command, lines)    message_bed_answer (bed, command, lines)
#define MESSAGING(property, text) assert_property (bed, "Messaging1", property, text)
#define keep_on_sim()                                                                              \
  g_key_file_set_boolean (bed->settings.config, "messaging", "keep-on-sim", TRUE)

static const char *
one (const char *text)
{
  return message_bed_deliver (ANNA, text, 1, 1);
}

/* A list of one, whole. */
static const char *
listed (guint index, const char *pdu)
{
  static char text[512];

  g_snprintf (text, sizeof text, "%sOK", message_bed_listed (index, 0, pdu));
  return text;
}

static void
test_at_start (void **state G_GNUC_UNUSED)
{
  g_autofree char *list = g_strconcat (message_bed_listed (0, 0, one ("one")),
                                       message_bed_listed (7, 1, one ("two")), "OK", NULL);
  AtPeerRow        rows[] = { { "AT+CMGL=4", list }, { "AT+CMGD=0", "OK" }, { "AT+CMGD=7", "OK" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  assert_told ("Received 1|Received 2|");
  assert_texts ("two|one|");
  MESSAGING ("Used", "0");
  MESSAGING ("Capacity", "40");
  MESSAGING ("Unread", "2");
  MESSAGING ("Total", "2");
  at_peer_expect_nothing (bed->peer);
}

static void
test_one (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",3");
  MESSAGING ("Used", "1");
  assert_string_equal (answer ("AT+CMGR=3", message_bed_read (0, one ("hello"))), "CMGR=3|CMGD=3|");
  assert_told ("Received 1|");
  assert_texts ("hello|");
  MESSAGING ("Used", "0");
}

/* Nothing is freed before it is in the database, and a second of the same is no second message. */
static void
test_twice (void **state G_GNUC_UNUSED)
{
  const char *lines = message_bed_read (0, one ("hello"));

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",3|+CMTI: \"SM\",3");
  assert_string_equal (answer ("AT+CMGR=3", lines), "CMGR=3|CMGD=3|CMGR=3|CMGD=3|");
  assert_told ("Received 1|");
  assert_texts ("hello|");
}

/* From the sixth on the list is shorter. */
static void
test_burst (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) list = g_string_new (NULL);
  AtPeerRow rows[] = { { "AT+CMGR=0", message_bed_read (0, one ("0")) }, { "AT+CMGL=4" } };

  for (guint i = 1; i < 6; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_string_append (list, message_bed_listed (i, 0, one (text)));
    }
  rows[1].lines = g_string_append (list, "OK")->str;
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",0|+CMTI: \"SM\",1|+CMTI: \"SM\",2|+CMTI: \"SM\",3|"
                        "+CMTI: \"SM\",4|+CMTI: \"SM\",5");
  assert_string_equal (message_bed_play (bed, rows, G_N_ELEMENTS (rows)),
                       "CMGR=0|CMGD=0|CMGL=4|CMGD=1|CMGD=2|CMGD=3|CMGD=4|CMGD=5|");
  assert_texts ("5|4|3|2|1|0|");
  MESSAGING ("Used", "0");
}

/* "SM",-1; an empty slot, with and without an error; +CDSI; nonsense. */
static void
test_told_forms (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",-1");
  assert_string_equal (answer ("AT+CMGL=4", "OK"), "CMGL=4|");
  session_bed_say (bed, "+CMTI: \"SM\",5");
  assert_string_equal (answer ("AT+CMGR=5", "OK"), "CMGR=5|");
  session_bed_say (bed, "+CMTI: \"SM\",99999");
  assert_string_equal (answer ("AT+CMGL=4", "OK"), "CMGR=99999|"); /* and ERROR: later */
  mu_timer_advance (2010);
  assert_string_equal (answer ("AT+CMGL=4", "OK"), "CMGL=4|");
  session_bed_say (bed, "+CMTI: \"SM\",6");
  assert_string_equal (answer ("AT+CMGR=6", "+CMS ERROR: invalid memory index"), "CMGR=6|CMGL=4|");
  mu_timer_advance (4010);
  assert_string_equal (answer ("AT+CMGL=4", "OK"), "CMGL=4|"); /* the usual ERROR came first */
  session_bed_say (bed, "+CDSI:\"SM\",1");
  assert_string_equal (answer ("AT+CMGR=1", "OK"), "CMGR=1|");
  session_bed_say (bed, "+CMTI: |+CMTI: \"SM\"|+CMTI: SM,x|+CMTI: \"SM\",99999999999999999999");
  at_peer_expect_nothing (bed->peer);
  assert_told ("");
}

/* The storage that is named is selected, emptied, and left again. */
static void
test_elsewhere (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"ME\",2");
  at_peer_answer (bed->peer, "AT+CPMS=\"ME\",\"ME\",\"ME\"", "+CPMS: 1,20,1,20,1,20|OK");
  session_bed_say (bed, "+CMTI: \"SM\",4"); /* the card has to wait */
  at_peer_answer (bed->peer, "AT+CMGL=4", listed (2, one ("hello")));
  at_peer_answer (bed->peer, "AT+CMGD=2", "OK");
  at_peer_settle ();
  assert_told ("Received 1|");
  at_peer_answer (bed->peer, "AT+CPMS=\"SM\",\"SM\",\"SM\"", "+CPMS: 1,40,1,40,1,40|OK");
  at_peer_answer (bed->peer, "AT+CMGL=4", listed (4, one ("card")));
  at_peer_answer (bed->peer, "AT+CMGD=4", "OK");
  at_peer_settle ();
  assert_texts ("card|hello|");
  at_peer_expect_nothing (bed->peer);
  session_bed_say (bed, "+CMTI: \"XX\",2");
  at_peer_answer (bed->peer, "AT+CPMS=\"XX\",\"XX\",\"XX\"", "+CMS ERROR: 302");
  mu_timer_advance (5010);
  at_peer_answer (bed->peer, "AT+CMGL=4", "OK");
  at_peer_expect_nothing (bed->peer);
}

/* What others have stored for sending is theirs. */
static void
test_outgoing (void **state G_GNUC_UNUSED)
{
  g_autofree char *list = g_strconcat (message_bed_listed (1, 2, one ("unsent")),
                                       message_bed_listed (2, 3, one ("sent")),
                                       message_bed_listed (3, 0, one ("in")), "OK", NULL);
  AtPeerRow        rows[] = { { "AT+CMGL=4", list }, { "AT+CMGD=3", "OK" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  assert_texts ("in|");
  MESSAGING ("Used", "2");
}

/* A list with damage: what is whole is taken, what is not is read again; what is said twice is
 * taken as it is. */
static void
test_damaged (void **state G_GNUC_UNUSED)
{
  const char      *pdu = one ("whole");
  g_autofree char *half = g_strndup (one ("a longer one"), 30);
  g_autofree char *list
      = g_strconcat ("+CMGL: x,0,,24|", one ("no place"), "|+CMGL: 1|+CMGL: 2,0,,31|", half,
                     "|+CMGL: 3,0,,31|ABC|+CMGL: 4,0,,31|+CMGL: 5,0,,31||",
                     message_bed_listed (6, 0, pdu), "OK", NULL);

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",-1");
  assert_string_equal (answer ("AT+CMGL=4", list), "CMGL=4|CMGD=6|");
  assert_texts ("whole|");
  mu_timer_advance (1950);
  at_peer_expect_nothing (bed->peer);
  mu_timer_advance (60);
  assert_string_equal (answer ("AT+CMGL=4", message_bed_listed (2, 0, one ("a longer one"))),
                       "CMGL=4|"); /* no result: it times out */
  session_bed_say (bed, "OK");
  assert_string_equal (answer ("", ""), "CMGD=2|");
  assert_texts ("a longer one|whole|");
}

static void
test_damaged_on_card (void **state G_GNUC_UNUSED)
{
  static const char list[] = "+CMGL: 2,0,,31|07911326040000F0040B91|+CMGL: 3,0,,9|ABC|OK";

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",-1");
  assert_string_equal (answer ("AT+CMGL=4", list), "CMGL=4|");
  assert_told ("");
  mu_timer_advance (2010);
  assert_string_equal (answer ("AT+CMGL=4", list), "CMGL=4|CMGD=2|");
  assert_told ("Received 1|");
  assert_string_equal (message_bed_list (bed, "", "Encoding"), "raw|");
  at_peer_expect_nothing (bed->peer);
}

/* A slot that says something else each time is never freed, and not asked for all the time. */
static void
test_noise (void **state G_GNUC_UNUSED)
{
  guint lists = 0;

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",-1");
  for (guint s = 0; s < 3600; s++)
    {
      g_autofree char *lines = g_strdup_printf ("+CMGL: 2,0,,31|0791%04X|OK", s);

      lists += strcmp (answer ("AT+CMGL=4", lines), "CMGL=4|") == 0;
      mu_timer_advance (1000);
    }
  assert_in_range (lists, 40, 70);
  assert_texts ("");
}

static void
test_full (void **state G_GNUC_UNUSED)
{
  const char *a = message_bed_listed (3, 0, one ("a"));

  keep_on_sim ();
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "^SMMEMFULL: \"SM\"");
  assert_told ("StorageFull SM|");
  /* a list that has failed has freed nothing: the next one does */
  assert_string_equal (answer ("AT+CMGL=4", "+CMS ERROR: (U)SIM busy"), "CMGL=4|");
  mu_timer_advance (2010);
  {
    g_autofree char *lines = g_strconcat (a, "OK", NULL);

    assert_string_equal (answer ("AT+CMGL=4", lines), "CMGL=4|CMGD=3|");
  }
  assert_texts ("a|");
  assert_told ("Received 1|");
}

static void
test_kept (void **state G_GNUC_UNUSED)
{
  g_autofree char *pdu = g_strdup (one ("kept"));
  g_autofree char *list = g_strconcat (message_bed_listed (3, 1, pdu), "OK", NULL);

  keep_on_sim ();
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",3");
  assert_string_equal (answer ("AT+CMGR=3", message_bed_read (0, pdu)), "CMGR=3|");
  session_bed_say (bed, "+CMTI: \"SM\",-1");
  assert_string_equal (answer ("AT+CMGL=4", list), "CMGL=4|");
  assert_told ("Received 1|");
  session_bed_call_object (bed, "Messaging1", 1, "Delete", "()");
  assert_string_equal (bed->done->str, "()");
  assert_string_equal (answer ("AT+CMGL=4", list), "CMGL=4|CMGD=3|"); /* from the card, too */
  assert_texts ("");
  assert_told ("");
}

/* The name that the card's phonebook has for a sender may be of any length. */
static void
test_named_sender (void **state G_GNUC_UNUSED)
{
  g_autofree char *name = g_strnfill (120, '0'); /* 30 characters in UCS2, as +CSCS may want them */
  g_autofree char *read = g_strdup (message_bed_read (0, one ("hello")));
  g_autofree char *rest = g_strconcat ("+CMGR: 0,\"", name, "\"", strstr (read, ",,") + 1, NULL);

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",3");
  assert_string_equal (answer ("AT+CMGR=3", rest), "CMGR=3|CMGD=3|");
  assert_texts ("hello|");
}

/* What is on the card for longer than PDUs are remembered is known all the same. */
static void
test_kept_for_long (void **state G_GNUC_UNUSED)
{
  g_autofree char *pdu = g_strdup (one ("kept"));
  AtPeerRow        rows[] = { { "AT+CMGL=4", listed (3, pdu) } };

  keep_on_sim ();
  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  assert_told ("Received 1|");
  for (guint day = 0; day < 100; day++)
    mu_timer_advance (24 * 3600 * 1000);
  session_bed_say (bed, "^SYSSTART");
  session_bed_play (bed, rows, G_N_ELEMENTS (rows));
  assert_told ("");
  assert_texts ("kept|");
}

/* Without a database on disk the card is where messages are. */
static void
test_not_durable (void **state G_GNUC_UNUSED)
{
  g_autofree char *directory = g_steal_pointer (&bed->settings.state_directory);

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",3");
  assert_string_equal (answer ("AT+CMGR=3", message_bed_read (0, one ("in memory"))), "CMGR=3|");
  assert_texts ("in memory|");
  g_rmdir (directory);
}

/* A database that cannot be: messages stay on the card. */
static void
test_no_database (void **state G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (bed->settings.state_directory, "messages.db", NULL);

  assert_int_equal (g_mkdir (path, 0700), 0);
  session_bed_start (bed, NULL, 0);
  message_bed_told ();
  session_bed_say (bed, "+CMTI: \"SM\",3");
  assert_string_equal (answer ("AT+CMGR=3", message_bed_read (0, one ("waits"))), "CMGR=3|");
  session_bed_call (bed, "Messaging1", "List", "(@a{sv} {},)");
  assert_string_equal (bed->done->str, "Failed");
  session_bed_call (bed, "Messaging1", "Send", "('123', 'text', @a{sv} {})");
  assert_string_equal (bed->done->str, "Failed");
  g_rmdir (path);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *list = g_strconcat (message_bed_listed (3, 0, one ("waits")), "OK", NULL);

      mu_timer_advance (64000);
      answer ("AT+CMGL=4", list);
    }
  assert_int_equal (strncmp (message_bed_list (bed, "", "Text"), "waits|", 6), 0);
}

/* Every kind of refusal, at every command: it is asked again, and the message comes. */
static void
test_errors (void **state G_GNUC_UNUSED)
{
  static const char *const errors[] = {
    "ERROR",
    "+CMS ERROR: 300",
    "+CMS ERROR: operation not allowed",
    "+CMS ERROR: 303",
    "+CMS ERROR: 310",
    "+CMS ERROR: (U)SIM PIN required",
    "+CMS ERROR: 313",
    "+CMS ERROR: (U)SIM busy",
    "+CMS ERROR: 315",
    "+CMS ERROR: memory failure",
    "+CMS ERROR: 321",
    "+CMS ERROR: 322",
    "+CMS ERROR: 500",
    "+CMS ERROR: 4711",
    "+CMS ERROR: no such error",
    "+CME ERROR: SIM busy",
    "COMMAND NOT SUPPORT",
  };

  session_bed_start (bed, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);
      g_autofree char *list = g_strconcat (message_bed_listed (3, 0, one (text)), "OK", NULL);
      g_autofree char *told = g_strdup_printf ("Received %u|", i + 1);
      AtPeerRow        bad[] = { { "AT+CMGR=3", errors[i] }, { "AT+CMGL=4", errors[i] } };

      session_bed_say (bed, "+CMTI: \"SM\",3");
      message_bed_play (bed, bad, G_N_ELEMENTS (bad));
      mu_timer_advance (2010);
      message_bed_play (bed, bad, G_N_ELEMENTS (bad));
      assert_told ("");
      mu_timer_advance (60000);
      assert_string_equal (answer ("AT+CMGL=4", list), "CMGL=4|CMGD=3|");
      assert_told (told);
      at_peer_expect_nothing (bed->peer);
    }
}

/* A slot that is not freed: the message is not shown again, and the slot is freed later. */
static void
test_not_freed (void **state G_GNUC_UNUSED)
{
  const char      *pdu = one ("stays");
  g_autofree char *list = g_strconcat (message_bed_listed (3, 1, pdu), "OK", NULL);
  guint            lists = 0;

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",3");
  at_peer_answer (bed->peer, "AT+CMGR=3", message_bed_read (0, pdu));
  at_peer_answer (bed->peer, "AT+CMGD=3", "+CMS ERROR: 500");
  at_peer_expect_nothing (bed->peer);
  mu_timer_advance (2010);
  assert_string_equal (answer ("AT+CMGL=4", list), "CMGL=4|CMGD=3|");
  assert_told ("Received 1|");
  session_bed_say (bed, "+CMTI: \"SM\",-1");
  for (guint s = 0; s < 3600; s++) /* never: not tried for ever */
    {
      AtPeerRow        rows[] = { { "AT+CMGL=4", list }, { "AT+CMGD=3", "+CMS ERROR: 500" } };
      g_autofree char *command = at_peer_hear (bed->peer);

      lists += g_strcmp0 (command, "AT+CMGL=4") == 0;
      if (command != NULL)
        at_peer_play_one (bed->peer, command, rows, G_N_ELEMENTS (rows));
      mu_timer_advance (command == NULL ? 1000 : 0);
    }
  assert_in_range (lists, 8, 16);
  assert_told ("");
}

static void
test_tell_modes (void **state G_GNUC_UNUSED)
{
  g_autofree char *list = g_strconcat (message_bed_listed (3, 0, one ("hello")), "OK", NULL);
  AtPeerRow        rows[] = {
           { "AT+CNMI=2,1,0,1,0", "+CMS ERROR: 303" },
           { "AT+CNMI=1,1,0,1,0", "+CMS ERROR: 303" },
           { "AT+CMGL=4", list },
           { "AT+CMGD=3", "OK" },
  };

  session_bed_start (bed, rows,
                     G_N_ELEMENTS (rows)); /* it refuses both, and is read all the same */
  assert_texts ("hello|");
  mu_timer_advance (2010);
  assert_string_equal (message_bed_play (bed, rows, G_N_ELEMENTS (rows)),
                       "CNMI=2,1,0,1,0|CNMI=1,1,0,1,0|CMGL=4|CMGD=3|");
  for (int i = 0; i < 20; i++)
    {
      mu_timer_advance (64010);
      message_bed_play (bed, rows, G_N_ELEMENTS (rows));
    }
  mu_timer_advance (3600 * 1000); /* it will not: not asked for ever */
  at_peer_expect_nothing (bed->peer);
}

static void
test_older_firmware (void **state G_GNUC_UNUSED)
{
  AtPeerRow rows[] = { { "AT+CNMI=2,1,0,1,0", "+CMS ERROR: 303" }, { "AT+CNMI=1,1,0,1,0", "OK" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  mu_timer_advance (3600 * 1000);
  at_peer_expect_nothing (bed->peer);
}

static void
test_busy_at_start (void **state G_GNUC_UNUSED)
{
  AtPeerRow busy[] = { { "AT+CNMI=2,1,0,1,0", "+CMS ERROR: 314" } };
  AtPeerRow both[]
      = { { "AT+CNMI=2,1,0,1,0", "+CMS ERROR: (U)SIM busy" }, { "AT+CMGL=4", "+CMS ERROR: 500" } };
  AtPeerRow well[] = { { "AT+CNMI=2,1,0,1,0", "OK" }, { "AT+CMGL=4", "OK" } };

  session_bed_start (bed, busy, G_N_ELEMENTS (busy));
  mu_timer_advance (2010);
  assert_string_equal (message_bed_play (bed, both, G_N_ELEMENTS (both)), "CNMI=2,1,0,1,0|CMGL=4|");
  mu_timer_advance (4010);
  assert_string_equal (message_bed_play (bed, well, G_N_ELEMENTS (well)), "CMGL=4|");
  mu_timer_advance (8010);
  assert_string_equal (message_bed_play (bed, well, G_N_ELEMENTS (well)), "CNMI=2,1,0,1,0|CMGL=4|");
}

/* What was to be done on a card that is gone is not done on the next one. */
static void
test_another_card (void **state G_GNUC_UNUSED)
{
  g_autofree char *list = g_strconcat (message_bed_listed (1, 0, one ("one")),
                                       message_bed_listed (2, 0, one ("two")), "OK", NULL);
  AtPeerRow        other[] = { { "AT^ICCID?", "^ICCID: 89490200001234567890|OK" } };

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, "+CMTI: \"SM\",-1");
  at_peer_answer (bed->peer, "AT+CMGL=4", list);
  at_peer_expect (bed->peer, "AT+CMGD=1");
  session_bed_say (bed, "^SIMST: 255,0|+CMS ERROR: 310");
  session_bed_play (bed, NULL, 0);
  MESSAGING ("Total", "0");
  session_bed_call (bed, "Messaging1", "List", "(@a{sv} {},)");
  assert_string_equal (bed->done->str, "SimMissing");
  session_bed_say (bed, "^SIMST: 1");
  for (;;)
    {
      g_autofree char *command = at_peer_hear (bed->peer);

      if (command == NULL)
        break;
      assert_false (g_str_has_prefix (command, "AT+CMGD"));
      if (g_str_equal (command, other[0].command))
        at_peer_play_one (bed->peer, command, other, 1);
      else
        at_peer_play_one (bed->peer, command, session_bed_usual, session_bed_n_usual);
    }
  assert_texts ("");
  MESSAGING ("Total", "0");
  session_bed_call_object (bed, "Messaging1", 1, "MarkRead", "()");
  assert_string_equal (bed->done->str, "NotFound");
  session_bed_say (bed, "^SIMST: 255|^SIMST: 1");
  session_bed_play (bed, NULL, 0);
  assert_texts ("two|one|");
}

/* The card is not asked while nobody knows which it is. */
static void
test_unknown_card (void **state G_GNUC_UNUSED)
{
  AtPeerRow rows[] = { { "AT^ICCID?", "ERROR" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  session_bed_say (bed, "+CMTI: \"SM\",3");
  mu_timer_advance (3600 * 1000);
  at_peer_expect_nothing (bed->peer);
  session_bed_call (bed, "Messaging1", "List", "(@a{sv} {},)");
  assert_string_equal (bed->done->str, "NotReady");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_at_start),      TEST (test_one),           TEST (test_twice),
    TEST (test_burst),         TEST (test_told_forms),    TEST (test_outgoing),
    TEST (test_elsewhere),     TEST (test_damaged),       TEST (test_damaged_on_card),
    TEST (test_noise),         TEST (test_full),          TEST (test_kept),
    TEST (test_not_durable),   TEST (test_no_database),   TEST (test_errors),
    TEST (test_not_freed),     TEST (test_tell_modes),    TEST (test_older_firmware),
    TEST (test_busy_at_start), TEST (test_another_card),  TEST (test_unknown_card),
    TEST (test_named_sender),  TEST (test_kept_for_long),
  };

  mu_log_init (g_getenv ("DBG") ? MU_LOG_DEBUG : MU_LOG_ERROR, FALSE); /* warnings are meant */
  return cmocka_run_group_tests (tests, NULL, NULL);
}
