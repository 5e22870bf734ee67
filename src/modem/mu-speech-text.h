/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A text as ^TTS takes it (guide 16.1.1), by the options of Speech1.Speak; ret_op: the operation
 * that says how it is encoded.  NULL: InvalidArgument, TooLong, InvalidCharacters. */
GByteArray *mu_speech_text (const char *text, GVariant *options, guint *ret_op, GError **error);
