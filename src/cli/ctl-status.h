/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* What a module tells, line by line, with headings; only: of one interface, without them.
 * interfaces: a{sa{sv}} */
char *ctl_status_screen (GVariant *interfaces, const char *only, const CtlStyle *style);

/* Prints what one interface of the chosen module tells. */
gboolean ctl_status_of_interface (Ctl *ctl, const char *interface, GError **error);
