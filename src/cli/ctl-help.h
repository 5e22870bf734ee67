/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* Explains the program, or the commands that begin with words, which ends with NULL. */
gboolean ctl_help (Ctl *ctl, const char *const *words, GError **error);
