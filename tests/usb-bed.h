/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-device-monitor.h"
#include "mu-test.h"

#include <umockdev.h>

/* A stand-in for /sys and for udev's events with a USB hub in it, and a monitor that looks at them.
 * What is plugged or pulled is in sysfs at once, but nobody hears of it before it is announced. */

/* A USB interface and what its driver makes of it. */
typedef struct
{
  const char *class, *subclass, *protocol; /* as sysfs writes them; NULL: missing */
  const char *subsystem;                   /* tty or net */
  const char *rule;                        /* ID_MU709_ROLE; NULL: no udev rule gives one */
} UsbPart;

extern const UsbPart usb_modem, usb_pcui, usb_diag, usb_ecm;
extern const UsbPart usb_last_resort; /* a PCUI too, if nothing better is there */

typedef struct
{
  UMockdevTestbed *bed;
  GPtrArray       *paths; /* in sysfs, of all that is plugged; these live until they are pulled */
  const char      *hub;   /* its path */
  MuDeviceMonitor *monitor;
  GString         *told; /* "ADDED usb_1_1_4 pcui=/dev/ttyUSB1\n", since the last assertion */
  guint            n_told;
} UsbBed;

int  usb_bed_set_up (void **state);
int  usb_bed_tear_down (void **state);
void usb_bed_watch (UsbBed *self, const char *const *ids); /* a new monitor */

const char *usb_bed_plug_usb (UsbBed *self, const char *place, const char *vendor,
                              const char *product);
const char *usb_bed_plug_interface (UsbBed *self, const char *usb, guint number,
                                    const UsbPart *part);
const char *usb_bed_plug_port (UsbBed *self, const char *parent, const UsbPart *part,
                               const char *name);
const char *usb_bed_plug_part (UsbBed *self, const char *usb, guint number, const UsbPart *part,
                               const char *name);          /* the interface and its port */
void        usb_bed_pull (UsbBed *self, const char *path); /* with all that is below */

void usb_bed_send (UsbBed *self, const char *path, const char *action);
void usb_bed_deliver (UsbBed *self);
void usb_bed_announce (UsbBed *self, const char *path, const char *action); /* both */

/* All that was told since the last assertion, or only the end of it. */
#define assert_told(self, text)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    assert_string_equal ((self)->told->str, text);                                                 \
    g_string_truncate ((self)->told, 0);                                                           \
  }                                                                                                \
  G_STMT_END

#define assert_last_told(self, line)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    assert_string_equal (usb_bed_last_told (self), line);                                          \
    g_string_truncate ((self)->told, 0);                                                           \
  }                                                                                                \
  G_STMT_END

const char *usb_bed_last_told (const UsbBed *self);

#define usb_bed_test(name) cmocka_unit_test_setup_teardown (name, usb_bed_set_up, usb_bed_tear_down)
