/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-file.h"
#include "xmpp-frame.h"
#include "xmpp-location.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <math.h>
#include <string.h>

#define SHA "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define SHA_BASE64 "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="

static XmppStanza *
parse_payload (const char *payload)
{
  g_autofree char *text = g_strdup_printf ("<message xmlns='jabber:client'>%s</message>", payload);
  XmppStanza *stanza = xmpp_frame_parse (text, strlen (text), NULL);

  g_assert_nonnull (stanza);
  return stanza;
}

static XmppFile *
read_metadata (const char *metadata)
{
  g_autofree char *payload = g_strdup_printf (
      "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'>%s</file>"
      "</file-sharing>",
      metadata);
  g_autoptr (XmppStanza) stanza = parse_payload (payload);
  gboolean is_more;
  g_autoptr (GPtrArray) files = xmpp_files_read (xmpp_stanza_get_root (stanza), &is_more);

  g_assert_cmpuint (files->len, ==, 1);
  return g_ptr_array_steal_index (files, 0);
}

static void
test_reads_the_example_of_the_standard (void)
{
  g_autoptr (XmppStanza) stanza = parse_payload (
      "<file-sharing xmlns='urn:xmpp:sfs:0' disposition='inline'>"
      "<file xmlns='urn:xmpp:file:metadata:0'><media-type>image/jpeg</media-type>"
      "<name>summit.jpg</name><size>3032449</size><dimensions>4096x2160</dimensions>"
      "<hash xmlns='urn:xmpp:hashes:2' algo='sha3-256'>"
      "2XarmwTlNxDAMkvymloX3S5+VbylNrJt/l5QyPa+YoU=</hash>"
      "<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>" SHA_BASE64 "</hash>"
      "<desc>Photo from the summit.</desc>"
      "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='cid:sha1+ff@bob.xmpp.org' width='1' height='1'/>"
      "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='https://m.lit/l.png' width='720' height='380'/>"
      "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='https://m.lit/t.png' width='128' height='96'/>"
      "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='data:image/blurhash,LEHV6nWB2yk8pyo0adR%2A.7kCMd"
      "nj'/></file><sources>"
      "<url-data xmlns='http://jabber.org/protocol/url-data' target='http://m.lit/summit.jpg'/>"
      "<url-data xmlns='http://jabber.org/protocol/url-data' target='https://m.lit/summit.jpg'/>"
      "<jinglepub xmlns='urn:xmpp:jinglepub:1' from='romeo@m.lit/resource' id='9559976B'/>"
      "</sources></file-sharing>");
  gboolean is_more;
  g_autoptr (GPtrArray) files = xmpp_files_read (xmpp_stanza_get_root (stanza), &is_more);
  const XmppFile *file = files->pdata[0];

  g_assert_cmpuint (files->len, ==, 1);
  g_assert_false (is_more);
  g_assert_cmpstr (file->url, ==, "https://m.lit/summit.jpg");
  g_assert_cmpstr (file->name, ==, "summit.jpg");
  g_assert_cmpstr (file->media_type, ==, "image/jpeg");
  g_assert_cmpstr (file->desc, ==, "Photo from the summit.");
  g_assert_cmpstr (file->sha256, ==, SHA);
  g_assert_cmpstr (file->blurhash, ==, "LEHV6nWB2yk8pyo0adR*.7kCMdnj");
  g_assert_cmpuint (file->size, ==, 3032449);
  g_assert_cmpuint (file->width, ==, 4096);
  g_assert_cmpuint (file->height, ==, 2160);
  g_assert_cmpint (file->disposition, ==, XMPP_DISPOSITION_INLINE);
  g_assert_cmpstr (file->thumbnails[0].url, ==, "https://m.lit/t.png");
  g_assert_cmpuint (file->thumbnails[0].width, ==, 128);
  g_assert_cmpstr (file->thumbnails[1].url, ==, "https://m.lit/l.png");
  g_assert_cmpuint (file->thumbnails[1].height, ==, 380);
}

static void
test_writes_what_it_reads (void)
{
  XmppFile file = { .url = (char *) "https://example.org/a%20b.mp4",
                    .name = (char *) "a <b>.mp4",
                    .media_type = (char *) "video/mp4",
                    .sha256 = (char *) SHA,
                    .blurhash = (char *) "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
                    .size = 5000000000,
                    .width = 1920,
                    .height = 1080,
                    .length_ms = 63000,
                    .disposition = XMPP_DISPOSITION_ATTACHMENT,
                    .thumbnails = { { (char *) "https://example.org/t.png", 64, 36 } } };
  g_autoptr (XmppStanza) stanza = parse_payload ("");
  gboolean is_more;
  g_autoptr (GPtrArray) files = NULL;
  const XmppFile *got;

  xmpp_file_append (xmpp_stanza_get_root (stanza), &file);
  files = xmpp_files_read (xmpp_stanza_get_root (stanza), &is_more);
  got = files->pdata[0];
  g_assert_cmpstr (got->url, ==, file.url);
  g_assert_cmpstr (got->name, ==, file.name);
  g_assert_cmpstr (got->media_type, ==, file.media_type);
  g_assert_cmpstr (got->sha256, ==, file.sha256);
  g_assert_cmpstr (got->blurhash, ==, file.blurhash);
  g_assert_cmpuint (got->size, ==, file.size);
  g_assert_cmpuint (got->width, ==, file.width);
  g_assert_cmpuint (got->height, ==, file.height);
  g_assert_cmpuint (got->length_ms, ==, file.length_ms);
  g_assert_cmpint (got->disposition, ==, file.disposition);
  g_assert_cmpstr (got->thumbnails[0].url, ==, file.thumbnails[0].url);
  g_assert_null (got->thumbnails[1].url);
}

static void
test_numbers_that_cannot_be_are_none (void)
{
  static const char *const lies[] = {
    "-1", "9223372036854775808", "18446744073709551616", "NaN", "1e3", "0x10", " 5", "", "5.0",
    "inf"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *metadata = g_strdup_printf (
          "<size>%s</size><length>%s</length><width>%s</width><height>%s</height>", lies[i],
          lies[i], lies[i], lies[i]);
      g_autoptr (XmppFile) file = read_metadata (metadata);

      g_assert_cmpuint (file->size, ==, 0);
      g_assert_cmpuint (file->length_ms, ==, 0);
      g_assert_cmpuint (file->width, ==, 0);
      g_assert_cmpuint (file->height, ==, 0);
    }
}

static void
test_one_side_alone_is_no_dimension (void)
{
  static const char *const rows[]
      = { "<width>5</width>", "<width>5</width><height>65536</height>",
          "<dimensions>5x</dimensions>", "<dimensions>5x5x5</dimensions>",
          "<dimensions>x</dimensions>" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (XmppFile) file = read_metadata (rows[i]);

      g_assert_cmpuint (file->width, ==, 0);
      g_assert_cmpuint (file->height, ==, 0);
    }
}

static void
test_texts_that_cannot_be_are_none (void)
{
  g_autofree char *long_text = g_strnfill (10000, 'x');
  g_autofree char *metadata = g_strdup_printf (
      "<name>%s</name><media-type>image</media-type><hash xmlns='urn:xmpp:hashes:2' "
      "algo='sha-256'>c2hvcnQ=</hash><hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>%s</hash>"
      "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='data:image/blurhash,%%3Cscript%%3E'/>"
      "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='data:image/png;base64,AAAA'/>"
      "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='file:///etc/passwd'/>",
      long_text, long_text);
  g_autoptr (XmppFile) file = read_metadata (metadata);

  g_assert_null (file->url);
  g_assert_null (file->name);
  g_assert_null (file->media_type);
  g_assert_null (file->sha256);
  g_assert_null (file->blurhash);
  g_assert_null (file->thumbnails[0].url);
}

static void
test_a_hundred_files_are_a_few (void)
{
  g_autoptr (GString) payload = g_string_new (NULL);
  g_autoptr (XmppStanza) stanza = NULL;
  g_autoptr (GPtrArray) files = NULL;
  gboolean is_more;

  for (guint i = 0; i < 100; i++)
    g_string_append (payload, "<file-sharing xmlns='urn:xmpp:sfs:0'/>");
  stanza = parse_payload (payload->str);
  files = xmpp_files_read (xmpp_stanza_get_root (stanza), &is_more);
  g_assert_cmpuint (files->len, ==, XMPP_MAX_FILES);
  g_assert_true (is_more);
}

static void
test_only_web_addresses_are_fetched (void)
{
  g_autofree char *long_path = g_strnfill (XMPP_MAX_URL, 'x');
  g_autofree char *long_url = g_strconcat ("https://a/", long_path, NULL);
  const char *const good[] = { "https://example.org", "HTTP://example.org:5280/a%20b?c=d#e",
                               "https://[::1]:5443/x", "http://127.0.0.1/x" };
  const char *const bad[] = { "",
                              "example.org",
                              "//example.org/x",
                              "https:",
                              "https://",
                              "https:///etc/passwd",
                              "http:x",
                              "javascript:alert(1)",
                              "file:///etc/passwd",
                              "data:text/html,x",
                              "ftp://example.org/x",
                              "aesgcm://example.org/x#00",
                              "https://bank.example:pw@evil.example/",
                              "https://bank.example@evil.example/",
                              "https://example.org/a b",
                              "https://example.org/\n",
                              "https://ex\xc3\xa4mple.org/",
                              "https://example.org/\xe2\x80\xae",
                              "https://example.org/<x>",
                              long_url };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (xmpp_url_is_web (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (xmpp_url_is_web (bad[i]));
  g_assert_false (xmpp_url_is_web (NULL));
}

static void
test_places_are_on_earth (void)
{
  static const struct
  {
    const char *text;
    gboolean is_place;
    double latitude, longitude;
  } rows[] = {
    { "geo:52.52,13.405", TRUE, 52.52, 13.405 },
    { "GEO:-33,+151.2,12;crs=wgs84;u=10?z=15", TRUE, -33, 151.2 },
    { "geo:90,180", TRUE, 90, 180 },
    { "geo:90.1,0", FALSE, 0, 0 },
    { "geo:0,-180.5", FALSE, 0, 0 },
    { "geo:nan,0", FALSE, 0, 0 },
    { "geo:1e1,0", FALSE, 0, 0 },
    { "geo:inf,0", FALSE, 0, 0 },
    { "geo:1", FALSE, 0, 0 },
    { "geo:1,", FALSE, 0, 0 },
    { "geo:,1", FALSE, 0, 0 },
    { "geo:1,2x", FALSE, 0, 0 },
    { "geo:1,2 and more", FALSE, 0, 0 },
    { "geo:1,2?q=a b", FALSE, 0, 0 },
    { "geo:00000000000000000000000000000000001,2", FALSE, 0, 0 },
    { "https://geo:1,2", FALSE, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double latitude = 0, longitude = 0;

      g_assert_cmpint (xmpp_location_parse_uri (rows[i].text, &latitude, &longitude), ==,
                       rows[i].is_place);
      g_assert_cmpfloat (latitude, ==, rows[i].latitude);
      g_assert_cmpfloat (longitude, ==, rows[i].longitude);
    }
  g_assert_false (xmpp_location_is_on_earth (NAN, 0));
  g_assert_false (xmpp_location_is_on_earth (0, INFINITY));
}

static void
test_places_are_written_as_they_are_read (void)
{
  static const struct
  {
    double latitude, longitude;
    const char *uri;
  } rows[] = { { 52.52, 13.405, "geo:52.52,13.405" },
               { -0.00000001, 100, "geo:0,100" },
               { 1.0 / 3, -180, "geo:0.3333333,-180" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *uri = xmpp_location_to_uri (rows[i].latitude, rows[i].longitude);
      XmppLocation location = { rows[i].latitude, rows[i].longitude, (char *) "caf\xc3\xa9 <1>" };
      XmppLocation got;
      g_autoptr (XmppStanza) stanza = parse_payload ("");

      g_assert_cmpstr (uri, ==, rows[i].uri);
      xmpp_location_append (xmpp_stanza_get_root (stanza), &location);
      g_assert_true (xmpp_location_read (xmpp_stanza_get_root (stanza), &got));
      g_assert_cmpfloat_with_epsilon (got.latitude, location.latitude, 1e-7);
      g_assert_cmpfloat_with_epsilon (got.longitude, location.longitude, 1e-7);
      g_assert_cmpstr (got.description, ==, location.description);
      xmpp_location_clear (&got);
    }
}

static void
test_what_is_no_place_is_not_read (void)
{
  static const char *const bad[] = {
    "",
    "<geoloc xmlns='urn:other'><lat>1</lat><lon>1</lon></geoloc>",
    "<geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>1</lat></geoloc>",
    "<geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>91</lat><lon>1</lon></geoloc>",
    "<geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>NaN</lat><lon>1</lon></geoloc>",
    "<geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>1</lat><lon>1e999</lon></geoloc>"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (XmppStanza) stanza = parse_payload (bad[i]);
      XmppLocation location = { 0 };

      g_assert_false (xmpp_location_read (xmpp_stanza_get_root (stanza), &location));
      g_assert_null (location.description);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xmpp/file/example", test_reads_the_example_of_the_standard);
  g_test_add_func ("/xmpp/file/writes-what-it-reads", test_writes_what_it_reads);
  g_test_add_func ("/xmpp/file/impossible-numbers", test_numbers_that_cannot_be_are_none);
  g_test_add_func ("/xmpp/file/one-side-alone", test_one_side_alone_is_no_dimension);
  g_test_add_func ("/xmpp/file/impossible-texts", test_texts_that_cannot_be_are_none);
  g_test_add_func ("/xmpp/file/a-hundred", test_a_hundred_files_are_a_few);
  g_test_add_func ("/xmpp/file/only-web-addresses", test_only_web_addresses_are_fetched);
  g_test_add_func ("/xmpp/location/on-earth", test_places_are_on_earth);
  g_test_add_func ("/xmpp/location/written-as-read", test_places_are_written_as_they_are_read);
  g_test_add_func ("/xmpp/location/no-place", test_what_is_no_place_is_not_read);
  return g_test_run ();
}
