/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages that are there: list, show, read, delete. */
#include "ctl-sms.h"

#include "ctl-child.h"
#include "ctl-command.h"
#include "ctl-keys.h"
#include "ctl-message.h"
#include "ctl-output.h"
#include "ctl-when.h"

#include <unistd.h>

/* ---- which ones ---- */

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static GVariant *
parse_start (const char *text)
{
  gint64 time;

  return ctl_when_parse (text, now (), FALSE, &time) ? g_variant_new_int64 (time) : NULL;
}

static GVariant *
parse_end (const char *text)
{
  gint64 time;

  return ctl_when_parse (text, now (), TRUE, &time) ? g_variant_new_int64 (time) : NULL;
}

#define TIME_MEANING "a time, such as 2026-11-22, 2026-11-22T19:19, 2h (ago) or seconds since 1970"

/* Of a list, and then of what is to be deleted, too: there the daemon would not mind limit, and
 * delete the rest as well. */
static const CtlKey list_keys[] = {
  { "limit", "u" },
  { "offset", "u" },
  { "state", "s" },
  { "direction", "s" },
  { "number", "s" },
  { "since", "x", parse_start, TIME_MEANING },
  { "until", "x", parse_end, TIME_MEANING },
  { NULL },
};

static const CtlKey *const delete_keys = &list_keys[2];

/* ---- list ---- */

static void
output_json (Ctl *ctl, GVariant *messages)
{
  GVariantBuilder rows;
  GVariantIter    iter;
  const char     *path;
  GVariant       *properties;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_iter_init (&iter, messages);
  while (g_variant_iter_loop (&iter, "(&o@a{sv})", &path, &properties))
    g_variant_builder_add_value (&rows, ctl_child_json (path, properties));
  ctl_output_json (ctl, g_variant_builder_end (&rows));
}

/* Cut where a person looks: a file or a pipe has room for everything. */
static void
output_table (Ctl *ctl, GVariant *messages)
{
  CtlStyle         style = ctl->style;
  g_autofree char *text = NULL;

  if (!isatty (STDOUT_FILENO))
    style.width = G_MAXUINT;
  text = ctl_message_table (messages, &style);
  if (text[0] == '\0')
    g_printerr ("There is no message\n");
  ctl_output_text (ctl, text);
}

static gboolean
run_list (Ctl *ctl, const char *const *args, GError **error)
{
  g_autoptr (GVariant) filter = ctl_keys_parse (list_keys, args, error);
  g_autoptr (GVariant) messages = NULL;

  if (filter == NULL || !ctl_sms_choose (ctl, error))
    return FALSE;
  messages = ctl_sms_list (ctl, filter, error);
  if (messages == NULL)
    return FALSE;
  if (ctl->options.json)
    output_json (ctl, messages);
  else
    output_table (ctl, messages);
  return TRUE;
}

/* ---- show ---- */

/* Whoever cannot mark it may read it all the same. */
static void
mark_read (Ctl *ctl, const char *path, GVariant *properties)
{
  g_autoptr (GError) error = NULL;

  if (g_str_equal (ctl_child_text (properties, "State"), "received")
      && !ctl_sms_call (ctl, path, "MarkRead", &error) && !ctl->options.json)
    g_printerr ("It could not be marked as read: %s\n", error->message);
}

static gboolean
run_show (Ctl *ctl, const char *const *args, GError **error)
{
  g_autofree char     *path = ctl_sms_path (ctl, args[0], error);
  g_autoptr (GVariant) properties = NULL;
  g_autofree char     *text = NULL;

  if (path == NULL)
    return FALSE;
  properties = ctl_sms_read (ctl, path, error);
  if (properties == NULL)
    return FALSE;
  mark_read (ctl, path, properties);
  if (ctl->options.json)
    {
      ctl_output_json (ctl, ctl_child_json (path, properties));
      return TRUE;
    }
  text = ctl_message_text (path, properties, &ctl->style);
  ctl_output_text (ctl, text);
  return TRUE;
}

/* ---- read, delete ---- */

static void
output_count (Ctl *ctl, guint32 count, const char *done)
{
  g_autofree char *text = g_strdup_printf ("%u message%s %s\n", count, count == 1 ? "" : "s", done);

  if (ctl->options.json)
    ctl_output_json (ctl, g_variant_new_parsed ("{'count': %u}", count));
  else
    ctl_output_text (ctl, text);
}

/* Goes on after one that fails; its error is what remains. */
static gboolean
for_each (Ctl *ctl, const char *const *texts, const char *method, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)    first = NULL;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      char *path = ctl_sms_path (ctl, texts[i], error);

      if (path == NULL)
        return FALSE;
      g_ptr_array_add (paths, path);
    }
  for (guint i = 0; i < paths->len; i++)
    {
      GError **ret = first == NULL ? &first : NULL; /* it says which message */

      (void)ctl_sms_call (ctl, paths->pdata[i], method, ret);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
run_read (Ctl *ctl, const char *const *args, GError **error)
{
  if (!for_each (ctl, args, "MarkRead", error))
    return FALSE;
  if (ctl->options.json)
    output_count (ctl, g_strv_length ((char **)args), "");
  return TRUE;
}

static gboolean
delete_all (Ctl *ctl, const char *const *texts, GError **error)
{
  CtlMethod            method = { NULL, CTL_MESSAGING, "DeleteAll", "(u)" };
  g_autoptr (GVariant) filter = ctl_keys_parse (delete_keys, texts, error);
  g_autoptr (GVariant) reply = NULL;
  guint32              count;

  if (filter == NULL || !ctl_sms_choose (ctl, error))
    return FALSE;
  method.path = ctl->module_path;
  reply = ctl_bus_call (ctl, &method, g_variant_new ("(@a{sv})", filter), NULL, error);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(u)", &count);
  output_count (ctl, count, "deleted");
  return TRUE;
}

static gboolean
run_delete (Ctl *ctl, const char *const *args, GError **error)
{
  if (g_str_equal (args[0], "all"))
    return delete_all (ctl, args + 1, error);
  if (!for_each (ctl, args, "Delete", error))
    return FALSE;
  output_count (ctl, g_strv_length ((char **)args), "deleted");
  return TRUE;
}

#define KEYS                                                                                       \
  "state (receiving, received, read, queued, sending, sent, delivered, failed),\n"                 \
  "direction (incoming, outgoing), number, since and until (2026-11-22, 2026-11-22T19:19,\n"       \
  "2h for two hours ago)"

const CtlCommand ctl_sms_commands[] = {
  { "sms status", "", "Show how many messages and places there are", "Messaging1" },
  { "sms list", "[KEY=VALUE...]", "List messages, the newest first", .run = run_list,
    .more
    = "Number, time, direction, correspondent, state, first line of the text.  The keys are\n" KEYS
      ", limit and offset." },
  { "sms show", "ID|PATH", "Show a message, and mark it as read", .run = run_show,
    .more = "As every telephone does.  sms list does not mark anything." },
  { "sms read", "ID|PATH [ID|PATH...]", "Mark messages as read", .run = run_read },
  { "sms send", "NUMBER TEXT...", "Send a message, print its number", .run = ctl_sms_send,
    .more = "Several words are joined by blanks; - as the text reads standard input to its end.\n"
            "Between NUMBER and the text there may be KEY=VALUE: report=yes (a delivery report is\n"
            "wanted), class (0 to 3), validity (seconds, or 2h, 3d), encoding (auto, gsm7, ucs2).\n"
            "It waits until the network has the message.  Ctrl-C ends the waiting: the message\n"
            "stays in the queue and will be sent." },
  { "sms delete", "ID|PATH|all [ID|PATH|KEY=VALUE...]", "Delete messages", .run = run_delete,
    .more = "all: all that there are, or all that have keys as in sms list:\n" KEYS "." },
  { "sms watch", "", "Print messages as they come, until Ctrl-C", .run = ctl_sms_watch,
    .more = "Also delivery reports, and when there is no room; over restarts of the daemon.\n"
            "With --json, one object a line." },
  { NULL },
};
