/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ^FILEIO: guide 27.4, 27.5.  Its reply to a read is one line, as printed there. */
#include "sim-fileio.h"

#include "sim-amr.h"
#include "sim-recorder.h"
#include "sim-text.h"

#define MAX_PACKET  512u /* bytes: guide 27.4.1 */
#define MAX_PACKETS 600u
#define MAX_OFFSET  (300u * 1024)
#define MAX_TYPE    16u
#define OP_TIME     SIM_MS (50)

enum
{
  OP_READ = 1,
  OP_WRITE = 2,
  OP_DELETE = 3,
};

/* What the command wants. */
typedef struct
{
  guint       op;
  int         recording;
  guint       offset, length;         /* to read; to write: packet and how many there are */
  GByteArray *data;                   /* to write */
  guint       next[SIM_N_RECORDINGS]; /* the packet that each expects */
} SimFileio;

/* =1,"name",1,,offset,length  ->  ^FILEIO: length read,size "hex"
 * RAM is read from its start only, and forgets what was read. */
static SimResult
read_file (SimCall *call, SimFileio *self)
{
  GByteArray         *file = sim_recorder_file (call->module, self->recording);
  gboolean            flash = sim_recordings[self->recording].flash;
  g_autoptr (GString) hex = g_string_new (NULL);
  guint               size = file->len, n;

  if (size == 0)
    return SIM_APP_NOT_SUPPORTED;
  if (!flash && self->offset != 0)
    return SIM_ERROR;
  if (self->offset >= size)
    return SIM_APP_BAD_PARAMETERS;
  n = MIN (self->length, size - self->offset);
  sim_hex (hex, file->data + self->offset, n);
  sim_reply (call, "^FILEIO: %u,%u \"%s\"", n, size, hex->str);
  if (!flash)
    g_byte_array_remove_range (file, 0, n);
  return SIM_OK;
}

/* =2,"name",1,,packet,total,"hex"  ->  ^FILEIO: packet,bytes
 * The first packet makes the file anew and has the header of AMR; they come in their order. */
static SimResult
write_file (SimCall *call, SimFileio *self)
{
  GByteArray *file = sim_recorder_file (call->module, self->recording);
  guint       packet = self->offset, total = self->length;
  guint      *next = &self->next[self->recording];

  if (packet < 1 || packet > total || (packet != 1 && packet != *next))
    return SIM_APP_BAD_PARAMETERS;
  if (packet == 1 && !sim_amr_has_header (self->data->data, self->data->len))
    return SIM_CME_NO_AMR_HEADER;
  if (packet == 1)
    g_byte_array_set_size (file, 0);
  if (file->len + self->data->len > sim_recorder_room (call->module, self->recording))
    return SIM_CME_MEMORY_FULL;
  g_byte_array_append (file, self->data->data, self->data->len);
  *next = packet < total ? packet + 1 : 0;
  sim_reply (call, "^FILEIO: %u,%u", packet, self->data->len);
  return SIM_OK;
}

static SimResult
done (SimCall *call)
{
  SimFileio *self = call->state;

  if (sim_recorder_busy (call->module))
    return SIM_CME_NOT_ALLOWED;
  if (self->op == OP_READ)
    return read_file (call, self);
  if (self->op == OP_WRITE)
    return write_file (call, self);
  g_byte_array_set_size (sim_recorder_file (call->module, self->recording), 0);
  return SIM_OK;
}

/* The parameters that differ from one operation to the other. */
static gboolean
take_rest (SimFileio *self, SimArgs *args)
{
  gboolean reads = self->op == OP_READ;

  g_byte_array_set_size (self->data, 0);
  if (self->op == OP_DELETE)
    return TRUE;
  (void)sim_arg_uint (args, 1, 1); /* always 1, then an empty one: guide 27.4.1 */
  (void)sim_arg_text_or (args, "", MAX_TYPE);
  self->offset = sim_arg_uint (args, 0, reads ? MAX_OFFSET : MAX_PACKETS);
  self->length = sim_arg_uint (args, 1, reads ? MAX_PACKET : MAX_PACKETS);
  return reads
         || (sim_unhex (sim_arg_text (args, 2 * (gsize)MAX_PACKET), self->data)
             && self->data->len > 0);
}

static SimResult
set_fileio (SimCall *call)
{
  SimFileio *self = call->state;
  gboolean   right;

  self->op = sim_arg_uint (&call->args, OP_READ, OP_DELETE);
  self->recording = sim_recorder_find (sim_arg_text (&call->args, SIM_MAX_RECORDING_NAME));
  right = take_rest (self, &call->args);
  if (!right || !sim_args_end (&call->args) || self->recording < 0)
    return SIM_APP_BAD_PARAMETERS;
  return sim_call_wait (call, OP_TIME, done, NULL);
}

static void
fileio_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimFileio *)state)->data = g_byte_array_new ();
}

static void
fileio_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  g_byte_array_unref (((SimFileio *)state)->data);
}

static const SimCommand commands[] = {
  { "^FILEIO", .test = "(1-3)", .set = set_fileio },
};

const SimChapter sim_fileio_chapter = {
  .name = "fileio",
  .state_size = sizeof (SimFileio),
  .init = fileio_init,
  .clear = fileio_clear,
  SIM_ROWS (commands, commands),
};
