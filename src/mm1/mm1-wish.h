/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libmm-glib.h>

/* What a client asks of a connection: the dictionaries of Modem.CreateBearer and Simple.Connect. */
typedef struct
{
  GVariant *options;     /* a{sv}, of Data1.Connect; equal wishes are equal here */
  GVariant *properties;  /* a{sv}, of Bearer.Properties: without secrets */
  char     *pin;         /* NULL: none */
  char     *operator_id; /* NULL: any */
} Mm1Wish;

/* with_simple: the keys of Simple.Connect, too.  Fails with InvalidArgs, or Unsupported for what
 * the module has not got, such as IPv6 alone. */
gboolean mm1_wish_parse (GVariant *dict, gboolean with_simple, Mm1Wish *ret, GError **error);
void     mm1_wish_clear (Mm1Wish *self);
