/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages: the codec, from the card to the bus, from the bus to the network, out of a large
 * database.  The floor is the same talk with the module by a program that does nothing else. */
#include "bench.h"

#include "store.h"
#include "tpdu-text.h"
#include "tpdu-time.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

#define MESSAGING "org.mu709.Messaging1"
#define CARD      "89860112345678901234" /* of the modules here */
#define OK        "\r\nOK\r\n"
#define CODINGS   200000
#define ROUNDS    15
#define SLOTS     40
#define BURST     1000
#define STORED    100000

void
remove_database (const char *state_directory)
{
  static const char *const names[]
      = { "messages.db", "messages.db-wal", "messages.db-shm", "sim-pins" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (state_directory, names[i], NULL);

      g_unlink (path);
    }
}

/* ---- the codec ---- */

static void
measure_codec (void)
{
  Tpdu               head = { .type = TPDU_DELIVER }, tpdu;
  TpduSplit          split = { .class = TPDU_CLASS_NONE };
  g_autoptr (GArray) parts = NULL;
  guint8             octets[TPDU_MAX_OCTETS];
  gsize              n = 0;
  double             t0;

  tpdu_address_set (&head.number, "+491711234567", NULL);
  tpdu_time_set (head.time, 1700000000, 0);
  parts = tpdu_split_text (&head, "A message of average length, with nothing special in it.",
                           &split, NULL);
  t0 = now_us ();
  for (int i = 0; i < CODINGS; i++)
    n = tpdu_encode (&g_array_index (parts, Tpdu, 0), octets, NULL);
  report ("PDU encoded", "k/s", CODINGS / (now_us () - t0) * 1000, 0, NO_GOAL);
  t0 = now_us ();
  for (int i = 0; i < CODINGS; i++)
    {
      const Tpdu *part = &tpdu;

      tpdu_decode (octets, n, TPDU_FROM_NETWORK, &tpdu, NULL);
      g_free (tpdu_join_text (&part, 1));
    }
  report ("PDU decoded, with its text", "k/s", CODINGS / (now_us () - t0) * 1000, 0, NO_GOAL);
}

/* ---- from the card ---- */

static void
raw_list (BenchModules *modules, int fd)
{
  bench_modules_receive (modules, 1, SLOTS, TRUE);
  exchange (fd, "AT+CMGL=4\r", OK);
  for (guint i = 0; i < SLOTS; i++)
    {
      g_autofree char *command = g_strdup_printf ("AT+CMGD=%u\r", i);

      exchange (fd, command, OK);
    }
}

static void
wait_freed (BenchModules *modules)
{
  while (bench_modules_unread (modules, 0) > 0)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (50);
}

static void
measure_card (BenchModules *modules, int fd)
{
  Samples signals = samples_new (), all = samples_new (), raw = samples_new ();
  Counter counter;

  counter_start (&counter, bus, "org.mu709", MESSAGING, "Received");
  for (guint i = 0; i < ROUNDS; i++)
    {
      double t0 = now_us ();

      raw_list (modules, fd);
      samples_add (&raw, now_us () - t0);
      counter.n = 0;
      t0 = now_us ();
      bench_modules_receive (modules, 0, SLOTS, TRUE);
      counter_wait (&counter, SLOTS);
      samples_add (&signals, now_us () - t0);
      wait_freed (modules);
      samples_add (&all, now_us () - t0);
    }
  report ("40 messages from the card to their signals", "ms", samples_at (&signals, 0.5) / 1000, 0,
          NO_GOAL);
  report ("40 messages from the card, and it is free", "ms", samples_at (&all, 0.5) / 1000,
          samples_at (&raw, 0.5) / 1000, NO_GOAL);
  counter_stop (&counter, bus);
  samples_free (&signals);
  samples_free (&all);
  samples_free (&raw);
}

static guint
total (const char *path)
{
  g_autoptr (GVariant) reply = bus_call (bus, "org.mu709", path, "org.freedesktop.DBus.Properties",
                                         "Get", g_variant_new ("(ss)", MESSAGING, "Total"));
  g_autoptr (GVariant) value = NULL;

  g_variant_get (reply, "(v)", &value);
  return g_variant_get_uint32 (value);
}

static void
measure_burst (BenchModules *modules, const char *path, GPid pid)
{
  guint   before = total (path);
  Memory  memory = process_memory (pid), after;
  Counter counter;
  double  t0;

  counter_start (&counter, bus, "org.mu709", MESSAGING, "Received");
  t0 = now_us ();
  bench_modules_receive (modules, 0, BURST, FALSE);
  counter_wait (&counter, BURST);
  report ("burst of 1000 messages", "ms", (now_us () - t0) / 1000, 2 * BURST * pty_us / 1000,
          NO_GOAL);
  wait_freed (modules);
  after = process_memory (pid);
  report ("of these lost", "", BURST - (total (path) - before), 0, 0);
  report ("private dirty memory that they leave", "kB",
          after.private_dirty_kb - memory.private_dirty_kb, 0, NO_GOAL);
  counter_stop (&counter, bus);
}

/* ---- to the network ---- */

static void
raw_send (int fd, guint n_parts)
{
  g_autofree char *body = g_strnfill (n_parts > 1 ? 2 * 155 : 2 * 20, 'A');
  g_autofree char *whole = g_strconcat (body, "\x1a", NULL);

  for (guint i = 0; i < n_parts; i++)
    {
      exchange (fd, "AT+CMGS=20\r", "\r\n> ");
      exchange (fd, whole, OK);
    }
}

static void
measure_send (const char *path, int fd, guint n_parts)
{
  g_autofree char *name
      = g_strdup_printf ("message of %u part%s sent", n_parts, n_parts > 1 ? "s" : "");
  g_autofree char *text = n_parts > 1 ? g_strnfill (153 * n_parts, 'x') : g_strdup ("hello");
  Samples          sent = samples_new (), raw = samples_new ();

  for (guint i = 0; i < 4 * ROUNDS; i++)
    {
      double t0 = now_us ();

      raw_send (fd, n_parts);
      samples_add (&raw, now_us () - t0);
      t0 = now_us ();
      g_variant_unref (bus_call (bus, "org.mu709", path, MESSAGING, "Send",
                                 g_variant_new ("(ssa{sv})", "+491711234567", text, NULL)));
      samples_add (&sent, now_us () - t0);
    }
  report (g_intern_string (name), "ms", samples_at (&sent, 0.5) / 1000,
          samples_at (&raw, 0.5) / 1000, NO_GOAL);
  samples_free (&sent);
  samples_free (&raw);
}

/* ---- out of a large database ---- */

static void
fill_database (const char *state_directory)
{
  g_autofree char   *path = g_build_filename (state_directory, "messages.db", NULL);
  g_autoptr (GError) error = NULL;
  Store             *store = store_open (path, &error);
  Tpdu               head = { .type = TPDU_DELIVER };
  TpduSplit          split = { .class = TPDU_CLASS_NONE };

  if (store == NULL || !store_begin (store, &error))
    g_error ("%s", error->message);
  tpdu_address_set (&head.number, "+491711234567", NULL);
  for (guint i = 0; i < STORED; i++)
    {
      g_autofree char   *text = g_strdup_printf ("This is the message number %u of many.", i);
      g_autoptr (GArray) parts = NULL;
      guint8             octets[TPDU_MAX_OCTETS];
      StoreTaken         taken;
      guint              id;

      tpdu_time_set (head.time, 1700000000 + i, 0);
      parts = tpdu_split_text (&head, text, &split, NULL);
      store_take (store, CARD, octets, tpdu_encode (&g_array_index (parts, Tpdu, 0), octets, NULL),
                  1700000000, &taken, &id, NULL);
    }
  store_commit (store, NULL);
  store_close (store);
}

static void
measure_list (const char *state_directory)
{
  BenchModules    *modules = bench_modules_new (1);
  g_autofree char *path = modem_path (modules, 0);
  Samples          times = samples_new ();
  Memory           before, after;
  GPid             pid;

  fill_database (state_directory);
  pid = start_daemon (modules);
  wait_ready (modules, 0);
  g_usleep (300000);
  before = process_memory (pid);
  for (guint i = 0; i < 4 * ROUNDS; i++)
    {
      GVariantBuilder filter;
      double          t0 = now_us ();

      g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&filter, "{sv}", "limit", g_variant_new_uint32 (100));
      g_variant_unref (
          bus_call (bus, "org.mu709", path, MESSAGING, "List", g_variant_new ("(a{sv})", &filter)));
      samples_add (&times, now_us () - t0);
    }
  after = process_memory (pid);
  report ("List of 100 of 100000", "ms", samples_at (&times, 0.5) / 1000, 0, NO_GOAL);
  report ("private dirty memory before it", "kB", before.private_dirty_kb, 0, NO_GOAL);
  report ("private dirty memory after it", "kB", after.private_dirty_kb, 0, NO_GOAL);
  samples_free (&times);
  process_stop (pid);
  bench_modules_free (modules);
}

void
measure_messages (const char *state_directory)
{
  BenchModules    *modules = bench_modules_new (2);
  g_autofree char *path = modem_path (modules, 0);
  int              fd = open_tty (bench_modules_tty (modules, 1));
  GPid             pid = start_daemon (modules);

  measure_codec ();
  wait_ready (modules, 0);
  measure_card (modules, fd);
  measure_send (path, fd, 1);
  measure_send (path, fd, 10);
  measure_burst (modules, path, pid);
  process_stop (pid);
  close (fd);
  bench_modules_free (modules);
  remove_database (state_directory);
  measure_list (state_directory);
  remove_database (state_directory);
}
