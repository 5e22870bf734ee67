/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-modem.h"
#include "sim-module.h"

/* A modem over the simulator, both with clocks that stand still, and callers of all operations, in
 * an order that dice decide.  What has been done is told when a check fails. */
typedef struct
{
  char        *directory;
  MuSettings   settings;
  SimModule   *module;
  MuDevice    *device;
  MuModem     *modem;
  GRand       *dice;
  GPtrArray   *waiting; /* callers */
  GUnixFDList *files;   /* 0: a recording, 1: what takes and gives nothing */
  GString     *outcome; /* of the last call that has ended */
} Storm;

extern Storm storm;

/* The clock has been frozen. */
void storm_begin (guint32 seed);
void storm_end (void); /* everybody has been answered, nothing goes on */

void storm_turn (void); /* what can be done now is done */
void storm_pass (guint seconds);

void storm_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
void storm_check (gboolean good, const char *what);
void storm_tell (const char *line); /* the simulator */

/* Of n things a storm has some, another storm others: so it gets further with them. */
void  storm_choose_some (gboolean *chosen, gsize n);
guint storm_choose (const gboolean *chosen, gsize n);

/* ---- callers: storm-callers.c ---- */

typedef struct
{
  const char *service;
  const char *op; /* of the service, or of a child if there is a '.' before it, or a property */
  const char *args[4]; /* in GVariant text, "..." */
} StormOperation;

void       storm_choose_operations (void); /* of this storm */
void       storm_begin_call (const StormOperation *o, guint object, const char *args);
void       storm_call_anything (void);
void       storm_caller_leaves (void);
void       storm_note_waiting (void);
MuService *storm_find_service (const char *name); /* NULL: it is not there */
