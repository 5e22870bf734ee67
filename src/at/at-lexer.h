/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-line.h"

/* Cuts the byte stream of a port into tokens.  Pure: no I/O, no clock; fed in any portions, it
 * yields the same tokens.
 *
 * Not everything is a line: a prompt has no end, a header goes with the PDU below it, counted bytes
 * may hold anything, and quoted text may hold line breaks.  NULs between lines are dropped, a line
 * that no module sends (MAX_LINE) is dropped whole. */

typedef enum
{
  AT_TOKEN_LINE,   /* never empty */
  AT_TOKEN_PROMPT, /* "> ": the module waits for a body */
} AtToken;

typedef void (*AtTokenFunc) (AtToken token, const AtLine *line, gpointer user_data);

typedef struct
{
  AtTokenFunc emit;
  gpointer    user_data;
  GString    *text;         /* of the line that is being read, or of the body */
  GString    *header;       /* of a line whose body is being read; empty: none */
  gsize       missing;      /* counted bytes that are still to come */
  gboolean    skip_newline; /* the header ended with CR: an LF may follow before the bytes */
  gboolean    overlong;     /* dropping the rest of the line */
} AtLexer;

void at_lexer_init (AtLexer *self, AtTokenFunc emit, gpointer user_data);
void at_lexer_clear (AtLexer *self);
void at_lexer_feed (AtLexer *self, const char *bytes, gsize len);
