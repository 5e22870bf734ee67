/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* How +CUSD writes strings: ^USSDMODE, and hands on it. */
extern const SimChapter sim_ussd_form_chapter;

/* The forms that modules of this family use. */
typedef enum
{
  SIM_USSD_PACKED, /* hex of packed septets, against 27.007; ^USSDMODE=0 */
  SIM_USSD_UCS2,   /* hex of UCS2, whatever the coding */
  SIM_USSD_PLAIN,  /* text as +CSCS has it; ^USSDMODE=1 */
} SimUssdForm;

/* 23.038 5: the codings that are used */
#define SIM_USSD_DCS_GSM7 15u
#define SIM_USSD_DCS_8BIT 68u
#define SIM_USSD_DCS_UCS2 72u

/* What the text needs. */
guint sim_ussd_dcs (const char *text);

/* The caller frees it. */
char *sim_ussd_for_host (SimModule *module, SimUssdForm form, const char *text);

/* NULL: it is not in that form. */
char *sim_ussd_from_host (SimModule *module, SimUssdForm form, const char *string, guint dcs);

/* The same in the module's present form: appends ,"string",dcs; takes what the host has sent. */
void  sim_ussd_append (SimModule *module, const char *text, GString *line);
char *sim_ussd_take (SimModule *module, const char *string, guint dcs);
