/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session-bed.h"
#include "tpdu.h"

/* A session bed whose messaging service is watched, and messages for it. */

SessionBed *message_bed_new (void);
void        message_bed_free (SessionBed *bed);

/* What the service has told since the last time: "Received 1|", "StorageFull SM|", and
 * "1 sent 1|" for state and parts of a message that has changed. */
const char *message_bed_told (void);

/* A PDU in hex, from number, one of total parts (1: no parts); all of the same time; such texts are
 * valid for a while. */
const char *message_bed_deliver (const char *number, const char *text, guint part, guint total);
const char *message_bed_report (const char *number, guint reference, guint status);
/* Seconds by which the service centre's clock is ahead of its usual time; 0. */
extern gint64 message_bed_ahead;

/* "+CMGL: <index>,<stat>,,<length>|<pdu>|", "+CMGR: <stat>,,<length>|<pdu>|OK" */
const char *message_bed_listed (guint index, guint stat, const char *pdu);
const char *message_bed_read (guint stat, const char *pdu);
/* "+CMT: ,<length>|<pdu>", "+CDS: <length>|<pdu>" */
const char *message_bed_pushed (const char *prefix, const char *pdu);

/* Answers what is asked now with these lines, and all frees of slots (AT+CMGD) with OK, until
 * nothing is asked.  Returns what was asked, "CMGR=3|CMGD=3|". */
const char *message_bed_play (SessionBed *bed, const AtPeerRow *rows, gsize n_rows);
#define message_bed_answer(bed, command, lines)                                                    \
  message_bed_play (bed, &(AtPeerRow){ command, lines }, 1)

/* A member of List with that filter, "Text" of all, newest first: "one|two|". */
const char *message_bed_list (SessionBed *bed, const char *filter, const char *member);

/* The part that is being sent: its PDU is taken, decoded and answered. */
Tpdu message_bed_take (SessionBed *bed, const char *answer);

/* Begins a Send; options in GVariant text, or "". */
MuCall *message_bed_send (SessionBed *bed, const char *text, const char *options);
/* A text of three parts. */
const char *message_bed_long_text (void);

/* What Send answers for the message of that number. */
#define MESSAGE_BED_PATH(id) "('/org/mu709/modem/bed/message/" #id "',)"

#define assert_told(text)   assert_string_equal (message_bed_told (), text)
#define assert_done(text)   assert_string_equal (bed->done->str, text)
#define assert_texts(text)  assert_string_equal (message_bed_list (bed, "", "Text"), text)
#define assert_states(text) assert_string_equal (message_bed_list (bed, "", "State"), text)
