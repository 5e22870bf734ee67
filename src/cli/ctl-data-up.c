/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* data up: connects, and says how the interface is called and what its address is. */
#include "ctl-child.h"
#include "ctl-data-text.h"
#include "ctl-data.h"
#include "ctl-output.h"
#include "ctl-secret.h"
#include "ctl-text.h"

#include "mu-timer.h"

#define PASSWORD_FILE "password-file"

/* The module tells its address a moment after the connection, the kernel once DHCP has given one.
 */
#define ADDRESS_MS    250
#define ADDRESS_TRIES 12

const CtlKey ctl_data_up_keys[] = {
  { "apn", "s" },
  { "auth", "s", .values = "none|pap|chap" },
  { "bearer", "s", .values = "ecm|ppp" },
  { "cid", "u" },
  { PASSWORD_FILE, "s" },
  { "roaming", "b", .values = "yes|no" },
  { "user", "s" },
  { NULL },
};

/* ---- the password ---- */

static gboolean
wants_password (GVariantDict *options)
{
  const char *user = "", *auth = "";

  (void)g_variant_dict_lookup (options, "user", "&s", &user);
  (void)g_variant_dict_lookup (options, "auth", "&s", &auth);
  return user[0] != '\0' && !g_str_equal (auth, "none");
}

static gboolean
add_password (Ctl *ctl, GVariantDict *options, GError **error)
{
  const char *what = "password";
  char       *file = NULL;
  char       *password = NULL;

  if (g_variant_dict_lookup (options, PASSWORD_FILE, "s", &file))
    password = ctl_secret_read (ctl, file, what, error);
  else if (wants_password (options))
    password = ctl_secret_ask (ctl, what, FALSE, error);
  else
    return TRUE;
  g_free (file);
  (void)g_variant_dict_remove (options, PASSWORD_FILE);
  if (password == NULL)
    return FALSE;
  g_variant_dict_insert (options, "password", "s", password);
  ctl_secret_free (password);
  return TRUE;
}

/* Connect's options, an a{sv}. */
static GVariant *
read_options (Ctl *ctl, const char *const *args, GError **error)
{
  g_autoptr (GVariant)  given = ctl_keys_parse (ctl_data_up_keys, args, error);
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (given);

  if (given == NULL || !add_password (ctl, &options, error))
    return NULL;
  return g_variant_ref_sink (g_variant_dict_end (&options));
}

/* ---- the address ---- */

static void
on_time (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
}

static void
wait_a_little (Ctl *ctl)
{
  gboolean over = FALSE;
  MuTimer  timer;

  mu_timer_init (&timer, on_time, &over);
  mu_timer_start (&timer, ADDRESS_MS);
  while (!over && !g_cancellable_is_cancelled (ctl->interrupted))
    g_main_context_iteration (NULL, TRUE);
  mu_timer_clear (&timer);
}

static gboolean
has_address (GVariant *properties)
{
  g_autoptr (GVariant) ip4 = g_variant_lookup_value (properties, "Ip4", G_VARIANT_TYPE_VARDICT);

  return ip4 != NULL && g_variant_lookup (ip4, "address", "&s", NULL);
}

/* Takes before, and returns it if there is no time for more. */
static GVariant *
read_again (Ctl *ctl, const char *path, GVariant *before, GError **error)
{
  g_autoptr (GError) cause = NULL;
  GVariant          *properties = NULL;

  wait_a_little (ctl);
  if (!g_cancellable_is_cancelled (ctl->interrupted))
    properties = ctl_data_read (ctl, path, &cause);
  if (g_cancellable_is_cancelled (ctl->interrupted) && properties == NULL)
    return before;
  g_variant_unref (before);
  if (properties == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return properties;
}

/* Its properties, with the address if that comes soon.  Who does not want to wait for that is told
 * nevertheless what is up. */
static GVariant *
read_with_address (Ctl *ctl, const char *path, GError **error)
{
  GVariant *properties = ctl_data_read (ctl, path, error);

  for (guint i = 0; i < ADDRESS_TRIES && properties != NULL && !has_address (properties)
                    && !g_cancellable_is_cancelled (ctl->interrupted);
       i++)
    properties = read_again (ctl, path, properties, error);
  return properties;
}

/* ---- the command ---- */

static void
output (Ctl *ctl, const char *path, GVariant *properties)
{
  g_autofree char    *address = ctl_data_address (properties);
  g_autoptr (GString) text = g_string_new (NULL);

  if (ctl->options.json)
    {
      ctl_output_json (ctl, ctl_child_json (path, properties));
      return;
    }
  ctl_data_append_interface (text, properties);
  g_string_append_printf (text, " %s\n", address);
  ctl_output_text (ctl, text->str);
}

gboolean
ctl_data_up (Ctl *ctl, const char *const *args, GError **error)
{
  CtlMethod            method = { .interface = CTL_DATA, .name = "Connect", .reply = "(o)" };
  g_autoptr (GVariant) data = ctl_data_choose (ctl, error); /* before anybody is asked */
  g_autoptr (GVariant) options = data != NULL ? read_options (ctl, args, error) : NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) properties = NULL;
  const char          *path;

  if (options == NULL)
    return FALSE;
  method.path = ctl->module_path;
  reply = ctl_bus_call (ctl, &method, g_variant_new ("(@a{sv})", options), NULL, error);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(&o)", &path);
  properties = read_with_address (ctl, path, error);
  if (properties == NULL)
    return FALSE;
  output (ctl, path, properties);
  return TRUE;
}
