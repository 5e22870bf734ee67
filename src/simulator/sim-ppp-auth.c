/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who the host is: PAP, RFC 1334 2; CHAP with MD5, RFC 1994. */
#include "sim-ppp-private.h"

#include <string.h>

#define REPEAT_TIME    SIM_SECONDS (3)
#define MAX_CHALLENGES 10u
#define OUR_NAME       "mu709"
#define MD5_LENGTH     16u

enum
{
  PAP_REQUEST = 1,
  PAP_ACK = 2,
  PAP_NAK = 3,
  CHAP_CHALLENGE = 1,
  CHAP_RESPONSE = 2,
  CHAP_SUCCESS = 3,
  CHAP_FAILURE = 4,
};

static void
judged (SimPpp *self, gboolean right)
{
  sim_timer_stop (&self->challenging);
  if (!right)
    sim_ppp_terminate (self);
  else if (self->phase == SIM_PPP_AUTHENTICATION)
    sim_ppp_authenticated (self);
}

/* PAP: length, name, length, password */

static gboolean
take_text (const guint8 **data, gsize *n_data, const char *expected, gboolean *right)
{
  gsize length = *n_data > 0 ? **data : 0;

  if (*n_data < 1 + length)
    return FALSE;
  *right &= length == strlen (expected) && memcmp (*data + 1, expected, length) == 0;
  *data += 1 + length;
  *n_data -= 1 + length;
  return TRUE;
}

void
sim_ppp_pap_input (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  gboolean     right = TRUE;
  const guint8 no_message = 0;

  if (code != PAP_REQUEST || self->auth != SIM_AUTH_PAP || self->lcp.state != SIM_PPP_OPENED
      || !take_text (&data, &n_data, self->demand.user, &right)
      || !take_text (&data, &n_data, self->demand.password, &right))
    return;
  sim_ppp_say (self, SIM_PPP_PAP, right ? PAP_ACK : PAP_NAK, id, &no_message, 1);
  judged (self, right);
}

/* CHAP: length, value, name */

static void
challenge (SimPpp *self)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  const guint8           length = SIM_PPP_CHALLENGE;

  self->challenges++;
  g_byte_array_append (packet, &length, 1);
  g_byte_array_append (packet, self->challenge, SIM_PPP_CHALLENGE);
  g_byte_array_append (packet, (const guint8 *)OUR_NAME, strlen (OUR_NAME));
  sim_ppp_say (self, SIM_PPP_CHAP, CHAP_CHALLENGE, self->challenge_id, packet->data, packet->len);
  sim_timer_start (&self->challenging, REPEAT_TIME);
}

/* RFC 1994 4.1: over the identifier, the secret and the challenge */
static void
expected_response (const SimPpp *self, guint8 digest[MD5_LENGTH])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_MD5);
  gsize                 length = MD5_LENGTH;

  g_checksum_update (sum, &self->challenge_id, 1);
  g_checksum_update (sum, (const guint8 *)self->demand.password, -1);
  g_checksum_update (sum, self->challenge, SIM_PPP_CHALLENGE);
  g_checksum_get_digest (sum, digest, &length);
}

void
sim_ppp_chap_input (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  guint8   digest[MD5_LENGTH];
  gsize    n_name = strlen (self->demand.user);
  gboolean right;

  if (code != CHAP_RESPONSE || self->auth != SIM_AUTH_CHAP || self->lcp.state != SIM_PPP_OPENED
      || id != self->challenge_id || n_data < 1 || n_data < 1 + (gsize)data[0])
    return;
  expected_response (self, digest);
  right = data[0] == MD5_LENGTH && memcmp (data + 1, digest, MD5_LENGTH) == 0
          && n_data == 1 + MD5_LENGTH + n_name
          && memcmp (data + 1 + MD5_LENGTH, self->demand.user, n_name) == 0;
  sim_ppp_say (self, SIM_PPP_CHAP, right ? CHAP_SUCCESS : CHAP_FAILURE, id, NULL, 0);
  judged (self, right);
}

/* Nobody answered: ask again, or give up.  With PAP the host asks by itself. */
static void
on_silence (gpointer ppp)
{
  SimPpp *self = ppp;

  if (self->challenges >= MAX_CHALLENGES)
    sim_ppp_terminate (self);
  else if (self->auth == SIM_AUTH_CHAP)
    challenge (self);
  else
    {
      self->challenges++;
      sim_timer_start (&self->challenging, REPEAT_TIME);
    }
}

void
sim_ppp_auth_init (SimPpp *self)
{
  sim_timer_init (&self->challenging, self->clock, on_silence, self);
}

void
sim_ppp_authenticate (SimPpp *self)
{
  self->phase = SIM_PPP_AUTHENTICATION;
  if (self->auth == SIM_AUTH_NONE)
    {
      sim_ppp_authenticated (self);
      return;
    }
  self->challenges = 0;
  self->challenge_id++;
  for (guint i = 0; i < SIM_PPP_CHALLENGE; i++)
    self->challenge[i] = (guint8)g_rand_int_range (self->random, 0, 256);
  if (self->auth == SIM_AUTH_CHAP)
    challenge (self);
  else
    sim_timer_start (&self->challenging, REPEAT_TIME);
}
