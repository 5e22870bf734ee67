/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-card-private.h"

const SimCardConfig sim_card_defaults = {
  .usim = TRUE,
  .iccid = "8900101000000000012",
  .imsi = "001010123456789",
  .mnc_digits = 2,
  .spn = "Home Mobile",
  .number = "+15550100",
  .service_centre = "+15550199",
  .pin = "1234",
  .puk = "12345678",
};

/* secrets */

static void
secret_set (SimSecret *self, const char *code, guint left)
{
  (void)g_strlcpy (self->code, code, sizeof self->code);
  self->left = left;
}

static guint16
secret_try (SimSecret *self, const char *code, guint tries)
{
  if (self->left == 0)
    return SIM_SW_BLOCKED;
  if (!g_str_equal (self->code, code))
    return (guint16)(SIM_SW_TRIES_LEFT | --self->left);
  self->left = tries;
  return SIM_SW_OK;
}

static SimLockState
lock_state (const SimLock *self)
{
  if (self->pin.left == 0)
    return self->puk.left == 0 ? SIM_LOCK_BLOCKED : SIM_LOCK_PUK;
  return self->enabled && !self->verified ? SIM_LOCK_PIN : SIM_LOCK_OPEN;
}

guint16
sim_lock_verify (SimLock *self, const char *pin)
{
  guint16 sw = secret_try (&self->pin, pin, SIM_PIN_TRIES);

  self->verified = sw == SIM_SW_OK;
  return sw;
}

guint16
sim_lock_enable (SimLock *self, const char *pin, gboolean enable)
{
  guint16 sw;

  if (self->enabled == enable)
    return SIM_SW_NO_CONDITION;
  sw = sim_lock_verify (self, pin);
  if (sw == SIM_SW_OK)
    self->enabled = enable;
  return sw;
}

guint16
sim_lock_change (SimLock *self, const char *pin, const char *new_pin)
{
  guint16 sw;

  if (!self->enabled)
    return SIM_SW_NO_CONDITION;
  sw = sim_lock_verify (self, pin);
  if (sw == SIM_SW_OK)
    secret_set (&self->pin, new_pin, SIM_PIN_TRIES);
  return sw;
}

guint16
sim_lock_unblock (SimLock *self, const char *puk, const char *new_pin)
{
  guint16 sw = secret_try (&self->puk, puk, SIM_PUK_TRIES);

  if (sw != SIM_SW_OK)
    return sw;
  secret_set (&self->pin, new_pin, SIM_PIN_TRIES);
  self->verified = TRUE;
  return sw;
}

static void
lock_init (SimLock *self, const char *pin, const char *puk, gboolean enabled)
{
  secret_set (&self->pin, pin, SIM_PIN_TRIES);
  secret_set (&self->puk, puk, SIM_PUK_TRIES);
  self->enabled = enabled;
}

/* the card */

SimCard *
sim_card_new (const SimCardConfig *config)
{
  SimCard *self = g_new0 (SimCard, 1);

  self->config = *config;
  self->usim = config->usim;
  self->response = g_byte_array_new ();
  lock_init (&self->lock, config->pin, config->puk, config->pin_enabled);
  lock_init (&self->lock2, "5678", config->puk, TRUE);
  sim_card_make_files (self);
  sim_card_fill_files (self);
  return self;
}

void
sim_card_free (SimCard *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->files);
  g_byte_array_unref (self->response);
  g_free (self);
}

void
sim_card_restart (SimCard *self)
{
  self->lock.verified = self->lock2.verified = FALSE;
  self->directory = self->selected = self->files->pdata[0];
  g_byte_array_set_size (self->response, 0);
}

gboolean
sim_card_is_usim (const SimCard *self)
{
  return self->usim;
}

SimLock *
sim_card_lock (SimCard *self)
{
  return &self->lock;
}

SimLock *
sim_card_lock2 (SimCard *self)
{
  return &self->lock2;
}

const SimCardConfig *
sim_card_config (const SimCard *self)
{
  return &self->config;
}

SimLockState
sim_card_state (const SimCard *self)
{
  return lock_state (&self->lock);
}
