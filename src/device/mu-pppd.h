/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ppp-request.h"

#include <net/if.h>
#include <netinet/in.h>

/* One run of pppd on a tty that is in data mode.  Where systemd runs the host, pppd is a service of
 * its own, mu709-ppp@TTY.service, so that this process needs no privilege; else, and where this
 * process is root anyway, it is a child.  It ends with this process either way. */
typedef struct MuPppd MuPppd;

/* Empty: not known. */
typedef struct
{
  char interface[IFNAMSIZ];
  char address[INET_ADDRSTRLEN];
  char peer[INET_ADDRSTRLEN];
  char dns[2][INET_ADDRSTRLEN];
} MuPppdLink;

typedef struct
{
  /* The link is up; at most once. */
  void (*up) (const MuPppdLink *link, gpointer user_data);
  /* pppd has ended, or could not be started; nothing follows.  NULL: it was to stop. */
  void (*ended) (const GError *why, gpointer user_data);
} MuPppdEvents;

/* Whether there is a way to run it: NotSupported (not installed, neither root nor systemd). */
gboolean mu_pppd_check (GError **error);

/* tty: its path, open by nobody who reads it.  directory: of ours, for what a child leaves; NULL:
 * none, a child fails.  Events come from the main loop, never from inside this. */
MuPppd *mu_pppd_start (const char *tty, const PppRequest *request, const char *directory,
                       const MuPppdEvents *events, gpointer user_data);
/* Ends the link in order, within 15 s; ended() follows. */
void mu_pppd_stop (MuPppd *self);
/* No event after this; what still runs ends by itself, as after mu_pppd_stop(). */
void mu_pppd_free (MuPppd *self);

/* For the back-ends and their tests: reads what mu709-ip-up has left.  Lines that make no sense
 * are left out; FALSE: without the interface it is nothing. */
gboolean mu_pppd_read_link (const char *directory, MuPppdLink *ret_link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MuPppd, mu_pppd_free)
