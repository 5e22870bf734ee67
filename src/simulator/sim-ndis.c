/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-ndis.h"

#define OWN_END   36u /* 24.008 10.5.6.6: regular deactivation */
#define IPV4_ONLY 50u

const char *const sim_ndis_words[] = { "guide", "firmware", "dual", "short", "cid", NULL };

/* Guide 7.1.1, 7.1.2, 7.3.1 */
static void
change_of_guide (GString *out, SimNdisStat stat, guint cause, gboolean own)
{
  if (stat == SIM_NDIS_UP)
    g_string_append (out, "^NDISSTAT: 1,,,IPV4");
  else if (own)
    g_string_append (out, "^NDISSTAT:0,0,,IPV4");
  else
    g_string_append_printf (out, "^NDISSTAT: 0,%u,,IPV4", cause);
}

void
sim_ndis_change (GString *out, SimNdisForm form, SimNdisStat stat, guint cause, gboolean own)
{
  if (form == SIM_NDIS_GUIDE)
    {
      change_of_guide (out, stat, cause, own);
      return;
    }
  if (own)
    cause = OWN_END;
  if (stat == SIM_NDIS_UP)
    g_string_append (out, "^NDISSTAT:1,,,\"IPV4\"");
  else
    g_string_append_printf (out, "^NDISSTAT:0,%u,,\"IPV4\"", cause);
  if (form == SIM_NDIS_DUAL)
    g_string_append_printf (out, "\n^NDISSTAT:0,%u,,\"IPV6\"",
                            stat == SIM_NDIS_UP ? IPV4_ONLY : cause);
}

void
sim_ndis_answer (GString *out, SimNdisForm form, guint cid, SimNdisStat stat)
{
  gboolean up = stat == SIM_NDIS_UP;

  switch (form)
    {
    case SIM_NDIS_GUIDE:
      g_string_append (out, up ? "^NDISSTATQRY: 1,,,IPV4" : "^NDISSTATQRY: 0,0,,IPV4");
      return;
    case SIM_NDIS_FIRMWARE:
      g_string_append_printf (out, "^NDISSTATQRY:%d,,,\"IPV4\"", (int)stat);
      return;
    case SIM_NDIS_DUAL:
      g_string_append_printf (out, "^NDISSTATQRY: %d,,,\"IPV4\",0,,,\"IPV6\"", up);
      return;
    case SIM_NDIS_SHORT: g_string_append_printf (out, "^NDISSTATQry:%d", up); return;
    case SIM_NDIS_CID:
      g_string_append_printf (out, "^NDISSTATQRY: %u,%d,,,\"IPV4\"", cid, up);
      return;
    }
  g_assert_not_reached ();
}
