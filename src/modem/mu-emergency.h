/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The numbers that reach help (22.101 10.1.1): the first two always, all of them without a card. */
#define MU_EMERGENCY_ALWAYS 2
extern const char *const mu_emergency_numbers[8];

gboolean mu_emergency_is_number (const char *number);
