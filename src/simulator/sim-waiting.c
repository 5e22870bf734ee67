/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Call waiting: guide 8.6; 27.007 7.12; 22.083. */
#include "sim-waiting.h"

#include "sim-classes.h"
#include "sim-presentation.h"
#include "sim-services.h"

typedef enum
{
  MODE_DISABLE,
  MODE_ENABLE,
  MODE_QUERY,
} Mode;

typedef struct
{
  gboolean shown;   /* <n> */
  guint    classes; /* where the network has it switched on */

  Mode  mode; /* of the command that waits for the network */
  guint asked;
} SimWaiting;

gboolean
sim_waiting_active (SimModule *module)
{
  const SimWaiting *self = sim_state (module, &sim_waiting_chapter);

  return (self->classes & SIM_CLASS_VOICE) != 0
         && sim_service_provided (module, SIM_SERVICE_WAITING);
}

/* +CCWA: "number",type,class,,CLI validity */
void
sim_waiting_announce (SimVoice *call)
{
  const SimWaiting *self = sim_state (call->module, &sim_waiting_chapter);
  SimCli            validity;
  const char       *number = sim_presentation_number (call, &validity);
  g_autofree char  *line
      = g_strdup_printf ("+CCWA: \"%s\",%u,%u,,%d", number, sim_voice_type_of_number (number),
                         SIM_CLASS_VOICE, (int)validity);

  if (self->shown)
    sim_voice_say (call->module, NULL, SIM_URC_ALWAYS, line);
}

static SimResult
read_ccwa (SimCall *call)
{
  sim_reply (call, "+CCWA: %d", ((SimWaiting *)call->state)->shown);
  return SIM_OK;
}

/* +CCWA: status,class  a line per class */
static SimResult
done (SimCall *call)
{
  SimWaiting *self = call->state;

  switch (self->mode)
    {
    case MODE_DISABLE: self->classes &= ~self->asked; break;
    case MODE_ENABLE: self->classes |= self->asked; break;
    case MODE_QUERY: sim_classes_reply (call, self->classes, self->asked); break;
    }
  return SIM_OK;
}

/* +CCWA=[n[,mode[,class]]] */
static SimResult
set_ccwa (SimCall *call)
{
  SimWaiting *self = call->state;
  guint       n = sim_arg_uint_or (&call->args, self->shown ? 1 : 0, 0, 1);
  guint       mode = sim_arg_uint_or (&call->args, G_MAXUINT, MODE_DISABLE, MODE_QUERY);
  guint       classes = sim_arg_uint_or (&call->args, SIM_CLASS_DEFAULT, 1, SIM_CLASS_MAX);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  self->shown = n != 0;
  if (mode == G_MAXUINT)
    return SIM_OK; /* the network is not asked */
  self->mode = (Mode)mode;
  self->asked = classes & SIM_CLASS_ALL;
  return sim_service_ask (call, SIM_SERVICE_WAITING, done, NULL);
}

static void
waiting_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimWaiting *)state)->classes = SIM_CLASS_VOICE;
}

static void
waiting_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimWaiting *)state)->shown = FALSE;
}

static const SimCommand commands[] = {
  { "+CCWA", .needs = SIM_NEEDS_PIN, .test = "(0,1)", .read = read_ccwa, .set = set_ccwa },
};

const SimChapter sim_waiting_chapter = {
  .name = "waiting",
  .state_size = sizeof (SimWaiting),
  .init = waiting_init,
  .start = waiting_start,
  SIM_ROWS (commands, commands),
};
