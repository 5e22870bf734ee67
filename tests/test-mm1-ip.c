/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-ip.h"

#include "mu-test.h"

#include <libmm-glib.h>

static GVariantDict *
configure (const char *ip4)
{
  g_autoptr (GVariant) from = g_variant_ref_sink (g_variant_new_parsed (ip4));
  g_autoptr (GVariant) config = g_variant_ref_sink (mm1_ip_config (from));

  return g_variant_dict_new (config);
}

static void
assert_method (const char *ip4, guint expected)
{
  g_autoptr (GVariantDict) config = configure (ip4);
  guint                    method = 99;

  assert_true (g_variant_dict_lookup (config, "method", "u", &method));
  assert_int_equal (method, expected);
}

static void
test_methods (void **state G_GNUC_UNUSED)
{
  assert_method ("{'method': <'dhcp'>}", MM_BEARER_IP_METHOD_DHCP);
  assert_method ("{'method': <'static'>}", MM_BEARER_IP_METHOD_STATIC);
  assert_method ("{'method': <'?'>}", MM_BEARER_IP_METHOD_UNKNOWN);
  assert_method ("@a{sv} {}", MM_BEARER_IP_METHOD_UNKNOWN);
}

/* PPP would mean that the client runs pppd: ours has run already. */
static void
test_ppp (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariantDict) config
      = configure ("{'method': <'ppp'>, 'address': <'10.1.2.3'>, 'gateway': <'10.1.2.4'>, "
                   "'prefix': <uint32 32>, 'dns': <['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4']>}");
  const char *text;
  guint       number;

  assert_true (g_variant_dict_lookup (config, "method", "u", &number));
  assert_int_equal (number, MM_BEARER_IP_METHOD_STATIC);
  assert_true (g_variant_dict_lookup (config, "address", "&s", &text));
  assert_string_equal (text, "10.1.2.3");
  assert_true (g_variant_dict_lookup (config, "gateway", "&s", &text));
  assert_string_equal (text, "10.1.2.4");
  assert_true (g_variant_dict_lookup (config, "prefix", "u", &number));
  assert_int_equal (number, 32);
  assert_true (g_variant_dict_lookup (config, "dns3", "&s", &text));
  assert_string_equal (text, "3.3.3.3");
  assert_false (g_variant_dict_contains (config, "dns4"));
  assert_false (g_variant_dict_contains (config, "dns"));
}

static void
test_none (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) config = g_variant_ref_sink (mm1_ip_config (NULL));
  g_autofree char     *text = g_variant_print (config, FALSE);

  assert_string_equal (text, "{'method': <uint32 0>}");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_methods),
    cmocka_unit_test (test_ppp),
    cmocka_unit_test (test_none),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
