/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-message.h"

#include "im-elem.h"
#include "im-error.h"
#include "im-json.h"
#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define NS_TIM "urn:linnet:tim:1"
#define NS_JSON "urn:xmpp:json:0" /* XEP-0335 */
#define TYPING_KIND "user_typing_status"
#define CONTAINER_MAX (64 * 1024)
/* How far this computer's clock and others' are believed to differ. */
#define CLOCK_ERROR_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/* Typing, as the vendor's kits write it */

static const ImCustomElem *
get_typing_elem (const ImMsg *msg)
{
  const ImElem *elem;
  const char *data;

  if (!msg->is_online_msg || msg->elems == NULL || msg->elems->len != 1)
    return NULL;
  elem = g_ptr_array_index (msg->elems, 0);
  if (elem->type != IM_ELEM_CUSTOM)
    return NULL;
  data = ((const ImCustomElem *) elem)->data;
  return data != NULL && strstr (data, TYPING_KIND) != NULL ? (const ImCustomElem *) elem : NULL;
}

int
map_message_get_typing (const ImMsg *msg)
{
  const ImCustomElem *elem = get_typing_elem (msg);
  const char *value = elem != NULL ? strstr (elem->data, "\"typingStatus\"") : NULL;

  if (elem == NULL)
    return -1;
  if (value == NULL)
    return 0;
  value += strlen ("\"typingStatus\"");
  value += strspn (value, " \t\r\n:");
  return *value == '1' || *value == 't';
}

ImMsg *
map_message_typing (const MapIds *ids, const char *peer_jid, gboolean typing, gint64 now_us)
{
  ImMsg *msg = im_json_new (&im_msg_type);
  ImCustomElem *elem = im_json_new (&im_custom_elem_type);

  elem->base.type = IM_ELEM_CUSTOM;
  elem->data = g_strdup_printf ("{\"businessID\":\"" TYPING_KIND
                                "\",\"typingStatus\":%d,\"version\":1,\"userAction\":14}",
                                typing ? 1 : 0);
  msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, elem);
  msg->conv_id = map_id_user_from_jid (ids, peer_jid);
  msg->conv_type = IM_CONV_C2C;
  msg->sender = g_strdup (msg->conv_id);
  msg->client_time = msg->server_time = (guint64) (now_us / G_USEC_PER_SEC);
  msg->status = IM_MSG_SEND_SUCC;
  msg->is_online_msg = TRUE;
  msg->is_read = TRUE;
  im_json_complete (msg);
  return msg;
}

/* Out */

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, IM_ERROR, ERR_INVALID_MSG_ELEM, why);
  return FALSE;
}

static gboolean
check_texts (const ImMsg *msg, GError **error)
{
  if (msg->elems == NULL || msg->elems->len == 0)
    return refuse (error, "message_elem_array is empty");
  for (guint i = 0; i < msg->elems->len; i++)
    {
      const ImElem *elem = g_ptr_array_index (msg->elems, i);

      if (elem->type != IM_ELEM_TEXT)
        return refuse (error, "this kind of element cannot be sent yet");
      if (((const ImTextElem *) elem)->content == NULL
          || *((const ImTextElem *) elem)->content == '\0')
        return refuse (error, "text_elem_content is empty");
    }
  return TRUE;
}

gboolean
map_message_check (const ImMsg *msg, GError **error)
{
  return get_typing_elem (msg) != NULL || check_texts (msg, error);
}

static char *
body_text (const ImMsg *msg)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < msg->elems->len; i++)
    {
      const ImTextElem *elem = g_ptr_array_index (msg->elems, i);

      if (i > 0)
        g_string_append_c (body, '\n');
      g_string_append (body, elem->content);
    }
  return g_string_free (body, FALSE);
}

/* What the standard parts do not say; the elements only when the body does not say them all. */
static char *
container_text (const ImMsg *msg)
{
  /* Parsed out of nothing, it writes only what is set. */
  g_autoptr (ImMsg) inside = im_json_parse (&im_msg_type, "{}", -1, IM_JSON_LENIENT, NULL);

  inside->rand = msg->rand;
  inside->client_time = msg->client_time;
  inside->priority = msg->priority;
  inside->platform = msg->platform;
  if (msg->elems->len > 1)
    inside->elems = g_ptr_array_ref (msg->elems);
  return im_json_format_internal (inside);
}

static XmppStanza *
to_stanza (const MapIds *ids,
           const ImMsg *msg,
           const char *origin_id,
           gboolean is_repeat,
           const char *after_id,
           GError **error)
{
  g_autofree char *to = NULL;
  g_autofree char *body = NULL;
  g_autofree char *container = NULL;
  int typing;

  if (!map_message_check (msg, error))
    return NULL;
  to = map_id_jid_from_user (ids, msg->conv_id, error);
  if (to == NULL)
    return NULL;
  typing = map_message_get_typing (msg);
  if (typing >= 0)
    return xmpp_chat_state_new (to, XMPP_MESSAGE_CHAT,
                                typing ? XMPP_CHAT_STATE_COMPOSING : XMPP_CHAT_STATE_PAUSED);
  body = body_text (msg);
  container = container_text (msg);
  return xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("type", "chat"), XMPP_ATTR ("to", to),
               XMPP_ATTR ("id", origin_id), XMPP_TEXT_EL ("body", NULL, body),
               XMPP_EL ("origin-id", XMPP_NS_STANZA_IDS, XMPP_ATTR ("id", origin_id)),
               XMPP_EL ("request", XMPP_NS_RECEIPTS), XMPP_EL ("markable", XMPP_NS_MARKERS),
               XMPP_EL ("active", XMPP_NS_CHAT_STATES),
               XMPP_EL_IF (!msg->is_online_msg, "store", XMPP_NS_HINTS),
               XMPP_EL_IF (msg->is_online_msg, "no-store", XMPP_NS_HINTS),
               XMPP_EL ("tim", NS_TIM, XMPP_TEXT_EL ("json", NS_JSON, container),
                        XMPP_EL_IF (is_repeat, "repeat", NULL, XMPP_ATTR ("after", after_id))))));
}

XmppStanza *
map_message_to_stanza (const MapIds *ids, const ImMsg *msg, const char *origin_id, GError **error)
{
  return to_stanza (ids, msg, origin_id, FALSE, NULL, error);
}

XmppStanza *
map_message_to_repeat (const MapIds *ids,
                       const ImMsg *msg,
                       const char *origin_id,
                       const char *after_id,
                       GError **error)
{
  return to_stanza (ids, msg, origin_id, TRUE, after_id, error);
}

XmppStanza *
map_message_receipts (const char *to, const char *const *message_ids, gboolean is_exact)
{
  return xmpp_receipt_new (to, XMPP_MESSAGE_CHAT, message_ids,
                           is_exact ? XMPP_SPEC (XMPP_EL ("exact", NS_TIM)) : NULL);
}

/* In */

gboolean
map_message_is_from_self (const MapIds *ids, XmppMessage *message)
{
  return xmpp_message_is_own (message, ids->self_jid);
}

char *
map_message_dup_peer (const MapIds *ids, XmppMessage *message)
{
  const char *peer = map_message_is_from_self (ids, message) && message->to != NULL ? message->to
                                                                                    : message->from;

  /* The own server speaks without an address of its own. */
  return peer != NULL ? xmpp_jid_dup_bare (peer) : g_strdup (ids->domain);
}

gboolean
map_message_wants_exact (XmppMessage *message)
{
  return xmpp_message_payload (message, "tim", NS_TIM) != NULL;
}

gboolean
map_message_is_exact (XmppMessage *message)
{
  return xmpp_message_payload (message, "exact", NS_TIM) != NULL;
}

static const xmlNode *
get_repeat (XmppMessage *message)
{
  return xmpp_node_child (xmpp_message_payload (message, "tim", NS_TIM), "repeat", NS_TIM);
}

gboolean
map_message_is_repeat (XmppMessage *message)
{
  return get_repeat (message) != NULL;
}

char *
map_message_dup_after (XmppMessage *message)
{
  const xmlNode *repeat = get_repeat (message);
  const char *after = repeat != NULL ? xmpp_node_attr (repeat, "after") : NULL;

  return after != NULL && strlen (after) <= XMPP_MAX_ID ? g_strdup (after) : NULL;
}

static ImMsg *
read_container (XmppMessage *message)
{
  const xmlNode *tim = xmpp_message_payload (message, "tim", NS_TIM);
  g_autofree char *json = xmpp_node_dup_child_text (tim, "json", NS_JSON);

  if (json == NULL || strlen (json) > CONTAINER_MAX)
    return NULL;
  return im_json_parse (&im_msg_type, json, -1, IM_JSON_LENIENT, NULL);
}

static GPtrArray *
elems_from_body (const char *body)
{
  GPtrArray *elems = im_json_array_new ();
  ImTextElem *elem = im_json_new (&im_text_elem_type);

  elem->base.type = IM_ELEM_TEXT;
  elem->content = g_strdup (body);
  g_ptr_array_add (elems, elem);
  return elems;
}

/* The elements beside the body count only when they say what the body says: a foreign client must
 * not see one thing and we another. */
static GPtrArray *
elems_from_container (const ImMsg *inside, const char *body)
{
  g_autofree char *same = NULL;

  if (inside == NULL || !check_texts (inside, NULL))
    return NULL;
  same = body_text (inside);
  return g_str_equal (same, body) ? g_ptr_array_ref (inside->elems) : NULL;
}

/* Anybody can write a delay. What comes live was not sent in the future; what the archive says is
 * believed within reason. */
static guint64
server_time_s (const XmppMessage *message, gint64 now_us)
{
  gint64 latest_us = message->is_archived ? now_us + CLOCK_ERROR_US : now_us;
  gint64 stamp_us = message->stamp_us > 0 ? message->stamp_us : now_us;

  return (guint64) (MIN (stamp_us, latest_us) / G_USEC_PER_SEC);
}

/* What the sender says about itself, as far as it can be true. */
static void
take_claims (ImMsg *msg, const ImMsg *inside)
{
  static const gint64 latest_s = CLOCK_ERROR_US / G_USEC_PER_SEC;

  msg->client_time = msg->server_time;
  msg->priority = IM_MSG_PRIORITY_NORMAL;
  if (inside == NULL)
    return;
  if (inside->client_time != 0 && inside->client_time <= msg->server_time + latest_s)
    msg->client_time = inside->client_time;
  if (inside->priority >= IM_MSG_PRIORITY_HIGH && inside->priority <= IM_MSG_PRIORITY_LOWEST)
    msg->priority = inside->priority;
  if (inside->platform > 0 && inside->platform <= IM_PLATFORM_SIMULATOR)
    msg->platform = inside->platform;
}

ImMsg *
map_message_from_stanza (const MapIds *ids, XmppMessage *message, gint64 now_us)
{
  g_autofree char *peer = NULL;
  g_autoptr (ImMsg) inside = NULL;
  g_autoptr (ImMsg) msg = NULL;
  const char *id = message->origin_id != NULL ? message->origin_id : message->id;

  if (message->body == NULL || *message->body == '\0'
      || (message->type != XMPP_MESSAGE_CHAT && message->type != XMPP_MESSAGE_NORMAL))
    return NULL;
  peer = map_message_dup_peer (ids, message);
  if (peer == NULL)
    return NULL;
  inside = read_container (message);
  msg = im_json_new (&im_msg_type);
  msg->elems = elems_from_container (inside, message->body);
  if (msg->elems == NULL)
    msg->elems = elems_from_body (message->body);
  msg->conv_id = map_id_user_from_jid (ids, peer);
  msg->conv_type = IM_CONV_C2C;
  msg->is_from_self = map_message_is_from_self (ids, message);
  msg->sender = map_id_user_from_jid (ids, msg->is_from_self ? ids->self_jid : peer);
  msg->server_time = server_time_s (message, now_us);
  take_claims (msg, inside);
  msg->rand = inside != NULL && inside->rand != 0
                  ? inside->rand & G_MAXUINT32
                  : (id != NULL ? g_str_hash (id) : g_random_int ());
  msg->status = IM_MSG_SEND_SUCC;
  msg->is_read = msg->is_from_self;
  im_json_complete (msg);
  return g_steal_pointer (&msg);
}
