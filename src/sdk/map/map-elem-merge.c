/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-error.h"
#include "im-msg.h"
#include "map-bundle.h"
#include "map-elem-private.h"
#include "map-text.h"

#include <string.h>

/* A bundle of forwarded messages. It has no standard form: whoever does not know it sees the title
 * and the lines of the preview. Who wrote the messages inside, and when, is what the one says who
 * forwarded them. */

#define MAX_LINE 1024 /* bytes */
#define MAX_LINES 16
#define MAX_NAME 256
#define MAX_ID 1023
#define MAX_TIME_S G_GUINT64_CONSTANT (253402300799) /* the end of the year 9999 */

static gboolean
check_messages (const ImMergerElem *elem, guint depth, GError **error)
{
  if (elem->messages == NULL || elem->messages->len == 0)
    return map_elem_refuse (error, ERR_INVALID_MSG_ELEM, "merge_elem_message_array", "is empty");
  if (elem->messages->len > MAP_MAX_MERGED)
    return map_elem_refuse (error, ERR_INVALID_PARAMETERS, "merge_elem_message_array",
                            "has more messages than 300");
  for (guint i = 0; i < elem->messages->len; i++)
    {
      const ImMsg *msg = g_ptr_array_index (elem->messages, i);

      if (!map_elems_check_inside (msg->elems, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_merger (gconstpointer data, guint depth, GError **error)
{
  const ImMergerElem *elem = data;
  g_autoptr (MapBundleKey) key = NULL;

  if (map_text_is_blank (elem->compatible_text))
    return map_elem_refuse (error, ERR_INVALID_MSG_ELEM, "merge_elem_compatible_text", "is empty");
  if (elem->layer_over_limit)
    return TRUE;
  if (depth >= MAP_MAX_MERGE_DEPTH)
    return map_elem_refuse (error, ERR_MERGER_MSG_LAYERS_OVER_LIMIT, "",
                            "bundles are nested too deep");
  if (map_text_is_blank (elem->title))
    return map_elem_refuse (error, ERR_INVALID_MSG_ELEM, "merge_elem_title", "is empty");
  if (elem->messages == NULL || elem->messages->len == 0)
    key = map_bundle_parse_key (elem->relay_json_key);
  if (key != NULL) /* forwarded as it came */
    return TRUE;
  return check_messages (elem, depth, error);
}

static char *
body_of_merger (gconstpointer data)
{
  const ImMergerElem *elem = data;
  GString *body = g_string_new (elem->title);

  for (guint i = 0; elem->abstracts != NULL && elem->abstracts[i] != NULL; i++)
    g_string_append_printf (body, "\n%s", elem->abstracts[i]);
  if (map_text_is_blank (body->str))
    g_string_assign (body, elem->compatible_text != NULL ? elem->compatible_text : "");
  return g_string_free (body, FALSE);
}

static char *
label_of_merger (gconstpointer data)
{
  const ImMergerElem *elem = data;

  return map_text_is_blank (elem->title) ? body_of_merger (elem) : g_strdup (elem->title);
}

/* Cleaning */

static ImUserProfile *
clean_profile (const ImUserProfile *from)
{
  ImUserProfile *profile;

  if (from == NULL || map_text_is_blank (from->nick_name))
    return NULL;
  profile = im_json_parse (&im_user_profile_type, "{}", -1, IM_JSON_LENIENT, NULL);
  profile->nick_name = map_text_cut (from->nick_name, MAX_NAME);
  return profile;
}

static GPtrArray *
clean_elems (GPtrArray *from, guint depth)
{
  g_autoptr (GPtrArray) elems = im_json_array_new ();

  for (guint i = 0; from != NULL && i < MIN (from->len, MAP_MAX_ELEMS); i++)
    {
      ImElem *elem = map_elem_clean_inside (g_ptr_array_index (from, i), NULL, depth);

      if (elem != NULL)
        g_ptr_array_add (elems, elem);
    }
  return elems->len > 0 ? g_steal_pointer (&elems) : NULL;
}

static ImMsg *
clean_message (const ImMsg *from, guint depth)
{
  GPtrArray *elems = clean_elems (from->elems, depth);
  ImMsg *msg;

  if (elems == NULL)
    return NULL;
  /* Parsed out of nothing, it writes only what is set. */
  msg = im_json_parse (&im_msg_type, "{}", -1, IM_JSON_LENIENT, NULL);
  msg->elems = elems;
  msg->sender = map_text_cut (from->sender, MAX_ID);
  msg->sender_profile = clean_profile (from->sender_profile);
  msg->msg_id = map_text_cut (from->msg_id, MAX_ID);
  msg->client_time = from->client_time <= MAX_TIME_S ? from->client_time : 0;
  msg->server_time = from->server_time <= MAX_TIME_S ? from->server_time : 0;
  msg->status = IM_MSG_SEND_SUCC;
  return msg;
}

GPtrArray *
map_merger_clean_messages (GPtrArray *from, guint depth)
{
  GPtrArray *messages = im_json_array_new ();

  for (guint i = 0; from != NULL && i < MIN (from->len, MAP_MAX_MERGED); i++)
    {
      ImMsg *msg = clean_message (g_ptr_array_index (from, i), depth + 1);

      if (msg != NULL)
        g_ptr_array_add (messages, msg);
    }
  return messages;
}

static char **
clean_lines (char **from)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; from != NULL && from[i] != NULL && i < MAX_LINES; i++)
    {
      g_autofree char *line = map_text_cut (from[i], MAX_LINE);

      g_strv_builder_add (builder, line != NULL ? line : "");
    }
  return g_strv_builder_end (builder);
}

static gpointer
clean_merger (gconstpointer data, G_GNUC_UNUSED const XmppFile *file, guint depth)
{
  const ImMergerElem *from = data;
  ImMergerElem *elem = im_json_new (&im_merger_elem_type);
  g_autoptr (MapBundleKey) key = NULL;

  elem->compatible_text = map_text_cut (from->compatible_text, MAX_LINE);
  elem->layer_over_limit = from->layer_over_limit || depth >= MAP_MAX_MERGE_DEPTH;
  if (elem->layer_over_limit)
    return elem;
  elem->title = map_text_cut (from->title, MAX_LINE);
  elem->abstracts = clean_lines (from->abstracts);
  key = map_bundle_parse_key (from->relay_json_key);
  if (key != NULL)
    elem->relay_json_key = g_strdup (from->relay_json_key);
  elem->messages = map_merger_clean_messages (key == NULL ? from->messages : NULL, depth);
  if (key != NULL || elem->messages->len > 0)
    return elem;
  im_json_unref (elem);
  return NULL;
}

const MapElemKind map_merger_kind = { .type = IM_ELEM_MERGE,
                                      .check = check_merger,
                                      .body = body_of_merger,
                                      .label = label_of_merger,
                                      .clean = clean_merger };
