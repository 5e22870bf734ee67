/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What stands in the card's files when it is delivered, and what they say about themselves. */
#include "sim-card-private.h"

#include "sim-digits.h"

#include <string.h>

/* EF_MSISDN, from the record's end: length, type of number, 10 bytes of digits, 2 of references. */
#define NUMBER_TAIL          14u
#define NUMBER_INTERNATIONAL 0x91
#define NUMBER_UNKNOWN       0x81

/* EF_SMSP, from the record's end: what is there, 12 bytes of destination, 12 of service centre,
 * protocol, coding, validity. */
#define SMSP_TAIL        28u
#define SMSP_CENTRE      15u
#define SMSP_ONLY_CENTRE 0xfd

static guint8 *
content (SimCard *self, guint16 id)
{
  return sim_card_find (self, id, "")->data;
}

static void
put_text (guint8 *to, gsize n_bytes, const char *text)
{
  for (gsize i = 0; i < n_bytes && text[i] != '\0'; i++)
    to[i] = (guint8)text[i];
}

/* TS 31.102 4.2.2: length, then the digits behind a nibble that tells whether their number is odd.
 */
static void
fill_imsi (guint8 *data, const char *imsi)
{
  g_autofree char *digits = g_strconcat (strlen (imsi) % 2 != 0 ? "9" : "1", imsi, NULL);

  data[0] = (guint8)((strlen (digits) + 1) / 2);
  sim_digits_put (data + 1, 8, digits);
}

static void
fill_number (guint8 *record, guint length, const char *name, const char *number)
{
  guint8  *tail = record + length - NUMBER_TAIL;
  gboolean international = number[0] == '+';
  gsize    n_digits = strlen (number) - (international ? 1 : 0);

  put_text (record, length - NUMBER_TAIL, name);
  tail[0] = (guint8)((n_digits + 1) / 2 + 1);
  tail[1] = international ? NUMBER_INTERNATIONAL : NUMBER_UNKNOWN;
  sim_digits_put (tail + 2, 10, international ? number + 1 : number);
}

static void
fill_own_number (SimCard *self)
{
  SimFile *file = sim_card_find (self, SIM_EF_MSISDN, "");
  guint    length;
  guint8  *record = sim_file_record (file, 1, &length);

  if (self->config.number[0] != '\0')
    fill_number (record, length, "Line 1", self->config.number);
}

static void
fill_emergency_numbers (SimCard *self)
{
  static const char *const numbers[] = { "112", "911", "08" };
  SimFile                 *file = sim_card_find (self, SIM_EF_ECC, "");
  guint                    length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      guint8 *record = sim_file_record (file, i + 1, &length);

      sim_digits_put (record, 3, numbers[i]);
      record[3] = 0; /* every service */
    }
}

static guint8 *
smsp_end (SimCard *self)
{
  guint   length;
  guint8 *record = sim_file_record (sim_card_find (self, SIM_EF_SMSP, ""), 1, &length);

  return record + length;
}

const guint8 *
sim_card_service_centre (SimCard *self)
{
  const guint8 *end = smsp_end (self);
  guint8        length = end[-(int)SMSP_CENTRE];
  gboolean      there = (end[-(int)SMSP_TAIL] & ~SMSP_ONLY_CENTRE) == 0;

  return there && length >= 2 && length < SIM_CENTRE_LENGTH ? end - SMSP_CENTRE : NULL;
}

void
sim_card_set_service_centre (SimCard *self, const char *number, guint8 type)
{
  guint8 *end = smsp_end (self);
  guint8 *centre = end - SMSP_CENTRE;

  memset (centre, 0xff, SIM_CENTRE_LENGTH);
  end[-(int)SMSP_TAIL] = number[0] != '\0' ? SMSP_ONLY_CENTRE : 0xff;
  if (number[0] == '\0')
    return;
  centre[0] = (guint8)((strlen (number) + 1) / 2 + 1);
  centre[1] = type;
  sim_digits_put (centre + 2, SIM_CENTRE_LENGTH - 2, number);
}

guint8 *
sim_card_sms_status (SimCard *self)
{
  return content (self, SIM_EF_SMSS);
}

static void
fill_service_centre (SimCard *self)
{
  const char *number = self->config.service_centre;
  gboolean    international = number[0] == '+';

  sim_card_set_service_centre (self, international ? number + 1 : number,
                               international ? NUMBER_INTERNATIONAL : NUMBER_UNKNOWN);
}

void
sim_card_fill_files (SimCard *self)
{
  const SimCardConfig *config = &self->config;
  const guint8         administrative[] = { 0, 0, 0, (guint8)config->mnc_digits };
  SimFile             *messages = sim_card_find (self, SIM_EF_SMS, "");
  guint                length;

  sim_digits_put (content (self, SIM_EF_ICCID), 10, config->iccid);
  fill_imsi (content (self, SIM_EF_IMSI), config->imsi);
  memcpy (content (self, SIM_EF_AD), administrative, sizeof administrative);
  put_text (content (self, SIM_EF_PL), 2, "en");
  put_text (content (self, SIM_EF_LI), 2, "en");
  content (self, SIM_EF_SPN)[0] = 0; /* not shown beside the network's name */
  put_text (content (self, SIM_EF_SPN) + 1, 16, config->spn);
  for (guint i = 1; i <= sim_file_n_records (messages); i++)
    sim_file_record (messages, i, &length)[0] = 0; /* free */
  fill_emergency_numbers (self);
  fill_own_number (self);
  fill_service_centre (self);
}

gboolean
sim_card_own_number (SimCard *self, guint number, char **ret_name, char **ret_digits)
{
  SimFile         *file = sim_card_find (self, SIM_EF_MSISDN, "");
  guint            length;
  const guint8    *record = sim_file_record (file, number, &length);
  const guint8    *tail;
  g_autofree char *digits = NULL;

  if (record == NULL)
    return FALSE;
  tail = record + length - NUMBER_TAIL;
  if (tail[0] < 1 || tail[0] > 11)
    return FALSE;
  digits = sim_digits_get (tail + 2, tail[0] - 1u);
  *ret_digits = g_strconcat (tail[1] == NUMBER_INTERNATIONAL ? "+" : "", digits, NULL);
  *ret_name = g_strndup ((const char *)record, length - NUMBER_TAIL);
  (*ret_name)[strcspn (*ret_name, "\xff")] = '\0';
  return TRUE;
}

/* File descriptor bytes, TS 102.221 11.1.1.4.3. */
static const guint8 descriptors[] = {
  [SIM_FILE_DIRECTORY] = 0x78,
  [SIM_FILE_TRANSPARENT] = 0x41,
  [SIM_FILE_LINEAR] = 0x42,
};

/* TS 102.221 11.1.1.3: 62 { 82 descriptor, 83 identifier, 8A life cycle, 8B access, 80 size } */
static void
describe_usim (const SimFile *file, GByteArray *out)
{
  const SimFileRow *row = file->row;
  gsize             size = (gsize)row->length * row->n_records;
  gboolean          linear = row->kind == SIM_FILE_LINEAR;
  const guint8      head[] = { 0x82, linear ? 5 : 2, descriptors[row->kind], 0x21 };
  const guint8      shape[] = { 0, row->length, row->n_records };
  const guint8      tail[] = { 0x83, 2, (guint8)(row->id >> 8), (guint8)row->id, 0x8a, 1, 5 };
  const guint8      access[] = { 0x8b, 3, 0x6f, 6, (guint8)(row->update + 1) };
  const guint8      size_tag[] = { 0x80, 2, (guint8)(size >> 8), (guint8)size };
  guint             begin = out->len;

  g_byte_array_append (out, (const guint8[]){ 0x62, 0 }, 2);
  g_byte_array_append (out, head, sizeof head);
  if (linear)
    g_byte_array_append (out, shape, sizeof shape);
  g_byte_array_append (out, tail, sizeof tail);
  g_byte_array_append (out, access, sizeof access);
  if (row->kind != SIM_FILE_DIRECTORY)
    g_byte_array_append (out, size_tag, sizeof size_tag);
  out->data[begin + 1] = (guint8)(out->len - begin - 2);
}

/* TS 51.011 9.2.1: fixed headers, of an EF and of a directory. */

static void
describe_sim_ef (const SimFileRow *row, GByteArray *out)
{
  gboolean     linear = row->kind == SIM_FILE_LINEAR;
  guint        size = (guint)row->length * row->n_records;
  const guint8 read = row->read == SIM_ACCESS_PIN ? 0x10 : 0; /* CHV1, or always */
  const guint8 update = row->update == SIM_ACCESS_PIN ? 0x01 : 0x0f;
  const guint8 header[15] = {
    [2] = (guint8)(size >> 8),
    [3] = (guint8)size,
    [4] = (guint8)(row->id >> 8),
    [5] = (guint8)row->id,
    [6] = 4, /* an EF */
    [8] = read | update,
    [9] = 0xff,
    [10] = 0xff,
    [11] = 1,
    [12] = 2, /* bytes that follow */
    [13] = linear ? 1 : 0,
    [14] = linear ? row->length : 0,
  };

  g_byte_array_append (out, header, sizeof header);
}

static void
describe_sim_directory (const SimCard *card, const SimFileRow *row, GByteArray *out)
{
  const guint8 header[22] = {
    [4] = (guint8)(row->id >> 8),
    [5] = (guint8)row->id,
    [6] = row->id == SIM_MF ? 1 : 2,
    [12] = 9, /* bytes that follow */
    [13] = card->lock.enabled ? 0x13 : 0x93,
    [14] = 3,  /* directories ... */
    [15] = 12, /* ... files ... */
    [16] = 4,  /* ... and secrets, with the attempts left: */
    [18] = (guint8)(0x80 | card->lock.pin.left),
    [19] = (guint8)(0x80 | card->lock.puk.left),
    [20] = (guint8)(0x80 | card->lock2.pin.left),
    [21] = (guint8)(0x80 | card->lock2.puk.left),
  };

  g_byte_array_append (out, header, sizeof header);
}

void
sim_file_describe (const SimCard *card, const SimFile *file, GByteArray *out)
{
  if (card->usim)
    describe_usim (file, out);
  else if (file->row->kind == SIM_FILE_DIRECTORY)
    describe_sim_directory (card, file->row, out);
  else
    describe_sim_ef (file->row, out);
}
