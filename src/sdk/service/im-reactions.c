/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-reactions.h"

#include "im-about-jobs.h"
#include "im-error.h"
#include "im-json.h"
#include "im-said.h"
#include "im-session.h"
#include "xmpp-about.h"

#define REACTIONS_MAX 10 /* of one message */
#define MESSAGES_MAX 20  /* of one call */

/* What they look like */

static ImReaction *
find (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((ImReaction *) g_ptr_array_index (list, i))->id, id))
      return g_ptr_array_index (list, i);
  return NULL;
}

static ImReaction *
ensure (GPtrArray *list, const char *id)
{
  ImReaction *reaction = find (list, id);

  if (reaction != NULL)
    return reaction;
  reaction = im_json_new (&im_reaction_type);
  reaction->id = g_strdup (id);
  reaction->users = im_json_array_new ();
  g_ptr_array_add (list, reaction);
  return reaction;
}

static void
count (ImReaction *reaction, const char *sender, const char *self, guint users_max)
{
  ImReactionUser *user;

  reaction->user_count++;
  if (g_strcmp0 (sender, self) == 0)
    reaction->by_myself = TRUE;
  if (reaction->users->len >= users_max)
    return;
  user = im_json_new (&im_reaction_user_type);
  user->user_id = g_strdup (sender);
  g_ptr_array_add (reaction->users, user);
}

/* stored: of ImStoreReactions. Returns: of ImReaction */
static GPtrArray *
summarize (ImSession *session, GPtrArray *stored, guint users_max)
{
  GPtrArray *list = im_json_array_new ();

  for (guint i = 0; i < stored->len; i++)
    {
      const ImStoreReactions *one = g_ptr_array_index (stored, i);

      for (char **id = one->reactions; *id != NULL; id++)
        count (ensure (list, *id), one->sender, im_session_get_user_id (session), users_max);
    }
  return list;
}

static const char *
id_of (const ImStoreMessage *row)
{
  return row->wire_id != NULL ? row->wire_id : row->origin_id;
}

void
im_reactions_tell (ImSession *session, const ImStoreMessage *row, GPtrArray *before)
{
  g_autoptr (ImReactionChange) change = im_json_new (&im_reaction_change_type);
  g_autoptr (GPtrArray) now
      = im_store_reactions_list (im_session_get_store (session), row->row_id, NULL);

  if (now == NULL)
    return;
  change->msg_id = g_strdup (id_of (row));
  change->reactions = summarize (session, now, G_MAXUINT);
  for (guint i = 0; i < before->len; i++)
    for (char **id = ((const ImStoreReactions *) g_ptr_array_index (before, i))->reactions;
         *id != NULL; id++)
      ensure (change->reactions, *id);
  im_events_reactions (im_session_get_events (session), change);
}

/* Reacting */

static const ImStoreReactions *
find_own (ImSession *session, GPtrArray *stored)
{
  for (guint i = 0; i < stored->len; i++)
    {
      const ImStoreReactions *one = g_ptr_array_index (stored, i);

      if (g_strcmp0 (one->sender, im_session_get_user_id (session)) == 0)
        return one;
    }
  return NULL;
}

/* Returns: 0, or why it cannot be. */
static int
check (GPtrArray *summary, const char *id, gboolean adds)
{
  const ImReaction *reaction = find (summary, id);

  if (adds && reaction == NULL)
    return summary->len >= REACTIONS_MAX ? ERR_SVR_MSG_REACTION_COUNT_LIMIT : 0;
  if (adds)
    return reaction->by_myself ? ERR_SVR_MSG_REACTION_ALREADY_CONTAIN_USER : 0;
  if (reaction == NULL)
    return ERR_SVR_MSG_REACTION_NOT_EXISTS;
  return reaction->by_myself ? 0 : ERR_SVR_MSG_REACTION_NOT_CONTAIN_USER;
}

/* All own ones, with or without that one, as JSON. */
static char *
format_own (const ImStoreReactions *own, const char *id, gboolean adds)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (char **p = own != NULL ? own->reactions : NULL; p != NULL && *p != NULL; p++)
    if (!g_str_equal (*p, id))
      g_ptr_array_add (texts, *p);
  if (adds)
    g_ptr_array_add (texts, (gpointer) id);
  g_ptr_array_add (texts, NULL);
  return im_json_format_strv ((const char *const *) texts->pdata);
}

static void
change (ImSession *session, ImJob *job, gboolean adds)
{
  g_autoptr (ImStoreMessage) row
      = im_said_find_message (session, job->call, job->conv_type, job->conv_id, job->param);
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GPtrArray) summary = NULL;
  g_autoptr (GError) error = NULL;
  ImStoreAbout *about;
  int code;

  if (row == NULL)
    return;
  if (row->msg->status == IM_MSG_REVOKED || row->msg->status == IM_MSG_SEND_FAIL)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS,
                                "the message was revoked, or not sent");
  if (!xmpp_reaction_is_valid (job->text))
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS, "reaction_id: not usable");
  stored = im_store_reactions_list (im_session_get_store (session), row->row_id, &error);
  if (stored == NULL)
    return im_call_return_store_error (job->call, error);
  summary = summarize (session, stored, 0);
  code = check (summary, job->text, adds);
  if (code != 0)
    return im_call_return_code (job->call, code, NULL);
  about = g_new0 (ImStoreAbout, 1);
  about->kind = IM_ABOUT_REACT;
  about->payload = format_own (find_own (session, stored), job->text, adds);
  im_said_add (im_session_get_said (session), about, row, job->call);
}

void
im_reactions_add (ImSession *session, ImJob *job)
{
  change (session, job, TRUE);
}

void
im_reactions_remove (ImSession *session, ImJob *job)
{
  change (session, job, FALSE);
}

/* Asking */

static ImReactionResult *
result_of (ImSession *session, const ImMsg *msg, guint users_max)
{
  ImStore *store = im_session_get_store (session);
  ImReactionResult *result = im_json_new (&im_reaction_result_type);
  g_autoptr (ImStoreMessage) row
      = msg->conv_id != NULL
            ? im_store_message_find (store, (int) msg->conv_type, msg->conv_id, msg, NULL)
            : NULL;
  g_autoptr (GPtrArray) stored
      = row != NULL ? im_store_reactions_list (store, row->row_id, NULL) : NULL;

  if (stored == NULL)
    {
      result->code = ERR_SVR_GROUP_REVOKE_MSG_NOT_FOUND;
      result->info = g_strdup ("there is no such message");
      result->msg_id = g_strdup (msg->msg_id);
      return result;
    }
  result->msg_id = g_strdup (id_of (row));
  result->reactions = summarize (session, stored, users_max);
  return result;
}

void
im_reactions_get (ImSession *session, ImJob *job)
{
  g_autoptr (GPtrArray) results = im_json_array_new ();

  if (job->params->len > MESSAGES_MAX)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS,
                                "json_msg_array: more than 20 messages");
  for (guint i = 0; i < job->params->len; i++)
    g_ptr_array_add (results, result_of (session, g_ptr_array_index (job->params, i), job->count));
  im_call_return (job->call, im_json_format_array (results));
}

void
im_reactions_users (ImSession *session, ImJob *job)
{
  g_autoptr (ImStoreMessage) row
      = im_said_find_message (session, job->call, job->conv_type, job->conv_id, job->param);
  g_autoptr (ImReactionUsers) result = im_json_new (&im_reaction_users_type);
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GPtrArray) summary = NULL;
  g_autoptr (GError) error = NULL;
  const ImReaction *reaction;
  guint64 end;

  if (row == NULL)
    return;
  stored = im_store_reactions_list (im_session_get_store (session), row->row_id, &error);
  if (stored == NULL)
    return im_call_return_store_error (job->call, error);
  summary = summarize (session, stored, G_MAXUINT);
  reaction = find (summary, job->text);
  if (reaction == NULL)
    return im_call_return_code (job->call, ERR_SVR_MSG_REACTION_NOT_EXISTS, NULL);
  result->users = im_json_array_new ();
  end = MIN (job->from + job->count, reaction->users->len);
  for (guint64 i = job->from; i < end; i++)
    g_ptr_array_add (result->users, im_json_ref (g_ptr_array_index (reaction->users, (guint) i)));
  result->is_finished = end >= reaction->users->len;
  result->next_seq = result->is_finished ? 0 : end;
  im_call_return (job->call, im_json_format (result));
}
