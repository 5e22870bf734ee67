/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who the module is: guide 2.2. */
#include "sim-identity.h"

#include "mu-error.h"

#include <string.h>

#define MANUFACTURER "Huawei Technologies Co., Ltd."
#define MODEL        "MU709s-2"
#define REVISION     "11.652.65.00.00"
#define CAPABILITIES "+CGSM,+DS,+ES"
#define IMEI         "865261010004010"
#define IMEI_DIGITS  15

typedef struct
{
  char imei[IMEI_DIGITS + 1]; /* empty: it was never written into the module */
} SimIdentity;

static SimResult
manufacturer (SimCall *call)
{
  sim_reply (call, "%s", MANUFACTURER);
  return SIM_OK;
}

static SimResult
model (SimCall *call)
{
  sim_reply (call, "%s", MODEL);
  return SIM_OK;
}

static SimResult
revision (SimCall *call)
{
  sim_reply (call, "%s", REVISION);
  return SIM_OK;
}

static SimResult
capabilities (SimCall *call)
{
  sim_reply (call, "+GCAP: %s", CAPABILITIES);
  return SIM_OK;
}

/* Guide 2.2.2: without an IMEI, memory failure. */
static SimResult
imei (SimCall *call)
{
  const SimIdentity *self = call->state;

  if (self->imei[0] == '\0')
    return SIM_CME_MEMORY_FAILURE;
  sim_reply (call, "%s", self->imei);
  return SIM_OK;
}

static SimResult
information (SimCall *call)
{
  const SimIdentity *self = call->state;

  (void)sim_arg_uint_or (&call->args, 0, 0, 9);
  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  sim_reply (call, "Manufacturer: %s", MANUFACTURER);
  sim_reply (call, "Model: %s", MODEL);
  sim_reply (call, "Revision: %s", REVISION);
  sim_reply (call, "IMEI: %s", self->imei);
  sim_reply (call, "+GCAP: %s", CAPABILITIES);
  return SIM_OK;
}

/* set-imei DIGITS|none */
static gboolean
do_set_imei (SimOrder *order, GError **error)
{
  SimIdentity *self = order->state;
  const char  *text = order->args[0];

  if (g_str_equal (text, "none"))
    text = "";
  else if (strlen (text) != IMEI_DIGITS || strspn (text, "0123456789") != IMEI_DIGITS)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "an IMEI has 15 digits");
  (void)g_strlcpy (self->imei, text, sizeof self->imei);
  return TRUE;
}

static void
identity_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimIdentity *self = state;

  (void)g_strlcpy (self->imei, IMEI, sizeof self->imei);
}

static void
identity_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  sim_dump (out, "imei", "%s", ((SimIdentity *)state)->imei);
}

static const SimCommand commands[] = {
  { "I", .set = information },      { "+CGMI", .exec = manufacturer },
  { "+GMI", .exec = manufacturer }, { "+CGMM", .exec = model },
  { "+GMM", .exec = model },        { "+CGMR", .exec = revision },
  { "+GMR", .exec = revision },     { "+CGSN", .exec = imei },
  { "+GSN", .exec = imei },         { "+GCAP", .exec = capabilities },
};

static const SimVerb verbs[] = {
  { "set-imei DIGITS|none", "gives the module another IMEI, or none", do_set_imei },
};

const SimChapter sim_identity_chapter = {
  .name = "identity",
  .state_size = sizeof (SimIdentity),
  .init = identity_init,
  .dump = identity_dump,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};
