/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-device-match.h"
#include "mu-test.h"

static void
test_ids (void **state G_GNUC_UNUSED)
{
  static const char *const ids[] = { "0403:6001", "12D1:15c1", "nonsense", "", NULL };
  static const char *const none[] = { NULL };

  assert_true (mu_device_match_id (0x12d1, 0x1c25, NULL));
  assert_true (mu_device_match_id (0x12d1, 0x1c25, none));
  assert_true (mu_device_match_id (0x12d1, 0x1c25, ids));
  assert_true (mu_device_match_id (0x0403, 0x6001, ids));
  assert_true (mu_device_match_id (0x12d1, 0x15c1, ids));
  assert_false (mu_device_match_id (0x12d1, 0x15c1, NULL));
  assert_false (mu_device_match_id (0x12d1, 0x1506, ids));
  assert_false (mu_device_match_id (0x1c25, 0x12d1, ids));
  assert_false (mu_device_match_id (0, 0, ids));
  assert_false (mu_device_match_id (G_MAXUINT, G_MAXUINT, ids));
}

static void
test_is_id (void **state G_GNUC_UNUSED)
{
  static const char *const wrong[]
      = { "",           ":",         "12d1",      "12d1:",     "12d1:15c",   "12d1:15c1 ",
          " 12d1:15c1", "12d1-15c1", "0x12:15c1", "12d1:15cg", "12d1:15c1:", "12d115c1:" };

  assert_true (mu_device_match_is_id ("12d1:1c25"));
  assert_true (mu_device_match_is_id ("12D1:15C1"));
  assert_true (mu_device_match_is_id ("0000:ffff"));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_false (mu_device_match_is_id (wrong[i]));
}

typedef struct
{
  guint class, subclass, protocol;
  const char *word; /* NULL: not ours */
} Case;

static void
test_interfaces (void **state G_GNUC_UNUSED)
{
  static const Case cases[] = {
    { 0xff, 0x01, 0x01, "modem" }, { 0xff, 0x02, 0x01, "modem" }, { 0xff, 0x01, 0x31, "modem" },
    { 0xff, 0x02, 0x31, "modem" }, { 0xff, 0x02, 0x10, "modem" }, { 0xff, 0x06, 0x10, "modem" },
    { 0xff, 0x01, 0x02, "pcui" },  { 0xff, 0x02, 0x02, "pcui" },  { 0xff, 0x01, 0x32, "pcui" },
    { 0xff, 0x02, 0x32, "pcui" },  { 0xff, 0x02, 0x12, "pcui" },  { 0xff, 0x06, 0x12, "pcui" },
    { 0xff, 0x03, 0x02, "pcui" },  { 0xff, 0x01, 0x03, "diag" },  { 0xff, 0x02, 0x03, "diag" },
    { 0xff, 0x01, 0x33, "diag" },  { 0xff, 0x02, 0x33, "diag" },  { 0x02, 0x06, 0x00, "net" },
    { 0x02, 0x06, 0xff, "net" },   { 0x02, 0x0d, 0x00, "net" },   { 0xff, 0x02, 0x16, "net" },
    { 0xff, 0x02, 0x46, "net" },   { 0xff, 0x02, 0x76, "net" },   { 0xff, 0x03, 0x16, "net" },
    { 0xff, 0x01, 0x05, NULL },    { 0xff, 0x01, 0x14, NULL },    { 0xff, 0x02, 0x14, NULL },
    { 0xff, 0x06, 0x14, NULL },    { 0xff, 0x04, 0x02, NULL },    { 0xff, 0xff, 0xff, NULL },
    { 0x02, 0x02, 0x01, NULL },    { 0x0a, 0x00, 0x00, NULL },    { 0x08, 0x06, 0x50, NULL },
    { 0xe0, 0x01, 0x03, NULL },    { 0x00, 0x00, 0x00, NULL },    { 0x1ff, 0x02, 0x02, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      MuPortRole  role;
      int         rank;
      gboolean ours = mu_device_match_interface (c->class, c->subclass, c->protocol, &role, &rank);

      assert_int_equal (ours, c->word != NULL);
      assert_true (!ours || g_str_equal (mu_port_role_word (role), c->word));
      assert_true (!ours || rank >= 0);
    }
}

static int
rank_of (guint class, guint subclass, guint protocol)
{
  MuPortRole role;
  int        rank;

  assert_true (mu_device_match_interface (class, subclass, protocol, &role, &rank));
  return rank;
}

/* The code sets in the order in which they are believed. */
static void
test_ranks (void **state G_GNUC_UNUSED)
{
  assert_true (rank_of (0xff, 0x02, 0x02) < rank_of (0xff, 0x01, 0x32));
  assert_true (rank_of (0xff, 0x01, 0x02) < rank_of (0xff, 0x02, 0x32));
  assert_true (rank_of (0xff, 0x01, 0x32) < rank_of (0xff, 0x02, 0x12));
  assert_true (rank_of (0xff, 0x06, 0x12) < rank_of (0xff, 0x03, 0x02));
  assert_true (rank_of (0xff, 0x01, 0x01) < rank_of (0xff, 0x02, 0x31));
  assert_true (rank_of (0xff, 0x01, 0x31) < rank_of (0xff, 0x02, 0x10));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_ids),
    cmocka_unit_test (test_is_id),
    cmocka_unit_test (test_interfaces),
    cmocka_unit_test (test_ranks),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
