/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-state.h"
#include "mu-test.h"

static const Mm1Facts home = { .modem = "ready",
                               .mode = "online",
                               .lock = "none",
                               .registration = "home",
                               .packet = "home",
                               .connection = "",
                               .enabled = TRUE };

static void
assert_state (Mm1Facts facts, MMModemState expected)
{
  assert_int_equal (mm1_state (&facts), expected);
}

#define WITH(...)                                                                                  \
  ({                                                                                               \
    Mm1Facts changed = home;                                                                       \
    const struct                                                                                   \
    {                                                                                              \
      const char *modem, *mode, *lock, *registration, *packet, *connection;                        \
    } change = { __VA_ARGS__ };                                                                    \
    changed.modem = change.modem != NULL ? change.modem : changed.modem;                           \
    changed.mode = change.mode != NULL ? change.mode : changed.mode;                               \
    changed.lock = change.lock != NULL ? change.lock : changed.lock;                               \
    changed.registration                                                                           \
        = change.registration != NULL ? change.registration : changed.registration;                \
    changed.packet = change.packet != NULL ? change.packet : changed.packet;                       \
    changed.connection = change.connection != NULL ? change.connection : changed.connection;       \
    changed;                                                                                       \
  })

static void
test_radio (void **state G_GNUC_UNUSED)
{
  assert_state (home, MM_MODEM_STATE_REGISTERED);
  assert_state (WITH (.registration = "roaming", .packet = "idle"), MM_MODEM_STATE_REGISTERED);
  assert_state (WITH (.registration = "denied", .packet = "home"), MM_MODEM_STATE_REGISTERED);
  assert_state (WITH (.registration = "searching", .packet = "searching"),
                MM_MODEM_STATE_SEARCHING);
  assert_state (WITH (.registration = "denied", .packet = "denied"), MM_MODEM_STATE_ENABLED);
  assert_state (WITH (.registration = "", .packet = ""), MM_MODEM_STATE_ENABLED);
}

static void
test_connections (void **state G_GNUC_UNUSED)
{
  assert_state (WITH (.connection = "connecting"), MM_MODEM_STATE_CONNECTING);
  assert_state (WITH (.connection = "connected"), MM_MODEM_STATE_CONNECTED);
  assert_state (WITH (.connection = "disconnecting"), MM_MODEM_STATE_DISCONNECTING);
  assert_state (WITH (.connection = "failed"), MM_MODEM_STATE_REGISTERED);
  assert_string_equal (mm1_further_connection ("", "connecting"), "connecting");
  assert_string_equal (mm1_further_connection ("connected", "connecting"), "connected");
  assert_string_equal (mm1_further_connection ("disconnecting", "failed"), "disconnecting");
  assert_string_equal (mm1_further_connection ("failed", "disconnected"), "");
}

static void
test_locks (void **state G_GNUC_UNUSED)
{
  assert_state (WITH (.modem = "locked", .lock = "pin"), MM_MODEM_STATE_LOCKED);
  assert_state (WITH (.modem = "locked", .lock = "puk"), MM_MODEM_STATE_LOCKED);
  assert_state (WITH (.modem = "locked", .lock = "blocked"), MM_MODEM_STATE_FAILED);
  assert_state (WITH (.modem = "ready", .lock = "missing"), MM_MODEM_STATE_FAILED);
  assert_state (WITH (.modem = "starting", .lock = "busy"), MM_MODEM_STATE_INITIALIZING);
  assert_state (WITH (.modem = "starting", .lock = "none"), MM_MODEM_STATE_INITIALIZING);
}

/* A lock counts whatever else is said, so that it is asked for. */
static void
test_lock_first (void **state G_GNUC_UNUSED)
{
  Mm1Facts facts = WITH (.lock = "pin", .connection = "connected");

  facts.enabled = FALSE;
  assert_state (facts, MM_MODEM_STATE_LOCKED);
}

static void
test_disabled (void **state G_GNUC_UNUSED)
{
  Mm1Facts facts = WITH (.connection = "connected");

  facts.enabled = FALSE;
  assert_state (facts, MM_MODEM_STATE_DISABLED);
  assert_state (WITH (.mode = "offline"), MM_MODEM_STATE_DISABLED);
  assert_state (WITH (.mode = "minimum"), MM_MODEM_STATE_DISABLED);
  assert_state (WITH (.mode = ""), MM_MODEM_STATE_REGISTERED);
}

static void
test_reasons (void **state G_GNUC_UNUSED)
{
  Mm1Facts missing = WITH (.lock = "missing"), blocked = WITH (.lock = "blocked");

  assert_int_equal (mm1_failed_reason (&home), MM_MODEM_STATE_FAILED_REASON_NONE);
  assert_int_equal (mm1_failed_reason (&missing), MM_MODEM_STATE_FAILED_REASON_SIM_MISSING);
  assert_int_equal (mm1_failed_reason (&blocked), MM_MODEM_STATE_FAILED_REASON_SIM_ERROR);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_radio),    cmocka_unit_test (test_connections),
    cmocka_unit_test (test_locks),    cmocka_unit_test (test_lock_first),
    cmocka_unit_test (test_disabled), cmocka_unit_test (test_reasons),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
