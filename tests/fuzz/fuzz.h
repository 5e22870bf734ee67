/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry point; without libFuzzer fuzz-main.c calls it. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* GLib's checks of arguments end the run, too. */
static inline void
fuzz_be_strict (void)
{
  (void)g_log_set_fatal_mask ("GLib", G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
}
