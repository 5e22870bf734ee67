/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-device-match.h"

#include <string.h>

/* The MU709s-2 names itself so; it needs no mode switching (usb_modeswitch has no entry for it). */
#define MU709 "12d1:1c25"

typedef struct
{
  guint class;
  guint      subclass;
  guint      protocol;
  MuPortRole role;
} Interface;

/* The nearest to the guide first: where a module offers a role twice, the earlier row is taken.
 * What is missing here is nothing to us: NMEA (ff/01/05, ff/01/14, ff/02/14, ff/06/14), mass
 * storage. */
static const Interface interfaces[] = {
  /* Protocol 02 is PCUI (guide 19.1); its neighbours as in oFono's udevng and ModemManager's rules
   */
  { 0xff, 0x02, 0x02, MU_PORT_PCUI },
  { 0xff, 0x01, 0x02, MU_PORT_PCUI },
  { 0xff, 0x02, 0x01, MU_PORT_MODEM },
  { 0xff, 0x01, 0x01, MU_PORT_MODEM },
  { 0xff, 0x02, 0x03, MU_PORT_DIAG },
  { 0xff, 0x01, 0x03, MU_PORT_DIAG },
  /* The same with another base: oFono's udevng has subclass 01, Technicolor's gateways 02 */
  { 0xff, 0x02, 0x32, MU_PORT_PCUI },
  { 0xff, 0x01, 0x32, MU_PORT_PCUI },
  { 0xff, 0x02, 0x31, MU_PORT_MODEM },
  { 0xff, 0x01, 0x31, MU_PORT_MODEM },
  { 0xff, 0x02, 0x33, MU_PORT_DIAG },
  { 0xff, 0x01, 0x33, MU_PORT_DIAG },
  /* Later products of the family: Technicolor's gateways, ModemManager's rules */
  { 0xff, 0x02, 0x12, MU_PORT_PCUI },
  { 0xff, 0x06, 0x12, MU_PORT_PCUI },
  { 0xff, 0x02, 0x10, MU_PORT_MODEM },
  { 0xff, 0x06, 0x10, MU_PORT_MODEM },
  /* The last resort of Technicolor's gateways */
  { 0xff, 0x03, 0x02, MU_PORT_PCUI },
  /* CDC ECM and NCM (USB CDC 1.2 table 4), with Huawei's protocol too (Linux cdc_ether.c) */
  { 0x02, 0x06, 0x00, MU_PORT_NET },
  { 0x02, 0x06, 0xff, MU_PORT_NET },
  { 0x02, 0x0d, 0x00, MU_PORT_NET },
  /* Huawei's NCM (Linux huawei_cdc_ncm.c) */
  { 0xff, 0x02, 0x16, MU_PORT_NET },
  { 0xff, 0x02, 0x46, MU_PORT_NET },
  { 0xff, 0x02, 0x76, MU_PORT_NET },
  { 0xff, 0x03, 0x16, MU_PORT_NET },
};

gboolean
mu_device_match_id (guint vendor, guint product, const char *const *ids)
{
  char id[sizeof "ffffffff:ffffffff"];

  g_snprintf (id, sizeof id, "%04x:%04x", vendor, product);
  if (g_str_equal (id, MU709))
    return TRUE;
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    if (g_ascii_strcasecmp (id, ids[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
mu_device_match_is_id (const char *text)
{
  static const char form[] = "xxxx:xxxx";

  if (strlen (text) != strlen (form))
    return FALSE;
  for (gsize i = 0; form[i] != '\0'; i++)
    if (form[i] == 'x' ? !g_ascii_isxdigit (text[i]) : text[i] != form[i])
      return FALSE;
  return TRUE;
}

gboolean
mu_device_match_interface (guint class, guint subclass, guint protocol, MuPortRole *ret_role,
                           int *ret_rank)
{
  for (int i = 0; i < (int)G_N_ELEMENTS (interfaces); i++)
    {
      const Interface *row = &interfaces[i];

      if (row->class == class && row->subclass == subclass && row->protocol == protocol)
        {
          *ret_role = row->role;
          *ret_rank = i;
          return TRUE;
        }
    }
  return FALSE;
}
