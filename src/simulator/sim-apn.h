/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The access points that the network knows and what it demands of those who ask for them.  Without
 * rules any name is right, and whoever asks gets in. */
extern const SimChapter sim_apn_chapter;

#define SIM_MAX_APN 100u /* bytes; 23.003 9.1 */
#define SIM_MAX_KEY 99u  /* bytes of a user name or a password */

/* ^NDISDUP's <auth>; as a demand SIM_AUTH_ANY is either PAP or CHAP. */
typedef enum
{
  SIM_AUTH_NONE,
  SIM_AUTH_PAP,
  SIM_AUTH_CHAP,
  SIM_AUTH_ANY,
} SimAuth;

/* 24.008 10.5.6.6: SM causes, as far as something here says one by itself. */
enum
{
  SIM_SM_NONE = 0,
  SIM_SM_AUTHENTICATION = 29,
  SIM_SM_NOT_SUBSCRIBED = 33,
  SIM_SM_REGULAR = 36,
  SIM_SM_NETWORK_FAILURE = 38,
};

#define SIM_MAX_ADDRESS 15u

typedef struct
{
  char   name[SIM_MAX_APN + 1];
  guint  cause; /* for which everybody is refused; 0: nobody is */
  guint  shown; /* what ^NDISSTAT calls a refusal; 0: its cause */
  guint  auth;  /* SimAuth */
  char   user[SIM_MAX_KEY + 1], password[SIM_MAX_KEY + 1];
  char   address[SIM_MAX_ADDRESS + 1], gateway[SIM_MAX_ADDRESS + 1];
  char   dns1[SIM_MAX_ADDRESS + 1], dns2[SIM_MAX_ADDRESS + 1];
  double takes; /* seconds until it answers */
} SimApn;

/* The rule for that name, which may be empty. */
const SimApn *sim_apn_find (SimModule *module, const char *name);

/* Whether these are the credentials that it demands; auth: SIM_AUTH_ANY where the host said none.
 */
gboolean sim_apn_admits (const SimApn *self, SimAuth auth, const char *user, const char *password);
