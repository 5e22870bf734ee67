/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-error.h"

/* The lines that end a command, and what they mean. */

typedef enum
{
  AT_RESULT_NONE, /* not such a line */
  AT_RESULT_OK,
  AT_RESULT_CONNECT, /* OK, and the port is in data mode now */
  AT_RESULT_ERROR,   /* error says which */
} AtResult;

/* The error's message is what the module said and, for +CME ERROR and +CMS ERROR, the other of
 * number and text: "+CME ERROR: 14 (SIM busy)". */
AtResult at_result_parse (const char *text, GError **error);

/* The number of such an error, in whichever form the module said it; -1: it has none. */
int at_result_number (const GError *error);
