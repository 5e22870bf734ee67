/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tpdu.h"

#include "tpdu-dcs.h"

/* Texts and data of any length <-> the user data of one or more parts. */

#define TPDU_MAX_PARTS 255

typedef enum
{
  TPDU_ENCODING_AUTO, /* GSM 7 bit if it can say it all */
  TPDU_ENCODING_GSM7,
  TPDU_ENCODING_UCS2,
} TpduEncoding;

/* What all parts have in common, besides what their template says. */
typedef struct
{
  TpduEncoding encoding;
  TpduClass class;
  guint32 languages; /* national tables that may be used: 1 << Gsm7Language */
  guint8  reference; /* of the parts, if there are several */
} TpduSplit;

/* template: a SUBMIT or DELIVER without user data.  Returns an array of Tpdu, or NULL: TooLong, or
 * InvalidCharacters of a text that GSM 7 bit cannot say. */
GArray *tpdu_split_text (const Tpdu *template, const char *text, const TpduSplit *split,
                         GError **error);
/* port: of the application there, 0 to 65535 */
GArray *tpdu_split_data (const Tpdu *template, const guint8 *data, gsize n, guint16 port,
                         const TpduSplit *split, GError **error);

/* The text of a message, parts in their order; NULL for one that has not come, which shows as "…".
 * Parts are joined before they are read: a surrogate pair, or an escape, may be cut. */
char *tpdu_join_text (const Tpdu *const *parts, guint n);
/* The octets of all parts that have come. */
GBytes *tpdu_join_data (const Tpdu *const *parts, guint n);
