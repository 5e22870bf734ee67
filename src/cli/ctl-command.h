/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-keys.h"
#include "ctl.h"

/* A command is a row.  Most are one method of the daemon's, whose types and results introspection
 * tells, or show what one interface has to say; the others have a function. */
typedef struct
{
  const char *words; /* "sim unlock" */
  const char *args;  /* "FILE [MODE] [KEY=VALUE...]": what must and what may follow */
  const char *help;  /* one line */

  const char *interface; /* "Network1"; NULL: there is a function */
  const char *method;    /* its arguments are the command's, "" for those left out; NULL: status */
  gboolean (*run) (Ctl *ctl, const char *const *args, GError **error);

  const char   *more; /* what help says besides, or NULL */
  const CtlKey *keys; /* of its KEY=VALUE, for completion; or NULL */
} CtlCommand;

/* Each group is the end of a file ctl-GROUP.c, and ends with a row without words. */
extern const CtlCommand ctl_list_commands[];
extern const CtlCommand ctl_status_commands[];
extern const CtlCommand ctl_monitor_commands[];
extern const CtlCommand ctl_sim_commands[];
extern const CtlCommand ctl_network_commands[];
extern const CtlCommand ctl_sms_commands[];
extern const CtlCommand ctl_ussd_commands[];
extern const CtlCommand ctl_voice_commands[];
extern const CtlCommand ctl_data_commands[];
extern const CtlCommand ctl_sound_commands[];         /* speak, record */
extern const CtlCommand ctl_modem_commands[];         /* modem, at */
extern const CtlCommand ctl_supplementary_commands[]; /* forwarding, barring */
extern const CtlCommand ctl_modem_commands[];         /* modem, at */
extern const CtlCommand ctl_device_commands[];
extern const CtlCommand ctl_call_commands[]; /* call, get, set */
extern const CtlCommand ctl_help_commands[];
extern const CtlCommand ctl_complete_commands[]; /* for the shell: without a line of help */

/* All groups, and then NULL. */
extern const CtlCommand *const ctl_commands[];
