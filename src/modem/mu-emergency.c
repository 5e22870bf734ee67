/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-emergency.h"

const char *const mu_emergency_numbers[8]
    = { "112", "911", "000", "08", "110", "118", "119", "999" };

gboolean
mu_emergency_is_number (const char *number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mu_emergency_numbers); i++)
    if (g_str_equal (number, mu_emergency_numbers[i]))
      return TRUE;
  return FALSE;
}
