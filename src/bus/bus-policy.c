/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-policy.h"

#include "bus-config.h"

#ifdef HAVE_POLKIT

#include "mu-log.h"

#include <grp.h>
#include <polkit/polkit.h>
#include <pwd.h>

#define GROUP      "mu709" /* may do everything where polkit does not answer */
#define MAX_GROUPS 256

struct BusPolicy
{
  GDBusConnection *connection; /* NULL: nobody is asked */
  PolkitAuthority *authority;
  GCancellable    *cancellable;
};

typedef struct
{
  BusPolicy             *policy;
  GDBusMethodInvocation *invocation;
  const char            *action;
  BusPolicyDone          done;
  gpointer               user_data;
} Check;

static void
answer (Check *check, gboolean allowed, const char *why)
{
  check->done (allowed, why, check->user_data);
  g_object_unref (check->invocation);
  g_free (check);
}

/* ---- without polkit's answer: root and the group ---- */

static gboolean
is_in_group (uid_t uid)
{
  const struct passwd *user = getpwuid (uid);
  const struct group  *group = getgrnam (GROUP);
  gid_t                groups[MAX_GROUPS];
  int                  n = MAX_GROUPS;

  if (user == NULL || group == NULL || getgrouplist (user->pw_name, user->pw_gid, groups, &n) < 0)
    return FALSE;
  for (int i = 0; i < n; i++)
    if (groups[i] == group->gr_gid)
      return TRUE;
  return FALSE;
}

static void
on_user (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check               *check = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  guint uid;

  if (reply == NULL)
    {
      answer (check, FALSE, "Who you are could not be found out");
      return;
    }
  g_variant_get (reply, "(u)", &uid);
  if (uid == 0 || is_in_group (uid))
    answer (check, TRUE, NULL);
  else
    answer (check, FALSE, "polkit does not answer, and you are not in the group " GROUP);
}

static void
check_group (Check *check)
{
  const char *sender = g_dbus_method_invocation_get_sender (check->invocation);

  g_dbus_connection_call (check->policy->connection, "org.freedesktop.DBus", "/",
                          "org.freedesktop.DBus", "GetConnectionUnixUser",
                          g_variant_new ("(s)", sender), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_user, check);
}

/* ---- polkit ---- */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check                                *check = user_data;
  g_autoptr (GError)                    error = NULL;
  g_autoptr (PolkitAuthorizationResult) answered
      = polkit_authority_check_authorization_finish (POLKIT_AUTHORITY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    answer (check, FALSE, "The daemon ends");
  else if (answered == NULL)
    {
      mu_log (MU_LOG_DEBUG, NULL, "polkit: %s", error->message);
      check_group (check);
    }
  else if (polkit_authorization_result_get_is_authorized (answered))
    answer (check, TRUE, NULL);
  else
    answer (check, FALSE, "polkit does not allow it");
}

static void
ask_polkit (Check *check)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (check->invocation);
  gboolean      interactive
      = (g_dbus_message_get_flags (message) & G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION)
        != 0;
  g_autoptr (PolkitSubject) subject
      = polkit_system_bus_name_new (g_dbus_method_invocation_get_sender (check->invocation));

  polkit_authority_check_authorization (
      check->policy->authority, subject, check->action, NULL,
      interactive ? POLKIT_CHECK_AUTHORIZATION_FLAGS_ALLOW_USER_INTERACTION
                  : POLKIT_CHECK_AUTHORIZATION_FLAGS_NONE,
      check->policy->cancellable, on_checked, check);
}

static void
on_authority (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Check             *check = user_data;
  g_autoptr (GError) error = NULL;
  PolkitAuthority   *authority = polkit_authority_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    answer (check, FALSE, "The daemon ends");
  else if (authority == NULL)
    check_group (check);
  else
    {
      g_set_object (&check->policy->authority, authority);
      g_object_unref (authority);
      ask_polkit (check);
    }
}

void
bus_policy_check (BusPolicy *self, GDBusMethodInvocation *invocation, const char *action,
                  BusPolicyDone done, gpointer user_data)
{
  Check *check;

  if (self->connection == NULL)
    {
      done (TRUE, NULL, user_data);
      return;
    }
  check = g_new (Check, 1);
  *check = (Check){ self, g_object_ref (invocation), action, done, user_data };
  if (self->authority != NULL)
    ask_polkit (check);
  else
    polkit_authority_get_async (self->cancellable, on_authority, check);
}

BusPolicy *
bus_policy_new (GDBusConnection *connection, gboolean is_system_bus)
{
  BusPolicy *self = g_new0 (BusPolicy, 1);

  if (is_system_bus)
    self->connection = g_object_ref (connection);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
bus_policy_free (BusPolicy *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_object (&self->authority);
  g_clear_object (&self->connection);
  g_free (self);
}

#else /* the bus's policy file has let the caller in: that is the whole check */

struct BusPolicy
{
  char nothing;
};

void
bus_policy_check (BusPolicy *self G_GNUC_UNUSED, GDBusMethodInvocation *invocation G_GNUC_UNUSED,
                  const char *action G_GNUC_UNUSED, BusPolicyDone done, gpointer user_data)
{
  done (TRUE, NULL, user_data);
}

BusPolicy *
bus_policy_new (GDBusConnection *connection G_GNUC_UNUSED, gboolean is_system_bus G_GNUC_UNUSED)
{
  return g_new0 (BusPolicy, 1);
}

void
bus_policy_free (BusPolicy *self)
{
  g_free (self);
}

#endif
