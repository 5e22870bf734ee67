/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"

G_DEFINE_QUARK (mu - error - quark, mu_error)

static const char *const words[] = {
  [MU_ERROR_FAILED] = "Failed",
  [MU_ERROR_INVALID_ARGUMENT] = "InvalidArgument",
  [MU_ERROR_NOT_SUPPORTED] = "NotSupported",
  [MU_ERROR_NOT_AUTHORIZED] = "NotAuthorized",
  [MU_ERROR_NOT_ALLOWED] = "NotAllowed",
  [MU_ERROR_BUSY] = "Busy",
  [MU_ERROR_TIMEOUT] = "Timeout",
  [MU_ERROR_ABORTED] = "Aborted",
  [MU_ERROR_GONE] = "Gone",
  [MU_ERROR_NOT_READY] = "NotReady",
  [MU_ERROR_NO_NETWORK] = "NoNetwork",
  [MU_ERROR_NETWORK_REJECTED] = "NetworkRejected",
  [MU_ERROR_SIM_MISSING] = "SimMissing",
  [MU_ERROR_SIM_PIN_REQUIRED] = "SimPinRequired",
  [MU_ERROR_SIM_PUK_REQUIRED] = "SimPukRequired",
  [MU_ERROR_SIM_BLOCKED] = "SimBlocked",
  [MU_ERROR_WRONG_PASSWORD] = "WrongPassword",
  [MU_ERROR_MEMORY_FULL] = "MemoryFull",
  [MU_ERROR_NOT_FOUND] = "NotFound",
  [MU_ERROR_INVALID_INDEX] = "InvalidIndex",
  [MU_ERROR_TOO_LONG] = "TooLong",
  [MU_ERROR_INVALID_CHARACTERS] = "InvalidCharacters",
  [MU_ERROR_NOT_SUBSCRIBED] = "NotSubscribed",
  [MU_ERROR_AUTHENTICATION_FAILED] = "AuthenticationFailed",
  [MU_ERROR_NO_CARRIER] = "NoCarrier",
  [MU_ERROR_LINK_CLOSED] = "LinkClosed",
  [MU_ERROR_CERTIFICATE] = "Certificate",
  [MU_ERROR_MODEM] = "Modem",
};

const char *
mu_error_word (const GError *error)
{
  if (error->domain != MU_ERROR || error->code < 0 || error->code >= (int)G_N_ELEMENTS (words))
    return words[MU_ERROR_FAILED];
  return words[error->code];
}

gboolean
mu_fail (GError **error, MuError code, const char *format, ...)
{
  va_list args;

  if (error == NULL)
    return FALSE;
  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (MU_ERROR, (int)code, format, args));
  va_end (args);
  return FALSE;
}
