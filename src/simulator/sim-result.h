/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* How a command ends: V.250's result codes, and the errors of 3GPP 27.007 9.2 and 27.005 3.2.5
 * under their own numbers. */
typedef guint SimResult;

#define SIM_CME(n) (0x10000u + (n))
#define SIM_CMS(n) (0x20000u + (n))
#define SIM_APP(n)                                                                                 \
  (0x30000u + (n)) /* Huawei's list for its applications; shown as +CME ERROR, too */

/* CONNECT with the rate of the line, bit/s: V.250 6.2.7 */
#define SIM_CONNECT_AT(rate) (0x40000000u | (rate))

enum
{
  SIM_OK = 0,
  SIM_CONNECT = 1,
  SIM_RING = 2,
  SIM_NO_CARRIER = 3,
  SIM_ERROR = 4,
  SIM_NO_DIALTONE = 6,
  SIM_BUSY = 7,
  SIM_NO_ANSWER = 8,
  SIM_NOT_SUPPORTED = 100, /* COMMAND NOT SUPPORT */
  SIM_LATER = 200,         /* not yet: see sim_call_wait() */
};

#define SIM_CME_NOT_ALLOWED        SIM_CME (3)
#define SIM_CME_NOT_SUPPORTED      SIM_CME (4)
#define SIM_CME_SIM_PIN            SIM_CME (11)
#define SIM_CME_SIM_PUK            SIM_CME (12)
#define SIM_CME_SIM_FAILURE        SIM_CME (13)
#define SIM_CME_SIM_BUSY           SIM_CME (14)
#define SIM_CME_INCORRECT_PASSWORD SIM_CME (16)
#define SIM_CME_MEMORY_FAILURE     SIM_CME (23)
#define SIM_CME_NO_NETWORK         SIM_CME (30)
#define SIM_CME_EMERGENCY_ONLY     SIM_CME (32)
#define SIM_CME_BAD_PARAMETERS     SIM_CME (50)

#define SIM_CME_MEMORY_FULL    SIM_CME (20)
#define SIM_CME_NO_AMR_HEADER  SIM_CME (65290) /* guide 27.4.1; without a text */
#define SIM_APP_BAD_PARAMETERS SIM_APP (3)
#define SIM_APP_NOT_SUPPORTED  SIM_APP (4)

#define SIM_CMS_NOT_ALLOWED     SIM_CMS (302)
#define SIM_CMS_BAD_PDU         SIM_CMS (304) /* and any parameter in PDU mode */
#define SIM_CMS_BAD_TEXT        SIM_CMS (305) /* the same in text mode */
#define SIM_CMS_SIM_MISSING     SIM_CMS (310)
#define SIM_CMS_SIM_PIN         SIM_CMS (311)
#define SIM_CMS_SIM_FAILURE     SIM_CMS (313)
#define SIM_CMS_SIM_BUSY        SIM_CMS (314)
#define SIM_CMS_SIM_PUK         SIM_CMS (316)
#define SIM_CMS_BAD_INDEX       SIM_CMS (321)
#define SIM_CMS_MEMORY_FULL     SIM_CMS (322)
#define SIM_CMS_NO_CENTRE       SIM_CMS (330)
#define SIM_CMS_NO_NETWORK      SIM_CMS (331)
#define SIM_CMS_NETWORK_TIMEOUT SIM_CMS (332)
#define SIM_CMS_NO_CNMA         SIM_CMS (340)
#define SIM_CMS_UNKNOWN         SIM_CMS (500)

/* Appends the final result as a port shows it.  verbose: ATV1; cmee: +CMEE, 0 to 2. */
void sim_result_format (GString *out, SimResult result, gboolean verbose, guint cmee);
