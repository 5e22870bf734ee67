/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-command.h"
#include "at-port.h"
#include "at-record.h"
#include "mu-timer.h"

#include <gio/gunixfdlist.h>

/* A service is one function of the module: SIM, network, messages ...  It is a plain struct that
 * starts with a MuService, and a const MuServiceClass that tells what it can do.  It knows AT
 * commands and nothing of D-Bus, and no other service: what several must know are facts. */
typedef struct MuService MuService;
typedef struct MuSession MuSession;

/* One operation that somebody waits for.  It lives until it is returned or failed, which a service
 * does exactly once, also when nobody waits any more. */
typedef struct MuCall MuCall;

/* What services need to know of each other.  The owner of a fact sets it, others declare that they
 * need it, or that it must not be. */
typedef enum
{
  MU_FACT_SIM_READY = 1 << 0,  /* Sim1: unlocked and started */
  MU_FACT_REGISTERED = 1 << 1, /* Network1: home or roaming, circuit or packet */
  MU_FACT_CARD_KNOWN = 1 << 2, /* Sim1: see mu_session_card() */
  MU_FACT_CALL_SETUP = 1 << 3, /* Voice1: a call is being set up, in either direction */
  MU_FACT_CALL = 1 << 4,       /* Voice1: there is a call, in whatever state */
  MU_FACT_SETTLED = 1 << 5,    /* the session: all else has been asked, a moment ago */
  MU_FACT_RECORDER = 1 << 6,   /* Recorder1: it records or plays */
  MU_FACT_ATTACHED = 1 << 7,   /* Network1: to the packet service */
  MU_FACT_ROAMING = 1 << 8,    /* Network1: registered, and not at home */
  MU_FACT_NET_PORT = 1 << 9,   /* the session: there is a network interface (ECM) */
  MU_FACT_DATA = 1 << 10,      /* Data1: there is a data connection, or one is being made */
  MU_FACT_GSM = 1 << 11,       /* Network1: on GSM, which carries one thing at a time: guide 14 */
  MU_FACT_SENDING = 1 << 12,   /* Messaging1: a message is being sent */
} MuFacts;

typedef void (*MuRun) (MuService *self, GVariant *args, MuCall *call);
typedef void (*MuNext) (MuService *self, MuCall *call, const AtReply *reply, const GError *error);
typedef void (*MuLeft) (MuService *self, MuCall *call);
typedef void (*MuNotify) (MuService *self, gconstpointer record, const AtLine *line);

/* An operation: a command and what it answers, or a function where there is something to decide. */
typedef struct
{
  const char     *name;    /* of the method */
  const char     *command; /* of at_format(), takes the method's arguments in order */
  const AtRecord *reply;   /* returned as a{sv}; NULL: just OK */
  MuRun           run;     /* instead of command */
  MuFacts         needs;
  MuFacts         excludes; /* Busy while one of these holds */
  const char     *access;   /* the polkit action; NULL: the class's */
  gboolean        stands;   /* it is done even if its caller leaves before */
} MuOp;

typedef struct
{
  const char        *name;
  const char        *type;   /* b, u, i, d, s (char[N]), or any if get is set */
  gsize              offset; /* of the member */
  const char *const *words;  /* of an enum member that is published as a word */
  GVariant *(*get) (MuService *self);
} MuProp;

/* Objects of one kind below the module's, such as messages.  Each has a number, from 1 on, which is
 * the last part of its path. */
typedef struct
{
  const char   *interface;
  const char   *element;     /* the part of the path before the number: "message" */
  const char   *read_access; /* the polkit action that guards their properties; NULL: none */
  const MuOp   *ops;         /* mu_call_object() tells whose */
  gsize         n_ops;
  const MuProp *props; /* their names and types */
  gsize         n_props;
  GVariant *(*get) (MuService *self, guint number); /* all of them, a{sv}; NULL: no such object */
  GArray *(*numbers) (MuService *self);             /* guint, of all; NULL: too many to be listed */
} MuChildClass;

/* A line that the module sends unasked, or in answer to a step: both are news. */
typedef struct
{
  const AtRecord *record;
  MuNotify        notify; /* NULL: known, of no use */
} MuUrc;

/* A setting or a question, sent once the facts it needs have come about. */
typedef struct
{
  const char *command;
  MuFacts     needs;
  gsize       text, text_size; /* the member for an answer without prefix; size 0: none */
  /* Decides what an error means; without it the step is sent again while the SIM is busy, and for
   * some time after a time-out. */
  void (*failed) (MuService *self, const GError *error);
} MuStep;

#define MU_STEP_TEXT(command_, T, m, ...)                                                          \
  {                                                                                                \
    command_, .text = offsetof (T, m), .text_size = sizeof (((T *)0)->m), __VA_ARGS__              \
  }

typedef struct
{
  const char *interface;
  gsize       size;
  const char *access;   /* the polkit action that guards its operations */
  AtPriority  priority; /* of its operations' commands */
  void (*init) (MuService *self);
  void (*reset) (MuService *self); /* forgets all that the module said; nothing is waited for */
  void (*clear) (MuService *self); /* before it is freed */
  void (*facts) (MuService *self, MuFacts changed); /* 0: the configuration has been read again */
  const MuStep       *steps;
  gsize               n_steps;
  const MuOp         *ops;
  gsize               n_ops;
  const MuProp       *props;
  gsize               n_props;
  const MuOp         *setters; /* of properties, by their names; the argument is the value */
  gsize               n_setters;
  const MuUrc        *urcs;
  gsize               n_urcs;
  const MuChildClass *child; /* NULL: it has no objects below it */
} MuServiceClass;

#define MU_TABLE(field, rows) .field = rows, .n_##field = G_N_ELEMENTS (rows)

/* Whoever publishes services. */
typedef struct
{
  void (*changed) (MuService *service, const MuProp *prop, gpointer user_data);
  void (*emitted) (MuService *service, const char *signal, GVariant *args, gpointer user_data);
  /* properties: a{sv}, those that have changed; invalidated: names of others, which are not for
   * everybody's ears */
  void (*child_changed) (MuService *service, guint number, GVariant *properties,
                         const char *const *invalidated, gpointer user_data);
  /* One of those that are listed has come, or goes. */
  void (*child_present) (MuService *service, guint number, gboolean present, gpointer user_data);
} MuServiceEvents; /* any may be NULL */

struct MuService
{
  const MuServiceClass *class;
  MuSession *session;    /* NULL: it has nothing to do with a module */
  GSList    *observers;  /* see mu_service_observe() */
  GSList    *timers;     /* MuTimer; see mu_service_add_timer() */
  GQueue     calls;      /* MuCall */
  guint      unanswered; /* steps */
  gboolean   ready;      /* its steps have been answered once */
};

MuService *mu_service_new (const MuServiceClass *class, MuSession *session);
void       mu_service_free (MuService *self); /* the calls have been answered, nobody observes */

/* ---- for whoever publishes it ---- */

/* reply: a tuple, valid during the call; NULL with an error */
typedef void (*MuDone) (GVariant *reply, const GError *error, gpointer user_data);

void        mu_service_observe (MuService *self, const MuServiceEvents *events, gpointer user_data);
void        mu_service_unobserve (MuService *self, gpointer user_data);
const MuOp *mu_op_find (const MuOp *ops, gsize n_ops, const char *name);
const char *mu_op_access (const MuServiceClass *class, const MuOp *op);
GVariant   *mu_service_get (MuService *self, const MuProp *prop);

/* Returns an object's properties, all of them: (a{sv}). */
extern const MuOp mu_op_read_child;

/* Whose operation, on what. */
typedef struct
{
  const MuOp  *op;
  guint        object; /* number of the object below; 0: the service's own operation */
  guint        client; /* see AtCommand */
  GUnixFDList *files;  /* which the handles among the arguments number; NULL: none */
} MuRequest;

/* Starts an operation.  args: the method's arguments, of the types that the XML says.  done is
 * called exactly once, perhaps before this returns; with it the call is gone.  ret_call is set
 * before that. */
void mu_service_call (MuService *self, const MuRequest *request, GVariant *args, MuDone done,
                      gpointer user_data, MuCall **ret_call);
/* Nobody waits any more: done is not called; what can be stopped is, which may end the call. */
void mu_call_cancel (MuCall *call);

/* ---- for the service itself ---- */

/* Sends a command for a call, or, without one, in the background.  next is called exactly once; or
 * not at all if the arguments cannot be formatted: then FALSE is returned and the call has failed.
 * A call that has ended meanwhile is NULL there.  next: NULL if nothing is to be done.
 */
gboolean mu_send (MuService *self, MuCall *call, MuNext next, const char *format, ...);

/* The same for a command that waits with a prompt for its body, which Ctrl-Z will end.
 * ret_written, a member of the service or NULL, is made TRUE once the body has been written: what
 * ends before has done nothing. */
gboolean mu_send_body (MuService *self, MuCall *call, MuNext next, const char *body,
                       gboolean *ret_written, const char *format, ...);

/* The same for a question whose answer is taken like news: it goes through the services' tables
 * before next is called. */
void mu_ask (MuService *self, MuCall *call, MuNext next, const char *command);

/* The same for a whole command line that has passed mu_raw_check(). */
void mu_send_raw (MuService *self, MuCall *call, MuNext next, const char *text, guint timeout_ms);

void      mu_call_return (MuCall *call, GVariant *tuple); /* NULL: "()" */
void      mu_call_fail (MuCall *call, const GError *error);
void      mu_call_reject (MuCall *call, MuError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
GVariant *mu_call_args (MuCall *call);
guint     mu_call_object (MuCall *call);

/* The descriptor that a handle among the arguments stands for: a duplicate, which the caller
 * closes. -1: InvalidArgument. */
int mu_call_take_fd (MuCall *call, gint32 handle, GError **error);

/* For a call that waits for something else than its command: left is called if nobody waits for it
 * any more.  It is still to be returned or failed. */
void mu_call_on_left (MuCall *call, MuLeft left);

/* For a call that has something to do before it ends: keeps a copy of the error (or none), with
 * which mu_call_finish() will fail it; without one it returns. */
void mu_call_keep_error (MuCall *call, const GError *error);
void mu_call_finish (MuCall *call);

/* Whatever its calls wait for, sent or not, is answered with Aborted. */
void mu_service_abort_calls (MuService *self);

/* Prepares a timer, a member of the service, whose func gets the service.  It runs for as long as
 * there is a line at most: the session stops it after the service has been reset. */
void mu_service_add_timer (MuService *self, MuTimer *timer, MuTimerFunc func);
void mu_service_stop_timers (MuService *self);

void mu_service_changed (MuService *self, gconstpointer member);
void mu_service_emit (MuService *self, const char *signal, GVariant *args);
void mu_child_present (MuService *self, guint number, gboolean present);
void mu_child_changed (MuService *self, guint number, GVariant *properties,
                       const char *const *invalidated);

/* Sets a member that is a property and says so if that changes it. */
#define mu_set(self, member, value)                                                                \
  ((self)->member != (value)                                                                       \
       ? (void)((self)->member = (value), mu_service_changed (&(self)->base, &(self)->member))     \
       : (void)0)

#define mu_set_text(self, member, text)                                                            \
  mu_service_set_text (&(self)->base, (self)->member, sizeof (self)->member, text)

/* A text that is longer than its member is cut, behind a whole character: what is published has to
 * be UTF-8. */
void mu_service_set_text (MuService *self, char *member, gsize size, const char *text);
