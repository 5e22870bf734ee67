/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections over ECM that nobody here has dialled: those that there were before the daemon. */
#include "data-bed.h"
#include "mu-test.h"

static void
test_found (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT+CGDCONT?",
      "+CGDCONT: 1,\"IP\",\"idle\",\"\",0,0|+CGDCONT: 2,\"IP\",\"busy\",\"\",0,0|OK" },
    { "AT+CGACT?", "+CGACT: 1,0|+CGACT: 2,1|OK" },
    { "AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,\"IPV4\",0,,,\"IPV6\"|OK" },
    { "AT^NDISSTATQRY=2", "^NDISSTATQRY: 1,,,\"IPV4\",0,,,\"IPV6\"|OK" },
    { "AT^DHCP?", "^DHCP: 0100000A,00FFFFFF,0,0,0,0,1,1|OK" },
  };

  data_bed_restart (rows, G_N_ELEMENTS (rows));
  data_bed_assert_seen ("+1|");
  data_bed_assert (1, "State", "'connected'");
  data_bed_assert (1, "Cid", "2");
  data_bed_assert (1, "Apn", "'busy'");
  data_bed_assert (1, "Interface", "'bed0'");
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=2,0", "OK");
  data_bed_say ("^NDISSTAT: 0,0,,IPV4");
  data_bed_assert_done ("()");
}

/* No context is known for it: each cid is asked. */
static void
test_found_by_asking (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT+CGACT?", "+CGACT: 2,0|OK" },
    { "AT+CGDCONT?", "+CGDCONT: 2,\"IP\",\"x\"|OK" },
    { "AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK" },
    { "AT^NDISSTATQRY=6", "^NDISSTATQRY: 1,,,IPV4|OK" },
    { "AT^NDISSTATQRY=1", "^NDISSTATQRY: 0,,,IPV4|OK" },
    { "AT^NDISSTATQRY=2", "^NDISSTATQRY: 0,,,IPV4|OK" },
    { "AT^NDISSTATQRY=4", "^NDISSTATQRY: 0,,,IPV4|OK" },
  };

  data_bed_restart (rows, G_N_ELEMENTS (rows));
  data_bed_assert_seen ("+1|");
  data_bed_assert (1, "Cid", "6");
  data_bed_assert (1, "Apn", "''");
}

/* None says that it is it (at-facts 15, 2). */
static void
test_found_by_guessing (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT+CGACT?", "+CGACT: 2,1|OK" },
    { "AT+CGDCONT?", "+CGDCONT: 2,\"IP\",\"x\"|OK" },
    { "AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK" },
    { "AT^NDISSTATQRY=", "^NDISSTATQRY: 0,,,IPV4|OK" },
  };
  AtPeerRow all[3 + 11] = { rows[0], rows[1], rows[2] };
  char      commands[11][24];

  for (guint i = 0; i < 11; i++)
    {
      g_snprintf (commands[i], sizeof commands[i], "AT^NDISSTATQRY=%u", i + 1);
      all[3 + i] = (AtPeerRow){ commands[i], rows[3].lines };
    }
  data_bed_restart (all, G_N_ELEMENTS (all));
  data_bed_assert_seen ("+1|");
  data_bed_assert (1, "Cid", "2");
}

/* Somebody connects while it is looked for. */
static void
test_found_too_late (void **state G_GNUC_UNUSED)
{
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK");
  at_peer_expect (data_bed->peer, "AT^NDISSTATQRY=1");
  data_bed_connect ("'cid': <uint32 2>");
  data_bed_say ("^NDISSTATQRY: 1,,,IPV4|OK");
  data_bed_assert_seen ("+1|");
  data_bed_answer ("AT^NDISDUP=2,1", "+CME ERROR: 3");
  data_bed_assert_done ("NotAllowed");
}

/* The same, and it has to attach before it can dial. */
static void
test_found_while_attaching (void **state G_GNUC_UNUSED)
{
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK");
  at_peer_expect (data_bed->peer, "AT^NDISSTATQRY=1");
  data_bed_say ("+CGREG: 0");
  data_bed_connect ("");
  data_bed_say ("^NDISSTATQRY: 1,,,IPV4|OK");
  data_bed_assert_seen ("+1|");
  data_bed_answer ("AT+CGATT=1", "OK");
  data_bed_bring_up ("AT^NDISDUP=1,1");
  data_bed_assert (1, "State", "'connected'");
}

/* One that nobody here has dialled; the module is asked whether it is so. */
static void
test_unexpected (void **state G_GNUC_UNUSED)
{
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_assert_seen ("");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,0,,IPV4|OK");
  data_bed_assert_seen ("");
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK");
  data_bed_assert_seen ("");
  data_bed_answer ("AT^NDISSTATQRY=1", "ERROR"); /* it does not know cids */
  data_bed_assert_seen ("+1|");
  data_bed_assert (1, "Cid", "1");
  data_bed_assert (1, "State", "'connected'");
}

/* However often it is said, one question is enough until it is answered: the queue is finite. */
static void
test_unexpected_often (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < 600; i++)
    data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,0,,IPV4|OK");
  data_bed_expect_nothing ();
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,0,,IPV4|OK");
}

/* With cids; those of others are not ours. */
static void
test_found_several (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT^NDISSTATQRY?", "^NDISSTATQRY: 4,1,,,\"IPV4\"|^NDISSTATQRY: 3,1,,,\"IPV4\"|"
                         "^NDISSTATQRY: 7,1,,,\"IPV4\"|^NDISSTATQRY: 8,0,,,\"IPV4\"|OK" },
  };

  data_bed_restart (rows, G_N_ELEMENTS (rows));
  data_bed_assert_seen ("+1|+2|");
  data_bed_assert (1, "Cid", "4");
  data_bed_assert (2, "Cid", "7");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, data_bed_set_up, data_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_found),
    TEST (test_found_several),
    TEST (test_unexpected_often),
    TEST (test_found_while_attaching),
    TEST (test_found_by_asking),
    TEST (test_found_by_guessing),
    TEST (test_found_too_late),
    TEST (test_unexpected),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
