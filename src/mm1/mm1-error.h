/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libmm-glib.h>

/* Our errors under ModemManager's names.  They matter: NetworkManager gives up on those of PIN, PUK
 * and SIM, and tries again after others. */

/* What is no MU_ERROR is only copied. */
GError *mm1_error_translate (const GError *error);

/* Why the network refused a context or ended it: 3GPP 24.008 10.5.6.6; NULL: not a known cause. */
GError *mm1_error_of_cause (guint cause, const char *message);
