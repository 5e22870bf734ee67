/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A SIM or USIM as a thing of its own: secrets and files, answering as a card does, with status
 * words (ETSI TS 102.221 10.2; 3GPP TS 51.011 9.4 for a SIM).  It knows nothing of AT commands, and
 * remembers everything but what was verified when it loses power. */

typedef enum
{
  SIM_SW_OK = 0x9000,
  SIM_SW_TRIES_LEFT = 0x63c0, /* | how many */
  SIM_SW_WRONG_LENGTH = 0x6700,
  SIM_SW_WRONG_STRUCTURE = 0x6981,
  SIM_SW_SECURITY = 0x6982,
  SIM_SW_BLOCKED = 0x6983,
  SIM_SW_NO_CONDITION = 0x6985,
  SIM_SW_NO_FILE = 0x6a82,
  SIM_SW_NO_RECORD = 0x6a83,
  SIM_SW_WRONG_P1P2 = 0x6a86,
  SIM_SW_WRONG_OFFSET = 0x6b00,
  SIM_SW_RIGHT_LENGTH = 0x6c00, /* | the length it should have been */
  SIM_SW_WRONG_INS = 0x6d00,
  SIM_SW_WRONG_CLA = 0x6e00,
} SimStatusWord;

#define SIM_MAX_SECRET 8u
#define SIM_PIN_TRIES  3u
#define SIM_PUK_TRIES  10u

typedef struct
{
  char  code[SIM_MAX_SECRET + 1];
  guint left; /* attempts */
} SimSecret;

typedef struct
{
  SimSecret pin, puk;
  gboolean  enabled;  /* asks for the PIN */
  gboolean  verified; /* since it has power */
} SimLock;

typedef enum
{
  SIM_LOCK_OPEN,
  SIM_LOCK_PIN,
  SIM_LOCK_PUK,
  SIM_LOCK_BLOCKED, /* for ever */
} SimLockState;

/* What makes one card differ from another. */
typedef struct
{
  gboolean usim;
  char     iccid[21]; /* 19 or 20 digits */
  char     imsi[16];  /* 14 or 15 digits */
  guint    mnc_digits;
  char     spn[17];            /* the operator's name on the card */
  char     number[21];         /* own number; empty: none */
  char     service_centre[21]; /* of messages; empty: none */
  char     pin[SIM_MAX_SECRET + 1], puk[SIM_MAX_SECRET + 1];
  gboolean pin_enabled;
} SimCardConfig;

extern const SimCardConfig sim_card_defaults;

typedef struct SimCard SimCard;

SimCard *sim_card_new (const SimCardConfig *config);
void     sim_card_free (SimCard *self);

/* Power lost and regained. */
void sim_card_restart (SimCard *self);

gboolean             sim_card_is_usim (const SimCard *self);
SimLock             *sim_card_lock (SimCard *self);
SimLock             *sim_card_lock2 (SimCard *self);
const SimCardConfig *sim_card_config (const SimCard *self);
SimLockState         sim_card_state (const SimCard *self);

/* TS 102.221 11.1.9 to 11.1.13: the answer is SIM_SW_OK, TRIES_LEFT | n, BLOCKED or NO_CONDITION.
 * A code is 4 to 8 digits; that is for the caller to see to. */
guint16 sim_lock_verify (SimLock *self, const char *pin);
guint16 sim_lock_enable (SimLock *self, const char *pin, gboolean enable);
guint16 sim_lock_change (SimLock *self, const char *pin, const char *new_pin);
guint16 sim_lock_unblock (SimLock *self, const char *puk, const char *new_pin);

/* Files: TS 102.221 8 and 13, 3GPP TS 31.102 4 */

typedef struct SimFile SimFile;

#define SIM_MF         0x3f00
#define SIM_DF_TELECOM 0x7f10
#define SIM_DF_GSM     0x7f20
#define SIM_ADF        0x7fff /* the present application's */

#define SIM_EF_PL     0x2f05
#define SIM_EF_ICCID  0x2fe2
#define SIM_EF_LI     0x6f05
#define SIM_EF_IMSI   0x6f07
#define SIM_EF_SMS    0x6f3c
#define SIM_EF_MSISDN 0x6f40
#define SIM_EF_SMSP   0x6f42
#define SIM_EF_SMSS   0x6f43
#define SIM_EF_SPN    0x6f46
#define SIM_EF_FPLMN  0x6f7b
#define SIM_EF_AD     0x6fad
#define SIM_EF_ECC    0x6fb7

/* path: of the directory, "7F10" or "3F007F10"; "": the current directory comes first, then all
 * others. NULL: there is none. */
SimFile *sim_card_find (SimCard *self, guint16 id, const char *path);

/* The directory that STATUS describes.  It stays where the last file was found. */
SimFile *sim_card_directory (SimCard *self);
void     sim_card_set_directory (SimCard *self, SimFile *file); /* of a file: the one it is in */

guint16 sim_file_read_binary (const SimCard *card, const SimFile *file, guint offset, guint length,
                              GByteArray *out);
guint16 sim_file_read_record (const SimCard *card, const SimFile *file, guint number, guint length,
                              GByteArray *out);
guint16 sim_file_update_binary (const SimCard *card, SimFile *file, guint offset,
                                const guint8 *data, guint n_data);
guint16 sim_file_update_record (const SimCard *card, SimFile *file, guint number,
                                const guint8 *data, guint n_data);

/* What SELECT, GET RESPONSE and STATUS tell: an FCP template, of a SIM the header of
 * TS 51.011 9.2.1. */
void sim_file_describe (const SimCard *card, const SimFile *file, GByteArray *out);

/* For those inside who need no permission.  NULL: no such record. */
guint8 *sim_file_record (SimFile *file, guint number, guint *ret_length);
guint   sim_file_n_records (const SimFile *file);

/* A record of EF_MSISDN (TS 31.102 4.2.26); the caller frees both.  FALSE: it is empty. */
gboolean sim_card_own_number (SimCard *self, guint number, char **ret_name, char **ret_digits);

/* The service centre in EF_SMSP (TS 31.102 4.2.27): a length, a type of number, the digits.  get:
 * 12 bytes, or NULL if there is none. */
#define SIM_CENTRE_LENGTH 12u
const guint8 *sim_card_service_centre (SimCard *self);
void          sim_card_set_service_centre (SimCard *self, const char *number, guint8 type);

/* EF_SMSS (TS 31.102 4.2.9): the reference of the last message sent, then whether one was refused
 * for want of memory. */
guint8 *sim_card_sms_status (SimCard *self);

/* A whole command APDU (+CSIM); appends data and status word. */
void sim_card_apdu (SimCard *self, const guint8 *apdu, gsize n_apdu, GByteArray *out);
