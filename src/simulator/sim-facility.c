/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Facilities by their names, 27.007 7.4 and 7.5, handed to those who have them. */
#include "sim-facility.h"

#include "sim-barring.h"
#include "sim-pin.h"

#define MAX_NAME 2u

typedef SimResult (*FacilityRun) (SimCall *call, const char *facility);

static SimResult
hand_over (SimCall *call, FacilityRun to_card, FacilityRun to_network)
{
  char facility[MAX_NAME + 1];

  (void)g_strlcpy (facility, sim_arg_text (&call->args, MAX_NAME), sizeof facility);
  if (call->args.bad)
    return SIM_CME_BAD_PARAMETERS;
  return sim_barring_has (facility) ? to_network (call, facility) : to_card (call, facility);
}

static SimResult
set_clck (SimCall *call)
{
  return hand_over (call, sim_pin_lock, sim_barring_lock);
}

static SimResult
set_cpwd (SimCall *call)
{
  return hand_over (call, sim_pin_change, sim_barring_change_password);
}

static const SimCommand commands[] = {
  { "+CLCK", .needs = SIM_NEEDS_PIN,
    .test = "(\"SC\",\"AO\",\"OI\",\"OX\",\"AI\",\"IR\",\"AG\",\"AC\",\"AB\")", .set = set_clck },
  { "+CPWD", .needs = SIM_NEEDS_PIN,
    .test = "(\"SC\",8),(\"P2\",8),(\"AO\",4),(\"OI\",4),(\"OX\",4),(\"AI\",4),(\"IR\",4),"
            "(\"AG\",4),(\"AC\",4),(\"AB\",4)",
    .set = set_cpwd },
};

const SimChapter sim_facility_chapter = {
  .name = "facility",
  SIM_ROWS (commands, commands),
};
