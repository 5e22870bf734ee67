/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tty-stand-in.h"

#include <errno.h>
#include <pty.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

Tty tty;

int __wrap_fstat (int fd, struct stat *st);
int __wrap_fstat64 (int fd, struct stat *st);
int __wrap_ioctl (int fd, unsigned long request, ...);
int __wrap_flock (int fd, int operation);
int __wrap_tcgetattr (int fd, struct termios *mode);
int __wrap_tcsetattr (int fd, int when, const struct termios *mode);
int __wrap_tcflush (int fd, int queue);

static void
step (void)
{
  if (++tty.steps == tty.last_step)
    {
      close (tty.master);
      tty.master = -1;
    }
}

static int
pass_for_serial (int result, struct stat *st)
{
  if (tty.serial)
    st->st_rdev = makedev (188, 0);
  return result;
}

int
__wrap_fstat (int fd, struct stat *st)
{
  return pass_for_serial (__real_fstat (fd, st), st);
}

int
__wrap_fstat64 (int fd, struct stat *st)
{
  return pass_for_serial (__real_fstat64 (fd, st), st);
}

int
__wrap_ioctl (int fd, unsigned long request, ...)
{
  va_list args;
  void   *arg;
  int     result;

  va_start (args, request);
  arg = va_arg (args, void *);
  va_end (args);
  step ();
  result = __real_ioctl (fd, request, arg);
  if (request != TIOCMBIS || !tty.serial || (result != 0 && errno == EIO))
    return result;
  tty.lines |= *(const int *)arg;
  errno = tty.lines_errno;
  return tty.lines_errno != 0 ? -1 : 0;
}

int
__wrap_flock (int fd, int operation)
{
  step ();
  return __real_flock (fd, operation);
}

int
__wrap_tcgetattr (int fd, struct termios *mode)
{
  step ();
  return __real_tcgetattr (fd, mode);
}

int
__wrap_tcsetattr (int fd, int when, const struct termios *mode)
{
  struct termios allowed = *mode;

  step ();
  if (tty.fixed_speed)
    cfsetspeed (&allowed, B9600);
  return __real_tcsetattr (fd, when, &allowed);
}

int
__wrap_tcflush (int fd, int queue)
{
  step ();
  return __real_tcflush (fd, queue);
}

int
tty_set_up (void **state G_GNUC_UNUSED)
{
  tty = (Tty){ .master = -1 };
  return openpty (&tty.master, &tty.slave, tty.path, NULL, NULL);
}

int
tty_tear_down (void **state G_GNUC_UNUSED)
{
  close (tty.slave);
  if (tty.master >= 0)
    close (tty.master);
  return 0;
}
