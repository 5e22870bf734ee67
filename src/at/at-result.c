/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-result.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *text;
  gboolean    open_ended; /* "CONNECT 21600000", "TOO MANY PARAMETERS ..." */
  AtResult    result;
  MuError     error;
} Final;

/* V.250 5.7.1; the long forms are Huawei's (at-facts: EM770W p.163) */
static const Final finals[] = {
  { "OK", FALSE, AT_RESULT_OK },
  { "ERROR", FALSE, AT_RESULT_ERROR, MU_ERROR_FAILED },
  { "CONNECT", TRUE, AT_RESULT_CONNECT },
  { "NO CARRIER", FALSE, AT_RESULT_ERROR, MU_ERROR_NO_CARRIER },
  { "NO ANSWER", FALSE, AT_RESULT_ERROR, MU_ERROR_NO_CARRIER },
  { "NO DIALTONE", FALSE, AT_RESULT_ERROR, MU_ERROR_NO_CARRIER },
  { "NO DIAL TONE", FALSE, AT_RESULT_ERROR, MU_ERROR_NO_CARRIER },
  { "BUSY", FALSE, AT_RESULT_ERROR, MU_ERROR_BUSY },
  { "COMMAND NOT SUPPORT", TRUE, AT_RESULT_ERROR, MU_ERROR_NOT_SUPPORTED },
  { "TOO MANY PARAMETERS", TRUE, AT_RESULT_ERROR, MU_ERROR_INVALID_ARGUMENT },
};

typedef struct
{
  int         number; /* -1: the module has only a text for it */
  const char *text;
  MuError     error;
} Code;

/* 27.007 9.2; 13 means on this module that there is no card (guide 2.3.2).  Texts without a number
 * are those of the module's own stack, recorder and FOTA (guide 5, 6, 17, 27). */
static const Code cme_codes[] = {
  { 0, "phone failure", MU_ERROR_FAILED },
  { 1, "no connection to phone", MU_ERROR_MODEM },
  { 2, "phone adaptor link reserved", MU_ERROR_MODEM },
  { 3, "operation not allowed", MU_ERROR_NOT_ALLOWED },
  { 4, "operation not supported", MU_ERROR_NOT_SUPPORTED },
  { 5, "PH-SIM PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 6, "PH-FSIM PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 7, "PH-FSIM PUK required", MU_ERROR_SIM_PUK_REQUIRED },
  { 10, "SIM not inserted", MU_ERROR_SIM_MISSING },
  { 11, "SIM PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 12, "SIM PUK required", MU_ERROR_SIM_PUK_REQUIRED },
  { 13, "SIM failure", MU_ERROR_SIM_MISSING },
  { 14, "SIM busy", MU_ERROR_NOT_READY },
  { 15, "SIM wrong", MU_ERROR_SIM_MISSING },
  { 16, "incorrect password", MU_ERROR_WRONG_PASSWORD },
  { 17, "SIM PIN2 required", MU_ERROR_SIM_PIN_REQUIRED },
  { 18, "SIM PUK2 required", MU_ERROR_SIM_PUK_REQUIRED },
  { 20, "memory full", MU_ERROR_MEMORY_FULL },
  { 21, "invalid index", MU_ERROR_INVALID_INDEX },
  { 22, "not found", MU_ERROR_NOT_FOUND },
  { 23, "memory failure", MU_ERROR_MODEM },
  { 24, "text string too long", MU_ERROR_TOO_LONG },
  { 25, "invalid characters in text string", MU_ERROR_INVALID_CHARACTERS },
  { 26, "dial string too long", MU_ERROR_TOO_LONG },
  { 27, "invalid characters in dial string", MU_ERROR_INVALID_CHARACTERS },
  { 30, "no network service", MU_ERROR_NO_NETWORK },
  { 31, "network timeout", MU_ERROR_NO_NETWORK },
  { 32, "network not allowed - emergency calls only", MU_ERROR_NETWORK_REJECTED },
  { 40, "network personalization PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 41, "network personalization PUK required", MU_ERROR_SIM_PUK_REQUIRED },
  { 42, "network subset personalization PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 43, "network subset personalization PUK required", MU_ERROR_SIM_PUK_REQUIRED },
  { 44, "service provider personalization PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 45, "service provider personalization PUK required", MU_ERROR_SIM_PUK_REQUIRED },
  { 46, "corporate personalization PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 47, "corporate personalization PUK required", MU_ERROR_SIM_PUK_REQUIRED },
  { 48, "hidden key required", MU_ERROR_NOT_ALLOWED },
  { 50, "Incorrect parameters", MU_ERROR_INVALID_ARGUMENT },
  { 100, "unknown", MU_ERROR_MODEM },
  { 103, "illegal MS", MU_ERROR_NETWORK_REJECTED },
  { 106, "illegal ME", MU_ERROR_NETWORK_REJECTED },
  { 107, "GPRS services not allowed", MU_ERROR_NETWORK_REJECTED },
  { 111, "PLMN not allowed", MU_ERROR_NETWORK_REJECTED },
  { 112, "location area not allowed", MU_ERROR_NETWORK_REJECTED },
  { 113, "roaming not allowed in this location area", MU_ERROR_NETWORK_REJECTED },
  { 132, "service option not supported", MU_ERROR_NOT_SUBSCRIBED },
  { 133, "requested service option not subscribed", MU_ERROR_NOT_SUBSCRIBED },
  { 134, "service option temporarily out of order", MU_ERROR_NETWORK_REJECTED },
  { 148, "unspecified GPRS error", MU_ERROR_NETWORK_REJECTED },
  { 149, "PDP authentication failure", MU_ERROR_AUTHENTICATION_FAILED },
  { 150, "invalid mobile class", MU_ERROR_NETWORK_REJECTED },
  { 257, "network rejected request", MU_ERROR_NETWORK_REJECTED },
  { 258, "retry operation", MU_ERROR_NOT_READY },
  { 323, "parameters error", MU_ERROR_INVALID_ARGUMENT },
  { 65280, "call index error", MU_ERROR_INVALID_INDEX },
  { 65281, "call state error", MU_ERROR_NOT_ALLOWED },
  { 65282, "system state error", MU_ERROR_NOT_ALLOWED },
  { 65283, "parameters error", MU_ERROR_INVALID_ARGUMENT },
  { 65289, "value out of range", MU_ERROR_INVALID_ARGUMENT },
  { 65290, "AMR file header lost", MU_ERROR_INVALID_ARGUMENT },
  { -1, "SIM blocked", MU_ERROR_SIM_BLOCKED },
  { -1, "Network reject", MU_ERROR_NETWORK_REJECTED }, /* guide 8.5.2 */
  { -1, "FOTA is in collision state", MU_ERROR_BUSY },
  { -1, "The network has been opened already", MU_ERROR_BUSY },
  { -1, "The network has not been opened yet", MU_ERROR_NOT_READY },
  { -1, "The link has been established already", MU_ERROR_BUSY },
  { -1, "The link has not been established yet", MU_ERROR_LINK_CLOSED },
  { -1, "The server has been established already", MU_ERROR_BUSY },
  { -1, "Remain data is sending", MU_ERROR_BUSY },
  { -1, "Too many data to be sent", MU_ERROR_TOO_LONG },
  { -1, "Socket not connected", MU_ERROR_LINK_CLOSED },
  { -1, "Socket already connected", MU_ERROR_BUSY },
  { -1, "Socket already enabled", MU_ERROR_BUSY },
  { -1, "Socket not enabled", MU_ERROR_NOT_READY },
};

/* 27.005 3.2.5 and 23.040 9.2.3.22; 304, 305, 313, 330 and 500 have no text on this module */
static const Code cms_codes[] = {
  { 1, "unassigned (unallocated) number", MU_ERROR_NETWORK_REJECTED },
  { 8, "operator determined barring", MU_ERROR_NETWORK_REJECTED },
  { 10, "call barred", MU_ERROR_NETWORK_REJECTED },
  { 21, "short message transfer rejected", MU_ERROR_NETWORK_REJECTED },
  { 27, "destination out of service", MU_ERROR_NETWORK_REJECTED },
  { 28, "unidentified subscriber", MU_ERROR_NETWORK_REJECTED },
  { 29, "facility rejected", MU_ERROR_NETWORK_REJECTED },
  { 30, "unknown subscriber", MU_ERROR_NETWORK_REJECTED },
  { 38, "network out of order", MU_ERROR_NO_NETWORK },
  { 41, "temporary failure", MU_ERROR_NETWORK_REJECTED },
  { 42, "congestion", MU_ERROR_NETWORK_REJECTED },
  { 47, "resources unavailable, unspecified", MU_ERROR_NETWORK_REJECTED },
  { 50, "requested facility not subscribed", MU_ERROR_NOT_SUBSCRIBED },
  { 69, "requested facility not implemented", MU_ERROR_NOT_SUPPORTED },
  { 81, "invalid short message transfer reference value", MU_ERROR_NETWORK_REJECTED },
  { 95, "invalid message, unspecified", MU_ERROR_NETWORK_REJECTED },
  { 96, "invalid mandatory information", MU_ERROR_NETWORK_REJECTED },
  { 111, "protocol error, unspecified", MU_ERROR_NETWORK_REJECTED },
  { 127, "interworking, unspecified", MU_ERROR_NETWORK_REJECTED },
  { 208, "(U)SIM SMS storage full", MU_ERROR_MEMORY_FULL },
  { 209, "no SMS storage capability in (U)SIM", MU_ERROR_NOT_SUPPORTED },
  { 211, "memory capacity exceeded", MU_ERROR_MEMORY_FULL },
  { 300, "ME failure", MU_ERROR_FAILED },
  { 301, "SMS service of ME reserved", MU_ERROR_BUSY },
  { 302, "operation not allowed", MU_ERROR_NOT_ALLOWED },
  { 303, "operation not supported", MU_ERROR_NOT_SUPPORTED },
  { 304, "invalid PDU mode parameter", MU_ERROR_INVALID_ARGUMENT },
  { 305, "invalid text mode parameter", MU_ERROR_INVALID_ARGUMENT },
  { 310, "(U)SIM not inserted", MU_ERROR_SIM_MISSING },
  { 311, "(U)SIM PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 312, "PH-(U)SIM PIN required", MU_ERROR_SIM_PIN_REQUIRED },
  { 313, "(U)SIM failure", MU_ERROR_SIM_MISSING },
  { 314, "(U)SIM busy", MU_ERROR_NOT_READY },
  { 315, "(U)SIM wrong", MU_ERROR_SIM_MISSING },
  { 316, "(U)SIM PUK required", MU_ERROR_SIM_PUK_REQUIRED },
  { 317, "(U)SIM PIN2 required", MU_ERROR_SIM_PIN_REQUIRED },
  { 318, "(U)SIM PUK2 required", MU_ERROR_SIM_PUK_REQUIRED },
  { 320, "memory failure", MU_ERROR_MODEM },
  { 321, "invalid memory index", MU_ERROR_INVALID_INDEX },
  { 322, "memory full", MU_ERROR_MEMORY_FULL },
  { 330, "SMSC address unknown", MU_ERROR_NOT_ALLOWED },
  { 331, "no network service", MU_ERROR_NO_NETWORK },
  { 332, "network timeout", MU_ERROR_TIMEOUT },
  { 340, "no +CNMA acknowledgement expected", MU_ERROR_NOT_ALLOWED },
  { 500, "unknown error", MU_ERROR_MODEM },
};

typedef struct
{
  const char *prefix;
  const Code *codes;
  gsize       n_codes;
} Family;

static const Family families[] = {
  { "+CME ERROR:", cme_codes, G_N_ELEMENTS (cme_codes) },
  { "+CMS ERROR:", cms_codes, G_N_ELEMENTS (cms_codes) },
};

/* The same words in another dress: "network not allowed - emergency calls only" has three dashes in
 * the field, and the case of letters changes with the firmware. */
static gboolean
same_text (const char *a, const char *b)
{
  for (;;)
    {
      while (*a != '\0' && !g_ascii_isalnum (*a))
        a++;
      while (*b != '\0' && !g_ascii_isalnum (*b))
        b++;
      if (*a == '\0' || *b == '\0')
        return *a == *b;
      if (g_ascii_tolower (*a++) != g_ascii_tolower (*b++))
        return FALSE;
    }
}

static const Code *
find_code (const Family *family, const char *what)
{
  guint64 number = G_MAXUINT64;

  (void)g_ascii_string_to_unsigned (what, 10, 0, G_MAXUINT16, &number, NULL);
  for (gsize i = 0; i < family->n_codes; i++)
    if (number != G_MAXUINT64 ? (int)number == family->codes[i].number
                              : same_text (what, family->codes[i].text))
      return &family->codes[i];
  return NULL;
}

static AtResult
fail_with_code (const Family *family, const char *text, GError **error)
{
  const char *what = text + strlen (family->prefix);
  const Code *code;

  while (*what == ' ')
    what++;
  code = find_code (family, what);
  if (code == NULL)
    (void)mu_fail (error, MU_ERROR_MODEM, "%s", text);
  else if (g_ascii_isdigit (*what))
    (void)mu_fail (error, code->error, "%s (%s)", text, code->text);
  else if (code->number >= 0)
    (void)mu_fail (error, code->error, "%s (%d)", text, code->number);
  else
    (void)mu_fail (error, code->error, "%s", text);
  return AT_RESULT_ERROR;
}

AtResult
at_result_parse (const char *text, GError **error)
{
  if (text[0] == '+')
    {
      for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
        if (g_str_has_prefix (text, families[i].prefix))
          return fail_with_code (&families[i], text, error);
      return AT_RESULT_NONE;
    }
  for (const Final *f = finals; f < finals + G_N_ELEMENTS (finals); f++)
    {
      if (!g_str_has_prefix (text, f->text) || (!f->open_ended && text[strlen (f->text)] != '\0'))
        continue;
      if (f->result == AT_RESULT_ERROR)
        (void)mu_fail (error, f->error, "%s", text);
      return f->result;
    }
  return AT_RESULT_NONE;
}

int
at_result_number (const GError *error)
{
  const char *at = strstr (error->message, "ERROR: ");
  const char *other = strrchr (error->message, '(');

  if (at != NULL && g_ascii_isdigit (at[7]))
    return atoi (at + 7);
  return at != NULL && other != NULL && g_ascii_isdigit (other[1]) ? atoi (other + 1) : -1;
}
