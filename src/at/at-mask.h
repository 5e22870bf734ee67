/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A line of the wire as it may stand in a log: PINs, numbers, identities, names and messages are
 * replaced by asterisks, all but PINs and passwords not if the configuration asks for them. */
char *at_mask (const char *text);
