/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is in a PDU that came in. */
#include "store-bed.h"

#include <string.h>

static void
test_kinds (void **state)
{
  static const guint8   octets[] = { 0, 1, 0xff, 'x' };
  StoreBed             *bed = *state;
  Tpdu                  tpdu = store_bed_deliver ("Bank@Köln", "now");
  TpduSplit             split = { .class = TPDU_CLASS_1 };
  g_autoptr (GArray)    parts = NULL;
  g_auto (StoreMessage) flash = { 0 };
  g_auto (StoreMessage) binary = { 0 };
  guint                 id;

  tpdu.dcs = tpdu_dcs_make (TPDU_GSM7, TPDU_CLASS_0);
  store_bed_take (bed, store_bed_encode (&tpdu), &id);
  bed_ok (store_get (bed->store, CARD, id, &flash, &error));
  assert_int_equal (flash.class, TPDU_CLASS_0);
  assert_string_equal (flash.number, "Bank@Köln");
  tpdu.data_len = 0;
  parts = tpdu_split_data (&tpdu, octets, sizeof octets, 9200, &split, NULL);
  store_bed_take (bed, store_bed_encode (&g_array_index (parts, Tpdu, 0)), &id);
  bed_ok (store_get (bed->store, CARD, id, &binary, &error));
  assert_int_equal (binary.class, TPDU_CLASS_1);
  assert_int_equal (binary.encoding, STORE_8BIT);
  assert_string_equal (binary.text, "");
  assert_int_equal (g_bytes_get_size (binary.data), sizeof octets);
  assert_memory_equal (g_bytes_get_data (binary.data, NULL), octets, sizeof octets);
}

/* U+1F600 is D8 3D DE 00, of which each part has a half. */
static void
test_emoji_cut (void **state)
{
  StoreBed *bed = *state;
  Tpdu      high = store_bed_part (NUMBER, 9, FALSE, 2, 1, "");
  Tpdu      low = store_bed_part (NUMBER, 9, FALSE, 2, 2, "");
  guint     id;

  high.dcs = low.dcs = tpdu_dcs_make (TPDU_UCS2, TPDU_CLASS_NONE);
  high.data_len = low.data_len = 4;
  memcpy (high.data, "\0a\xd8\x3d", 4);
  memcpy (low.data, "\xde\0\0b", 4);
  store_bed_take (bed, store_bed_encode (&low), &id);
  store_bed_assert_text (bed, id, STORE_RECEIVING, "…\uFFFDb");
  assert_int_equal (store_bed_take (bed, store_bed_encode (&high), &id), STORE_TAKEN_MESSAGE);
  store_bed_assert_text (bed, id, STORE_RECEIVED, "a😀b");
}

static void
test_no_time (void **state)
{
  StoreBed             *bed = *state;
  Tpdu                  tpdu = store_bed_deliver (NUMBER, "when");
  g_auto (StoreMessage) message = { 0 };
  guint                 id;

  memset (tpdu.time, 0xff, sizeof tpdu.time);
  store_bed_take (bed, store_bed_encode (&tpdu), &id);
  bed_ok (store_get (bed->store, CARD, id, &message, &error));
  assert_int_equal (message.timestamp, bed->now);
}

/* Every beginning of a PDU, of which none can be read: raw, once. */
static void
test_malformed (void **state)
{
  StoreBed          *bed = *state;
  Tpdu               tpdu = store_bed_deliver (NUMBER, "a whole text");
  g_autoptr (GBytes) whole = store_bed_encode (&tpdu);
  gsize              n = g_bytes_get_size (whole);

  for (gsize len = 0; len < n; len++)
    {
      g_auto (StoreMessage) message = { 0 };
      g_autoptr (GPtrArray) pdus = NULL;
      guint                 id, again;

      assert_int_equal (store_bed_take (bed, g_bytes_new_from_bytes (whole, 0, len), &id),
                        STORE_TAKEN_MESSAGE);
      assert_int_equal (store_bed_take (bed, g_bytes_new_from_bytes (whole, 0, len), &again),
                        STORE_TAKEN_KNOWN);
      assert_int_equal (again, id);
      bed_ok (store_get (bed->store, CARD, id, &message, &error));
      assert_int_equal (message.encoding, STORE_RAW);
      assert_int_equal (message.state, STORE_RECEIVED);
      assert_int_equal (message.timestamp, bed->now);
      assert_int_equal (g_bytes_get_size (message.data), len);
      pdus = store_pdus (bed->store, id);
      assert_int_equal (pdus->len, 1);
      assert_true (g_bytes_equal (pdus->pdata[0], message.data));
    }
  assert_int_equal (store_count (bed->store, CARD, -1), n);
}

static void
test_noise (void **state)
{
  StoreBed         *bed = *state;
  g_autoptr (GRand) rand = g_rand_new_with_seed (709);

  bed_ok (store_begin (bed->store, &error));
  for (guint i = 0; i < 3000; i++)
    {
      guint8 octets[TPDU_MAX_OCTETS + 20];
      gsize  n = (gsize)g_rand_int_range (rand, 0, sizeof octets);

      for (gsize k = 0; k < n; k++)
        octets[k] = (guint8)g_rand_int (rand);
      if (n > 2)
        octets[0] &= 7;
      store_bed_take (bed, g_bytes_new (octets, n), NULL);
    }
  bed_ok (store_commit (bed->store, &error));
  store_bed_reopen (bed);
  assert_true (store_count (bed->store, CARD, -1) > 2000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    bed_test (test_kinds),     bed_test (test_emoji_cut), bed_test (test_no_time),
    bed_test (test_malformed), bed_test (test_noise),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
