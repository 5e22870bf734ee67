/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-lexer.h"
#include "mu-test.h"

#include <string.h>

static void
collect (AtToken token, const AtLine *line, gpointer user_data)
{
  assert_int_equal (strlen (line->text), line->len);
  if (token == AT_TOKEN_PROMPT)
    g_string_append (user_data, "<prompt>|");
  else if (line->body == NULL)
    g_string_append_printf (user_data, "%s|", line->text);
  else
    {
      g_string_append_printf (user_data, "%s{", line->text);
      for (gsize i = 0; i < line->body_len; i++)
        if (g_ascii_isprint (line->body[i]))
          g_string_append_c (user_data, line->body[i]);
        else
          g_string_append_printf (user_data, "\\x%02x", (guchar)line->body[i]);
      g_string_append (user_data, "}|");
    }
}

static void
feed_parts (const char *stream, gsize len, gsize a, gsize b, const char *tokens)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  AtLexer             lexer;

  at_lexer_init (&lexer, collect, seen);
  at_lexer_feed (&lexer, stream, a);
  at_lexer_feed (&lexer, stream + a, b - a);
  at_lexer_feed (&lexer, stream + b, len - b);
  at_lexer_clear (&lexer);
  assert_string_equal (seen->str, tokens);
}

/* Cut the stream at every pair of places: the tokens must not change. */
static void
every_split (const char *stream, gsize len, const char *tokens)
{
  for (gsize a = 0; a <= len; a++)
    for (gsize b = a; b <= len; b++)
      feed_parts (stream, len, a, b, tokens);
}

#define EVERY_SPLIT(stream, tokens) every_split (stream, sizeof stream - 1, tokens)

static void
test_lines (void **state G_GNUC_UNUSED)
{
  EVERY_SPLIT ("AT+CSQ\r\r\n+CSQ: 17,99\r\n\r\nOK\r\n\r\n^RSSI:20\r\n",
               "AT+CSQ|+CSQ: 17,99|OK|^RSSI:20|");
  EVERY_SPLIT ("\r\r\r\nRING\r\r\n\nOK\rERROR\n", "RING|OK|ERROR|");
}

static void
test_prompts (void **state G_GNUC_UNUSED)
{
  EVERY_SPLIT ("\r\n> \r\n+CMGS: 4\r\n\r\nOK\r\n", "<prompt>|+CMGS: 4|OK|");
  EVERY_SPLIT ("\r\n> 0011AB\x1a\r\n+CMGS: 4\r\n", "<prompt>|0011AB\x1a|+CMGS: 4|");
  EVERY_SPLIT ("a > b\r\n>b\r\n", "a > b|>b|");
}

static void
test_nuls (void **state G_GNUC_UNUSED)
{
  EVERY_SPLIT ("\0\0\r\n+C\0SQ: 1,2\r\n\0\0OK\r\n", "+CSQ: 1,2|OK|");
}

static void
test_pdus (void **state G_GNUC_UNUSED)
{
  EVERY_SPLIT ("\r\n+CMGL: 1,0,,24\r\n0791AB\r\n+CMGL: 2,1,,3\r\n07\r\n\r\nOK\r\n",
               "+CMGL: 1,0,,24{0791AB}|+CMGL: 2,1,,3{07}|OK|");
  EVERY_SPLIT ("+CMT: ,24\r\n^RSSI: 3\r\n0791\r\n", "^RSSI: 3|+CMT: ,24{0791}|");
  EVERY_SPLIT ("+CMGR: 0,,0\r\n\r\nOK\r\n", "+CMGR: 0,,0|OK|");
  EVERY_SPLIT ("+CMGR: 0,,0\r\n+CME ERROR: 14\r\n", "+CMGR: 0,,0|+CME ERROR: 14|");
  EVERY_SPLIT ("+CDS: 25\r\n+CMT: ,3\r\n0011\r\n", "+CDS: 25|+CMT: ,3{0011}|");
  EVERY_SPLIT ("+CMT: ,3\r\n^IPDATA: 1,2,ab\r\nOK\r\n", "+CMT: ,3|^IPDATA: 1,2,{ab}|OK|");
}

static void
test_counted (void **state G_GNUC_UNUSED)
{
  EVERY_SPLIT ("\r\n^IPDATA: 1,8,31\r\n34\"5\r\nOK\r\n", "^IPDATA: 1,8,{31\\x0d\\x0a34\"5}|OK|");
  EVERY_SPLIT ("^IPDATA:1,3,\0> \r\n^RSSI:1\r\n", "^IPDATA:1,3,{\\x00> }|^RSSI:1|");
  EVERY_SPLIT ("^IPRCV: 1,5 Hello\r\n\r\nOK\r\n", "^IPRCV: 1,5 {Hello}|OK|");
  EVERY_SPLIT ("^IPRCV: 1,3\r\n\n\rx\r\nOK\r\n", "^IPRCV: 1,3{\\x0a\\x0dx}|OK|");
  EVERY_SPLIT ("^IPDATA: 1,0,\r\n^IPDATA: 1,99999,x\r\n^IPDATA: 1,-3,x\r\nOK\r\n",
               "^IPDATA: 1,0,|^IPDATA: 1,99999,x|^IPDATA: 1,-3,x|OK|");
}

static void
test_quoted (void **state G_GNUC_UNUSED)
{
  EVERY_SPLIT ("+CUSD: 1,\"1: Balance\r\n> 2: OK\r\nOK\r\n\",15\r\nOK\r\n",
               "+CUSD: 1,\"1: Balance\n> 2: OK\nOK\n\",15|OK|");
}

/* A quote that never closes costs the lines it can reach, not all that follow. */
static void
test_open_quote (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) stream = g_string_new ("+CUSD: 1,\"");
  g_autoptr (GString) seen = g_string_new (NULL);
  AtLexer             lexer;

  for (int i = 0; i < 200; i++)
    g_string_append (stream, "0123456789\r\n");
  g_string_append (stream, "\r\nOK\r\n");
  at_lexer_init (&lexer, collect, seen);
  at_lexer_feed (&lexer, stream->str, stream->len);
  at_lexer_clear (&lexer);
  assert_true (g_str_has_suffix (seen->str, "0123456789|OK|"));
}

static void
test_overlong (void **state G_GNUC_UNUSED)
{
  g_autofree char    *garbage = g_strnfill (100000, 'x');
  g_autoptr (GString) stream = g_string_new ("\r\nOK\r\n");

  g_string_append (stream, garbage);
  g_string_append (stream, "\r\n+CSQ: 1,1\r\n");
  for (gsize cut = 0; cut < stream->len; cut += 97)
    feed_parts (stream->str, stream->len, cut, MIN (cut + 3, stream->len), "OK|+CSQ: 1,1|");
}

static void
test_invalid_utf8 (void **state G_GNUC_UNUSED)
{
  EVERY_SPLIT ("+COPS: 0,0,\"\xe9t\xc3\xa9\"\r\n", "+COPS: 0,0,\"?t\xc3\xa9\"|");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_lines),        cmocka_unit_test (test_prompts),
    cmocka_unit_test (test_nuls),         cmocka_unit_test (test_pdus),
    cmocka_unit_test (test_counted),      cmocka_unit_test (test_quoted),
    cmocka_unit_test (test_open_quote),   cmocka_unit_test (test_overlong),
    cmocka_unit_test (test_invalid_utf8),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
