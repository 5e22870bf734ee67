/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-apn.h"
#include "sim-host.h"

#define WITH_OWN_HOST(test) cmocka_unit_test_setup_teardown (test, setup, teardown)

static int
setup (void **state)
{
  *state = sim_host_new (NULL, NULL);
  return 0;
}

static int
teardown (void **state)
{
  sim_host_free (*state);
  return 0;
}

static void
test_admits (void **state G_GNUC_UNUSED)
{
  SimApn rule = { .auth = SIM_AUTH_NONE, .user = "u", .password = "p" };

  assert_true (sim_apn_admits (&rule, SIM_AUTH_NONE, "", ""));
  assert_true (sim_apn_admits (&rule, SIM_AUTH_CHAP, "x", "y"));
  rule.auth = SIM_AUTH_PAP;
  assert_true (sim_apn_admits (&rule, SIM_AUTH_PAP, "u", "p"));
  assert_true (sim_apn_admits (&rule, SIM_AUTH_ANY, "u", "p"));
  assert_false (sim_apn_admits (&rule, SIM_AUTH_CHAP, "u", "p"));
  assert_false (sim_apn_admits (&rule, SIM_AUTH_NONE, "u", "p"));
  assert_false (sim_apn_admits (&rule, SIM_AUTH_PAP, "U", "p"));
  assert_false (sim_apn_admits (&rule, SIM_AUTH_PAP, "u", ""));
  rule.auth = SIM_AUTH_ANY;
  assert_true (sim_apn_admits (&rule, SIM_AUTH_PAP, "u", "p"));
  assert_true (sim_apn_admits (&rule, SIM_AUTH_CHAP, "u", "p"));
  assert_false (sim_apn_admits (&rule, SIM_AUTH_NONE, "u", "p"));
}

static void
test_rules (void **state)
{
  SimHost *host = *state;

  assert_string_equal (sim_apn_find (host->module, "x")->address, "10.64.64.1");
  sim_host_do (host, "apn any cause=33 address=1.2.3.4");
  sim_host_do (host, "apn Internet auth=chap user=a\\x20b password=");
  assert_int_equal (sim_apn_find (host->module, "x")->cause, 33);
  assert_string_equal (sim_apn_find (host->module, "")->address, "1.2.3.4");
  assert_int_equal (sim_apn_find (host->module, "INTERNET")->auth, SIM_AUTH_CHAP);
  assert_string_equal (sim_apn_find (host->module, "internet")->user, "a b");
  sim_host_do (host, "apn internet cause=8"); /* the rest stays */
  assert_int_equal (sim_apn_find (host->module, "internet")->auth, SIM_AUTH_CHAP);
  sim_host_do (host, "apn-forget");
  assert_int_equal (sim_apn_find (host->module, "x")->cause, 0);
  assert_int_equal (sim_apn_find (host->module, "internet")->auth, SIM_AUTH_NONE);
}

static void
test_limits (void **state)
{
  SimHost         *host = *state;
  g_autofree char *name = g_strnfill (101, 'a');
  g_autofree char *too_long = g_strdup_printf ("apn %s", name);

  sim_host_answers (host, too_long, "error longer than 100 bytes");
  sim_host_answers (host, "apn x auth=eap", "error eap is none of none, pap, chap, any");
  sim_host_answers (host, "apn x cause=256", "error not a number from 0 to 255: 256");
  sim_host_answers (host, "apn x gateway=1.2.3.4.5", "error no IPv4 address: 1.2.3.4.5");
  for (int i = 0; i < 16; i++)
    {
      g_autofree char *rule = g_strdup_printf ("apn a%d cause=%d", i, i);

      sim_host_do (host, rule);
    }
  sim_host_answers (host, "apn a16", "error 16 access points are all");
  sim_host_do (host, "apn a3 cause=99");
  assert_int_equal (sim_apn_find (host->module, "a3")->cause, 99);
  assert_int_equal (sim_apn_find (host->module, "x")->cause, 0); /* what was wrong is not there */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_admits),
    WITH_OWN_HOST (test_rules),
    WITH_OWN_HOST (test_limits),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
