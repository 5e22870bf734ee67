/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What somebody wants to be connected to, and whether that can be (guide 26.2). */
#include "mu-data-private.h"

#include "mu-apn.h"
#include "mu-keys.h"

#include <string.h>

/* What was asked for, before the rest is filled in.  NULL: not given. */
typedef struct
{
  const char *bearer;
  const char *apn;
  const char *user;
  const char *password;
  const char *auth;
  guint       cid; /* 0: not given */
  gboolean    roaming;
} Wish;

/* ---- the configuration ---- */

char *
mu_data_setting (MuData *self, const char *key)
{
  char *value
      = g_key_file_get_string (mu_session_settings (self->base.session)->config, "data", key, NULL);

  if (value != NULL && (value[0] == '\0' || g_str_equal (value, "auto")))
    g_clear_pointer (&value, g_free);
  return value;
}

gboolean
mu_data_may_roam (MuData *self, const MuConnection *connection)
{
  return connection->roaming
         || g_key_file_get_boolean (mu_session_settings (self->base.session)->config, "network",
                                    "roaming", NULL);
}

/* ---- checks ---- */

static gboolean
check_text (const char *key, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (strlen (text) > MU_DATA_MAX_TEXT)
    return mu_fail (error, MU_ERROR_TOO_LONG, "%s: more than %d bytes", key, MU_DATA_MAX_TEXT);
  for (const char *s = text; *s != '\0'; s++)
    if (g_ascii_iscntrl (*s) || *s == '"')
      return mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "%s: a quote or a control character",
                      key);
  if (!g_utf8_validate (text, -1, NULL))
    return mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "%s: not UTF-8", key);
  return TRUE;
}

gboolean
mu_data_may_use_cid (guint cid)
{
  return cid >= 1 && cid <= MU_MAX_CID && cid != 3 && cid != 5;
}

static gboolean
take_cid (MuData *self, guint wanted, guint *ret, GError **error)
{
  if (wanted != 0 && mu_data_with_cid (self, wanted) != NULL)
    return mu_fail (error, MU_ERROR_BUSY, "There is a connection with cid %u", wanted);
  for (guint cid = 1; wanted == 0 && cid <= MU_MAX_CID; cid++)
    if (mu_data_may_use_cid (cid) && mu_data_with_cid (self, cid) == NULL)
      wanted = cid;
  *ret = wanted;
  return TRUE;
}

static const MuBearer *const bearers[] = { &mu_bearer_ecm, &mu_bearer_ppp };

static const MuBearer *
take_bearer (MuData *self, const char *word, GError **error)
{
  g_autofree char *configured = word == NULL ? mu_data_setting (self, "bearer") : NULL;

  if (word == NULL)
    word = configured;
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (bearers); i++)
    if (g_str_equal (bearers[i]->word, word))
      return bearers[i];
  if (word != NULL && word != configured)
    {
      (void)mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "bearer: ecm or ppp");
      return NULL;
    }
  if (mu_session_holds (self->base.session, MU_FACT_NET_PORT)
      || mu_session_port (self->base.session, MU_PORT_MODEM) == NULL)
    return &mu_bearer_ecm;
  return &mu_bearer_ppp;
}

static const char *const auth_words[] = { "none", "pap", "chap" };

/* Who has a name is asked for it: without auth it is CHAP (at-facts 15, 1). */
static gboolean
take_auth (const char *word, const char *user, MuAuth *ret, GError **error)
{
  *ret = user != NULL && user[0] != '\0' ? MU_AUTH_CHAP : MU_AUTH_NONE;
  if (word == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (auth_words); i++)
    if (g_str_equal (auth_words[i], word))
      {
        *ret = (MuAuth)i;
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "auth: none, pap or chap");
}

/* One PPP; ECM and PPP share no bearer, which those with one APN do: guide 26.2. */
static gboolean
check_rules (MuData *self, const MuConnection *wanted, GError **error)
{
  if (self->connections->len >= MU_MAX_CONNECTIONS)
    return mu_fail (error, MU_ERROR_BUSY, "There are %d connections", MU_MAX_CONNECTIONS);
  for (guint i = 0; i < self->connections->len; i++)
    {
      const MuConnection *other = g_ptr_array_index (self->connections, i);

      if (wanted->bearer == &mu_bearer_ppp && other->bearer == &mu_bearer_ppp)
        return mu_fail (error, MU_ERROR_BUSY, "There is a PPP connection (guide 26.2)");
      if (wanted->bearer != other->bearer && g_ascii_strcasecmp (wanted->apn, other->apn) == 0)
        return mu_fail (error, MU_ERROR_BUSY,
                        "ECM and PPP cannot share the bearer of one APN (guide 26.2)");
    }
  if (mu_session_holds (self->base.session, MU_FACT_ROAMING) && !mu_data_may_roam (self, wanted))
    return mu_fail (error, MU_ERROR_NOT_ALLOWED,
                    "The module roams: neither the key 'roaming' nor [network] roaming is true");
  return wanted->bearer->check (self, error);
}

/* ---- the access point ---- */

static gboolean
set_access (MuConnection *connection, const char *apn, const char *user, const char *password,
            const char *auth, GError **error)
{
  if (!check_text ("apn", apn, error) || !check_text ("user", user, error)
      || !check_text ("password", password, error)
      || !take_auth (auth, user, &connection->auth, error))
    return FALSE;
  g_strlcpy (connection->apn, apn, sizeof connection->apn);
  g_strlcpy (connection->user, user != NULL ? user : "", sizeof connection->user);
  g_strlcpy (connection->password, password != NULL ? password : "", sizeof connection->password);
  return TRUE;
}

/* [data]: its user belongs to its APN; FALSE with an error: it cannot be used. */
static gboolean
use_configured (MuData *self, MuConnection *connection, const char *apn, const Wish *wish,
                GError **error)
{
  g_autofree char *user = mu_data_setting (self, "user");
  g_autofree char *password = mu_data_setting (self, "password");
  g_autofree char *auth = mu_data_setting (self, "auth");

  return set_access (connection, apn, wish->user != NULL ? wish->user : user,
                     wish->password != NULL ? wish->password : password,
                     wish->auth != NULL ? wish->auth : auth, error);
}

/* The list of operators. */
static gboolean
use_listed (MuData *self, MuConnection *connection, const Wish *wish, gboolean *ret_found,
            GError **error)
{
  const MuSettings *settings = mu_session_settings (self->base.session);
  const char       *code = mu_session_card_operator (self->base.session);
  MuApn             found;

  *ret_found = code != NULL
               && mu_apn_find (settings->apn_list != NULL ? settings->apn_list : MU_APN_LIST, code,
                               &found);
  if (!*ret_found)
    return TRUE;
  return set_access (connection, found.apn, wish->user != NULL ? wish->user : found.user,
                     wish->password != NULL ? wish->password : found.password, wish->auth, error);
}

/* What the module has stored for the cid, which then is not to be told. */
static gboolean
use_stored (MuData *self, MuConnection *connection, const Wish *wish, GError **error)
{
  const MuContext *context = mu_data_context (self, connection->cid);

  connection->apn_is_stored = TRUE;
  return set_access (connection, context != NULL ? context->apn : "", wish->user, wish->password,
                     wish->auth, error);
}

static gboolean
choose_access (MuData *self, MuConnection *connection, const Wish *wish, GError **error)
{
  g_autofree char *configured = mu_data_setting (self, "apn");
  const MuContext *context = wish->cid != 0 ? mu_data_context (self, wish->cid) : NULL;
  gboolean         found;

  if (wish->apn != NULL && g_strcmp0 (wish->apn, configured) != 0)
    return set_access (connection, wish->apn, wish->user, wish->password, wish->auth, error);
  if (wish->apn == NULL && context != NULL && context->apn[0] != '\0')
    return use_stored (self, connection, wish, error);
  if (configured != NULL)
    return use_configured (self, connection, configured, wish, error);
  if (!use_listed (self, connection, wish, &found, error))
    return FALSE;
  return found || use_stored (self, connection, wish, error);
}

/* ---- Connect ---- */

static const MuKey keys[] = {
  { "bearer", "s" }, { "apn", "s" }, { "user", "s" },    { "password", "s" },
  { "auth", "s" },   { "cid", "u" }, { "roaming", "b" },
};

/* options: a{sv}, outlives the wish */
static gboolean
read_wish (GVariant *options, Wish *ret, GError **error)
{
  gboolean has_cid;

  *ret = (Wish){ .cid = 0 };
  if (!mu_keys_check (keys, G_N_ELEMENTS (keys), options, error))
    return FALSE;
  g_variant_lookup (options, "bearer", "&s", &ret->bearer);
  g_variant_lookup (options, "apn", "&s", &ret->apn);
  g_variant_lookup (options, "user", "&s", &ret->user);
  g_variant_lookup (options, "password", "&s", &ret->password);
  g_variant_lookup (options, "auth", "&s", &ret->auth);
  g_variant_lookup (options, "roaming", "b", &ret->roaming);
  has_cid = g_variant_lookup (options, "cid", "u", &ret->cid);
  if (has_cid && !mu_data_may_use_cid (ret->cid))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "cid: 1 to %d but 3 and 5", MU_MAX_CID);
  return TRUE;
}

static MuConnection *
make (MuData *self, const Wish *wish, GError **error)
{
  const MuBearer *bearer = take_bearer (self, wish->bearer, error);
  MuConnection   *connection;
  guint           cid = 0;

  if (bearer == NULL || !take_cid (self, wish->cid, &cid, error))
    return NULL;
  connection = mu_connection_new (bearer, cid);
  connection->roaming = wish->roaming;
  connection->is_default = wish->apn == NULL && wish->cid == 0;
  if (choose_access (self, connection, wish, error) && check_rules (self, connection, error))
    return connection;
  mu_connection_free (connection);
  return NULL;
}

MuConnection *
mu_data_default (MuData *self, GError **error)
{
  return make (self, &(Wish){ .cid = 0 }, error);
}

void
mu_data_connect (MuService *base, GVariant *args, MuCall *call)
{
  MuData              *self = (MuData *)base;
  g_autoptr (GVariant) options = g_variant_get_child_value (args, 0);
  g_autoptr (GError)   error = NULL;
  MuConnection        *connection = NULL;
  Wish                 wish;

  if (read_wish (options, &wish, &error))
    connection = make (self, &wish, &error);
  if (connection == NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  self->resting = self->refused = FALSE;
  mu_data_begin (self, connection, call);
}
