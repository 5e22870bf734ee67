/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-device.h"

/* A device by the ports that somebody names: a{sv} with the keys of Manager1.AddDevice. */
MuDevice *mu_device_from_ports (GVariant *ports, GError **error);
