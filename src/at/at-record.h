/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-line.h"

/* A line such as
 *
 *     ^SYSINFOEX: 2,3,0,1,,3,"WCDMA",41,"WCDMA"
 *
 * is described once, as a table of fields; at_scan() fills a plain struct from it and
 * at_record_to_variant() publishes the same struct.  Records own nothing: copy them freely. */

typedef enum
{
  AT_UINT, /* guint:    12            */
  AT_INT,  /* gint:     -12           */
  AT_HEX,  /* guint:    1A2B, "1A2B"  */
  AT_BOOL, /* gboolean: 0 or 1        */
  AT_TEXT, /* char[N]:  "x", or bare  */
  AT_SKIP, /* present on the wire, of no use to us */
} AtKind;

typedef struct
{
  const char *name; /* key when published; NULL: kept private */
  AtKind      kind;
  gsize       offset, size;
  gboolean    optional; /* may be empty or not there */
  guint       missing;  /* the value then; texts are empty */
} AtField;

typedef struct
{
  const char    *prefix; /* up to, not including, the colon */
  const AtField *fields;
  gsize          n_fields;
  gsize          size;
} AtRecord;

#define AT_MAX_RECORD 512 /* no record is larger: it fits on the stack */

#define AT_RECORD(prefix_, T, rows)                                                                \
  {                                                                                                \
    prefix_, rows, G_N_ELEMENTS (rows), sizeof (T)                                                 \
  }

/* A word, or a line of whose values none is of use. */
#define AT_RECORD_WORD(prefix_)                                                                    \
  {                                                                                                \
    .prefix = prefix_                                                                              \
  }

#define AT_CHECKED(T, m, type)                                                                     \
  .offset                                                                                          \
      = offsetof (T, m)                                                                            \
        + 0                                                                                        \
              * sizeof (                                                                           \
                  char[__builtin_types_compatible_p (__typeof__ (((T *)0)->m), type) ? 1 : -1]),   \
      .size = sizeof (((T *)0)->m)

/* One row of a field table: the type of the member is checked by the compiler. */
#define AT_F_UINT(T, m, n)                                                                         \
  {                                                                                                \
    .name = n, .kind = AT_UINT, AT_CHECKED (T, m, guint)                                           \
  }
#define AT_F_INT(T, m, n)                                                                          \
  {                                                                                                \
    .name = n, .kind = AT_INT, AT_CHECKED (T, m, gint)                                             \
  }
#define AT_F_HEX(T, m, n)                                                                          \
  {                                                                                                \
    .name = n, .kind = AT_HEX, AT_CHECKED (T, m, guint)                                            \
  }
#define AT_F_BOOL(T, m, n)                                                                         \
  {                                                                                                \
    .name = n, .kind = AT_BOOL, AT_CHECKED (T, m, gboolean)                                        \
  }
#define AT_F_TEXT(T, m, n)                                                                         \
  {                                                                                                \
    .name = n, .kind = AT_TEXT, AT_CHECKED (T, m, char[])                                          \
  }
#define AT_F_SKIP                                                                                  \
  {                                                                                                \
    .kind = AT_SKIP, .optional = TRUE                                                              \
  }

/* The same, empty or not there: the member is then `else_`, a text is empty. */
#define AT_F_MAYBE_UINT(T, m, n, else_)                                                            \
  {                                                                                                \
    .name = n, .kind = AT_UINT, AT_CHECKED (T, m, guint), .optional = TRUE, .missing = else_       \
  }
#define AT_F_MAYBE_HEX(T, m, n, else_)                                                             \
  {                                                                                                \
    .name = n, .kind = AT_HEX, AT_CHECKED (T, m, guint), .optional = TRUE, .missing = else_        \
  }
#define AT_F_MAYBE_TEXT(T, m, n)                                                                   \
  {                                                                                                \
    .name = n, .kind = AT_TEXT, AT_CHECKED (T, m, char[]), .optional = TRUE                        \
  }

/* Fields that the line has and the record has not are passed over.  FALSE: another prefix, or a
 * field that is not what the record says; ret is then of no use. */
gboolean  at_scan (const AtRecord *record, const AtLine *line, gpointer ret, GError **error);
GVariant *at_record_to_variant (const AtRecord *record, gconstpointer data);
