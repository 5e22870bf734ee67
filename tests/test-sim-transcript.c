/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE 1 /* mkdtemp() */
#include "mu-error.h"
#include "mu-test.h"
#include "sim-transcript.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* Without the stamp. */
static const char *
unstamped (const char *line)
{
  return strchr (line, ' ') + 1;
}

static void
test_tail (void **state G_GNUC_UNUSED)
{
  g_autoptr (SimTranscript) transcript = sim_transcript_new ();
  g_autoptr (GString)       out = g_string_new (NULL);

  assert_int_equal (sim_transcript_tail (transcript, 5, out), 0);
  for (int i = 0; i < 1000; i++)
    {
      char text[8];

      sim_transcript_add (transcript, "pcui", '<', text,
                          (gsize)g_snprintf (text, sizeof text, "%d\r", i));
    }
  assert_int_equal (sim_transcript_tail (transcript, 1, out), 1);
  assert_string_equal (unstamped (out->str), "pcui < 999\\r\n");
  g_string_truncate (out, 0);
  assert_int_equal (sim_transcript_tail (transcript, 10000, out), 256);
  assert_string_equal (unstamped (strrchr (g_strchomp (out->str), '\n')), "pcui < 999\\r");
}

static void
test_file (void **state G_GNUC_UNUSED)
{
  g_autoptr (SimTranscript) transcript = sim_transcript_new ();
  g_autoptr (GError)        error = NULL;
  char                      directory[] = "/tmp/test-log-XXXXXX";
  g_autofree char          *path = NULL, *text = NULL, *long_chunk = g_strnfill (5000, 'x');
  g_auto (GStrv)            lines = NULL;

  assert_non_null (mkdtemp (directory));
  path = g_build_filename (directory, "log", NULL);
  assert_true (sim_transcript_open (transcript, path, NULL));
  sim_transcript_add (transcript, "modem", '>', "\r\nOK\r\n\0", 7);
  assert_true (sim_transcript_open (transcript, path, NULL)); /* goes on */
  sim_transcript_add (transcript, "pcui", '<', long_chunk, 5000);
  assert_true (sim_transcript_open (transcript, NULL, NULL));
  sim_transcript_add (transcript, "pcui", '<', "lost", 4);
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  assert_int_equal (g_strv_length (lines), 4);
  assert_string_equal (unstamped (lines[0]), "modem > \\r\\nOK\\r\\n\\x00");
  assert_int_equal (strlen (unstamped (lines[1])), strlen ("pcui < ") + 4096);
  assert_int_equal (strlen (unstamped (lines[2])), strlen ("pcui < ") + 904);
  assert_false (sim_transcript_open (transcript, directory, &error));
  assert_int_equal (g_unlink (path), 0);
  assert_int_equal (g_rmdir (directory), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_tail),
    cmocka_unit_test (test_file),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
