/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The daemon as a whole: everything that main() wires together. */

typedef struct
{
  gboolean session;
  char    *config;
  char    *state_directory;
  char   **ports; /* ROLE=PATH; NULL: modules are found by udev */
  char    *log_level;
  gboolean print_config;
  gboolean version;
} MuOptions;

/* Runs until it is told to stop; returns the exit status of the process. */
int mu_daemon_run (const MuOptions *options);
