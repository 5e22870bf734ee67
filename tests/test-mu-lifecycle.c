/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-lifecycle.h"
#include "mu-test.h"

/* Every edge of the table leads somewhere, and GONE nowhere. */
static void
test_table (void **state G_GNUC_UNUSED)
{
  for (MuModemState from = 0; from < MU_N_MODEM_STATES; from++)
    {
      gboolean somewhere = FALSE;

      for (MuModemState to = 0; to < MU_N_MODEM_STATES; to++)
        somewhere |= mu_modem_may_enter (from, to);
      assert_int_equal (somewhere, from != MU_MODEM_GONE);
      assert_int_equal (mu_modem_may_enter (from, MU_MODEM_GONE), from != MU_MODEM_GONE);
    }
}

/* From everywhere there is a way back to "ready", as long as the module is there. */
static gboolean
leads_to (MuModemState from, MuModemState to, guint seen)
{
  if (from == to)
    return TRUE;
  for (MuModemState next = 0; next < MU_N_MODEM_STATES; next++)
    if (mu_modem_may_enter (from, next) && !(seen & (1U << next))
        && leads_to (next, to, seen | (1U << from)))
      return TRUE;
  return FALSE;
}

static void
test_ways (void **state G_GNUC_UNUSED)
{
  for (MuModemState from = 0; from < MU_N_MODEM_STATES; from++)
    {
      assert_int_equal (leads_to (from, MU_MODEM_READY, 0), from != MU_MODEM_GONE);
      assert_non_null (mu_modem_state_word (from));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_table), cmocka_unit_test (test_ways) };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
