/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every word of the API that ModemManager has a number for, and words that nobody has said yet. */
#include "mm1-words.h"
#include "mu-test.h"

typedef struct
{
  const char *word;
  int         number;
} Row;

static void
test_calls (void **state G_GNUC_UNUSED)
{
  static const Row states[] = {
    { "dialing", 1 }, { "alerting", 2 }, { "incoming", 3 }, { "active", 4 }, { "held", 5 },
    { "waiting", 6 }, { "ended", 7 },    { "", 0 },         { "x", 0 },
  };
  static const Row ends[] = {
    { "local", 4 },    { "remote", 4 }, { "no-answer", 4 },  { "busy", 5 },
    { "rejected", 5 }, { "barred", 6 }, { "no-network", 6 }, { "network", 6 },
    { "aborted", 6 },  { "gone", 6 },   { "", 0 },           { "x", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    assert_int_equal (mm1_call_state (states[i].word), states[i].number);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    assert_int_equal (mm1_call_end_reason (ends[i].word), ends[i].number);
  assert_int_equal (mm1_call_direction ("incoming"), MM_CALL_DIRECTION_INCOMING);
  assert_int_equal (mm1_call_direction ("outgoing"), MM_CALL_DIRECTION_OUTGOING);
  assert_int_equal (mm1_call_direction (""), MM_CALL_DIRECTION_UNKNOWN);
}

static void
test_call_reasons (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mm1_call_reason (MM_CALL_STATE_UNKNOWN, MM_CALL_STATE_DIALING),
                    MM_CALL_STATE_REASON_OUTGOING_STARTED);
  assert_int_equal (mm1_call_reason (MM_CALL_STATE_DIALING, MM_CALL_STATE_RINGING_OUT),
                    MM_CALL_STATE_REASON_OUTGOING_STARTED);
  assert_int_equal (mm1_call_reason (MM_CALL_STATE_UNKNOWN, MM_CALL_STATE_RINGING_IN),
                    MM_CALL_STATE_REASON_INCOMING_NEW);
  assert_int_equal (mm1_call_reason (MM_CALL_STATE_UNKNOWN, MM_CALL_STATE_WAITING),
                    MM_CALL_STATE_REASON_INCOMING_NEW);
  assert_int_equal (mm1_call_reason (MM_CALL_STATE_RINGING_IN, MM_CALL_STATE_ACTIVE),
                    MM_CALL_STATE_REASON_ACCEPTED);
  assert_int_equal (mm1_call_reason (MM_CALL_STATE_HELD, MM_CALL_STATE_ACTIVE),
                    MM_CALL_STATE_REASON_UNKNOWN);
  assert_int_equal (mm1_call_reason (MM_CALL_STATE_ACTIVE, MM_CALL_STATE_HELD),
                    MM_CALL_STATE_REASON_UNKNOWN);
}

static void
test_messages (void **state G_GNUC_UNUSED)
{
  static const Row states[] = {
    { "receiving", 2 }, { "received", 3 },  { "read", 3 },   { "queued", 4 }, { "sending", 4 },
    { "sent", 5 },      { "delivered", 5 }, { "failed", 1 }, { "", 0 },       { "x", 0 },
  };
  static const Row classes[] = {
    { "none", -1 }, { "flash", 0 }, { "me", 1 }, { "sim", 2 }, { "te", 3 }, { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    assert_int_equal (mm1_sms_state (states[i].word), states[i].number);
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    assert_int_equal (mm1_sms_class_of (classes[i].word), classes[i].number);
  assert_int_equal (mm1_sms_delivery_state ("delivered"), MM_SMS_DELIVERY_STATE_COMPLETED_RECEIVED);
  assert_int_equal (mm1_sms_delivery_state ("sent"), MM_SMS_DELIVERY_STATE_UNKNOWN);
  assert_int_equal (mm1_sms_pdu_type ("incoming"), MM_SMS_PDU_TYPE_DELIVER);
  assert_int_equal (mm1_sms_pdu_type ("outgoing"), MM_SMS_PDU_TYPE_SUBMIT);
}

static void
test_codes (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mm1_ussd_state ("idle"), MM_MODEM_3GPP_USSD_SESSION_STATE_IDLE);
  assert_int_equal (mm1_ussd_state ("active"), MM_MODEM_3GPP_USSD_SESSION_STATE_ACTIVE);
  assert_int_equal (mm1_ussd_state ("waiting"), MM_MODEM_3GPP_USSD_SESSION_STATE_USER_RESPONSE);
  assert_int_equal (mm1_ussd_state (""), MM_MODEM_3GPP_USSD_SESSION_STATE_UNKNOWN);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_calls),
    cmocka_unit_test (test_call_reasons),
    cmocka_unit_test (test_messages),
    cmocka_unit_test (test_codes),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
