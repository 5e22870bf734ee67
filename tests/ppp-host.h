/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-host.h"

/* A host that speaks PPP on the MODEM port, which is in data mode. */

#define PPP_HOST_LCP  0xc021
#define PPP_HOST_PAP  0xc023
#define PPP_HOST_IPCP 0x8021

/* One frame. */
void ppp_host_say (SimHost *host, guint16 protocol, const char *hex);

/* What the module says next is exactly that: its frames as PROTOCOL:HEX with blanks between, then
 * the rest as it is. */
void ppp_host_expect (SimHost *host, const char *expected);

/* From CONNECT until LCP is agreed upon, and to an address. */
void ppp_host_link (SimHost *host);
void ppp_host_bring_up (SimHost *host);

/* A packet goes, which the module has to answer, and its answer. */
void ppp_host_ping (SimHost *host);
void ppp_host_expect_pong (SimHost *host);
