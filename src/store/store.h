/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tpdu-dcs.h"
#include "tpdu.h"

#include <gio/gio.h>

/* Messages on disk: what came in by its PDUs, exactly once, and what has to go out, part by part.
 * A function that succeeds has made its change durable, unless it is between store_begin() and
 * store_commit(): then that does.  A file that turns out to be damaged is put aside, and a new one
 * begun; the function that found it fails.
 *
 * Messages belong to a card (its ICCID).  Times are seconds since 1970, UTC. */
typedef struct Store Store;

typedef enum
{
  STORE_RECEIVING, /* parts are missing */
  STORE_RECEIVED,
  STORE_READ,
  STORE_QUEUED,
  STORE_SENDING, /* a part is on its way */
  STORE_SENT,
  STORE_DELIVERED,
  STORE_FAILED,
} StoreState;

extern const char *const store_state_words[]; /* ends with NULL */

typedef enum
{
  STORE_GSM7,
  STORE_8BIT,
  STORE_UCS2,
  STORE_RAW, /* no message that could be read: the data is the PDU */
} StoreEncoding;

extern const char *const store_encoding_words[];

typedef struct
{
  guint         id; /* from 1 on, never used again */
  gboolean      outgoing;
  StoreState    state;
  StoreEncoding encoding;
  TpduClass class;
  gint64  timestamp; /* of the service centre; of an outgoing one: sent, else written */
  gint64  delivered; /* 0: not, or not known */
  guint   parts;
  guint   present;   /* incoming: have come; outgoing: have gone */
  guint   reference; /* of the last part that has gone, 23.040 9.2.3.6; 0, too: none has */
  char   *number;
  char   *text;
  GBytes *data; /* never NULL */
  char   *service_centre;
  char   *error;
} StoreMessage;

void store_message_clear (StoreMessage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreMessage, store_message_clear)

/* path: NULL: in memory, and not durable.  All who open the same path share it. */
Store   *store_open (const char *path, GError **error);
void     store_close (Store *self);
gboolean store_is_durable (const Store *self);

gboolean store_begin (Store *self, GError **error);
/* If it fails, nothing has been done: so it does once the database has failed in between. */
gboolean store_commit (Store *self, GError **error);
void     store_rollback (Store *self);

/* ---- what came in ---- */

typedef enum
{
  STORE_TAKEN_KNOWN,   /* that PDU had come before */
  STORE_TAKEN_NOBODYS, /* a report of nothing that has been sent, so far: it is forgotten */
  STORE_TAKEN_PART,    /* the message is not complete */
  STORE_TAKEN_MESSAGE, /* there is a message that was not there before */
  STORE_TAKEN_MORE,    /* of a message that was there, incomplete */
  STORE_TAKEN_REPORT,  /* of the state of a message that was sent */
} StoreTaken;

/* pdu: with the service centre, as the module has it.  One that cannot be read becomes a message
 * all the same. */
gboolean store_take (Store *self, const char *card, const guint8 *pdu, gsize n, gint64 now,
                     StoreTaken *ret_taken, guint *ret_id, GError **error);

/* Forgets PDUs that were last seen before then: they are on no card any more, and should they come
 * once more they are messages again. */
gboolean store_forget_seen (Store *self, const char *card, gint64 before, GError **error);

/* Gives up waiting for parts of messages whose last one came until then; returns their ids (guint),
 * or NULL with an error. */
GArray *store_expire (Store *self, const char *card, gint64 until, GError **error);
/* When the oldest of those came whose parts are still waited for; 0: there is none. */
gint64 store_oldest_wait (Store *self, const char *card);

/* ---- what has to go out ---- */

typedef struct
{
  guint  message;
  guint  sequence;
  guint  tries; /* that have failed */
  gsize  n;
  guint8 pdu[TPDU_MAX_OCTETS]; /* with the service centre's place */
} StorePart;

/* message: number, text, data, class, encoding are copied.  parts: Tpdu, SUBMIT. */
gboolean store_compose (Store *self, const char *card, const StoreMessage *message,
                        const GArray *parts, gint64 now, guint *ret_id, GError **error);
/* The one that is to be sent next; FALSE without an error: none. */
gboolean store_next_part (Store *self, const char *card, StorePart *ret_part, GError **error);
/* Before it is sent: if nothing more is heard of it, its outcome is unknown.  NotFound: it has been
 * deleted. */
gboolean store_part_sending (Store *self, const StorePart *part, GError **error);
gboolean store_part_sent (Store *self, const StorePart *part, guint reference, gint64 now,
                          GError **error);
gboolean store_part_again (Store *self, const StorePart *part, GError **error); /* it was not */
/* It was not, or nobody knows: the whole message has failed; why says so. */
gboolean store_message_failed (Store *self, guint id, const char *why, GError **error);
/* Those that were being sent when the daemon ended have failed; returns their ids. */
GArray *store_recover (Store *self, const char *card, const char *why, GError **error);
/* 0 to 255, another one each time: for the parts of a message. */
guint8 store_next_reference (Store *self);

/* ---- all messages ---- */

typedef struct
{
  int         state;    /* StoreState, -1: any */
  int         outgoing; /* -1: any */
  const char *number;   /* NULL: any; "": of those without */
  gint64      since;    /* timestamps, both included */
  gint64      until;
  guint       limit;
  guint       offset;
} StoreFilter;

#define STORE_FILTER_ALL ((StoreFilter){ -1, -1, NULL, G_MININT64, G_MAXINT64, G_MAXUINT, 0 })

/* FALSE: no more of them. */
typedef gboolean (*StoreFunc) (const StoreMessage *message, gpointer user_data);

/* The newest first; func must not change the store. */
gboolean store_list (Store *self, const char *card, const StoreFilter *filter, StoreFunc func,
                     gpointer user_data, GError **error);
/* NotFound: there is no such message of this card. */
gboolean store_get (Store *self, const char *card, guint id, StoreMessage *ret_message,
                    GError **error);
gboolean store_mark_read (Store *self, const char *card, guint id, GError **error);
/* What is being sent cannot be deleted: Busy. */
gboolean store_delete (Store *self, const char *card, guint id, GError **error);
/* Limit and offset of the filter do not count. */
gboolean store_delete_all (Store *self, const char *card, const StoreFilter *filter,
                           guint *ret_count, GError **error);
/* The PDUs (GBytes) of one that came in. */
GPtrArray *store_pdus (Store *self, guint id);
/* state: -1: of any */
guint store_count (Store *self, const char *card, int state);
/* Deletes what is older than that, and all but the newest max; never what nobody has read or what
 * is still to be sent. */
gboolean store_prune (Store *self, const char *card, gint64 before, guint max, GError **error);
