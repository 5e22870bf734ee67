/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What mu709d asks of mu709-pppd: the little that is not the same for every data call.  It comes as
 * text on standard input, because a command line can be read by everybody, and because mu709d,
 * which is nobody in particular, must not be able to give options to a pppd that is root. */

#define PPP_MAX_TEXT 99 /* bytes of a user's name or a password, as the module's own (+CGDCONT) */

typedef enum
{
  PPP_AUTH_NONE, /* whatever the peer wants: with an empty name and an empty password */
  PPP_AUTH_PAP,
  PPP_AUTH_CHAP,
} PppAuth;

typedef struct
{
  PppAuth auth;
  guint   metric; /* of the default route; 0: no such route */
  char    user[PPP_MAX_TEXT + 1];
  char    password[PPP_MAX_TEXT + 1];
} PppRequest;

#define PPP_MAX_METRIC    65535
#define PPP_REQUEST_BYTES 4096 /* no request is as long */

/* Errors: InvalidArgument (a metric that is none), InvalidCharacters (a control character). */
char *ppp_request_print (const PppRequest *self, GError **error);

/* Errors: InvalidArgument; what was read is not repeated in it. */
gboolean ppp_request_parse (const char *text, PppRequest *ret_request, GError **error);
