/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* ^SYSINFO, ^SYSINFOEX, ^MODE, ^SRVST, ^SYSCFG. */
extern const SimChapter sim_system_chapter;
