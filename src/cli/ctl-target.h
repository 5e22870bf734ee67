/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* An interface that somebody has named, on the object where it is: what belongs to all modules on
 * the root, the rest on the chosen module or on the object that --object names. */
typedef struct
{
  char               *path;
  GDBusNodeInfo      *node;
  GDBusInterfaceInfo *interface; /* in node */
} CtlTarget;

typedef enum
{
  CTL_KIND_INTERFACES, /* of the object, short */
  CTL_KIND_METHODS,
  CTL_KIND_PROPERTIES,
  CTL_KIND_MEMBERS, /* methods, properties, signals */
} CtlKind;

/* name: "Sim1" or "org.mu709.Sim1" */
gboolean ctl_target_find (CtlTarget *self, Ctl *ctl, const char *name, GError **error);
void     ctl_target_clear (CtlTarget *self);

/* The object alone that the options name, without an interface. */
gboolean ctl_target_find_object (CtlTarget *self, Ctl *ctl, GError **error);

/* The names that the target knows, which stay its own. */
GPtrArray *ctl_target_names (const CtlTarget *self, CtlKind kind);

GDBusMethodInfo   *ctl_target_method (const CtlTarget *self, const char *name, GError **error);
GDBusPropertyInfo *ctl_target_property (const CtlTarget *self, const char *name, GError **error);

/* The error of a name that is not among the kind's; FALSE. */
gboolean ctl_target_lacks (const CtlTarget *self, CtlKind kind, const char *name, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlTarget, ctl_target_clear)
