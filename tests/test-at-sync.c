/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-sync.h"
#include "mu-test.h"

#include <string.h>

static GError *timeout, *refusal;

static void
assert_asks (AtSync *sync, const char *text, const char *marker)
{
  AtExchange exchange = at_sync_exchange (sync, 1);

  assert_string_equal (exchange.command.text, text);
  if (marker == NULL)
    assert_null (exchange.marker);
  else
    assert_string_equal (exchange.marker, marker);
}

static void
test_open (void **state G_GNUC_UNUSED)
{
  AtSync sync;

  at_sync_begin (&sync, AT_SYNC_OPEN, NULL);
  assert_asks (&sync, "ATQ0V1E0", NULL);
  assert_int_equal (at_sync_finished (&sync, NULL), AT_SYNC_MORE);
  assert_asks (&sync, "AT+CFUN?", "+CFUN");
  assert_int_equal (at_sync_finished (&sync, NULL), AT_SYNC_DONE);
}

static void
test_speed (void **state G_GNUC_UNUSED)
{
  AtSync sync;

  at_sync_begin (&sync, AT_SYNC_SPEED, NULL);
  assert_asks (&sync, "AT", NULL);
  assert_int_equal (at_sync_finished (&sync, timeout), AT_SYNC_MORE);
  assert_asks (&sync, "AT", NULL);
  assert_int_equal (at_sync_finished (&sync, refusal), AT_SYNC_MORE);
  assert_asks (&sync, "ATQ0V1E0", NULL);
}

static void
test_another_marker (void **state G_GNUC_UNUSED)
{
  AtSync sync;

  at_sync_begin (&sync, AT_SYNC_TIMEOUT, "AT+cfun=1");
  assert_asks (&sync, "AT", NULL);
  assert_int_equal (at_sync_finished (&sync, NULL), AT_SYNC_MORE);
  assert_asks (&sync, "AT+IPR?", "+IPR");
}

/* What an earlier marker has asked is not taken for what this one has. */
static void
test_marker_times (void **state G_GNUC_UNUSED)
{
  AtSync     sync;
  AtExchange exchange;

  at_sync_begin (&sync, AT_SYNC_OPEN, NULL);
  assert_false (at_sync_is_at_marker (&sync));
  assert_int_equal (at_sync_finished (&sync, NULL), AT_SYNC_MORE);
  assert_true (at_sync_is_at_marker (&sync));
  exchange = at_sync_exchange (&sync, 3);
  assert_string_equal (exchange.command.text, "AT+CFUN?;+CFUN?;+CFUN?");
  assert_int_equal (exchange.n_markers, 3);
  exchange = at_sync_exchange (&sync, AT_SYNC_MAX_TIMES);
  assert_int_equal (strlen (exchange.command.text), 7 * AT_SYNC_MAX_TIMES + 1);
}

/* Guide 1.2.3: three times in vain, wherever it stops. */
static void
test_in_vain (void **state G_GNUC_UNUSED)
{
  AtSync sync;

  at_sync_begin (&sync, AT_SYNC_TIMEOUT, "AT+CSQ");
  assert_int_equal (at_sync_finished (&sync, timeout), AT_SYNC_MORE);
  assert_int_equal (at_sync_finished (&sync, NULL), AT_SYNC_MORE);
  assert_int_equal (at_sync_finished (&sync, timeout), AT_SYNC_MORE);
  assert_asks (&sync, "AT", NULL);
  assert_int_equal (at_sync_finished (&sync, timeout), AT_SYNC_LOST);
}

/* The greeting is refused, AT is not; both are; the marker is not known. */
static void
test_refusals (void **state G_GNUC_UNUSED)
{
  AtSync sync;

  at_sync_begin (&sync, AT_SYNC_OPEN, NULL);
  assert_int_equal (at_sync_finished (&sync, refusal), AT_SYNC_MORE);
  assert_asks (&sync, "AT", NULL);
  assert_int_equal (at_sync_finished (&sync, NULL), AT_SYNC_MORE);
  assert_int_equal (at_sync_finished (&sync, refusal), AT_SYNC_DONE);

  at_sync_begin (&sync, AT_SYNC_OPEN, NULL);
  assert_int_equal (at_sync_finished (&sync, refusal), AT_SYNC_MORE);
  assert_int_equal (at_sync_finished (&sync, refusal), AT_SYNC_MORE);
  assert_int_equal (at_sync_finished (&sync, NULL), AT_SYNC_DONE); /* late refusals */

  at_sync_begin (&sync, AT_SYNC_OPEN, NULL);
  assert_int_equal (at_sync_finished (&sync, refusal), AT_SYNC_MORE);
  assert_int_equal (at_sync_finished (&sync, refusal), AT_SYNC_MORE);
  assert_int_equal (at_sync_finished (&sync, refusal), AT_SYNC_LOST);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_open),           cmocka_unit_test (test_speed),
    cmocka_unit_test (test_another_marker), cmocka_unit_test (test_marker_times),
    cmocka_unit_test (test_in_vain),        cmocka_unit_test (test_refusals),
  };
  int failed;

  timeout = g_error_new_literal (MU_ERROR, MU_ERROR_TIMEOUT, "");
  refusal = g_error_new_literal (MU_ERROR, MU_ERROR_FAILED, "ERROR");
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  g_error_free (timeout);
  g_error_free (refusal);
  return failed;
}
