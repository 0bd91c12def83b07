/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-about.h"

#include "im-attachments.h"
#include "im-json.h"
#include "im-outbox.h"
#include "im-reactions.h"
#include "im-session.h"
#include "map-about.h"
#include "map-message.h"

static void
tell_conversation (ImSession *session, const ImMsg *msg)
{
  im_events_conversation (im_session_get_events (session), IM_CONV_EVENT_UPDATE,
                          (int) msg->conv_type, msg->conv_id);
}

/* Doing */

static gboolean
take_back (ImSession *session, const ImStoreMessage *row, gboolean tell, GError **error)
{
  g_autoptr (ImMsg) msg = NULL;

  if (!im_store_message_revoke (im_session_get_store (session), row->row_id, &msg, error))
    return FALSE;
  im_attachments_remove (im_session_get_attachments (session), row->row_id);
  im_outbox_remove (im_session_get_outbox (session), row->row_id);
  if (tell)
    {
      im_events_message_revoked (im_session_get_events (session), msg);
      im_events_message_updated (im_session_get_events (session), msg);
    }
  tell_conversation (session, msg);
  return TRUE;
}

static gboolean
modify (ImSession *session, const ImStoreAbout *about, const ImStoreMessage *row, GError **error)
{
  g_autoptr (ImMsg) content
      = im_json_parse (&im_msg_type, about->payload, -1, IM_JSON_LENIENT, NULL);
  g_autoptr (ImMsg) msg = NULL;

  if (content == NULL || content->elems == NULL)
    return TRUE;
  if (!im_store_message_modify (im_session_get_store (session), row->row_id, content,
                                about->said_id, about->time_us, &msg, error))
    return FALSE;
  if (msg == NULL)
    return TRUE;
  im_events_message_updated (im_session_get_events (session), msg);
  tell_conversation (session, msg);
  return TRUE;
}

static gboolean
react (ImSession *session, const ImStoreAbout *about, const ImStoreMessage *row, GError **error)
{
  ImStore *store = im_session_get_store (session);
  g_autoptr (GPtrArray) before = im_store_reactions_list (store, row->row_id, error);
  gboolean changed = FALSE;

  if (before == NULL
      || !im_store_reactions_set (store, row->row_id, about->sender, about->payload, about->time_us,
                                  &changed, error))
    return FALSE;
  if (changed)
    im_reactions_tell (session, row, before);
  return TRUE;
}

gboolean
im_about_apply (ImSession *session,
                const ImStoreAbout *about,
                const ImStoreMessage *row,
                gboolean tell,
                GError **error)
{
  if (row->msg->status == IM_MSG_REVOKED)
    return TRUE;
  switch (about->kind)
    {
    case IM_ABOUT_REVOKE:
      return take_back (session, row, tell, error);
    case IM_ABOUT_MODIFY:
      return modify (session, about, row, error);
    case IM_ABOUT_REACT:
      return react (session, about, row, error);
    default:
      return TRUE;
    }
}

/* Receiving */

gboolean
im_about_is (const XmppMessage *message)
{
  const XmppAbout *about = &message->about;

  return about->retracts_id != NULL || about->replaces_id != NULL || about->reacts_to_id != NULL;
}

/* FALSE: it says nothing that can be done. */
static gboolean
read_words (ImSession *session, XmppMessage *message, ImStoreAbout *about)
{
  const XmppAbout *words = &message->about;
  gint64 now_us = g_get_real_time ();

  about->time_us = message->stamp_us > 0 ? MIN (message->stamp_us, now_us) : now_us;
  about->said_id = g_strdup (message->origin_id != NULL ? message->origin_id : message->id);
  if (words->retracts_id != NULL)
    {
      about->kind = IM_ABOUT_REVOKE;
      about->target = g_strdup (words->retracts_id);
    }
  else if (words->replaces_id != NULL)
    {
      g_autoptr (ImMsg) msg
          = map_message_from_stanza (im_session_get_ids (session), message, now_us);

      about->kind = IM_ABOUT_MODIFY;
      about->target = g_strdup (words->replaces_id);
      about->payload = msg != NULL ? im_json_format_internal (msg) : NULL;
      return msg != NULL;
    }
  else
    {
      about->kind = IM_ABOUT_REACT;
      about->target = g_strdup (words->reacts_to_id);
      about->payload = im_json_format_strv ((const char *const *) words->reactions);
    }
  return TRUE;
}

/* Each side reacts to the messages of both. */
static ImStoreMessage *
find_message (ImSession *session, XmppMessage *message, const ImStoreAbout *about)
{
  ImStore *store = im_session_get_store (session);
  gboolean own = map_message_is_from_self (im_session_get_ids (session), message);
  ImStoreMessage *row
      = im_store_message_find_wire (store, IM_CONV_C2C, about->conv_id, about->target, own, NULL);

  if (row == NULL && about->kind == IM_ABOUT_REACT)
    row = im_store_message_find_wire (store, IM_CONV_C2C, about->conv_id, about->target, !own,
                                      NULL);
  return row;
}

gboolean
im_about_take (ImSession *session, XmppMessage *message)
{
  const MapIds *ids = im_session_get_ids (session);
  gboolean is_own = map_message_is_from_self (ids, message);
  g_autofree char *peer = map_message_dup_peer (ids, message);
  g_autoptr (ImStoreAbout) about = g_new0 (ImStoreAbout, 1);
  g_autoptr (ImStoreMessage) row = NULL;
  g_autoptr (GError) error = NULL;

  about->conv_id = map_id_user_from_jid (ids, peer);
  if (about->conv_id == NULL || message->about.is_moderated
      || !read_words (session, message, about))
    return FALSE;
  about->sender = g_strdup (is_own ? im_session_get_user_id (session) : about->conv_id);
  row = find_message (session, message, about);
  if (row == NULL)
    im_store_about_wait (im_session_get_store (session), about, &error);
  else if (about->kind == IM_ABOUT_REACT || map_about_is_by_author (ids, message, row->msg))
    im_about_apply (session, about, row, TRUE, &error);
  if (error != NULL)
    g_message ("what was said about a message could not be stored: %s", error->message);
  return error == NULL && !is_own;
}

/* What waited */

static gboolean
may_say (ImSession *session, const ImStoreAbout *about, const ImStoreMessage *row)
{
  gboolean is_own = g_strcmp0 (about->sender, im_session_get_user_id (session)) == 0;

  return about->kind == IM_ABOUT_REACT || is_own == !!row->msg->is_from_self;
}

void
im_about_apply_waiting (ImSession *session, ImStoreMessage **row)
{
  ImStore *store = im_session_get_store (session);
  g_autoptr (GPtrArray) list = NULL;

  if ((*row)->msg->conv_type != IM_CONV_C2C)
    return;
  list = im_store_about_take (store, (*row)->msg->conv_id, *row, NULL);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const ImStoreAbout *about = g_ptr_array_index (list, i);
      ImStoreMessage *changed;

      if (!may_say (session, about, *row) || !im_about_apply (session, about, *row, FALSE, NULL))
        continue;
      changed = im_store_message_get (store, (*row)->row_id, NULL);
      if (changed == NULL)
        return;
      im_store_message_free (*row);
      *row = changed;
    }
}
