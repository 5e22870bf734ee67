/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sms: one message, Message1, or a draft. */
#include "mm1-sms.h"

#include "mm1-messaging.h"
#include "mm1-sms-skeleton.h"
#include "mm1-words.h"
#include "mu-text.h"

#define SMS(self) MM_GDBUS_SMS ((self)->base.skeleton)

#define NO_CLASS    (-1)
#define MINUTE      60
#define MAX_MINUTES (63 * 7 * 24 * 60) /* 23.040 9.2.3.12.1 */

/* ---- Message1 ---- */

/* ISO 8601 of seconds since 1970; empty: 0 */
static char *
time_text (gint64 seconds)
{
  g_autoptr (GDateTime) time = NULL;

  if (seconds > 0)
    time = g_date_time_new_from_unix_utc (seconds);
  return time != NULL ? mu_text_time (time) : g_strdup ("");
}

static char *
time_of (GVariant *properties, const char *name)
{
  gint64 seconds = 0;

  (void)g_variant_lookup (properties, name, "x", &seconds);
  return time_text (seconds);
}

void
mm1_sms_update (Mm1Sms *self, GVariant *properties)
{
  const char      *state = mm1_text (properties, "State");
  g_autofree char *timestamp = time_of (properties, "Timestamp");
  g_autofree char *delivered = time_of (properties, "Delivered");
  guint            reference = 0;

  if (!self->sending && g_variant_lookup (properties, "Reference", "u", &reference))
    mm_gdbus_sms_set_message_reference (SMS (self), reference);
  mm_gdbus_sms_set_state (SMS (self), mm1_sms_state (state));
  mm_gdbus_sms_set_delivery_state (SMS (self), mm1_sms_delivery_state (state));
  mm_gdbus_sms_set_timestamp (SMS (self), timestamp);
  mm_gdbus_sms_set_discharge_timestamp (SMS (self), delivered);
  mm_gdbus_sms_set_storage (SMS (self), MM1_STORAGE);
}

gboolean
mm1_sms_has_text (const Mm1Sms *self, GVariant *properties)
{
  return g_str_equal (mm1_text (properties, "Text"), mm_gdbus_sms_get_text (SMS (self)));
}

gboolean
mm1_sms_is (const Mm1Sms *self, GVariant *properties)
{
  return self->sending && self->number == 0
         && g_str_equal (mm1_text (properties, "Direction"), "outgoing")
         && g_str_equal (mm1_text (properties, "Number"), mm_gdbus_sms_get_number (SMS (self)))
         && mm1_sms_has_text (self, properties);
}

/* Contents are set before it is published: no signal ever has them. */
Mm1Sms *
mm1_sms_new (Mm1Object *object, guint number, GVariant *properties)
{
  Mm1Sms              *self = (Mm1Sms *)mm1_interface_new (object, &mm1_sms_class, MM1_SMS);
  g_autoptr (GVariant) data = g_variant_lookup_value (properties, "Data", G_VARIANT_TYPE ("ay"));

  self->number = number;
  mm_gdbus_sms_set_pdu_type (SMS (self), mm1_sms_pdu_type (mm1_text (properties, "Direction")));
  mm_gdbus_sms_set_number (SMS (self), mm1_text (properties, "Number"));
  mm_gdbus_sms_set_text (SMS (self), mm1_text (properties, "Text"));
  if (data != NULL)
    mm_gdbus_sms_set_data (SMS (self), data);
  mm_gdbus_sms_set_smsc (SMS (self), mm1_text (properties, "ServiceCentre"));
  mm_gdbus_sms_set_class (SMS (self), mm1_sms_class_of (mm1_text (properties, "Class")));
  mm1_sms_update (self, properties);
  return self;
}

/* Delivery states are those of 23.040 9.2.3.15. */
Mm1Sms *
mm1_sms_new_report (Mm1Object *object, const char *number, GVariant *args)
{
  Mm1Sms          *self = (Mm1Sms *)mm1_interface_new (object, &mm1_sms_class, MM1_SMS);
  g_autofree char *time = NULL;
  guint            reference, status;
  gint64           seconds;

  g_variant_get (args, "(uux)", &reference, &status, &seconds);
  time = time_text (seconds);
  self->report = TRUE;
  mm_gdbus_sms_set_pdu_type (SMS (self), MM_SMS_PDU_TYPE_STATUS_REPORT);
  mm_gdbus_sms_set_state (SMS (self), MM_SMS_STATE_RECEIVED);
  mm_gdbus_sms_set_number (SMS (self), number);
  mm_gdbus_sms_set_message_reference (SMS (self), reference);
  mm_gdbus_sms_set_delivery_state (SMS (self), status);
  mm_gdbus_sms_set_timestamp (SMS (self), time);
  mm_gdbus_sms_set_discharge_timestamp (SMS (self), time);
  mm_gdbus_sms_set_storage (SMS (self), MM1_STORAGE);
  return self;
}

/* ---- a draft ---- */

/* What Create takes: keys as libmm-glib has them in its dictionary of an SMS. */
typedef struct
{
  const char *text, *number, *smsc;
  gboolean    report;
  gint class;
  guint minutes; /* 0: not said */
} Draft;

static gboolean
fail (GError **error, MMCoreError code, const char *what)
{
  g_set_error_literal (error, MM_CORE_ERROR, (int)code, what);
  return FALSE;
}

/* (type, value); what is relative is in minutes */
static gboolean
read_validity (GVariant *value, Draft *draft, GError **error)
{
  g_autoptr (GVariant) inner = NULL;
  guint                type;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(uv)")))
    return fail (error, MM_CORE_ERROR_INVALID_ARGS, "validity is (uv)");
  g_variant_get (value, "(uv)", &type, &inner);
  if (type == MM_SMS_VALIDITY_TYPE_UNKNOWN)
    return TRUE;
  if (type != MM_SMS_VALIDITY_TYPE_RELATIVE)
    return fail (error, MM_CORE_ERROR_UNSUPPORTED, "Only a relative validity is supported");
  if (!g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32))
    return fail (error, MM_CORE_ERROR_INVALID_ARGS, "A relative validity is a u");
  draft->minutes = g_variant_get_uint32 (inner);
  return draft->minutes <= MAX_MINUTES
         || fail (error, MM_CORE_ERROR_INVALID_ARGS, "validity is at most 63 weeks");
}

static gboolean
read_class (GVariant *value, Draft *draft, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    return fail (error, MM_CORE_ERROR_INVALID_ARGS, "class is an i");
  draft->class = g_variant_get_int32 (value);
  return (draft->class >= NO_CLASS && draft->class <= 3)
         || fail (error, MM_CORE_ERROR_INVALID_ARGS, "class is 0 to 3");
}

static gboolean
read_text (GVariant *value, const char **ret_text, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return fail (error, MM_CORE_ERROR_INVALID_ARGS, "text, number and smsc are strings");
  *ret_text = g_variant_get_string (value, NULL);
  return TRUE;
}

static gboolean
read_report (GVariant *value, Draft *draft, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return fail (error, MM_CORE_ERROR_INVALID_ARGS, "delivery-report-request is a boolean");
  draft->report = g_variant_get_boolean (value);
  return TRUE;
}

/* None are none: KDE's library sends them beside a text. */
static gboolean
read_data (GVariant *value, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    return fail (error, MM_CORE_ERROR_INVALID_ARGS, "data are bytes");
  if (g_variant_n_children (value) > 0)
    return fail (error, MM_CORE_ERROR_UNSUPPORTED, "Data go to a port, which this cannot name");
  return TRUE;
}

static gboolean
read_key (const char *key, GVariant *value, Draft *draft, GError **error)
{
  if (g_str_equal (key, "text"))
    return read_text (value, &draft->text, error);
  if (g_str_equal (key, "number"))
    return read_text (value, &draft->number, error);
  if (g_str_equal (key, "smsc"))
    return read_text (value, &draft->smsc, error);
  if (g_str_equal (key, "class"))
    return read_class (value, draft, error);
  if (g_str_equal (key, "delivery-report-request"))
    return read_report (value, draft, error);
  if (g_str_equal (key, "validity"))
    return read_validity (value, draft, error);
  if (g_str_equal (key, "data"))
    return read_data (value, error);
  return fail (error, MM_CORE_ERROR_INVALID_ARGS, "There is no such property of a message");
}

/* The strings are the dictionary's. */
static gboolean
read_draft (Mm1Object *object, GVariant *dict, Draft *draft, GError **error)
{
  g_autofree char *centre = mm1_get_text (object, "Messaging1", "ServiceCentre");
  GVariantIter     iter;
  const char      *key;
  GVariant        *value;
  gboolean         is_good = TRUE;

  *draft = (Draft){ .text = "", .number = "", .smsc = "", .class = NO_CLASS };
  g_variant_iter_init (&iter, dict);
  while (is_good && g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      is_good = read_key (key, value, draft, error);
      g_variant_unref (value);
    }
  if (!is_good)
    return FALSE;
  if (draft->number[0] == '\0' || draft->text[0] == '\0')
    return fail (error, MM_CORE_ERROR_INVALID_ARGS, "A message has a number and a text");
  return draft->smsc[0] == '\0' || g_str_equal (draft->smsc, centre)
         || fail (error, MM_CORE_ERROR_UNSUPPORTED, "Messages go by the card's service centre");
}

static GVariant *
options_of (const Draft *draft)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (draft->report)
    g_variant_dict_insert (&dict, "report", "b", TRUE);
  if (draft->class != NO_CLASS)
    g_variant_dict_insert (&dict, "class", "u", (guint)draft->class);
  if (draft->minutes != 0)
    g_variant_dict_insert (&dict, "validity", "u", draft->minutes * MINUTE);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static GVariant *
validity_of (guint minutes)
{
  MMSmsValidityType type
      = minutes != 0 ? MM_SMS_VALIDITY_TYPE_RELATIVE : MM_SMS_VALIDITY_TYPE_UNKNOWN;

  return g_variant_new ("(uv)", (guint)type, g_variant_new_uint32 (minutes));
}

Mm1Sms *
mm1_sms_new_draft (Mm1Object *object, GVariant *properties, GError **error)
{
  Mm1Sms *self;
  Draft   draft;

  if (!read_draft (object, properties, &draft, error))
    return NULL;
  self = (Mm1Sms *)mm1_interface_new (object, &mm1_sms_class, MM1_SMS);
  self->options = options_of (&draft);
  mm_gdbus_sms_set_pdu_type (SMS (self), MM_SMS_PDU_TYPE_SUBMIT);
  mm_gdbus_sms_set_number (SMS (self), draft.number);
  mm_gdbus_sms_set_text (SMS (self), draft.text);
  mm_gdbus_sms_set_smsc (SMS (self), draft.smsc);
  mm_gdbus_sms_set_class (SMS (self), draft.class);
  mm_gdbus_sms_set_delivery_report_request (SMS (self), draft.report);
  mm_gdbus_sms_set_validity (SMS (self), validity_of (draft.minutes));
  return self;
}

/* ---- methods ---- */

/* Returned, failed, or nobody waits any more. */
static void
on_send_ended (gpointer data)
{
  Mm1Sms *self = data;

  self->sending = FALSE;
  if (self->number == 0)
    mm_gdbus_sms_set_state (SMS (self), MM_SMS_STATE_UNKNOWN);
}

/* What is in the database is this draft.  The list has usually brought them together already, but
 * of two that are the same it may have taken the other one. */
static void
become (Mm1Sms *self, guint number)
{
  Mm1Messaging        *messaging = mm1_messaging_of (self->base.object);
  Mm1Sms              *other = mm1_messaging_find (messaging, number);
  g_autoptr (GVariant) properties = mm1_get_child (self->base.object, "Messaging1", number);

  if (other != NULL && other != self && !other->sending && self->number == 0)
    mm1_messaging_drop (messaging, other);
  else if (other != NULL)
    other->number = self->number;
  self->number = number;
  if (properties != NULL)
    mm1_sms_update (self, properties);
}

/* After Send has returned, as ModemManager says it: chatty 0.7 ends where it comes before that.  By
 * then the list may have dropped the message. */
static void
tell_reference (Mm1Messaging *messaging, guint number, const char *to)
{
  g_autoptr (GVariant) properties = mm1_get_child (messaging->base.object, "Messaging1", number);
  Mm1Sms              *sms = mm1_messaging_find (messaging, number);
  guint                reference = 0;

  if (properties == NULL)
    return;
  if (sms != NULL)
    mm1_sms_update (sms, properties);
  (void)g_variant_lookup (properties, "Reference", "u", &reference);
  mm1_reports_expect (messaging, reference, to);
}

static void
on_sent (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  Mm1Messaging    *messaging = mm1_messaging_of (base->object);
  g_autofree char *to = g_strdup (mm_gdbus_sms_get_number (SMS ((Mm1Sms *)base)));
  const char      *path;
  guint            number;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  g_variant_get (reply, "(&o)", &path);
  number = mm1_path_number (path);
  become ((Mm1Sms *)base, number);
  g_dbus_interface_skeleton_flush (base->skeleton);
  mm1_call_return (call, NULL);
  tell_reference (messaging, number, to);
}

static void
send_text (Mm1Sms *self, Mm1Call *call)
{
  Mm1Request send = { "Messaging1", "Send", 0, NULL };

  self->number = 0;
  self->sending = TRUE;
  mm_gdbus_sms_set_state (SMS (self), MM_SMS_STATE_SENDING);
  mm1_call_keep (call, self, on_send_ended);
  send.args = g_variant_new ("(ss@a{sv})", mm_gdbus_sms_get_number (SMS (self)),
                             mm_gdbus_sms_get_text (SMS (self)), self->options);
  mm1_call_start (call, &send, on_sent);
}

/* What has failed is tried as a new message. */
static void
on_failed_deleted (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                   const GError *error)
{
  Mm1Sms *self = (Mm1Sms *)base;

  if (error != NULL)
    mm1_call_fail (call, error);
  else if (self->sending)
    mm1_call_reject (call, MM_CORE_ERROR_IN_PROGRESS, "The message is being sent");
  else
    send_text (self, call);
}

/* Only who may do that makes others wait. */
static void
on_send_allowed (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  Mm1Sms *self = (Mm1Sms *)base;

  if (error != NULL)
    mm1_call_fail (call, error);
  else if (self->sending)
    mm1_call_reject (call, MM_CORE_ERROR_IN_PROGRESS, "The message is being sent");
  else if (self->number == 0 && !self->report)
    send_text (self, call);
  else if (mm_gdbus_sms_get_state (SMS (self)) == MM_SMS_STATE_STORED)
    mm1_call_start (call, &(Mm1Request){ "Messaging1", "Delete", self->number, reply },
                    on_failed_deleted);
  else
    mm1_call_reject (call, MM_CORE_ERROR_WRONG_STATE, "The message is not to be sent");
}

static void
send_message (Mm1Interface *base G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  mm1_call_check (call, MM1_ACCESS_MESSAGES, on_send_allowed);
}

/* Store: <storage>, 0 for any.  What was sent or has come is stored; drafts are not. */
static void
store (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  guint storage;

  g_variant_get (args, "(u)", &storage);
  if ((((Mm1Sms *)base)->number != 0 || ((Mm1Sms *)base)->report)
      && (storage == MM1_STORAGE || storage == MM_SMS_STORAGE_UNKNOWN))
    mm1_call_return (call, NULL);
  else
    mm1_call_reject (call, MM_CORE_ERROR_UNSUPPORTED, "A message is stored when it is sent");
}

static const Mm1Method methods[] = {
  { "Send", .run = send_message },
  { "Store", .run = store },
};

/* ---- life ---- */

static void
init (Mm1Interface *base)
{
  Mm1Sms *self = (Mm1Sms *)base;

  mm1_sms_skeleton_set_interface (MM1_SMS_SKELETON (base->skeleton), base);
  self->options = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
  mm_gdbus_sms_set_class (SMS (self), NO_CLASS);
  mm_gdbus_sms_set_data (SMS (self), g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0));
  mm_gdbus_sms_set_validity (SMS (self), validity_of (0));
  mm_gdbus_sms_set_delivery_state (SMS (self), MM_SMS_DELIVERY_STATE_UNKNOWN);
}

static void
clear (Mm1Interface *base)
{
  g_variant_unref (((Mm1Sms *)base)->options);
}

const Mm1InterfaceClass mm1_sms_class = {
  .type = mm1_sms_skeleton_get_type,
  .size = sizeof (Mm1Sms),
  .init = init,
  .clear = clear,
  MU_TABLE (methods, methods),
};
