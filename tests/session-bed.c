/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "session-bed.h"
#include "mu-error.h"
#include "mu-services.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <glib/gstdio.h>

#include <string.h>

const AtPeerRow session_bed_usual[] = {
  { "ATQ0V1E0", "OK" },
  { "AT", "OK" },
  { "AT+IPR?", "+IPR: 0|OK" },
  { "AT+CMEE=2", "OK" },
  { "AT^CURC=1", "OK" },
  { "AT+CGMI", "Huawei Technologies Co., Ltd.|OK" },
  { "AT+CGMM", "MU709s-2|OK" },
  { "AT+CGMR", "11.652.65.00.00|OK" },
  { "AT+CGSN", "867989010000017|OK" },
  { "AT+CFUN?", "+CFUN: 1|OK" },
  { "AT^CPIN?", "^CPIN: READY,,10,3,10,3|OK" },
  { "AT^ICCID?", "^ICCID: 89860112345678901234|OK" },
  { "AT+CIMI", "262011234567890|OK" },
  { "AT+CRSM=176,28589,0,0,4", "+CRSM: 144,0,\"00000002\"|OK" },
  { "AT+CLCK=\"SC\",2", "+CLCK: 0|OK" },
  { "AT+CNUM", "+CNUM: \"CC\",\"+8613987654321\",145|+CNUM: \"USER\",\"123\",129|OK" },
  { "AT^HCSQ?", "^HCSQ: \"WCDMA\",30,30,58|OK" },
  { "AT+CREG=2;+CGREG=2", "OK" },
  { "AT+CREG?", "+CREG: 2,1,\"31C5\",\"0083F7CD\",2|OK" },
  { "AT+CGREG?", "+CGREG: 2,1,\"31C5\",\"0083F7CD\",2|OK" },
  { "AT^SYSINFOEX", "^SYSINFOEX: 2,3,0,1,,3,\"WCDMA\",45,\"HSPA+\"|OK" },
  { "AT+COPS=3,0", "OK" },
  { "AT+COPS=3,2", "OK" },
  { "AT+COPS?", "+COPS: 0,2,\"26201\",2|OK" },
  { "AT^NWTIME?", "^NWTIME: 14/08/05,04:00:21+40,00|OK" },
  { "AT+CMGF=0;+CPMS=\"SM\",\"SM\",\"SM\"", "+CPMS: 0,40,0,40,0,40|OK" },
  { "AT+CSCA?", "+CSCA: \"+8613800755500\",145|OK" },
  { "AT+CNMI=2,1,0,1,0", "OK" },
  { "AT+CMGL=4", "OK" },
  { "AT+CLIP=1", "OK" },
  { "AT+CCWA=1", "OK" },
  { "AT+CLCC", "OK" },
  { "AT^CPCM?", "^CPCM: 0,0,0,0,0|OK" },
  { "AT^SMUT?", "^SMUT: 0|OK" },
  { "AT+CMIC?", "+CMIC: 5|OK" },
  { "AT+CMIC=?", "+CMIC: (0-12)|OK" },
  { "AT+CLVL?", "+CLVL: 3|OK" },
  { "AT+CLVL=?", "+CLVL: (0-5)|OK" },
  { "AT^NSSWITCH?", "^NSSWITCH: 1|OK" },
  { "AT^STN?", "^STN: 0|OK" },
  { "AT^ECHOEX?", "^ECHOEX: 1,320,0,86,4096|OK" },
  { "AT^ECHOEX=?", "^ECHOEX: (0-1),(0-32767),(0-32767),(0-32767),(0-32767)|OK" },
  { "AT+CUSD=1;^USSDMODE=0", "OK" },
  { "AT+CGDCONT?", "OK" },
  { "AT+CGACT?", "OK" },
  { "AT^NDISSTATQRY?", "^NDISSTATQRY: 0,0,,IPV4|OK" },
};

const gsize session_bed_n_usual = G_N_ELEMENTS (session_bed_usual);

/* ---- what the session tells ---- */

static void
on_appeared (MuService *service, gpointer user_data)
{
  SessionBed *self = user_data;

  g_string_append_printf (self->seen, "%s|", strrchr (service->class->interface, '.') + 1);
}

static void
on_settled (gpointer user_data)
{
  SessionBed *self = user_data;

  g_string_append (self->seen, "settled|");
}

static void
on_restarted (gpointer user_data)
{
  SessionBed        *self = user_data;
  g_autoptr (GError) why = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, "restarted");

  g_string_append (self->seen, "restarted|");
  mu_session_stop (self->session, why);
  at_scheduler_start (self->scheduler, AT_SYNC_OPEN);
}

static const MuSessionEvents session_events = { on_appeared, on_settled, on_restarted };

static void
on_news (const AtLine *line, gpointer user_data)
{
  SessionBed *self = user_data;

  mu_session_news (self->session, line);
}

static void
on_ready (gpointer user_data)
{
  SessionBed *self = user_data;

  if (!mu_session_is_started (self->session))
    mu_session_start (self->session);
}

static void
on_timeout (gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_lost (const GError *why, gpointer user_data)
{
  SessionBed *self = user_data;

  mu_session_stop (self->session, why);
}

static const AtSchedulerEvents line_events = { on_news, on_ready, on_timeout, on_lost };

/* ---- the bed ---- */

SessionBed *
session_bed_new (void)
{
  SessionBed *self = g_new0 (SessionBed, 1);
  int         fd;

  mu_timer_freeze ();
  self->seen = g_string_new (NULL);
  self->done = g_string_new (NULL);
  self->waiting = g_ptr_array_new ();
  self->settings.config = g_key_file_new ();
  self->settings.state_directory = g_dir_make_tmp ("mu-bed-XXXXXX", NULL);
  self->settings.apn_list = g_strdup ("/nonexistent");
  self->peer = at_peer_new (&fd);
  self->session = mu_session_new ("bed", &self->settings, &session_events, self);
  self->scheduler = at_scheduler_new ("bed", &line_events, self);
  at_scheduler_add_port (self->scheduler, AT_PORT_MAIN, fd, "bed");
  mu_session_attach (self->session, self->scheduler);
  self->device = mu_device_new ("bed", "");
  mu_device_set_port (self->device, MU_PORT_NET, "bed0");
  mu_session_set_device (self->session, self->device);
  return self;
}

/* The files in it, and it; there are no folders in it. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
session_bed_unplug (SessionBed *self)
{
  g_autoptr (GError) gone = g_error_new_literal (MU_ERROR, MU_ERROR_GONE, "gone");

  if (self->scheduler == NULL)
    return;
  mu_session_stop (self->session, gone);
  g_clear_pointer (&self->scheduler, at_scheduler_free);
  mu_session_detach (self->session);
}

void
session_bed_free (SessionBed *self)
{
  session_bed_unplug (self);
  mu_session_free (self->session);
  mu_device_unref (self->device);
  assert_int_equal (self->waiting->len, 0); /* everybody has been answered */
  g_ptr_array_unref (self->waiting);
  at_peer_free (self->peer);
  if (self->settings.state_directory != NULL)
    remove_folder (self->settings.state_directory);
  g_free (self->settings.state_directory);
  g_free (self->settings.apn_list);
  g_key_file_unref (self->settings.config);
  g_string_free (self->seen, TRUE);
  g_string_free (self->done, TRUE);
  g_clear_error (&self->error);
  g_clear_object (&self->files);
  g_free (self);
}

void
session_bed_play (SessionBed *self, const AtPeerRow *rows, gsize n_rows)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (AtPeerRow));

  g_array_append_vals (all, rows, (guint)n_rows);
  g_array_append_vals (all, session_bed_usual, (guint)session_bed_n_usual);
  at_peer_play (self->peer, (const AtPeerRow *)(gpointer)all->data, all->len);
}

void
session_bed_settle (SessionBed *self, const AtPeerRow *rows, gsize n_rows)
{
  session_bed_play (self, rows, n_rows);
  mu_timer_advance (200);
  session_bed_play (self, rows, n_rows);
}

void
session_bed_start (SessionBed *self, const AtPeerRow *rows, gsize n_rows)
{
  at_scheduler_start (self->scheduler, AT_SYNC_OPEN);
  at_peer_sync (self->peer);
  session_bed_settle (self, rows, n_rows);
}

MuService *
session_bed_service (SessionBed *self, const char *name)
{
  for (gsize i = 0; i < mu_session_n_services (self->session); i++)
    {
      MuService *service = mu_session_service (self->session, i);

      if (g_str_has_suffix (service->class->interface, name))
        return service;
    }
  fail_msg ("no service %s", name);
  return NULL;
}

const char *
session_bed_get (SessionBed *self, const char *service_name, const char *property)
{
  static char          text[1024];
  MuService           *service = session_bed_service (self, service_name);
  g_autoptr (GVariant) value = NULL;
  g_autofree char     *printed = NULL;

  for (gsize i = 0; i < service->class->n_props; i++)
    if (g_str_equal (service->class->props[i].name, property))
      value = g_variant_ref_sink (mu_service_get (service, &service->class->props[i]));
  assert_non_null (value);
  printed = g_variant_print (value, FALSE);
  g_strlcpy (text, printed, sizeof text);
  return text;
}

/* Freed when it is answered: a second answer would be one too many for the sanitizer. */
typedef struct
{
  SessionBed *bed;
  guint       number;
  MuCall     *call;
} Waiting;

static void
on_done (GVariant *reply, const GError *error, gpointer user_data)
{
  g_autofree Waiting *waiting = user_data;
  SessionBed         *self = waiting->bed;
  g_autofree char    *text = reply != NULL ? g_variant_print (reply, FALSE) : NULL;

  assert_true (g_ptr_array_remove (self->waiting, waiting));
  if (waiting->number != self->n_calls)
    return; /* another one has been begun since */
  g_string_assign (self->done, error != NULL ? mu_error_word (error) : text);
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

/* A method, or the setter of a property. */
static const MuOp *
find_op (const MuServiceClass *class, const char *name)
{
  const MuOp *op = mu_op_find (class->ops, class->n_ops, name);

  return op != NULL ? op : mu_op_find (class->setters, class->n_setters, name);
}

MuCall *
session_bed_call (SessionBed *self, const char *service_name, const char *name, const char *args)
{
  return session_bed_call_object (self, service_name, 0, name, args);
}

MuCall *
session_bed_call_object (SessionBed *self, const char *service_name, guint object, const char *name,
                         const char *args)
{
  MuService *service = session_bed_service (self, service_name);
  const MuServiceClass *class = service->class;
  const MuRequest request
      = { object == 0 ? find_op (class, name)
                      : mu_op_find (class->child->ops, class->child->n_ops, name),
          object, 1, self->files };
  Waiting *waiting = g_new (Waiting, 1);
  MuCall  *call;

  assert_non_null (request.op);
  g_string_truncate (self->done, 0);
  *waiting = (Waiting){ .bed = self, .number = ++self->n_calls };
  g_ptr_array_add (self->waiting, waiting);
  mu_service_call (service, &request, g_variant_new_parsed (args), on_done, waiting, &call);
  if (g_ptr_array_find (self->waiting, waiting, NULL))
    waiting->call = call;
  return call;
}

void
session_bed_cancel (SessionBed *self, MuCall *call)
{
  for (guint i = 0; i < self->waiting->len; i++)
    if (((Waiting *)self->waiting->pdata[i])->call == call)
      g_free (g_ptr_array_remove_index (self->waiting, i));
  mu_call_cancel (call);
}

void
session_bed_say (SessionBed *self, const char *lines)
{
  g_auto (GStrv) parts = g_strsplit (lines, "|", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *framed = g_strdup_printf ("\r\n%s\r\n", *part);

      at_peer_say (self->peer, framed);
    }
}
