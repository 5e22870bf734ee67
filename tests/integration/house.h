/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* The real thing: a private bus, mu709-sim, and mu709d that finds it by --port.  Everything the
 * daemon waits for passes quickly (MU709D_CLOCK_SPEED), the simulator's clock is as fast.  Waiting
 * for something that does not come fails the test. */
typedef struct
{
  char            *directory;
  GTestDBus       *bus;
  GDBusConnection *connection;
  GPid             sim;
  GPid             daemon;
  char            *port;   /* where the daemon finds the module; NULL: the simulator's own */
  const char      *modem;  /* its object: HOUSE_MODEM unless a test says otherwise */
  char            *answer; /* of the last call: printed, or the error's name */
  char            *message;
} House;

/* Where the programs are: MU709D and MU709_SIM in the environment. */
House *house_new (const char *speed); /* "100" */
void   house_free (House *self);      /* the daemon must end well */

void house_start_sim (House *self, const char *speed);
void house_stop_sim (House *self);
void house_start_daemon (House *self, const char *const *more_args);
/* Without --port; umockdev's stand-in, which the caller has set up, is preloaded. */
void house_start_daemon_with_udev (House *self);
void house_wait_name (House *self);
/* SIGTERM, and exit status 0: neither a crash nor a leak. */
void house_stop_daemon (House *self);
void house_kill_daemon (House *self);

/* Tells the simulator; it must answer ok.  The rest of its answer is valid until the next time. */
const char *house_sim (House *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The same; whatever it answers. */
const char *house_try_sim (House *self, const char *verb);

#define HOUSE_MODEM "/org/mu709/modem/tty_pcui"

/* A property of the module, printed; "" while there is none. */
char *house_get (House *self, const char *interface, const char *property);
void  house_wait (House *self, const char *interface, const char *property, const char *value);
void  house_wait_not (House *self, const char *interface, const char *property, const char *value);
/* The module is on the bus, or is not. */
void house_wait_object (House *self, gboolean there);

/* Calls a method of the module; args in GVariant text.  Returns the answer printed, or the name of
 * the error without "org.mu709.Error.". */
const char *house_call (House *self, const char *interface, const char *method, const char *args);
/* The same without waiting; house_finish() waits. */
void        house_begin (House *self, const char *interface, const char *method, const char *args);
const char *house_finish (House *self);

/* Brings a module to "ready", and until nothing more is asked. */
void house_ready (House *self);
