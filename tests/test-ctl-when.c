/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-when.h"
#include "mu-test.h"

#define NOW 1795375174 /* 2026-11-22 19:19:34 UTC; the test's zone is an hour ahead of that */

typedef struct
{
  const char *text;
  gint64      start; /* -1: it is no time */
  gint64      end;
} Row;

static const Row rows[] = {
  { "0", 0, 0 },
  { "1795375174", NOW, NOW },
  { "2026-11-22", 1795302000, 1795388399 },
  { "2026-11-22T20:19:34", NOW, NOW },
  { "2026-11-22 20:19:34", NOW, NOW },
  { "2026-11-22T20:19", NOW - 34, NOW - 34 },
  { "2026-11-22T19:19:34Z", NOW, NOW },
  { "2026-11-22T19:19:34+00:00", NOW, NOW },
  { "30s", NOW - 30, NOW - 30 },
  { "15m", NOW - 900, NOW - 900 },
  { "15min", NOW - 900, NOW - 900 },
  { "2h", NOW - 7200, NOW - 7200 },
  { "2h ago", NOW - 7200, NOW - 7200 },
  { "3d", NOW - 259200, NOW - 259200 },
  { "1w", NOW - 604800, NOW - 604800 },
  { "", -1, -1 },
  { "-1", -1, -1 },
  { "h", -1, -1 },
  { "2y", -1, -1 },
  { "ago", -1, -1 },
  { "yesterday", -1, -1 },
  { "2026-13-22", -1, -1 },
  { "2026-11-22T25:00", -1, -1 },
  { "99999999999999999999", -1, -1 },
  { "99999999999h", -1, -1 },
  { "\303\274026-11-22", -1, -1 },
};

static gint64
parse (const char *text, gboolean is_end)
{
  gint64 time;

  return ctl_when_parse (text, NOW, is_end, &time) ? time : -1;
}

static void
test_parse (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (parse (rows[i].text, FALSE) != rows[i].start || parse (rows[i].text, TRUE) != rows[i].end)
      fail_msg ("'%s': %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT, rows[i].text,
                parse (rows[i].text, FALSE), parse (rows[i].text, TRUE));
}

static void
test_span (void **state G_GNUC_UNUSED)
{
  gint64 seconds;

  assert_true (ctl_when_parse_span ("90", &seconds));
  assert_int_equal (seconds, 90);
  assert_true (ctl_when_parse_span ("2d", &seconds));
  assert_int_equal (seconds, 172800);
  assert_false (ctl_when_parse_span ("2h ago", &seconds));
  assert_false (ctl_when_parse_span ("-2h", &seconds));
}

static void
test_text (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = ctl_when_text (NOW);
  g_autofree char *none = ctl_when_text (G_MAXINT64);

  assert_string_equal (text, "2026-11-22 20:19:34");
  assert_string_equal (none, "");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_parse),
    cmocka_unit_test (test_span),
    cmocka_unit_test (test_text),
  };

  g_setenv ("TZ", "UTC-1", TRUE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
