/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-codes.h"

#include "ctl-call.h"
#include "ctl-module.h"
#include "ctl-secret.h"

static gboolean
collect (Ctl *ctl, const CtlCode *codes, const char *const *args, GPtrArray *texts, GError **error)
{
  for (; codes->what != NULL; codes++)
    {
      char *code = *args != NULL ? g_strdup (*args++)
                                 : ctl_secret_ask (ctl, codes->what, codes->is_new, error);

      if (code == NULL)
        return FALSE;
      g_ptr_array_add (texts, code);
    }
  return TRUE;
}

gboolean
ctl_codes_call (Ctl *ctl, const CtlCodeMethod *method, const char *const *args, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)ctl_secret_free);

  if (!ctl_module_choose (ctl, error)) /* nobody is asked for the sake of no module */
    return FALSE;
  for (const char *const *text = method->before; text != NULL && *text != NULL; text++)
    g_ptr_array_add (texts, g_strdup (*text));
  if (!collect (ctl, method->codes, args, texts, error))
    return FALSE;
  g_ptr_array_add (texts, NULL);
  return ctl_call (ctl, method->interface, method->name, (const char *const *)texts->pdata, error);
}
