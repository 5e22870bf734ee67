/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* One way to say something to whoever runs the daemon: structured fields in the journal (PRIORITY,
 * MU709_MODEM), plain lines elsewhere.  Texts never hold PINs, numbers, identities or messages:
 * what comes from the wire passes at_mask() first. */

typedef enum
{
  MU_LOG_ERROR,   /* the daemon cannot do its work */
  MU_LOG_WARNING, /* a module or a caller misbehaves, the daemon goes on */
  MU_LOG_INFO,    /* a module came, went, changed its state */
  MU_LOG_DEBUG,   /* every line on the wire */
} MuLogLevel;

/* Everything up to level is written.  personal: numbers and identities are not masked. */
void     mu_log_init (MuLogLevel level, gboolean personal);
gboolean mu_log_level (const char *word, MuLogLevel *ret_level); /* "error" ... "debug" */
gboolean mu_log_enabled (MuLogLevel level);
gboolean mu_log_personal (void);

/* modem: the last part of its object path, or NULL */
void mu_log (MuLogLevel level, const char *modem, const char *format, ...) G_GNUC_PRINTF (3, 4);
