/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data-bed.h"

/* PPP connections: to what data-bed has comes a pseudo-terminal, which is the MODEM port, and
 * tests/pppd-stand-in, which is pppd on it. */
extern const char *port_bed_stand_in; /* its path; to be set before */
extern char       *port_bed_path;
extern AtPeer     *port_bed_modem;
/* Of the tty: its other end must not see it go between two openings. */
extern int port_bed_keeper;

#define CONNECTION1 "('/org/mu709/modem/bed/connection/1',)"
#define DIAL        "ATD*99***1#"

int port_bed_set_up (void **state);
int port_bed_tear_down (void **state);

void port_bed_give (const char *path); /* NULL: the module has no MODEM port */
void port_bed_settle (void);
/* pppd is a real process, our clock stands still: it is moved meanwhile. */
void     port_bed_wait_until (gboolean (*holds) (void));
void     port_bed_pass_time (guint ms); /* while the main port answers as usual */
gboolean port_bed_is_done (void);       /* the last call */
gboolean port_bed_is_quiet (void);      /* nobody here has the port */
void     port_bed_assert_marked (guint cid);

/* A port that takes commands. */
void port_bed_answer_opening (void);
/* A connection to "ONE" has been dialled; it is up. */
void port_bed_dial (void);
void port_bed_bring_up (void);
