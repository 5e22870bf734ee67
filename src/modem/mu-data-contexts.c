/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The module's contexts (guide 4.1; 27.007 10.1.1, 10.1.10). */
#include "mu-data-private.h"

#include "mu-keys.h"

#include <string.h>

/* ---- the table ---- */

static MuContext *
find (MuContextTable *table, guint cid)
{
  for (guint i = 0; i < table->n; i++)
    if (table->rows[i].cid == cid)
      return &table->rows[i];
  return NULL;
}

const MuContext *
mu_data_context (MuData *self, guint cid)
{
  return find (&self->contexts, cid);
}

/* +CGDCONT: <cid>,<type>,<apn>,<address>,... */

static const AtField cgdcont_fields[] = {
  AT_F_UINT (MuContext, cid, NULL),
  AT_F_MAYBE_TEXT (MuContext, type, NULL),
  AT_F_MAYBE_TEXT (MuContext, apn, NULL),
  AT_F_MAYBE_TEXT (MuContext, address, NULL),
};

const AtRecord mu_data_cgdcont = AT_RECORD ("+CGDCONT", MuContext, cgdcont_fields);

/* In the order of their cids; "0.0.0.0" is none. */
static void
take_context (MuContextTable *table, const MuContext *row)
{
  MuContext *known = find (table, row->cid);
  guint      i = table->n;

  if (known == NULL && table->n < MU_MAX_CONTEXTS)
    {
      for (; i > 0 && table->rows[i - 1].cid > row->cid; i--)
        table->rows[i] = table->rows[i - 1];
      known = &table->rows[i];
      known->active = FALSE;
      table->n++;
    }
  if (known == NULL)
    return;
  known->cid = row->cid;
  g_strlcpy (known->type, row->type, sizeof known->type);
  g_strlcpy (known->apn, row->apn, sizeof known->apn);
  g_strlcpy (known->address, g_str_equal (row->address, "0.0.0.0") ? "" : row->address,
             sizeof known->address);
}

void
mu_data_on_cgdcont (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuData *self = (MuData *)base;

  take_context (&self->contexts, record);
  mu_service_changed (base, &self->contexts);
}

/* +CGACT: <cid>,<state> */

typedef struct
{
  guint    cid;
  gboolean active;
} Cgact;

static const AtField cgact_fields[] = {
  AT_F_UINT (Cgact, cid, NULL),
  AT_F_BOOL (Cgact, active, NULL),
};

const AtRecord mu_data_cgact = AT_RECORD ("+CGACT", Cgact, cgact_fields);

static void
take_active (MuContextTable *table, const Cgact *row)
{
  MuContext *context = find (table, row->cid);

  table->has_active = TRUE;
  if (context != NULL)
    context->active = row->active;
}

void
mu_data_on_cgact (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuData *self = (MuData *)base;

  take_active (&self->contexts, record);
  mu_service_changed (base, &self->contexts);
}

GVariant *
mu_data_get_contexts (MuService *base)
{
  const MuContextTable *table = &((MuData *)base)->contexts;
  GVariantBuilder       rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (const MuContext *row = table->rows; row < table->rows + table->n; row++)
    {
      g_autofree char *type = g_utf8_strdown (row->type, -1);
      GVariantDict     dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "cid", "u", row->cid);
      g_variant_dict_insert (&dict, "type", "s", type);
      g_variant_dict_insert (&dict, "apn", "s", row->apn);
      if (row->address[0] != '\0')
        g_variant_dict_insert (&dict, "address", "s", row->address);
      if (table->has_active)
        g_variant_dict_insert (&dict, "active", "b", row->active);
      g_variant_builder_add_value (&rows, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&rows);
}

/* ---- reading them again ---- */

static void
take_all (MuData *self, const AtReply *reply)
{
  MuContextTable fresh = { .has_active = self->contexts.has_active };
  MuContext      row = { 0 };

  for (gsize i = 0; i < reply->n_lines; i++)
    if (at_scan (&mu_data_cgdcont, &reply->lines[i], &row, NULL))
      take_context (&fresh, &row);
  for (guint i = 0; i < fresh.n; i++)
    {
      const MuContext *before = find (&self->contexts, fresh.rows[i].cid);

      fresh.rows[i].active = before != NULL && before->active;
    }
  if (memcmp (&fresh, &self->contexts, sizeof fresh) == 0)
    return;
  self->contexts = fresh;
  mu_service_changed (&self->base, &self->contexts);
}

static void
take_all_active (MuData *self, const AtReply *reply)
{
  MuContextTable fresh = self->contexts;
  Cgact          row;

  for (guint i = 0; i < fresh.n; i++)
    fresh.rows[i].active = FALSE;
  for (gsize i = 0; i < reply->n_lines; i++)
    if (at_scan (&mu_data_cgact, &reply->lines[i], &row, NULL))
      take_active (&fresh, &row);
  if (memcmp (&fresh, &self->contexts, sizeof fresh) == 0)
    return;
  self->contexts = fresh;
  mu_service_changed (&self->base, &self->contexts);
}

/* call: one that has done its work, and returns with this; or NULL */
static void
on_active_read (MuService *base, MuCall *call, const AtReply *reply,
                const GError *error G_GNUC_UNUSED)
{
  if (reply != NULL && mu_session_is_started (base->session))
    take_all_active ((MuData *)base, reply);
  if (call != NULL)
    mu_call_return (call, NULL);
}

static void
on_read (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  if (reply != NULL && mu_session_is_started (base->session))
    take_all ((MuData *)base, reply);
  if (mu_session_is_started (base->session))
    mu_send (base, call, on_active_read, "+CGACT?");
  else if (call != NULL)
    mu_call_fail (call, error);
}

void
mu_data_read_contexts (gpointer data)
{
  MuData *self = data;

  if (mu_session_is_started (self->base.session))
    mu_send (&self->base, NULL, on_read, "+CGDCONT?");
}

/* ---- methods ---- */

static void
on_changed (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  if (error == NULL)
    mu_send (base, call, on_read, "+CGDCONT?");
  else if (call != NULL)
    mu_call_fail (call, error);
}

static gboolean
check_cid (MuData *self, guint cid, GError **error)
{
  if (cid == 0 || cid > MU_MAX_CONTEXTS || cid == 3 || cid == 5)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "cid: 1 to %d but 3 and 5", MU_MAX_CONTEXTS);
  if (mu_data_with_cid (self, cid) != NULL)
    return mu_fail (error, MU_ERROR_BUSY, "A connection uses cid %u", cid);
  return TRUE;
}

static const MuKey keys[] = {
  { "type", "s" },
  { "apn", "s" },
  { "address", "s" },
};

static gboolean
check_definition (const char *type, const char *apn, const char *address, GError **error)
{
  if (!g_str_equal (type, "ip") && !g_str_equal (type, "ppp"))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "type: ip or ppp");
  if (strlen (apn) > MU_DATA_MAX_TEXT)
    return mu_fail (error, MU_ERROR_TOO_LONG, "apn: more than %d bytes", MU_DATA_MAX_TEXT);
  if (address[0] != '\0' && !g_hostname_is_ip_address (address))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "address: not an IP address");
  return TRUE;
}

void
mu_data_define_context (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GVariant) context = g_variant_get_child_value (args, 1);
  g_autoptr (GError)   error = NULL;
  const char          *type = "ip", *apn = "", *address = "";
  g_autofree char     *upper = NULL;
  guint                cid;

  g_variant_get_child (args, 0, "u", &cid);
  if (!mu_keys_check (keys, G_N_ELEMENTS (keys), context, &error))
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_lookup (context, "type", "&s", &type);
  g_variant_lookup (context, "apn", "&s", &apn);
  g_variant_lookup (context, "address", "&s", &address);
  if (!check_cid ((MuData *)base, cid, &error) || !check_definition (type, apn, address, &error))
    {
      mu_call_fail (call, error);
      return;
    }
  upper = g_ascii_strup (type, -1);
  if (address[0] != '\0')
    mu_send (base, call, on_changed, "+CGDCONT=%u,%s,%s,%s", cid, upper, apn, address);
  else
    mu_send (base, call, on_changed, "+CGDCONT=%u,%s,%s", cid, upper, apn);
}

void
mu_data_delete_context (MuService *base, GVariant *args, MuCall *call)
{
  MuData            *self = (MuData *)base;
  g_autoptr (GError) error = NULL;
  guint              cid;

  g_variant_get (args, "(u)", &cid);
  if (!check_cid (self, cid, &error))
    mu_call_fail (call, error);
  else if (mu_data_context (self, cid) == NULL)
    mu_call_reject (call, MU_ERROR_NOT_FOUND, "There is no context %u", cid);
  else
    mu_send (base, call, on_changed, "+CGDCONT=%u", cid);
}
