/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tpdu.h"

#include <string.h>

static inline gboolean
tpdu_same_address (const TpduAddress *a, const TpduAddress *b)
{
  return a->type == b->type && strcmp (a->text, b->text) == 0;
}

static inline gboolean
tpdu_same_fields (const Tpdu *a, const Tpdu *b)
{
  return a->type == b->type && a->flags == b->flags && a->reference == b->reference
         && a->pid == b->pid && a->dcs == b->dcs && a->validity_format == b->validity_format
         && memcmp (a->validity, b->validity, TPDU_TIME_OCTETS) == 0
         && memcmp (a->time, b->time, TPDU_TIME_OCTETS) == 0
         && memcmp (a->discharge, b->discharge, TPDU_TIME_OCTETS) == 0 && a->status == b->status;
}

static inline gboolean
tpdu_same_user_data (const Tpdu *a, const Tpdu *b)
{
  return a->header_len == b->header_len && memcmp (a->header, b->header, a->header_len) == 0
         && a->data_len == b->data_len && memcmp (a->data, b->data, a->data_len) == 0;
}

/* The type of a service centre that is not told does not count. */
static inline gboolean
tpdu_same (const Tpdu *a, const Tpdu *b)
{
  return tpdu_same_fields (a, b) && tpdu_same_user_data (a, b)
         && tpdu_same_address (&a->number, &b->number)
         && strcmp (a->service_centre.text, b->service_centre.text) == 0
         && (a->service_centre.text[0] == '\0' || a->service_centre.type == b->service_centre.type);
}
