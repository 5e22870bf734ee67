/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the daemon costs, each figure beside a floor that was taken in the same run, block by block
 * in turn, by the least that could do the same:
 *
 *     (a)  one command and its answer over a pseudo-terminal
 *     (b)  an empty method of a bare GDBus service
 *     (c)  a bare relay that reads a line from a pseudo-terminal and emits a signal
 *
 * usage: bench MU709D FLOOR-SERVICE [SECONDS-IDLE]     prints a table, and the figures as JSON */
#include "bench.h"

#include "at-lexer.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define BLOCKS      20
#define PER_BLOCK   200
#define MAX_MODULES 32
#define FLOOD       5000
#define FLOODS      9
#define NET_PORT    "net=mu-none0" /* which the kernel does not know */

GDBusConnection   *bus;
static const char *daemon_path, *floor_path;
static const char *state_directory; /* a temporary one */

/* ---- the table ---- */

typedef struct
{
  const char *name;
  const char *unit;
  double      value, floor, goal; /* floor, goal: 0: none */
} Figure;

static GArray *figures;

void
report (const char *name, const char *unit, double value, double floor_, double goal)
{
  Figure figure = { name, unit, value, floor_, goal };

  g_array_append_val (figures, figure);
}

static void
print_table (void)
{
  printf ("\n%-44s %10s %10s %7s %7s\n", "", "mu709d", "floor", "ratio", "goal");
  for (guint i = 0; i < figures->len; i++)
    {
      const Figure *f = &g_array_index (figures, Figure, i);
      double        judged = f->floor > 0 ? f->value / f->floor : f->value;

      printf ("%-44s %7.1f %-2s", f->name, f->value, f->unit);
      if (f->floor > 0)
        printf (" %7.1f %-2s %7.2f", f->floor, f->unit, judged);
      else
        printf (" %18s", "");
      if (f->goal >= 0)
        printf (" %7.2f%s", f->goal, judged <= f->goal ? "" : "  missed");
      printf ("\n");
    }
}

static void
print_json (void)
{
  printf ("\n{");
  for (guint i = 0; i < figures->len; i++)
    {
      const Figure *f = &g_array_index (figures, Figure, i);

      printf ("%s\n  \"%s\": {\"value\": %.3f, \"unit\": \"%s\", \"floor\": %.3f}",
              i > 0 ? "," : "", f->name, f->value, f->unit, f->floor);
    }
  printf ("\n}\n");
}

/* ---- the daemon and the floors ---- */

#define NETWORK "org.mu709.Network1"

char *
modem_path (BenchModules *modules, guint i)
{
  g_autofree char *name = g_path_get_basename (bench_modules_tty (modules, i));

  return g_strconcat ("/org/mu709/modem/tty_", name, NULL);
}

GPid
start_daemon (BenchModules *modules)
{
  g_autofree char *port = g_strconcat ("pcui=", bench_modules_tty (modules, 0), NULL);
  const char *argv[] = { daemon_path,         "--session",     "--log-level", "warning", "--config",
                         "/dev/null",         "--port",        port,          "--port",  NET_PORT,
                         "--state-directory", state_directory, NULL };

  return process_spawn (argv);
}

static gboolean
is_ready (const char *path)
{
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_sync (bus, "org.mu709", path, "org.freedesktop.DBus.Properties",
                                     "Get", g_variant_new ("(ss)", "org.mu709.Modem1", "State"),
                                     NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_autoptr (GVariant) value = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(v)", &value);
  return g_str_equal (g_variant_get_string (value, NULL), "ready");
}

void
wait_ready (BenchModules *modules, guint i)
{
  g_autofree char *path = modem_path (modules, i);

  bus_wait_name (bus, "org.mu709");
  while (!is_ready (path))
    g_usleep (500);
}

GPid
start_floor (const char *tty)
{
  const char *argv[] = { floor_path, tty, NULL };
  GPid        pid = process_spawn (argv);

  bus_wait_name (bus, "org.mu709.Floor");
  return pid;
}

/* ---- (a), (b) against a call with one command ---- */

int
open_tty (const char *name)
{
  struct termios raw;
  int            fd = open (name, O_RDWR | O_NOCTTY | O_NONBLOCK);

  tcgetattr (fd, &raw);
  cfmakeraw (&raw);
  tcsetattr (fd, TCSANOW, &raw);
  return fd;
}

void
exchange (int fd, const char *command, const char *end)
{
  char   answer[8192];
  gsize  n_end = strlen (end);
  gsize  len = 0;
  gssize n;

  (void)!write (fd, command, strlen (command));
  while (len < n_end || memcmp (answer + len - n_end, end, n_end) != 0)
    {
      struct pollfd readable = { .fd = fd, .events = POLLIN };

      poll (&readable, 1, -1);
      n = read (fd, answer + len, sizeof answer - len);
      len += n > 0 ? (gsize)n : 0;
    }
}

static void
round_trip (int fd)
{
  exchange (fd, "AT+CSQ\r", "\r\nOK\r\n");
}

void
empty_call (void)
{
  g_variant_unref (bus_call (bus, "org.mu709.Floor", "/", "org.mu709.Floor", "Empty", NULL));
}

static void
command_call (const char *path)
{
  g_variant_unref (bus_call (bus, "org.mu709", path, "org.mu709.Modem1", "Command",
                             g_variant_new ("(su)", "AT+CSQ", 0)));
}

double pty_us;

static void
measure_calls (void)
{
  BenchModules    *modules = bench_modules_new (2);
  GPid             daemon_pid = start_daemon (modules);
  GPid             floor_pid = start_floor (NULL);
  int              fd = open_tty (bench_modules_tty (modules, 1));
  g_autofree char *path = modem_path (modules, 0);
  Samples          pty = samples_new (), empty = samples_new (), call = samples_new ();

  wait_ready (modules, 0);
  for (int i = 0; i < BLOCKS * PER_BLOCK; i++)
    {
      double t0 = now_us (), t1, t2;

      round_trip (fd);
      t1 = now_us ();
      empty_call ();
      t2 = now_us ();
      command_call (path);
      samples_add (&pty, t1 - t0);
      samples_add (&empty, t2 - t1);
      samples_add (&call, now_us () - t2);
    }
  pty_us = samples_at (&pty, 0.5);
  report ("call with one command, p50", "us", samples_at (&call, 0.5),
          samples_at (&pty, 0.5) + samples_at (&empty, 0.5), 1.3);
  report ("call with one command, p99", "us", samples_at (&call, 0.99),
          samples_at (&pty, 0.99) + samples_at (&empty, 0.99), 2);
  samples_free (&pty);
  samples_free (&empty);
  samples_free (&call);
  close (fd);
  process_stop (floor_pid);
  process_stop (daemon_pid);
  bench_modules_free (modules);
}

/* ---- (c) against an unsolicited line ---- */

double
time_line (BenchModules *modules, guint i, const char *line, Counter *counter)
{
  guint  n = counter->n;
  double t0 = now_us ();

  bench_modules_say (modules, i, line, strlen (line));
  counter_wait (counter, n + 1);
  return now_us () - t0;
}

static void
measure_signals (void)
{
  BenchModules *modules = bench_modules_new (2);
  GPid          daemon_pid = start_daemon (modules);
  GPid          floor_pid = start_floor (bench_modules_tty (modules, 1));
  Samples       relay = samples_new (), signal = samples_new ();
  Counter       changes, lines;

  wait_ready (modules, 0);
  g_usleep (100000);
  counter_start (&changes, bus, "org.mu709", "org.freedesktop.DBus.Properties",
                 "PropertiesChanged");
  counter_start (&lines, bus, "org.mu709.Floor", "org.mu709.Floor", "Line");
  empty_call (); /* the subscriptions have arrived */
  for (int i = 0; i < BLOCKS * PER_BLOCK; i++)
    {
      g_autofree char *line
          = g_strdup_printf ("\r\n^HCSQ: \"WCDMA\",%d,%d,50\r\n", 30 + i % 9, 30 + i % 7);

      samples_add (&relay, time_line (modules, 1, line, &lines));
      samples_add (&signal, time_line (modules, 0, line, &changes));
    }
  report ("unsolicited line to signal, p50", "us", samples_at (&signal, 0.5),
          samples_at (&relay, 0.5), 1.3);
  report ("unsolicited line to signal, p99", "us", samples_at (&signal, 0.99),
          samples_at (&relay, 0.99), 2);
  counter_stop (&changes, bus);
  counter_stop (&lines, bus);
  samples_free (&relay);
  samples_free (&signal);
  process_stop (floor_pid);
  process_stop (daemon_pid);
  bench_modules_free (modules);
}

/* ---- a flood ---- */

static void
measure_flood (void)
{
  BenchModules       *modules = bench_modules_new (1);
  GPid                daemon_pid = start_daemon (modules);
  g_autofree char    *path = modem_path (modules, 0);
  g_autoptr (GString) flood = g_string_new (NULL);
  Samples             calm = samples_new (), flooded = samples_new ();

  wait_ready (modules, 0);
  for (int i = 0; i < FLOOD; i++)
    g_string_append_printf (flood, "\r\n^RSSI:%d\r\n", i % 32);
  for (int i = 0; i < FLOODS; i++)
    {
      double t0 = now_us (), t1;

      command_call (path);
      t1 = now_us ();
      bench_modules_say (modules, 0, flood->str, flood->len);
      command_call (path);
      samples_add (&calm, t1 - t0);
      samples_add (&flooded, now_us () - t1);
    }
  report ("5000 unsolicited lines delay a call by", "ms",
          (samples_at (&flooded, 0.5) - samples_at (&calm, 0.5)) / 1000, 0, 15);
  samples_free (&calm);
  samples_free (&flooded);
  process_stop (daemon_pid);
  bench_modules_free (modules);
}

/* ---- starting ---- */

typedef struct
{
  gboolean object, registered;
  double   object_at, registered_at;
  guint    commands;
} Start;

static void
on_start_signal (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
                 const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
                 const char *signal G_GNUC_UNUSED, GVariant *args, gpointer user_data)
{
  Start           *start = user_data;
  g_autofree char *text = g_variant_print (args, FALSE);

  if (!start->object)
    start->object_at = now_us ();
  start->object = TRUE;
  if (strstr (text, "'Registration': <'home'>") == NULL || start->registered)
    return;
  start->registered = TRUE;
  start->registered_at = now_us ();
}

static void
measure_start (void)
{
  Samples object = samples_new (), registered = samples_new (), ratio = samples_new ();
  guint   commands = 0;

  for (int i = 0; i < 15; i++)
    {
      BenchModules *modules = bench_modules_new (1);
      Start         start = { 0 };
      guint  id = g_dbus_connection_signal_subscribe (bus, "org.mu709", NULL, NULL, NULL, NULL,
                                                      G_DBUS_SIGNAL_FLAGS_NONE, on_start_signal,
                                                      &start, NULL);
      double t0 = now_us ();
      GPid   pid = start_daemon (modules);

      while (!start.registered)
        g_main_context_iteration (NULL, TRUE);
      wait_ready (modules, 0);
      commands = bench_modules_commands (modules);
      samples_add (&object, start.object_at - t0);
      samples_add (&registered, start.registered_at - t0);
      samples_add (&ratio, start.registered_at - (double)bench_modules_first (modules));
      g_dbus_connection_signal_unsubscribe (bus, id);
      process_stop (pid);
      bench_modules_free (modules);
    }
  report ("start to first object", "ms", samples_at (&object, 0.5) / 1000, 0, NO_GOAL);
  report ("start to registered", "ms", samples_at (&registered, 0.5) / 1000, 0, NO_GOAL);
  report ("commands until ready", "", commands, 0, 30);
  report ("first command to registered", "us", samples_at (&ratio, 0.5), commands * pty_us, 2);
  samples_free (&object);
  samples_free (&registered);
  samples_free (&ratio);
}

/* ---- many modules: time and memory ---- */

static void
add_modules (BenchModules *modules, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      GVariantBuilder ports;

      g_variant_builder_init (&ports, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&ports, "{sv}", "pcui",
                             g_variant_new_string (bench_modules_tty (modules, i)));
      g_variant_unref (bus_call (bus, "org.mu709", "/org/mu709", "org.mu709.Manager1", "AddDevice",
                                 g_variant_new ("(a{sv})", &ports)));
    }
  for (guint i = from; i < to; i++)
    wait_ready (modules, i);
}

static void
measure_many (void)
{
  static const guint counts[] = { 1, 8, MAX_MODULES };
  BenchModules      *modules = bench_modules_new (MAX_MODULES);
  GPid               floor_pid = start_floor (NULL);
  GPid               pid;
  Memory             floor_memory, memory[G_N_ELEMENTS (counts)];
  double             t0 = now_us (), one, all;

  pid = start_daemon (modules);
  wait_ready (modules, 0);
  one = now_us () - t0;
  g_usleep (300000);
  memory[0] = process_memory (pid);
  t0 = now_us ();
  add_modules (modules, 1, 8);
  all = one + now_us () - t0;
  g_usleep (300000);
  memory[1] = process_memory (pid);
  t0 = now_us ();
  add_modules (modules, 8, MAX_MODULES);
  all += now_us () - t0;
  g_usleep (300000);
  memory[2] = process_memory (pid);
  floor_memory = process_memory (floor_pid);

  report ("time to ready, 32 modules", "ms", all / 1000, one / 1000, MAX_MODULES);
  report ("private dirty memory of a bare service", "kB", floor_memory.private_dirty_kb, 0,
          NO_GOAL);
  report ("private dirty memory above it, 1 module", "kB",
          memory[0].private_dirty_kb - floor_memory.private_dirty_kb, 0, 600);
  report ("private dirty memory, each of 7 more", "kB",
          (memory[1].private_dirty_kb - memory[0].private_dirty_kb) / 7, 0, 60);
  report ("private dirty memory, each of 31 more", "kB",
          (memory[2].private_dirty_kb - memory[0].private_dirty_kb) / (MAX_MODULES - 1), 0, 60);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *name = g_strdup_printf ("PSS, %u modules", counts[i]);

      report (g_intern_string (name), "kB", memory[i].pss_kb, floor_memory.pss_kb, NO_GOAL);
    }
  process_stop (pid);
  process_stop (floor_pid);
  bench_modules_free (modules);
}

/* ---- doing nothing ---- */

static void
measure_idle (guint seconds)
{
  BenchModules *modules = bench_modules_new (1);
  GPid          pid = start_daemon (modules);
  guint         wake_ups;

  wait_ready (modules, 0);
  g_usleep (2 * G_USEC_PER_SEC);
  bench_modules_reset (modules);
  wake_ups = process_wake_ups (pid);
  g_usleep (seconds * G_USEC_PER_SEC);
  report ("wake-ups while idle", "", (double)process_wake_ups (pid) - wake_ups, 0, 0);
  report ("commands while idle", "", bench_modules_commands (modules), 0, 0);
  report ("time it idled", "s", seconds, 0, NO_GOAL);
  process_stop (pid);
  bench_modules_free (modules);
}

/* ---- the lexer ---- */

static void
on_token (AtToken token, const AtLine *line, gpointer user_data)
{
  (void)token;
  (void)line;
  ++*(guint *)user_data;
}

static void
measure_lexer (void)
{
  g_autoptr (GString) stream = g_string_new (NULL);
  AtLexer             lexer;
  guint               tokens = 0;
  double              t0;
  int                 rounds = 50;

  while (stream->len < 1024 * 1024)
    g_string_append (stream,
                     "\r\n^RSSI:20\r\n\r\n^HCSQ: \"WCDMA\",30,30,58\r\n\r\n+CREG: 1,\"31C5\","
                     "\"0083F7CD\",2\r\n\r\n+CMGL: 1,0,,24\r\n0791448720003023240DD0E474D81C\r\n");
  at_lexer_init (&lexer, on_token, &tokens);
  t0 = now_us ();
  for (int i = 0; i < rounds; i++)
    for (gsize at = 0; at < stream->len; at += 4096)
      at_lexer_feed (&lexer, stream->str + at, MIN (4096, stream->len - at));
  report ("lexer", "MB/s", rounds * (double)stream->len / (now_us () - t0), 0, NO_GOAL);
  at_lexer_clear (&lexer);
}

int
main (int argc, char **argv)
{
  g_autoptr (GTestDBus) test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  if (argc < 3)
    return 2;
  daemon_path = argv[1];
  floor_path = argv[2];
  figures = g_array_new (FALSE, FALSE, sizeof (Figure));
  g_test_dbus_up (test_bus);
  state_directory = g_dir_make_tmp ("mu-bench-XXXXXX", NULL);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (bus, FALSE);

  sync (); /* the pages of a program that was just linked would count as dirty memory */
  measure_calls ();
  measure_signals ();
  measure_flood ();
  measure_start ();
  measure_many ();
  measure_lexer ();
  measure_data ();
  measure_messages (state_directory);
  measure_idle (argc > 3 ? (guint)atoi (argv[3]) : 60);
  print_table ();
  print_json ();

  remove_database (state_directory);
  g_rmdir (state_directory);
  g_object_unref (bus);
  g_test_dbus_stop (test_bus);
  g_array_unref (figures);
  return 0;
}
