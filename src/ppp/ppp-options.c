/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ppp-options.h"

#include "mu-error.h"

#include <string.h>

/* pppd reads /etc/ppp/options before these and the last word is ours. */
static const char *const fixed[] = {
  "nodetach",
  "noauth",                /* the network does not say who it is */
  "lock",                  /* as all who use serial lines do: /run/lock/LCK..ttyUSB0 */
  "modem",                 /* the end of the carrier is the end of the link; at the end DTR falls */
  "nocrtscts",             /* a USB port has no such lines */
  "noipv6",                /* the context's type is IP */
  "noipdefault",           /* the network gives the address ... */
  "ipcp-accept-local",     /* ... whatever it is ... */
  "ipcp-accept-remote",    /* ... and its own */
  "usepeerdns",            /* to /etc/ppp/resolv.conf, and to ip-up */
  "noproxyarp",            /* whatever /etc/ppp/options wants for those who dial in */
  "nopersist",             /* mu709d decides on that */
  "ipcp-max-configure=30", /* the module begins before it has asked the network */
  "ipcp-max-failure=30",   /* and then says no to what it does not know yet */
  "lcp-max-configure=10",  /* 30 s in all */
  "lcp-echo-interval=30",  /* s: a link that is dead ... */
  "lcp-echo-failure=4",    /* ... is noticed after 2 minutes ... */
  "lcp-echo-adaptive",     /* ... in which nothing came at all */
  "hide-password",
  "plugin=passwordfd.so",
};

/* By PAP or CHAP with MD5: what 27.061 knows. */
static const char *const refused[][5] = {
  [PPP_AUTH_NONE] = { "refuse-eap", "refuse-mschap", "refuse-mschap-v2" },
  [PPP_AUTH_PAP] = { "refuse-eap", "refuse-mschap", "refuse-mschap-v2", "refuse-chap" },
  [PPP_AUTH_CHAP] = { "refuse-eap", "refuse-mschap", "refuse-mschap-v2", "refuse-pap" },
};

/* Nothing that anybody could take for an option, for another directory, for more than one word. */
static gboolean
is_plain_path (const char *path, const char *start)
{
  return g_str_has_prefix (path, start) && strstr (path, "..") == NULL
         && path[strspn (path, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/._-")] == '\0';
}

static void
add (GPtrArray *options, const char *option)
{
  const char *value = strchr (option, '=');

  if (value == NULL)
    {
      g_ptr_array_add (options, g_strdup (option));
      return;
    }
  g_ptr_array_add (options, g_strndup (option, (gsize)(value - option)));
  g_ptr_array_add (options, g_strdup (value + 1));
}

static void
add_value (GPtrArray *options, const char *option, const char *value)
{
  g_ptr_array_add (options, g_strdup (option));
  g_ptr_array_add (options, g_strdup (value));
}

static void
add_number (GPtrArray *options, const char *option, guint value)
{
  g_ptr_array_add (options, g_strdup (option));
  g_ptr_array_add (options, g_strdup_printf ("%u", value));
}

static void
add_route (GPtrArray *options, guint metric)
{
  if (metric == 0)
    {
      add (options, "nodefaultroute");
      return;
    }
  add (options, "defaultroute");
  add_number (options, "defaultroute-metric", metric);
}

char **
ppp_options (const char *pppd, const PppRequest *request, const char *tty, const char *directory,
             int password_fd, GError **error)
{
  g_autoptr (GPtrArray) options = NULL;
  g_autofree char      *name = g_path_get_basename (tty);
  g_autofree char      *link = g_strconcat ("mu709-", name, NULL);

  if (!is_plain_path (tty, "/dev/") || !is_plain_path (directory, "/"))
    {
      (void)mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "Not a path of a tty or of a directory");
      return NULL;
    }
  options = g_ptr_array_new_with_free_func (g_free);
  add (options, pppd);
  add (options, tty);
  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    add (options, fixed[i]);
  for (gsize i = 0; refused[request->auth][i] != NULL; i++)
    add (options, refused[request->auth][i]);
  add_route (options, request->metric);
  add_value (options, "linkname", link);
  add_value (options, "ipparam", directory);
  add_value (options, "ip-up-script", PPP_IP_UP);
  add_value (options, "user", request->user);
  add_number (options, "passwordfd", (guint)password_fd);
  g_ptr_array_add (options, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&options), FALSE);
}
