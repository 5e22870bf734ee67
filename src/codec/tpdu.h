/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-error.h"

#include <glib.h>

/* Short messages as they travel, 3GPP 23.040 9.2.2: octets <-> Tpdu, where every field is what the
 * octets say.  What they mean is in tpdu-dcs.h, tpdu-header.h, tpdu-time.h and tpdu-text.h. */

typedef enum
{
  TPDU_DELIVER,       /* from the network */
  TPDU_STATUS_REPORT, /* from the network */
  TPDU_SUBMIT,        /* to the network */
} TpduType;

typedef enum
{
  TPDU_FROM_NETWORK,
  TPDU_TO_NETWORK,
} TpduDirection;

/* Of the first octet.  Some bits mean different things in different types. */
enum
{
  TPDU_NO_MORE_MESSAGES = 1 << 2,  /* DELIVER, STATUS-REPORT: TP-MMS */
  TPDU_REJECT_DUPLICATES = 1 << 2, /* SUBMIT: TP-RD */
  TPDU_REPORT = 1 << 5,            /* TP-SRI, TP-SRR, TP-SRQ */
  TPDU_HEADER = 1 << 6,            /* TP-UDHI */
  TPDU_REPLY_PATH = 1 << 7,        /* TP-RP */
};

enum
{
  TPDU_MAX_DIGITS = 20, /* 9.1.2.5: an address is 12 octets at most */
  TPDU_MAX_SEPTETS = 160,
  TPDU_MAX_USER_DATA = 140,
  TPDU_MAX_OCTETS = 12 + 164, /* with the service centre: what a card's record has room for */
  TPDU_TIME_OCTETS = 7,
};

/* Type of number (bits 6 to 4) and numbering plan, 9.1.2.5 */
enum
{
  TPDU_NUMBER_UNKNOWN = 0x81,
  TPDU_NUMBER_INTERNATIONAL = 0x91,
  TPDU_NUMBER_ALPHANUMERIC = 0xd0,
};

typedef struct
{
  guint8 type;
  char   text[3 * TPDU_MAX_DIGITS + 4]; /* digits, after a + if international; or any UTF-8 */
} TpduAddress;

/* TP-VPF */
typedef enum
{
  TPDU_VALIDITY_NONE,
  TPDU_VALIDITY_ENHANCED,
  TPDU_VALIDITY_RELATIVE, /* one octet */
  TPDU_VALIDITY_ABSOLUTE,
} TpduValidity;

typedef struct
{
  TpduAddress  service_centre; /* without text: the module's own */
  TpduType     type;
  guint8       flags;
  guint8       reference; /* SUBMIT, STATUS-REPORT */
  TpduAddress  number;    /* destination, originator, recipient */
  guint8       pid;
  guint8       dcs;
  TpduValidity validity_format; /* SUBMIT */
  guint8       validity[TPDU_TIME_OCTETS];
  guint8       time[TPDU_TIME_OCTETS];      /* of the service centre: DELIVER, STATUS-REPORT */
  guint8       discharge[TPDU_TIME_OCTETS]; /* STATUS-REPORT */
  guint8       status;                      /* STATUS-REPORT, see tpdu_outcome() */
  guint        header_len;                  /* only with TPDU_HEADER */
  guint8       header[TPDU_MAX_USER_DATA];  /* without its length */
  guint        data_len;
  guint8       data[TPDU_MAX_SEPTETS]; /* septets, one in each, or octets, as dcs says */
} Tpdu;

/* octets: service centre and TPDU, as AT+CMGR has them.  A header that is longer than the user data
 * is taken for data. */
gboolean tpdu_decode (const guint8 *octets, gsize n, TpduDirection direction, Tpdu *ret_tpdu,
                      GError **error);

/* Returns the number of octets; ret_len (or NULL) is that without the service centre, which
 * AT+CMGS wants. */
gsize tpdu_encode (const Tpdu *tpdu, guint8 octets[TPDU_MAX_OCTETS], gsize *ret_len);

/* A number as people write it: digits, * and #, perhaps a + before them.  Any other, or a long one,
 * is an error. */
gboolean tpdu_address_set (TpduAddress *address, const char *number, GError **error);

/* What has become of a message, by the status of its report, 9.2.3.15 */
typedef enum
{
  TPDU_DELIVERED,
  TPDU_STILL_TRYING,
  TPDU_FAILED,
} TpduOutcome;

TpduOutcome tpdu_outcome (guint8 status);
