/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-object.h"

/* libmm-glib's skeleton of an SMS, whose properties are guarded like methods: what people write
 * each other is for those who may read Message1. */
#define MM1_TYPE_SMS_SKELETON (mm1_sms_skeleton_get_type ())
G_DECLARE_FINAL_TYPE (Mm1SmsSkeleton, mm1_sms_skeleton, MM1, SMS_SKELETON, MmGdbusSmsSkeleton)

/* Who answers for it; before it is published. */
void mm1_sms_skeleton_set_interface (Mm1SmsSkeleton *self, Mm1Interface *interface);
