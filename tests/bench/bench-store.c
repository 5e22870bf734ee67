/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the message database costs: taking messages one by one and in batches, listing some of many.
 *
 * usage: bench-store [MESSAGES]     in a directory of its own below TMPDIR; prints a table */
#include "store.h"

#include "tpdu-text.h"
#include "tpdu-time.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CARD   "8949000000000000001"
#define START  G_GINT64_CONSTANT (1700000000)
#define SINGLE 500
#define PAGE   100

static guint n_taken;

static void
report (const char *name, const char *unit, double value)
{
  printf ("%-44s %10.1f %s\n", name, value, unit);
}

static double
now_s (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

static double
private_kb (void)
{
  g_autofree char *text = NULL;
  const char      *found;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  found = strstr (text, "Private_Dirty:");
  return found != NULL ? g_ascii_strtod (found + strlen ("Private_Dirty:"), NULL) : 0;
}

static void
check (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error->message);
}

static void
take (Store *store)
{
  Tpdu template = { .type = TPDU_DELIVER };
  TpduSplit        split = { .class = TPDU_CLASS_NONE };
  g_autofree char *text = g_strdup_printf ("Message %u, of a usual length, about nothing", n_taken);
  g_autoptr (GArray) parts = NULL;
  g_autoptr (GError) error = NULL;
  guint8             octets[TPDU_MAX_OCTETS];
  StoreTaken         taken;
  guint              id;
  gsize              n;

  tpdu_address_set (&template.number, "+491701234567", NULL);
  tpdu_time_set (template.time, START + n_taken++, 0);
  parts = tpdu_split_text (&template, text, &split, NULL);
  n = tpdu_encode (&g_array_index (parts, Tpdu, 0), octets, NULL);
  check (store_take (store, CARD, octets, n, START, &taken, &id, &error), error);
}

static double
take_batch (Store *store, guint n)
{
  g_autoptr (GError) error = NULL;
  double             t0 = now_s ();

  check (store_begin (store, &error), error);
  for (guint i = 0; i < n; i++)
    take (store);
  check (store_commit (store, &error), error);
  return n / (now_s () - t0);
}

static gboolean
on_message (const StoreMessage *message, gpointer user_data)
{
  *(gsize *)user_data += strlen (message->text);
  return TRUE;
}

static void
list (Store *store, const char *name, guint offset)
{
  g_autoptr (GError) error = NULL;
  StoreFilter        filter = STORE_FILTER_ALL;
  gsize              n = 0;
  double             t0 = now_s ();

  filter.limit = PAGE;
  filter.offset = offset;
  check (store_list (store, CARD, &filter, on_message, &n, &error), error);
  report (name, "ms", (now_s () - t0) * 1000);
}

int
main (int argc, char **argv)
{
  guint              many = argc > 1 ? (guint)atoi (argv[1]) : 100000;
  g_autofree char   *dir = g_dir_make_tmp ("mu709-bench-XXXXXX", NULL);
  g_autofree char   *path = g_build_filename (dir, "messages.db", NULL);
  g_autofree char   *name = g_strdup_printf ("%u messages: the newest %d", many, PAGE);
  g_autofree char   *last = g_strdup_printf ("%u messages: the oldest %d", many, PAGE);
  g_autoptr (GError) error = NULL;
  Store             *store = store_open (path, &error);
  GStatBuf           now;
  double             t0;

  check (store != NULL, error);
  printf ("\n");
  t0 = now_s ();
  for (guint i = 0; i < SINGLE; i++)
    take (store);
  report ("taken, each on its own", "/s", SINGLE / (now_s () - t0));
  report ("taken, in batches of 50", "/s", take_batch (store, 50));
  report ("taken, in one batch", "/s", take_batch (store, MAX (many, n_taken + 1) - n_taken));
  store_close (store);
  store = store_open (path, &error);
  check (store != NULL, error);
  report ("private memory, open", "kB", private_kb ());
  list (store, name, 0);
  list (store, last, many - PAGE);
  report ("private memory, after the lists", "kB", private_kb ());
  store_close (store);
  if (g_stat (path, &now) == 0)
    report ("size of the file, each message", "octets", (double)now.st_size / n_taken);
  g_remove (path);
  g_rmdir (dir);
  return 0;
}
