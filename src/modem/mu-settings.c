/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-settings.h"

char *
mu_settings_pin (const MuSettings *self, const char *iccid)
{
  g_autofree char *group = g_strconcat ("sim ", iccid, NULL);
  char            *pin = g_key_file_get_string (self->config, group, "pin", NULL);

  return pin != NULL ? pin : g_key_file_get_string (self->config, "sim", "pin", NULL);
}
