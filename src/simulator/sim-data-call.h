/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Guide 4: the data call, which turns a port of commands into one of PPP until +++ or its end. */
extern const SimChapter sim_data_call_chapter;

/* From now on the port is for data.  FALSE: there is a call already, or its program does not start.
 */
gboolean sim_data_call_open (SimModule *module, SimPort *port, guint cid);

/* The port has come back to commands, and goes on with data.  FALSE: it has no call. */
gboolean sim_data_call_resume (SimModule *module, const SimPort *port);
gboolean sim_data_call_exists (SimModule *module);

/* ATH: the call of that port, if it has one. */
void sim_data_call_hang_up (SimModule *module, const SimPort *port);

/* PPP is ended by the module; FALSE: there is none.  It is deaf and dumb from now on.  The next
 * call is for that program; NULL: for our own end of PPP. */
gboolean sim_data_call_terminate (SimModule *module);
void     sim_data_call_set_silent (SimModule *module, gboolean silent);
void     sim_data_call_set_program (SimModule *module, const char *path);
