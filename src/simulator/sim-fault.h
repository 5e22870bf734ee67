/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* What goes wrong on purpose.  The verbs are in sim-fault-verbs.c. */

typedef enum
{
  SIM_ECHO_AS_SET, /* ATE decides */
  SIM_ECHO_STUCK_ON,
  SIM_ECHO_STUCK_OFF,
} SimEcho;

typedef struct
{
  SimModule  *module;
  SimTimer    silence; /* while it runs nothing is written */
  gint64      late;    /* of the next reply, microseconds */
  guint       garbage; /* bytes before the next reply */
  gsize       urc_at;  /* where urc goes in the next reply */
  char       *urc;
  char       *error;   /* the final result of the next command line, which is not executed */
  GHashTable *ignored; /* names of commands that are never answered */
  SimEcho     echo;
  gboolean    nonsense;
} SimFaults;

void sim_faults_init (SimFaults *self, SimModule *module);
void sim_faults_clear (SimFaults *self);
void sim_faults_none (SimFaults *self); /* ends them all */

/* Nothing is written for so long; 0: now it is. */
void     sim_faults_set_silence (SimFaults *self, gint64 us);
gboolean sim_faults_silent (const SimFaults *self);
gboolean sim_faults_echo (const SimFaults *self, gboolean wanted);

/* Asked when a line is about to be executed and when its reply is complete. */
char  *sim_faults_take_error (SimFaults *self); /* NULL: none */
gint64 sim_faults_take_late (SimFaults *self);
void   sim_faults_spoil (SimFaults *self, GString *reply);

/* n random bytes */
void sim_faults_noise (SimFaults *self, GString *out, guint n);
