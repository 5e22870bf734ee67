/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ppp-bed.h"

#include "mu-test.h"
#include "sim-text.h"

#include <string.h>

static const SimApn access_point = {
  .user = "u",
  .password = "secret",
  .address = "10.64.64.1",
  .gateway = "10.64.64.64",
  .dns1 = "10.64.64.65",
  .dns2 = "10.64.64.66",
};

static void
on_send (gpointer bed, const guint8 *bytes, gsize n_bytes)
{
  PppBed *self = bed;

  assert_int_equal (self->ended, 0);
  for (gsize i = 0; i < n_bytes; i++)
    if (sim_ppp_decode (&self->decoder, bytes[i]))
      {
        GString *text = g_string_new (NULL);

        g_string_printf (text, "%04X", self->decoder.protocol);
        sim_hex (text, self->decoder.data, self->decoder.n_data);
        g_queue_push_tail (&self->heard, g_string_free (text, FALSE));
      }
}

static void
on_ready (gpointer bed)
{
  ((PppBed *)bed)->ready = TRUE;
}

static void
on_carried (gpointer bed, gsize tx, gsize rx)
{
  PppBed *self = bed;

  self->tx += tx;
  self->rx += rx;
}

static void
on_ended (gpointer bed)
{
  ((PppBed *)bed)->ended++;
}

static const SimPppHandlers handlers = { on_send, on_ready, on_carried, on_ended };

PppBed *
ppp_bed_new (SimAuth auth)
{
  PppBed *self = g_new0 (PppBed, 1);
  SimApn  access = access_point;

  access.auth = auth;
  self->clock = sim_clock_new (0);
  self->random = g_rand_new_with_seed (1);
  sim_ppp_decoder_init (&self->decoder);
  g_queue_init (&self->heard);
  self->ppp = sim_ppp_new (self->clock, self->random, &access, &handlers, self);
  return self;
}

void
ppp_bed_free (PppBed *self)
{
  sim_ppp_free (self->ppp);
  sim_ppp_decoder_clear (&self->decoder);
  g_queue_clear_full (&self->heard, g_free);
  g_rand_free (self->random);
  sim_clock_free (self->clock);
  g_free (self);
}

static char *
without_blanks (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text != ' ')
      g_string_append_c (out, g_ascii_toupper (*text));
  return g_string_free (out, FALSE);
}

void
ppp_bed_say (PppBed *self, guint16 protocol, const char *hex)
{
  g_autofree char       *digits = without_blanks (hex);
  g_autoptr (GByteArray) packet = g_byte_array_new (), frame = g_byte_array_new ();

  assert_true (sim_unhex (digits, packet));
  sim_ppp_encode (frame, SIM_PPP_ACCM, protocol, packet->data, packet->len);
  sim_ppp_input (self->ppp, frame->data, frame->len);
}

void
ppp_bed_hears (PppBed *self, const char *hex)
{
  g_autofree char *pattern = without_blanks (hex);
  g_autofree char *frame = g_queue_pop_head (&self->heard);

  assert_non_null (frame);
  for (gsize i = 0; pattern[i] != '\0' && i < strlen (frame); i++)
    if (pattern[i] == '.')
      pattern[i] = frame[i];
  assert_string_equal (frame, pattern);
}

void
ppp_bed_hears_nothing (PppBed *self)
{
  const char *frame = g_queue_peek_head (&self->heard);

  assert_string_equal (frame != NULL ? frame : "", "");
}

void
ppp_bed_link (PppBed *self)
{
  g_autofree char *request = NULL;

  ppp_bed_say (self, 0xc021, "01 05 00 04");
  request = g_strdup (g_queue_peek_head (&self->heard));
  ppp_bed_hears (self, request);
  ppp_bed_hears (self, "C021 02 05 00 04");
  memcpy (request + 4, "02", 2);
  ppp_bed_say (self, 0xc021, request + 4);
}

void
ppp_bed_network (PppBed *self)
{
  SimApn access = access_point;

  ppp_bed_link (self);
  assert_true (self->ready);
  sim_ppp_network_up (self->ppp, &access);
  ppp_bed_hears (self, "8021 01 01 00 0A 03 06 0A 40 40 40");
  ppp_bed_say (self, 0x8021, "02 01 00 0A 03 06 0A 40 40 40");
  ppp_bed_say (self, 0x8021, "01 07 00 0A 03 06 0A 40 40 01");
  ppp_bed_hears (self, "8021 02 07 00 0A 03 06 0A 40 40 01");
  assert_string_equal (sim_ppp_phase (self->ppp), "up");
}
