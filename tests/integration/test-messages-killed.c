/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* kill -9 at every step of receiving and of sending, on real processes.  Afterwards every message
 * that the network has delivered is there once, and none has gone to the network twice: one that
 * was on its way has failed, and says that nobody knows.
 *
 * The steps are where the talk changes its direction when nobody is killed: the daemon dies there,
 * at once and a little later, and in the middle between them. */
#include "messages.h"
#include "relay.h"

#include "../mu-test.h"

#include <string.h>
#include <sys/wait.h>

static const guint delays_us[] = { 0, 250, 1000, 4000 };

static House *house;
static Relay *relay;
static guint  n_kills;

static int
set_up (void **state G_GNUC_UNUSED)
{
  g_autofree char *link = NULL;
  g_autofree char *port = NULL;

  house = house_new ("100");
  link = g_build_filename (house->directory, "pcui", NULL);
  port = g_build_filename (house->directory, "sim", "pcui", NULL);
  relay = relay_new (link, port);
  house->port = g_strdup (link);
  house_start_daemon (house, NULL);
  house_ready (house);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  relay_free (relay);
  return 0;
}

/* ---- exchanges ---- */

typedef void (*Begin) (guint round);
typedef void (*Check) (guint round);

static void
wait_killed_or_quiet (void)
{
  while (!relay_has_killed (relay) && !relay_is_quiet (relay))
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static void
wait_quiet (void)
{
  while (!relay_is_quiet (relay))
    g_usleep (1000);
}

static void
kill_at (guint round, gsize n_bytes, guint delay_us, Begin begin, Check check)
{
  wait_quiet ();
  relay_arm (relay, house->daemon, n_bytes, delay_us);
  begin (round);
  wait_killed_or_quiet ();
  g_array_unref (relay_disarm (relay));
  n_kills += relay_has_killed (relay) ? 1 : 0;
  house_kill_daemon (house); /* if it is not dead yet */
  house_start_daemon (house, NULL);
  house_ready (house);
  check (round);
}

static guint
kill_everywhere (Begin begin, Check check)
{
  g_autoptr (GArray) turns = NULL;
  guint              round = 0;
  gsize              before = 0;

  wait_quiet ();
  relay_arm (relay, house->daemon, G_MAXSIZE, 0);
  begin (round);
  wait_killed_or_quiet ();
  turns = relay_disarm (relay);
  check (round++);
  n_kills = 0;
  for (guint i = 0; i < turns->len; i++)
    {
      gsize at = g_array_index (turns, gsize, i);

      kill_at (round++, (before + at + 1) / 2, 0, begin, check);
      for (gsize k = 0; k < G_N_ELEMENTS (delays_us); k++)
        kill_at (round++, at, delays_us[k], begin, check);
      before = at;
    }
  print_message ("%u kills at %u steps\n", n_kills, turns->len);
  assert_in_range (n_kills, turns->len * 4, round);
  return round;
}

/* ---- receiving ---- */

static char *
text_of (guint round)
{
  return g_strdup_printf ("the message of round %03u, in two parts", round);
}

static void
deliver (guint round)
{
  g_autofree char *text = text_of (round);

  house_sim (house, "sms +49171 split=20 ref=%u -- %s", round & 0xff, text);
}

static void
assert_delivered (guint round)
{
  g_autofree char *text = text_of (round);

  messages_wait (house, text, 1);
}

static void
test_receive (void **state G_GNUC_UNUSED)
{
  guint            rounds = kill_everywhere (deliver, assert_delivered);
  g_autofree char *total = g_strdup_printf ("%u", rounds);

  house_wait (house, "Messaging1", "Total", total);
  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *text = text_of (i);

      assert_int_equal (messages_count (house, text), 1);
    }
  house_wait (house, "Messaging1", "Used", "0");
  assert_int_equal (house_sim (house, "sms-slots")[0], '0');
}

/* ---- sending ---- */

/* Two parts, in UCS2, so that they can be found in a PDU. */
static char *
part_of (guint round, guint part)
{
  return g_strdup_printf ("part %u of message %03u", part, round);
}

static char *
sent_text (guint round)
{
  g_autofree char *one = part_of (round, 1);
  g_autofree char *two = part_of (round, 2);

  return g_strdup_printf ("%-67s%s", one, two);
}

static void
send (guint round)
{
  g_autofree char *text = sent_text (round);
  g_autofree char *args = g_strdup_printf ("('+49171', '%s', {'encoding': <'ucs2'>})", text);

  house_sim (house, "sms-sent forget");
  house_begin (house, "Messaging1", "Send", args);
}

static guint
count (const char *text, const char *what)
{
  g_autoptr (GString) hex = g_string_new (NULL);
  guint               n = 0;

  for (; *what != '\0'; what++)
    g_string_append_printf (hex, "%04X", (guint)*what);
  for (; (text = strstr (text, hex->str)) != NULL; text++)
    n++;
  return n;
}

static char *
wait_settled (const char *text)
{
  for (;;)
    {
      g_autofree char *now = messages_member (house, text, "State");

      assert_string_not_equal (now, "");
      if (!g_str_equal (now, "'queued'") && !g_str_equal (now, "'sending'"))
        return g_steal_pointer (&now);
      g_usleep (2000);
    }
}

static void
assert_sent_once (guint round)
{
  g_autofree char *text = sent_text (round);
  g_autofree char *one = part_of (round, 1);
  g_autofree char *two = part_of (round, 2);
  g_autofree char *state = NULL;
  g_autofree char *error = NULL;
  const char      *sent;
  guint            n_one, n_two;

  house_finish (house); /* "NoReply", or the message */
  state = wait_settled (text);
  error = messages_member (house, text, "Error");
  sent = house_sim (house, "sms-sent");
  n_one = count (sent, one);
  n_two = count (sent, two);
  assert_int_equal (messages_count (house, text), 1);
  assert_in_range (n_one, 0, 1);
  assert_in_range (n_two, 0, n_one);
  if (g_str_equal (state, "'failed'"))
    assert_true (g_str_has_prefix (error, "'Unknown"));
  else
    {
      assert_string_equal (state, "'sent'");
      assert_int_equal (n_one + n_two, 2);
    }
}

static void
test_send (void **state G_GNUC_UNUSED)
{
  kill_everywhere (send, assert_sent_once);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_receive),
    TEST (test_send),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
