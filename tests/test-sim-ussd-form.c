/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"
#include "sim-ussd-form.h"

#define OK "\r\nOK\r\n"

typedef struct
{
  SimUssdForm form;
  guint       dcs;
  const char *text, *string;
} Case;

static const Case cases[] = {
  { SIM_USSD_PACKED, 15, "*100#", "AA180C3602" },
  { SIM_USSD_PACKED, 0, "*100#", "AA180C3602" },
  { SIM_USSD_PACKED, 72, "短", "77ED" },
  { SIM_USSD_UCS2, 15, "*1", "002A0031" },
  { SIM_USSD_UCS2, 72, "短", "77ED" },
  { SIM_USSD_PLAIN, 15, "*100#", "*100#" },
  { SIM_USSD_PLAIN, 72, "短", "77ED" },
};

static void
test_forms (void **state)
{
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case      *c = &cases[i];
      g_autofree char *string = sim_ussd_for_host (host->module, c->form, c->text);
      g_autofree char *text = sim_ussd_from_host (host->module, c->form, c->string, c->dcs);

      assert_string_equal (string, c->string);
      assert_string_equal (text, c->text);
      assert_int_equal (sim_ussd_dcs (c->text), c->dcs == 0 ? 15 : c->dcs);
    }
}

static void
test_wrong (void **state)
{
  SimHost         *host = *state;
  g_autofree char *bytes = sim_ussd_from_host (host->module, SIM_USSD_PACKED, "2A31", 68);

  assert_string_equal (bytes, "*1");
  assert_null (sim_ussd_from_host (host->module, SIM_USSD_PACKED, "*100#", 15));
  assert_null (sim_ussd_from_host (host->module, SIM_USSD_UCS2, "00", 15));
  assert_null (sim_ussd_from_host (host->module, SIM_USSD_PLAIN, "*100#", 72));
  assert_null (sim_ussd_from_host (host->module, SIM_USSD_PLAIN, "\xff", 15));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_forms),
    WITH_HOST (test_wrong),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
