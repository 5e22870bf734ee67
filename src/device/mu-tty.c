/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-tty.h"

#include "mu-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

typedef struct
{
  guint   baud;
  speed_t speed;
} Speed;

/* guide 3.1 */
static const Speed speeds[] = {
  { 9600, B9600 },     { 19200, B19200 },   { 38400, B38400 },   { 57600, B57600 },
  { 115200, B115200 }, { 230400, B230400 }, { 460800, B460800 }, { 921600, B921600 },
};

typedef struct
{
  int     number;
  MuError code;
} Reason;

static const Reason reasons[] = {
  { ENOENT, MU_ERROR_NOT_FOUND },
  { ENXIO, MU_ERROR_NOT_FOUND },
  { ENODEV, MU_ERROR_NOT_FOUND },
  { EIO, MU_ERROR_NOT_FOUND },       /* hung up: this is how an unplugged tty answers */
  { EPROTO, MU_ERROR_NOT_FOUND },    /* USB, on its way out */
  { ESHUTDOWN, MU_ERROR_NOT_FOUND }, /* the same */
  { EACCES, MU_ERROR_NOT_AUTHORIZED },
  { EPERM, MU_ERROR_NOT_AUTHORIZED },
  { EBUSY, MU_ERROR_BUSY },       /* TIOCEXCL of somebody else, and we are not root */
  { EWOULDBLOCK, MU_ERROR_BUSY }, /* flock() of somebody else */
  { ENOTTY, MU_ERROR_INVALID_ARGUMENT },
  { EISDIR, MU_ERROR_INVALID_ARGUMENT },
  { ENOTDIR, MU_ERROR_INVALID_ARGUMENT },
  { ELOOP, MU_ERROR_INVALID_ARGUMENT },
  { ENAMETOOLONG, MU_ERROR_INVALID_ARGUMENT },
};

static gboolean
fail_errno (GError **error)
{
  int     number = errno;
  MuError code = MU_ERROR_FAILED;

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].number == number)
      code = reasons[i].code;
  return mu_fail (error, code, "%s", g_strerror (number));
}

/* Documentation/admin-guide/devices.txt of Linux: majors 136 to 143 */
static gboolean
is_pty (int fd)
{
  struct stat st;

  return fstat (fd, &st) == 0 && S_ISCHR (st.st_mode) && major (st.st_rdev) >= 136
         && major (st.st_rdev) <= 143;
}

/* TIOCEXCL keeps out everybody but root, so root asks first; flock() keeps out those who ask, at
 * the same moment too.  A pty keeps TIOCEXCL when its owner dies, for as long as its master lives:
 * there it would lock us out of our own simulator. */
static gboolean
claim (int fd, GError **error)
{
  gboolean pty = is_pty (fd);
  int      held = 0;

  if (!pty && ioctl (fd, TIOCGEXCL, &held) != 0)
    return fail_errno (error);
  if (held)
    return mu_fail (error, MU_ERROR_BUSY, "another program holds it");
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    return fail_errno (error);
  if (!pty && ioctl (fd, TIOCEXCL) != 0)
    return fail_errno (error);
  return TRUE;
}

/* 8N1 (guide 3.2); no line but RTS and CTS has a say in what is read and written. */
static gboolean
make_raw (int fd, gboolean hardware_flow, GError **error)
{
  struct termios mode;

  if (tcgetattr (fd, &mode) != 0)
    return fail_errno (error);
  cfmakeraw (&mode);
  mode.c_iflag &= ~(tcflag_t)(IXOFF | IXANY);
  mode.c_cflag &= ~(tcflag_t)(CSTOPB | HUPCL | CRTSCTS);
  mode.c_cflag |= CREAD | CLOCAL;
  if (hardware_flow)
    mode.c_cflag |= CRTSCTS;
  mode.c_cc[VMIN] = 1; /* with 0, "nothing yet" would read like the end of the file */
  mode.c_cc[VTIME] = 0;
  if (tcsetattr (fd, TCSANOW, &mode) != 0)
    return fail_errno (error);
  return TRUE;
}

/* A pty has no such lines, and some converters have none. */
static gboolean
raise_lines (int fd, GError **error)
{
  const int lines = TIOCM_DTR | TIOCM_RTS;

  if (ioctl (fd, TIOCMBIS, &lines) == 0 || errno == ENOTTY || errno == EINVAL)
    return TRUE;
  return fail_errno (error);
}

static gboolean
discard (int fd, GError **error)
{
  if (tcflush (fd, TCIOFLUSH) != 0)
    return fail_errno (error);
  return TRUE;
}

int
mu_tty_open (const char *path, guint baud, gboolean hardware_flow, GError **error)
{
  int fd = open (path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    fail_errno (error);
  else if (claim (fd, error) && make_raw (fd, hardware_flow, error)
           && (baud == 0 || mu_tty_set_baud (fd, baud, error)) && raise_lines (fd, error)
           && discard (fd, error))
    return fd;
  else
    close (fd);
  g_prefix_error (error, "%s: ", path);
  return -1;
}

gboolean
mu_tty_set_dtr (int fd, gboolean up)
{
  const int line = TIOCM_DTR;

  return ioctl (fd, up ? TIOCMBIS : TIOCMBIC, &line) == 0;
}

void
mu_tty_lend (int fd)
{
  (void)ioctl (fd, TIOCNXCL);
}

gboolean
mu_tty_set_baud (int fd, guint baud, GError **error)
{
  const Speed   *found = NULL;
  struct termios mode;

  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == baud)
      found = &speeds[i];
  if (found == NULL)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "the module has no %u bit/s", baud);
  if (tcgetattr (fd, &mode) != 0)
    return fail_errno (error);
  cfsetspeed (&mode, found->speed);
  /* It succeeds when anything of mode could be set. */
  if (tcsetattr (fd, TCSANOW, &mode) != 0 || tcgetattr (fd, &mode) != 0)
    return fail_errno (error);
  if (cfgetospeed (&mode) != found->speed)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "the port cannot do %u bit/s", baud);
  return TRUE;
}
