/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stanza from a stranger on its way to the program: whatever it says, the message is one of the
 * conversation that it came in, its times are possible, its elements are such as could be sent on
 * and arrive the same, and as JSON it is read back the same. */

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
#define MAX_ELEMS                                                                                  \
  (XMPP_MAX_FILES + 12) /* files, text, address, place, and those of a later version */

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

/* Nothing that is local, and everything within bounds: there is nothing to clean. */
static void
check_elem (const ImElem *elem)
{
  g_autoptr (ImElem) clean = NULL;
  g_autofree char *label = map_elem_label (elem);

  if (elem->header.type == &im_unknown_elem_type)
    {
      g_assert_cmpint (elem->type, >, IM_ELEM_MERGE);
      return;
    }
  clean = map_elem_clean (elem, NULL);
  g_assert_nonnull (clean);
  g_assert_true (im_json_equal (clean, elem));
  g_assert_cmpstr (label, !=, "");
  if (map_elem_get_url (elem) != NULL)
    g_assert_true (xmpp_url_is_web (map_elem_get_url (elem)));
}

static void
check_elems (const ImMsg *msg)
{
  g_assert_cmpuint (msg->elems->len, >, 0);
  g_assert_cmpuint (msg->elems->len, <=, MAX_ELEMS);
  for (guint i = 0; i < msg->elems->len; i++)
    check_elem (g_ptr_array_index (msg->elems, i));
}

static void
check_about (const XmppAbout *about)
{
  const char *const ids[]
      = { about->replaces_id, about->retracts_id, about->reacts_to_id, about->replies_to_id };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_true (ids[i] == NULL || (*ids[i] != '\0' && strlen (ids[i]) <= XMPP_MAX_ID));
  g_assert_true ((about->reacts_to_id != NULL) == (about->reactions != NULL));
  if (about->reactions != NULL)
    g_assert_cmpuint (g_strv_length (about->reactions), <=, XMPP_MAX_REACTIONS);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return *stripped == '\0';
}

/* Sent on to its sender, who has the same program. */
static void
check_sent_on (const MapIds *ids, const ImMsg *msg)
{
  g_autoptr (XmppStanza) stanza = map_message_to_stanza (ids, msg, "o", NULL);
  g_autofree char *label = map_message_fallback_text (msg);
  g_autofree char *text = NULL;
  g_autoptr (XmppStanza) sent = NULL;
  g_autoptr (XmppMessage) message = NULL;
  g_autoptr (ImMsg) got = NULL;

  if (stanza == NULL || is_blank (label))
    return;
  xmpp_stanza_set_attr (stanza, "from", SELF "/x");
  text = xmpp_stanza_to_string (stanza);
  sent = xmpp_frame_parse (text, strlen (text), NULL);
  g_assert_nonnull (sent);
  message = xmpp_message_new_from_stanza (sent, SELF);
  g_assert_nonnull (message);
  got = map_message_from_stanza (ids, message, (gint64) NOW_S * G_USEC_PER_SEC);
  g_assert_nonnull (got);
  g_assert_cmpuint (got->elems->len, ==, msg->elems->len);
  for (guint i = 0; i < got->elems->len; i++)
    g_assert_true (im_json_equal (got->elems->pdata[i], msg->elems->pdata[i]));
  g_assert_cmpstr (got->cloud_custom_str, ==, msg->cloud_custom_str);
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
  check_elems (msg);
  check_about (&message->about);
  check_json (msg);
  check_sent_on (ids, msg);
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
