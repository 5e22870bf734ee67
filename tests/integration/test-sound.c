/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Speech and recordings, from the bus to the module and back. */
#include "house.h"

#include "../mu-test.h"

#include <gio/gunixfdlist.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static House *house;

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new ("20");
  house_start_daemon (house, NULL);
  house_ready (house);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  return 0;
}

static GDBusConnection *
another_client (void)
{
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (house->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);

  assert_non_null (connection);
  return connection;
}

/* Read or Write on the caller's file; returns the bytes. */
static guint
transfer (const char *method, const char *name, int fd)
{
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  g_autoptr (GError)      error = NULL;
  g_autoptr (GVariant)    reply = NULL;
  int                     handle = g_unix_fd_list_append (files, fd, NULL);
  guint                   bytes;

  reply = g_dbus_connection_call_with_unix_fd_list_sync (
      house->connection, "org.mu709", house->modem, "org.mu709.Recorder1", method,
      g_variant_new ("(sh)", name, handle), NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, files, NULL,
      NULL, &error);
  if (reply == NULL)
    fail_msg ("%s", error->message);
  g_variant_get (reply, "(u)", &bytes);
  return bytes;
}

static int
open_file (const char *name, int flags)
{
  g_autofree char *path = g_build_filename (house->directory, name, NULL);
  int              fd = open (path, flags | O_CLOEXEC, 0600);

  assert_true (fd >= 0);
  return fd;
}

/* What the module has, by its own account. */
static guint
size_in_module (const char *name)
{
  const char *line = strstr (house_sim (house, "recordings"), name);

  return line != NULL ? (guint)atoi (line + strlen (name)) : 0;
}

static void
assert_same_content (const char *one_name, const char *other_name)
{
  g_autofree char *one_path = g_build_filename (house->directory, one_name, NULL);
  g_autofree char *other_path = g_build_filename (house->directory, other_name, NULL);
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  gsize            n, n_other;

  assert_true (g_file_get_contents (one_path, &one, &n, NULL));
  assert_true (g_file_get_contents (other_path, &other, &n_other, NULL));
  assert_true (g_str_has_prefix (one, "#!AMR\n"));
  assert_int_equal (n, n_other);
  assert_memory_equal (one, other, n);
}

/* Recorded, read, written under another name, read again, and out of RAM. */
static void
test_recording (void **state G_GNUC_UNUSED)
{
  int   fd;
  guint size;

  assert_string_equal (house_call (house, "Recorder1", "Start", "('REC1.AMR',)"), "()");
  house_wait (house, "Recorder1", "State", "'recording'");
  house_sim (house, "advance 5");
  assert_true (g_str_has_prefix (house_call (house, "Recorder1", "Stop", "()"), "("));
  size = size_in_module ("REC1.AMR ");
  assert_true (size > 4000);

  fd = open_file ("one", O_WRONLY | O_CREAT);
  assert_int_equal (transfer ("Read", "REC1.AMR", fd), size);
  close (fd);
  fd = open_file ("one", O_RDONLY);
  assert_int_equal (transfer ("Write", "RAM", fd), size);
  close (fd);
  assert_int_equal (size_in_module ("RAM "), size);
  fd = open_file ("two", O_WRONLY | O_CREAT);
  assert_int_equal (transfer ("Read", "RAM", fd), size);
  close (fd);
  assert_same_content ("one", "two");
  assert_int_equal (size_in_module ("RAM "), 0);
  house_call (house, "Recorder1", "Delete", "('REC1.AMR',)");
  assert_int_equal (size_in_module ("REC1.AMR "), 0);
  house_wait (house, "Recorder1", "Files", "[]");
}

static void
test_speech (void **state G_GNUC_UNUSED)
{
  g_autofree char *speaking = NULL;

  assert_string_equal (house_call (house, "Speech1", "Speak", "('hello', @a{sv} {})"),
                       "NotAllowed");
  assert_string_equal (house_call (house, "Modem1", "Command", "('AT^TTSCFG=0,1', uint32 0)"),
                       "([],)");
  assert_string_equal (house_call (house, "Speech1", "Speak", "('你好', @a{sv} {})"), "()");
  assert_non_null (strstr (house_sim (house, "spoken"), "gbk C4E3BAC3"));
  speaking = house_get (house, "Speech1", "Speaking");
  assert_string_equal (speaking, "false");
}

/* The caller leaves: nothing is said for nobody, the next one is heard. */
static void
test_speaker_leaves (void **state G_GNUC_UNUSED)
{
  GDBusConnection *leaver = another_client ();

  house_call (house, "Modem1", "Command", "('AT^TTSCFG=0,1', uint32 0)");
  g_dbus_connection_call (
      leaver, "org.mu709", house->modem, "org.mu709.Speech1", "Speak",
      g_variant_new_parsed ("('a text that takes its time, so that it can be left', @a{sv} {})"),
      NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, NULL, NULL);
  house_wait (house, "Speech1", "Speaking", "true");
  g_dbus_connection_close_sync (leaver, NULL, NULL);
  g_object_unref (leaver);
  house_wait (house, "Speech1", "Speaking", "false");
  assert_string_equal (house_call (house, "Speech1", "Speak", "('next', @a{sv} {})"), "()");
}

/* The module restarts while it records. */
static void
test_restart (void **state G_GNUC_UNUSED)
{
  house_call (house, "Recorder1", "Start", "('RAM',)");
  house_wait (house, "Recorder1", "State", "'recording'");
  house_sim (house, "reset");
  house_wait (house, "Recorder1", "State", "'idle'");
  house_ready (house);
  assert_string_equal (house_call (house, "Recorder1", "Play", "('RAM',)"), "NotFound");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_recording),
    TEST (test_speech),
    TEST (test_speaker_leaves),
    TEST (test_restart),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
