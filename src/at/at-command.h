/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-line.h"

/* What a user of the scheduler asks for, and what is known of commands by their names. */

/* Urgent ones (from AT_CALL on) abort a command that can be aborted. */
typedef enum
{
  AT_BACKGROUND,  /* refreshing, listing */
  AT_INTERACTIVE, /* somebody waits */
  AT_SIM,         /* PIN, SIM access */
  AT_CALL,        /* answer, hang up, dial */
  AT_ECALL,
} AtPriority;

#define AT_N_PRIORITIES (AT_ECALL + 1)

/* Which lines are the command's own; all others are news for the services. */
typedef enum
{
  AT_LINES_NONE,
  AT_LINES_OWN, /* "<name>: ..." of each name in the text; bare lines of those that answer so */
  AT_LINES_ANY, /* besides these every bare line: for a command that nobody knows */
} AtLines;

/* The ports of one module. */
typedef enum
{
  AT_PORT_MAIN, /* PCUI or UART */
  AT_PORT_DATA, /* MODEM, while somebody dials on it */
} AtPortSlot;

#define AT_N_PORTS (AT_PORT_DATA + 1)

typedef struct
{
  const char *text; /* "AT+CSQ", without the carriage return */
  const char *body; /* what the prompt waits for, without Ctrl-Z; NULL: no prompt expected */
  gboolean   *body_written; /* is made TRUE then; NULL: nobody asks */
  AtLines     lines;
  AtPriority  priority;
  guint       timeout_ms; /* 0: the guide's own */
  guint       client;     /* whose it is: nobody waits for all that another one has queued */
  AtPortSlot  port;
} AtCommand;

/* Guide 1.2.3, Table 1-2. */
guint at_command_timeout_ms (const char *text);

/* Guide 1.2.2: any byte aborts it. */
gboolean at_command_is_abortive (const char *text);

gboolean at_command_owns (const char *text, AtLines lines, const AtLine *line);

/* The first name in the text, "+CSQ", with its length. */
const char *at_command_name (const char *text, gsize *ret_len);

/* Walks a command line, "AT+CSQ;+CREG=2" or "ATE0V1", command by command: returns the rest behind
 * the next one, NULL behind the last. */
const char *at_command_next (const char *rest, const char **ret_start, gsize *ret_len);
