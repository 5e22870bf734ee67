/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

/* Messaging1 and Message1 (guide 9; 3GPP 23.040, 27.005): short messages, always in PDU mode, which
 * loses nothing.  What comes in is in the database before it leaves the card; what goes out is in
 * the database before it leaves the host. */
extern const MuServiceClass mu_messaging_class;
