/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The verb "sms": somebody sends the module a text. */
extern const SimChapter sim_sms_incoming_chapter;
