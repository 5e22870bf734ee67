/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-ndis.h"
#include "mu-test.h"

#include <string.h>

static AtLine
line_of (const char *text)
{
  return (AtLine){ .text = text, .len = strlen (text) };
}

/* "cid:state:cause:family" of each, "" for nonsense */
static char *
parse (const char *text)
{
  AtLine     line = line_of (text);
  MuNdisStat stats[4];
  guint      n = mu_ndis_parse (&line, stats, G_N_ELEMENTS (stats));
  GString   *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%u:%u:%u:%u ", stats[i].cid, stats[i].state, stats[i].cause,
                            stats[i].ipv6 ? 6 : 4);
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *text, *expected;
} Row;

static const Row spellings[] = {
  { "^NDISSTAT: 1,,,IPV4", "0:1:0:4 " },
  { "^NDISSTAT: 0,33,,IPV4", "0:0:33:4 " },
  { "^NDISSTAT:0,0,,IPV4", "0:0:0:4 " },
  { "^NDISSTAT:0,36,,\"IPV4\"", "0:0:36:4 " },
  { "^NDISSTAT: 1, , , \"IPV4\"", "0:1:0:4 " },
  { "^NDISSTAT:1,,,\"IPV6\"", "0:1:0:6 " },
  { "^NDISSTAT:1,IPV4", "0:1:0:4 " },
  { "^NDISSTAT:1", "0:1:0:4 " },
  { "^NDISSTAT: 2,,,\"IPV4\"", "0:2:0:4 " },
  { "^NDISSTATQRY: 0,0,,IPV4", "0:0:0:4 " },
  { "^NDISSTATQRY: 0,,,\"IPV4\",0,,,\"IPV6\"", "0:0:0:4 0:0:0:6 " },
  { "^NDISSTATQRY: 1,,,\"IPV4\",0,33,,\"IPV6\"", "0:1:0:4 0:0:33:6 " },
  { "^NDISSTATQry:1", "0:1:0:4 " },
  { "^NDISSTATQRY:1,1,,,\"IPV4\"", "1:1:0:4 " },
  { "^NDISSTATQRY:11,0,29,,\"IPV4\"", "11:0:29:4 " },
  { "^NDISSTATQRY: 1,,,\"IPV4V6\"", "0:1:0:4 " },
  { "^NDISSTAT: 1,,,ipv4", "0:1:0:4 " },
};

static const Row nonsense[] = {
  { "^NDISSTAT:", "" },
  { "^NDISSTAT: ,,,IPV4", "" },
  { "^NDISSTAT: IPV4", "" },
  { "^NDISSTAT: x,,,IPV4", "" },
  { "^NDISSTAT: 4,,,IPV4", "" },
  { "^NDISSTAT: 4294967297,,,IPV4", "" },
  { "^NDISSTAT: -1,,,IPV4", "" },
  { "^NDISSTAT: 1,1,1,1,1,1,IPV4", "" },
  { "^NDISSTAT", "" },
  { "^NDISSTATQRY: ,1,,,IPV4", "" },
};

static void
test_spellings (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autofree char *got = parse (spellings[i].text);

      assert_string_equal (got, spellings[i].expected);
    }
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autofree char *got = parse (nonsense[i].text);

      assert_string_equal (got, nonsense[i].expected);
    }
}

/* No more than there is room for. */
static void
test_many (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new ("^NDISSTATQRY: 1,,,IPV4");
  g_autofree char    *got = NULL;

  for (guint i = 0; i < 50; i++)
    g_string_append (text, ",1,,,IPV4");
  got = parse (text->str);
  assert_int_equal (strlen (got), 4 * strlen ("0:1:0:4 "));
}

static void
assert_dhcp (const char *text, const char *expected)
{
  AtLine           line = line_of (text);
  MuNdisDhcp       dhcp;
  g_autofree char *got = NULL;

  if (mu_ndis_parse_dhcp (&line, &dhcp))
    got = g_strdup_printf ("%s/%u %s %s %s", dhcp.address, dhcp.prefix, dhcp.gateway, dhcp.dns[0],
                           dhcp.dns[1]);
  else
    got = g_strdup ("");
  assert_string_equal (got, expected);
}

static void
test_dhcp (void **state G_GNUC_UNUSED)
{
  assert_dhcp ("^DHCP: 0100000A,00FFFFFF,0200000A,0200000A,08080808,04040808,21600000,5760000",
               "10.0.0.1/24 10.0.0.2 8.8.8.8 8.8.4.4");
  assert_dhcp ("^DHCP: 100000A,FFFFFF,200000A,200000A,8080808,4040808,1,1",
               "10.0.0.1/24 10.0.0.2 8.8.8.8 8.8.4.4");
  assert_dhcp ("^DHCP:0x9A1B2C0A,0xF8FFFFFF,0x991B2C0A,0x991B2C0A,0x0,0", "10.44.27.154/29 "
                                                                          "10.44.27.153  ");
  assert_dhcp ("^DHCP: \"0100000A\"", "10.0.0.1/0   ");
  assert_dhcp ("^DHCP: 0,0,0,0,0,0,0,0", "");
  assert_dhcp ("^DHCP: ,,", "");
  assert_dhcp ("^DHCP: 1ffffffff,0", "");
  assert_dhcp ("^DHCP:", "");
  assert_dhcp ("+CSQ: 1", "");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_spellings),
    cmocka_unit_test (test_nonsense),
    cmocka_unit_test (test_many),
    cmocka_unit_test (test_dhcp),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
