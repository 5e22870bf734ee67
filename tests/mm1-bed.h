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

extern SessionBed      *mm1_bed;
extern Mm1Object       *mm1_bed_object; /* NULL: freed by the test */
extern GDBusConnection *mm1_bed_client;

/* ---- the bed's life ---- */

/* The module is at home and ready; NULL rows: as usual. */
int  mm1_bed_set_up (void **state);
int  mm1_bed_tear_down (void **state);
int  mm1_bed_start_bus (void **state);
int  mm1_bed_stop_bus (void **state);
void mm1_bed_restart (const AtPeerRow *rows, gsize n_rows, const char *modem_state);
void mm1_bed_publish (void); /* anew: all numbers begin again */

#define TEST(name)         cmocka_unit_test_setup_teardown (name, mm1_bed_set_up, mm1_bed_tear_down)
#define mm1_bed_run(tests) cmocka_run_group_tests (tests, mm1_bed_start_bus, mm1_bed_stop_bus)

/* What the policy says to the next questions: "yes" unless told otherwise, "no", "wait", which
 * keeps them, or the only action that it refuses, "org.mu709.sim". */
void        mm1_bed_policy (const char *answer);
void        mm1_bed_policy_answer (gboolean allowed); /* to those that wait */
const char *mm1_bed_asked (void);                     /* "org.mu709.sim|", and forgets it */

/* ---- calling the bus ---- */

/* Its answer is printed, or an error's name, without what all of ModemManager's have in common:
 * "Core.Unsupported".  Calls and texts are valid until the bed is taken down. */
typedef struct
{
  const char *answer; /* NULL: none yet */
} Mm1BedCall;

/* interface: "Modem", "Modem.Simple", "Sim" ... or another than ModemManager's, in full; args in
 * GVariant text. */
Mm1BedCall *mm1_bed_begin (const char *path, const char *interface, const char *method,
                           const char *args);
const char *mm1_bed_wait_for (const Mm1BedCall *call);
/* The same for the latest one. */
const char *mm1_bed_wait (void);
void        mm1_bed_settle (void);      /* all that can be done has been done */
gboolean    mm1_bed_is_answered (void); /* by then */
void        mm1_bed_leave (void);       /* the client leaves the bus */

const char *mm1_bed_get (const char *path, const char *interface, const char *property);
/* How many objects a property lists. */
guint mm1_bed_count (const char *path, const char *interface, const char *property);

/* Signals heard since the last time, "/Modem/0 StateChanged(8, 11, uint32 0)|...". */
const char *mm1_bed_heard (void);
const char *mm1_bed_events (void); /* but for changes of properties */

#define mm1_bed_assert(path, interface, property, expected)                                        \
  assert_string_equal (mm1_bed_get (path, interface, property), expected)
#define assert_mm1_call(path, interface, method, args, expected)                                   \
  do                                                                                               \
    {                                                                                              \
      mm1_bed_begin (path, interface, method, args);                                               \
      assert_string_equal (mm1_bed_wait (), expected);                                             \
    }                                                                                              \
  while (0)

/* ---- playing the module ---- */

/* As session_bed_say(), at_peer_answer() and, by the usual rows, at_peer_play(), with all that
 * follows from it done. */
void mm1_bed_say (const char *lines);
void mm1_bed_answer (const char *command, const char *lines);
void mm1_bed_play (void);

/* What a card that asks for its PIN answers. */
extern const AtPeerRow mm1_bed_locked[2];
