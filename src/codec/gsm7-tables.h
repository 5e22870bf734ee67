/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gsm7.h"

#define GSM7_CODES 128

extern const guint16 *const gsm7_locking_tables[GSM7_LANGUAGES];
extern const guint16 *const gsm7_single_tables[GSM7_LANGUAGES];
