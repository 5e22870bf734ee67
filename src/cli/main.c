/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl.h"

#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

/* Whoever has closed one of these shall not find the bus in its place. */
static void
keep_standard_streams (void)
{
  int fd;

  do
    fd = open ("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0)
    (void)close (fd);
}

int
main (int argc G_GNUC_UNUSED, char **argv)
{
  keep_standard_streams ();
  (void)setlocale (LC_ALL, "");
  return ctl_main ((const char *const *)argv + 1);
}
