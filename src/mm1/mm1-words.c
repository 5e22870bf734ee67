/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-words.h"

typedef struct
{
  const char *word;
  guint       value;
} Row;

static const Row technologies[] = {
  { "gsm", MM_MODEM_ACCESS_TECHNOLOGY_GSM },     { "gprs", MM_MODEM_ACCESS_TECHNOLOGY_GPRS },
  { "edge", MM_MODEM_ACCESS_TECHNOLOGY_EDGE },   { "umts", MM_MODEM_ACCESS_TECHNOLOGY_UMTS },
  { "hsdpa", MM_MODEM_ACCESS_TECHNOLOGY_HSDPA }, { "hsupa", MM_MODEM_ACCESS_TECHNOLOGY_HSUPA },
  { "hspa", MM_MODEM_ACCESS_TECHNOLOGY_HSPA },   { "hspa+", MM_MODEM_ACCESS_TECHNOLOGY_HSPA_PLUS },
};

static const Row registrations[] = {
  { "idle", MM_MODEM_3GPP_REGISTRATION_STATE_IDLE },
  { "home", MM_MODEM_3GPP_REGISTRATION_STATE_HOME },
  { "searching", MM_MODEM_3GPP_REGISTRATION_STATE_SEARCHING },
  { "denied", MM_MODEM_3GPP_REGISTRATION_STATE_DENIED },
  { "roaming", MM_MODEM_3GPP_REGISTRATION_STATE_ROAMING },
};

static const Row availabilities[] = {
  { "available", MM_MODEM_3GPP_NETWORK_AVAILABILITY_AVAILABLE },
  { "current", MM_MODEM_3GPP_NETWORK_AVAILABILITY_CURRENT },
  { "forbidden", MM_MODEM_3GPP_NETWORK_AVAILABILITY_FORBIDDEN },
};

static const Row locks[] = {
  { "none", MM_MODEM_LOCK_NONE },
  { "pin", MM_MODEM_LOCK_SIM_PIN },
  { "puk", MM_MODEM_LOCK_SIM_PUK },
};

static const Row powers[] = {
  { "online", MM_MODEM_POWER_STATE_ON },
  { "offline", MM_MODEM_POWER_STATE_LOW },
  { "minimum", MM_MODEM_POWER_STATE_OFF },
};

static const Row port_types[] = {
  { "pcui", MM_MODEM_PORT_TYPE_AT },   { "modem", MM_MODEM_PORT_TYPE_AT },
  { "uart", MM_MODEM_PORT_TYPE_AT },   { "net", MM_MODEM_PORT_TYPE_NET },
  { "diag", MM_MODEM_PORT_TYPE_QCDM },
};

/* The strongest first */
static const Row auths[] = {
  { "chap", MM_BEARER_ALLOWED_AUTH_CHAP },
  { "pap", MM_BEARER_ALLOWED_AUTH_PAP },
  { "none", MM_BEARER_ALLOWED_AUTH_NONE },
};

static guint
find (const Row *rows, gsize n_rows, const char *word, guint otherwise)
{
  for (gsize i = 0; i < n_rows; i++)
    if (g_str_equal (rows[i].word, word))
      return rows[i].value;
  return otherwise;
}

#define FIND(rows, word, otherwise) find (rows, G_N_ELEMENTS (rows), word, otherwise)

MMModemAccessTechnology
mm1_technology (const char *word)
{
  return FIND (technologies, word, MM_MODEM_ACCESS_TECHNOLOGY_UNKNOWN);
}

MMModem3gppRegistrationState
mm1_registration (const char *word)
{
  return FIND (registrations, word, MM_MODEM_3GPP_REGISTRATION_STATE_UNKNOWN);
}

MMModem3gppNetworkAvailability
mm1_availability (const char *word)
{
  return FIND (availabilities, word, MM_MODEM_3GPP_NETWORK_AVAILABILITY_UNKNOWN);
}

MMModemLock
mm1_lock (const char *word)
{
  return FIND (locks, word, MM_MODEM_LOCK_UNKNOWN);
}

MMModemPowerState
mm1_power (const char *word)
{
  return FIND (powers, word, MM_MODEM_POWER_STATE_UNKNOWN);
}

MMModemPortType
mm1_port_type (const char *word)
{
  return FIND (port_types, word, MM_MODEM_PORT_TYPE_UNKNOWN);
}

MMBearerAllowedAuth
mm1_auth (const char *word)
{
  return FIND (auths, word, MM_BEARER_ALLOWED_AUTH_UNKNOWN);
}

const char *
mm1_mode_of_power (MMModemPowerState state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (powers); i++)
    if (powers[i].value == (guint)state)
      return powers[i].word;
  return NULL;
}

const char *
mm1_word_of_auth (MMBearerAllowedAuth auth)
{
  for (gsize i = 0; i < G_N_ELEMENTS (auths); i++)
    if (((guint)auth & auths[i].value) != 0)
      return auths[i].word;
  return NULL;
}
