/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-result.h"

typedef struct
{
  SimResult   result;
  const char *text;
} Text;

/* Result codes, V.250 6.2.5; the last one is Huawei's. */
static const Text codes[] = {
  { SIM_OK, "OK" },
  { SIM_CONNECT, "CONNECT" },
  { SIM_RING, "RING" },
  { SIM_NO_CARRIER, "NO CARRIER" },
  { SIM_ERROR, "ERROR" },
  { SIM_NO_DIALTONE, "NO DIALTONE" },
  { SIM_BUSY, "BUSY" },
  { SIM_NO_ANSWER, "NO ANSWER" },
  { SIM_NOT_SUPPORTED, "COMMAND NOT SUPPORT" },
};

/* 3GPP 27.007 9.2 in the module's spelling: some are in capitals, 32 and 50 differ.  Missing SIM is
 * 13 (guide 2.3.2), not 10. */
static const Text cme_texts[] = {
  { SIM_CME (0), "phone failure" },
  { SIM_CME (1), "NO CONNECTION TO PHONE" },
  { SIM_CME (2), "PHONE ADAPTOR LINK RESERVED" },
  { SIM_CME (3), "operation not allowed" },
  { SIM_CME (4), "operation not supported" },
  { SIM_CME (5), "PH-SIM PIN REQUIRED" },
  { SIM_CME (6), "PH-FSIM PIN REQUIRED" },
  { SIM_CME (7), "PH-FSIM PUK REQUIRED" },
  { SIM_CME (10), "SIM not inserted" },
  { SIM_CME (11), "SIM PIN required" },
  { SIM_CME (12), "SIM PUK required" },
  { SIM_CME (13), "SIM failure" },
  { SIM_CME (14), "SIM busy" },
  { SIM_CME (15), "SIM wrong" },
  { SIM_CME (16), "incorrect password" },
  { SIM_CME (17), "SIM PIN2 required" },
  { SIM_CME (18), "SIM PUK2 required" },
  { SIM_CME (20), "memory full" },
  { SIM_CME (21), "invalid index" },
  { SIM_CME (22), "not found" },
  { SIM_CME (23), "memory failure" },
  { SIM_CME (24), "text string too long" },
  { SIM_CME (25), "INVALID CHARACTERS IN TEXT STRING" },
  { SIM_CME (26), "dial string too long" },
  { SIM_CME (27), "invalid characters in dial string" },
  { SIM_CME (30), "NO NETWORK SERVICE" },
  { SIM_CME (31), "NETWORK TIMEOUT" },
  { SIM_CME (32), "NETWORK NOT ALLOWED - EMERGENCY CALLS ONLY" },
  { SIM_CME (40), "NETWORK PERSONALIZATION PIN REQUIRED" },
  { SIM_CME (41), "NETWORK PERSONALIZATION PUK REQUIRED" },
  { SIM_CME (42), "NETWORK SUBSET PERSONALIZATION PIN REQUIRED" },
  { SIM_CME (43), "NETWORK SUBSET PERSONALIZATION PUK REQUIRED" },
  { SIM_CME (44), "SERVICE PROVIDER PERSONALIZATION PIN REQUIRED" },
  { SIM_CME (45), "SERVICE PROVIDER PERSONALIZATION PUK REQUIRED" },
  { SIM_CME (46), "CORPORATE PERSONALIZATION PIN REQUIRED" },
  { SIM_CME (47), "CORPORATE PERSONALIZATION PUK REQUIRED" },
  { SIM_CME (48), "hidden key required" },
  { SIM_CME (49), "EAP method not supported" },
  { SIM_CME (50), "Incorrect parameters" },
  { SIM_CME (100), "UNKNOWN" },
  { SIM_CME (103), "illegal MS" },
  { SIM_CME (106), "illegal ME" },
  { SIM_CME (107), "GPRS services not allowed" },
  { SIM_CME (111), "PLMN not allowed" },
  { SIM_CME (112), "location area not allowed" },
  { SIM_CME (113), "roaming not allowed in this location area" },
  { SIM_CME (132), "service option not supported" },
  { SIM_CME (133), "requested service option not subscribed" },
  { SIM_CME (134), "service option temporarily out of order" },
  { SIM_CME (148), "unspecified GPRS error" },
  { SIM_CME (149), "PDP authentication failure" },
  { SIM_CME (150), "invalid mobile class" },
  { SIM_CME (163), "file not exist" },
  { SIM_CME (257), "network rejected request" },
  { SIM_CME (258), "retry operation" },
  { SIM_CME (323), "parameters error" },
  { SIM_APP (3), "Error command parameters" }, /* guide 27.2.2 */
  { SIM_APP (4), "Operation not supported" },
};

/* 3GPP 27.005 3.2.5 and 24.011 annex E.  304, 305, 313, 330 and 500 have no text on this module
 * (guide 9.1.2, 9.2.2, 9.3.2). */
static const Text cms_texts[] = {
  { SIM_CMS (1), "Unassigned (unallocated) number" },
  { SIM_CMS (8), "Operator determined barring" },
  { SIM_CMS (10), "Call barred" },
  { SIM_CMS (21), "Short message transfer rejected" },
  { SIM_CMS (27), "Destination out of service" },
  { SIM_CMS (28), "Unidentified subscriber" },
  { SIM_CMS (29), "Facility rejected" },
  { SIM_CMS (30), "Unknown subscriber" },
  { SIM_CMS (38), "Network out of order" },
  { SIM_CMS (41), "Temporary failure" },
  { SIM_CMS (42), "Congestion" },
  { SIM_CMS (47), "Resources unavailable, unspecified" },
  { SIM_CMS (50), "Requested facility not subscribed" },
  { SIM_CMS (69), "Requested facility not implemented" },
  { SIM_CMS (81), "Invalid short message transfer reference value" },
  { SIM_CMS (95), "Invalid message, unspecified" },
  { SIM_CMS (96), "Invalid mandatory information" },
  { SIM_CMS (111), "Protocol error, unspecified" },
  { SIM_CMS (127), "Interworking, unspecified" },
  { SIM_CMS (208), "(U)SIM SMS storage full" },
  { SIM_CMS (211), "Memory Capacity Exceeded" },
  { SIM_CMS (300), "ME failure" },
  { SIM_CMS (301), "SMS service of ME reserved" },
  { SIM_CMS (302), "operation not allowed" },
  { SIM_CMS (303), "operation not supported" },
  { SIM_CMS (310), "(U)SIM not inserted" },
  { SIM_CMS (311), "(U)SIM PIN required" },
  { SIM_CMS (312), "PH-(U)SIM PIN required" },
  { SIM_CMS (314), "(U)SIM busy" },
  { SIM_CMS (315), "(U)SIM wrong" },
  { SIM_CMS (316), "(U)SIM PUK required" },
  { SIM_CMS (320), "memory failure" },
  { SIM_CMS (321), "invalid memory index" },
  { SIM_CMS (322), "memory full" },
  { SIM_CMS (331), "no network service" },
  { SIM_CMS (332), "network timeout" },
  { SIM_CMS (340), "no +CNMA acknowledgement expected" },
};

static const char *
find_text (const Text *texts, gsize n_texts, SimResult result)
{
  for (gsize i = 0; i < n_texts; i++)
    if (texts[i].result == result)
      return texts[i].text;
  return NULL;
}

static void
format_code (GString *out, SimResult code, gboolean verbose)
{
  const char *text = find_text (codes, G_N_ELEMENTS (codes), code);

  if (verbose || code == SIM_NOT_SUPPORTED) /* it has no number */
    g_string_append_printf (out, "\r\n%s\r\n", text);
  else
    g_string_append_printf (out, "%u\r", code);
}

static void
format_connect (GString *out, SimResult result, gboolean verbose)
{
  if (verbose)
    g_string_append_printf (out, "\r\nCONNECT %u\r\n", result - SIM_CONNECT_AT (0));
  else
    format_code (out, SIM_CONNECT, FALSE);
}

void
sim_result_format (GString *out, SimResult result, gboolean verbose, guint cmee)
{
  gboolean    cms = result >= SIM_CMS (0) && result < SIM_APP (0);
  const char *kind = cms ? "+CMS" : "+CME";
  const char *text = cms ? find_text (cms_texts, G_N_ELEMENTS (cms_texts), result)
                         : find_text (cme_texts, G_N_ELEMENTS (cme_texts), result);

  if (result >= SIM_CONNECT_AT (0))
    format_connect (out, result, verbose);
  else if (result < SIM_CME (0))
    format_code (out, result, verbose);
  else if (cmee == 0)
    format_code (out, SIM_ERROR, verbose);
  else if (cmee == 2 && text != NULL)
    g_string_append_printf (out, "\r\n%s ERROR: %s\r\n", kind, text);
  else
    g_string_append_printf (out, "\r\n%s ERROR: %u\r\n", kind, result & 0xffffu);
}
