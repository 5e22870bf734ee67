/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-dcs.h"

#include "mu-test.h"

/* 23.038 clause 4, every scheme */
static void
test_messages (void **state G_GNUC_UNUSED)
{
  for (guint dcs = 0; dcs <= G_MAXUINT8; dcs++)
    {
      TpduAlphabet alphabet = TPDU_GSM7;
      TpduClass class = TPDU_CLASS_NONE;

      if (dcs < 0x80) /* 00xx and 01xx */
        {
          if ((dcs & 0x20) != 0 || (dcs & 0x0c) == 0x04)
            alphabet = TPDU_8BIT;
          else if ((dcs & 0x0c) == 0x08)
            alphabet = TPDU_UCS2;
          if ((dcs & 0x10) != 0)
            class = (TpduClass)(dcs & 3);
        }
      else if (dcs >= 0xe0 && dcs < 0xf0) /* 1110: waiting, stored, UCS2 */
        alphabet = TPDU_UCS2;
      else if (dcs >= 0xf0)
        {
          alphabet = (dcs & 4) != 0 ? TPDU_8BIT : TPDU_GSM7;
          class = (TpduClass)(dcs & 3);
        }
      assert_int_equal (tpdu_dcs_alphabet ((guint8)dcs), alphabet);
      assert_int_equal (tpdu_dcs_class ((guint8)dcs), class);
    }
}

/* Those that one meets, as others read them. */
static void
test_known (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint8       dcs;
    TpduAlphabet alphabet;
    TpduClass class;
  } rows[] = {
    { 0x00, TPDU_GSM7, TPDU_CLASS_NONE },
    { 0x04, TPDU_8BIT, TPDU_CLASS_NONE },
    { 0x08, TPDU_UCS2, TPDU_CLASS_NONE },
    { 0x0c, TPDU_GSM7, TPDU_CLASS_NONE }, /* reserved */
    { 0x10, TPDU_GSM7, TPDU_CLASS_0 },    /* a flash message */
    { 0x18, TPDU_UCS2, TPDU_CLASS_0 },
    { 0x19, TPDU_UCS2, TPDU_CLASS_1 },
    { 0x16, TPDU_8BIT, TPDU_CLASS_2 },
    { 0x20, TPDU_8BIT, TPDU_CLASS_NONE }, /* compressed */
    { 0x40, TPDU_GSM7, TPDU_CLASS_NONE }, /* deleted when it has been read */
    { 0x58, TPDU_UCS2, TPDU_CLASS_0 },
    { 0xc0, TPDU_GSM7, TPDU_CLASS_NONE }, /* message waiting, discarded */
    { 0xc8, TPDU_GSM7, TPDU_CLASS_NONE }, /* voicemail is waiting */
    { 0xd0, TPDU_GSM7, TPDU_CLASS_NONE }, /* stored */
    { 0xe0, TPDU_UCS2, TPDU_CLASS_NONE },
    { 0xf0, TPDU_GSM7, TPDU_CLASS_0 },
    { 0xf1, TPDU_GSM7, TPDU_CLASS_1 },
    { 0xf4, TPDU_8BIT, TPDU_CLASS_0 },
    { 0xf6, TPDU_8BIT, TPDU_CLASS_2 }, /* for the SIM */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      assert_int_equal (tpdu_dcs_alphabet (rows[i].dcs), rows[i].alphabet);
      assert_int_equal (tpdu_dcs_class (rows[i].dcs), rows[i].class);
    }
}

static void
test_make (void **state G_GNUC_UNUSED)
{
  assert_int_equal (tpdu_dcs_make (TPDU_GSM7, TPDU_CLASS_NONE), 0x00);
  assert_int_equal (tpdu_dcs_make (TPDU_8BIT, TPDU_CLASS_NONE), 0x04);
  assert_int_equal (tpdu_dcs_make (TPDU_UCS2, TPDU_CLASS_NONE), 0x08);
  assert_int_equal (tpdu_dcs_make (TPDU_GSM7, TPDU_CLASS_0), 0x10);
  assert_int_equal (tpdu_dcs_make (TPDU_UCS2, TPDU_CLASS_3), 0x1b);
  for (TpduAlphabet alphabet = TPDU_GSM7; alphabet <= TPDU_UCS2; alphabet++)
    for (int class = TPDU_CLASS_NONE; class <= TPDU_CLASS_3; class ++)
      {
        guint8 dcs = tpdu_dcs_make (alphabet, (TpduClass) class);

        assert_int_equal (tpdu_dcs_alphabet (dcs), alphabet);
        assert_int_equal (tpdu_dcs_class (dcs), class);
      }
}

/* 23.038 clause 5, every scheme, row by row of the table */
static void
test_broadcasts (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint        first, last;
    TpduAlphabet alphabet;
    gboolean     language;
  } rows[] = {
    { 0x00, 0x0f, TPDU_GSM7, FALSE }, /* 0000: German to unspecified */
    { 0x10, 0x10, TPDU_GSM7, TRUE },  /* 0001: a language before the text */
    { 0x11, 0x11, TPDU_UCS2, TRUE },  { 0x12, 0x1f, TPDU_GSM7, FALSE }, /* reserved */
    { 0x20, 0x3f, TPDU_GSM7, FALSE }, /* 0010 and 0011: Czech and so on, reserved */
    { 0x40, 0x43, TPDU_GSM7, FALSE }, /* 01xx: general */
    { 0x44, 0x47, TPDU_8BIT, FALSE }, { 0x48, 0x4b, TPDU_UCS2, FALSE },
    { 0x4c, 0x4f, TPDU_GSM7, FALSE }, { 0x50, 0x53, TPDU_GSM7, FALSE },
    { 0x54, 0x57, TPDU_8BIT, FALSE }, { 0x58, 0x5b, TPDU_UCS2, FALSE },
    { 0x5c, 0x5f, TPDU_GSM7, FALSE }, { 0x60, 0x7f, TPDU_8BIT, FALSE }, /* compressed */
    { 0x80, 0x8f, TPDU_GSM7, FALSE },                                   /* reserved */
    { 0x90, 0x93, TPDU_GSM7, FALSE }, /* 1001: with a user data header */
    { 0x94, 0x97, TPDU_8BIT, FALSE }, { 0x98, 0x9b, TPDU_UCS2, FALSE },
    { 0x9c, 0x9f, TPDU_GSM7, FALSE }, { 0xa0, 0xdf, TPDU_GSM7, FALSE }, /* reserved, I1 protocol */
    { 0xe0, 0xef, TPDU_GSM7, FALSE },                                   /* WAP forum */
    { 0xf0, 0xf3, TPDU_GSM7, FALSE }, /* 1111: data coding and class */
    { 0xf4, 0xf7, TPDU_8BIT, FALSE }, { 0xf8, 0xfb, TPDU_GSM7, FALSE },
    { 0xfc, 0xff, TPDU_8BIT, FALSE },
  };
  guint next = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      assert_int_equal (rows[i].first, next);
      for (; next <= rows[i].last; next++)
        {
          gboolean language = 42;

          assert_int_equal (tpdu_cbs_alphabet ((guint8)next, &language), rows[i].alphabet);
          assert_int_equal (language, rows[i].language);
        }
    }
  assert_int_equal (next, 256);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_messages),
    cmocka_unit_test (test_known),
    cmocka_unit_test (test_make),
    cmocka_unit_test (test_broadcasts),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
