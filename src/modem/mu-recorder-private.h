/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-audend.h"
#include "mu-file.h"
#include "mu-recorder.h"
#include "mu-session.h"
#include "mu-timer.h"

/* The recorder's parts: mu-recorder.c records and plays and has the tables, mu-recorder-files.c
 * carries files from and to the module, mu-recordings.c knows which there are. */

/* The files that there can be (guide 27.2.1). */
typedef struct
{
  const char *name;
  const char *storage;
  guint       room;     /* bytes */
  gboolean    consumed; /* by reading */
} MuRecording;

#define MU_N_RECORDINGS 6

extern const MuRecording mu_recordings[MU_N_RECORDINGS];

#define MU_SIZE_UNKNOWN G_MAXUINT /* the file is there */

typedef enum
{
  MU_RECORDER_IDLE,
  MU_RECORDER_RECORDING,
  MU_RECORDER_PLAYING,
} MuRecorderState;

/* A file that is being read or written. */
typedef struct
{
  MuCall     *call; /* NULL: none is */
  int         recording;
  MuFileWay   way;  /* of the caller's descriptor */
  MuFile     *file; /* that descriptor */
  GByteArray *data; /* to be written; NULL: something is read */
  guint       bytes;
  guint       size; /* 0: not known yet */
  MuTimer     idle; /* the descriptor keeps us waiting */
} MuTransfer;

typedef struct
{
  MuService       base;
  guint           format; /* 0: not asked yet */
  MuRecorderState state;
  guint           sizes[MU_N_RECORDINGS]; /* 0: not there, as far as is known */
  int             recording;   /* that is recorded or played; -1: it began before the daemon did */
  MuRecorderState starting;    /* what is asked for and has not begun; idle: nothing */
  MuRecorderState stopping;    /* what is to end; idle: nothing */
  MuCall         *stopper;     /* whose command is answered, and who waits for the end */
  MuRecorderState ended;       /* since a command of the recorder's was sent; idle: nothing */
  guint           ended_bytes; /* of that recording */
  MuTimer         end_timer;   /* ^AUDEND is overdue */
  MuTransfer      transfer;
} MuRecorder;

/* Busy while something is recorded, played or transferred. */
gboolean mu_recorder_is_free (MuRecorder *self, GError **error);

/* ---- recordings ---- */

/* Which one it is; -1: InvalidArgument. */
int  mu_recorder_find (const char *name, GError **error);
void mu_recorder_set_size (MuRecorder *self, int recording, guint size);
/* Fails a call that wants a recording: what the module calls not supported is one that is missing.
 */
void      mu_recorder_fail_absent (MuCall *call, int recording, const GError *error);
void      mu_recorder_delete (MuService *base, GVariant *args, MuCall *call);
GVariant *mu_recorder_get_files (MuService *base);

/* ---- files ---- */

void      mu_recorder_files_init (MuRecorder *self);
void      mu_recorder_files_reset (MuRecorder *self);
void      mu_recorder_read (MuService *base, GVariant *args, MuCall *call);
void      mu_recorder_write (MuService *base, GVariant *args, MuCall *call);
GVariant *mu_recorder_get_transfer (MuService *base);
