/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade's delivery reports: messages of their own, for clients that have deleted what they
 * sent. */
#include "facade-bed.h"
#include "message-bed.h"
#include "mm1-messaging.h"
#include "mu-log.h"
#include "mu-test.h"

#include <string.h>

#define ANNA "+4917112345"

static FacadeBed *bed;

static const FacadeTarget messaging = { NULL, "Modem.Messaging" };
static const FacadeTarget sms0 = { "/SMS/0", "Sms" }, sms1 = { "/SMS/1", "Sms" };

#define PATH(n)    "'/org/freedesktop/ModemManager1/SMS/" n "'"
#define TEXT(text) "({'number': <'" ANNA "'>, 'text': <'" text "'>},)"

/* With a draft. */
static int
set_up (void **state G_GNUC_UNUSED)
{
  static const Mm1InterfaceClass *const classes[] = { &mm1_messaging_class };

  bed = facade_bed_new (message_bed_new ());
  session_bed_start (bed->session, NULL, 0);
  mm1_object_publish (bed->object, classes, G_N_ELEMENTS (classes));
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("Hello"), "(" PATH ("0") ",)");
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  SessionBed *session = bed->session;

  facade_bed_free (bed);
  message_bed_free (session);
  return 0;
}

static guint
n_listed (void)
{
  const char *text = facade_bed_get (bed, &messaging, "Messages");
  guint       n = 0;

  for (; (text = strstr (text, "/SMS/")) != NULL; text++)
    n++;
  return n;
}

static void
report (guint reference, guint status)
{
  session_bed_say (bed->session,
                   message_bed_pushed ("+CDS: ", message_bed_report (ANNA, reference, status)));
  at_peer_settle ();
}

/* The network has it as number 7; early: and says so before. */
static void
send_draft (gboolean early)
{
  g_autofree char *sent = NULL;

  facade_bed_begin (bed, bed->client, &sms0, "Send", "()", &sent);
  (void)facade_bed_get (bed, &messaging, "DefaultStorage"); /* it has begun by then */
  at_peer_settle ();
  (void)message_bed_take (bed->session, early ? NULL : "+CMGS: 7|OK");
  if (early)
    {
      report (7, 0);
      session_bed_say (bed->session, "+CMGS: 7|OK");
    }
  at_peer_settle ();
  facade_bed_wait (&sent);
  assert_string_equal (sent, "()");
}

/* As chatty does: what was sent is deleted, and its report is a message. */
static void
test_report (void **state G_GNUC_UNUSED)
{
  static const char *const values[][2] = {
    { "PduType", "(<uint32 3>,)" },
    { "State", "(<uint32 3>,)" },
    { "Number", "(<'" ANNA "'>,)" },
    { "MessageReference", "(<uint32 7>,)" },
    { "DeliveryState", "(<uint32 65>,)" },
    { "DischargeTimestamp", "(<'2023-11-14T22:13:25+00:00'>,)" },
    { "Text", "(<''>,)" },
  };

  send_draft (FALSE);
  facade_bed_assert_get (bed, &sms0, "MessageReference", "(<uint32 7>,)");
  session_bed_play (bed->session, NULL, 0);
  facade_bed_assert_call (bed, &messaging, "Delete", "(objectpath " PATH ("0") ",)", "()");
  g_free (facade_bed_heard (bed));
  report (8, 0); /* somebody else's */
  facade_bed_assert_events (bed, "");
  report (7, 65);
  facade_bed_assert_events (bed, "/modem Added(" PATH ("1") ", true)|");
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    facade_bed_assert_get (bed, &sms1, values[i][0], values[i][1]);
  facade_bed_assert_call (bed, &sms1, "Send", "()", "WrongState");
  facade_bed_assert_call (bed, &sms1, "Store", "(uint32 0,)", "()");
  facade_bed_assert_call (bed, &messaging, "Delete", "(objectpath " PATH ("1") ",)", "()");
  facade_bed_assert_get (bed, &messaging, "Messages", "(<@ao []>,)");
}

static void
on_nothing (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
            const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
            const char *signal G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
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
  guint filter, subscription;

  subscription = g_dbus_connection_signal_subscribe (
      bed->client, NULL, "org.freedesktop.DBus.Properties", "PropertiesChanged", NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_nothing, NULL, NULL);
  (void)facade_bed_get (bed, &messaging, "DefaultStorage"); /* it is subscribed */
  filter = g_dbus_connection_add_filter (bed->client, note_order, &order, NULL);
  send_draft (FALSE);
  facade_bed_assert_get (bed, &sms0, "MessageReference", "(<uint32 7>,)");
  while (g_atomic_int_get (&order) < 10)
    at_peer_settle ();
  g_dbus_connection_remove_filter (bed->client, filter);
  g_dbus_connection_signal_unsubscribe (bed->client, subscription);
  assert_int_equal (order, 21);
}

/* Nobody may ever delete them, and a draft is not to go for them. */
static void
test_reports_are_limited (void **state G_GNUC_UNUSED)
{
  send_draft (FALSE);
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("x"), "(" PATH ("1") ",)");
  for (guint i = 0; i < 40; i++)
    report (7, i);
  assert_int_equal (n_listed (), 2 + 32);
  facade_bed_assert_get (bed, &sms1, "State", "(<uint32 0>,)");
}

/* References come again: the newest counts. */
static void
test_many_are_sent (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < 70; i++)
    mm1_reports_expect (mm1_messaging_of (bed->object), i, "+1");
  mm1_reports_expect (mm1_messaging_of (bed->object), 69, "+2");
  report (0, 0); /* forgotten */
  assert_int_equal (n_listed (), 1);
  report (69, 0);
  facade_bed_assert_get (bed, &sms1, "Number", "(<'+2'>,)");
}

/* The network is quicker than the module with its answer. */
static void
test_report_overtakes (void **state G_GNUC_UNUSED)
{
  send_draft (TRUE);
  facade_bed_assert_get (bed, &sms1, "MessageReference", "(<uint32 7>,)");
  facade_bed_assert_get (bed, &sms0, "State", "(<uint32 5>,)");
  facade_bed_assert_get (bed, &sms0, "DeliveryState", "(<uint32 0>,)");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_report),        TEST (test_reference_comes_later), TEST (test_reports_are_limited),
    TEST (test_many_are_sent), TEST (test_report_overtakes),
  };

  mu_log_init (MU_LOG_ERROR, FALSE); /* warnings are meant */
  return cmocka_run_group_tests (tests, NULL, NULL);
}
