/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card's command interpreter: TS 102.221 10, 11; TS 51.011 9. */
#include "sim-card-private.h"

#include "sim-text.h"

#include <string.h>

typedef struct
{
  guint8        ins, p1, p2, p3; /* p3: length of the data, or of the answer wanted */
  const guint8 *data;
  guint         n_data;
} Apdu;

typedef guint16 (*Ins) (SimCard *self, const Apdu *apdu, GByteArray *out);

/* A4 SELECT: P1 0 by identifier, 4 by application, 8 by path from the MF */

static SimFile *
select_by (SimCard *self, const Apdu *apdu)
{
  g_autoptr (GString) path = g_string_new (NULL);
  guint16             id;

  if (apdu->p1 == 4)
    return sim_card_find (self, SIM_ADF, "");
  if ((apdu->p1 != 0 && apdu->p1 != 8) || apdu->n_data < 2 || apdu->n_data % 2 != 0)
    return NULL;
  id = (guint16)(apdu->data[apdu->n_data - 2] << 8 | apdu->data[apdu->n_data - 1]);
  sim_hex (path, apdu->data, apdu->n_data - 2);
  if (apdu->p1 == 8 && path->len == 0)
    g_string_assign (path, "3F00");
  return sim_card_find (self, id, path->str);
}

static guint16
answer_later (SimCard *self)
{
  return (guint16)((self->usim ? 0x6100 : 0x9f00) | self->response->len);
}

static guint16
ins_select (SimCard *self, const Apdu *apdu, GByteArray *out G_GNUC_UNUSED)
{
  SimFile *file = select_by (self, apdu);

  if (file == NULL)
    return SIM_SW_NO_FILE;
  self->selected = file;
  sim_card_set_directory (self, file);
  g_byte_array_set_size (self->response, 0);
  if (self->usim && apdu->p2 == 0x0c)
    return SIM_SW_OK; /* no data wanted */
  sim_file_describe (self, file, self->response);
  return answer_later (self);
}

static guint16
ins_get_response (SimCard *self, const Apdu *apdu, GByteArray *out)
{
  guint n = apdu->p3 == 0 ? self->response->len : MIN (apdu->p3, self->response->len);

  if (self->response->len == 0)
    return SIM_SW_NO_CONDITION;
  g_byte_array_append (out, self->response->data, n);
  return SIM_SW_OK;
}

static guint16
ins_status (SimCard *self, const Apdu *apdu, GByteArray *out)
{
  guint begin = out->len;

  sim_file_describe (self, self->directory, out);
  if (apdu->p3 != 0 && apdu->p3 < out->len - begin)
    g_byte_array_set_size (out, begin + apdu->p3);
  return SIM_SW_OK;
}

static guint16
ins_read_binary (SimCard *self, const Apdu *apdu, GByteArray *out)
{
  guint offset = (guint)apdu->p1 << 8 | apdu->p2;

  return sim_file_read_binary (self, self->selected, offset, apdu->p3, out);
}

static guint16
ins_update_binary (SimCard *self, const Apdu *apdu, GByteArray *out G_GNUC_UNUSED)
{
  guint offset = (guint)apdu->p1 << 8 | apdu->p2;

  return sim_file_update_binary (self, self->selected, offset, apdu->data, apdu->n_data);
}

static guint16
ins_read_record (SimCard *self, const Apdu *apdu, GByteArray *out)
{
  return sim_file_read_record (self, self->selected, apdu->p1, apdu->p3, out);
}

static guint16
ins_update_record (SimCard *self, const Apdu *apdu, GByteArray *out G_GNUC_UNUSED)
{
  return sim_file_update_record (self, self->selected, apdu->p1, apdu->data, apdu->n_data);
}

/* Secrets are 8 bytes each, filled with FF; P2 tells whose: 1 PIN, 81 PIN2 (of a SIM: 2). */

static gboolean
take_secret (const Apdu *apdu, guint which, char *to)
{
  const guint8 *from = apdu->data + (gsize)which * SIM_MAX_SECRET;

  memset (to, 0, SIM_MAX_SECRET + 1);
  for (guint i = 0; i < SIM_MAX_SECRET && from[i] != 0xff; i++)
    to[i] = (char)from[i];
  return strspn (to, "0123456789") == strlen (to) && strlen (to) >= 4;
}

static SimLock *
lock_of (SimCard *self, const Apdu *apdu)
{
  if (apdu->p2 == 1 || apdu->p2 == 0)
    return &self->lock;
  return apdu->p2 == 0x81 || apdu->p2 == 2 ? &self->lock2 : NULL;
}

static guint16
ins_verify (SimCard *self, const Apdu *apdu, GByteArray *out G_GNUC_UNUSED)
{
  SimLock *lock = lock_of (self, apdu);
  char     pin[SIM_MAX_SECRET + 1];

  if (lock == NULL)
    return SIM_SW_WRONG_P1P2;
  if (apdu->n_data == 0)
    return lock->pin.left == 0 ? SIM_SW_BLOCKED : (guint16)(SIM_SW_TRIES_LEFT | lock->pin.left);
  if (apdu->n_data != SIM_MAX_SECRET || !take_secret (apdu, 0, pin))
    return SIM_SW_WRONG_LENGTH;
  return sim_lock_verify (lock, pin);
}

static guint16
ins_enable (SimCard *self, const Apdu *apdu, GByteArray *out G_GNUC_UNUSED)
{
  SimLock *lock = lock_of (self, apdu);
  char     pin[SIM_MAX_SECRET + 1];

  if (lock == NULL)
    return SIM_SW_WRONG_P1P2;
  if (apdu->n_data != SIM_MAX_SECRET || !take_secret (apdu, 0, pin))
    return SIM_SW_WRONG_LENGTH;
  return sim_lock_enable (lock, pin, apdu->ins == 0x28);
}

/* 24 CHANGE PIN: old, new; 2C UNBLOCK PIN: PUK, new */
static guint16
ins_replace (SimCard *self, const Apdu *apdu, GByteArray *out G_GNUC_UNUSED)
{
  SimLock *lock = lock_of (self, apdu);
  char     first[SIM_MAX_SECRET + 1], second[SIM_MAX_SECRET + 1];

  if (lock == NULL)
    return SIM_SW_WRONG_P1P2;
  if (apdu->n_data != 2 * SIM_MAX_SECRET || !take_secret (apdu, 0, first)
      || !take_secret (apdu, 1, second))
    return SIM_SW_WRONG_LENGTH;
  return apdu->ins == 0x24 ? sim_lock_change (lock, first, second)
                           : sim_lock_unblock (lock, first, second);
}

typedef struct
{
  guint8   ins;
  gboolean has_data; /* P3 bytes follow it */
  Ins      run;
} InsRow;

static const InsRow instructions[] = {
  { 0xa4, TRUE, ins_select },        /* SELECT */
  { 0xb0, FALSE, ins_read_binary },  /* READ BINARY */
  { 0xb2, FALSE, ins_read_record },  /* READ RECORD */
  { 0xc0, FALSE, ins_get_response }, /* GET RESPONSE */
  { 0xd6, TRUE, ins_update_binary }, /* UPDATE BINARY */
  { 0xdc, TRUE, ins_update_record }, /* UPDATE RECORD */
  { 0xf2, FALSE, ins_status },       /* STATUS */
  { 0x20, TRUE, ins_verify },        /* VERIFY PIN */
  { 0x24, TRUE, ins_replace },       /* CHANGE PIN */
  { 0x26, TRUE, ins_enable },        /* DISABLE PIN */
  { 0x28, TRUE, ins_enable },        /* ENABLE PIN */
  { 0x2c, TRUE, ins_replace },       /* UNBLOCK PIN */
};

static guint16
run_apdu (SimCard *self, const guint8 *bytes, gsize n_bytes, GByteArray *out)
{
  Apdu apdu = { .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3] };

  if (bytes[0] != (self->usim ? 0x00 : 0xa0) && !(self->usim && bytes[0] == 0x80))
    return SIM_SW_WRONG_CLA;
  apdu.p3 = n_bytes > 4 ? bytes[4] : 0;
  apdu.data = bytes + 5;
  apdu.n_data = n_bytes > 5 ? apdu.p3 : 0;
  for (gsize i = 0; i < G_N_ELEMENTS (instructions); i++)
    if (instructions[i].ins == apdu.ins)
      {
        if (instructions[i].has_data && n_bytes > 4 && n_bytes < 5 + (gsize)apdu.p3)
          return SIM_SW_WRONG_LENGTH;
        return instructions[i].run (self, &apdu, out);
      }
  return SIM_SW_WRONG_INS;
}

void
sim_card_apdu (SimCard *self, const guint8 *apdu, gsize n_apdu, GByteArray *out)
{
  guint16 sw = n_apdu < 4 ? SIM_SW_WRONG_LENGTH : run_apdu (self, apdu, n_apdu, out);

  g_byte_array_append (out, (const guint8[]){ (guint8)(sw >> 8), (guint8)sw }, 2);
}
