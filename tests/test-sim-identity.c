/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

/* Guide 2.2 */
static void
test_identity (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CGMI;+CGMM;+CGMR;+CGSN",
                "\r\nHuawei Technologies Co., Ltd.\r\n\r\nMU709s-2\r\n\r\n11.652.65.00.00\r\n"
                "\r\n865261010004010\r\n" OK);
  sim_host_ask (host, "AT+GMI;+GMM;+GMR;+GSN",
                "\r\nHuawei Technologies Co., Ltd.\r\n\r\nMU709s-2\r\n\r\n11.652.65.00.00\r\n"
                "\r\n865261010004010\r\n" OK);
  sim_host_ask (host, "AT+GCAP", "\r\n+GCAP: +CGSM,+DS,+ES\r\n" OK);
  sim_host_ask (host, "AT+CGSN?", "\r\nERROR\r\n");
}

static void
test_imei (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "set-imei 123456789012345");
  sim_host_ask (host, "AT+CGSN", "\r\n123456789012345\r\n" OK);
  sim_host_do (host, "set-imei none");
  sim_host_ask (host, "AT+CGSN", "\r\n+CME ERROR: memory failure\r\n");
  sim_host_answers (host, "set-imei 12345", "error an IMEI has 15 digits");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_identity),
    WITH_HOST (test_imei),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
