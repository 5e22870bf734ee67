/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-test.h"
#include "store.h"

#include "tpdu-text.h"

/* A database in a directory of its own, and the PDUs that go there. */
typedef struct
{
  char  *dir;
  char  *path;
  Store *store;
  gint64 now;
} StoreBed;

#define CARD       "8949000000000000001"
#define OTHER_CARD "8949000000000000002"
#define NUMBER     "+491701234567"
#define START      G_GINT64_CONSTANT (1700000000)

int store_bed_setup (void **state);
int store_bed_teardown (void **state);

#define bed_test(name) cmocka_unit_test_setup_teardown (name, store_bed_setup, store_bed_teardown)

void store_bed_reopen (StoreBed *self);
/* The names of its directory that begin so. */
guint store_bed_count_files (StoreBed *self, const char *prefix);
/* The first value that SQL gives, of a connection of its own: the store must be closed. */
char *store_bed_sql (StoreBed *self, const char *sql);

/* ---- PDUs ---- */

Tpdu store_bed_deliver (const char *from, const char *text);
Tpdu store_bed_part (const char *from, guint reference, gboolean wide, guint total, guint sequence,
                     const char *text);
GBytes *store_bed_encode (const Tpdu *tpdu);
GBytes *store_bed_report (const char *number, guint reference, guint8 status, gint64 discharge);

/* Takes it at `now` for the card; the bytes are given away. */
StoreTaken store_bed_take (StoreBed *self, GBytes *pdu, guint *ret_id);
StoreTaken store_bed_take_for (StoreBed *self, const char *card, GBytes *pdu, guint *ret_id);
/* The same of a part of NUMBER's whose text is its sequence in brackets: "[1]". */
StoreTaken store_bed_take_part (StoreBed *self, guint reference, guint total, guint sequence,
                                guint *ret_id);
/* A message of one part; returns its id. */
guint store_bed_take_text (StoreBed *self, const char *from, const char *text);

/* ---- messages ---- */

guint store_bed_compose (StoreBed *self, const char *number, guint n_parts);
/* Sends the next part, with that reference; returns its message, 0: there was none. */
guint store_bed_send (StoreBed *self, guint reference);

void       store_bed_assert_text (StoreBed *self, guint id, StoreState state, const char *text);
StoreState store_bed_state (StoreBed *self, guint id);
/* Asserts success, and shows why not. */
void store_bed_ok (gboolean ok, GError *error);
#define bed_ok(call)                                                                               \
  do                                                                                               \
    {                                                                                              \
      g_autoptr (GError) error = NULL; /* what the call names */                                   \
      gboolean           ok = (call);                                                              \
      store_bed_ok (ok, error);                                                                    \
    }                                                                                              \
  while (0)
#define bed_fails(call, code)                                                                      \
  do                                                                                               \
    {                                                                                              \
      g_autoptr (GError) error = NULL;                                                             \
      assert_false (call);                                                                         \
      assert_true (g_error_matches (error, MU_ERROR, code));                                       \
    }                                                                                              \
  while (0)
