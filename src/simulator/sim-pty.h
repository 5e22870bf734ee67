/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A pseudo-terminal behind a symlink: one of the module's ports as the host opens it.  It holds the
 * host's side open itself, so that a host may come, go, or be killed at any moment, and notices
 * when the last one has gone: then the terminal is as new (raw, 115200, nobody's, nothing unread).
 * A host that does not read never blocks us: what exceeds the buffer is lost. */
typedef struct SimPty SimPty;

typedef struct
{
  void (*bytes) (gpointer user_data, const char *bytes, gsize n_bytes);
  void (*closed) (gpointer user_data);  /* no host has it open any more: DTR drops */
  void (*hung_up) (gpointer user_data); /* see sim_pty_hang_up(); the owner frees the pty */
} SimPtyHandlers;

SimPty *sim_pty_new (const char *link, const SimPtyHandlers *handlers, gpointer user_data,
                     GError **error);
void    sim_pty_free (SimPty *self); /* the host is hung up at once, the link vanishes */
void    sim_pty_write (SimPty *self, const char *bytes, gsize n_bytes);
guint   sim_pty_baud (const SimPty *self); /* as the host has set it; 0: no usual rate */

/* The host has set the rate 0, which drops DTR: termios(3). */
gboolean sim_pty_rate_is_0 (const SimPty *self);

/* Hangs up once the host has read all that was written: a hang-up takes unread bytes with it.
 * Nothing is read or written any more.  A host that does not read has two seconds. */
void     sim_pty_hang_up (SimPty *self);
gboolean sim_pty_is_hanging_up (const SimPty *self);
