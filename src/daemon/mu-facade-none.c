/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Built without libmm-glib. */
#include "mu-facade.h"

#include "mu-log.h"

MuFacade *
mu_facade_new (const BusShared *bus G_GNUC_UNUSED, MuListeners *listeners G_GNUC_UNUSED)
{
  mu_log (MU_LOG_WARNING, NULL, "[daemon] modemmanager-facade: the daemon is built without it");
  return NULL;
}

void
mu_facade_free (MuFacade *self G_GNUC_UNUSED)
{
}

void
mu_facade_publish (MuFacade *self G_GNUC_UNUSED, MuManager *manager G_GNUC_UNUSED)
{
}

void
mu_facade_unpublish (MuFacade *self G_GNUC_UNUSED)
{
}
