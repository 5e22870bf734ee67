/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

/* Ussd1 (27.007 7.15; 22.090): codes such as *100#, and what the network answers, asks, says. */
extern const MuServiceClass mu_ussd_class;
