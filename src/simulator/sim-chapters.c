/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one list of all chapters.  They start in this order, and their verbs are listed in it. */
#include "sim-access.h"
#include "sim-basic.h"
#include "sim-fault-verbs.h"
#include "sim-identity.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-operators.h"
#include "sim-pin.h"
#include "sim-power.h"
#include "sim-registration.h"
#include "sim-serial.h"
#include "sim-signal.h"
#include "sim-slot.h"
#include "sim-system.h"
#include "sim-time.h"
#include "sim-world.h"

const SimChapter *const sim_chapters[] = {
  &sim_control_chapter,
  &sim_power_chapter,
  &sim_basic_chapter,
  &sim_identity_chapter,
  &sim_serial_chapter,
  &sim_slot_chapter,
  &sim_pin_chapter,
  &sim_access_chapter,
  &sim_world_chapter,
  &sim_network_chapter,
  &sim_registration_chapter,
  &sim_operators_chapter,
  &sim_signal_chapter,
  &sim_system_chapter,
  &sim_time_chapter,
  &sim_fault_chapter,
  NULL,
};
