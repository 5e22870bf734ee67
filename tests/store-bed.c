/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-bed.h"

#include "tpdu-header.h"
#include "tpdu-time.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* ---- the directory ---- */

int
store_bed_setup (void **state)
{
  StoreBed *self = g_new0 (StoreBed, 1);

  self->dir = g_dir_make_tmp ("mu709-store-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "messages.db", NULL);
  self->now = START;
  self->store = store_open (self->path, NULL);
  *state = self;
  return self->store != NULL ? 0 : -1;
}

static void
remove_all (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (name, 0, NULL);
  const char      *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (name, entry, NULL);

      remove_all (path);
    }
  g_remove (name);
}

int
store_bed_teardown (void **state)
{
  StoreBed *self = *state;

  store_close (self->store);
  remove_all (self->dir);
  g_free (self->dir);
  g_free (self->path);
  g_free (self);
  return 0;
}

void
store_bed_reopen (StoreBed *self)
{
  g_autoptr (GError) error = NULL;

  store_close (self->store);
  self->store = store_open (self->path, &error);
  store_bed_ok (self->store != NULL, error);
}

guint
store_bed_count_files (StoreBed *self, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char      *name;
  guint            n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix) ? 1 : 0;
  return n;
}

static int
on_value (void *user_data, int n G_GNUC_UNUSED, char **values, char **names G_GNUC_UNUSED)
{
  char **value = user_data;

  if (*value == NULL)
    *value = g_strdup (values[0]);
  return 0;
}

char *
store_bed_sql (StoreBed *self, const char *sql)
{
  sqlite3 *db = NULL;
  char    *value = NULL;

  assert_int_equal (sqlite3_open (self->path, &db), SQLITE_OK);
  assert_int_equal (sqlite3_exec (db, sql, on_value, &value, NULL), SQLITE_OK);
  assert_int_equal (sqlite3_close (db), SQLITE_OK);
  return value;
}

void
store_bed_ok (gboolean ok, GError *error)
{
  if (error != NULL)
    print_error ("%s\n", error->message);
  assert_true (ok);
  assert_null (error);
}

/* ---- PDUs ---- */

static void
set_number (TpduAddress *address, const char *number)
{
  if (tpdu_address_set (address, number, NULL))
    return;
  address->type = TPDU_NUMBER_ALPHANUMERIC;
  g_strlcpy (address->text, number, sizeof address->text);
}

Tpdu
store_bed_deliver (const char *from, const char *text)
{
  Tpdu template = { .type = TPDU_DELIVER };
  TpduSplit          split = { .class = TPDU_CLASS_NONE };
  g_autoptr (GArray) parts = NULL;

  set_number (&template.service_centre, "+491710760000");
  set_number (&template.number, from);
  tpdu_time_set (template.time, START, 60);
  parts = tpdu_split_text (&template, text, &split, NULL);
  assert_non_null (parts);
  assert_int_equal (parts->len, 1);
  return g_array_index (parts, Tpdu, 0);
}

Tpdu
store_bed_part (const char *from, guint reference, gboolean wide, guint total, guint sequence,
                const char *text)
{
  Tpdu         tpdu = store_bed_deliver (from, text);
  const guint8 element[]
      = { (guint8)(reference >> 8), (guint8)reference, (guint8)total, (guint8)sequence };

  if (wide)
    tpdu_header_add (&tpdu, TPDU_IEI_CONCATENATED_WIDE, element, 4);
  else
    tpdu_header_add (&tpdu, TPDU_IEI_CONCATENATED, element + 1, 3);
  return tpdu;
}

GBytes *
store_bed_encode (const Tpdu *tpdu)
{
  guint8 octets[TPDU_MAX_OCTETS];
  gsize  n = tpdu_encode (tpdu, octets, NULL);

  return g_bytes_new (octets, n);
}

GBytes *
store_bed_report (const char *number, guint reference, guint8 status, gint64 discharge)
{
  Tpdu report = { .type = TPDU_STATUS_REPORT, .reference = (guint8)reference, .status = status };

  set_number (&report.number, number);
  tpdu_time_set (report.time, START, 0);
  tpdu_time_set (report.discharge, discharge, 0);
  return store_bed_encode (&report);
}

StoreTaken
store_bed_take_for (StoreBed *self, const char *card, GBytes *pdu, guint *ret_id)
{
  g_autoptr (GBytes) owned = pdu;
  StoreTaken         taken = STORE_TAKEN_KNOWN;
  guint              id = 0;
  gsize              n;
  const guint8      *octets = g_bytes_get_data (owned, &n);

  bed_ok (store_take (self->store, card, octets, n, self->now, &taken, &id, &error));
  if (ret_id != NULL)
    *ret_id = id;
  return taken;
}

StoreTaken
store_bed_take (StoreBed *self, GBytes *pdu, guint *ret_id)
{
  return store_bed_take_for (self, CARD, pdu, ret_id);
}

StoreTaken
store_bed_take_part (StoreBed *self, guint reference, guint total, guint sequence, guint *ret_id)
{
  g_autofree char *text = g_strdup_printf ("[%u]", sequence);
  Tpdu             tpdu = store_bed_part (NUMBER, reference, FALSE, total, sequence, text);

  return store_bed_take (self, store_bed_encode (&tpdu), ret_id);
}

guint
store_bed_take_text (StoreBed *self, const char *from, const char *text)
{
  Tpdu  tpdu = store_bed_deliver (from, text);
  guint id;

  tpdu_time_set (tpdu.time, self->now, 0);
  assert_int_equal (store_bed_take (self, store_bed_encode (&tpdu), &id), STORE_TAKEN_MESSAGE);
  return id;
}

/* ---- messages ---- */

guint
store_bed_compose (StoreBed *self, const char *number, guint n_parts)
{
  Tpdu template = { .type = TPDU_SUBMIT };
  TpduSplit          split = { .class = TPDU_CLASS_NONE };
  g_autofree char   *text = g_strnfill (n_parts == 1 ? 160 : 153 * n_parts, 'x');
  g_autoptr (GArray) parts = NULL;
  g_autoptr (GBytes) data = g_bytes_new (NULL, 0);
  StoreMessage       message = { .number = (char *)number, .text = text, .data = data };
  guint              id = 0;

  message.class = TPDU_CLASS_NONE;
  set_number (&template.number, number);
  split.reference = store_next_reference (self->store);
  parts = tpdu_split_text (&template, text, &split, NULL);
  assert_int_equal (parts->len, n_parts);
  bed_ok (store_compose (self->store, CARD, &message, parts, self->now, &id, &error));
  return id;
}

guint
store_bed_send (StoreBed *self, guint reference)
{
  StorePart part;

  if (!store_next_part (self->store, CARD, &part, NULL))
    return 0;
  bed_ok (store_part_sending (self->store, &part, &error));
  bed_ok (store_part_sent (self->store, &part, reference, self->now, &error));
  return part.message;
}

StoreState
store_bed_state (StoreBed *self, guint id)
{
  g_auto (StoreMessage) message = { 0 };

  bed_ok (store_get (self->store, CARD, id, &message, &error));
  return message.state;
}

void
store_bed_assert_text (StoreBed *self, guint id, StoreState state, const char *text)
{
  g_auto (StoreMessage) message = { 0 };

  bed_ok (store_get (self->store, CARD, id, &message, &error));
  assert_string_equal (message.text, text);
  assert_int_equal (message.state, state);
}
