/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-settings.h"

char *
mu_settings_pin (const MuSettings *self, const char *iccid)
{
  g_autofree char *group = g_strconcat ("sim ", iccid, NULL);
  char            *pin = g_key_file_get_string (self->config, group, "pin", NULL);

  return pin != NULL ? pin : g_key_file_get_string (self->config, "sim", "pin", NULL);
}

#define USUAL_METRIC 700 /* what NetworkManager gives to mobile networks: behind everything else   \
                          */

guint
mu_settings_ppp_metric (const MuSettings *self)
{
  g_autoptr (GError) error = NULL;
  guint64 metric = g_key_file_get_uint64 (self->config, "data", "ppp-route-metric", &error);

  return error == NULL ? (guint)metric : USUAL_METRIC;
}
