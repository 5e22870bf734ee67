/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-test.h"

#include <glib.h>
#include <sys/stat.h>
#include <termios.h>

/* A pseudo-terminal that can pass for a serial port: the system calls of mu-tty.c come here first
 * (see `replaces` in meson.build). */

typedef struct
{
  int      master;
  int      slave; /* a second descriptor, to look at what was done */
  char     path[64];
  gboolean serial;      /* passes for a serial port */
  gboolean fixed_speed; /* its driver has no speeds, as that of USB modules */
  int      lines;       /* raised so far */
  int      lines_errno; /* of raising them; 0: it works */
  guint    steps;       /* calls so far */
  guint    last_step;   /* before this one the other end hangs up; 0: never */
} Tty;

extern Tty tty;

int tty_set_up (void **state);
int tty_tear_down (void **state);

#define tty_test(name) cmocka_unit_test_setup_teardown (name, tty_set_up, tty_tear_down)

/* The system's own. */
int __real_fstat (int fd, struct stat *st);
int __real_fstat64 (int fd, struct stat *st);
int __real_ioctl (int fd, unsigned long request, ...);
int __real_flock (int fd, int operation);
int __real_tcgetattr (int fd, struct termios *mode);
int __real_tcsetattr (int fd, int when, const struct termios *mode);
int __real_tcflush (int fd, int queue);
