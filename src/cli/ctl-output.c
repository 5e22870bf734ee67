/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-output.h"

#include "ctl-args.h"
#include "ctl-error.h"
#include "ctl-json.h"
#include "ctl-text.h"

#include <errno.h>

void
ctl_output_text (Ctl *ctl, const char *text)
{
  const char      *charset;
  g_autofree char *converted = NULL;

  if (!g_get_charset (&charset))
    converted = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  fputs (converted != NULL ? converted : text, ctl->out);
}

void
ctl_output_json (Ctl *ctl, GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autoptr (GString)  text = g_string_new (NULL);

  ctl_json_append (text, owned);
  g_string_append_c (text, '\n');
  fputs (text->str, ctl->out);
}

void
ctl_output_value (Ctl *ctl, GVariant *value)
{
  g_autofree char *text = NULL;

  if (ctl->options.json)
    {
      ctl_output_json (ctl, value);
      return;
    }
  text = ctl_text_block (value, &ctl->style);
  ctl_output_text (ctl, text);
}

void
ctl_output_nothing (Ctl *ctl)
{
  if (ctl->options.json)
    ctl_output_json (ctl, g_variant_new ("a{sv}", NULL));
}

/* By their names; one that has none gets its number. */
static GVariant *
name_results (const GDBusMethodInfo *method, GVariant *results)
{
  guint           n_names = ctl_args_count (method->out_args);
  GVariantBuilder dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < g_variant_n_children (results); i++)
    {
      g_autoptr (GVariant) value = g_variant_get_child_value (results, i);
      g_autofree char     *number = g_strdup_printf ("%u", i);
      const char          *name = i < n_names ? method->out_args[i]->name : NULL;

      g_variant_builder_add (&dict, "{sv}", name != NULL ? name : number, value);
    }
  return g_variant_ref_sink (g_variant_builder_end (&dict));
}

void
ctl_output_results (Ctl *ctl, const GDBusMethodInfo *method, GVariant *results)
{
  g_autoptr (GVariant) named = name_results (method, results);
  g_autoptr (GVariant) only = NULL;

  if (ctl->options.json)
    ctl_output_json (ctl, named);
  else if (g_variant_n_children (results) > 1)
    ctl_output_value (ctl, named);
  else if (g_variant_n_children (results) == 1)
    {
      only = g_variant_get_child_value (results, 0);
      ctl_output_value (ctl, only);
    }
}

void
ctl_output_error (Ctl *ctl, const GError *error)
{
  g_autofree char    *name = ctl_error_name (error);
  g_autofree char    *message = ctl_error_message (error);
  g_autofree char    *text = ctl_error_text (error);
  g_autoptr (GString) clean = g_string_new (NULL);

  if (ctl->options.json && !ferror (ctl->out))
    ctl_output_json (
        ctl, g_variant_new_parsed ("{'error': <{'name': <%s>, 'message': <%s>, 'status': <%i>}>}",
                                   name, message, ctl_error_status (error)));
  else
    {
      ctl_text_append_clean (clean, text);
      g_printerr ("error: %s\n", clean->str);
    }
}

gboolean
ctl_output_flush (Ctl *ctl, GError **error)
{
  if (fflush (ctl->out) == 0 && !ferror (ctl->out))
    return TRUE;
  return ctl_fail (error, CTL_ERROR_FAILED, "The output cannot be written: %s", g_strerror (errno));
}
