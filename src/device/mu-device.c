/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-device.h"

static const char *const role_words[MU_N_PORT_ROLES] = {
  [MU_PORT_PCUI] = "pcui", [MU_PORT_MODEM] = "modem", [MU_PORT_UART] = "uart",
  [MU_PORT_DIAG] = "diag", [MU_PORT_NET] = "net",
};

MuDevice *
mu_device_new (const char *id, const char *path)
{
  MuDevice *self = g_new0 (MuDevice, 1);

  g_ref_count_init (&self->refs);
  self->id = g_strdup (id);
  self->path = g_strdup (path);
  return self;
}

MuDevice *
mu_device_ref (MuDevice *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

void
mu_device_unref (MuDevice *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  for (gsize i = 0; i < MU_N_PORT_ROLES; i++)
    g_free (self->ports[i]);
  g_free (self->id);
  g_free (self->path);
  g_free (self);
}

gboolean
mu_device_set_port (MuDevice *self, MuPortRole role, const char *name)
{
  if (g_strcmp0 (self->ports[role], name) == 0)
    return FALSE;
  g_free (self->ports[role]);
  self->ports[role] = g_strdup (name);
  return TRUE;
}

const char *
mu_device_at_port (const MuDevice *self)
{
  const char *pcui = self->ports[MU_PORT_PCUI];

  return pcui != NULL ? pcui : self->ports[MU_PORT_UART];
}

const char *
mu_port_role_word (MuPortRole role)
{
  return role_words[role];
}

gboolean
mu_port_role_from_word (const char *word, MuPortRole *ret_role)
{
  for (gsize i = 0; i < MU_N_PORT_ROLES; i++)
    if (g_str_equal (role_words[i], word))
      {
        *ret_role = (MuPortRole)i;
        return TRUE;
      }
  return FALSE;
}

char *
mu_device_id_for_tty (const char *tty)
{
  g_autofree char *name = g_path_get_basename (tty);

  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_", '_');
  return g_strconcat ("tty_", name, NULL);
}
