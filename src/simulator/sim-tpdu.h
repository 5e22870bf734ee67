/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Messages as they travel: 3GPP 23.040 9.2.2 behind the service centre of 27.005 3.1.  The
 * simulator takes them apart and puts them together by itself: it is the second opinion on what the
 * daemon's codec does. */

typedef enum
{
  SIM_TPDU_DELIVER,
  SIM_TPDU_SUBMIT,
  SIM_TPDU_STATUS_REPORT,
} SimTpduKind;

/* First octet, 23.040 9.2.3 */
#define SIM_TPDU_KIND   0x03
#define SIM_TPDU_NO_MMS 0x04 /* DELIVER: no more messages wait */
#define SIM_TPDU_VPF    0x18 /* SUBMIT: the form of its validity */
#define SIM_TPDU_SRR    0x20 /* SUBMIT: a status report is wanted */
#define SIM_TPDU_UDHI   0x40 /* the user data has a header */

/* Types of address, 23.040 9.1.2.5 */
#define SIM_TON_UNKNOWN       0x81
#define SIM_TON_INTERNATIONAL 0x91
#define SIM_TON_ALPHANUMERIC  0xd0

typedef struct
{
  guint8 type;
  guint8 n_digits; /* semi-octets that count */
  guint8 digits[10];
} SimAddress;

/* "+15550100", "15550100", or up to 11 characters of GSM 7-bit that are no number. */
gboolean sim_address_set (SimAddress *self, const char *text);

/* The caller frees it. */
char *sim_address_text (const SimAddress *self);

#define SIM_TIME_LENGTH 7u
#define SIM_MAX_UD      140u

typedef struct
{
  SimTpduKind   kind;
  gsize         centre_length; /* bytes of service centre, the length's own included */
  gsize         length;        /* of all */
  guint8        first;
  guint8        reference; /* SUBMIT, STATUS-REPORT */
  SimAddress    address;
  guint8        pid, dcs;
  guint8        validity[SIM_TIME_LENGTH], n_validity; /* SUBMIT */
  guint8        time[SIM_TIME_LENGTH];                 /* DELIVER, STATUS-REPORT */
  guint8        discharge[SIM_TIME_LENGTH], status;    /* STATUS-REPORT */
  guint8        udl;
  const guint8 *ud; /* borrowed */
  gsize         n_ud;
} SimTpdu;

/* Bytes behind the message's end do not matter.  FALSE: it ends too early or is no message. */
gboolean sim_tpdu_parse (const guint8 *pdu, gsize n_pdu, SimTpdu *ret);

/* Appends the TPDU alone. */
void sim_tpdu_append (const SimTpdu *self, GByteArray *out);

/* How many bytes of service centre there are, at most n_pdu. */
gsize sim_tpdu_centre (const guint8 *pdu, gsize n_pdu);

/* Data coding schemes, 3GPP 23.038 4 */

typedef enum
{
  SIM_ALPHABET_GSM7,
  SIM_ALPHABET_8BIT,
  SIM_ALPHABET_UCS2,
} SimAlphabet;

SimAlphabet sim_dcs_alphabet (guint8 dcs);
int         sim_dcs_class (guint8 dcs);    /* -1: none */
gboolean    sim_dcs_is_store (guint8 dcs); /* message waiting, to be stored */

/* Bytes of user data that udl stands for. */
gsize sim_dcs_bytes (guint8 dcs, guint8 udl);
