/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* How many of the len bytes of text, which is UTF-8, fit into size bytes with a NUL behind them,
 * and are whole characters. */
gsize mu_text_fit (const char *text, gsize len, gsize size);
