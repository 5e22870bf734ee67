/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card's file system: 3GPP TS 31.102 4, TS 51.011 10. */
#include "sim-card-private.h"

#include <string.h>

#define NUMBER_RECORD 28
#define SMS_RECORD    176
#define SMS_RECORDS   40
#define SMSP_RECORD   40

#define ALWAYS SIM_ACCESS_ALWAYS
#define PIN    SIM_ACCESS_PIN
#define NEVER  SIM_ACCESS_NEVER

/* Identifier, directory, kind, who may read, who may update, size, records.  The application's
 * files stand in DF_GSM; on a USIM its ADF is the same directory under another name. */
static const SimFileRow rows[] = {
  { SIM_MF, 0, SIM_FILE_DIRECTORY, ALWAYS, NEVER, 0, 0 },
  { SIM_EF_ICCID, SIM_MF, SIM_FILE_TRANSPARENT, ALWAYS, NEVER, 10, 1 },
  { SIM_EF_PL, SIM_MF, SIM_FILE_TRANSPARENT, ALWAYS, PIN, 4, 1 },
  { SIM_DF_GSM, SIM_MF, SIM_FILE_DIRECTORY, ALWAYS, NEVER, 0, 0 },
  { SIM_EF_LI, SIM_DF_GSM, SIM_FILE_TRANSPARENT, ALWAYS, PIN, 4, 1 },
  { SIM_EF_IMSI, SIM_DF_GSM, SIM_FILE_TRANSPARENT, PIN, NEVER, 9, 1 },
  { SIM_EF_AD, SIM_DF_GSM, SIM_FILE_TRANSPARENT, ALWAYS, NEVER, 4, 1 },
  { SIM_EF_SPN, SIM_DF_GSM, SIM_FILE_TRANSPARENT, ALWAYS, NEVER, 17, 1 },
  { SIM_EF_ECC, SIM_DF_GSM, SIM_FILE_LINEAR, ALWAYS, NEVER, 4, 3 },
  { SIM_EF_FPLMN, SIM_DF_GSM, SIM_FILE_TRANSPARENT, PIN, PIN, 12, 1 },
  { SIM_DF_TELECOM, SIM_MF, SIM_FILE_DIRECTORY, ALWAYS, NEVER, 0, 0 },
  { SIM_EF_MSISDN, SIM_DF_TELECOM, SIM_FILE_LINEAR, PIN, PIN, NUMBER_RECORD, 4 },
  { SIM_EF_SMS, SIM_DF_TELECOM, SIM_FILE_LINEAR, PIN, PIN, SMS_RECORD, SMS_RECORDS },
  { SIM_EF_SMSP, SIM_DF_TELECOM, SIM_FILE_LINEAR, PIN, PIN, SMSP_RECORD, 1 },
  { SIM_EF_SMSS, SIM_DF_TELECOM, SIM_FILE_TRANSPARENT, PIN, PIN, 2, 1 },
};

static gsize
file_size (const SimFile *file)
{
  return (gsize)file->row->length * file->row->n_records;
}

static void
file_free (gpointer file)
{
  g_free (((SimFile *)file)->data);
  g_free (file);
}

void
sim_card_make_files (SimCard *self)
{
  self->files = g_ptr_array_new_with_free_func (file_free);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SimFile *file = g_new (SimFile, 1);

      *file = (SimFile){ .row = &rows[i] };
      file->data = g_malloc (MAX (file_size (file), 1));
      memset (file->data, 0xff, file_size (file)); /* how an empty one reads */
      g_ptr_array_add (self->files, file);
    }
  self->directory = self->selected = self->files->pdata[0];
}

/* finding */

static SimFile *
find_in (SimCard *self, guint16 id, guint16 parent)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      SimFile *file = self->files->pdata[i];

      if (file->row->id == id && file->row->parent == parent)
        return file;
    }
  return NULL;
}

static guint16
real_id (const SimCard *self, guint16 id)
{
  return self->usim && id == SIM_ADF ? SIM_DF_GSM : id;
}

/* A USIM shows DF_TELECOM's messages and numbers in its ADF too (TS 31.102 4.2.25, 4.2.26). */
static SimFile *
find_in_or_near (SimCard *self, guint16 id, guint16 parent)
{
  SimFile *file = find_in (self, id, parent);

  if (file == NULL && self->usim && parent == SIM_DF_GSM)
    file = find_in (self, id, SIM_DF_TELECOM);
  return file;
}

static SimFile *
find_anywhere (SimCard *self, guint16 id)
{
  SimFile *file = find_in (self, id, self->directory->row->id);

  for (guint i = 0; file == NULL && i < self->files->len; i++)
    {
      const SimFile *directory = self->files->pdata[i];

      if (directory->row->kind == SIM_FILE_DIRECTORY)
        file = find_in (self, id, directory->row->id);
    }
  return file;
}

SimFile *
sim_card_find (SimCard *self, guint16 id, const char *path)
{
  guint16 parent = SIM_MF;

  id = real_id (self, id);
  if (id == SIM_MF)
    return self->files->pdata[0];
  if (*path == '\0')
    return find_anywhere (self, id);
  if (strlen (path) % 4 != 0 || strlen (path) > 16)
    return NULL;
  for (; *path != '\0'; path += 4)
    {
      char    digits[] = { path[0], path[1], path[2], path[3], '\0' };
      guint16 step = real_id (self, (guint16)g_ascii_strtoull (digits, NULL, 16));

      if (step != SIM_MF && find_in (self, step, parent) == NULL)
        return NULL;
      parent = step;
    }
  return find_in_or_near (self, id, parent);
}

SimFile *
sim_card_directory (SimCard *self)
{
  return self->directory;
}

void
sim_card_set_directory (SimCard *self, SimFile *file)
{
  if (file->row->kind == SIM_FILE_DIRECTORY)
    self->directory = file;
  else
    for (guint i = 0; i < self->files->len; i++)
      if (((SimFile *)self->files->pdata[i])->row->id == file->row->parent)
        self->directory = self->files->pdata[i];
}

/* reading and writing */

static guint16
check (const SimCard *card, const SimFile *file, SimFileKind kind, SimAccess access)
{
  if (file->row->kind != kind)
    return SIM_SW_WRONG_STRUCTURE;
  if (access == SIM_ACCESS_NEVER
      || (access == SIM_ACCESS_PIN && sim_card_state (card) != SIM_LOCK_OPEN))
    return SIM_SW_SECURITY;
  return SIM_SW_OK;
}

static guint16
wrong_length (const SimCard *card, guint right)
{
  return (guint16)((card->usim ? SIM_SW_RIGHT_LENGTH : SIM_SW_WRONG_LENGTH) | (right & 0xff));
}

guint16
sim_file_read_binary (const SimCard *card, const SimFile *file, guint offset, guint length,
                      GByteArray *out)
{
  guint16 sw = check (card, file, SIM_FILE_TRANSPARENT, file->row->read);
  guint   left = file->row->length;

  if (sw != SIM_SW_OK)
    return sw;
  if (offset >= left)
    return SIM_SW_WRONG_OFFSET;
  left -= offset;
  if (length > left)
    return wrong_length (card, left);
  g_byte_array_append (out, file->data + offset, length == 0 ? left : length);
  return SIM_SW_OK;
}

guint16
sim_file_update_binary (const SimCard *card, SimFile *file, guint offset, const guint8 *data,
                        guint n_data)
{
  guint16 sw = check (card, file, SIM_FILE_TRANSPARENT, file->row->update);

  if (sw != SIM_SW_OK)
    return sw;
  if (offset >= file->row->length)
    return SIM_SW_WRONG_OFFSET;
  if (offset + n_data > file->row->length)
    return SIM_SW_WRONG_LENGTH;
  memcpy (file->data + offset, data, n_data);
  return SIM_SW_OK;
}

guint8 *
sim_file_record (SimFile *file, guint number, guint *ret_length)
{
  if (number == 0 || number > file->row->n_records)
    return NULL;
  *ret_length = file->row->length;
  return file->data + (gsize)(number - 1) * file->row->length;
}

guint
sim_file_n_records (const SimFile *file)
{
  return file->row->n_records;
}

guint16
sim_file_read_record (const SimCard *card, const SimFile *file, guint number, guint length,
                      GByteArray *out)
{
  guint16 sw = check (card, file, SIM_FILE_LINEAR, file->row->read);

  if (sw != SIM_SW_OK)
    return sw;
  if (number == 0 || number > file->row->n_records)
    return SIM_SW_NO_RECORD;
  if (length != 0 && length != file->row->length)
    return wrong_length (card, file->row->length);
  g_byte_array_append (out, file->data + (gsize)(number - 1) * file->row->length,
                       file->row->length);
  return SIM_SW_OK;
}

/* The rest of a shorter record is filled: guide 11.2.1 writes two bytes into one of 176. */
guint16
sim_file_update_record (const SimCard *card, SimFile *file, guint number, const guint8 *data,
                        guint n_data)
{
  guint16 sw = check (card, file, SIM_FILE_LINEAR, file->row->update);
  guint   length;
  guint8 *record = sim_file_record (file, number, &length);

  if (sw != SIM_SW_OK)
    return sw;
  if (record == NULL)
    return SIM_SW_NO_RECORD;
  if (n_data > length)
    return SIM_SW_WRONG_LENGTH;
  memset (record, 0xff, length);
  memcpy (record, data, n_data);
  return SIM_SW_OK;
}
