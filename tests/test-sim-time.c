/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_given (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "time 24/02/29,23:59:58+08,1");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^NWTIME: 24/02/29,23:59:58+08,1\r\n");
  sim_host_advance (host, 3);
  sim_host_ask (host, "AT^NWTIME?", "\r\n^NWTIME: 24/03/01,00:00:01+08,1\r\n" OK);
  sim_host_do (host, "time 24/01/01,00:00:00-20");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^NWTIME: 24/01/01,00:00:00-20,0\r\n");
}

/* The network has to be there, and to say it. */
static void
test_not_given (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "time none");
  sim_host_ask (host, "AT^NWTIME?", "\r\nERROR\r\n");
  sim_host_do (host, "network lost");
  sim_host_forget (host);
  sim_host_do (host, "time 24/01/01,00:00:00+00");
  sim_host_ask (host, "AT^NWTIME?", "\r\nERROR\r\n");
  sim_host_do (host, "network found");
  sim_host_advance (host, 10);
  sim_host_expect_end (host, SIM_PORT_PCUI, "^HCSQ: \"WCDMA\",50,44,53\r\n");
  sim_host_ask (host, "AT^NWTIME?", "\r\n^NWTIME: 24/01/01,00:00:10+00,0\r\n" OK);
}

static void
test_wrong (void **state)
{
  static const char *const wrong[] = {
    "",
    "soon",
    "24/13/01,00:00:00+00",
    "24/01/01,00:00:00",
    "24/01/01,00:00:00+57",
    "24/01/01,00:00:00+00,3",
    "24/01/01,00:00:00+00,1x",
    "24/02/30,00:00:00+00",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *line = g_strconcat ("time ", wrong[i], NULL);
      g_autofree char *answer = sim_control_do (((SimHost *)*state)->module, line);

      assert_true (g_str_has_prefix (answer, "error "));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_given),
    WITH_HOST (test_not_given),
    WITH_HOST (test_wrong),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
