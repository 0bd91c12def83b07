/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said is found, nothing else is, and whatever is asked for does no harm. */
#include "im-store-about.h"
#include "im-store-index.h"
#include "im-store-private.h"
#include "im-store-words.h"
#include "store-fixture.h"

#include "im-elem.h"
#include "im-loop.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Searching */

typedef struct
{
  ImMsgSearchResult *result;
  GError *error;
  gboolean is_done;
} Answer;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->result = im_store_search_finish (result, &answer->error);
  answer->is_done = TRUE;
}

static void
wait_for (Answer *answer)
{
  while (!answer->is_done)
    g_main_context_iteration (NULL, TRUE);
}

static ImMsgSearchParam *
param_from (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) whole = g_string_new (json);
  ImMsgSearchParam *param;

  /* The keys without what they all begin with, in single quotes. */
  g_string_replace (whole, "'", "\"", 0);
  g_string_replace (whole, "{\"", "{\"msg_search_param_", 0);
  g_string_replace (whole, ", \"", ", \"msg_search_param_", 0);
  param = im_json_parse (&im_msg_search_param_type, whole->str, -1, IM_JSON_STRICT, &error);
  g_assert_no_error (error);
  return param;
}

static ImMsgSearchResult *
search_param (ImStore *store, const ImMsgSearchParam *param)
{
  Answer answer = { 0 };

  im_store_search_async (store, param, NULL, on_found, &answer);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  return answer.result;
}

/* One keyword, everywhere or in one conversation. */
static ImMsgSearchResult *
search_word (ImStore *store, const char *keyword, const char *conv)
{
  g_autoptr (ImMsgSearchParam) param = im_json_new (&im_msg_search_param_type);

  param->keywords = g_new0 (char *, 2);
  param->keywords[0] = g_strdup (keyword);
  param->conv_type = conv != NULL ? IM_CONV_C2C : IM_CONV_INVALID;
  param->conv_id = g_strdup (conv);
  return search_param (store, param);
}

/* "total: conversation count[texts]…" */
static char *
describe (const ImMsgSearchResult *result)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%d%s:", (int) result->total_count, result->is_capped ? "+" : "");
  for (guint i = 0; i < result->items->len; i++)
    {
      const ImMsgSearchResultItem *item = g_ptr_array_index (result->items, i);
      g_autofree char *texts = page_texts (item->msgs);

      g_string_append_printf (text, " %s %d%s[%s]", item->conv_id, (int) item->total_count,
                              item->is_capped ? "+" : "", texts);
    }
  return g_string_free (text, FALSE);
}

static void
assert_finds (ImStore *store, const char *json, const char *expected)
{
  g_autoptr (ImMsgSearchParam) param = param_from (json);
  g_autoptr (ImMsgSearchResult) result = search_param (store, param);
  g_autofree char *found = describe (result);

  g_test_message ("%s", json);
  g_assert_cmpstr (found, ==, expected);
}

static gboolean
is_found (const char *text, const char *keyword)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImMsgSearchResult) result = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = text, .time = 100), NULL);
  result = search_word (store, keyword, BOB);
  return result->total_count == 1;
}

/* Words */

static void
test_texts_become_words (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { " \t\n.,;!?\"'*()-", "" },
    { "Hello, World-42!", "hello world 42" },
    { "don't", "don t" },
    { "STRASSE Straße straẞe", "strasse strasse strasse" },
    { "Café cafe\xcc\x81 CAFÉ", "cafe cafe cafe" },
    { "ﬁne Ⅳ", "fine iv" },
    { "ＡＢＣ１２３", "abc123" },
    { "ｶﾞｷﾞ がぎ", "ガ ギ が ぎ" },
    { "你好，世界", "你 好 世 界" },
    { "iPhone手机 ok", "iphone 手 机 ok" },
    { "ラーメン", "ラ ー メ ン" },
    { "한국어", "한 국 어" },
    { "สวัสดี", "ส ว ั ส ด ี" },
    { "Привет ёлка", "привет елка" },
    { "ΜΆΪΟΣ", "μαιοσ" },
    { "हिन्दी", "हिन्दी" },
    { "👋🏽👋 ❤️ 👨‍👩‍👧", "👋 👋 ❤ 👨 👩 👧" },
    { "5 € ＄5", "5 € 5" },
    { "x\xef\xb7\x90y", "x \xef\xb7\x90 y" },
    { "so\xc2\xad"
      "ft",
      "soft" },
    { "bad\xff"
      "byte",
      "bad \xef\xbf\xbd byte" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = im_store_words (cases[i][0]);

      g_assert_cmpstr (words, ==, cases[i][1]);
    }
}

static void
test_keywords_become_phrases (void)
{
  static const char *const cases[][2] = {
    { "hel", "\"hel\" *" },
    { " hel ", "\"hel\" *" },
    { "h", "\"h\"" },
    { "hello.", "\"hello\"" },
    { "C++", "\"c\"" },
    { "big wor", "\"big wor\" *" },
    { "你好", "\"你 好\"" },
    { "a OR b", "\"a or b\"" },
    { "\"quoted\" NEAR(", "\"quoted near\"" },
    { "text:x*", "\"text x\"" },
    { "你", "\"你\"" },
    { "手机i", "\"手 机 i\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *phrase = im_store_words_phrase (cases[i][0]);

      g_assert_cmpstr (phrase, ==, cases[i][1]);
    }
  g_assert_null (im_store_words_phrase (""));
  g_assert_null (im_store_words_phrase (" ?! \"*\" "));
}

static void
test_what_is_long_is_cut (void)
{
  g_autofree char *word = g_strnfill (1000, 'a');
  g_autofree char *cut = im_store_words (word);
  g_autofree char *text = g_strnfill (1024 * 1024, ' ');
  g_autofree char *words = NULL;
  g_autofree char *phrase = NULL;

  g_assert_cmpuint (strlen (cut), ==, IM_STORE_WORDS_MAX_LENGTH);
  g_assert_true (is_found (word, word));
  for (gsize i = 0; i < 1024 * 1024; i += 2)
    text[i] = 'b';
  words = im_store_words (text);
  g_assert_cmpuint (strlen (words), ==, IM_STORE_WORDS_MAX_BYTES - 1);
  phrase = im_store_words_phrase (text);
  g_assert_cmpuint (strlen (phrase), ==, IM_STORE_WORDS_MAX_KEYWORD * 2 - 1 + 2);
  g_assert_true (is_found (text, text));
}

static void
test_every_part_of_a_chinese_text_is_found (void)
{
  static const char text[] = "明天下午三点在人民广场见面，别忘了带伞";
  glong length = g_utf8_strlen (text, -1);

  for (glong from = 0; from < length; from++)
    for (glong to = from + 1; to <= length; to++)
      {
        g_autofree char *part = g_utf8_substring (text, from, to);

        if (!g_str_equal (part, "，"))
          g_assert_true (is_found (text, part));
      }
  g_assert_false (is_found (text, "天明"));
  g_assert_false (is_found (text, "三在"));
}

static void
test_folding (void)
{
  static const struct
  {
    const char *text;
    const char *keyword;
    gboolean found;
  } cases[] = {
    { "Die Straße nach Köln", "STRASSE", TRUE },
    { "Die Strasse", "straße", TRUE },
    { "Grüße aus Köln", "grusse", TRUE },
    { "Crème brûlée", "creme bru", TRUE },
    { "ＨＥＬＬＯ　ＷＯＲＬＤ", "hello world", TRUE },
    { "hello", "ｈｅｌ", TRUE },
    { "カタカナ", "ｶﾀｶﾅ", TRUE },
    { "İstanbul", "istanbul", TRUE },
    { "My iPhone手机壳", "手机", TRUE },
    { "My iPhone手机壳", "iphone手", TRUE },
    { "My iPhone手机壳", "壳", TRUE },
    { "My iPhone手机壳", "iph手", FALSE },
    { "see you 👋 tomorrow", "👋", TRUE },
    { "thumbs 👍🏿", "👍", TRUE },
    { "thumbs 👍", "👎", FALSE },
    { "♥️ you", "♥", TRUE },
    { "서울에서 만나요", "만나", TRUE },
    { "пошли домой", "ДОМ", TRUE },
    { "hello world", "world hello", FALSE },
    { "hello, world", "hello world", TRUE },
    { "hello", "ello", FALSE },
    { "a plan", "p", FALSE },
    { "plan b", "b", TRUE },
    { "section 5", "5", TRUE },
    { "what?!", "?!", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s in %s", cases[i].keyword, cases[i].text);
      g_assert_true (is_found (cases[i].text, cases[i].keyword) == cases[i].found);
    }
}

/* Elements */

static ImMsg *
msg_with (ImElem *first, ImElem *second)
{
  ImMsg *msg = im_json_new (&im_msg_type);

  msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, first);
  if (second != NULL)
    g_ptr_array_add (msg->elems, second);
  msg->conv_id = g_strdup (BOB);
  msg->conv_type = IM_CONV_C2C;
  msg->sender = g_strdup (BOB);
  msg->status = IM_MSG_SEND_SUCC;
  return msg;
}

static void
add_msg (ImStore *store, ImMsg *taken)
{
  g_autoptr (ImMsg) msg = taken;
  ImStoreMessage in = { .msg = msg };
  g_autoptr (GError) error = NULL;

  im_store_message_add (store, &in, IM_STORE_NEWEST, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static ImElem *
text_elem (const char *content)
{
  ImTextElem *elem = im_json_new (&im_text_elem_type);

  elem->content = g_strdup (content);
  return &elem->base;
}

static ImElem *
elem_of (const ImJsonType *type, gsize offset, const char *text)
{
  ImElem *elem = im_json_new (type);

  G_STRUCT_MEMBER (char *, elem, offset) = g_strdup (text);
  return elem;
}

static ImElem *
bundle_elem (const char *title, const char *first, const char *second)
{
  ImMergerElem *elem = im_json_new (&im_merger_elem_type);

  im_json_set_str (&elem->title, title);
  elem->abstracts = g_new0 (char *, 3);
  elem->abstracts[0] = g_strdup (first);
  elem->abstracts[1] = g_strdup (second);
  return &elem->base;
}

static guint
count (ImStore *store, const char *json)
{
  g_autoptr (ImMsgSearchParam) param = param_from (json);
  g_autoptr (ImMsgSearchResult) result = search_param (store, param);

  return (guint) result->total_count;
}

static void
test_what_elements_say_is_found (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

#define WITH(type, Struct, member, text)                                                           \
  msg_with (elem_of (&type, G_STRUCT_OFFSET (Struct, member), text), NULL)
  add_msg (store, WITH (im_file_elem_type, ImFileElem, file_name, "Report 2024.pdf"));
  add_msg (store, WITH (im_file_elem_type, ImFileElem, file_path, "/x/hidden.pdf"));
  add_msg (store, WITH (im_location_elem_type, ImLocationElem, desc, "人民广场"));
  add_msg (store, WITH (im_custom_elem_type, ImCustomElem, desc, "a voucher"));
  add_msg (store, WITH (im_custom_elem_type, ImCustomElem, data, "{\"secret\":1}"));
  add_msg (store, msg_with (bundle_elem ("Chat history", "bob: lunch?", "carol: 好的"), NULL));
  add_msg (store, msg_with (text_elem ("at the be"), text_elem ("ginning")));
  add_msg (store, msg_with (text_elem ("picnic"),
                            elem_of (&im_image_elem_type, G_STRUCT_OFFSET (ImImageElem, orig_path),
                                     "/x.png")));
#undef WITH
#define KEYWORD(word) "{'keyword_array':['" word "'], 'conv_type':1, 'conv_id':'bob'}"
  g_assert_cmpuint (count (store, KEYWORD ("report")), ==, 1);
  g_assert_cmpuint (count (store, KEYWORD ("pdf")), ==, 1);
  g_assert_cmpuint (count (store, KEYWORD ("hidden")), ==, 0);
  g_assert_cmpuint (count (store, KEYWORD ("广场")), ==, 1);
  g_assert_cmpuint (count (store, KEYWORD ("voucher")), ==, 1);
  g_assert_cmpuint (count (store, KEYWORD ("secret")), ==, 0);
  g_assert_cmpuint (count (store, KEYWORD ("chat history")), ==, 1);
  g_assert_cmpuint (count (store, KEYWORD ("lunch")), ==, 1);
  g_assert_cmpuint (count (store, KEYWORD ("好的")), ==, 1);
  g_assert_cmpuint (count (store, KEYWORD ("history bob")), ==, 0);
  g_assert_cmpuint (count (store, KEYWORD ("be ginning")), ==, 0);
  g_assert_cmpuint (count (store, KEYWORD ("ginning")), ==, 1);
  /* The tags of kinds and senders are no words. */
  g_assert_cmpuint (count (store, KEYWORD ("k0")), ==, 0);
  g_assert_cmpuint (count (store, KEYWORD ("s626f62")), ==, 0);
  g_assert_cmpuint (count (store, KEYWORD ("k0 s626f62")), ==, 0);
  g_assert_cmpuint (count (store, KEYWORD ("s6")), ==, 0);
#undef KEYWORD
#define KINDS(kinds)                                                                               \
  "{'keyword_array':[], 'message_type_array':[" kinds "], 'conv_type':1, 'conv_id':'bob'}"
  g_assert_cmpuint (count (store, KINDS ("0")), ==, 2);
  g_assert_cmpuint (count (store, KINDS ("1")), ==, 1);
  g_assert_cmpuint (count (store, KINDS ("4")), ==, 2);
  g_assert_cmpuint (count (store, KINDS ("4,8")), ==, 3);
  g_assert_cmpuint (count (store, KINDS ("-1")), ==, 0);
  g_assert_cmpuint (count (store, KINDS ("2,9,77777")), ==, 0);
#undef KINDS
}

/* What is asked for */

static void
fill (ImStore *store)
{
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple_pear", .time = 200, .own = TRUE), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "pear", .time = 300), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = 250, .conv = CAROL), NULL);
  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "plum", .time = 50, .conv = "club", .conv_type = IM_CONV_GROUP), NULL);
}

static void
test_what_is_asked_for (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  fill (store);
#define BOBS "'conv_type':1, 'conv_id':'bob'"
  assert_finds (store, "{'keyword_array':['apple'], " BOBS "}", "2: bob 2[apple_pear apple]");
  assert_finds (store, "{'keyword_array':['apple','pear'], " BOBS "}",
                "3: bob 3[pear apple_pear apple]");
  assert_finds (store, "{'keyword_array':['apple','pear'], 'keyword_list_match_type':1, " BOBS "}",
                "1: bob 1[apple_pear]");
  assert_finds (store, "{'keyword_array':['pear','?!'], 'keyword_list_match_type':1, " BOBS "}",
                "2: bob 2[pear apple_pear]");
  assert_finds (store, "{'keyword_array':['?!'], " BOBS "}", "0:");
  assert_finds (store, "{'keyword_array':['apple'], 'send_identifier_array':['alice'], " BOBS "}",
                "1: bob 1[apple_pear]");
  assert_finds (store, "{'keyword_array':[], 'send_identifier_array':['bob'], " BOBS "}",
                "2: bob 2[pear apple]");
  assert_finds (store,
                "{'keyword_array':[], 'send_identifier_array':['bob','alice','x\\\"y'], " BOBS "}",
                "3: bob 3[pear apple_pear apple]");
  assert_finds (store, "{'keyword_array':['apple'], 'conv_type':1, 'conv_id':'nobody'}", "0:");
  assert_finds (store, "{'keyword_array':['plum'], 'conv_type':2, 'conv_id':'club'}",
                "1: club 1[plum]");
  assert_finds (store, "{'keyword_array':['plum'], 'conv_type':1, 'conv_id':'club'}", "0:");
}

static void
test_times_are_both_included (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  fill (store);
#define PEARS "{'keyword_array':['apple','pear'], " BOBS
  assert_finds (store, PEARS ", 'search_time_position':299}", "2: bob 2[apple_pear apple]");
  assert_finds (store, PEARS ", 'search_time_position':300}", "3: bob 3[pear apple_pear apple]");
  assert_finds (store, PEARS ", 'search_time_position':300, 'search_time_period':100}",
                "2: bob 2[pear apple_pear]");
  assert_finds (store, PEARS ", 'search_time_position':300, 'search_time_period':99}",
                "1: bob 1[pear]");
  assert_finds (store, PEARS ", 'search_time_period':1}", "0:");
  assert_finds (store, PEARS ", 'search_time_position':18446744073709551615}",
                "3: bob 3[pear apple_pear apple]");
  assert_finds (store,
                "{'keyword_array':['apple','pear'], 'search_time_position':260, "
                "'search_time_period':30}",
                "1: carol 1[apple]");
#undef PEARS
}

static void
test_pages (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  fill (store);
#define PEARS "{'keyword_array':['apple','pear'], " BOBS
  assert_finds (store, PEARS ", 'page_size':2}", "3: bob 3[pear apple_pear]");
  assert_finds (store, PEARS ", 'page_size':2, 'page_index':1}", "3: bob 3[apple]");
  assert_finds (store, PEARS ", 'page_size':2, 'page_index':2}", "3: bob 3[]");
  assert_finds (store, PEARS ", 'page_size':4294967295, 'page_index':4294967295}", "3: bob 3[]");
  assert_finds (store, PEARS ", 'page_index':1}", "3: bob 3[]");
#undef PEARS
#undef BOBS
}

static void
test_over_all_conversations_each_is_an_item (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  fill (store);
#define APPLES "{'keyword_array':['apple','plum','pear']"
  assert_finds (store, "{'keyword_array':['apple']}", "2: carol 1[apple] bob 2[]");
  assert_finds (store, APPLES "}", "3: bob 3[] carol 1[apple] club 1[plum]");
  assert_finds (store, APPLES ", 'page_size':1, 'page_index':1}", "3: carol 1[apple]");
  assert_finds (store, APPLES ", 'page_size':2, 'page_index':1}", "3: club 1[plum]");
  assert_finds (store, APPLES ", 'page_size':2, 'page_index':5}", "3:");
  assert_finds (store, APPLES ", 'conv_id':'bob'}", "3: bob 3[] carol 1[apple] club 1[plum]");
#undef APPLES
}

static void
finish_the_index (ImStore *store)
{
  gboolean more = TRUE;

  while (more)
    g_assert_true (im_store_index_step (store, 1, &more, NULL));
}

static void
test_many_of_one_second_are_all_found (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  g_assert_true (im_store_begin (store, NULL));
  for (guint i = 0; i < 2500; i++)
    store_add (store, i % 2 == 0 ? IM_STORE_NEWEST : IM_STORE_OLDEST,
               GIVEN (.text = "tick", .time = 1000), NULL);
  g_assert_true (im_store_commit (store, NULL));
  finish_the_index (store);
  g_assert_cmpuint (count (store, "{'keyword_array':['tick'], 'conv_type':1, 'conv_id':'bob'}"), ==,
                    2500);
}

static void
test_of_very_many_it_is_said_that_there_are_more (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  guint n = IM_STORE_SEARCH_COUNT_MAX + 3000; /* more than are passed by */

  g_assert_true (im_store_begin (store, NULL));
  for (guint i = 0; i < n; i++)
    store_add (store, IM_STORE_NEWEST, GIVEN (.text = i == 0 ? "tick tock" : "tick", .time = i + 1),
               NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "tick", .conv = CAROL, .time = 4), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "tick", .conv = "ann", .time = n + 5), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "tick", .conv = "dave", .time = n - 5), NULL);
  g_assert_true (im_store_commit (store, NULL));
  finish_the_index (store);
  assert_finds (store, "{'keyword_array':['tick'], 'page_size':1, 'conv_type':1, 'conv_id':'bob'}",
                "10000+: bob 10000+[tick]");
  assert_finds (store, "{'keyword_array':['tock'], 'page_size':1, 'conv_type':1, 'conv_id':'bob'}",
                "1: bob 1[tick tock]");
  assert_finds (store, "{'keyword_array':['tick']}",
                "4: ann 1[tick] bob 10000+[] dave 1[tick] carol 1[tick]");
  /* A time that is found only after passing by many. */
  assert_finds (store,
                "{'keyword_array':['tick'], 'search_time_position':5, 'search_time_period':1}",
                "2: bob 2[] carol 1[tick]");
}

/* Hostile */

static void
test_no_keyword_is_syntax_and_none_fails (void)
{
  static const char *const keywords[] = {
    "\"",
    "\"\"",
    "\"\"\"",
    "'",
    "''",
    "*",
    "**",
    "a*b",
    "^a",
    "a AND b",
    "AND",
    "OR",
    "NOT a",
    "NEAR",
    "NEAR(a b, 2)",
    "a NEAR/3 b",
    "(",
    ")",
    "((((",
    "{text tags}: a",
    "tags : k0",
    "text:",
    "-a",
    "a+b",
    "a : b",
    "; DROP TABLE message; --",
    "\\",
    "%",
    "_",
    "$1",
    "?1",
    ":x",
    "@x",
    "\x01\x02",
    "\n",
    "\r\n\t",
    "\xff\xfe",
    "\xc3",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "\xef\xb7\x90",
    "\xef\xbf\xbf",
    "\xe2\x80\xae",
    "\xcc\x81",
    "\xe2\x80\x8d",
    "\xf0\x9f\x87\xa9",
    "rank",
    "message_text",
    "delete-all",
    "a\" OR text : \"b",
  };
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "here", .time = 1), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      g_autoptr (ImMsgSearchResult) everywhere = search_word (store, keywords[i], NULL);
      g_autoptr (ImMsgSearchResult) in_one = search_word (store, keywords[i], BOB);

      g_assert_cmpint (everywhere->total_count, ==, 0);
      g_assert_cmpint (in_one->total_count, ==, 0);
    }
}

static GRand *
seeded (void)
{
  const char *given = g_getenv ("LINNET_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();

  g_test_message ("LINNET_SEED=%u", seed);
  return g_rand_new_with_seed (seed);
}

/* Out of all that Unicode has, and bytes that are no UTF-8. */
static char *
random_unicode (GRand *rand)
{
  static const gunichar ranges[][2]
      = { { 1, 0x7f },        { 0x80, 0x5ff },    { 0x600, 0x1fff },    { 0x2000, 0x33ff },
          { 0x3400, 0xd7ff }, { 0xe000, 0xffff }, { 0x10000, 0x1ffff }, { 0x20000, 0x10ffff } };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 1, 30), i = 0; i < n; i++)
    {
      const gunichar *range = ranges[g_rand_int_range (rand, 0, G_N_ELEMENTS (ranges))];

      if (g_rand_int_range (rand, 0, 50) == 0)
        g_string_append_c (text, (char) g_rand_int_range (rand, 0x80, 0x100));
      else
        g_string_append_unichar (text, (gunichar) g_rand_int_range (rand, (gint32) range[0],
                                                                    (gint32) range[1] + 1));
    }
  return g_string_free (text, FALSE);
}

static void
test_any_text_is_found_by_itself (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GRand) rand = seeded ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = random_unicode (rand);
      g_autofree char *stripped = g_strstrip (g_utf8_make_valid (text, -1));
      g_autofree char *words = im_store_words (text);
      g_autofree char *conv = g_strdup_printf ("user%u", i);
      g_autoptr (ImMsgSearchResult) result = NULL;

      for (const char *c = words; *c != '\0'; c++)
        g_assert_true ((guchar) *c >= 0x80 || g_ascii_islower (*c) || g_ascii_isdigit (*c)
                       || *c == ' ');
      store_add (store, IM_STORE_NEWEST, GIVEN (.text = text, .conv = conv, .time = i + 1), NULL);
      result = search_word (store, stripped, conv);
      if (result->total_count != (*words != '\0'))
        g_error ("%s", text);
    }
}

static void
test_hostile_texts_are_found_and_harmless (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);
  static const char *const texts[]
      = { "needle \" OR tags:k0 *", "needle '); DELETE FROM search; --", "needle \xff\xfe\xc3",
          "needle\n\r\x01", "needle \xed\xa0\x80" };
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_autofree char *marks = g_malloc (2 * 50000 + 1);
  g_autofree char *marked = NULL;

  for (gsize i = 0; i < 2 * 50000; i += 2)
    memcpy (marks + i, "\xcc\x81", 2);
  marks[2 * 50000] = '\0';
  marked = g_strconcat ("needle", marks, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    store_add (store, IM_STORE_NEWEST, GIVEN (.text = texts[i], .time = i + 1), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = megabyte, .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = marked, .time = 101), NULL);
  g_assert_cmpuint (count (store, "{'keyword_array':['needle'], 'conv_type':1, 'conv_id':'bob'}"),
                    ==, G_N_ELEMENTS (texts) + 1);
  memcpy (megabyte, marks, 1000);
  {
    g_autoptr (ImMsgSearchResult) result = search_word (store, megabyte, NULL);

    g_assert_cmpint (result->total_count, ==, 1);
  }
  /* All of it can be taken out again. */
  g_assert_true (im_store_messages_clear (store, IM_CONV_C2C, BOB, NULL));
  g_assert_cmpuint (count (store, "{'keyword_array':['needle'], 'conv_type':1, 'conv_id':'bob'}"),
                    ==, 0);
}

/* In step with the messages */

static gint64
get_number (ImStore *store, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_prepare_v2 (store->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

static void
run_sql (ImStore *store, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (store->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static const char *const convs[] = { BOB, CAROL, "ann", "dave" };
static const char *const vocabulary[]
    = { "red", "green", "blue", "红", "绿", "蓝", "👍", "reddish" };

/* What a search must say, by looking at every message. */
static guint
count_by_reading (ImStore *store, const char *conv, const char *word)
{
  g_autoptr (GPtrArray) page
      = im_store_message_page (store, IM_CONV_C2C, conv, NULL, TRUE, 100000, NULL);
  guint n = 0;

  for (guint i = 0; i < page->len; i++)
    {
      const ImMsg *msg = g_ptr_array_index (page, i);
      g_auto (GStrv) parts
          = g_strsplit (msg->status != IM_MSG_REVOKED ? msg_text (msg) : "", " ", -1);
      gboolean has = FALSE;

      for (char **part = parts; *part != NULL; part++)
        has = has || g_str_has_prefix (*part, word);
      n += has;
    }
  return n;
}

static void
assert_index_is_the_content (ImStore *store)
{
  finish_the_index (store);
  g_assert_cmpint (get_number (store, "SELECT count (*) FROM message WHERE status <> 6"), ==,
                   get_number (store, "SELECT count (*) FROM search"));
  /* A word's entries, over all, in the index itself: none was left behind. */
  g_assert_cmpint (get_number (store, "SELECT count (*) FROM message_text WHERE message_text MATCH "
                                      "'tags : \"k0\"'"),
                   ==, get_number (store, "SELECT count (*) FROM message WHERE status <> 6"));
  run_sql (store, "INSERT INTO message_text (message_text) VALUES ('integrity-check')");
  g_assert_cmpint (get_number (store, "SELECT count (*) FROM search s JOIN message m ON m.id = "
                                      "s.message WHERE (s.key >> 42) <> m.conversation OR "
                                      "((s.key >> 10) & 0xffffffff) <> m.server_time"),
                   ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (convs); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (vocabulary); j++)
      {
        g_autoptr (ImMsgSearchResult) result = search_word (store, vocabulary[j], convs[i]);

        g_assert_cmpint (result->total_count, ==,
                         count_by_reading (store, convs[i], vocabulary[j]));
      }
}

static char *
random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 1, 5), i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            vocabulary[g_rand_int_range (rand, 0, G_N_ELEMENTS (vocabulary))]);
  return g_string_free (text, FALSE);
}

/* One of the messages, or NULL. */
static ImStoreMessage *
random_message (ImStore *store, GRand *rand)
{
  gint64 max = get_number (store, "SELECT coalesce (max (id), 0) FROM message");

  return max > 0 ? im_store_message_get (store, 1 + g_rand_int_range (rand, 0, (gint32) max), NULL)
                 : NULL;
}

static void
add_random (ImStore *store, GRand *rand, guint i)
{
  g_autofree char *text = random_text (rand);
  g_autofree char *id = g_strdup_printf ("id-%u", g_rand_int_range (rand, 0, 400));
  gboolean own = g_rand_boolean (rand);

  store_add (store, g_rand_int_range (rand, 0, 3) == 0 ? IM_STORE_OLDEST : IM_STORE_NEWEST,
             GIVEN (.text = text, .conv = convs[g_rand_int_range (rand, 0, G_N_ELEMENTS (convs))],
                    .origin = id, .own = own, .rand = i,
                    .status = own && g_rand_boolean (rand) ? IM_MSG_SENDING : IM_MSG_SEND_SUCC,
                    .time = (guint64) g_rand_int_range (rand, 1000, 1020)),
             NULL);
}

static void
import_random (ImStore *store, GRand *rand)
{
  g_autoptr (ImMsg) msg = msg_with (text_elem (vocabulary[0]), NULL);

  im_json_set_str (&msg->conv_id, convs[g_rand_int_range (rand, 0, G_N_ELEMENTS (convs))]);
  msg->server_time = (guint64) g_rand_int_range (rand, 1000, 1020);
  msg->status = IM_MSG_LOCAL_IMPORTED;
  msg->is_read = TRUE;
  g_assert_true (im_store_message_import (store, msg, NULL, NULL));
}

static void
set_text (ImStore *store, ImStoreMessage *row, const char *text)
{
  ImTextElem *elem = g_ptr_array_index (row->msg->elems, 0);

  im_json_set_str (&elem->content, text);
  g_assert_true (im_store_message_set_content (store, row->row_id, row->msg, NULL));
}

static void
take_back (ImStore *store, gint64 row_id)
{
  g_autoptr (ImMsg) msg = NULL;

  g_assert_true (im_store_message_revoke (store, row_id, &msg, NULL));
  g_assert_cmpint (msg->status, ==, IM_MSG_REVOKED);
}

static void
modify (ImStore *store, gint64 row_id, const char *text)
{
  g_autoptr (ImMsg) content = msg_with (text_elem (text), NULL);
  g_autoptr (ImMsg) msg = NULL;

  g_assert_true (im_store_message_modify (store, row_id, content, NULL, IM_ABOUT_NOW, &msg, NULL));
}

static void
change_random (ImStore *store, GRand *rand)
{
  const char *conv = convs[g_rand_int_range (rand, 0, G_N_ELEMENTS (convs))];
  g_autoptr (ImStoreMessage) row = random_message (store, rand);
  int what = g_rand_int_range (rand, 0, 40);

  if (what == 0)
    g_assert_true (im_store_messages_clear (store, IM_CONV_C2C, conv, NULL));
  else if (what == 1)
    g_assert_true (im_store_conversation_delete (store, IM_CONV_C2C, conv, NULL, NULL));
  else if (row == NULL)
    return;
  else if (what < 18 || row->msg->status == IM_MSG_REVOKED)
    g_assert_true (im_store_message_delete (store, row->row_id, NULL));
  else if (what < 22)
    take_back (store, row->row_id);
  else if (what < 26)
    modify (store, row->row_id, vocabulary[g_rand_int_range (rand, 0, G_N_ELEMENTS (vocabulary))]);
  else if (what < 30)
    g_assert_true (im_store_message_set_status (store, row->row_id, IM_MSG_SEND_SUCC, 0, NULL,
                                                g_rand_int_range (rand, 1000, 1020), NULL, NULL));
  else if (what < 33)
    set_text (store, row, vocabulary[g_rand_int_range (rand, 0, G_N_ELEMENTS (vocabulary))]);
  else if (what < 36)
    g_assert_true (im_store_message_set_custom (store, row->row_id, what, "blue", NULL));
  else
    g_assert_true (im_store_message_requeue (store, row->row_id, NULL));
}

static void
change_anything (ImStore *store, GRand *rand, guint i)
{
  gboolean undone = g_rand_int_range (rand, 0, 10) == 0;
  gboolean more;

  g_assert_true (im_store_begin (store, NULL));
  if (g_rand_int_range (rand, 0, 20) == 0)
    g_assert_true (im_store_index_step (store, 0, &more, NULL));
  else if (g_rand_int_range (rand, 0, 10) < 6)
    add_random (store, rand, i);
  else if (g_rand_int_range (rand, 0, 8) == 0)
    import_random (store, rand);
  else
    change_random (store, rand);
  if (undone)
    im_store_rollback (store);
  else
    g_assert_true (im_store_commit (store, NULL));
}

static void
test_the_index_is_the_content_after_anything (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GRand) rand = seeded ();
  ImStore *store = store_open (dir);

  for (guint i = 0; i < 1500; i++)
    {
      change_anything (store, rand, i);
      if (i % 500 != 499)
        continue;
      assert_index_is_the_content (store);
      im_store_close (store);
      store = store_open (dir);
    }
  assert_index_is_the_content (store);
  im_store_close (store);
}

/* Runs func in a process of its own, which is killed after a while. */
static void
run_and_kill (const char *dir, GRand *rand, void (*func) (const char *dir, guint32 seed))
{
  guint32 seed = g_rand_int (rand);
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      func (dir, seed);
      _exit (0);
    }
  g_usleep ((gulong) g_rand_int_range (rand, 5, 60) * 1000);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
}

static void
change_for_ever (const char *dir, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  ImStore *store = store_open (dir);

  for (guint i = 0;; i++)
    change_anything (store, rand, i);
}

static void
test_the_index_is_the_content_after_a_kill (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GRand) rand = seeded ();

  for (guint i = 0; i < 12; i++)
    {
      ImStore *store;

      run_and_kill (dir, rand, change_for_ever);
      store = store_open (dir);
      assert_index_is_the_content (store);
      im_store_close (store);
    }
}

/* Made afterwards */

/* As a version without an index left it. */
static void
forget_the_index (ImStore *store)
{
  run_sql (store, "INSERT INTO message_text (message_text) VALUES ('delete-all');"
                  "DELETE FROM search;"
                  "UPDATE search_state SET (left_id, new_id) = "
                  "(SELECT coalesce (max (id), 0), coalesce (max (id), 0) FROM message)");
}

static void
fill_randomly (ImStore *store, GRand *rand, guint n)
{
  g_assert_true (im_store_begin (store, NULL));
  for (guint i = 0; i < n; i++)
    add_random (store, rand, i);
  g_assert_true (im_store_commit (store, NULL));
}

static void
test_an_index_is_made_in_steps_and_says_what_is_missing (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);
  gboolean more = FALSE;

  g_assert_true (im_store_index_step (store, 1, &more, NULL));
  g_assert_false (more);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("apple_%u", i);

      store_add (store, IM_STORE_NEWEST, GIVEN (.text = text, .time = 1000 + i), NULL);
    }
  forget_the_index (store);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = 2000), NULL);
  g_assert_true (im_store_index_step (store, 0, &more, NULL));
  g_assert_true (more);
  {
    g_autoptr (ImMsgSearchResult) result = search_word (store, "apple", BOB);

    /* What came since, and the newest of what was there. */
    g_assert_cmpint (result->total_count, ==, 1 + 8);
    g_assert_cmpint (result->n_unindexed, ==, 12);
  }
  finish_the_index (store);
  {
    g_autoptr (ImMsgSearchResult) result = search_word (store, "apple", BOB);

    g_assert_cmpint (result->total_count, ==, 21);
    g_assert_cmpint (result->n_unindexed, ==, 0);
  }
  assert_index_is_the_content (store);
}

static void
index_slowly (const char *dir, guint32 seed)
{
  ImStore *store = store_open (dir);
  gboolean more = TRUE;

  while (more)
    {
      im_store_index_step (store, 0, &more, NULL);
      g_usleep (1000);
    }
}

static void
test_an_index_goes_on_where_it_was_killed (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GRand) rand = seeded ();
  ImStore *store = store_open (dir);
  gint64 left;

  fill_randomly (store, rand, 2000);
  forget_the_index (store);
  left = get_number (store, "SELECT left_id FROM search_state");
  im_store_close (store);
  for (guint i = 0; i < 5; i++)
    {
      gint64 before = left;

      run_and_kill (dir, rand, index_slowly);
      store = store_open (dir);
      left = get_number (store, "SELECT left_id FROM search_state");
      g_assert_cmpint (left, <=, before);
      /* Meanwhile things go on. */
      for (guint j = 0; j < 20; j++)
        change_anything (store, rand, j);
      im_store_close (store);
    }
  store = store_open (dir);
  finish_the_index (store);
  assert_index_is_the_content (store);
  im_store_close (store);
}

static void
test_an_index_has_few_pieces (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GRand) rand = seeded ();
  ImStore *store = store_open (dir);

  for (guint i = 0; i < 200; i++)
    {
      fill_randomly (store, rand, 1);
      finish_the_index (store);
    }
  g_assert_cmpint (get_number (store, "SELECT count (DISTINCT segid) FROM message_text_idx"), <,
                   20);
  assert_index_is_the_content (store);
  im_store_close (store);
}

static void
test_an_index_of_other_words_is_made_anew (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GRand) rand = seeded ();
  ImStore *store = store_open (dir);
  gboolean more = FALSE;

  fill_randomly (store, rand, 100);
  run_sql (store, "UPDATE search_state SET words = 'those of another version'");
  im_store_close (store);
  store = store_open (dir);
  g_assert_cmpint (get_number (store, "SELECT count (*) FROM search"), ==, 0);
  g_assert_true (im_store_index_step (store, 0, &more, NULL));
  g_assert_true (more);
  finish_the_index (store);
  assert_index_is_the_content (store);
  im_store_close (store);
  store = store_open (dir);
  g_assert_true (im_store_index_step (store, 0, &more, NULL));
  g_assert_false (more);
  im_store_close (store);
}

/* Damage */

/* Every time, and what is new does not change it. */
static void
assert_searching_says_damaged (ImStore *store)
{
  g_autoptr (ImMsgSearchParam) param = param_from ("{'keyword_array':['red']}");

  for (guint i = 0; i < 2; i++)
    {
      Answer answer = { 0 };

      im_store_search_async (store, param, NULL, on_found, &answer);
      wait_for (&answer);
      g_assert_error (answer.error, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT);
      g_assert_true (g_str_has_prefix (answer.error->message, "the local database is damaged"));
      g_clear_error (&answer.error);
    }
}

static void
test_a_damaged_index_is_made_anew (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GRand) rand = seeded ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ImStore *store = store_open (dir);

  fill_randomly (store, rand, 100);
  finish_the_index (store);
  run_sql (store, "DELETE FROM message_text_data WHERE id > 10");
  before = store_texts (store, BOB);
  im_store_close (store);
  store = store_open (dir);
  assert_searching_says_damaged (store);
  after = store_texts (store, BOB);
  g_assert_cmpstr (after, ==, before);
  im_store_close (store);
  store = store_open (dir);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "red", .time = 2000), NULL);
  finish_the_index (store);
  assert_index_is_the_content (store);
  im_store_close (store);
}

/* A page of the file, which is another matter than what is written in it. */
static void
test_an_index_on_a_damaged_page_is_damage_like_any (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "im.db", NULL);
  g_autofree char *rubbish = g_strnfill (4096, '\xa5');
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GRand) rand = seeded ();
  g_autoptr (GError) error = NULL;
  ImStore *store = store_open (dir);
  gint64 page
      = get_number (store, "SELECT rootpage FROM sqlite_schema WHERE name = 'message_text_data'");
  int fd;

  fill_randomly (store, rand, 100);
  finish_the_index (store);
  before = store_texts (store, BOB);
  im_store_close (store);
  store = store_open (dir);
  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (pwrite (fd, rubbish, 4096, (page - 1) * 4096), ==, 4096);
  close (fd);
  assert_searching_says_damaged (store);
  after = store_texts (store, BOB);
  g_assert_cmpstr (after, ==, before);
  im_store_close (store);
  g_assert_null (im_store_open (dir, &error));
  g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT);
  g_assert_true (im_store_set_aside (dir, NULL, NULL));
}

/* Merged */

/* What a transaction added is a part of its own until it is merged. */
static gint64
count_parts (ImStore *store)
{
  return get_number (store, "SELECT count (DISTINCT segid) FROM message_text_idx");
}

static void
add_parts (ImStore *store, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      store_add (store, IM_STORE_NEWEST, GIVEN (.text = "red green", .time = 1000 + i), NULL);
      g_assert_true (im_store_index_catch_up (store, 1, NULL));
    }
}

static void
test_parts_are_merged_in_steps_and_never_by_a_commit (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);
  gboolean more = FALSE;

  add_parts (store, 40);
  g_assert_cmpint (count_parts (store), ==, 40);
  g_assert_true (im_store_index_step (store, 0, &more, NULL));
  g_assert_true (more);
  finish_the_index (store);
  g_assert_cmpint (count_parts (store), <, 8);
  assert_index_is_the_content (store);
}

static void
test_parts_are_merged_after_the_next_start (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  ImStore *store = store_open (dir);

  add_parts (store, 20);
  im_store_close (store);
  store = store_open (dir);
  finish_the_index (store);
  g_assert_cmpint (count_parts (store), <, 8);
  im_store_close (store);
}

/* Should nobody ever take a step. */
static void
test_parts_never_become_very_many (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  add_parts (store, 200);
  g_assert_cmpint (count_parts (store), <, 100);
  assert_index_is_the_content (store);
}

static void
on_work (guint n_waiting, gpointer user_data)
{
  guint *n_told = user_data;

  (*n_told)++;
}

static void
test_what_is_taken_out_is_work_for_the_index (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = NULL;
  guint n_told = 0;
  gboolean more = FALSE;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "red", .time = 1), &row);
  finish_the_index (store);
  im_store_index_watch (store, on_work, &n_told);
  g_assert_true (im_store_message_delete (store, row->row_id, NULL));
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_true (im_store_index_step (store, 5, &more, NULL));
  g_assert_false (more);
  g_assert_cmpuint (n_told, ==, 1);
}

/* What is new */

static void
add_apples (ImStore *store, guint n)
{
  g_assert_true (im_store_begin (store, NULL));
  for (guint i = 0; i < n; i++)
    store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = 1000 + i), NULL);
  g_assert_true (im_store_commit (store, NULL));
}

static void
test_what_is_new_waits_until_somebody_searches (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);

  add_apples (store, 200);
  g_assert_cmpint (get_number (store, "SELECT count (*) FROM search"), ==, 0);
  {
    g_autoptr (ImMsgSearchResult) result = search_word (store, "apple", BOB);

    g_assert_cmpint (result->total_count, ==, 200);
    g_assert_cmpint (result->n_unindexed, ==, 0);
  }
}

static void
test_what_waits_beyond_a_few_hundred_is_said_to_be_missing (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);

  add_apples (store, 500);
  {
    g_autoptr (ImMsgSearchResult) result = search_word (store, "apple", BOB);

    g_assert_cmpint (result->total_count, ==, 300);
    g_assert_cmpint (result->n_unindexed, ==, 200);
  }
  finish_the_index (store);
  {
    g_autoptr (ImMsgSearchResult) result = search_word (store, "apple", BOB);

    g_assert_cmpint (result->total_count, ==, 500);
    g_assert_cmpint (result->n_unindexed, ==, 0);
  }
}

static void
test_what_waits_is_found_after_the_next_start (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  ImStore *store = store_open (dir);

  add_apples (store, 20);
  im_store_close (store);
  store = store_open (dir);
  g_assert_cmpint (get_number (store, "SELECT count (*) FROM search"), ==, 0);
  finish_the_index (store);
  g_assert_cmpint (get_number (store, "SELECT count (*) FROM search"), ==, 20);
  im_store_close (store);
}

/* SQLite gives the id of the newest row again when it was deleted. */
static void
test_what_comes_after_a_deleted_message_is_indexed (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  for (guint i = 0; i < 2; i++)
    {
      ImStoreMessage *row = NULL;

      store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = 1), &row);
      finish_the_index (store);
      if (i == 0)
        g_assert_true (im_store_message_delete (store, row->row_id, NULL));
      else
        g_assert_true (im_store_messages_clear (store, IM_CONV_C2C, BOB, NULL));
      im_store_message_free (row);
      store_add (store, IM_STORE_NEWEST, GIVEN (.text = "pear", .time = 2), NULL);
      assert_finds (store, "{'keyword_array':['pear'], 'conv_type':1, 'conv_id':'bob'}",
                    "1: bob 1[pear]");
    }
}

static void
test_another_content_has_other_words (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  ImStoreMessage *row = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = 1), &row);
  set_text (store, row, "pear");
  assert_finds (store, "{'keyword_array':['pear'], 'conv_type':1, 'conv_id':'bob'}",
                "1: bob 1[pear]");
  set_text (store, row, "plum");
  assert_finds (store, "{'keyword_array':['pear'], 'conv_type':1, 'conv_id':'bob'}", "0:");
  assert_finds (store, "{'keyword_array':['plum'], 'conv_type':1, 'conv_id':'bob'}",
                "1: bob 1[plum]");
  g_assert_true (im_store_message_delete (store, row->row_id, NULL));
  g_assert_cmpint (get_number (store, "SELECT count (*) FROM message_text WHERE message_text MATCH "
                                      "'apple OR pear OR plum'"),
                   ==, 0);
  im_store_message_free (row);
}

/* indexed: it was searched for before. */
static void
change_and_search (gboolean indexed)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "helo", .time = 1), &row);
  if (indexed)
    finish_the_index (store);
  modify (store, row->row_id, "hello");
#define BOBS "'conv_type':1, 'conv_id':'bob'"
  assert_finds (store, "{'keyword_array':['hello'], " BOBS "}", "1: bob 1[hello]");
  assert_finds (store, "{'keyword_array':['helo'], " BOBS "}", "0:");
}

static void
test_what_was_modified_is_found_by_its_new_words (void)
{
  change_and_search (FALSE);
  change_and_search (TRUE);
}

static void
revoke_and_search (gboolean indexed)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);
  g_autoptr (ImStoreMessage) row = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "oops", .time = 1), &row);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "this stays", .time = 2), NULL);
  if (indexed)
    finish_the_index (store);
  take_back (store, row->row_id);
  g_assert_cmpint (
      get_number (store, "SELECT count (*) FROM message_text WHERE message_text MATCH 'oops'"), ==,
      0);
  assert_finds (store, "{'keyword_array':['oops'], " BOBS "}", "0:");
  assert_finds (store, "{'keyword_array':[], 'send_identifier_array':['bob'], " BOBS "}",
                "1: bob 1[this stays]");
  assert_finds (store, "{'keyword_array':[], 'message_type_array':[0], " BOBS "}",
                "1: bob 1[this stays]");
#undef BOBS
}

static void
test_what_was_revoked_is_found_by_nothing (void)
{
  revoke_and_search (FALSE);
  revoke_and_search (TRUE);
}

static void
test_no_message_goes_without_its_words (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "here", .time = 1), NULL);
  finish_the_index (store);
  g_assert_cmpint (sqlite3_exec (store->db, "DELETE FROM message", NULL, NULL, NULL), ==,
                   SQLITE_CONSTRAINT_FOREIGNKEY);
}

/* Other threads */

static void
test_searches_see_what_was_committed (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);

  for (guint i = 1; i <= 50; i++)
    {
      store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = i), NULL);
      g_assert_cmpuint (count (store,
                               "{'keyword_array':['apple'], 'conv_type':1, 'conv_id':'bob'}"),
                        ==, i);
    }
}

static void
test_a_closed_store_answers_its_searches (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImMsgSearchParam) param = param_from ("{'keyword_array':['apple']}");
  g_autofree char *wal = g_build_filename (dir, "im.db-wal", NULL);
  Answer answers[20] = { { 0 } };
  ImStore *store = store_open (dir);

  g_assert_true (im_store_begin (store, NULL));
  for (guint i = 0; i < 3000; i++)
    store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = i + 1), NULL);
  g_assert_true (im_store_commit (store, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    im_store_search_async (store, param, NULL, on_found, &answers[i]);
  im_store_close (store);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      wait_for (&answers[i]);
      if (answers[i].result == NULL)
        g_assert_error (answers[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_pointer (&answers[i].result, im_json_unref);
      g_clear_error (&answers[i].error);
    }
}

static void
test_a_search_can_be_cancelled_and_the_next_one_goes_on (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (ImStore) store = store_open (dir);
  g_autoptr (ImMsgSearchParam) param = param_from ("{'keyword_array':['apple']}");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer cancelled = { 0 };
  Answer other = { 0 };

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "apple", .time = 1), NULL);
  im_store_search_async (store, param, cancellable, on_found, &cancelled);
  im_store_search_async (store, param, NULL, on_found, &other);
  g_cancellable_cancel (cancellable);
  wait_for (&cancelled);
  wait_for (&other);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (other.error);
  g_assert_cmpint (other.result->total_count, ==, 1);
  g_clear_error (&cancelled.error);
  g_clear_pointer (&other.result, im_json_unref);
}

/* Importing */

static ImMsg *
imported (const char *text, guint64 time_s, guint64 rand)
{
  ImMsg *msg = msg_with (text_elem (text), NULL);

  msg->server_time = time_s;
  msg->rand = rand;
  msg->status = IM_MSG_LOCAL_IMPORTED;
  msg->is_read = TRUE;
  return msg;
}

static void
import (ImStore *store, const char *text, guint64 time_s, guint64 rand)
{
  g_autoptr (ImMsg) msg = imported (text, time_s, rand);
  g_autoptr (GError) error = NULL;

  im_store_message_import (store, msg, NULL, &error);
  g_assert_no_error (error);
}

static void
test_imports_take_their_place_by_time (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autofree char *texts = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 100, .read = TRUE), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .time = 100, .read = TRUE), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "f", .time = 200, .read = TRUE), NULL);
  import (store, "d", 100, 1);
  import (store, "e", 150, 2);
  import (store, "a", 50, 3);
  import (store, "g", 300, 4);
  texts = store_texts (store, BOB);
  g_assert_cmpstr (texts, ==, "a b c d e f g");
  g_assert_cmpuint (store_unread (store, BOB), ==, 0);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "h", .time = 250), NULL);
  g_free (g_steal_pointer (&texts));
  texts = store_texts (store, BOB);
  g_assert_cmpstr (texts, ==, "a b c d e f g h");
}

static void
test_an_import_is_not_made_twice (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autofree char *texts = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .time = 100, .rand = 7), NULL);
  import (store, "a", 100, 7);
  import (store, "b", 101, 8);
  import (store, "b", 101, 8);
  import (store, "c", 101, 9);
  texts = store_texts (store, BOB);
  g_assert_cmpstr (texts, ==, "a b c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func) g_test_add_func ("/store/search/" path, func)
  TEST ("texts-become-words", test_texts_become_words);
  TEST ("keywords-become-phrases", test_keywords_become_phrases);
  TEST ("long-is-cut", test_what_is_long_is_cut);
  TEST ("every-part-of-chinese", test_every_part_of_a_chinese_text_is_found);
  TEST ("folding", test_folding);
  TEST ("elements", test_what_elements_say_is_found);
  TEST ("asked-for", test_what_is_asked_for);
  TEST ("times", test_times_are_both_included);
  TEST ("pages", test_pages);
  TEST ("over-all-conversations", test_over_all_conversations_each_is_an_item);
  TEST ("many-of-one-second", test_many_of_one_second_are_all_found);
  TEST ("more-than-counted", test_of_very_many_it_is_said_that_there_are_more);
  TEST ("no-keyword-is-syntax", test_no_keyword_is_syntax_and_none_fails);
  TEST ("any-text-by-itself", test_any_text_is_found_by_itself);
  TEST ("hostile-texts", test_hostile_texts_are_found_and_harmless);
  TEST ("index-is-content", test_the_index_is_the_content_after_anything);
  TEST ("index-is-content-after-kill", test_the_index_is_the_content_after_a_kill);
  TEST ("made-in-steps", test_an_index_is_made_in_steps_and_says_what_is_missing);
  TEST ("goes-on-after-kill", test_an_index_goes_on_where_it_was_killed);
  TEST ("few-pieces", test_an_index_has_few_pieces);
  TEST ("other-words", test_an_index_of_other_words_is_made_anew);
  TEST ("damaged-index", test_a_damaged_index_is_made_anew);
  TEST ("damaged-page-of-the-index", test_an_index_on_a_damaged_page_is_damage_like_any);
  TEST ("merged-in-steps", test_parts_are_merged_in_steps_and_never_by_a_commit);
  TEST ("merged-after-a-restart", test_parts_are_merged_after_the_next_start);
  TEST ("never-very-many-parts", test_parts_never_become_very_many);
  TEST ("taken-out-is-work", test_what_is_taken_out_is_work_for_the_index);
  TEST ("new-waits", test_what_is_new_waits_until_somebody_searches);
  TEST ("many-wait", test_what_waits_beyond_a_few_hundred_is_said_to_be_missing);
  TEST ("waits-over-a-restart", test_what_waits_is_found_after_the_next_start);
  TEST ("after-a-deleted-message", test_what_comes_after_a_deleted_message_is_indexed);
  TEST ("another-content", test_another_content_has_other_words);
  TEST ("modified", test_what_was_modified_is_found_by_its_new_words);
  TEST ("revoked", test_what_was_revoked_is_found_by_nothing);
  TEST ("no-message-without-words", test_no_message_goes_without_its_words);
  TEST ("sees-what-was-committed", test_searches_see_what_was_committed);
  TEST ("closed-store-answers", test_a_closed_store_answers_its_searches);
  TEST ("cancelled", test_a_search_can_be_cancelled_and_the_next_one_goes_on);
  TEST ("imports-by-time", test_imports_take_their_place_by_time);
  TEST ("imports-once", test_an_import_is_not_made_twice);
#undef TEST
  return g_test_run ();
}
