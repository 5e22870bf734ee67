/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-lexer.h"

#include "at-result.h"

#include <string.h>

#define MAX_LINE   4096 /* the longest known, a full +CPBR page, has 2 kB */
#define MAX_QUOTED 1024 /* a USSD text: 182 characters, in hex UCS-2 four times as many */
#define MAX_BODY   4096 /* ^IPDATA: 1500 */

typedef enum
{
  FRAME_LINE,
  FRAME_PDU,     /* the next line is its PDU */
  FRAME_COUNTED, /* <link>,<len> and a separator, then len bytes */
  FRAME_QUOTED,  /* line breaks inside quotes belong to the text */
} Frame;

typedef struct
{
  const char *prefix;
  Frame       frame;
} Framing;

static const Framing framings[] = {
  { "+CMGR:", FRAME_PDU },       /* 27.005 4.3 */
  { "+CMGL:", FRAME_PDU },       /* 27.005 4.1 */
  { "+CMT:", FRAME_PDU },        /* 27.005 3.4.1 */
  { "+CDS:", FRAME_PDU },        /* 27.005 3.4.1 */
  { "+CBM:", FRAME_PDU },        /* 27.005 3.4.1 */
  { "^IPDATA:", FRAME_COUNTED }, /* guide 5.4 */
  { "^IPRCV:", FRAME_COUNTED },  /* guide 5.9.7 */
  { "+CUSD:", FRAME_QUOTED },    /* 27.007 7.15 */
};

void
at_lexer_init (AtLexer *self, AtTokenFunc emit, gpointer user_data)
{
  *self = (AtLexer){
    .emit = emit,
    .user_data = user_data,
    .text = g_string_sized_new (256),
    .header = g_string_new (NULL),
  };
}

void
at_lexer_clear (AtLexer *self)
{
  g_string_free (self->text, TRUE);
  g_string_free (self->header, TRUE);
  *self = (AtLexer){ 0 };
}

static Frame
frame_of (const GString *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (framings); i++)
    if (g_str_has_prefix (text->str, framings[i].prefix))
      return framings[i].frame;
  return FRAME_LINE;
}

/* A line is text to everybody above, also on D-Bus, where only UTF-8 may go. */
static void
make_utf8 (GString *text)
{
  const char *bad;

  while (!g_utf8_validate_len (text->str, text->len, &bad))
    text->str[bad - text->str] = '?';
}

static void
emit_line (AtLexer *self, GString *text, const GString *body)
{
  make_utf8 (text);

  AtLine line = {
    .text = text->str,
    .len = text->len,
    .body = body != NULL ? body->str : NULL,
    .body_len = body != NULL ? body->len : 0,
  };

  self->emit (AT_TOKEN_LINE, &line, self->user_data);
}

static void
flush_header (AtLexer *self)
{
  if (self->header->len == 0)
    return;
  emit_line (self, self->header, NULL);
  g_string_truncate (self->header, 0);
}

static void
text_to_header (AtLexer *self)
{
  flush_header (self);
  g_string_assign (self->header, self->text->str);
  g_string_truncate (self->text, 0);
}

static gboolean
is_hex (const GString *text)
{
  for (gsize i = 0; i < text->len; i++)
    if (!g_ascii_isxdigit (text->str[i]))
      return FALSE;
  return TRUE;
}

/* A header waits for its PDU.  Other news may come first; a result or another header ends the wait:
 * an empty slot has no PDU. */
static gboolean
take_pdu (AtLexer *self)
{
  if (is_hex (self->text))
    {
      emit_line (self, self->header, self->text);
      g_string_truncate (self->header, 0);
      return TRUE;
    }
  if (at_result_parse (self->text->str, NULL) != AT_RESULT_NONE)
    flush_header (self);
  return FALSE;
}

static gboolean
quote_is_open (const GString *text)
{
  gboolean open = FALSE;

  for (const char *s = text->str; *s != '\0'; s++)
    open ^= *s == '"';
  return open;
}

/* "^IPDATA: 1,8," counts as soon as the byte after the length is there: "," or, for ^IPRCV, " " or
 * a line end.  Returns the length, 0 as long as the header is not complete or not plausible. */
static gsize
counted_length (const GString *text, char last)
{
  const char *s = strchr (text->str, ':');
  char       *end;
  guint64     length;

  if (s == NULL || (s = strchr (s, ',')) == NULL)
    return 0;
  s++;
  length = g_ascii_strtoull (s, &end, 10);
  if (end == s || (*end == '\0' ? last == ',' || last == ' ' : end[1] != '\0'))
    return 0;
  return length <= MAX_BODY ? (gsize)length : 0;
}

static gboolean
begin_counted (AtLexer *self, char last)
{
  if (self->overlong || strchr (", \r\n", last) == NULL || frame_of (self->text) != FRAME_COUNTED)
    return FALSE;
  self->missing = counted_length (self->text, last);
  if (self->missing == 0)
    return FALSE;
  text_to_header (self);
  self->skip_newline = last == '\r';
  return TRUE;
}

static void
end_line (AtLexer *self, char last)
{
  if (self->overlong)
    {
      g_string_truncate (self->text, 0);
      g_string_truncate (self->header, 0);
      self->overlong = FALSE;
    }
  if (self->text->len == 0 || (self->header->len > 0 && take_pdu (self)))
    {
      g_string_truncate (self->text, 0);
      return;
    }

  switch (frame_of (self->text))
    {
    case FRAME_PDU: text_to_header (self); return;
    case FRAME_COUNTED:
      if (begin_counted (self, last))
        return;
      break;
    case FRAME_QUOTED:
      if (!quote_is_open (self->text))
        break;
      if (last == '\n' && self->text->len < MAX_QUOTED)
        g_string_append_c (self->text, '\n');
      self->overlong = self->text->len >= MAX_QUOTED;
      return;
    case FRAME_LINE: break;
    }
  emit_line (self, self->text, NULL);
  g_string_truncate (self->text, 0);
}

/* Takes what it can of a body whose length is known. */
static gsize
feed_counted (AtLexer *self, const char *bytes, gsize len)
{
  gsize    taken = MIN (len, self->missing);
  gboolean skip = self->skip_newline && bytes[0] == '\n';

  self->skip_newline = FALSE;
  if (skip)
    return 1;
  g_string_append_len (self->text, bytes, (gssize)taken);
  self->missing -= taken;
  if (self->missing > 0)
    return taken;
  emit_line (self, self->header, self->text);
  g_string_truncate (self->text, 0);
  g_string_truncate (self->header, 0);
  return taken;
}

static void
append (AtLexer *self, const char *bytes, gsize len)
{
  if (self->overlong || self->text->len + len > MAX_LINE)
    self->overlong = TRUE;
  else
    g_string_append_len (self->text, bytes, (gssize)len);
}

static void
feed_byte (AtLexer *self, char byte)
{
  if (byte == '\0') /* seen from ports that have just been opened */
    return;
  if (byte == '\r' || byte == '\n')
    {
      end_line (self, byte);
      return;
    }
  append (self, &byte, 1);
  if (begin_counted (self, byte))
    return;
  if (self->text->len == 2 && memcmp (self->text->str, "> ", 2) == 0 && !self->overlong)
    {
      g_string_truncate (self->text, 0);
      self->emit (AT_TOKEN_PROMPT, &(AtLine){ .text = "> ", .len = 2 }, self->user_data);
    }
}

/* The start of a line, and headers that end before their line does, are read byte by byte. */
static gboolean
is_plain (const AtLexer *self)
{
  return self->text->len >= 3 && strncmp (self->text->str, "^IP", 3) != 0;
}

static gsize
plain_run (const char *bytes, gsize len)
{
  gsize n = 0;

  while (n < len && (guchar)bytes[n] > '\r')
    n++;
  return n;
}

void
at_lexer_feed (AtLexer *self, const char *bytes, gsize len)
{
  while (len > 0)
    {
      gsize used = 0;

      if (self->missing > 0)
        used = feed_counted (self, bytes, len);
      else if (is_plain (self) && (used = plain_run (bytes, len)) > 0)
        append (self, bytes, used);
      else
        {
          feed_byte (self, *bytes);
          used = 1;
        }
      bytes += used;
      len -= used;
    }
}
