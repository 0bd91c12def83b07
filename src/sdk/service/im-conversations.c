/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-conversations.h"

#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-messages.h"
#include "im-session.h"

static void
tell (ImSession *session, const ImJob *job, int event)
{
  im_events_conversation (im_session_get_events (session), event, job->conv_type, job->conv_id);
}

gboolean
im_conversations_resolve (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *jid = NULL;

  if (job->conv_type != IM_CONV_C2C)
    return TRUE;
  jid = map_id_jid_from_user (im_session_get_ids (session), job->conv_id, &error);
  if (jid == NULL)
    {
      im_call_return_code (job->call, ERR_INVALID_CONVERSATION, error->message);
      return FALSE;
    }
  g_free (job->conv_id);
  job->conv_id = map_id_user_from_jid (im_session_get_ids (session), jid);
  return TRUE;
}

void
im_conversations_create (ImSession *session, ImJob *job)
{
  ImStore *store = im_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImConv) conv = NULL;
  gboolean created = FALSE;

  if (!im_conversations_resolve (session, job))
    return;
  if (!im_store_conversation_create (store, job->conv_type, job->conv_id, &created, &error))
    return im_call_return_store_error (job->call, error);
  conv = im_store_conversation_get (store, job->conv_type, job->conv_id, &error);
  if (conv == NULL)
    return im_call_return_store_error (job->call, error);
  if (created)
    tell (session, job, IM_CONV_EVENT_ADD);
  im_call_return (job->call, im_json_format (conv));
}

void
im_conversations_delete (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  gboolean existed = FALSE;

  if (!im_store_conversation_delete (im_session_get_store (session), job->conv_type, job->conv_id,
                                     &existed, &error))
    return im_call_return_store_error (job->call, error);
  im_messages_forget_deleted (session);
  if (existed)
    tell (session, job, IM_CONV_EVENT_DEL);
  im_call_return (job->call, NULL);
}

void
im_conversations_list (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = im_store_conversation_list (im_session_get_store (session), &error);

  if (list == NULL)
    return im_call_return_store_error (job->call, error);
  im_call_return (job->call, im_json_format_array (list));
}

static gboolean
wants_what_nothing_has (const ImConversationListFilter *filter)
{
  return (filter->conversation_group != NULL && *filter->conversation_group != '\0')
         || filter->has_group_at_info;
}

void
im_conversations_page (ImSession *session, ImJob *job)
{
  const ImConversationListFilter *wanted = job->param;
  g_autoptr (ImConversationListResult) result = im_json_new (&im_conversation_list_result_type);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = NULL;
  ImStoreFilter filter = IM_STORE_NO_FILTER;

  filter.type = (int) wanted->conv_type;
  if (IM_JSON_HAS (wanted, ImConversationListFilter, has_unread_count))
    filter.unread = wanted->has_unread_count ? 1 : 0;
  filter.by_marks = IM_JSON_HAS (wanted, ImConversationListFilter, mark_type);
  filter.marks = wanted->mark_type;
  if (wants_what_nothing_has (wanted))
    page = im_json_array_new ();
  else
    page = im_store_conversation_page (im_session_get_store (session), &filter, job->from,
                                       job->count, &result->next_seq, &error);
  if (page == NULL)
    return im_call_return_store_error (job->call, error);
  g_clear_pointer (&result->convs, g_ptr_array_unref);
  result->convs = g_steal_pointer (&page);
  result->is_finished = result->next_seq == 0;
  im_call_return (job->call, im_json_format (result));
}

void
im_conversations_set_draft (ImSession *session, ImJob *job)
{
  g_autoptr (ImDraft) draft = im_json_copy (job->param);
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;

  if (draft->edit_time == 0)
    draft->edit_time = g_get_real_time () / G_USEC_PER_SEC;
  if (!im_store_draft_set (im_session_get_store (session), job->conv_type, job->conv_id, draft,
                           &is_new, &error))
    return im_call_return_store_error (job->call, error);
  tell (session, job, is_new ? IM_CONV_EVENT_ADD : IM_CONV_EVENT_UPDATE);
  im_call_return (job->call, NULL);
}

void
im_conversations_cancel_draft (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  gboolean had = FALSE;

  if (!im_store_draft_clear (im_session_get_store (session), job->conv_type, job->conv_id, &had,
                             &error))
    return im_call_return_store_error (job->call, error);
  if (had)
    tell (session, job, IM_CONV_EVENT_UPDATE);
  im_call_return (job->call, NULL);
}
