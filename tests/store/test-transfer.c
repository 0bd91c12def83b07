/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered of files that were sent, and of files that have come in part. */
#include "store-fixture.h"

#include "im-elem.h"
#include "im-loop.h"

#define DAY_S (24 * 3600)

static void
test_a_file_is_found_by_all_that_makes_it_the_same (void)
{
  static const struct
  {
    const char *sha256;
    guint64 size;
    const char *name, *type;
    gint64 since_s;
    gboolean is_found;
  } rows[] = {
    { "s1", 10, "a", "t/t", 1000, TRUE }, { "s2", 10, "a", "t/t", 0, FALSE },
    { "s1", 11, "a", "t/t", 0, FALSE },   { "s1", 10, "b", "t/t", 0, FALSE },
    { "s1", 10, "a", "t/x", 0, FALSE },   { "s1", 10, "a", "t/t", 1001, FALSE },
  };
  g_autoptr (ImStore) store = store_open_memory ();

  g_assert_true (im_store_upload_add (store, "s1", 10, "a", "t/t", "https://u", 1000, 0, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = im_store_upload_find (store, rows[i].sha256, rows[i].size,
                                                   rows[i].name, rows[i].type, rows[i].since_s);

      g_assert_cmpstr (url, ==, rows[i].is_found ? "https://u" : NULL);
    }
}

static void
test_the_newest_address_counts_and_old_ones_are_forgotten (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autofree char *newest = NULL;
  g_autofree char *old = NULL;
  g_autofree char *gone = NULL;

  g_assert_true (im_store_upload_add (store, "s1", 10, "a", "t/t", "https://1", 1000, 0, NULL));
  g_assert_true (im_store_upload_add (store, "s2", 10, "a", "t/t", "https://2", 1000, 0, NULL));
  g_assert_true (
      im_store_upload_add (store, "s1", 10, "a", "t/t", "https://3", 1000 + DAY_S, 1001, NULL));
  newest = im_store_upload_find (store, "s1", 10, "a", "t/t", 0);
  g_assert_cmpstr (newest, ==, "https://3");
  old = im_store_upload_find (store, "s2", 10, "a", "t/t", 0);
  g_assert_null (old);
  g_assert_true (im_store_upload_forget (store, "https://3", NULL));
  gone = im_store_upload_find (store, "s1", 10, "a", "t/t", 0);
  g_assert_null (gone);
}

static void
test_a_part_is_known_until_it_is_removed_or_too_old (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autofree char *url = NULL;
  g_autofree char *validator = NULL;

  g_assert_false (im_store_download_get (store, "a", &url, &validator));
  g_assert_true (im_store_download_set (store, "a", "https://1", "v1", 1000, 0, NULL));
  g_assert_true (im_store_download_set (store, "a", "https://2", "v2", 1001, 0, NULL));
  g_assert_true (im_store_download_get (store, "a", &url, &validator));
  g_assert_cmpstr (url, ==, "https://2");
  g_assert_cmpstr (validator, ==, "v2");
  g_assert_true (im_store_download_set (store, "b", "https://3", "v3", 9000, 1002, NULL));
  g_assert_false (im_store_download_get (store, "a", &url, &validator));
  g_assert_true (im_store_download_remove (store, "b", NULL));
  g_assert_false (im_store_download_get (store, "b", &url, &validator));
}

/* sha256 is nullable: its sender claims nothing. */
static void
add_file (ImStore *store, const char *name, const char *url, const char *sha256)
{
  g_autoptr (ImMsg) msg = im_json_new (&im_msg_type);
  ImFileElem *elem = im_json_new (&im_file_elem_type);
  ImStoreMessage in = { .msg = msg };

  im_json_set_str (&elem->file_name, name);
  im_json_set_str (&elem->url, url);
  im_json_set_str (&elem->sha256, sha256);
  msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, elem);
  msg->conv_id = g_strdup (BOB);
  msg->conv_type = IM_CONV_C2C;
  msg->sender = g_strdup (BOB);
  msg->status = IM_MSG_SEND_SUCC;
  g_assert_true (im_store_message_add (store, &in, IM_STORE_NEWEST, NULL, NULL, NULL, NULL));
}

static void
assert_file (ImStore *store, const char *url, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMsg) msg = im_store_message_find_file (store, url, &error);

  g_assert_no_error (error);
  g_assert_cmpint (msg != NULL, ==, name != NULL);
  if (msg != NULL)
    g_assert_cmpstr (((ImFileElem *) g_ptr_array_index (msg->elems, 0))->file_name, ==, name);
}

static void
test_a_sum_is_found_by_the_address_it_is_claimed_for (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  assert_file (store, "https://1", NULL);
  add_file (store, "old", "https://1", "s1");
  add_file (store, "new", "https://1", "s2");
  add_file (store, "other", "https://2", "s3");
  add_file (store, "unclaimed", "https://1", NULL);
  add_file (store, "unclaimed", "https://3", NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "https://1 https://4"), NULL);
  assert_file (store, "https://1", "new");
  assert_file (store, "https://2", "other");
  assert_file (store, "https://3", NULL);
  assert_file (store, "https://4", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(name) g_test_add_func ("/store/transfer/" #name, test_##name)
  TEST (a_file_is_found_by_all_that_makes_it_the_same);
  TEST (the_newest_address_counts_and_old_ones_are_forgotten);
  TEST (a_part_is_known_until_it_is_removed_or_too_old);
  TEST (a_sum_is_found_by_the_address_it_is_claimed_for);
#undef TEST
  return g_test_run ();
}
