/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Of Modem, the bearers: all of a module's. */
#include "mm1-bearer.h"

#include "mu-error.h"

/* ---- finding ---- */

Mm1Bearer *
mm1_bearers_find (const Mm1Modem *modem, const char *path)
{
  return modem != NULL ? mm1_interfaces_find (modem->bearers, path) : NULL;
}

static Mm1Bearer *
of_connection (const Mm1Modem *modem, guint connection)
{
  for (guint i = 0; i < modem->bearers->len; i++)
    {
      Mm1Bearer *bearer = modem->bearers->pdata[i];

      if (bearer->connection == connection)
        return bearer;
    }
  return NULL;
}

static Mm1Bearer *
find_connecting (const Mm1Modem *modem)
{
  for (guint i = 0; i < modem->bearers->len; i++)
    {
      Mm1Bearer *bearer = modem->bearers->pdata[i];

      if (bearer->connecting && bearer->connection == 0)
        return bearer;
    }
  return NULL;
}

static char *
connection_state (const Mm1Object *object, guint number)
{
  g_autoptr (GVariant) connection = mm1_get_child (object, "Data1", number);

  return g_strdup (mm1_text (connection, "State"));
}

const char *
mm1_bearers_state (const Mm1Object *object)
{
  g_autoptr (GArray) numbers = mm1_get_children (object, "Data1");
  const char        *furthest = "";

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *state = connection_state (object, g_array_index (numbers, guint, i));

      furthest = mm1_further_connection (furthest, state);
    }
  return furthest;
}

gboolean
mm1_bearers_are_leaving (const Mm1Object *object)
{
  g_autoptr (GArray) numbers = mm1_get_children (object, "Data1");

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *state = connection_state (object, g_array_index (numbers, guint, i));

      if (g_str_equal (state, "disconnecting"))
        return TRUE;
    }
  return FALSE;
}

/* ---- coming and going ---- */

static Mm1Bearer *
add_bearer (Mm1Modem *modem)
{
  Mm1Interface *bearer = mm1_interface_new (modem->base.object, &mm1_bearer_class, MM1_BEARER);

  g_ptr_array_add (modem->bearers, bearer);
  return (Mm1Bearer *)bearer;
}

static void
remove_bearer (Mm1Modem *modem, Mm1Bearer *bearer)
{
  g_ptr_array_remove (modem->bearers, bearer);
  mm1_interface_free (&bearer->base);
  mm1_object_changed (modem->base.object);
}

static void
drop_those_over (Mm1Modem *modem)
{
  for (guint i = modem->bearers->len; i > 0; i--)
    {
      Mm1Bearer           *bearer = modem->bearers->pdata[i - 1];
      g_autoptr (GVariant) connection
          = mm1_get_child (modem->base.object, "Data1", bearer->connection);

      if (bearer->connection == 0 || connection != NULL)
        continue;
      bearer->connection = 0;
      if (bearer->foreign)
        remove_bearer (modem, bearer);
      else
        mm1_interface_refresh (&bearer->base);
    }
}

static void
add_connection (Mm1Modem *modem, guint number)
{
  Mm1Bearer *bearer = find_connecting (modem);

  if (bearer == NULL)
    {
      bearer = add_bearer (modem);
      bearer->foreign = TRUE;
      bearer->connection = number;
      mm1_interface_publish (&bearer->base);
      return;
    }
  bearer->connection = number;
  mm1_interface_refresh (&bearer->base);
}

void
mm1_bearers_update (Mm1Modem *modem)
{
  g_autoptr (GArray) numbers = mm1_get_children (modem->base.object, "Data1");

  drop_those_over (modem);
  for (guint i = 0; i < numbers->len; i++)
    if (of_connection (modem, g_array_index (numbers, guint, i)) == NULL)
      add_connection (modem, g_array_index (numbers, guint, i));
}

/* ---- what is asked for ---- */

/* A connection that somebody has made already does for a client that does not mind, or has the same
 * access point in mind: above all after a restart of the daemon, which finds its own again. */
static gboolean
fits (const Mm1Bearer *bearer, const Mm1Wish *wish)
{
  g_autoptr (GVariant) connection = NULL;
  const char          *wanted, *apn;

  if (!bearer->foreign)
    return g_variant_equal (bearer->wish.options, wish->options);
  connection = mm1_get_child (bearer->base.object, "Data1", bearer->connection);
  if (connection == NULL)
    return FALSE;
  apn = mm1_text (connection, "Apn");
  wanted = mm1_text (wish->options, "apn");
  return g_str_equal (mm1_text (connection, "State"), "connected")
         && (apn[0] == '\0' || wanted[0] == '\0' || g_ascii_strcasecmp (apn, wanted) == 0);
}

/* Clients that never delete what they create do not get into their own way. */
static gboolean
make_room (Mm1Modem *modem)
{
  if (modem->bearers->len < MM1_MAX_BEARERS)
    return TRUE;
  for (guint i = 0; i < modem->bearers->len; i++)
    {
      Mm1Bearer *bearer = modem->bearers->pdata[i];

      if (bearer->connection == 0 && !bearer->connecting)
        {
          remove_bearer (modem, bearer);
          return TRUE;
        }
    }
  return FALSE;
}

static Mm1Bearer *
new_bearer (Mm1Modem *modem, Mm1Wish *wish)
{
  Mm1Bearer *bearer;

  if (!make_room (modem))
    return NULL;
  bearer = add_bearer (modem);
  bearer->wish = *wish;
  *wish = (Mm1Wish){ 0 };
  mm1_interface_publish (&bearer->base);
  mm1_object_changed (modem->base.object);
  return bearer;
}

Mm1Bearer *
mm1_bearers_obtain (Mm1Modem *modem, Mm1Wish *wish)
{
  mm1_bearers_update (modem);
  for (guint i = 0; i < modem->bearers->len; i++)
    if (fits (modem->bearers->pdata[i], wish))
      return modem->bearers->pdata[i];
  return new_bearer (modem, wish);
}

/* ---- methods ---- */

void
mm1_bearers_list (Mm1Interface *base, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  Mm1Modem               *modem = (Mm1Modem *)base;
  g_autofree const char **paths = NULL;

  mm1_bearers_update (modem);
  paths = mm1_interfaces_paths (modem->bearers);
  mm1_call_return (call, g_variant_new ("(^ao)", paths));
}

static void
may_create (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED, const GError *error)
{
  Mm1Bearer *bearer;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  bearer = new_bearer ((Mm1Modem *)base, mm1_call_data (call));
  if (bearer == NULL)
    mm1_call_reject (call, MM_CORE_ERROR_TOO_MANY, "There are %d bearers", MM1_MAX_BEARERS);
  else
    mm1_call_return (call, g_variant_new ("(o)", bearer->base.path));
}

static void
free_wish (gpointer wish)
{
  mm1_wish_clear (wish);
  g_free (wish);
}

void
mm1_bearers_create (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  g_autoptr (GVariant) dict = g_variant_get_child_value (args, 0);
  g_autoptr (GError)   error = NULL;
  Mm1Wish              wish;

  if (!mm1_wish_parse (dict, FALSE, &wish, &error))
    {
      mm1_call_fail (call, error);
      return;
    }
  mm1_call_keep (call, g_memdup2 (&wish, sizeof wish), free_wish);
  mm1_call_check (call, MM1_ACCESS_DATA, may_create);
}

/* The path is still in the arguments. */
static void
may_delete (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED, const GError *error)
{
  Mm1Modem  *modem = (Mm1Modem *)base;
  Mm1Bearer *bearer = mm1_bearers_find (modem, mm1_call_data (call));

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  if (bearer != NULL)
    remove_bearer (modem, bearer);
  mm1_call_return (call, NULL);
}

void
mm1_bearers_delete (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  const char *path;

  g_variant_get (args, "(&o)", &path);
  if (mm1_bearers_find ((Mm1Modem *)base, path) == NULL)
    {
      mm1_call_reject (call, MM_CORE_ERROR_NOT_FOUND, "There is no bearer %s", path);
      return;
    }
  mm1_call_keep (call, g_strdup (path), g_free);
  mm1_bearers_disconnect ((Mm1Modem *)base, call, path, TRUE, may_delete);
}

/* ---- disconnecting ---- */

typedef struct
{
  GArray *numbers; /* guint, of the connections that are still to go */
  Mm1Next next;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  g_array_unref (leaving->numbers);
  g_free (leaving);
}

static void leave_next (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error);

static void
left (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  if (error != NULL && g_error_matches (error, MU_ERROR, MU_ERROR_NOT_FOUND))
    error = NULL; /* it was over already */
  leave_next (base, call, reply, error);
}

static void
leave_next (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  Leaving *leaving = mm1_call_data (call);
  Mm1Next  next = leaving->next;
  guint    number;

  if (error != NULL || leaving->numbers->len == 0)
    {
      mm1_call_drop (call);
      next (base, call, reply, error);
      return;
    }
  number = g_array_index (leaving->numbers, guint, 0);
  g_array_remove_index (leaving->numbers, 0);
  mm1_call_start (call, &(Mm1Request){ "Data1", "Disconnect", number, g_variant_new ("()") }, left);
}

void
mm1_bearers_disconnect (Mm1Modem *modem, Mm1Call *call, const char *path, gboolean foreign,
                        Mm1Next next)
{
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  leaving->next = next;
  mm1_bearers_update (modem);
  for (guint i = 0; i < modem->bearers->len; i++)
    {
      Mm1Bearer *bearer = modem->bearers->pdata[i];
      gboolean   meant = g_str_equal (path, "/") ? foreign || !bearer->foreign
                                                 : g_str_equal (path, bearer->base.path);

      if (meant && bearer->connection != 0)
        g_array_append_val (leaving->numbers, bearer->connection);
    }
  mm1_call_keep (call, leaving, leaving_free);
  mm1_call_check (call, MM1_ACCESS_DATA, leave_next);
}

/* ---- what the service tells ---- */

/* At once: a connection that has ended before the end of the turn was somebody's, too. */
void
mm1_bearers_child_present (Mm1Interface *base, MuService *service, guint number G_GNUC_UNUSED,
                           gboolean present)
{
  if (present && mm1_is_service (service, "Data1"))
    mm1_bearers_update ((Mm1Modem *)base);
}

void
mm1_bearers_emitted (Mm1Interface *base, MuService *service, const char *signal, GVariant *args)
{
  Mm1Bearer           *bearer;
  g_autoptr (GVariant) last = NULL;
  const char          *path;

  if (!mm1_is_service (service, "Data1") || !g_str_equal (signal, "ConnectionRemoved"))
    return;
  g_variant_get (args, "(&o@a{sv})", &path, &last);
  if (mm1_path_number (path) == 0)
    return; /* which is that of bearers without a connection */
  bearer = of_connection ((Mm1Modem *)base, mm1_path_number (path));
  if (bearer != NULL)
    mm1_bearer_ended (bearer, last);
}
