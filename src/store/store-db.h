/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store.h"

#include <sqlite3.h>

/* The database itself, for the files of this folder.  A statement is prepared once, and known by
 * its text, which is a literal. */

struct Store
{
  char       *path;
  guint       references;
  sqlite3    *db;         /* NULL: it could not be opened anew after damage */
  GHashTable *statements; /* text → sqlite3_stmt */
  gboolean    in_transaction;
  gboolean    broken; /* a transaction in which something failed: it can but be rolled back */
};

/* Binds values: i gint64, s text, b GBytes, in their order ("isb").  NULL with an error. */
sqlite3_stmt *store_query (Store *self, GError **error, const char *sql, const char *types, ...);
/* TRUE: there is a row.  FALSE with an error or, in the end, without; the statement is reset. */
gboolean store_row (Store *self, sqlite3_stmt *statement, GError **error);
/* For what returns no rows. */
gboolean store_run (Store *self, GError **error, const char *sql, const char *types, ...);
/* The first value of the first row; else_ if there is none, or an error. */
gint64 store_number (Store *self, gint64 else_, const char *sql, const char *types, ...);

/* Runs func in a transaction, its own or the one that is open. */
typedef gboolean (*StoreWork) (Store *self, gpointer data, GError **error);
gboolean store_atomically (Store *self, StoreWork work, gpointer data, GError **error);

/* The columns of StoreMessage, for SELECT, and how a row of them is read. */
#define STORE_COLUMNS                                                                              \
  "id,outgoing,state,encoding,class,timestamp,delivered,parts,present,number,text,data,centre,"    \
  "error,(SELECT reference FROM part WHERE message=message.id AND reference>=0"                    \
  " ORDER BY sequence DESC LIMIT 1)"
void store_read_message (sqlite3_stmt *row, StoreMessage *ret_message);

/* Of a report, which is a PDU that came in. */
gboolean store_take_report (Store *self, const char *card, const Tpdu *report,
                            StoreTaken *ret_taken, guint *ret_id, GError **error);
