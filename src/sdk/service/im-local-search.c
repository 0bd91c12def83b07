/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-local-search.h"

#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-search.h"
#include "im-session.h"

#define KEYWORDS_MAX 5
#define SENDERS_MAX 100
#define KINDS_MAX 100

static gboolean
has_keyword (const ImMsgSearchParam *param)
{
  for (char **keyword = param->keywords; keyword != NULL && *keyword != NULL; keyword++)
    if (**keyword != '\0')
      return TRUE;
  return FALSE;
}

static guint
count (char **strings)
{
  return strings != NULL ? g_strv_length (strings) : 0;
}

/* NULL when it can be searched for. */
static const char *
find_fault (const ImMsgSearchParam *param)
{
  guint n_kinds = param->elem_types != NULL ? param->elem_types->len : 0;

  if (count (param->keywords) > KEYWORDS_MAX)
    return "msg_search_param_keyword_array has more than 5 words";
  if (count (param->senders) > SENDERS_MAX)
    return "msg_search_param_send_identifier_array has more than 100 senders";
  if (n_kinds > KINDS_MAX)
    return "msg_search_param_message_type_array has more than 100 kinds";
  if (!has_keyword (param) && count (param->senders) == 0 && n_kinds == 0)
    return "msg_search_param_keyword_array is empty";
  if (param->conv_type == IM_CONV_SYSTEM)
    return "msg_search_param_conv_type is no kind that can be searched";
  if (param->conv_type != IM_CONV_INVALID && (param->conv_id == NULL || *param->conv_id == '\0'))
    return "msg_search_param_conv_id is empty";
  return NULL;
}

/* "Bob@Own.Domain" is "bob"; what is no address stays. Takes the id. */
static char *
short_id (const MapIds *ids, char *taken)
{
  g_autofree char *id = taken;
  g_autofree char *jid = id != NULL ? map_id_jid_from_user (ids, id, NULL) : NULL;

  return jid != NULL ? map_id_user_from_jid (ids, jid) : g_steal_pointer (&id);
}

/* A copy as the store wants it: ids in their short form, keywords that are not empty. */
static ImMsgSearchParam *
dup_param (const MapIds *ids, const ImMsgSearchParam *given)
{
  ImMsgSearchParam *param = im_json_copy (given);
  g_autoptr (GStrvBuilder) keywords = g_strv_builder_new ();

  for (char **keyword = param->keywords; keyword != NULL && *keyword != NULL; keyword++)
    if (**keyword != '\0')
      g_strv_builder_add (keywords, *keyword);
  g_strfreev (param->keywords);
  param->keywords = g_strv_builder_end (keywords);
  for (char **sender = param->senders; sender != NULL && *sender != NULL; sender++)
    *sender = short_id (ids, *sender);
  if (param->conv_type == IM_CONV_C2C)
    param->conv_id = short_id (ids, param->conv_id);
  return param;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMsgSearchResult) found = im_store_search_finish (result, &error);

  if (im_call_is_answered (call)) /* the session is gone */
    return;
  if (found != NULL)
    im_call_return (call, im_json_format (found));
  else
    im_call_return_store_error (call, error);
}

void
im_local_search (ImSession *session, ImJob *job)
{
  const char *fault = find_fault (job->param);
  g_autoptr (ImMsgSearchParam) param = NULL;

  if (fault != NULL)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS, fault);
  param = dup_param (im_session_get_ids (session), job->param);
  im_store_search_async (im_session_get_store (session), param,
                         im_session_get_cancellable (session), on_found, im_call_ref (job->call));
}
