/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several connections over ECM: what the module says of them has no cid. */
#include "data-bed.h"
#include "mu-test.h"
#include "mu-timer.h"

#define REASON_MS 300

static void
bring_up_two (void)
{
  data_bed_bring_up_one ();
  data_bed_connect ("'apn': <'two'>");
  data_bed_bring_up ("AT^NDISDUP=2,1,\"two\"");
  data_bed_assert (2, "State", "'connected'");
  data_bed_assert_seen ("+2|");
  data_bed_contexts ();
}

/* They are dialled one at a time, for the outcome does not say whose it is. */
static void
test_in_turn (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'apn': <'one'>");
  data_bed_connect ("'apn': <'two'>");
  data_bed_answer ("AT^NDISDUP=1,1,\"one\"", "OK");
  data_bed_expect_nothing ();
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_assert (1, "State", "'connected'");
  data_bed_assert (2, "State", "'connecting'");
  data_bed_answer ("AT^DHCP?", "OK");
  data_bed_bring_up ("AT^NDISDUP=2,1,\"two\"");
  data_bed_assert (2, "State", "'connected'");
}

/* The end of a former one, told late or twice, is no refusal. */
static void
test_in_turn_after_disconnection (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  data_bed_assert_done ("()");
  data_bed_connect ("'apn': <'two'>");
  mu_timer_advance (REASON_MS);
  data_bed_answer ("AT^NDISDUP=1,1,\"two\"", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  mu_timer_advance (REASON_MS);
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_assert (2, "State", "'connected'");
}

/* The first fails: the next is dialled when all has been said of it. */
static void
test_in_turn_after_refusal (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'apn': <'one'>");
  data_bed_connect ("'apn': <'two'>");
  data_bed_answer ("AT^NDISDUP=1,1,\"one\"", "OK");
  data_bed_say ("^NDISEND:1,33|^NDISSTAT: 0,33,,IPV4");
  data_bed_expect_nothing ();
  mu_timer_advance (REASON_MS);
  data_bed_bring_up ("AT^NDISDUP=2,1,\"two\"");
  data_bed_assert (2, "State", "'connected'");
  data_bed_assert_seen ("+1|+2|removed 1 failed 33|-1|");
}

/* One that waits for its turn is taken back without a word to the module. */
/* The guide (26.2) has one, and says so by refusing another. */
static void
test_no_room (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  data_bed_connect ("'apn': <'two'>");
  data_bed_answer ("AT^NDISDUP=2,1,\"two\"", "+CME ERROR: operation not allowed");
  data_bed_assert_failed ("Busy", "another ECM connection");
  data_bed_assert (1, "State", "'connected'");
}

static void
test_waiting_leaves (void **state G_GNUC_UNUSED)
{
  MuCall *call;

  data_bed_connect ("'apn': <'one'>");
  call = data_bed_connect ("'apn': <'two'>");
  session_bed_cancel (data_bed, call);
  data_bed_assert_seen ("+1|+2|removed 2 disconnected 0|-2|");
  data_bed_bring_up ("AT^NDISDUP=1,1,\"one\"");
  data_bed_answer ("AT^DHCP?", "OK");
  data_bed_expect_nothing ();
}

static void
test_which_fell (void **state G_GNUC_UNUSED)
{
  bring_up_two ();
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 1,,,\"IPV4\"|OK");
  data_bed_assert_seen ("");
  data_bed_answer ("AT^NDISSTATQRY=2", "^NDISSTATQRY: 2,0,38,,\"IPV4\"|OK");
  data_bed_assert_seen ("removed 2 failed 38|-2|");
  data_bed_assert (1, "State", "'connected'");
}

/* The module says it by itself, with a cid. */
static void
test_which_fell_is_told (void **state G_GNUC_UNUSED)
{
  bring_up_two ();
  data_bed_say ("^NDISEND:1,38");
  data_bed_assert_seen ("removed 1 failed 38|-1|");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4"); /* the same end, told twice */
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK");
  data_bed_assert_seen ("");
  data_bed_assert (2, "State", "'connected'");
}

static void
test_all_fell (void **state G_GNUC_UNUSED)
{
  bring_up_two ();
  data_bed_say ("^NDISSTAT: 0,38,,IPV4|^NDISSTAT: 0,38,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 0,,,\"IPV4\"|OK");
  data_bed_answer ("AT^NDISSTATQRY=2", "ERROR");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,,,\"IPV4\"|OK");
  data_bed_assert_seen ("removed 1 failed 38|-1|removed 2 failed 38|-2|");
}

/* at-facts 15, 2: "=<cid>" answers 0 although it is connected.  Neither can be trusted then. */
static void
test_which_fell_is_unknown (void **state G_GNUC_UNUSED)
{
  bring_up_two ();
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 0,,,\"IPV4\"|OK");
  data_bed_answer ("AT^NDISSTATQRY=2", "^NDISSTATQRY: 0,,,\"IPV4\"|OK");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,\"IPV4\"|OK");
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_answer ("AT^NDISDUP=2,0", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4|^NDISSTAT: 0,36,,IPV4");
  data_bed_assert_seen ("removed 1 failed 36|-1|removed 2 failed 36|-2|");
}

/* One falls while another is dialled: which? */
static void
test_fell_or_refused (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  data_bed_connect ("'apn': <'two'>");
  data_bed_answer ("AT^NDISDUP=2,1,\"two\"", "OK");
  data_bed_say ("^NDISSTAT: 0,33,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 1,,,\"IPV4\"|OK");
  data_bed_assert_done ("NotSubscribed");
  data_bed_assert (1, "State", "'connected'");
  data_bed_assert_seen ("+2|removed 2 failed 33|-2|");
}

/* One falls, and the one that is dialled comes up before the module has answered which has fallen.
 */
static void
test_fell_while_coming_up (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  data_bed_connect ("'apn': <'two'>");
  data_bed_answer ("AT^NDISDUP=2,1,\"two\"", "OK");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4|^NDISSTAT: 1,,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 1,0,38,,\"IPV4\"|OK");
  data_bed_assert (2, "State", "'connected'");
  data_bed_assert_seen ("+2|removed 1 failed 38|-1|");
  data_bed_contexts ();
  data_bed_expect_nothing ();
}

/* One falls while another is dialled, and the module tells which before it is asked. */
static void
test_fell_and_named (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  data_bed_connect ("'apn': <'two'>");
  data_bed_answer ("AT^NDISDUP=2,1,\"two\"", "OK");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4|^NDISEND:1,38");
  data_bed_assert_seen ("+2|removed 1 failed 38|-1|");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 0,38,,\"IPV4\"|OK");
  data_bed_assert_seen ("");
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_assert (2, "State", "'connected'");
}

/* One falls while another is hung up: its cause is not that of a disconnection. */
static void
test_fell_while_hanging_up (void **state G_GNUC_UNUSED)
{
  bring_up_two ();
  session_bed_call_object (data_bed, "Data1", 2, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=2,0", "OK");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_assert_done ("()");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,38,,\"IPV4\"|OK");
  data_bed_assert_seen ("removed 2 disconnected 0|-2|removed 1 failed 38|-1|");
}

/* The same, a question later: what is up as a whole is the one that has come up. */
static void
test_fell_before_coming_up (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  data_bed_connect ("'apn': <'two'>");
  data_bed_answer ("AT^NDISDUP=2,1,\"two\"", "OK");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 0,38,,\"IPV4\"|OK");
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,\"IPV4\"|OK");
  data_bed_assert (2, "State", "'connected'");
  data_bed_assert_seen ("+2|removed 1 failed 38|-1|");
}

/* Answers that are older than the fall do not tell whose it was. */
static void
test_fell_between_answers (void **state G_GNUC_UNUSED)
{
  bring_up_two ();
  data_bed_connect ("'apn': <'three'>");
  data_bed_answer ("AT^NDISDUP=4,1,\"three\"", "OK");
  data_bed_say ("^PDPSTATUS: 0");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 1,1,,,\"IPV4\"|OK");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_answer ("AT^NDISSTATQRY=2", "^NDISSTATQRY: 2,1,,,\"IPV4\"|OK");
  data_bed_assert_seen ("+3|");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 1,0,38,,\"IPV4\"|OK");
  data_bed_answer ("AT^NDISSTATQRY=2", "^NDISSTATQRY: 2,1,,,\"IPV4\"|OK");
  data_bed_assert_seen ("removed 1 failed 38|-1|");
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_assert (3, "State", "'connected'");
}

/* What was found to be another's end is not the end of the one that is dialled, however often the
 * module tells of it. */
static void
test_fell_and_told_again (void **state G_GNUC_UNUSED)
{
  bring_up_two ();
  data_bed_connect ("'apn': <'three'>");
  data_bed_answer ("AT^NDISDUP=4,1,\"three\"", "OK");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4|^PDPSTATUS: 0");
  data_bed_answer ("AT^NDISSTATQRY=1", "^NDISSTATQRY: 1,0,38,,\"IPV4\"|OK");
  data_bed_answer ("AT^NDISSTATQRY=2", "^NDISSTATQRY: 2,1,,,\"IPV4\"|OK");
  data_bed_assert_seen ("+3|removed 1 failed 38|-1|");
  data_bed_answer ("AT^NDISSTATQRY=2", "^NDISSTATQRY: 2,1,,,\"IPV4\"|OK");
  data_bed_assert_seen ("");
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_assert (3, "State", "'connected'");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, data_bed_set_up, data_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_in_turn),
    TEST (test_in_turn_after_disconnection),
    TEST (test_in_turn_after_refusal),
    TEST (test_no_room),
    TEST (test_waiting_leaves),
    TEST (test_which_fell),
    TEST (test_which_fell_is_told),
    TEST (test_all_fell),
    TEST (test_which_fell_is_unknown),
    TEST (test_fell_or_refused),
    TEST (test_fell_while_coming_up),
    TEST (test_fell_and_named),
    TEST (test_fell_while_hanging_up),
    TEST (test_fell_before_coming_up),
    TEST (test_fell_between_answers),
    TEST (test_fell_and_told_again),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
