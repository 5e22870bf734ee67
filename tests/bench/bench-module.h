/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What follows the OK of ^NDISDUP, and tells of a drop. */
#define BENCH_UP   "\r\n^NDISSTAT: 1,,,\"IPV4\"\r\n"
#define BENCH_DOWN "\r\n^NDISSTAT: 0,36,,\"IPV4\"\r\n"

/* Modules at the other ends of pseudo-terminals, as fast as C can be: one thread that waits for
 * bytes and writes the answer of a table.  What is measured against it is the daemon alone. */
typedef struct BenchModules BenchModules;

BenchModules *bench_modules_new (guint n);
void          bench_modules_free (BenchModules *self);

const char *bench_modules_tty (BenchModules *self, guint i);
guint       bench_modules_commands (BenchModules *self); /* that have come so far */
gint64      bench_modules_first (BenchModules *self);    /* when the first one came; 0: none yet */
void        bench_modules_reset (BenchModules *self);    /* counts anew */
/* So many messages come in, one a slot of the card's 40 and the others as slots are freed, each
 * told of with +CMTI, or all together with one that names no slot. */
void  bench_modules_receive (BenchModules *self, guint i, guint n, gboolean together);
guint bench_modules_unread (BenchModules *self, guint i); /* that are not freed yet */
/* Writes bytes that nobody has asked for. */
void bench_modules_say (BenchModules *self, guint i, const char *bytes, gsize len);
