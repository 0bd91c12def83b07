/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reached from two threads: `lock` guards what the functions write down. */
#include "fake-tim.h"

#include "im-loop.h"

#include <string.h>

typedef struct
{
  char *function;
  TIMCommCallback cb;
  const void *user_data;
  int code;
  char *desc;
  char *json;
} Call;

static struct
{
  GMutex lock;
  ImLoop *loop;
  GQueue waiting;        /* of Call */
  GHashTable *counts;    /* function → count */
  GHashTable *arguments; /* function → JSON of the last call */
  GHashTable *results;   /* function → TIMResult */

  TIMRecvNewMsgCallback on_messages;
  TIMMsgUpdateCallback on_updates;
  TIMMsgReadedReceiptCallback on_receipts;
  TIMConvEventCallback on_conversations;
  TIMNetworkStatusListenerCallback on_network;
  TIMKickedOfflineCallback on_kicked;
  TIMUserSigExpiredCallback on_expired;
  const void *user_data;
} fake;

static void
call_free (Call *call)
{
  g_free (call->function);
  g_free (call->desc);
  g_free (call->json);
  g_free (call);
}

/* Calls */

static int
take (const char *function, const char *json, TIMCommCallback cb, const void *user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (fake.counts, function));
  int result = GPOINTER_TO_INT (g_hash_table_lookup (fake.results, function));
  Call *call;

  g_hash_table_insert (fake.counts, (gpointer) function, GUINT_TO_POINTER (count + 1));
  g_hash_table_insert (fake.arguments, (gpointer) function, g_strdup (json));
  if (result != 0 || cb == NULL)
    return result;
  call = g_new0 (Call, 1);
  call->function = g_strdup (function);
  call->cb = cb;
  call->user_data = user_data;
  g_queue_push_tail (&fake.waiting, call);
  return 0;
}

static void
run_call (gpointer data)
{
  Call *call = data;

  call->cb (call->code, call->desc, call->json, call->user_data);
  call_free (call);
}

static void
post_answer (Call *call, int code, const char *desc, const char *json)
{
  call->code = code;
  call->desc = g_strdup (desc != NULL ? desc : "");
  call->json = g_strdup (json != NULL ? json : "");
  im_loop_post (fake.loop, run_call, call);
}

static Call *
steal_call (const char *function)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  for (GList *link = fake.waiting.head; link != NULL; link = link->next)
    {
      Call *call = link->data;

      if (strcmp (call->function, function) != 0)
        continue;
      g_queue_delete_link (&fake.waiting, link);
      return call;
    }
  return NULL;
}

gboolean
fake_tim_answer (const char *function, int code, const char *desc, const char *json)
{
  Call *call = steal_call (function);

  if (call == NULL)
    return FALSE;
  post_answer (call, code, desc, json);
  return TRUE;
}

void
fake_tim_refuse (const char *function, int result)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  g_hash_table_insert (fake.results, (gpointer) function, GINT_TO_POINTER (result));
}

guint
fake_tim_count (const char *function)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  return GPOINTER_TO_UINT (g_hash_table_lookup (fake.counts, function));
}

char *
fake_tim_dup_argument (const char *function)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&fake.lock);

  return g_strdup (g_hash_table_lookup (fake.arguments, function));
}

/* Firing */

typedef struct
{
  void (*fire) (int code, int other, const char *text);
  int code;
  int other;
  char *text;
} Firing;

static void
run_firing (gpointer data)
{
  Firing *firing = data;

  firing->fire (firing->code, firing->other, firing->text);
  g_free (firing->text);
  g_free (firing);
}

static void
post (void (*fire) (int, int, const char *), int code, int other, const char *text)
{
  Firing *firing = g_new0 (Firing, 1);

  firing->fire = fire;
  firing->code = code;
  firing->other = other;
  firing->text = g_strdup (text);
  im_loop_post (fake.loop, run_firing, firing);
}

static void
fire_messages (int code, int other, const char *text)
{
  if (fake.on_messages != NULL)
    fake.on_messages (text, fake.user_data);
}

static void
fire_updates (int code, int other, const char *text)
{
  if (fake.on_updates != NULL)
    fake.on_updates (text, fake.user_data);
}

static void
fire_receipts (int code, int other, const char *text)
{
  if (fake.on_receipts != NULL)
    fake.on_receipts (text, fake.user_data);
}

static void
fire_conversations (int code, int other, const char *text)
{
  if (fake.on_conversations != NULL)
    fake.on_conversations ((enum TIMConvEvent) code, text, fake.user_data);
}

static void
fire_network (int code, int other, const char *text)
{
  if (fake.on_network != NULL)
    fake.on_network ((enum TIMNetworkStatus) code, other, text, fake.user_data);
}

static void
fire_kicked (int code, int other, const char *text)
{
  if (fake.on_kicked != NULL)
    fake.on_kicked (fake.user_data);
}

static void
fire_expired (int code, int other, const char *text)
{
  if (fake.on_expired != NULL)
    fake.on_expired (fake.user_data);
}

void
fake_tim_fire_messages (const char *json)
{
  post (fire_messages, 0, 0, json);
}

void
fake_tim_fire_updates (const char *json)
{
  post (fire_updates, 0, 0, json);
}

void
fake_tim_fire_receipts (const char *json)
{
  post (fire_receipts, 0, 0, json);
}

void
fake_tim_fire_conversations (enum TIMConvEvent event, const char *json)
{
  post (fire_conversations, (int) event, 0, json);
}

void
fake_tim_fire_network (enum TIMNetworkStatus status, int code, const char *desc)
{
  post (fire_network, (int) status, code, desc);
}

void
fake_tim_fire_kicked (void)
{
  post (fire_kicked, 0, 0, NULL);
}

void
fake_tim_fire_expired (void)
{
  post (fire_expired, 0, 0, NULL);
}

typedef struct
{
  GMutex lock;
  GCond cond;
  gboolean done;
} Fence;

static void
run_fence (gpointer data)
{
  Fence *fence = data;

  g_mutex_lock (&fence->lock);
  fence->done = TRUE;
  g_cond_signal (&fence->cond);
  g_mutex_unlock (&fence->lock);
}

void
fake_tim_flush (void)
{
  Fence fence = { 0 };

  g_mutex_init (&fence.lock);
  g_cond_init (&fence.cond);
  im_loop_post (fake.loop, run_fence, &fence);
  g_mutex_lock (&fence.lock);
  while (!fence.done)
    g_cond_wait (&fence.cond, &fence.lock);
  g_mutex_unlock (&fence.lock);
  g_mutex_clear (&fence.lock);
  g_cond_clear (&fence.cond);
}

/* The functions */

static void
add_recv_new_msg (TIMRecvNewMsgCallback cb, const void *user_data)
{
  fake.on_messages = cb;
  fake.user_data = user_data;
}

static void
remove_recv_new_msg (TIMRecvNewMsgCallback cb)
{
  if (fake.on_messages == cb)
    fake.on_messages = NULL;
}

#define SETTER(name, Type, member)                                                                 \
  static void name (Type cb, const void *user_data)                                                \
  {                                                                                                \
    fake.member = cb;                                                                              \
  }
SETTER (set_updates, TIMMsgUpdateCallback, on_updates)
SETTER (set_receipts, TIMMsgReadedReceiptCallback, on_receipts)
SETTER (set_conversations, TIMConvEventCallback, on_conversations)
SETTER (set_network, TIMNetworkStatusListenerCallback, on_network)
SETTER (set_kicked, TIMKickedOfflineCallback, on_kicked)
SETTER (set_expired, TIMUserSigExpiredCallback, on_expired)

static int
init (uint64_t app_id, const char *json)
{
  return take ("TIMInit", json, NULL, NULL);
}

static void
answer_all (int code)
{
  for (;;)
    {
      Call *call;

      g_mutex_lock (&fake.lock);
      call = g_queue_pop_head (&fake.waiting);
      g_mutex_unlock (&fake.lock);
      if (call == NULL)
        return;
      post_answer (call, code, "interrupted", NULL);
    }
}

static int
uninit (void)
{
  int result = take ("TIMUninit", NULL, NULL, NULL);

  answer_all (7009);
  fake_tim_flush ();
  return result;
}

static const char *
get_version (void)
{
  return "fake";
}

static int
set_config (const char *json, TIMCommCallback cb, const void *user_data)
{
  return take ("TIMSetConfig", json, cb, user_data);
}

static int
login (const char *user_id, const char *user_sig, TIMCommCallback cb, const void *user_data)
{
  return take ("TIMLogin", user_id, cb, user_data);
}

static int
logout (TIMCommCallback cb, const void *user_data)
{
  return take ("TIMLogout", NULL, cb, user_data);
}

static int
conv_create (const char *id, enum TIMConvType type, TIMCommCallback cb, const void *user_data)
{
  return take ("TIMConvCreate", id, cb, user_data);
}

static int
conv_delete (const char *id, enum TIMConvType type, TIMCommCallback cb, const void *user_data)
{
  return take ("TIMConvDelete", id, cb, user_data);
}

static int
conv_get_list (TIMCommCallback cb, const void *user_data)
{
  return take ("TIMConvGetConvList", NULL, cb, user_data);
}

static int
conv_get_page (const char *filter,
               uint64_t next_seq,
               uint32_t count,
               TIMCommCallback cb,
               const void *user_data)
{
  g_autofree char *argument
      = g_strdup_printf ("%s %" G_GUINT64_FORMAT " %u", filter, (guint64) next_seq, count);

  return take ("TIMConvGetConversationListByFilter", argument, cb, user_data);
}

static int
conv_set_draft (const char *id, enum TIMConvType type, const char *json)
{
  return take ("TIMConvSetDraft", json, NULL, NULL);
}

static int
conv_cancel_draft (const char *id, enum TIMConvType type)
{
  return take ("TIMConvCancelDraft", id, NULL, NULL);
}

#define MESSAGE_CALL(name, function)                                                               \
  static int name (const char *id, enum TIMConvType type, const char *json, TIMCommCallback cb,    \
                   const void *user_data)                                                          \
  {                                                                                                \
    return take (function, json, cb, user_data);                                                   \
  }
MESSAGE_CALL (msg_send, "TIMMsgSendNewMsg")
MESSAGE_CALL (msg_report_readed, "TIMMsgReportReaded")
MESSAGE_CALL (msg_get_list, "TIMMsgGetMsgList")
MESSAGE_CALL (msg_delete, "TIMMsgDelete")

static int
experimental (const char *json, TIMCommCallback cb, const void *user_data)
{
  gboolean is_server = strstr (json, "set_custom_server_info") != NULL;

  return take (is_server ? "server" : "callExperimentalAPI", json, cb, user_data);
}

const LinnetTimApi *
fake_tim_start (void)
{
  static const LinnetTimApi api = {
    .TIMAddRecvNewMsgCallback = add_recv_new_msg,
    .TIMRemoveRecvNewMsgCallback = remove_recv_new_msg,
    .TIMSetMsgReadedReceiptCallback = set_receipts,
    .TIMSetConvEventCallback = set_conversations,
    .TIMSetNetworkStatusListenerCallback = set_network,
    .TIMSetKickedOfflineCallback = set_kicked,
    .TIMSetUserSigExpiredCallback = set_expired,
    .TIMSetMsgUpdateCallback = set_updates,
    .TIMInit = init,
    .TIMUninit = uninit,
    .TIMGetSDKVersion = get_version,
    .TIMSetConfig = set_config,
    .TIMLogin = login,
    .TIMLogout = logout,
    .TIMConvCreate = conv_create,
    .TIMConvDelete = conv_delete,
    .TIMConvGetConvList = conv_get_list,
    .TIMConvGetConversationListByFilter = conv_get_page,
    .TIMConvSetDraft = conv_set_draft,
    .TIMConvCancelDraft = conv_cancel_draft,
    .TIMMsgSendNewMsg = msg_send,
    .TIMMsgReportReaded = msg_report_readed,
    .TIMMsgGetMsgList = msg_get_list,
    .TIMMsgDelete = msg_delete,
    .callExperimentalAPI = experimental,
  };

  g_mutex_init (&fake.lock);
  g_queue_init (&fake.waiting);
  fake.counts = g_hash_table_new (g_str_hash, g_str_equal);
  fake.arguments = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  fake.results = g_hash_table_new (g_str_hash, g_str_equal);
  fake.loop = im_loop_new ("fake-tim", IM_THREAD_CALLBACK);
  return &api;
}

void
fake_tim_stop (void)
{
  answer_all (7009);
  im_loop_free (fake.loop);
  g_hash_table_unref (fake.counts);
  g_hash_table_unref (fake.arguments);
  g_hash_table_unref (fake.results);
  g_mutex_clear (&fake.lock);
  memset (&fake, 0, sizeof fake);
}
