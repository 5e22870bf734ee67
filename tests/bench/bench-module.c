/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bench-module.h"

#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define SLOTS 40

typedef struct
{
  int      master;
  int      slave; /* held open, so that the master never reads an end of file */
  char     tty[32];
  char     line[512];
  gsize    len;
  gboolean in_body;      /* of +CMGS */
  guint    slots[SLOTS]; /* a message's number; 0: free */
  guint    held;         /* messages for which there is no slot yet */
  guint    last_message;
} Module;

struct BenchModules
{
  guint        n;
  Module      *modules;
  GThread     *thread;
  int          stop[2];
  atomic_uint  commands;
  atomic_llong first;
  GMutex       mutex; /* for the cards */
};

typedef struct
{
  const char *command;
  const char *answer;
} Row;

#define OK "\r\nOK\r\n"

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
  { "AT+CPMS=\"SM\",\"SM\",\"SM\"", "\r\n+CPMS: 0,40,0,40,0,40\r\n" OK },
  { "AT+CSCA?", "\r\n+CSCA: \"+8613800755500\",145\r\n" OK },
  { "AT^NDISDUP=1,1,\"internet\"", OK BENCH_UP },
  { "AT^NDISDUP=1,0", OK BENCH_DOWN },
  { "AT^DHCP?", "\r\n^DHCP: 0100000A,00FFFFFF,0200000A,0200000A,08080808,04040808,5760000,5760000"
                "\r\n" OK },
  { "AT^NWTIME?", "\r\n^NWTIME: 14/08/05,04:00:21+40,00\r\n" OK },
};

static void
say (Module *module, const char *text)
{
  (void)!write (module->master, text, strlen (text));
}

/* ---- messages ---- */

/* From +491: its number in UCS2. */
static void
append_pdu (GString *out, guint message)
{
  g_string_append_printf (out, "25\r\n0791947106000000040391941F000862112271150000%02X", 5 * 2);
  for (guint place = 10000; place > 0; place /= 10)
    g_string_append_printf (out, "%04X", '0' + message / place % 10);
  g_string_append (out, "\r\n");
}

static void
append_list (Module *module, GString *out)
{
  for (guint i = 0; i < SLOTS; i++)
    if (module->slots[i] != 0)
      {
        g_string_append_printf (out, "\r\n+CMGL: %u,0,,", i);
        append_pdu (out, module->slots[i]);
      }
}

static void
append_slot (Module *module, guint slot, GString *out)
{
  if (slot >= SLOTS || module->slots[slot] == 0)
    return;
  g_string_append (out, "\r\n+CMGR: 0,,");
  append_pdu (out, module->slots[slot]);
}

/* Held ones into free slots. */
static void
deliver (Module *module, gboolean is_told, GString *out)
{
  for (guint i = 0; i < SLOTS && module->held > 0; i++)
    if (module->slots[i] == 0)
      {
        module->slots[i] = ++module->last_message;
        module->held--;
        if (is_told)
          g_string_append_printf (out, "\r\n+CMTI: \"SM\",%u\r\n", i);
      }
}

static gboolean
answer_message (BenchModules *self, Module *module, const char *command)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint               slot = (guint)atoi (command + MIN (strlen (command), 8));

  if (!g_str_has_prefix (command, "AT+CMG") || command[6] == 'F')
    return FALSE;
  if (command[6] == 'S')
    {
      module->in_body = TRUE;
      say (module, "\r\n> ");
      return TRUE;
    }
  g_mutex_lock (&self->mutex);
  if (command[6] == 'L')
    append_list (module, out);
  else if (command[6] == 'R')
    append_slot (module, slot, out);
  else if (command[6] == 'D' && slot < SLOTS)
    module->slots[slot] = 0;
  g_string_append (out, OK);
  if (command[6] == 'D')
    deliver (module, TRUE, out);
  g_mutex_unlock (&self->mutex);
  say (module, out->str);
  return TRUE;
}

static const char *
find_answer (const char *command)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].command, command) == 0)
      return rows[i].answer;
  return OK;
}

static void
take_command (BenchModules *self, Module *module)
{
  module->line[module->len] = '\0';
  module->len = 0;
  if (atomic_load (&self->first) == 0)
    atomic_store (&self->first, g_get_monotonic_time ());
  atomic_fetch_add (&self->commands, 1);
  if (!answer_message (self, module, module->line))
    say (module, find_answer (module->line));
}

static void
take_body (Module *module)
{
  module->in_body = FALSE;
  module->len = 0;
  say (module, "\r\n+CMGS: 7\r\n" OK);
}

static void
read_module (BenchModules *self, Module *module)
{
  char    buffer[512];
  ssize_t n = read (module->master, buffer, sizeof buffer);

  for (ssize_t i = 0; i < n; i++)
    if (buffer[i] == '\x1a' && module->in_body)
      take_body (module);
    else if (buffer[i] == '\r' && !module->in_body)
      take_command (self, module);
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
bench_modules_receive (BenchModules *self, guint i, guint n, gboolean together)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_mutex_lock (&self->mutex);
  self->modules[i].held += n;
  deliver (&self->modules[i], !together, out);
  g_mutex_unlock (&self->mutex);
  if (together)
    g_string_assign (out, "\r\n+CMTI: \"SM\",-1\r\n");
  bench_modules_say (self, i, out->str, out->len);
}

guint
bench_modules_unread (BenchModules *self, guint i)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->modules[i].held;
  for (guint slot = 0; slot < SLOTS; slot++)
    n += self->modules[i].slots[slot] != 0 ? 1 : 0;
  g_mutex_unlock (&self->mutex);
  return n;
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
