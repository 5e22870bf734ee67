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

/* ---- calls ---- */

static const Row call_states[] = {
  { "dialing", MM_CALL_STATE_DIALING },     { "alerting", MM_CALL_STATE_RINGING_OUT },
  { "incoming", MM_CALL_STATE_RINGING_IN }, { "waiting", MM_CALL_STATE_WAITING },
  { "active", MM_CALL_STATE_ACTIVE },       { "held", MM_CALL_STATE_HELD },
  { "ended", MM_CALL_STATE_TERMINATED },
};

static const Row call_directions[] = {
  { "incoming", MM_CALL_DIRECTION_INCOMING },
  { "outgoing", MM_CALL_DIRECTION_OUTGOING },
};

/* Whose doing it was: the two at the telephones, or somebody's who should not have. */
static const Row call_ends[] = {
  { "local", MM_CALL_STATE_REASON_TERMINATED },
  { "remote", MM_CALL_STATE_REASON_TERMINATED },
  { "no-answer", MM_CALL_STATE_REASON_TERMINATED },
  { "busy", MM_CALL_STATE_REASON_REFUSED_OR_BUSY },
  { "rejected", MM_CALL_STATE_REASON_REFUSED_OR_BUSY },
  { "barred", MM_CALL_STATE_REASON_ERROR },
  { "no-network", MM_CALL_STATE_REASON_ERROR },
  { "network", MM_CALL_STATE_REASON_ERROR },
  { "aborted", MM_CALL_STATE_REASON_ERROR },
  { "gone", MM_CALL_STATE_REASON_ERROR },
};

MMCallState
mm1_call_state (const char *word)
{
  return (MMCallState)FIND (call_states, word, MM_CALL_STATE_UNKNOWN);
}

MMCallDirection
mm1_call_direction (const char *word)
{
  return (MMCallDirection)FIND (call_directions, word, MM_CALL_DIRECTION_UNKNOWN);
}

MMCallStateReason
mm1_call_end_reason (const char *word)
{
  return (MMCallStateReason)FIND (call_ends, word, MM_CALL_STATE_REASON_UNKNOWN);
}

/* What was held has been accepted before. */
MMCallStateReason
mm1_call_reason (MMCallState before, MMCallState after)
{
  switch (after)
    {
    case MM_CALL_STATE_DIALING:
    case MM_CALL_STATE_RINGING_OUT: return MM_CALL_STATE_REASON_OUTGOING_STARTED;
    case MM_CALL_STATE_RINGING_IN:
    case MM_CALL_STATE_WAITING: return MM_CALL_STATE_REASON_INCOMING_NEW;
    case MM_CALL_STATE_ACTIVE:
      return before == MM_CALL_STATE_HELD ? MM_CALL_STATE_REASON_UNKNOWN
                                          : MM_CALL_STATE_REASON_ACCEPTED;
    case MM_CALL_STATE_UNKNOWN:
    case MM_CALL_STATE_HELD:
    case MM_CALL_STATE_TERMINATED:
    default: return MM_CALL_STATE_REASON_UNKNOWN;
    }
}

/* ---- messages ---- */

/* What has failed can be sent again. */
static const Row sms_states[] = {
  { "receiving", MM_SMS_STATE_RECEIVING }, { "received", MM_SMS_STATE_RECEIVED },
  { "read", MM_SMS_STATE_RECEIVED },       { "queued", MM_SMS_STATE_SENDING },
  { "sending", MM_SMS_STATE_SENDING },     { "sent", MM_SMS_STATE_SENT },
  { "delivered", MM_SMS_STATE_SENT },      { "failed", MM_SMS_STATE_STORED },
};

static const Row sms_deliveries[] = {
  { "delivered", MM_SMS_DELIVERY_STATE_COMPLETED_RECEIVED },
};

static const Row sms_pdu_types[] = {
  { "incoming", MM_SMS_PDU_TYPE_DELIVER },
  { "outgoing", MM_SMS_PDU_TYPE_SUBMIT },
};

/* 23.038 clause 4 */
static const Row sms_classes[] = { { "flash", 0 }, { "me", 1 }, { "sim", 2 }, { "te", 3 } };

MMSmsState
mm1_sms_state (const char *word)
{
  return FIND (sms_states, word, MM_SMS_STATE_UNKNOWN);
}

MMSmsDeliveryState
mm1_sms_delivery_state (const char *word)
{
  return FIND (sms_deliveries, word, MM_SMS_DELIVERY_STATE_UNKNOWN);
}

MMSmsPduType
mm1_sms_pdu_type (const char *word)
{
  return FIND (sms_pdu_types, word, MM_SMS_PDU_TYPE_UNKNOWN);
}

gint
mm1_sms_class_of (const char *word)
{
  return (gint)FIND (sms_classes, word, (guint)-1);
}

/* ---- codes ---- */

static const Row ussd_states[] = {
  { "idle", MM_MODEM_3GPP_USSD_SESSION_STATE_IDLE },
  { "active", MM_MODEM_3GPP_USSD_SESSION_STATE_ACTIVE },
  { "waiting", MM_MODEM_3GPP_USSD_SESSION_STATE_USER_RESPONSE },
};

MMModem3gppUssdSessionState
mm1_ussd_state (const char *word)
{
  return FIND (ussd_states, word, MM_MODEM_3GPP_USSD_SESSION_STATE_UNKNOWN);
}
