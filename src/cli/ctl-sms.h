/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-bus.h"

/* What the commands about messages share. */

#define CTL_MESSAGING CTL_PREFIX "Messaging1"
#define CTL_MESSAGE   CTL_PREFIX "Message1"

/* Chooses the module, which must have Messaging1. */
gboolean ctl_sms_choose (Ctl *ctl, GError **error);

/* The path of the message that a person names by its number or its path. */
char *ctl_sms_path (Ctl *ctl, const char *text, GError **error);

/* All of a message: a{sv}. */
GVariant *ctl_sms_read (Ctl *ctl, const char *path, GError **error);

/* The messages that pass a filter, an a{sv} that is sunk if it floats: a(oa{sv}). */
GVariant *ctl_sms_list (Ctl *ctl, GVariant *filter, GError **error);

/* Calls a method of a message that has neither arguments nor results. */
gboolean ctl_sms_call (Ctl *ctl, const char *path, const char *method, GError **error);

/* ctl-sms-send.c, ctl-sms-watch.c */
gboolean ctl_sms_send (Ctl *ctl, const char *const *args, GError **error);
gboolean ctl_sms_watch (Ctl *ctl, const char *const *args, GError **error);
