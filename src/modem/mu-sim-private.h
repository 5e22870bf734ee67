/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-sim.h"
#include "mu-timer.h"

/* The two halves of the SIM service: its lock (mu-sim-lock.c) and its identity and tables
 * (mu-sim.c). */

#define MU_SIM_MAX_OWN_NUMBERS 8

typedef enum
{
  LOCK_BUSY, /* also: not known yet */
  LOCK_NONE,
  LOCK_PIN,
  LOCK_PUK,
  LOCK_BLOCKED,
  LOCK_MISSING,
} MuSimLock;

typedef struct
{
  char name[48];
  char number[32];
} MuSimNumber;

typedef struct
{
  MuService   base;
  gboolean    present;
  MuSimLock   lock;
  gboolean    pin_enabled;
  guint       pin_attempts;
  guint       puk_attempts;
  char        iccid[24];
  char        imsi[20];
  guint       mnc_len;
  MuSimNumber own_numbers[MU_SIM_MAX_OWN_NUMBERS];
  guint       n_own_numbers;

  MuTimer  timer; /* asks again: the card was busy, or is opening */
  guint    retries;
  char    *code;         /* the PIN that was sent, until the card is open or has refused it */
  gboolean code_is_sent; /* and has not been answered */
  guint    busy_pins;    /* times that the PIN of the configuration has met a busy card */
  MuCall  *opening;      /* the code was right, the card is not open yet */
} MuSim;

extern const char *const mu_sim_lock_words[];

/* Forgets what is known of the lock; a call that waits is the session's to answer. */
void mu_sim_lock_reset (MuSim *self);

/* Sends the PIN of the configuration, if there is one and it is safe: once per card and PIN, never
 * one of the last attempts. */
void mu_sim_try_configured_pin (MuSim *self);

/* Forgets the card itself. */
void mu_sim_forget_card (MuSim *self);

void mu_sim_on_check_failed (MuService *base, const GError *error);
void mu_sim_unlock (MuService *base, GVariant *args, MuCall *call);
void mu_sim_unlock_with_puk (MuService *base, GVariant *args, MuCall *call);
void mu_sim_enable_pin (MuService *base, GVariant *args, MuCall *call);
void mu_sim_change_pin (MuService *base, GVariant *args, MuCall *call);

extern const AtRecord mu_sim_hw_cpin, mu_sim_cpin, mu_sim_simst;
void                  mu_sim_on_hw_cpin (MuService *base, gconstpointer record, const AtLine *line);
void                  mu_sim_on_cpin (MuService *base, gconstpointer record, const AtLine *line);
void                  mu_sim_on_simst (MuService *base, gconstpointer record, const AtLine *line);
void                  mu_sim_on_time (gpointer user_data);
