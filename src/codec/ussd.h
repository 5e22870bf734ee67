/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The strings of +CUSD (27.007 7.15).  With ^USSDMODE=0 modules of this family write them, and want
 * them, as hex digits of what is on the air (at-facts 9): packed septets for GSM 7 bit. */

#define USSD_DCS_GSM7 15u /* 23.038 5: the default alphabet, no language told */
#define USSD_DCS_UCS2 72u /* general, uncompressed, no class */

#define USSD_MAX_OCTETS 160 /* 24.080 4.5, maxUSSD-StringLength: 182 septets, 80 of UCS2 */

/* A text as the module wants it: upper-case hex digits.  NULL: InvalidArgument of an empty text,
 * TooLong. */
char *ussd_encode (const char *text, guint *ret_dcs, GError **error);

/* The text of a string.  What is not hex digits, an even number of them, is the text already.  What
 * is hex digits is decided by the coding, unless that comes out as no text:
 *
 *   GSM 7 bit  packed septets, if only characters come out that texts are made of;
 *              else UCS2, if it is all in alphabets that are written with one cell a character;
 *              else packed septets, if there is a letter among the digits and the bits left over
 *              are zero;
 *              else the text already: an account's number, a code
 *   UCS2       UCS2, if characters come out; else packed septets under the same condition
 *   8 bit      octets of UTF-8, if characters come out
 *
 * and what is none of it is the text already.  A language in front (codings 0x10 and 0x11) and the
 * CR that fills the last octet (23.038 6.1.2.3.1) are left out. */
char *ussd_decode (const char *string, guint dcs);
