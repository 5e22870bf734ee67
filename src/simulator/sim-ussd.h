/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Supplementary services by dialogue: +CUSD (27.007 7.15; 3GPP 22.090). */
extern const SimChapter sim_ussd_chapter;
