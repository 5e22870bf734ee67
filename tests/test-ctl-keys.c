/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-error.h"
#include "ctl-keys.h"
#include "mu-test.h"

static GVariant *
parse_two (const char *text)
{
  return g_str_equal (text, "two") ? g_variant_new_int64 (2) : NULL;
}

#define ROWS                                                                                       \
  { "name", "s" }, { "count", "u" }, { "flag", "b" },                                              \
  {                                                                                                \
    "two", "x", parse_two, "two"                                                                   \
  }

static const CtlKey closed[] = { ROWS, { NULL } };
static const CtlKey open_ended[] = { ROWS, { NULL, "s" } };

typedef struct
{
  const char   *line;
  const CtlKey *keys;
  const char   *dict;  /* NULL: it is wrong */
  const char   *error; /* its beginning */
} Row;

static const Row rows[] = {
  { "", closed, "@a{sv} {}", NULL },
  { "name=a=b count=5 flag=no", closed, "{'name': <'a=b'>, 'count': <uint32 5>, 'flag': <false>}",
    NULL },
  { "name= two=two", closed, "{'name': <''>, 'two': <int64 2>}", NULL },
  { "other=1", open_ended, "{'other': <'1'>}", NULL },
  { "nmae=1", closed, NULL, "There is no key 'nmae'; did you mean 'name'?" },
  { "other=1", closed, NULL, "There is no key 'other'; there are: name, count, flag, two" },
  { "nam=1", open_ended, "{'nam': <'1'>}", NULL },
  { "name", closed, NULL, "'name' is not KEY=VALUE" },
  { "=5", open_ended, NULL, "'=5' is not KEY=VALUE" },
  { "count=many", closed, NULL, "'many' is not of type u" },
  { "two=three", closed, NULL, "two: 'three' is not two" },
};

static void
check (const Row *row)
{
  g_auto (GStrv)       words = g_strsplit (row->line, " ", -1);
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) dict = ctl_keys_parse (row->keys, (const char *const *)words, &error);
  g_autofree char     *text = dict != NULL ? g_variant_print (dict, TRUE) : NULL;

  assert_int_equal (g_strcmp0 (text, row->dict), 0);
  if (dict != NULL)
    return;
  assert_int_equal (ctl_error_status (error), CTL_ERROR_USAGE);
  if (!g_str_has_prefix (error->message, row->error))
    fail_msg ("%s: %s", row->line, error->message);
}

static void
test_parse (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    check (&rows[i]);
}

/* Those at the beginning, up to what is no KEY=VALUE or none that is known. */
static void
test_count (void **state G_GNUC_UNUSED)
{
  assert_int_equal (ctl_keys_count (closed, (const char *[]){ NULL }), 0);
  assert_int_equal (
      ctl_keys_count (closed, (const char *[]){ "name=a", "flag=1", "x", "two=2", NULL }), 2);
  assert_int_equal (ctl_keys_count (closed, (const char *[]){ "name", "flag=1", NULL }), 0);
  assert_int_equal (ctl_keys_count (closed, (const char *[]){ "names=1", NULL }), 0);
}

static void
test_suggest (void **state G_GNUC_UNUSED)
{
  assert_string_equal (ctl_keys_suggest (closed, "cuont=5"), "count");
  assert_null (ctl_keys_suggest (closed, "cuont"));
  assert_null (ctl_keys_suggest (closed, "frobnicate=5"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_parse),
    cmocka_unit_test (test_count),
    cmocka_unit_test (test_suggest),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
