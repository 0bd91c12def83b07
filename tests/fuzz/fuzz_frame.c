/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A frame from a stranger: parsed, read in every way there is, written, and parsed again the same.
 */

#include "im-loop.h"
#include "xmpp-discovery.h"
#include "xmpp-error.h"
#include "xmpp-form.h"
#include "xmpp-frame.h"
#include "xmpp-message.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_as_message (XmppStanza *stanza)
{
  g_autoptr (XmppMessage) live = xmpp_message_new_from_stanza (stanza, "alice@example.org");
  g_autoptr (XmppMessage) archived
      = xmpp_message_new_from_result (stanza, "alice@example.org", "alice@example.org");

  if (live != NULL)
    {
      g_assert_false (live->is_archived);
      g_assert_true (live->from == NULL || g_utf8_validate (live->from, -1, NULL));
      g_assert_true (live->body == NULL || g_utf8_validate (live->body, -1, NULL));
    }
  if (archived != NULL)
    g_assert_true (archived->is_archived);
}

static void
read_as_error (const xmlNode *root)
{
  g_autoptr (GError) stanza_error = xmpp_error_from_stanza_error (root);
  g_autoptr (GError) stream_error = xmpp_error_from_stream_error (root);
  g_autoptr (GError) failure = xmpp_error_from_sasl_failure (root);

  g_assert_true (stanza_error != NULL && stream_error != NULL && failure != NULL);
}

/* libxml2 2.9 does not escape the names of namespaces when it writes. We never write what we got.
 */
static gboolean
can_be_written (const xmlNode *node)
{
  for (const xmlNs *ns = node->nsDef; ns != NULL; ns = ns->next)
    if (ns->href != NULL && strpbrk ((const char *) ns->href, "<&\"\r\n\t") != NULL)
      return FALSE;
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && !can_be_written (child))
      return FALSE;
  return TRUE;
}

static void
check_stable (XmppStanza *stanza)
{
  g_autofree char *first = xmpp_stanza_to_string (stanza);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) again = xmpp_frame_parse (first, strlen (first), &error);
  g_autofree char *second = NULL;

  /* Writing adds escapes, which may carry a frame over the limit of size. */
  if (again == NULL && strlen (first) > XMPP_MAX_FRAME_SIZE)
    return;
  g_assert_no_error (error);
  second = xmpp_stanza_to_string (again);
  g_assert_cmpstr (first, ==, second);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse ((const char *) data, size, &error);
  g_auto (GStrv) xrd = xmpp_discovery_parse_xrd ((const char *) data, size);
  g_auto (GStrv) json = xmpp_discovery_parse_json ((const char *) data, size);

  g_assert_true (xrd != NULL && json != NULL);
  xmpp_frame_looks_like_stanza ((const char *) data, size);
  g_assert_true ((stanza == NULL) == (error != NULL));
  if (stanza == NULL)
    return 0;
  read_as_message (stanza);
  read_as_error (xmpp_stanza_get_root (stanza));
  xmpp_form_free (xmpp_form_parse (xmpp_stanza_get_root (stanza)));
  if (can_be_written (xmpp_stanza_get_root (stanza)))
    check_stable (stanza);
  return 0;
}
