/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RFC 1662 */
#include "mu-test.h"
#include "sim-ppp-frame.h"
#include "sim-text.h"

#include <string.h>

typedef struct
{
  const char *frame, *packet; /* the packet with its protocol */
} Vector;

/* LCP Configure-Requests: the shortest one, then as pppd and Windows CE put them on the wire. */
static const Vector vectors[] = {
  { "7EFF7D23C0217D217D217D207D24D1B57E", "C02101010004" },
  { "7EFF7D23C0217D217D217D207D307D227D267D207D207D207D207D257D2695C2D52BBC7D367E",
    "C02101010010020600000000050695C2D52B" },
  { "7EFF7D23C0217D217D217D207D347D227D267D207D207D207D207D257D267961F57D3C7D277D227D287D22517D397"
    "E",
    "C0210101001402060000000005067961F51C07020802" },
  { "7EFF7D23C0217D217D217D207D2E7D227D267D207D207D207D207D277D227D287D2270347E",
    "C0210101000E02060000000007020802" },
};

static char *
decode (const guint8 *bytes, gsize n_bytes)
{
  SimPppDecoder decoder;
  GString      *out = g_string_new (NULL);

  sim_ppp_decoder_init (&decoder);
  for (gsize i = 0; i < n_bytes; i++)
    if (sim_ppp_decode (&decoder, bytes[i]))
      {
        g_string_append_printf (out, "%s%04X", out->len > 0 ? " " : "", decoder.protocol);
        sim_hex (out, decoder.data, decoder.n_data);
      }
  sim_ppp_decoder_clear (&decoder);
  return g_string_free (out, FALSE);
}

static char *
decode_hex (const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  assert_true (sim_unhex (hex, bytes));
  return decode (bytes->data, bytes->len);
}

static char *
encode_hex (const char *packet, guint32 accm)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new (), frame = g_byte_array_new ();
  GString               *out = g_string_new (NULL);

  assert_true (sim_unhex (packet, bytes));
  sim_ppp_encode (frame, accm, (guint16)(bytes->data[0] << 8 | bytes->data[1]), bytes->data + 2,
                  bytes->len - 2);
  sim_hex (out, frame->data, frame->len);
  return g_string_free (out, FALSE);
}

/* The check value of this CRC, which catalogues list as X-25. */
static void
test_fcs (void **state G_GNUC_UNUSED)
{
  const guint16 fcs = (guint16)~sim_ppp_fcs (SIM_PPP_FCS, (const guint8 *)"123456789", 9);
  guint8        with[11] = "123456789";

  assert_int_equal (fcs, 0x906e);
  with[9] = (guint8)(fcs & 0xff);
  with[10] = (guint8)(fcs >> 8);
  assert_int_equal (sim_ppp_fcs (SIM_PPP_FCS, with, sizeof with), SIM_PPP_GOOD);
}

static void
test_vectors (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *packet = decode_hex (vectors[i].frame);
      g_autofree char *frame = encode_hex (vectors[i].packet, SIM_PPP_ACCM);

      assert_string_equal (packet, vectors[i].packet);
      assert_string_equal (frame, vectors[i].frame);
    }
}

/* Every byte there is, with all control characters escaped, with some, with none. */
static void
test_round_trip (void **state G_GNUC_UNUSED)
{
  static const guint32 accms[] = { SIM_PPP_ACCM, 0x000a0000, 0 };
  g_autoptr (GString)  packet = g_string_new ("0021");

  for (int byte = 0; byte < 256; byte++)
    g_string_append_printf (packet, "%02X", byte);
  for (gsize i = 0; i < G_N_ELEMENTS (accms); i++)
    {
      g_autofree char *frame = encode_hex (packet->str, accms[i]);
      g_autofree char *back = decode_hex (frame);

      assert_string_equal (back, packet->str);
    }
}

/* One flag between two frames is enough; what stands between frames is passed over. */
static void
test_stream (void **state G_GNUC_UNUSED)
{
  static const char frame[] = "FF7D23C0217D217D217D207D24D1B57E";
  g_autofree char  *shared = g_strconcat ("7E", frame, frame, "7E7E2B2B2B7E", frame, NULL);
  g_autofree char  *packets = decode_hex (shared);

  assert_string_equal (packets, "C02101010004 C02101010004 C02101010004");
}

/* RFC 1661 6.5, 6.6: address, control and the protocol's zero byte may be left out. */
static void
test_compressed (void **state G_GNUC_UNUSED)
{
  const guint8 short_ip[] = { 0x21, 0x45, 0x01 }, plain_lcp[] = { 0xc0, 0x21, 0x09 };
  const struct
  {
    const guint8 *bytes;
    const char   *packet;
  } cases[] = { { short_ip, "00214501" }, { plain_lcp, "C02109" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8           frame[6] = { [5] = 0x7e };
      guint16          fcs = (guint16)~sim_ppp_fcs (SIM_PPP_FCS, cases[i].bytes, 3);
      g_autofree char *packet = NULL;

      memcpy (frame, cases[i].bytes, 3);
      frame[3] = (guint8)(fcs & 0xff);
      frame[4] = (guint8)(fcs >> 8);
      packet = decode (frame, sizeof frame);
      assert_string_equal (packet, cases[i].packet);
    }
}

/* A bit turned anywhere, a byte lost anywhere: no frame comes of it, and the next one is whole. */
static void
test_damage (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) good = g_byte_array_new ();

  assert_true (sim_unhex (vectors[2].frame, good));
  for (guint i = 1; i + 1 < good->len; i++)
    for (int bit = 0; bit <= 8; bit++)
      {
        g_autoptr (GByteArray) bytes = g_byte_array_new ();
        g_autofree char       *packets = NULL;

        g_byte_array_append (bytes, good->data, good->len);
        if (bit < 8)
          bytes->data[i] ^= (guint8)(1 << bit);
        else
          g_byte_array_remove_index (bytes, i);
        g_byte_array_append (bytes, good->data, good->len);
        packets = decode (bytes->data, bytes->len);
        assert_string_equal (packets, vectors[2].packet);
      }
}

static void
test_limits (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char       *packets = NULL, *aborted = NULL;
  guint8                 x = 'x';

  for (int i = 0; i < 100000; i++)
    g_byte_array_append (bytes, &x, 1);
  assert_true (sim_unhex (vectors[0].frame, bytes));
  packets = decode (bytes->data, bytes->len);
  assert_string_equal (packets, vectors[0].packet);
  aborted = decode_hex ("7EFF7D23C0217D217D217D207D24D1B57D7E7E7E7D7E00007E");
  assert_string_equal (aborted, "");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fcs),        cmocka_unit_test (test_vectors),
    cmocka_unit_test (test_round_trip), cmocka_unit_test (test_stream),
    cmocka_unit_test (test_compressed), cmocka_unit_test (test_damage),
    cmocka_unit_test (test_limits),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
