/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-signal.h"

static guint
quality (gint rssi)
{
  enum
  {
    WORST = -113,
    BEST = -51
  };

  if (rssi == 0)
    return 0;
  return (guint)((CLAMP (rssi, WORST, BEST) - WORST) * 100 / (BEST - WORST));
}

/* n stands for n - 121 and up to one more, 0 for anything below */
static gint
level (guint code)
{
  enum
  {
    MAX_CODE = 96
  };

  return code <= MAX_CODE ? MAX ((gint)code - 121, -120) : 0;
}

MuSignal
mu_signal_from_hcsq (guint rssi, guint rscp, guint ecio)
{
  enum
  {
    MAX_ECIO = 65
  };
  MuSignal signal = { .rssi = level (rssi), .rscp = level (rscp) };

  if (ecio <= MAX_ECIO)
    signal.ecio = MAX (ecio / 2.0 - 32.5, -32.0);
  signal.quality = quality (signal.rssi);
  return signal;
}

MuSignal
mu_signal_from_csq (guint rssi)
{
  enum
  {
    MAX_CODE = 31
  };
  MuSignal signal = { .rssi = rssi <= MAX_CODE ? -113 + 2 * (gint)rssi : 0 };

  signal.quality = quality (signal.rssi);
  return signal;
}
