/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bench-module.h"
#include "bench-tools.h"

/* What the files of the benchmark share. */

extern GDBusConnection *bus;
extern double           pty_us; /* (a), the median: what a command costs at least */

#define NO_GOAL (-1.0)
/* goal: of value / floor where there is a floor, else of value */
void report (const char *name, const char *unit, double value, double floor_, double goal);

char *modem_path (BenchModules *modules, guint i);
GPid  start_daemon (BenchModules *modules);
void  wait_ready (BenchModules *modules, guint i);
int   open_tty (const char *name);
/* Writes a command and reads up to that end of its answer. */
void exchange (int fd, const char *command, const char *end);

/* The bare service, which relays the lines of that terminal; NULL: of none. */
GPid start_floor (const char *tty);
/* A call of it that does nothing. */
void empty_call (void);
/* Module i says a line: the time until one signal more is counted, us. */
double time_line (BenchModules *modules, guint i, const char *line, Counter *counter);

/* bench-data.c */
void measure_data (void);

/* bench-messages.c */
void measure_messages (const char *state_directory);
void remove_database (const char *state_directory);
