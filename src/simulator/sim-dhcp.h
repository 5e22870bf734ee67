/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* ^DHCP: what the host would learn by DHCP on the ECM port. */
extern const SimChapter sim_dhcp_chapter;
