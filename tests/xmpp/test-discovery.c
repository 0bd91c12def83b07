/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-loop.h"
#include "xmpp-discovery.h"
#include "xmpp-error.h"

#include <libsoup/soup.h>
#include <string.h>

#define REL "urn:xmpp:alt-connections:websocket"
#define XRD(links)                                                                                 \
  "<?xml version='1.0'?>\n<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>" links "</XRD>"
#define LINK(href) "<Link rel='" REL "' href='" href "'/>"
#define JSON_LINK(href) "{\"rel\":\"" REL "\",\"href\":\"" href "\"}"

typedef struct
{
  const char *text, *urls;
} Row;

static void
check_rows (char **(*parse) (const char *, gsize), const Row *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_auto (GStrv) urls = parse (rows[i].text, strlen (rows[i].text));
      g_autofree char *joined = g_strjoinv (" ", urls);

      g_assert_cmpstr (joined, ==, rows[i].urls);
    }
}

static void
test_reads_xrd (void)
{
  static const Row rows[] = {
    { XRD (LINK ("wss://a/ws")), "wss://a/ws" },
    { "\n " XRD (
          LINK ("wss://a") "<Link rel='urn:xmpp:alt-connections:xbosh' href='https://b'/>" LINK (
              "ws://c")),
      "wss://a ws://c" },
    { XRD ("<Link rel='" REL "'/><Link href='wss://a'/>"), "" },
    { "<XRD>" LINK ("wss://a") "</XRD>", "" },
    { "<!DOCTYPE XRD>" XRD (LINK ("wss://a")), "" },
    { "<html><body>404", "" },
    { "", "" },
  };

  check_rows (xmpp_discovery_parse_xrd, rows, G_N_ELEMENTS (rows));
}

static void
test_reads_json (void)
{
  static const Row rows[] = {
    { "{\"links\":[" JSON_LINK ("wss://a/ws") "]}", "wss://a/ws" },
    { " { \"x\" : [ 1 , -2.5e3, true,null, {} , [] ], \"links\" : [ " JSON_LINK (
          "wss:\\/\\/a") " ,"
                         "{\"rel\":\"other\",\"href\":\"b\"}," JSON_LINK ("ws://\\u0063") "] } ",
      "wss://a ws://c" },
    { "{\"links\":[{\"href\":\"wss://a\",\"rel\":\"" REL "\",\"href\":\"wss://b\"}]}", "wss://b" },
    { "{\"links\":[{\"rel\":[\"" REL "\"],\"href\":\"wss://a\"}]}", "" },
    { "{\"links\":[" JSON_LINK ("wss://a") ",{\"rel\":", "wss://a" },
    { "{\"links\":[{\"rel\":\"" REL "\",\"href\":\"wss://a", "" },
    { "{\"links\":[{\"rel\":\"" REL "\",\"href\":\"\\ud83d\"}]}", "" },
    { "{\"links\":[{\"rel\":\"" REL "\",\"href\":\"a\\x\"}]}", "" },
    { "[[[[[[[[[[[[[[[[[[[[[[[[[[[" JSON_LINK ("wss://a"), "" },
    { "\xff", "" },
    { "", "" },
    { "nonsense", "" },
  };

  check_rows (xmpp_discovery_parse_json, rows, G_N_ELEMENTS (rows));
}

static void
test_chooses_what_is_protected (void)
{
  static const struct
  {
    const char *urls;
    gboolean allow_plain;
    const char *best;
  } rows[] = {
    { "ws://a wss://b wss://c", FALSE, "wss://b" },
    { "ws://a", FALSE, NULL },
    { "ws://a", TRUE, "ws://a" },
    { "ws://127.0.0.1:5280/ws", FALSE, "ws://127.0.0.1:5280/ws" },
    { "ws://[::1]/ws", FALSE, "ws://[::1]/ws" },
    { "ws://localhost/ws", FALSE, "ws://localhost/ws" },
    { "ws://127.0.0.1.example.org/", FALSE, NULL },
    { "ws://localhost.example.org/", FALSE, NULL },
    { "https://a javascript:x wss:// wss:x", TRUE, NULL },
    { "", TRUE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) urls = g_strsplit (rows[i].urls, " ", -1);

      g_assert_cmpstr (xmpp_discovery_choose ((const char *const *) urls, rows[i].allow_plain), ==,
                       rows[i].best);
    }
}

static void
test_names_the_fault_of_an_address (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (xmpp_discovery_check_url ("ws://example.org/", FALSE, &error));
  g_assert_error (error, XMPP_ERROR, XMPP_ERROR_INSECURE);
  g_clear_error (&error);
  g_assert_false (xmpp_discovery_check_url ("https://example.org/", FALSE, &error));
  g_assert_error (error, XMPP_ERROR, XMPP_ERROR_NO_WEBSOCKET);
  g_clear_error (&error);
  g_assert_true (xmpp_discovery_check_url ("WSS://example.org/x", FALSE, &error));
}

/* Over HTTP, with a server of our own */

typedef struct
{
  const char *xrd;  /* NULL: 404; "->URL": a redirect */
  const char *json; /* the same */
} Site;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  const Site *site = user_data;
  const char *text = g_str_has_suffix (path, ".json") ? site->json : site->xrd;

  if (text == NULL)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (g_str_has_prefix (text, "->"))
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, text + 2);
  else
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, text,
                                        strlen (text));
    }
}

typedef struct
{
  gboolean done;
  char *url;
  GError *error;
} Result;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Result *found = user_data;

  found->url = xmpp_discovery_lookup_finish (result, &found->error);
  found->done = TRUE;
}

static Result
look_up (const Site *site)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;
  XmppConfig config = { .jid = "alice@example.org" };
  Result found = { FALSE, NULL, NULL };
  GSList *uris;

  soup_server_add_handler (server, NULL, on_request, (gpointer) site, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  xmpp_discovery_lookup_async (&config, base, NULL, on_found, &found);
  while (!found.done)
    g_main_context_iteration (NULL, TRUE);
  return found;
}

static void
test_looks_up (void)
{
  g_autofree char *huge = g_strnfill (XMPP_HOST_META_MAX_SIZE + 1, ' ');
  g_autofree char *huge_xrd = g_strconcat (XRD (LINK ("wss://huge")), huge, NULL);
  const struct
  {
    Site site;
    const char *url;
  } rows[] = {
    { { XRD (LINK ("wss://x")), "{\"links\":[" JSON_LINK ("wss://j") "]}" }, "wss://x" },
    { { NULL, "{\"links\":[" JSON_LINK ("wss://j") "]}" }, "wss://j" },
    { { XRD (""), "{\"links\":[" JSON_LINK ("wss://j") "]}" }, "wss://j" },
    { { "->http://127.0.0.1:1/", "{\"links\":[" JSON_LINK ("wss://j") "]}" }, "wss://j" },
    { { "->ftp://x/", "{\"links\":[" JSON_LINK ("wss://j") "]}" }, "wss://j" },
    { { huge_xrd, "{\"links\":[" JSON_LINK ("wss://j") "]}" }, "wss://j" },
    { { XRD (LINK ("ws://x")), NULL }, NULL },
    { { NULL, NULL }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Result found = look_up (&rows[i].site);

      g_assert_cmpstr (found.url, ==, rows[i].url);
      if (rows[i].url == NULL)
        g_assert_error (found.error, XMPP_ERROR, XMPP_ERROR_NO_WEBSOCKET);
      g_free (found.url);
      g_clear_error (&found.error);
    }
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  XmppConfig config = { .jid = "alice@example.org" };
  Result found = { FALSE, NULL, NULL };

  xmpp_discovery_lookup_async (&config, "http://127.0.0.1:1", cancellable, on_found, &found);
  g_cancellable_cancel (cancellable);
  while (!found.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (found.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&found.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
  g_test_add_func ("/xmpp/discovery/reads-xrd", test_reads_xrd);
  g_test_add_func ("/xmpp/discovery/reads-json", test_reads_json);
  g_test_add_func ("/xmpp/discovery/chooses-what-is-protected", test_chooses_what_is_protected);
  g_test_add_func ("/xmpp/discovery/names-the-fault-of-an-address",
                   test_names_the_fault_of_an_address);
  g_test_add_func ("/xmpp/discovery/looks-up", test_looks_up);
  g_test_add_func ("/xmpp/discovery/can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
