/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What strangers say of files: a place to put one, or why there is none; and a name. A place has
 * addresses that may be used and headers of one line, a name is one name in one folder. */

#include "im-file-name.h"
#include "xmpp-error.h"
#include "xmpp-frame.h"
#include "xmpp-http.h"
#include "xmpp-transfer-error.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_header (const XmppUploadHeader *header)
{
  static const char *const allowed[] = { "Authorization", "Cookie", "Expires", NULL };

  g_assert_true (g_strv_contains (allowed, header->name));
  g_assert_cmpuint (strlen (header->value), >, 0);
  g_assert_null (strpbrk (header->value, "\r\n"));
}

static void
check_slot (const xmlNode *iq, gboolean allow_plain)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppUploadSlot) slot = xmpp_upload_slot_parse (iq, allow_plain, &error);

  if (slot == NULL)
    {
      g_assert_error (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_BAD_SLOT);
      return;
    }
  g_assert_true (xmpp_http_check_url (slot->put_url, allow_plain, NULL));
  g_assert_true (xmpp_http_check_url (slot->get_url, allow_plain, NULL));
  for (guint i = 0; i < slot->headers->len; i++)
    check_header (g_ptr_array_index (slot->headers, i));
}

static void
check_refusal (XmppStanza *stanza)
{
  g_autoptr (GError) reason = xmpp_stanza_dup_error (stanza);
  g_autoptr (GError) error = NULL;

  if (reason == NULL)
    return;
  error = xmpp_upload_parse_refusal (xmpp_stanza_get_root (stanza), reason);
  g_assert_nonnull (error);
  g_assert_cmpint (xmpp_transfer_error_get_retry_us (error), >=, 0);
}

static void
check_name (const char *name)
{
  g_autofree char *safe = im_file_name_make_safe (name);
  g_autofree char *again = im_file_name_make_safe (safe);
  g_autofree char *numbered = im_file_name_number (safe, 999);

  g_assert_true (g_utf8_validate (safe, -1, NULL));
  g_assert_true (*safe != '\0' && *safe != '.' && strlen (safe) <= IM_FILE_NAME_MAX);
  g_assert_null (strchr (safe, '/'));
  g_assert_null (strstr (safe, "\xe2\x80\xae"));
  for (const char *c = safe; *c != '\0'; c++)
    g_assert_true ((guchar) *c >= ' ' && *c != 0x7f);
  g_assert_cmpstr (again, ==, safe);
  g_assert_cmpuint (strlen (numbered) + strlen (".part"), <=, 255);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse ((const char *) data, size, NULL);
  g_autofree char *name = g_strndup ((const char *) data, size);

  check_name (name);
  xmpp_http_check_url (name, TRUE, NULL);
  if (stanza == NULL)
    return 0;
  check_slot (xmpp_stanza_get_root (stanza), TRUE);
  check_slot (xmpp_stanza_get_root (stanza), FALSE);
  check_refusal (stanza);
  return 0;
}
