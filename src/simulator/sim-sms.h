/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Messages (guide 9; 3GPP 27.005): the settings that all of their commands share, and how these are
 * refused without an open card. */
extern const SimChapter sim_sms_chapter;

typedef struct
{
  gboolean text;                      /* +CMGF: text mode, else PDU mode */
  gboolean header;                    /* +CSDH: text mode shows all fields */
  guint    service;                   /* +CSMS: 1 asks the host to acknowledge (+CNMA) */
  guint    more;                      /* +CMMS: the link is kept for the next message */
  guint    first, validity, pid, dcs; /* +CSMP */
} SimSmsSettings;

const SimSmsSettings *sim_sms_settings (SimModule *module);

/* What a wrong parameter is called in the present mode. */
SimResult sim_sms_bad (SimModule *module);
