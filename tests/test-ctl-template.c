/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-template.h"
#include "mu-test.h"

#define PROPERTIES                                                                                 \
  "{'State': <'ready'>, 'Reason': <''>, 'Quality': <uint32 67>, 'Rssi': <-71>, 'Rscp': <0>, "      \
  "'Attached': <true>, 'Healthy': <false>, 'Calls': <['a', 'b']>, 'None': <@as []>, "              \
  "'Unread': <uint32 0>}"

typedef struct
{
  const char *template;
  const char *text; /* NULL: nothing to show */
} Row;

static const Row rows[] = {
  { "{State}", "ready" },
  { "{Reason}", NULL },
  { "{Missing}", NULL },
  { "text", NULL },
  { "{State}, {Reason}", "ready," },
  { "{State}[, {Reason}]", "ready" },
  { "{State}[, {Missing}]", "ready" },
  { "[{Reason}]", NULL },
  { "[{Reason} ][({State})]", "(ready)" },
  { "[{State} {Reason}]", NULL },
  { "[{Rssi} dBm][  {Rscp} dBm]", "-71 dBm" },
  { "[{Rscp} dBm]", NULL },
  { "{Unread} unread", "0 unread" },
  { "{Quality:bar} {Quality} %", "####_ 67 %" },
  { "{Unread:bar}", "_____" },
  { "{State:bar}", "_____" },
  { "{State:state}", "ready" },
  { "{Calls:count}", "2" },
  { "{None:count}", "0" },
  { "{State:count}", "0" },
  { "{Attached?attached|not attached}", "attached" },
  { "{Healthy?|no}", "no" },
  { "{Attached?|no}", NULL },
  { "{State?yes|no}", NULL },
};

static void
test_rows (void **state G_GNUC_UNUSED)
{
  const CtlStyle       style = { 0 };
  g_autoptr (GVariant) properties = g_variant_ref_sink (g_variant_new_parsed (PROPERTIES));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = ctl_template_expand (rows[i].template, properties, &style);

      if (g_strcmp0 (text, rows[i].text) != 0)
        fail_msg ("%s: '%s'", rows[i].template, text);
    }
}

static void
test_bar (void **state G_GNUC_UNUSED)
{
  static const char *const bars[] = { "_____", "▂____", "▂____", "▂▃___", "▂▃▅▆▇", "▂▃▅▆▇" };
  static const guint percents[] = { 0, 1, 20, 21, 81, 101 };
  const CtlStyle     style = { .unicode = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      g_autoptr (GVariant) properties
          = g_variant_ref_sink (g_variant_new_parsed ("{'Q': <%u>}", percents[i]));
      g_autofree char *text = ctl_template_expand ("{Q:bar}", properties, &style);

      assert_string_equal (text, bars[i]);
    }
}

static void
test_color (void **state G_GNUC_UNUSED)
{
  const CtlStyle       style = { .color = TRUE };
  g_autoptr (GVariant) properties = g_variant_ref_sink (g_variant_new_parsed (PROPERTIES));
  g_autofree char     *text = ctl_template_expand ("{State:state}", properties, &style);

  assert_string_equal (text, "\033[32mready\033[0m");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_rows),
    cmocka_unit_test (test_bar),
    cmocka_unit_test (test_color),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
