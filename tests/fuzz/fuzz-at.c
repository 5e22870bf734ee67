/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lexer, cursor, records, results and mask, fed with anything.  The first bytes say where the
 * stream is cut: the tokens must be those of the whole. */
#include "at-command.h"
#include "at-cursor.h"
#include "at-lexer.h"
#include "at-mask.h"
#include "at-record.h"
#include "at-result.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  char  text[12];
  guint number, hex;
  gint  level;
} Any;

static const AtField any_fields[] = {
  AT_F_MAYBE_TEXT (Any, text, "text"),
  AT_F_MAYBE_UINT (Any, number, "number", 7),
  AT_F_MAYBE_HEX (Any, hex, "hex", 7),
  AT_F_INT (Any, level, "level"),
};

static const AtRecord any = AT_RECORD ("+A", Any, any_fields);

static void
walk (AtCursor *cursor, int depth)
{
  AtValue  value;
  char     text[8];
  guint    number;
  int      level;
  AtCursor inside;

  while (at_cursor_next (cursor, &value))
    {
      (void)at_value_text (&value, text, sizeof text);
      if (!g_utf8_validate (text, -1, NULL))
        abort ();
      (void)at_value_uint (&value, 16, 1000, &number);
      (void)at_value_int (&value, &level);
      at_cursor_enter (&inside, &value);
      if (value.group && depth < 10)
        walk (&inside, depth + 1);
    }
}

static void
examine (const AtLine *line)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *masked = at_mask (line->text);
  g_autofree char   *renamed = g_strconcat ("+A", strchr (line->text, ':'), NULL);
  AtLine             any_line = { .text = renamed, .len = strlen (renamed) };
  AtCursor           cursor;
  Any                record;

  if (strlen (line->text) != line->len || !g_utf8_validate (line->text, -1, NULL)
      || !g_utf8_validate (masked, -1, NULL))
    abort ();
  (void)at_result_parse (line->text, &error);
  (void)at_command_owns ("AT+CSQ;+CREG?", AT_LINES_ANY, line);
  if (at_cursor_begin (&cursor, renamed, "+A"))
    walk (&cursor, 0);
  if (at_scan (&any, &any_line, &record, NULL))
    g_variant_unref (g_variant_ref_sink (at_record_to_variant (&any, &record)));
}

static void
collect (AtToken token, const AtLine *line, gpointer user_data)
{
  GString *seen = user_data;

  if (token == AT_TOKEN_LINE)
    examine (line);
  g_string_append_printf (seen, "%d", token);
  g_string_append_len (seen, line->text, (gssize)line->len + 1);
  g_string_append_len (seen, line->body != NULL ? line->body : "", (gssize)line->body_len);
}

static GString *
tokens_of (const char *stream, gsize len, gsize piece)
{
  GString *seen = g_string_new (NULL);
  AtLexer  lexer;

  at_lexer_init (&lexer, collect, seen);
  for (gsize at = 0; at < len; at += piece)
    at_lexer_feed (&lexer, stream + at, MIN (piece, len - at));
  at_lexer_clear (&lexer);
  return seen;
}

static void
walk_command (const char *bytes, gsize len)
{
  g_autofree char *text = g_strndup (bytes, len);
  const char      *start;
  gsize            part;

  (void)at_command_timeout_ms (text);
  (void)at_command_is_abortive (text);
  for (const char *rest = text; (rest = at_command_next (rest, &start, &part)) != NULL;)
    if (part == 0 || start + part > text + strlen (text))
      abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GString) whole = NULL;
  g_autoptr (GString) pieces = NULL;

  fuzz_be_strict ();
  if (size < 2)
    return 0;
  walk_command ((const char *)data + 1, size - 1);
  whole = tokens_of ((const char *)data + 1, size - 1, size);
  pieces = tokens_of ((const char *)data + 1, size - 1, 1 + data[0] % 16);
  if (!g_string_equal (whole, pieces))
    abort ();
  return 0;
}
