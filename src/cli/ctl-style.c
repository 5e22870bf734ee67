/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-style.h"

#include <sys/ioctl.h>
#include <unistd.h>

/* ECMA-48 8.3.117 */
static const char *const pens[] = {
  [CTL_PEN_PLAIN] = "",        [CTL_PEN_BOLD] = "\033[1m",     [CTL_PEN_DIM] = "\033[2m",
  [CTL_PEN_GOOD] = "\033[32m", [CTL_PEN_WARNING] = "\033[33m", [CTL_PEN_BAD] = "\033[31m",
};

typedef struct
{
  const char *word;
  CtlPen      pen;
} StateRow;

static const StateRow states[] = {
  { "ready", CTL_PEN_GOOD },         { "connected", CTL_PEN_GOOD },
  { "starting", CTL_PEN_WARNING },   { "locked", CTL_PEN_WARNING },
  { "suspended", CTL_PEN_WARNING },  { "failed", CTL_PEN_BAD },
  { "jammed", CTL_PEN_BAD },         { "received", CTL_PEN_GOOD },
  { "queued", CTL_PEN_WARNING },     { "sending", CTL_PEN_WARNING },
  { "receiving", CTL_PEN_WARNING },  { "active", CTL_PEN_GOOD },
  { "incoming", CTL_PEN_WARNING },   { "waiting", CTL_PEN_WARNING },
  { "connecting", CTL_PEN_WARNING }, { "disconnecting", CTL_PEN_WARNING },
};

gboolean
ctl_style_is_terminal (int fd)
{
  const char *term = g_getenv ("TERM");

  return isatty (fd) && term != NULL && !g_str_equal (term, "") && !g_str_equal (term, "dumb");
}

static guint
terminal_width (void)
{
  enum
  {
    USUAL = 80
  };
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return USUAL;
}

CtlStyle
ctl_style_of_output (gboolean no_color)
{
  const char *wish = g_getenv ("NO_COLOR");
  gboolean    unwanted = no_color || (wish != NULL && wish[0] != '\0');

  return (CtlStyle){
    .color = !unwanted && ctl_style_is_terminal (STDOUT_FILENO),
    .unicode = g_get_charset (NULL),
    .width = terminal_width (),
  };
}

void
ctl_style_append (const CtlStyle *style, GString *out, CtlPen pen, const char *text)
{
  if (!style->color || pen == CTL_PEN_PLAIN || text[0] == '\0')
    g_string_append (out, text);
  else
    g_string_append_printf (out, "%s%s\033[0m", pens[pen], text);
}

void
ctl_style_append_state (const CtlStyle *style, GString *out, const char *state)
{
  CtlPen pen = CTL_PEN_PLAIN;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].word, state))
      pen = states[i].pen;
  ctl_style_append (style, out, pen, state);
}
