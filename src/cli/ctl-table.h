/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-style.h"

/* Text in columns that are as wide as they must be, whatever the width of its characters. */
typedef struct CtlTable CtlTable;

CtlTable *ctl_table_new (gsize n_columns);
void      ctl_table_free (CtlTable *self);

/* Cells come row by row. */
void ctl_table_add (CtlTable *self, const char *cell);
void ctl_table_add_heading (CtlTable *self, const char *cell, const CtlStyle *style);

/* Cuts cells of the last column so that no row is wider than width; what is cut ends with mark. */
void ctl_table_fit (CtlTable *self, gsize width, const char *mark);

/* The rows, each with its end of line. */
char *ctl_table_render (CtlTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlTable, ctl_table_free)

/* How many columns text takes; the escape sequences of ctl_style_append() take none. */
gsize ctl_table_width (const char *text);
