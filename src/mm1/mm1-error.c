/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-error.h"

#include "mu-error.h"

typedef struct
{
  GQuark (*domain) (void);
  int code;
} Name;

#define CORE(code)                                                                                 \
  {                                                                                                \
    mm_core_error_quark, MM_CORE_ERROR_##code                                                      \
  }
#define EQUIPMENT(code)                                                                            \
  {                                                                                                \
    mm_mobile_equipment_error_quark, MM_MOBILE_EQUIPMENT_ERROR_##code                              \
  }
#define SERIAL(code)                                                                               \
  {                                                                                                \
    mm_serial_error_quark, MM_SERIAL_ERROR_##code                                                  \
  }
#define CONNECTION(code)                                                                           \
  {                                                                                                \
    mm_connection_error_quark, MM_CONNECTION_ERROR_##code                                          \
  }

static const Name names[] = {
  [MU_ERROR_FAILED] = CORE (FAILED),
  [MU_ERROR_INVALID_ARGUMENT] = CORE (INVALID_ARGS),
  [MU_ERROR_NOT_SUPPORTED] = CORE (UNSUPPORTED),
  [MU_ERROR_NOT_AUTHORIZED] = CORE (UNAUTHORIZED),
  [MU_ERROR_NOT_ALLOWED] = CORE (WRONG_STATE),
  [MU_ERROR_BUSY] = CORE (IN_PROGRESS),
  [MU_ERROR_TIMEOUT] = SERIAL (RESPONSE_TIMEOUT),
  [MU_ERROR_ABORTED] = CORE (ABORTED),
  [MU_ERROR_GONE] = CORE (ABORTED),
  [MU_ERROR_NOT_READY] = CORE (RETRY),
  [MU_ERROR_NO_NETWORK] = EQUIPMENT (NO_NETWORK),
  [MU_ERROR_NETWORK_REJECTED] = EQUIPMENT (NETWORK_NOT_ALLOWED),
  [MU_ERROR_SIM_MISSING] = EQUIPMENT (SIM_NOT_INSERTED),
  [MU_ERROR_SIM_PIN_REQUIRED] = EQUIPMENT (SIM_PIN),
  [MU_ERROR_SIM_PUK_REQUIRED] = EQUIPMENT (SIM_PUK),
  [MU_ERROR_SIM_BLOCKED] = EQUIPMENT (SIM_WRONG),
  [MU_ERROR_WRONG_PASSWORD] = EQUIPMENT (INCORRECT_PASSWORD),
  [MU_ERROR_MEMORY_FULL] = EQUIPMENT (MEMORY_FULL),
  [MU_ERROR_NOT_FOUND] = CORE (NOT_FOUND),
  [MU_ERROR_INVALID_INDEX] = EQUIPMENT (INVALID_INDEX),
  [MU_ERROR_TOO_LONG] = EQUIPMENT (TEXT_TOO_LONG),
  [MU_ERROR_INVALID_CHARACTERS] = EQUIPMENT (INVALID_CHARS),
  [MU_ERROR_NOT_SUBSCRIBED] = EQUIPMENT (SERVICE_OPTION_NOT_SUBSCRIBED),
  [MU_ERROR_AUTHENTICATION_FAILED] = EQUIPMENT (USER_AUTHENTICATION_FAILED),
  [MU_ERROR_NO_CARRIER] = CONNECTION (NO_CARRIER),
  [MU_ERROR_LINK_CLOSED] = CORE (FAILED),
  [MU_ERROR_CERTIFICATE] = CORE (FAILED),
  [MU_ERROR_MODEM] = EQUIPMENT (UNKNOWN),
};

GError *
mm1_error_translate (const GError *error)
{
  const Name *name = &names[MU_ERROR_FAILED];

  if (error->domain != MU_ERROR)
    return g_error_copy (error);
  if (error->code >= 0 && error->code < (int)G_N_ELEMENTS (names))
    name = &names[error->code];
  return g_error_new_literal (name->domain (), name->code, error->message);
}

typedef struct
{
  guint                  cause;
  MMMobileEquipmentError code;
} CauseRow;

static const CauseRow causes[] = {
  { 8, MM_MOBILE_EQUIPMENT_ERROR_OPERATOR_DETERMINED_BARRING },
  { 26, MM_MOBILE_EQUIPMENT_ERROR_INSUFFICIENT_RESOURCES },
  { 27, MM_MOBILE_EQUIPMENT_ERROR_MISSING_OR_UNKNOWN_APN },
  { 28, MM_MOBILE_EQUIPMENT_ERROR_UNKNOWN_PDP_ADDRESS_OR_TYPE },
  { 29, MM_MOBILE_EQUIPMENT_ERROR_USER_AUTHENTICATION_FAILED },
  { 30, MM_MOBILE_EQUIPMENT_ERROR_ACTIVATION_REJECTED_BY_GGSN_OR_GW },
  { 31, MM_MOBILE_EQUIPMENT_ERROR_ACTIVATION_REJECTED_UNSPECIFIED },
  { 32, MM_MOBILE_EQUIPMENT_ERROR_SERVICE_OPTION_NOT_SUPPORTED },
  { 33, MM_MOBILE_EQUIPMENT_ERROR_SERVICE_OPTION_NOT_SUBSCRIBED },
  { 34, MM_MOBILE_EQUIPMENT_ERROR_SERVICE_OPTION_OUT_OF_ORDER },
  { 35, MM_MOBILE_EQUIPMENT_ERROR_NSAPI_OR_PTI_ALREADY_IN_USE },
  { 36, MM_MOBILE_EQUIPMENT_ERROR_REGULAR_DEACTIVATION },
  { 37, MM_MOBILE_EQUIPMENT_ERROR_QOS_NOT_ACCEPTED },
};

GError *
mm1_error_of_cause (guint cause, const char *message)
{
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (causes[i].cause == cause)
      return g_error_new_literal (MM_MOBILE_EQUIPMENT_ERROR, (int)causes[i].code, message);
  return NULL;
}
