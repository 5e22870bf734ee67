/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-log.h"

#include <unistd.h>

typedef struct
{
  const char    *word;
  const char    *priority; /* of syslog(3) */
  GLogLevelFlags glib;
} Level;

static const Level levels[] = {
  [MU_LOG_ERROR] = { "error", "3", G_LOG_LEVEL_CRITICAL },
  [MU_LOG_WARNING] = { "warning", "4", G_LOG_LEVEL_WARNING },
  [MU_LOG_INFO] = { "info", "6", G_LOG_LEVEL_INFO },
  [MU_LOG_DEBUG] = { "debug", "7", G_LOG_LEVEL_DEBUG },
};

static MuLogLevel max_level = MU_LOG_INFO;
static gboolean   personal_data;

/* What libraries log passes by the same threshold. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if ((level & G_LOG_LEVEL_MASK) > levels[max_level].glib)
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (STDERR_FILENO)
      && g_log_writer_journald (level, fields, n_fields, data) == G_LOG_WRITER_HANDLED)
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_standard_streams (level, fields, n_fields, data);
}

void
mu_log_init (MuLogLevel level, gboolean personal)
{
  static gboolean installed;

  max_level = level;
  personal_data = personal;
  if (!installed)
    g_log_set_writer_func (write_log, NULL, NULL);
  installed = TRUE;
}

gboolean
mu_log_level (const char *word, MuLogLevel *ret_level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (levels[i].word, word))
      {
        *ret_level = (MuLogLevel)i;
        return TRUE;
      }
  return FALSE;
}

gboolean
mu_log_enabled (MuLogLevel level)
{
  return level <= max_level;
}

gboolean
mu_log_personal (void)
{
  return personal_data;
}

void
mu_log (MuLogLevel level, const char *modem, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  if (!mu_log_enabled (level))
    return;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  const GLogField fields[] = {
    { "MESSAGE", message, -1 },
    { "PRIORITY", levels[level].priority, -1 },
    { "GLIB_DOMAIN", "mu709d", -1 },
    { "MU709_MODEM", modem, -1 },
  };
  g_log_structured_array (levels[level].glib, fields,
                          modem != NULL ? G_N_ELEMENTS (fields) : G_N_ELEMENTS (fields) - 1);
}
