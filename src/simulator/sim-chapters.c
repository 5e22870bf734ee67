/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one list of all chapters.  They start in this order, and their verbs are listed in it. */
#include "sim-fault-verbs.h"
#include "sim-module.h"

const SimChapter *const sim_chapters[] = {
  &sim_control_chapter,
  &sim_fault_chapter,
  NULL,
};
