/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-dcs.h"

enum
{
  COMPRESSED = 1 << 5,
  HAS_CLASS = 1 << 4,
};

/* Bits 3 and 2; the last one is reserved, and read as the default. */
static const TpduAlphabet alphabets[] = { TPDU_GSM7, TPDU_8BIT, TPDU_UCS2, TPDU_GSM7 };

static TpduAlphabet
general_alphabet (guint8 dcs)
{
  return (dcs & COMPRESSED) != 0 ? TPDU_8BIT : alphabets[dcs >> 2 & 3];
}

TpduAlphabet
tpdu_dcs_alphabet (guint8 dcs)
{
  if (dcs < 0x80) /* general, also with automatic deletion */
    return general_alphabet (dcs);
  if (dcs >= 0xf0) /* data coding and class */
    return (dcs & 1 << 2) != 0 ? TPDU_8BIT : TPDU_GSM7;
  /* message waiting, stored, UCS2; the other waitings and what is reserved are GSM 7 bit */
  return dcs >= 0xe0 ? TPDU_UCS2 : TPDU_GSM7;
}

TpduClass
tpdu_dcs_class (guint8 dcs)
{
  gboolean has_class = dcs >= 0xf0 || (dcs < 0x80 && (dcs & HAS_CLASS) != 0);

  return has_class ? (TpduClass)(dcs & 3) : TPDU_CLASS_NONE;
}

guint8
tpdu_dcs_make (TpduAlphabet alphabet, TpduClass class)
{
  return (guint8)((guint)alphabet << 2
                  | (class != TPDU_CLASS_NONE ? HAS_CLASS | (guint) class : 0));
}

TpduAlphabet
tpdu_cbs_alphabet (guint8 dcs, gboolean *ret_language)
{
  *ret_language = dcs == 0x10 || dcs == 0x11;
  if (dcs == 0x11)
    return TPDU_UCS2;
  switch (dcs >> 4)
    {
    case 0x4: /* general */
    case 0x5:
    case 0x6:
    case 0x7: return general_alphabet (dcs);
    case 0x9: /* with a user data header */ return alphabets[dcs >> 2 & 3];
    case 0xf: return (dcs & 1 << 2) != 0 ? TPDU_8BIT : TPDU_GSM7;
    default: return TPDU_GSM7;
    }
}
