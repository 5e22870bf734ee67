/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-bed.h"
#include "mu-error.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

SessionBed *data_bed;
GString    *data_bed_seen;

static void
on_emitted (MuService *service G_GNUC_UNUSED, const char *signal, GVariant *args,
            gpointer user_data G_GNUC_UNUSED)
{
  g_autoptr (GVariant) properties = NULL;
  const char          *path, *word;
  guint                cause;

  assert_string_equal (signal, "ConnectionRemoved");
  g_variant_get (args, "(&o@a{sv})", &path, &properties);
  assert_true (g_variant_lookup (properties, "State", "&s", &word));
  assert_true (g_variant_lookup (properties, "Cause", "u", &cause));
  g_string_append_printf (data_bed_seen, "removed %s %s %u|", strrchr (path, '/') + 1, word, cause);
}

static void
on_child_present (MuService *service G_GNUC_UNUSED, guint number, gboolean present,
                  gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (data_bed_seen, "%c%u|", present ? '+' : '-', number);
}

static const MuServiceEvents events = { .emitted = on_emitted, .child_present = on_child_present };

static void
begin (const AtPeerRow *rows, gsize n_rows)
{
  mu_service_observe (session_bed_service (data_bed, "Data1"), &events, data_bed_seen);
  session_bed_start (data_bed, rows, n_rows);
}

static void
end (void)
{
  MuService *service = session_bed_service (data_bed, "Data1");

  g_string_truncate (data_bed_seen, 0);
  mu_service_unobserve (service, data_bed_seen);
  g_clear_pointer (&data_bed, session_bed_free);
}

int
data_bed_set_up (void **state G_GNUC_UNUSED)
{
  data_bed = session_bed_new ();
  data_bed_seen = g_string_new (NULL);
  begin (NULL, 0);
  return 0;
}

int
data_bed_tear_down (void **state G_GNUC_UNUSED)
{
  end ();
  g_string_free (data_bed_seen, TRUE);
  return 0;
}

void
data_bed_restart (const AtPeerRow *rows, gsize n_rows)
{
  end ();
  data_bed = session_bed_new ();
  begin (rows, n_rows);
}

void
data_bed_configure (const char *group, const char *key, const char *value)
{
  g_key_file_set_value (data_bed->settings.config, group, key, value);
}

MuCall *
data_bed_connect (const char *options)
{
  g_autofree char *args = g_strdup_printf ("(@a{sv} {%s},)", options);
  MuCall          *call = session_bed_call (data_bed, "Data1", "Connect", args);

  at_peer_settle ();
  return call;
}

void
data_bed_answer (const char *command, const char *lines)
{
  at_peer_answer (data_bed->peer, command, lines);
  at_peer_settle ();
}

void
data_bed_say (const char *lines)
{
  session_bed_say (data_bed, lines);
  at_peer_settle ();
}

void
data_bed_expect_nothing (void)
{
  at_peer_settle ();
  at_peer_expect_nothing (data_bed->peer);
}

void
data_bed_bring_up (const char *command)
{
  at_peer_answer (data_bed->peer, command, "OK");
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
}

void
data_bed_contexts (void)
{
  mu_timer_advance (2000);
  data_bed_answer ("AT+CGDCONT?", "OK");
  data_bed_answer ("AT+CGACT?", "OK");
}

void
data_bed_bring_up_one (void)
{
  data_bed_connect ("'apn': <'one'>");
  data_bed_bring_up ("AT^NDISDUP=1,1,\"one\"");
  data_bed_answer ("AT^DHCP?", "ERROR");
  data_bed_contexts ();
  data_bed_assert_seen ("+1|");
}

void
data_bed_assert (guint number, const char *property, const char *expected)
{
  MuService           *service = session_bed_service (data_bed, "Data1");
  g_autoptr (GVariant) properties = service->class->child->get (service, number);
  g_autoptr (GVariant) value = NULL;
  g_autofree char     *text = NULL;
  g_auto (GStrv)       names = g_strsplit (property, "/", 2);

  if (properties != NULL)
    value = g_variant_lookup_value (properties, names[0], NULL);
  if (value != NULL && names[1] != NULL)
    {
      g_autoptr (GVariant) dict = g_steal_pointer (&value);

      value = g_variant_lookup_value (dict, names[1], NULL);
    }
  text = value != NULL ? g_variant_print (value, FALSE) : g_strdup ("");
  assert_string_equal (text, expected);
}

void
data_bed_assert_done (const char *expected)
{
  at_peer_settle ();
  assert_string_equal (data_bed->done->str, expected);
}

void
data_bed_assert_failed (const char *word, const char *part)
{
  data_bed_assert_done (word);
  assert_non_null (strstr (data_bed->error->message, part));
}

void
data_bed_assert_seen (const char *expected)
{
  at_peer_settle ();
  assert_string_equal (data_bed_seen->str, expected);
  g_string_truncate (data_bed_seen, 0);
}
