/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

/* Typed arguments from the words of a command line, by the signature that introspection tells:
 *
 *   s o g       as typed
 *   b           yes, no, true, false, on, off, 1, 0
 *   h           a file's name, or "-": an argument called "out" is written (standard output; a call
 *               has one at most), any other is read (standard input)
 *   ay          hex digits, or GVariant's text
 *   the rest    GVariant's text: numbers, ['a', 'b'], {'report': <true>, 'class': <uint32 0>}
 */

typedef struct
{
  GUnixFDList *list; /* of the handles; NULL: there are none */
  gboolean     has_stdout;
  char        *out_name; /* of the file that is written; NULL: there is none */
  int          out_fd;
  gboolean     out_is_new;
} CtlFiles;

/* What the file had in it is replaced by what has been written; if that is nothing, only if it was
 * all, done being TRUE: else the file is as it was before. */
void ctl_files_close (CtlFiles *files, gboolean done);

/* texts ends with NULL.  An a{sv} that is the last argument may be left out: options are optional.
 * The result is a tuple. */
GVariant *ctl_args_parse (GDBusArgInfo *const *infos, const char *const *texts, CtlFiles *files,
                          GError **error);

/* One value of any type but h. */
GVariant *ctl_args_parse_value (const char *signature, const char *text, GError **error);

/* "s pin, b enabled": what a method wants or gives. */
char *ctl_args_describe (GDBusArgInfo *const *infos);

guint ctl_args_count (GDBusArgInfo *const *infos);
