/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem3gpp.Ussd: Ussd1, with the network's own words kept as properties. */
#include "mm1-interfaces.h"
#include "mm1-words.h"

#define USSD(self) MM_GDBUS_MODEM3GPP_USSD ((self)->skeleton)

static MMModem3gppUssdSessionState
state_of (Mm1Interface *self)
{
  g_autofree char *word = mm1_get_text (self->object, "Ussd1", "State");

  return mm1_ussd_state (word);
}

/* What the network has asked is pending only while it waits for the answer. */
static void
refresh (Mm1Interface *self)
{
  MMModem3gppUssdSessionState state = state_of (self);

  mm_gdbus_modem3gpp_ussd_set_state (USSD (self), state);
  if (state != MM_MODEM_3GPP_USSD_SESSION_STATE_USER_RESPONSE)
    mm_gdbus_modem3gpp_ussd_set_network_request (USSD (self), "");
  if (state == MM_MODEM_3GPP_USSD_SESSION_STATE_ACTIVE)
    mm_gdbus_modem3gpp_ussd_set_network_notification (USSD (self), "");
}

static void
on_emitted (Mm1Interface *self, MuService *service, const char *signal, GVariant *args)
{
  const char *text;

  if (!mm1_is_service (service, "Ussd1") || !g_str_equal (signal, "Notification"))
    return;
  g_variant_get (args, "(&s)", &text);
  if (state_of (self) == MM_MODEM_3GPP_USSD_SESSION_STATE_USER_RESPONSE)
    mm_gdbus_modem3gpp_ussd_set_network_request (USSD (self), text);
  else
    mm_gdbus_modem3gpp_ussd_set_network_notification (USSD (self), text);
}

static const Mm1Method methods[] = {
  { "Initiate", "Ussd1", "Initiate", NULL },
  { "Respond", "Ussd1", "Respond", NULL },
  { "Cancel", "Ussd1", "Cancel", NULL },
};

const Mm1InterfaceClass mm1_ussd_class = {
  .type = mm_gdbus_modem3gpp_ussd_skeleton_get_type,
  .size = sizeof (Mm1Interface),
  .refresh = refresh,
  .emitted = on_emitted,
  MU_TABLE (methods, methods),
};
