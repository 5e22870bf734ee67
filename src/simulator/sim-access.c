/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card's files: guide 11.2; 27.007 8.17, 8.18. */
#include "sim-access.h"

#include "sim-slot.h"
#include "sim-text.h"

#include <string.h>

#define MAX_DATA_HEX 510u
#define MAX_APDU_HEX 522u

/* +CRSM=command[,file[,p1,p2,p3[,data[,path]]]] */
typedef struct
{
  SimCard    *card;
  guint       command, file, p1, p2, p3;
  GByteArray *data;
  char        path[17];
  GByteArray *answer;
} Access;

typedef guint16 (*AccessRun) (Access *access, SimFile *file);

static guint16
read_binary (Access *access, SimFile *file)
{
  return sim_file_read_binary (access->card, file, access->p1 << 8 | access->p2, access->p3,
                               access->answer);
}

static guint16
read_record (Access *access, SimFile *file)
{
  return sim_file_read_record (access->card, file, access->p1, access->p3, access->answer);
}

/* The answer to a shorter P3 is cut; hosts ask for 255. */
static guint16
get_response (Access *access, SimFile *file)
{
  sim_file_describe (access->card, file, access->answer);
  if (access->p3 != 0 && access->p3 < access->answer->len)
    g_byte_array_set_size (access->answer, access->p3);
  return SIM_SW_OK;
}

static guint16
update_binary (Access *access, SimFile *file)
{
  return sim_file_update_binary (access->card, file, access->p1 << 8 | access->p2,
                                 access->data->data, MIN (access->data->len, access->p3));
}

static guint16
update_record (Access *access, SimFile *file)
{
  return sim_file_update_record (access->card, file, access->p1, access->data->data,
                                 MIN (access->data->len, access->p3));
}

static guint16
status (Access *access, SimFile *file G_GNUC_UNUSED)
{
  return get_response (access, sim_card_directory (access->card));
}

typedef struct
{
  guint     command;
  AccessRun run;
} AccessRow;

static const AccessRow accesses[] = {
  { 176, read_binary },   /* READ BINARY */
  { 178, read_record },   /* READ RECORD */
  { 192, get_response },  /* GET RESPONSE */
  { 214, update_binary }, /* UPDATE BINARY */
  { 220, update_record }, /* UPDATE RECORD */
  { 242, status },        /* STATUS */
};

static guint16
run_access (Access *access, AccessRun run)
{
  SimFile *file;

  if (run == status)
    return status (access, NULL);
  file = sim_card_find (access->card, (guint16)access->file, access->path);
  if (file == NULL)
    return SIM_SW_NO_FILE;
  sim_card_set_directory (access->card, file);
  return run (access, file);
}

static gboolean
take_access (SimArgs *args, Access *access)
{
  const char *text;

  access->command = sim_arg_uint (args, 0, 255);
  access->file = sim_arg_uint_or (args, SIM_MF, 0, 0xffff);
  access->p1 = sim_arg_uint_or (args, 0, 0, 255);
  access->p2 = sim_arg_uint_or (args, 0, 0, 255);
  access->p3 = sim_arg_uint_or (args, 0, 0, 255);
  if (!sim_unhex (sim_arg_text_or (args, "", MAX_DATA_HEX), access->data))
    return FALSE;
  text = sim_arg_text_or (args, "", sizeof access->path - 1);
  (void)g_strlcpy (access->path, text, sizeof access->path);
  return sim_args_end (args) && strspn (text, "0123456789ABCDEFabcdef") == strlen (text);
}

static SimResult
set_crsm (SimCall *call)
{
  g_autoptr (GByteArray) data = g_byte_array_new (), answer = g_byte_array_new ();
  g_autoptr (GString)    hex = g_string_new (NULL);
  Access    access = { .card = sim_slot_card (call->module), .data = data, .answer = answer };
  AccessRun run = NULL;
  guint16   sw;

  if (!take_access (&call->args, &access))
    return SIM_CME_BAD_PARAMETERS;
  for (gsize i = 0; i < G_N_ELEMENTS (accesses); i++)
    if (accesses[i].command == access.command)
      run = accesses[i].run;
  if (run == NULL)
    return SIM_CME_BAD_PARAMETERS;
  sw = run_access (&access, run);
  sim_hex (hex, answer->data, answer->len);
  sim_reply (call, "+CRSM: %u,%u,\"%s\"", sw >> 8, sw & 0xffu, hex->str);
  return SIM_OK;
}

/* +CSIM=length,"command" -> +CSIM: length,"response"; length counts hex digits */
static SimResult
set_csim (SimCall *call)
{
  g_autoptr (GByteArray) apdu = g_byte_array_new (), answer = g_byte_array_new ();
  g_autoptr (GString)    hex = g_string_new (NULL);
  guint                  length = sim_arg_uint (&call->args, 0, MAX_APDU_HEX);
  const char            *text = sim_arg_text (&call->args, MAX_APDU_HEX);

  if (!sim_args_end (&call->args) || strlen (text) != length || !sim_unhex (text, apdu))
    return SIM_CME_BAD_PARAMETERS;
  sim_card_apdu (sim_slot_card (call->module), apdu->data, apdu->len, answer);
  sim_slot_lock_changed (call->module); /* it may have been a PIN */
  sim_hex (hex, answer->data, answer->len);
  sim_reply (call, "+CSIM: %zu,\"%s\"", hex->len, hex->str);
  return SIM_OK;
}

static const SimCommand commands[] = {
  { "+CRSM", .needs = SIM_NEEDS_CARD, .set = set_crsm },
  { "+CSIM", .needs = SIM_NEEDS_CARD, .set = set_csim },
};

const SimChapter sim_access_chapter = {
  .name = "access",
  SIM_ROWS (commands, commands),
};
