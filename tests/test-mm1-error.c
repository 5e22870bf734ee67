/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-error.h"
#include "mu-error.h"
#include "mu-test.h"

#include <string.h>

static void
assert_name (const GError *error, const char *expected)
{
  g_autofree char *name = g_dbus_error_encode_gerror (error);

  assert_true (g_str_has_prefix (name, "org.freedesktop.ModemManager1.Error."));
  assert_string_equal (name + strlen ("org.freedesktop.ModemManager1.Error."), expected);
}

static void
assert_translated (MuError code, const char *expected)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, (int)code, "what was said");
  g_autoptr (GError) translated = mm1_error_translate (error);

  assert_name (translated, expected);
  assert_string_equal (translated->message, "what was said");
}

/* NetworkManager knows these: it stops trying. */
static void
test_card (void **state G_GNUC_UNUSED)
{
  assert_translated (MU_ERROR_SIM_MISSING, "MobileEquipment.SimNotInserted");
  assert_translated (MU_ERROR_SIM_PIN_REQUIRED, "MobileEquipment.SimPin");
  assert_translated (MU_ERROR_SIM_PUK_REQUIRED, "MobileEquipment.SimPuk");
  assert_translated (MU_ERROR_SIM_BLOCKED, "MobileEquipment.SimWrong");
  assert_translated (MU_ERROR_WRONG_PASSWORD, "MobileEquipment.IncorrectPassword");
}

static void
test_others (void **state G_GNUC_UNUSED)
{
  assert_translated (MU_ERROR_FAILED, "Core.Failed");
  assert_translated (MU_ERROR_BUSY, "Core.InProgress");
  assert_translated (MU_ERROR_NO_NETWORK, "MobileEquipment.NoNetwork");
  assert_translated (MU_ERROR_TIMEOUT, "Serial.ResponseTimeout");
  assert_translated (MU_ERROR_NO_CARRIER, "Connection.NoCarrier");
  assert_translated (MU_ERROR_AUTHENTICATION_FAILED, "MobileEquipment.UserAuthenticationFailed");
}

/* No code has been forgotten: each has a name of ModemManager's. */
static void
test_all (void **state G_GNUC_UNUSED)
{
  for (int code = MU_ERROR_FAILED; code <= MU_ERROR_MODEM; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (MU_ERROR, code, "");
      g_autoptr (GError) translated = mm1_error_translate (error);
      g_autofree char   *name = g_dbus_error_encode_gerror (translated);

      assert_true (g_str_has_prefix (name, "org.freedesktop.ModemManager1.Error."));
    }
}

static void
test_unknown (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) own = g_error_new_literal (MM_CORE_ERROR, MM_CORE_ERROR_EXISTS, "x");
  g_autoptr (GError) strange = g_error_new_literal (MU_ERROR, 4711, "x");
  g_autoptr (GError) same = mm1_error_translate (own);
  g_autoptr (GError) failed = mm1_error_translate (strange);

  assert_name (same, "Core.Exists");
  assert_name (failed, "Core.Failed");
}

static void
assert_cause (guint cause, const char *expected)
{
  g_autoptr (GError) error = mm1_error_of_cause (cause, "x");

  assert_non_null (error);
  assert_name (error, expected);
}

static void
test_causes (void **state G_GNUC_UNUSED)
{
  assert_cause (8, "MobileEquipment.OperatorDeterminedBarring");
  assert_cause (27, "MobileEquipment.MissingOrUnknownApn");
  assert_cause (29, "MobileEquipment.UserAuthenticationFailed");
  assert_cause (33, "MobileEquipment.ServiceOptionNotSubscribed");
  assert_cause (36, "MobileEquipment.RegularDeactivation");
  assert_null (mm1_error_of_cause (0, "x"));
  assert_null (mm1_error_of_cause (255, "x"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_card),    cmocka_unit_test (test_others), cmocka_unit_test (test_all),
    cmocka_unit_test (test_unknown), cmocka_unit_test (test_causes),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
