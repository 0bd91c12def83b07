/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"

#include "im-conv.h"
#include "im-elem.h"
#include "im-msg.h"

#include <string.h>

#define OWN_ID "alice"

typedef void (*FinishFunc) (GTask *task);

struct _FakeBackend
{
  GObject parent_instance;

  GPtrArray *convs;    /* owned, of ImConv */
  GPtrArray *msgs;     /* owned, of ImMsg, all conversations, oldest first */
  GPtrArray *log;      /* owned, of char * */
  GPtrArray *waiting;  /* owned, of Held */
  char *user_id;       /* owned, nullable */
  char *sign_in_desc;  /* owned, nullable */
  guint64 next_unique; /* the last unique id given */
  int sign_in_code;
  int send_code;
  gboolean fails_load;
  gboolean fails_list;
  guint page_limit; /* conversations */
  gboolean is_holding;
};

typedef struct
{
  GTask *task; /* owned */
  FinishFunc finish;
} Held;

static void backend_init (LinnetBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeBackend,
                               fake_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LINNET_TYPE_BACKEND, backend_init))

static void
held_free (gpointer data)
{
  Held *held = data;

  g_object_unref (held->task);
  g_free (held);
}

static gboolean
run_held (gpointer data)
{
  Held *held = data;

  held->finish (held->task);
  return G_SOURCE_REMOVE;
}

static void
schedule (Held *held)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, run_held, held, held_free);
}

/* Ends the task later, from an idle, or when what is held is released. Takes the task. */
static void
answer (FakeBackend *self, GTask *task, FinishFunc finish, gboolean can_wait)
{
  Held *held = g_new0 (Held, 1);

  held->task = task;
  held->finish = finish;
  if (can_wait && self->is_holding)
    g_ptr_array_add (self->waiting, held);
  else
    schedule (held);
}

static void note (FakeBackend *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
note (FakeBackend *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->log, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Data */

static const char *
text_of (const ImMsg *msg)
{
  const ImElem *elem = msg->elems != NULL && msg->elems->len > 0 ? msg->elems->pdata[0] : NULL;

  return elem != NULL && elem->type == IM_ELEM_TEXT ? ((const ImTextElem *) elem)->content : "";
}

static void
set_text (ImMsg *msg, const char *text)
{
  ImTextElem *elem = im_json_new (&im_text_elem_type);

  elem->base.type = IM_ELEM_TEXT;
  im_json_set_str (&elem->content, text);
  if (msg->elems == NULL)
    msg->elems = im_json_array_new ();
  g_ptr_array_set_size (msg->elems, 0);
  g_ptr_array_add (msg->elems, elem);
}

static guint
find_conv (FakeBackend *self, const char *id)
{
  for (guint i = 0; i < self->convs->len; i++)
    {
      if (strcmp (((ImConv *) self->convs->pdata[i])->id, id) == 0)
        return i;
    }
  return G_MAXUINT;
}

static ImMsg *
last_of (FakeBackend *self, const char *conv_id)
{
  for (guint i = self->msgs->len; i > 0; i--)
    {
      ImMsg *msg = self->msgs->pdata[i - 1];

      if (strcmp (msg->conv_id, conv_id) == 0)
        return msg;
    }
  return NULL;
}

/* Replaces the conversation by a copy that has the newest message and this unread count. Borrowed.
 */
static ImConv *
renew_conv (FakeBackend *self, const char *id, guint64 unread)
{
  guint position = find_conv (self, id);
  ImMsg *last = last_of (self, id);
  ImConv *conv;

  if (position == G_MAXUINT)
    {
      conv = im_json_new (&im_conv_type);
      im_json_set_str (&conv->id, id);
      conv->type = LINNET_CONVERSATION_SINGLE;
      g_ptr_array_add (self->convs, conv);
    }
  else
    {
      conv = im_json_copy (self->convs->pdata[position]);
      im_json_unref (self->convs->pdata[position]);
      self->convs->pdata[position] = conv;
    }
  conv->unread_num = unread;
  conv->has_last_msg = last != NULL;
  im_json_unref (conv->last_msg);
  conv->last_msg = im_json_ref (last);
  if (last != NULL)
    conv->active_time = last->server_time != 0 ? last->server_time : last->client_time;
  return conv;
}

static guint64
unread_of (FakeBackend *self, const char *id)
{
  guint position = find_conv (self, id);

  return position != G_MAXUINT ? ((ImConv *) self->convs->pdata[position])->unread_num : 0;
}

static void
tell_conv (FakeBackend *self, ImConv *conv, gboolean is_new)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, conv);
  linnet_backend_emit_conversations_changed (LINNET_BACKEND (self), is_new ? one : none,
                                             is_new ? none : one, none);
}

static void
tell_updated (FakeBackend *self, ImMsg *msg)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, msg);
  linnet_backend_emit_messages_updated (LINNET_BACKEND (self), one);
}

/* Replaces a stored message by a copy to be changed. Borrowed. */
static ImMsg *
renew_msg (FakeBackend *self, guint position)
{
  ImMsg *copy = im_json_copy (self->msgs->pdata[position]);

  im_json_unref (self->msgs->pdata[position]);
  self->msgs->pdata[position] = copy;
  return copy;
}

static guint
find_msg (FakeBackend *self, guint64 unique_id)
{
  for (guint i = 0; i < self->msgs->len; i++)
    {
      if (((ImMsg *) self->msgs->pdata[i])->unique_id == unique_id)
        return i;
    }
  return G_MAXUINT;
}

/* What tests say */

void
fake_backend_fail_sign_in (FakeBackend *self, int code, const char *desc)
{
  self->sign_in_code = code;
  g_free (self->sign_in_desc);
  self->sign_in_desc = g_strdup (desc);
}

void
fake_backend_hold (FakeBackend *self, gboolean hold)
{
  self->is_holding = hold;
  if (hold)
    return;
  for (guint i = 0; i < self->waiting->len; i++)
    schedule (self->waiting->pdata[i]);
  g_ptr_array_set_size (self->waiting, 0);
}

void
fake_backend_fail_sends (FakeBackend *self, int code)
{
  self->send_code = code;
}

void
fake_backend_fail_load (FakeBackend *self)
{
  self->fails_load = TRUE;
}

void
fake_backend_fail_list (FakeBackend *self)
{
  self->fails_list = TRUE;
}

void
fake_backend_limit_pages (FakeBackend *self, guint n)
{
  self->page_limit = n;
}

void
fake_backend_add_conversation (FakeBackend *self, const char *id, guint unread)
{
  renew_conv (self, id, unread);
}

ImMsg *
fake_backend_add_message (
    FakeBackend *self, const char *conv_id, const char *sender, const char *text, gint64 time)
{
  ImMsg *msg = im_json_new (&im_msg_type);

  set_text (msg, text);
  im_json_set_str (&msg->conv_id, conv_id);
  msg->conv_type = LINNET_CONVERSATION_SINGLE;
  im_json_set_str (&msg->sender, sender != NULL ? sender : OWN_ID);
  msg->is_from_self = sender == NULL;
  msg->is_read = TRUE;
  msg->status = IM_MSG_SEND_SUCC;
  msg->unique_id = ++self->next_unique;
  msg->client_time = msg->server_time = (guint64) time;
  g_ptr_array_add (self->msgs, msg);
  renew_conv (self, conv_id, unread_of (self, conv_id));
  return msg;
}

void
fake_backend_add_history (FakeBackend *self, const char *conv_id, guint n, gint64 last_time)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      fake_backend_add_message (self, conv_id, i % 2 == 0 ? conv_id : NULL, text,
                                last_time - 60 * (gint64) (n - 1 - i));
    }
}

ImMsg *
fake_backend_receive (
    FakeBackend *self, const char *conv_id, const char *sender, const char *text, gint64 time)
{
  gboolean is_new = find_conv (self, conv_id) == G_MAXUINT;
  ImMsg *msg = fake_backend_add_message (self, conv_id, sender, text, time);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  msg->is_read = sender == NULL;
  g_ptr_array_add (one, msg);
  linnet_backend_emit_messages_received (LINNET_BACKEND (self), one);
  tell_conv (self, renew_conv (self, conv_id, unread_of (self, conv_id) + (sender != NULL ? 1 : 0)),
             is_new);
  return msg;
}

void
fake_backend_deliver (FakeBackend *self, const char *conv_id, const char *text)
{
  for (guint i = 0; i < self->msgs->len; i++)
    {
      const ImMsg *msg = self->msgs->pdata[i];
      ImMsg *copy;

      if (!msg->is_from_self || strcmp (msg->conv_id, conv_id) != 0
          || strcmp (text_of (msg), text) != 0)
        continue;
      copy = renew_msg (self, i);
      copy->is_delivered = TRUE;
      tell_updated (self, copy);
    }
}

void
fake_backend_peer_reads (FakeBackend *self, const char *conv_id, gint64 up_to)
{
  g_autoptr (ImReceipt) receipt = im_json_new (&im_receipt_type);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  im_json_set_str (&receipt->conv_id, conv_id);
  receipt->conv_type = LINNET_CONVERSATION_SINGLE;
  receipt->time = (guint64) up_to;
  g_ptr_array_add (one, receipt);
  linnet_backend_emit_receipts (LINNET_BACKEND (self), one);
}

GPtrArray *
fake_backend_get_log (FakeBackend *self)
{
  return self->log;
}

guint
fake_backend_count (FakeBackend *self, const char *line)
{
  guint n = 0;

  for (guint i = 0; i < self->log->len; i++)
    n += strcmp (self->log->pdata[i], line) == 0 ? 1 : 0;
  return n;
}

/* LinnetBackend */

static gboolean
finish_boolean (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
succeed (GTask *task)
{
  g_task_return_boolean (task, TRUE);
}

static void
end_sign_in (GTask *task)
{
  FakeBackend *self = g_task_get_source_object (task);

  if (self->sign_in_code == 0)
    {
      linnet_backend_emit_connection_changed (LINNET_BACKEND (self), LINNET_CONNECTION_ONLINE, "",
                                              0, "");
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_task_return_error (task, linnet_error_new (self->sign_in_code, self->sign_in_desc));
  self->sign_in_code = 0;
}

static void
sign_in_async (LinnetBackend *backend,
               const LinnetAccount *account,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);

  note (self, account->begins_anew ? "sign-in %s anew" : "sign-in %s", account->address);
  g_free (self->user_id);
  self->user_id = g_strndup (account->address, strcspn (account->address, "@"));
  linnet_backend_emit_connection_changed (backend, LINNET_CONNECTION_CONNECTING,
                                          LINNET_PHASE_LOOKING, 0, "");
  linnet_backend_emit_connection_changed (backend, LINNET_CONNECTION_CONNECTING,
                                          LINNET_PHASE_FOUND "chat.example.org", 0, "");
  answer (self, g_task_new (self, cancellable, callback, user_data), end_sign_in, TRUE);
}

static void
sign_out_async (LinnetBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);

  note (self, "sign-out");
  g_clear_pointer (&self->user_id, g_free);
  answer (self, g_task_new (self, NULL, callback, user_data), succeed, FALSE);
}

static const char *
get_user_id (LinnetBackend *backend)
{
  return FAKE_BACKEND (backend)->user_id;
}

static void
end_form (GTask *task)
{
  LinnetForm *form = linnet_form_new ("Join", "Choose a name and a password.");
  g_autoptr (LinnetFormField) name
      = linnet_form_field_new (LINNET_FORM_TEXT, "username", "Name", "", TRUE);
  g_autoptr (LinnetFormField) password
      = linnet_form_field_new (LINNET_FORM_PASSWORD, "password", "Password", "", TRUE);

  linnet_form_append (form, name);
  linnet_form_append (form, password);
  g_task_return_pointer (task, form, g_object_unref);
}

static void
fetch_form_async (LinnetBackend *backend,
                  const LinnetAccount *account,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  answer (FAKE_BACKEND (backend), g_task_new (backend, cancellable, callback, user_data), end_form,
          FALSE);
}

static LinnetForm *
fetch_form_finish (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
register_async (LinnetBackend *backend,
                const LinnetAccount *account,
                LinnetForm *form,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  note (FAKE_BACKEND (backend), "register %s", account->address);
  answer (FAKE_BACKEND (backend), g_task_new (backend, cancellable, callback, user_data), succeed,
          FALSE);
}

typedef struct
{
  guint from; /* the place of a conversation is the hash of its id here */
  guint count;
  guint next;
} LoadConversations;

static guint
place_of (FakeBackend *self, guint i)
{
  return g_str_hash (((const ImConv *) self->convs->pdata[i])->id);
}

static void
end_load_conversations (GTask *task)
{
  FakeBackend *self = g_task_get_source_object (task);
  LoadConversations *load = g_task_get_task_data (task);
  GPtrArray *page = im_json_array_new ();
  guint i;

  if (self->fails_list)
    {
      self->fails_list = FALSE;
      g_ptr_array_unref (page);
      g_task_return_error (task, linnet_error_new (LINNET_ERROR_NETWORK, "no list"));
      return;
    }
  for (i = 0; load->from != 0 && i < self->convs->len && place_of (self, i) != load->from;)
    i++;
  for (i += load->from != 0; i < self->convs->len && page->len < load->count; i++)
    g_ptr_array_add (page, im_json_ref (self->convs->pdata[i]));
  load->next = i < self->convs->len ? place_of (self, i - 1) : 0;
  g_task_return_pointer (task, page, (GDestroyNotify) g_ptr_array_unref);
}

static void
load_conversations_async (LinnetBackend *backend,
                          guint64 from,
                          guint count,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (backend, cancellable, callback, user_data);
  LoadConversations *load = g_new0 (LoadConversations, 1);

  load->from = (guint) from;
  load->count = MIN (count, FAKE_BACKEND (backend)->page_limit);
  g_task_set_task_data (task, load, g_free);
  answer (FAKE_BACKEND (backend), task, end_load_conversations, load->from > 0);
}

static GPtrArray *
load_conversations_finish (LinnetBackend *backend,
                           GAsyncResult *result,
                           guint64 *ret_next,
                           GError **error)
{
  const LoadConversations *load = g_task_get_task_data (G_TASK (result));

  *ret_next = load->next;
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  char *id; /* owned */
  guint64 from;
  guint count;
  gboolean newer;
  gboolean is_last;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->id);
  g_free (load);
}

/* All of the conversation, oldest first; without those at and beyond `from`. */
static GPtrArray *
collect_beyond (FakeBackend *self, const Load *load)
{
  GPtrArray *page = im_json_array_new ();

  for (guint i = 0; i < self->msgs->len; i++)
    {
      ImMsg *msg = self->msgs->pdata[i];

      if (strcmp (msg->conv_id, load->id) != 0)
        continue;
      if (load->from != 0 && msg->unique_id == load->from && !load->newer)
        break;
      if (load->from != 0 && msg->unique_id == load->from)
        g_ptr_array_set_size (page, 0);
      else
        g_ptr_array_add (page, im_json_ref (msg));
    }
  return page;
}

static void
end_load_messages (GTask *task)
{
  FakeBackend *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  GPtrArray *page;

  if (self->fails_load)
    {
      self->fails_load = FALSE;
      g_task_return_error (task, linnet_error_new (LINNET_ERROR_TIMEOUT, "asked for"));
      return;
    }
  page = collect_beyond (self, load);
  load->is_last = page->len <= load->count;
  if (page->len > load->count && load->newer)
    g_ptr_array_set_size (page, (int) load->count);
  else if (page->len > load->count)
    g_ptr_array_remove_range (page, 0, page->len - load->count);
  g_task_return_pointer (task, page, (GDestroyNotify) g_ptr_array_unref);
}

static void
load_messages_async (LinnetBackend *backend,
                     LinnetConversationType type,
                     const char *id,
                     ImMsg *from,
                     gboolean newer,
                     guint count,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (backend, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->id = g_strdup (id);
  load->from = from != NULL ? from->unique_id : 0;
  load->newer = newer;
  load->count = count;
  g_task_set_task_data (task, load, load_free);
  answer (FAKE_BACKEND (backend), task, end_load_messages, TRUE);
}

static GPtrArray *
load_messages_finish (LinnetBackend *backend,
                      GAsyncResult *result,
                      gboolean *ret_is_last,
                      GError **error)
{
  const Load *load = g_task_get_task_data (G_TASK (result));

  if (ret_is_last != NULL)
    *ret_is_last = load->is_last;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The stored copy of what is sent: a new one, or the one that is sent again. Borrowed. */
static guint
store_outgoing (FakeBackend *self, ImMsg *msg)
{
  guint position = msg->unique_id != 0 ? find_msg (self, msg->unique_id) : G_MAXUINT;
  ImMsg *copy;

  if (position != G_MAXUINT)
    {
      copy = renew_msg (self, position);
      g_ptr_array_steal_index (self->msgs, position);
      g_ptr_array_add (self->msgs, copy);
    }
  else
    {
      copy = im_json_copy (msg);
      copy->unique_id = ++self->next_unique;
      g_ptr_array_add (self->msgs, copy);
    }
  copy->status = IM_MSG_SENDING;
  return self->msgs->len - 1;
}

static void
end_send (GTask *task)
{
  FakeBackend *self = g_task_get_source_object (task);
  guint64 *unique_id = g_task_get_task_data (task);
  guint position = find_msg (self, *unique_id);
  ImMsg *msg = renew_msg (self, position);

  msg->status = self->send_code == 0 ? IM_MSG_SEND_SUCC : IM_MSG_SEND_FAIL;
  msg->server_time = msg->client_time;
  msg->error_code = self->send_code;
  tell_conv (self, renew_conv (self, msg->conv_id, unread_of (self, msg->conv_id)), FALSE);
  if (self->send_code == 0)
    g_task_return_pointer (task, im_json_ref (msg), im_json_unref);
  else
    g_task_return_error (task, linnet_error_new (self->send_code, "asked for"));
}

static void
send_async (LinnetBackend *backend,
            ImMsg *msg,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  GTask *task = g_task_new (backend, cancellable, callback, user_data);
  guint position = store_outgoing (self, msg);
  const ImMsg *stored = self->msgs->pdata[position];

  note (self, "send %s %s", msg->conv_id, text_of (msg));
  g_task_set_task_data (task, g_memdup2 (&stored->unique_id, sizeof stored->unique_id), g_free);
  answer (self, task, end_send, TRUE);
}

static ImMsg *
send_finish (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
discard_async (LinnetBackend *backend,
               ImMsg *msg,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  guint position = find_msg (self, msg->unique_id);

  note (self, "discard %s %s", msg->conv_id, text_of (msg));
  if (position != G_MAXUINT)
    g_ptr_array_remove_index (self->msgs, position);
  answer (self, g_task_new (backend, cancellable, callback, user_data), succeed, FALSE);
}

static void
report_read (LinnetBackend *backend, LinnetConversationType type, const char *id, ImMsg *up_to)
{
  FakeBackend *self = FAKE_BACKEND (backend);

  if (up_to != NULL)
    note (self, "read %s %s", id, text_of (up_to));
  else
    note (self, "read %s", id);
  if (up_to == NULL && find_conv (self, id) != G_MAXUINT)
    tell_conv (self, renew_conv (self, id, 0), FALSE);
}

static void
set_draft (LinnetBackend *backend, LinnetConversationType type, const char *id, const char *text)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  ImConv *conv = renew_conv (self, id, unread_of (self, id));

  note (self, "draft %s %s", id, text != NULL ? text : "");
  conv->has_draft = text != NULL && *text != '\0';
  im_json_unref (g_steal_pointer (&conv->draft));
  if (conv->has_draft)
    {
      conv->draft = im_json_new (&im_draft_type);
      im_json_unref (conv->draft->msg);
      conv->draft->msg = im_json_new (&im_msg_type);
      set_text (conv->draft->msg, text);
      conv->draft->edit_time = g_get_real_time () / G_USEC_PER_SEC;
    }
  tell_conv (self, conv, FALSE);
}

static void
send_typing (LinnetBackend *backend,
             LinnetConversationType type,
             const char *id,
             gboolean is_typing)
{
  note (FAKE_BACKEND (backend), "typing %s %d", id, is_typing);
}

static void
end_create (GTask *task)
{
  FakeBackend *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  gboolean is_new = find_conv (self, id) == G_MAXUINT;
  ImConv *conv = renew_conv (self, id, unread_of (self, id));

  if (is_new)
    {
      conv->active_time = (guint64) (g_get_real_time () / G_USEC_PER_SEC);
      tell_conv (self, conv, TRUE);
    }
  g_task_return_pointer (task, im_json_ref (conv), im_json_unref);
}

static void
create_conversation_async (LinnetBackend *backend,
                           LinnetConversationType type,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (backend, cancellable, callback, user_data);

  note (FAKE_BACKEND (backend), "create %s", id);
  g_task_set_task_data (task, g_strdup (id), g_free);
  answer (FAKE_BACKEND (backend), task, end_create, FALSE);
}

static ImConv *
create_conversation_finish (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
delete_conversation_async (LinnetBackend *backend,
                           LinnetConversationType type,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) one = im_json_array_new ();
  guint position = find_conv (self, id);

  note (self, "delete %s", id);
  if (position != G_MAXUINT)
    {
      g_ptr_array_add (one, g_ptr_array_steal_index (self->convs, position));
      linnet_backend_emit_conversations_changed (backend, none, none, one);
    }
  answer (self, g_task_new (backend, cancellable, callback, user_data), succeed, FALSE);
}

static void
backend_init (LinnetBackendInterface *iface)
{
  iface->sign_in_async = sign_in_async;
  iface->sign_in_finish = finish_boolean;
  iface->sign_out_async = sign_out_async;
  iface->sign_out_finish = finish_boolean;
  iface->get_user_id = get_user_id;
  iface->fetch_form_async = fetch_form_async;
  iface->fetch_form_finish = fetch_form_finish;
  iface->register_async = register_async;
  iface->register_finish = finish_boolean;
  iface->load_conversations_async = load_conversations_async;
  iface->load_conversations_finish = load_conversations_finish;
  iface->load_messages_async = load_messages_async;
  iface->load_messages_finish = load_messages_finish;
  iface->send_async = send_async;
  iface->send_finish = send_finish;
  iface->discard_async = discard_async;
  iface->discard_finish = finish_boolean;
  iface->report_read = report_read;
  iface->set_draft = set_draft;
  iface->send_typing = send_typing;
  iface->create_conversation_async = create_conversation_async;
  iface->create_conversation_finish = create_conversation_finish;
  iface->delete_conversation_async = delete_conversation_async;
  iface->delete_conversation_finish = finish_boolean;
}

static void
fake_backend_finalize (GObject *object)
{
  FakeBackend *self = FAKE_BACKEND (object);

  g_ptr_array_unref (self->convs);
  g_ptr_array_unref (self->msgs);
  g_ptr_array_unref (self->log);
  g_ptr_array_set_free_func (self->waiting, held_free);
  g_ptr_array_unref (self->waiting);
  g_free (self->user_id);
  g_free (self->sign_in_desc);
  G_OBJECT_CLASS (fake_backend_parent_class)->finalize (object);
}

static void
fake_backend_class_init (FakeBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_backend_finalize;
}

static void
fake_backend_init (FakeBackend *self)
{
  self->convs = im_json_array_new ();
  self->msgs = im_json_array_new ();
  self->log = g_ptr_array_new_with_free_func (g_free);
  self->waiting = g_ptr_array_new ();
  self->page_limit = G_MAXUINT;
}

FakeBackend *
fake_backend_new (void)
{
  return g_object_new (FAKE_TYPE_BACKEND, NULL);
}
