/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Arguments KEY=VALUE, which become the entries of a dictionary. */
typedef struct
{
  const char *name;
  const char *signature;
  GVariant *(*parse) (const char *text); /* NULL, or floating; no function: by the signature */
  const char *meaning;                   /* what that wants: "a time, such as 2h" */
  const char *values;                    /* "yes|no", for completion alone; NULL: any */
} CtlKey;

/* keys ends with a row without a name; if that has a signature, keys that are not known are of that
 * type, for the daemon to refuse, else they are an error.  Returns an a{sv}. */
GVariant *ctl_keys_parse (const CtlKey *keys, const char *const *texts, GError **error);

/* How many of the first texts are KEY=VALUE with a key that is known. */
guint ctl_keys_count (const CtlKey *keys, const char *const *texts);

/* The key that somebody will have meant who typed text, KEY=VALUE, or NULL: it is something else.
 */
const char *ctl_keys_suggest (const CtlKey *keys, const char *text);
