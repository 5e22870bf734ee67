/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Everything that can go wrong between a caller and the module, in one domain.  On D-Bus a code is
 * "org.mu709.Error." and its word. */

#define MU_ERROR (mu_error_quark ())

typedef enum
{
  MU_ERROR_FAILED, /* a plain ERROR */
  MU_ERROR_INVALID_ARGUMENT,
  MU_ERROR_NOT_SUPPORTED,
  MU_ERROR_NOT_AUTHORIZED,
  MU_ERROR_NOT_ALLOWED, /* the wrong state for it */
  MU_ERROR_BUSY,        /* something else is in the way, or it is so already */
  MU_ERROR_TIMEOUT,
  MU_ERROR_ABORTED,
  MU_ERROR_GONE,      /* the module left, its ports are closed: nothing retries on this */
  MU_ERROR_NOT_READY, /* the SIM or the module is still starting */
  MU_ERROR_NO_NETWORK,
  MU_ERROR_NETWORK_REJECTED,
  MU_ERROR_SIM_MISSING,
  MU_ERROR_SIM_PIN_REQUIRED,
  MU_ERROR_SIM_PUK_REQUIRED,
  MU_ERROR_SIM_BLOCKED,
  MU_ERROR_WRONG_PASSWORD,
  MU_ERROR_MEMORY_FULL,
  MU_ERROR_NOT_FOUND,
  MU_ERROR_INVALID_INDEX,
  MU_ERROR_TOO_LONG,
  MU_ERROR_INVALID_CHARACTERS,
  MU_ERROR_NOT_SUBSCRIBED,
  MU_ERROR_AUTHENTICATION_FAILED,
  MU_ERROR_NO_CARRIER,
  MU_ERROR_LINK_CLOSED,
  MU_ERROR_CERTIFICATE,
  MU_ERROR_MODEM, /* whatever else the module reported, nonsense included */
} MuError;

GQuark mu_error_quark (void);

/* The word of the public API: "InvalidArgument".  Any other domain's error is "Failed". */
const char *mu_error_word (const GError *error);

/* Sets error and returns FALSE, so that a check is one line: return mu_fail (error, ...); */
gboolean mu_fail (GError **error, MuError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
