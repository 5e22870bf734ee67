/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-args.h"
#include "ctl-error.h"
#include "mu-test.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

/* ---- one value ---- */

typedef struct
{
  const char *signature;
  const char *text;
  const char *value; /* in GVariant's text; NULL: refused */
} Row;

static const Row rows[] = {
  { "s", "", "''" },
  { "s", "5", "'5'" },
  { "s", "it's \"so\"", "\"it's \\\"so\\\"\"" },
  { "o", "/org/mu709", "objectpath '/org/mu709'" },
  { "o", "org/mu709", NULL },
  { "g", "a{sv}", "signature 'a{sv}'" },
  { "g", "a{", NULL },
  { "b", "yes", "true" },
  { "b", "true", "true" },
  { "b", "on", "true" },
  { "b", "1", "true" },
  { "b", "no", "false" },
  { "b", "off", "false" },
  { "b", "0", "false" },
  { "b", "2", NULL },
  { "b", "", NULL },
  { "y", "255", "byte 0xff" },
  { "y", "0x10", "byte 0x10" },
  { "y", "256", NULL },
  { "y", "-1", NULL },
  { "n", "-32768", "int16 -32768" },
  { "n", "32768", NULL },
  { "q", "65535", "uint16 65535" },
  { "q", "65536", NULL },
  { "i", "-95", "-95" },
  { "i", "2147483648", NULL },
  { "u", "4294967295", "uint32 4294967295" },
  { "u", "4294967296", NULL },
  { "u", "-1", NULL },
  { "u", "", NULL },
  { "u", "5 6", NULL },
  { "u", "1.5", NULL },
  { "u", "five", NULL },
  { "x", "-9223372036854775808", "int64 -9223372036854775808" },
  { "t", "18446744073709551615", "uint64 18446744073709551615" },
  { "t", "18446744073709551616", NULL },
  { "d", "-0.5", "-0.5" },
  { "d", "3", "3.0" },
  { "d", "a", NULL },
  { "ay", "", "@ay []" },
  { "ay", "00fF", "[byte 0x00, 0xff]" },
  { "ay", "[1, 0x02]", "[byte 0x01, 0x02]" },
  { "ay", "00f", NULL },
  { "as", "['a', 'b']", "['a', 'b']" },
  { "as", "[]", "@as []" },
  { "as", "a", NULL },
  { "as", "[1]", NULL },
  { "a{sv}", "{}", "@a{sv} {}" },
  { "a{sv}", "{'report': <true>, 'class': <uint32 0>}", "{'report': <true>, 'class': <uint32 0>}" },
  { "a{sv}", "{'report': true}", NULL },
  { "a{sv}", "{", NULL },
  { "a(ss)", "[('a', 'b')]", "[('a', 'b')]" },
  { "v", "<5>", "<5>" },
  { "nonsense!", "5", NULL },
};

static void
test_values (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row           *row = &rows[i];
      g_autoptr (GError)   error = NULL;
      g_autoptr (GVariant) value = ctl_args_parse_value (row->signature, row->text, &error);
      g_autofree char     *text = value != NULL ? g_variant_print (value, TRUE) : NULL;

      if (g_strcmp0 (text, row->value) != 0)
        fail_msg ("%s as %s: %s", row->text, row->signature, text != NULL ? text : error->message);
      if (value == NULL)
        assert_non_null (strstr (error->message, row->signature));
    }
}

static void
test_message (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  assert_null (ctl_args_parse_value ("y", "300", &error));
  assert_int_equal (ctl_error_status (error), CTL_ERROR_USAGE);
  assert_string_equal (error->message, "'300' is not of type y, a number from 0 to 255 "
                                       "(number out of range for type 'y')");
}

/* ---- arguments ---- */

#define ARG(name, signature)                                                                       \
  {                                                                                                \
    -1, (char *)(name), (char *)(signature), NULL                                                  \
  }

static GDBusArgInfo number = ARG ("number", "s"), options = ARG ("options", "a{sv}"),
                    in = ARG ("in", "h"), out = ARG ("out", "h"), nameless = ARG (NULL, "u");

static GDBusArgInfo *const send_args[] = { &number, &options, NULL };
static GDBusArgInfo *const post_args[] = { &number, &in, &out, NULL };
static GDBusArgInfo *const late_args[] = { &out, &nameless, NULL };

static char *
parse (GDBusArgInfo *const *infos, const char *const *texts, CtlFiles *files)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) args = ctl_args_parse (infos, texts, files, &error);

  return args != NULL ? g_variant_print (args, TRUE) : g_strdup (error->message);
}

static void
assert_parsed (GDBusArgInfo *const *infos, const char *const *texts, const char *expected)
{
  CtlFiles         files = { 0 };
  g_autofree char *text = parse (infos, texts, &files);

  assert_string_equal (text, expected);
  assert_null (files.list);
}

static void
test_counts (void **state G_GNUC_UNUSED)
{
  assert_parsed (NULL, (const char *[]){ NULL }, "()");
  assert_parsed (NULL, (const char *[]){ "a", NULL }, "It wants no arguments");
  assert_parsed (send_args, (const char *[]){ NULL },
                 "It wants 2 arguments: s number, a{sv} options");
  assert_parsed (send_args, (const char *[]){ "1", "{}", "3", NULL },
                 "It wants 2 arguments: s number, a{sv} options");
  assert_parsed (send_args, (const char *[]){ "112", "{'class': <uint32 0>}", NULL },
                 "('112', {'class': <uint32 0>})");
}

/* Options are optional. */
static void
test_last_dictionary (void **state G_GNUC_UNUSED)
{
  assert_parsed (send_args, (const char *[]){ "112", NULL }, "('112', @a{sv} {})");
}

static void
test_describe (void **state G_GNUC_UNUSED)
{
  g_autofree char *none = ctl_args_describe (NULL);
  g_autofree char *two = ctl_args_describe (late_args);

  assert_string_equal (none, "");
  assert_string_equal (two, "h out, u");
}

/* ---- files ---- */

static char *
make_directory (void)
{
  char *directory = g_dir_make_tmp ("test-ctl-args-XXXXXX", NULL);

  assert_non_null (directory);
  return directory;
}

static void
test_files (void **state G_GNUC_UNUSED)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *source = g_build_filename (directory, "source", NULL);
  g_autofree char *sink = g_build_filename (directory, "sink", NULL);
  CtlFiles         files = { 0 };
  g_autofree char *text = NULL;
  int              n, *fds;
  char             byte;

  assert_true (g_file_set_contents (source, "x", 1, NULL));
  text = parse (post_args, (const char *[]){ "u", source, sink, NULL }, &files);
  assert_string_equal (text, "('u', handle 0, handle 1)");
  assert_false (files.has_stdout);
  fds = g_unix_fd_list_steal_fds (files.list, &n);
  assert_int_equal (n, 2);
  assert_int_equal (read (fds[0], &byte, 1), 1);
  assert_int_equal (byte, 'x');
  assert_int_equal (write (fds[1], "y", 1), 1);
  assert_int_equal (write (fds[0], "y", 1), -1);
  assert_int_equal (close (fds[0]) + close (fds[1]), 0);
  g_free (fds);
  ctl_files_close (&files, TRUE);
  (void)g_remove (source);
  (void)g_remove (sink);
  (void)g_rmdir (directory);
}

/* What a file had in it stays until something else has been written. */

typedef struct
{
  const char *before; /* NULL: the file is not there */
  const char *written;
  gboolean    done;
  const char *after; /* NULL: as before */
} Output;

static const Output outputs[] = {
  { NULL, "new", TRUE, "new" },
  { NULL, "", TRUE, "" },
  { NULL, "", FALSE, NULL },
  { NULL, "half", FALSE, "half" },
  { "a recording", "new", TRUE, "new" },
  { "a recording", "", TRUE, "" },
  { "a recording", "", FALSE, "a recording" },
  { "a recording", "half", FALSE, "half" },
};

static void
test_output (void **state G_GNUC_UNUSED)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *sink = g_build_filename (directory, "sink", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      const Output    *row = &outputs[i];
      CtlFiles         files = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *after = NULL;
      int              fd;

      if (row->before != NULL)
        assert_true (g_file_set_contents (sink, row->before, -1, NULL));
      text = parse (post_args, (const char *[]){ "u", "/dev/null", sink, NULL }, &files);
      fd = g_unix_fd_list_get (files.list, 1, NULL);
      assert_int_equal (write (fd, row->written, strlen (row->written)), strlen (row->written));
      assert_int_equal (close (fd), 0);
      ctl_files_close (&files, row->done);
      (void)g_file_get_contents (sink, &after, NULL, NULL);
      if (row->after == NULL)
        assert_null (after);
      else
        assert_string_equal (after, row->after);
      (void)g_remove (sink);
    }
  (void)g_rmdir (directory);
}

static void
test_standard_streams (void **state G_GNUC_UNUSED)
{
  CtlFiles         files = { 0 };
  g_autofree char *text = parse (post_args, (const char *[]){ "u", "-", "-", NULL }, &files);

  assert_string_equal (text, "('u', handle 0, handle 1)");
  assert_true (files.has_stdout);
  assert_int_equal (g_unix_fd_list_get_length (files.list), 2);
  g_object_unref (files.list);
}

/* A file is not emptied for a call that cannot be made. */
static void
test_nothing_is_opened (void **state G_GNUC_UNUSED)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *sink = g_build_filename (directory, "sink", NULL);
  CtlFiles         files = { 0 };
  g_autofree char *text = parse (late_args, (const char *[]){ sink, "five", NULL }, &files);

  assert_true (g_str_has_prefix (text, "Argument 2 (u): 'five' is not of type u"));
  assert_false (g_file_test (sink, G_FILE_TEST_EXISTS));
  assert_null (files.list);
  (void)g_rmdir (directory);
}

static void
test_no_file (void **state G_GNUC_UNUSED)
{
  CtlFiles         files = { 0 };
  g_autofree char *text
      = parse (post_args, (const char *[]){ "u", "/nonexistent", "-", NULL }, &files);

  assert_string_equal (text, "Argument 2 (h in): /nonexistent: No such file or directory");
  assert_null (files.list);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_values),           cmocka_unit_test (test_message),
    cmocka_unit_test (test_counts),           cmocka_unit_test (test_last_dictionary),
    cmocka_unit_test (test_describe),         cmocka_unit_test (test_files),
    cmocka_unit_test (test_standard_streams), cmocka_unit_test (test_nothing_is_opened),
    cmocka_unit_test (test_no_file),          cmocka_unit_test (test_output),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
