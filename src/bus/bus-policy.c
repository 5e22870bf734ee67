/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-policy.h"

#include "bus-config.h"

#ifdef HAVE_POLKIT

#include "mu-log.h"

#include <grp.h>
#include <polkit/polkit.h>

#define GROUP "mu709" /* may do everything where there is no polkit */

struct BusPolicy
{
  GDBusConnection *connection; /* NULL: nobody is asked */
  PolkitAuthority *authority;
  GCancellable    *cancellable;
  GQueue           checks; /* Check, those without an answer */
};

typedef struct
{
  BusPolicy             *policy; /* NULL: it was freed, and the answer given; what comes is late */
  GDBusMethodInvocation *invocation;
  const char            *action;
  BusPolicyDone          done;
  gpointer               user_data;
  GList                  link;
} Check;

static void
tell (Check *check, gboolean allowed, const char *why)
{
  g_queue_unlink (&check->policy->checks, &check->link);
  check->policy = NULL;
  check->done (allowed, why, check->user_data);
  g_clear_object (&check->invocation);
}

static void
answer (Check *check, gboolean allowed, const char *why)
{
  tell (check, allowed, why);
  g_free (check);
}

/* ---- where there is no polkit: root and the group ---- */

/* The groups are those that the caller's process has, as the bus's own policy files see them: they
 * need not be in /etc/group, and no directory service is waited for. */
static gboolean
is_trusted (GVariant *credentials)
{
  const struct group  *group = getgrnam (GROUP);
  g_autoptr (GVariant) ids
      = g_variant_lookup_value (credentials, "UnixGroupIDs", G_VARIANT_TYPE ("au"));
  const guint32 *id;
  guint32        uid;
  gsize          n;

  if (g_variant_lookup (credentials, "UnixUserID", "u", &uid) && uid == 0)
    return TRUE;
  if (group == NULL || ids == NULL)
    return FALSE;
  id = g_variant_get_fixed_array (ids, &n, sizeof *id);
  for (gsize i = 0; i < n; i++)
    if (id[i] == group->gr_gid)
      return TRUE;
  return FALSE;
}

static void
on_credentials (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check               *check = user_data;
  g_autoptr (GVariant) credentials = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (check->policy == NULL)
    {
      g_free (check);
      return;
    }
  if (reply == NULL)
    {
      answer (check, FALSE, "Who you are could not be found out");
      return;
    }
  credentials = g_variant_get_child_value (reply, 0);
  if (is_trusted (credentials))
    answer (check, TRUE, NULL);
  else
    answer (check, FALSE, "There is no polkit, and you are not in the group " GROUP);
}

static void
check_group (Check *check)
{
  const char *sender = g_dbus_method_invocation_get_sender (check->invocation);

  g_dbus_connection_call (check->policy->connection, "org.freedesktop.DBus",
                          "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "GetConnectionCredentials", g_variant_new ("(s)", sender),
                          G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NONE, -1,
                          check->policy->cancellable, on_credentials, check);
}

/* ---- polkit ---- */

static void
deny (Check *check, const char *unless)
{
  g_autofree char *why = g_strdup_printf ("polkit does not allow %s%s", check->action, unless);

  answer (check, FALSE, why);
}

/* An error of polkit's own is an answer: the action is not installed, or we are not its owner.  Any
 * other means that nobody is there to ask. */
static void
no_result (Check *check, const GError *error)
{
  if (error->domain != POLKIT_ERROR)
    {
      mu_log (MU_LOG_DEBUG, NULL, "polkit: %s", error->message);
      check_group (check);
      return;
    }
  mu_log (MU_LOG_WARNING, NULL, "polkit: %s: %s", check->action, error->message);
  answer (check, FALSE, error->message);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check                                *check = user_data;
  g_autoptr (GError)                    error = NULL;
  g_autoptr (PolkitAuthorizationResult) answered
      = polkit_authority_check_authorization_finish (POLKIT_AUTHORITY (source), result, &error);

  if (check->policy == NULL)
    g_free (check);
  else if (answered == NULL)
    no_result (check, error);
  else if (polkit_authorization_result_get_is_authorized (answered))
    answer (check, TRUE, NULL);
  else if (polkit_authorization_result_get_is_challenge (answered))
    deny (check, " without a password");
  else
    deny (check, "");
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
  Check                      *check = user_data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (PolkitAuthority) authority = polkit_authority_get_finish (result, &error);

  if (check->policy == NULL)
    g_free (check);
  else if (authority == NULL)
    no_result (check, error);
  else
    {
      g_set_object (&check->policy->authority, authority);
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
  *check = (Check){ self, g_object_ref (invocation), action, done, user_data, { .data = check } };
  g_queue_push_tail_link (&self->checks, &check->link);
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
  while (self->checks.head != NULL)
    tell (self->checks.head->data, FALSE, "The daemon ends");
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
