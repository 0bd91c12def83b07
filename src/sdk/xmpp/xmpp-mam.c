/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-mam.h"

#include "im-loop.h"
#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define DEFAULT_MAX 100

static const XmppSpec result_pattern
    = XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_EL ("result", XMPP_NS_MAM));

typedef struct
{
  XmppPorter *porter; /* borrowed: the task holds it */
  char *query_id;
  char *archive; /* normal form of who was asked */
  gboolean is_own;
  guint max;
  gboolean flooded; /* more came than was asked for */
  guint handler;
  XmppMamPage *page; /* owned, nullable: handed out */
} Query;

void
xmpp_mam_page_free (XmppMamPage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->items);
  g_free (page->first);
  g_free (page->last);
  g_free (page);
}

static void
query_free (gpointer data)
{
  Query *query = data;

  if (query->handler != 0)
    xmpp_porter_remove_handler (query->porter, query->handler);
  xmpp_mam_page_free (query->page);
  g_free (query->query_id);
  g_free (query->archive);
  g_free (query);
}

/* Results */

static gboolean
is_from_archive (const Query *query, XmppStanza *stanza)
{
  g_autofree char *from = NULL;

  if (xmpp_stanza_get_from (stanza) == NULL)
    return query->is_own;
  from = xmpp_jid_dup_normal (xmpp_stanza_get_from (stanza));
  return g_strcmp0 (from, query->archive) == 0;
}

static gboolean
on_result (XmppPorter *porter, XmppStanza *stanza, gpointer user_data)
{
  Query *query = user_data;
  const xmlNode *result = xmpp_node_child (xmpp_stanza_get_root (stanza), "result", XMPP_NS_MAM);
  XmppMessage *message;

  if (g_strcmp0 (xmpp_node_attr (result, "queryid"), query->query_id) != 0
      || !is_from_archive (query, stanza))
    return FALSE;
  if (query->page->items->len >= query->max)
    {
      query->flooded = TRUE;
      return TRUE;
    }
  message
      = xmpp_message_new_from_result (stanza, query->archive, xmpp_porter_get_bare_jid (porter));
  if (message != NULL)
    g_ptr_array_add (query->page->items, message);
  query->page->size += xmpp_stanza_get_size (stanza);
  return TRUE;
}

static gboolean
read_fin (Query *query, XmppStanza *reply)
{
  const xmlNode *fin = xmpp_node_child (xmpp_stanza_get_root (reply), "fin", XMPP_NS_MAM);
  const xmlNode *set = xmpp_node_child (fin, "set", XMPP_NS_RSM);
  g_autofree char *count = xmpp_node_dup_child_text (set, "count", XMPP_NS_RSM);
  guint64 number;

  if (fin == NULL)
    return FALSE;
  query->page->complete = xmpp_node_attr_bool (fin, "complete");
  query->page->first = xmpp_node_dup_child_text (set, "first", XMPP_NS_RSM);
  query->page->last = xmpp_node_dup_child_text (set, "last", XMPP_NS_RSM);
  if (count != NULL && g_ascii_string_to_unsigned (count, 10, 0, G_MAXINT64, &number, NULL))
    query->page->count = (gint64) number;
  return TRUE;
}

static void
on_fin (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Query *query = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);

  xmpp_porter_remove_handler (query->porter, query->handler);
  query->handler = 0;
  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!read_fin (query, reply))
    g_task_return_new_error (task, XMPP_ERROR, XMPP_ERROR_UNEXPECTED_REPLY,
                             "the archive's answer has no end");
  else if (query->flooded)
    g_task_return_new_error (task, XMPP_ERROR, XMPP_ERROR_UNEXPECTED_REPLY,
                             "the archive sends more than was asked for");
  else
    g_task_return_pointer (task, g_steal_pointer (&query->page),
                           (GDestroyNotify) xmpp_mam_page_free);
}

/* The query */

static void
add_field (xmlNode *x, const char *var, const char *type, const char *value)
{
  if (value != NULL)
    xmpp_spec_append (x, XMPP_SPEC (XMPP_EL ("field", NULL, XMPP_ATTR ("var", var),
                                             XMPP_ATTR ("type", type),
                                             XMPP_TEXT_EL ("value", NULL, value))));
}

static void
add_form (xmlNode *node, const XmppMamQuery *query)
{
  g_autofree char *start = query->start_us != 0 ? xmpp_time_format (query->start_us) : NULL;
  g_autofree char *end = query->end_us != 0 ? xmpp_time_format (query->end_us) : NULL;
  xmlNode *x = xmpp_spec_append (node, XMPP_SPEC (XMPP_EL ("x", XMPP_NS_DATA_FORMS,
                                                           XMPP_ATTR ("type", "submit"))));

  add_field (x, "FORM_TYPE", "hidden", XMPP_NS_MAM);
  add_field (x, "with", NULL, query->with);
  add_field (x, "start", NULL, start);
  add_field (x, "end", NULL, end);
}

static XmppStanza *
build_query (const XmppMamQuery *query, const char *query_id, guint max)
{
  g_autofree char *max_text = g_strdup_printf ("%u", max);
  XmppStanza *iq = xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"), XMPP_ATTR ("to", query->to),
               XMPP_EL ("query", XMPP_NS_MAM, XMPP_ATTR ("queryid", query_id)))));
  xmlNode *node = xmpp_node_child (xmpp_stanza_get_root (iq), "query", XMPP_NS_MAM);

  add_form (node, query);
  xmpp_spec_append (node,
                    XMPP_SPEC (XMPP_EL ("set", XMPP_NS_RSM, XMPP_TEXT_EL ("max", NULL, max_text),
                                        XMPP_TEXT_EL ("after", NULL, query->after),
                                        XMPP_TEXT_EL ("before", NULL, query->before))));
  return iq;
}

void
xmpp_mam_query_async (XmppPorter *porter,
                      const XmppMamQuery *query,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (XmppStanza) iq = NULL;
  Query *running;
  GTask *task;

  g_return_if_fail (XMPP_IS_PORTER (porter) && query != NULL);
  im_assert_network_thread ();
  running = g_new0 (Query, 1);
  running->porter = porter;
  running->query_id = xmpp_id_new ();
  running->archive = query->to != NULL ? xmpp_jid_dup_normal (query->to)
                                       : g_strdup (xmpp_porter_get_bare_jid (porter));
  running->is_own = g_strcmp0 (running->archive, xmpp_porter_get_bare_jid (porter)) == 0;
  running->max = query->count_only ? 0 : query->max != 0 ? query->max : DEFAULT_MAX;
  running->page = g_new0 (XmppMamPage, 1);
  running->page->items = g_ptr_array_new_with_free_func ((GDestroyNotify) xmpp_message_unref);
  running->page->count = -1;
  running->handler = xmpp_porter_add_handler (porter, XMPP_STANZA_MESSAGE, &result_pattern,
                                              XMPP_PRIORITY_HIGH, on_result, running, NULL);
  task = g_task_new (porter, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_mam_query_async);
  g_task_set_task_data (task, running, query_free);
  iq = build_query (query, running->query_id, running->max);
  xmpp_porter_send_iq_async (porter, iq, cancellable, on_fin, task);
}

XmppMamPage *
xmpp_mam_query_finish (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, porter), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
