/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-elem.h"
#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-reply.h"
#include "map-about.h"
#include "map-elem.h"
#include "message-fixture.h"
#include "xmpp-frame.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

/* What other programs send, what liars send, and messages about messages. */

#define SHA "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define SHA_BASE64 "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
#define OOB(url) "<x xmlns='jabber:x:oob'><url>" url "</url></x>"
#define SHARING(attributes, metadata, sources)                                                     \
  "<file-sharing xmlns='urn:xmpp:sfs:0'" attributes                                                \
  "><file xmlns='urn:xmpp:file:metadata:0'>" metadata "</file><sources>" sources                   \
  "</sources></file-sharing>"
#define URL_DATA(url) "<url-data xmlns='http://jabber.org/protocol/url-data' target='" url "'/>"
#define FOR_FILES(inside)                                                                          \
  "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:sfs:0'>" inside "</fallback>"
#define GEOLOC(inside) "<geoloc xmlns='http://jabber.org/protocol/geoloc'>" inside "</geoloc>"
#define TEXT(content) "{\"elem_type\":0,\"text_elem_content\":\"" content "\"}"
#define IMAGE(url, more)                                                                           \
  "{\"elem_type\":1,\"image_elem_level\":0,\"image_elem_orig_url\":\"" url                         \
  "\",\"image_elem_thumb_url\":\"" url "\",\"image_elem_large_url\":\"" url "\"" more "}"
#define FILE_ELEM(name, url, more)                                                                 \
  "{\"elem_type\":4,\"file_elem_file_name\":\"" name "\",\"file_elem_url\":\"" url "\"" more "}"

static const struct
{
  const char *what, *payload, *elems;
} foreign[] = {
  { "Conversations sends a picture",
    "<body>https://up.example/ab/x.jpg</body>" OOB ("https://up.example/ab/x.jpg"),
    IMAGE ("https://up.example/ab/x.jpg", ",\"image_elem_format\":1") },
  { "Gajim sends a document",
    "<body>https://up.example/ab/My%20report.pdf</body>" OOB (
        "https://up.example/ab/My%20report.pdf"),
    FILE_ELEM ("My report.pdf", "https://up.example/ab/My%20report.pdf", "") },
  { "a recording", "<body>https://up.example/v.m4a</body>" OOB ("https://up.example/v.m4a"),
    "{\"elem_type\":2,\"sound_elem_url\":\"https://up.example/v.m4a\"}" },
  { "a film", "<body>https://up.example/f.mp4?t=1</body>" OOB ("https://up.example/f.mp4?t=1"),
    "{\"elem_type\":10,\"video_elem_video_type\":\"mp4\","
    "\"video_elem_video_url\":\"https://up.example/f.mp4?t=1\"}" },
  { "out-of-band data without a body", OOB ("https://up.example/x.zip"),
    FILE_ELEM ("x.zip", "https://up.example/x.zip", "") },
  { "a link that somebody wrote", "<body>https://up.example/x.jpg</body>",
    TEXT ("https://up.example/x.jpg") },
  { "a feed's article", "<body>News: something</body>" OOB ("https://news.example/article"),
    TEXT ("News: something") "," TEXT ("https://news.example/article") },
  { "a feed's article with its link",
    "<body>News https://news.example/a</body>" OOB ("https://news.example/a"),
    TEXT ("News https://news.example/a") },
  { "a picture with words", "<body>look</body>" OOB ("https://up.example/x.png"),
    TEXT ("look") "," IMAGE ("https://up.example/x.png", ",\"image_elem_format\":3") },
  { "Dino sends a picture",
    "<body>https://up.example/x</body>" OOB ("https://up.example/x")
        SHARING (" disposition='inline' id='1'",
                 "<name>x.jpg</name><media-type>image/jpeg</media-type><size>5000</size>"
                 "<width>40</width><height>30</height><hash xmlns='urn:xmpp:hashes:2' "
                 "algo='sha-256'>" SHA_BASE64 "</hash>",
                 URL_DATA ("https://up.example/x")) FOR_FILES ("<body/>"),
    IMAGE ("https://up.example/x",
           ",\"image_elem_format\":1,\"image_elem_orig_pic_width\":40,"
           "\"image_elem_orig_pic_height\":30,\"image_elem_orig_pic_size\":5000,"
           "\"image_elem_thumb_pic_width\":40,\"image_elem_thumb_pic_height\":30,"
           "\"image_elem_large_pic_width\":40,\"image_elem_large_pic_height\":30,"
           "\"image_elem_linnet_sha256\":\"" SHA "\"") },
  { "the same without a body, with a preview",
    SHARING (" disposition='inline'",
             "<media-type>image/webp</media-type>"
             "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='https://up.example/t' width='9' "
             "height='8'/><thumbnail xmlns='urn:xmpp:thumbs:1' "
             "uri='data:image/blurhash,LEHV6nWB2yk8pyo0adR*.7kCMdnj'/>",
             URL_DATA ("https://up.example/x")),
    "{\"elem_type\":1,\"image_elem_level\":0,\"image_elem_format\":255,"
    "\"image_elem_orig_url\":\"https://up.example/x\","
    "\"image_elem_large_url\":\"https://up.example/x\","
    "\"image_elem_thumb_url\":\"https://up.example/t\",\"image_elem_thumb_pic_width\":9,"
    "\"image_elem_thumb_pic_height\":8,"
    "\"image_elem_linnet_blurhash\":\"LEHV6nWB2yk8pyo0adR*.7kCMdnj\"}" },
  { "a recording of 1.5 seconds",
    SHARING ("",
             "<media-type>audio/ogg</media-type><length>1500</length><size>9</size>",
             URL_DATA ("https://up.example/x")),
    "{\"elem_type\":2,\"sound_elem_url\":\"https://up.example/x\",\"sound_elem_file_time\":2,"
    "\"sound_elem_file_size\":9}" },
  { "a film that is larger than the API's numbers",
    SHARING ("",
             "<media-type>video/webm</media-type><size>5000000000</size><width>16</width>"
             "<height>9</height><length>60000</length>",
             URL_DATA ("https://up.example/x")),
    "{\"elem_type\":10,\"video_elem_video_type\":\"webm\",\"video_elem_video_duration\":60,"
    "\"video_elem_image_width\":16,\"video_elem_image_height\":9,"
    "\"video_elem_video_url\":\"https://up.example/x\"}" },
  { "a picture to be saved",
    SHARING (" disposition='attachment'",
             "<media-type>image/png</media-type><name>a.png</name>",
             URL_DATA ("https://up.example/x")),
    FILE_ELEM ("a.png", "https://up.example/x", ",\"file_elem_linnet_media_type\":\"image/png\"") },
  { "a picture that can hold a program",
    SHARING (" disposition='inline'",
             "<media-type>image/svg+xml</media-type><name>a.svg</name>",
             URL_DATA ("https://up.example/x")),
    FILE_ELEM ("a.svg",
               "https://up.example/x",
               ",\"file_elem_linnet_media_type\":\"image/svg+xml\"") },
  { "what is declared goes before the name",
    SHARING ("",
             "<media-type>application/octet-stream</media-type><name>a.png</name>",
             URL_DATA ("https://up.example/x")),
    FILE_ELEM ("a.png",
               "https://up.example/x",
               ",\"file_elem_linnet_media_type\":\"application/octet-stream\"") },
  { "three files and words",
    "<body>all of them\nhttps://up.example/1.gif https://up.example/2 "
    "https://up.example/3.bin</body>" SHARING ("",
                                               "<name>1.gif</name>",
                                               URL_DATA ("https://up.example/1.gif"))
        SHARING ("", "<name>2.mp3</name>", URL_DATA ("https://up.example/2"))
            SHARING ("", "", URL_DATA ("https://up.example/3.bin"))
                FOR_FILES ("<body start='11' end='82'/>"),
    TEXT ("all of them") "," IMAGE (
        "https://up.example/1.gif",
        ",\"image_elem_format\":2") ","
                                    "{\"elem_type\":2,\"sound_elem_url\":\"https://up.example/"
                                    "2\"}," FILE_ELEM ("3.bin", "https://up.example/3.bin", "") },
  { "an encrypted file that has no address for us",
    "<body>Photo: aesgcm://up.example/x#00</body>" SHARING (
        "", "<name>x.jpg</name>", "<encrypted xmlns='urn:xmpp:esfs:0'/>") FOR_FILES ("<body/>"),
    TEXT ("Photo: aesgcm://up.example/x#00") },
  { "one without any words",
    SHARING ("", "<name>x.jpg</name>", "<encrypted xmlns='urn:xmpp:esfs:0'/>"), TEXT ("x.jpg") },
  { "an encrypted link",
    "<body>aesgcm://up.example/x.jpg#00</body>" OOB ("aesgcm://up.example/x.jpg#00"),
    TEXT ("aesgcm://up.example/x.jpg#00") },
  { "OMEMO",
    "<encrypted xmlns='eu.siacs.conversations.axolotl'/>"
    "<encryption xmlns='urn:xmpp:eme:0' name='OMEMO' "
    "namespace='eu.siacs.conversations.axolotl'/><body>You received a message "
    "encrypted with OMEMO</body>",
    TEXT ("You received a message encrypted with OMEMO") },
  { "an encrypted message has nothing beside its body",
    "<encryption xmlns='urn:xmpp:eme:0' namespace='x'/><body>geo:1,2</body>" OOB (
        "https://up.example/x.jpg") GEOLOC ("<lat>1</lat><lon>2</lon>"),
    TEXT ("geo:1,2") },
  { "Conversations sends a place", "<body>geo:52.52,13.405;u=20</body>",
    "{\"elem_type\":8,\"location_elem_latitude\":52.52,\"location_elem_longitude\":13.405}" },
  { "a place with its name",
    "<body>geo:52.52,13.405</body>" GEOLOC (
        "<lat>52.52</lat><lon>13.405</lon><accuracy>20</accuracy><description>Alex</description>"),
    "{\"elem_type\":8,\"location_elem_latitude\":52.52,\"location_elem_longitude\":13.405,"
    "\"location_elem_desc\":\"Alex\"}" },
  { "a place without a body", GEOLOC ("<lat>-1</lat><lon>2</lon><text>here</text>"),
    "{\"elem_type\":8,\"location_elem_latitude\":-1,\"location_elem_longitude\":2,"
    "\"location_elem_desc\":\"here\"}" },
  { "a place and words", "<body>I am here</body>" GEOLOC ("<lat>1</lat><lon>2</lon>"),
    TEXT ("I am here") ",{\"elem_type\":8,\"location_elem_latitude\":1,"
                       "\"location_elem_longitude\":2}" },
  { "a place that is written about", "<body>go to geo:1,2</body>", TEXT ("go to geo:1,2") },
  { "a place that is nowhere", "<body>geo:91,2</body>" GEOLOC ("<lat>91</lat><lon>2</lon>"),
    TEXT ("geo:91,2") },
  { "spaces", "<body>  </body>", TEXT ("  ") },
  { "wrong namespaces",
    "<body>https://a.example/x.jpg</body><x xmlns='jabber:x:other'><url>https://a.example/x.jpg"
    "</url></x><file-sharing xmlns='urn:xmpp:sfs:1'/><geoloc xmlns='geo'><lat>1</lat></geoloc>",
    TEXT ("https://a.example/x.jpg") },
  { "a fallback that marks more than there is",
    "<body>hi</body>" FOR_FILES ("<body start='0' end='2'/>"), TEXT ("hi") },
};

static void
test_other_programs_are_understood (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autoptr (ImMsg) got = fixture_read (foreign[i].payload);

      g_test_message ("%s", foreign[i].what);
      g_assert_nonnull (got);
      fixture_assert_elems (got, foreign[i].elems);
    }
}

static void
test_what_has_no_content_is_no_message (void)
{
  static const char *const payloads[]
      = { "",
          "<body/>",
          "<active xmlns='http://jabber.org/protocol/chatstates'/>",
          "<reactions xmlns='urn:xmpp:reactions:0' id='x'><reaction>x</reaction></reactions>",
          GEOLOC (""),
          "<x xmlns='jabber:x:oob'/>",
          OOB (""),
          "<retract xmlns='urn:xmpp:message-retract:1' id='x'/>" };

  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    g_assert_null (fixture_read (payloads[i]));
}

/* Addresses that nobody may be led to by a click on a picture. */
static void
test_bad_addresses_are_text (void)
{
  static const char *const urls[]
      = { "javascript:alert(1)",        "file:///etc/passwd",
          "data:text/html;base64,AAAA", "https://user:pw@evil.example/x.jpg",
          "//evil.example/x.jpg",       "https:///x.jpg" };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *payload
          = g_strdup_printf ("<body>%s</body>" OOB ("%s")
                                 SHARING ("", "<media-type>image/png</media-type>", URL_DATA ("%s"))
                                     FOR_FILES ("<body/>"),
                             urls[i], urls[i], urls[i]);
      g_autofree char *elem
          = g_strdup_printf ("{\"elem_type\":1,\"image_elem_orig_url\":\"%s\"}", urls[i]);
      g_autoptr (ImMsg) got = fixture_read (payload);
      g_autoptr (ImMsg) claimed = fixture_read_claim (urls[i], "", elem);

      fixture_assert_text (got, urls[i]);
      fixture_assert_text (claimed, urls[i]);
    }
}

static void
test_a_hundred_files_lose_nothing (void)
{
  g_autoptr (GString) payload = g_string_new ("<body>");
  g_autoptr (ImMsg) got = NULL;
  const ImTextElem *text;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (payload, "https://a.example/%u ", i);
  g_string_append (payload, "</body>" FOR_FILES ("<body/>"));
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (payload, SHARING ("", "", URL_DATA ("https://a.example/%u")), i);
  got = fixture_read (payload->str);
  g_assert_cmpuint (got->elems->len, ==, 1 + XMPP_MAX_FILES);
  text = got->elems->pdata[0];
  g_assert_cmpint (text->base.type, ==, IM_ELEM_TEXT);
  g_assert_nonnull (strstr (text->content, "https://a.example/99"));
}

/* Containers */

#define PIC "https://up.example/p.png"
#define PIC_PARTS                                                                                  \
  OOB (PIC)                                                                                        \
  SHARING (" disposition='inline'",                                                                \
           "<media-type>image/png</media-type><thumbnail xmlns='urn:xmpp:thumbs:1' "               \
           "uri='https://up.example/t.png' width='10' height='10'/>",                              \
           URL_DATA (PIC))
#define PIC_FOREIGN                                                                                \
  "{\"elem_type\":1,\"image_elem_level\":0,\"image_elem_format\":3,\"image_elem_orig_url\":\"" PIC \
  "\",\"image_elem_large_url\":\"" PIC "\",\"image_elem_thumb_url\":\"https://up.example/t.png\"," \
  "\"image_elem_thumb_pic_width\":10,\"image_elem_thumb_pic_height\":10}"

static const struct
{
  const char *what, *body, *payload, *claim, *elems;
} claims[] = {
  { "numbers that cannot be", PIC, PIC_PARTS,
    "{\"elem_type\":1,\"image_elem_format\":77,\"image_elem_orig_url\":\"" PIC
    "\",\"image_elem_orig_pic_size\":-5,\"image_elem_orig_pic_width\":9223372036854775807,"
    "\"image_elem_orig_pic_height\":-9223372036854775808,"
    "\"image_elem_thumb_url\":\"https://up.example/t.png\","
    "\"image_elem_thumb_pic_width\":65536,\"image_elem_thumb_pic_size\":9223372036854775808,"
    "\"image_elem_linnet_blurhash\":\"<b>\",\"image_elem_linnet_sha256\":\"zz\"}",
    "{\"elem_type\":1,\"image_elem_format\":255,\"image_elem_orig_url\":\"" PIC
    "\",\"image_elem_thumb_url\":\"https://up.example/t.png\"}" },
  { "what is local", PIC, PIC_PARTS,
    "{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC
    "\",\"image_elem_orig_path\":\"/etc/passwd\",\"image_elem_orig_id\":\"1\","
    "\"image_elem_thumb_id\":\"1\",\"image_elem_large_id\":\"1\",\"image_elem_task_id\":1}",
    "{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC "\"}" },
  { "previews that nobody else sees", PIC, PIC_PARTS,
    "{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC
    "\",\"image_elem_thumb_url\":\"https://evil.example/t\",\"image_elem_thumb_pic_width\":5,"
    "\"image_elem_large_url\":\"file:///etc/passwd\",\"image_elem_large_pic_size\":5}",
    "{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC "\"}" },
  { "another address", PIC, PIC_PARTS,
    "{\"elem_type\":1,\"image_elem_orig_url\":\"https://evil.example/p.png\"}", PIC_FOREIGN },
  { "an address that no standard part has", PIC, "",
    "{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC "\"}", TEXT (PIC) },
  { "less than the standard parts", "hi", PIC_PARTS, TEXT ("hi"), TEXT ("hi") "," PIC_FOREIGN },
  { "another out-of-band address", PIC,
    OOB ("https://up.example/other.png") SHARING (" disposition='inline'", "", URL_DATA (PIC)),
    "{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC "\"}",
    IMAGE (PIC, ",\"image_elem_format\":3") "," IMAGE ("https://up.example/other.png",
                                                       ",\"image_elem_format\":3") },
  { "another body", "I owe you 5", "", TEXT ("I owe you 500"), TEXT ("I owe you 5") },
  { "another place", "here\ngeo:1,2", GEOLOC ("<lat>50</lat><lon>60</lon>"),
    "{\"elem_type\":8,\"location_elem_desc\":\"here\",\"location_elem_latitude\":1,"
    "\"location_elem_longitude\":2}",
    TEXT ("here\\ngeo:1,2") ",{\"elem_type\":8,\"location_elem_latitude\":50,"
                            "\"location_elem_longitude\":60}" },
  { "a place that is nowhere", "geo:91,2", "",
    "{\"elem_type\":8,\"location_elem_latitude\":91,\"location_elem_longitude\":2}",
    TEXT ("geo:91,2") },
  { "tips, which only the group says", "Ann left", "",
    "{\"elem_type\":6,\"group_tips_elem_tip_type\":2}", TEXT ("Ann left") },
  { "reports", "x", "", "{\"elem_type\":9}", TEXT ("x") },
  { "notices", "x", "", "{\"elem_type\":11}", TEXT ("x") },
  { "tips by another profile's number", "x", "", "{\"elem_type\":5,\"a\":1}", TEXT ("x") },
  { "nothing", "x", "", "", TEXT ("x") },
  { "no kind", "x", "", "{\"elem_type\":\"x\"},{}", TEXT ("x") },
  { "a kind of a later version", "they sent a poll", "",
    "{\"elem_type\":99,\"poll_elem_options\":[1,{\"a\":2}],\"big\":18446744073709551615}",
    TEXT ("they sent a poll") ",{\"elem_type\":99,\"poll_elem_options\":[1,{\"a\":2}],"
                              "\"big\":18446744073709551615}" },
  { "one beside otbobs", "look\n" PIC "\na poll", PIC_PARTS,
    TEXT ("look") ",{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC "\"},{\"elem_type\":99}",
    TEXT ("look\\n" PIC "\\na poll") "," PIC_FOREIGN ",{\"elem_type\":99}" },
  { "one that no strict reader takes", "x", "", "{\"elem_type\":99,\"a\":1,\"a\":2}", TEXT ("x") },
  { "a bundle without messages", "t", "",
    "{\"elem_type\":13,\"merge_elem_title\":\"t\",\"merge_elem_compatible_text\":\"c\"}",
    TEXT ("t") },
  { "a bundle of tips", "t", "",
    "{\"elem_type\":13,\"merge_elem_title\":\"t\",\"merge_elem_compatible_text\":\"c\","
    "\"merge_elem_message_array\":[{\"message_elem_array\":[{\"elem_type\":6}]}]}",
    TEXT ("t") },
  { "a bundle's messages claim nothing for us", "t", "",
    "{\"elem_type\":13,\"merge_elem_title\":\"t\",\"merge_elem_compatible_text\":\"c\","
    "\"merge_elem_message_array\":[{\"message_elem_array\":[" TEXT (
        "a") ","
             "{\"elem_type\":6},{\"elem_type\":1,\"image_elem_orig_url\":\"file:///x\"}],"
             "\"message_sender\":\"ann\",\"message_is_from_self\":true,\"message_status\":1,"
             "\"message_conv_id\":\"bob\",\"message_unique_id\":5,\"message_is_peer_read\":true,"
             "\"message_server_time\":18446744073709551615,\"message_client_time\":7}]}",
    "{\"elem_type\":13,\"merge_elem_title\":\"t\",\"merge_elem_compatible_text\":\"c\","
    "\"merge_elem_message_array\":[{\"message_elem_array\":[" TEXT (
        "a") "],"
             "\"message_sender\":\"ann\",\"message_status\":2,\"message_client_time\":7}]}" },
};

static void
test_containers_are_believed_as_far_as_everybody_sees_it (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      g_autoptr (ImMsg) got
          = fixture_read_claim (claims[i].body, claims[i].payload, claims[i].claim);

      g_test_message ("%s", claims[i].what);
      fixture_assert_elems (got, claims[i].elems);
    }
}

/* How long, how large: what a stranger can say of a sound, a film and a file. */
static void
test_lies_about_size_and_length_are_zero (void)
{
  static const char *const lies[] = {
    "-1",  "-9223372036854775808", "9223372036854775807", "9223372036854775808", "1e999", "\"7\"",
    "null"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *sound
          = g_strdup_printf ("{\"elem_type\":2,\"sound_elem_url\":\"" PIC
                             "\",\"sound_elem_file_size\":%s,"
                             "\"sound_elem_file_time\":%s,\"sound_elem_linnet_waveform\":\"xyz\"}",
                             lies[i], lies[i]);
      g_autofree char *video
          = g_strdup_printf ("{\"elem_type\":10,\"video_elem_video_url\":\"" PIC
                             "\",\"video_elem_video_size\":%s,"
                             "\"video_elem_video_duration\":%s,\"video_elem_image_width\":%s}",
                             lies[i], lies[i], lies[i]);
      g_autoptr (ImMsg) got_sound
          = fixture_read_claim (PIC, SHARING ("", "", URL_DATA (PIC)), sound);
      g_autoptr (ImMsg) got_video
          = fixture_read_claim (PIC, SHARING ("", "", URL_DATA (PIC)), video);

      fixture_assert_elems (got_sound, "{\"elem_type\":2,\"sound_elem_url\":\"" PIC "\"}");
      fixture_assert_elems (got_video, "{\"elem_type\":10,\"video_elem_video_url\":\"" PIC "\"}");
    }
}

static void
test_names_of_strangers_are_harmless (void)
{
  g_autofree char *long_name = g_strnfill (10000, 'n');
  const char *const names[][2] = { { "../../.ssh/authorized_keys", "authorized_keys" },
                                   { "photo\xe2\x80\xaegpj.exe", "photogpj.exe" },
                                   { "..", "p.png" },
                                   { long_name, NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *claim = g_strdup_printf (
          "{\"elem_type\":4,\"file_elem_file_name\":\"%s\",\"file_elem_url\":\"" PIC "\"}",
          names[i][0]);
      g_autofree char *payload = g_strdup_printf (SHARING (" disposition='attachment'",
                                                           "<name>%s</name>", URL_DATA (PIC)),
                                                  names[i][0]);
      g_autoptr (ImMsg) claimed = fixture_read_claim (PIC, SHARING ("", "", URL_DATA (PIC)), claim);
      g_autoptr (ImMsg) shared = fixture_read (payload);
      const ImFileElem *one = claimed->elems->pdata[0];
      const ImFileElem *other = shared->elems->pdata[0];

      g_assert_cmpint (one->base.type, ==, IM_ELEM_FILE);
      g_assert_cmpint (other->base.type, ==, IM_ELEM_FILE);
      g_assert_cmpuint (strlen (one->file_name), <=, 255);
      g_assert_cmpuint (strlen (other->file_name), <=, 255);
      if (names[i][1] != NULL)
        {
          g_assert_cmpstr (one->file_name, ==, names[i][1]);
          g_assert_cmpstr (other->file_name, ==, names[i][1]);
        }
    }
}

static void
test_a_thousand_elements_are_the_body (void)
{
  g_autoptr (GString) elems = g_string_new (TEXT ("x"));
  g_autoptr (GString) body = g_string_new ("x");
  g_autoptr (ImMsg) got = NULL;

  for (guint i = 1; i < 1000; i++)
    {
      g_string_append (elems, "," TEXT ("x"));
      g_string_append (body, "\nx");
    }
  got = fixture_read_claim (body->str, "", elems->str);
  fixture_assert_text (got, body->str);
}

static void
test_bundles_in_bundles_end_somewhere (void)
{
  g_autofree char *elem = g_strdup (TEXT ("deep"));
  g_autoptr (ImMsg) got = NULL;
  const ImElem *inner;
  guint depth = 0;

  for (guint i = 0; i < 7; i++)
    {
      char *around = g_strdup_printf (
          "{\"elem_type\":13,\"merge_elem_title\":\"t\",\"merge_elem_compatible_text\":\"c\","
          "\"merge_elem_message_array\":[{\"message_elem_array\":[%s]}]}",
          elem);

      g_free (elem);
      elem = around;
    }
  got = fixture_read_claim ("t", "", elem);
  inner = got->elems->pdata[0];
  while (inner->type == IM_ELEM_MERGE && !((const ImMergerElem *) inner)->layer_over_limit)
    {
      const ImMsg *msg = g_ptr_array_index (((const ImMergerElem *) inner)->messages, 0);

      inner = msg->elems->pdata[0];
      depth++;
    }
  g_assert_cmpuint (depth, ==, MAP_MAX_MERGE_DEPTH);
  g_assert_cmpint (inner->type, ==, IM_ELEM_MERGE);
  g_assert_null (((const ImMergerElem *) inner)->messages);
}

/* Replies and corrections */

static ImMsg *
new_reply (const char *cloud)
{
  ImMsg *msg = fixture_message (TEXT ("yes"));

  msg->cloud_custom_str = g_strdup (cloud);
  return msg;
}

static void
test_a_reply_arrives_as_it_was_written (void)
{
  static const char *const clouds[] = {
    "{\"messageReply\":{\"messageID\":\"m1\",\"messageAbstract\":\"first\\nsecond 好\","
    "\"messageSender\":\"bob\",\"messageType\":1,\"version\":1,\"messageRootID\":\"r\"},"
    "\"other\":{\"a\":[1]}}",
    ("{\"messageReply\":{\"messageID\":\"m1\",\"messageAbstract\":\"> quoted\","
     "\"messageSender\":\"Bobby, by his name\",\"version\":1}}"),
    "{\"messageReply\":{\"messageID\":\"m1\",\"messageSender\":\"\",\"version\":1}}",
    "{ \"no\" : \"reply\" }",
    "not even JSON",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (clouds); i++)
    {
      g_autoptr (ImMsg) msg = new_reply (clouds[i]);
      g_autoptr (ImMsg) got = fixture_round_trip (msg);

      fixture_assert_text (got, "yes");
      g_assert_cmpstr (got->cloud_custom_str, ==, clouds[i]);
    }
}

static void
test_a_reply_quotes_for_those_who_know_none (void)
{
  g_autoptr (ImMsg) msg = new_reply (
      "{\"messageReply\":{\"messageID\":\"m1\",\"messageAbstract\":\"first\\nsecond 好\","
      "\"messageSender\":\"bob\",\"version\":1}}");
  g_autoptr (XmppStanza) stanza = fixture_sent (msg);

  g_assert_true (xmpp_spec_match (
      XMPP_SPEC (XMPP_EL (
          "message", XMPP_NS_CLIENT,
          XMPP_TEXT_EL ("body", XMPP_NS_CLIENT, "> first\n> second 好\nyes"),
          XMPP_EL ("reply", "urn:xmpp:reply:0", XMPP_ATTR ("id", "m1"),
                   XMPP_ATTR ("to", "bob@example.org")),
          XMPP_EL ("fallback", "urn:xmpp:fallback:0", XMPP_ATTR ("for", "urn:xmpp:reply:0"),
                   XMPP_EL ("body", NULL, XMPP_ATTR ("start", "0"), XMPP_ATTR ("end", "19"))))),
      xmpp_stanza_get_root (stanza)));
}

static void
test_a_reply_with_a_picture_arrives (void)
{
  g_autoptr (ImMsg) msg
      = fixture_message (TEXT ("yes") ",{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC "\"}");
  g_autoptr (ImMsg) got = NULL;

  msg->cloud_custom_str
      = g_strdup ("{\"messageReply\":{\"messageID\":\"m1\",\"messageAbstract\":\"好\"}}");
  got = fixture_round_trip (msg);
  fixture_assert_elems (got, TEXT ("yes") ",{\"elem_type\":1,\"image_elem_orig_url\":\"" PIC "\"}");
  g_assert_nonnull (strstr (got->cloud_custom_str, "\"messageID\":\"m1\""));
}

#define FOR_REPLY(start, end)                                                                      \
  "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='" start "' end='" end \
  "'/></fallback>"

static ImCloudCustomData *
parse_cloud (const ImMsg *msg)
{
  ImCloudCustomData *data
      = im_json_parse (&im_cloud_custom_data_type, msg->cloud_custom_str, -1, IM_JSON_STRICT, NULL);

  g_assert_nonnull (data);
  g_assert_nonnull (data->reply);
  return data;
}

static void
test_replies_of_other_programs_are_understood (void)
{
  g_autoptr (ImMsg) dino = fixture_read (
      "<body>&gt; hello\n&gt; there\nyes</body>"
      "<reply xmlns='urn:xmpp:reply:0' id='m1' to='Bob@example.org/x'/>" FOR_REPLY ("0", "16"));
  g_autoptr (ImMsg) bare
      = fixture_read ("<body>yes</body><reply xmlns='urn:xmpp:reply:0' id='m1'/>");
  g_autoptr (ImMsg) all = fixture_read ("<body>&gt; hello\n</body><reply xmlns='urn:xmpp:reply:0' "
                                        "id='m1'/>" FOR_REPLY ("0", "8"));
  g_autoptr (ImCloudCustomData) of_dino = parse_cloud (dino);
  g_autoptr (ImCloudCustomData) of_bare = parse_cloud (bare);

  fixture_assert_text (dino, "yes");
  g_assert_cmpstr (dino->msg_id, ==, "m");
  g_assert_cmpstr (of_dino->reply->id, ==, "m1");
  g_assert_cmpstr (of_dino->reply->abstract, ==, "hello\nthere");
  g_assert_cmpstr (of_dino->reply->sender, ==, "bob");
  g_assert_cmpint (of_dino->reply->version, ==, 1);
  fixture_assert_text (bare, "yes");
  g_assert_cmpstr (of_bare->reply->id, ==, "m1");
  g_assert_cmpstr (of_bare->reply->abstract, ==, "");
  fixture_assert_text (all, "> hello\n");
}

static ImMsg *
read_cloud_claim (const char *cloud, const char *payload)
{
  g_autofree char *all = g_strdup_printf (
      "<body>&gt; hello\nyes</body>%s<tim xmlns='urn:linnet:tim:1'><json xmlns='urn:xmpp:json:0'>"
      "{\"message_cloud_custom_str\":\"%s\"}</json></tim>",
      payload, cloud);

  return fixture_read (all);
}

static void
test_a_quote_that_otbobs_do_not_see_is_not_believed (void)
{
  g_autofree char *long_cloud = g_strnfill (8193, 'x');
  g_autoptr (ImMsg) none
      = read_cloud_claim ("{\\\"messageReply\\\":{\\\"messageID\\\":\\\"m9\\\"},\\\"kept\\\":1}",
                          "");
  g_autoptr (ImMsg) only
      = read_cloud_claim ("{\\\"messageReply\\\":{\\\"messageID\\\":\\\"m9\\\"}}", "");
  g_autoptr (ImMsg) other = read_cloud_claim (
      "{\\\"messageReply\\\":{\\\"messageID\\\":\\\"m9\\\",\\\"messageAbstract\\\":\\\"I will "
      "pay\\\",\\\"messageSender\\\":\\\"carol\\\",\\\"messageType\\\":3,\\\"version\\\":1},"
      "\\\"kept\\\":1}",
      "<reply xmlns='urn:xmpp:reply:0' id='m1' to='bob@example.org'/>" FOR_REPLY ("0", "8"));
  g_autoptr (ImMsg) twisted = read_cloud_claim (
      "{\\\"messageReply\\\":5,\\\"a\\\":1,\\\"a\\\":2}",
      "<reply xmlns='urn:xmpp:reply:0' id='m1' to='bob@example.org'/>" FOR_REPLY ("0", "8"));
  g_autoptr (ImMsg) endless = read_cloud_claim (long_cloud, "");
  g_autoptr (ImCloudCustomData) of_other = parse_cloud (other);
  g_autoptr (ImCloudCustomData) of_twisted = parse_cloud (twisted);

  g_assert_cmpstr (none->cloud_custom_str, ==, "{\"kept\":1}");
  g_assert_null (only->cloud_custom_str);
  g_assert_cmpstr (of_other->reply->id, ==, "m1");
  g_assert_cmpstr (of_other->reply->abstract, ==, "hello");
  g_assert_cmpstr (of_other->reply->sender, ==, "bob");
  g_assert_nonnull (strstr (other->cloud_custom_str, "\"kept\":1"));
  g_assert_cmpstr (of_twisted->reply->id, ==, "m1");
  g_assert_null (endless->cloud_custom_str);
}

static void
test_a_correction_is_the_new_message_with_the_old_ones_id (void)
{
  g_autoptr (ImMsg) msg = fixture_message (TEXT ("better"));
  g_autoptr (XmppStanza) stanza = NULL;
  g_autoptr (XmppMessage) message = NULL;
  g_autoptr (ImMsg) got = NULL;
  MapIds ids;

  g_assert_true (map_ids_init (&ids, "alice", "example.org", NULL));
  stanza = map_message_to_correction (&ids, msg, "new", "old", NULL);
  map_ids_clear (&ids);
  xmpp_stanza_set_attr (stanza, "from", "alice@example.org/x");
  message = xmpp_message_new_from_stanza (stanza, "bob@example.org");
  got = fixture_received (stanza);
  g_assert_cmpstr (message->about.replaces_id, ==, "old");
  g_assert_cmpstr (message->origin_id, ==, "new");
  fixture_assert_text (got, "better");
  g_assert_cmpstr (got->msg_id, ==, "new");
}

static void
test_takes_back_and_reacts_to_the_message_of_that_id (void)
{
  static const char *const good[] = { "👋", "[TUIEmoji_Smile]", NULL };
  static const char *const none[] = { NULL };
  static const char *const bad[] = { "two words", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nobody = NULL;
  g_autoptr (XmppStanza) back = NULL;
  g_autoptr (XmppStanza) reacting = NULL;
  g_autoptr (XmppStanza) emptied = NULL;
  MapIds ids;

  g_assert_true (map_ids_init (&ids, "alice", "example.org", NULL));
  back = map_about_retraction (&ids, "bob", "s1", "m1", NULL);
  reacting = map_about_reactions (&ids, "bob", "s2", "m1", good, NULL);
  emptied = map_about_reactions (&ids, "bob", "s3", "m1", none, NULL);
  g_assert_true (xmpp_spec_match (
      XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("to", "bob@example.org"),
                          XMPP_EL ("retract", XMPP_NS_RETRACT, XMPP_ATTR ("id", "m1")))),
      xmpp_stanza_get_root (back)));
  g_assert_true (xmpp_spec_match (
      XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT,
                          XMPP_EL ("reactions", XMPP_NS_REACTIONS, XMPP_ATTR ("id", "m1"),
                                   XMPP_TEXT_EL ("reaction", NULL, "[TUIEmoji_Smile]")))),
      xmpp_stanza_get_root (reacting)));
  g_assert_nonnull (emptied);
  g_assert_null (map_about_reactions (&ids, "bob", "s4", "m1", bad, &error));
  g_assert_error (error, IM_ERROR, ERR_INVALID_PARAMETERS);
  g_assert_null (map_about_retraction (&ids, "", "s5", "m1", &nobody));
  g_assert_error (nobody, IM_ERROR, ERR_SDK_COMM_INVALID_IDENTIFIER);
  map_ids_clear (&ids);
}

static void
test_nobody_takes_back_what_another_wrote (void)
{
  static const struct
  {
    const char *from, *to, *type, *inside;
    gboolean of_bobs, of_own;
  } rows[] = {
    { "bob@example.org/x", "alice@example.org", "chat", "", TRUE, FALSE },
    { "Bob@example.org", "alice@example.org", "normal", "", TRUE, FALSE },
    { "alice@example.org/phone", "bob@example.org", "chat", "", FALSE, TRUE },
    { "mallory@example.org/x", "alice@example.org", "chat", "", FALSE, FALSE },
    { "alice@example.org/phone", "carol@example.org", "chat", "", FALSE, FALSE },
    { "bob@example.org/x", "alice@example.org", "groupchat", "", FALSE, FALSE },
    { "bob@example.org/x", "alice@example.org", "chat",
      "<moderated xmlns='urn:xmpp:message-moderate:1'/>", FALSE, FALSE },
  };
  g_autoptr (ImMsg) bobs = fixture_message (TEXT ("from bob"));
  g_autoptr (ImMsg) own = fixture_message (TEXT ("from alice"));
  MapIds ids;

  own->is_from_self = TRUE;
  g_assert_true (map_ids_init (&ids, "alice", "example.org", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "<message xmlns='jabber:client' from='%s' to='%s' type='%s'>"
          "<retract xmlns='urn:xmpp:message-retract:1' id='m1'>%s</retract></message>",
          rows[i].from, rows[i].to, rows[i].type, rows[i].inside);
      g_autoptr (XmppStanza) stanza = xmpp_frame_parse (text, strlen (text), NULL);
      g_autoptr (XmppMessage) message = xmpp_message_new_from_stanza (stanza, "alice@example.org");

      g_assert_cmpstr (message->about.retracts_id, ==, "m1");
      g_assert_cmpint (map_about_is_by_author (&ids, message, bobs), ==, rows[i].of_bobs);
      g_assert_cmpint (map_about_is_by_author (&ids, message, own), ==, rows[i].of_own);
    }
  map_ids_clear (&ids);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/map/foreign/" path, function)
  ADD ("other-programs", test_other_programs_are_understood);
  ADD ("no-content", test_what_has_no_content_is_no_message);
  ADD ("bad-addresses", test_bad_addresses_are_text);
  ADD ("a-hundred-files", test_a_hundred_files_lose_nothing);
  ADD ("containers", test_containers_are_believed_as_far_as_everybody_sees_it);
  ADD ("sizes-and-lengths", test_lies_about_size_and_length_are_zero);
  ADD ("names", test_names_of_strangers_are_harmless);
  ADD ("a-thousand-elements", test_a_thousand_elements_are_the_body);
  ADD ("bundles-in-bundles", test_bundles_in_bundles_end_somewhere);
  ADD ("reply", test_a_reply_arrives_as_it_was_written);
  ADD ("reply-quotes", test_a_reply_quotes_for_those_who_know_none);
  ADD ("reply-with-a-picture", test_a_reply_with_a_picture_arrives);
  ADD ("replies-of-otbobs", test_replies_of_other_programs_are_understood);
  ADD ("quotes-not-believed", test_a_quote_that_otbobs_do_not_see_is_not_believed);
  ADD ("retraction-and-reactions", test_takes_back_and_reacts_to_the_message_of_that_id);
  ADD ("by-the-author-only", test_nobody_takes_back_what_another_wrote);
  ADD ("correction", test_a_correction_is_the_new_message_with_the_old_ones_id);
  return g_test_run ();
}
