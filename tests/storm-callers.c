/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Callers of everything, with arguments right and wrong. */
#include "storm-bed.h"

#include "mu-error.h"

#include <string.h>
#include <unistd.h>

typedef struct
{
  MuCall     *call;
  const char *name;
} Waiting;

static void
on_done (GVariant *reply, const GError *error, gpointer user_data)
{
  Waiting         *caller = user_data;
  g_autofree char *text = reply != NULL ? g_variant_print (reply, FALSE) : NULL;

  storm_check (g_ptr_array_find (storm.waiting, caller, NULL), "answered twice");
  storm_note ("  = %s: %s", caller->name, error != NULL ? error->message : text);
  g_string_assign (storm.outcome, error != NULL ? error->message : text);
  g_ptr_array_remove (storm.waiting, caller); /* and freed */
}

static const StormOperation operations[] = {
  { "Modem1", "SetMode", { "('online',)", "('minimum',)", "('offline',)", "('no',)" } },
  { "Modem1", "Reset", { "()" } },
  { "Modem1",
    "Command",
    { "('AT+CSQ',@u 0)", "('AT',@u 100)", "('ATE1',@u 0)", "('ATD112;',@u 0)" } },
  { "Sim1", "Unlock", { "('1234',)", "('9999',)", "('',)", "('1\"2',)" } },
  { "Sim1", "UnlockWithPuk", { "('12345678','1234')", "('87654321','1234')" } },
  { "Sim1", "EnablePin", { "(true,'1234')", "(false,'1234')", "(true,'4321')" } },
  { "Sim1", "ChangePin", { "('1234','1234')", "('1234','4321')", "('4321','1234')" } },
  { "Network1", "Scan", { "()" } },
  { "Network1", "Register", { "('',)", "('26201',)", "('99999',)", "('x',)" } },
  { "Network1", "Attach", { "()" } },
  { "Network1", "Detach", { "()" } },
  { "Messaging1",
    "Send",
    { "('+491701','hello',@a{sv} {})",
      "('+491702','\xc3\xa4\xe2\x82\xac\xd0\x96',{'report':<true>})", "('','',@a{sv} {})" } },
  { "Messaging1", "SendData", { "('+491701',@ay [1,2,3],@q 9200,@a{sv} {})" } },
  { "Messaging1", "List", { "(@a{sv} {},)", "({'limit':<@u 1>},)", "({'x':<1>},)" } },
  { "Messaging1", "DeleteAll", { "(@a{sv} {},)", "({'state':<'read'>},)" } },
  { "Messaging1", "ServiceCentre", { "('+491710760000',)" } },
  { "Messaging1", ".MarkRead", { "()" } },
  { "Messaging1", ".Delete", { "()" } },
  { "Ussd1", "Initiate", { "('*100#',)", "('*#21#',)", "('x',)" } },
  { "Ussd1", "Respond", { "('1',)", "('2',)", "('',)" } },
  { "Ussd1", "Cancel", { "()" } },
  { "Voice1",
    "Dial",
    { "('+491709',@a{sv} {})", "('112',@a{sv} {})", "('123',{'clir':<'hide'>})",
      "('x',@a{sv} {})" } },
  { "Voice1", "HangupAll", { "()" } },
  { "Voice1", "Hold", { "()" } },
  { "Voice1", "Swap", { "()" } },
  { "Voice1", "Join", { "()" } },
  { "Voice1", "Transfer", { "()" } },
  { "Voice1", "HoldAndAnswer", { "()" } },
  { "Voice1", "ReleaseAndAnswer", { "()" } },
  { "Voice1", "IncomingPriority", { "('voice',)", "('data',)" } },
  { "Voice1", ".Answer", { "()" } },
  { "Voice1", ".Hangup", { "()" } },
  { "Voice1", ".SendTones", { "('12,3',)", "('1#*',)" } },
  { "Supplementary1", "QueryCallerId", { "()" } },
  { "Supplementary1", "GetForwarding", { "('busy',)", "('unconditional',)", "('all',)" } },
  { "Supplementary1",
    "SetForwarding",
    { "('busy','+49170',@a{sv} {})", "('no-reply','+49170',{'time':<@u 20>})" } },
  { "Supplementary1", "ClearForwarding", { "('busy',)", "('all',)" } },
  { "Supplementary1", "QueryCallWaiting", { "()" } },
  { "Supplementary1", "SetCallWaiting", { "(true,)", "(false,)" } },
  { "Supplementary1", "GetBarring", { "('outgoing',)", "('incoming',)" } },
  { "Supplementary1", "SetBarring", { "('incoming',false,'0000')", "('incoming',true,'1111')" } },
  { "Supplementary1", "ChangeBarringPassword", { "('all','0000','0000')" } },
  { "Data1",
    "Connect",
    { "(@a{sv} {},)", "({'apn':<'internet'>,'bearer':<'ecm'>},)", "({'apn':<'b'>,'cid':<@u 2>},)",
      "({'bearer':<'ppp'>},)" } },
  { "Data1", "DefineContext", { "(@u 2,{'apn':<'x'>})", "(@u 3,@a{sv} {})" } },
  { "Data1", "DeleteContext", { "(@u 2,)", "(@u 1,)" } },
  { "Data1", ".Disconnect", { "()" } },
  { "Audio1", "SetPcm", { "({'mode':<'master'>},)", "(@a{sv} {},)" } },
  { "Audio1", "SpeakerVolume", { "(@u 3,)", "(@u 99,)" } },
  { "Audio1", "MicrophoneGain", { "(@u 2,)" } },
  { "Audio1", "ReceiveMuted", { "(true,)", "(false,)" } },
  { "Speech1", "Speak", { "('hello',@a{sv} {})", "('\xe4\xbd\xa0',@a{sv} {})", "('',@a{sv} {})" } },
  { "Speech1", "Stop", { "()" } },
  { "Speech1", "Enabled", { "(true,)", "(false,)" } },
  { "Recorder1", "Start", { "('REC1.AMR',)", "('REC2.AMR',)", "('x',)" } },
  { "Recorder1", "Stop", { "()" } },
  { "Recorder1", "Play", { "('REC1.AMR',)", "('RAM',)" } },
  { "Recorder1", "StopPlaying", { "()" } },
  { "Recorder1", "Read", { "('REC1.AMR',@h 1)", "('REC2.AMR',@h 7)" } },
  { "Recorder1", "Write", { "('REC1.AMR',@h 0)", "('REC2.AMR',@h 1)" } },
  { "Recorder1", "Delete", { "('REC1.AMR',)", "('REC2.AMR',)" } },
};

MuService *
storm_find_service (const char *name)
{
  for (gsize i = 0; i < mu_modem_n_services (storm.modem); i++)
    {
      MuService *service = mu_modem_service (storm.modem, i);

      if (service != NULL && g_str_has_suffix (service->class->interface, name))
        return service;
    }
  return NULL;
}

static const MuOp *
find_op (const MuServiceClass *class, const char *name)
{
  const MuOp *op = mu_op_find (class->ops, class->n_ops, name);

  if (name[0] == '.')
    return mu_op_find (class->child->ops, class->child->n_ops, name + 1);
  return op != NULL ? op : mu_op_find (class->setters, class->n_setters, name);
}

void
storm_begin_call (const StormOperation *o, guint object, const char *args)
{
  MuService *service = storm_find_service (o->service);
  Waiting   *caller;
  MuRequest  request
      = { .client = (guint)g_rand_int_range (storm.dice, 1, 4), .files = storm.files };
  MuCall *begun;

  if (service == NULL)
    return;
  storm_note ("%s %u %s %s", o->service, object, o->op, args);
  request.op = find_op (service->class, o->op);
  storm_check (request.op != NULL, "no such operation");
  request.object = object;
  caller = g_new (Waiting, 1);
  *caller = (Waiting){ .name = o->op };
  g_ptr_array_add (storm.waiting, caller);
  (void)lseek (g_unix_fd_list_peek_fds (storm.files, NULL)[0], 0, SEEK_SET);
  mu_service_call (service, &request, g_variant_new_parsed (args), on_done, caller, &begun);
  if (g_ptr_array_find (storm.waiting, caller, NULL))
    caller->call = begun;
}

static const char *
pick (const char *const *texts, gsize n)
{
  while (texts[n - 1] == NULL)
    n--;
  return texts[g_rand_int_range (storm.dice, 0, (gint)n)];
}

static gboolean chosen_operations[G_N_ELEMENTS (operations)];

void
storm_call_anything (void)
{
  const StormOperation *o
      = &operations[storm_choose (chosen_operations, G_N_ELEMENTS (operations))];

  storm_begin_call (o, o->op[0] == '.' ? (guint)g_rand_int_range (storm.dice, 1, 5) : 0,
                    pick (o->args, G_N_ELEMENTS (o->args)));
}

void
storm_caller_leaves (void)
{
  Waiting *caller;
  MuCall  *left;

  if (storm.waiting->len == 0)
    return;
  caller = storm.waiting->pdata[g_rand_int_range (storm.dice, 0, (gint)storm.waiting->len)];
  storm_note ("%s's caller leaves", caller->name);
  left = caller->call;
  g_ptr_array_remove (storm.waiting, caller);
  mu_call_cancel (left);
}

void
storm_choose_operations (void)
{
  storm_choose_some (chosen_operations, G_N_ELEMENTS (operations));
}

void
storm_note_waiting (void)
{
  for (guint i = 0; i < storm.waiting->len; i++)
    storm_note ("still waits: %s", ((Waiting *)storm.waiting->pdata[i])->name);
}
