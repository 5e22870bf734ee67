/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-scheduler.h"

#include "sim-module.h"

/* V.250 5.6.1: what comes that soon behind a command line does not abort it. */
#define ABORT_GUARD SIM_MS (125)

static void run_waiting (SimScheduler *self);
static void run_line (SimScheduler *self);

/* the end of a line */

static void
deliver (SimScheduler *self)
{
  SimPort *port = self->call.port;

  if (!self->swallowed)
    {
      sim_faults_spoil (&self->module->faults, self->reply);
      sim_port_write (port, self->reply->str, self->reply->len);
    }
  self->running = FALSE;
  port->busy = FALSE;
  sim_port_consume (port);
  run_waiting (self);
}

static void
end_line (SimScheduler *self, SimResult result)
{
  const SimSettings *settings = &self->call.port->settings;
  gint64             late = sim_faults_take_late (&self->module->faults);

  if (!settings->quiet)
    sim_result_format (self->reply, result, settings->verbose, settings->cmee);
  self->done = self->aborted = NULL;
  if (late > 0)
    sim_timer_start (&self->timer, late);
  else
    deliver (self);
}

/* one command */

static SimResult
run_test (SimCall *call)
{
  const SimCommand *command = call->command;

  if (command->run_test != NULL)
    return command->run_test (call);
  if (command->test != NULL)
    sim_reply (call, "%s: %s", command->name, command->test);
  return SIM_OK;
}

static SimResult
run_form (SimCall *call, SimForm form)
{
  const SimCommand *command = call->command;
  SimRun            run = NULL;

  switch (form)
    {
    case SIM_FORM_EXEC: run = command->exec; break;
    case SIM_FORM_READ: run = command->read; break;
    case SIM_FORM_SET: run = command->set; break;
    case SIM_FORM_TEST: run = run_test; break;
    }
  return run != NULL ? run (call) : SIM_ERROR;
}

static SimResult
run_command (SimScheduler *self)
{
  const SimCommandEntry *entry = sim_module_command (self->module, self->text.name);
  SimResult              refused = SIM_OK;

  if (g_hash_table_contains (self->module->faults.ignored, self->text.name))
    self->swallowed = TRUE;
  if (entry == NULL)
    return SIM_NOT_SUPPORTED;
  if (self->text.form != SIM_FORM_TEST || entry->row->run_test != NULL)
    refused = sim_module_guard (self->module, entry->row->needs);
  if (refused != SIM_OK)
    return refused;
  self->begun = FALSE;
  self->call.command = entry->row;
  self->call.state = entry->state;
  sim_args_start (&self->call.args, self->text.args->str);
  return run_form (&self->call, self->text.form);
}

/* a line */

static SimResult
run_next (SimScheduler *self, gboolean *ret_more)
{
  SimParse parsed = sim_parse_next (&self->cursor, &self->text);

  *ret_more = parsed == SIM_PARSE_COMMAND;
  switch (parsed)
    {
    case SIM_PARSE_COMMAND: return run_command (self);
    case SIM_PARSE_END: return SIM_OK;
    case SIM_PARSE_ERROR: return SIM_ERROR;
    }
  g_assert_not_reached ();
}

/* V.250 5.2.1: the first command that fails ends its line. */
static void
run_line (SimScheduler *self)
{
  gboolean  more;
  SimResult result;

  do
    result = run_next (self, &more);
  while (more && result == SIM_OK);
  if (result != SIM_LATER)
    end_line (self, result);
}

static void
start_line (SimScheduler *self, SimPort *port)
{
  g_autofree char *error = sim_faults_take_error (&self->module->faults);

  self->running = TRUE;
  self->swallowed = FALSE;
  self->call.port = port;
  self->cursor = port->line.text->str;
  self->started = sim_clock_now (self->module->clock);
  g_string_truncate (self->reply, 0);
  if (error == NULL)
    {
      run_line (self);
      return;
    }
  g_string_printf (self->reply, "\r\n%s\r\n", error);
  deliver (self);
}

/* Not by recursion: a host may have typed ahead thousands of lines. */
static void
run_waiting (SimScheduler *self)
{
  if (self->dispatching)
    return;
  self->dispatching = TRUE;
  while (!self->running && !g_queue_is_empty (&self->waiting))
    start_line (self, g_queue_pop_head (&self->waiting));
  self->dispatching = FALSE;
}

void
sim_scheduler_submit (SimScheduler *self, SimPort *port)
{
  g_queue_push_tail (&self->waiting, port);
  run_waiting (self);
}

/* for handlers */

void
sim_reply (SimCall *call, const char *format, ...)
{
  GString *reply = call->module->scheduler.reply;
  va_list  args;

  if (!call->module->scheduler.begun && call->port->settings.verbose)
    g_string_append (reply, "\r\n");
  call->module->scheduler.begun = TRUE;
  va_start (args, format);
  g_string_append_vprintf (reply, format, args);
  va_end (args);
  g_string_append (reply, "\r\n");
}

void
sim_call_say (SimCall *call, const char *text)
{
  SimScheduler *self = &call->module->scheduler;

  g_string_append (self->reply, text);
  if (!self->swallowed)
    sim_port_write (call->port, self->reply->str, self->reply->len);
  g_string_truncate (self->reply, 0);
}

void
sim_call_mute (SimCall *call)
{
  call->module->scheduler.swallowed = TRUE;
}

gboolean
sim_call_is_mute (const SimCall *call)
{
  return call->module->scheduler.swallowed;
}

SimResult
sim_call_wait (SimCall *call, gint64 us, SimRun done, SimRun aborted)
{
  SimScheduler *self = &call->module->scheduler;

  self->done = done;
  self->aborted = aborted;
  if (us >= 0)
    sim_timer_start (&self->timer, us);
  return SIM_LATER;
}

void
sim_call_finish (SimCall *call, SimResult result)
{
  SimScheduler *self = &call->module->scheduler;

  g_assert (self->done != NULL && result != SIM_LATER);
  sim_timer_stop (&self->timer);
  self->done = self->aborted = NULL;
  if (result == SIM_OK)
    run_line (self);
  else
    end_line (self, result);
}

static void
on_timer (gpointer scheduler)
{
  SimScheduler *self = scheduler;
  SimResult     result;

  if (self->done == NULL)
    {
      deliver (self); /* a late reply */
      return;
    }
  result = self->done (&self->call);
  if (result != SIM_LATER)
    sim_call_finish (&self->call, result);
}

void
sim_scheduler_interrupt (SimScheduler *self, const SimPort *port, gboolean hung_up)
{
  gint64 age = sim_clock_now (self->module->clock) - self->started;

  if (!self->running || self->call.port != port || self->aborted == NULL)
    return;
  if (hung_up || age >= ABORT_GUARD)
    {
      SimRun aborted = self->aborted;

      self->cursor = ""; /* the rest of the line goes with it */
      sim_call_finish (&self->call, aborted (&self->call));
    }
}

void
sim_scheduler_reset (SimScheduler *self)
{
  g_queue_clear (&self->waiting);
  sim_timer_stop (&self->timer);
  self->running = FALSE;
  self->done = self->aborted = NULL;
}

void
sim_scheduler_init (SimScheduler *self, SimModule *module)
{
  *self = (SimScheduler){ .module = module, .call.module = module };
  g_queue_init (&self->waiting);
  self->text.args = g_string_new (NULL);
  self->reply = g_string_new (NULL);
  sim_args_init (&self->call.args);
  sim_timer_init (&self->timer, module->clock, on_timer, self);
}

void
sim_scheduler_clear (SimScheduler *self)
{
  sim_scheduler_reset (self);
  sim_args_clear (&self->call.args);
  g_string_free (self->text.args, TRUE);
  g_string_free (self->reply, TRUE);
}
