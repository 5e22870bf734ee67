/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench-module.h"

#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

typedef struct
{
  int   master;
  int   slave; /* held open, so that the master never reads an end of file */
  char  tty[32];
  char  line[1024];
  gsize len;
} Module;

struct BenchModules
{
  guint        n;
  Module      *modules;
  GThread     *thread;
  int          stop[2];
  atomic_uint  commands;
  atomic_llong first;
  atomic_uint  listed_from, listed_until; /* messages on the card */
};

typedef struct
{
  const char *command;
  const char *answer;
} Row;

#define OK     "\r\nOK\r\n"
#define CTRL_Z 0x1a

/* A module at home with an open card: what an initialisation asks for. */
static const Row rows[] = {
  { "AT+CSQ", "\r\n+CSQ: 17,99\r\n" OK },
  { "AT+CFUN?", "\r\n+CFUN: 1\r\n" OK },
  { "AT+CGMI", "\r\nHuawei Technologies Co., Ltd.\r\n" OK },
  { "AT+CGMM", "\r\nMU709s-2\r\n" OK },
  { "AT+CGMR", "\r\n11.652.65.00.00\r\n" OK },
  { "AT+CGSN", "\r\n867989010000017\r\n" OK },
  { "AT^CPIN?", "\r\n^CPIN: READY,,10,3,10,3\r\n" OK },
  { "AT^ICCID?", "\r\n^ICCID: 89860112345678901234\r\n" OK },
  { "AT+CIMI", "\r\n262011234567890\r\n" OK },
  { "AT+CRSM=176,28589,0,0,4", "\r\n+CRSM: 144,0,\"00000002\"\r\n" OK },
  { "AT+CLCK=\"SC\",2", "\r\n+CLCK: 0\r\n" OK },
  { "AT+CNUM", "\r\n+CNUM: \"CC\",\"+8613987654321\",145\r\n" OK },
  { "AT^HCSQ?", "\r\n^HCSQ: \"WCDMA\",30,30,58\r\n" OK },
  { "AT+CREG?", "\r\n+CREG: 2,1,\"31C5\",\"0083F7CD\",2\r\n" OK },
  { "AT+CGREG?", "\r\n+CGREG: 2,1,\"31C5\",\"0083F7CD\",2\r\n" OK },
  { "AT^SYSINFOEX", "\r\n^SYSINFOEX: 2,3,0,1,,3,\"WCDMA\",45,\"HSPA+\"\r\n" OK },
  { "AT+COPS?", "\r\n+COPS: 0,2,\"26201\",2\r\n" OK },
  { "AT^NWTIME?", "\r\n^NWTIME: 14/08/05,04:00:21+40,00\r\n" OK },
};

static const char *
find_answer (const char *command)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].command, command) == 0)
      return rows[i].answer;
  return OK;
}

/* ---- messages ---- */

/* A DELIVER whose time is the number: no two are the same. */
static int
write_pdu (char *text, gsize size, guint number)
{
  guint s = number % 60, m = number / 60 % 60, h = number / 3600 % 24;

  return g_snprintf (
      text, (gulong)size,
      "07917283010010F5040BC87238880900F10000621122%u%u%u%u%u%u000AE8329BFD4697D9EC37", h % 10,
      h / 10, m % 10, m / 10, s % 10, s / 10);
}

#define PDU_LENGTH 28 /* without the service centre */

/* What has an answer of its own; FALSE: nothing of that. */
static gboolean
answer_message (Module *module, const char *command)
{
  char  text[256];
  char  pdu[128];
  guint index;
  int   n;

  if (g_str_has_prefix (command, "AT+CMGS="))
    n = g_snprintf (text, sizeof text, "\r\n> ");
  else if (sscanf (command, "AT+CMGR=%u", &index) == 1)
    {
      write_pdu (pdu, sizeof pdu, index);
      n = g_snprintf (text, sizeof text, "\r\n+CMGR: 0,,%d\r\n%s\r\n" OK, PDU_LENGTH, pdu);
    }
  else
    return FALSE;
  (void)!write (module->master, text, (gsize)n);
  return TRUE;
}

static void
answer_list (BenchModules *self, Module *module)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint               until = atomic_load (&self->listed_until);
  char                pdu[128];

  for (guint i = atomic_load (&self->listed_from); i < until; i++)
    {
      write_pdu (pdu, sizeof pdu, i);
      g_string_append_printf (text, "\r\n+CMGL: %u,0,,%d\r\n%s\r\n", i, PDU_LENGTH, pdu);
    }
  g_string_append (text, OK);
  atomic_store (&self->listed_from, until);
  (void)!write (module->master, text->str, text->len);
}

static void
take_body (Module *module)
{
  static const char answer[] = "\r\n+CMGS: 7\r\n" OK;

  module->len = 0;
  (void)!write (module->master, answer, sizeof answer - 1);
}

static void
take_command (BenchModules *self, Module *module)
{
  const char *answer;

  module->line[module->len] = '\0';
  module->len = 0;
  if (atomic_load (&self->first) == 0)
    atomic_store (&self->first, g_get_monotonic_time ());
  atomic_fetch_add (&self->commands, 1);
  if (strcmp (module->line, "AT+CMGL=4") == 0)
    {
      answer_list (self, module);
      return;
    }
  if (answer_message (module, module->line))
    return;
  answer = find_answer (module->line);
  (void)!write (module->master, answer, strlen (answer));
}

static void
read_module (BenchModules *self, Module *module)
{
  char    buffer[512];
  ssize_t n = read (module->master, buffer, sizeof buffer);

  for (ssize_t i = 0; i < n; i++)
    if (buffer[i] == '\r')
      take_command (self, module);
    else if (buffer[i] == CTRL_Z)
      take_body (module);
    else if (module->len < sizeof module->line - 1)
      module->line[module->len++] = buffer[i];
}

static gpointer
run (gpointer user_data)
{
  BenchModules             *self = user_data;
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, self->n + 1);

  for (guint i = 0; i < self->n; i++)
    fds[i] = (struct pollfd){ .fd = self->modules[i].master, .events = POLLIN };
  fds[self->n] = (struct pollfd){ .fd = self->stop[0], .events = POLLIN };
  while (poll (fds, self->n + 1, -1) > 0 && fds[self->n].revents == 0)
    for (guint i = 0; i < self->n; i++)
      if (fds[i].revents & POLLIN)
        read_module (self, &self->modules[i]);
  return NULL;
}

static void
open_module (Module *module)
{
  struct termios raw;

  module->master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (module->master < 0 || grantpt (module->master) < 0 || unlockpt (module->master) < 0)
    g_error ("no pseudo-terminal");
  g_strlcpy (module->tty, ptsname (module->master), sizeof module->tty);
  module->slave = open (module->tty, O_RDWR | O_NOCTTY | O_CLOEXEC);
  tcgetattr (module->slave, &raw);
  cfmakeraw (&raw);
  tcsetattr (module->slave, TCSANOW, &raw);
}

BenchModules *
bench_modules_new (guint n)
{
  BenchModules *self = g_new0 (BenchModules, 1);

  self->n = n;
  self->modules = g_new0 (Module, n);
  for (guint i = 0; i < n; i++)
    open_module (&self->modules[i]);
  if (pipe (self->stop) < 0)
    g_error ("no pipe");
  self->thread = g_thread_new ("modules", run, self);
  return self;
}

void
bench_modules_free (BenchModules *self)
{
  (void)!write (self->stop[1], "", 1);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->n; i++)
    {
      close (self->modules[i].master);
      close (self->modules[i].slave);
    }
  close (self->stop[0]);
  close (self->stop[1]);
  g_free (self->modules);
  g_free (self);
}

const char *
bench_modules_tty (BenchModules *self, guint i)
{
  return self->modules[i].tty;
}

guint
bench_modules_commands (BenchModules *self)
{
  return atomic_load (&self->commands);
}

gint64
bench_modules_first (BenchModules *self)
{
  return atomic_load (&self->first);
}

void
bench_modules_reset (BenchModules *self)
{
  atomic_store (&self->commands, 0);
  atomic_store (&self->first, 0);
}

void
bench_modules_say (BenchModules *self, guint i, const char *bytes, gsize len)
{
  while (len > 0)
    {
      ssize_t n = write (self->modules[i].master, bytes, len);

      if (n <= 0)
        return;
      bytes += n;
      len -= (gsize)n;
    }
}

void
bench_modules_deliver (BenchModules *self, guint i, guint from, guint until)
{
  g_autoptr (GString) news = g_string_new (NULL);

  atomic_store (&self->listed_from, from);
  atomic_store (&self->listed_until, until);
  for (guint number = from; number < until; number++)
    g_string_append_printf (news, "\r\n+CMTI: \"SM\",%u\r\n", number);
  bench_modules_say (self, i, news->str, news->len);
}
