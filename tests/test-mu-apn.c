/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-apn.h"
#include "mu-test.h"

#include <glib/gstdio.h>

#include <string.h>

static char *file;

static int
set_up (void **state G_GNUC_UNUSED)
{
  g_autofree char *folder = g_dir_make_tmp ("mu-apn-XXXXXX", NULL);

  file = g_build_filename (folder, "list.xml", NULL);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_autofree char *folder = g_path_get_dirname (file);

  g_unlink (file);
  g_rmdir (folder);
  g_clear_pointer (&file, g_free);
  return 0;
}

#define HEAD                                                                                       \
  "<?xml version=\"1.0\"?>\n<!DOCTYPE serviceproviders SYSTEM \"serviceproviders.2.dtd\">\n"       \
  "<!-- a comment -->\n<serviceproviders format=\"2.0\"><country code=\"de\">"

/* The operator's access point in a list with this content, "apn user password"; "": none. */
static void
assert_found (const char *content, const char *code, const char *expected)
{
  g_autofree char *text = g_strconcat (HEAD, content, NULL);
  g_autofree char *got = NULL;
  MuApn            apn;

  assert_true (g_file_set_contents (file, text, -1, NULL));
  if (mu_apn_find (file, code, &apn))
    got = g_strdup_printf ("%s %s %s", apn.apn, apn.user, apn.password);
  else
    got = g_strdup ("");
  assert_string_equal (got, expected);
}

#define ONE                                                                                        \
  "<provider><name>One</name><gsm><network-id mcc=\"262\" mnc=\"01\"/>"                            \
  "<network-id mcc=\"262\" mnc=\"06\"/>"                                                           \
  "<apn value=\"mms.one\"><usage type=\"mms\"/><username>m</username></apn>"                       \
  "<apn value=\"internet.one\"><plan type=\"postpaid\"/><usage type=\"internet\"/>"                \
  "<name>One</name><username>u&amp;1</username><password>p</password><dns>1.1.1.1</dns></apn>"     \
  "<apn value=\"second.one\"/></gsm></provider>"
#define TWO                                                                                        \
  "<provider><name>Two</name><cdma><sid value=\"1\"/></cdma><gsm>"                                 \
  "<network-id mcc=\"310\" mnc=\"410\"/><apn value=\"two\"/></gsm></provider>"
#define END "</country></serviceproviders>"

static void
test_found (void **state G_GNUC_UNUSED)
{
  assert_found (ONE TWO END, "26201", "internet.one u&1 p");
  assert_found (ONE TWO END, "26206", "internet.one u&1 p");
  assert_found (ONE TWO END, "310410", "two  ");
  assert_found (TWO ONE END, "26201", "internet.one u&1 p");
}

static void
test_not_found (void **state G_GNUC_UNUSED)
{
  assert_found (ONE TWO END, "26202", "");
  assert_found (ONE TWO END, "2620", "");
  assert_found (ONE TWO END, "", "");
  assert_found (END, "26201", "");
}

/* An operator without an access point does not get the next one's. */
static void
test_none_of_its_own (void **state G_GNUC_UNUSED)
{
  assert_found ("<provider><gsm><network-id mcc=\"262\" mnc=\"07\"/></gsm></provider>" ONE END,
                "26207", "");
  assert_found ("<provider><gsm><network-id mcc=\"262\" mnc=\"07\"/><apn value=\"\"/></gsm>"
                "</provider>" ONE END,
                "26207", "");
}

static void
test_too_long (void **state G_GNUC_UNUSED)
{
  g_autofree char *name = g_strnfill (100, 'x');
  g_autofree char *content
      = g_strdup_printf ("<gsm><network-id mcc=\"262\" mnc=\"07\"/><apn value=\"%s\"/>"
                         "<apn value=\"a\"><username>%s</username></apn>"
                         "<apn value=\"b\"/></gsm>" END,
                         name, name);

  assert_found (content, "26207", "b  ");
}

/* What stands before the damage counts. */
static void
test_damaged (void **state G_GNUC_UNUSED)
{
  assert_found (ONE "<<<", "26201", "internet.one u&1 p");
  assert_found ("<<<" ONE, "26201", "");
  assert_found ("<gsm><network-id mcc=\"262\" mnc=\"01\"/><apn value=\"cut\">", "26201", "");
  assert_found ("\xff\xfe\x01", "26201", "");
}

static void
test_no_file (void **state G_GNUC_UNUSED)
{
  MuApn apn;

  assert_false (mu_apn_find ("/nonexistent/list.xml", "26201", &apn));
  assert_false (mu_apn_find ("/", "26201", &apn));
}

/* The real list, where it is installed. */
static void
test_installed (void **state G_GNUC_UNUSED)
{
  MuApn apn;

  if (!g_file_test (MU_APN_LIST, G_FILE_TEST_EXISTS))
    skip ();
  assert_true (mu_apn_find (MU_APN_LIST, "26201", &apn));
  assert_true (strlen (apn.apn) > 0);
  assert_false (mu_apn_find (MU_APN_LIST, "00101x", &apn));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_found),           cmocka_unit_test (test_not_found),
    cmocka_unit_test (test_none_of_its_own), cmocka_unit_test (test_too_long),
    cmocka_unit_test (test_damaged),         cmocka_unit_test (test_no_file),
    cmocka_unit_test (test_installed),
  };

  return cmocka_run_group_tests (tests, set_up, tear_down);
}
