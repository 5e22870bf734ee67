/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-text.h"

#include "mu-error.h"

#include <string.h>

typedef struct
{
  char byte;
  char letter;
} Escape;

static const Escape escapes[] = {
  { '\r', 'r' },
  { '\n', 'n' },
  { '\t', 't' },
  { '\\', '\\' },
};

void
sim_escape (GString *out, const char *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    {
      char letter = '\0';

      for (gsize k = 0; k < G_N_ELEMENTS (escapes); k++)
        if (escapes[k].byte == bytes[i])
          letter = escapes[k].letter;
      if (letter != '\0')
        g_string_append_printf (out, "\\%c", letter);
      else if (g_ascii_isprint (bytes[i]))
        g_string_append_c (out, bytes[i]);
      else
        g_string_append_printf (out, "\\x%02x", (guint8)bytes[i]);
    }
}

/* The length of the escape at text, which stands behind a backslash; 0: there is none. */
static gsize
unescape_one (const char *text, char *ret_byte)
{
  if (text[0] == 'x' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2]))
    {
      *ret_byte = (char)(g_ascii_xdigit_value (text[1]) << 4 | g_ascii_xdigit_value (text[2]));
      return 3;
    }
  for (gsize k = 0; k < G_N_ELEMENTS (escapes); k++)
    if (escapes[k].letter == text[0])
      {
        *ret_byte = escapes[k].byte;
        return 1;
      }
  return 0;
}

gboolean
sim_unescape (const char *text, GString *out, GError **error)
{
  while (*text != '\0')
    {
      char  byte = *text;
      gsize length = 0;

      if (*text++ == '\\' && (length = unescape_one (text, &byte)) == 0)
        return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "no such escape: \\%c", *text);
      text += length;
      g_string_append_c (out, byte);
    }
  return TRUE;
}

void
sim_hex (GString *out, const guint8 *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (out, "%02X", bytes[i]);
}

gboolean
sim_unhex (const char *hex, GByteArray *out)
{
  if (strlen (hex) % 2 != 0)
    return FALSE;
  for (; *hex != '\0'; hex += 2)
    {
      guint8 byte;

      if (!g_ascii_isxdigit (hex[0]) || !g_ascii_isxdigit (hex[1]))
        return FALSE;
      byte = (guint8)(g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
      g_byte_array_append (out, &byte, 1);
    }
  return TRUE;
}
