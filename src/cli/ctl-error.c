/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-error.h"

#include <gio/gio.h>

G_DEFINE_QUARK (ctl - error - quark, ctl_error)

typedef struct
{
  CtlError    code;
  const char *word;
} Word;

static const Word words[] = {
  { CTL_ERROR_FAILED, "failed" },           { CTL_ERROR_USAGE, "usage" },
  { CTL_ERROR_NO_DAEMON, "no-daemon" },     { CTL_ERROR_NO_MODULE, "no-module" },
  { CTL_ERROR_INTERRUPTED, "interrupted" },
};

gboolean
ctl_fail (GError **error, CtlError code, const char *format, ...)
{
  va_list args;

  if (error == NULL)
    return FALSE;
  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (CTL_ERROR, (int)code, format, args));
  va_end (args);
  return FALSE;
}

int
ctl_error_status (const GError *error)
{
  return error->domain == CTL_ERROR ? error->code : CTL_ERROR_FAILED;
}

char *
ctl_error_name (const GError *error)
{
  char *name = g_dbus_error_get_remote_error (error);

  if (name != NULL)
    return name;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((int)words[i].code == ctl_error_status (error))
      return g_strdup (words[i].word);
  g_assert_not_reached ();
}

char *
ctl_error_message (const GError *error)
{
  g_autoptr (GError) copy = g_error_copy (error);

  (void)g_dbus_error_strip_remote_error (copy);
  return g_steal_pointer (&copy->message);
}

char *
ctl_error_text (const GError *error)
{
  g_autofree char *message = ctl_error_message (error);
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  if (name == NULL)
    return g_steal_pointer (&message);
  return g_strdup_printf ("%s (%s)", message, name);
}
