/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Bearer.Ip4Config of what Connection1.Ip4 says; NULL: not connected.  Floating. */
GVariant *mm1_ip_config (GVariant *ip4);
