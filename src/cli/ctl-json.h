/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A value of D-Bus as JSON, on one line.  The mapping, which mu709ctl(1) promises to keep:
 *
 *   b                         true, false
 *   y n q i u x t h d         a number; a d that is none (NaN, infinity) is null
 *   s o g                     a string
 *   ay                        a string of hex digits
 *   v                         what is in it
 *   a{...}                    an object, keys that are no strings as their text
 *   any other array, (...)    an array
 *
 * A maybe, which D-Bus does not have, serves for our own "there is none": null. */
void ctl_json_append (GString *out, GVariant *value);
