/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-sms-store.h"

#include <string.h>

/* No service centre, from "123", "Å", which packs to one byte; and the same without its end. */
static const guint8 message[] = { 0,    0x04, 3,    0x81, 0x21, 0xf3, 0, 0,    0x62,
                                  0x50, 0x11, 0x21, 0x32, 0x05, 0x80, 2, 0xff, 0xff };

static int
setup (void **state)
{
  *state = sim_card_new (&sim_card_defaults);
  return 0;
}

static int
teardown (void **state)
{
  sim_card_free (*state);
  return 0;
}

static void
test_slots (void **state)
{
  SimCard      *card = *state;
  const guint8 *pdu;
  gsize         length;

  assert_int_equal (sim_sms_n_slots (card), 40);
  assert_int_equal (sim_sms_n_used (card), 0);
  for (guint slot = 0; slot < 40; slot++)
    {
      assert_int_equal (sim_sms_free_slot (card), slot);
      sim_sms_put (card, slot, (SimSmsStat)(slot % SIM_SMS_FREE), message, sizeof message);
      assert_int_equal (sim_sms_stat (card, slot), slot % SIM_SMS_FREE);
    }
  assert_int_equal (sim_sms_free_slot (card), 40);
  sim_sms_set_stat (card, 7, SIM_SMS_FREE);
  assert_int_equal (sim_sms_free_slot (card), 7);
  assert_int_equal (sim_sms_n_used (card), 39);
  sim_card_restart (card);
  pdu = sim_sms_pdu (card, 39, &length);
  assert_int_equal (length, sizeof message); /* its last byte looks like filler */
  assert_memory_equal (pdu, message, length);
}

static void
test_malformed (void **state)
{
  SimCard *card = *state;
  guint8   much[SIM_MAX_PDU];
  gsize    length;

  sim_sms_put (card, 0, SIM_SMS_UNREAD, message, 9); /* it breaks off */
  (void)sim_sms_pdu (card, 0, &length);
  assert_int_equal (length, 9);
  sim_sms_put (card, 0, SIM_SMS_UNREAD, message, 0);
  (void)sim_sms_pdu (card, 0, &length);
  assert_int_equal (length, 0);
  memset (much, 0x33, sizeof much);
  sim_sms_put (card, 0, SIM_SMS_UNREAD, much, sizeof much);
  (void)sim_sms_pdu (card, 0, &length);
  assert_int_equal (length, SIM_MAX_SLOT_PDU);
}

static void
test_references (void **state)
{
  for (guint i = 0; i < 300; i++)
    assert_int_equal (sim_sms_next_reference (*state), i % 256);
}

static void
test_centre (void **state)
{
  static const guint8 number[] = { 5, 0x91, 0x51, 0x55, 0x10, 0x99 };
  SimCard            *card = *state;

  assert_memory_equal (sim_card_service_centre (card), number, sizeof number);
  sim_card_set_service_centre (card, "", 0);
  assert_null (sim_card_service_centre (card));
  sim_card_set_service_centre (card, "12345678901234567890", 0x81);
  assert_int_equal (sim_card_service_centre (card)[0], 11);
}

#define WITH_CARD(test) cmocka_unit_test_setup_teardown (test, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_CARD (test_slots),
    WITH_CARD (test_malformed),
    WITH_CARD (test_references),
    WITH_CARD (test_centre),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
