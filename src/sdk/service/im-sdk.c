/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reached from any thread: everything above `session` is behind `lock`; the session belongs to the
 * network thread. */
#include "im-sdk.h"

#include "im-error.h"
#include "im-json.h"
#include "im-log.h"
#include "im-loop.h"
#include "im-profile.h"
#include "im-registration.h"
#include "im-session.h"

#include <string.h>

/* Time for a goodbye to the server before TIMUninit ends the connection, microseconds. */
#define GOODBYE_US (G_USEC_PER_SEC)

struct _ImSdk
{
  GMutex lock;
  GCond changed; /* has_session, is_finishing */
  ImEvents *events;
  ImLoop *network; /* nullable: not initialised */
  ImLoop *ending;  /* nullable: of an uninit that still has to be finished */
  gboolean is_finishing;
  guint64 app_id;
  ImSdkConfig *init_config;   /* owned, nullable */
  ImSetConfig *config;        /* owned */
  ImCustomServerInfo *server; /* owned, nullable */
  ImLoginStatus login_status;
  char *login_user; /* owned, nullable */
  gboolean has_session;

  ImSession *session;        /* network thread; nullable */
  struct _Login *next_login; /* network thread; nullable: waits for the logout of the one before */
  gulong network_changed_id;
};

typedef struct _Login
{
  ImSdk *sdk;
  ImCall *call;   /* owned */
  char *user_id;  /* owned */
  char *user_sig; /* owned */
} Login;

static void
login_free (Login *login)
{
  im_call_unref (login->call);
  g_free (login->user_id);
  if (login->user_sig != NULL)
    memset (login->user_sig, 0, strlen (login->user_sig));
  g_free (login->user_sig);
  g_free (login);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Login, login_free)

static void start_login (ImSdk *self, Login *login);
static void finish_uninit (ImSdk *self);

static void
on_log (int level, const char *line, gpointer user_data)
{
  ImSdk *self = user_data;

  im_events_log (self->events, level, line);
}

static ImSetConfig *
default_config (void)
{
  ImSetConfig *config = im_json_new (&im_set_config_type);

  config->log_level = IM_LOG_LEVEL_INFO;
  config->callback_log_level = IM_LOG_LEVEL_INFO;
  config->is_log_output_console = FALSE;
  im_json_complete (config);
  return config;
}

ImSdk *
im_sdk_new (void)
{
  ImSdk *self = g_new0 (ImSdk, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->events = im_events_new ();
  self->config = default_config ();
  self->login_status = IM_LOGIN_LOGGED_OUT;
  return self;
}

ImEvents *
im_sdk_get_events (ImSdk *self)
{
  return self->events;
}

gboolean
im_sdk_is_initialized (ImSdk *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->network != NULL;
}

/* Initialisation */

static void
on_retry_now (gpointer data)
{
  ImSdk *self = data;

  if (self->session != NULL)
    im_session_retry_now (self->session);
}

/* On whatever thread the monitor was first made: only posts. */
static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, gpointer user_data)
{
  ImSdk *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (available && self->network != NULL)
    im_loop_post (self->network, on_retry_now, self);
}

void
im_sdk_init (ImSdk *self, guint64 app_id, const ImSdkConfig *config)
{
  g_autoptr (GMutexLocker) locker = NULL;
  const char *profile = g_getenv ("IMSDK_PROFILE");

  finish_uninit (self);
  locker = g_mutex_locker_new (&self->lock);
  while (self->is_finishing)
    g_cond_wait (&self->changed, &self->lock);
  if (self->network != NULL)
    return;
  self->app_id = app_id;
  g_clear_pointer (&self->init_config, im_json_unref);
  self->init_config = im_json_copy (config);
  if (config != NULL && config->profile != NULL && *config->profile != '\0')
    profile = config->profile;
  im_profile_set (g_strcmp0 (profile, "tencent") == 0 ? IM_PROFILE_TENCENT : IM_PROFILE_SEED);
  im_log_set_sink (on_log, self, (int) self->config->callback_log_level);
  if (config != NULL && config->log_file_path != NULL && *config->log_file_path != '\0')
    im_log_set_file (config->log_file_path, (int) self->config->log_level);
  self->network = im_loop_new ("im-network", IM_THREAD_NETWORK);
  self->network_changed_id = g_signal_connect (g_network_monitor_get_default (), "network-changed",
                                               G_CALLBACK (on_network_changed), self);
}

static void
on_stop (gpointer data)
{
  ImSdk *self = data;

  if (self->session != NULL)
    im_session_log_out (self->session, NULL);
}

static void
on_drop_session (gpointer data)
{
  ImSdk *self = data;

  g_clear_pointer (&self->session, im_session_free);
  g_clear_pointer (&self->next_login, login_free);
  im_events_set_lookup (self->events, NULL, NULL);
  im_events_discard (self->events);
  g_mutex_lock (&self->lock);
  self->has_session = FALSE;
  g_mutex_unlock (&self->lock);
}

/* On whichever thread gets to it first: the one that ends the library, the callback thread after
 * the callback that did, or the one that begins anew. */
static void
finish_uninit (ImSdk *self)
{
  ImLoop *network;
  gint64 deadline = g_get_monotonic_time () + GOODBYE_US;

  g_mutex_lock (&self->lock);
  network = g_steal_pointer (&self->ending);
  if (network == NULL)
    {
      g_mutex_unlock (&self->lock);
      return;
    }
  self->is_finishing = TRUE;
  g_mutex_unlock (&self->lock);

  im_events_return_open_calls (self->events, ERR_SDK_COMM_INTERRUPT);
  im_loop_post (network, on_stop, self);
  g_mutex_lock (&self->lock);
  while (self->has_session && g_cond_wait_until (&self->changed, &self->lock, deadline))
    ;
  g_mutex_unlock (&self->lock);
  im_loop_post (network, on_drop_session, self);
  im_loop_free (network);
  im_events_return_open_calls (self->events, ERR_SDK_COMM_INTERRUPT);
  im_events_drain (self->events);

  g_mutex_lock (&self->lock);
  self->is_finishing = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
on_uninit_after_callback (gpointer data)
{
  finish_uninit (data);
}

void
im_sdk_uninit (ImSdk *self)
{
  g_mutex_lock (&self->lock);
  self->ending = g_steal_pointer (&self->network);
  self->login_status = IM_LOGIN_LOGGED_OUT;
  g_clear_pointer (&self->login_user, g_free);
  if (self->ending != NULL)
    g_signal_handler_disconnect (g_network_monitor_get_default (), self->network_changed_id);
  g_mutex_unlock (&self->lock);
  im_log_set_sink (NULL, NULL, 0);
  if (im_events_is_callback_thread (self->events))
    im_events_post (self->events, on_uninit_after_callback, self);
  else
    finish_uninit (self);
}

/* Configuration */

static void
merge_user_config (ImUserConfig *into, const ImUserConfig *from)
{
#define MERGE(member)                                                                              \
  if (IM_JSON_HAS (from, ImUserConfig, member))                                                    \
  into->member = from->member
  MERGE (is_read_receipt);
  MERGE (is_sync_report);
  MERGE (is_ignore_grouptips_unread);
  MERGE (is_disable_storage);
#undef MERGE
  if (from->group_get_info_option != NULL)
    {
      im_json_unref (into->group_get_info_option);
      into->group_get_info_option = im_json_copy (from->group_get_info_option);
    }
  if (from->group_member_get_info_option != NULL)
    {
      im_json_unref (into->group_member_get_info_option);
      into->group_member_get_info_option = im_json_copy (from->group_member_get_info_option);
    }
}

static void
merge_config (ImSetConfig *into, const ImSetConfig *from)
{
#define MERGE(member)                                                                              \
  if (IM_JSON_HAS (from, ImSetConfig, member))                                                     \
  into->member = from->member
  MERGE (log_level);
  MERGE (callback_log_level);
  MERGE (is_log_output_console);
  MERGE (is_only_local_dns_source);
#undef MERGE
  if (from->user_define_data != NULL)
    im_json_set_str (&into->user_define_data, from->user_define_data);
  if (from->http_proxy != NULL)
    {
      im_json_unref (into->http_proxy);
      into->http_proxy = im_json_copy (from->http_proxy);
    }
  if (from->socks5_proxy != NULL)
    {
      im_json_unref (into->socks5_proxy);
      into->socks5_proxy = im_json_copy (from->socks5_proxy);
    }
  if (from->user_config != NULL)
    {
      if (into->user_config == NULL)
        into->user_config = im_json_new (&im_user_config_type);
      merge_user_config (into->user_config, from->user_config);
    }
}

static void
on_config_changed (gpointer data)
{
  ImSdk *self = data;
  gboolean enabled;

  g_mutex_lock (&self->lock);
  enabled = self->config->user_config != NULL && self->config->user_config->is_read_receipt;
  g_mutex_unlock (&self->lock);
  if (self->session != NULL)
    im_session_set_read_receipt (self->session, enabled);
}

char *
im_sdk_change_config (ImSdk *self, const ImSetConfig *changes)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (changes != NULL)
    {
      merge_config (self->config, changes);
      im_log_set_sink (self->network != NULL ? on_log : NULL, self,
                       (int) self->config->callback_log_level);
      im_log_set_console (self->config->is_log_output_console, (int) self->config->log_level);
      if (self->network != NULL)
        im_loop_post (self->network, on_config_changed, self);
    }
  return im_json_format (self->config);
}

void
im_sdk_set_custom_server (ImSdk *self, const ImCustomServerInfo *server)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->server, im_json_unref);
  self->server = im_json_copy (server);
}

/* The first of what is given: explicit call, configuration of TIMInit, environment. */
static char *
first_given (const char *a, const char *b, const char *environment)
{
  if (a != NULL && *a != '\0')
    return g_strdup (a);
  if (b != NULL && *b != '\0')
    return g_strdup (b);
  return g_strdup (g_getenv (environment));
}

/* A vendor-style server list becomes a URL: its first address, TLS unless it is this machine. */
static char *
server_list_to_url (const ImCustomServerInfo *server)
{
  const ImServerAddress *first;

  if (server == NULL || server->longconnection_addresses == NULL
      || server->longconnection_addresses->len == 0)
    return NULL;
  first = g_ptr_array_index (server->longconnection_addresses, 0);
  if (first->ip == NULL || *first->ip == '\0')
    return NULL;
  if (g_str_has_prefix (first->ip, "ws://") || g_str_has_prefix (first->ip, "wss://"))
    return g_strdup (first->ip);
  return g_strdup_printf (strchr (first->ip, ':') != NULL ? "wss://[%s]:%u/xmpp-websocket"
                                                          : "wss://%s:%u/xmpp-websocket",
                          first->ip, (guint) first->port);
}

/* Which server to talk to, decided anew for every login. */
typedef struct
{
  char *url;                /* nullable: discovery */
  char *domain;             /* nullable */
  char *certificate_sha256; /* nullable */
  gboolean allow_plain;
} ServerChoice;

static void
server_choice_clear (ServerChoice *choice)
{
  g_free (choice->url);
  g_free (choice->domain);
  g_free (choice->certificate_sha256);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ServerChoice, server_choice_clear)

static void
choose_server (ImSdk *self, ServerChoice *ret_choice)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const ImCustomServerInfo *server = self->server;
  const ImSdkConfig *config = self->init_config;
  g_autofree char *listed = server_list_to_url (server);
  const char *url = server != NULL ? server->server_url : NULL;

  *ret_choice = (ServerChoice){ 0 };
  ret_choice->url = first_given (url != NULL && *url != '\0' ? url : listed,
                                 config != NULL ? config->server_url : NULL, "IMSDK_SERVER");
  ret_choice->domain = first_given (server != NULL ? server->domain : NULL,
                                    config != NULL ? config->domain : NULL, "IMSDK_DOMAIN");
  ret_choice->certificate_sha256 = server != NULL ? g_strdup (server->certificate_sha256) : NULL;
  ret_choice->allow_plain = server != NULL && server->allow_plain;
}

static char *
dup_data_dir (ImSdk *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const ImSdkConfig *config = self->init_config;
  char *given
      = first_given (config != NULL ? config->config_file_path : NULL, NULL, "IMSDK_DATA_DIR");
  g_autofree char *app = NULL;

  if (given != NULL)
    return given;
  app = g_strdup_printf ("%" G_GUINT64_FORMAT, self->app_id);
  return g_build_filename (g_get_user_data_dir (), "imsdk", app, NULL);
}

/* Login, on the network thread */

static void
on_session_logged_in (ImSession *session, gpointer owner)
{
  ImSdk *self = owner;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->network == NULL)
    return;
  self->login_status = IM_LOGIN_LOGGED_IN;
  g_free (self->login_user);
  self->login_user = g_strdup (im_session_get_user_id (session));
}

static gboolean
on_session_gone (gpointer data)
{
  ImSdk *self = data;
  Login *next = NULL;

  g_clear_pointer (&self->session, im_session_free);
  g_mutex_lock (&self->lock);
  self->has_session = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  next = g_steal_pointer (&self->next_login);
  if (next != NULL)
    start_login (self, next);
  return G_SOURCE_REMOVE;
}

static void
on_session_ended (ImSession *session, gpointer owner)
{
  ImSdk *self = owner;
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_mutex_lock (&self->lock);
  if (self->next_login == NULL)
    {
      self->login_status = IM_LOGIN_LOGGED_OUT;
      g_clear_pointer (&self->login_user, g_free);
    }
  g_mutex_unlock (&self->lock);
  im_events_set_lookup (self->events, NULL, NULL);
  g_source_set_priority (idle, G_PRIORITY_DEFAULT);
  g_source_set_callback (idle, on_session_gone, self, NULL);
  g_source_attach (idle, g_main_context_get_thread_default ());
}

static void
start_login (ImSdk *self, Login *taken)
{
  g_autoptr (Login) login = taken;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImSdkConfig) init_config = NULL;
  g_autoptr (ImSetConfig) config = NULL;
  g_auto (ServerChoice) server = { 0 };
  g_autofree char *data_dir = dup_data_dir (self);
  ImSessionOwner owner = { on_session_logged_in, on_session_ended, self };
  ImSessionOptions options = { 0 };

  g_mutex_lock (&self->lock);
  init_config = self->init_config != NULL ? im_json_copy (self->init_config)
                                          : im_json_new (&im_sdk_config_type);
  config = im_json_copy (self->config);
  g_mutex_unlock (&self->lock);
  choose_server (self, &server);

  options.user_id = login->user_id;
  options.user_sig = login->user_sig;
  options.data_dir = data_dir;
  options.domain = server.domain;
  options.server_url = server.url;
  options.resource = init_config->platform != NULL && *init_config->platform != '\0'
                         ? init_config->platform
                         : "desktop";
  options.certificate_sha256 = server.certificate_sha256;
  options.allow_plain = server.allow_plain;
  options.offline_login = init_config->offline_login;
  options.is_read_receipt = config->user_config != NULL && config->user_config->is_read_receipt;
  options.in_memory = config->user_config != NULL && config->user_config->is_disable_storage;

  self->session = im_session_new (&options, owner, self->events, login->call, &error);
  g_mutex_lock (&self->lock);
  self->has_session = self->session != NULL;
  if (self->session == NULL)
    {
      self->login_status = IM_LOGIN_LOGGED_OUT;
      g_clear_pointer (&self->login_user, g_free);
    }
  g_mutex_unlock (&self->lock);
  if (self->session == NULL)
    im_call_return_error (login->call, error);
}

static void
on_login (gpointer data)
{
  Login *login = data;
  ImSdk *self = login->sdk;

  if (self->session == NULL)
    start_login (self, login);
  else
    {
      self->next_login = login;
      im_session_log_out (self->session, NULL);
    }
}

void
im_sdk_login (ImSdk *self, const char *user_id, const char *user_sig, ImCall *call)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Login *login;

  if (self->network == NULL)
    return im_call_return_code (call, ERR_SDK_NOT_INITIALIZED, NULL);
  if (self->login_status == IM_LOGIN_LOGGING_IN)
    return im_call_return_code (call, ERR_SDK_ACCOUNT_LOGIN_IN_PROCESS, NULL);
  if (self->login_status == IM_LOGIN_LOGGING_OUT)
    return im_call_return_code (call, ERR_SDK_ACCOUNT_LOGOUT_IN_PROCESS, NULL);
  if (self->login_status == IM_LOGIN_LOGGED_IN && g_strcmp0 (self->login_user, user_id) == 0)
    return im_call_return (call, NULL);

  self->login_status = IM_LOGIN_LOGGING_IN;
  g_free (self->login_user);
  self->login_user = g_strdup (user_id);
  login = g_new0 (Login, 1);
  login->sdk = self;
  login->call = im_call_ref (call);
  login->user_id = g_strdup (user_id);
  login->user_sig = g_strdup (user_sig);
  im_loop_post (self->network, on_login, login);
}

static void
on_logout (gpointer data)
{
  Login *login = data;
  ImSdk *self = login->sdk;

  if (self->session != NULL)
    im_session_log_out (self->session, login->call);
  else
    {
      g_mutex_lock (&self->lock);
      self->login_status = IM_LOGIN_LOGGED_OUT;
      g_clear_pointer (&self->login_user, g_free);
      g_mutex_unlock (&self->lock);
      im_call_return (login->call, NULL);
    }
  login_free (login);
}

void
im_sdk_logout (ImSdk *self, ImCall *call)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Login *login;

  if (self->network == NULL)
    return im_call_return_code (call, ERR_SDK_NOT_INITIALIZED, NULL);
  if (self->login_status == IM_LOGIN_LOGGING_OUT)
    return im_call_return_code (call, ERR_SDK_ACCOUNT_LOGOUT_IN_PROCESS, NULL);
  self->login_status = IM_LOGIN_LOGGING_OUT;
  login = g_new0 (Login, 1);
  login->sdk = self;
  login->call = im_call_ref (call);
  im_loop_post (self->network, on_logout, login);
}

ImLoginStatus
im_sdk_get_login_status (ImSdk *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->login_status;
}

char *
im_sdk_dup_login_user (ImSdk *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->login_status == IM_LOGIN_LOGGED_IN ? g_strdup (self->login_user) : NULL;
}

/* Making an account */

typedef struct
{
  ImSdk *sdk;
  ImRegisterAccountParam *param;
  ImCall *call;
} NewAccount;

static void
on_register_account (gpointer data)
{
  g_autofree NewAccount *account = data;
  g_autoptr (ImRegisterAccountParam) param = account->param;
  g_autoptr (ImCall) call = account->call;
  g_autoptr (GError) error = NULL;
  g_auto (ServerChoice) server = { 0 };
  g_autofree char *local = NULL;
  MapIds ids;
  XmppConfig config = { 0 };

  choose_server (account->sdk, &server);
  if (!map_ids_init (&ids, param->user_id, server.domain, &error))
    return im_call_return_error (call, error);
  local = map_ids_dup_local (&ids);
  config.jid = ids.self_jid;
  config.server_url = server.url;
  config.allow_plain = server.allow_plain;
  config.certificate_sha256 = server.certificate_sha256;
  im_registration_start (&config, param, local, call);
  map_ids_clear (&ids);
}

void
im_sdk_register_account (ImSdk *self, const ImRegisterAccountParam *param, ImCall *call)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  NewAccount *account;

  if (self->network == NULL)
    return im_call_return_code (call, ERR_SDK_NOT_INITIALIZED, NULL);
  account = g_new (NewAccount, 1);
  *account = (NewAccount){ self, im_json_copy (param), im_call_ref (call) };
  im_loop_post (self->network, on_register_account, account);
}

/* Beginning anew */

typedef struct
{
  ImSdk *sdk;
  ImSetDatabaseAsideParam *param;
  ImCall *call;
} DamagedDatabase;

static gboolean
set_database_aside (ImSdk *self, const char *user_id, char **ret_path, GError **error)
{
  g_auto (ServerChoice) server = { 0 };
  g_autofree char *data_dir = dup_data_dir (self);
  g_autofree char *dir = NULL;
  g_autoptr (GError) reason = NULL;
  MapIds ids;
  ImStore *store;

  choose_server (self, &server);
  if (!map_ids_init (&ids, user_id, server.domain, error))
    return FALSE;
  dir = im_session_dup_store_dir (data_dir, &ids);
  map_ids_clear (&ids);
  store = im_store_open (dir, &reason);
  if (store != NULL)
    {
      im_store_close (store);
      g_set_error_literal (error, IM_ERROR, ERR_DATABASE_OPERATE_FAILED,
                           "the local database is not damaged");
      return FALSE;
    }
  if (g_error_matches (reason, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT))
    {
      g_clear_error (&reason);
      if (im_store_set_aside (dir, ret_path, &reason))
        return TRUE;
    }
  g_set_error_literal (error, IM_ERROR, ERR_DATABASE_OPERATE_FAILED, reason->message);
  return FALSE;
}

static void
on_set_database_aside (gpointer data)
{
  g_autofree DamagedDatabase *damaged = data;
  g_autoptr (ImSetDatabaseAsideParam) param = damaged->param;
  g_autoptr (ImCall) call = damaged->call;
  g_autoptr (ImResponseInfo) response = im_json_new (&im_response_info_type);
  g_autoptr (GError) error = NULL;

  response->internal_operation = g_strdup (IM_OPERATION_SET_DATABASE_ASIDE);
  response->set_database_aside_result = im_json_new (&im_set_database_aside_result_type);
  if (set_database_aside (damaged->sdk, param->user_id, &response->set_database_aside_result->path,
                          &error))
    im_call_return (call, im_json_format (response));
  else
    im_call_return_error (call, error);
}

void
im_sdk_set_database_aside (ImSdk *self, const ImSetDatabaseAsideParam *param, ImCall *call)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  DamagedDatabase *damaged;

  if (self->network == NULL)
    return im_call_return_code (call, ERR_SDK_NOT_INITIALIZED, NULL);
  damaged = g_new (DamagedDatabase, 1);
  *damaged = (DamagedDatabase){ self, im_json_copy (param), im_call_ref (call) };
  im_loop_post (self->network, on_set_database_aside, damaged);
}

/* Requests */

typedef struct
{
  ImSdk *sdk;
  ImJob *request;
} Posted;

static void
on_request (gpointer data)
{
  g_autofree Posted *posted = data;
  g_autoptr (ImJob) request = posted->request;

  if (posted->sdk->session == NULL)
    im_call_return_code (request->call, ERR_SDK_NOT_LOGGED_IN, NULL);
  else
    request->run (posted->sdk->session, request);
}

void
im_sdk_post (ImSdk *self, ImJob *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Posted *posted;

  im_call_set_needs_session (request->call);
  if (self->network == NULL)
    {
      im_call_return_code (request->call, ERR_SDK_NOT_INITIALIZED, NULL);
      im_job_free (request);
      return;
    }
  posted = g_new (Posted, 1);
  *posted = (Posted){ self, request };
  im_loop_post (self->network, on_request, posted);
}
