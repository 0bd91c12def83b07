/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "im-elem.h"

static ImMsg *
msg_new (const Given *given)
{
  ImMsg *msg = im_json_new (&im_msg_type);
  ImTextElem *elem = im_json_new (&im_text_elem_type);

  elem->base.type = IM_ELEM_TEXT;
  elem->content = g_strdup (given->text);
  msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, elem);
  msg->conv_id = g_strdup (given->conv != NULL ? given->conv : BOB);
  msg->conv_type = given->conv_type != 0 ? given->conv_type : IM_CONV_C2C;
  msg->sender = g_strdup (given->own ? ME : msg->conv_id);
  msg->is_from_self = given->own;
  msg->status = given->status != 0 ? given->status : IM_MSG_SEND_SUCC;
  msg->server_time = msg->client_time = given->time;
  msg->rand = given->rand;
  msg->is_read = given->read;
  return msg;
}

gboolean
store_try_add (ImStore *store,
               ImStoreEnd end,
               const Given *given,
               ImStoreAdded *ret_added,
               ImStoreMessage **ret_row,
               GError **error)
{
  g_autoptr (ImMsg) msg = msg_new (given);
  ImStoreMessage in = { 0 };

  in.msg = msg;
  in.origin_id = (char *) given->origin;
  in.archive_id = (char *) given->archive;
  in.wire_id = (char *) given->wire;
  in.after_id = (char *) given->after;
  in.ahead_id = (char *) given->ahead;
  in.markable = given->markable;
  return im_store_message_add (store, &in, end, ret_added, ret_row, NULL, error);
}

ImStoreAdded
store_add (ImStore *store, ImStoreEnd end, const Given *given, ImStoreMessage **ret_row)
{
  g_autoptr (GError) error = NULL;
  ImStoreAdded added = IM_STORE_KNOWN;

  store_try_add (store, end, given, &added, ret_row, &error);
  g_assert_no_error (error);
  return added;
}

const char *
msg_text (const ImMsg *msg)
{
  const ImTextElem *elem;

  g_assert_cmpuint (msg->elems->len, ==, 1);
  elem = g_ptr_array_index (msg->elems, 0);
  g_assert_cmpint (elem->base.type, ==, IM_ELEM_TEXT);
  return elem->content;
}

char *
page_texts (GPtrArray *page)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < page->len; i++)
    g_string_append_printf (texts, "%s%s", i > 0 ? " " : "",
                            msg_text (g_ptr_array_index (page, i)));
  return g_string_free (texts, FALSE);
}

char *
store_texts (ImStore *store, const char *conv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page
      = im_store_message_page (store, IM_CONV_C2C, conv, NULL, TRUE, 100000, &error);

  g_assert_no_error (error);
  return page_texts (page);
}

guint
store_unread (ImStore *store, const char *conv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImConv) found = im_store_conversation_get (store, IM_CONV_C2C, conv, &error);

  g_assert_no_error (error);
  return found != NULL ? (guint) found->unread_num : 0;
}

guint
store_n_outbox (ImStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = im_store_outbox_list (store, &error);

  g_assert_no_error (error);
  return rows->len;
}

void
store_report_read_all (ImStore *store, const char *conv)
{
  g_autoptr (GError) error = NULL;

  im_store_mark_read (store, IM_CONV_C2C, conv, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

ImStore *
store_open (const char *dir)
{
  g_autoptr (GError) error = NULL;
  ImStore *store = im_store_open (dir, &error);

  g_assert_no_error (error);
  return store;
}

ImStore *
store_open_memory (void)
{
  g_autoptr (GError) error = NULL;
  ImStore *store = im_store_open_memory (&error);

  g_assert_no_error (error);
  return store;
}
