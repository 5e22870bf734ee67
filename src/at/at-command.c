/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-command.h"

#include <string.h>

#define GENERAL_TIMEOUT_S 30

typedef struct
{
  const char *start; /* of a command: a name, or more of it */
  guint       timeout_s;
  gboolean    abortive;
  gboolean    bare; /* answers with lines without its name */
} Fact;

/* Time-outs: guide 1.2.3.  A registration by hand takes as long as the search in it.  Abortive: the
 * list of guide 1.2.2, whose "AT/IPOPEN" and "AT/IPSEND" are ^IPOPEN and ^IPSEND. */
static const Fact facts[] = {
  { "D", .abortive = TRUE },
  { "A", .abortive = TRUE },
  { "I", .bare = TRUE },
  { "+CLCK", .abortive = TRUE },
  { "+COPS=?", .timeout_s = 120, .abortive = TRUE },
  { "+COPS=", .timeout_s = 120 },
  { "+CLCC", .abortive = TRUE },
  { "+CLIP", .abortive = TRUE },
  { "+CMGS", .timeout_s = 60 },
  { "+CMSS", .timeout_s = 60 },
  { "^NETSCAN", .timeout_s = 120, .abortive = TRUE },
  { "^IPINIT", .abortive = TRUE },
  { "^IPOPEN", .abortive = TRUE },
  { "^IPSEND", .abortive = TRUE }, /* and ^IPSENDEX */
  { "^IPCLOSE", .abortive = TRUE },
  { "^EMSEND", .abortive = TRUE },
  { "^HTTPCMD", .abortive = TRUE },
  { "^FTPCMD", .abortive = TRUE },
  { "^SSLO", .abortive = TRUE },
  { "^SSLTX", .abortive = TRUE },
  { "^SSLRX", .abortive = TRUE },
  { "^FILEIO=1", .bare = TRUE }, /* the data may have a line of their own: guide 27.4.1 */
  { "+CGMI", .bare = TRUE },
  { "+CGMM", .bare = TRUE },
  { "+CGMR", .bare = TRUE },
  { "+CGSN", .bare = TRUE },
  { "+GMI", .bare = TRUE },
  { "+GMM", .bare = TRUE },
  { "+GMR", .bare = TRUE },
  { "+GSN", .bare = TRUE },
  { "+CIMI", .bare = TRUE },
};

static gboolean
is_extended (char c)
{
  return c != '\0' && strchr ("+^*%$&", c) != NULL;
}

/* A basic command's name is a letter; an extended one's goes up to "=", "?" or the end. */
static gsize
name_len (const char *start, gsize len)
{
  gsize n = 1;

  if (len == 0 || !is_extended (start[0]))
    return MIN (len, 1);
  while (n < len && strchr ("=? ", start[n]) == NULL)
    n++;
  return n;
}

const char *
at_command_name (const char *text, gsize *ret_len)
{
  const char *start = text + (g_ascii_strncasecmp (text, "AT", 2) == 0 ? 2 : 0);

  *ret_len = name_len (start, strcspn (start, ";"));
  return start;
}

static gsize
basic_len (const char *start)
{
  gsize n = 1;

  if (g_ascii_toupper (start[0]) == 'D' || start[0] == '\0')
    return strcspn (start, ";"); /* V.250 6.3.1: up to the semicolon or the end */
  while (g_ascii_isdigit (start[n]) || start[n] == '=' || start[n] == '?')
    n++;
  return n;
}

static gsize
extended_len (const char *start)
{
  gboolean quoted = FALSE;
  gsize    n = 0;

  for (; start[n] != '\0' && (quoted || start[n] != ';'); n++)
    quoted ^= start[n] == '"';
  return n;
}

const char *
at_command_next (const char *rest, const char **ret_start, gsize *ret_len)
{
  while (*rest == ';' || *rest == ' ')
    rest++;
  if (*rest == '\0')
    return NULL;
  *ret_start = rest;
  if (*rest == '&')
    *ret_len = 1 + basic_len (rest + 1);
  else
    *ret_len = is_extended (*rest) ? extended_len (rest) : basic_len (rest);
  return rest + *ret_len;
}

static const Fact *
find_fact (const char *text)
{
  const char *start = text + (g_ascii_strncasecmp (text, "AT", 2) == 0 ? 2 : 0);

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (g_ascii_strncasecmp (start, facts[i].start, strlen (facts[i].start)) == 0)
      return &facts[i];
  return NULL;
}

guint
at_command_timeout_ms (const char *text)
{
  const Fact *fact = find_fact (text);

  return 1000 * (fact != NULL && fact->timeout_s > 0 ? fact->timeout_s : GENERAL_TIMEOUT_S);
}

gboolean
at_command_is_abortive (const char *text)
{
  const Fact *fact = find_fact (text);

  return fact != NULL && fact->abortive;
}

static gboolean
is_bare (const AtLine *line)
{
  return !is_extended (line->text[0]) && !at_line_has_prefix (line, "RING");
}

gboolean
at_command_owns (const char *text, AtLines lines, const AtLine *line)
{
  const char *rest = text + 2;
  const char *start;
  gsize       len;
  gsize       prefix_len = at_line_prefix_len (line);

  if (lines == AT_LINES_NONE)
    return FALSE;
  if (is_bare (line))
    return lines == AT_LINES_ANY || (find_fact (text) != NULL && find_fact (text)->bare);
  while ((rest = at_command_next (rest, &start, &len)) != NULL)
    if (name_len (start, len) == prefix_len
        && g_ascii_strncasecmp (start, line->text, prefix_len) == 0)
      return TRUE;
  return FALSE;
}
