/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file: its schema, who may read it, what becomes of a damaged one. */
#include "store-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCHEMA_VERSION 1
#define N_CREATED      8 /* tables and indices */

/* Before anything is read. */
static const char locking[] = "PRAGMA locking_mode=EXCLUSIVE;";

/* WAL with full synchronisation: what is committed survives a loss of power. */
static const char settings[] = "PRAGMA journal_mode=WAL;"
                               "PRAGMA synchronous=FULL;"
                               "PRAGMA foreign_keys=ON;"
                               "PRAGMA temp_store=MEMORY;"
                               "PRAGMA cache_size=-64;"
                               "PRAGMA wal_autocheckpoint=64;";

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

static int
user_version (sqlite3 *db, int *ret_version)
{
  sqlite3_stmt *statement = NULL;
  int           code = sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL);

  if (code == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    *ret_version = sqlite3_column_int (statement, 0);
  return code == SQLITE_OK ? sqlite3_finalize (statement) : code; /* finalize tells of the step */
}

/* SQLite keeps the text of each CREATE: it does not notice when one names other columns now. */
static int
check_schema (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  int           n = 0;
  int code = sqlite3_prepare_v2 (db, "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'",
                                 -1, &statement, NULL);

  while (code == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *sql = (const char *)sqlite3_column_text (statement, 0);

      n += sql != NULL && strstr (schema, sql) != NULL ? 1 : 0;
    }
  if (code == SQLITE_OK)
    code = sqlite3_finalize (statement);
  return code == SQLITE_OK && n < N_CREATED ? SQLITE_CORRUPT : code;
}

static int
create (sqlite3 *db)
{
  g_autofree char *sql = g_strconcat ("BEGIN;", schema, "COMMIT;", NULL);
  int              code = sqlite3_exec (db, sql, NULL, NULL, NULL);

  return code == SQLITE_ERROR ? SQLITE_CORRUPT : code; /* it exists, but has no version */
}

/* A version that is not known is left as it is, its log too. */
static int
refuse (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return SQLITE_MISMATCH;
}

static int
set_up (sqlite3 *db)
{
  int version = 0;
  int code = sqlite3_exec (db, locking, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    code = user_version (db, &version);
  if (version < 0 || version > SCHEMA_VERSION)
    return refuse (db);
  if (code == SQLITE_OK && sqlite3_db_readonly (db, "main"))
    return SQLITE_READONLY;
  if (code == SQLITE_OK)
    code = sqlite3_exec (db, settings, NULL, NULL, NULL);
  if (code == SQLITE_OK && version == 0)
    code = create (db);
  return code == SQLITE_OK ? check_schema (db) : code;
}

/* Messages are their owner's: the files that SQLite puts beside it get the same mode. */
static int
make_private (const char *path)
{
  struct stat now;
  int         fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
  if (stat (path, &now) != 0 || !S_ISREG (now.st_mode))
    return SQLITE_CANTOPEN;
  if (fd >= 0)
    (void)g_chmod (path, 0600); /* of which the umask may have taken */
  else if ((now.st_mode & 077) != 0)
    (void)g_chmod (path, now.st_mode & 0700);
  return SQLITE_OK;
}

/* A daemon that is there all the time needs little at once: nothing is set aside in advance.  It
 * has an effect before the first database is opened. */
static void
keep_small (void)
{
  (void)sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  (void)sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  (void)sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 0, 0);
  (void)sqlite3_config (SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
  (void)sqlite3_config (SQLITE_CONFIG_SMALL_MALLOC, 1);
}

int
store_file_open (const char *path, sqlite3 **ret_db)
{
  static gboolean is_small;
  int             code = path != NULL ? make_private (path) : SQLITE_OK;

  if (!is_small)
    keep_small ();
  is_small = TRUE;
  if (code == SQLITE_OK)
    code = sqlite3_open (path != NULL ? path : ":memory:", ret_db);
  return code == SQLITE_OK ? set_up (*ret_db) : code;
}

/* ---- damage ---- */

gboolean
store_file_is_damage (int code)
{
  return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

/* With the time at its end; one more of the same second has a second that is free. */
static char *
name_aside (const char *path)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  char  *name = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, path, now);

  while (g_file_test (name, G_FILE_TEST_EXISTS))
    {
      g_free (name);
      name = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, path, ++now);
    }
  return name;
}

void
store_file_put_aside (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char         *aside = name_aside (path);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      (void)g_rename (from, to);
    }
}
