/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one list of all chapters.  They start in this order, and their verbs are listed in it. */
#include "sim-access.h"
#include "sim-apn.h"
#include "sim-audio.h"
#include "sim-barring.h"
#include "sim-basic.h"
#include "sim-bearer.h"
#include "sim-context.h"
#include "sim-data-call.h"
#include "sim-dial.h"
#include "sim-ecm.h"
#include "sim-facility.h"
#include "sim-fault-verbs.h"
#include "sim-fileio.h"
#include "sim-flow.h"
#include "sim-forwarding.h"
#include "sim-hold.h"
#include "sim-identity.h"
#include "sim-incoming.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-operators.h"
#include "sim-party.h"
#include "sim-pin.h"
#include "sim-power.h"
#include "sim-presentation.h"
#include "sim-recorder.h"
#include "sim-registration.h"
#include "sim-serial.h"
#include "sim-services.h"
#include "sim-signal.h"
#include "sim-slot.h"
#include "sim-sms-centre.h"
#include "sim-sms-incoming.h"
#include "sim-sms-prompt.h"
#include "sim-sms-read.h"
#include "sim-sms-receive.h"
#include "sim-sms-send.h"
#include "sim-sms-sent.h"
#include "sim-sms-write.h"
#include "sim-sms.h"
#include "sim-speech.h"
#include "sim-system.h"
#include "sim-time.h"
#include "sim-tones.h"
#include "sim-ussd-form.h"
#include "sim-ussd.h"
#include "sim-voice.h"
#include "sim-waiting.h"
#include "sim-world.h"

/* One a line, however many they are. */
/* clang-format off */
const SimChapter *const sim_chapters[] = {
  &sim_control_chapter,
  &sim_power_chapter,
  &sim_basic_chapter,
  &sim_identity_chapter,
  &sim_serial_chapter,
  &sim_slot_chapter,
  &sim_pin_chapter,
  &sim_access_chapter,
  &sim_world_chapter,
  &sim_network_chapter,
  &sim_registration_chapter,
  &sim_operators_chapter,
  &sim_signal_chapter,
  &sim_system_chapter,
  &sim_time_chapter,
  &sim_services_chapter,
  &sim_barring_chapter,
  &sim_facility_chapter,
  &sim_forwarding_chapter,
  &sim_presentation_chapter,
  &sim_waiting_chapter,
  &sim_voice_chapter,
  &sim_party_chapter,
  &sim_incoming_chapter,
  &sim_dial_chapter,
  &sim_hold_chapter,
  &sim_tones_chapter,
  &sim_audio_chapter,
  &sim_speech_chapter,
  &sim_recorder_chapter,
  &sim_fileio_chapter,
  &sim_sms_chapter,
  &sim_sms_prompt_chapter,
  &sim_sms_read_chapter,
  &sim_sms_write_chapter,
  &sim_sms_send_chapter,
  &sim_sms_sent_chapter,
  &sim_sms_receive_chapter,
  &sim_sms_centre_chapter,
  &sim_sms_incoming_chapter,
  &sim_apn_chapter,
  &sim_bearer_chapter,
  &sim_context_chapter,
  &sim_ecm_chapter,
  &sim_flow_chapter,
  &sim_data_call_chapter,
  &sim_ussd_chapter,
  &sim_ussd_form_chapter,
  &sim_fault_chapter,
  NULL,
};
/* clang-format on */
