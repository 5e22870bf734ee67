/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Takes a command line apart (V.250 5.2.4): basic commands follow each other, an extended one ends
 * at ';' or with the line. */

typedef enum
{
  SIM_FORM_EXEC, /* AT+COPS */
  SIM_FORM_READ, /* AT+COPS? */
  SIM_FORM_TEST, /* AT+COPS=? */
  SIM_FORM_SET,  /* AT+COPS=0, and every basic command: ATE0, ATZ */
} SimForm;

#define SIM_MAX_NAME 24u

typedef struct
{
  char     name[SIM_MAX_NAME]; /* in capitals: "+COPS", "^HCSQ", "E", "&D", "S0", "D" */
  SimForm  form;
  GString *args; /* what follows '=', or a basic command's number or dial string; without blanks */
} SimText;

typedef enum
{
  SIM_PARSE_COMMAND, /* there is one more in *ret_text */
  SIM_PARSE_END,
  SIM_PARSE_ERROR, /* the rest of the line is no command */
} SimParse;

/* cursor: moves from the line's text to its end.  text: its args are allocated by the caller. */
SimParse sim_parse_next (const char **cursor, SimText *text);
