/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stanza from a stranger on its way to the program: whatever it says, the message is one of the
 * conversation that it came in, its times are possible, its texts are the body's, and as JSON it is
 * read back the same. */

#include "im-elem.h"
#include "im-enums.h"
#include "im-json.h"
#include "map-error.h"
#include "map-message.h"
#include "xmpp-frame.h"

#include <string.h>

#define SELF "alice@example.org"
#define NOW_S 1800000000
#define DAY_S (24 * 3600)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_user_id (const MapIds *ids, const char *user_id)
{
  g_autofree char *jid = map_id_jid_from_user (ids, user_id, NULL);
  g_autofree char *back = map_id_user_from_jid (ids, jid);

  g_assert_cmpstr (back, ==, user_id);
}

static void
check_json (const ImMsg *msg)
{
  g_autofree char *first = im_json_format ((gpointer) msg);
  g_autoptr (ImMsg) again = im_json_parse (&im_msg_type, first, -1, IM_JSON_STRICT, NULL);
  g_autofree char *second = NULL;

  g_assert_nonnull (again);
  im_json_complete (again);
  second = im_json_format (again);
  g_assert_cmpstr (first, ==, second);
}

static void
check_texts (const ImMsg *msg, const char *body)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < msg->elems->len; i++)
    {
      const ImTextElem *elem = g_ptr_array_index (msg->elems, i);

      g_assert_cmpint (elem->base.type, ==, IM_ELEM_TEXT);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", elem->content);
    }
  g_assert_cmpstr (text->str, ==, body);
}

static void
check_message (const MapIds *ids, XmppMessage *message)
{
  g_autoptr (ImMsg) msg = map_message_from_stanza (ids, message, (gint64) NOW_S * G_USEC_PER_SEC);

  if (msg == NULL)
    return;
  check_user_id (ids, msg->conv_id);
  check_user_id (ids, msg->sender);
  g_assert_cmpstr (msg->sender, ==, msg->is_from_self ? "alice" : msg->conv_id);
  g_assert_cmpuint (msg->server_time, <=, NOW_S + DAY_S);
  g_assert_cmpuint (msg->client_time, <=, NOW_S + 2 * DAY_S);
  g_assert_cmpuint (msg->rand, <=, G_MAXUINT32);
  g_assert_cmpint (msg->conv_type, ==, IM_CONV_C2C);
  check_texts (msg, message->body);
  check_json (msg);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse ((const char *) data, size, NULL);
  g_autoptr (XmppMessage) live = NULL;
  g_autoptr (XmppMessage) archived = NULL;
  MapIds ids;

  if (stanza == NULL)
    return 0;
  g_assert_true (map_ids_init (&ids, SELF, NULL, NULL));
  live = xmpp_message_new_from_stanza (stanza, SELF);
  archived = xmpp_message_new_from_result (stanza, SELF, SELF);
  if (live != NULL)
    check_message (&ids, live);
  if (live != NULL && live->error != NULL)
    g_error_free (map_error_message (live->error));
  if (archived != NULL)
    check_message (&ids, archived);
  map_ids_clear (&ids);
  return 0;
}
