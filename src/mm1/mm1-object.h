/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-call.h"
#include "mu-device.h"

#include <libmm-glib.h>

/* ModemManager1's objects are made of interfaces, as the module is of services.  An interface is a
 * plain struct that starts with an Mm1Interface, and a const Mm1InterfaceClass that tells which of
 * libmm-glib's skeletons it fills, from what, and what its methods do.  It contains no AT command:
 * all that it knows are the services' properties, all that it does are their operations. */
typedef struct Mm1Object    Mm1Object;
typedef struct Mm1Interface Mm1Interface;
typedef struct Mm1Call      Mm1Call; /* see mm1-call.h */

/* A method: an operation that takes the same arguments, or a function where there is something to
 * decide.  What a class does not name is Unsupported. */
typedef struct
{
  const char *name;
  const char *service; /* "Sim1" */
  const char *op;      /* of that service; its reply is the method's */
  void (*run) (Mm1Interface *self, GVariant *args, Mm1Call *call); /* instead of op */
} Mm1Method;

/* A property that is another's, unchanged. */
typedef struct
{
  const char *name; /* as GObject has it: "signal-quality" */
  const char *service;
  const char *property;
} Mm1Copy;

typedef struct
{
  GType (*type) (void); /* of the skeleton */
  gsize size;
  void (*init) (Mm1Interface *self);
  void (*clear) (Mm1Interface *self);
  /* Sets the skeleton's properties; after any change in a service, once per turn of the main loop.
   */
  void (*refresh) (Mm1Interface *self);
  /* What the services tell besides; see MuServiceEvents. */
  void (*emitted) (Mm1Interface *self, MuService *service, const char *signal, GVariant *args);
  void (*child_present) (Mm1Interface *self, MuService *service, guint number, gboolean present);
  void (*child_changed) (Mm1Interface *self, MuService *service, guint number);
  const Mm1Method *methods;
  gsize            n_methods;
  const Mm1Copy   *copies;
  gsize            n_copies;
} Mm1InterfaceClass;

struct Mm1Interface
{
  const Mm1InterfaceClass *class;
  Mm1Object              *object;
  GDBusInterfaceSkeleton *skeleton;
  char                   *path;
};

/* The kinds of objects: ModemManager numbers each of them through. */
typedef enum
{
  MM1_MODEM,
  MM1_SIM,
  MM1_BEARER,
  MM1_SMS,
  MM1_CALL,
} Mm1Kind;

#define MM1_N_KINDS (MM1_CALL + 1)

/* What all objects share. */
typedef struct
{
  const BusShared          *bus;
  GDBusObjectManagerServer *server;
  guint                     last_numbers[MM1_N_KINDS];
} Mm1Shared;

/* ---- an object, with the services behind it ---- */

/* path: NULL for a new one in the ObjectManager, of the kind MM1_MODEM; device: NULL for none */
Mm1Object *mm1_object_new (Mm1Shared *shared, const char *path, const MuDevice *device);
/* Whoever waits is answered; it goes from the bus, and lets go of the services. */
void mm1_object_free (Mm1Object *self);

void mm1_object_add_service (Mm1Object *self, MuService *service);
void mm1_object_remove_service (Mm1Object *self, MuService *service);

/* Adds an interface of each class, all filled, and publishes them in one step. */
void mm1_object_publish (Mm1Object *self, const Mm1InterfaceClass *const *classes, gsize n_classes);

const MuDevice *mm1_object_device (const Mm1Object *self);
Mm1Shared      *mm1_object_shared (const Mm1Object *self);
/* The first of a class, which was published; NULL: there is none. */
Mm1Interface *mm1_object_find (const Mm1Object *self, const Mm1InterfaceClass *class);

/* Refreshes all interfaces at the end of this turn of the main loop ... */
void mm1_object_changed (Mm1Object *self);
/* ... or now, if something has changed, and sends the changes. */
void mm1_object_flush (Mm1Object *self);

/* ---- objects below: a SIM, a bearer, a message ... ---- */

/* Under a path of its own, outside the ObjectManager; published once its owner has filled in what
 * refresh needs. */
Mm1Interface *mm1_interface_new (Mm1Object *object, const Mm1InterfaceClass *class, Mm1Kind kind);
void          mm1_interface_publish (Mm1Interface *self);
void          mm1_interface_refresh (Mm1Interface *self);
void          mm1_interface_free (Mm1Interface *self);

/* Of several of one kind: the one at that path, NULL: none; and the paths of all, which are theirs,
 * with a NULL at the end.  Frees: the array. */
gpointer     mm1_interfaces_find (const GPtrArray *interfaces, const char *path);
const char **mm1_interfaces_paths (const GPtrArray *interfaces);

/* ---- the services ---- */

/* service: "Sim1".  While it is not there, or has no such property, the value is NULL, "", 0. */
MuService *mm1_service (const Mm1Object *self, const char *service);
GVariant  *mm1_get (const Mm1Object *self, const char *service, const char *property);
char      *mm1_get_text (const Mm1Object *self, const char *service, const char *property);
guint      mm1_get_uint (const Mm1Object *self, const char *service, const char *property);
gint       mm1_get_int (const Mm1Object *self, const char *service, const char *property);
gboolean   mm1_get_flag (const Mm1Object *self, const char *service, const char *property);
/* The properties of an object below, a{sv}; NULL: there is none. */
GVariant *mm1_get_child (const Mm1Object *self, const char *service, guint number);
/* A text in such properties; "" if it is not there, or they are NULL. */
const char *mm1_text (GVariant *properties, const char *name);
GArray *mm1_get_children (const Mm1Object *self, const char *service); /* guint, of those listed */

gboolean mm1_is_service (const MuService *service, const char *name);
/* The last part of an object's path, if it is one below: ".../call/7" is 7, else 0. */
guint mm1_path_number (const char *path);

/* ---- for mm1-call.c ---- */

GQueue *mm1_object_calls (Mm1Object *self);
