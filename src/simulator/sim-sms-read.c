/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 9.1, 9.4; 27.005 3.2.2, 3.4.2, 3.4.3, 3.5.4. */
#include "sim-sms-read.h"

#include "sim-slot.h"
#include "sim-sms-centre.h"
#include "sim-sms-store.h"
#include "sim-sms-text.h"
#include "sim-sms.h"
#include "sim-text.h"

#include <string.h>

#define DELETE_TIME SIM_MS (50) /* a record, on a card */
#define ALL         SIM_SMS_FREE

/* 27.005 3.1: <stat> in text mode */
static const char *const words[] = {
  [SIM_SMS_UNREAD] = "REC UNREAD",
  [SIM_SMS_READ] = "REC READ",
  [SIM_SMS_UNSENT] = "STO UNSENT",
  [SIM_SMS_SENT] = "STO SENT",
  [ALL] = "ALL",
};

/* +CPMS: "SM",used,total three times; there is no other storage (guide 9.1.1) */

static SimResult
read_cpms (SimCall *call)
{
  SimCard *card = sim_slot_card (call->module);
  guint    used = sim_sms_n_used (card), total = sim_sms_n_slots (card);

  sim_reply (call, "+CPMS: \"SM\",%u,%u,\"SM\",%u,%u,\"SM\",%u,%u", used, total, used, total, used,
             total);
  return SIM_OK;
}

static SimResult
set_cpms (SimCall *call)
{
  SimCard *card = sim_slot_card (call->module);
  guint    used = sim_sms_n_used (card), total = sim_sms_n_slots (card);
  gboolean ours = g_str_equal (sim_arg_text (&call->args, 4), "SM");

  for (int i = 0; i < 2; i++)
    ours &= g_str_equal (sim_arg_text_or (&call->args, "SM", 4), "SM");
  if (!sim_args_end (&call->args) || !ours)
    return SIM_ERROR;
  sim_reply (call, "+CPMS: %u,%u,%u,%u,%u,%u", used, total, used, total, used, total);
  return SIM_OK;
}

/* showing one: a header, then the PDU or the text */

static void
append_pdu (SimCard *card, guint slot, GString *out)
{
  gsize         length;
  const guint8 *pdu = sim_sms_pdu (card, slot, &length);

  g_string_append_printf (out, "%u,,%zu\r\n", sim_sms_stat (card, slot),
                          length - sim_tpdu_centre (pdu, length));
  sim_hex (out, pdu, length);
}

/* What is no message has neither sender nor time, and its bytes for a text. */
static void
append_text (SimModule *module, guint slot, SimSmsShape shape, GString *out)
{
  SimCard      *card = sim_slot_card (module);
  gsize         length;
  const guint8 *pdu = sim_sms_pdu (card, slot, &length);
  SimTpdu       tpdu;
  gboolean      right = sim_tpdu_parse (pdu, length, &tpdu);

  g_string_append_printf (out, "\"%s\",", words[sim_sms_stat (card, slot)]);
  if (right)
    sim_sms_append_fields (module, &tpdu, pdu, shape, out);
  else
    g_string_append (out, "\"\",,\"\"");
  if (right && tpdu.kind == SIM_TPDU_STATUS_REPORT)
    return;
  g_string_append (out, "\r\n");
  if (right)
    sim_sms_append_data (module, &tpdu, out);
  else
    sim_hex (out, pdu, length);
}

/* Shown once, it is no longer unread. */
static void
show (SimCall *call, const char *head, guint slot, SimSmsShape shape)
{
  SimCard            *card = sim_slot_card (call->module);
  g_autoptr (GString) out = g_string_new (head);

  if (sim_sms_settings (call->module)->text)
    append_text (call->module, slot, shape, out);
  else
    append_pdu (card, slot, out);
  sim_reply (call, "%s", out->str);
  if (sim_sms_stat (card, slot) == SIM_SMS_UNREAD)
    sim_sms_set_stat (card, slot, SIM_SMS_READ);
}

/* An index that is there; the number of slots: it is not. */
static guint
slot_of (SimCall *call)
{
  guint n = sim_sms_n_slots (sim_slot_card (call->module));
  guint slot = sim_arg_uint (&call->args, 0, n - 1);

  return call->args.bad ? n : slot;
}

/* +CMGR: stat,[alpha],length and the PDU on a line of its own */
static SimResult
set_cmgr (SimCall *call)
{
  SimCard *card = sim_slot_card (call->module);
  guint    slot = slot_of (call);

  if (!sim_args_end (&call->args) || sim_sms_stat (card, slot) == SIM_SMS_FREE)
    return SIM_CMS_BAD_INDEX;
  show (call, "+CMGR: ", slot, SIM_SMS_ALONE);
  return SIM_OK;
}

/* +CMGL: index,stat,[alpha],length and the PDU, for each */

/* A number in PDU mode, a word in text mode, or else ERROR (guide 9.4.2). */
static gboolean
take_stat (SimCall *call, guint *ret_stat)
{
  const char *word;

  *ret_stat = SIM_SMS_UNREAD;
  if (!sim_sms_settings (call->module)->text)
    {
      *ret_stat = sim_arg_uint_or (&call->args, *ret_stat, SIM_SMS_UNREAD, ALL);
      return sim_args_end (&call->args);
    }
  word = sim_arg_text_or (&call->args, words[SIM_SMS_UNREAD], 10);
  while (*ret_stat < ALL && !g_str_equal (words[*ret_stat], word))
    (*ret_stat)++;
  return sim_args_end (&call->args) && g_str_equal (words[*ret_stat], word);
}

static SimResult
list (SimCall *call)
{
  SimCard *card = sim_slot_card (call->module);
  guint    wanted;

  if (!take_stat (call, &wanted))
    return SIM_ERROR;
  for (guint slot = 0; slot < sim_sms_n_slots (card); slot++)
    {
      SimSmsStat       stat = sim_sms_stat (card, slot);
      g_autofree char *head = g_strdup_printf ("+CMGL: %u,", slot);

      if (stat != SIM_SMS_FREE && (wanted == ALL || stat == wanted))
        show (call, head, slot, SIM_SMS_LIST);
    }
  return SIM_OK;
}

static SimResult
test_cmgl (SimCall *call)
{
  sim_reply (call, "+CMGL: %s",
             sim_sms_settings (call->module)->text
                 ? "(\"REC UNREAD\",\"REC READ\",\"STO UNSENT\",\"STO SENT\",\"ALL\")"
                 : "(0-4)");
  return SIM_OK;
}

/* +CMGD=index[,delflag] */

static SimResult
deleted (SimCall *call)
{
  sim_sms_centre_memory_free (call->module);
  return SIM_OK;
}

/* 27.005 3.5.4, by delflag: 0 that one; 1 what was read, 2 and sent, 3 and not sent, 4 all */
static gboolean
is_meant (SimSmsStat stat, guint flag)
{
  static const guint from[]
      = { [SIM_SMS_UNREAD] = 4, [SIM_SMS_READ] = 1, [SIM_SMS_UNSENT] = 3, [SIM_SMS_SENT] = 2 };

  return stat != SIM_SMS_FREE && flag >= from[stat];
}

static SimResult
set_cmgd (SimCall *call)
{
  SimCard *card = sim_slot_card (call->module);
  guint    index = slot_of (call), n = sim_sms_n_slots (card);
  guint    flag = sim_arg_uint_or (&call->args, 0, 0, 4);
  gint64   n_deleted = 0;

  if (index == n)
    return SIM_CMS_BAD_INDEX;
  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  for (guint slot = 0; slot < n; slot++)
    if (flag == 0 ? slot == index && sim_sms_stat (card, slot) != SIM_SMS_FREE
                  : is_meant (sim_sms_stat (card, slot), flag))
      {
        sim_sms_set_stat (card, slot, SIM_SMS_FREE);
        n_deleted++;
      }
  return n_deleted == 0 ? SIM_OK : sim_call_wait (call, n_deleted * DELETE_TIME, deleted, NULL);
}

/* +CMGD: (indexes in use),(delflags) */
static SimResult
test_cmgd (SimCall *call)
{
  SimCard            *card = sim_slot_card (call->module);
  g_autoptr (GString) indexes = g_string_new (NULL);

  for (guint slot = 0; slot < sim_sms_n_slots (card); slot++)
    if (sim_sms_stat (card, slot) != SIM_SMS_FREE)
      g_string_append_printf (indexes, "%s%u", indexes->len > 0 ? "," : "", slot);
  sim_reply (call, "+CMGD: (%s),(0-4)", indexes->str);
  return SIM_OK;
}

static const SimCommand commands[] = {
  { "+CPMS", .needs = SIM_NEEDS_SMS, .test = "(\"SM\"),(\"SM\"),(\"SM\")", .read = read_cpms,
    .set = set_cpms },
  { "+CMGR", .needs = SIM_NEEDS_SMS, .set = set_cmgr },
  { "+CMGL", .needs = SIM_NEEDS_SMS, .exec = list, .set = list, .run_test = test_cmgl },
  { "+CMGD", .needs = SIM_NEEDS_SMS, .set = set_cmgd, .run_test = test_cmgd },
};

const SimChapter sim_sms_read_chapter = {
  .name = "sms-read",
  SIM_ROWS (commands, commands),
};
