/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-hex.h"
#include "mu-recorder.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "session-bed.h"

#include <glib-unix.h>

#include <string.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

static SessionBed *bed;
static GString    *finished; /* signals */
static int         pipe_end; /* the caller's; -1: closed */

/* ---- what the service tells ---- */

static void
on_changed (MuService *service G_GNUC_UNUSED, const MuProp *prop G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_emitted (MuService *service G_GNUC_UNUSED, const char *signal, GVariant *args,
            gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  g_string_append_printf (finished, "%s%s", signal, text);
}

static const MuServiceEvents events = { on_changed, on_emitted, NULL };

static void
assert_finished (const char *expected)
{
  assert_string_equal (finished->str, expected);
  g_string_truncate (finished, 0);
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  bed = session_bed_new ();
  finished = g_string_new (NULL);
  pipe_end = -1;
  mu_service_observe (session_bed_service (bed, "Recorder1"), &events, bed);
  session_bed_start (bed, NULL, 0);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  mu_service_unobserve (session_bed_service (bed, "Recorder1"), bed);
  session_bed_free (bed);
  g_string_free (finished, TRUE);
  if (pipe_end >= 0)
    close (pipe_end);
  return 0;
}

#define STATE(text)     assert_property (bed, "Recorder1", "State", text)
#define FILES(text)     assert_property (bed, "Recorder1", "Files", text)
#define TRANSFER(text)  assert_property (bed, "Recorder1", "Transfer", text)
#define assert_done(to) assert_string_equal (bed->done->str, to)

static MuCall *
call (const char *method, const char *args)
{
  return session_bed_call (bed, "Recorder1", method, args);
}

static void
record (void)
{
  call ("Start", "('REC1.AMR',)");
  at_peer_answer (bed->peer, "AT^RECCFG?", "^RECCFG: 0,3|^RECCFG: 1,5|OK");
  at_peer_answer (bed->peer, "AT^AUDREC=1,\"REC1.AMR\"", "OK");
  assert_done ("()");
  STATE ("'recording'");
}

static void
play (void)
{
  call ("Play", "('REC2.AMR',)");
  at_peer_answer (bed->peer, "AT^AUDREC=2,\"REC2.AMR\"", "OK");
  assert_done ("()");
  STATE ("'playing'");
}

/* ---- recording, playing ---- */

static void
test_record (void **state G_GNUC_UNUSED)
{
  FILES ("[]");
  record ();
  assert_property (bed, "Recorder1", "Format", "3");
  FILES ("[{'name': <'REC1.AMR'>, 'storage': <'flash'>}]");
  assert_true (mu_session_holds (bed->session, MU_FACT_RECORDER));
  call ("Stop", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=0", "OK");
  assert_done ("");
  session_bed_say (bed, "^AUDEND: 0,0,412");
  assert_done ("(412,)");
  STATE ("'idle'");
  assert_false (mu_session_holds (bed->session, MU_FACT_RECORDER));
  FILES ("[{'name': <'REC1.AMR'>, 'size': <uint32 412>, 'storage': <'flash'>}]");
  assert_finished ("Finished('recording', 'stopped', 412)");
  call ("Start", "('RAM',)"); /* the format is known by now */
  at_peer_answer (bed->peer, "AT^AUDREC=1,\"RAM\"", "OK");
  session_bed_say (bed, "^AUDEND: 0,1,61440");
  assert_finished ("Finished('recording', 'full', 61440)");
  STATE ("'idle'");
}

/* The end is told before OK; or has come by itself meanwhile. */
static void
test_end_first (void **state G_GNUC_UNUSED)
{
  record ();
  call ("Stop", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=0", "^AUDEND: 0,0,100|OK");
  assert_done ("(100,)");
  call ("Start", "('REC1.AMR',)");
  at_peer_answer (bed->peer, "AT^AUDREC=1,\"REC1.AMR\"", "OK");
  call ("Stop", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=0",
                  "^AUDEND: 0,1,307200|+CME ERROR: operation not allowed");
  assert_done ("(307200,)");
}

/* A recording that is over before it was said to have begun. */
static void
test_end_at_once (void **state G_GNUC_UNUSED)
{
  play ();
  session_bed_say (bed, "^AUDEND: 1,1");
  call ("Play", "('REC2.AMR',)");
  at_peer_answer (bed->peer, "AT^AUDREC=2,\"REC2.AMR\"", "^AUDEND: 0,0,5|^AUDEND: 1,1|OK");
  assert_done ("()");
  STATE ("'idle'");
  FILES ("[{'name': <'REC2.AMR'>, 'storage': <'flash'>}]");
}

static void
test_format (void **state G_GNUC_UNUSED)
{
  call ("Start", "('REC1.AMR',)");
  at_peer_answer (bed->peer, "AT^RECCFG?", "^RECCFG: 0,1|^RECCFG: 1,5|OK");
  at_peer_answer (bed->peer, "AT^RECCFG=0,3", "+CME ERROR: Operation not supported");
  assert_done ("NotSupported");
  STATE ("'idle'");
  call ("Start", "('REC1.AMR',)");
  at_peer_answer (bed->peer, "AT^RECCFG?", "^RECCFG: 0,1|OK");
  at_peer_answer (bed->peer, "AT^RECCFG=0,3", "OK");
  at_peer_answer (bed->peer, "AT^AUDREC=1,\"REC1.AMR\"", "OK");
  assert_property (bed, "Recorder1", "Format", "3");
}

static void
test_format_unknown (void **state G_GNUC_UNUSED)
{
  call ("Start", "('REC1.AMR',)");
  at_peer_answer (bed->peer, "AT^RECCFG?", "+CME ERROR: Operation not supported");
  at_peer_answer (bed->peer, "AT^AUDREC=1,\"REC1.AMR\"", "+CME ERROR: memory full");
  assert_done ("MemoryFull");
  STATE ("'idle'");
  FILES ("[]");
}

static void
test_play (void **state G_GNUC_UNUSED)
{
  play ();
  session_bed_say (bed, "^AUDEND: 1,1");
  assert_finished ("Finished('playing', 'end', 0)");
  STATE ("'idle'");
  play ();
  call ("StopPlaying", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=3", "OK");
  session_bed_say (bed, "^AUDEND: 1,0");
  assert_done ("()");
  assert_finished ("Finished('playing', 'stopped', 0)");
  call ("Play", "('REC3.AMR',)");
  at_peer_answer (bed->peer, "AT^AUDREC=2,\"REC3.AMR\"", "+CME ERROR: Operation not supported");
  assert_done ("NotFound");
  FILES ("[{'name': <'REC2.AMR'>, 'storage': <'flash'>}]");
}

static void
test_names (void **state G_GNUC_UNUSED)
{
  static const char *const names[]
      = { "('',)", "('rec1.amr',)", "('REC6.AMR',)", "('ram',)", "('REC1.AMR\"',)", "('../x',)" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      call ("Start", names[i]);
      assert_done ("InvalidArgument");
      call ("Play", names[i]);
      assert_done ("InvalidArgument");
      call ("Delete", names[i]);
      assert_done ("InvalidArgument");
    }
  at_peer_expect_nothing (bed->peer);
}

static void
refused (const char *method, const char *args, const char *word)
{
  call (method, args);
  assert_done (word);
  at_peer_expect_nothing (bed->peer);
}

static void
test_busy (void **state G_GNUC_UNUSED)
{
  record ();
  refused ("Start", "('RAM',)", "Busy");
  refused ("Play", "('RAM',)", "Busy");
  refused ("Delete", "('RAM',)", "Busy");
  refused ("Read", "('RAM', handle 0)", "Busy");
  refused ("StopPlaying", "()", "NotAllowed");
  session_bed_say (bed, "^AUDEND: 1,1|^AUDEND: 2,1|^AUDEND: x|^AUDEND");
  STATE ("'recording'");
  call ("Stop", "()");
  at_peer_expect (bed->peer, "AT^AUDREC=0");
  refused ("Stop", "()", "Busy");
}

/* Something that began before the daemon did. */
static void
test_unknown_recording (void **state G_GNUC_UNUSED)
{
  call ("Stop", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=0", "OK");
  session_bed_say (bed, "^AUDEND: 0,0,77");
  assert_done ("(77,)");
  assert_finished ("Finished('recording', 'stopped', 77)");
  FILES ("[]");
}

/* The module does not record any more, and has not said so. */
static void
test_state_corrected (void **state G_GNUC_UNUSED)
{
  record ();
  call ("Stop", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=0", "+CME ERROR: operation not allowed");
  assert_done ("NotAllowed");
  STATE ("'idle'");
  assert_finished ("Finished('recording', 'error', 0)");
}

static void
test_end_missing (void **state G_GNUC_UNUSED)
{
  record ();
  call ("Stop", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=0", "OK");
  mu_timer_advance (6000);
  at_peer_settle ();
  assert_done ("Timeout");
  STATE ("'idle'");
  play ();
  call ("StopPlaying", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=3", "OK");
  mu_timer_advance (6000);
  at_peer_settle ();
  assert_done ("()");
}

/* The caller of Start leaves before it has begun: nobody would know that it records. */
static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  MuCall *start;

  record ();
  session_bed_say (bed, "^AUDEND: 0,1,10");
  start = call ("Start", "('REC1.AMR',)");
  at_peer_expect (bed->peer, "AT^AUDREC=1,\"REC1.AMR\"");
  session_bed_cancel (bed, start);
  session_bed_say (bed, "OK");
  at_peer_answer (bed->peer, "AT^AUDREC=0", "OK");
  STATE ("'idle'");
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  record ();
  session_bed_say (bed, "^SYSSTART");
  STATE ("'idle'");
  FILES ("[]");
  assert_property (bed, "Recorder1", "Format", "0");
  assert_finished ("Finished('recording', 'error', 0)");
}

static void
test_lost (void **state G_GNUC_UNUSED)
{
  play ();
  call ("StopPlaying", "()");
  at_peer_answer (bed->peer, "AT^AUDREC=3", "OK");
  at_peer_hang_up (bed->peer);
  at_peer_settle ();
  assert_done ("Gone");
  STATE ("'idle'");
  assert_finished ("Finished('playing', 'error', 0)");
}

/* ---- files ---- */

static void
give (int fd)
{
  g_clear_object (&bed->files);
  bed->files = g_unix_fd_list_new_from_array (&fd, 1);
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
  int fd = g_unix_fd_list_peek_fds (bed->files, NULL)[0];

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

  while (bed->done->len == 0)
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

  at_peer_expect (bed->peer, command);
}

/* size: what the module says of the file */
static void
say_packet (const GByteArray *data, guint offset, guint n, guint size)
{
  g_autofree char *hex = hex_of (data, offset, n);
  g_autofree char *lines = g_strdup_printf ("^FILEIO: %u,%u \"%s\"|OK", n, size, hex);

  session_bed_say (bed, lines);
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
  call ("Read", "('REC1.AMR', handle 0)");
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
  call ("Read", "('RAM', handle 0)");
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
      call ("Read", "('REC1.AMR', handle 0)");
      expect_read ("REC1.AMR", 0);
      session_bed_say (bed, answers[i]);
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
      call ("Read", "('REC1.AMR', handle 0)");
      expect_read ("REC1.AMR", 0);
      session_bed_say (bed, rows[i].answer);
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
  call ("Read", "('REC1.AMR', handle 0)");
  expect_read ("REC1.AMR", 0);
  say_packet (data, 0, 512, 1100);
  g_usleep (3000);
  at_peer_expect_nothing (bed->peer);
  drain_pipe ();
  expect_read ("REC1.AMR", 512);
  session_bed_say (bed, "ERROR");
  assert_done ("Failed");
}

static void
test_no_reader (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (600);

  give_pipe (TRUE);
  fill_pipe ();
  call ("Read", "('REC1.AMR', handle 0)");
  expect_read ("REC1.AMR", 0);
  say_packet (data, 0, 512, 600);
  refused ("Start", "('RAM',)", "Busy");
  mu_timer_advance (61000);
  at_peer_settle ();
  TRANSFER ("{}");
  call ("Delete", "('RAM',)");
  at_peer_answer (bed->peer, "AT^FILEIO=3,\"RAM\"", "OK");
}

static void
test_closed_reader (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (600);

  give_pipe (TRUE);
  call ("Read", "('REC1.AMR', handle 0)");
  expect_read ("REC1.AMR", 0);
  close_pipe ();
  say_packet (data, 0, 512, 600);
  wait_done ();
  assert_done ("Failed");
  at_peer_expect_nothing (bed->peer);
}

static void
test_reader_leaves (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (600);

  give_pipe (TRUE);
  session_bed_cancel (bed, call ("Read", "('REC1.AMR', handle 0)"));
  expect_read ("REC1.AMR", 0);
  say_packet (data, 0, 512, 600);
  at_peer_expect_nothing (bed->peer);
  TRANSFER ("{}");
  close_pipe ();
  give_pipe (FALSE);
  session_bed_cancel (bed, call ("Write", "('REC1.AMR', handle 0)"));
  TRANSFER ("{}");
}

static void
test_no_descriptor (void **state G_GNUC_UNUSED)
{
  refused ("Read", "('REC1.AMR', handle 0)", "InvalidArgument");
  give_pipe (FALSE);
  refused ("Read", "('REC1.AMR', handle 0)", "InvalidArgument"); /* it can only be read */
  refused ("Write", "('REC1.AMR', handle 1)", "InvalidArgument");
  refused ("Write", "('REC1.AMR', handle -1)", "InvalidArgument");
  refused ("Write", "('REC9.AMR', handle 0)", "InvalidArgument");
  refused ("Read", "('', handle 0)", "InvalidArgument");
}

static void
expect_write (const char *name, guint packet, guint total, const GByteArray *data)
{
  guint            offset = (packet - 1) * 512;
  g_autofree char *hex = hex_of (data, offset, MIN (512, data->len - offset));
  g_autofree char *command
      = g_strdup_printf ("AT^FILEIO=2,\"%s\",1,,%u,%u,\"%s\"", name, packet, total, hex);

  at_peer_expect (bed->peer, command);
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
  call ("Write", "('REC5.AMR', handle 0)");
  expect_write ("REC5.AMR", 1, 3, data);
  session_bed_say (bed, "^FILEIO: 1,512|OK");
  TRANSFER ("{'name': <'REC5.AMR'>, 'direction': <'write'>, 'bytes': <uint32 512>, 'size': <uint32 "
            "1030>}");
  expect_write ("REC5.AMR", 2, 3, data);
  session_bed_say (bed, "^FILEIO: 2,512|OK");
  expect_write ("REC5.AMR", 3, 3, data);
  session_bed_say (bed, "^FILEIO: 3,6|OK");
  assert_done ("(1030,)");
  FILES ("[{'name': <'REC5.AMR'>, 'size': <uint32 1030>, 'storage': <'flash'>}]");
}

/* A pipe is read to its end before anything is sent: the first packet says how many there are. */
static void
test_write_pipe (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) data = amr (600);

  give_pipe (FALSE);
  call ("Write", "('RAM', handle 0)");
  assert_int_equal (write (pipe_end, data->data, 100), 100);
  g_usleep (3000);
  at_peer_expect_nothing (bed->peer);
  assert_int_equal (write (pipe_end, data->data + 100, 500), 500);
  close_pipe ();
  expect_write ("RAM", 1, 2, data);
  session_bed_say (bed, "^FILEIO: 1,512|OK");
  expect_write ("RAM", 2, 2, data);
  session_bed_say (bed, "+CME ERROR: memory full");
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
      call ("Write", "('REC1.AMR', handle 0)");
      assert_int_equal (write (pipe_end, texts[i], strlen (texts[i])), strlen (texts[i]));
      close_pipe ();
      wait_done ();
      assert_done ("InvalidArgument");
    }
  at_peer_expect_nothing (bed->peer);
}

static void
test_write_limits (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) most = amr (60 * 1024);
  g_autoptr (GByteArray) ram = amr (60 * 1024 + 1);
  g_autoptr (GByteArray) flash = amr (300 * 1024 + 1);

  give_file (ram);
  call ("Write", "('RAM', handle 0)");
  wait_done ();
  assert_done ("TooLong");
  give_file (flash);
  call ("Write", "('REC1.AMR', handle 0)");
  wait_done ();
  assert_done ("TooLong");
  at_peer_expect_nothing (bed->peer);
  give_file (most);
  call ("Write", "('RAM', handle 0)");
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
      call ("Write", "('REC1.AMR', handle 0)");
      expect_write ("REC1.AMR", 1, 2, data);
      session_bed_say (bed, rows[i].answer);
      assert_done (rows[i].word);
    }
}

static void
test_no_writer (void **state G_GNUC_UNUSED)
{
  give_pipe (FALSE);
  call ("Write", "('REC1.AMR', handle 0)");
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
  call ("Write", "('REC5.AMR', handle 0)");
  expect_write ("REC5.AMR", 1, 3, data);
  session_bed_say (bed, "^FILEIO: 1,512|OK");
  expect_write ("REC5.AMR", 2, 3, data);
  at_peer_hang_up (bed->peer);
  at_peer_settle ();
  assert_done ("Gone");
  TRANSFER ("{}");
  FILES ("[]");
}

static void
test_transfer_restart (void **state G_GNUC_UNUSED)
{
  give_pipe (FALSE);
  call ("Write", "('REC5.AMR', handle 0)");
  session_bed_say (bed, "^SYSSTART");
  assert_done ("Aborted");
  TRANSFER ("{}");
}

static void
test_delete (void **state G_GNUC_UNUSED)
{
  record ();
  session_bed_say (bed, "^AUDEND: 0,1,10");
  call ("Delete", "('REC1.AMR',)");
  at_peer_answer (bed->peer, "AT^FILEIO=3,\"REC1.AMR\"", "ERROR");
  assert_done ("Failed");
  call ("Delete", "('REC1.AMR',)");
  at_peer_answer (bed->peer, "AT^FILEIO=3,\"REC1.AMR\"", "OK");
  assert_done ("()");
  FILES ("[]");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_record),
    TEST (test_end_first),
    TEST (test_end_at_once),
    TEST (test_format),
    TEST (test_format_unknown),
    TEST (test_play),
    TEST (test_names),
    TEST (test_busy),
    TEST (test_unknown_recording),
    TEST (test_state_corrected),
    TEST (test_end_missing),
    TEST (test_caller_leaves),
    TEST (test_restart),
    TEST (test_lost),
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
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
