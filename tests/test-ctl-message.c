/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-child.h"
#include "ctl-json.h"
#include "ctl-message.h"
#include "mu-test.h"

static const CtlStyle wide = { .unicode = TRUE, .width = 200 };
static const CtlStyle narrow = { .unicode = TRUE, .width = 60 };
static const CtlStyle ascii = { .width = 60 };

#define PATH "/org/mu709/modem/usb_2_1/message/"

static const char short_one[]
    = "{'Direction': <'incoming'>, 'State': <'received'>, 'Number': <'+15550123'>,"
      " 'Text': <'Hello'>, 'Data': <@ay []>, 'Timestamp': <int64 1795375174>,"
      " 'Delivered': <int64 0>, 'Class': <'none'>, 'Parts': <uint32 1>,"
      " 'PartsPresent': <uint32 1>, 'ServiceCentre': <'+15550199'>, 'Error': <''>}";

/* Somebody is up to no good. */
static const char evil[]
    = "{'Direction': <'incoming'>, 'State': <'read'>, 'Number': <'\\u001b]0;x'>,"
      " 'Text': <'\\r\\n\\u001b[2Jred\\u0085\\r\\n\\tsecond\\rthird'>, 'Data': <@ay []>,"
      " 'Timestamp': <int64 1795375174>, 'Class': <'flash'>, 'Parts': <uint32 3>,"
      " 'PartsPresent': <uint32 2>}";

static const char data[]
    = "{'Direction': <'outgoing'>, 'State': <'failed'>, 'Number': <'12'>, 'Text': <''>,"
      " 'Data': <[byte 0x00, 0xff]>, 'Timestamp': <int64 1795375174>,"
      " 'Delivered': <int64 1795375179>, 'Class': <'none'>, 'Error': <'NoNetwork: none'>}";

static const char lengthy[] = "{'Direction': <'outgoing'>, 'State': <'sent'>, 'Number': <'12'>,"
                              " 'Text': <'A line that is longer than the terminal is wide'>,"
                              " 'Timestamp': <int64 1795375174>}";

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant          *value = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);

  if (value == NULL)
    fail_msg ("%s", error->message);
  return value;
}

static char *
show (const char *text)
{
  g_autoptr (GVariant) properties = parse (text);

  return ctl_message_text (PATH "12", properties, &wide);
}

static char *
table (const CtlStyle *style)
{
  const char *const    texts[] = { short_one, evil, data, lengthy };
  GVariantBuilder      rows;
  g_autoptr (GVariant) messages = NULL;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(oa{sv})"));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) properties = parse (texts[i]);
      g_autofree char     *path = g_strdup_printf (PATH "%u", 12 - (guint)i);

      g_variant_builder_add (&rows, "(o@a{sv})", path, properties);
    }
  messages = g_variant_ref_sink (g_variant_builder_end (&rows));
  return ctl_message_table (messages, style);
}

static void
test_table (void **state G_GNUC_UNUSED)
{
  g_autofree char *all = table (&wide);
  g_autofree char *cut = table (&narrow);
  g_autofree char *plain = table (&ascii);

  assert_string_equal (
      all, "12  2026-11-22 19:19:34  ←  +15550123  received  Hello\n"
           "11  2026-11-22 19:19:34  ←  \\x1b]0;x   read      \\x1b[2Jred\\x85 …\n"
           "10  2026-11-22 19:19:34  →  12         failed    [00ff]\n"
           "9   2026-11-22 19:19:34  →  12         sent      A line that is longer than the "
           "terminal is wide\n");
  assert_string_equal (cut, "12  2026-11-22 19:19:34  ←  +15550123  received  Hello\n"
                            "11  2026-11-22 19:19:34  ←  \\x1b]0;x   read      \\x1b[2Jred…\n"
                            "10  2026-11-22 19:19:34  →  12         failed    [00ff]\n"
                            "9   2026-11-22 19:19:34  →  12         sent      A line tha…\n");
  assert_string_equal (plain, "12  2026-11-22 19:19:34  <-  +15550123  received  Hello\n"
                              "11  2026-11-22 19:19:34  <-  \\x1b]0;x   read      \\x1b[2J...\n"
                              "10  2026-11-22 19:19:34  ->  12         failed    [00ff]\n"
                              "9   2026-11-22 19:19:34  ->  12         sent      A line ...\n");
}

static void
test_whole (void **state G_GNUC_UNUSED)
{
  g_autofree char *first = show (short_one);
  g_autofree char *second = show (evil);
  g_autofree char *third = show (data);

  assert_string_equal (first, "Message  12, received\n"
                              "From     +15550123\n"
                              "Time     2026-11-22 19:19:34\n"
                              "Centre   +15550199\n"
                              "\n"
                              "Hello\n");
  assert_string_equal (second, "Message  12, read\n"
                               "From     \\x1b]0;x\n"
                               "Time     2026-11-22 19:19:34\n"
                               "Class    flash\n"
                               "Parts    2 of 3\n"
                               "\n"
                               "\n\\x1b[2Jred\\x85\n\tsecond\nthird\n");
  assert_string_equal (third, "Message    12, failed\n"
                              "To         12\n"
                              "Time       2026-11-22 19:19:34\n"
                              "Delivered  2026-11-22 19:19:39\n"
                              "Error      NoNetwork: none\n"
                              "\n"
                              "00ff\n");
}

/* A daemon that tells nothing does no harm. */
static void
test_nothing (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = show ("@a{sv} {}");

  assert_string_equal (text, "Message  12, \n\n");
}

static void
test_json (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) properties = parse ("{'State': <'sent'>, 'Text': <'a\\u001b'>}");
  g_autoptr (GVariant) json = g_variant_ref_sink (ctl_child_json (PATH "7", properties));
  g_autoptr (GString)  text = g_string_new (NULL);

  ctl_json_append (text, json);
  assert_string_equal (text->str, "{\"path\":\"" PATH "7\",\"id\":7,\"State\":\"sent\","
                                  "\"Text\":\"a\\u001b\"}");
}

static void
test_id (void **state G_GNUC_UNUSED)
{
  assert_int_equal (ctl_child_id (PATH "4294967295"), G_MAXUINT32);
  assert_int_equal (ctl_child_id (PATH "4294967296"), 0);
  assert_int_equal (ctl_child_id (PATH "x"), 0);
  assert_int_equal (ctl_child_id (""), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_table), cmocka_unit_test (test_whole), cmocka_unit_test (test_nothing),
    cmocka_unit_test (test_json),  cmocka_unit_test (test_id),
  };

  g_setenv ("TZ", "UTC", TRUE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
