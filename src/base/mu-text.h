/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* How many of the len bytes of text, which is UTF-8, fit into size bytes with a NUL behind them,
 * and are whole characters. */
gsize mu_text_fit (const char *text, gsize len, gsize size);

/* ISO 8601, to seconds and with the offset: "2014-08-05T04:00:21+10:00". */
char *mu_text_time (GDateTime *time);
