/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "port-bed.h"
#include "mu-modem-port.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

const char *port_bed_stand_in;
char       *port_bed_path;
AtPeer     *port_bed_modem;
int         port_bed_keeper;

void
port_bed_give (const char *path)
{
  g_autoptr (MuDevice) device = mu_device_new ("bed", "");

  mu_device_set_port (device, MU_PORT_NET, "bed0");
  mu_device_set_port (device, MU_PORT_MODEM, path);
  mu_session_set_device (data_bed->session, device);
}

void
port_bed_settle (void)
{
  at_peer_settle ();
  at_peer_play (data_bed->peer, NULL, 0);
  at_peer_settle ();
}

int
port_bed_set_up (void **state)
{
  g_setenv ("MU709D_PPPD", port_bed_stand_in, TRUE);
  g_setenv ("PPPD_STAND_IN", "up", TRUE);
  data_bed_set_up (state);
  port_bed_path = g_strdup_printf ("%s/modem-port", data_bed->settings.state_directory);
  port_bed_modem = at_peer_new_tty (port_bed_path);
  port_bed_keeper = open (port_bed_path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  port_bed_give (port_bed_path);
  port_bed_settle ();
  return 0;
}

static void
clean (void)
{
  static const char *const names[] = { "request", "tty", "pid", "log", "up", "up.new", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path
          = g_build_filename (data_bed->settings.state_directory, "ppp-bed", names[i], NULL);

      g_remove (path);
    }
}

int
port_bed_tear_down (void **state)
{
  clean ();
  g_unlink (port_bed_path);
  close (port_bed_keeper);
  data_bed_tear_down (state);
  at_peer_free (port_bed_modem);
  g_clear_pointer (&port_bed_path, g_free);
  return 0;
}

/* ---- steps ---- */

void
port_bed_wait_until (gboolean (*holds) (void))
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!holds ())
    {
      assert_true (g_get_monotonic_time () < end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      mu_timer_advance (1); /* pppd is a real process, our clock stands still */
    }
}

void
port_bed_pass_time (guint ms)
{
  for (guint i = 0; i < ms / 500; i++)
    {
      mu_timer_advance (500);
      at_peer_play (data_bed->peer, session_bed_usual, session_bed_n_usual);
    }
}

gboolean
port_bed_is_done (void)
{
  return data_bed->done->len > 0;
}

gboolean
port_bed_is_quiet (void)
{
  return !g_file_test (port_bed_path, G_FILE_TEST_EXISTS)
         || at_scheduler_data_fd (data_bed->scheduler) < 0;
}

void
port_bed_assert_marked (guint cid)
{
  assert_int_equal (mu_modem_port_marked (data_bed->session), cid);
}

/* A port that takes commands. */
void
port_bed_answer_opening (void)
{
  at_peer_answer (port_bed_modem, "ATQ0V1E0", "OK");
  at_peer_answer (port_bed_modem, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (port_bed_modem, "AT&C1", "OK");
  at_peer_answer (port_bed_modem, "AT&D2", "OK");
}

void
port_bed_dial (void)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  port_bed_answer_opening ();
  port_bed_assert_marked (0);
  at_peer_answer (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"", "OK");
  at_peer_expect (port_bed_modem, DIAL);
  port_bed_assert_marked (1);
}

void
port_bed_bring_up (void)
{
  port_bed_dial ();
  at_peer_say (port_bed_modem, "\r\nCONNECT 21600000\r\n");
  at_peer_expect (port_bed_modem, "~PPP~"); /* pppd has the port */
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_done (CONNECTION1);
}
