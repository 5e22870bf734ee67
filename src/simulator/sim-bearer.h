/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-apn.h"

/* PDP contexts as the network has them: who uses them, when they come up, why they went.  Guide 26
 * says who may share one.  SIM_EVENT_BEARER tells of every change of a state. */
extern const SimChapter sim_bearer_chapter;

#define SIM_MAX_CID      16u /* +CGDCONT */
#define SIM_MAX_DIAL_CID 11u /* guide 7.1.1 */

typedef enum
{
  SIM_USER_CONTEXT = 1 << 0, /* +CGACT */
  SIM_USER_ECM = 1 << 1,
  SIM_USER_MODEM = 1 << 2,
} SimBearerUser;

typedef enum
{
  SIM_BEARER_DOWN,
  SIM_BEARER_RISING,
  SIM_BEARER_UP,
} SimBearerState;

/* What the host asks for. */
typedef struct
{
  char     apn[SIM_MAX_APN + 1];
  char     user[SIM_MAX_KEY + 1], password[SIM_MAX_KEY + 1];
  SimAuth  auth;     /* SIM_AUTH_ANY: not said */
  gboolean admitted; /* its credentials were found right already */
} SimBearerWish;

typedef struct
{
  SimModule     *module;
  guint          cid;
  SimBearerState state;
  guint          users; /* SimBearerUser */
  SimBearerWish  wish;
  guint          cause, shown; /* SM cause of the last end, and ^NDISSTAT's word for it */
  gint64         patience;     /* left to wait for the packet domain */
  SimTimer       timer;
} SimBearer;

const SimBearer *sim_bearer (SimModule *module, guint cid); /* 1 to SIM_MAX_CID */
const SimApn    *sim_bearer_access (const SimBearer *self); /* with its addresses */

/* Guide 26.2: 1 to 11, but neither 3 nor 5. */
gboolean sim_bearer_dialled_cid (guint cid);

/* Guide 26.2: MODEM and ECM share neither a cid nor an access point. */
gboolean sim_bearer_excluded (SimModule *module, guint cid, SimBearerUser user, const char *apn);

/* SIM_OK: it is up, or will be up or down after a while; the bearer has one more user.
 * SIM_CME_NO_NETWORK: nothing to ask.  SIM_CME_NOT_ALLOWED: guide 26.2, or another access point is
 * in use under that cid. */
SimResult sim_bearer_raise (SimModule *module, guint cid, SimBearerUser user,
                            const SimBearerWish *wish);

/* Somebody needs it no longer; nobody does: it goes, with SIM_SM_REGULAR. */
void sim_bearer_release (SimModule *module, guint cid, SimBearerUser user);

/* It goes, whoever uses it.  FALSE: it was not there. */
gboolean sim_bearer_drop (SimModule *module, guint cid, guint cause);
