/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-bus.h"
#include "ctl-keys.h"

/* What the commands about data connections share. */

#define CTL_DATA       CTL_PREFIX "Data1"
#define CTL_CONNECTION CTL_PREFIX "Connection1"

/* Chooses the module, which must have Data1, and returns that interface's properties. */
GVariant *ctl_data_choose (Ctl *ctl, GError **error);

/* Chooses it and returns its connections, as ctl_child_list() has them. */
GVariant *ctl_data_connections (Ctl *ctl, GError **error);

/* All properties of a connection as they are now. */
GVariant *ctl_data_read (Ctl *ctl, const char *path, GError **error);

/* ctl-data-up.c, ctl-data-watch.c */
extern const CtlKey ctl_data_up_keys[];

gboolean ctl_data_up (Ctl *ctl, const char *const *args, GError **error);
gboolean ctl_data_watch (Ctl *ctl, const char *const *args, GError **error);
