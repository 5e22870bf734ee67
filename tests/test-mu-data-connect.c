/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-bed.h"
#include "mu-data.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <glib/gstdio.h>

#include <string.h>

/* ---- what is refused before anything is sent ---- */

static void
test_bad_options (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *options, *word;
  } rows[] = {
    { "'surprise': <1>", "InvalidArgument" },
    { "'Apn': <'x'>", "InvalidArgument" },
    { "'apn': <1>", "InvalidArgument" },
    { "'apn': <'x'>, 'apn': <'y'>", "InvalidArgument" },
    { "'roaming': <'yes'>", "InvalidArgument" },
    { "'cid': <1>", "InvalidArgument" }, /* an int32 */
    { "'cid': <uint32 0>", "InvalidArgument" },
    { "'cid': <uint32 3>", "InvalidArgument" },
    { "'cid': <uint32 5>", "InvalidArgument" },
    { "'cid': <uint32 12>", "InvalidArgument" },
    { "'cid': <uint32 4294967295>", "InvalidArgument" },
    { "'bearer': <'ecm '>", "InvalidArgument" },
    { "'bearer': <''>", "InvalidArgument" },
    { "'bearer': <'auto'>", "InvalidArgument" },
    { "'auth': <'mschap'>", "InvalidArgument" },
    { "'auth': <''>", "InvalidArgument" },
    { "'auth': <'auto'>", "InvalidArgument" },
    { "'apn': <'x\"y'>", "InvalidCharacters" },
    { "'apn': <'x\\ry'>", "InvalidCharacters" },
    { "'apn': <'x\\u001ay'>", "InvalidCharacters" },
    { "'apn': <'x'>, 'user': <'a\\nb'>", "InvalidCharacters" },
    { "'apn': <'x'>, 'password': <'\"'>", "InvalidCharacters" },
    { "'bearer': <'ppp'>", "NotSupported" }, /* there is no MODEM port */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      data_bed_connect (rows[i].options);
      data_bed_assert_done (rows[i].word);
    }
  at_peer_expect_nothing (data_bed->peer);
  data_bed_assert_seen ("");
}

static void
test_too_long (void **state G_GNUC_UNUSED)
{
  static const char *const keys[] = { "apn", "user", "password" };
  g_autofree char         *longest = g_strnfill (99, 'x');
  g_autofree char         *options = g_strdup_printf ("'apn': <'%s'>", longest);
  g_autofree char         *command = g_strdup_printf ("AT^NDISDUP=1,1,\"%s\"", longest);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *bad = g_strdup_printf ("'%s': <'%sx'>", keys[i], longest);

      data_bed_connect (bad);
      data_bed_assert_failed ("TooLong", keys[i]);
    }
  at_peer_expect_nothing (data_bed->peer);
  data_bed_connect (options);
  at_peer_expect (data_bed->peer, command);
}

/* Bytes, not characters. */
static void
test_too_many_bytes (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new ("'apn': <'");

  for (guint i = 0; i < 50; i++)
    g_string_append (text, "\xc3\xa4");
  g_string_append (text, "'>");
  data_bed_connect (text->str);
  data_bed_assert_done ("TooLong");
}

static void
test_not_registered (void **state G_GNUC_UNUSED)
{
  session_bed_say (data_bed, "+CREG: 2|+CGREG: 2");
  at_peer_settle ();
  data_bed_connect ("");
  data_bed_assert_done ("NoNetwork");
}

static void
test_no_port (void **state G_GNUC_UNUSED)
{
  mu_device_set_port (data_bed->device, MU_PORT_NET, NULL);
  mu_session_set_device (data_bed->session, data_bed->device);
  data_bed_connect ("'bearer': <'ecm'>");
  data_bed_assert_done ("NotSupported");
  data_bed_connect ("");
  data_bed_assert_done ("NotSupported");
}

/* ---- what is sent ---- */

static void
assert_dials (const char *options, const char *command)
{
  MuCall *call = data_bed_connect (options);

  at_peer_expect (data_bed->peer, command);
  session_bed_say (data_bed, "+CME ERROR: 3");
  data_bed_assert_done ("NotAllowed");
  mu_timer_advance (300);
  (void)call;
}

static void
test_commands (void **state G_GNUC_UNUSED)
{
  assert_dials ("", "AT^NDISDUP=1,1");
  assert_dials ("'apn': <''>", "AT^NDISDUP=1,1,\"\"");
  assert_dials ("'apn': <'1234'>", "AT^NDISDUP=1,1,\"1234\"");
  assert_dials ("'apn': <'1234'>, 'cid': <uint32 11>", "AT^NDISDUP=11,1,\"1234\"");
  assert_dials ("'apn': <'4321'>, 'user': <'huawei'>, 'password': <'secret'>, 'auth': <'pap'>",
                "AT^NDISDUP=1,1,\"4321\",\"huawei\",\"secret\",1");
  assert_dials ("'apn': <'4321'>, 'user': <'huawei'>, 'password': <'secret'>",
                "AT^NDISDUP=1,1,\"4321\",\"huawei\",\"secret\",2");
  assert_dials ("'apn': <'4321'>, 'user': <'huawei'>, 'auth': <'none'>", "AT^NDISDUP=1,1,\"4321\"");
  assert_dials ("'user': <'u'>, 'password': <'p'>", "AT^NDISDUP=1,1,\"\",\"u\",\"p\",2");
  assert_dials ("'apn': <'a;b,c\\'d'>", "AT^NDISDUP=1,1,\"a;b,c'd\"");
}

/* Not attached: that comes first. */
static void
test_attach (void **state G_GNUC_UNUSED)
{
  session_bed_say (data_bed, "+CGREG: 0");
  at_peer_settle ();
  data_bed_connect ("");
  data_bed_answer ("AT+CGATT=1", "OK");
  data_bed_bring_up ("AT^NDISDUP=1,1");
  data_bed_assert (1, "State", "'connected'");
}

static void
test_attach_fails (void **state G_GNUC_UNUSED)
{
  session_bed_say (data_bed, "+CGREG: 3");
  at_peer_settle ();
  data_bed_connect ("");
  data_bed_answer ("AT+CGATT=1", "+CME ERROR: 107");
  assert_true (data_bed->done->len > 0);
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
  at_peer_expect_nothing (data_bed->peer);
}

/* Nobody waits for it any more while it attaches: it is not dialled. */
static void
test_attach_left (void **state G_GNUC_UNUSED)
{
  MuCall *call;

  session_bed_say (data_bed, "+CGREG: 0");
  at_peer_settle ();
  call = data_bed_connect ("");
  at_peer_expect (data_bed->peer, "AT+CGATT=1");
  session_bed_cancel (data_bed, call);
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
  session_bed_say (data_bed, "OK");
  at_peer_settle ();
  at_peer_expect_nothing (data_bed->peer);
}

/* ---- rules ---- */

static void
test_busy (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'cid': <uint32 2>, 'apn': <'one'>");
  data_bed_bring_up ("AT^NDISDUP=2,1,\"one\"");
  data_bed_answer ("AT^DHCP?", "ERROR");
  data_bed_connect ("'cid': <uint32 2>");
  data_bed_assert_failed ("Busy", "cid 2");
  mu_device_set_port (data_bed->device, MU_PORT_MODEM, "/dev/null");
  mu_session_set_device (data_bed->session, data_bed->device);
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  data_bed_assert_failed ("Busy", "26.2");
  at_peer_expect_nothing (data_bed->peer);
}

/* The lowest that may be, and not too many. */
static void
test_cids (void **state G_GNUC_UNUSED)
{
  static const char *const cids[] = { "1", "2", "4", "6" };

  for (guint i = 0; i < G_N_ELEMENTS (cids); i++)
    {
      g_autofree char *command = g_strdup_printf ("AT^NDISDUP=%s,1,\"x\"", cids[i]);

      data_bed_connect ("'apn': <'x'>");
      data_bed_bring_up (command);
      if (i == 0)
        data_bed_answer ("AT^DHCP?", "ERROR");
      data_bed_assert (i + 1, "Cid", cids[i]);
    }
  data_bed_connect ("'apn': <'x'>");
  data_bed_assert_failed ("Busy", "4 connections");
}

static void
test_roaming (void **state G_GNUC_UNUSED)
{
  session_bed_say (data_bed, "+CREG: 5,\"31C5\",\"0083F7CD\",2|+CGREG: 5,\"31C5\",\"0083F7CD\",2");
  session_bed_settle (data_bed, NULL, 0);
  data_bed_connect ("");
  data_bed_assert_failed ("NotAllowed", "roam");
  data_bed_connect ("'roaming': <false>");
  data_bed_assert_done ("NotAllowed");
  assert_dials ("'roaming': <true>", "AT^NDISDUP=1,1");
  data_bed_configure ("network", "roaming", "true");
  assert_dials ("", "AT^NDISDUP=1,1");
}

/* ---- whose access point ---- */

static void
test_configured (void **state G_GNUC_UNUSED)
{
  data_bed_configure ("data", "apn", "ours");
  data_bed_configure ("data", "user", "me");
  data_bed_configure ("data", "password", "secret");
  data_bed_configure ("data", "auth", "auto");
  assert_dials ("", "AT^NDISDUP=1,1,\"ours\",\"me\",\"secret\",2");
  assert_dials ("'apn': <'ours'>", "AT^NDISDUP=1,1,\"ours\",\"me\",\"secret\",2");
  assert_dials ("'user': <'you'>", "AT^NDISDUP=1,1,\"ours\",\"you\",\"secret\",2");
  assert_dials ("'apn': <'theirs'>", "AT^NDISDUP=1,1,\"theirs\""); /* no word of us to others */
  data_bed_configure ("data", "auth", "pap");
  assert_dials ("", "AT^NDISDUP=1,1,\"ours\",\"me\",\"secret\",1");
  data_bed_configure ("data", "auth", "none");
  assert_dials ("", "AT^NDISDUP=1,1,\"ours\"");
}

static void
test_configured_badly (void **state G_GNUC_UNUSED)
{
  data_bed_configure ("data", "apn", "x\"y");
  data_bed_connect ("");
  data_bed_assert_failed ("InvalidCharacters", "apn");
}

/* The list knows the operator of the card, 26201 in the usual rows. */
static void
test_listed (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (data_bed->settings.state_directory, "list.xml", NULL);

  g_free (data_bed->settings.apn_list);
  data_bed->settings.apn_list = g_strdup (file);
  assert_true (g_file_set_contents (
      file,
      "<serviceproviders><gsm><network-id mcc=\"262\" mnc=\"01\"/>"
      "<apn value=\"internet\"><username>u</username><password>p</password></apn></gsm>"
      "</serviceproviders>",
      -1, NULL));
  assert_dials ("", "AT^NDISDUP=1,1,\"internet\",\"u\",\"p\",2");
  assert_dials ("'auth': <'pap'>", "AT^NDISDUP=1,1,\"internet\",\"u\",\"p\",1");
  data_bed_configure ("data", "apn", "ours");
  assert_dials ("", "AT^NDISDUP=1,1,\"ours\"");
}

/* A context that was defined is used by its cid; the module knows its access point. */
static void
test_stored (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT+CGDCONT?",
      "+CGDCONT: 1,\"IP\",\"first\",\"\",0,0|+CGDCONT: 7,\"IP\",\"seven\",\"\",0,0|OK" },
  };

  data_bed_restart (rows, G_N_ELEMENTS (rows));
  data_bed_configure ("data", "apn", "ours");
  assert_dials ("'cid': <uint32 7>", "AT^NDISDUP=7,1");
  assert_dials ("'cid': <uint32 7>, 'user': <'u'>", "AT^NDISDUP=7,1,\"seven\",\"u\",\"\",2");
  assert_dials ("'cid': <uint32 8>", "AT^NDISDUP=8,1,\"ours\"");
  data_bed_configure ("data", "apn", "");
  data_bed_connect ("");
  data_bed_answer ("AT^NDISDUP=1,1", "OK");
  data_bed_assert (4, "Apn", "'first'"); /* what the module will use */
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, data_bed_set_up, data_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_bad_options),    TEST (test_too_long),
    TEST (test_too_many_bytes), TEST (test_not_registered),
    TEST (test_no_port),        TEST (test_commands),
    TEST (test_attach),         TEST (test_attach_fails),
    TEST (test_attach_left),    TEST (test_busy),
    TEST (test_cids),           TEST (test_roaming),
    TEST (test_configured),     TEST (test_configured_badly),
    TEST (test_listed),         TEST (test_stored),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
