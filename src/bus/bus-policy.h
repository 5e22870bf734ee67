/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* Who may do what.  On the session bus everybody who is there; on the system bus whom polkit lets.
 * Where no polkit runs, root and the group mu709; built without polkit, whom the bus's own policy
 * file lets in, the same two. */
typedef struct BusPolicy BusPolicy;

/* allowed: also FALSE if it could not be found out; why says so */
typedef void (*BusPolicyDone) (gboolean allowed, const char *why, gpointer user_data);

BusPolicy *bus_policy_new (GDBusConnection *connection, gboolean is_system_bus);
void bus_policy_free (BusPolicy *self); /* what has no answer yet gets one before: not allowed */

/* May the caller do that?  action: of polkit.  done may be called before this returns. */
void bus_policy_check (BusPolicy *self, GDBusMethodInvocation *invocation, const char *action,
                       BusPolicyDone done, gpointer user_data);
