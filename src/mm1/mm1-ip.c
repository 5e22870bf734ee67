/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-ip.h"

#include <libmm-glib.h>

typedef struct
{
  const char      *word; /* of Connection1.Ip4 */
  MMBearerIpMethod method;
} MethodRow;

/* Over PPP the daemon's own pppd has set up the interface: what is left is to take it over. */
static const MethodRow ip_methods[] = {
  { "dhcp", MM_BEARER_IP_METHOD_DHCP },
  { "static", MM_BEARER_IP_METHOD_STATIC },
  { "ppp", MM_BEARER_IP_METHOD_STATIC },
};

static MMBearerIpMethod
ip_method (GVariant *ip4)
{
  const char *word = "";

  g_variant_lookup (ip4, "method", "&s", &word);
  for (gsize i = 0; i < G_N_ELEMENTS (ip_methods); i++)
    if (g_str_equal (ip_methods[i].word, word))
      return ip_methods[i].method;
  return MM_BEARER_IP_METHOD_UNKNOWN;
}

/* ModemManager has room for three. */
static void
add_dns (GVariantDict *to, GVariant *ip4)
{
  static const char *const keys[] = { "dns1", "dns2", "dns3" };
  g_autoptr (GVariant)     servers = g_variant_lookup_value (ip4, "dns", G_VARIANT_TYPE ("as"));

  for (gsize i = 0; servers != NULL && i < g_variant_n_children (servers) && i < 3; i++)
    {
      g_autoptr (GVariant) server = g_variant_get_child_value (servers, i);

      g_variant_dict_insert_value (to, keys[i], server);
    }
}

GVariant *
mm1_ip_config (GVariant *ip4)
{
  static const char *const same[] = { "address", "prefix", "gateway" };
  GVariantDict             dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "method", "u",
                         ip4 != NULL ? ip_method (ip4) : MM_BEARER_IP_METHOD_UNKNOWN);
  for (gsize i = 0; ip4 != NULL && i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (ip4, same[i], NULL);

      if (value != NULL)
        g_variant_dict_insert_value (&dict, same[i], value);
    }
  if (ip4 != NULL)
    add_dns (&dict, ip4);
  return g_variant_dict_end (&dict);
}
