/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-emergency.h"

#include "sim-digits.h"
#include "sim-slot.h"

#define NUMBER_BYTES 3u /* 31.102 4.2.21: semi-octets of a record of EF_ECC */

/* 22.101 10.1.1: always, and where no card says which ones. */
static const char *const always[] = { "112", "911", NULL };
static const char *const without_card[] = { "000", "08", "110", "118", "119", "999", NULL };

static gboolean
on_card (SimCard *card, const char *number)
{
  SimFile *file = sim_card_find (card, SIM_EF_ECC, "");
  guint    length;

  for (guint i = 1; file != NULL && i <= sim_file_n_records (file); i++)
    {
      g_autofree char *listed = sim_digits_get (sim_file_record (file, i, &length), NUMBER_BYTES);

      if (g_str_equal (listed, number))
        return TRUE;
    }
  return FALSE;
}

gboolean
sim_emergency_number (SimModule *module, const char *number)
{
  SimCard *card = sim_slot_card (module);

  if (g_strv_contains (always, number))
    return TRUE;
  return card != NULL ? on_card (card, number) : g_strv_contains (without_card, number);
}
