/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-tty.h"
#include "tty-stand-in.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int
open_ok (guint baud, gboolean hardware_flow)
{
  g_autoptr (GError) error = NULL;
  int                fd = mu_tty_open (tty.path, baud, hardware_flow, &error);

  assert_null (error);
  assert_true (fd >= 0);
  return fd;
}

#define assert_refused(path, baud, code)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) refusal = NULL;                                                             \
    int                next = dup (0);                                                             \
    close (next);                                                                                  \
    assert_int_equal (mu_tty_open (path, baud, FALSE, &refusal), -1);                              \
    assert_string_equal (mu_error_word (refusal), code);                                           \
    assert_true (g_str_has_prefix (refusal->message, path));                                       \
    assert_int_equal (fcntl (next, F_GETFD), -1); /* nothing was left open */                      \
  }                                                                                                \
  G_STMT_END

/* As the worst of predecessors leaves it. */
static void
spoil (void)
{
  struct termios mode;

  assert_int_equal (__real_tcgetattr (tty.slave, &mode), 0);
  mode.c_iflag |= IXON | IXOFF | IXANY | ICRNL | INLCR | ISTRIP;
  mode.c_cflag |= CSTOPB | HUPCL | CRTSCTS;
  mode.c_cflag &= ~(tcflag_t)(CLOCAL | CREAD);
  mode.c_cc[VMIN] = 0;
  mode.c_cc[VTIME] = 5;
  assert_int_equal (__real_tcsetattr (tty.slave, TCSANOW, &mode), 0);
}

static void
test_modes (void **state G_GNUC_UNUSED)
{
  struct termios mode;
  int            fd;

  spoil ();
  fd = open_ok (0, FALSE);
  assert_int_equal (fcntl (fd, F_GETFL) & (O_ACCMODE | O_NONBLOCK), O_RDWR | O_NONBLOCK);
  assert_int_equal (fcntl (fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
  assert_int_equal (__real_tcgetattr (fd, &mode), 0);
  assert_int_equal (mode.c_lflag & (ICANON | ECHO | ISIG | IEXTEN), 0);
  assert_int_equal (mode.c_iflag & (IXON | IXOFF | IXANY | ICRNL | INLCR | ISTRIP), 0);
  assert_int_equal (mode.c_oflag & OPOST, 0);
  assert_int_equal (mode.c_cflag & (CSIZE | CSTOPB | PARENB), CS8);
  assert_int_equal (mode.c_cflag & (CREAD | CLOCAL | HUPCL | CRTSCTS), CREAD | CLOCAL);
  assert_int_equal (mode.c_cc[VMIN], 1);
  assert_int_equal (mode.c_cc[VTIME], 0);
  assert_int_equal (cfgetospeed (&mode), B38400); /* as it was */
  close (fd);
}

static void
test_hardware_flow (void **state G_GNUC_UNUSED)
{
  struct termios mode;

  close (open_ok (0, TRUE));
  assert_int_equal (__real_tcgetattr (tty.slave, &mode), 0);
  assert_true (mode.c_cflag & CRTSCTS);
}

static void
test_fresh (void **state G_GNUC_UNUSED)
{
  struct pollfd stale = { .fd = tty.slave, .events = POLLIN };
  char          buffer[64];
  int           fd;

  assert_int_equal (write (tty.master, "\r\n+CMTI: \"SM\",1\r\n", 18), 18);
  assert_int_equal (poll (&stale, 1, 5000), 1);
  assert_int_equal (fcntl (tty.master, F_SETFL, O_NONBLOCK), 0);
  while (read (tty.master, buffer, sizeof buffer) > 0)
    ; /* what the pty echoed while it was not raw */
  fd = open_ok (0, FALSE);
  assert_int_equal (read (fd, buffer, sizeof buffer), -1);
  assert_int_equal (errno, EAGAIN);

  assert_int_equal (write (tty.master, "\r\nOK\r\n", 6), 6);
  assert_int_equal (poll (&stale, 1, 5000), 1);
  assert_int_equal (read (fd, buffer, sizeof buffer), 6);
  assert_memory_equal (buffer, "\r\nOK\r\n", 6);
  assert_int_equal (read (tty.master, buffer, sizeof buffer), -1); /* no echo */
  close (fd);
}

static void
test_speeds (void **state G_GNUC_UNUSED)
{
  static const guint   bauds[] = { 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600 };
  static const guint   wrong[] = { 1, 4800, 9601, 1200000, 3000000, G_MAXUINT };
  static const speed_t speeds[]
      = { B9600, B19200, B38400, B57600, B115200, B230400, B460800, B921600 };
  struct termios mode;

  for (gsize i = 0; i < G_N_ELEMENTS (bauds); i++)
    {
      close (open_ok (bauds[i], FALSE));
      assert_int_equal (__real_tcgetattr (tty.slave, &mode), 0);
      assert_int_equal (cfgetospeed (&mode), speeds[i]);
      assert_int_equal (cfgetispeed (&mode), speeds[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (tty.path, wrong[i], "InvalidArgument");
}

static void
test_set_baud (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  struct termios     mode;
  int                fd = open_ok (115200, FALSE);

  assert_true (mu_tty_set_baud (fd, 9600, &error));
  assert_int_equal (__real_tcgetattr (fd, &mode), 0);
  assert_int_equal (cfgetospeed (&mode), B9600);
  assert_false (mode.c_lflag & ECHO);
  assert_false (mu_tty_set_baud (fd, 0, &error));
  assert_string_equal (mu_error_word (error), "InvalidArgument");
  g_clear_error (&error);
  close (tty.master);
  tty.master = -1;
  assert_false (mu_tty_set_baud (fd, 19200, &error));
  assert_string_equal (mu_error_word (error), "NotFound");
  close (fd);
}

static void
test_fixed_speed (void **state G_GNUC_UNUSED)
{
  tty.fixed_speed = TRUE;
  assert_refused (tty.path, 115200, "InvalidArgument");
  close (open_ok (9600, FALSE));
}

static void
test_exclusive (void **state G_GNUC_UNUSED)
{
  int fd = open_ok (0, FALSE);
  int held = 1;

  assert_refused (tty.path, 0, "Busy");
  assert_int_equal (__real_ioctl (fd, TIOCGEXCL, &held), 0);
  assert_int_equal (held, 0); /* this is a pty */
  close (fd);
  close (open_ok (0, FALSE));
}

/* Whoever is killed leaves nothing that keeps the next one out. */
static void
test_killed (void **state G_GNUC_UNUSED)
{
  char  ready;
  int   channel[2];
  pid_t child;

  assert_int_equal (pipe (channel), 0);
  child = fork ();
  if (child == 0)
    {
      ready = mu_tty_open (tty.path, 0, FALSE, NULL) >= 0 ? 'y' : 'n';
      if (write (channel[1], &ready, 1) == 1)
        pause ();
      _exit (1);
    }
  assert_int_equal (read (channel[0], &ready, 1), 1);
  assert_int_equal (ready, 'y');
  assert_refused (tty.path, 0, "Busy");
  kill (child, SIGKILL);
  assert_int_equal (waitpid (child, NULL, 0), child);
  close (open_ok (0, FALSE));
  close (channel[0]);
  close (channel[1]);
}

static void
test_serial (void **state G_GNUC_UNUSED)
{
  int fd, held = 0;

  tty.serial = TRUE;
  fd = open_ok (115200, TRUE);
  assert_int_equal (tty.lines, TIOCM_DTR | TIOCM_RTS);
  assert_int_equal (__real_ioctl (tty.slave, TIOCGEXCL, &held), 0);
  assert_int_not_equal (held, 0);
  assert_refused (tty.path, 0, "Busy");
  assert_int_equal (__real_ioctl (tty.slave, TIOCNXCL, NULL), 0);
  assert_refused (tty.path, 0, "Busy");
  close (fd);
  close (open_ok (0, FALSE));
}

/* As by pppd or ModemManager, which know TIOCEXCL only. */
static void
test_held_by_others (void **state G_GNUC_UNUSED)
{
  tty.serial = TRUE;
  assert_int_equal (__real_ioctl (tty.slave, TIOCEXCL, NULL), 0);
  assert_refused (tty.path, 0, "Busy");
  assert_int_equal (__real_ioctl (tty.slave, TIOCNXCL, NULL), 0);
  close (open_ok (0, FALSE));
}

static void
test_lines (void **state G_GNUC_UNUSED)
{
  static const int harmless[] = { ENOTTY, EINVAL };

  tty.serial = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      tty.lines_errno = harmless[i];
      close (open_ok (0, FALSE));
      __real_ioctl (tty.slave, TIOCNXCL, NULL);
    }
  tty.lines_errno = ENODEV;
  assert_refused (tty.path, 0, "NotFound");
}

/* The other end goes before each of the calls in turn. */
static void
test_hang_up (void **state)
{
  guint steps;

  tty.serial = TRUE;
  close (open_ok (115200, FALSE));
  steps = tty.steps;
  assert_true (steps >= 9);
  for (guint i = 1; i <= steps; i++)
    {
      tty_tear_down (state);
      tty_set_up (state);
      tty.serial = TRUE;
      tty.last_step = i;
      assert_refused (tty.path, 115200, "NotFound");
      assert_int_equal (tty.master, -1);
    }
}

static void
test_not_a_tty (void **state G_GNUC_UNUSED)
{
  g_autofree char *folder = g_dir_make_tmp ("test-mu-tty-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);
  g_autofree char *below = g_build_filename (file, "tty", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);

  assert_true (g_file_set_contents (file, "AT\r", -1, NULL));
  assert_int_equal (mkfifo (fifo, 0600), 0);
  assert_refused (file, 0, "InvalidArgument");
  assert_refused (fifo, 0, "InvalidArgument");
  assert_refused (below, 0, "InvalidArgument");
  assert_refused (folder, 0, "InvalidArgument");
  assert_refused ("/dev/null", 0, "InvalidArgument");
  assert_refused (missing, 0, "NotFound");
  assert_refused ("", 0, "NotFound");
  unlink (file);
  unlink (fifo);
  rmdir (folder);
}

/* Root may do everything. */
static void
test_permissions (void **state G_GNUC_UNUSED)
{
  gboolean is_root = geteuid () == 0;

  assert_int_equal (chmod (tty.path, 0), 0);
  assert_true (!is_root || seteuid (65534) == 0);
  assert_refused (tty.path, 0, "NotAuthorized");
  assert_true (!is_root || seteuid (0) == 0);

  assert_int_equal (chmod (tty.path, 0666), 0);
  assert_int_equal (__real_ioctl (tty.slave, TIOCEXCL, NULL), 0);
  assert_true (!is_root || seteuid (65534) == 0);
  assert_refused (tty.path, 0, "Busy");
  assert_true (!is_root || seteuid (0) == 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    tty_test (test_modes),          tty_test (test_hardware_flow), tty_test (test_fresh),
    tty_test (test_speeds),         tty_test (test_set_baud),      tty_test (test_fixed_speed),
    tty_test (test_exclusive),      tty_test (test_killed),        tty_test (test_serial),
    tty_test (test_held_by_others), tty_test (test_lines),         tty_test (test_hang_up),
    tty_test (test_not_a_tty),      tty_test (test_permissions),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
