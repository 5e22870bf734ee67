/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-error.h"

/* Why the network ends or refuses a context: 3GPP 24.008 10.5.6.6. */

#define MU_PDP_CAUSE_REGULAR 36 /* what one's own disconnection ends with; never a refusal */

/* The error for a cause, with its number and the specification's text; cause 0 is not told which.
 */
GError *mu_pdp_cause_error (guint cause);

/* Trying again is of no use before something has been changed. */
gboolean mu_pdp_cause_is_permanent (guint cause);
