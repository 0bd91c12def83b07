/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-file.h"

#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-spec.h"

#include <string.h>

#define BLURHASH_URI "data:image/blurhash,"
#define BLURHASH_TYPE "image/blurhash"
#define SHA256_BYTES 32
#define MAX_MEDIA_TYPE 127
#define MAX_DESC 4096

XmppFile *
xmpp_file_new (void)
{
  return g_new0 (XmppFile, 1);
}

void
xmpp_file_free (XmppFile *file)
{
  g_free (file->url);
  g_free (file->name);
  g_free (file->media_type);
  g_free (file->desc);
  g_free (file->sha256);
  g_free (file->blurhash);
  for (guint i = 0; i < XMPP_N_THUMBNAILS; i++)
    g_free (file->thumbnails[i].url);
  g_free (file);
}

/* What texts may be */

gboolean
xmpp_url_is_web (const char *url)
{
  g_autofree char *scheme = NULL;
  g_autofree char *userinfo = NULL;
  g_autofree char *host = NULL;

  if (url == NULL || strlen (url) > XMPP_MAX_URL)
    return FALSE;
  for (const char *p = url; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || (guchar) *p >= 0x7f || strchr ("<>\"\\^`{|}", *p) != NULL)
      return FALSE;
  if (!g_uri_split (url, G_URI_FLAGS_PARSE_RELAXED, &scheme, &userinfo, &host, NULL, NULL, NULL,
                    NULL, NULL))
    return FALSE;
  return scheme != NULL
         && (g_ascii_strcasecmp (scheme, "https") == 0 || g_ascii_strcasecmp (scheme, "http") == 0)
         && userinfo == NULL && host != NULL && *host != '\0';
}

gboolean
xmpp_sha256_is_valid (const char *hex)
{
  return hex != NULL && strlen (hex) == 2 * SHA256_BYTES
         && strspn (hex, "0123456789abcdefABCDEF") == 2 * SHA256_BYTES;
}

gboolean
xmpp_blurhash_is_valid (const char *blurhash)
{
  gsize length = blurhash != NULL ? strlen (blurhash) : 0;

  return length >= 6 && length <= XMPP_MAX_BLURHASH
         && strspn (blurhash, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                              "#$%*+,-.:;=?@[]^_{|}~")
                == length;
}

gboolean
xmpp_media_type_is_valid (const char *media_type)
{
  const char *slash = media_type != NULL ? strchr (media_type, '/') : NULL;

  if (slash == NULL || slash == media_type || slash[1] == '\0'
      || strlen (media_type) > MAX_MEDIA_TYPE)
    return FALSE;
  for (const char *p = media_type; *p != '\0'; p++)
    if (p != slash && !g_ascii_isalnum (*p) && strchr ("!#$&-^_.+", *p) == NULL)
      return FALSE;
  return TRUE;
}

/* Reading */

static char *
dup_text (const xmlNode *file, const char *name, gsize max)
{
  g_autofree char *text = xmpp_node_dup_child_text (file, name, XMPP_NS_FILE);

  return text != NULL && *text != '\0' && strlen (text) <= max ? g_steal_pointer (&text) : NULL;
}

static guint64
number_in (const char *text, guint64 max)
{
  guint64 value = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, max, &value, NULL))
    return 0;
  return value;
}

static guint64
read_number (const xmlNode *file, const char *name, guint64 max)
{
  g_autofree char *text = xmpp_node_dup_child_text (file, name, XMPP_NS_FILE);

  return number_in (text, max);
}

/* <width/> and <height/>, or <dimensions>1920x1080</dimensions> of before. */
static void
read_dimensions (XmppFile *ret, const xmlNode *file)
{
  g_autofree char *text = xmpp_node_dup_child_text (file, "dimensions", XMPP_NS_FILE);
  g_auto (GStrv) sides = text != NULL ? g_strsplit (text, "x", 3) : NULL;

  ret->width = (guint) read_number (file, "width", XMPP_MAX_PIXELS);
  ret->height = (guint) read_number (file, "height", XMPP_MAX_PIXELS);
  if (sides != NULL && g_strv_length (sides) == 2 && ret->width == 0 && ret->height == 0)
    {
      ret->width = (guint) number_in (sides[0], XMPP_MAX_PIXELS);
      ret->height = (guint) number_in (sides[1], XMPP_MAX_PIXELS);
    }
  if (ret->width == 0 || ret->height == 0)
    ret->width = ret->height = 0;
}

static char *
read_sha256 (const xmlNode *file)
{
  xmpp_node_foreach (file, hash, "hash", XMPP_NS_HASHES)
  {
    g_autofree char *text = xmpp_node_dup_text (hash);
    g_autofree guint8 *bytes = NULL;
    gsize n = 0;
    GString *hex;

    if (g_strcmp0 (xmpp_node_attr (hash, "algo"), "sha-256") != 0 || strlen (text) > 128)
      continue;
    bytes = g_base64_decode (text, &n);
    if (n != SHA256_BYTES)
      continue;
    hex = g_string_sized_new (2 * SHA256_BYTES);
    for (gsize i = 0; i < n; i++)
      g_string_append_printf (hex, "%02x", bytes[i]);
    return g_string_free (hex, FALSE);
  }
  return NULL;
}

static void
add_thumbnail (XmppFile *file, const xmlNode *node)
{
  XmppThumbnail new
      = { .url = g_strdup (xmpp_node_attr (node, "uri")),
          .width = (guint) number_in (xmpp_node_attr (node, "width"), XMPP_MAX_PIXELS),
          .height = (guint) number_in (xmpp_node_attr (node, "height"), XMPP_MAX_PIXELS) };

  for (guint i = 0; i < XMPP_N_THUMBNAILS && new.url != NULL; i++)
    {
      XmppThumbnail *here = &file->thumbnails[i];

      if (here->url == NULL || new.width < here->width)
        {
          XmppThumbnail old = *here;

          *here = new;
          new = old;
        }
    }
  g_free (new.url);
}

static void
read_thumbnails (XmppFile *ret, const xmlNode *file)
{
  xmpp_node_foreach (file, thumbnail, "thumbnail", XMPP_NS_THUMBS)
  {
    const char *uri = xmpp_node_attr (thumbnail, "uri");

    if (xmpp_url_is_web (uri))
      add_thumbnail (ret, thumbnail);
    else if (uri != NULL && g_str_has_prefix (uri, BLURHASH_URI) && ret->blurhash == NULL)
      {
        g_autofree char *blurhash = g_uri_unescape_string (uri + strlen (BLURHASH_URI), NULL);

        if (xmpp_blurhash_is_valid (blurhash))
          ret->blurhash = g_steal_pointer (&blurhash);
      }
  }
}

/* The first that is safe on its way, else the first. */
static char *
read_url (const xmlNode *sources)
{
  const char *found = NULL;

  xmpp_node_foreach (sources, data, "url-data", XMPP_NS_URL_DATA)
  {
    const char *target = xmpp_node_attr (data, "target");

    if (!xmpp_url_is_web (target))
      continue;
    if (g_ascii_strncasecmp (target, "https:", 6) == 0)
      return g_strdup (target);
    if (found == NULL)
      found = target;
  }
  return g_strdup (found);
}

static XmppDisposition
read_disposition (const xmlNode *sharing)
{
  const char *text = xmpp_node_attr (sharing, "disposition");

  if (g_strcmp0 (text, "inline") == 0)
    return XMPP_DISPOSITION_INLINE;
  return g_strcmp0 (text, "attachment") == 0 ? XMPP_DISPOSITION_ATTACHMENT : XMPP_DISPOSITION_NONE;
}

static XmppFile *
read_file (const xmlNode *sharing)
{
  const xmlNode *node = xmpp_node_child (sharing, "file", XMPP_NS_FILE);
  XmppFile *file = xmpp_file_new ();

  file->disposition = read_disposition (sharing);
  file->url = read_url (xmpp_node_child (sharing, "sources", XMPP_NS_SFS));
  file->name = dup_text (node, "name", XMPP_MAX_NAME);
  file->media_type = dup_text (node, "media-type", MAX_MEDIA_TYPE);
  if (!xmpp_media_type_is_valid (file->media_type))
    g_clear_pointer (&file->media_type, g_free);
  file->desc = dup_text (node, "desc", MAX_DESC);
  file->size = read_number (node, "size", XMPP_MAX_FILE_SIZE);
  file->length_ms = read_number (node, "length", XMPP_MAX_LENGTH_MS);
  read_dimensions (file, node);
  file->sha256 = read_sha256 (node);
  read_thumbnails (file, node);
  return file;
}

GPtrArray *
xmpp_files_read (const xmlNode *message, gboolean *ret_is_more)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) xmpp_file_free);

  *ret_is_more = FALSE;
  xmpp_node_foreach (message, sharing, "file-sharing", XMPP_NS_SFS)
  {
    if (files->len == XMPP_MAX_FILES)
      {
        *ret_is_more = TRUE;
        break;
      }
    g_ptr_array_add (files, read_file (sharing));
  }
  return files;
}

/* Writing */

static char *
number_text (guint64 number)
{
  return number != 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT, number) : NULL;
}

static char *
base64_of_hex (const char *hex)
{
  guint8 bytes[SHA256_BYTES];

  if (!xmpp_sha256_is_valid (hex))
    return NULL;
  for (gsize i = 0; i < SHA256_BYTES; i++)
    bytes[i]
        = (guint8) (g_ascii_xdigit_value (hex[2 * i]) * 16 + g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_base64_encode (bytes, sizeof bytes);
}

static void
append_thumbnail (xmlNode *file, const char *uri, const char *media_type, guint width, guint height)
{
  g_autofree char *width_text = number_text (width);
  g_autofree char *height_text = number_text (height);

  xmpp_spec_append (file, XMPP_SPEC (XMPP_EL ("thumbnail", XMPP_NS_THUMBS, XMPP_ATTR ("uri", uri),
                                              XMPP_ATTR ("media-type", media_type),
                                              XMPP_ATTR ("width", width_text),
                                              XMPP_ATTR ("height", height_text))));
}

static void
append_previews (xmlNode *node, const XmppFile *file)
{
  for (guint i = 0; i < XMPP_N_THUMBNAILS; i++)
    if (file->thumbnails[i].url != NULL)
      append_thumbnail (node, file->thumbnails[i].url, NULL, file->thumbnails[i].width,
                        file->thumbnails[i].height);
  if (xmpp_blurhash_is_valid (file->blurhash))
    {
      g_autofree char *escaped = g_uri_escape_string (file->blurhash, NULL, FALSE);
      g_autofree char *uri = g_strconcat (BLURHASH_URI, escaped, NULL);

      append_thumbnail (node, uri, BLURHASH_TYPE, 0, 0);
    }
}

static void
append_metadata (xmlNode *sharing, const XmppFile *file)
{
  g_autofree char *size = number_text (file->size);
  g_autofree char *width = number_text (file->width);
  g_autofree char *height = number_text (file->height);
  g_autofree char *length = number_text (file->length_ms);
  g_autofree char *hash = base64_of_hex (file->sha256);
  xmlNode *node = xmpp_spec_append (
      sharing,
      XMPP_SPEC (
          XMPP_EL ("file", XMPP_NS_FILE, XMPP_TEXT_EL ("media-type", NULL, file->media_type),
                   XMPP_TEXT_EL ("name", NULL, file->name), XMPP_TEXT_EL ("size", NULL, size),
                   XMPP_TEXT_EL ("width", NULL, width), XMPP_TEXT_EL ("height", NULL, height),
                   XMPP_TEXT_EL ("length", NULL, length), XMPP_TEXT_EL ("desc", NULL, file->desc),
                   XMPP_EL_IF (hash != NULL, "hash", XMPP_NS_HASHES, XMPP_ATTR ("algo", "sha-256"),
                               XMPP_TEXT (hash)))));

  append_previews (node, file);
}

void
xmpp_file_append (xmlNode *message, const XmppFile *file)
{
  const char *disposition = file->disposition == XMPP_DISPOSITION_INLINE       ? "inline"
                            : file->disposition == XMPP_DISPOSITION_ATTACHMENT ? "attachment"
                                                                               : NULL;
  xmlNode *sharing;

  g_return_if_fail (file->url != NULL);
  sharing
      = xmpp_spec_append (message, XMPP_SPEC (XMPP_EL ("file-sharing", XMPP_NS_SFS,
                                                       XMPP_ATTR ("disposition", disposition))));
  append_metadata (sharing, file);
  xmpp_spec_append (sharing, XMPP_SPEC (XMPP_EL ("sources", NULL,
                                                 XMPP_EL ("url-data", XMPP_NS_URL_DATA,
                                                          XMPP_ATTR ("target", file->url)))));
}

void
xmpp_oob_append (xmlNode *message, const char *url)
{
  xmpp_spec_append (message,
                    XMPP_SPEC (XMPP_EL ("x", XMPP_NS_OOB, XMPP_TEXT_EL ("url", NULL, url))));
}
