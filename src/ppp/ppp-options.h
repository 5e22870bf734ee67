/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ppp-request.h"

/* pppd's command line.  What it may be is decided here and nowhere else. */

/* tty: an absolute path below /dev.  directory: where ip-up leaves the link's addresses; both are
 * checked.  password_fd: from where pppd reads the password.  NULL: InvalidArgument. */
char **ppp_options (const char *pppd, const PppRequest *request, const char *tty,
                    const char *directory, int password_fd, GError **error);
