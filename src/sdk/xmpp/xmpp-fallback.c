/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-fallback.h"

#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-spec.h"

#include <string.h>

/* XEP-0461 had a namespace of its own for this before. */
static const char *const namespaces[] = { XMPP_NS_FALLBACK, XMPP_NS_FALLBACK_OLD };

static xmlNode *
find_fallback (const xmlNode *message, const char *for_ns)
{
  xmpp_node_foreach (message, child, "fallback", XMPP_NS_FALLBACK)
  {
    if (g_strcmp0 (xmpp_node_attr (child, "for"), for_ns) == 0)
      return child;
  }
  return NULL;
}

void
xmpp_fallback_add (xmlNode *message, const char *for_ns, gsize start, gsize end)
{
  g_autofree char *start_text = g_strdup_printf ("%" G_GSIZE_FORMAT, start);
  g_autofree char *end_text = g_strdup_printf ("%" G_GSIZE_FORMAT, end);
  xmlNode *fallback = find_fallback (message, for_ns);

  if (fallback == NULL)
    fallback = xmpp_spec_append (message, XMPP_SPEC (XMPP_EL ("fallback", XMPP_NS_FALLBACK,
                                                              XMPP_ATTR ("for", for_ns))));
  xmpp_spec_append (fallback, XMPP_SPEC (XMPP_EL ("body", NULL, XMPP_ATTR ("start", start_text),
                                                  XMPP_ATTR ("end", end_text))));
}

static void
mark_range (const xmlNode *range, guint8 *marks, gsize length)
{
  guint64 start = 0;
  guint64 end = length;

  if (xmpp_node_attr (range, "start") != NULL && !xmpp_node_attr_uint64 (range, "start", &start))
    return;
  if (xmpp_node_attr (range, "end") != NULL && !xmpp_node_attr_uint64 (range, "end", &end))
    return;
  if (start < end && end <= length)
    memset (marks + start, 1, end - start);
}

static void
mark_fallback (const xmlNode *fallback, guint8 *marks, gsize length, guint *n_ranges)
{
  if (xmpp_node_child (fallback, NULL, NULL) == NULL && (*n_ranges)++ < XMPP_MAX_FALLBACK_RANGES)
    memset (marks, 1, length);
  xmpp_node_foreach (fallback, range, "body", NULL)
  {
    if ((*n_ranges)++ < XMPP_MAX_FALLBACK_RANGES)
      mark_range (range, marks, length);
  }
}

/* One mark for each code point of the body. */
static void
mark (const xmlNode *message, const char *for_ns, guint8 *marks, gsize length)
{
  guint n_ranges = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (namespaces); i++)
    xmpp_node_foreach (message, child, "fallback", namespaces[i])
    {
      if (g_strcmp0 (xmpp_node_attr (child, "for"), for_ns) == 0)
        mark_fallback (child, marks, length, &n_ranges);
    }
}

static char *
take (const char *body, const guint8 *marks, guint8 wanted)
{
  GString *text = g_string_new (NULL);

  for (const char *p = body; *p != '\0'; p = g_utf8_next_char (p))
    if (*marks++ == wanted)
      g_string_append_len (text, p, g_utf8_next_char (p) - p);
  return g_string_free (text, FALSE);
}

char *
xmpp_fallback_strip (const xmlNode *message, const char *body, const char *const *for_ns)
{
  gsize length = (gsize) g_utf8_strlen (body, -1);
  g_autofree guint8 *marks = g_malloc0 (length + 1);

  for (; *for_ns != NULL; for_ns++)
    mark (message, *for_ns, marks, length);
  return take (body, marks, 0);
}

char *
xmpp_fallback_marked (const xmlNode *message, const char *body, const char *for_ns)
{
  gsize length = (gsize) g_utf8_strlen (body, -1);
  g_autofree guint8 *marks = g_malloc0 (length + 1);

  mark (message, for_ns, marks, length);
  return take (body, marks, 1);
}
