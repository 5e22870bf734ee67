/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* ISO 8601 of what ^NWTIME tells: date yy/MM/dd or yyyy/MM/dd, time hh:mm:ss and the zone in
 * quarters of an hour, both local, and the hours of summer time that the zone does not contain.
 * NULL: no time. */
char *mu_network_time (const char *date, const char *time, guint summer_hours);
