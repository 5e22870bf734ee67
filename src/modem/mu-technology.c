/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-technology.h"

const char *const mu_technology_words[]
    = { "", "gsm", "gprs", "edge", "umts", "hsdpa", "hsupa", "hspa", "hspa+" };

typedef struct
{
  guint        code;
  MuTechnology technology;
} CodeRow;

/* 27.007 7.2; on this family mostly just 0 and 2 */
static const CodeRow acts[] = {
  { 0, MU_TECHNOLOGY_GSM },  { 1, MU_TECHNOLOGY_GSM },   { 2, MU_TECHNOLOGY_UMTS },
  { 3, MU_TECHNOLOGY_EDGE }, { 4, MU_TECHNOLOGY_HSDPA }, { 5, MU_TECHNOLOGY_HSUPA },
  { 6, MU_TECHNOLOGY_HSPA },
};

/* at-facts 4.1 */
static const CodeRow submodes[] = {
  { 1, MU_TECHNOLOGY_GSM },        { 2, MU_TECHNOLOGY_GPRS },      { 3, MU_TECHNOLOGY_EDGE },
  { 4, MU_TECHNOLOGY_UMTS },       { 5, MU_TECHNOLOGY_HSDPA },     { 6, MU_TECHNOLOGY_HSUPA },
  { 7, MU_TECHNOLOGY_HSPA },       { 9, MU_TECHNOLOGY_HSPA_PLUS }, { 17, MU_TECHNOLOGY_HSPA_PLUS },
  { 18, MU_TECHNOLOGY_HSPA_PLUS },
};

/* at-facts 4.2 */
static const CodeRow sysinfoex[] = {
  { 1, MU_TECHNOLOGY_GSM },   { 2, MU_TECHNOLOGY_GPRS },       { 3, MU_TECHNOLOGY_EDGE },
  { 41, MU_TECHNOLOGY_UMTS }, { 42, MU_TECHNOLOGY_HSDPA },     { 43, MU_TECHNOLOGY_HSUPA },
  { 44, MU_TECHNOLOGY_HSPA }, { 45, MU_TECHNOLOGY_HSPA_PLUS }, { 46, MU_TECHNOLOGY_HSPA_PLUS },
};

static MuTechnology
look_up (const CodeRow *rows, gsize n_rows, guint code)
{
  for (gsize i = 0; i < n_rows; i++)
    if (rows[i].code == code)
      return rows[i].technology;
  return MU_TECHNOLOGY_NONE;
}

gboolean
mu_technology_is_gsm (MuTechnology technology)
{
  return technology >= MU_TECHNOLOGY_GSM && technology < MU_TECHNOLOGY_UMTS;
}

MuTechnology
mu_technology_from_act (guint act)
{
  return look_up (acts, G_N_ELEMENTS (acts), act);
}

MuTechnology
mu_technology_from_submode (guint submode)
{
  return look_up (submodes, G_N_ELEMENTS (submodes), submode);
}

MuTechnology
mu_technology_from_sysinfoex (guint submode)
{
  return look_up (sysinfoex, G_N_ELEMENTS (sysinfoex), submode);
}

static gboolean
is_umts (MuTechnology technology)
{
  return technology >= MU_TECHNOLOGY_UMTS;
}

MuTechnology
mu_technology_refine (MuTechnology known, guint act)
{
  MuTechnology told = mu_technology_from_act (act);
  gboolean     coarse = told == MU_TECHNOLOGY_GSM || told == MU_TECHNOLOGY_UMTS;
  gboolean     same_family = known != MU_TECHNOLOGY_NONE && is_umts (known) == is_umts (told);

  return told == MU_TECHNOLOGY_NONE || (coarse && same_family) ? known : told;
}
