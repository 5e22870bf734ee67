/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* A PIN, a PUK or a password that a method takes. */
typedef struct
{
  const char *what; /* to be asked for; NULL ends the list */
  gboolean    is_new;
} CtlCode;

/* Whose last arguments are codes. */
typedef struct
{
  const char        *interface;
  const char        *name;
  const char *const *before; /* the arguments before them, or NULL */
  const CtlCode     *codes;
} CtlCodeMethod;

/* Calls the method with the codes that args has, and then those that have to be asked for. */
gboolean ctl_codes_call (Ctl *ctl, const CtlCodeMethod *method, const char *const *args,
                         GError **error);

/* What help says of codes. */
#define CTL_CODES_HELP                                                                             \
  "Codes that are not given are asked for on the terminal, or read from standard input, a line\n"  \
  "each.  So they do not show in the list of processes and in the shell's history."
