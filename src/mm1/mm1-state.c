/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-state.h"

#include "mm1-words.h"

typedef struct
{
  const char  *word;
  MMModemState state;
} ConnectionRow;

/* The further, the later */
static const ConnectionRow connections[] = {
  { "disconnecting", MM_MODEM_STATE_DISCONNECTING },
  { "connecting", MM_MODEM_STATE_CONNECTING },
  { "connected", MM_MODEM_STATE_CONNECTED },
};

static int
connection_rank (const char *word)
{
  for (int i = 0; i < (int)G_N_ELEMENTS (connections); i++)
    if (g_str_equal (connections[i].word, word))
      return i;
  return -1;
}

const char *
mm1_further_connection (const char *a, const char *b)
{
  int rank = MAX (connection_rank (a), connection_rank (b));

  return rank >= 0 ? connections[rank].word : "";
}

static gboolean
is_home_or_roaming (const char *word)
{
  MMModem3gppRegistrationState state = mm1_registration (word);

  return state == MM_MODEM_3GPP_REGISTRATION_STATE_HOME
         || state == MM_MODEM_3GPP_REGISTRATION_STATE_ROAMING;
}

gboolean
mm1_is_registered (const Mm1Facts *facts)
{
  return is_home_or_roaming (facts->registration) || is_home_or_roaming (facts->packet);
}

MMModemStateFailedReason
mm1_failed_reason (const Mm1Facts *facts)
{
  if (g_str_equal (facts->lock, "missing"))
    return MM_MODEM_STATE_FAILED_REASON_SIM_MISSING;
  if (g_str_equal (facts->lock, "blocked"))
    return MM_MODEM_STATE_FAILED_REASON_SIM_ERROR;
  return MM_MODEM_STATE_FAILED_REASON_NONE;
}

static MMModemState
radio_state (const Mm1Facts *facts)
{
  int rank = connection_rank (facts->connection);

  if (rank >= 0)
    return connections[rank].state;
  if (mm1_is_registered (facts))
    return MM_MODEM_STATE_REGISTERED;
  if (mm1_registration (facts->registration) == MM_MODEM_3GPP_REGISTRATION_STATE_SEARCHING)
    return MM_MODEM_STATE_SEARCHING;
  return MM_MODEM_STATE_ENABLED;
}

static gboolean
is_radio_off (const Mm1Facts *facts)
{
  MMModemPowerState power = mm1_power (facts->mode);

  return power == MM_MODEM_POWER_STATE_OFF || power == MM_MODEM_POWER_STATE_LOW;
}

MMModemState
mm1_state (const Mm1Facts *facts)
{
  MMModemLock lock = mm1_lock (facts->lock);

  if (mm1_failed_reason (facts) != MM_MODEM_STATE_FAILED_REASON_NONE)
    return MM_MODEM_STATE_FAILED;
  if (lock == MM_MODEM_LOCK_SIM_PIN || lock == MM_MODEM_LOCK_SIM_PUK)
    return MM_MODEM_STATE_LOCKED;
  if (!g_str_equal (facts->modem, "ready"))
    return MM_MODEM_STATE_INITIALIZING;
  if (!facts->enabled || is_radio_off (facts))
    return MM_MODEM_STATE_DISABLED;
  return radio_state (facts);
}
