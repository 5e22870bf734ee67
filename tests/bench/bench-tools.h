/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* ---- samples ---- */

typedef struct
{
  GArray *us; /* double */
} Samples;

Samples samples_new (void);
void    samples_add (Samples *self, double us);
double  samples_at (Samples *self, double quantile); /* 0.5: the median */
void    samples_free (Samples *self);

double now_us (void);

/* ---- processes ---- */

GPid process_spawn (const char *const *argv);
void process_stop (GPid pid);

typedef struct
{
  double private_dirty_kb;
  double pss_kb;
} Memory;

Memory process_memory (GPid pid);
guint  process_wake_ups (GPid pid); /* voluntary context switches of all its threads */

/* ---- the bus ---- */

/* Waits until the name is there. */
void      bus_wait_name (GDBusConnection *bus, const char *name);
GVariant *bus_call (GDBusConnection *bus, const char *name, const char *path, const char *interface,
                    const char *method, GVariant *args);

/* Counts a signal; the main loop has to run for it. */
typedef struct
{
  guint n;
  guint id;
} Counter;

void counter_start (Counter *self, GDBusConnection *bus, const char *name, const char *interface,
                    const char *signal);
void counter_wait (Counter *self, guint n);
void counter_stop (Counter *self, GDBusConnection *bus);
