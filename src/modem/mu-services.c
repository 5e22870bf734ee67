/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-services.h"

#include "mu-audio.h"
#include "mu-data.h"
#include "mu-messaging.h"
#include "mu-modem1.h"
#include "mu-network.h"
#include "mu-recorder.h"
#include "mu-sim.h"
#include "mu-speech.h"
#include "mu-supplementary.h"
#include "mu-ussd.h"
#include "mu-voice.h"

const MuServiceClass *const mu_services[] = {
  &mu_modem1_class, &mu_sim_class,      &mu_network_class,       &mu_messaging_class,
  &mu_ussd_class,   &mu_voice_class,    &mu_supplementary_class, &mu_audio_class,
  &mu_speech_class, &mu_recorder_class, &mu_data_class,
};

const gsize mu_n_services = G_N_ELEMENTS (mu_services);
