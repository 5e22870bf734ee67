/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "session-bed.h"

#include <string.h>

static SessionBed *bed;

static int
set_up (void **state G_GNUC_UNUSED)
{
  bed = session_bed_new ();
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  session_bed_free (bed);
  return 0;
}

#define AUDIO(property, text) assert_property (bed, "Audio1", property, text)

typedef struct
{
  const char *name, *args, *command, *answer, *done;
} Row;

static void
check_rows (const Row *rows, gsize n_rows)
{
  for (const Row *row = rows; row < rows + n_rows; row++)
    {
      session_bed_call (bed, "Audio1", row->name, row->args);
      if (row->command != NULL)
        at_peer_answer (bed->peer, row->command, row->answer);
      assert_string_equal (bed->done->str, row->done);
      at_peer_expect_nothing (bed->peer);
    }
}

#define CHECK(rows) check_rows (rows, G_N_ELEMENTS (rows))

static void
test_start (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT^CPCM?", "^CPCM:1,2,0,0,0|OK" }, { "AT^SMUT?", "^smut: 1|OK" },
    { "AT+CMIC?", "+CMIC:7|OK" },         { "AT^STN?", "^STN: 1|OK" },
    { "AT^NSSWITCH?", "ERROR" },
  };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  AUDIO ("PcmMode", "'slave'");
  AUDIO ("PcmFormat", "'alaw'");
  AUDIO ("ReceiveMuted", "true");
  AUDIO ("MicrophoneGain", "7");
  AUDIO ("SpeakerVolume", "3");
  AUDIO ("NoiseSuppression", "false");
  AUDIO ("Sidetone", "true");
  AUDIO ("EchoSuppression", "{'enabled': <true>, 'values': <[uint32 320, 0, 86, 4096]>}");
}

/* A module that says nothing, or nonsense. */
static void
test_unknown (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT^CPCM?", "^CPCM: 9,9,0,0,0|OK" },
    { "AT^SMUT?", "^SMUT: 2|OK" },
    { "AT+CMIC?", "+CMIC: many|OK" },
    { "AT+CMIC=?", "+CMIC: (9-1)|OK" },
    { "AT+CLVL?", "+CLVL|OK" },
    { "AT+CLVL=?", "+CLVL: ()|OK" },
    { "AT^STN?", "ERROR" },
    { "AT^ECHOEX?", "^ECHOEX: 1,320|OK" },
    { "AT^ECHOEX=?", "COMMAND NOT SUPPORT" },
  };
  static const Row sets[] = {
    { "SpeakerVolume", "(uint32 6,)", NULL, NULL, "InvalidArgument" },
    { "MicrophoneGain", "(uint32 12,)", "AT+CMIC=12", "OK", "()" },
    { "SetEchoSuppression", "({'enabled': <true>},)", "AT^ECHOEX=1,320,0,86,4096", "OK", "()" },
  };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  AUDIO ("PcmMode", "''");
  AUDIO ("PcmFormat", "''");
  AUDIO ("ReceiveMuted", "false");
  AUDIO ("MicrophoneGain", "0");
  AUDIO ("EchoSuppression", "{}");
  CHECK (sets);
  AUDIO ("EchoSuppression", "{'enabled': <true>, 'values': <[uint32 320, 0, 86, 4096]>}");
}

static void
test_set (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "ReceiveMuted", "(true,)", "AT^SMUT=1", "OK", "()" },
    { "MicrophoneGain", "(uint32 0,)", "AT+CMIC=0", "OK", "()" },
    { "SpeakerVolume", "(uint32 5,)", "AT+CLVL=5", "OK", "()" },
    { "SpeakerVolume", "(uint32 4,)", "AT+CLVL=4", "+CME ERROR: operation not allowed",
      "NotAllowed" },
    { "NoiseSuppression", "(false,)", "AT^NSSWITCH=0", "OK", "()" },
    { "Sidetone", "(true,)", "AT^STN=1", "OK", "()" },
    { "SetPcm", "({'format': <'ulaw'>},)", "AT^CPCM=0,1,0,0,0", "OK", "()" },
    { "SetPcm", "({'mode': <'slave'>},)", "AT^CPCM=1,1,0,0,0", "OK", "()" },
    { "SetPcm", "({'mode': <'master'>, 'format': <'alaw'>},)", "AT^CPCM=0,2,0,0,0", "ERROR",
      "Failed" },
    { "SetEchoSuppression", "({'enabled': <false>},)", "AT^ECHOEX=0,320,0,86,4096", "OK", "()" },
    { "SetEchoSuppression", "({'values': <[uint32 1, 2, 3, 32767]>},)", "AT^ECHOEX=0,1,2,3,32767",
      "OK", "()" },
  };

  session_bed_start (bed, NULL, 0);
  CHECK (rows);
  AUDIO ("PcmMode", "'slave'");
  AUDIO ("PcmFormat", "'ulaw'");
  AUDIO ("ReceiveMuted", "true");
  AUDIO ("MicrophoneGain", "0");
  AUDIO ("SpeakerVolume", "5");
  AUDIO ("NoiseSuppression", "false");
  AUDIO ("Sidetone", "true");
  AUDIO ("EchoSuppression", "{'enabled': <false>, 'values': <[uint32 1, 2, 3, 32767]>}");
}

static void
test_bad (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "SpeakerVolume", "(uint32 6,)", NULL, NULL, "InvalidArgument" },
    { "MicrophoneGain", "(uint32 4294967295,)", NULL, NULL, "InvalidArgument" },
    { "SetPcm", "({'mode': <'servant'>},)", NULL, NULL, "InvalidArgument" },
    { "SetPcm", "({'format': <uint32 1>},)", NULL, NULL, "InvalidArgument" },
    { "SetPcm", "({'clock': <uint32 1>},)", NULL, NULL, "InvalidArgument" },
    { "SetEchoSuppression", "({'values': <[uint32 1, 2, 3]>},)", NULL, NULL, "InvalidArgument" },
    { "SetEchoSuppression", "({'values': <[uint32 1, 2, 3, 4, 5]>},)", NULL, NULL,
      "InvalidArgument" },
    { "SetEchoSuppression", "({'values': <[uint32 1, 2, 3, 32768]>},)", NULL, NULL,
      "InvalidArgument" },
    { "SetEchoSuppression", "({'values': <[1, 2, 3, 4]>},)", NULL, NULL, "InvalidArgument" },
    { "SetEchoSuppression", "({'on': <true>},)", NULL, NULL, "InvalidArgument" },
    { "SetFrequencyResponse", "(@ay [],)", NULL, NULL, "InvalidArgument" },
    { "SetFrequencyResponse", "(@ay [1, 2, 3],)", NULL, NULL, "InvalidArgument" },
  };

  session_bed_start (bed, NULL, 0);
  CHECK (rows);
  session_bed_call (bed, "Audio1", "SpeakerVolume", "(uint32 6,)");
  assert_non_null (strstr (bed->error->message, "0 to 5"));
}

/* What the module says of its ranges goes before what we think. */
static void
test_ranges (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT+CMIC=?", "+CMIC:(1-12)|OK" },
    { "AT+CLVL=?", "+CLVL: (0,1,2,3,4,5,6,7)|OK" },
    { "AT^ECHOEX=?", "^ECHOEX: (0,1),(0-24),(3),(0-9),(0-65535)|OK" },
  };
  static const Row sets[] = {
    { "MicrophoneGain", "(uint32 0,)", NULL, NULL, "InvalidArgument" },
    { "SpeakerVolume", "(uint32 7,)", "AT+CLVL=7", "OK", "()" },
    { "SpeakerVolume", "(uint32 8,)", NULL, NULL, "InvalidArgument" },
    { "SetEchoSuppression", "({'values': <[uint32 25, 3, 0, 0]>},)", NULL, NULL,
      "InvalidArgument" },
    { "SetEchoSuppression", "({'values': <[uint32 24, 2, 0, 0]>},)", NULL, NULL,
      "InvalidArgument" },
    { "SetEchoSuppression", "({'values': <[uint32 24, 3, 9, 65535]>},)", "AT^ECHOEX=1,24,3,9,65535",
      "OK", "()" },
  };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  CHECK (sets);
}

static void
test_response (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) args = g_string_new ("(@ay [");
  g_autoptr (GString) command = g_string_new ("AT^PCMFR=\"");
  static const Row    rows[] = {
       { "SetFrequencyResponse", "(@ay [1, 0, 255, 171],)", "AT^PCMFR=\"0100FFAB\"", "OK", "()" },
       { "SetFrequencyResponse", "(@ay [1, 0],)", "AT^PCMFR=\"0100\"", "ERROR", "Failed" },
  };

  session_bed_start (bed, NULL, 0);
  CHECK (rows);
  for (int i = 0; i < 256; i++)
    {
      g_string_append_printf (args, "%d,", i);
      g_string_append_printf (command, "%02X", i);
    }
  g_string_truncate (args, args->len - 1);
  g_string_append (command, "\"");
  g_string_append (args, "],)");
  session_bed_call (bed, "Audio1", "SetFrequencyResponse", args->str);
  at_peer_answer (bed->peer, command->str, "OK");
  g_string_truncate (args, args->len - 3);
  g_string_append (args, ",1,2],)");
  session_bed_call (bed, "Audio1", "SetFrequencyResponse", args->str);
  assert_string_equal (bed->done->str, "TooLong");
  at_peer_expect_nothing (bed->peer);
}

/* Guide 8.8.2; the volume can be changed during a call, that is what it is for. */
static void
test_call (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { "NoiseSuppression", "(true,)", NULL, NULL, "Busy" },
    { "Sidetone", "(true,)", NULL, NULL, "Busy" },
    { "SetPcm", "({'format': <'ulaw'>},)", NULL, NULL, "Busy" },
    { "SetEchoSuppression", "({'enabled': <true>},)", NULL, NULL, "Busy" },
    { "SetFrequencyResponse", "(@ay [1, 0],)", NULL, NULL, "Busy" },
    { "ReceiveMuted", "(true,)", "AT^SMUT=1", "OK", "()" },
    { "MicrophoneGain", "(uint32 3,)", "AT+CMIC=3", "OK", "()" },
    { "SpeakerVolume", "(uint32 3,)", "AT+CLVL=3", "OK", "()" },
  };

  session_bed_start (bed, NULL, 0);
  mu_session_set_fact (bed->session, MU_FACT_CALL, TRUE, MU_ERROR_NOT_READY);
  CHECK (rows);
  mu_session_set_fact (bed->session, MU_FACT_CALL, FALSE, MU_ERROR_NOT_READY);
  session_bed_call (bed, "Audio1", "Sidetone", "(true,)");
  at_peer_answer (bed->peer, "AT^STN=1", "OK");
}

/* Sound needs no card. */
static void
test_no_card (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT^CPIN?", "+CME ERROR: SIM failure" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  AUDIO ("SpeakerVolume", "3");
  session_bed_call (bed, "Audio1", "SpeakerVolume", "(uint32 1,)");
  at_peer_answer (bed->peer, "AT+CLVL=1", "OK");
  AUDIO ("SpeakerVolume", "1");
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Audio1", "SpeakerVolume", "(uint32 1,)");
  at_peer_expect (bed->peer, "AT+CLVL=1");
  session_bed_say (bed, "^SYSSTART");
  assert_string_equal (bed->done->str, "Aborted");
  AUDIO ("PcmMode", "''");
  AUDIO ("MicrophoneGain", "0");
  AUDIO ("EchoSuppression", "{}");
  at_peer_sync (bed->peer);
  session_bed_settle (bed, NULL, 0);
  AUDIO ("PcmMode", "'master'");
  AUDIO ("SpeakerVolume", "3");
}

/* Who sets something and does not wait (dbus-send) has set it: what is told is what the module
 * does.
 */
static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *service, *op, *args, *command, *property, *value;
  } rows[] = {
    { "Audio1", "SpeakerVolume", "(uint32 1,)", "AT+CLVL=1", "SpeakerVolume", "1" },
    { "Audio1", "ReceiveMuted", "(true,)", "AT^SMUT=1", "ReceiveMuted", "true" },
    { "Audio1", "SetPcm", "({'format': <'ulaw'>},)", "AT^CPCM=0,1,0,0,0", "PcmFormat", "'ulaw'" },
    { "Speech1", "Enabled", "(true,)", "AT^TTSCFG=0,1", "Enabled", "true" },
    { "Voice1", "IncomingPriority", "('data',)", "AT^DVCFG=1", "IncomingPriority", "'data'" },
    { "Supplementary1", "CallerIdShown", "(false,)", "AT+CLIP=0", "CallerIdShown", "false" },
    { "Supplementary1", "HideCallerId", "('hide',)", "AT+CLIR=1", "HideCallerId", "'hide'" },
    { "Supplementary1", "SetCallWaiting", "(true,)", "AT+CCWA=1,1,1", "CallWaiting", "true" },
  };

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MuCall *call = session_bed_call (bed, rows[i].service, rows[i].op, rows[i].args);

      at_peer_expect (bed->peer, rows[i].command);
      session_bed_cancel (bed, call);
      session_bed_say (bed, "OK");
      at_peer_settle ();
      assert_property (bed, rows[i].service, rows[i].property, rows[i].value);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_start),   TEST (test_unknown),       TEST (test_set),  TEST (test_bad),
    TEST (test_ranges),  TEST (test_response),      TEST (test_call), TEST (test_no_card),
    TEST (test_restart), TEST (test_caller_leaves),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
