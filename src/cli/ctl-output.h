/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* Everything that goes to standard output goes through here. */

/* Text for people, in the charset of the locale. */
void ctl_output_text (Ctl *ctl, const char *text);

/* One JSON value on a line of its own.  Sinks a floating value. */
void ctl_output_json (Ctl *ctl, GVariant *value);

/* A value in the form that was asked for. */
void ctl_output_value (Ctl *ctl, GVariant *value);

/* It is done, and there is nothing to say: as JSON an empty object. */
void ctl_output_nothing (Ctl *ctl);

/* The results of a method: as JSON an object by their names. */
void ctl_output_results (Ctl *ctl, const GDBusMethodInfo *method, GVariant *results);

/* What went wrong: as JSON on standard output, so that a program has one place to look, for people
 * on standard error. */
void ctl_output_error (Ctl *ctl, const GError *error);

/* Writes what is still to be written; a full disk is an error too. */
gboolean ctl_output_flush (Ctl *ctl, GError **error);
