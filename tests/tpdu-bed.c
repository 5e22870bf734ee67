/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-bed.h"

#include "mu-hex.h"
#include "tpdu-text.h"

#include "mu-test.h"

const TpduVector tpdu_vectors[] = {
  {
      .name = "the classic",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37",
      .service_centre = "+27381000015",
      .number = "27838890001",
      .time = "1999-03-29T15:16:59+02",
      .text = "hellohello",
  },
  {
      .name = "the classic, sent",
      .direction = TPDU_TO_NETWORK,
      .hex = "0011000B916407281553F80000AA0AE8329BFD4697D9EC37",
      .service_centre = "",
      .number = "+46708251358",
      .time = NULL,
      .text = "hellohello",
  },
  {
      .name = "ModemManager: extension characters",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07912104442961F4040B916171957291F800001120821105050A6AC8B2BC7C9A83C220F6DB7D"
             "2ECB41EDF27C1E3E97411BDE06754FD3D1A0F9BB5D0695F1F4B29B5C2683C6E8B03C3CA697E5"
             "F34D6AE303D1D1F2F7DD0D4ABB59A0797D8C0685E7A00028EC26832A960B28EC2683BE605078"
             "0EBA97D96C17",
      .service_centre = "+12404492164",
      .number = "+16175927198",
      .time = "2011-02-28T11:50:50-05",
      .text = "Here's a longer message [{with some extended characters}] thrown in, such as £ and "
              "ΩΠΨ and §¿ as well.",
  },
  {
      .name = "ModemManager: alphanumeric sender, UCS2",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07919730071111F10414D04937BD2C7797E9D3E6140008113092910240610804420435044104"
             "42",
      .service_centre = "+79037011111",
      .number = "InternetSMS",
      .time = "2011-03-29T19:20:04+04",
      .text = "тест",
  },
  {
      .name = "ModemManager: plain",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07912143658709F1040B918100551512F20000111010214365000AE8329BFD4697D9EC37",
      .service_centre = "+12345678901",
      .number = "+18005551212",
      .time = "2011-01-01T12:34:56Z",
      .text = "hellohello",
  },
  {
      .name = "ModemManager: national number",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07912143658709F1040B818100551512F20000111010214365000AE8329BFD4697D9EC37",
      .service_centre = "+12345678901",
      .number = "18005551212",
      .time = "2011-01-01T12:34:56Z",
      .text = "hellohello",
  },
  {
      .name = "ModemManager: data",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07912143658709F1040B918100551512F20004111010214365000AE8329BFD4697D9EC37DE",
      .service_centre = "+12345678901",
      .number = "+18005551212",
      .time = "2011-01-01T12:34:56Z",
      .text = NULL,
  },
  {
      .name = "ModemManager: DCS F1, 160 septets",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07913306091093F0040485810000F111604231805180A049B7F90D9A1AA5A01668F8769BD3E4"
             "B29B9E2EB359A03FC85D06A9C3ED707A0EA2CBC3EE79BB4CA7CBCBA05643617DA7C76990FD4D"
             "979741EE77DD5E0ED741ED371D442E83E0E1F9BC0CD281E677D9B84C06C1DF7539E85C9097E5"
             "20FB9B2E2F83C6EF369C5E064D8D52D0BC2E07DDEF77D7DC2C7799E5A0771D040FCB41F402BB"
             "0047BFDD6550B80ECAD966",
      .service_centre = "+33609001390",
      .number = "1800",
      .time = "2011-06-24T13:08:15+02",
      .text = "Info SFR - Confidentiel, à ne jamais transmettre -\r\nVoici votre nouveau mot de "
              "passe : sw2ced pour gérer votre compte SFR sur www.sfr.fr ou par téléphone au 963",
  },
  {
      .name = "ModemManager: DCS F4",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07912143658709F1040B918100551512F200F4111010214365000AE8329BFD4697D9EC37DE",
      .service_centre = "+12345678901",
      .number = "+18005551212",
      .time = "2011-01-01T12:34:56Z",
      .text = NULL,
  },
  {
      .name = "ModemManager: first of two, fill bits",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07911356131313F64004850120390011609232239180A006080400100201D7327BFD6EB340E2"
             "321BF46E83EA7790F59D1E97DBE1341B442F83C465763D3DA797E56537C81D0ECB41AB59CC16"
             "93C16031D96C064241E5656838AF03A96230982A269BCD462917C8FA4E8FCBED709A0D7ABBE9"
             "F6B0FB5C7683D27350984D4FABC9A0B33C4C4FCF5D20EBFB2D079DCB62793DBD06D9C36E50FB"
             "2D4E97D9A0B49B5E96BBCB",
      .service_centre = "+31653131316",
      .number = "1002",
      .time = "2011-06-29T23:32:19+02",
      .text = "Welkom, bel om uw Voicemail te beluisteren naar +31612001233 (PrePay: *100*1233#). "
              "Voicemail ontvangen is altijd gratis. Voor gebruik van mobiel interne",
  },
  {
      .name = "ModemManager: part 1 of 2",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07912160130320F5440B916171056429F5000021405291650569A00500034C0201A9E8F41C94"
             "9E83C2207B599E07B1DFEE33885E9ED341E4F23C7D7697C920FA1B54C697E5E3F4BC0C6AD7D9"
             "F434081E96D341E3303C2C4EB3D3F4BC0B94A483E6E8779D4D06CDD1EF3BA80E0785E7A0B7BB"
             "0C6A97E7F3F0B9CC02B9DF7450780EA2DFDF2C50780EA2A3CBA0BA9B5C96B3F369F71954768F"
             "DFE4B4FB0C9297E1F2F2BCECA6CF41",
      .service_centre = "+12063130025",
      .number = "+16175046925",
      .time = "2012-04-25T19:56:50-04",
      .text = "This is a very long test designed to exercise multi part capability. It should show "
              "up as one message, not as two, as the underlying encoding represents ",
      .is_filled = TRUE,
  },
  {
      .name = "ModemManager: part 2 of 2",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07912160130320F6440B916171056429F5000021405291651569320500034C0202E9E8301D44"
             "479741F0B09C3E0785E56590BCCC0ED3CB6410FD0D7ABBCBA0B0FB4D4797E52E10",
      .service_centre = "+12063130026",
      .number = "+16175046925",
      .time = "2012-04-25T19:56:51-04",
      .text = "that the parts are related to one another. ",
      .is_filled = TRUE,
  },
  {
      .name = "ModemManager: stored by us",
      .direction = TPDU_TO_NETWORK,
      .hex = "002100098136397339F70008224F60597D4F60597D4F60597D4F60597D4F60597D4F60597D4F"
             "60597D4F60597D4F60",
      .service_centre = "",
      .number = "639337937",
      .time = NULL,
      .text = "你好你好你好你好你好你好你好你好你",
  },
  {
      .name = "ModemManager: report",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07914356060013F1065A098136397339F7219011700463802190117004638030",
      .service_centre = "+34656000311",
      .number = "639337937",
      .time = "2012-09-11T07:40:36+02",
      .text = "",
  },
  {
      .name = "ModemManager: UCS2, sent",
      .direction = TPDU_TO_NETWORK,
      .hex = "07919130079229F011000B915155551532F40008003A04140430002004370434044004300432"
             "0441044204320443043504420020043A043E0440043E043B044C002C0020043404350442043A"
             "04300021",
      .service_centre = "+19037029920",
      .number = "+15555551234",
      .time = NULL,
      .text = "Да здравствует король, детка!",
  },
  {
      .name = "ModemManager: Greek capitals, sent",
      .direction = TPDU_TO_NETWORK,
      .hex = "07919130079229F011000B915155551532F400000036C834888E2ECBCB2E978B5A2F8362373A"
             "1AA40CBB4132584C0682D57433982B8603C1DB20D4B1495DC552200804028100",
      .service_centre = "+19037029920",
      .number = "+15555551234",
      .time = NULL,
      .text = "Hi there...Tue 17th Jan 2012 05:30.18 pm (GMT+1) ΔΔΔΔΔ",
  },
  {
      .name = "ModemManager: the last septet alone in its octet",
      .direction = TPDU_TO_NETWORK,
      .hex = "0011000B915155661632F40000001954747A0E4ACF41F27298CDCE83C6EF371B0481402010",
      .service_centre = "",
      .number = "+15556661234",
      .time = NULL,
      .text = "This is really cool ΔΔΔΔΔ",
  },
  {
      .name = "oFono: west of Greenwich",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07911326040000F0040B911346610089F60000208062917314480CC8F71D14969741F977FD07",
      .service_centre = "+31624000000",
      .number = "+31641600986",
      .time = "2002-08-26T19:37:41-01",
      .text = "How are you?",
  },
  {
      .name = "oFono: alphanumeric sender of 7 letters",
      .direction = TPDU_FROM_NETWORK,
      .hex = "0791447758100650040DD0F334FC1CA6970100008080312170224008D4F29CDE0EA7D9",
      .service_centre = "+447785016005",
      .number = "sipgate",
      .time = "2008-08-13T12:07:22+01",
      .text = "Testmail",
  },
  {
      .name = "oFono: a service centre without plus",
      .direction = TPDU_FROM_NETWORK,
      .hex = "04819999990414D0FBFD7EBFDFEFF77BFE1E0019512090801361807E00DC00FC00C400E400D6"
             "00F600C500E500D800F800C600E600C700E700C900E900CA00EA00DF00310032003300340035"
             "00360037003800390030002000540068006900730020006D0065007300730061006700650020"
             "0069007300200036003300200075006E00690063006F00640065002000630068006100720073"
             "002E",
      .service_centre = "999999",
      .number = "äääääääääöä",
      .time = "2015-02-09T08:31:16+02",
      .text = "ÜüÄäÖöÅåØøÆæÇçÉéÊêß1234567890 This message is 63 unicode chars.",
  },
  {
      .name = "oFono: UCS2 part",
      .direction = TPDU_FROM_NETWORK,
      .hex = "038121F340048155550119906041001222044A0500031E0303043C043D043004420443002C00"
             "20043F043E043704300431044B0432000A0434043004360435002C002004470442043E002000"
             "200431044B043B0020043D04300433002E",
      .service_centre = "123",
      .number = "5555",
      .time = "2009-06-14T00:21:22+10",
      .text = "мнату, позабыв\nдаже, что  был наг.",
  },
  {
      .name = "oFono: message waiting",
      .direction = TPDU_FROM_NETWORK,
      .hex = "07913366002020F8040B913366600600F100C83180706174148000",
      .service_centre = "+33660002028",
      .number = "+33660660001",
      .time = "2013-08-07T16:47:41+02",
      .text = "",
  },
  {
      .name = "oFono: EMS formatting",
      .direction = TPDU_TO_NETWORK,
      .hex = "0041000B915121551532F40000631A0A031906200A032104100A032705040A032E05080A0438"
             "07002B8ACD29A85D9ECFC3E7F21C340EBB41E3B79B1E4EBB41697A989D1EB340E2379BCC02B1"
             "C3F27399059AB7C36C3628EC2683C66FF65B5E2683E8653C1D",
      .service_centre = "",
      .number = "+15125551234",
      .time = NULL,
      .text = "EMS messages can contain italic, bold, large, small and colored text",
  },
  {
      .name = "oFono: EMS in SUBMIT",
      .direction = TPDU_TO_NETWORK,
      .hex = "079194712272303351030B915121340195F60000FF80230A030F07230A031806130A031E0A43"
             "0A032E0D830A033D14020A035104F60A0355010600159D9E83D2735018442FCFE98A243DCC4E"
             "97C92C90F8CD26B3407537B92C67A7DD65320B1476934173BA3CBD2ED3D1F277FD8C76299CEF"
             "3B280C92A7CF683A28CC4E9FDD6532E8FE96935D",
      .service_centre = "+491722270333",
      .number = "+15124310596",
      .time = NULL,
      .text
      = "This is a test\nItalied, bold, underlined, and strikethrough.\nNow a right aligned word.",
  },
  {
      .name = "oFono: WAP push",
      .direction = TPDU_FROM_NETWORK,
      .hex = "0791947122725014440185F039F501801140311480720605040B8423F00106246170706C6963"
             "6174696F6E2F766E642E7761702E6D6D732D6D65737361676500AF84B4868C82984F67514B4B"
             "42008D9089088045726F74696B009650696E2D557073008A808E0240008805810303F4808368"
             "7474703A2F2F657073332E64652F4F2F5A39495A4F00",
      .service_centre = "+491722270541",
      .number = "0",
      .time = "2010-08-11T04:13:41+02",
      .text = NULL,
  },
  {
      .name = "oFono: report from -05",
      .direction = TPDU_FROM_NETWORK,
      .hex = "0006040D91945152991136F00160124130340A0160124130940A00",
      .service_centre = "",
      .number = "+4915259911630",
      .time = "2010-06-21T14:03:43-05",
      .text = "",
  },
  {
      .name = "23.040 9.2.3.24.15: single shift, Turkish",
      .direction = TPDU_TO_NETWORK,
      .hex = "0041000481214300000703240101D89C01",
      .service_centre = "",
      .number = "1234",
      .time = NULL,
      .text = "ğ",
  },
  {
      .name = "23.040 9.2.3.24.16: locking shift, Turkish",
      .direction = TPDU_TO_NETWORK,
      .hex = "00410004812143000006032501016000",
      .service_centre = "",
      .number = "1234",
      .time = NULL,
      .text = "ğ",
  },
};

const gsize tpdu_n_vectors = G_N_ELEMENTS (tpdu_vectors);

GBytes *
tpdu_bed_octets (const char *hex)
{
  GByteArray *octets = g_byte_array_new ();

  assert_true (mu_hex_decode (hex, octets));
  return g_byte_array_free_to_bytes (octets);
}

Tpdu
tpdu_bed_decode (const char *hex, TpduDirection direction)
{
  g_autoptr (GBytes) octets = tpdu_bed_octets (hex);
  gsize              n;
  const guint8      *data = g_bytes_get_data (octets, &n);
  Tpdu               tpdu;

  assert_true (tpdu_decode (data, n, direction, &tpdu, NULL));
  return tpdu;
}

char *
tpdu_bed_encode (const Tpdu *tpdu)
{
  guint8 octets[TPDU_MAX_OCTETS];

  return mu_hex_encode (octets, tpdu_encode (tpdu, octets, NULL));
}

char *
tpdu_bed_text (const Tpdu *tpdu)
{
  return tpdu_join_text (&tpdu, 1);
}
