/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-test.h"
#include "session-bed.h"

#define USSD_STAR_100 "AT+CUSD=1,\"AA180C3602\",15" /* *100# */
#define USSD_ONE      "AT+CUSD=1,\"31\",15"
#define USSD_MENU     "+CUSD: 1,\"31850C\",15" /* "1\n2" */
#define USSD_HELLO    "+CUSD: 0,\"C8329BFD06\",15"

/* A module that is at home, and what its Ussd1 emits. */
extern SessionBed *bed;
extern GString    *signals; /* "Notification('text',)|" */

int ussd_bed_set_up (void **state);
int ussd_bed_tear_down (void **state);

void assert_state (const char *state);
void assert_done (const char *expected);

/* Initiate of *100#; the same, and the module has taken it: now it is the network's turn; the same,
 * and it has answered with a menu. */
MuCall *ussd_bed_begin (void);
MuCall *ussd_bed_begin_and_wait (void);
void    ussd_bed_begin_menu (void);

#define TEST(name) cmocka_unit_test_setup_teardown (name, ussd_bed_set_up, ussd_bed_tear_down)
