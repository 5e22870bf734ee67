/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-audend.h"

static const AtField fields[] = {
  AT_F_UINT (MuAudend, what, NULL),
  AT_F_MAYBE_UINT (MuAudend, reason, NULL, 1),
  AT_F_MAYBE_UINT (MuAudend, bytes, NULL, 0),
};

const AtRecord mu_audend = AT_RECORD ("^AUDEND", MuAudend, fields);
