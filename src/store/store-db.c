/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-db.h"

#include "mu-log.h"
#include "store-file.h"

const char *const store_state_words[] = {
  "receiving", "received", "read", "queued", "sending", "sent", "delivered", "failed", NULL,
};

const char *const store_encoding_words[] = { "gsm7", "8bit", "ucs2", "raw", NULL };

static GHashTable *stores; /* path → Store */

/* ---- opening ---- */

static gboolean
fail_db (sqlite3 *db, int code, GError **error)
{
  const char *why = sqlite3_errstr (code);

  if (code == SQLITE_MISMATCH)
    why = "of a version that is not known";
  else if (db != NULL && sqlite3_errcode (db) == code)
    why = sqlite3_errmsg (db);
  return mu_fail (error, code == SQLITE_FULL ? MU_ERROR_MEMORY_FULL : MU_ERROR_FAILED,
                  "The message database: %s", why);
}

static void
close_db (Store *self)
{
  g_hash_table_remove_all (self->statements);
  sqlite3_close (self->db);
  self->db = NULL;
}

static void
put_aside (Store *self)
{
  mu_log (MU_LOG_ERROR, "store", "The message database is damaged, it is put aside");
  close_db (self);
  if (self->path != NULL)
    store_file_put_aside (self->path);
}

/* An error of the database's; damage is seen to.  Of a transaction nothing is left: the database
 * may have rolled it back by itself, or be another one now. */
static gboolean
fail (Store *self, int code, GError **error)
{
  fail_db (self->db, code, error);
  self->broken = self->in_transaction;
  if (store_file_is_damage (code))
    {
      put_aside (self);
      if (store_file_open (self->path, &self->db) != SQLITE_OK)
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
  code = store_file_open (self->path, &self->db);
  if (store_file_is_damage (code))
    {
      put_aside (self);
      code = store_file_open (self->path, &self->db);
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

  if (self->db == NULL || self->broken)
    {
      if (self->broken)
        mu_fail (error, MU_ERROR_FAILED, "An error has ended the transaction");
      else
        fail_db (NULL, SQLITE_CANTOPEN, error);
      return NULL;
    }
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      return statement;
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
  int           code;
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
  code = sqlite3_reset (statement); /* commits, if it changes anything */
  if (code == SQLITE_OK)
    return number;
  fail (self, code, NULL);
  return else_;
}

/* ---- transactions ---- */

gboolean
store_begin (Store *self, GError **error)
{
  if (self->in_transaction)
    return mu_fail (error, MU_ERROR_BUSY, "The message database is in a transaction");
  self->in_transaction = store_run (self, error, "BEGIN", "");
  return self->in_transaction;
}

gboolean
store_commit (Store *self, GError **error)
{
  gboolean ok = store_run (self, error, "COMMIT", "");

  store_rollback (self);
  return ok;
}

/* The database may have done so by itself, or be a new one. */
void
store_rollback (Store *self)
{
  self->in_transaction = self->broken = FALSE;
  if (self->db != NULL && !sqlite3_get_autocommit (self->db))
    store_run (self, NULL, "ROLLBACK", "");
}

gboolean
store_atomically (Store *self, StoreWork work, gpointer data, GError **error)
{
  if (self->in_transaction)
    return work (self, data, error);
  if (!store_begin (self, error))
    return FALSE;
  if (work (self, data, error))
    return store_commit (self, error);
  store_rollback (self);
  return FALSE;
}
