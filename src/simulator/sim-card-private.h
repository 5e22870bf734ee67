/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-card.h"

/* What the files of the card share: its secrets, its file system, its command interpreter. */

typedef enum
{
  SIM_FILE_DIRECTORY,
  SIM_FILE_TRANSPARENT,
  SIM_FILE_LINEAR, /* linear fixed */
} SimFileKind;

typedef enum
{
  SIM_ACCESS_ALWAYS,
  SIM_ACCESS_PIN,
  SIM_ACCESS_NEVER, /* nor with ADM's keys, which nobody here has */
} SimAccess;

typedef struct
{
  guint16     id, parent;
  SimFileKind kind;
  SimAccess   read, update;
  guint8      length; /* of a transparent file, of a record */
  guint8      n_records;
} SimFileRow;

struct SimFile
{
  const SimFileRow *row;
  guint8           *data;
};

struct SimCard
{
  SimCardConfig config;
  gboolean      usim;
  SimLock       lock, lock2;
  GPtrArray    *files;     /* of SimFile; the first is the MF */
  SimFile      *directory; /* current */
  SimFile      *selected;
  GByteArray   *response; /* for GET RESPONSE */
};

void sim_card_make_files (SimCard *self); /* empty ones */
void sim_card_fill_files (SimCard *self); /* as delivered */
