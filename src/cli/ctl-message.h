/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-style.h"

/* A short message, which is a path and the properties of Message1, as people and programs read it.
 * What a correspondent has chosen reaches no terminal as it is. */

/* Its number: the end of its path. */
guint32 ctl_message_id (const char *path);

/* A line for each of messages, an a(oa{sv}), not wider than style says. */
char *ctl_message_table (GVariant *messages, const CtlStyle *style);

/* All of it: what there is to know, an empty line, and the text or the octets. */
char *ctl_message_text (const char *path, GVariant *properties, const CtlStyle *style);

/* An a{sv} of path, id and the properties by their names. */
GVariant *ctl_message_json (const char *path, GVariant *properties);
