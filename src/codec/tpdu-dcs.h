/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Data coding schemes, 3GPP 23.038 clauses 4 (messages) and 5 (broadcasts and USSD). */

typedef enum
{
  TPDU_GSM7,
  TPDU_8BIT, /* also whatever is compressed */
  TPDU_UCS2,
} TpduAlphabet;

/* TP-class; a message without one is kept where the terminal likes */
typedef enum
{
  TPDU_CLASS_NONE = -1,
  TPDU_CLASS_0, /* is shown at once */
  TPDU_CLASS_1, /* ME */
  TPDU_CLASS_2, /* SIM */
  TPDU_CLASS_3, /* TE */
} TpduClass;

TpduAlphabet tpdu_dcs_alphabet (guint8 dcs);
TpduClass    tpdu_dcs_class (guint8 dcs);
guint8       tpdu_dcs_make (TpduAlphabet alphabet, TpduClass class);

/* ret_language: the text begins with a language and a line feed (0x10: 3 septets, 0x11: 2 septets
 * before the UCS2), clause 5 */
TpduAlphabet tpdu_cbs_alphabet (guint8 dcs, gboolean *ret_language);
