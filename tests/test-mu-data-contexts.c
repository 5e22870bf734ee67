/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-bed.h"
#include "mu-data.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

/* "cid type apn address active" of each, as far as they are there */
static void
assert_contexts (const char *expected)
{
  MuService           *service = session_bed_service (data_bed, "Data1");
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (GString)  got = g_string_new (NULL);

  for (gsize i = 0; i < service->class->n_props; i++)
    if (g_str_equal (service->class->props[i].name, "Contexts"))
      rows = g_variant_ref_sink (mu_service_get (service, &service->class->props[i]));
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      const char          *type = "?", *apn = "?", *address = "";
      guint                cid = 0;
      gboolean             active = FALSE;

      g_variant_lookup (row, "cid", "u", &cid);
      g_variant_lookup (row, "type", "&s", &type);
      g_variant_lookup (row, "apn", "&s", &apn);
      g_variant_lookup (row, "address", "&s", &address);
      g_string_append_printf (got, "%u %s %s %s", cid, type, apn, address);
      if (g_variant_lookup (row, "active", "b", &active))
        g_string_append_printf (got, " %d", active);
      g_string_append (got, "|");
    }
  assert_string_equal (got->str, expected);
}

static const AtPeerRow two[] = {
  { "AT+CGDCONT?", "+CGDCONT: 2,\"PPP\",\"b\",\"10.0.0.9\",0,0|+CGDCONT: 1, \"IP\", \"a\", "
                   "\"0.0.0.0\", 0, 0|OK" },
  { "AT+CGACT?", "+CGACT: 1,1|+CGACT: 2,0|OK" },
};

/* In the order of their cids, whatever the module's. */
static void
test_read (void **state G_GNUC_UNUSED)
{
  data_bed_restart (two, G_N_ELEMENTS (two));
  assert_contexts ("1 ip a  1|2 ppp b 10.0.0.9 0|");
}

static void
test_without_active (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT+CGDCONT?", "+CGDCONT: 1,\"IP\"|OK" },
    { "AT+CGACT?", "ERROR" },
  };

  data_bed_restart (rows, G_N_ELEMENTS (rows));
  assert_contexts ("1 ip  |");
}

/* Nonsense, twice the same, more than there can be. */
static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) lines = g_string_new ("+CGDCONT: x,\"IP\"|+CGDCONT: |");
  AtPeerRow           row = { "AT+CGDCONT?", NULL };
  MuService          *service;

  for (guint i = 60; i > 0; i--)
    g_string_append_printf (lines, "+CGDCONT: %u,\"IP\",\"x\"|", i % 30);
  g_string_append (lines, "OK");
  row.lines = lines->str;
  data_bed_restart (&row, 1);
  service = session_bed_service (data_bed, "Data1");
  for (gsize i = 0; i < service->class->n_props; i++)
    if (g_str_equal (service->class->props[i].name, "Contexts"))
      {
        g_autoptr (GVariant) rows
            = g_variant_ref_sink (mu_service_get (service, &service->class->props[i]));

        assert_int_equal (g_variant_n_children (rows), 16);
      }
}

static void
test_define (void **state G_GNUC_UNUSED)
{
  session_bed_call (data_bed, "Data1", "DefineContext",
                    "(uint32 2, {'apn': <'new'>, 'type': <'ip'>})");
  data_bed_answer ("AT+CGDCONT=2,\"IP\",\"new\"", "OK");
  data_bed_answer ("AT+CGDCONT?", "+CGDCONT: 2,\"IP\",\"new\",\"\",0,0|OK");
  data_bed_assert_done ("");
  data_bed_answer ("AT+CGACT?", "+CGACT: 2,0|OK");
  data_bed_assert_done ("()");
  assert_contexts ("2 ip new  0|");

  session_bed_call (data_bed, "Data1", "DefineContext",
                    "(uint32 16, {'apn': <''>, 'type': <'ppp'>, 'address': <'10.1.2.3'>})");
  data_bed_answer ("AT+CGDCONT=16,\"PPP\",\"\",\"10.1.2.3\"", "OK");
  data_bed_answer ("AT+CGDCONT?", "ERROR"); /* it is defined all the same */
  data_bed_answer ("AT+CGACT?", "ERROR");
  data_bed_assert_done ("()");
}

static void
test_define_refused (void **state G_GNUC_UNUSED)
{
  session_bed_call (data_bed, "Data1", "DefineContext", "(uint32 1, @a{sv} {})");
  data_bed_answer ("AT+CGDCONT=1,\"IP\",\"\"", "+CME ERROR: operation not allowed");
  data_bed_assert_done ("NotAllowed");
  assert_contexts ("");
}

static void
test_bad_arguments (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *args, *word;
  } rows[] = {
    { "(uint32 0, @a{sv} {})", "InvalidArgument" },
    { "(uint32 3, @a{sv} {})", "InvalidArgument" },
    { "(uint32 5, @a{sv} {})", "InvalidArgument" },
    { "(uint32 17, @a{sv} {})", "InvalidArgument" },
    { "(uint32 1, {'cid': <uint32 1>})", "InvalidArgument" },
    { "(uint32 1, {'apn': <5>})", "InvalidArgument" },
    { "(uint32 1, {'type': <'ipv6'>})", "InvalidArgument" },
    { "(uint32 1, {'type': <'IP'>})", "InvalidArgument" },
    { "(uint32 1, {'address': <'10.0.0'>})", "InvalidArgument" },
    { "(uint32 1, {'address': <'10.0.0.1\",\"'>})", "InvalidArgument" },
    { "(uint32 1, {'apn': <'a\"b'>})", "InvalidCharacters" },
    { "(uint32 1, {'apn': <'a\\rAT'>})", "InvalidCharacters" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_call (data_bed, "Data1", "DefineContext", rows[i].args);
      data_bed_assert_done (rows[i].word);
    }
  at_peer_expect_nothing (data_bed->peer);
}

static void
test_delete (void **state G_GNUC_UNUSED)
{
  data_bed_restart (two, G_N_ELEMENTS (two));
  session_bed_call (data_bed, "Data1", "DeleteContext", "(uint32 4,)");
  data_bed_assert_done ("NotFound");
  session_bed_call (data_bed, "Data1", "DeleteContext", "(uint32 3,)");
  data_bed_assert_done ("InvalidArgument");
  session_bed_call (data_bed, "Data1", "DeleteContext", "(uint32 1,)");
  data_bed_answer ("AT+CGDCONT=1", "OK");
  data_bed_answer ("AT+CGDCONT?", "+CGDCONT: 2,\"PPP\",\"b\",\"10.0.0.9\",0,0|OK");
  data_bed_answer ("AT+CGACT?", "+CGACT: 2,0|OK");
  data_bed_assert_done ("()");
  assert_contexts ("2 ppp b 10.0.0.9 0|");
}

static void
test_in_use (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'cid': <uint32 2>, 'apn': <'b'>");
  data_bed_bring_up ("AT^NDISDUP=2,1,\"b\"");
  data_bed_answer ("AT^DHCP?", "ERROR");
  session_bed_call (data_bed, "Data1", "DefineContext", "(uint32 2, @a{sv} {})");
  data_bed_assert_failed ("Busy", "cid 2");
  session_bed_call (data_bed, "Data1", "DeleteContext", "(uint32 2,)");
  data_bed_assert_done ("Busy");
  mu_timer_advance (1000); /* the connection's own context appears */
  data_bed_answer ("AT+CGDCONT?", "+CGDCONT: 2,\"IP\",\"b\",\"10.0.0.9\",0,0|OK");
  data_bed_answer ("AT+CGACT?", "+CGACT: 2,1|OK");
  assert_contexts ("2 ip b 10.0.0.9 1|");
}

/* Whoever wanted it goes, at every command. */
static void
test_left (void **state G_GNUC_UNUSED)
{
  MuCall *call = session_bed_call (data_bed, "Data1", "DefineContext", "(uint32 1, @a{sv} {})");

  at_peer_expect (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"\"");
  session_bed_cancel (data_bed, call);
  session_bed_say (data_bed, "OK");
  at_peer_settle ();
  call = session_bed_call (data_bed, "Data1", "DefineContext", "(uint32 1, @a{sv} {})");
  data_bed_answer ("AT+CGDCONT=1,\"IP\",\"\"", "OK");
  at_peer_expect (data_bed->peer, "AT+CGDCONT?");
  session_bed_cancel (data_bed, call);
  session_bed_say (data_bed, "OK");
  session_bed_settle (data_bed, NULL, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, data_bed_set_up, data_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_read),   TEST (test_without_active), TEST (test_nonsense),
    TEST (test_define), TEST (test_define_refused), TEST (test_bad_arguments),
    TEST (test_delete), TEST (test_in_use),         TEST (test_left),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
