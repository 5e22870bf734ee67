/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "message-bed.h"

#include "mu-hex.h"
#include "mu-test.h"
#include "tpdu-text.h"
#include "tpdu-time.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_TIME 1700000000

gint64 message_bed_ahead;

static GString *told;

/* A few texts that live long enough for one expression. */
static const char *
keep (char *text)
{
  static char *kept[32];
  static guint n;
  char       **place = &kept[n++ % G_N_ELEMENTS (kept)];

  g_free (*place);
  *place = text;
  return text;
}

/* ---- the service ---- */

static void
on_changed (MuService *service, const MuProp *prop, gpointer user_data)
{
  (void)service;
  (void)prop;
  (void)user_data;
}

static void
on_emitted (MuService *service, const char *signal, GVariant *args, gpointer user_data)
{
  const char *word;
  guint       reference, status;

  (void)service;
  (void)user_data;
  if (g_str_equal (signal, "Reported"))
    {
      g_variant_get (args, "(uux)", &reference, &status, NULL);
      g_string_append_printf (told, "%s %u %u|", signal, reference, status);
      return;
    }
  g_variant_get_child (args, 0, g_variant_is_of_type (args, G_VARIANT_TYPE ("(o)")) ? "&o" : "&s",
                       &word);
  g_string_append_printf (told, "%s %s|", signal, word[0] == '/' ? strrchr (word, '/') + 1 : word);
}

static void
on_child_changed (MuService *service, guint number, GVariant *properties,
                  const char *const *invalidated, gpointer user_data)
{
  const char *state;
  guint       present;

  (void)service;
  (void)user_data;
  assert_false (g_variant_lookup (properties, "Text", "&s", &state)); /* it is for those who ask */
  assert_string_equal (invalidated[0], "Text");
  assert_true (g_variant_lookup (properties, "State", "&s", &state));
  assert_true (g_variant_lookup (properties, "PartsPresent", "u", &present));
  g_string_append_printf (told, "%u %s %u|", number, state, present);
}

static const MuServiceEvents events = { on_changed, on_emitted, on_child_changed };

SessionBed *
message_bed_new (void)
{
  SessionBed *bed = session_bed_new ();

  told = g_string_new (NULL);
  mu_service_observe (session_bed_service (bed, "Messaging1"), &events, bed);
  return bed;
}

void
message_bed_free (SessionBed *bed)
{
  mu_service_unobserve (session_bed_service (bed, "Messaging1"), bed);
  session_bed_free (bed);
  g_string_free (told, TRUE);
}

const char *
message_bed_told (void)
{
  char *text = g_strdup (told->str);

  g_string_truncate (told, 0);
  return keep (text);
}

/* ---- messages ---- */

static const char *
hex_of (const Tpdu *tpdu)
{
  guint8 octets[TPDU_MAX_OCTETS];
  gsize  n = tpdu_encode (tpdu, octets, NULL);

  return keep (mu_hex_encode (octets, n));
}

const char *
message_bed_deliver (const char *number, const char *text, guint part, guint total)
{
  Tpdu               head = { .type = TPDU_DELIVER };
  TpduSplit          split = { .class = TPDU_CLASS_NONE, .reference = 77 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) parts = NULL;

  assert_true (tpdu_address_set (&head.number, number, NULL));
  assert_true (tpdu_address_set (&head.service_centre, "+491710000000", NULL));
  tpdu_time_set (head.time, FIRST_TIME + message_bed_ahead, 0);
  parts = tpdu_split_text (&head, text, &split, &error);
  assert_non_null (parts);
  assert_int_equal (parts->len, total);
  return hex_of (&g_array_index (parts, Tpdu, part - 1));
}

const char *
message_bed_report (const char *number, guint reference, guint status)
{
  Tpdu report
      = { .type = TPDU_STATUS_REPORT, .reference = (guint8)reference, .status = (guint8)status };

  assert_true (tpdu_address_set (&report.number, number, NULL));
  tpdu_time_set (report.time, FIRST_TIME, 0);
  tpdu_time_set (report.discharge, FIRST_TIME + 5, 0);
  return hex_of (&report);
}

static gsize
length_of (const char *pdu)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  assert_true (mu_hex_decode (pdu, octets));
  return octets->len - 1 - octets->data[0];
}

const char *
message_bed_listed (guint index, guint stat, const char *pdu)
{
  return keep (g_strdup_printf ("+CMGL: %u,%u,,%zu|%s|", index, stat, length_of (pdu), pdu));
}

const char *
message_bed_read (guint stat, const char *pdu)
{
  return keep (g_strdup_printf ("+CMGR: %u,,%zu|%s|OK", stat, length_of (pdu), pdu));
}

const char *
message_bed_pushed (const char *prefix, const char *pdu)
{
  return keep (g_strdup_printf ("%s%zu|%s", prefix, length_of (pdu), pdu));
}

/* ---- the line ---- */

const char *
message_bed_play (SessionBed *bed, const AtPeerRow *rows, gsize n_rows)
{
  GString *asked = g_string_new (NULL);

  for (;;)
    {
      g_autofree char *command = at_peer_hear (bed->peer);

      if (command == NULL)
        return keep (g_string_free (asked, FALSE));
      g_string_append_printf (asked, "%s|", command + strlen ("AT+"));
      if (g_str_has_prefix (command, "AT+CMGD="))
        session_bed_say (bed, "OK");
      else
        at_peer_play_one (bed->peer, command, rows, n_rows);
    }
}

const char *
message_bed_list (SessionBed *bed, const char *filter, const char *member)
{
  g_autofree char     *args = g_strdup_printf ("(@a{sv} {%s},)", filter);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) rows = NULL;
  GString             *text = g_string_new (NULL);

  session_bed_call (bed, "Messaging1", "List", args);
  if (bed->done->str[0] != '(')
    return keep (g_strdup (bed->done->str)); /* the word of an error */
  reply = g_variant_parse (G_VARIANT_TYPE ("(a(oa{sv}))"), bed->done->str, NULL, NULL, NULL);
  assert_non_null (reply);
  rows = g_variant_get_child_value (reply, 0);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      g_autoptr (GVariant) properties = g_variant_get_child_value (row, 1);
      g_autoptr (GVariant) value = g_variant_lookup_value (properties, member, NULL);
      g_autofree char     *printed = NULL;

      assert_non_null (value);
      printed = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
                    ? g_variant_dup_string (value, NULL)
                    : g_variant_print (value, FALSE);
      g_string_append_printf (text, "%s|", printed);
    }
  return keep (g_string_free (text, FALSE));
}

Tpdu
message_bed_take (SessionBed *bed, const char *answer)
{
  g_autofree char       *command = at_peer_hear (bed->peer);
  g_autofree char       *hex = NULL;
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  Tpdu                   tpdu;

  assert_non_null (command);
  assert_true (g_str_has_prefix (command, "AT+CMGS="));
  at_peer_say (bed->peer, "\r\n> ");
  hex = at_peer_hear (bed->peer);
  assert_non_null (hex);
  assert_int_equal (hex[strlen (hex) - 1], '\x1a');
  hex[strlen (hex) - 1] = '\0';
  assert_int_equal (atoi (command + strlen ("AT+CMGS=")), length_of (hex));
  assert_true (mu_hex_decode (hex, octets));
  assert_true (tpdu_decode (octets->data, octets->len, TPDU_TO_NETWORK, &tpdu, NULL));
  if (answer != NULL)
    session_bed_say (bed, answer);
  return tpdu;
}

MuCall *
message_bed_send (SessionBed *bed, const char *text, const char *options)
{
  g_autofree char *args = g_strdup_printf ("('+4917112345', '%s', @a{sv} {%s})", text, options);
  MuCall          *call = session_bed_call (bed, "Messaging1", "Send", args);

  at_peer_settle ();
  return call;
}

const char *
message_bed_long_text (void)
{
  static char text[401];

  memset (text, 'x', sizeof text - 1);
  return text;
}
