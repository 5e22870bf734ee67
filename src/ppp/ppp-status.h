/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What pppd's exit status says: EXIT STATUS in pppd(8).  status: -1 if it was killed.  Never NULL.
 */
GError *ppp_status_error (int status);
