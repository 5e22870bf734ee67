/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-text.h"

#include "gsm7.h"
#include "mu-hex.h"
#include "mu-test.h"
#include "tpdu-bed.h"
#include "tpdu-header.h"

#include <string.h>

#define ALL_LANGUAGES ((1u << GSM7_LANGUAGES) - 1)

static const Tpdu      submit = { .type = TPDU_SUBMIT, .number = { 0x91, "+491701234567" } };
static const TpduSplit automatic = { .class = TPDU_CLASS_NONE, .reference = 42 };

static char *
join (GArray *parts)
{
  g_autofree const Tpdu **pointers = g_new (const Tpdu *, parts->len);

  for (guint i = 0; i < parts->len; i++)
    pointers[i] = &g_array_index (parts, Tpdu, i);
  return tpdu_join_text (pointers, parts->len);
}

static char *
repeat (const char *what, guint n)
{
  GString *text = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (text, what);
  return g_string_free (text, FALSE);
}

/* ---- lengths: 23.040 9.2.3.24.1 has 153 septets and 134 octets for a part ---- */

static void
test_lengths (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char  *what;
    guint        n;
    guint32      languages;
    TpduAlphabet alphabet;
    guint        parts, first, last; /* septets or octets */
  } rows[] = {
    { "a", 0, 0, TPDU_GSM7, 1, 0, 0 },
    { "a", 160, 0, TPDU_GSM7, 1, 160, 160 },
    { "a", 161, 0, TPDU_GSM7, 2, 153, 8 },
    { "a", 306, 0, TPDU_GSM7, 2, 153, 153 },
    { "a", 307, 0, TPDU_GSM7, 3, 153, 1 },
    { "a", 255 * 153, 0, TPDU_GSM7, 255, 153, 153 },
    { "€", 80, 0, TPDU_GSM7, 1, 160, 160 },
    { "€", 81, 0, TPDU_GSM7, 2, 152, 10 }, /* no escape is torn off */
    { "a€", 54, 0, TPDU_GSM7, 2, 153, 9 },
    { "ж", 70, 0, TPDU_UCS2, 1, 140, 140 },
    { "ж", 71, 0, TPDU_UCS2, 2, 134, 8 },
    { "ж", 255 * 67, 0, TPDU_UCS2, 255, 134, 134 },
    { "😀", 35, 0, TPDU_UCS2, 1, 140, 140 },
    { "😀", 36, 0, TPDU_UCS2, 2, 132, 12 }, /* nor a pair */
    { "ğ", 70, 0, TPDU_UCS2, 1, 140, 140 },
    { "ğ", 70, 1 << GSM7_TURKISH, TPDU_GSM7, 1, 140, 140 },  /* after escapes */
    { "ğ", 155, 1 << GSM7_TURKISH, TPDU_GSM7, 1, 155, 155 }, /* with an alphabet of its own */
    { "ğ", 156, 1 << GSM7_TURKISH, TPDU_GSM7, 2, 149, 7 },
    { "ğ", 78, 1 << GSM7_HINDI, TPDU_UCS2, 2, 134, 22 },
    { "अ", 155, ALL_LANGUAGES, TPDU_GSM7, 1, 155, 155 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char   *text = repeat (rows[i].what, rows[i].n);
      g_autofree char   *again = NULL;
      TpduSplit          split = automatic;
      g_autoptr (GArray) parts = NULL;

      split.languages = rows[i].languages;
      parts = tpdu_split_text (&submit, text, &split, NULL);
      assert_int_equal (parts->len, rows[i].parts);
      assert_int_equal (tpdu_dcs_alphabet (g_array_index (parts, Tpdu, 0).dcs), rows[i].alphabet);
      assert_int_equal (g_array_index (parts, Tpdu, 0).data_len, rows[i].first);
      assert_int_equal (g_array_index (parts, Tpdu, parts->len - 1).data_len, rows[i].last);
      again = join (parts);
      assert_string_equal (again, text);
    }
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char  *what;
    guint        n;
    TpduEncoding encoding;
    MuError      code;
  } rows[] = {
    { "a", 255 * 153 + 1, TPDU_ENCODING_AUTO, MU_ERROR_TOO_LONG },
    { "a", 255 * 153 + 1, TPDU_ENCODING_GSM7, MU_ERROR_TOO_LONG },
    { "^", 255 * 76 + 1, TPDU_ENCODING_AUTO, MU_ERROR_TOO_LONG },
    { "a", 255 * 67 + 1, TPDU_ENCODING_UCS2, MU_ERROR_TOO_LONG },
    { "ж", 255 * 67 + 1, TPDU_ENCODING_AUTO, MU_ERROR_TOO_LONG },
    { "ж", 1, TPDU_ENCODING_GSM7, MU_ERROR_INVALID_CHARACTERS },
    { "😀", 1, TPDU_ENCODING_GSM7, MU_ERROR_INVALID_CHARACTERS },
    { "\x1b", 1, TPDU_ENCODING_GSM7, MU_ERROR_INVALID_CHARACTERS },
    { "ğ", 255 * 149 + 1, TPDU_ENCODING_GSM7, MU_ERROR_TOO_LONG }, /* Turkish has it */
    { "ğ", 255 * 149 + 1, TPDU_ENCODING_AUTO, MU_ERROR_TOO_LONG },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char   *text = repeat (rows[i].what, rows[i].n);
      g_autoptr (GError) error = NULL;
      TpduSplit          split = automatic;

      split.encoding = rows[i].encoding;
      split.languages = 1 << GSM7_TURKISH;
      assert_null (tpdu_split_text (&submit, text, &split, &error));
      assert_true (g_error_matches (error, MU_ERROR, (gint)rows[i].code));
    }
}

/* ---- what is put into the parts ---- */

static void
test_parts (void **state G_GNUC_UNUSED)
{
  g_autofree char   *text = repeat ("0123456789", 31);
  TpduSplit          split = automatic;
  g_autoptr (GArray) parts = NULL;
  Tpdu template = submit;

  template.flags = TPDU_REPORT;
  template.pid = 0x42;
  split.class = TPDU_CLASS_0;
  parts = tpdu_split_text (&template, text, &split, NULL);
  assert_int_equal (parts->len, 3);
  for (guint i = 0; i < parts->len; i++)
    {
      const Tpdu *tpdu = &g_array_index (parts, Tpdu, i);
      TpduPart    part;

      assert_true (tpdu_header_part (tpdu, &part));
      assert_int_equal (part.reference, 42);
      assert_false (part.wide);
      assert_int_equal (part.total, 3);
      assert_int_equal (part.sequence, i + 1);
      assert_int_equal (tpdu->flags, TPDU_REPORT | TPDU_HEADER);
      assert_int_equal (tpdu->dcs, 0x10);
      assert_int_equal (tpdu->pid, 0x42);
      assert_string_equal (tpdu->number.text, submit.number.text);
    }
}

/* The classic, and oFono's: octet by octet. */
static void
test_octets (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text;
    guint32     languages;
    const char *hex;
  } rows[] = {
    { "hellohello", 0,
      "000100048121430000"
      "0AE8329BFD4697D9EC37" },
    { "This is testing !", 0,
      "000100048121430000"
      "1154747A0E4ACF41F4F29C9E769F4121" },
    { "ğğ", 1 << GSM7_TURKISH,
      "004100048121430000"
      "0903240101"
      "D89C3767" },
    { "", 0, "00010004812143000000" },
    { "", ALL_LANGUAGES, "00010004812143000000" },
    { "ж", 0,
      "000100048121430008"
      "020436" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Tpdu template = { .type = TPDU_SUBMIT, .number = { 0x81, "1234" } };
      TpduSplit          split = automatic;
      g_autoptr (GArray) parts = NULL;
      g_autofree char   *hex = NULL;

      split.languages = rows[i].languages;
      parts = tpdu_split_text (&template, rows[i].text, &split, NULL);
      assert_int_equal (parts->len, 1);
      hex = tpdu_bed_encode (&g_array_index (parts, Tpdu, 0));
      assert_string_equal (hex, rows[i].hex);
    }
}

/* ---- joining ---- */

static Tpdu
part_of (guint8 dcs, const char *hex)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  Tpdu                   tpdu = { .dcs = dcs };

  assert_true (mu_hex_decode (hex, octets));
  tpdu.data_len = octets->len;
  if (octets->len > 0)
    memcpy (tpdu.data, octets->data, octets->len);
  return tpdu;
}

static void
assert_joins (const Tpdu *first, const Tpdu *second, const Tpdu *third, const char *expected)
{
  const Tpdu *const parts[] = { first, second, third };
  g_autofree char  *text = tpdu_join_text (parts, G_N_ELEMENTS (parts));

  assert_string_equal (text, expected);
}

static void
test_join (void **state G_GNUC_UNUSED)
{
  Tpdu high = part_of (0x08, "0041D83D");
  Tpdu low = part_of (0x08, "DE000042");
  Tpdu letters = part_of (0x00, "4849");
  Tpdu octets = part_of (0x04, "C3A4FF");
  Tpdu none = part_of (0x08, "");

  assert_joins (&high, &low, &letters, "A😀BHI"); /* a telephone that cuts anywhere */
  assert_joins (&high, &none, &low, "A😀B");
  assert_joins (&high, NULL, &low, "A\uFFFD…\uFFFDB");
  assert_joins (NULL, &letters, NULL, "…HI…");
  assert_joins (&low, &letters, &high, "\uFFFDBHIA\uFFFD");
  assert_joins (&octets, &letters, &none, "ä\uFFFDHI");
  assert_joins (NULL, NULL, NULL, "………");
  {
    g_autofree char *text = tpdu_join_text (NULL, 0);

    assert_string_equal (text, "");
  }
}

/* ---- data ---- */

static void
assert_data (const guint8 *data, gsize n, guint16 port, guint expected_parts)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GArray)      parts = tpdu_split_data (&submit, data, n, port, &automatic, &error);
  g_autofree const Tpdu **pointers = NULL;
  g_autoptr (GBytes)      again = NULL;

  assert_non_null (parts);
  assert_int_equal (parts->len, expected_parts);
  pointers = g_new (const Tpdu *, parts->len);
  for (guint i = 0; i < parts->len; i++)
    {
      guint16 destination, originator;

      pointers[i] = &g_array_index (parts, Tpdu, i);
      assert_int_equal (pointers[i]->dcs, 0x04);
      assert_true (tpdu_header_ports (pointers[i], &destination, &originator));
      assert_int_equal (destination, port);
      assert_true (1 + pointers[i]->header_len + pointers[i]->data_len <= TPDU_MAX_USER_DATA);
    }
  again = tpdu_join_data (pointers, parts->len);
  assert_int_equal (g_bytes_get_size (again), n);
  if (n > 0)
    assert_memory_equal (g_bytes_get_data (again, NULL), data, n);
}

static void
test_data (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand)  rand = g_rand_new_with_seed (5);
  gsize              most = 255 * 128;
  g_autofree guint8 *data = g_malloc (most + 1);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i <= most; i++)
    data[i] = (guint8)g_rand_int (rand);
  assert_data (NULL, 0, 0, 1);
  for (gsize n = 0; n < 600; n++)
    assert_data (data, n, (guint16)n, n <= 133 ? 1 : (guint)(n + 127) / 128);
  assert_data (data, most, 65535, 255);
  assert_null (tpdu_split_data (&submit, data, most + 1, 1, &automatic, &error));
  assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_TOO_LONG));
  g_clear_error (&error);
  assert_null (tpdu_split_data (&submit, data, G_MAXSIZE, 1, &automatic, &error));
  assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_TOO_LONG));
}

/* It is not tried in all languages, one after another, what its length alone forbids. */
static void
test_huge (void **state G_GNUC_UNUSED)
{
  g_autofree char   *most = g_strnfill (255 * 160 * 3, 'a');
  g_autofree char   *text = g_strconcat (most, "ж", NULL);
  g_autoptr (GError) error = NULL;
  TpduSplit split = { .encoding = TPDU_ENCODING_GSM7, .class = TPDU_CLASS_NONE, .languages = ~0u };
  Tpdu template = { .type = TPDU_SUBMIT };

  assert_null (tpdu_split_text (&template, text, &split, &error));
  assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_TOO_LONG));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_lengths), cmocka_unit_test (test_refused), cmocka_unit_test (test_parts),
    cmocka_unit_test (test_octets),  cmocka_unit_test (test_join),    cmocka_unit_test (test_data),
    cmocka_unit_test (test_huge),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
