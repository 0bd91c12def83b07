/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-elem.h"
#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "map-bundle.h"
#include "map-elem.h"
#include "map-text.h"
#include "message-fixture.h"
#include "xmpp-fallback.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <glib/gstdio.h>
#include <string.h>

#define SHA "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define SHA_BASE64 "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="

#define TEXT(content) "{\"elem_type\":0,\"text_elem_content\":\"" content "\"}"

#define IMAGE_TRAVELS                                                                              \
  "\"elem_type\":1,\"image_elem_level\":2,\"image_elem_format\":3,"                                \
  "\"image_elem_orig_pic_height\":2160,\"image_elem_orig_pic_width\":4096,"                        \
  "\"image_elem_orig_pic_size\":3032449,\"image_elem_thumb_pic_height\":198,"                      \
  "\"image_elem_thumb_pic_width\":375,\"image_elem_thumb_pic_size\":9000,"                         \
  "\"image_elem_large_pic_height\":720,\"image_elem_large_pic_width\":1365,"                       \
  "\"image_elem_large_pic_size\":90000,\"image_elem_orig_url\":\"https://up.example/a/o%20.png\"," \
  "\"image_elem_thumb_url\":\"https://up.example/a/t.jpg\","                                       \
  "\"image_elem_large_url\":\"https://up.example/a/l.jpg\","                                       \
  "\"image_elem_linnet_blurhash\":\"LEHV6nWB2yk8pyo0adR*.7kCMdnj\","                               \
  "\"image_elem_linnet_sha256\":\"" SHA "\""
#define IMAGE_STAYS                                                                                \
  "\"image_elem_orig_path\":\"/local/o.png\",\"image_elem_orig_id\":\"1\","                        \
  "\"image_elem_thumb_id\":\"2\",\"image_elem_large_id\":\"3\",\"image_elem_task_id\":4"
#define SOUND_TRAVELS                                                                              \
  "\"elem_type\":2,\"sound_elem_file_size\":12345,\"sound_elem_file_time\":7,"                     \
  "\"sound_elem_url\":\"https://up.example/b/v.m4a\",\"sound_elem_linnet_waveform\":\"0123cdef\"," \
  "\"sound_elem_linnet_sha256\":\"" SHA "\""
#define SOUND_STAYS                                                                                \
  "\"sound_elem_file_path\":\"/local/v.m4a\",\"sound_elem_file_id\":\"1\","                        \
  "\"sound_elem_business_id\":5,\"sound_elem_download_flag\":1,\"sound_elem_task_id\":4"
#define VIDEO_TRAVELS                                                                              \
  "\"elem_type\":10,\"video_elem_video_type\":\"webm\",\"video_elem_video_size\":4000000000,"      \
  "\"video_elem_video_duration\":63,\"video_elem_video_url\":\"https://up.example/c/f.webm\","     \
  "\"video_elem_image_type\":\"jpg\",\"video_elem_image_size\":5000,"                              \
  "\"video_elem_image_width\":640,\"video_elem_image_height\":360,"                                \
  "\"video_elem_image_url\":\"https://up.example/c/s.jpg\",\"video_elem_linnet_sha256\":\"" SHA    \
  "\""
#define VIDEO_STAYS                                                                                \
  "\"video_elem_video_path\":\"/local/f\",\"video_elem_video_id\":\"1\","                          \
  "\"video_elem_business_id\":1,\"video_elem_video_download_flag\":0,"                             \
  "\"video_elem_image_path\":\"/local/s\",\"video_elem_image_id\":\"2\","                          \
  "\"video_elem_image_download_flag\":1,\"video_elem_task_id\":3"
#define FILE_TRAVELS                                                                               \
  "\"elem_type\":4,\"file_elem_file_name\":\"Bericht <1> 好.pdf\",\"file_elem_file_size\":123,"   \
  "\"file_elem_url\":\"https://up.example/d/x.pdf\","                                              \
  "\"file_elem_linnet_media_type\":\"application/pdf\",\"file_elem_linnet_sha256\":\"" SHA "\""
#define FILE_STAYS                                                                                 \
  "\"file_elem_file_path\":\"/local/secret/x.pdf\",\"file_elem_file_id\":\"1\","                   \
  "\"file_elem_business_id\":2,\"file_elem_download_flag\":0,\"file_elem_task_id\":3"
#define FACE "{\"elem_type\":7,\"face_elem_index\":5,\"face_elem_buf\":\"[TUIEmoji_Smile]\"}"
#define LOCATION                                                                                   \
  "{\"elem_type\":8,\"location_elem_desc\":\"Café\\nCentral\","                                   \
  "\"location_elem_longitude\":13.123456789012,\"location_elem_latitude\":-52.5}"
#define CUSTOM                                                                                     \
  "{\"elem_type\":3,\"custom_elem_data\":\"{\\\"a\\\":1}\",\"custom_elem_desc\":\"A card\","       \
  "\"custom_elem_ext\":\"e\",\"custom_elem_sound\":\"s\"}"
#define MERGER_OF(messages)                                                                        \
  "{\"elem_type\":13,\"merge_elem_title\":\"Ann and Bob\","                                        \
  "\"merge_elem_abstract_array\":[\"Ann: hi\",\"Bob: [Picture]\"],"                                \
  "\"merge_elem_compatible_text\":\"too old\",\"merge_elem_message_array\":[" messages "]}"
#define MERGED_TRAVELS                                                                             \
  "{\"message_elem_array\":[" TEXT ("hi") "],\"message_sender\":\"ann\","                          \
                                          "\"message_client_time\":5,\"message_server_time\":6,"   \
                                          "\"message_status\":2,\"message_sender_profile\":"       \
                                          "{\"user_profile_nick_name\":\"Ann\"}},"                 \
                                          "{\"message_elem_array\":[{" IMAGE_TRAVELS               \
                                          "}],\"message_status\":2}"
#define MERGED                                                                                     \
  "{\"message_elem_array\":[" TEXT ("hi") "],\"message_sender\":\"ann\","                          \
                                          "\"message_client_time\":5,\"message_server_time\":6,"   \
                                          "\"message_conv_id\":\"ann\",\"message_unique_id\":7,"   \
                                          "\"message_is_from_self\":true,\"message_seq\":3,"       \
                                          "\"message_custom_str\":\"private\","                    \
                                          "\"message_sender_profile\":"                            \
                                          "{\"user_profile_nick_name\":\"Ann\","                   \
                                          "\"user_profile_self_signature\":\"s\"}},"               \
                                          "{\"message_elem_array\":[{" IMAGE_TRAVELS               \
                                          "," IMAGE_STAYS "}]}"

static const struct
{
  const char *given, *travels, *body, *label;
} kinds[] = {
  { TEXT ("hello\\n<&>"), TEXT ("hello\\n<&>"), "hello\n<&>", "hello\n<&>" },
  { "{" IMAGE_TRAVELS "," IMAGE_STAYS "}", "{" IMAGE_TRAVELS "}", "https://up.example/a/o%20.png",
    "[Picture]" },
  { "{" SOUND_TRAVELS "," SOUND_STAYS "}", "{" SOUND_TRAVELS "}", "https://up.example/b/v.m4a",
    "[Voice]" },
  { "{" VIDEO_TRAVELS "," VIDEO_STAYS "}", "{" VIDEO_TRAVELS "}", "https://up.example/c/f.webm",
    "[Video]" },
  { "{" FILE_TRAVELS "," FILE_STAYS "}", "{" FILE_TRAVELS "}", "https://up.example/d/x.pdf",
    "Bericht <1> 好.pdf" },
  { FACE, FACE, "[TUIEmoji_Smile]", "[TUIEmoji_Smile]" },
  { "{\"elem_type\":7,\"face_elem_index\":5}", "{\"elem_type\":7,\"face_elem_index\":5}",
    "[emoji 5]", "[emoji 5]" },
  { LOCATION, LOCATION, "Café\nCentral\ngeo:-52.5,13.1234568", "Café\nCentral" },
  { "{\"elem_type\":8,\"location_elem_longitude\":0,\"location_elem_latitude\":90}",
    "{\"elem_type\":8,\"location_elem_longitude\":0,\"location_elem_latitude\":90}", "geo:90,0",
    "geo:90,0" },
  { CUSTOM, CUSTOM, "A card", "A card" },
  { "{\"elem_type\":3,\"custom_elem_data\":\"x\"}", "{\"elem_type\":3,\"custom_elem_data\":\"x\"}",
    "[application message]", "[application message]" },
  { MERGER_OF (MERGED), MERGER_OF (MERGED_TRAVELS), "Ann and Bob\nAnn: hi\nBob: [Picture]",
    "Ann and Bob" },
  /* looks like another kind */
  { TEXT ("geo:1,2"), TEXT ("geo:1,2"), "geo:1,2", "geo:1,2" },
  { TEXT ("https://up.example/a.png"), TEXT ("https://up.example/a.png"),
    "https://up.example/a.png", "https://up.example/a.png" },
};

static void
test_every_kind_arrives_but_for_what_is_local (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (ImMsg) msg = fixture_message (kinds[i].given);
      g_autoptr (XmppStanza) stanza = fixture_sent (msg);
      g_autofree char *wire = xmpp_stanza_to_string (stanza);
      g_autofree char *body
          = xmpp_node_dup_child_text (xmpp_stanza_get_root (stanza), "body", XMPP_NS_CLIENT);
      g_autoptr (ImMsg) got = fixture_received (stanza);
      g_autofree char *label = map_message_fallback_text (got);

      fixture_assert_elems (got, kinds[i].travels);
      g_assert_cmpstr (body, ==, kinds[i].body);
      g_assert_cmpstr (label, ==, kinds[i].label);
      g_assert_null (strstr (wire, "/local/"));
      g_assert_null (strstr (wire, "private"));
    }
}

static void
test_several_kinds_arrive_in_their_order (void)
{
  const char *given = TEXT ("look: 好") ",{" IMAGE_TRAVELS "}," FACE ",{" FILE_TRAVELS
                                        "},{" SOUND_TRAVELS "}," LOCATION ",{" VIDEO_TRAVELS
                                        "}," CUSTOM "," MERGER_OF (MERGED_TRAVELS) "," TEXT ("end");
  g_autoptr (ImMsg) msg = fixture_message (given);
  g_autoptr (ImMsg) got = fixture_round_trip (msg);

  fixture_assert_elems (got, given);
}

static void
test_what_a_program_without_our_container_gets (void)
{
  const char *given
      = TEXT ("look: 好") ",{" IMAGE_TRAVELS "},{" FILE_TRAVELS "}," LOCATION "," TEXT ("end");
  g_autoptr (ImMsg) msg = fixture_message (given);
  g_autoptr (XmppStanza) stanza = fixture_sent (msg);
  xmlNode *tim = xmpp_node_child (xmpp_stanza_get_root (stanza), "tim", "urn:linnet:tim:1");
  g_autoptr (ImMsg) got = NULL;

  xmlUnlinkNode (tim);
  xmlFreeNode (tim);
  got = fixture_received (stanza);
  g_assert_cmpuint (got->elems->len, ==, 4);
  g_assert_cmpstr (((ImTextElem *) got->elems->pdata[0])->content, ==, "look: 好\nend");
  g_assert_cmpstr (((ImImageElem *) got->elems->pdata[1])->thumb_url, ==,
                   "https://up.example/a/t.jpg");
  g_assert_cmpstr (((ImImageElem *) got->elems->pdata[1])->large_url, ==,
                   "https://up.example/a/l.jpg");
  g_assert_cmpstr (((ImFileElem *) got->elems->pdata[2])->file_name, ==, "Bericht <1> 好.pdf");
  g_assert_cmpstr (((ImLocationElem *) got->elems->pdata[3])->desc, ==, "Café\nCentral");
}

/* As Dino, Gajim and Conversations look at it. */
static void
test_a_file_alone_has_the_parts_that_others_read (void)
{
  g_autoptr (ImMsg) msg = fixture_message ("{" VIDEO_TRAVELS "}");
  g_autoptr (XmppStanza) stanza = fixture_sent (msg);

  g_assert_true (xmpp_spec_match (
      XMPP_SPEC (XMPP_EL (
          "message", XMPP_NS_CLIENT, XMPP_ATTR ("type", "chat"), XMPP_ATTR ("id", "origin-1"),
          XMPP_TEXT_EL ("body", XMPP_NS_CLIENT, "https://up.example/c/f.webm"),
          XMPP_EL ("x", XMPP_NS_OOB,
                   XMPP_TEXT_EL ("url", XMPP_NS_OOB, "https://up.example/c/f.webm")),
          XMPP_EL ("fallback", "urn:xmpp:fallback:0", XMPP_ATTR ("for", "urn:xmpp:sfs:0"),
                   XMPP_EL ("body", NULL, XMPP_ATTR ("start", "0"), XMPP_ATTR ("end", "27"))),
          XMPP_EL ("file-sharing", "urn:xmpp:sfs:0", XMPP_ATTR ("disposition", "inline"),
                   XMPP_EL ("file", "urn:xmpp:file:metadata:0",
                            XMPP_TEXT_EL ("media-type", NULL, "video/webm"),
                            XMPP_TEXT_EL ("name", NULL, "f.webm"),
                            XMPP_TEXT_EL ("size", NULL, "4000000000"),
                            XMPP_TEXT_EL ("width", NULL, "640"),
                            XMPP_TEXT_EL ("height", NULL, "360"),
                            XMPP_TEXT_EL ("length", NULL, "63000"),
                            XMPP_EL ("hash", "urn:xmpp:hashes:2", XMPP_ATTR ("algo", "sha-256"),
                                     XMPP_TEXT (SHA_BASE64)),
                            XMPP_EL ("thumbnail", "urn:xmpp:thumbs:1",
                                     XMPP_ATTR ("uri", "https://up.example/c/s.jpg"),
                                     XMPP_ATTR ("width", "640"), XMPP_ATTR ("height", "360"))),
                   XMPP_EL ("sources", "urn:xmpp:sfs:0",
                            XMPP_EL ("url-data", "http://jabber.org/protocol/url-data",
                                     XMPP_ATTR ("target", "https://up.example/c/f.webm")))),
          XMPP_EL ("store", XMPP_NS_HINTS), XMPP_EL ("request", XMPP_NS_RECEIPTS))),
      xmpp_stanza_get_root (stanza)));
}

static void
test_a_file_among_others_is_a_marked_part_of_the_body (void)
{
  g_autoptr (ImMsg) msg = fixture_message (TEXT ("a 好") ",{" FILE_TRAVELS "}");
  g_autoptr (XmppStanza) stanza = fixture_sent (msg);

  g_assert_true (xmpp_spec_match (
      XMPP_SPEC (XMPP_EL (
          "message", XMPP_NS_CLIENT,
          XMPP_TEXT_EL ("body", XMPP_NS_CLIENT, "a 好\nhttps://up.example/d/x.pdf"),
          XMPP_EL ("fallback", "urn:xmpp:fallback:0", XMPP_ATTR ("for", "urn:xmpp:sfs:0"),
                   XMPP_EL ("body", NULL, XMPP_ATTR ("start", "3"), XMPP_ATTR ("end", "30"))),
          XMPP_EL ("file-sharing", "urn:xmpp:sfs:0", XMPP_ATTR ("disposition", "attachment"),
                   XMPP_EL ("file", "urn:xmpp:file:metadata:0",
                            XMPP_TEXT_EL ("name", NULL, "Bericht <1> 好.pdf"))))),
      xmpp_stanza_get_root (stanza)));
  g_assert_null (xmpp_node_child (xmpp_stanza_get_root (stanza), "x", XMPP_NS_OOB));
}

static void
test_a_place_has_the_part_that_others_read (void)
{
  g_autoptr (ImMsg) msg = fixture_message (LOCATION);
  g_autoptr (XmppStanza) stanza = fixture_sent (msg);

  g_assert_true (xmpp_spec_match (
      XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT,
                          XMPP_EL ("geoloc", "http://jabber.org/protocol/geoloc",
                                   XMPP_TEXT_EL ("lat", NULL, "-52.5"),
                                   XMPP_TEXT_EL ("lon", NULL, "13.1234568"),
                                   XMPP_TEXT_EL ("description", NULL, "Café\nCentral")))),
      xmpp_stanza_get_root (stanza)));
}

static void
test_the_examples_of_the_reference_arrive (void)
{
  static const char *const names[]
      = { "04-TIMMsgSendNewMsg.json", "31-TIMRecvNewMsgCallback-text.json",
          "06-TIMMsgGetMsgList.json" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "json", names[i], NULL);
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) messages = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      messages = im_json_parse_array (&im_msg_type, text, -1, IM_JSON_LENIENT, NULL);
      g_assert_cmpuint (messages->len, >, 0);
      for (guint j = 0; j < messages->len; j++)
        {
          ImMsg *msg = messages->pdata[j];
          g_autoptr (ImMsg) got = NULL;

          im_json_set_str (&msg->conv_id, "bob");
          got = fixture_round_trip (msg);
          g_assert_cmpuint (got->elems->len, ==, msg->elems->len);
          for (guint k = 0; k < got->elems->len; k++)
            g_assert_true (im_json_equal (got->elems->pdata[k], msg->elems->pdata[k]));
        }
    }
}

/* What may be sent */

static char *
get_message (const char *elem)
{
  g_autoptr (ImMsg) msg = fixture_message (elem);
  g_autoptr (GError) error = NULL;

  if (map_message_check (msg, &error))
    return g_strdup ("sent");
  g_assert_true (error->domain == IM_ERROR);
  return g_strdup_printf ("%d %s", error->code, error->message);
}

static void
test_what_cannot_be_sent_is_refused_by_its_key (void)
{
  static const char *const rows[][2] = {
    { "", "6016 message_elem_array is empty" },
    { TEXT (""), "6016 text_elem_content is empty" },
    { "{\"elem_type\":6}", "6016 elem_type is of a kind that cannot be sent" },
    { "{\"elem_type\":9}", "6016 elem_type is of a kind that cannot be sent" },
    { "{\"elem_type\":11}", "6016 elem_type is of a kind that cannot be sent" },
    { "{\"elem_type\":99,\"x\":1}", "6016 elem_type is of a kind that cannot be sent" },
    { "{}", "6016 elem_type is of a kind that cannot be sent" },
    { "{\"elem_type\":1}", "6016 image_elem_orig_path is empty" },
    { "{\"elem_type\":2}", "6016 sound_elem_file_path is empty" },
    { "{\"elem_type\":10}", "6016 video_elem_video_path is empty" },
    { "{\"elem_type\":4}", "6016 file_elem_file_path is empty" },
    { "{\"elem_type\":3}", "6016 custom_elem_data is empty" },
    { "{\"elem_type\":13}", "6016 merge_elem_compatible_text is empty" },
    { "{\"elem_type\":13,\"merge_elem_compatible_text\":\"c\"}", "6016 merge_elem_title is empty" },
    { "{\"elem_type\":1,\"image_elem_orig_path\":\"/nowhere/x\"}",
      "7004 image_elem_orig_path names no file" },
    { "{\"elem_type\":4,\"file_elem_file_path\":\"/\"}", "7004 file_elem_file_path names no file" },
    { "{\"elem_type\":1,\"image_elem_orig_url\":\"file:///etc/passwd\"}",
      "6017 image_elem_orig_url is no http or https address" },
    { "{\"elem_type\":2,\"sound_elem_url\":\"https://a/b\",\"sound_elem_file_time\":-1}",
      "6017 sound_elem_file_time is negative" },
    { "{\"elem_type\":7,\"face_elem_index\":-1}", "6017 face_elem_index is negative" },
    { "{\"elem_type\":8,\"location_elem_longitude\":181,\"location_elem_latitude\":0}",
      "6017 location_elem_latitude or location_elem_longitude is nowhere" },
    { "{\"elem_type\":13,\"merge_elem_title\":\"t\",\"merge_elem_compatible_text\":\"c\"}",
      "6016 merge_elem_message_array is empty" },
    { MERGER_OF ("{\"message_elem_array\":[{\"elem_type\":4,\"file_elem_file_path\":\"/\"}]}"),
      "6016 file_elem_url is empty" },
    { MERGER_OF ("{\"message_elem_array\":[{\"elem_type\":6}]}"),
      "6016 elem_type is of a kind that cannot be sent" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *message = get_message (rows[i][0]);

      g_assert_cmpstr (message, ==, rows[i][1]);
    }
}

static void
test_empty_files_are_refused_and_others_wait_for_their_upload (void)
{
  g_autofree char *folder = g_dir_make_tmp ("linnet-elem-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.png", NULL);
  g_autofree char *elem
      = g_strdup_printf ("{\"elem_type\":1,\"image_elem_orig_path\":\"%s\"}", path);
  g_autoptr (ImMsg) msg = fixture_message (elem);
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) early = NULL;
  MapIds ids;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_false (map_message_check (msg, &empty));
  g_assert_error (empty, IM_ERROR, ERR_SDK_COMM_FILE_SIZE_EMPTY);
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_true (map_message_check (msg, NULL));
  g_assert_true (map_ids_init (&ids, "alice", "example.org", NULL));
  g_assert_null (map_message_to_stanza (&ids, msg, "1", &early));
  g_assert_error (early, IM_ERROR, ERR_INVALID_MSG_ELEM);
  map_ids_clear (&ids);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_tells_what_is_still_to_be_uploaded (void)
{
  g_autoptr (ImMsg) msg = fixture_message (
      TEXT ("a") ",{\"elem_type\":1,\"image_elem_orig_path\":\"/i\"},"
                 "{\"elem_type\":1,\"image_elem_orig_path\":\"/i\",\"image_elem_orig_url\":\"u\"},"
                 "{\"elem_type\":10,\"video_elem_video_path\":\"/v\","
                 "\"video_elem_image_path\":\"/s\"},"
                 "{\"elem_type\":2,\"sound_elem_file_path\":\"/a\"},"
                 "{\"elem_type\":4,\"file_elem_file_path\":\"/f\"},{\"elem_type\":4}");
  static const MapUpload expected[] = { { MAP_UPLOAD_IMAGE, 1, "/i" },
                                        { MAP_UPLOAD_VIDEO, 3, "/v" },
                                        { MAP_UPLOAD_VIDEO_STILL, 3, "/s" },
                                        { MAP_UPLOAD_SOUND, 4, "/a" },
                                        { MAP_UPLOAD_FILE, 5, "/f" } };
  g_autoptr (GArray) uploads = map_elems_list_uploads (msg->elems);

  g_assert_cmpuint (uploads->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < uploads->len; i++)
    {
      const MapUpload *upload = &g_array_index (uploads, MapUpload, i);

      g_assert_cmpint (upload->kind, ==, expected[i].kind);
      g_assert_cmpuint (upload->index, ==, expected[i].index);
      g_assert_cmpstr (upload->path, ==, expected[i].path);
    }
}

static char *
repeat (const char *elem, guint n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "," : "", elem);
  return g_string_free (all, FALSE);
}

static char *
nest_bundles (guint n)
{
  char *elem = g_strdup (TEXT ("deep"));

  for (guint i = 0; i < n; i++)
    {
      char *around = g_strdup_printf (MERGER_OF ("{\"message_elem_array\":[%s]}"), elem);

      g_free (elem);
      elem = around;
    }
  return elem;
}

static void
test_too_many_and_too_deep_are_refused (void)
{
  g_autofree char *thousand = repeat (TEXT ("x"), 1000);
  g_autofree char *many = repeat ("{\"message_elem_array\":[" TEXT ("x") "]}", 301);
  g_autofree char *crowd = g_strdup_printf (MERGER_OF ("%s"), many);
  g_autofree char *deepest = nest_bundles (MAP_MAX_MERGE_DEPTH);
  g_autofree char *deeper = nest_bundles (MAP_MAX_MERGE_DEPTH + 1);
  g_autofree char *of_thousand = get_message (thousand);
  g_autofree char *of_crowd = get_message (crowd);
  g_autofree char *of_deepest = get_message (deepest);
  g_autofree char *of_deeper = get_message (deeper);

  g_assert_cmpstr (of_thousand, ==, "6017 message_elem_array has more elements than 32");
  g_assert_cmpstr (of_crowd, ==, "6017 merge_elem_message_array has more messages than 300");
  g_assert_cmpstr (of_deepest, ==, "sent");
  g_assert_cmpstr (of_deeper, ==, "8005 bundles are nested too deep");
}

static void
test_what_is_too_long_for_a_container_is_refused (void)
{
  g_autofree char *data = g_strnfill (47 * 1024, 'x');
  g_autofree char *elem = g_strdup_printf ("{\"elem_type\":3,\"custom_elem_data\":\"%s\"}", data);
  g_autofree char *two = g_strdup_printf ("%s,%s", elem, elem);
  g_autofree char *cloud = g_strnfill (8193, 'x');
  g_autoptr (ImMsg) one_msg = fixture_message (elem);
  g_autoptr (ImMsg) two_msg = fixture_message (two);
  g_autoptr (ImMsg) cloud_msg = fixture_message (TEXT ("x"));
  g_autoptr (ImMsg) got = fixture_round_trip (one_msg);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cloud_error = NULL;
  MapIds ids;

  fixture_assert_elems (got, elem);
  g_assert_true (map_ids_init (&ids, "alice", "example.org", NULL));
  g_assert_null (map_message_to_stanza (&ids, two_msg, "1", &error));
  g_assert_error (error, IM_ERROR, ERR_SDK_MSG_BODY_SIZE_LIMIT);
  cloud_msg->cloud_custom_str = g_steal_pointer (&cloud);
  g_assert_false (map_message_check (cloud_msg, &cloud_error));
  g_assert_error (cloud_error, IM_ERROR, ERR_SDK_MSG_BODY_SIZE_LIMIT);
  map_ids_clear (&ids);
}

static void
test_names_are_made_printable (void)
{
  g_autofree char *long_name = g_strnfill (10000, 'x');
  g_autofree char *long_txt = g_strconcat (long_name, ".txt", NULL);
  g_autofree char *cut = map_text_file_name (long_txt);
  static const char *const rows[][2] = {
    { "a.txt", "a.txt" },
    { "../../.bashrc", ".bashrc" },
    { "C:\\Windows\\x.exe", "x.exe" },
    { "/etc/", NULL },
    { "..", NULL },
    { "", NULL },
    { " \n ", NULL },
    { "photo\xe2\x80\xaegpj.exe", "photogpj.exe" },
    { "a\xe2\x81\xa6"
      "b\xe2\x80\x8e.txt",
      "ab.txt" },
    { "a\nb\tc\x7f.txt", "abc.txt" },
    { "na\xe2\x80\x8cme", "na\xe2\x80\x8cme" },
    { "a\xc2\xa0"
      "b",
      "a b" },
    { "好 <b>&.pdf", "好 <b>&.pdf" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = map_text_file_name (rows[i][0]);

      g_assert_cmpstr (name, ==, rows[i][1]);
    }
  g_assert_cmpuint (strlen (cut), ==, MAP_MAX_NAME);
  g_assert_true (g_str_has_suffix (cut, "x.txt"));
}

/* Typing and online-only messages stay what they were. */
static void
test_a_custom_element_of_an_online_message_is_no_typing_by_itself (void)
{
  g_autoptr (ImMsg) msg = fixture_message (CUSTOM);
  g_autoptr (XmppStanza) stanza = NULL;

  msg->is_online_msg = TRUE;
  stanza = fixture_sent (msg);
  g_assert_nonnull (xmpp_node_child (xmpp_stanza_get_root (stanza), "no-store", XMPP_NS_HINTS));
  g_assert_nonnull (xmpp_node_child (xmpp_stanza_get_root (stanza), "body", XMPP_NS_CLIENT));
}

/* Bundles as files */

#define SUM "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

static void
test_the_key_of_a_bundle (void)
{
  static const char *const none[] = { NULL,
                                      "",
                                      "1",
                                      "2 " SUM " 7 https://example.org/b",
                                      "1 " SUM " 7 file:///etc/passwd",
                                      "1 " SUM " 0 https://example.org/b",
                                      "1 " SUM " -7 https://example.org/b",
                                      "1 " SUM " 99999999999999999999 https://example.org/b",
                                      "1 5891 7 https://example.org/b",
                                      "1 " SUM " 4194305 https://example.org/b" };
  g_autofree char *text = map_bundle_format_key ("https://example.org/b", SUM, 7);
  g_autoptr (MapBundleKey) key = map_bundle_parse_key (text);

  g_assert_cmpstr (key->url, ==, "https://example.org/b");
  g_assert_cmpstr (key->sha256, ==, SUM);
  g_assert_cmpuint (key->size, ==, 7);
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (map_bundle_parse_key (none[i]));
}

static char *
repeat_json (const char *begin, const char *part, guint n, const char *end)
{
  GString *text = g_string_new (begin);

  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

static void
test_what_a_strangers_bundle_has (void)
{
  g_autofree char *deep = repeat_json ("", "[", 100000, "");
  g_autofree char *nested = repeat_json (
      "", "[{\"message_elem_array\":[{\"elem_type\":13,\"merge_elem_message_array\":", 1000, "");
  g_autofree char *many
      = repeat_json ("[", "{\"message_elem_array\":[" TEXT ("x") "]},", 30000, "{}]");
  const char *const none[] = { "", "no JSON", "{}", "[]", "[{}]", "[1,2]", deep, nested };
  g_autoptr (GPtrArray) first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (map_bundle_parse (none[i], -1, &error));
      g_assert_error (error, IM_ERROR, ERR_INVALID_PARAMETERS);
    }
  first = map_bundle_parse (many, -1, NULL);
  g_assert_cmpuint (first->len, ==, MAP_MAX_MERGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/map/elem/" path, function)
  ADD ("every-kind-arrives", test_every_kind_arrives_but_for_what_is_local);
  ADD ("several-kinds", test_several_kinds_arrive_in_their_order);
  ADD ("without-our-container", test_what_a_program_without_our_container_gets);
  ADD ("file-alone", test_a_file_alone_has_the_parts_that_others_read);
  ADD ("file-among-others", test_a_file_among_others_is_a_marked_part_of_the_body);
  ADD ("place", test_a_place_has_the_part_that_others_read);
  ADD ("examples", test_the_examples_of_the_reference_arrive);
  ADD ("refused-by-key", test_what_cannot_be_sent_is_refused_by_its_key);
  ADD ("empty-files", test_empty_files_are_refused_and_others_wait_for_their_upload);
  ADD ("uploads", test_tells_what_is_still_to_be_uploaded);
  ADD ("too-many-too-deep", test_too_many_and_too_deep_are_refused);
  ADD ("too-long", test_what_is_too_long_for_a_container_is_refused);
  ADD ("names", test_names_are_made_printable);
  ADD ("online", test_a_custom_element_of_an_online_message_is_no_typing_by_itself);
  ADD ("the-key-of-a-bundle", test_the_key_of_a_bundle);
  ADD ("what-a-strangers-bundle-has", test_what_a_strangers_bundle_has);
  return g_test_run ();
}
