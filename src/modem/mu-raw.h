/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-line.h"

/* Which raw commands may pass: not those that would take the line away from the daemon. */
gboolean mu_raw_check (const char *text, guint timeout_ms, GError **error);

/* What belongs to a line, as a string: a PDU as it is, other bytes in hex. */
GVariant *mu_raw_body (const AtLine *line);
