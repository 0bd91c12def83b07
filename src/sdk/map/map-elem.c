/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-elem.h"

#include "im-error.h"
#include "map-elem-private.h"
#include "map-text.h"
#include "xmpp-location.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-spec.h"

#include <string.h>

#define MAX_DATA (48 * 1024) /* bytes of application data */
#define MAX_LINE 1024        /* bytes of a description */
#define MAX_FACE 256

gboolean
map_elem_refuse (GError **error, int code, const char *key, const char *why)
{
  g_set_error (error, IM_ERROR, code, "%s%s%s", key, *key != '\0' ? " " : "", why);
  return FALSE;
}

gboolean
map_elem_check_number (gint64 value, const char *key, GError **error)
{
  return value >= 0 || map_elem_refuse (error, ERR_INVALID_PARAMETERS, key, "is negative");
}

/* Text */

static gboolean
check_text (gconstpointer data, G_GNUC_UNUSED guint depth, GError **error)
{
  const ImTextElem *elem = data;

  return (elem->content != NULL && *elem->content != '\0')
         || map_elem_refuse (error, ERR_INVALID_MSG_ELEM, "text_elem_content", "is empty");
}

static char *
body_of_text (gconstpointer data)
{
  return g_strdup (((const ImTextElem *) data)->content);
}

static gpointer
clean_text (gconstpointer data, G_GNUC_UNUSED const XmppFile *file, G_GNUC_UNUSED guint depth)
{
  const char *content = ((const ImTextElem *) data)->content;
  ImTextElem *elem = im_json_new (&im_text_elem_type);

  elem->content = content != NULL ? xmpp_text_carried (content) : NULL;
  if (elem->content == NULL)
    elem->content = g_strdup (content);
  return elem;
}

static const MapElemKind text_kind
    = { .type = IM_ELEM_TEXT, .check = check_text, .body = body_of_text, .clean = clean_text };

/* Face */

static gboolean
check_face (gconstpointer data, G_GNUC_UNUSED guint depth, GError **error)
{
  return map_elem_check_number (((const ImFaceElem *) data)->index, "face_elem_index", error);
}

/* Programs put the name of the face there, or the character. */
static gboolean
is_sayable (const char *buf)
{
  if (map_text_is_blank (buf) || strlen (buf) > 64)
    return FALSE;
  for (const char *p = buf; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static char *
body_of_face (gconstpointer data)
{
  const ImFaceElem *elem = data;

  return is_sayable (elem->buf) ? g_strdup (elem->buf)
                                : g_strdup_printf ("[emoji %" G_GINT64_FORMAT "]", elem->index);
}

static gpointer
clean_face (gconstpointer data, G_GNUC_UNUSED const XmppFile *file, G_GNUC_UNUSED guint depth)
{
  const ImFaceElem *from = data;
  ImFaceElem *elem = im_json_new (&im_face_elem_type);

  elem->index = map_number_within (from->index, G_MAXINT32);
  elem->buf = map_text_cut (from->buf, MAX_FACE);
  return elem;
}

static const MapElemKind face_kind
    = { .type = IM_ELEM_FACE, .check = check_face, .body = body_of_face, .clean = clean_face };

/* Location */

static gboolean
check_location (gconstpointer data, G_GNUC_UNUSED guint depth, GError **error)
{
  const ImLocationElem *elem = data;

  return xmpp_location_is_on_earth (elem->latitude, elem->longitude)
         || map_elem_refuse (error, ERR_INVALID_PARAMETERS,
                             "location_elem_latitude or location_elem_longitude", "is nowhere");
}

static char *
body_of_location (gconstpointer data)
{
  const ImLocationElem *elem = data;
  g_autofree char *uri = xmpp_location_to_uri (elem->latitude, elem->longitude);

  return map_text_is_blank (elem->desc) ? g_steal_pointer (&uri)
                                        : g_strconcat (elem->desc, "\n", uri, NULL);
}

static char *
label_of_location (gconstpointer data)
{
  const ImLocationElem *elem = data;

  return map_text_is_blank (elem->desc) ? body_of_location (elem) : g_strdup (elem->desc);
}

/* A message has one place at most. */
static gboolean
append_location (gconstpointer data, xmlNode *message)
{
  const ImLocationElem *elem = data;
  XmppLocation location = { elem->latitude, elem->longitude, elem->desc };

  if (xmpp_node_child (message, "geoloc", XMPP_NS_GEOLOC) != NULL)
    return FALSE;
  xmpp_location_append (message, &location);
  return TRUE;
}

static gpointer
clean_location (gconstpointer data, G_GNUC_UNUSED const XmppFile *file, G_GNUC_UNUSED guint depth)
{
  const ImLocationElem *from = data;
  ImLocationElem *elem;

  if (!xmpp_location_is_on_earth (from->latitude, from->longitude))
    return NULL;
  elem = im_json_new (&im_location_elem_type);
  elem->desc = map_text_cut (from->desc, MAX_LINE);
  elem->latitude = from->latitude;
  elem->longitude = from->longitude;
  return elem;
}

static const MapElemKind location_kind = { .type = IM_ELEM_LOCATION,
                                           .check = check_location,
                                           .body = body_of_location,
                                           .label = label_of_location,
                                           .append = append_location,
                                           .clean = clean_location,
                                           .ns = XMPP_NS_GEOLOC };

/* Custom */

static gboolean
check_custom (gconstpointer data, G_GNUC_UNUSED guint depth, GError **error)
{
  const ImCustomElem *elem = data;
  gboolean is_empty = (elem->data == NULL || *elem->data == '\0')
                      && (elem->desc == NULL || *elem->desc == '\0')
                      && (elem->ext == NULL || *elem->ext == '\0');

  return !is_empty || map_elem_refuse (error, ERR_INVALID_MSG_ELEM, "custom_elem_data", "is empty");
}

static char *
body_of_custom (gconstpointer data)
{
  const ImCustomElem *elem = data;

  return g_strdup (map_text_is_blank (elem->desc) ? "[application message]" : elem->desc);
}

static gpointer
clean_custom (gconstpointer data, G_GNUC_UNUSED const XmppFile *file, G_GNUC_UNUSED guint depth)
{
  const ImCustomElem *from = data;
  ImCustomElem *elem = im_json_new (&im_custom_elem_type);

  elem->data = map_text_cut (from->data, MAX_DATA);
  elem->desc = map_text_cut (from->desc, MAX_LINE);
  elem->ext = map_text_cut (from->ext, MAX_LINE);
  elem->sound = map_text_cut (from->sound, MAX_LINE);
  return elem;
}

static const MapElemKind custom_kind = {
  .type = IM_ELEM_CUSTOM, .check = check_custom, .body = body_of_custom, .clean = clean_custom
};

/* The table */

static const MapElemKind *const kinds[]
    = { &text_kind,     &map_image_kind, &map_sound_kind, &map_video_kind, &map_file_kind,
        &location_kind, &face_kind,      &custom_kind,    &map_merger_kind };

/* NULL for what nobody may send: tips, reports, notices, and kinds of a later version. */
static const MapElemKind *
find_kind (const ImElem *elem)
{
  if (elem->header.type == &im_unknown_elem_type)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i]->type == elem->type)
      return kinds[i];
  return NULL;
}

static gboolean
check_inside (const ImElem *elem, guint depth, GError **error)
{
  const MapElemKind *kind = find_kind (elem);

  if (kind == NULL)
    return map_elem_refuse (error, ERR_INVALID_MSG_ELEM, "elem_type",
                            "is of a kind that cannot be sent");
  return kind->check (elem, depth, error);
}

gboolean
map_elem_check (const ImElem *elem, GError **error)
{
  return check_inside (elem, 0, error);
}

gboolean
map_elems_check_inside (GPtrArray *elems, guint depth, GError **error)
{
  if (elems == NULL || elems->len == 0)
    return map_elem_refuse (error, ERR_INVALID_MSG_ELEM, "message_elem_array", "is empty");
  if (elems->len > MAP_MAX_ELEMS)
    return map_elem_refuse (error, ERR_INVALID_PARAMETERS, "message_elem_array",
                            "has more elements than 32");
  for (guint i = 0; i < elems->len; i++)
    if (!check_inside (g_ptr_array_index (elems, i), depth, error))
      return FALSE;
  return TRUE;
}

gboolean
map_elems_check (GPtrArray *elems, GError **error)
{
  return map_elems_check_inside (elems, 0, error);
}

char *
map_elem_body (const ImElem *elem)
{
  const MapElemKind *kind = find_kind (elem);
  g_autofree char *body = kind != NULL ? kind->body (elem) : NULL;
  char *carried = body != NULL ? xmpp_text_carried (body) : NULL;

  if (carried != NULL)
    return carried;
  return body != NULL ? g_steal_pointer (&body) : g_strdup ("");
}

char *
map_elem_label (const ImElem *elem)
{
  const MapElemKind *kind = find_kind (elem);

  if (kind == NULL || kind->label == NULL)
    return map_elem_body (elem);
  return kind->label (elem);
}

const char *
map_elem_get_namespace (const ImElem *elem)
{
  const MapElemKind *kind = find_kind (elem);

  return kind != NULL ? kind->ns : NULL;
}

gboolean
map_elem_append_parts (const ImElem *elem, xmlNode *message)
{
  const MapElemKind *kind = find_kind (elem);

  return kind != NULL && kind->append != NULL && kind->append (elem, message);
}

ImElem *
map_elem_clean_inside (const ImElem *elem, const XmppFile *file, guint depth)
{
  const MapElemKind *kind = find_kind (elem);

  return kind != NULL ? kind->clean (elem, file, depth) : NULL;
}

ImElem *
map_elem_clean (const ImElem *elem, const XmppFile *file)
{
  return map_elem_clean_inside (elem, file, 0);
}
