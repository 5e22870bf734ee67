/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-config.h"
#include "mu-error.h"
#include "mu-log.h"
#include "mu-test.h"

#include <glib/gstdio.h>

#include <string.h>

static GKeyFile *
load (const char *text, GError **error)
{
  g_autofree char *name = NULL;
  int              fd = g_file_open_tmp ("mu-config-XXXXXX", &name, NULL);
  GKeyFile        *config;

  assert_true (fd >= 0);
  g_close (fd, NULL);
  assert_true (g_file_set_contents (name, text, -1, NULL));
  config = mu_config_load (name, error);
  g_unlink (name);
  return config;
}

static void
test_values (void **state G_GNUC_UNUSED)
{
  g_autoptr (GKeyFile) config
      = load ("[daemon]\nlog-level=debug\n[sim 8901]\npin=1234\n[data]\napn=internet\n"
              "[device]\nids=12d1:15c1;12d1:1573\nunknown=1\n[surprise]\nx=y\n",
              NULL);
  g_autofree char *level = mu_config_text (config, "daemon", "log-level");
  g_autofree char *bearer = mu_config_text (config, "data", "bearer");
  g_auto (GStrv)   ids = mu_config_list (config, "device", "ids");

  assert_string_equal (level, "debug");
  assert_string_equal (bearer, "auto");
  assert_int_equal (g_strv_length (ids), 2);
  assert_false (mu_config_flag (config, "network", "roaming"));
}

/* What is not configured is what the table says, also to whoever asks the key file itself. */
static void
test_defaults (void **state G_GNUC_UNUSED)
{
  g_autoptr (GKeyFile) config = load ("[messaging]\nretries=2\n", NULL);

  assert_int_equal (g_key_file_get_integer (config, "messaging", "max-messages", NULL), 100000);
  assert_int_equal (g_key_file_get_integer (config, "data", "ppp-route-metric", NULL), 700);
  assert_int_equal (g_key_file_get_integer (config, "messaging", "retries", NULL), 2);
  assert_false (g_key_file_has_key (config, "sim", "pin", NULL));
}

static void
test_wrong_values (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text, *group, *key;
  } rows[] = {
    { "[daemon]\nlog-level=loud\n", "[daemon]", "log-level" },
    { "[sim]\npin=12\n", "[sim]", "pin" },
    { "[sim]\npin=12a4\n", "[sim]", "pin" },
    { "[sim 8949]\npin=123456789\n", "[sim 8949]", "pin" },
    { "[network]\nroaming=yes\n", "[network]", "roaming" },
    { "[device]\nids=12d1\n", "[device]", "ids" },
    { "[device]\nuart=ttyS1\n", "[device]", "uart" },
    { "[device]\nbaud=1200\n", "[device]", "baud" },
    { "[messaging]\nretention-days=-1\n", "[messaging]", "retention-days" },
    { "[messaging]\nretries=99\n", "[messaging]", "retries" },
    { "[messaging]\nlanguages=turkish;klingon\n", "[messaging]", "languages" },
    { "[messaging]\nmax-messages=1\n", "[messaging]", "max-messages" },
    { "[data]\nauth=maybe\n", "[data]", "auth" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_null (load (rows[i].text, &error));
      assert_non_null (strstr (error->message, rows[i].group));
      assert_non_null (strstr (error->message, rows[i].key));
      assert_non_null (strstr (error->message, "mu-config-"));
    }
}

static void
test_broken_file (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  assert_null (load ("this is not a key file", &error));
  assert_non_null (strstr (error->message, "mu-config-"));
  g_clear_error (&error);
  assert_null (mu_config_load ("/nonexistent/file", &error));
  assert_non_null (strstr (error->message, "/nonexistent/file"));
  g_clear_error (&error);
  assert_null (load ("[daemon]\nlog-level=\xff\n", &error));
  assert_non_null (error);
}

/* The journal is read by many: what stands in a line that is no key may be a PIN. */
static void
test_broken_line (void **state G_GNUC_UNUSED)
{
  static const char *const texts[] = {
    "[sim]\n# the card's\npin 4711\n",
    "[data]\n\npassword: 4711\n",
    "\n\npin=4711\n[sim]\n",
    "[daemon]\n\n=4711\n",
    "#\n#\n[sim 4711\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_null (load (texts[i], &error));
      assert_null (strstr (error->message, "4711"));
      assert_non_null (strstr (error->message, "line 3"));
    }
}

/* What it prints can be read again and is whole; secrets are not in it. */
static void
test_print (void **state G_GNUC_UNUSED)
{
  g_autoptr (GKeyFile) config = load ("[sim]\npin=4711\n[sim 8901]\npin=0815\n", NULL);
  g_autofree char     *text = mu_config_print (config);
  g_autofree char     *empty = NULL;
  g_autoptr (GKeyFile) defaults = load ("", NULL);
  g_autoptr (GKeyFile) again = NULL;

  assert_null (strstr (text, "4711"));
  assert_null (strstr (text, "0815"));
  assert_non_null (strstr (text, "[sim 8901]\npin=***"));
  assert_non_null (strstr (text, "log-level=info"));
  empty = mu_config_print (defaults);
  again = load (empty, NULL);
  assert_non_null (again);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_values),       cmocka_unit_test (test_defaults),
    cmocka_unit_test (test_wrong_values), cmocka_unit_test (test_broken_file),
    cmocka_unit_test (test_broken_line),

    cmocka_unit_test (test_print),
  };

  mu_log_init (MU_LOG_ERROR, FALSE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
