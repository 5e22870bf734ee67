/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one list of all chapters.  They start in this order, and their verbs are listed in it. */
#include "sim-access.h"
#include "sim-basic.h"
#include "sim-fault-verbs.h"
#include "sim-identity.h"
#include "sim-module.h"
#include "sim-pin.h"
#include "sim-power.h"
#include "sim-serial.h"
#include "sim-slot.h"

const SimChapter *const sim_chapters[] = {
  &sim_control_chapter,
  &sim_power_chapter,
  &sim_basic_chapter,
  &sim_identity_chapter,
  &sim_serial_chapter,
  &sim_slot_chapter,
  &sim_pin_chapter,
  &sim_access_chapter,
  &sim_fault_chapter,
  NULL,
};
