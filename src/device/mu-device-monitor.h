/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-device.h"

/* Finds modules by udev, each a USB device whose interfaces become ports (see mu-device-match.h),
 * and says what comes, changes and goes.  Ports come one by one, in no order, and are renamed; a
 * device is told of with its first port and removed with its last one.  It needs no udev rules, but
 * goes by their property ID_MU709_ROLE where it is set: pcui ... net, or none. */
typedef struct MuDeviceMonitor MuDeviceMonitor;

typedef enum
{
  MU_DEVICE_ADDED,
  MU_DEVICE_CHANGED, /* a port came or went, or has another name */
  MU_DEVICE_REMOVED, /* the monitor holds it no more */
} MuDeviceChange;

/* It must not call the monitor. */
typedef void (*MuDeviceFunc) (MuDevice *device, MuDeviceChange change, gpointer user_data);

/* ids: further "vid:pid" pairs in hex that are this module, NULL-terminated; NULL: none. */
MuDeviceMonitor *mu_device_monitor_new (const char *const *ids, MuDeviceFunc func,
                                        gpointer user_data);
void             mu_device_monitor_free (MuDeviceMonitor *self);

/* Takes in what is there now and lets go of what is not; func is called for what was not known.
 * Call it once after new, and whenever somebody asks to look again. */
void mu_device_monitor_scan (MuDeviceMonitor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MuDeviceMonitor, mu_device_monitor_free)
