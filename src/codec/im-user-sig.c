/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-user-sig.h"

#include "im-json-private.h"

#include <string.h>

#define TOKEN_MAX (16 * 1024)

typedef struct
{
  ImJsonHeader header;
  gint64 exp;
  char *sub;
  char *jid;
} JwtClaims;

typedef struct
{
  ImJsonHeader header;
  char *version;
  char *identifier;
  gint64 issued;
  gint64 validity;
} TlsSig;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JwtClaims, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlsSig, im_json_unref)

/* clang-format off */
static const ImJsonField jwt_fields[] = {
  IM_INT (JwtClaims, exp, "exp", NULL, IM_IN | IM_OURS, "expiry, seconds since 1970 (RFC 7519, 4.1.4)"),
  IM_STR (JwtClaims, sub, "sub", NULL, IM_IN | IM_OURS, "subject"),
  IM_STR (JwtClaims, jid, "jid", NULL, IM_IN | IM_OURS, "the claim ejabberd reads by default"),
};

static const ImJsonField tls_fields[] = {
  IM_STR (TlsSig, version,    "TLS.ver",        NULL, IM_IN | IM_OURS | IM_REQUIRED, "format, \"2.0\""),
  IM_STR (TlsSig, identifier, "TLS.identifier", NULL, IM_IN | IM_OURS | IM_REQUIRED, "UserID"),
  IM_INT (TlsSig, issued,     "TLS.time",       NULL, IM_IN | IM_OURS | IM_REQUIRED, "issued, seconds since 1970"),
  IM_INT (TlsSig, validity,   "TLS.expire",     NULL, IM_IN | IM_OURS | IM_REQUIRED, "validity, seconds"),
};
/* clang-format on */

static const ImJsonType jwt_type = IM_TYPE (JwtClaims, "JwtClaims", jwt_fields, "RFC 7519");
static const ImJsonType tls_type = IM_TYPE (TlsSig, "UserSig", tls_fields, "UserSig of format 2");

static guint8 *
decode_base64 (const char *text, const char *from, const char *to, gsize *ret_length)
{
  g_autofree char *plain = g_strdup (text);

  for (char *c = plain; *c != '\0'; c++)
    {
      const char *special = strchr (from, *c);

      if (special != NULL)
        *c = to[special - from];
      else if (!g_ascii_isalnum (*c) && *c != '+' && *c != '/' && *c != '=')
        return NULL;
    }
  while (strlen (plain) % 4 != 0)
    {
      char *padded = g_strconcat (plain, "=", NULL);
      g_free (plain);
      plain = padded;
    }
  return g_base64_decode (plain, ret_length);
}

static gboolean
read_jwt (const char *text, ImUserSig *sig)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 4);
  g_autofree guint8 *payload = NULL;
  g_autoptr (JwtClaims) claims = NULL;
  gsize length = 0;

  if (g_strv_length (parts) != 3 || !g_str_has_prefix (text, "eyJ"))
    return FALSE;
  payload = decode_base64 (parts[1], "-_", "+/", &length);
  if (payload == NULL)
    return FALSE;
  claims
      = im_json_parse (&jwt_type, (const char *) payload, (gssize) length, IM_JSON_LENIENT, NULL);
  if (claims == NULL)
    return FALSE;
  sig->is_token = TRUE;
  sig->expires_s = claims->exp;
  sig->user = g_strdup (claims->jid != NULL ? claims->jid : claims->sub);
  return TRUE;
}

static char *
inflate (const guint8 *data, gsize length)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autofree char *out = g_malloc0 (TOKEN_MAX + 1);
  gsize read = 0;
  gsize written = 0;

  if (g_converter_convert (G_CONVERTER (zlib), data, length, out, TOKEN_MAX,
                           G_CONVERTER_INPUT_AT_END, &read, &written, NULL)
      != G_CONVERTER_FINISHED)
    return NULL;
  return g_steal_pointer (&out);
}

static gboolean
read_tls_sig (const char *text, ImUserSig *sig)
{
  gsize length = 0;
  g_autofree guint8 *data = decode_base64 (text, "*-_", "+/=", &length);
  g_autofree char *json = data != NULL && length > 0 ? inflate (data, length) : NULL;
  g_autoptr (TlsSig) tls
      = json != NULL ? im_json_parse (&tls_type, json, -1, IM_JSON_STRICT, NULL) : NULL;

  if (tls == NULL)
    return FALSE;
  sig->is_token = TRUE;
  sig->expires_s = tls->issued + tls->validity;
  sig->user = g_strdup (tls->identifier);
  return TRUE;
}

void
im_user_sig_read (const char *text, ImUserSig *ret_sig)
{
  *ret_sig = (ImUserSig){ 0 };
  if (strlen (text) > TOKEN_MAX)
    return;
  if (!read_jwt (text, ret_sig))
    read_tls_sig (text, ret_sig);
}

void
im_user_sig_clear (ImUserSig *sig)
{
  g_clear_pointer (&sig->user, g_free);
}
