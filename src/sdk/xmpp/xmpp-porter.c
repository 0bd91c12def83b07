/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-porter-private.h"

#include "im-clock.h"
#include "im-loop.h"
#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define DEFAULT_IQ_TIMEOUT_MS 30000

typedef struct
{
  guint id; /* 0: removed */
  XmppStanzaKind kind;
  const XmppSpec *pattern; /* borrowed, nullable */
  int priority;
  XmppHandlerFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Handler;

/* A request that waits for its answer. */
typedef struct
{
  XmppPorter *porter; /* borrowed */
  GTask *task;        /* owned */
  char *id;           /* owned */
  char *to;           /* owned, nullable; normal form */
  GSource *timeout;   /* owned */
  gulong cancelled;
} Request;

struct _XmppPorter
{
  GObject parent_instance;

  const XmppPorterLink *link; /* NULL: closed */
  gpointer stream;            /* borrowed, while link is set */
  ImClock *clock;
  guint iq_timeout_ms;
  char *bare_jid; /* owned */
  char *domain;   /* owned */
  char *full_jid; /* owned, nullable */

  GPtrArray *handlers; /* of Handler (boxed), highest priority first */
  guint last_handler;
  GHashTable *requests;    /* id, owned by the Request → Request */
  GQueue refused;          /* of Refused: what could not be sent, told from the loop */
  GSource *refused_source; /* owned, nullable */
};

typedef struct
{
  XmppSmEntry *entry;
  GError *error;
} Refused;

G_DEFINE_FINAL_TYPE (XmppPorter, xmpp_porter, G_TYPE_OBJECT)

/* Handlers */

static void
handler_clear (gpointer data)
{
  Handler *handler = data;

  if (handler->destroy != NULL)
    handler->destroy (handler->user_data);
}

static void
handler_unref (gpointer data)
{
  g_rc_box_release_full (data, handler_clear);
}

static gpointer
handler_ref (gconstpointer data, gpointer user_data)
{
  return g_rc_box_acquire ((gpointer) data);
}

guint
xmpp_porter_add_handler (XmppPorter *self,
                         XmppStanzaKind kind,
                         const XmppSpec *pattern,
                         int priority,
                         XmppHandlerFunc func,
                         gpointer user_data,
                         GDestroyNotify destroy)
{
  Handler *handler;
  guint position = 0;

  g_return_val_if_fail (XMPP_IS_PORTER (self) && func != NULL, 0);
  im_assert_network_thread ();
  handler = g_rc_box_new0 (Handler);
  handler->id = ++self->last_handler;
  handler->kind = kind;
  handler->pattern = pattern;
  handler->priority = priority;
  handler->func = func;
  handler->user_data = user_data;
  handler->destroy = destroy;
  while (position < self->handlers->len
         && ((Handler *) g_ptr_array_index (self->handlers, position))->priority >= priority)
    position++;
  g_ptr_array_insert (self->handlers, (int) position, handler);
  return handler->id;
}

void
xmpp_porter_remove_handler (XmppPorter *self, guint id)
{
  g_return_if_fail (XMPP_IS_PORTER (self));

  for (guint i = 0; i < self->handlers->len; i++)
    {
      Handler *handler = g_ptr_array_index (self->handlers, i);

      if (handler->id != id)
        continue;
      handler->id = 0;
      g_ptr_array_remove_index (self->handlers, i);
      return;
    }
}

static gboolean
offer_to_handlers (XmppPorter *self, XmppStanza *stanza)
{
  /* Handlers may come and go while they run. */
  g_autoptr (GPtrArray) handlers = g_ptr_array_copy (self->handlers, handler_ref, NULL);

  g_ptr_array_set_free_func (handlers, handler_unref);
  for (guint i = 0; i < handlers->len && self->link != NULL; i++)
    {
      Handler *handler = g_ptr_array_index (handlers, i);

      if (handler->id != 0 && handler->kind == xmpp_stanza_get_kind (stanza)
          && (handler->pattern == NULL
              || xmpp_spec_match (handler->pattern, xmpp_stanza_get_root (stanza)))
          && handler->func (self, stanza, handler->user_data))
        return TRUE;
    }
  return FALSE;
}

/* Requests */

static void
request_free (gpointer data)
{
  Request *request = data;

  im_clock_timeout_clear (&request->timeout);
  /* Not g_cancellable_disconnect(): this may run inside of that very signal. */
  if (request->cancelled != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (request->task), request->cancelled);
  g_object_unref (request->task);
  g_free (request->id);
  g_free (request->to);
  g_free (request);
}

/* Takes error or reply. */
static void
finish_request (XmppPorter *self, Request *request, XmppStanza *reply, GError *error)
{
  g_autoptr (GTask) task = g_object_ref (request->task);

  g_hash_table_remove (self->requests, request->id);
  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) xmpp_stanza_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
on_request_timeout (gpointer user_data)
{
  Request *request = user_data;

  finish_request (request->porter, request, NULL,
                  g_error_new (XMPP_ERROR, XMPP_ERROR_REQUEST_TIMEOUT, "%s did not answer",
                               request->to != NULL ? request->to : "the server"));
  return G_SOURCE_REMOVE;
}

static void
on_request_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Request *request = user_data;

  finish_request (request->porter, request, NULL,
                  g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
}

static void
on_request_sent (XmppPorter *self, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  Request *request = g_hash_table_lookup (self->requests, xmpp_stanza_get_id (stanza));

  if (error != NULL && request != NULL)
    finish_request (self, request, NULL, g_error_copy (error));
}

/* Who may answer: the one who was asked; for the account and its server that is also nobody, or the
 * other of the two. Anybody else who guesses an id is a forger. */
static gboolean
may_answer (XmppPorter *self, const Request *request, const char *from)
{
  g_autofree char *normal = NULL;
  gboolean own = request->to == NULL || strcmp (request->to, self->bare_jid) == 0;
  gboolean server = strcmp (request->to != NULL ? request->to : "", self->domain) == 0;

  if (from == NULL)
    return own || server;
  normal = xmpp_jid_dup_normal (from);
  if (normal == NULL)
    return FALSE;
  if (request->to != NULL && strcmp (normal, request->to) == 0)
    return TRUE;
  return own
         && (strcmp (normal, self->bare_jid) == 0 || g_strcmp0 (normal, self->full_jid) == 0
             || (request->to == NULL && strcmp (normal, self->domain) == 0));
}

static void
take_reply (XmppPorter *self, XmppStanza *stanza)
{
  const char *id = xmpp_stanza_get_id (stanza);
  Request *request = id != NULL ? g_hash_table_lookup (self->requests, id) : NULL;

  if (request == NULL || !may_answer (self, request, xmpp_stanza_get_from (stanza)))
    {
      g_debug ("answer to nothing that was asked: id %s", id != NULL ? id : "(none)");
      return;
    }
  if (strcmp (xmpp_stanza_get_type (stanza), "result") == 0)
    {
      finish_request (self, request, xmpp_stanza_ref (stanza), NULL);
      return;
    }
  g_task_set_task_data (request->task, xmpp_stanza_ref (stanza),
                        (GDestroyNotify) xmpp_stanza_unref);
  finish_request (self, request, NULL, xmpp_stanza_dup_error (stanza));
}

void
xmpp_porter_send_iq_async (XmppPorter *self,
                           XmppStanza *iq,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Request *request;
  GTask *task;

  g_return_if_fail (XMPP_IS_PORTER (self) && iq != NULL);
  g_return_if_fail (xmpp_stanza_get_kind (iq) == XMPP_STANZA_IQ);
  im_assert_network_thread ();
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_porter_send_iq_async);
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  xmpp_stanza_ensure_id (iq);
  g_return_if_fail (!g_hash_table_contains (self->requests, xmpp_stanza_get_id (iq)));
  request = g_new0 (Request, 1);
  request->porter = self;
  request->task = task;
  request->id = g_strdup (xmpp_stanza_get_id (iq));
  request->to = xmpp_jid_dup_normal (xmpp_stanza_get_to (iq));
  request->timeout
      = im_clock_timeout_add (self->clock, self->iq_timeout_ms, on_request_timeout, request);
  g_hash_table_insert (self->requests, request->id, request);
  if (cancellable != NULL)
    request->cancelled
        = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_request_cancelled), request);
  xmpp_porter_send (self, iq, on_request_sent, NULL);
}

XmppStanza *
xmpp_porter_send_iq_finish (XmppPorter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

XmppStanza *
xmpp_porter_get_error_reply (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, xmpp_porter_send_iq_async), NULL);

  return g_task_get_task_data (G_TASK (result));
}

/* Sending */

static void
tell (XmppPorter *self, XmppSmEntry *entry, const GError *error)
{
  if (entry->func != NULL)
    entry->func (self, entry->stanza, error, entry->user_data);
}

static gboolean
tell_refused (gpointer user_data)
{
  g_autoptr (XmppPorter) self = g_object_ref (user_data);
  Refused *refused;

  im_clock_timeout_clear (&self->refused_source);
  while ((refused = g_queue_pop_head (&self->refused)) != NULL)
    {
      tell (self, refused->entry, refused->error);
      xmpp_sm_entry_free (refused->entry);
      g_error_free (refused->error);
      g_free (refused);
    }
  return G_SOURCE_REMOVE;
}

/* Takes both. What nobody waits for is dropped: answers to a flood of requests would pile up until
 * the loop turns. */
static void
refuse (XmppPorter *self, XmppSmEntry *entry, GError *error)
{
  Refused *refused;

  if (entry->func == NULL)
    {
      xmpp_sm_entry_free (entry);
      g_error_free (error);
      return;
    }
  refused = g_new0 (Refused, 1);
  refused->entry = entry;
  refused->error = error;
  g_queue_push_tail (&self->refused, refused);
  if (self->refused_source != NULL)
    return;
  self->refused_source = g_idle_source_new ();
  g_source_set_priority (self->refused_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->refused_source, tell_refused, self, NULL);
  g_source_attach (self->refused_source, g_main_context_get_thread_default ());
}

static GError *
check_entry (XmppPorter *self, const XmppSmEntry *entry)
{
  gsize size = strlen (entry->text);

  if (self->link == NULL)
    return g_error_new_literal (XMPP_ERROR, XMPP_ERROR_CLOSED, "the connection object is gone");
  if (size > XMPP_MAX_STANZA_SIZE)
    return g_error_new (XMPP_ERROR, XMPP_ERROR_STANZA_TOO_LARGE,
                        "a stanza of %" G_GSIZE_FORMAT " bytes is larger than %d", size,
                        XMPP_MAX_STANZA_SIZE);
  return self->link->check (self->stream);
}

void
xmpp_porter_send (XmppPorter *self, XmppStanza *stanza, XmppSentFunc on_acked, gpointer user_data)
{
  XmppSmEntry *entry;
  GError *error;

  g_return_if_fail (XMPP_IS_PORTER (self) && stanza != NULL);
  g_return_if_fail (xmpp_stanza_get_kind (stanza) != XMPP_STANZA_OTHER);
  im_assert_network_thread ();
  entry = g_new0 (XmppSmEntry, 1);
  entry->stanza = xmpp_stanza_ref (stanza);
  entry->text = xmpp_stanza_to_string (stanza);
  entry->func = on_acked;
  entry->user_data = user_data;
  error = check_entry (self, entry);
  if (error != NULL)
    refuse (self, entry, error);
  else
    self->link->submit (self->stream, entry);
}

void
xmpp_porter_reply (XmppPorter *self, const XmppStanza *iq, const XmppSpec *payload)
{
  g_autoptr (XmppStanza) answer = xmpp_stanza_new_result (iq, payload);

  xmpp_porter_send (self, answer, NULL, NULL);
}

void
xmpp_porter_reply_error (XmppPorter *self, const XmppStanza *iq, XmppError condition)
{
  g_autoptr (XmppStanza) answer = xmpp_stanza_new_error (iq, condition);

  xmpp_porter_send (self, answer, NULL, NULL);
}

void
xmpp_porter_finish_entries (XmppPorter *self, GPtrArray *entries, const GError *error)
{
  g_autoptr (GPtrArray) owned = entries;
  g_autoptr (XmppPorter) alive = g_object_ref (self);

  for (guint i = 0; i < entries->len; i++)
    tell (self, g_ptr_array_index (entries, i), error);
}

/* Receiving */

static void
answer_request (XmppPorter *self, XmppStanza *stanza)
{
  const xmlNode *root = xmpp_stanza_get_root (stanza);

  if (offer_to_handlers (self, stanza) || self->link == NULL)
    return;
  if (strcmp (xmpp_stanza_get_type (stanza), "get") == 0
      && xmpp_node_child (root, "ping", XMPP_NS_PING) != NULL)
    xmpp_porter_reply (self, stanza, NULL);
  else
    xmpp_porter_reply_error (self, stanza, XMPP_ERROR_SERVICE_UNAVAILABLE);
}

void
xmpp_porter_dispatch (XmppPorter *self, XmppStanza *stanza)
{
  g_autoptr (XmppPorter) alive = g_object_ref (self);
  const char *type = xmpp_stanza_get_type (stanza);

  if (xmpp_stanza_get_kind (stanza) != XMPP_STANZA_IQ)
    offer_to_handlers (self, stanza);
  else if (g_strcmp0 (type, "result") == 0 || g_strcmp0 (type, "error") == 0)
    take_reply (self, stanza);
  else if (xmpp_stanza_get_id (stanza) != NULL
           && (g_strcmp0 (type, "get") == 0 || g_strcmp0 (type, "set") == 0))
    answer_request (self, stanza);
}

/* State */

gboolean
xmpp_porter_is_open (XmppPorter *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (XMPP_IS_PORTER (self), FALSE);
  error = self->link != NULL ? self->link->check (self->stream) : NULL;
  return self->link != NULL && error == NULL;
}

const char *
xmpp_porter_get_bare_jid (XmppPorter *self)
{
  return self->bare_jid;
}

const char *
xmpp_porter_get_full_jid (XmppPorter *self)
{
  return self->full_jid;
}

const char *
xmpp_porter_get_domain (XmppPorter *self)
{
  return self->domain;
}

guint
xmpp_porter_get_n_pending (XmppPorter *self)
{
  return self->link != NULL ? self->link->get_n_pending (self->stream) : 0;
}

void
xmpp_porter_set_full_jid (XmppPorter *self, const char *full_jid)
{
  g_free (self->full_jid);
  self->full_jid = g_strdup (full_jid);
}

void
xmpp_porter_fail_requests (XmppPorter *self, const GError *error)
{
  g_autoptr (XmppPorter) alive = g_object_ref (self);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  /* By name: each callback may cancel others, and start new ones. */
  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (ids, g_strdup (key));
  for (guint i = 0; i < ids->len; i++)
    {
      Request *request = g_hash_table_lookup (self->requests, g_ptr_array_index (ids, i));

      if (request != NULL)
        finish_request (self, request, NULL, g_error_copy (error));
    }
}

void
xmpp_porter_close (XmppPorter *self)
{
  g_autoptr (XmppPorter) alive = g_object_ref (self);
  g_autoptr (GError) error
      = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_CLOSED, "the connection object is gone");

  self->link = NULL;
  self->stream = NULL;
  tell_refused (self);
  xmpp_porter_fail_requests (self, error);
}

static void
xmpp_porter_finalize (GObject *object)
{
  XmppPorter *self = XMPP_PORTER (object);

  im_clock_timeout_clear (&self->refused_source);
  g_ptr_array_unref (self->handlers);
  g_hash_table_unref (self->requests);
  g_free (self->bare_jid);
  g_free (self->domain);
  g_free (self->full_jid);
  G_OBJECT_CLASS (xmpp_porter_parent_class)->finalize (object);
}

static void
xmpp_porter_class_init (XmppPorterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xmpp_porter_finalize;
}

static void
xmpp_porter_init (XmppPorter *self)
{
  self->handlers = g_ptr_array_new_with_free_func (handler_unref);
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, request_free);
  g_queue_init (&self->refused);
}

XmppPorter *
xmpp_porter_new (const XmppConfig *config, const XmppPorterLink *link, gpointer stream)
{
  XmppPorter *self = g_object_new (XMPP_TYPE_PORTER, NULL);

  self->link = link;
  self->stream = stream;
  self->clock = config->clock;
  self->iq_timeout_ms = config->iq_timeout_ms != 0 ? config->iq_timeout_ms : DEFAULT_IQ_TIMEOUT_MS;
  self->bare_jid = xmpp_jid_dup_bare (config->jid);
  self->domain = xmpp_jid_dup_domain (config->jid);
  return self;
}
