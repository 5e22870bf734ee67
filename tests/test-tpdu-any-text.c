/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random texts through all of it: split, encode, decode, join. */
#include "gsm7.h"
#include "mu-test.h"
#include "tpdu-bed.h"
#include "tpdu-header.h"
#include "tpdu-text.h"
#include "ucs2.h"

#include <string.h>

static const char *const pools[] = {
  "abcdefghijklmnopqrstuvwxyz ABC.,0123456789",
  "ΔΦΓΛΩΠΨΣΘΞäöüß@£\n\r",
  "^{}\\[~]|€\f",
  "ğĞşŞıİç€a ",
  "áéíóúâêôãõÇç∞`ª",
  "αβγδεζжщы",
  "😀🎉\U0010FFFF\U00010000",
  "अआइईउ।०क़ॿ",
  "آپٽڊے۰ۍ",
  "你好\uFFFD\uFFFF",
};

static char *
random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  guint    which[3]; /* a few, else nearly all would be UCS2 */
  int      n = g_rand_int_range (rand, 0, g_rand_boolean (rand) ? 170 : 1200);

  for (gsize i = 0; i < G_N_ELEMENTS (which); i++)
    which[i] = (guint)g_rand_int_range (rand, 0, g_rand_boolean (rand) ? 3 : G_N_ELEMENTS (pools));
  while (n-- > 0)
    {
      const char *pool = pools[which[g_rand_int_range (rand, 0, G_N_ELEMENTS (which))]];
      glong       at = g_rand_int_range (rand, 0, (gint32)g_utf8_strlen (pool, -1));

      g_string_append_unichar (text, g_utf8_get_char (g_utf8_offset_to_pointer (pool, at)));
    }
  return g_string_free (text, FALSE);
}

/* Octets or septets of one character. */
static guint
size_of (gunichar c, TpduAlphabet alphabet, Gsm7Tables tables)
{
  g_autoptr (GByteArray) units = g_byte_array_new ();
  char                   utf8[7] = { 0 };
  gunichar               unknown;

  g_unichar_to_utf8 (c, utf8);
  if (alphabet == TPDU_UCS2)
    ucs2_encode (utf8, units);
  else
    assert_true (gsm7_encode (utf8, tables, units, &unknown));
  return units->len;
}

/* How few parts can do: characters are put into one until the next does not fit. */
static guint
fewest (const char *text, TpduAlphabet alphabet, Gsm7Tables tables, guint header)
{
  guint whole = 0, n = 1, used = 0;
  guint shift = header > 0 ? header + 1 : 0;
  guint single = alphabet == TPDU_UCS2 ? 140 - shift : 160 - (shift * 8 + 6) / 7;
  guint part = alphabet == TPDU_UCS2 ? 140 - (header + 6) : 160 - ((header + 6) * 8 + 6) / 7;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      guint size = size_of (g_utf8_get_char (at), alphabet, tables);

      whole += size;
      if (used + size > part)
        {
          n++;
          used = 0;
        }
      used += size;
    }
  return whole <= single ? 1 : n;
}

/* As it travels. */
static Tpdu
transmitted (const Tpdu *tpdu)
{
  guint8 octets[TPDU_MAX_OCTETS];
  gsize  n = tpdu_encode (tpdu, octets, NULL);
  Tpdu   again;

  assert_true (tpdu_decode (octets, n, TPDU_TO_NETWORK, &again, NULL));
  return again;
}

/* Each part is a text of its own: nothing is torn. */
static void
assert_whole (const Tpdu *tpdu, guint i, guint total)
{
  g_autofree char *text = tpdu_bed_text (tpdu);
  TpduPart         part;
  guint            header = (tpdu->flags & TPDU_HEADER) != 0 ? 1 + tpdu->header_len : 0;
  gboolean         is_text = tpdu_dcs_alphabet (tpdu->dcs) == TPDU_GSM7;
  guint            len = is_text ? tpdu->data_len * 7 / 8 : tpdu->data_len;

  assert_true (header + len <= TPDU_MAX_USER_DATA);
  assert_true (g_utf8_validate (text, -1, NULL));
  if (is_text && tpdu->data_len > 0)
    assert_true (tpdu->data[tpdu->data_len - 1] != GSM7_ESCAPE);
  if (!is_text && tpdu->data_len > 0)
    {
      assert_int_equal (tpdu->data_len % 2, 0);
      assert_true ((tpdu->data[0] & 0xfc) != 0xdc);
      assert_true ((tpdu->data[tpdu->data_len - 2] & 0xfc) != 0xd8);
    }
  assert_int_equal (tpdu_header_part (tpdu, &part), total > 1);
  if (total > 1)
    assert_true (part.total == total && part.sequence == i + 1);
}

/* Octets of the header that are not the parts'. */
static guint
shift_header (const Tpdu *tpdu)
{
  Gsm7Tables tables = tpdu_header_tables (tpdu);

  return (tables.locking != GSM7_DEFAULT ? 3u : 0) + (tables.single != GSM7_DEFAULT ? 3u : 0);
}

static void
assert_travels (const char *text, GArray *parts)
{
  g_autofree Tpdu        *arrived = g_new (Tpdu, parts->len);
  g_autofree const Tpdu **pointers = g_new (const Tpdu *, parts->len);
  g_autofree char        *again = NULL;
  const Tpdu             *first = &g_array_index (parts, Tpdu, 0);

  for (guint i = 0; i < parts->len; i++)
    {
      arrived[i] = transmitted (&g_array_index (parts, Tpdu, i));
      pointers[i] = &arrived[i];
      assert_whole (pointers[i], i, parts->len);
    }
  again = tpdu_join_text (pointers, parts->len);
  assert_string_equal (again, text);
  assert_int_equal (parts->len, fewest (text, tpdu_dcs_alphabet (first->dcs),
                                        tpdu_header_tables (first), shift_header (first)));
}

/* Another choice of alphabet would not have been better. */
static void
assert_best (const char *text, const TpduSplit *split, guint n)
{
  static const Tpdu  submit = { .type = TPDU_SUBMIT };
  TpduSplit          other = *split;
  g_autoptr (GArray) ucs2 = NULL;
  g_autoptr (GArray) gsm7 = NULL;

  other.encoding = TPDU_ENCODING_UCS2;
  ucs2 = tpdu_split_text (&submit, text, &other, NULL);
  other.encoding = TPDU_ENCODING_GSM7;
  gsm7 = tpdu_split_text (&submit, text, &other, NULL);
  assert_int_equal (n, gsm7 != NULL ? MIN (gsm7->len, ucs2->len) : ucs2->len);
}

static void
test_random (void **state G_GNUC_UNUSED)
{
  static const guint32 languages[] = { 0, 1 << GSM7_TURKISH, 1 << GSM7_HINDI | 1 << GSM7_URDU,
                                       (1u << GSM7_LANGUAGES) - 1, G_MAXUINT32 };
  static const Tpdu    submit = { .type = TPDU_SUBMIT, .number = { 0x91, "+49170" } };
  g_autoptr (GRand)    rand = g_rand_new_with_seed (23038);
  guint                n_national = 0, n_plain = 0, n_ucs2 = 0;

  for (int round = 0; round < 2000; round++)
    {
      g_autofree char   *text = random_text (rand);
      g_autoptr (GArray) parts = NULL;
      g_autoptr (GError) error = NULL;
      TpduSplit          split = {
                 .encoding = (TpduEncoding)g_rand_int_range (rand, 0, 3),
                 .class = (TpduClass)g_rand_int_range (rand, -1, 4),
                 .languages = languages[g_rand_int_range (rand, 0, G_N_ELEMENTS (languages))],
                 .reference = (guint8)g_rand_int (rand),
      };

      parts = tpdu_split_text (&submit, text, &split, &error);
      if (parts == NULL)
        {
          assert_int_equal (split.encoding, TPDU_ENCODING_GSM7);
          assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_INVALID_CHARACTERS));
          continue;
        }
      assert_null (error);
      assert_travels (text, parts);
      if (split.encoding == TPDU_ENCODING_AUTO)
        assert_best (text, &split, parts->len);
      if (tpdu_dcs_alphabet (g_array_index (parts, Tpdu, 0).dcs) == TPDU_UCS2)
        n_ucs2++;
      else if (shift_header (&g_array_index (parts, Tpdu, 0)) > 0)
        n_national++;
      else
        n_plain++;
    }
  assert_true (n_national > 100 && n_plain > 100 && n_ucs2 > 100);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_random),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
