/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The radio technology in use, from the codes that the module has for it.  Pure. */

typedef enum
{
  MU_TECHNOLOGY_NONE,
  MU_TECHNOLOGY_GSM,
  MU_TECHNOLOGY_GPRS,
  MU_TECHNOLOGY_EDGE,
  MU_TECHNOLOGY_UMTS, /* and what follows is UMTS, too */
  MU_TECHNOLOGY_HSDPA,
  MU_TECHNOLOGY_HSUPA,
  MU_TECHNOLOGY_HSPA,
  MU_TECHNOLOGY_HSPA_PLUS,
} MuTechnology;

extern const char *const mu_technology_words[]; /* "", "gsm" ... "hspa+" */

/* MU_TECHNOLOGY_NONE: a code that is not known, or no service. */
MuTechnology mu_technology_from_act (guint act);           /* +CREG, +COPS */
MuTechnology mu_technology_from_submode (guint submode);   /* ^MODE, ^SYSINFO */
MuTechnology mu_technology_from_sysinfoex (guint submode); /* ^SYSINFOEX */

/* GSM, GPRS or EDGE. */
gboolean mu_technology_is_gsm (MuTechnology technology);

/* What is known after +CREG has told an AcT, which may be coarser than what was known before. */
MuTechnology mu_technology_refine (MuTechnology known, guint act);
