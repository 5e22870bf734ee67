/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-messaging.h"
#include "mu-session.h"
#include "mu-timer.h"
#include "store.h"

/* The messaging service's parts: mu-inbox.c reads the card, mu-inbox-take.c puts what it and the
 * network bring into the database, mu-outbox.c sends, mu-message-list.c lists and deletes,
 * mu-messaging.c has the tables, mu-message1.c the objects. */

typedef struct
{
  MuService base;
  char      storage[8];
  guint     used;
  guint     capacity;
  guint     total; /* both only stand for the counts of the database */
  guint     unread;
  char      service_centre[24];
  Store    *store; /* NULL: not opened yet, or it cannot be */
  MuTimer   tidy_timer;

  /* the inbox */
  gboolean    busy;         /* a command of its is under way */
  guint       tell_mode;    /* of +CNMI, still to be set; 0: it is */
  gboolean    tell_failed;  /* not before the list */
  gboolean    list_due;     /* the whole card is to be read */
  gboolean    drain;        /* and freed, whatever the configuration says: it is full */
  char        elsewhere[8]; /* another storage that has messages; empty: none */
  gboolean    is_elsewhere; /* that one is selected */
  GArray     *slots;        /* guint, told of and not read yet */
  guint       reading;      /* the slot that is being read */
  GArray     *to_free;      /* guint, whose messages are in the database */
  guint       failures;     /* in a row */
  gboolean    in_doubt;     /* what has just been read may be damaged */
  GHashTable *doubtful;     /* char *, lines that were said so once */
  GPtrArray  *early;        /* GByteArray, pushed before the card was known, while the database took
                             * nothing, or before the answer to what they are reports of */
  MuTimer inbox_timer;
  MuTimer expiry_timer; /* for parts that do not come */

  /* the outbox */
  gboolean  sending;
  StorePart part;         /* that is being sent, or was */
  gboolean  body_written; /* the module has it */
  gboolean  unwritten;    /* what it has come to, in the database */
  GError   *failure;      /* which is this, or the reference */
  guint     reference;
  GSList   *waiting; /* Waiting: whose Send has not returned */
  MuTimer   outbox_timer;
} MuMessaging;

/* The database and the card whose messages these are; NULL or FALSE with NotReady or worse. */
const char *mu_messaging_card (MuMessaging *self, GError **error);

/* FALSE: no database has been opened, and there is none on disk: it costs half a megabyte. */
gboolean mu_messaging_may_have_any (MuMessaging *self);

char *mu_messaging_path (MuMessaging *self, guint id); /* of a message's object */
void  mu_messaging_counts_changed (MuMessaging *self);
/* The state of a message and what goes with it, to whoever watches. */
void mu_messaging_tell (MuMessaging *self, guint id);
void mu_messaging_tell_all (MuMessaging *self, const GArray *ids);
/* Deletes what is too old or too much, when that is due.  Only after the card has been listed: what
 * is on it has been seen now, and its PDUs are not forgotten. */
void   mu_messaging_tidy (MuMessaging *self);
gint64 mu_messaging_now (void);

/* ---- inbox ---- */

void mu_inbox_init (MuMessaging *self);
void mu_inbox_reset (MuMessaging *self);
void mu_inbox_clear (MuMessaging *self);
void mu_inbox_forget_card (MuMessaging *self);                /* what was to be done on it */
void mu_inbox_start (MuMessaging *self);                      /* the card can be read */
void mu_inbox_list (MuMessaging *self);                       /* reads all that is on it */
void mu_inbox_told (MuMessaging *self, gint index);           /* +CMTI */
void mu_inbox_full (MuMessaging *self);                       /* ^SMMEMFULL */
void mu_inbox_pushed (MuMessaging *self, const AtLine *line); /* +CMT, +CDS */

void mu_inbox_run (MuMessaging *self); /* does what is due */
/* The database does not take something, which the card keeps, or we: it is tried again. */
void mu_inbox_give_up (MuMessaging *self, const GError *error);

/* What +CMGL or +CMGR has answered becomes messages, and is told of once that is durable; slots
 * that are not needed any more will be freed. */
gboolean mu_inbox_take_list (MuMessaging *self, const AtReply *reply, GError **error);
gboolean mu_inbox_take_read (MuMessaging *self, guint index, const AtReply *reply, GError **error);
/* What is held: may it be taken now? */
void mu_inbox_take_early (MuMessaging *self);
void mu_inbox_await_parts (MuMessaging *self);
void mu_inbox_on_expiry (gpointer user_data); /* parts that have not come are waited for no more */

/* Where messages are, as far as this module has more than one place: the card. */
#define MU_INBOX_STORAGE "SM"
gboolean mu_inbox_is_here (MuMessaging *self, const char *storage); /* the one that is selected */
void     mu_inbox_told_elsewhere (MuMessaging *self, const char *storage);
gboolean mu_inbox_switch (MuMessaging *self); /* FALSE: nothing is to be done elsewhere */

/* ---- outbox ---- */

void mu_outbox_init (MuMessaging *self);
void mu_outbox_reset (MuMessaging *self);
void mu_outbox_clear (MuMessaging *self);
void mu_outbox_recover (MuMessaging *self);
/* Answers those whose messages are gone, have failed or have been sent. */
void mu_outbox_settle (MuMessaging *self);
void mu_outbox_card_gone (MuMessaging *self);
void mu_outbox_run (MuMessaging *self); /* sends what waits, if that is possible */
void mu_outbox_send (MuService *base, GVariant *args, MuCall *call);
void mu_outbox_send_data (MuService *base, GVariant *args, MuCall *call);

/* ---- lists ---- */

void mu_message_list (MuService *base, GVariant *args, MuCall *call);
/* The call is Delete of the message, or of the service, that has this number; 0: there is none. */
void mu_message_delete_one (MuMessaging *self, guint id, MuCall *call);
void mu_message_delete (MuService *base, GVariant *args, MuCall *call);
void mu_message_delete_all (MuService *base, GVariant *args, MuCall *call);

/* ---- objects ---- */

extern const MuChildClass mu_message1_class;
/* Message1's properties, a{sv}, floating. */
GVariant *mu_message1_properties (const StoreMessage *message);
