/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-line.h"
#include "mu-test.h"

#include <string.h>

static gboolean
has (const char *text, const char *prefix)
{
  return at_line_has_prefix (&(AtLine){ .text = text, .len = strlen (text) }, prefix);
}

static void
test_prefix (void **state G_GNUC_UNUSED)
{
  assert_true (has ("+CREG: 1", "+CREG"));
  assert_true (has ("+CREG:1", "+CREG"));
  assert_true (has ("^SYSSTART", "^SYSSTART"));
  assert_true (has ("^ndisstatqry: 1", "^NDISSTATQRY"));
  assert_false (has ("+CREGX: 1", "+CREG"));
  assert_false (has ("+CRE: 1", "+CREG"));
  assert_false (has ("RINGING", "RING"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_prefix) };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
