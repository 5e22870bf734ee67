/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/* The file of the database.  path NULL: in memory. */

/* Returns a code of SQLite's; SQLITE_MISMATCH: it is of a version that is not known, and has been
 * left as it is.  ret_db, unless it is still NULL, is to be closed whatever comes. */
int store_file_open (const char *path, sqlite3 **ret_db);

gboolean store_file_is_damage (int code);
/* Its name is kept, with the time at the end; so are those of the files beside it. */
void store_file_put_aside (const char *path);
