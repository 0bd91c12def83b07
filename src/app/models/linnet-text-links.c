/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding links in what people typed, and the markup made of it. One pass over the text: it is cut
 * at white space and at characters no address contains; inside a piece the first scheme at a word
 * boundary begins a link, or an "@" makes it a mail address. */
#include "linnet-text.h"

#include <string.h>

/* Longer pieces are not looked at: an address this long is not one, and time stays bounded. */
#define URI_MAX_BYTES 2048
#define LABEL_MAX_BYTES 63

/* Checks and completes one kind of link. `text` is the link as typed, without what trails it; gives
 * the address to open and, for a deceptive one, what to show, or FALSE. */
typedef gboolean (*MakeFunc) (const char *text, char **ret_uri, char **ret_label);

typedef struct
{
  const char *prefix;
  MakeFunc make;
} Scheme;

void
linnet_text_link_free (LinnetTextLink *link)
{
  if (link == NULL)
    return;
  g_free (link->uri);
  g_free (link->label);
  g_free (link);
}

/* Keeps what an address may contain and the percent signs of what is escaped already. */
static char *
escape (const char *text)
{
  return g_uri_escape_string (
      text,
      G_URI_RESERVED_CHARS_GENERIC_DELIMITERS G_URI_RESERVED_CHARS_SUBCOMPONENT_DELIMITERS "%",
      FALSE);
}

/* Hosts */

typedef enum
{
  SCRIPT_LATIN = 1 << 0,
  SCRIPT_HAN = 1 << 1,
  SCRIPT_KANA = 1 << 2,
  SCRIPT_HANGUL = 1 << 3,
  SCRIPT_BOPOMOFO = 1 << 4,
  SCRIPT_CYRILLIC = 1 << 5,
  SCRIPT_GREEK = 1 << 6,
  SCRIPT_OTHER = 1 << 7,
} ScriptBit;

static guint
script_bit (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED)
    return 0;
  if (script == G_UNICODE_SCRIPT_LATIN)
    return SCRIPT_LATIN;
  if (script == G_UNICODE_SCRIPT_HAN)
    return SCRIPT_HAN;
  if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA)
    return SCRIPT_KANA;
  if (script == G_UNICODE_SCRIPT_HANGUL)
    return SCRIPT_HANGUL;
  if (script == G_UNICODE_SCRIPT_BOPOMOFO)
    return SCRIPT_BOPOMOFO;
  if (script == G_UNICODE_SCRIPT_CYRILLIC)
    return SCRIPT_CYRILLIC;
  if (script == G_UNICODE_SCRIPT_GREEK)
    return SCRIPT_GREEK;
  return SCRIPT_OTHER;
}

/* Letters of other scripts that look like a Latin one. */
static gboolean
looks_latin (gunichar c)
{
  static const char lookalikes[] = "асԁеһіјӏорѕԛԝхуѵүёѐοαιρνυκχ";

  return c < 0x80 || g_utf8_strchr (lookalikes, -1, c) != NULL;
}

/* May a reader take this label for another: scripts mixed as no language does (Unicode's "highly
 * restrictive" rule), or a whole one made of letters that look Latin. */
static gboolean
is_deceptive_label (const char *label, gsize length)
{
  static const guint mixes[] = {
    SCRIPT_LATIN | SCRIPT_HAN | SCRIPT_KANA,
    SCRIPT_LATIN | SCRIPT_HAN | SCRIPT_HANGUL,
    SCRIPT_LATIN | SCRIPT_HAN | SCRIPT_BOPOMOFO,
  };
  guint scripts = 0, others = 0;
  GUnicodeScript other = G_UNICODE_SCRIPT_COMMON;
  gboolean all_look_latin = TRUE;

  for (const char *p = label; p < label + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint bit = script_bit (c);

      scripts |= bit;
      all_look_latin &= looks_latin (c);
      if (bit == SCRIPT_OTHER && g_unichar_get_script (c) != other)
        {
          other = g_unichar_get_script (c);
          others++;
        }
    }
  if ((scripts & (SCRIPT_CYRILLIC | SCRIPT_GREEK)) != 0 && all_look_latin)
    return TRUE;
  if ((scripts & (scripts - 1)) == 0)
    return others > 1;
  for (gsize i = 0; i < G_N_ELEMENTS (mixes); i++)
    {
      if ((scripts & ~mixes[i]) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_deceptive_host (const char *host)
{
  while (*host != '\0')
    {
      gsize length = strcspn (host, ".");

      if (is_deceptive_label (host, length))
        return TRUE;
      host += length;
      if (*host == '.')
        host++;
    }
  return FALSE;
}

static gboolean
is_ascii_host (const char *host)
{
  gsize label = 0;

  if (*host == '\0' || *host == '.' || *host == '-')
    return FALSE;
  for (const char *p = host; *p != '\0'; p++)
    {
      if (*p == '.')
        {
          if (label == 0)
            return FALSE;
          label = 0;
        }
      else if (g_ascii_isalnum (*p) || *p == '-' || *p == '_')
        label++;
      else
        return FALSE;
      if (label > LABEL_MAX_BYTES)
        return FALSE;
    }
  return TRUE;
}

/* The host as it goes into the address: punycode, lower case. NULL when it is none. */
static char *
dup_ascii_host (const char *host)
{
  g_autofree char *ascii = NULL;
  gsize length = strlen (host);

  if (*host == '[')
    {
      g_autofree char *inner = length > 2 ? g_strndup (host + 1, length - 2) : NULL;

      return host[length - 1] == ']' && inner != NULL && g_hostname_is_ip_address (inner)
                 ? g_strdup (host)
                 : NULL;
    }
  if (length > 255)
    return NULL;
  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || !is_ascii_host (ascii))
    return NULL;
  return g_steal_pointer (&ascii);
}

/* Splits "host:port" and checks the port; the host is transfer full. */
static char *
split_host (const char *authority, gsize length, const char **ret_port)
{
  const char *end = authority + length;
  const char *colon = end;

  while (colon > authority && g_ascii_isdigit (colon[-1]))
    colon--;
  if (colon == end || colon == authority || colon[-1] != ':')
    {
      *ret_port = end;
      return g_strndup (authority, length);
    }
  if (end - colon > 5)
    return NULL;
  *ret_port = colon - 1;
  return g_strndup (authority, (gsize) (colon - 1 - authority));
}

/* One maker per kind */

/* "https://" + authority + rest. An address with a user's name before the host is no link: it is
 * there to look like another host. */
static gboolean
make_web (const char *text, char **ret_uri, char **ret_label)
{
  const char *authority = strstr (text, "://") + strlen ("://");
  gsize length = strcspn (authority, "/?#\\");
  const char *port, *rest = authority + length;
  g_autofree char *host = split_host (authority, length, &port);
  g_autofree char *ascii = host != NULL ? dup_ascii_host (host) : NULL;
  g_autofree char *tail = escape (rest);
  g_autofree char *scheme = g_ascii_strdown (text, strchr (text, ':') - text);

  if (ascii == NULL || memchr (authority, '@', length) != NULL)
    return FALSE;
  *ret_uri = g_strdup_printf ("%s://%s%.*s%s", scheme, ascii, (int) (rest - port), port, tail);
  if (is_deceptive_host (host))
    *ret_label = g_strdup_printf ("%.*s%s%s", (int) (authority - text), text, ascii, port);
  return TRUE;
}

static gboolean
make_www (const char *text, char **ret_uri, char **ret_label)
{
  g_autofree char *full = g_strconcat ("https://", text, NULL);
  const char *dot = strchr (text + strlen ("www."), '.');

  if (dot == NULL || dot[1] == '\0' || dot == text + strlen ("www."))
    return FALSE;
  if (!make_web (full, ret_uri, ret_label))
    return FALSE;
  if (*ret_label != NULL)
    memmove (*ret_label, *ret_label + strlen ("https://"),
             strlen (*ret_label) + 1 - strlen ("https://"));
  return TRUE;
}

static gboolean
is_mail_char (char c)
{
  return g_ascii_isalnum (c) || strchr (".!#$%&'*+-/=?^_`{|}~", c) != NULL;
}

/* Checks "local@host" and gives the host in ASCII. */
static gboolean
check_mail (const char *address, gsize length, char **ret_ascii)
{
  const char *at = memchr (address, '@', length);
  g_autofree char *host = NULL;

  if (at == NULL || at == address || at[-1] == '.' || *address == '.')
    return FALSE;
  for (const char *p = address; p < at; p++)
    {
      if (*p == '\0' || !is_mail_char (*p))
        return FALSE;
    }
  host = g_strndup (at + 1, (gsize) (address + length - at - 1));
  *ret_ascii = dup_ascii_host (host);
  if (*ret_ascii != NULL && is_deceptive_host (host))
    g_clear_pointer (ret_ascii, g_free);
  return *ret_ascii != NULL;
}

/* "mailto:" and "xmpp:": scheme, address, query. */
static gboolean
make_addressed (const char *text, char **ret_uri, char **ret_label)
{
  const char *address = strchr (text, ':') + 1;
  gsize length = strcspn (address, "?#/");
  g_autofree char *host = NULL;
  g_autofree char *scheme = g_ascii_strdown (text, address - text);
  g_autofree char *tail = escape (address + length);
  const char *at;

  if (!check_mail (address, length, &host))
    return FALSE;
  at = memchr (address, '@', length);
  *ret_uri = g_strdup_printf ("%s%.*s%s%s", scheme, (int) (at + 1 - address), address, host, tail);
  return TRUE;
}

static gboolean
make_geo (const char *text, char **ret_uri, char **ret_label)
{
  const char *p = strchr (text, ':') + 1;
  guint numbers = 0;

  for (;;)
    {
      gsize digits;

      p += *p == '-' ? 1 : 0;
      digits = strspn (p, "0123456789.");
      if (digits == 0)
        return FALSE;
      p += digits;
      numbers++;
      if (*p != ',' || numbers == 3)
        break;
      p++;
    }
  if (numbers < 2 || (*p != '\0' && *p != ';' && *p != '?'))
    return FALSE;
  *ret_uri = escape (text);
  return TRUE;
}

static const Scheme schemes[] = {
  { "https://", make_web },      { "http://", make_web },     { "www.", make_www },
  { "mailto:", make_addressed }, { "xmpp:", make_addressed }, { "geo:", make_geo },
};

/* Finding */

static gboolean
is_delimiter (gunichar c)
{
  if (c <= ' ' || c == 0x7f)
    return TRUE;
  if (c < 0x80)
    return strchr ("<>\"`{}|\\^", (int) c) != NULL;
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_CONTROL
         || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* Punctuation of running text that ends an address: quotes and the marks of Chinese and Arabic. */
static gboolean
is_text_mark (gunichar c)
{
  static const char marks[] = "“”‘’«»‹›„…、。，；：！？（）【】《》〈〉「」『』〔〕﹏·،؛؟";

  return c >= 0x80 && g_utf8_strchr (marks, -1, c) != NULL;
}

static gboolean
ends_piece (gunichar c)
{
  return is_delimiter (c) || is_text_mark (c);
}

/* A scheme begins a link only where a word begins: not "xhttp://". Scripts without blanks between
 * words need none. */
static gboolean
is_word_start (const char *text, const char *p)
{
  gunichar before;

  if (p == text)
    return TRUE;
  before = g_utf8_get_char (g_utf8_prev_char (p));
  return before >= 0x2e80 || !(g_unichar_isalnum (before) || before == '_' || before == '-');
}

static gsize
count (const char *start, const char *end, char c)
{
  gsize n = 0;

  for (const char *p = start; p < end; p++)
    n += *p == c ? 1 : 0;
  return n;
}

/* Takes away the punctuation that ends a sentence and a bracket that was opened outside. */
static const char *
trim_tail (const char *start, const char *end)
{
  while (end > start)
    {
      char last = end[-1];

      if (strchr (".,;:!?'*_~", last) != NULL)
        end--;
      else if (last == ')' && count (start, end, '(') < count (start, end, ')'))
        end--;
      else if (last == ']' && count (start, end, '[') < count (start, end, ']'))
        end--;
      else
        break;
    }
  return end;
}

static LinnetTextLink *
try_make (MakeFunc make, const char *text, const char *start, const char *end)
{
  g_autofree char *typed = g_strndup (start, (gsize) (end - start));
  g_autoptr (LinnetTextLink) link = g_new0 (LinnetTextLink, 1);

  link->start = (gsize) (start - text);
  link->end = (gsize) (end - text);
  if (!make (typed, &link->uri, &link->label) || !linnet_text_is_safe_uri (link->uri))
    return NULL;
  return g_steal_pointer (&link);
}

static const Scheme *
scheme_at (const char *p, const char *end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i].prefix);

      if ((gsize) (end - p) > length && g_ascii_strncasecmp (p, schemes[i].prefix, length) == 0)
        return &schemes[i];
    }
  return NULL;
}

static gboolean
make_mail (const char *text, char **ret_uri, char **ret_label)
{
  g_autofree char *host = NULL;

  if (!check_mail (text, strlen (text), &host) || strchr (host, '.') == NULL)
    return FALSE;
  *ret_uri = g_strdup_printf ("mailto:%.*s%s", (int) (strchr (text, '@') + 1 - text), text, host);
  return TRUE;
}

/* The mail address round an "@" inside [start, end). */
static LinnetTextLink *
find_mail (const char *text, const char *start, const char *end)
{
  const char *at = memchr (start, '@', (gsize) (end - start));
  const char *first = at, *last = at != NULL ? at + 1 : NULL;

  if (at == NULL)
    return NULL;
  while (first > start && (g_ascii_isalnum (first[-1]) || strchr (".+-_", first[-1]) != NULL))
    first--;
  while (last < end && (g_unichar_isalnum (g_utf8_get_char (last)) || *last == '-' || *last == '.'))
    last = g_utf8_next_char (last);
  if (first == at || last == at + 1)
    return NULL;
  return try_make (make_mail, text, first, trim_tail (first, last));
}

/* Looks for one link in a piece without delimiters; gives where to go on. */
static const char *
find_in_piece (const char *text, const char *start, const char *end, GPtrArray *links)
{
  LinnetTextLink *link = NULL;

  for (const char *p = start; p < end && link == NULL; p = g_utf8_next_char (p))
    {
      const Scheme *scheme = NULL;
      const char *tail;

      if (strchr ("hwmxgHWMXG", *p) != NULL && is_word_start (text, p))
        scheme = scheme_at (p, end);
      if (scheme == NULL)
        continue;
      tail = trim_tail (p, end);
      /* "mailto:!": nothing is left after the scheme, or not even that. */
      if ((gsize) (tail - p) > strlen (scheme->prefix))
        link = try_make (scheme->make, text, p, tail);
      if (link == NULL)
        return end;
    }
  if (link == NULL)
    link = find_mail (text, start, end);
  if (link == NULL)
    return end;
  g_ptr_array_add (links, link);
  return text + link->end;
}

static const char *
piece_end (const char *p, const char *limit)
{
  while (p < limit && !ends_piece (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

GPtrArray *
linnet_text_find_links (const char *text)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) linnet_text_link_free);
  const char *limit;

  g_return_val_if_fail (text != NULL, links);

  g_utf8_validate (text, -1, &limit);
  for (const char *p = text; p < limit;)
    {
      const char *end = piece_end (p, limit);

      if (end == p)
        p = g_utf8_next_char (p);
      else
        p = end - p <= URI_MAX_BYTES ? find_in_piece (text, p, end, links) : end;
    }
  return links;
}

gboolean
linnet_text_is_safe_uri (const char *uri)
{
  static const char *const prefixes[] = { "http://", "https://", "mailto:", "xmpp:", "geo:" };

  if (uri == NULL || strlen (uri) > 2 * URI_MAX_BYTES)
    return FALSE;
  for (const char *p = uri; *p != '\0'; p++)
    {
      if (*p <= ' ' || *p == 0x7f)
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_ascii_strncasecmp (uri, prefixes[i], strlen (prefixes[i])) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Markup */

/* Valid UTF-8, bounded, without control characters but line ends and tabs. */
static char *
dup_displayable (const char *text)
{
  g_autofree char *head = g_strndup (text, strnlen (text, LINNET_TEXT_MAX_BYTES));
  g_autofree char *valid = NULL;
  GString *clean;

  if (strnlen (text, LINNET_TEXT_MAX_BYTES + 1) > LINNET_TEXT_MAX_BYTES)
    {
      const char *end;

      /* The cut may stand inside a character; what comes before it is as valid as it was. */
      g_utf8_validate (head, -1, &end);
      if (strlen (end) < 4)
        head[end - head] = '\0';
    }
  valid = g_utf8_make_valid (head, -1);
  clean = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || !g_unichar_iscntrl (c))
        g_string_append_unichar (clean, c);
    }
  if (strnlen (text, LINNET_TEXT_MAX_BYTES + 1) > LINNET_TEXT_MAX_BYTES)
    g_string_append (clean, "…");
  return g_string_free (clean, FALSE);
}

static void
append_escaped (GString *markup, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (markup, escaped);
}

static void
append_link (GString *markup, const char *text, const LinnetTextLink *link)
{
  g_string_append (markup, "<a href=\"");
  append_escaped (markup, link->uri, strlen (link->uri));
  g_string_append (markup, "\">");
  if (link->label != NULL)
    append_escaped (markup, link->label, strlen (link->label));
  else
    append_escaped (markup, text + link->start, link->end - link->start);
  g_string_append (markup, "</a>");
}

char *
linnet_text_to_markup (const char *text)
{
  g_autofree char *clean = NULL;
  g_autoptr (GPtrArray) links = NULL;
  GString *markup;
  gsize done = 0;

  g_return_val_if_fail (text != NULL, NULL);

  clean = dup_displayable (text);
  links = linnet_text_find_links (clean);
  markup = g_string_sized_new (strlen (clean) + 64);
  for (guint i = 0; i < links->len; i++)
    {
      const LinnetTextLink *link = g_ptr_array_index (links, i);

      append_escaped (markup, clean + done, link->start - done);
      append_link (markup, clean, link);
      done = link->end;
    }
  append_escaped (markup, clean + done, strlen (clean) - done);
  return g_string_free (markup, FALSE);
}

static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  g_string_append_len (user_data, text, (gssize) length);
}

char *
linnet_text_from_markup (const char *markup)
{
  static const GMarkupParser parser = { .text = on_text };
  g_autoptr (GMarkupParseContext) context = NULL;
  GString *text;

  g_return_val_if_fail (markup != NULL, NULL);

  text = g_string_new (NULL);
  context = g_markup_parse_context_new (&parser, 0, text, NULL);
  g_markup_parse_context_parse (context, "<text>", -1, NULL);
  g_markup_parse_context_parse (context, markup, -1, NULL);
  g_markup_parse_context_parse (context, "</text>", -1, NULL);
  return g_string_free (text, FALSE);
}
