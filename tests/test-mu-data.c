/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-bed.h"
#include "mu-data.h"
#include "mu-error.h"
#include "mu-net.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <glib/gstdio.h>

static char *root;

static void
put (const char *name, guint64 number)
{
  g_autofree char *path = g_build_filename (root, "bed0", "statistics", name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", number);

  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
take_away (const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_remove (path);
}

static int
set_up (void **state)
{
  root = g_dir_make_tmp ("mu-data-XXXXXX", NULL);
  mu_net_set_root (root);
  return data_bed_set_up (state);
}

static int
tear_down (void **state)
{
  data_bed_tear_down (state);
  take_away ("bed0/statistics/rx_bytes");
  take_away ("bed0/statistics/tx_bytes");
  take_away ("bed0/statistics");
  take_away ("bed0/carrier");
  take_away ("bed0");
  g_rmdir (root);
  g_clear_pointer (&root, g_free);
  mu_net_set_root (NULL);
  return 0;
}

static void
bring_up (void)
{
  data_bed_connect ("'apn': <'x'>");
  data_bed_bring_up ("AT^NDISDUP=1,1,\"x\"");
  at_peer_answer (data_bed->peer, "AT^DHCP?", "ERROR");
  at_peer_settle ();
}

/* ---- statistics ---- */

/* The test itself takes time. */
static void
assert_about (const char *key, guint64 expected)
{
  MuService           *service = session_bed_service (data_bed, "Data1");
  g_autoptr (GVariant) properties = service->class->child->get (service, 1);
  g_autoptr (GVariant) statistics = g_variant_lookup_value (properties, "Statistics", NULL);
  guint64              got = 0;

  assert_true (g_variant_lookup (statistics, key, "t", &got));
  assert_in_range (got, expected - expected / 10, expected);
}

static void
test_counters (void **state G_GNUC_UNUSED)
{
  put ("rx_bytes", 1000);
  put ("tx_bytes", 500);
  bring_up ();
  data_bed_assert (1, "Statistics/rx", "0");
  put ("rx_bytes", 5000);
  put ("tx_bytes", 700);
  mu_timer_advance (2000);
  data_bed_assert (1, "Statistics/rx", "4000");
  data_bed_assert (1, "Statistics/tx", "200");
  assert_about ("rx_rate", 2000);
  assert_about ("tx_rate", 100);
  data_bed_assert (1, "Statistics/seconds", "2");
  put ("rx_bytes", 6000);
  mu_timer_advance (900); /* not long enough for a rate of its own */
  data_bed_assert (1, "Statistics/rx", "5000");
  assert_about ("rx_rate", 2000);
  mu_timer_advance (3100);
  assert_about ("rx_rate", 250);
}

/* The interface came anew, and counts from 0. */
static void
test_counters_reset (void **state G_GNUC_UNUSED)
{
  put ("rx_bytes", 1000);
  put ("tx_bytes", 1000);
  bring_up ();
  put ("rx_bytes", 10);
  put ("tx_bytes", 0);
  mu_timer_advance (1000);
  data_bed_assert (1, "Statistics/rx", "10");
  data_bed_assert (1, "Statistics/tx", "0");
}

/* Without the kernel's counters the module's own, if it tells. */
static void
test_flow (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_assert (1, "Statistics/rx", "");
  data_bed_assert (1, "Statistics/seconds", "0");
  data_bed_say ("^DSFLOWRPT:0000000E,00000010,00000020,0000000000000100,1000000000000000,0,0");
  data_bed_assert (1, "Statistics/tx_rate", "16");
  data_bed_assert (1, "Statistics/rx_rate", "32");
  data_bed_assert (1, "Statistics/tx", "256");
  data_bed_assert (1, "Statistics/rx", "1152921504606846976");
  data_bed_say ("^DSFLOWRPT:x,00000011,00000020,y,0,0,0|^DSFLOWRPT: 1,2");
  data_bed_assert (1, "Statistics/tx_rate", "16");
  mu_timer_advance (6000);
  data_bed_assert (1, "Statistics/rx_rate", "0"); /* that was long ago */
  data_bed_assert (1, "Statistics/tx", "256");
}

/* Nothing is said of itself: reading is the only way. */
static guint n_changed;

static void
on_child_changed (MuService *service G_GNUC_UNUSED, guint number G_GNUC_UNUSED,
                  GVariant *properties, const char *const *invalidated G_GNUC_UNUSED,
                  gpointer user_data G_GNUC_UNUSED)
{
  g_autoptr (GVariant) statistics = g_variant_lookup_value (properties, "Statistics", NULL);

  assert_null (statistics);
  n_changed++;
}

static void
test_quiet (void **state G_GNUC_UNUSED)
{
  static const MuServiceEvents events = { .child_changed = on_child_changed };
  MuService                   *service = session_bed_service (data_bed, "Data1");

  mu_service_observe (service, &events, &n_changed);
  bring_up ();
  assert_true (n_changed > 0);
  n_changed = 0;
  data_bed_say ("^DSFLOWRPT:0000000E,00000010,00000020,0000000000000100,1000000000000000,0,0");
  assert_int_equal (n_changed, 0);
  mu_service_unobserve (service, &n_changed);
}

/* ---- the interface ---- */

/* Connected, says the module; what does the kernel say? */
static void
test_carrier (void **state G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (root, "bed0", "carrier", NULL);

  bring_up ();
  data_bed_assert (1, "Carrier", "false");
  put ("rx_bytes", 0); /* makes the folder */
  assert_true (g_file_set_contents (path, "1\n", -1, NULL));
  data_bed_assert (1, "Carrier", "true");
}

static void
test_renamed (void **state G_GNUC_UNUSED)
{
  bring_up ();
  mu_device_set_port (data_bed->device, MU_PORT_NET, "wwan7");
  mu_session_set_device (data_bed->session, data_bed->device);
  data_bed_assert (1, "Interface", "'wwan7'");
  mu_device_set_port (data_bed->device, MU_PORT_NET, NULL);
  mu_session_set_device (data_bed->session, data_bed->device);
  data_bed_assert (1, "Interface", "''");
  data_bed_assert (1, "State", "'connected'");
}

/* What the module does not say of the address the kernel may: "lo" has one. */
static void
test_kernel_address (void **state G_GNUC_UNUSED)
{
  MuNetAddress address;

  if (!mu_net_address ("lo", &address))
    skip ();
  mu_device_set_port (data_bed->device, MU_PORT_NET, "lo");
  mu_session_set_device (data_bed->session, data_bed->device);
  session_bed_play (data_bed, NULL, 0);
  bring_up ();
  data_bed_assert (1, "Ip4/address", "'127.0.0.1'");
  data_bed_assert (1, "Ip4/prefix", "8");
  data_bed_assert (1, "Ip4/method", "'dhcp'");
}

/* ---- facts ---- */

static void
test_fact (void **state G_GNUC_UNUSED)
{
  assert_false (mu_session_holds (data_bed->session, MU_FACT_DATA));
  data_bed_connect ("");
  assert_true (mu_session_holds (data_bed->session, MU_FACT_DATA));
  at_peer_answer (data_bed->peer, "AT^NDISDUP=1,1", "ERROR");
  at_peer_settle ();
  assert_false (mu_session_holds (data_bed->session, MU_FACT_DATA));
}

/* Guide 14.2, 14.3: GSM carries one thing at a time, UMTS all. */
static void
test_suspended (void **state G_GNUC_UNUSED)
{
  static const MuServiceEvents events = { .child_changed = on_child_changed };
  MuService                   *service = session_bed_service (data_bed, "Data1");

  data_bed_say ("^MODE: 3,3|RING");
  data_bed_say ("^CEND: 1,0,104,16");
  bring_up ();
  mu_service_observe (service, &events, &n_changed);
  data_bed_assert (1, "Suspended", "false");
  n_changed = 0;
  data_bed_say ("RING");
  data_bed_assert (1, "Suspended", "true");
  data_bed_say ("^CONN: 1,0");
  assert_int_equal (n_changed, 1);
  data_bed_say ("^MODE: 5,4"); /* handed over */
  data_bed_assert (1, "Suspended", "false");
  data_bed_say ("^MODE: 3,2");
  data_bed_assert (1, "Suspended", "true");
  mu_session_set_fact (data_bed->session, MU_FACT_SENDING, TRUE, MU_ERROR_NOT_ALLOWED);
  data_bed_say ("^CEND: 1,6,104,16");
  data_bed_assert (1, "Suspended", "true");
  mu_session_set_fact (data_bed->session, MU_FACT_SENDING, FALSE, MU_ERROR_NOT_ALLOWED);
  data_bed_assert (1, "Suspended", "false");
  assert_int_equal (n_changed, 4);
  mu_service_unobserve (service, &n_changed);
}

/* The card goes: the module ends it, or a Disconnect does; nothing else. */
static void
test_card_goes (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_say ("^SIMST: 255");
  session_bed_play (data_bed, NULL, 0);
  data_bed_connect ("'cid': <uint32 2>");
  assert_true (data_bed->done->len > 0); /* refused */
  data_bed_say ("^NDISSTAT: 0,0,,IPV4");
  data_bed_assert (1, "State", "");
}

/* ---- many ---- */

/* Hundreds of connections leave nothing behind. */
static void
test_churn (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < 500; i++)
    {
      MuCall *call = data_bed_connect ("'apn': <'x'>");

      at_peer_expect (data_bed->peer, "AT^NDISDUP=1,1,\"x\"");
      if (i % 3 == 0)
        {
          session_bed_cancel (data_bed, call);
          data_bed_say ("OK");
          at_peer_answer (data_bed->peer, "AT^NDISDUP=1,0", "OK");
          data_bed_say ("^NDISSTAT: 0,36,,IPV4");
        }
      else
        data_bed_say (i % 3 == 1 ? "OK|^NDISEND:1,33" : "+CME ERROR: 100");
      data_bed_assert (i + 1, "State", "");
      mu_timer_advance (300);
    }
  assert_property (data_bed, "Data1", "Connections", "[]");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_counters),  TEST (test_counters_reset), TEST (test_flow),      TEST (test_quiet),
    TEST (test_renamed),   TEST (test_kernel_address), TEST (test_carrier),   TEST (test_fact),
    TEST (test_card_goes), TEST (test_churn),          TEST (test_suspended),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
