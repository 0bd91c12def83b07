/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations, drafts, archive positions, small things by name. */
#include "store-fixture.h"

#include "im-loop.h"

static char *
list_names (ImStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = im_store_conversation_list (store, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const ImConv *conv = g_ptr_array_index (list, i);

      g_string_append_printf (names, "%s%s:%s:%" G_GUINT64_FORMAT, i > 0 ? " " : "", conv->id,
                              conv->last_msg != NULL ? msg_text (conv->last_msg) : "-",
                              conv->unread_num);
    }
  return g_string_free (names, FALSE);
}

#define assert_list(store, expected)                                                               \
  do                                                                                               \
    {                                                                                              \
      g_autofree char *names_ = list_names (store);                                                \
      g_assert_cmpstr (names_, ==, expected);                                                      \
    }                                                                                              \
  while (0)

static ImDraft *
draft_new (const char *words, gint64 time)
{
  ImDraft *draft = im_json_new (&im_draft_type);

  im_json_set_str (&draft->user_define, words);
  draft->edit_time = time;
  return draft;
}

static void
test_the_most_recent_stands_first_with_last_line_and_count (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b1", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c1", .conv = CAROL, .time = 200), NULL);
  assert_list (store, "carol:c1:1 bob:b1:1");
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b2", .time = 300), NULL);
  assert_list (store, "bob:b2:2 carol:c1:1");
  /* History above it changes neither order nor last line. */
  store_add (store, IM_STORE_OLDEST, GIVEN (.text = "c0", .conv = CAROL, .time = 50, .read = TRUE),
             NULL);
  assert_list (store, "bob:b2:2 carol:c1:1");
  store_report_read_all (store, BOB);
  assert_list (store, "bob:b2:0 carol:c1:1");
}

/* The names of a page, then a blank and whether more follows. */
static char *
page_names (ImStore *store, const ImStoreFilter *filter, guint count, guint64 *from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page
      = im_store_conversation_page (store, filter, *from, count, from, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < page->len; i++)
    g_string_append_printf (names, "%s,", ((const ImConv *) page->pdata[i])->id);
  g_string_append (names, *from != 0 ? " more" : " end");
  return g_string_free (names, FALSE);
}

#define assert_page(store, filter, count, from, expected)                                          \
  do                                                                                               \
    {                                                                                              \
      g_autofree char *names_ = page_names (store, filter, count, from);                           \
      g_assert_cmpstr (names_, ==, expected);                                                      \
    }                                                                                              \
  while (0)

static void
test_pages_are_the_list_in_parts (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  static const char *const names[] = { "ann", "bea", "cat", "dan", "eve" };
  guint64 from = 0;

  /* Two in the same second: the one that was made later stands first, in pages as in the list. */
  for (guint64 i = 0; i < G_N_ELEMENTS (names); i++)
    store_add (store, IM_STORE_NEWEST, GIVEN (.text = "x", .conv = names[i], .time = 100 + i / 2),
               NULL);
  assert_list (store, "eve:x:1 dan:x:1 cat:x:1 bea:x:1 ann:x:1");
  assert_page (store, &IM_STORE_NO_FILTER, 2, &from, "eve,dan, more");
  /* What moves up meanwhile is not told twice, and nothing is left out. */
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "y", .conv = "dan", .time = 200), NULL);
  assert_page (store, &IM_STORE_NO_FILTER, 2, &from, "cat,bea, more");
  assert_page (store, &IM_STORE_NO_FILTER, 2, &from, "ann, end");
  assert_page (store, &IM_STORE_NO_FILTER, 5, &from, "dan,eve,cat,bea,ann, end");
  from = 1;
  assert_page (store, &IM_STORE_NO_FILTER, 5, &from, " end");
  from = G_MAXUINT64;
  assert_page (store, &IM_STORE_NO_FILTER, 1, &from, "dan, more");
}

static void
test_a_page_has_only_what_was_asked_for (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  guint64 from = 0;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "1", .conv = "ann", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "2", .conv = "bea", .time = 101, .read = TRUE),
             NULL);
  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "3", .conv = "walkers", .conv_type = IM_CONV_GROUP, .time = 102), NULL);
  assert_page (store, (&(const ImStoreFilter){ IM_CONV_C2C, -1, FALSE, 0 }), 1, &from, "bea, more");
  assert_page (store, (&(const ImStoreFilter){ IM_CONV_C2C, -1, FALSE, 0 }), 1, &from, "ann, end");
  assert_page (store, (&(const ImStoreFilter){ 0, 1, FALSE, 0 }), 9, &from, "walkers,ann, end");
  assert_page (store, (&(const ImStoreFilter){ 0, 0, FALSE, 0 }), 9, &from, "bea, end");
  assert_page (store, (&(const ImStoreFilter){ IM_CONV_GROUP, 0, FALSE, 0 }), 9, &from, " end");
}

static void
set (ImStore *store, const char *id, ImConvSettings settings)
{
  g_assert_true (im_store_settings_set (store, IM_CONV_C2C, id, &settings, NULL));
}

static void
test_pinned_ones_come_first (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImConv) conv = NULL;
  guint64 from = 0;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "1", .conv = "ann", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "2", .conv = "bea", .time = 101), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "3", .conv = "cat", .time = 102), NULL);
  set (store, "ann", (ImConvSettings){ .is_pinned = TRUE });
  set (store, "bea", (ImConvSettings){ .is_pinned = TRUE });
  assert_page (store, &IM_STORE_NO_FILTER, 1, &from, "bea, more");
  assert_page (store, &IM_STORE_NO_FILTER, 1, &from, "ann, more");
  assert_page (store, &IM_STORE_NO_FILTER, 1, &from, "cat, end");
  set (store, "ann", (ImConvSettings){ 0 });
  assert_page (store, &IM_STORE_NO_FILTER, 9, &from, "bea,cat,ann, end");
  conv = im_store_conversation_get (store, IM_CONV_C2C, "bea", NULL);
  g_assert_true (conv->is_pinned);
  g_assert_null (conv->marks);
}

static void
test_a_page_has_the_marks_that_were_asked_for (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImConv) conv = NULL;
  guint64 from = 0;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "1", .conv = "ann", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "2", .conv = "bea", .time = 101), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "3", .conv = "cat", .time = 102), NULL);
  set (store, "ann", (ImConvSettings){ .marks = IM_CONV_MARK_STAR | IM_CONV_MARK_FOLD });
  set (store, "bea", (ImConvSettings){ .marks = G_GUINT64_CONSTANT (1) << 63 });
  assert_page (store, (&(const ImStoreFilter){ 0, -1, TRUE, IM_CONV_MARK_STAR }), 9, &from,
               "ann, end");
  assert_page (store, (&(const ImStoreFilter){ 0, -1, TRUE, IM_CONV_MARK_HIDE }), 9, &from, " end");
  assert_page (store, (&(const ImStoreFilter){ 0, -1, TRUE, 0 }), 9, &from, "cat, end");
  conv = im_store_conversation_get (store, IM_CONV_C2C, "ann", NULL);
  g_assert_cmpuint (conv->marks->len, ==, 2);
  g_assert_cmpint (g_array_index (conv->marks, gint64, 0), ==, IM_CONV_MARK_STAR);
  g_assert_cmpint (g_array_index (conv->marks, gint64, 1), ==, IM_CONV_MARK_FOLD);
  g_clear_pointer (&conv, im_json_unref);
  conv = im_store_conversation_get (store, IM_CONV_C2C, "bea", NULL);
  g_assert_cmpint (g_array_index (conv->marks, gint64, 0), ==, G_MININT64);
}

static void
assert_total (ImStore *store, guint64 expected)
{
  guint64 total = 99;

  g_assert_true (im_store_unread_total (store, &total, NULL));
  g_assert_cmpuint (total, ==, expected);
}

static void
test_what_is_muted_or_deleted_is_not_counted (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  assert_total (store, 0);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "1", .conv = "ann", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "2", .conv = "ann", .time = 101), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "3", .conv = "bea", .time = 102), NULL);
  assert_total (store, 3);
  set (store, "ann", (ImConvSettings){ .recv_opt = IM_RECV_OPT_NOT_NOTIFY });
  assert_total (store, 1);
  set (store, "ann", (ImConvSettings){ 0 });
  assert_total (store, 3);
  g_assert_true (im_store_conversation_delete (store, IM_CONV_C2C, "ann", NULL, NULL));
  assert_total (store, 1);
}

/* The first that other devices were not told, as "bob 2 changes". */
static void
assert_unsaid (ImStore *store, const char *expected, ImStoreUnsaid *ret_unsaid)
{
  g_autofree char *text = NULL;

  g_assert_true (im_store_settings_unsaid (store, 0, ret_unsaid, NULL));
  text = ret_unsaid->row_id != 0
             ? g_strdup_printf ("%s %" G_GINT64_FORMAT, ret_unsaid->conv_id, ret_unsaid->changes)
             : g_strdup ("none");
  g_assert_cmpstr (text, ==, expected);
  g_free (ret_unsaid->conv_id);
}

static void
test_what_was_changed_meanwhile_is_not_said_yet (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  ImConvSettings other = { .marks = IM_CONV_MARK_HIDE };
  ImStoreUnsaid first, second;
  gboolean changed = TRUE;

  assert_unsaid (store, "none", &first);
  set (store, BOB, (ImConvSettings){ .is_pinned = TRUE });
  assert_unsaid (store, "bob 1", &first);
  set (store, BOB, (ImConvSettings){ .marks = IM_CONV_MARK_STAR });
  g_assert_true (im_store_settings_said (store, &first, NULL));
  assert_unsaid (store, "bob 2", &second);
  g_assert_true (im_store_settings_take (store, IM_CONV_C2C, BOB, &other, &changed, NULL));
  g_assert_false (changed);
  g_assert_true (im_store_settings_said (store, &second, NULL));
  assert_unsaid (store, "none", &first);
  g_assert_true (im_store_settings_take (store, IM_CONV_C2C, BOB, &other, &changed, NULL));
  g_assert_true (changed);
  g_assert_true (im_store_settings_take (store, IM_CONV_C2C, BOB, &other, &changed, NULL));
  g_assert_false (changed);
  assert_unsaid (store, "none", &first);
}

static void
test_settings_are_there_before_the_conversation_and_after_it (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  ImConvSettings settings;
  guint64 from = 0;

  g_assert_true (im_store_settings_get (store, IM_CONV_C2C, BOB, &settings, NULL));
  g_assert_cmpint (settings.recv_opt, ==, IM_RECV_OPT_RECEIVE);
  set (store, BOB, (ImConvSettings){ .recv_opt = IM_RECV_OPT_NOT_RECEIVE, .marks = 3 });
  assert_page (store, &IM_STORE_NO_FILTER, 9, &from, " end");
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "1", .time = 100), NULL);
  assert_page (store, &IM_STORE_NO_FILTER, 9, &from, "bob, end");
  assert_total (store, 0);
  g_assert_true (im_store_conversation_delete (store, IM_CONV_C2C, BOB, NULL, NULL));
  g_assert_true (im_store_settings_get (store, IM_CONV_C2C, BOB, &settings, NULL));
  g_assert_cmpint (settings.recv_opt, ==, IM_RECV_OPT_NOT_RECEIVE);
  g_assert_cmpuint (settings.marks, ==, 3);
}

static void
test_a_draft_of_any_time_has_a_place (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImDraft) ahead = draft_new ("from another clock", G_MAXINT64);
  g_autoptr (ImDraft) before = draft_new ("long ago", G_MININT64);
  guint64 from = 0;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "1", .conv = "ann", .time = 100), NULL);
  g_assert_true (im_store_draft_set (store, IM_CONV_C2C, BOB, ahead, NULL, NULL));
  g_assert_true (im_store_draft_set (store, IM_CONV_C2C, CAROL, before, NULL, NULL));
  assert_page (store, &IM_STORE_NO_FILTER, 1, &from, "bob, more");
  assert_page (store, &IM_STORE_NO_FILTER, 1, &from, "ann, more");
  assert_page (store, &IM_STORE_NO_FILTER, 1, &from, "carol, end");
}

static void
test_a_new_one_is_told_once (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  gboolean created = FALSE;
  g_autoptr (ImConv) conv = NULL;

  g_assert_true (im_store_conversation_create (store, IM_CONV_C2C, BOB, &created, NULL));
  g_assert_true (created);
  g_assert_true (im_store_conversation_create (store, IM_CONV_C2C, BOB, &created, NULL));
  g_assert_false (created);
  conv = im_store_conversation_get (store, IM_CONV_C2C, BOB, NULL);
  g_assert_false (conv->has_last_msg);
  g_assert_cmpuint (conv->active_time, >, 0);
  g_assert_null (im_store_conversation_get (store, IM_CONV_GROUP, BOB, NULL));
}

static void
test_a_deleted_one_comes_back_with_a_new_message_only (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  gboolean existed = FALSE;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .time = 100, .archive = "1"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 200, .archive = "2"), NULL);
  g_assert_true (im_store_conversation_delete (store, IM_CONV_C2C, BOB, &existed, NULL));
  g_assert_true (existed);
  assert_list (store, "");
  g_assert_true (im_store_conversation_delete (store, IM_CONV_C2C, BOB, &existed, NULL));
  g_assert_false (existed);
  /* The archive: what was here, and what is older still. */
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 200, .archive = "2"), NULL);
  store_add (store, IM_STORE_OLDEST, GIVEN (.text = "z", .time = 50, .archive = "0"), NULL);
  assert_list (store, "");
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .time = 300, .archive = "3"), NULL);
  assert_list (store, "bob:c:1");
}

static void
test_a_clock_that_is_ahead_hides_no_new_message (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  /* An own message bears this machine's time, a day ahead of the server's. */
  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "mine", .own = TRUE, .origin = "o", .time = 100000 + 86400), NULL);
  g_assert_true (im_store_conversation_delete (store, IM_CONV_C2C, BOB, NULL, NULL));
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "news", .time = 100060, .archive = "9"), NULL);
  assert_list (store, "bob:news:1");
}

static void
test_cleared_it_stays_in_the_list_empty (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) own = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "b", .time = 100, .own = TRUE, .origin = "o", .status = IM_MSG_SENDING),
             &own);
  g_assert_true (im_store_messages_clear (store, IM_CONV_C2C, BOB, NULL));
  assert_list (store, "bob:-:0");
  g_assert_cmpuint (store_n_outbox (store), ==, 0);
}

static void
test_a_draft_survives_and_lifts_its_conversation (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  ImStore *store = store_open (dir);
  g_autoptr (ImDraft) draft = draft_new ("half a thought", 500);
  g_autoptr (ImConv) conv = NULL;
  gboolean flag = FALSE;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .conv = CAROL, .time = 200), NULL);
  g_assert_true (im_store_draft_set (store, IM_CONV_C2C, BOB, draft, &flag, NULL));
  g_assert_false (flag);
  im_store_close (store);
  store = store_open (dir);
  assert_list (store, "bob:b:1 carol:c:1");
  conv = im_store_conversation_get (store, IM_CONV_C2C, BOB, NULL);
  g_assert_true (conv->has_draft);
  g_assert_cmpstr (conv->draft->user_define, ==, "half a thought");
  g_assert_cmpint (conv->draft->edit_time, ==, 500);
  g_assert_true (im_store_draft_clear (store, IM_CONV_C2C, BOB, &flag, NULL));
  g_assert_true (flag);
  g_assert_true (im_store_draft_clear (store, IM_CONV_C2C, BOB, &flag, NULL));
  g_assert_false (flag);
  assert_list (store, "carol:c:1 bob:b:1");
  im_store_close (store);
}

static void
test_a_draft_makes_a_conversation (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImDraft) draft = draft_new ("hello", 500);
  gboolean created = FALSE;

  g_assert_true (im_store_draft_set (store, IM_CONV_C2C, BOB, draft, &created, NULL));
  g_assert_true (created);
  assert_list (store, "bob:-:0");
  /* It goes with its conversation. */
  g_assert_true (im_store_conversation_delete (store, IM_CONV_C2C, BOB, NULL, NULL));
  g_assert_true (im_store_conversation_create (store, IM_CONV_C2C, BOB, NULL, NULL));
  {
    g_autoptr (ImConv) conv = im_store_conversation_get (store, IM_CONV_C2C, BOB, NULL);

    g_assert_false (conv->has_draft);
  }
}

static void
test_an_archive_position_keeps_what_is_not_told (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autofree char *newest = NULL;
  g_autofree char *oldest = NULL;
  gboolean complete = TRUE;

  g_assert_true (im_store_archive_get (store, "", &newest, &oldest, &complete, NULL));
  g_assert_null (newest);
  g_assert_null (oldest);
  g_assert_false (complete);
  g_assert_true (im_store_archive_set (store, "", "n1", "o1", FALSE, NULL));
  g_assert_true (im_store_archive_set (store, "", "n2", NULL, TRUE, NULL));
  g_assert_true (im_store_archive_set (store, "bob@example.org", NULL, "x", FALSE, NULL));
  g_assert_true (im_store_archive_get (store, "", &newest, &oldest, &complete, NULL));
  g_assert_cmpstr (newest, ==, "n2");
  g_assert_cmpstr (oldest, ==, "o1");
  g_assert_true (complete);
}

static void
test_the_oldest_archive_id_is_that_of_the_oldest_that_has_one (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autofree char *none = im_store_oldest_archive_id (store, IM_CONV_C2C, BOB);
  g_autofree char *id = NULL;

  g_assert_null (none);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .archive = "1"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .archive = "2"), NULL);
  id = im_store_oldest_archive_id (store, IM_CONV_C2C, BOB);
  g_assert_cmpstr (id, ==, "1");
}

static void
test_small_things_are_kept_by_name (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  ImStore *store = store_open (dir);
  g_autofree char *value = NULL;
  g_autofree char *gone = NULL;

  g_assert_null (im_store_kv_get (store, "k"));
  g_assert_true (im_store_kv_set (store, "k", "one", NULL));
  g_assert_true (im_store_kv_set (store, "k", "two\nlines ü", NULL));
  im_store_close (store);
  store = store_open (dir);
  value = im_store_kv_get (store, "k");
  g_assert_cmpstr (value, ==, "two\nlines ü");
  g_assert_true (im_store_kv_set (store, "k", NULL, NULL));
  gone = im_store_kv_get (store, "k");
  g_assert_null (gone);
  im_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func) g_test_add_func ("/store/conversation/" path, func)
  TEST ("pinned-first", test_pinned_ones_come_first);
  TEST ("page-of-marks", test_a_page_has_the_marks_that_were_asked_for);
  TEST ("unread-total", test_what_is_muted_or_deleted_is_not_counted);
  TEST ("settings-unsaid", test_what_was_changed_meanwhile_is_not_said_yet);
  TEST ("settings-without-conversation",
        test_settings_are_there_before_the_conversation_and_after_it);
  TEST ("most-recent-first", test_the_most_recent_stands_first_with_last_line_and_count);
  TEST ("pages", test_pages_are_the_list_in_parts);
  TEST ("pages-filtered", test_a_page_has_only_what_was_asked_for);
  TEST ("pages-drafts-of-any-time", test_a_draft_of_any_time_has_a_place);
  TEST ("new-one-is-told-once", test_a_new_one_is_told_once);
  TEST ("deleted-comes-back-with-news-only", test_a_deleted_one_comes_back_with_a_new_message_only);
  TEST ("clock-ahead-hides-nothing", test_a_clock_that_is_ahead_hides_no_new_message);
  TEST ("cleared-stays-in-the-list", test_cleared_it_stays_in_the_list_empty);
  TEST ("draft-survives", test_a_draft_survives_and_lifts_its_conversation);
  TEST ("draft-makes-a-conversation", test_a_draft_makes_a_conversation);
  TEST ("archive-position", test_an_archive_position_keeps_what_is_not_told);
  TEST ("oldest-archive-id", test_the_oldest_archive_id_is_that_of_the_oldest_that_has_one);
  TEST ("small-things-by-name", test_small_things_are_kept_by_name);
#undef TEST
  return g_test_run ();
}
