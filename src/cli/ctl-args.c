/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-args.h"

#include "ctl-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* ---- one value ---- */

/* What is typed otherwise than in GVariant's text; NULL: perhaps it is that. */

static GVariant *
parse_string (const char *text)
{
  return g_variant_new_string (text);
}

static GVariant *
parse_object_path (const char *text)
{
  return g_variant_is_object_path (text) ? g_variant_new_object_path (text) : NULL;
}

static GVariant *
parse_signature (const char *text)
{
  return g_variant_is_signature (text) ? g_variant_new_signature (text) : NULL;
}

static GVariant *
parse_boolean (const char *text)
{
  static const char *const yes[] = { "yes", "true", "on", "1", NULL };
  static const char *const no[] = { "no", "false", "off", "0", NULL };

  if (g_strv_contains (yes, text))
    return g_variant_new_boolean (TRUE);
  return g_strv_contains (no, text) ? g_variant_new_boolean (FALSE) : NULL;
}

static GVariant *
parse_hex (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (const char *s = text; *s != '\0'; s += 2)
    {
      guint8 byte;

      if (!g_ascii_isxdigit (s[0]) || !g_ascii_isxdigit (s[1]))
        return NULL;
      byte = (guint8)(g_ascii_xdigit_value (s[0]) << 4 | g_ascii_xdigit_value (s[1]));
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes->data, bytes->len, 1);
}

typedef struct
{
  const char *signature;
  const char *meaning;
  GVariant *(*parse) (const char *text);
} TypeRow;

static const TypeRow types[] = {
  { "s", "text", parse_string },
  { "o", "an object path", parse_object_path },
  { "g", "a signature", parse_signature },
  { "b", "yes or no", parse_boolean },
  { "y", "a number from 0 to 255" },
  { "n", "a number from -32768 to 32767" },
  { "q", "a number from 0 to 65535" },
  { "i", "a number from -2147483648 to 2147483647" },
  { "u", "a number from 0 to 4294967295" },
  { "x", "a number of 64 bits" },
  { "t", "a number of 64 bits, not negative" },
  { "d", "a number" },
  { "ay", "bytes, such as 00ff or [0x00, 0xff]", parse_hex },
  { "as", "texts, such as ['a', 'b']" },
  { "a{sv}", "a dictionary, such as {'name': <'text'>, 'flag': <true>, 'count': <uint32 5>}" },
  { NULL, "in GVariant's text format" },
};

static const TypeRow *
find_type (const char *signature)
{
  const TypeRow *type = types;

  while (type->signature != NULL && !g_str_equal (type->signature, signature))
    type++;
  return type;
}

GVariant *
ctl_args_parse_value (const char *signature, const char *text, GError **error)
{
  const TypeRow     *type = find_type (signature);
  GVariant          *value = type->parse != NULL ? type->parse (text) : NULL;
  g_autoptr (GError) cause = NULL;

  if (value != NULL)
    return g_variant_ref_sink (value);
  if (!g_variant_type_string_is_valid (signature))
    {
      ctl_fail (error, CTL_ERROR_FAILED, "'%s' is no type", signature);
      return NULL;
    }
  value = g_variant_parse (G_VARIANT_TYPE (signature), text, NULL, NULL, &cause);
  if (value == NULL)
    ctl_fail (error, CTL_ERROR_USAGE, "'%s' is not of type %s, %s (%s)", text, signature,
              type->meaning, cause->message + strspn (cause->message, "0123456789-,:"));
  return value;
}

/* ---- files ---- */

static gboolean
is_file (const GDBusArgInfo *info)
{
  return g_str_equal (info->signature, "h");
}

/* Not emptied: nothing may come of the call, and a recording that is in the file may be the only
 * copy. */
static int
open_output (const char *name, CtlFiles *files)
{
  enum
  {
    FLAGS = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY,
    MODE = 0666
  };
  int fd = open (name, FLAGS | O_EXCL, MODE);

  files->out_is_new = fd >= 0;
  if (fd < 0 && errno == EEXIST)
    fd = open (name, FLAGS, MODE);
  if (fd < 0)
    return -1;
  files->out_name = g_strdup (name);
  files->out_fd = fd;
  return dup (fd);
}

static int
open_file (const char *name, gboolean is_output, CtlFiles *files)
{
  if (g_str_equal (name, "-"))
    return dup (is_output ? STDOUT_FILENO : STDIN_FILENO);
  if (is_output)
    return open_output (name, files);
  return open (name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

/* The place in the file is common to all who have it open: it is how much the daemon has written.
 */
static void
end_output (CtlFiles *files, gboolean done)
{
  off_t n = lseek (files->out_fd, 0, SEEK_CUR);

  if (n == 0 && !done && files->out_is_new)
    (void)unlink (files->out_name);
  else if ((n > 0 || done) && ftruncate (files->out_fd, MAX (n, 0)) < 0)
    g_debug ("%s is no regular file: %s", files->out_name, g_strerror (errno));
  (void)close (files->out_fd);
  g_clear_pointer (&files->out_name, g_free);
}

void
ctl_files_close (CtlFiles *files, gboolean done)
{
  g_clear_object (&files->list);
  if (files->out_name != NULL)
    end_output (files, done);
}

static gboolean
add_file (const GDBusArgInfo *info, const char *name, CtlFiles *files, GError **error)
{
  gboolean is_output = g_strcmp0 (info->name, "out") == 0;
  int      fd = open_file (name, is_output, files);
  int      handle;

  if (fd < 0)
    return ctl_fail (error, CTL_ERROR_FAILED, "%s: %s", name, g_strerror (errno));
  if (files->list == NULL)
    files->list = g_unix_fd_list_new ();
  handle = g_unix_fd_list_append (files->list, fd, error);
  (void)close (fd);
  files->has_stdout |= is_output && g_str_equal (name, "-");
  return handle >= 0;
}

/* ---- all arguments ---- */

guint
ctl_args_count (GDBusArgInfo *const *infos)
{
  guint n = 0;

  while (infos != NULL && infos[n] != NULL)
    n++;
  return n;
}

static char *
describe_one (const GDBusArgInfo *info)
{
  return g_strjoin (" ", info->signature, info->name, NULL);
}

char *
ctl_args_describe (GDBusArgInfo *const *infos)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ctl_args_count (infos); i++)
    {
      g_autofree char *one = describe_one (infos[i]);

      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", one);
    }
  return g_string_free (out, FALSE);
}

static gboolean
check_count (GDBusArgInfo *const *infos, guint n, GError **error)
{
  guint            wanted = ctl_args_count (infos);
  g_autofree char *description = ctl_args_describe (infos);

  if (n == wanted)
    return TRUE;
  if (wanted == 0)
    return ctl_fail (error, CTL_ERROR_USAGE, "It wants no arguments");
  if (n + 1 == wanted && g_str_equal (infos[n]->signature, "a{sv}"))
    return TRUE;
  return ctl_fail (error, CTL_ERROR_USAGE, "It wants %u argument%s: %s", wanted,
                   wanted == 1 ? "" : "s", description);
}

static gboolean
blame (const GDBusArgInfo *info, guint number, GError **error)
{
  g_autofree char *description = describe_one (info);

  g_prefix_error (error, "Argument %u (%s): ", number, description);
  return FALSE;
}

/* A file is its place among the files, which are not open yet. */
static gboolean
parse_values (GPtrArray *values, GDBusArgInfo *const *infos, const char *const *texts,
              GError **error)
{
  gint32 n_files = 0;

  for (guint i = 0; i < ctl_args_count (infos); i++)
    {
      const char *text = texts[i] != NULL ? texts[i] : "{}"; /* the last one, see check_count() */
      GVariant   *value = is_file (infos[i])
                              ? g_variant_ref_sink (g_variant_new_handle (n_files++))
                              : ctl_args_parse_value (infos[i]->signature, text, error);

      if (value == NULL)
        return blame (infos[i], i + 1, error);
      g_ptr_array_add (values, value);
    }
  return TRUE;
}

static gboolean
open_files (CtlFiles *files, GDBusArgInfo *const *infos, const char *const *texts, GError **error)
{
  for (guint i = 0; i < ctl_args_count (infos); i++)
    if (is_file (infos[i]) && !add_file (infos[i], texts[i], files, error))
      return blame (infos[i], i + 1, error);
  return TRUE;
}

/* No file is opened for a call that will not be made. */
GVariant *
ctl_args_parse (GDBusArgInfo *const *infos, const char *const *texts, CtlFiles *files,
                GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);

  if (!check_count (infos, g_strv_length ((char **)texts), error)
      || !parse_values (values, infos, texts, error) || !open_files (files, infos, texts, error))
    return NULL;
  return g_variant_ref_sink (g_variant_new_tuple ((GVariant *const *)values->pdata, values->len));
}
