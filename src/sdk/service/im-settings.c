/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-settings.h"

#include "im-conversations.h"
#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-session.h"
#include "im-settings-share.h"
#include "map-settings.h"
#include "xmpp-node.h"

#include <string.h>

#define USERS_MAX 30
#define CONVERSATIONS_MAX 100
#define C2C_PREFIX "c2c_"
#define GROUP_PREFIX "group_"

/* In its one spelling. */
static char *
dup_user (ImSession *session, const char *id, GError **error)
{
  g_autofree char *jid = map_id_jid_from_user (im_session_get_ids (session), id, error);

  return jid != NULL ? map_id_user_from_jid (im_session_get_ids (session), jid) : NULL;
}

/* The conversations of a change are told together when it is kept. */
static gboolean
end_change (ImSession *session, gboolean ok, GError **error)
{
  ImStore *store = im_session_get_store (session);

  if (ok)
    ok = im_store_commit (store, error);
  else
    im_store_rollback (store);
  im_events_release (im_session_get_events (session), ok);
  return ok;
}

static gboolean
begin_change (ImSession *session, GError **error)
{
  if (!im_store_begin (im_session_get_store (session), error))
    return FALSE;
  im_events_hold (im_session_get_events (session));
  return TRUE;
}

/* Inside of a change. */
static gboolean
keep (ImSession *session,
      int type,
      const char *id,
      const ImConvSettings *old,
      const ImConvSettings *new,
      GError **error)
{
  if (im_conv_settings_equal (old, new))
    return TRUE;
  if (!im_store_settings_set (im_session_get_store (session), type, id, new, error))
    return FALSE;
  im_events_conversation (im_session_get_events (session), IM_CONV_EVENT_UPDATE, type, id);
  return TRUE;
}

/* Receive options */

/* The users, each in its one spelling; NULL when the call has been answered. */
static GStrv
take_users (ImSession *session, ImJob *job)
{
  g_autoptr (GStrvBuilder) users = g_strv_builder_new ();
  guint n_users = g_strv_length (job->strings);

  if (n_users == 0 || n_users > USERS_MAX)
    {
      im_call_return_code (job->call, ERR_INVALID_PARAMETERS,
                           "json_identifier_array: 1 to 30 users can be named");
      return NULL;
    }
  for (guint i = 0; i < n_users; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = dup_user (session, job->strings[i], &error);

      if (id == NULL)
        {
          im_call_return_error (job->call, error);
          return NULL;
        }
      g_strv_builder_add (users, id);
    }
  return g_strv_builder_end (users);
}

static gboolean
mute (ImSession *session, char **users, gint64 opt, GError **error)
{
  ImConvSettings old, new;

  for (char **user = users; *user != NULL; user++)
    {
      if (!im_store_settings_get (im_session_get_store (session), IM_CONV_C2C, *user, &old, error))
        return FALSE;
      new = old;
      new.recv_opt = opt;
      if (!keep (session, IM_CONV_C2C, *user, &old, &new, error))
        return FALSE;
    }
  return TRUE;
}

void
im_settings_set_receive_opt (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) users = take_users (session, job);

  if (users == NULL)
    return;
  if (!begin_change (session, &error)
      || !end_change (session, mute (session, users, (gint64) job->option, &error), &error))
    return im_call_return_store_error (job->call, error);
  im_settings_share_flush (im_session_get_settings_share (session));
  im_call_return (job->call, NULL);
}

void
im_settings_get_receive_opt (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = im_json_array_new ();
  g_auto (GStrv) users = take_users (session, job);
  ImConvSettings settings;

  if (users == NULL)
    return;
  for (guint i = 0; users[i] != NULL; i++)
    {
      ImRecvOptResult *result = im_json_new (&im_recv_opt_result_type);

      g_ptr_array_add (results, result);
      if (!im_store_settings_get (im_session_get_store (session), IM_CONV_C2C, users[i], &settings,
                                  &error))
        return im_call_return_store_error (job->call, error);
      result->user_id = g_strdup (job->strings[i]);
      result->opt = settings.recv_opt;
    }
  im_call_return (job->call, im_json_format_array (results));
}

/* Pinning */

static gboolean
pin (ImSession *session, const ImJob *job, GError **error)
{
  ImConvSettings old, new;

  if (!im_store_settings_get (im_session_get_store (session), job->conv_type, job->conv_id, &old,
                              error))
    return FALSE;
  new = old;
  new.is_pinned = job->enable;
  return keep (session, job->conv_type, job->conv_id, &old, &new, error);
}

void
im_settings_pin (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;

  if (!im_conversations_resolve (session, job))
    return;
  if (!begin_change (session, &error) || !end_change (session, pin (session, job, &error), &error))
    return im_call_return_store_error (job->call, error);
  im_settings_share_flush (im_session_get_settings_share (session));
  im_call_return (job->call, NULL);
}

/* Marks */

/* c2c_bob, group_walkers; NULL when it is neither. */
static char *
dup_named (ImSession *session, const char *name, int *ret_type)
{
  *ret_type = g_str_has_prefix (name, C2C_PREFIX) ? IM_CONV_C2C : IM_CONV_GROUP;
  if (*ret_type == IM_CONV_C2C)
    return dup_user (session, name + strlen (C2C_PREFIX), NULL);
  return g_str_has_prefix (name, GROUP_PREFIX) && name[strlen (GROUP_PREFIX)] != '\0'
             ? g_strdup (name + strlen (GROUP_PREFIX))
             : NULL;
}

static gboolean
mark (ImSession *session,
      const char *name,
      guint64 marks,
      gboolean enable,
      ImConvOperationResult *result,
      GError **error)
{
  ImConvSettings old, new;
  int type;
  g_autofree char *id = dup_named (session, name, &type);

  result->id = g_strdup (name);
  if (id == NULL)
    {
      result->code = ERR_INVALID_CONVERSATION;
      result->info = g_strdup (im_error_code_text (ERR_INVALID_CONVERSATION));
      return TRUE;
    }
  if (!im_store_settings_get (im_session_get_store (session), type, id, &old, error))
    return FALSE;
  new = old;
  new.marks = enable ? old.marks | marks : old.marks & ~marks;
  return keep (session, type, id, &old, &new, error);
}

static gboolean
mark_all (ImSession *session, const ImJob *job, GPtrArray *results, GError **error)
{
  for (char **name = job->strings; *name != NULL; name++)
    {
      ImConvOperationResult *result = im_json_new (&im_conv_operation_result_type);

      g_ptr_array_add (results, result);
      if (!mark (session, *name, job->option, job->enable, result, error))
        return FALSE;
    }
  return TRUE;
}

void
im_settings_mark (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = im_json_array_new ();
  guint n_names = g_strv_length (job->strings);

  if (n_names == 0 || n_names > CONVERSATIONS_MAX)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS,
                                "conversation_id_array: 1 to 100 conversations can be named");
  if (job->option == 0 || (job->option & ~IM_CONV_MARKS) != 0)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS,
                                "mark_type: there is no such mark");
  if (!begin_change (session, &error)
      || !end_change (session, mark_all (session, job, results, &error), &error))
    return im_call_return_store_error (job->call, error);
  im_settings_share_flush (im_session_get_settings_share (session));
  im_call_return (job->call, im_json_format_array (results));
}

/* Other devices */

static gboolean
take (ImSession *session, const xmlNode *item, GError **error)
{
  ImConvSettings settings;
  g_autofree char *user = map_settings_parse (im_session_get_ids (session), item, &settings);
  gboolean changed = FALSE;

  if (user == NULL)
    return TRUE;
  if (!im_store_settings_take (im_session_get_store (session), IM_CONV_C2C, user, &settings,
                               &changed, error))
    return FALSE;
  if (changed)
    im_events_conversation (im_session_get_events (session), IM_CONV_EVENT_UPDATE, IM_CONV_C2C,
                            user);
  return TRUE;
}

gboolean
im_settings_take (ImSession *session, const xmlNode *items, GError **error)
{
  gboolean ok = TRUE;

  if (!begin_change (session, error))
    return FALSE;
  xmpp_node_foreach (items, item, "item", NULL) ok = ok && take (session, item, error);
  return end_change (session, ok, error);
}

/* Unread */

void
im_settings_count_unread (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImTotalUnreadResult) result = im_json_new (&im_total_unread_result_type);
  guint64 total = 0;

  if (!im_store_unread_total (im_session_get_store (session), &total, &error))
    return im_call_return_store_error (job->call, error);
  result->count = (gint64) total;
  im_call_return (job->call, im_json_format (result));
}
