/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-style.h"

/* A value of D-Bus as people read it. */

/* Appends text without what a terminal would obey: networks and correspondents choose theirs. */
void ctl_text_append_clean (GString *out, const char *text);

/* The same, but its ends of line, of whatever kind, and tabs stay. */
void ctl_text_append_lines (GString *out, const char *text);

/* Appends the bytes of an ay as hex digits. */
void ctl_text_append_hex (GString *out, GVariant *value);

/* On one line: "yes", "pcui /dev/ttyUSB2, modem /dev/ttyUSB0", "cid=1, apn=internet". */
char *ctl_text_line (GVariant *value);

/* As many lines as it takes, each with its end: rows of dictionaries are a table, a dictionary is
 * two columns, an array has its elements below each other. */
char *ctl_text_block (GVariant *value, const CtlStyle *style);
