/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* Calls a method, whose types introspection tells, with arguments as they are typed, and prints
 * what it returns. */
gboolean ctl_call (Ctl *ctl, const char *interface, const char *method, const char *const *args,
                   GError **error);

/* Prints a property, or, if that is NULL, all of an interface's. */
gboolean ctl_get (Ctl *ctl, const char *interface, const char *property, GError **error);
