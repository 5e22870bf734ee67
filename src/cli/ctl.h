/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-options.h"
#include "ctl-style.h"

#include <gio/gio.h>

#include <signal.h>
#include <stdio.h>

/* One run of mu709ctl: what every command is given. */
typedef struct Ctl
{
  CtlOptions options;
  CtlStyle   style;
  FILE      *out; /* standard output, unless a file descriptor argument has taken that */

  GDBusConnection *connection; /* NULL: not connected yet */
  GDBusCallFlags   call_flags;
  GCancellable    *interrupted; /* by SIGINT or SIGTERM */
  guint            signal_ids[2];
  struct sigaction on_pipe; /* what SIGPIPE did before GIO had it ignored */
  char            *note;    /* how far the call is that is waited for, or NULL */

  char     *module_path; /* NULL: not chosen yet */
  GVariant *module;      /* its interfaces, a{sa{sv}} */
  GVariant *objects;     /* all that there were then, a{oa{sa{sv}}} */
} Ctl;

void ctl_init (Ctl *ctl);
void ctl_clear (Ctl *ctl);

/* The program; argv is without its name and ends with NULL.  Returns the exit status. */
int ctl_main (const char *const *argv);
