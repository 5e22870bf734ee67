/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Registration, operator, signal, time (guide 2.3, 4.1; 27.007 7.2, 7.3, 10.1).  Nothing is polled.
 */
#include "mu-network.h"

#include "at-cursor.h"
#include "mu-network-operators.h"
#include "mu-network-time.h"
#include "mu-session.h"
#include "mu-signal.h"
#include "mu-technology.h"

#include <string.h>

/* 27.007 7.2, in its order */
static const char *const registration_words[]
    = { "idle", "home", "searching", "denied", "unknown", "roaming" };

enum
{
  IDLE,
  HOME,
  SEARCHING,
  DENIED,
  UNKNOWN,
  ROAMING,
};

typedef enum
{
  SELECTION_UNKNOWN,
  SELECTION_AUTOMATIC,
  SELECTION_MANUAL,
} Selection;

static const char *const selection_words[] = { "", "automatic", "manual" };

typedef struct
{
  MuService    base;
  guint        registration;
  guint        packet_registration;
  gboolean     attached;
  char         operator_name[64];
  char         operator_code[8];
  MuTechnology technology;
  guint        location_area;
  guint        cell_id;
  Selection    selection;
  MuSignal     signal;
  char         network_time[32];
} MuNetwork;

/* ---- technology ---- */

static void
set_technology (MuNetwork *self, MuTechnology technology)
{
  mu_set (self, technology, technology);
  mu_session_set_fact (self->base.session, MU_FACT_GSM, mu_technology_is_gsm (technology),
                       MU_ERROR_NOT_ALLOWED);
}

/* ^MODE: <sys_mode>,<sys_submode> -- at-facts 3, 4.1 */

typedef struct
{
  guint mode;
  guint submode;
} ModeUrc;

static const AtField mode_fields[] = {
  AT_F_UINT (ModeUrc, mode, NULL),
  AT_F_MAYBE_UINT (ModeUrc, submode, NULL, 0),
};

static const AtRecord mode = AT_RECORD ("^MODE", ModeUrc, mode_fields);

static void
on_mode (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuNetwork     *self = (MuNetwork *)base;
  const ModeUrc *r = record;

  set_technology (self, mu_technology_from_submode (r->submode));
}

/* ^SYSINFOEX: 2,3,0,1,,3,"WCDMA",45,"HSPA+" -- at-facts 4.2 */

typedef struct
{
  guint submode;
} Sysinfoex;

static const AtField sysinfoex_fields[] = {
  AT_F_SKIP, AT_F_SKIP, AT_F_SKIP, AT_F_SKIP,
  AT_F_SKIP, AT_F_SKIP, AT_F_SKIP, AT_F_MAYBE_UINT (Sysinfoex, submode, NULL, 0),
};

static const AtRecord sysinfoex = AT_RECORD ("^SYSINFOEX", Sysinfoex, sysinfoex_fields);

static void
on_sysinfoex (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuNetwork       *self = (MuNetwork *)base;
  const Sysinfoex *r = record;
  MuTechnology     technology = mu_technology_from_sysinfoex (r->submode);

  if (technology != MU_TECHNOLOGY_NONE)
    set_technology (self, technology);
}

/* ---- registration ---- */

static void
forget_operator (MuNetwork *self)
{
  mu_set_text (self, operator_name, "");
  mu_set_text (self, operator_code, "");
  set_technology (self, MU_TECHNOLOGY_NONE);
  mu_set (self, location_area, 0);
  mu_set (self, cell_id, 0);
}

static gboolean
is_registered (guint stat)
{
  return stat == HOME || stat == ROAMING;
}

/* moved: in another area or under another name than before: who the operator is must be asked again
 */
static void
update_registration (MuNetwork *self, gboolean moved)
{
  gboolean registered
      = is_registered (self->registration) || is_registered (self->packet_registration);
  gboolean was = mu_session_holds (self->base.session, MU_FACT_REGISTERED);

  mu_set (self, attached, is_registered (self->packet_registration));
  if (!registered)
    forget_operator (self);
  mu_session_set_fact (self->base.session, MU_FACT_ROAMING,
                       self->registration == ROAMING || self->packet_registration == ROAMING,
                       MU_ERROR_NOT_ALLOWED);
  mu_session_set_fact (self->base.session, MU_FACT_ATTACHED, self->attached, MU_ERROR_NO_NETWORK);
  mu_session_set_fact (self->base.session, MU_FACT_REGISTERED, registered, MU_ERROR_NO_NETWORK);
  if (was && registered && moved)
    mu_session_repeat_steps (self->base.session, &self->base, MU_FACT_REGISTERED);
}

/* +CREG: <stat>[,<lac>,<ci>[,<AcT>]], and in answer to +CREG? with <n> before it -- 27.007 7.2, and
 * so +CGREG, 10.1.20.  Numbers come in hex with and without quotes. */

typedef struct
{
  char values[6][12];
} Creg;

static const AtField creg_fields[] = {
  AT_F_TEXT (Creg, values[0], NULL),       AT_F_MAYBE_TEXT (Creg, values[1], NULL),
  AT_F_MAYBE_TEXT (Creg, values[2], NULL), AT_F_MAYBE_TEXT (Creg, values[3], NULL),
  AT_F_MAYBE_TEXT (Creg, values[4], NULL), AT_F_MAYBE_TEXT (Creg, values[5], NULL),
};

static const AtRecord creg = AT_RECORD ("+CREG", Creg, creg_fields);
static const AtRecord cgreg = AT_RECORD ("+CGREG", Creg, creg_fields);

typedef struct
{
  guint    stat;
  gboolean has_cell;
  guint    lac, cell;
  guint    act; /* G_MAXUINT: not told */
} RegistrationNews;

static gboolean
parse_number (const char *text, guint base, guint *ret)
{
  AtValue value = { .start = text, .len = strlen (text) };

  return at_value_uint (&value, base, G_MAXUINT, ret);
}

/* The answer to a query has <n>, one digit, before <stat>; in news an area of several follows it.
 */
static gboolean
parse_creg (const Creg *r, RegistrationNews *ret)
{
  gboolean is_answer = strlen (r->values[1]) == 1;
  const char (*v)[12] = r->values + (is_answer ? 1 : 0);

  *ret = (RegistrationNews){ .act = G_MAXUINT };
  if (!parse_number (v[0], 10, &ret->stat) || ret->stat >= G_N_ELEMENTS (registration_words))
    return FALSE;
  ret->has_cell = parse_number (v[1], 16, &ret->lac) && parse_number (v[2], 16, &ret->cell);
  if (!parse_number (v[3], 10, &ret->act))
    ret->act = G_MAXUINT;
  return TRUE;
}

static void
take_cell (MuNetwork *self, const RegistrationNews *news)
{
  if (!is_registered (news->stat))
    return; /* what it says then is left over (at-facts 15, 11) */
  if (news->has_cell)
    {
      mu_set (self, location_area, news->lac);
      mu_set (self, cell_id, news->cell);
    }
  if (news->act != G_MAXUINT)
    set_technology (self, mu_technology_refine (self->technology, news->act));
}

static void
on_creg (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuNetwork       *self = (MuNetwork *)base;
  guint            before = self->registration;
  guint            area = self->location_area;
  RegistrationNews news;

  if (!parse_creg (record, &news))
    return;
  mu_set (self, registration, news.stat);
  take_cell (self, &news);
  update_registration (self, is_registered (news.stat)
                                 && (before != news.stat || area != self->location_area));
}

static void
on_cgreg (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuNetwork       *self = (MuNetwork *)base;
  RegistrationNews news;

  if (!parse_creg (record, &news))
    return;
  mu_set (self, packet_registration, news.stat);
  if (!is_registered (self->registration))
    take_cell (self, &news);
  else if (is_registered (news.stat) && news.act != G_MAXUINT)
    set_technology (self, mu_technology_refine (self->technology, news.act));
  update_registration (self, FALSE);
}

/* +COPS: <mode>[,<format>,<oper>[,<AcT>]] -- 27.007 7.3 */

typedef struct
{
  guint mode;
  guint format;
  char  oper[64];
} Cops;

static const AtField cops_fields[] = {
  AT_F_UINT (Cops, mode, NULL),
  AT_F_MAYBE_UINT (Cops, format, NULL, G_MAXUINT),
  AT_F_MAYBE_TEXT (Cops, oper, NULL),
};

static const AtRecord cops = AT_RECORD ("+COPS", Cops, cops_fields);

static void
on_cops (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  enum
  {
    LONG_NAME = 0,
    NUMERIC = 2
  };
  MuNetwork  *self = (MuNetwork *)base;
  const Cops *r = record;

  mu_set (self, selection, r->mode == 0 ? SELECTION_AUTOMATIC : SELECTION_MANUAL);
  if (r->format == LONG_NAME)
    mu_set_text (self, operator_name, r->oper);
  if (r->format == NUMERIC)
    mu_set_text (self, operator_code, r->oper);
}

/* ---- signal ---- */

static void
signal_changed (MuNetwork *self, const MuSignal *signal)
{
  mu_set (self, signal.rssi, signal->rssi);
  mu_set (self, signal.rscp, signal->rscp);
  mu_set (self, signal.ecio, signal->ecio);
  mu_set (self, signal.quality, signal->quality);
}

/* ^HCSQ: "WCDMA",30,30,58 -- guide 2.3.1, at-facts 4.3 */

typedef struct
{
  char  mode[12];
  guint rssi, rscp, ecio;
} Hcsq;

static const AtField hcsq_fields[] = {
  AT_F_TEXT (Hcsq, mode, NULL),
  AT_F_MAYBE_UINT (Hcsq, rssi, NULL, MU_SIGNAL_UNKNOWN),
  AT_F_MAYBE_UINT (Hcsq, rscp, NULL, MU_SIGNAL_UNKNOWN),
  AT_F_MAYBE_UINT (Hcsq, ecio, NULL, MU_SIGNAL_UNKNOWN),
};

static const AtRecord hcsq = AT_RECORD ("^HCSQ", Hcsq, hcsq_fields);

static void
on_hcsq (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  const Hcsq *r = record;
  gboolean    umts = g_str_equal (r->mode, "WCDMA");
  MuSignal    signal = mu_signal_from_hcsq (r->rssi, umts ? r->rscp : MU_SIGNAL_UNKNOWN,
                                         umts ? r->ecio : MU_SIGNAL_UNKNOWN);

  signal_changed ((MuNetwork *)base, &signal);
}

/* ^RSSI: <rssi>, +CSQ: <rssi>,<ber> -- 27.007 8.5 */

typedef struct
{
  guint rssi;
} Rssi;

static const AtField rssi_fields[] = {
  AT_F_UINT (Rssi, rssi, NULL),
};

static const AtRecord rssi = AT_RECORD ("^RSSI", Rssi, rssi_fields);
static const AtRecord csq = AT_RECORD ("+CSQ", Rssi, rssi_fields);

static void
on_rssi (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuNetwork  *self = (MuNetwork *)base;
  const Rssi *r = record;
  MuSignal    signal = mu_signal_from_csq (r->rssi);

  signal.rscp = self->signal.rscp;
  signal.ecio = self->signal.ecio;
  signal_changed (self, &signal);
}

static void
on_no_hcsq (MuService *base, const GError *error)
{
  if (!g_error_matches (error, MU_ERROR, MU_ERROR_GONE)
      && !g_error_matches (error, MU_ERROR, MU_ERROR_ABORTED))
    mu_ask (base, NULL, NULL, "+CSQ");
}

/* ---- time ---- */

/* ^NWTIME: 14/08/05,04:00:21+40,00 -- local time, quarters of an hour, hours of summer time */

typedef struct
{
  char  date[12];
  char  time[16];
  guint summer;
} Nwtime;

static const AtField nwtime_fields[] = {
  AT_F_TEXT (Nwtime, date, NULL),
  AT_F_TEXT (Nwtime, time, NULL),
  AT_F_MAYBE_UINT (Nwtime, summer, NULL, 0),
};

static const AtRecord nwtime = AT_RECORD ("^NWTIME", Nwtime, nwtime_fields);

static void
on_nwtime (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuNetwork       *self = (MuNetwork *)base;
  const Nwtime    *r = record;
  g_autofree char *text = mu_network_time (r->date, r->time, r->summer);

  if (text != NULL)
    mu_set_text (self, network_time, text);
}

static const AtRecord srvst = AT_RECORD_WORD ("^SRVST");
static const AtRecord plmn = AT_RECORD_WORD ("^PLMN");

/* ---- tables ---- */

static void
network_reset (MuService *base)
{
  static const MuSignal none;
  MuNetwork            *self = (MuNetwork *)base;

  mu_set (self, registration, UNKNOWN);
  mu_set (self, packet_registration, UNKNOWN);
  mu_set (self, attached, FALSE);
  mu_set (self, selection, SELECTION_UNKNOWN);
  forget_operator (self);
  signal_changed (self, &none);
}

static void
network_init (MuService *base)
{
  network_reset (base);
}

/* Without a card there is no registration; the module may or may not say so. */
static void
network_facts (MuService *base, MuFacts changed)
{
  MuNetwork *self = (MuNetwork *)base;

  if (changed != MU_FACT_SIM_READY || mu_session_holds (base->session, MU_FACT_SIM_READY))
    return;
  mu_set (self, registration, IDLE);
  mu_set (self, packet_registration, IDLE);
  update_registration (self, FALSE);
}

static const MuStep steps[] = {
  { "^HCSQ?", .failed = on_no_hcsq },   { "+CREG=2;+CGREG=2", MU_FACT_SIM_READY },
  { "+CREG?", MU_FACT_SIM_READY },      { "+CGREG?", MU_FACT_SIM_READY },
  { "^SYSINFOEX", MU_FACT_REGISTERED }, { "+COPS=3,0", MU_FACT_REGISTERED },
  { "+COPS?", MU_FACT_REGISTERED },     { "+COPS=3,2", MU_FACT_REGISTERED },
  { "+COPS?", MU_FACT_REGISTERED },     { "^NWTIME?", MU_FACT_REGISTERED },
};

static const MuOp ops[] = {
  { "Scan", .run = mu_network_scan, .needs = MU_FACT_SIM_READY },
  { "Register", .run = mu_network_register, .needs = MU_FACT_SIM_READY },
  { "Attach", "+CGATT=1", .needs = MU_FACT_SIM_READY },
  { "Detach", "+CGATT=0", .needs = MU_FACT_SIM_READY },
};

static const MuProp props[] = {
  { "Registration", "s", offsetof (MuNetwork, registration), .words = registration_words },
  { "PacketRegistration", "s", offsetof (MuNetwork, packet_registration),
    .words = registration_words },
  { "Attached", "b", offsetof (MuNetwork, attached) },
  { "OperatorName", "s", offsetof (MuNetwork, operator_name) },
  { "OperatorCode", "s", offsetof (MuNetwork, operator_code) },
  { "Technology", "s", offsetof (MuNetwork, technology), .words = mu_technology_words },
  { "LocationArea", "u", offsetof (MuNetwork, location_area) },
  { "CellId", "u", offsetof (MuNetwork, cell_id) },
  { "SelectionMode", "s", offsetof (MuNetwork, selection), .words = selection_words },
  { "Rssi", "i", offsetof (MuNetwork, signal.rssi) },
  { "Rscp", "i", offsetof (MuNetwork, signal.rscp) },
  { "EcIo", "d", offsetof (MuNetwork, signal.ecio) },
  { "Quality", "u", offsetof (MuNetwork, signal.quality) },
  { "NetworkTime", "s", offsetof (MuNetwork, network_time) },
};

static const MuUrc urcs[] = {
  { &creg, on_creg },     { &cgreg, on_cgreg }, { &cops, on_cops }, { &hcsq, on_hcsq },
  { &rssi, on_rssi },     { &csq, on_rssi },    { &mode, on_mode }, { &sysinfoex, on_sysinfoex },
  { &nwtime, on_nwtime }, { &srvst, NULL },     { &plmn, NULL },
};

const MuServiceClass mu_network_class = {
  .interface = "org.mu709.Network1",
  .size = sizeof (MuNetwork),
  .access = "org.mu709.network",
  .priority = AT_INTERACTIVE,
  .init = network_init,
  .reset = network_reset,
  .facts = network_facts,
  MU_TABLE (steps, steps),
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
};
