/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What ends a command early: an error that came over the bus, which keeps its name, or one of ours,
 * whose number is the exit status of the process. */

#define CTL_ERROR (ctl_error_quark ())

typedef enum
{
  CTL_ERROR_FAILED = 1, /* and every error from the bus */
  CTL_ERROR_USAGE = 2,
  CTL_ERROR_NO_DAEMON = 3,
  CTL_ERROR_NO_MODULE = 4, /* or several, and it was not said which */
  CTL_ERROR_INTERRUPTED = 130,
} CtlError;

GQuark ctl_error_quark (void);

/* Sets error and returns FALSE, so that a check is one line. */
gboolean ctl_fail (GError **error, CtlError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

int ctl_error_status (const GError *error);

/* "org.mu709.Error.Busy" of an error from the bus, of ours a word such as "usage". */
char *ctl_error_name (const GError *error);

/* The message alone, without the name that GDBus puts before it. */
char *ctl_error_message (const GError *error);

/* Both, as a person reads them: the name only if it came over the bus. */
char *ctl_error_text (const GError *error);
