/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Registration and packet service. */
#include "ctl-command.h"

const CtlCommand ctl_network_commands[] = {
  { "network status", "", "Show registration, operator, signal, cell, time", "Network1" },
  { "network scan", "", "Search for networks, which takes up to two minutes", "Network1", "Scan",
    .more = "Ctrl-C ends the search in the module too." },
  { "network register", "[CODE]", "Register with one network, or let the module choose", "Network1",
    "Register", .more = "CODE is the network's country and network code, such as 26201." },
  { "network attach", "", "Attach to packet service", "Network1", "Attach" },
  { "network detach", "", "Detach from packet service", "Network1", "Detach" },
  { NULL },
};
