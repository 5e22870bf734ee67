/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* By way of rtnetlink(7) and getifaddrs(3), which see the network namespace that we are in; sysfs
 * shows the one in which it was mounted. */
#define _GNU_SOURCE 1 /* struct ifreq */
#include "sim-carrier.h"

#include "mu-log.h"

#include <errno.h>
#include <ifaddrs.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  struct nlmsghdr  header;
  struct ifinfomsg link;
  struct rtattr    attribute;
  guint8           on, padding[3];
} CarrierRequest;

typedef struct
{
  struct nlmsghdr header;
  struct nlmsgerr error;
  char            rest[256];
} Acknowledgement;

/* 0, or an error number */
static int
exchange (int fd, const CarrierRequest *request)
{
  Acknowledgement answer = { 0 };

  if (send (fd, request, request->header.nlmsg_len, 0) < 0
      || recv (fd, &answer, sizeof answer, 0) < (gssize)NLMSG_LENGTH (sizeof answer.error))
    return errno != 0 ? errno : EIO;
  return answer.header.nlmsg_type == NLMSG_ERROR ? -answer.error.error : EIO;
}

static int
set_carrier (const char *name, gboolean on)
{
  CarrierRequest request = {
    .header = { .nlmsg_len = sizeof request - sizeof request.padding,
                .nlmsg_type = RTM_SETLINK,
                .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK },
    .link = { .ifi_family = AF_UNSPEC, .ifi_index = (int)if_nametoindex (name) },
    .attribute = { .rta_len = (gushort)RTA_LENGTH (sizeof request.on), .rta_type = IFLA_CARRIER },
    .on = on != 0,
  };
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  int error = errno;

  if (fd < 0)
    return error;
  error = request.link.ifi_index == 0 ? ENODEV : exchange (fd, &request);
  (void)close (fd);
  return error;
}

static int
set_up (const char *name, gboolean on)
{
  struct ifreq request = { 0 };
  int          fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int          error = 0;

  if (fd < 0)
    return errno;
  (void)g_strlcpy (request.ifr_name, name, sizeof request.ifr_name);
  if (ioctl (fd, SIOCGIFFLAGS, &request) != 0)
    error = errno;
  else
    {
      request.ifr_flags
          = (short)(on ? request.ifr_flags | (short)IFF_UP : request.ifr_flags & (short)~IFF_UP);
      if (ioctl (fd, SIOCSIFFLAGS, &request) != 0)
        error = errno;
    }
  (void)close (fd);
  return error;
}

void
sim_carrier_switch (SimCarrier *self, gboolean on)
{
  int error = EOPNOTSUPP;

  if (self->name == NULL)
    return;
  if (!self->far_end)
    error = set_carrier (self->name, on);
  if (error == EOPNOTSUPP)
    {
      self->far_end = TRUE;
      error = set_up (self->name, on);
    }
  if (error != 0 && !self->failed)
    mu_log (MU_LOG_WARNING, self->name, "its carrier cannot be switched: %s", g_strerror (error));
  self->failed = error != 0;
}

static gboolean
look (const char *name, guint32 *rx, guint32 *tx)
{
  struct ifaddrs *all = NULL;
  gboolean        found = FALSE;

  if (getifaddrs (&all) != 0)
    return FALSE;
  for (const struct ifaddrs *item = all; item != NULL && !found; item = item->ifa_next)
    {
      struct rtnl_link_stats stats;

      if (item->ifa_addr == NULL || item->ifa_addr->sa_family != AF_PACKET || item->ifa_data == NULL
          || strcmp (item->ifa_name, name) != 0)
        continue;
      memcpy (&stats, item->ifa_data, sizeof stats);
      *rx = stats.rx_bytes;
      *tx = stats.tx_bytes;
      found = TRUE;
    }
  freeifaddrs (all);
  return found;
}

/* The counters are of 32 bits and run round: their difference is right all the same. */
void
sim_carrier_count (SimCarrier *self, guint64 *ret_tx, guint64 *ret_rx)
{
  guint32 rx = self->rx, tx = self->tx;

  *ret_tx = *ret_rx = 0;
  if (self->name == NULL || !look (self->name, &rx, &tx))
    return;
  *ret_rx = self->far_end ? tx - self->tx : rx - self->rx;
  *ret_tx = self->far_end ? rx - self->rx : tx - self->tx;
  self->rx = rx;
  self->tx = tx;
}
