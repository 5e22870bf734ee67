/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* 27.007 7.4 <classx>: what a supplementary service is switched on for.  Sums of these; the classes
 * from 16 on are data of kinds that this network does not have. */
#define SIM_CLASS_VOICE   1u
#define SIM_CLASS_DATA    2u
#define SIM_CLASS_FAX     4u
#define SIM_CLASS_SMS     8u
#define SIM_CLASS_DEFAULT 7u
#define SIM_CLASS_ALL     15u
#define SIM_CLASS_MAX     255u

/* NAME: 1,class  for each class asked for where it is on; if there is none,  NAME: 0,asked */
void sim_classes_reply (SimCall *call, guint on, guint asked);
