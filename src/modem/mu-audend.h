/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-record.h"

/* ^AUDEND: <what>,<reason>[,<bytes>]  -- guide 16.1.1, 27.2.1, 27.3.1: the end of something that
 * was to be heard.  Speech1 and Recorder1 both listen for it. */

typedef enum
{
  MU_AUDEND_RECORDING, /* reason 0: stopped, 1: full */
  MU_AUDEND_PLAYING,   /* 1: played to its end, as it seems */
  MU_AUDEND_SPEECH,    /* 1: said to its end, or stopped */
} MuAudendWhat;

typedef struct
{
  guint what;
  guint reason;
  guint bytes;
} MuAudend;

extern const AtRecord mu_audend;
