/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-interfaces.h"
#include "session-bed.h"

/* The facade over a session whose module the test plays, on a real bus, where a client of its own
 * calls and listens.  The policy is the test's, too. */

#define MODEM   MM_DBUS_PATH "/Modem/0"
#define SIM     MM_DBUS_PATH "/SIM/0"
#define BEARER  MM_DBUS_PATH "/Bearer/0"
#define CALL(n) MM_DBUS_PATH "/Call/" #n
#define SMS(n)  MM_DBUS_PATH "/SMS/" #n

extern SessionBed *mm1_bed;
extern Mm1Object  *mm1_bed_object; /* NULL: freed by the test */

/* The module is at home and ready; NULL rows: as usual. */
int  mm1_bed_set_up (void **state);
int  mm1_bed_tear_down (void **state);
int  mm1_bed_start_bus (void **state);
int  mm1_bed_stop_bus (void **state);
void mm1_bed_restart (const AtPeerRow *rows, gsize n_rows, const char *modem_state);

#define TEST(name)         cmocka_unit_test_setup_teardown (name, mm1_bed_set_up, mm1_bed_tear_down)
#define mm1_bed_run(tests) cmocka_run_group_tests (tests, mm1_bed_start_bus, mm1_bed_stop_bus)

/* What the policy says to the next questions: yes unless told otherwise; "wait" keeps them. */
void        mm1_bed_policy (const char *answer);      /* "yes", "no", "wait" */
void        mm1_bed_policy_answer (gboolean allowed); /* to those that wait */
const char *mm1_bed_asked (void);                     /* "org.mu709.sim|", and forgets it */

/* interface: "Modem", "Modem.Simple", "Sim" ...; args in GVariant text. */
void mm1_bed_begin (const char *path, const char *interface, const char *method, const char *args);
/* Waits; printed, or the error's name without what all have in common: "Core.Unsupported". */
const char *mm1_bed_wait (void);
const char *mm1_bed_message (void);     /* of that error */
gboolean    mm1_bed_is_answered (void); /* after all that can be done has been done */
void        mm1_bed_leave (void);       /* the client leaves the bus */

char *mm1_bed_get (const char *path, const char *interface, const char *property);
void  mm1_bed_assert (const char *path, const char *interface, const char *property,
                      const char *expected);
/* Signals heard since the last time: "StateChanged(8, 11, uint32 0)|..."; PropertiesChanged only by
 * the names of what has changed. */
const char *mm1_bed_heard (void);

#define assert_mm1_call(path, interface, method, args, expected)                                   \
  do                                                                                               \
    {                                                                                              \
      mm1_bed_begin (path, interface, method, args);                                               \
      assert_string_equal (mm1_bed_wait (), expected);                                             \
    }                                                                                              \
  while (0)

/* As session_bed_say(), at_peer_answer() and, by the usual rows, at_peer_play(), with all that
 * follows from it done. */
void mm1_bed_say (const char *lines);
void mm1_bed_answer (const char *command, const char *lines);
void mm1_bed_play (void);

/* What a card that asks for its PIN answers. */
extern const AtPeerRow mm1_bed_locked[2];
