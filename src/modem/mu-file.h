/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A file descriptor that a caller has handed over.  How long it takes to read or to write it is for
 * whoever has the other end, and so is whether it blocks: that is the caller's own mode, and not
 * ours to change.  So it is done in a thread. */
typedef struct MuFile MuFile;

typedef enum
{
  MU_FILE_IN,  /* to be read */
  MU_FILE_OUT, /* to be written */
} MuFileWay;

#define MU_FILE_CHUNK 4096 /* bytes that are read or written at once */

/* The end of a read or a write; bytes: those that were read, n = 0 at the end of the file. */
typedef void (*MuFileDone) (const guint8 *bytes, gsize n, const GError *error, gpointer user_data);

/* Takes fd, also if it fails: InvalidArgument if it is not open that way. */
MuFile *mu_file_new (int fd, MuFileWay way, MuFileDone done, gpointer user_data, GError **error);
/* done is not called any more; what is under way is given up. */
void mu_file_free (MuFile *self);

/* One at a time.  done is called later. */
void mu_file_read (MuFile *self);                                /* up to MU_FILE_CHUNK */
void mu_file_write (MuFile *self, const guint8 *bytes, gsize n); /* a copy, all of it */
