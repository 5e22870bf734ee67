/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What messages cost: their encoding, from the card to a signal, and being sent, beside the round
 * trips over a pseudo-terminal that it takes at least.
 *
 * usage: bench-messages MU709D        prints a table */
#include "bench-module.h"
#include "bench-tools.h"
#include "tpdu-text.h"
#include "tpdu.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define CARD      40 /* slots */
#define BURST     1000
#define CODEC     200000
#define SENDS     20
#define MESSAGING "org.mu709.Messaging1"

static GDBusConnection *bus;
static char            *path;

static void
report (const char *name, const char *unit, double value, double floor_)
{
  printf ("%-44s %10.1f %-6s", name, value, unit);
  if (floor_ > 0)
    printf (" %10.1f %-6s %7.2f", floor_, unit, value / floor_);
  printf ("\n");
}

/* ---- the codec ---- */

static void
measure_codec (void)
{
  Tpdu template = { .type = TPDU_SUBMIT };
  TpduSplit          split = { .class = TPDU_CLASS_NONE };
  g_autoptr (GArray) parts = NULL;
  guint8             octets[TPDU_MAX_OCTETS];
  gsize              n = 0;
  Tpdu               tpdu;
  double             t0, t1;

  tpdu_address_set (&template.number, "+15550123", NULL);
  parts = tpdu_split_text (&template, "The car is in the garage, and the garage is locked", &split,
                           NULL);
  t0 = now_us ();
  for (guint i = 0; i < CODEC; i++)
    n = tpdu_encode (&g_array_index (parts, Tpdu, 0), octets, NULL);
  t1 = now_us ();
  for (guint i = 0; i < CODEC; i++)
    (void)tpdu_decode (octets, n, TPDU_TO_NETWORK, &tpdu, NULL);
  report ("PDUs encoded", "/s", CODEC / (t1 - t0) * G_USEC_PER_SEC, 0);
  report ("PDUs decoded", "/s", CODEC / (now_us () - t1) * G_USEC_PER_SEC, 0);
}

/* ---- the raw line ---- */

static void
read_until (int fd, const char *end)
{
  char  answer[1024];
  gsize len = 0, want = strlen (end);

  while (len < want || memcmp (answer + len - want, end, want) != 0)
    {
      struct pollfd readable = { .fd = fd, .events = POLLIN };
      gssize        n;

      poll (&readable, 1, -1);
      n = read (fd, answer + len, sizeof answer - len);
      len += n > 0 ? (gsize)n : 0;
    }
}

static int
open_raw (const char *tty)
{
  struct termios raw;
  int            fd = open (tty, O_RDWR | O_NOCTTY | O_NONBLOCK);

  tcgetattr (fd, &raw);
  cfmakeraw (&raw);
  tcsetattr (fd, TCSANOW, &raw);
  return fd;
}

/* One part, as a bare program would send it. */
static double
raw_send (int fd)
{
  static const char pdu[] = "001100098155550123F80000AA0AE8329BFD4697D9EC37\x1a";
  double            t0 = now_us ();

  (void)!write (fd, "AT+CMGS=20\r", 11);
  read_until (fd, "> ");
  (void)!write (fd, pdu, sizeof pdu - 1);
  read_until (fd, "OK\r\n");
  return now_us () - t0;
}

static double
raw_command (int fd)
{
  double t0 = now_us ();

  (void)!write (fd, "AT+CSQ\r", 7);
  read_until (fd, "OK\r\n");
  return now_us () - t0;
}

static double
median (double (*measure) (int fd), int fd)
{
  Samples samples = samples_new ();
  double  us;

  for (int i = 0; i < 200; i++)
    samples_add (&samples, measure (fd));
  us = samples_at (&samples, 0.5);
  samples_free (&samples);
  return us;
}

/* ---- the daemon ---- */

static void
wait_ready (void)
{
  bus_wait_name (bus, "org.mu709");
  for (;;)
    {
      g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
          bus, "org.mu709", path, MESSAGING, "List", g_variant_new_parsed ("(@a{sv} {},)"), NULL,
          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

      if (reply != NULL)
        return;
      g_usleep (1000);
    }
}

static void
measure_incoming (BenchModules *modules, GPid pid, double round_trip)
{
  Counter received;
  Memory  before = process_memory (pid), after;
  double  t0;
  guint   commands;

  counter_start (&received, bus, "org.mu709", MESSAGING, "Received");
  bench_modules_reset (modules);
  t0 = now_us ();
  bench_modules_deliver (modules, 0, 0, CARD);
  counter_wait (&received, CARD);
  t0 = now_us () - t0;
  g_usleep (100000);
  commands = bench_modules_commands (modules);
  report ("40 messages told of in one write, to signals", "ms", t0 / 1000, 0);
  report ("  commands for them, with the slots freed", "", commands, 0);
  t0 = now_us ();
  for (guint i = CARD; i < CARD + BURST; i += CARD)
    {
      bench_modules_deliver (modules, 0, i, i + CARD);
      counter_wait (&received, i + CARD);
    }
  t0 = now_us () - t0;
  after = process_memory (pid);
  report ("1000 messages, 40 at a time", "ms", t0 / 1000, round_trip * BURST / 1000);
  report ("  lost", "", CARD + BURST - received.n, 0);
  report ("  memory for them", "kB", after.private_dirty_kb - before.private_dirty_kb, 0);
  counter_stop (&received, bus);
}

static double
send_text (const char *text)
{
  double t0 = now_us ();

  g_variant_unref (
      bus_call (bus, "org.mu709", path, MESSAGING, "Send",
                g_variant_new ("(ss@a{sv})", "5550123", text, g_variant_new_parsed ("@a{sv} {}"))));
  return now_us () - t0;
}

static double
median_send (const char *text)
{
  Samples samples = samples_new ();
  double  us;

  for (int i = 0; i < SENDS; i++)
    samples_add (&samples, send_text (text));
  us = samples_at (&samples, 0.5);
  samples_free (&samples);
  return us;
}

int
main (int argc, char **argv)
{
  g_autoptr (GTestDBus) test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  BenchModules         *modules = bench_modules_new (2);
  g_autofree char      *directory = g_dir_make_tmp ("mu-bench-XXXXXX", NULL);
  g_autofree char      *port = g_strconcat ("pcui=", bench_modules_tty (modules, 0), NULL);
  g_autofree char      *name = g_path_get_basename (bench_modules_tty (modules, 0));
  g_autofree char      *database = g_build_filename (directory, "messages.db", NULL);
  g_autofree char      *long_text = g_strnfill (153 * 10, 'x');
  int                   fd = open_raw (bench_modules_tty (modules, 1));
  GPid                  pid;
  double                send;

  if (argc < 2)
    return 2;
  g_test_dbus_up (test_bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  path = g_strconcat ("/org/mu709/modem/tty_", name, NULL);
  pid = process_spawn ((const char *[]){ argv[1], "--session", "--config", "/dev/null",
                                         "--log-level", "warning", "--state-directory", directory,
                                         "--port", port, NULL });
  wait_ready ();
  printf ("\n%-44s %17s %17s %7s\n", "", "mu709d", "floor", "ratio");
  measure_codec ();
  measure_incoming (modules, pid, median (raw_command, fd));
  send = median (raw_send, fd);
  report ("a message of 1 part", "ms", median_send ("hellohello") / 1000, send / 1000);
  report ("a message of 10 parts", "ms", median_send (long_text) / 1000, 10 * send / 1000);

  process_stop (pid);
  (void)g_unlink (database);
  (void)g_rmdir (directory);
  bench_modules_free (modules);
  g_object_unref (bus);
  g_test_dbus_stop (test_bus);
  return 0;
}
