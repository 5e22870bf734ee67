/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "house.h"

/* The calls of the house's module, by their numbers, and what the bus has told of them.  A line of
 * what was told is one of
 *
 *   object 1                  InterfacesAdded
 *   added 1                   CallAdded
 *   State 1 'active'          PropertiesChanged
 *   Number 1 '+4930123'
 *   removed 1 busy 104 17     CallRemoved: EndReason, EndStatus, Cause
 *   gone 1                    InterfacesRemoved
 */

/* A house with a daemon whose module is ready, and what it tells of calls is noted. */
House *calls_house_new (void);
void   calls_house_free (House *house);

void        calls_listen (House *house); /* until the house is freed */
const char *calls_told (void);           /* so far, after what has come by now */
void        calls_forget_told (void);

/* Until it has been told. */
void calls_wait_told (const char *line);

/* A property of a call, printed; "" if there is no such call. */
char *call_get (House *house, guint number, const char *property);
void  call_wait (House *house, guint number, const char *property, const char *value);

/* As house_call(), of a call. */
const char *call_do (House *house, guint number, const char *method, const char *args);

/* Dials a number and waits for its state. */
guint call_dial (House *house, const char *number, const char *state);
