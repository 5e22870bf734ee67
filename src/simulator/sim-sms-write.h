/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CMGW, and hands on the card's slots. */
extern const SimChapter sim_sms_write_chapter;
