/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-command.h"

/* The command that args, which ends with NULL, begins with; args is moved on behind its words. */
const CtlCommand *ctl_commands_find (const char *const **args, GError **error);

/* How many words the command has, if its first n are the first n of args; else 0. */
guint ctl_commands_match (const CtlCommand *command, const char *const *args, guint n);

/* The words that can follow the first n of args on the way to a command. */
GStrv ctl_commands_next_words (const char *const *args, guint n);

/* How many arguments its text asks for; G_MAXUINT: any number. */
void ctl_commands_arity (const CtlCommand *command, guint *ret_min, guint *ret_max);

/* Whether args are as many as it wants, and words that it knows where it knows words. */
gboolean ctl_commands_check_args (const CtlCommand *command, const char *const *args,
                                  GError **error);

/* Runs it with args, which have been checked. */
gboolean ctl_commands_run (Ctl *ctl, const CtlCommand *command, const char *const *args,
                           GError **error);
