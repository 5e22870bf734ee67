/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* Reads standard input, and waits in the main loop, where a signal can end it. */

/* The next line without its end, after a prompt on standard error; "" at the end of input. */
char *ctl_input_line (Ctl *ctl, const char *prompt, GError **error);

/* Everything to its end, without the last end of line. */
char *ctl_input_all (Ctl *ctl, GError **error);
