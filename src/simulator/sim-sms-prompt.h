/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The prompt behind which a message is typed: 27.005 3.5.1, 4.3. */
extern const SimChapter sim_sms_prompt_chapter;

/* What was typed up to Ctrl-Z. */
typedef SimResult (*SimPrompted) (SimCall *call, const char *text);

/* Asks for it: return sim_sms_prompt (...).  lines: there may be several, which end up joined by
 * LF.  ESC ends the command with OK; so does the host when it closes the port. */
SimResult sim_sms_prompt (SimCall *call, gboolean lines, SimPrompted done);

/* Whether that port is at a prompt. */
gboolean sim_sms_prompts (const SimPort *port);
