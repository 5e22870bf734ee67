/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The spellings in which firmwares of the family say ^NDISSTAT and answer ^NDISSTATQRY. */
typedef enum
{
  SIM_NDIS_GUIDE,    /* guide 7: ^NDISSTAT: 1,,,IPV4 */
  SIM_NDIS_FIRMWARE, /* ^NDISSTAT:1,,,"IPV4", and stat may be 2 or 3 */
  SIM_NDIS_DUAL,     /* the same for two families, of which IPV6 never comes up */
  SIM_NDIS_SHORT,    /* ^NDISSTATQry:1 */
  SIM_NDIS_CID,      /* ^NDISSTATQRY: 1,1,,,"IPV4" */
} SimNdisForm;

extern const char *const sim_ndis_words[];

typedef enum
{
  SIM_NDIS_DOWN = 0,
  SIM_NDIS_UP = 1,
  SIM_NDIS_RISING = 2,
  SIM_NDIS_FALLING = 3,
} SimNdisStat;

/* What is said of a change; lines separated by LF.  own: the host wanted it down. */
void sim_ndis_change (GString *out, SimNdisForm form, SimNdisStat stat, guint cause, gboolean own);

/* The answer to a question, one line. */
void sim_ndis_answer (GString *out, SimNdisForm form, guint cid, SimNdisStat stat);
