/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Data over ECM: connecting, against the AT round trips of it and an empty call; from a drop to its
 * signal, against a line that is relayed. */
#include "bench.h"

#include <unistd.h>

#define CONNECT    "AT^NDISDUP=1,1,\"internet\"\r"
#define DISCONNECT "AT^NDISDUP=1,0\r"
#define ROUNDS     25
#define PAUSE_US   1300000 /* what the daemon does of its own after a change is over by then */

typedef struct
{
  BenchModules *modules; /* the daemon's, the relay's, and one to talk with */
  int           fd;      /* of the last */
  char         *modem;
  Counter       removed, lines;
  Samples       connect, disconnect, drop;
  Samples       raw_connect, raw_disconnect, relay;
} Data;

/* ---- steps ---- */

/* Returns the path of the connection. */
static char *
connect_data (const Data *self)
{
  g_autoptr (GVariant) reply
      = bus_call (bus, "org.mu709", self->modem, "org.mu709.Data1", "Connect",
                  g_variant_new_parsed ("({'apn': <'internet'>},)"));
  char *path;

  g_variant_get (reply, "(o)", &path);
  return path;
}

static void
disconnect_data (const char *path)
{
  g_variant_unref (bus_call (bus, "org.mu709", path, "org.mu709.Connection1", "Disconnect", NULL));
}

/* The least that one can wait for. */
static double
time_raw (const Data *self, const char *command, const char *end)
{
  double t0 = now_us ();

  exchange (self->fd, command, end);
  empty_call ();
  return now_us () - t0;
}

static void
measure_up_and_down (Data *self)
{
  g_autofree char *path = NULL;
  double           t0;

  samples_add (&self->raw_connect, time_raw (self, CONNECT, BENCH_UP));
  t0 = now_us ();
  path = connect_data (self);
  samples_add (&self->connect, now_us () - t0);
  g_usleep (PAUSE_US);
  samples_add (&self->raw_disconnect, time_raw (self, DISCONNECT, BENCH_DOWN));
  t0 = now_us ();
  disconnect_data (path);
  samples_add (&self->disconnect, now_us () - t0);
  g_usleep (PAUSE_US);
}

static void
measure_drop (Data *self)
{
  g_free (connect_data (self));
  g_usleep (PAUSE_US);
  samples_add (&self->relay, time_line (self->modules, 1, BENCH_DOWN, &self->lines));
  samples_add (&self->drop, time_line (self->modules, 0, BENCH_DOWN, &self->removed));
  g_usleep (PAUSE_US);
}

/* ---- all ---- */

static void
report_median (const char *name, Samples *value, Samples *floor_, double goal)
{
  report (name, "us", samples_at (value, 0.5), samples_at (floor_, 0.5), goal);
  samples_free (value);
  samples_free (floor_);
}

void
measure_data (void)
{
  Data data = { .modules = bench_modules_new (3) };
  GPid daemon_pid = start_daemon (data.modules);
  GPid floor_pid = start_floor (bench_modules_tty (data.modules, 1));

  data.fd = open_tty (bench_modules_tty (data.modules, 2));
  data.modem = modem_path (data.modules, 0);
  data.connect = samples_new ();
  data.disconnect = samples_new ();
  data.drop = samples_new ();
  data.raw_connect = samples_new ();
  data.raw_disconnect = samples_new ();
  data.relay = samples_new ();
  wait_ready (data.modules, 0);
  g_usleep (PAUSE_US);
  counter_start (&data.removed, bus, "org.mu709", "org.mu709.Data1", "ConnectionRemoved");
  counter_start (&data.lines, bus, "org.mu709.Floor", "org.mu709.Floor", "Line");
  for (int i = 0; i < ROUNDS; i++)
    {
      measure_up_and_down (&data);
      measure_drop (&data);
    }
  report_median ("connect over ECM", &data.connect, &data.raw_connect, 2);
  report_median ("disconnect over ECM", &data.disconnect, &data.raw_disconnect, 2);
  report_median ("drop of a connection to its signal", &data.drop, &data.relay, 2);
  counter_stop (&data.removed, bus);
  counter_stop (&data.lines, bus);
  close (data.fd);
  g_free (data.modem);
  process_stop (floor_pid);
  process_stop (daemon_pid);
  bench_modules_free (data.modules);
}
