/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-upload.h"

#include "im-loop.h"
#include "xmpp-disco.h"
#include "xmpp-form.h"
#include "xmpp-http.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-transfer-error.h"

#include <string.h>

/* A server's components that are asked. */
#define MAX_COMPONENTS 32
/* XEP-0363 names no limits; ours are far above what servers use. */
#define MAX_HEADERS 16
#define MAX_HEADER_LENGTH (8 * 1024)

static const char *const allowed_headers[] = { "Authorization", "Cookie", "Expires" };

static void
header_free (gpointer data)
{
  XmppUploadHeader *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static void
add_header (GPtrArray *headers, const char *name, const char *value)
{
  XmppUploadHeader *header = g_new0 (XmppUploadHeader, 1);

  header->name = g_strdup (name);
  header->value = g_strdup (value);
  g_ptr_array_add (headers, header);
}

GPtrArray *
xmpp_upload_headers_copy (GPtrArray *headers)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (header_free);

  for (guint i = 0; i < headers->len; i++)
    {
      const XmppUploadHeader *header = g_ptr_array_index (headers, i);

      add_header (copy, header->name, header->value);
    }
  return copy;
}

void
xmpp_upload_service_free (XmppUploadService *service)
{
  if (service == NULL)
    return;
  g_free (service->jid);
  g_free (service);
}

void
xmpp_upload_slot_free (XmppUploadSlot *slot)
{
  if (slot == NULL)
    return;
  g_free (slot->put_url);
  g_free (slot->get_url);
  g_ptr_array_unref (slot->headers);
  g_free (slot);
}

/* The service: everybody is asked at once, the first who says yes is taken */

typedef struct
{
  XmppPorter *porter;
  GCancellable *others; /* ends the questions that are left */
  guint n_asked;
  gboolean is_found;
  GError *trouble; /* nullable: somebody could not answer, and may the next time */
} Discovery;

typedef struct
{
  GTask *task;
  char *jid;
} Question;

static void
discovery_free (gpointer data)
{
  Discovery *discovery = data;

  g_object_unref (discovery->others);
  g_clear_error (&discovery->trouble);
  g_free (discovery);
}

static void
question_free (Question *question)
{
  g_object_unref (question->task);
  g_free (question->jid);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static guint64
read_max_size (const XmppDiscoInfo *info)
{
  const xmlNode *query
      = xmpp_node_child (xmpp_stanza_get_root (info->reply), "query", XMPP_NS_DISCO_INFO);

  xmpp_node_foreach (query, x, "x", XMPP_NS_DATA_FORMS)
  {
    g_autoptr (XmppForm) form = xmpp_form_parse (x);
    const char *value;
    guint64 size;

    if (g_strcmp0 (xmpp_form_value (form, "FORM_TYPE"), XMPP_NS_UPLOAD) != 0)
      continue;
    value = xmpp_form_value (form, "max-file-size");
    if (value != NULL && g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &size, NULL))
      return size;
  }
  return 0;
}

static void
finish_discovery (GTask *task)
{
  Discovery *discovery = g_task_get_task_data (task);

  if (discovery->n_asked > 0 || discovery->is_found || g_task_return_error_if_cancelled (task))
    return;
  if (discovery->trouble != NULL)
    return g_task_return_error (task, g_steal_pointer (&discovery->trouble));
  g_task_return_new_error (task, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_NO_SERVICE,
                           "%s takes no files", xmpp_porter_get_domain (discovery->porter));
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  Discovery *discovery = g_task_get_task_data (question->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppDiscoInfo) info = xmpp_disco_info_finish (XMPP_PORTER (source), result, &error);
  XmppUploadService *service;

  discovery->n_asked--;
  if (discovery->trouble == NULL && xmpp_transfer_error_is_retryable (error))
    discovery->trouble = g_steal_pointer (&error);
  if (discovery->is_found || !xmpp_disco_info_has_feature (info, XMPP_NS_UPLOAD))
    {
      finish_discovery (question->task);
      return;
    }
  discovery->is_found = TRUE;
  service = g_new0 (XmppUploadService, 1);
  service->jid = g_strdup (question->jid);
  service->max_size = read_max_size (info);
  g_task_return_pointer (question->task, service, (GDestroyNotify) xmpp_upload_service_free);
  g_cancellable_cancel (discovery->others);
}

static void
ask (GTask *task, const char *jid)
{
  Discovery *discovery = g_task_get_task_data (task);
  Question *question = g_new0 (Question, 1);

  question->task = g_object_ref (task);
  question->jid = g_strdup (jid);
  discovery->n_asked++;
  xmpp_disco_info_async (discovery->porter, jid, NULL, discovery->others, on_info, question);
}

static void
on_items (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = xmpp_disco_items_finish (XMPP_PORTER (source), result, &error);
  Discovery *discovery = g_task_get_task_data (task);

  if (items == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < MIN (items->len, MAX_COMPONENTS); i++)
    {
      const XmppDiscoItem *item = g_ptr_array_index (items, i);

      if (item->node == NULL)
        ask (task, item->jid);
    }
  ask (task, xmpp_porter_get_domain (discovery->porter));
}

void
xmpp_upload_discover_async (XmppPorter *porter,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Discovery *discovery;
  GTask *task;

  g_return_if_fail (XMPP_IS_PORTER (porter));
  im_assert_network_thread ();
  task = g_task_new (porter, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_upload_discover_async);
  discovery = g_new0 (Discovery, 1);
  discovery->porter = porter;
  discovery->others = g_cancellable_new ();
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel),
                             discovery->others, G_CONNECT_SWAPPED);
  g_task_set_task_data (task, discovery, discovery_free);
  xmpp_disco_items_async (porter, xmpp_porter_get_domain (porter), NULL, cancellable, on_items,
                          task);
}

XmppUploadService *
xmpp_upload_discover_finish (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, porter), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The slot */

static char *
read_url (const xmlNode *node, gboolean allow_plain, GError **error)
{
  const char *url = xmpp_node_attr (node, "url");

  if (url == NULL)
    {
      g_set_error_literal (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_BAD_SLOT,
                           "the server named no place for the file");
      return NULL;
    }
  if (!xmpp_http_check_url (url, allow_plain, error))
    {
      g_prefix_error (error, "the place the server named must not be used: ");
      if (error != NULL)
        (*error)->code = XMPP_TRANSFER_ERROR_BAD_SLOT;
      return NULL;
    }
  return g_strdup (url);
}

static const char *
find_allowed (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (allowed_headers); i++)
    if (g_ascii_strcasecmp (allowed_headers[i], name) == 0)
      return allowed_headers[i];
  return NULL;
}

/* Printable ASCII in one line: nothing that could begin another header. */
static gboolean
is_header_value (const char *value)
{
  gsize length = strlen (value);

  if (length == 0 || length > MAX_HEADER_LENGTH)
    return FALSE;
  for (; *value != '\0'; value++)
    if (!g_ascii_isprint (*value) && *value != '\t')
      return FALSE;
  return TRUE;
}

/* XEP-0363: other headers are left out; line ends are taken away, which for us means that the value
 * is not to be trusted at all. */
static gboolean
read_headers (const xmlNode *put, GPtrArray *headers, GError **error)
{
  xmpp_node_foreach (put, node, "header", XMPP_NS_UPLOAD)
  {
    const char *name = xmpp_node_attr (node, "name");
    const char *allowed = name != NULL ? find_allowed (name) : NULL;
    g_autofree char *value = NULL;

    if (allowed == NULL)
      continue;
    value = xmpp_node_dup_text (node);
    if (!is_header_value (value) || headers->len >= MAX_HEADERS)
      {
        g_set_error (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_BAD_SLOT,
                     "the server named a header %s that must not be sent", allowed);
        return FALSE;
      }
    add_header (headers, allowed, value);
  }
  return TRUE;
}

XmppUploadSlot *
xmpp_upload_slot_parse (const xmlNode *iq, gboolean allow_plain, GError **error)
{
  const xmlNode *node = xmpp_node_child (iq, "slot", XMPP_NS_UPLOAD);
  const xmlNode *put = xmpp_node_child (node, "put", XMPP_NS_UPLOAD);
  g_autoptr (XmppUploadSlot) slot = g_new0 (XmppUploadSlot, 1);

  slot->headers = g_ptr_array_new_with_free_func (header_free);
  slot->put_url = read_url (put, allow_plain, error);
  if (slot->put_url == NULL)
    return NULL;
  slot->get_url = read_url (xmpp_node_child (node, "get", XMPP_NS_UPLOAD), allow_plain, error);
  if (slot->get_url == NULL || !read_headers (put, slot->headers, error))
    return NULL;
  return g_steal_pointer (&slot);
}

static GError *
parse_too_large (const xmlNode *node)
{
  g_autofree char *text = xmpp_node_dup_child_text (node, "max-file-size", XMPP_NS_UPLOAD);
  guint64 limit = 0;

  if (text != NULL)
    g_ascii_string_to_unsigned (g_strstrip (text), 10, 0, G_MAXINT64, &limit, NULL);
  return xmpp_transfer_error_new_too_large (limit);
}

GError *
xmpp_upload_parse_refusal (const xmlNode *iq, const GError *reason)
{
  const xmlNode *error = xmpp_node_child (iq, "error", NULL);
  const xmlNode *too_large = xmpp_node_child (error, "file-too-large", XMPP_NS_UPLOAD);
  const xmlNode *retry = xmpp_node_child (error, "retry", XMPP_NS_UPLOAD);

  if (too_large != NULL)
    return parse_too_large (too_large);
  if (retry != NULL || g_error_matches (reason, XMPP_ERROR, XMPP_ERROR_RESOURCE_CONSTRAINT))
    return xmpp_transfer_error_new_quota (xmpp_node_attr_time_us (retry, "stamp"), reason->message);
  if (g_error_matches (reason, XMPP_ERROR, XMPP_ERROR_NOT_ALLOWED)
      || g_error_matches (reason, XMPP_ERROR, XMPP_ERROR_FORBIDDEN)
      || g_error_matches (reason, XMPP_ERROR, XMPP_ERROR_NOT_AUTHORIZED))
    return g_error_new_literal (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_NOT_ALLOWED,
                                reason->message);
  return g_error_copy (reason);
}

static void
on_slot (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gboolean allow_plain = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);
  XmppStanza *refusal = xmpp_porter_get_error_reply (result);
  XmppUploadSlot *slot = NULL;

  if (refusal != NULL)
    {
      g_task_return_error (task, xmpp_upload_parse_refusal (xmpp_stanza_get_root (refusal), error));
      return;
    }
  if (reply != NULL)
    slot = xmpp_upload_slot_parse (xmpp_stanza_get_root (reply), allow_plain, &error);
  if (slot != NULL)
    g_task_return_pointer (task, slot, (GDestroyNotify) xmpp_upload_slot_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
xmpp_upload_request_async (XmppPorter *porter,
                           const XmppUploadService *service,
                           const char *name,
                           guint64 size,
                           const char *type,
                           gboolean allow_plain,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *size_text = g_strdup_printf ("%" G_GUINT64_FORMAT, size);
  g_autoptr (XmppStanza) iq = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (XMPP_IS_PORTER (porter) && service != NULL && name != NULL);
  im_assert_network_thread ();
  task = g_task_new (porter, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_upload_request_async);
  g_task_set_task_data (task, GINT_TO_POINTER (allow_plain), NULL);
  if (service->max_size != 0 && size > service->max_size)
    {
      g_task_return_error (task, xmpp_transfer_error_new_too_large (service->max_size));
      return;
    }
  iq = xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"), XMPP_ATTR ("to", service->jid),
               XMPP_EL ("request", XMPP_NS_UPLOAD, XMPP_ATTR ("filename", name),
                        XMPP_ATTR ("size", size_text), XMPP_ATTR ("content-type", type)))));
  xmpp_porter_send_iq_async (porter, iq, cancellable, on_slot, g_steal_pointer (&task));
}

XmppUploadSlot *
xmpp_upload_request_finish (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, porter), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
