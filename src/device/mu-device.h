/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* One module as the computer sees it: an identity that stays put and the ports found so far. */

typedef enum
{
  MU_PORT_PCUI,  /* AT commands only (guide 1.2.1) */
  MU_PORT_MODEM, /* AT commands and PPP data */
  MU_PORT_UART,  /* the same on a real serial line */
  MU_PORT_DIAG,  /* the maker's debugging port: never opened */
  MU_PORT_NET,   /* the network interface (ECM) */
} MuPortRole;

#define MU_N_PORT_ROLES (MU_PORT_NET + 1)

typedef struct
{
  grefcount refs;
  char     *id;                     /* last part of the object path: usb_2_1, tty_ttyS1 */
  char     *path;                   /* of the USB device in sysfs; "" for one that has none */
  char     *ports[MU_N_PORT_ROLES]; /* /dev/ttyUSB1, wwan0; NULL: not there */
  guint     baud;                   /* of a UART, bit/s; 0: the module finds out (guide 3.2) */
  gboolean  hardware_flow;          /* of a UART: RTS/CTS (guide 3.5) */
} MuDevice;

MuDevice *mu_device_new (const char *id, const char *path);
MuDevice *mu_device_ref (MuDevice *self);
void      mu_device_unref (MuDevice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MuDevice, mu_device_unref)

/* name: NULL takes the port away.  Returns whether anything changed. */
gboolean mu_device_set_port (MuDevice *self, MuPortRole role, const char *name);

/* The port for AT commands: PCUI, else UART; NULL while there is none. */
const char *mu_device_at_port (const MuDevice *self);

const char *mu_port_role_word (MuPortRole role); /* "pcui" ... "net" */
gboolean    mu_port_role_from_word (const char *word, MuPortRole *ret_role);

/* "tty_" and the last part of a tty's path, made fit for an object path. */
char *mu_device_id_for_tty (const char *tty);
