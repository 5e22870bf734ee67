/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* Asks for a PIN, a PUK or a password: on a terminal without showing what is typed, twice if it is
 * a new one; else the next line of standard input.  The caller frees it with ctl_secret_free(). */
char *ctl_secret_ask (Ctl *ctl, const char *what, gboolean is_new, GError **error);

/* The first line of a file; "-": ctl_secret_ask(). */
char *ctl_secret_read (Ctl *ctl, const char *file, const char *what, GError **error);

/* Wipes and frees. */
void ctl_secret_free (char *secret);
