/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session-bed.h"

/* A session whose data service is watched: at home, attached, settled, with bed0 as its network
 * interface. */
extern SessionBed *data_bed;
/* What has been told: "+1|" and "-1|" for objects, "removed 1 failed 33|" for ConnectionRemoved. */
extern GString *data_bed_seen;

int data_bed_set_up (void **state);
int data_bed_tear_down (void **state);
/* Ends what set_up began and begins anew with these answers of the module's first. */
void data_bed_restart (const AtPeerRow *rows, gsize n_rows);
/* A configuration of these keys in [data], for what comes. */
void data_bed_configure (const char *group, const char *key, const char *value);

/* Begins a Connect; options in GVariant text, "'cid': <uint32 2>", or "". */
MuCall *data_bed_connect (const char *options);
/* As at_peer_answer(), session_bed_say() and at_peer_expect_nothing(), with all that follows from
 * it done. */
void data_bed_answer (const char *command, const char *lines);
void data_bed_say (const char *lines);
void data_bed_expect_nothing (void);
/* Expects this ^NDISDUP, accepts it and says that it is up; ^DHCP? is not supported. */
void data_bed_bring_up (const char *command);
/* The contexts, which are read again after each coming and going, are answered. */
void data_bed_contexts (void);
/* Connected on cid 1 to "one", and what follows has been answered. */
void data_bed_bring_up_one (void);

/* A property of a connection, or a key in it, "Ip4/address", printed; "" if it is gone. */
void data_bed_assert (guint number, const char *property, const char *expected);
void data_bed_assert_done (const char *expected);
void data_bed_assert_failed (const char *word, const char *part);
void data_bed_assert_seen (const char *expected); /* and forgets it */
