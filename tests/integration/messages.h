/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "house.h"

/* What the daemon has in its lists, what the simulator's network has got. */

/* How many messages have that text; -1: the list is not to be had now. */
int  messages_count (House *house, const char *text);
void messages_wait (House *house, const char *text, int count);
/* A member of the newest message that has that text, printed; freed by the caller. */
char *messages_member (House *house, const char *text, const char *member);
/* How many messages of the module's the network has got. */
guint messages_sent (House *house);

/* From +491, text in UCS2. */
char *messages_pdu (const char *text);
