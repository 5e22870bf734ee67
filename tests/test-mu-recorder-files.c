/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recordings as files: read, written, deleted (guide 27). */
#include "mu-hex.h"
#include "mu-recorder.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "recorder-bed.h"

#include <glib-unix.h>

#include <string.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

static int pipe_end; /* the caller's; -1: closed */

static int
set_up (void **state)
{
  pipe_end = -1;
  return recorder_bed_set_up (state);
}

static int
tear_down (void **state)
{
  recorder_bed_tear_down (state);
  if (pipe_end >= 0)
    close (pipe_end);
  return 0;
}

static void
give (int fd)
{
  g_clear_object (&recorder_bed->files);
  recorder_bed->files = g_unix_fd_list_new_from_array (&fd, 1);
}

/* The caller passes one end of a pipe and keeps the other. */
static void
give_pipe (gboolean to_write)
{
  int fds[2];

  assert_int_equal (pipe (fds), 0);
  give (fds[to_write]);
  pipe_end = fds[!to_write];
}

/* Nothing goes into it any more; it blocks nevertheless, as a caller's does. */
static void
fill_pipe (void)
{
  int fd = g_unix_fd_list_peek_fds (recorder_bed->files, NULL)[0];

  assert_true (g_unix_set_fd_nonblocking (fd, TRUE, NULL));
  while (write (fd, "", 1) == 1)
    ;
  assert_true (g_unix_set_fd_nonblocking (fd, FALSE, NULL));
}

static void
drain_pipe (void)
{
  char buffer[65536];

  assert_true (read (pipe_end, buffer, sizeof buffer) > 4096);
}

static void
close_pipe (void)
{
  close (pipe_end);
  pipe_end = -1;
}

/* The caller's own copy goes, too: what is left is the daemon's. */
static void
wait_done (void)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (recorder_bed->done->len == 0)
    {
      assert_true (g_get_monotonic_time () < deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (100);
    }
}

static GByteArray *
amr (guint n)
{
  GByteArray *data = g_byte_array_new ();

  g_byte_array_append (data, (const guint8 *)"#!AMR\n", 6);
  while (data->len < n)
    {
      guint8 byte = (guint8)(data->len * 7);

      g_byte_array_append (data, &byte, 1);
    }
  g_byte_array_set_size (data, n);
  return data;
}

static char *
hex_of (const GByteArray *data, guint offset, guint n)
{
  return mu_hex_encode (data->data + offset, n);
}

static void
expect_read (const char *name, guint offset)
{
  g_autofree char *command = g_strdup_printf ("AT^FILEIO=1,\"%s\",1,,%u,512", name, offset);

  at_peer_expect (recorder_bed->peer, command);
}

/* size: what the module says of the file */
static void
say_packet (const GByteArray *data, guint offset, guint n, guint size)
{
  g_autofree char *hex = hex_of (data, offset, n);
  g_autofree char *lines = g_strdup_printf ("^FILEIO: %u,%u \"%s\"|OK", n, size, hex);

  session_bed_say (recorder_bed, lines);
}

static void
assert_piped (const GByteArray *data)
{
  g_autofree guint8 *got = g_malloc (data->len + 1);

  assert_int_equal (read (pipe_end, got, data->len + 1), data->len);
  assert_memory_equal (got, data->data, data->len);
}

static void
test_read (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (1100);

  give_pipe (TRUE);
  recorder_bed_call ("Read", "('REC1.AMR', handle 0)");
  TRANSFER ("{'name': <'REC1.AMR'>, 'direction': <'read'>, 'bytes': <uint32 0>}");
  expect_read ("REC1.AMR", 0);
  say_packet (data, 0, 512, 1100);
  expect_read ("REC1.AMR", 512);
  TRANSFER ("{'name': <'REC1.AMR'>, 'direction': <'read'>, 'bytes': <uint32 512>, 'size': <uint32 "
            "1100>}");
  say_packet (data, 512, 512, 1100);
  expect_read ("REC1.AMR", 1024);
  say_packet (data, 1024, 76, 1100);
  wait_done ();
  assert_done ("(1100,)");
  assert_piped (data);
  TRANSFER ("{}");
  FILES ("[{'name': <'REC1.AMR'>, 'size': <uint32 1100>, 'storage': <'flash'>}]");
}

/* RAM is read from its start, and what it says is what is left. */
static void
test_read_ram (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (1000);

  give_pipe (TRUE);
  recorder_bed_call ("Read", "('RAM', handle 0)");
  expect_read ("RAM", 0);
  say_packet (data, 0, 512, 1000);
  expect_read ("RAM", 0);
  FILES ("[{'name': <'RAM'>, 'size': <uint32 488>, 'storage': <'ram'>}]");
  say_packet (data, 512, 488, 488);
  wait_done ();
  assert_done ("(1000,)");
  assert_piped (data);
  FILES ("[]");
}

static void
test_read_forms (void **state G_GNUC_UNUSED)
{
  static const char *const answers[] = {
    "^FILEIO: 3,3 \"414243\"|OK",
    "^FILEIO: 3,3,\"414243\"|OK",
    "^FILEIO:3,3|\"414243\"|OK",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      char text[4] = { 0 };

      give_pipe (TRUE);
      recorder_bed_call ("Read", "('REC1.AMR', handle 0)");
      expect_read ("REC1.AMR", 0);
      session_bed_say (recorder_bed, answers[i]);
      wait_done ();
      assert_done ("(3,)");
      assert_int_equal (read (pipe_end, text, 3), 3);
      assert_string_equal (text, "ABC");
      close_pipe ();
    }
}

static void
test_read_nonsense (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *answer, *word;
  } rows[] = {
    { "OK", "Modem" },
    { "^FILEIO: 3,3|OK", "Modem" },
    { "^FILEIO: 3,3 \"41424\"|OK", "Modem" },
    { "^FILEIO: 4,4 \"414243\"|OK", "Modem" },
    { "^FILEIO: 0,3 \"\"|OK", "Modem" },
    { "^FILEIO: 513,600 \"41\"|OK", "Modem" },
    { "^FILEIO: x,y \"41\"|OK", "Modem" },
    { "+CME ERROR: Operation not supported", "NotFound" },
    { "+CME ERROR: Error command parameters", "Modem" },
    { "ERROR", "Failed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      give_pipe (TRUE);
      recorder_bed_call ("Read", "('REC1.AMR', handle 0)");
      expect_read ("REC1.AMR", 0);
      session_bed_say (recorder_bed, rows[i].answer);
      assert_done (rows[i].word);
      close_pipe ();
    }
}

/* The next packet waits until the reader has taken this one. */
static void
test_slow_reader (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (1100);

  give_pipe (TRUE);
  fill_pipe ();
  recorder_bed_call ("Read", "('REC1.AMR', handle 0)");
  expect_read ("REC1.AMR", 0);
  say_packet (data, 0, 512, 1100);
  g_usleep (3000);
  at_peer_expect_nothing (recorder_bed->peer);
  drain_pipe ();
  expect_read ("REC1.AMR", 512);
  session_bed_say (recorder_bed, "ERROR");
  assert_done ("Failed");
}

static void
test_no_reader (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (600);

  give_pipe (TRUE);
  fill_pipe ();
  recorder_bed_call ("Read", "('REC1.AMR', handle 0)");
  expect_read ("REC1.AMR", 0);
  say_packet (data, 0, 512, 600);
  recorder_bed_assert_refused ("Start", "('RAM',)", "Busy");
  mu_timer_advance (61000);
  at_peer_settle ();
  TRANSFER ("{}");
  recorder_bed_call ("Delete", "('RAM',)");
  at_peer_answer (recorder_bed->peer, "AT^FILEIO=3,\"RAM\"", "OK");
}

static void
test_closed_reader (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (600);

  give_pipe (TRUE);
  recorder_bed_call ("Read", "('REC1.AMR', handle 0)");
  expect_read ("REC1.AMR", 0);
  close_pipe ();
  say_packet (data, 0, 512, 600);
  wait_done ();
  assert_done ("Failed");
  at_peer_expect_nothing (recorder_bed->peer);
}

static void
test_reader_leaves (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (600);

  give_pipe (TRUE);
  session_bed_cancel (recorder_bed, recorder_bed_call ("Read", "('REC1.AMR', handle 0)"));
  expect_read ("REC1.AMR", 0);
  say_packet (data, 0, 512, 600);
  at_peer_expect_nothing (recorder_bed->peer);
  TRANSFER ("{}");
  close_pipe ();
  give_pipe (FALSE);
  session_bed_cancel (recorder_bed, recorder_bed_call ("Write", "('REC1.AMR', handle 0)"));
  TRANSFER ("{}");
}

static void
test_no_descriptor (void **state G_GNUC_UNUSED)
{
  recorder_bed_assert_refused ("Read", "('REC1.AMR', handle 0)", "InvalidArgument");
  give_pipe (FALSE);
  recorder_bed_assert_refused ("Read", "('REC1.AMR', handle 0)",
                               "InvalidArgument"); /* it can only be read */
  recorder_bed_assert_refused ("Write", "('REC1.AMR', handle 1)", "InvalidArgument");
  recorder_bed_assert_refused ("Write", "('REC1.AMR', handle -1)", "InvalidArgument");
  recorder_bed_assert_refused ("Write", "('REC9.AMR', handle 0)", "InvalidArgument");
  recorder_bed_assert_refused ("Read", "('', handle 0)", "InvalidArgument");
}

static void
expect_write (const char *name, guint packet, guint total, const GByteArray *data)
{
  guint            offset = (packet - 1) * 512;
  g_autofree char *hex = hex_of (data, offset, MIN (512, data->len - offset));
  g_autofree char *command
      = g_strdup_printf ("AT^FILEIO=2,\"%s\",1,,%u,%u,\"%s\"", name, packet, total, hex);

  at_peer_expect (recorder_bed->peer, command);
}

/* A regular file with that content. */
static void
give_file (const GByteArray *data)
{
  g_autofree char *name = NULL;
  int              fd = g_file_open_tmp ("mu-recorder-XXXXXX", &name, NULL);

  assert_true (fd >= 0);
  assert_int_equal (unlink (name), 0);
  assert_int_equal (write (fd, data->data, data->len), data->len);
  assert_int_equal (lseek (fd, 0, SEEK_SET), 0);
  give (fd);
}

static void
test_write (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (1030);

  give_file (data);
  recorder_bed_call ("Write", "('REC5.AMR', handle 0)");
  expect_write ("REC5.AMR", 1, 3, data);
  session_bed_say (recorder_bed, "^FILEIO: 1,512|OK");
  TRANSFER ("{'name': <'REC5.AMR'>, 'direction': <'write'>, 'bytes': <uint32 512>, 'size': <uint32 "
            "1030>}");
  expect_write ("REC5.AMR", 2, 3, data);
  session_bed_say (recorder_bed, "^FILEIO: 2,512|OK");
  expect_write ("REC5.AMR", 3, 3, data);
  session_bed_say (recorder_bed, "^FILEIO: 3,6|OK");
  assert_done ("(1030,)");
  FILES ("[{'name': <'REC5.AMR'>, 'size': <uint32 1030>, 'storage': <'flash'>}]");
}

/* A pipe is read to its end before anything is sent: the first packet says how many there are. */
static void
test_write_pipe (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (600);

  give_pipe (FALSE);
  recorder_bed_call ("Write", "('RAM', handle 0)");
  assert_int_equal (write (pipe_end, data->data, 100), 100);
  g_usleep (3000);
  at_peer_expect_nothing (recorder_bed->peer);
  assert_int_equal (write (pipe_end, data->data + 100, 500), 500);
  close_pipe ();
  expect_write ("RAM", 1, 2, data);
  session_bed_say (recorder_bed, "^FILEIO: 1,512|OK");
  expect_write ("RAM", 2, 2, data);
  session_bed_say (recorder_bed, "+CME ERROR: memory full");
  assert_done ("MemoryFull");
  FILES ("[{'name': <'RAM'>, 'size': <uint32 512>, 'storage': <'ram'>}]");
}

static void
test_write_no_amr (void **state G_GNUC_UNUSED)
{
  static const char *const texts[] = { "", "#!AMR", "#!AMR-WB\nxxxx", "ID3" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      give_pipe (FALSE);
      recorder_bed_call ("Write", "('REC1.AMR', handle 0)");
      assert_int_equal (write (pipe_end, texts[i], strlen (texts[i])), strlen (texts[i]));
      close_pipe ();
      wait_done ();
      assert_done ("InvalidArgument");
    }
  at_peer_expect_nothing (recorder_bed->peer);
}

static void
test_write_limits (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) most = amr (60 * 1024);
  g_autoptr (GByteArray) ram = amr (60 * 1024 + 1);
  g_autoptr (GByteArray) flash = amr (300 * 1024 + 1);

  give_file (ram);
  recorder_bed_call ("Write", "('RAM', handle 0)");
  wait_done ();
  assert_done ("TooLong");
  give_file (flash);
  recorder_bed_call ("Write", "('REC1.AMR', handle 0)");
  wait_done ();
  assert_done ("TooLong");
  at_peer_expect_nothing (recorder_bed->peer);
  give_file (most);
  recorder_bed_call ("Write", "('RAM', handle 0)");
  expect_write ("RAM", 1, 120, most);
}

static void
test_write_nonsense (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *answer, *word;
  } rows[] = {
    { "OK", "Modem" },
    { "^FILEIO: 1,511|OK", "Modem" },
    { "^FILEIO: 1|OK", "Modem" },
    { "+CME ERROR: 65290", "InvalidArgument" },
    { "+CME ERROR: Operation not supported", "NotSupported" },
  };
  g_autoptr (GByteArray) data = amr (600);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      give_file (data);
      recorder_bed_call ("Write", "('REC1.AMR', handle 0)");
      expect_write ("REC1.AMR", 1, 2, data);
      session_bed_say (recorder_bed, rows[i].answer);
      assert_done (rows[i].word);
    }
}

static void
test_no_writer (void **state G_GNUC_UNUSED)
{
  give_pipe (FALSE);
  recorder_bed_call ("Write", "('REC1.AMR', handle 0)");
  mu_timer_advance (61000);
  at_peer_settle ();
  assert_done ("Timeout");
}

/* The line is cut in the middle, or the module restarts. */
static void
test_transfer_lost (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (1030);

  give_file (data);
  recorder_bed_call ("Write", "('REC5.AMR', handle 0)");
  expect_write ("REC5.AMR", 1, 3, data);
  session_bed_say (recorder_bed, "^FILEIO: 1,512|OK");
  expect_write ("REC5.AMR", 2, 3, data);
  at_peer_hang_up (recorder_bed->peer);
  at_peer_settle ();
  assert_done ("Gone");
  TRANSFER ("{}");
  FILES ("[]");
}

static void
test_transfer_restart (void **state G_GNUC_UNUSED)
{
  give_pipe (FALSE);
  recorder_bed_call ("Write", "('REC5.AMR', handle 0)");
  session_bed_say (recorder_bed, "^SYSSTART");
  assert_done ("Aborted");
  TRANSFER ("{}");
}

static void
test_delete (void **state G_GNUC_UNUSED)
{
  recorder_bed_record ();
  session_bed_say (recorder_bed, "^AUDEND: 0,1,10");
  recorder_bed_call ("Delete", "('REC1.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^FILEIO=3,\"REC1.AMR\"", "ERROR");
  assert_done ("Failed");
  recorder_bed_call ("Delete", "('REC1.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^FILEIO=3,\"REC1.AMR\"", "OK");
  assert_done ("()");
  FILES ("[]");
}

/* It is gone all the same. */
static void
test_delete_and_leave (void **state G_GNUC_UNUSED)
{
  MuCall *call;

  recorder_bed_play ();
  session_bed_say (recorder_bed, "^AUDEND: 1,1");
  FILES ("[{'name': <'REC2.AMR'>, 'storage': <'flash'>}]");
  call = recorder_bed_call ("Delete", "('REC2.AMR',)");
  at_peer_expect (recorder_bed->peer, "AT^FILEIO=3,\"REC2.AMR\"");
  session_bed_cancel (recorder_bed, call);
  session_bed_say (recorder_bed, "OK");
  at_peer_settle ();
  FILES ("[]");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_read),
    TEST (test_read_ram),
    TEST (test_read_forms),
    TEST (test_read_nonsense),
    TEST (test_slow_reader),
    TEST (test_no_reader),
    TEST (test_closed_reader),
    TEST (test_reader_leaves),
    TEST (test_no_descriptor),
    TEST (test_write),
    TEST (test_write_pipe),
    TEST (test_write_no_amr),
    TEST (test_write_limits),
    TEST (test_write_nonsense),
    TEST (test_no_writer),
    TEST (test_transfer_lost),
    TEST (test_transfer_restart),
    TEST (test_delete),
    TEST (test_delete_and_leave),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
