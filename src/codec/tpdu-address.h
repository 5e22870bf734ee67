/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tpdu.h"

/* Address fields, 3GPP 23.040 9.1.2.5: a length, a type, semi-octets or packed septets. */

/* The type and n digits (semi-octets) at octets, of which there are enough. */
void tpdu_address_decode (TpduAddress *address, const guint8 *octets, guint n_digits);

/* Puts type and value to octets, which has room for 11; returns their number.  ret_digits is the
 * number of digits. */
gsize tpdu_address_encode (const TpduAddress *address, guint8 *octets, guint *ret_digits);
