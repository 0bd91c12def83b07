/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-register.h"

#include "im-loop.h"
#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-stream-private.h"

#include <string.h>

/* The fields of old; all mean "text". */
static const char *const legacy_fields[]
    = { "username", "nick", "password", "name", "first", "last", "email", "address", "city",
        "state",    "zip",  "phone",    "url",  "date",  "misc", "text",  "key" };

struct _XmppRegister
{
  GObject parent_instance;

  XmppStream *stream; /* owned */
  XmppForm *form;     /* owned, nullable: before fetch */
  gboolean is_data_form;
  char *url;         /* owned, nullable */
  GTask *connecting; /* owned, nullable: fetch, until the stream is ready */
};

G_DEFINE_FINAL_TYPE (XmppRegister, xmpp_register, G_TYPE_OBJECT)

/* The form */

static XmppForm *
read_legacy_form (const xmlNode *query)
{
  XmppForm *form = xmpp_form_new ("form");

  form->instructions = xmpp_node_dup_child_text (query, "instructions", XMPP_NS_REGISTER);
  for (gsize i = 0; i < G_N_ELEMENTS (legacy_fields); i++)
    {
      const char *name = legacy_fields[i];
      g_autofree char *value = xmpp_node_dup_child_text (query, name, XMPP_NS_REGISTER);
      const char *type = g_str_equal (name, "password") ? "text-private"
                         : g_str_equal (name, "key")    ? "hidden"
                                                        : "text-single";

      if (value == NULL)
        continue;
      xmpp_form_add (form, name, type, NULL, TRUE);
      if (*value != '\0')
        xmpp_form_set (form, name, value);
    }
  return form;
}

static void
read_query (XmppRegister *self, const xmlNode *query)
{
  g_clear_pointer (&self->form, xmpp_form_free);
  self->form = xmpp_form_parse (xmpp_node_child (query, "x", XMPP_NS_DATA_FORMS));
  self->is_data_form = self->form != NULL;
  if (self->form == NULL)
    self->form = read_legacy_form (query);
  g_free (self->url);
  self->url
      = xmpp_node_dup_child_text (xmpp_node_child (query, "x", XMPP_NS_OOB), "url", XMPP_NS_OOB);
}

static void
append_legacy (const XmppForm *form, xmlNode *query)
{
  for (guint i = 0; i < form->fields->len; i++)
    {
      const XmppFormField *field = g_ptr_array_index (form->fields, i);

      if (field->values[0] != NULL)
        xmpp_spec_append (query, XMPP_SPEC (XMPP_TEXT_EL (field->var, NULL, field->values[0])));
    }
}

/* Fetching */

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  XmppRegister *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);
  const xmlNode *query
      = reply != NULL ? xmpp_node_child (xmpp_stanza_get_root (reply), "query", XMPP_NS_REGISTER)
                      : NULL;

  if (g_error_matches (error, XMPP_ERROR, XMPP_ERROR_SERVICE_UNAVAILABLE)
      || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_NOT_ALLOWED)
      || (reply != NULL && query == NULL))
    g_task_return_new_error (task, XMPP_ERROR, XMPP_ERROR_FEATURE_NOT_IMPLEMENTED,
                             "the server does not register accounts");
  else if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      read_query (self, query);
      g_task_return_pointer (task, self->form, NULL);
    }
}

static void
fetch (XmppRegister *self, GTask *task)
{
  XmppPorter *porter = xmpp_stream_get_porter (self->stream);
  g_autoptr (XmppStanza) iq
      = xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
                                             XMPP_ATTR ("to", xmpp_porter_get_domain (porter)),
                                             XMPP_EL ("query", XMPP_NS_REGISTER))));

  xmpp_porter_send_iq_async (porter, iq, g_task_get_cancellable (task), on_fetched, task);
}

static void
on_ready (XmppStream *stream, gpointer user_data)
{
  XmppRegister *self = user_data;

  if (self->connecting != NULL)
    fetch (self, g_steal_pointer (&self->connecting));
}

static void
on_login_failed (XmppStream *stream, const GError *reason, gpointer user_data)
{
  XmppRegister *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->connecting);

  if (task != NULL)
    g_task_return_error (task, g_error_copy (reason));
}

void
xmpp_register_fetch_async (XmppRegister *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (XMPP_IS_REGISTER (self) && self->connecting == NULL);
  im_assert_network_thread ();
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_register_fetch_async);
  if (xmpp_stream_get_state (self->stream) == XMPP_STATE_AUTH)
    {
      fetch (self, task);
      return;
    }
  self->connecting = task;
  xmpp_stream_login (self->stream);
}

XmppForm *
xmpp_register_fetch_finish (XmppRegister *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
xmpp_register_get_url (XmppRegister *self)
{
  g_return_val_if_fail (XMPP_IS_REGISTER (self), NULL);

  return self->url;
}

/* Submitting */

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
xmpp_register_submit_async (XmppRegister *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (XmppStanza) iq = NULL;
  XmppPorter *porter;
  xmlNode *query;
  GTask *task;

  g_return_if_fail (XMPP_IS_REGISTER (self) && self->form != NULL);
  im_assert_network_thread ();
  porter = xmpp_stream_get_porter (self->stream);
  iq = xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
                                            XMPP_ATTR ("to", xmpp_porter_get_domain (porter)),
                                            XMPP_EL ("query", XMPP_NS_REGISTER))));
  query = xmpp_node_child (xmpp_stanza_get_root (iq), "query", XMPP_NS_REGISTER);
  if (self->is_data_form)
    xmpp_form_append_submit (self->form, query);
  else
    append_legacy (self->form, query);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_register_submit_async);
  xmpp_porter_send_iq_async (porter, iq, cancellable, on_submitted, task);
}

gboolean
xmpp_register_submit_finish (XmppRegister *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
xmpp_register_dispose (GObject *object)
{
  XmppRegister *self = XMPP_REGISTER (object);

  if (self->stream != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->stream, self);
      g_clear_object (&self->stream);
    }
  G_OBJECT_CLASS (xmpp_register_parent_class)->dispose (object);
}

static void
xmpp_register_finalize (GObject *object)
{
  XmppRegister *self = XMPP_REGISTER (object);

  xmpp_form_free (self->form);
  g_free (self->url);
  G_OBJECT_CLASS (xmpp_register_parent_class)->finalize (object);
}

static void
xmpp_register_class_init (XmppRegisterClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = xmpp_register_dispose;
  object_class->finalize = xmpp_register_finalize;
}

static void
xmpp_register_init (XmppRegister *self)
{
}

XmppRegister *
xmpp_register_new_full (const XmppConfig *config,
                        XmppTransportFunc transport_func,
                        gpointer transport_data)
{
  XmppRegister *self;

  g_return_val_if_fail (config != NULL, NULL);
  im_assert_network_thread ();
  self = g_object_new (XMPP_TYPE_REGISTER, NULL);
  self->stream = xmpp_stream_new_full (config, transport_func, transport_data, FALSE);
  g_signal_connect (self->stream, "ready", G_CALLBACK (on_ready), self);
  g_signal_connect (self->stream, "login-failed", G_CALLBACK (on_login_failed), self);
  return self;
}

XmppRegister *
xmpp_register_new (const XmppConfig *config)
{
  return xmpp_register_new_full (config, NULL, NULL);
}
