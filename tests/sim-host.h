/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-module.h"

#include <stdio.h>

/* A host at the ports of a module that lives in the same process.  The simulated clock stands
 * still: time passes when a test says so. */
typedef struct
{
  char      *directory;
  SimModule *module;
  int        fds[SIM_N_PORTS];   /* -1: closed */
  GString   *heard[SIM_N_PORTS]; /* and not expected yet */
  gsize      sent[SIM_N_PORTS];  /* bytes, and how many of them the module has taken */
  gsize      taken[SIM_N_PORTS];
  FILE      *log; /* the module's transcript, as far as it was read */
} SimHost;

/* setup: control lines before power-on, NULL-terminated, or NULL.  chapters: NULL for those of the
 * product. */
SimHost *sim_host_new (const char *const *setup, const SimChapter *const *chapters);
void     sim_host_free (SimHost *self);

/* The same with a network interface that stands for the ECM port. */
SimHost *sim_host_new_beside (const char *net_interface);

/* The same, ten seconds later, the echo off on PCUI and MODEM, and all that was heard forgotten. */
SimHost *sim_host_new_ready (void);

/* A test whose state is such a host. */
int sim_host_set_up (void **state);
int sim_host_tear_down (void **state);
#define WITH_HOST(test) cmocka_unit_test_setup_teardown (test, sim_host_set_up, sim_host_tear_down)

void sim_host_open (SimHost *self, SimRole role);
void sim_host_close (SimHost *self, SimRole role); /* until the module has noticed */

/* A pty has no DTR: low is the rate 0, at which a driver drops it (termios(3)). */
void sim_host_set_dtr (SimHost *self, SimRole role, gboolean high);

/* Returns when the module has taken the bytes. */
void sim_host_send (SimHost *self, SimRole role, const char *text);

/* What comes next is exactly that. */
void sim_host_expect (SimHost *self, SimRole role, const char *text);

/* What comes ends like that; it is forgotten. */
void sim_host_expect_end (SimHost *self, SimRole role, const char *end);

/* Nothing has come, nor is anything under way. */
void sim_host_expect_nothing (SimHost *self, SimRole role);

void sim_host_forget (SimHost *self);

/* What is under way arrives. */
void sim_host_listen (SimHost *self);

/* On PCUI: the command with CR, and exactly the reply. */
void sim_host_ask (SimHost *self, const char *command, const char *reply);

/* The same for a command that takes time: so many seconds pass before the reply. */
void sim_host_ask_for (SimHost *self, double seconds, const char *command, const char *reply);

/* The verb's answer is "ok". */
void sim_host_do (SimHost *self, const char *line);
void sim_host_answers (SimHost *self, const char *line, const char *answer);

void sim_host_advance (SimHost *self, double seconds);
