/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-session-private.h"

#include "im-conv.h"
#include "linnet-conversation-list-private.h"
#include "linnet-conversation-private.h"
#include "linnet-people.h"
#include "linnet-phase-private.h"
#include "linnet-text.h"
#include "linnet-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A connection that is back at once is not worth a banner. */
#define BANNER_DELAY_MS 1500
/* Conversations: more than any window shows at once, then what is taken in without being noticed.
 */
#define FIRST_PAGE 100
#define NEXT_PAGE 250

enum
{
  PROP_0,
  PROP_STATE,
  PROP_CONNECTION,
  PROP_PHASES,
  PROP_ADDRESS,
  PROP_USER_ID,
  PROP_DISPLAY_NAME,
  PROP_NAME_COLOR,
  PROP_CONVERSATIONS,
  PROP_UNREAD_COUNT,
  PROP_BANNER,
  PROP_BANNER_TEXT,
  PROP_BANNER_ACTION,
  PROP_SUBTITLE,
  PROP_ERROR,
  N_PROPS
};

enum
{
  MESSAGE_ARRIVED,
  MESSAGE_READ,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetSession, linnet_session, G_TYPE_OBJECT)

static void
notify (LinnetSession *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
notify_banner (LinnetSession *self)
{
  notify (self, PROP_BANNER);
  notify (self, PROP_BANNER_TEXT);
  notify (self, PROP_BANNER_ACTION);
  notify (self, PROP_SUBTITLE);
}

/* State */

static gboolean
on_banner_delay (gpointer user_data)
{
  LinnetSession *self = user_data;

  self->banner_timeout = 0;
  self->is_offline_shown = TRUE;
  notify_banner (self);
  return G_SOURCE_REMOVE;
}

/* The offline banner comes late and stays until the connection is there again. */
static void
refresh_banner (LinnetSession *self)
{
  gboolean is_online = self->connection == LINNET_CONNECTION_ONLINE;

  if (self->state != LINNET_SESSION_SIGNED_IN || is_online)
    {
      g_clear_handle_id (&self->banner_timeout, g_source_remove);
      self->is_offline_shown = FALSE;
    }
  else if (self->connection != LINNET_CONNECTION_CONNECTING && !self->is_offline_shown
           && self->banner_timeout == 0)
    self->banner_timeout = g_timeout_add (BANNER_DELAY_MS, on_banner_delay, self);
  notify_banner (self);
}

void
linnet_session_set_connection (LinnetSession *self, LinnetConnection connection)
{
  if (self->connection != connection)
    {
      self->connection = connection;
      notify (self, PROP_CONNECTION);
    }
  refresh_banner (self);
}

void
linnet_session_set_error (LinnetSession *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  notify (self, PROP_ERROR);
}

void
linnet_session_set_state (LinnetSession *self, LinnetSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  if (state != LINNET_SESSION_SIGNED_IN)
    g_clear_handle_id (&self->retry_timeout, g_source_remove);
  notify (self, PROP_STATE);
  refresh_banner (self);
}

static gboolean
is_same_person (const LinnetAccount *a, const LinnetAccount *b)
{
  return a != NULL && b != NULL && g_ascii_strcasecmp (a->address, b->address) == 0;
}

static void
stop_loading (LinnetSession *self)
{
  g_clear_handle_id (&self->load_idle, g_source_remove);
  g_clear_object (&self->loading);
  self->loads_again = FALSE;
}

void
linnet_session_set_account (LinnetSession *self, const LinnetAccount *account)
{
  gboolean is_same = is_same_person (self->account, account);
  LinnetAccount *copy = linnet_account_copy (account);
  g_autofree char *local = NULL;

  linnet_account_free (self->account);
  self->account = copy;
  if (is_same && self->has_lists)
    return;
  self->has_lists = FALSE;
  stop_loading (self);
  linnet_conversation_list_set_account (self->conversations, NULL, NULL);
  local = g_strndup (account->address, strcspn (account->address, "@"));
  g_free (self->display_name);
  self->display_name = linnet_people_dup_name (local, NULL);
  notify (self, PROP_ADDRESS);
  notify (self, PROP_USER_ID);
  notify (self, PROP_DISPLAY_NAME);
  notify (self, PROP_NAME_COLOR);
}

gboolean
linnet_session_has_account (LinnetSession *self)
{
  return self->has_lists;
}

void
linnet_session_emit_message_arrived (LinnetSession *self,
                                     LinnetConversation *conversation,
                                     LinnetMessage *message)
{
  g_signal_emit (self, signals[MESSAGE_ARRIVED], 0, conversation, message);
}

void
linnet_session_emit_message_read (LinnetSession *self, LinnetConversation *conversation)
{
  g_signal_emit (self, signals[MESSAGE_READ], 0, conversation);
}

void
linnet_session_notify_user_id (LinnetSession *self)
{
  notify (self, PROP_USER_ID);
}

/* Conversations */

static void load_page (LinnetSession *self);
static void start_loading (LinnetSession *self);

static gboolean
on_load_idle (gpointer user_data)
{
  LinnetSession *self = user_data;

  self->load_idle = 0;
  load_page (self);
  return G_SOURCE_REMOVE;
}

static void
take_page (LinnetSession *self, GPtrArray *convs, guint64 next)
{
  linnet_conversation_list_take (self->conversations, convs);
  /* A library that leads in a circle has told all it has. */
  if (next != 0 && next != self->load_from)
    {
      self->load_from = next;
      self->load_idle = g_idle_add_full (G_PRIORITY_LOW, on_load_idle, self, NULL);
      return;
    }
  stop_loading (self);
  self->are_lists_loaded = TRUE;
  linnet_conversation_list_end_loading (self->conversations);
  linnet_conversation_list_set_load_state (self->conversations, LINNET_LOAD_IDLE);
}

typedef struct
{
  LinnetSession *self;   /* owned */
  GCancellable *loading; /* owned */
} Page;

static void
page_free (Page *page)
{
  g_object_unref (page->self);
  g_object_unref (page->loading);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static void
on_page_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Page) page = user_data;
  LinnetSession *self = page->self;
  g_autoptr (GError) error = NULL;
  guint64 next = 0;
  g_autoptr (GPtrArray) convs
      = linnet_backend_load_conversations_finish (LINNET_BACKEND (source), result, &next, &error);

  if (self->loading != page->loading)
    return;
  if (convs != NULL)
    take_page (self, convs, next);
  else if (self->loads_again)
    start_loading (self);
  else
    {
      stop_loading (self);
      linnet_conversation_list_set_load_state (self->conversations, LINNET_LOAD_FAILED);
    }
}

static void
load_page (LinnetSession *self)
{
  Page *page = g_new0 (Page, 1);

  page->self = g_object_ref (self);
  page->loading = g_object_ref (self->loading);
  linnet_backend_load_conversations_async (self->backend, self->load_from,
                                           self->load_from == 0 ? FIRST_PAGE : NEXT_PAGE, NULL,
                                           on_page_loaded, page);
}

static void
start_loading (LinnetSession *self)
{
  stop_loading (self);
  self->loading = g_cancellable_new ();
  self->load_from = 0;
  linnet_conversation_list_begin_loading (self->conversations);
  load_page (self);
}

void
linnet_session_show_lists (LinnetSession *self)
{
  if (!self->has_lists)
    {
      stop_loading (self);
      self->has_lists = TRUE;
      self->are_lists_loaded = FALSE;
      linnet_conversation_list_set_account (self->conversations, self->backend,
                                            self->account->address);
      linnet_conversation_list_set_load_state (self->conversations, LINNET_LOAD_RUNNING);
    }
  if (self->loading != NULL)
    self->loads_again = TRUE;
  else
    start_loading (self);
}

void
linnet_session_hide_lists (LinnetSession *self)
{
  stop_loading (self);
  self->has_lists = FALSE;
  linnet_conversation_list_set_account (self->conversations, NULL, NULL);
  linnet_conversation_list_set_load_state (self->conversations, LINNET_LOAD_IDLE);
}

static gboolean
on_midnight (gpointer user_data)
{
  LinnetSession *self = user_data;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  linnet_conversation_list_refresh_times (self->conversations);
  self->midnight_timeout
      = g_timeout_add_seconds ((guint) linnet_time_until_midnight (now), on_midnight, self);
  return G_SOURCE_REMOVE;
}

/* What the backend tells of the session */

static void
on_connection_changed (LinnetBackend *backend,
                       guint connection,
                       const char *phase,
                       int code,
                       const char *desc,
                       LinnetSession *self)
{
  gboolean is_updating = phase != NULL && strcmp (phase, LINNET_PHASE_FETCHING) == 0;

  if (self->state == LINNET_SESSION_SIGNING_IN && phase != NULL)
    linnet_phases_advance (self->phases, phase);
  if (self->state != LINNET_SESSION_SIGNING_IN && self->state != LINNET_SESSION_SIGNED_IN)
    return;
  self->is_updating = is_updating;
  linnet_session_set_connection (self, (LinnetConnection) connection);
}

static void
on_kicked (LinnetBackend *backend, LinnetSession *self)
{
  g_autoptr (GError) error = linnet_error_new (LINNET_ERROR_KICKED, "");

  linnet_session_set_error (self, error);
  linnet_session_set_connection (self, LINNET_CONNECTION_OFFLINE);
  linnet_session_set_state (self, LINNET_SESSION_KICKED);
}

static void
on_session_expired (LinnetBackend *backend, LinnetSession *self)
{
  g_autoptr (GError) error = linnet_error_new (LINNET_ERROR_TOKEN_EXPIRED, "");

  linnet_session_set_error (self, error);
  linnet_session_set_connection (self, LINNET_CONNECTION_OFFLINE);
  linnet_session_set_state (self, LINNET_SESSION_EXPIRED);
}

void
linnet_session_refresh_times (LinnetSession *self)
{
  g_return_if_fail (LINNET_IS_SESSION (self));

  linnet_conversation_list_refresh_times (self->conversations);
}

void
linnet_session_flush_drafts (LinnetSession *self)
{
  g_return_if_fail (LINNET_IS_SESSION (self));

  linnet_conversation_list_flush_drafts (self->conversations);
}

/* GObject */

static void
linnet_session_dispose (GObject *object)
{
  LinnetSession *self = LINNET_SESSION (object);

  g_clear_handle_id (&self->banner_timeout, g_source_remove);
  g_clear_handle_id (&self->retry_timeout, g_source_remove);
  g_clear_handle_id (&self->midnight_timeout, g_source_remove);
  stop_loading (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->conversations != NULL)
    linnet_conversation_list_set_account (self->conversations, NULL, NULL);
  g_clear_object (&self->conversations);
  g_clear_object (&self->phases);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (linnet_session_parent_class)->dispose (object);
}

static void
linnet_session_finalize (GObject *object)
{
  LinnetSession *self = LINNET_SESSION (object);

  linnet_account_free (self->account);
  g_free (self->display_name);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (linnet_session_parent_class)->finalize (object);
}

/* clang-format off */
static void
linnet_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LinnetSession *self = LINNET_SESSION (object);

  switch (id)
    {
    case PROP_STATE: g_value_set_enum (value, (int) self->state); break;
    case PROP_CONNECTION: g_value_set_enum (value, (int) self->connection); break;
    case PROP_PHASES: g_value_set_object (value, self->phases); break;
    case PROP_ADDRESS: g_value_set_string (value, linnet_session_get_address (self)); break;
    case PROP_USER_ID: g_value_set_string (value, linnet_session_get_user_id (self)); break;
    case PROP_DISPLAY_NAME: g_value_set_string (value, self->display_name); break;
    case PROP_NAME_COLOR: g_value_set_int (value, linnet_session_get_name_color (self)); break;
    case PROP_CONVERSATIONS: g_value_set_object (value, self->conversations); break;
    case PROP_UNREAD_COUNT: g_value_set_uint (value, linnet_session_get_unread_count (self)); break;
    case PROP_BANNER: g_value_set_enum (value, (int) linnet_session_get_banner (self)); break;
    case PROP_BANNER_TEXT: g_value_set_string (value, linnet_session_get_banner_text (self)); break;
    case PROP_BANNER_ACTION: g_value_set_string (value, linnet_session_get_banner_action (self)); break;
    case PROP_SUBTITLE: g_value_set_string (value, linnet_session_get_subtitle (self)); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define READABLE (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static void
linnet_session_class_init (LinnetSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linnet_session_dispose;
  object_class->finalize = linnet_session_finalize;
  object_class->get_property = linnet_session_get_property;
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LINNET_TYPE_SESSION_STATE, LINNET_SESSION_SIGNED_OUT, READABLE);
  props[PROP_CONNECTION] = g_param_spec_enum ("connection", NULL, NULL, LINNET_TYPE_CONNECTION, LINNET_CONNECTION_OFFLINE, READABLE);
  props[PROP_PHASES] = g_param_spec_object ("phases", NULL, NULL, G_TYPE_LIST_MODEL, READABLE);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, READABLE);
  props[PROP_USER_ID] = g_param_spec_string ("user-id", NULL, NULL, NULL, READABLE);
  props[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, NULL, READABLE);
  props[PROP_NAME_COLOR] = g_param_spec_int ("name-color", NULL, NULL, 0, 14, 0, READABLE);
  props[PROP_CONVERSATIONS] = g_param_spec_object ("conversations", NULL, NULL, LINNET_TYPE_CONVERSATION_LIST, READABLE);
  props[PROP_UNREAD_COUNT] = g_param_spec_uint ("unread-count", NULL, NULL, 0, G_MAXUINT, 0, READABLE);
  props[PROP_BANNER] = g_param_spec_enum ("banner", NULL, NULL, LINNET_TYPE_BANNER, LINNET_BANNER_NONE, READABLE);
  props[PROP_BANNER_TEXT] = g_param_spec_string ("banner-text", NULL, NULL, NULL, READABLE);
  props[PROP_BANNER_ACTION] = g_param_spec_string ("banner-action", NULL, NULL, NULL, READABLE);
  props[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, READABLE);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, READABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[MESSAGE_ARRIVED] = g_signal_new ("message-arrived", LINNET_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, LINNET_TYPE_CONVERSATION, LINNET_TYPE_MESSAGE);
  signals[MESSAGE_READ] = g_signal_new ("message-read", LINNET_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, LINNET_TYPE_CONVERSATION);
}
/* clang-format on */

static void
on_unread_changed (LinnetSession *self)
{
  notify (self, PROP_UNREAD_COUNT);
}

static void
linnet_session_init (LinnetSession *self)
{
  self->conversations = linnet_conversation_list_new ();
  self->phases = linnet_phases_new ();
  self->retry_seconds = LINNET_SESSION_RETRY_FIRST_SECONDS;
  g_signal_connect_object (self->conversations, "notify::unread-count",
                           G_CALLBACK (on_unread_changed), self, G_CONNECT_SWAPPED);
}

LinnetSession *
linnet_session_new (LinnetBackend *backend)
{
  LinnetSession *self;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_return_val_if_fail (LINNET_IS_BACKEND (backend), NULL);

  self = g_object_new (LINNET_TYPE_SESSION, NULL);
  self->backend = g_object_ref (backend);
  self->midnight_timeout
      = g_timeout_add_seconds ((guint) linnet_time_until_midnight (now), on_midnight, self);
  linnet_session_route (self, backend);
  g_signal_connect_object (backend, "connection-changed", G_CALLBACK (on_connection_changed), self,
                           0);
  g_signal_connect_object (backend, "kicked", G_CALLBACK (on_kicked), self, 0);
  g_signal_connect_object (backend, "session-expired", G_CALLBACK (on_session_expired), self, 0);
  return self;
}

/* Getters */

LinnetSessionState
linnet_session_get_state (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), LINNET_SESSION_SIGNED_OUT);
  return self->state;
}

LinnetConnection
linnet_session_get_connection (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), LINNET_CONNECTION_OFFLINE);
  return self->connection;
}

GListModel *
linnet_session_get_phases (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  return self->phases;
}

const char *
linnet_session_get_address (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  return self->account != NULL ? self->account->address : NULL;
}

const char *
linnet_session_get_user_id (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  return linnet_backend_get_user_id (self->backend);
}

const char *
linnet_session_get_display_name (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  return self->display_name;
}

int
linnet_session_get_name_color (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), 1);
  return linnet_text_name_color (self->display_name != NULL ? self->display_name : "");
}

LinnetConversationList *
linnet_session_get_conversations (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  return self->conversations;
}

guint
linnet_session_get_unread_count (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), 0);
  return linnet_conversation_list_get_unread_count (self->conversations);
}

LinnetBanner
linnet_session_get_banner (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), LINNET_BANNER_NONE);
  if (self->state == LINNET_SESSION_EXPIRED)
    return LINNET_BANNER_EXPIRED;
  if (self->state == LINNET_SESSION_KICKED)
    return LINNET_BANNER_KICKED;
  return self->is_offline_shown ? LINNET_BANNER_OFFLINE : LINNET_BANNER_NONE;
}

static gboolean
is_untrusted (LinnetSession *self)
{
  return g_error_matches (self->error, LINNET_ERROR, LINNET_ERROR_UNTRUSTED);
}

const char *
linnet_session_get_banner_text (LinnetSession *self)
{
  switch (linnet_session_get_banner (self))
    {
    case LINNET_BANNER_OFFLINE:
      return _ ("Working offline — messages will be sent when you are back");
    case LINNET_BANNER_EXPIRED:
      return is_untrusted (self) ? _ ("The server’s certificate has changed")
                                 : _ ("Your session has expired");
    case LINNET_BANNER_KICKED:
      return _ ("You are signed in on another computer");
    case LINNET_BANNER_NONE:
    default:
      return NULL;
    }
}

const char *
linnet_session_get_banner_action (LinnetSession *self)
{
  switch (linnet_session_get_banner (self))
    {
    case LINNET_BANNER_EXPIRED:
      return is_untrusted (self) ? _ ("Details…") : _ ("Sign In");
    case LINNET_BANNER_KICKED:
      return _ ("Use Here");
    case LINNET_BANNER_OFFLINE:
    case LINNET_BANNER_NONE:
    default:
      return NULL;
    }
}

const char *
linnet_session_get_subtitle (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  if (self->state != LINNET_SESSION_SIGNED_IN || self->connection != LINNET_CONNECTION_CONNECTING)
    return NULL;
  return self->is_updating ? _ ("Updating…") : _ ("Connecting…");
}

const GError *
linnet_session_get_error (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  return self->error;
}

const LinnetAccount *
linnet_session_get_account (LinnetSession *self)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  return self->account;
}

LinnetConversation *
linnet_session_get_conversation (LinnetSession *self, const char *key)
{
  g_return_val_if_fail (LINNET_IS_SESSION (self), NULL);
  return linnet_conversation_list_find (self->conversations, key);
}
