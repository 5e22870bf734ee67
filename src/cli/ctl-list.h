/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-style.h"

/* All modules among objects, those of ctl_bus_objects(): a line each, or an object each. */
char     *ctl_list_text (GVariant *objects, const CtlStyle *style);
GVariant *ctl_list_json (GVariant *objects);
