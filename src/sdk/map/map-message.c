/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-message.h"

#include "im-elem.h"
#include "im-error.h"
#include "im-json.h"
#include "map-parts.h"
#include "map-reply.h"
#include "map-text.h"
#include "xmpp-fallback.h"
#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define NS_TIM MAP_MESSAGE_FEATURE
#define NS_JSON "urn:xmpp:json:0" /* XEP-0335 */
#define TYPING_KIND "user_typing_status"
#define CONTAINER_MAX (64 * 1024)
/* Elements of a later version. */
#define FIRST_LATER (IM_ELEM_MERGE + 1)
#define LAST_LATER 9999
#define MAX_LATER 8
#define MAX_LATER_SIZE (8 * 1024)
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

gboolean
map_message_check (const ImMsg *msg, GError **error)
{
  if (msg->cloud_custom_str != NULL && strlen (msg->cloud_custom_str) > MAP_MAX_CLOUD_CUSTOM)
    {
      g_set_error_literal (error, IM_ERROR, ERR_SDK_MSG_BODY_SIZE_LIMIT,
                           "message_cloud_custom_str is too long");
      return FALSE;
    }
  return get_typing_elem (msg) != NULL || map_elems_check (msg->elems, error);
}

char *
map_message_fallback_text (const ImMsg *msg)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; msg->elems != NULL && i < msg->elems->len; i++)
    {
      g_autofree char *label = map_elem_label (g_ptr_array_index (msg->elems, i));

      if (*label != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", label);
    }
  return g_string_free (text, FALSE);
}

static char *
body_text (GPtrArray *elems)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < elems->len; i++)
    {
      g_autofree char *text = map_elem_body (g_ptr_array_index (elems, i));

      g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", text);
    }
  return g_string_free (body, FALSE);
}

/* What others may know of them. */
static GPtrArray *
elems_to_send (const ImMsg *msg, GError **error)
{
  g_autoptr (GPtrArray) elems = im_json_array_new ();

  for (guint i = 0; i < msg->elems->len; i++)
    {
      ImElem *elem = map_elem_clean (g_ptr_array_index (msg->elems, i), NULL);

      if (elem == NULL)
        {
          g_set_error_literal (error, IM_ERROR, ERR_INVALID_MSG_ELEM,
                               "message_elem_array has a file that is not uploaded");
          return NULL;
        }
      g_ptr_array_add (elems, elem);
    }
  return g_steal_pointer (&elems);
}

/* The standard parts, and which part of the body (which begins behind the quote) they stand for:
 * with the line end before it, so that no empty lines are left. */
static void
append_parts (xmlNode *message, GPtrArray *elems, const char *quote)
{
  gsize start = (gsize) g_utf8_strlen (quote, -1);

  for (guint i = 0; i < elems->len; i++)
    {
      const ImElem *elem = g_ptr_array_index (elems, i);
      g_autofree char *text = map_elem_body (elem);
      gsize end = start + (gsize) g_utf8_strlen (text, -1);

      if (map_elem_append_parts (elem, message))
        xmpp_fallback_add (message, map_elem_get_namespace (elem), i > 0 ? start - 1 : start, end);
      start = end + 1;
    }
  if (elems->len == 1 && map_elem_get_url (elems->pdata[0]) != NULL)
    xmpp_oob_append (message, map_elem_get_url (elems->pdata[0]));
}

/* Would others take it for something else? */
static gboolean
is_plain_text (const ImElem *elem)
{
  g_autofree char *body = NULL;
  double latitude, longitude;

  if (elem->type != IM_ELEM_TEXT)
    return FALSE;
  body = g_strstrip (map_elem_body (elem));
  return !xmpp_location_parse_uri (body, &latitude, &longitude);
}

/* What the standard parts do not say; the elements only when the body does not say them all. */
static char *
container_text (const ImMsg *msg, GPtrArray *elems, GError **error)
{
  /* Parsed out of nothing, it writes only what is set. */
  g_autoptr (ImMsg) inside = im_json_parse (&im_msg_type, "{}", -1, IM_JSON_LENIENT, NULL);
  g_autofree char *text = NULL;

  inside->rand = msg->rand;
  inside->client_time = msg->client_time;
  inside->priority = msg->priority;
  inside->platform = msg->platform;
  inside->version = msg->version;
  im_json_set_str (&inside->cloud_custom_str, msg->cloud_custom_str);
  if (elems->len > 1 || !is_plain_text (elems->pdata[0]))
    inside->elems = g_ptr_array_ref (elems);
  text = im_json_format_internal (inside);
  if (strlen (text) <= CONTAINER_MAX)
    return g_steal_pointer (&text);
  g_set_error_literal (error, IM_ERROR, ERR_SDK_MSG_BODY_SIZE_LIMIT,
                       "message_elem_array is too long");
  return NULL;
}

static XmppStanza *
content_stanza (
    const ImMsg *msg, const char *to, const char *origin_id, const MapReply *reply, GError **error)
{
  const char *quote = reply->quote != NULL ? reply->quote : "";
  g_autoptr (GPtrArray) elems = elems_to_send (msg, error);
  g_autofree char *text = elems != NULL ? body_text (elems) : NULL;
  g_autofree char *body = g_strconcat (quote, text, NULL);
  g_autofree char *container = elems != NULL ? container_text (msg, elems, error) : NULL;
  XmppStanza *stanza;
  xmlNode *root;

  if (container == NULL)
    return NULL;
  stanza = xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("type", "chat"), XMPP_ATTR ("to", to),
               XMPP_ATTR ("id", origin_id), XMPP_TEXT_EL ("body", NULL, body),
               XMPP_EL ("origin-id", XMPP_NS_STANZA_IDS, XMPP_ATTR ("id", origin_id)),
               XMPP_EL ("request", XMPP_NS_RECEIPTS), XMPP_EL ("markable", XMPP_NS_MARKERS),
               XMPP_EL ("active", XMPP_NS_CHAT_STATES),
               XMPP_EL_IF (!msg->is_online_msg, "store", XMPP_NS_HINTS),
               XMPP_EL_IF (msg->is_online_msg, "no-store", XMPP_NS_HINTS),
               XMPP_EL ("tim", NS_TIM, XMPP_TEXT_EL ("json", NS_JSON, container)))));
  root = xmpp_stanza_get_root (stanza);
  append_parts (root, elems, quote);
  if (reply->id != NULL)
    xmpp_reply_add (stanza, reply->id, reply->to);
  if (*quote != '\0')
    xmpp_fallback_add (root, XMPP_NS_REPLY, 0, (gsize) g_utf8_strlen (quote, -1));
  return stanza;
}

XmppStanza *
map_message_to_stanza (const MapIds *ids, const ImMsg *msg, const char *origin_id, GError **error)
{
  g_autofree char *to = NULL;
  XmppStanza *stanza;
  MapReply reply;
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
  map_reply_read (ids, to, msg->cloud_custom_str, &reply);
  stanza = content_stanza (msg, to, origin_id, &reply, error);
  map_reply_clear (&reply);
  return stanza;
}

XmppStanza *
map_message_to_correction (const MapIds *ids,
                           const ImMsg *msg,
                           const char *origin_id,
                           const char *replaced_id,
                           GError **error)
{
  XmppStanza *stanza = map_message_to_stanza (ids, msg, origin_id, error);

  if (stanza != NULL)
    xmpp_correction_add (stanza, replaced_id);
  return stanza;
}

/* Into our element, where there is one. */
static void
add (XmppStanza *stanza, const XmppSpec *child)
{
  xmlNode *tim = xmlFirstElementChild (xmpp_stanza_get_root (stanza));

  while (tim != NULL && !xmpp_node_is (tim, "tim", NS_TIM))
    tim = xmlNextElementSibling (tim);
  if (tim != NULL)
    xmpp_spec_append (tim, child);
}

void
map_message_add_previous (XmppStanza *stanza, const char *previous_id)
{
  add (stanza, XMPP_SPEC (XMPP_EL ("previous", NULL, XMPP_ATTR ("id", previous_id))));
}

XmppStanza *
map_message_to_repeat (const MapIds *ids,
                       const ImMsg *msg,
                       const char *origin_id,
                       const char *after_id,
                       const char *before_id,
                       GError **error)
{
  XmppStanza *stanza = map_message_to_stanza (ids, msg, origin_id, error);

  if (stanza != NULL)
    add (stanza, XMPP_SPEC (XMPP_EL ("repeat", NULL, XMPP_ATTR ("after", after_id),
                                     XMPP_ATTR ("before", before_id))));
  return stanza;
}

XmppStanza *
map_message_receipts (const char *to, const char *const *message_ids, gboolean is_exact)
{
  return xmpp_receipt_new (to, XMPP_MESSAGE_CHAT, message_ids,
                           is_exact ? XMPP_SPEC (XMPP_EL ("exact", NS_TIM)) : NULL);
}

/* In */

gboolean
map_message_is_from_self (const MapIds *ids, const XmppMessage *message)
{
  return xmpp_message_is_own (message, ids->self_jid);
}

char *
map_message_dup_peer (const MapIds *ids, const XmppMessage *message)
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
get_child (XmppMessage *message, const char *name)
{
  return xmpp_node_child (xmpp_message_payload (message, "tim", NS_TIM), name, NS_TIM);
}

gboolean
map_message_is_repeat (XmppMessage *message)
{
  return get_child (message, "repeat") != NULL;
}

static char *
dup_neighbour (XmppMessage *message, const char *child, const char *name)
{
  const xmlNode *node = get_child (message, child);
  const char *id = node != NULL ? xmpp_node_attr (node, name) : NULL;

  return id != NULL && strlen (id) <= XMPP_MAX_ID ? g_strdup (id) : NULL;
}

char *
map_message_dup_previous (XmppMessage *message)
{
  return dup_neighbour (message, "previous", "id");
}

char *
map_message_dup_after (XmppMessage *message)
{
  return dup_neighbour (message, "repeat", "after");
}

char *
map_message_dup_before (XmppMessage *message)
{
  return dup_neighbour (message, "repeat", "before");
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

static gboolean
is_file (const ImElem *elem)
{
  return g_strcmp0 (map_elem_get_namespace (elem), XMPP_NS_SFS) == 0;
}

static gboolean
has_the_place (GPtrArray *elems, const MapParts *parts)
{
  for (guint i = 0; i < elems->len; i++)
    {
      const ImLocationElem *elem = g_ptr_array_index (elems, i);

      if (elem->base.type == IM_ELEM_LOCATION
          && map_parts_is_place (parts, elem->latitude, elem->longitude))
        return TRUE;
    }
  return FALSE;
}

/* Each of them within bounds, with the standard part that belongs to it; NULL when one cannot be,
 * or when the parts say more. */
static GPtrArray *
match_parts (GPtrArray *claimed, const MapParts *parts)
{
  g_autoptr (GPtrArray) elems = im_json_array_new ();
  guint n_files = 0;

  for (guint i = 0; i < claimed->len; i++)
    {
      const ImElem *from = g_ptr_array_index (claimed, i);
      const XmppFile *file = NULL;
      ImElem *elem;

      if (is_file (from) && n_files == parts->files->len)
        return NULL;
      if (is_file (from))
        file = g_ptr_array_index (parts->files, n_files++);
      elem = map_elem_clean (from, file);
      if (elem == NULL)
        return NULL;
      g_ptr_array_add (elems, elem);
    }
  if (n_files != parts->files->len || parts->has_more_files)
    return NULL;
  if (parts->oob_url != NULL && !map_parts_has_url (parts, parts->oob_url))
    return NULL;
  if (parts->has_location && !parts->is_location_in_body_only && !has_the_place (elems, parts))
    return NULL;
  return g_steal_pointer (&elems);
}

/* The elements beside the body count only when they say what the body and the standard parts say: a
 * foreign client must not see one thing and we another. */
static GPtrArray *
elems_from_container (const ImMsg *inside, const MapParts *parts)
{
  g_autoptr (GPtrArray) elems = NULL;
  g_autofree char *same = NULL;

  if (inside == NULL || inside->elems == NULL || inside->elems->len == 0
      || inside->elems->len > MAP_MAX_ELEMS || parts->body == NULL || parts->is_encrypted)
    return NULL;
  elems = match_parts (inside->elems, parts);
  if (elems == NULL || !map_elems_check (elems, NULL))
    return NULL;
  same = body_text (elems);
  return g_str_equal (same, parts->body) ? g_steal_pointer (&elems) : NULL;
}

/* A kind of a later version, which is kept as it came. Its number may not be one that means
 * something in another profile. */
static gboolean
is_later (const ImElem *elem)
{
  g_autofree char *text = NULL;
  g_autoptr (ImElem) again = NULL;

  if (elem->header.type != &im_unknown_elem_type || elem->type < FIRST_LATER
      || elem->type > LAST_LATER)
    return FALSE;
  text = im_json_format_internal (elem);
  if (strlen (text) > MAX_LATER_SIZE)
    return FALSE;
  again = im_json_parse (&im_elem_type, text, -1, IM_JSON_STRICT, NULL);
  return again != NULL;
}

static void
add_later_elems (GPtrArray *elems, const ImMsg *inside)
{
  guint n = 0;

  if (inside == NULL || inside->elems == NULL || inside->elems->len > MAP_MAX_ELEMS)
    return;
  for (guint i = 0; i < inside->elems->len && n < MAX_LATER; i++)
    if (is_later (g_ptr_array_index (inside->elems, i)))
      {
        g_ptr_array_add (elems, im_json_ref (g_ptr_array_index (inside->elems, i)));
        n++;
      }
}

/* NULL when the message has no content. */
static GPtrArray *
elems_from_message (const ImMsg *inside, const XmppMessage *message)
{
  g_auto (MapParts) parts = { 0 };
  g_autoptr (GPtrArray) elems = NULL;

  map_parts_read (message, &parts);
  elems = elems_from_container (inside, &parts);
  if (elems != NULL)
    return g_steal_pointer (&elems);
  elems = map_parts_to_elems (&parts);
  if (elems->len == 0)
    return NULL;
  add_later_elems (elems, inside);
  return g_steal_pointer (&elems);
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

static void
take_version (ImMsg *msg, guint64 version)
{
  if (version == 0)
    return;
  msg->version = MIN (version, G_MAXUINT32);
  IM_JSON_MARK (msg, ImMsg, version);
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
  take_version (msg, inside->version);
}

/* Another client may ask servers not to store it, which does not make it less of a message. */
static gboolean
is_online_only (XmppMessage *message)
{
  return map_message_wants_exact (message)
         && xmpp_message_payload (message, "no-store", XMPP_NS_HINTS) != NULL;
}

ImMsg *
map_message_from_stanza (const MapIds *ids, XmppMessage *message, gint64 now_us)
{
  g_autofree char *peer = NULL;
  g_autoptr (ImMsg) inside = NULL;
  g_autoptr (ImMsg) msg = NULL;
  g_autoptr (GPtrArray) elems = NULL;
  const char *id = message->origin_id != NULL ? message->origin_id : message->id;

  if (message->type != XMPP_MESSAGE_CHAT && message->type != XMPP_MESSAGE_NORMAL)
    return NULL;
  peer = map_message_dup_peer (ids, message);
  if (peer == NULL)
    return NULL;
  inside = read_container (message);
  elems = elems_from_message (inside, message);
  if (elems == NULL)
    return NULL;
  msg = im_json_new (&im_msg_type);
  msg->elems = g_steal_pointer (&elems);
  msg->conv_id = map_id_user_from_jid (ids, peer);
  msg->conv_type = IM_CONV_C2C;
  msg->is_from_self = map_message_is_from_self (ids, message);
  msg->sender = map_id_user_from_jid (ids, msg->is_from_self ? ids->self_jid : peer);
  msg->server_time = server_time_s (message, now_us);
  take_claims (msg, inside);
  msg->msg_id = g_strdup (message->id != NULL ? message->id : id);
  msg->cloud_custom_str
      = map_reply_dup_cloud_custom (ids, message, inside != NULL ? inside->cloud_custom_str : NULL);
  msg->rand = inside != NULL && inside->rand != 0
                  ? inside->rand & G_MAXUINT32
                  : (id != NULL ? g_str_hash (id) : g_random_int ());
  msg->status = IM_MSG_SEND_SUCC;
  msg->is_read = msg->is_from_self;
  msg->is_online_msg = is_online_only (message);
  im_json_complete (msg);
  return g_steal_pointer (&msg);
}
