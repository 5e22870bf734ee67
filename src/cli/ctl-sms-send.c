/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* sms send: the text, what the network has of it so far, what becomes of it without us. */
#include "ctl-child.h"
#include "ctl-error.h"
#include "ctl-input.h"
#include "ctl-keys.h"
#include "ctl-output.h"
#include "ctl-progress.h"
#include "ctl-sms.h"
#include "ctl-when.h"

#include <string.h>

typedef struct
{
  Ctl        *ctl;
  const char *number;
  char       *text;
  GVariant   *options; /* a{sv} */

  char         *path; /* of the message; NULL: not known (yet) */
  GCancellable *done; /* nobody looks at its parts any more */
} Order;

/* ---- arguments ---- */

static GVariant *
parse_validity (const char *text)
{
  gint64 seconds;

  if (!ctl_when_parse_span (text, &seconds) || seconds > G_MAXUINT32)
    return NULL;
  return g_variant_new_uint32 ((guint32)seconds);
}

static const CtlKey keys[] = {
  { "report", "b" },
  { "class", "u" },
  { "validity", "u", parse_validity, "a number of seconds, or a time such as 2h or 3d" },
  { "encoding", "s" },
  { NULL },
};

/* A key that is misspelt would be sent. */
static gboolean
check_text (const char *const *words, GError **error)
{
  const char *suggestion = words[0] != NULL ? ctl_keys_suggest (keys, words[0]) : NULL;

  if (words[0] == NULL)
    return ctl_fail (error, CTL_ERROR_USAGE,
                     "There is no text; it is: mu709ctl sms send NUMBER [KEY=VALUE...] TEXT...");
  if (suggestion == NULL || strchr (words[0], ' ') != NULL)
    return TRUE;
  return ctl_fail (error, CTL_ERROR_USAGE,
                   "'%s' is no option; did you mean '%s'? (A text that begins so can be read from "
                   "standard input: -)",
                   words[0], suggestion);
}

static char *
read_text (Ctl *ctl, const char *const *words, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_str_equal (words[0], "-") || words[1] != NULL)
    return g_strjoinv (" ", (char **)words);
  text = ctl_input_all (ctl, error);
  if (text == NULL || text[0] != '\0')
    return g_steal_pointer (&text);
  ctl_fail (error, CTL_ERROR_USAGE, "No text was given");
  return NULL;
}

static gboolean
read_order (Order *self, const char *const *args, GError **error)
{
  guint                 n = ctl_keys_count (keys, args + 1);
  g_autoptr (GPtrArray) options = g_ptr_array_new ();

  for (guint i = 1; i <= n; i++)
    g_ptr_array_add (options, (gpointer)args[i]);
  g_ptr_array_add (options, NULL);
  self->number = args[0];
  self->options = ctl_keys_parse (keys, (const char *const *)options->pdata, error);
  if (self->options == NULL || !check_text (args + 1 + n, error)
      || !ctl_sms_choose (self->ctl, error))
    return FALSE;
  self->text = read_text (self->ctl, args + 1 + n, error);
  return self->text != NULL;
}

static gboolean
is_ours (const Order *self, GVariant *properties)
{
  return g_str_equal (ctl_child_text (properties, "Direction"), "outgoing")
         && g_str_equal (ctl_child_text (properties, "Number"), self->number)
         && g_str_equal (ctl_child_text (properties, "Text"), self->text);
}

/* ---- its parts ---- */

static void
note_parts (Order *self, GVariant *properties)
{
  guint32 parts = 1, present = 0;

  (void)g_variant_lookup (properties, "Parts", "u", &parts);
  (void)g_variant_lookup (properties, "PartsPresent", "u", &present);
  g_free (self->ctl->note);
  self->ctl->note
      = parts > 1 ? g_strdup_printf ("part %u of %u", MIN (present + 1, parts), parts) : NULL;
}

typedef struct
{
  Order *order;
  char  *path;
} Question;

static void
on_properties (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question            *question = user_data;
  Order               *self = question->order;
  g_autofree char     *path = g_steal_pointer (&question->path);
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) properties = NULL;

  g_free (question);
  if (reply == NULL) /* if it was cancelled, there is no order any more */
    return;
  properties = g_variant_get_child_value (reply, 0);
  if (!is_ours (self, properties))
    return;
  if (self->path == NULL)
    self->path = g_strdup (path);
  note_parts (self, properties);
}

/* What is being sent is told by its path, and that is all that the caller has of it until the end.
 * Of several that are alike the first is meant, and none is harmed. */
static void
on_changed (GDBusConnection *connection, const char *sender G_GNUC_UNUSED, const char *path,
            const char *interface G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
            GVariant *args G_GNUC_UNUSED, gpointer user_data)
{
  Order    *self = user_data;
  Question *question;

  if (!g_str_has_prefix (path, self->ctl->module_path)
      || (self->path != NULL && !g_str_equal (self->path, path)))
    return;
  question = g_new (Question, 1);
  *question = (Question){ self, g_strdup (path) };
  g_dbus_connection_call (connection, CTL_BUS_NAME, path, CTL_PROPERTIES, "GetAll",
                          g_variant_new ("(s)", CTL_MESSAGE), G_VARIANT_TYPE ("(a{sv})"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->done, on_properties, question);
}

/* ---- without us ---- */

/* The message that waits in the queue, 0 if there is none; FALSE: that cannot be told. */
static gboolean
find_queued (Order *self, guint32 *ret_id)
{
  const CtlMethod      method = { self->ctl->module_path, CTL_MESSAGING, "List", "(a(oa{sv}))" };
  g_autoptr (GVariant) reply = ctl_bus_call_late (
      self->ctl, &method,
      g_variant_new_parsed ("({'direction': <'outgoing'>, 'number': <%s>},)", self->number));
  g_autoptr (GVariantIter) messages = NULL;
  const char              *path;
  GVariant                *properties;

  if (reply == NULL)
    return FALSE;
  *ret_id = 0;
  g_variant_get (reply, "(a(oa{sv}))", &messages);
  while (g_variant_iter_loop (messages, "(&o@a{sv})", &path, &properties))
    {
      const char *state = ctl_child_text (properties, "State");

      if (*ret_id == 0 && is_ours (self, properties)
          && (g_str_equal (state, "queued") || g_str_equal (state, "sending")))
        *ret_id = ctl_child_id (path);
    }
  return TRUE;
}

/* Takes the error of somebody who did not wait to the end. */
static gboolean
explain (Order *self, GError *cause, GError **error)
{
  g_autoptr (GError) owned = cause;
  guint32            id;

  if (owned->domain != CTL_ERROR || owned->code == CTL_ERROR_NO_DAEMON)
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (!find_queued (self, &id))
    return ctl_fail (error, (CtlError)owned->code,
                     "%s; if the message is in the queue, it stays there and will be sent",
                     owned->message);
  if (id == 0)
    return ctl_fail (error, (CtlError)owned->code, "%s; the message is not in the queue",
                     owned->message);
  return ctl_fail (error, (CtlError)owned->code,
                   "%s; message %u stays in the queue and will be sent", owned->message, id);
}

/* ---- the command ---- */

static GVariant *
call_send (Order *self, GError **error)
{
  Ctl            *ctl = self->ctl;
  const CtlMethod method = { ctl->module_path, CTL_MESSAGING, "Send", "(o)" };
  guint           id = 0;
  GVariant       *reply;

  if (ctl_progress_is_wanted (ctl))
    id = g_dbus_connection_signal_subscribe (ctl->connection, CTL_BUS_NAME, CTL_PROPERTIES,
                                             "PropertiesChanged", NULL, CTL_MESSAGE,
                                             G_DBUS_SIGNAL_FLAGS_NONE, on_changed, self, NULL);
  reply = ctl_bus_call (ctl, &method,
                        g_variant_new ("(ss@a{sv})", self->number, self->text, self->options), NULL,
                        error);
  g_cancellable_cancel (self->done);
  if (id != 0)
    g_dbus_connection_signal_unsubscribe (ctl->connection, id);
  g_clear_pointer (&ctl->note, g_free);
  return reply;
}

static gboolean
send_order (Order *self, GError **error)
{
  GError              *cause = NULL;
  g_autoptr (GVariant) reply = call_send (self, &cause);
  g_autofree char     *text = NULL;
  const char          *path;

  if (reply == NULL)
    return explain (self, cause, error);
  g_variant_get (reply, "(&o)", &path);
  text = g_strdup_printf ("%u\n", ctl_child_id (path));
  if (self->ctl->options.json)
    ctl_output_json (self->ctl, g_variant_new_parsed ("{'message': <%o>, 'id': <%u>}", path,
                                                      ctl_child_id (path)));
  else
    ctl_output_text (self->ctl, text);
  return TRUE;
}

gboolean
ctl_sms_send (Ctl *ctl, const char *const *args, GError **error)
{
  Order    order = { .ctl = ctl, .done = g_cancellable_new () };
  gboolean done = read_order (&order, args, error) && send_order (&order, error);

  g_object_unref (order.done);
  g_clear_pointer (&order.options, g_variant_unref);
  g_free (order.text);
  g_free (order.path);
  return done;
}
