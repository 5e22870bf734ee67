/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-scheduler.h"
#include "mu-device.h"
#include "mu-service.h"
#include "mu-settings.h"

/* All services of one module, and what they share: the line to it, the facts, the news.  Its owner
 * attaches a line and detaches it; in between the services' steps are sent as the facts allow. */

typedef struct
{
  /* The steps of a service have been answered for the first time. */
  void (*appeared) (MuService *service, gpointer user_data);
  /* Nothing is unanswered any more, or a fact has changed meanwhile. */
  void (*settled) (gpointer user_data);
  /* ^SYSSTART: the module has forgotten everything. */
  void (*restarted) (gpointer user_data);
} MuSessionEvents;

/* name: for the log, and the last part of the module's object path */
MuSession *mu_session_new (const char *name, const MuSettings *settings,
                           const MuSessionEvents *events, gpointer user_data);
void       mu_session_free (MuSession *self); /* detached */

/* ---- for its owner ---- */

/* Whose module it is; to be told again when a port has come or gone. */
void mu_session_set_device (MuSession *self, MuDevice *device);
/* The configuration has been read again. */
void mu_session_settings_changed (MuSession *self);
void mu_session_attach (MuSession *self, AtScheduler *scheduler);
/* The line can be used: sends the steps. */
void mu_session_start (MuSession *self);
/* The line cannot be used any more, now or for ever: whoever waits gets why, services forget. */
void mu_session_stop (MuSession *self, const GError *why);
void mu_session_detach (MuSession *self);
/* A line that the module sent unasked. */
void mu_session_news (MuSession *self, const AtLine *line);

gboolean   mu_session_is_started (MuSession *self);
gboolean   mu_session_holds (MuSession *self, MuFacts facts);
gsize      mu_session_n_services (MuSession *self);
MuService *mu_session_service (MuSession *self, gsize i); /* in the order of mu_services */

/* ---- for services ---- */

const char       *mu_session_name (MuSession *self);
const MuSettings *mu_session_settings (MuSession *self);
/* The name or path of a port; NULL: it is not there. */
const char *mu_session_port (MuSession *self, MuPortRole role);

/* when_not: the error of operations that need the fact while it does not hold */
void mu_session_set_fact (MuSession *self, MuFacts fact, gboolean holds, MuError when_not);
/* NotReady, or what was said with the fact that is missing; Busy for one that should not hold. */
gboolean mu_session_check (MuSession *self, MuFacts needs, MuFacts excludes, GError **error);

/* Which card it is, by its ICCID; NULL: not known, or none. */
const char *mu_session_card (MuSession *self);
void        mu_session_set_card (MuSession *self, const char *iccid);

/* Whose card it is, by the operator's MCC and MNC, "26201"; NULL: not known. */
const char *mu_session_card_operator (MuSession *self);
void        mu_session_set_card_operator (MuSession *self, const char *code);

/* The line itself, for a service that opens a port of its own; NULL: there is none. */
AtScheduler *mu_session_line (MuSession *self);

guint mu_session_send (MuSession *self, const AtCommand *command, AtDone done, gpointer user_data);
void  mu_session_cancel (MuSession *self, guint number);

/* Sends the steps of a service that need all these facts once more. */
void mu_session_repeat_steps (MuSession *self, MuService *service, MuFacts needs);
void mu_session_restarted (MuSession *self);
