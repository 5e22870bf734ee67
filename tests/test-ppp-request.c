/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"
#include "ppp-request.h"

#include <string.h>

#define assert_error(error, word) assert_string_equal (mu_error_word (error), word)

static void
test_round_trip (void **state G_GNUC_UNUSED)
{
  static const PppRequest requests[] = {
    { 0 },
    { PPP_AUTH_PAP, 700, "card", "card" },
    { PPP_AUTH_CHAP, PPP_MAX_METRIC, " blanks and = signs ", "\"'$(reboot)\\ % \xc3\xa4" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *text = ppp_request_print (&requests[i], &error);
      PppRequest         request;

      assert_non_null (text);
      assert_true (ppp_request_parse (text, &request, &error));
      assert_int_equal (request.auth, requests[i].auth);
      assert_int_equal (request.metric, requests[i].metric);
      assert_string_equal (request.user, requests[i].user);
      assert_string_equal (request.password, requests[i].password);
    }
}

/* The longest names pass whole. */
static void
test_longest (void **state G_GNUC_UNUSED)
{
  PppRequest       request = { .auth = PPP_AUTH_PAP }, again;
  g_autofree char *text = NULL;

  memset (request.user, 'u', PPP_MAX_TEXT);
  memset (request.password, 'p', PPP_MAX_TEXT);
  text = ppp_request_print (&request, NULL);
  assert_true (strlen (text) < PPP_REQUEST_BYTES);
  assert_true (ppp_request_parse (text, &again, NULL));
  assert_memory_equal (&again, &request, sizeof request);
}

/* A line end would begin another line, with another name. */
static void
test_not_printed (void **state G_GNUC_UNUSED)
{
  static const PppRequest requests[] = {
    { .user = "card\npassword x" },
    { .password = "card\r" },
    { .user = "\x1b" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      assert_null (ppp_request_print (&requests[i], &error));
      assert_error (error, "InvalidCharacters");
      g_clear_error (&error);
    }
  assert_null (ppp_request_print (&(PppRequest){ .metric = PPP_MAX_METRIC + 1 }, &error));
  assert_error (error, "InvalidArgument");
}

#define GOOD "mu709-ppp 1\nauth none\nmetric 0\nuser \npassword \n"

static void
test_not_parsed (void **state G_GNUC_UNUSED)
{
  static const char *const texts[] = {
    "",
    "\n",
    "root:$y$j9T$secret:19000:0:99999:7:::\n", /* what a link may lead root to */
    "mu709-ppp 1\n",
    "mu709-ppp 2\nauth none\nmetric 0\nuser \npassword \n",
    "auth none\nmetric 0\nuser \npassword \n",
    GOOD "more\n",
    GOOD "\n",
    "mu709-ppp 1\nauth none\nmetric 0\nuser \npassword ",
    "mu709-ppp 1\nauth mschap\nmetric 0\nuser \npassword \n",
    "mu709-ppp 1\nauth\nmetric 0\nuser \npassword \n",
    "mu709-ppp 1\nmetric 0\nauth none\nuser \npassword \n",
    "mu709-ppp 1\nauth none\nmetric -1\nuser \npassword \n",
    "mu709-ppp 1\nauth none\nmetric 65536\nuser \npassword \n",
    "mu709-ppp 1\nauth none\nmetric 1 plugin\nuser \npassword \n",
    "mu709-ppp 1\nauth none\nmetric 0\nuser a\tb\npassword \n",
    "mu709-ppp 1\r\nauth none\r\nmetric 0\r\nuser \r\npassword \r\n",
  };
  PppRequest request;

  assert_true (ppp_request_parse (GOOD, &request, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (ppp_request_parse (texts[i], &request, &error));
      assert_error (error, "InvalidArgument");
      assert_null (strstr (error->message, "secret"));
    }
}

static void
test_too_long (void **state G_GNUC_UNUSED)
{
  g_autofree char *name = g_strnfill (PPP_MAX_TEXT + 1, 'x');
  g_autofree char *text
      = g_strdup_printf ("mu709-ppp 1\nauth none\nmetric 0\nuser %s\npassword \n", name);
  PppRequest request;

  assert_false (ppp_request_parse (text, &request, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_round_trip),  cmocka_unit_test (test_longest),
    cmocka_unit_test (test_not_printed), cmocka_unit_test (test_not_parsed),
    cmocka_unit_test (test_too_long),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
