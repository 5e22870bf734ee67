/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-net.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

#define ROOT "/sys/class/net"

static const char *sysfs_root = ROOT;

void
mu_net_set_root (const char *root)
{
  sysfs_root = root != NULL ? root : ROOT;
}

/* What a file below the interface's says, without its line end; NULL: it says nothing. */
static char *
read_attribute (const char *interface, const char *name)
{
  g_autofree char *path = NULL;
  char            *text = NULL;

  if (interface[0] == '\0' || interface[0] == '.' || strchr (interface, '/') != NULL)
    return NULL;
  path = g_build_filename (sysfs_root, interface, name, NULL);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return g_strchomp (text);
}

static gboolean
read_number (const char *interface, const char *name, guint64 *ret)
{
  g_autofree char *text = read_attribute (interface, name);

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, ret, NULL);
}

gboolean
mu_net_counters (const char *interface, MuNetCounters *ret)
{
  MuNetCounters counters;

  if (!read_number (interface, "statistics/rx_bytes", &counters.rx)
      || !read_number (interface, "statistics/tx_bytes", &counters.tx))
    return FALSE;
  *ret = counters;
  return TRUE;
}

gboolean
mu_net_carrier (const char *interface)
{
  g_autofree char *text = read_attribute (interface, "carrier");

  return text != NULL && g_str_equal (text, "1");
}

static void
take_address (const struct ifaddrs *from, MuNetAddress *ret)
{
  const struct sockaddr_in *address = (const void *)from->ifa_addr;
  const struct sockaddr_in *mask = (const void *)from->ifa_netmask;

  inet_ntop (AF_INET, &address->sin_addr, ret->address, sizeof ret->address);
  ret->prefix = mask != NULL ? (guint)__builtin_popcount (mask->sin_addr.s_addr) : 32;
}

gboolean
mu_net_address (const char *interface, MuNetAddress *ret)
{
  struct ifaddrs *all = NULL;
  gboolean        found = FALSE;

  if (interface[0] == '\0' || getifaddrs (&all) != 0)
    return FALSE;
  for (const struct ifaddrs *a = all; a != NULL && !found; a = a->ifa_next)
    if (a->ifa_addr != NULL && a->ifa_addr->sa_family == AF_INET
        && g_str_equal (a->ifa_name, interface))
      {
        take_address (a, ret);
        found = TRUE;
      }
  freeifaddrs (all);
  return found;
}
