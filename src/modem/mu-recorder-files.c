/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recordings between the module and a caller's descriptor (guide 27.4): packet after packet,
 * and the next one when this one has arrived, so that a slow end slows the whole. */
#include "mu-recorder-private.h"

#include "mu-hex.h"

#include "at-cursor.h"

#include <string.h>

#define PACKET     512u /* bytes: guide 27.4.1 */
#define MAX_SIZE   (300u * 1024)
#define AMR_HEADER "#!AMR\n" /* RFC 4867 5.1 */
#define IDLE_MS    60000     /* a descriptor that nobody reads or writes blocks the recorder */

/* ---- one at a time ---- */

static void
show (MuRecorder *self)
{
  mu_service_changed (&self->base, &self->transfer);
}

GVariant *
mu_recorder_get_transfer (MuService *base)
{
  const MuTransfer *transfer = &((const MuRecorder *)base)->transfer;
  const char       *direction = transfer->data != NULL ? "write" : "read";
  GVariantBuilder   dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  if (transfer->call == NULL)
    return g_variant_builder_end (&dict);
  g_variant_builder_add_parsed (&dict, "{'name', <%s>}", mu_recordings[transfer->recording].name);
  g_variant_builder_add_parsed (&dict, "{'direction', <%s>}", direction);
  g_variant_builder_add_parsed (&dict, "{'bytes', <%u>}", transfer->bytes);
  if (transfer->size > 0)
    g_variant_builder_add_parsed (&dict, "{'size', <%u>}", transfer->size);
  return g_variant_builder_end (&dict);
}

static void
forget (MuRecorder *self)
{
  MuTransfer *transfer = &self->transfer;

  transfer->call = NULL;
  transfer->bytes = transfer->size = 0;
  g_clear_pointer (&transfer->file, mu_file_free);
  g_clear_pointer (&transfer->data, g_byte_array_unref);
  mu_timer_stop (&transfer->idle);
  show (self);
}

static void
fail (MuRecorder *self, const GError *error)
{
  const MuTransfer *transfer = &self->transfer;
  MuCall           *call = transfer->call;
  gboolean          first = transfer->data == NULL && transfer->bytes == 0;

  forget (self);
  if (first)
    mu_recorder_fail_absent (call, transfer->recording, error);
  else
    mu_call_fail (call, error);
}

static void
reject (MuRecorder *self, MuError code, const char *why)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, (int)code, why);

  fail (self, error);
}

static void
succeed (MuRecorder *self)
{
  MuCall *call = self->transfer.call;
  guint   bytes = self->transfer.bytes;

  forget (self);
  mu_call_return (call, g_variant_new ("(u)", bytes));
}

static void
on_left (MuService *base, MuCall *call G_GNUC_UNUSED)
{
  reject ((MuRecorder *)base, MU_ERROR_ABORTED, "The caller has left");
}

static void
on_idle (gpointer user_data)
{
  reject (user_data, MU_ERROR_TIMEOUT, "Nobody is at the other end of the file descriptor");
}

/* FALSE: the call has failed. */
static gboolean
begin (MuRecorder *self, GVariant *args, MuFileWay way, MuFileDone done, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  MuTransfer        *transfer = &self->transfer;
  const char        *name;
  gint32             handle;
  int                recording, fd = -1;
  MuFile            *file = NULL;

  g_variant_get (args, "(&sh)", &name, &handle);
  recording = mu_recorder_find (name, &error);
  if (recording >= 0 && mu_recorder_is_free (self, &error))
    fd = mu_call_take_fd (call, handle, &error);
  if (fd >= 0)
    file = mu_file_new (fd, way, done, self, &error);
  if (file == NULL)
    {
      mu_call_fail (call, error);
      return FALSE;
    }
  transfer->call = call;
  transfer->recording = recording;
  transfer->file = file;
  transfer->data = way == MU_FILE_IN ? g_byte_array_new () : NULL;
  mu_call_on_left (call, on_left);
  show (self);
  return TRUE;
}

/* ---- Read ---- */

/* ^FILEIO: <read>,<size> "<hex>"  -- guide 27.4.1 prints a blank or a line end before the hex,
 * other commands of the module would have a comma */

typedef struct
{
  guint       size;
  GByteArray *bytes;
} Packet;

static const char *
find_hex (const AtReply *reply)
{
  for (gsize i = 0; i < reply->n_lines; i++)
    {
      const char *quote = strchr (reply->lines[i].text, '"');

      if (quote != NULL)
        return quote + 1;
    }
  return NULL;
}

static gboolean
decode_hex (const char *hex, GByteArray *bytes)
{
  g_autofree char *digits = g_strndup (hex, strcspn (hex, "\""));

  return mu_hex_decode (digits, bytes);
}

static gboolean
read_packet (const AtReply *reply, Packet *packet)
{
  const char *hex = find_hex (reply);
  AtCursor    cursor;
  AtValue     value;
  guint       n;

  if (hex == NULL || !at_cursor_begin (&cursor, reply->lines[0].text, "^FILEIO")
      || !at_cursor_next (&cursor, &value) || !at_value_uint (&value, 10, PACKET, &n)
      || !at_cursor_next (&cursor, &value))
    return FALSE;
  value.len = MIN (value.len, strspn (value.start, "0123456789"));
  return at_value_uint (&value, 10, MAX_SIZE, &packet->size) && n > 0
         && decode_hex (hex, packet->bytes) && packet->bytes->len == n;
}

static void ask_packet (MuRecorder *self);

static void
on_written (const guint8 *bytes G_GNUC_UNUSED, gsize n, const GError *error, gpointer user_data)
{
  MuRecorder *self = user_data;
  MuTransfer *transfer = &self->transfer;

  mu_timer_stop (&transfer->idle);
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  transfer->bytes += (guint)n;
  show (self);
  if (transfer->bytes >= transfer->size)
    succeed (self);
  else
    ask_packet (self);
}

/* The first packet says how much there is; what RAM says later may be what is left. */
static void
on_packet (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply, const GError *error)
{
  MuRecorder            *self = (MuRecorder *)base;
  MuTransfer            *transfer = &self->transfer;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Packet                 packet = { 0, bytes };
  guint                  got;

  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  if (!read_packet (reply, &packet))
    {
      reject (self, MU_ERROR_MODEM, "The module did not answer with a packet");
      return;
    }
  if (transfer->bytes == 0)
    transfer->size = packet.size;
  got = transfer->bytes + bytes->len;
  if (!mu_recordings[transfer->recording].consumed)
    mu_recorder_set_size (self, transfer->recording, transfer->size);
  else
    mu_recorder_set_size (self, transfer->recording, transfer->size - MIN (got, transfer->size));
  mu_timer_start (&transfer->idle, IDLE_MS);
  mu_file_write (transfer->file, bytes->data, bytes->len);
}

/* What was read of RAM is not there any more: it is always read from its start. */
static void
ask_packet (MuRecorder *self)
{
  const MuTransfer  *transfer = &self->transfer;
  const MuRecording *recording = &mu_recordings[transfer->recording];

  mu_send (&self->base, transfer->call, on_packet, "^FILEIO=1,%s,1,,%u,%u", recording->name,
           recording->consumed ? 0 : transfer->bytes, PACKET);
}

void
mu_recorder_read (MuService *base, GVariant *args, MuCall *call)
{
  MuRecorder *self = (MuRecorder *)base;

  if (begin (self, args, MU_FILE_OUT, on_written, call))
    ask_packet (self);
}

/* ---- Write ---- */

/* ^FILEIO: <packet>,<bytes>  -- guide 27.4.1 */

typedef struct
{
  guint packet;
  guint bytes;
} Fileio;

static const AtField fileio_fields[] = {
  AT_F_UINT (Fileio, packet, NULL),
  AT_F_UINT (Fileio, bytes, NULL),
};

static const AtRecord fileio = AT_RECORD ("^FILEIO", Fileio, fileio_fields);

static guint
next_size (const MuTransfer *transfer)
{
  return MIN (PACKET, transfer->size - transfer->bytes);
}

static void send_packet (MuRecorder *self);

static void
on_packet_sent (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply,
                const GError *error)
{
  MuRecorder *self = (MuRecorder *)base;
  MuTransfer *transfer = &self->transfer;
  Fileio      taken;

  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  if (reply->n_lines == 0 || !at_scan (&fileio, &reply->lines[0], &taken, NULL)
      || taken.bytes != next_size (transfer))
    {
      reject (self, MU_ERROR_MODEM, "The module did not take the packet");
      return;
    }
  transfer->bytes += taken.bytes;
  mu_recorder_set_size (self, transfer->recording, transfer->bytes);
  show (self);
  if (transfer->bytes < transfer->size)
    send_packet (self);
  else
    succeed (self);
}

static void
send_packet (MuRecorder *self)
{
  const MuTransfer *transfer = &self->transfer;
  g_autofree char  *hex
      = mu_hex_encode (transfer->data->data + transfer->bytes, next_size (transfer));

  mu_send (&self->base, transfer->call, on_packet_sent, "^FILEIO=2,%s,1,,%u,%u,%x",
           mu_recordings[transfer->recording].name, transfer->bytes / PACKET + 1,
           (transfer->size + PACKET - 1) / PACKET, hex);
}

/* The first packet tells how many there will be, so all of them are here before. */
static void
on_all_read (MuRecorder *self)
{
  MuTransfer       *transfer = &self->transfer;
  const GByteArray *data = transfer->data;

  if (data->len < strlen (AMR_HEADER) || memcmp (data->data, AMR_HEADER, strlen (AMR_HEADER)) != 0)
    {
      reject (self, MU_ERROR_INVALID_ARGUMENT, "It does not begin as an AMR file does");
      return;
    }
  transfer->size = data->len;
  send_packet (self);
}

static void
on_read (const guint8 *bytes, gsize n, const GError *error, gpointer user_data)
{
  MuRecorder *self = user_data;
  MuTransfer *transfer = &self->transfer;

  mu_timer_stop (&transfer->idle);
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  g_byte_array_append (transfer->data, bytes, (guint)n);
  if (transfer->data->len > mu_recordings[transfer->recording].room)
    reject (self, MU_ERROR_TOO_LONG, "It is larger than the module's memory");
  else if (n == 0)
    on_all_read (self);
  else
    {
      mu_timer_start (&transfer->idle, IDLE_MS);
      mu_file_read (transfer->file);
    }
}

void
mu_recorder_write (MuService *base, GVariant *args, MuCall *call)
{
  MuRecorder *self = (MuRecorder *)base;

  if (!begin (self, args, MU_FILE_IN, on_read, call))
    return;
  mu_timer_start (&self->transfer.idle, IDLE_MS);
  mu_file_read (self->transfer.file);
}

/* ---- life ---- */

void
mu_recorder_files_init (MuRecorder *self)
{
  mu_service_add_timer (&self->base, &self->transfer.idle, on_idle);
}

/* The call is answered by the session. */
void
mu_recorder_files_reset (MuRecorder *self)
{
  if (self->transfer.call != NULL)
    forget (self);
}
