/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-settings-share.h"

#include "im-session.h"
#include "im-settings.h"
#include "map-error.h"
#include "map-settings.h"
#include "xmpp-pep.h"

typedef enum
{
  STATE_OFF,     /* no session, or its server keeps no nodes */
  STATE_READING, /* what the node has */
  STATE_MAKING,  /* the node */
  STATE_IDLE,
  STATE_SAYING, /* one conversation */
} State;

/* Reference counted, since the porter answers after the session may have gone. */
struct _ImSettingsShare
{
  ImSession *session; /* NULL afterwards */
  State state;
  guint session_number; /* answers to an earlier session's requests count for nothing */
  gboolean has_node;
  gint64 passed_over; /* rows up to this one, in this session: the server or the disk refused */
};

typedef struct
{
  ImSettingsShare *share;
  guint session_number;
  ImStoreUnsaid unsaid; /* while STATE_SAYING */
} Request;

static Request *
request_new (ImSettingsShare *self)
{
  Request *request = g_new0 (Request, 1);

  request->share = g_rc_box_acquire (self);
  request->session_number = self->session_number;
  return request;
}

static void
request_free (Request *request)
{
  g_rc_box_release (request->share);
  g_free (request->unsaid.conv_id);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* NULL: nobody waits for the answer any more. */
static ImSettingsShare *
get_waiting (const Request *request)
{
  ImSettingsShare *self = request->share;

  return self->session != NULL && self->session_number == request->session_number ? self : NULL;
}

static void
on_items (const xmlNode *items, gpointer user_data)
{
  ImSettingsShare *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!im_settings_take (self->session, items, &error))
    g_message ("what another device decided could not be stored: %s", error->message);
}

ImSettingsShare *
im_settings_share_new (ImSession *session)
{
  ImSettingsShare *self = g_rc_box_new0 (ImSettingsShare);

  self->session = session;
  xmpp_pep_add_handler (im_session_get_porter (session), MAP_SETTINGS_NODE, on_items, self);
  return self;
}

void
im_settings_share_free (ImSettingsShare *self)
{
  self->session = NULL;
  g_rc_box_release (self);
}

/* Saying */

static void
on_said (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);
  ImSettingsShare *self = get_waiting (request);

  if (self == NULL)
    return;
  self->state = STATE_IDLE;
  if (reply == NULL && map_error_is_network (error))
    return;
  if (reply == NULL
      || !im_store_settings_said (im_session_get_store (self->session), &request->unsaid, NULL))
    self->passed_over = request->unsaid.row_id;
  im_settings_share_flush (self);
}

/* Takes the request. */
static void
say (ImSettingsShare *self, Request *request)
{
  const ImStoreUnsaid *unsaid = &request->unsaid;
  g_autofree char *id
      = map_settings_dup_id (im_session_get_ids (self->session), unsaid->conv_id, NULL);
  xmlDoc *content = map_settings_build (&unsaid->settings);

  self->state = STATE_SAYING;
  xmpp_pep_publish_async (im_session_get_porter (self->session), MAP_SETTINGS_NODE, id,
                          xmlDocGetRootElement (content),
                          im_session_get_cancellable (self->session), on_said, request);
  xmlFreeDoc (content);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);
  ImSettingsShare *self = get_waiting (request);

  if (self == NULL)
    return;
  self->has_node = reply != NULL || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_CONFLICT);
  self->state = self->has_node ? STATE_IDLE : STATE_OFF;
  im_settings_share_flush (self);
}

void
im_settings_share_flush (ImSettingsShare *self)
{
  g_autoptr (Request) request = NULL;

  if (self->state != STATE_IDLE || !im_session_is_online (self->session))
    return;
  request = request_new (self);
  if (!im_store_settings_unsaid (im_session_get_store (self->session), self->passed_over,
                                 &request->unsaid, NULL)
      || request->unsaid.row_id == 0)
    return;
  if (self->has_node)
    return say (self, g_steal_pointer (&request));
  self->state = STATE_MAKING;
  xmpp_pep_create_async (im_session_get_porter (self->session), MAP_SETTINGS_NODE,
                         im_session_get_cancellable (self->session), on_made,
                         g_steal_pointer (&request));
}

/* Reading */

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);
  ImSettingsShare *self = get_waiting (request);

  if (self == NULL)
    return;
  self->has_node = reply != NULL;
  if (reply == NULL && !g_error_matches (error, XMPP_ERROR, XMPP_ERROR_ITEM_NOT_FOUND))
    {
      self->state = STATE_OFF;
      return;
    }
  if (reply != NULL)
    on_items (xmpp_pep_get_items (reply), self);
  self->state = STATE_IDLE;
  im_settings_share_flush (self);
}

void
im_settings_share_begin (ImSettingsShare *self)
{
  self->session_number++;
  self->state = STATE_READING;
  self->has_node = FALSE;
  self->passed_over = 0;
  xmpp_pep_get_async (im_session_get_porter (self->session), MAP_SETTINGS_NODE,
                      im_session_get_cancellable (self->session), on_read, request_new (self));
}
