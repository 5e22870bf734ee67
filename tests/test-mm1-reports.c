/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade's delivery reports: messages of their own, for clients that have deleted what they
 * sent. */
#include "message-bed.h"
#include "mm1-bed.h"
#include "mm1-messaging.h"
#include "mu-log.h"
#include "mu-test.h"

#include <string.h>

#define ANNA "+4917112345"

static void
report (guint reference, guint status)
{
  mm1_bed_say (message_bed_pushed ("+CDS: ", message_bed_report (ANNA, reference, status)));
}

static void
create (const char *expected)
{
  assert_mm1_call (MODEM, "Modem.Messaging", "Create",
                   "({'number': <'" ANNA "'>, 'text': <'Hello'>},)", expected);
}

/* A draft is with the network, which does not say so yet ... */
static void
begin_send (void)
{
  create ("('" SMS (0) "',)");
  mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  mm1_bed_settle ();
  (void)message_bed_take (mm1_bed, NULL);
}

/* ... and has it as number 7. */
static void
end_send (void)
{
  mm1_bed_say ("+CMGS: 7|OK");
  assert_string_equal (mm1_bed_wait (), "()");
}

/* As chatty does: what was sent is deleted, and its report is a message. */
static void
test_report (void **state G_GNUC_UNUSED)
{
  static const char *const values[][2] = {
    { "PduType", "uint32 3" },
    { "State", "uint32 3" },
    { "Number", "'" ANNA "'" },
    { "MessageReference", "uint32 7" },
    { "DeliveryState", "uint32 65" },
    { "DischargeTimestamp", "'2023-11-14T22:13:25+00:00'" },
    { "Text", "''" },
  };

  begin_send ();
  end_send ();
  mm1_bed_assert (SMS (0), "Sms", "MessageReference", "uint32 7");
  mm1_bed_play ();
  assert_mm1_call (MODEM, "Modem.Messaging", "Delete", "(objectpath '" SMS (0) "',)", "()");
  mm1_bed_heard ();
  report (8, 0); /* somebody else's */
  assert_string_equal (mm1_bed_events (), "");
  report (7, 65);
  assert_string_equal (mm1_bed_events (), "/Modem/0 Added('" SMS (1) "', true)|");
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    mm1_bed_assert (SMS (1), "Sms", values[i][0], values[i][1]);
  assert_mm1_call (SMS (1), "Sms", "Send", "()", "Core.WrongState");
  assert_mm1_call (SMS (1), "Sms", "Store", "(uint32 0,)", "()");
  assert_mm1_call (MODEM, "Modem.Messaging", "Delete", "(objectpath '" SMS (1) "',)", "()");
  mm1_bed_assert (MODEM, "Modem.Messaging", "Messages", "@ao []");
}

/* In GIO's thread: which comes first, the reference (1), or what Send returns, nothing (2) */
static GDBusMessage *
note_order (GDBusConnection *connection G_GNUC_UNUSED, GDBusMessage *message, gboolean incoming,
            gpointer user_data)
{
  GDBusMessageType type = g_dbus_message_get_message_type (message);
  GVariant        *body = g_dbus_message_get_body (message);
  g_autofree char *text = body != NULL ? g_variant_print (body, FALSE) : g_strdup ("");
  int             *order = user_data; /* digits */

  if (incoming && type == G_DBUS_MESSAGE_TYPE_SIGNAL && strstr (text, "MessageReference") != NULL)
    g_atomic_int_set (order, g_atomic_int_get (order) * 10 + 1);
  else if (incoming && type == G_DBUS_MESSAGE_TYPE_METHOD_RETURN && body == NULL)
    g_atomic_int_set (order, g_atomic_int_get (order) * 10 + 2);
  return message;
}

static void
test_reference_comes_later (void **state G_GNUC_UNUSED)
{
  int   order = 0;
  guint filter;

  begin_send ();
  filter = g_dbus_connection_add_filter (mm1_bed_client, note_order, &order, NULL);
  end_send ();
  while (g_atomic_int_get (&order) < 10)
    at_peer_settle ();
  g_dbus_connection_remove_filter (mm1_bed_client, filter);
  assert_int_equal (order, 21);
  mm1_bed_assert (SMS (0), "Sms", "MessageReference", "uint32 7");
}

/* Nobody may ever delete them, and a draft is not to go for them. */
static void
test_reports_are_limited (void **state G_GNUC_UNUSED)
{
  begin_send ();
  end_send ();
  create ("('" SMS (1) "',)");
  for (guint i = 0; i < 40; i++)
    report (7, i);
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), 2 + 32);
  mm1_bed_assert (SMS (1), "Sms", "State", "uint32 0");
}

/* References come again: the newest counts. */
static void
test_many_are_sent (void **state G_GNUC_UNUSED)
{
  create ("('" SMS (0) "',)");
  for (guint i = 0; i < 70; i++)
    mm1_reports_expect (mm1_messaging_of (mm1_bed_object), i, "+1");
  mm1_reports_expect (mm1_messaging_of (mm1_bed_object), 69, "+2");
  report (0, 0); /* forgotten */
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), 1);
  report (69, 0);
  mm1_bed_assert (SMS (1), "Sms", "Number", "'+2'");
}

/* The network is quicker than the module with its answer. */
static void
test_report_overtakes (void **state G_GNUC_UNUSED)
{
  begin_send ();
  report (7, 0);
  end_send ();
  mm1_bed_assert (SMS (1), "Sms", "MessageReference", "uint32 7");
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 5");
  mm1_bed_assert (SMS (0), "Sms", "DeliveryState", "uint32 0");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_report),        TEST (test_reference_comes_later), TEST (test_reports_are_limited),
    TEST (test_many_are_sent), TEST (test_report_overtakes),
  };

  mu_log_init (MU_LOG_ERROR, FALSE); /* warnings are meant */
  return mm1_bed_run (tests);
}
