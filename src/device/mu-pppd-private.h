/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-pppd.h"

#include <gio/gio.h>

/* How pppd is run: mu-pppd-unit.c by systemd, mu-pppd-child.c by ourselves. */
typedef struct
{
  /* text: of the request.  Ends in mu_pppd_exited() or mu_pppd_failed(), not from inside this. */
  gpointer (*start) (MuPppd *pppd, const char *tty, const char *text);
  void (*stop) (gpointer run);
  /* It does not know of the MuPppd any more. */
  void (*free) (gpointer run);
} MuPppdBackend;

extern const MuPppdBackend mu_pppd_unit, mu_pppd_child;

/* The program, mu709-pppd or a test's stand-in for it. */
const char *mu_pppd_program (void);

/* Where the link's addresses will be found. */
void        mu_pppd_set_directory (MuPppd *self, const char *directory);
const char *mu_pppd_directory (MuPppd *self);

/* status: of pppd, -1: killed. */
void mu_pppd_exited (MuPppd *self, int status);
/* It could not be started, or nothing can be known of it any more. */
void mu_pppd_failed (MuPppd *self, const GError *why);
