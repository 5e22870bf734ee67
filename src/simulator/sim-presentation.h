/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-voice-private.h"

/* Whose number is shown to whom: +CLIP, +CLIR, +CRC. */
extern const SimChapter sim_presentation_chapter;

/* What a call that rings says each time; to all ports. */
void sim_presentation_ring (SimVoice *call);

/* The number as the host may know it: empty if it is withheld or the service is not provided. */
const char *sim_presentation_number (SimVoice *call, SimCli *ret_validity);

/* Whether a call dialled now hides the own number.  wish: that of the dial string. */
typedef enum
{
  SIM_CLIR_DEFAULT,
  SIM_CLIR_HIDE, /* I */
  SIM_CLIR_SHOW, /* i */
} SimClirWish;

gboolean sim_presentation_hidden (SimModule *module, SimClirWish wish);
