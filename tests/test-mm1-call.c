/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A method call from its permission to its answer, and all that may end it before. */
#include "message-bed.h"
#include "mm1-bed.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

static void
begin_reset (void)
{
  mm1_bed_begin (MODEM, "Modem", "Reset", "()");
}

static void
test_returns (void **state G_GNUC_UNUSED)
{
  begin_reset ();
  at_peer_answer (mm1_bed->peer, "AT^RESET", "OK");
  assert_string_equal (mm1_bed_wait (), "()");
  assert_string_equal (mm1_bed_asked (), "org.mu709.modem|");
}

static void
test_fails (void **state G_GNUC_UNUSED)
{
  begin_reset ();
  at_peer_answer (mm1_bed->peer, "AT^RESET", "+CME ERROR: SIM PIN required");
  assert_string_equal (mm1_bed_wait (), "MobileEquipment.SimPin");
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  mm1_bed_policy ("no");
  begin_reset ();
  assert_string_equal (mm1_bed_wait (), "Core.Unauthorized");
  at_peer_expect_nothing (mm1_bed->peer);
}

/* Each operation asks for its own permission. */
static void
test_raw_permission (void **state G_GNUC_UNUSED)
{
  mm1_bed_begin (MODEM, "Modem", "Command", "('ATI', uint32 3)");
  at_peer_answer (mm1_bed->peer, "ATI", "one|two|OK");
  assert_string_equal (mm1_bed_wait (), "('one\\ntwo',)");
  assert_string_equal (mm1_bed_asked (), "org.mu709.raw|");
}

static void
test_wrong_command (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem", "Command", "('AT+CMEE=0', uint32 3)", "Core.WrongState");
  assert_mm1_call (MODEM, "Modem", "Command", "('no', uint32 4294967295)", "Core.InvalidArgs");
  at_peer_expect_nothing (mm1_bed->peer);
}

static void
test_unsupported (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem", "FactoryReset", "('x',)", "Core.Unsupported");
  assert_mm1_call (MODEM, "Modem.Modem3gpp", "SetEpsUeModeOperation", "(uint32 1,)",
                   "Core.Unsupported");
  assert_string_equal (mm1_bed_asked (), "");
}

/* The policy's answer comes to nobody. */
static void
test_leaves_while_asking (void **state G_GNUC_UNUSED)
{
  mm1_bed_policy ("wait");
  begin_reset ();
  assert_false (mm1_bed_is_answered ());
  mm1_bed_leave ();
  mm1_bed_policy_answer (TRUE);
  at_peer_expect_nothing (mm1_bed->peer);
}

static void
test_leaves_while_sent (void **state G_GNUC_UNUSED)
{
  begin_reset ();
  at_peer_expect (mm1_bed->peer, "AT^RESET");
  mm1_bed_leave ();
  mm1_bed_say ("OK");
  begin_reset ();
  at_peer_answer (mm1_bed->peer, "AT^RESET", "OK");
  assert_string_equal (mm1_bed_wait (), "()");
}

static void
test_object_goes_while_asking (void **state G_GNUC_UNUSED)
{
  mm1_bed_policy ("wait");
  begin_reset ();
  assert_false (mm1_bed_is_answered ());
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
  mm1_bed_policy_answer (TRUE);
  at_peer_expect_nothing (mm1_bed->peer);
}

static void
test_object_goes_while_sent (void **state G_GNUC_UNUSED)
{
  begin_reset ();
  at_peer_expect (mm1_bed->peer, "AT^RESET");
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
  mm1_bed_say ("OK");
}

static void
test_service_goes_while_asking (void **state G_GNUC_UNUSED)
{
  mm1_bed_policy ("wait");
  begin_reset ();
  assert_false (mm1_bed_is_answered ());
  mm1_object_remove_service (mm1_bed_object, session_bed_service (mm1_bed, "Modem1"));
  mm1_bed_policy_answer (TRUE);
  assert_string_equal (mm1_bed_wait (), "Core.Retry");
}

/* No client can take all. */
static void
test_too_many (void **state G_GNUC_UNUSED)
{
  mm1_bed_policy ("wait");
  for (guint i = 0; i < 65; i++)
    begin_reset ();
  assert_string_equal (mm1_bed_wait (), "Core.TooMany");
}

static void
test_gone_object (void **state G_GNUC_UNUSED)
{
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  assert_mm1_call (MODEM, "Modem", "Reset", "()", "org.freedesktop.DBus.Error.UnknownMethod");
  assert_string_equal (mm1_bed_heard (), "InterfacesRemoved|");
}

/* As one piece of what is read: the changes of both lines are told together. */
static void
say_together (const char *one, const char *other)
{
  g_autofree char *text = g_strdup_printf ("\r\n%s\r\n\r\n%s\r\n", one, other);
  g_auto (GStrv)   lines = g_strsplit (text, "|", -1);
  g_autofree char *raw = g_strjoinv ("\r\n", lines);

  at_peer_say (mm1_bed->peer, raw);
  at_peer_settle ();
}

/* A message whose text becomes another is another object: whoever asks for the first one is told
 * that it is gone, and the second one is there once. */
static void
test_object_is_replaced (void **state G_GNUC_UNUSED)
{
  char text[301];

  memset (text, 'x', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  mm1_bed_say (message_bed_pushed ("+CMT: ,", message_bed_deliver ("+491", text, 1, 2)));
  mu_timer_advance (62000);
  at_peer_settle ();
  mm1_bed_policy ("wait");
  mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  assert_false (mm1_bed_is_answered ());
  say_together (message_bed_pushed ("+CMT: ,", message_bed_deliver ("+491", "new", 1, 1)),
                message_bed_pushed ("+CMT: ,", message_bed_deliver ("+491", text, 2, 2)));
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
  mm1_bed_policy ("yes");
  mm1_bed_assert (MODEM, "Modem.Messaging", "Messages",
                  "[objectpath '" SMS (1) "', '" SMS (2) "']");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_returns),
    TEST (test_fails),
    TEST (test_refused),
    TEST (test_raw_permission),
    TEST (test_wrong_command),
    TEST (test_unsupported),
    TEST (test_leaves_while_asking),
    TEST (test_leaves_while_sent),
    TEST (test_object_goes_while_asking),
    TEST (test_object_goes_while_sent),
    TEST (test_service_goes_while_asking),
    TEST (test_too_many),
    TEST (test_gone_object),
    TEST (test_object_is_replaced),
  };

  return mm1_bed_run (tests);
}
