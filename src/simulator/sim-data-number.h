/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The context that a dialled number is for, as *99# and *99***2# are (27.007 10.2.1.1); 0: it is no
 * such number.  The letters of a dial string are gone already. */
guint sim_data_number (const char *number);
