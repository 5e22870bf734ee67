/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* Which module a command is about, and what it was like when it was chosen. */

/* Chooses the one that --modem names, or the only one, if that has not been done. */
gboolean ctl_module_choose (Ctl *ctl, GError **error);

/* The path of the module that text names: IMEI, path or its last part; NULL text: the only one.
 * objects: of ctl_bus_objects(). */
char *ctl_module_find (GVariant *objects, const char *text, GError **error);

/* The last part of path if it is a module's, "usb_2_1", or what else follows: "usb_2_1/call/1". */
const char *ctl_module_id (const char *path);

/* An interface's properties, a{sv}; NULL: it is not there (now).  interfaces: a{sa{sv}}. */
GVariant *ctl_module_properties (GVariant *interfaces, const char *short_name);

/* The next module among objects, in a loop as g_variant_iter_loop() makes it. */
gboolean ctl_module_next (GVariantIter *objects, const char **path, GVariant **interfaces);

/* ctl_template_expand() of one interface; NULL too if it is not there. */
char *ctl_module_text (GVariant *interfaces, const char *short_name, const char *template,
                       const CtlStyle *style);

/* Whether the chosen module shows all that it has: until it is ready, or locked, its interfaces
 * appear one by one. */
gboolean ctl_module_is_settled (const Ctl *ctl);

/* The error of an interface that the chosen module does not show; FALSE. */
gboolean ctl_module_lacks (const Ctl *ctl, const char *interface, GError **error);
