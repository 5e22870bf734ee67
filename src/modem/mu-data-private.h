/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-data.h"
#include "mu-session.h"
#include "mu-timer.h"

#include <net/if.h>
#include <netinet/in.h>

/* The data service's parts: mu-data.c has the connections, mu-connection.c their way,
 * mu-data-connect.c what somebody asks for and whether it can be, mu-data-auto.c asks by itself,
 * mu-data-contexts.c has the module's contexts, mu-connection1.c what is published of one
 * connection.  How one is made is a bearer's: mu-ecm.c, mu-ppp.c. */

#define MU_MAX_CONNECTIONS 4  /* more than 3 are slow (guide 26.2) */
#define MU_MAX_CID         11 /* of a connection: 1 to 11 but 3 and 5 (guide 26.2) */
#define MU_MAX_CONTEXTS    16
#define MU_CONNECT_MS      60000
#define MU_DATA_MAX_TEXT   99 /* bytes of an APN, a user, a password (at-facts 5) */

typedef struct MuData       MuData;
typedef struct MuConnection MuConnection;

typedef enum
{
  MU_AUTH_NONE, /* the module's numbers: at-facts 5, ^NDISDUP */
  MU_AUTH_PAP,
  MU_AUTH_CHAP,
} MuAuth;

typedef enum
{
  MU_CONN_CONNECTING,
  MU_CONN_CONNECTED,
  MU_CONN_DISCONNECTING,
  MU_CONN_DISCONNECTED,
  MU_CONN_FAILED,
} MuConnState;

typedef enum
{
  MU_IP4_DHCP,
  MU_IP4_PPP,
  MU_IP4_STATIC,
} MuIp4Method;

/* Texts that are empty are not known. */
typedef struct
{
  MuIp4Method method;
  char        address[INET_ADDRSTRLEN];
  guint       prefix;
  char        gateway[INET_ADDRSTRLEN];
  char        dns[2][INET_ADDRSTRLEN];
} MuIp4;

/* How a connection is made: over the network interface or over the MODEM port. */
typedef struct
{
  const char *word; /* "ecm", "ppp" */
  /* Can it be used now?  Else Busy, NotSupported ... */
  gboolean (*check) (MuData *self, GError **error);
  /* Ends in mu_connection_up() or mu_connection_down(). */
  void (*connect) (MuData *self, MuConnection *connection);
  /* Also while connecting; ends in mu_connection_down(), or in mu_connection_kept(). */
  void (*disconnect) (MuData *self, MuConnection *connection);
  /* The module is gone: cleans up at once and silently, and frees bearer_data.  Called once for
   * every connection, also for one that has ended. */
  void (*forget) (MuData *self, MuConnection *connection);
} MuBearer;

extern const MuBearer mu_bearer_ecm, mu_bearer_ppp;

/* A look at the counters. */
typedef struct
{
  gint64  at; /* us; 0: none yet */
  guint64 rx, tx;
  guint64 rx_rate, tx_rate; /* bytes/s, at that time */
} MuSample;

struct MuConnection
{
  guint           number; /* last part of the object's path */
  const MuBearer *bearer;
  guint           cid;
  char            apn[MU_DATA_MAX_TEXT + 1];
  char            user[MU_DATA_MAX_TEXT + 1];
  char            password[MU_DATA_MAX_TEXT + 1];
  MuAuth          auth;
  gboolean        apn_is_stored; /* it is the module's own context: it is not to be told */
  gboolean        is_default;    /* what auto-connect would have begun, or has */
  gboolean        roaming;       /* it may be so, whatever is configured */
  MuConnState     state;
  char            interface[IFNAMSIZ]; /* set by the bearer before mu_connection_up() */
  MuIp4           ip4;
  guint           cause;                /* 24.008, 0: none */
  char           *error;                /* NULL: none */
  gint64          since;                /* s, wall clock; 0: not connected yet */
  gint64          begun;                /* us, mu_timer_now(), of the same moment */
  guint64         rx_before, tx_before; /* the interface's counters at that moment */
  MuSample        sample;               /* for rates */
  MuTimer         deadline;             /* of connecting */
  MuData         *data;                 /* whose it is */
  MuCall         *call;                 /* Connect, which waits; NULL: none */
  GSList         *leavers;              /* MuCall: Disconnect, which wait */
  GError         *wanted_end;           /* what it was stopped for */
  gboolean        local_end;            /* somebody wants it to end: that is no failure */
  gboolean        is_dialled;           /* the bearer has it */
  gpointer        bearer_data;          /* the bearer's own */
};

/* +CGDCONT and +CGACT */
typedef struct
{
  guint    cid;
  char     type[12];
  char     apn[MU_DATA_MAX_TEXT + 1];
  char     address[48];
  gboolean active;
} MuContext;

typedef struct
{
  MuContext rows[MU_MAX_CONTEXTS];
  guint     n;
  gboolean  has_active; /* the module tells which are */
} MuContextTable;

/* What is one for all ECM connections. */
typedef struct
{
  MuConnection *dialling; /* one at a time, for what comes does not say whose it is */
  GQueue        waiting;  /* MuConnection, to be dialled */
  guint         asked;    /* which one has fallen: answers that are to come */
  gboolean      ask_again;
  gboolean      wondering; /* whether there is one that nobody here has dialled */
  guint         probed; /* the cid that is asked whether it is the one that was found up; 0: none */
  guint         cause;  /* of what has fallen */
  MuTimer       pause;  /* after an end, before the next is dialled */
  gint64        last_end;    /* us, when one has ended; 0: none */
  guint         dhcp_errors; /* of ^DHCP?, which the module may not have */
} MuEcm;

struct MuData
{
  MuService      base;
  GPtrArray     *connections; /* MuConnection */
  guint          last_number;
  gboolean       suspended; /* GSM carries something else */
  MuContextTable contexts;
  MuTimer        contexts_timer;
  MuEcm          ecm;
  MuSample       flow; /* ^DSFLOWRPT: what the module itself counts, of all connections */
  gpointer       ppp;  /* MuModemPort: it is being brought back from data mode; else NULL */

  /* auto-connect */
  MuTimer  retry;
  guint    retry_ms; /* the last pause; 0: none yet */
  gboolean resting;  /* somebody has disconnected */
  gboolean refused;  /* trying again is of no use before something has changed */
};

/* ---- for bearers ---- */

/* It is connected: fills since, answers Connect with the path. */
void mu_connection_up (MuData *self, MuConnection *connection);

/* It is over, or has never come about: Connect that waits fails with error (or with what it was
 * stopped for).  The state is disconnected if that was wanted, else failed; ConnectionRemoved is
 * emitted with the last properties, and the connection is freed.  cause: 24.008, or 0. */
void mu_connection_down (MuData *self, MuConnection *connection, const GError *error, guint cause);

/* It could not be disconnected and is connected as before: whoever waits for that gets error. */
void mu_connection_kept (MuData *self, MuConnection *connection, const GError *error);

/* interface, ip4 or state have changed: tells observers. */
void mu_connection_changed (MuData *self, MuConnection *connection);

/* Sends a command for a connection (not for its caller, who may leave meanwhile) as one that
 * somebody waits for.  next is called exactly once; with connection NULL if that is gone by then.
 * FALSE: the arguments cannot be formatted, error is set, next is not called. */
typedef void (*MuDataNext) (MuData *self, MuConnection *connection, const AtReply *reply,
                            const GError *error);
gboolean mu_data_send (MuData *self, MuConnection *connection, MuDataNext next, GError **error,
                       const char *format, ...);

/* Ends a connection that nobody may have any more, for this reason. */
void mu_connection_stop (MuData *self, MuConnection *connection, const GError *why);

/* Brings the MODEM port back to command mode if a former daemon has left it in data mode: once the
 * session has settled. */
void mu_ppp_start (MuData *data);
/* Nothing of that goes on any more: the session ends. */
void mu_ppp_reset (MuData *data);

/* ---- between the parts ---- */

MuConnection *mu_data_find (MuData *self, guint number); /* NULL: no such connection */
MuConnection *mu_data_with_cid (MuData *self, guint cid);
char         *mu_data_path (MuData *self, guint number);

MuConnection *mu_connection_new (const MuBearer *bearer, guint cid);
void          mu_connection_free (MuConnection *connection); /* one that was never begun */
/* Takes the connection over and begins; call: Connect, or NULL. */
void mu_data_begin (MuData *self, MuConnection *connection, MuCall *call);
/* Takes one over that was there before the daemon; mu_connection_up() is to follow. */
void mu_data_found (MuData *self, MuConnection *connection);
/* The module is gone, and with it all connections; the session answers who waits. */
void mu_data_drop_all (MuData *self);

void mu_data_connect (MuService *base, GVariant *args, MuCall *call);
void mu_data_disconnect (MuData *self, MuConnection *connection, MuCall *call);

/* Whether a connection may have it. */
gboolean mu_data_may_use_cid (guint cid);
/* What [data] says; NULL: nothing, or auto. */
char *mu_data_setting (MuData *self, const char *key);
/* The connection of the configuration; NULL: it cannot be now. */
MuConnection *mu_data_default (MuData *self, GError **error);
/* Whether a connection may be, while roaming. */
gboolean mu_data_may_roam (MuData *self, const MuConnection *connection);

/* auto-connect: something has changed; a connection is up; one has ended. */
void mu_data_auto_consider (MuData *self);
void mu_data_auto_up (MuData *self);
void mu_data_auto_ended (MuData *self, const MuConnection *connection);
void mu_data_auto_reset (MuData *self);
void mu_data_auto_on_time (gpointer data);

extern const AtRecord mu_data_cgdcont, mu_data_cgact;
const MuContext      *mu_data_context (MuData *self, guint cid); /* NULL: not defined */
void      mu_data_on_cgdcont (MuService *base, gconstpointer record, const AtLine *line);
void      mu_data_on_cgact (MuService *base, gconstpointer record, const AtLine *line);
void      mu_data_define_context (MuService *base, GVariant *args, MuCall *call);
void      mu_data_delete_context (MuService *base, GVariant *args, MuCall *call);
void      mu_data_read_contexts (gpointer data);
GVariant *mu_data_get_contexts (MuService *base);

extern const AtRecord mu_ecm_stat, mu_ecm_end, mu_ecm_query, mu_ecm_pdpstatus;
void                  mu_ecm_on_stat (MuService *base, gconstpointer record, const AtLine *line);
void                  mu_ecm_on_end (MuService *base, gconstpointer record, const AtLine *line);
void                  mu_ecm_on_query (MuService *base, gconstpointer record, const AtLine *line);
void mu_ecm_on_pdpstatus (MuService *base, gconstpointer record, const AtLine *line);
void mu_ecm_reset (MuData *self);
void mu_ecm_dial_next (gpointer data);

extern const MuChildClass mu_connection1_class;
/* Connection1's properties, a{sv}, floating; with_statistics: those that are only read (Statistics,
 * Carrier), too. */
GVariant *mu_connection1_properties (MuConnection *connection, gboolean with_statistics);
