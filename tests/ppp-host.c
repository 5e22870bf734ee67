/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ppp-host.h"

#include "mu-test.h"
#include "sim-ppp-frame.h"
#include "sim-text.h"

#define IP            0x0021
#define PING          "4500001F000100004001E61C0A4040010A4040400800339A00010002616263"
#define PONG          "0021:4500001F000100004001E61C0A4040400A40400100003B9A00010002616263"
#define OURS          "02060000000005067961F51C" /* the options of our end of the link */
#define NETWORK_LOOKS 10
#define PATIENCE      1000 /* so often is the module listened to */

/* All of it is escaped, so it is text without zero bytes. */
void
ppp_host_say (SimHost *host, guint16 protocol, const char *hex)
{
  g_autoptr (GByteArray) packet = g_byte_array_new (), frame = g_byte_array_new ();
  const guint8           end = 0;

  assert_true (sim_unhex (hex, packet));
  sim_ppp_encode (frame, SIM_PPP_ACCM, protocol, packet->data, packet->len);
  g_byte_array_append (frame, &end, 1);
  sim_host_send (host, SIM_PORT_MODEM, (const char *)frame->data);
}

static char *
text_of (const GString *heard)
{
  SimPppDecoder decoder;
  GString      *out = g_string_new (NULL);
  gsize         after = 0;

  sim_ppp_decoder_init (&decoder);
  for (gsize i = 0; i < heard->len; i++)
    if (sim_ppp_decode (&decoder, (guint8)heard->str[i]))
      {
        g_string_append_printf (out, "%s%04X:", out->len > 0 ? " " : "", decoder.protocol);
        sim_hex (out, decoder.data, decoder.n_data);
        after = i + 1;
      }
  g_string_append (out, heard->str + after);
  sim_ppp_decoder_clear (&decoder);
  return g_string_free (out, FALSE);
}

/* All that is said until it ends like that, or nobody can wait any longer. */
static char *
hear_until (SimHost *host, const char *end)
{
  GString *heard = host->heard[SIM_PORT_MODEM];
  char    *text = NULL;

  for (int i = 0; text == NULL || (!g_str_has_suffix (text, end) && i < PATIENCE); i++)
    {
      g_free (text);
      sim_host_listen (host);
      text = text_of (heard);
    }
  g_string_truncate (heard, 0);
  return text;
}

void
ppp_host_expect (SimHost *host, const char *expected)
{
  g_autofree char *heard = hear_until (host, expected);

  assert_string_equal (heard, expected);
}

void
ppp_host_link (SimHost *host)
{
  static const char consent[] = " C021:02010010" OURS;
  g_autofree char  *first = NULL;

  ppp_host_say (host, PPP_HOST_LCP, "01010010" OURS);
  first = hear_until (host, consent);
  assert_true (g_str_has_prefix (first, "C021:010100"));
  assert_true (g_str_has_suffix (first, consent));
  ppp_host_say (host, PPP_HOST_LCP, "02010004");
}

/* It may have to be attached to first. */
static void
wait_for_network (SimHost *host)
{
  for (int i = 0; i < NETWORK_LOOKS && host->heard[SIM_PORT_MODEM]->len == 0; i++)
    {
      sim_host_advance (host, 0.5);
      sim_host_listen (host);
    }
}

void
ppp_host_bring_up (SimHost *host)
{
  ppp_host_link (host);
  ppp_host_say (host, PPP_HOST_IPCP, "0101000A030600000000");
  wait_for_network (host);
  ppp_host_expect (host, "8021:0101000A03060A404040 8021:0301000A03060A404001");
  ppp_host_say (host, PPP_HOST_IPCP, "0102000A03060A404001");
  ppp_host_say (host, PPP_HOST_IPCP, "0201000A03060A404040");
  ppp_host_expect (host, "8021:0202000A03060A404001");
  sim_host_answers (host, "state ppp", "ok up");
}

void
ppp_host_ping (SimHost *host)
{
  ppp_host_say (host, IP, PING);
}

void
ppp_host_expect_pong (SimHost *host)
{
  ppp_host_expect (host, PONG);
}
