/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A client on the command line to try a server with: signs in, answers every message with the same
 * text, and reads commands from standard input. Prints one line for everything that happens, with
 * the milliseconds since the sign-in began.
 *
 *   xmpp-echo [--register] JID PASSWORD [URL]        environment: XMPP_PIN (sha256), XMPP_TOKEN=1,
 * XMPP_ALLOW_PLAIN=1
 *
 *   send JID TEXT · ping · mam [AFTER] · cut (breaks the socket) · retry · logout · quit
 */

#include "im-loop.h"
#include "xmpp-account.h"
#include "xmpp-jid.h"
#include "xmpp-mam.h"
#include "xmpp-message.h"
#include "xmpp-ns.h"
#include "xmpp-register.h"
#include "xmpp-stream.h"

#include <gio/gunixinputstream.h>
#include <libsoup/soup.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>

typedef struct
{
  XmppStream *stream;
  GMainLoop *loop;
  gint64 start;
} Client;

static Client client;

G_GNUC_PRINTF (1, 2)
static void
say (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_print ("%7.1f %s\n", (double) (g_get_monotonic_time () - client.start) / 1000.0, text);
}

static void
on_state (XmppStream *stream, int state, const GError *reason, gpointer user_data)
{
  say ("state %s%s%s", xmpp_state_name ((XmppState) state), reason != NULL ? ": " : "",
       reason != NULL ? reason->message : "");
}

static void
on_phase (XmppStream *stream, const char *phase, const char *detail, gpointer user_data)
{
  say ("phase %s %s", phase, detail != NULL ? detail : "");
}

static void
on_login_failed (XmppStream *stream, const GError *reason, gpointer user_data)
{
  say ("login-failed %d %s", reason->code, reason->message);
}

static void
on_carbons (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!xmpp_carbons_enable_finish (XMPP_PORTER (source), result, &error))
    say ("carbons: %s", error->message);
}

static void
on_session (XmppStream *stream, gboolean resumed, gpointer user_data)
{
  XmppPorter *porter = xmpp_stream_get_porter (stream);

  say ("session %s as %s", resumed ? "resumed" : "new", xmpp_porter_get_full_jid (porter));
  if (resumed)
    return;
  xmpp_stream_synced (stream);
  xmpp_carbons_enable_async (porter, NULL, on_carbons, NULL);
  g_autoptr (XmppStanza) presence = xmpp_presence_new (NULL, NULL);
  xmpp_porter_send (porter, presence, NULL, NULL);
}

static void
on_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  say ("sent %s: %s", xmpp_stanza_get_id (stanza), error != NULL ? error->message : "acknowledged");
}

static void
send_text (const char *to, const char *text)
{
  g_autofree char *id = xmpp_id_new ();
  g_autoptr (XmppStanza) message = xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("to", to), XMPP_ATTR ("type", "chat"),
               XMPP_ATTR ("id", id), XMPP_TEXT_EL ("body", NULL, text),
               XMPP_EL ("origin-id", XMPP_NS_STANZA_IDS, XMPP_ATTR ("id", id)))));

  xmpp_porter_send (xmpp_stream_get_porter (client.stream), message, on_sent, NULL);
}

static void
on_message (XmppPorter *porter, XmppMessage *message, gpointer user_data)
{
  say ("message from %s carbon %d archive %s stamp %" G_GINT64_FORMAT " body %s error %s",
       message->from, message->carbon, message->archive_id, message->stamp_us, message->body,
       message->error != NULL ? message->error->message : "-");
  if (message->body != NULL && message->carbon == XMPP_CARBON_NONE
      && !g_str_has_prefix (message->body, "echo: ") && message->type == XMPP_MESSAGE_CHAT
      && !xmpp_message_is_own (message, xmpp_porter_get_bare_jid (porter)))
    {
      g_autofree char *text = g_strconcat ("echo: ", message->body, NULL);

      send_text (message->from, text);
    }
}

static void
on_ping (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  xmpp_ping_finish (XMPP_PORTER (source), result, &error);
  say ("ping: %s", error != NULL ? error->message : "answered");
}

static void
on_mam (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppMamPage) page = xmpp_mam_query_finish (XMPP_PORTER (source), result, &error);

  if (page == NULL)
    {
      say ("mam: %s", error->message);
      return;
    }
  say ("mam: %u items, first %s last %s complete %d count %" G_GINT64_FORMAT, page->items->len,
       page->first, page->last, page->complete, page->count);
  for (guint i = 0; i < page->items->len; i++)
    {
      XmppMessage *message = g_ptr_array_index (page->items, i);

      say ("  %s %s → %s: %s", message->archive_id, message->from, message->to, message->body);
    }
}

/* Every TCP socket of this process: there is but the one. */
static void
cut (void)
{
  for (int fd = 3; fd < 256; fd++)
    shutdown (fd, SHUT_RDWR);
}

static void
on_command (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDataInputStream *input = G_DATA_INPUT_STREAM (source);
  g_autofree char *line = g_data_input_stream_read_line_finish (input, result, NULL, NULL);
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 3) : NULL;
  XmppPorter *porter = xmpp_stream_get_porter (client.stream);
  guint n = words != NULL ? g_strv_length (words) : 0;

  if (words == NULL || g_strcmp0 (words[0], "quit") == 0)
    {
      g_main_loop_quit (client.loop);
      return;
    }
  if (n == 3 && g_str_equal (words[0], "send"))
    send_text (words[1], words[2]);
  else if (g_str_equal (line, "ping"))
    xmpp_ping_async (porter, NULL, NULL, on_ping, NULL);
  else if (n >= 1 && g_str_equal (words[0], "mam"))
    {
      XmppMamQuery query
          = { .before = n == 1 ? "" : NULL, .after = n > 1 ? words[1] : NULL, .max = 10 };

      xmpp_mam_query_async (porter, &query, NULL, on_mam, NULL);
    }
  else if (g_str_equal (line, "cut"))
    {
      client.start = g_get_monotonic_time ();
      cut ();
    }
  else if (g_str_equal (line, "retry"))
    xmpp_stream_retry_now (client.stream);
  else if (g_str_equal (line, "logout"))
    xmpp_stream_logout (client.stream);
  else if (g_str_equal (line, "login"))
    {
      client.start = g_get_monotonic_time ();
      xmpp_stream_login (client.stream);
    }
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, on_command, NULL);
}

/* Registration: fetch the form, fill it in, submit, leave. */

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  xmpp_register_submit_finish (XMPP_REGISTER (source), result, &error);
  say ("register: %s", error != NULL ? error->message : "done");
  g_main_loop_quit (client.loop);
}

static void
on_form (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const XmppConfig *config = user_data;
  g_autoptr (GError) error = NULL;
  XmppForm *form = xmpp_register_fetch_finish (XMPP_REGISTER (source), result, &error);
  g_autofree char *local = xmpp_jid_dup_local (config->jid);

  if (form == NULL)
    {
      say ("register: %s", error->message);
      g_main_loop_quit (client.loop);
      return;
    }
  for (guint i = 0; i < form->fields->len; i++)
    {
      const XmppFormField *field = g_ptr_array_index (form->fields, i);

      say ("field %s (%s)%s", field->var, field->type, field->required ? " required" : "");
    }
  xmpp_form_set (form, "username", local);
  xmpp_form_set (form, "password", config->password);
  xmpp_register_submit_async (XMPP_REGISTER (source), NULL, on_submitted, NULL);
}

static void
register_account (const XmppConfig *config)
{
  g_autoptr (XmppRegister) registration = xmpp_register_new (config);

  xmpp_register_fetch_async (registration, NULL, on_form, (gpointer) config);
  g_main_loop_run (client.loop);
}

int
main (int argc, char **argv)
{
  XmppConfig config = { 0 };
  g_autoptr (GInputStream) standard_input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (standard_input);

  gboolean wants_account = argc > 1 && g_str_equal (argv[1], "--register");

  argv += wants_account;
  argc -= wants_account;
  if (argc < 3)
    {
      g_printerr ("usage: xmpp-echo [--register] JID PASSWORD [URL]\n");
      return 2;
    }
  im_thread_set_role (IM_THREAD_NETWORK);
  config.jid = argv[1];
  config.password = argv[2];
  config.resource = "echo";
  config.server_url = argc > 3 ? argv[3] : NULL;
  config.certificate_sha256 = g_getenv ("XMPP_PIN");
  config.is_token = g_getenv ("XMPP_TOKEN") != NULL;
  config.allow_plain = g_getenv ("XMPP_ALLOW_PLAIN") != NULL;
  client.loop = g_main_loop_new (NULL, FALSE);
  client.start = g_get_monotonic_time ();
  if (wants_account)
    {
      register_account (&config);
      g_main_loop_unref (client.loop);
      return 0;
    }
  client.stream = xmpp_stream_new (&config);
  g_signal_connect (client.stream, "state-changed", G_CALLBACK (on_state), NULL);
  g_signal_connect (client.stream, "phase", G_CALLBACK (on_phase), NULL);
  g_signal_connect (client.stream, "login-failed", G_CALLBACK (on_login_failed), NULL);
  g_signal_connect (client.stream, "session-started", G_CALLBACK (on_session), NULL);
  xmpp_message_add_handler (xmpp_stream_get_porter (client.stream), on_message, NULL);
  xmpp_stream_login (client.stream);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, on_command, NULL);
  g_main_loop_run (client.loop);
  g_clear_object (&client.stream);
  g_main_loop_unref (client.loop);
  return 0;
}
