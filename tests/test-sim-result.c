/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-result.h"

typedef struct
{
  SimResult   result;
  gboolean    verbose;
  guint       cmee;
  const char *text;
} Case;

static const Case cases[] = {
  { SIM_OK, TRUE, 2, "\r\nOK\r\n" },
  { SIM_OK, FALSE, 2, "0\r" },
  { SIM_NO_CARRIER, TRUE, 0, "\r\nNO CARRIER\r\n" },
  { SIM_NO_CARRIER, FALSE, 0, "3\r" },
  { SIM_ERROR, FALSE, 2, "4\r" },
  { SIM_NOT_SUPPORTED, TRUE, 2, "\r\nCOMMAND NOT SUPPORT\r\n" },
  { SIM_NOT_SUPPORTED, FALSE, 0, "\r\nCOMMAND NOT SUPPORT\r\n" },
  { SIM_CME_SIM_FAILURE, TRUE, 2, "\r\n+CME ERROR: SIM failure\r\n" },
  { SIM_CME_SIM_FAILURE, TRUE, 1, "\r\n+CME ERROR: 13\r\n" },
  { SIM_CME_SIM_FAILURE, TRUE, 0, "\r\nERROR\r\n" },
  { SIM_CME_SIM_FAILURE, FALSE, 0, "4\r" },
  { SIM_CME_SIM_FAILURE, FALSE, 1, "\r\n+CME ERROR: 13\r\n" },
  { SIM_CME_BAD_PARAMETERS, TRUE, 2, "\r\n+CME ERROR: Incorrect parameters\r\n" },
  { SIM_CME (65290), TRUE, 2, "\r\n+CME ERROR: 65290\r\n" }, /* it has no text (guide 27) */
  { SIM_APP_NOT_SUPPORTED, TRUE, 2, "\r\n+CME ERROR: Operation not supported\r\n" },
  { SIM_APP_NOT_SUPPORTED, TRUE, 1, "\r\n+CME ERROR: 4\r\n" },
  { SIM_CMS_BAD_PDU, TRUE, 2, "\r\n+CMS ERROR: 304\r\n" }, /* nor has this ... */
  { SIM_CMS_NO_CENTRE, TRUE, 2, "\r\n+CMS ERROR: 330\r\n" },
  { SIM_CMS_UNKNOWN, TRUE, 2, "\r\n+CMS ERROR: 500\r\n" },
  { SIM_CMS_MEMORY_FULL, TRUE, 2, "\r\n+CMS ERROR: memory full\r\n" },
  { SIM_CMS_MEMORY_FULL, TRUE, 1, "\r\n+CMS ERROR: 322\r\n" },
  { SIM_CMS_MEMORY_FULL, TRUE, 0, "\r\nERROR\r\n" },
};

static void
test_cases (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      sim_result_format (out, cases[i].result, cases[i].verbose, cases[i].cmee);
      assert_string_equal (out->str, cases[i].text);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_cases),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
