/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-db.h"

#include "mu-log.h"

#include <glib/gstdio.h>

#include <string.h>

#define SCHEMA_VERSION 1

const char *const store_state_words[] = {
  "receiving", "received", "read", "queued", "sending", "sent", "delivered", "failed", NULL,
};

const char *const store_encoding_words[] = { "gsm7", "8bit", "ucs2", "raw", NULL };

/* WAL with full synchronisation: what is committed survives a loss of power. */
static const char settings[] = "PRAGMA locking_mode=EXCLUSIVE;"
                               "PRAGMA journal_mode=WAL;"
                               "PRAGMA synchronous=FULL;"
                               "PRAGMA foreign_keys=ON;"
                               "PRAGMA cache_size=-128;";

/* seen: a message may be deleted while its PDU is still on the card. */
static const char schema[]
    = "CREATE TABLE message (id INTEGER PRIMARY KEY AUTOINCREMENT, card TEXT NOT NULL,"
      " outgoing INTEGER NOT NULL, state INTEGER NOT NULL, encoding INTEGER NOT NULL,"
      " class INTEGER NOT NULL, timestamp INTEGER NOT NULL, delivered INTEGER NOT NULL DEFAULT 0,"
      " parts INTEGER NOT NULL, present INTEGER NOT NULL, number TEXT NOT NULL,"
      " text TEXT NOT NULL DEFAULT '', data BLOB NOT NULL DEFAULT x'',"
      " centre TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '',"
      " reference INTEGER NOT NULL DEFAULT -1, wide INTEGER NOT NULL DEFAULT 0,"
      " first INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT 0);"
      "CREATE INDEX message_by_time ON message (card, timestamp DESC, id DESC);"
      "CREATE INDEX message_by_state ON message (card, state);"
      "CREATE INDEX message_incomplete ON message (card, number, reference)"
      " WHERE present < parts AND NOT outgoing;"
      "CREATE TABLE part (message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,"
      " sequence INTEGER NOT NULL, pdu BLOB NOT NULL, state INTEGER NOT NULL DEFAULT 1,"
      " tries INTEGER NOT NULL DEFAULT 0, reference INTEGER NOT NULL DEFAULT -1,"
      " PRIMARY KEY (message, sequence)) WITHOUT ROWID;"
      "CREATE INDEX part_reported ON part (reference) WHERE reference >= 0;"
      "CREATE TABLE seen (card TEXT NOT NULL, digest BLOB NOT NULL, message INTEGER NOT NULL,"
      " time INTEGER NOT NULL, PRIMARY KEY (card, digest)) WITHOUT ROWID;"
      "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
      "PRAGMA user_version=1;";

static GHashTable *stores; /* path → Store */

/* ---- opening ---- */

static gboolean
fail_db (sqlite3 *db, int code, GError **error)
{
  return mu_fail (error, code == SQLITE_FULL ? MU_ERROR_MEMORY_FULL : MU_ERROR_FAILED,
                  "The message database: %s", db != NULL ? sqlite3_errmsg (db) : "not open");
}

static int
user_version (sqlite3 *db, int *ret_version)
{
  sqlite3_stmt *statement = NULL;
  int           code = sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL);

  if (code == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    *ret_version = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return code;
}

static int
set_up (sqlite3 *db)
{
  int version = 0;
  int code = sqlite3_exec (db, settings, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    code = user_version (db, &version);
  if (code == SQLITE_OK && version == 0)
    {
      g_autofree char *sql = g_strconcat ("BEGIN;", schema, "COMMIT;", NULL);

      code = sqlite3_exec (db, sql, NULL, NULL, NULL);
    }
  return version > SCHEMA_VERSION ? SQLITE_MISMATCH : code;
}

static gboolean
is_damage (int code)
{
  return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

static int
open_db (Store *self)
{
  int code = sqlite3_open (self->path != NULL ? self->path : ":memory:", &self->db);

  return code == SQLITE_OK ? set_up (self->db) : code;
}

static void
close_db (Store *self)
{
  g_hash_table_remove_all (self->statements);
  sqlite3_close (self->db);
  self->db = NULL;
}

/* Its name is kept, with the time at the end; so are those of the files beside it. */
static void
put_aside (Store *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  gint64                   now = g_get_real_time () / G_USEC_PER_SEC;

  mu_log (MU_LOG_ERROR, "store", "The message database is damaged, it is put aside");
  close_db (self);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes) && self->path != NULL; i++)
    {
      g_autofree char *from = g_strconcat (self->path, suffixes[i], NULL);
      g_autofree char *to
          = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT "%s", self->path, now, suffixes[i]);

      (void)g_rename (from, to);
    }
}

/* An error of the database's; damage is seen to. */
static gboolean
fail (Store *self, int code, GError **error)
{
  fail_db (self->db, code, error);
  if (is_damage (code))
    {
      put_aside (self);
      if (open_db (self) != SQLITE_OK)
        close_db (self);
    }
  return FALSE;
}

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

Store *
store_open (const char *path, GError **error)
{
  Store *self = path != NULL && stores != NULL ? g_hash_table_lookup (stores, path) : NULL;
  int    code;

  if (self != NULL)
    {
      self->references++;
      return self;
    }
  self = g_new0 (Store, 1);
  self->path = g_strdup (path);
  self->references = 1;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize);
  code = open_db (self);
  if (is_damage (code))
    {
      put_aside (self);
      code = open_db (self);
    }
  if (stores == NULL)
    stores = g_hash_table_new (g_str_hash, g_str_equal);
  if (path != NULL)
    g_hash_table_insert (stores, self->path, self);
  if (code == SQLITE_OK)
    return self;
  fail_db (self->db, code, error);
  store_close (self);
  return NULL;
}

void
store_close (Store *self)
{
  if (self == NULL || --self->references > 0)
    return;
  if (self->path != NULL)
    g_hash_table_remove (stores, self->path);
  close_db (self);
  g_hash_table_unref (self->statements);
  g_free (self->path);
  g_free (self);
}

gboolean
store_is_durable (const Store *self)
{
  return self->path != NULL && self->db != NULL;
}

/* ---- statements ---- */

static sqlite3_stmt *
prepare (Store *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int           code;

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      return statement;
    }
  if (self->db == NULL)
    {
      fail_db (NULL, SQLITE_ERROR, error);
      return NULL;
    }
  code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      fail (self, code, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer)sql, statement);
  return statement;
}

static void
bind (sqlite3_stmt *statement, const char *types, va_list values)
{
  for (int i = 1; *types != '\0'; types++, i++)
    switch (*types)
      {
      case 'i': sqlite3_bind_int64 (statement, i, va_arg (values, gint64)); break;
      case 's':
        sqlite3_bind_text (statement, i, va_arg (values, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'b':
        {
          gsize         n = 0;
          gconstpointer octets = g_bytes_get_data (va_arg (values, GBytes *), &n);

          sqlite3_bind_blob64 (statement, i, octets != NULL ? octets : "", n, SQLITE_TRANSIENT);
          break;
        }
      default: g_assert_not_reached ();
      }
}

sqlite3_stmt *
store_query (Store *self, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement = prepare (self, sql, error);
  va_list       values;

  if (statement == NULL)
    return NULL;
  va_start (values, types);
  bind (statement, types, values);
  va_end (values);
  return statement;
}

gboolean
store_row (Store *self, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return TRUE;
  sqlite3_reset (statement);
  if (code != SQLITE_DONE)
    fail (self, code, error);
  return FALSE;
}

gboolean
store_run (Store *self, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt      *statement = prepare (self, sql, error);
  g_autoptr (GError) why = NULL;
  va_list            values;

  if (statement == NULL)
    return FALSE;
  va_start (values, types);
  bind (statement, types, values);
  va_end (values);
  store_row (self, statement, &why);
  if (why == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

gint64
store_number (Store *self, gint64 else_, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement = prepare (self, sql, NULL);
  gint64        number = else_;
  va_list       values;

  if (statement == NULL)
    return else_;
  va_start (values, types);
  bind (statement, types, values);
  va_end (values);
  if (!store_row (self, statement, NULL))
    return else_;
  if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return number;
}

/* ---- transactions ---- */

gboolean
store_begin (Store *self, GError **error)
{
  return store_run (self, error, "BEGIN", "");
}

gboolean
store_commit (Store *self, GError **error)
{
  if (store_run (self, error, "COMMIT", ""))
    return TRUE;
  store_rollback (self);
  return FALSE;
}

/* The database may have done so by itself, or be a new one. */
void
store_rollback (Store *self)
{
  if (self->db != NULL && !sqlite3_get_autocommit (self->db))
    store_run (self, NULL, "ROLLBACK", "");
}

gboolean
store_atomically (Store *self, StoreWork work, gpointer data, GError **error)
{
  if (self->db != NULL && !sqlite3_get_autocommit (self->db))
    return work (self, data, error);
  if (!store_begin (self, error))
    return FALSE;
  if (work (self, data, error))
    return store_commit (self, error);
  store_rollback (self);
  return FALSE;
}
