/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"
#include "sim-tpdu.h"

/* A message that the host types: +CMGS and +CMGW announce it in their parameters, then it comes at
 * the prompt. */
typedef struct
{
  guint      length; /* PDU mode: bytes of its TPDU */
  SimAddress to;     /* text mode */
} SimSmsTyped;

/* =length in PDU mode, ="number"[,type] in text mode */
gboolean sim_sms_take_announcement (SimCall *call, SimSmsTyped *ret);

/* ="number"[,type] */
gboolean sim_sms_take_number (SimCall *call, SimAddress *ret);

/* The whole PDU that the text stands for, and its parts.  FALSE: it is not what was announced. */
gboolean sim_sms_take_typed (SimModule *module, const SimSmsTyped *announced, const char *text,
                             GByteArray *pdu, SimTpdu *tpdu);
