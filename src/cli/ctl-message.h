/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-style.h"

/* A short message, which is a path and the properties of Message1, as people and programs read it.
 * What a correspondent has chosen reaches no terminal as it is. */

/* A line for each of messages, an a(oa{sv}), not wider than style says. */
char *ctl_message_table (GVariant *messages, const CtlStyle *style);

/* All of it: what there is to know, an empty line, and the text or the octets. */
char *ctl_message_text (const char *path, GVariant *properties, const CtlStyle *style);
