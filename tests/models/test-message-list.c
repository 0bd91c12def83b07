/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"
#include "im-elem.h"
#include "im-enums.h"
#include "im-msg.h"
#include "linnet-error.h"
#include "linnet-message-list-private.h"
#include "linnet-message-private.h"
#include "models-test.h"

#include <string.h>

#define T0 G_GINT64_CONSTANT (1747224000) /* noon of a Wednesday, UTC */
#define DAY (24 * 60 * 60)

typedef struct
{
  FakeBackend *backend;
  LinnetMessageList *list;
} Fixture;

static void
load (Fixture *f)
{
  f->list = linnet_message_list_new (LINNET_BACKEND (f->backend), LINNET_CONVERSATION_SINGLE, "bob",
                                     "Bob");
  wait_until (linnet_message_list_get_is_loaded (f->list));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->backend = fake_backend_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  settle_down ();
  g_assert_finalize_object (f->list);
  g_assert_finalize_object (f->backend);
}

static LinnetMessage *
at (Fixture *f, guint position)
{
  return linnet_message_list_get (f->list, position);
}

static void
merge_one (Fixture *f, ImMsg *msg)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, msg);
  linnet_message_list_merge (f->list, one);
}

/* The texts of all rows, joined. */
static char *
texts (Fixture *f)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < linnet_message_list_get_n_items (f->list); i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", linnet_message_get_text (at (f, i)));
  return g_string_free (all, FALSE);
}

#define assert_texts(f, expected)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_texts = texts (f);                                                      \
    g_assert_cmpstr (found_texts, ==, expected);                                                   \
  }                                                                                                \
  G_STMT_END

static void
test_pages (Fixture *f, gconstpointer data)
{
  GString *log = NULL;

  fake_backend_add_history (f->backend, "bob", 70, T0);
  load (f);
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, 30);
  g_assert_false (linnet_message_list_get_at_start (f->list));
  g_assert_cmpstr (linnet_message_get_text (at (f, 29)), ==, "message 69");
  log = watch_items (f->list);
  linnet_message_list_load_older (f->list);
  linnet_message_list_load_older (f->list); /* one at a time */
  wait_until (linnet_message_list_get_load_state (f->list) == LINNET_LOAD_IDLE);
  g_assert_cmpstr (log->str, ==, "0,0,30");
  linnet_message_list_load_older (f->list);
  wait_until (linnet_message_list_get_at_start (f->list));
  g_assert_cmpstr (log->str, ==, "0,0,30 0,0,10");
  g_assert_cmpstr (linnet_message_get_text (at (f, 0)), ==, "message 0");
  linnet_message_list_load_older (f->list);
  g_assert_cmpint (linnet_message_list_get_load_state (f->list), ==, LINNET_LOAD_IDLE);
}

static void
test_a_file_is_said_with_name_and_size (Fixture *f, gconstpointer data)
{
  ImMsg *msg = fake_backend_add_message (f->backend, "bob", "bob", "", T0);
  ImFileElem *elem = im_json_new (&im_file_elem_type);
  g_autofree char *size = g_format_size (2100000);
  g_autofree char *text = g_strdup_printf ("File\nreport.pdf · %s\nhttps://example.org/r", size);

  elem->base.type = IM_ELEM_FILE;
  elem->file_name = g_strdup ("report.pdf");
  elem->file_size = 2100000;
  elem->url = g_strdup ("https://example.org/r");
  g_ptr_array_set_size (msg->elems, 0);
  g_ptr_array_add (msg->elems, elem);
  load (f);
  g_assert_cmpstr (linnet_message_get_text (at (f, 0)), ==, text);
}

static void
test_load_fails_and_is_tried_again (Fixture *f, gconstpointer data)
{
  fake_backend_add_history (f->backend, "bob", 40, T0);
  load (f);
  fake_backend_fail_load (f->backend);
  linnet_message_list_load_older (f->list);
  wait_until (linnet_message_list_get_load_state (f->list) == LINNET_LOAD_FAILED);
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, 30);
  linnet_message_list_load_older (f->list);
  wait_until (linnet_message_list_get_at_start (f->list));
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, 40);
}

static void
test_merge_is_one_change (Fixture *f, gconstpointer data)
{
  GString *log = NULL;
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();

  fake_backend_add_history (f->backend, "bob", 3, T0);
  load (f);
  for (guint i = 0; i < 500; i++)
    g_ptr_array_add (batch, fake_backend_add_message (f->backend, "bob", "bob", "new", T0 + i));
  log = watch_items (f->list);
  linnet_message_list_merge (f->list, batch);
  g_assert_cmpstr (log->str, ==, "3,0,500");
  linnet_message_list_merge (f->list, batch);
  g_assert_cmpstr (log->str, ==, "3,0,500");
}

static void
test_first_page_joins_what_came_meanwhile (Fixture *f, gconstpointer data)
{
  ImMsg *msg;

  fake_backend_add_history (f->backend, "bob", 2, T0);
  f->list = linnet_message_list_new (LINNET_BACKEND (f->backend), LINNET_CONVERSATION_SINGLE, "bob",
                                     "Bob");
  msg = fake_backend_add_message (f->backend, "bob", "bob", "live", T0 + 10);
  merge_one (f, msg);
  wait_until (linnet_message_list_get_is_loaded (f->list));
  assert_texts (f, "message 0|message 1|live");
}

static ImMsg *
make_echo (const char *custom_str, gint64 time)
{
  ImMsg *msg = im_json_new (&im_msg_type);

  im_json_set_str (&msg->conv_id, "bob");
  msg->conv_type = LINNET_CONVERSATION_SINGLE;
  im_json_set_str (&msg->sender, "alice");
  msg->is_from_self = TRUE;
  msg->is_read = TRUE;
  msg->status = IM_MSG_SENDING;
  msg->client_time = (guint64) time;
  im_json_set_str (&msg->custom_str, custom_str);
  return msg;
}

static ImMsg *
make_sent (const ImMsg *echo, gint64 time)
{
  ImMsg *msg = im_json_copy (echo);

  msg->status = IM_MSG_SEND_SUCC;
  msg->server_time = (guint64) time;
  msg->unique_id = 4711;
  return msg;
}

static void
test_echo_keeps_its_row (Fixture *f, gconstpointer data)
{
  g_autoptr (ImMsg) echo = make_echo ("linnet:1", T0);
  g_autoptr (ImMsg) sent = make_sent (echo, T0 + 1);
  GString *log = NULL;
  LinnetMessage *row;

  fake_backend_add_history (f->backend, "bob", 2, T0);
  load (f);
  row = linnet_message_list_append (f->list, echo);
  g_assert_cmpint (linnet_message_get_state (row), ==, LINNET_MESSAGE_WAITING);
  log = watch_items (f->list);
  merge_one (f, sent);
  g_assert_cmpstr (log->str, ==, "");
  g_assert_true (at (f, 2) == row);
  g_assert_cmpint (linnet_message_get_state (row), ==, LINNET_MESSAGE_SENT);
  g_assert_cmpstr (linnet_message_get_state_word (row), ==, "Sent");
}

/* What was received while a message waited for the connection stands above it once it is sent. */
static void
test_waiting_moves_down_when_sent (Fixture *f, gconstpointer data)
{
  g_autoptr (ImMsg) echo = make_echo ("linnet:1", T0);
  g_autoptr (ImMsg) sent = make_sent (echo, T0 + 600);
  LinnetMessage *row;

  load (f);
  row = linnet_message_list_append (f->list, echo);
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "meanwhile", T0 + 60));
  g_assert_true (at (f, 0) == row);
  merge_one (f, sent);
  g_assert_true (at (f, 1) == row);
}

static void
test_late_message_finds_its_place (Fixture *f, gconstpointer data)
{
  load (f);
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "one", T0));
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "three", T0 + 100));
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "two", T0 + 50));
  assert_texts (f, "one|two|three");
}

static void
test_groups (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *sender;
    gint64 time;
    gboolean starts, ends, day;
  } rows[] = {
    { "bob", T0 - DAY, TRUE, TRUE, TRUE },   { "bob", T0, TRUE, FALSE, TRUE },
    { "bob", T0 + 300, FALSE, TRUE, FALSE }, { "bob", T0 + 601, TRUE, TRUE, FALSE },
    { NULL, T0 + 602, TRUE, FALSE, FALSE },  { NULL, T0 + 603, FALSE, TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    fake_backend_add_message (f->backend, "bob", rows[i].sender, "x", rows[i].time);
  load (f);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (linnet_message_get_starts_group (at (f, i)), ==, rows[i].starts);
      g_assert_cmpint (linnet_message_get_ends_group (at (f, i)), ==, rows[i].ends);
      g_assert_cmpint (linnet_message_get_shows_meta (at (f, i)), ==, rows[i].ends);
      g_assert_cmpint (linnet_message_get_day_label (at (f, i)) != NULL, ==, rows[i].day);
    }
}

/* Groups come out the same however the rows arrived. */
static void
test_groups_after_pages (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 60; i++)
    fake_backend_add_message (f->backend, "bob", "bob", "x", T0 + 10 * (gint64) i);
  load (f);
  g_assert_true (linnet_message_get_starts_group (at (f, 0)));
  g_assert_nonnull (linnet_message_get_day_label (at (f, 0)));
  linnet_message_list_load_older (f->list);
  wait_until (linnet_message_list_get_n_items (f->list) == 60);
  g_assert_false (linnet_message_get_starts_group (at (f, 30)));
  g_assert_null (linnet_message_get_day_label (at (f, 30)));
  g_assert_true (linnet_message_get_starts_group (at (f, 0)));
  g_assert_false (linnet_message_get_ends_group (at (f, 29)));
}

static void
test_failed_breaks_the_group (Fixture *f, gconstpointer data)
{
  g_autoptr (ImMsg) echo = make_echo ("linnet:1", T0 + 1);
  LinnetMessage *row;

  fake_backend_add_message (f->backend, "bob", NULL, "before", T0);
  load (f);
  row = linnet_message_list_append (f->list, echo);
  g_assert_false (linnet_message_get_starts_group (row));
  linnet_message_list_set_failed (f->list, row, 8001, "too long");
  g_assert_true (linnet_message_get_starts_group (row));
  g_assert_true (linnet_message_get_ends_group (at (f, 0)));
  g_assert_cmpstr (linnet_message_get_failure (row), ==, "the message is too long.");
}

static void
test_receipts (Fixture *f, gconstpointer data)
{
  fake_backend_add_message (f->backend, "bob", NULL, "a", T0);
  fake_backend_add_message (f->backend, "bob", NULL, "b", T0 + 1);
  fake_backend_add_message (f->backend, "bob", NULL, "c", T0 + 2);
  load (f);
  linnet_message_list_set_peer_read (f->list, T0);
  g_assert_cmpint (linnet_message_get_state (at (f, 0)), ==, LINNET_MESSAGE_READ);
  g_assert_true (linnet_message_get_shows_state_word (at (f, 0)));
  g_assert_true (linnet_message_get_shows_meta (at (f, 0)));
  linnet_message_list_set_peer_read (f->list, T0 + 1);
  g_assert_false (linnet_message_get_shows_state_word (at (f, 0)));
  g_assert_true (linnet_message_get_shows_state_word (at (f, 1)));
  g_assert_cmpint (linnet_message_get_state (at (f, 2)), ==, LINNET_MESSAGE_SENT);
}

static void
test_divider_stays (Fixture *f, gconstpointer data)
{
  LinnetMessage *first;

  fake_backend_add_history (f->backend, "bob", 10, T0); /* even: bob's, odd: own */
  load (f);
  linnet_message_list_set_divider (f->list, 2);
  first = linnet_message_list_get_first_unread (f->list);
  g_assert_true (first == at (f, 6));
  g_assert_true (linnet_message_get_is_first_unread (first));
  g_assert_true (linnet_message_get_starts_group (first));
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "new", T0 + 60));
  linnet_message_list_mark_read (f->list, NULL);
  g_assert_true (linnet_message_list_get_first_unread (f->list) == first);
  linnet_message_list_set_divider (f->list, 0);
  g_assert_null (linnet_message_list_get_first_unread (f->list));
  g_assert_false (linnet_message_get_is_first_unread (first));
}

static void
test_divider_waits_for_pages (Fixture *f, gconstpointer data)
{
  fake_backend_add_history (f->backend, "bob", 100, T0);
  load (f);
  linnet_message_list_set_divider (f->list, 40);
  wait_until (linnet_message_list_get_first_unread (f->list) != NULL);
  g_assert_cmpstr (linnet_message_get_text (linnet_message_list_get_first_unread (f->list)), ==,
                   "message 20");
}

static void
test_unread (Fixture *f, gconstpointer data)
{
  load (f);
  for (guint i = 0; i < 3; i++)
    fake_backend_add_message (f->backend, "bob", "bob", "x", T0 + i)->is_read = FALSE;
  g_object_unref (f->list);
  load (f);
  g_assert_cmpuint (linnet_message_list_get_unread_below (f->list), ==, 3);
  g_assert_cmpuint (linnet_message_list_mark_read (f->list, at (f, 1)), ==, 2);
  g_assert_cmpuint (linnet_message_list_get_unread_below (f->list), ==, 1);
  g_assert_cmpuint (linnet_message_list_mark_read (f->list, at (f, 1)), ==, 0);
  g_assert_cmpuint (linnet_message_list_mark_read (f->list, NULL), ==, 1);
}

static void
test_window (Fixture *f, gconstpointer data)
{
  fake_backend_add_history (f->backend, "bob", 2100, T0);
  load (f);
  while (linnet_message_list_get_at_end (f->list))
    {
      linnet_message_list_load_older (f->list);
      wait_until (linnet_message_list_get_load_state (f->list) == LINNET_LOAD_IDLE);
    }
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, 2000);
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "new", T0 + 60));
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, 2000);
  linnet_message_list_reload (f->list);
  wait_until (linnet_message_list_get_is_loaded (f->list));
  g_assert_true (linnet_message_list_get_at_end (f->list));
  g_assert_cmpstr (linnet_message_get_text (at (f, 29)), ==, "new");
}

/* Texts "message 0" … "message n-1", a minute apart; gives one of them. */
static ImMsg *
add_messages (Fixture *f, guint n, guint chosen)
{
  ImMsg *found = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);
      ImMsg *msg = fake_backend_add_message (f->backend, "bob", i % 2 == 0 ? "bob" : NULL, text,
                                             T0 + 60 * (gint64) i);
      if (i == chosen)
        found = msg;
    }
  return found;
}

/* Rows are the messages first … last, each once and in order. */
static void
assert_range (Fixture *f, guint first, guint last)
{
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, last - first + 1);
  for (guint i = first; i <= last; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);
      g_assert_cmpstr (linnet_message_get_text (at (f, i - first)), ==, text);
    }
}

typedef struct
{
  LinnetMessage *message;
  GError *error;
  gboolean is_over;
} Jump;

static void
on_jumped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Jump *jump = user_data;

  jump->message
      = linnet_message_list_load_around_finish (LINNET_MESSAGE_LIST (source), result, &jump->error);
  jump->is_over = TRUE;
}

static void
jump_to (Fixture *f, ImMsg *msg)
{
  Jump jump = { 0 };

  linnet_message_list_load_around_async (f->list, msg, on_jumped, &jump);
  wait_until (jump.is_over);
  g_assert_no_error (jump.error);
  g_assert_cmpstr (linnet_message_get_id (jump.message), ==,
                   linnet_message_get_id (
                       linnet_message_list_find (f->list, linnet_message_get_id (jump.message))));
  g_object_unref (jump.message);
}

static void
load_all_newer (Fixture *f)
{
  while (!linnet_message_list_get_at_end (f->list))
    {
      guint n = linnet_message_list_get_n_items (f->list);
      linnet_message_list_load_newer (f->list);
      linnet_message_list_load_newer (f->list); /* one at a time */
      wait_until (linnet_message_list_get_n_items (f->list) != n
                  || linnet_message_list_get_at_end (f->list));
    }
}

static void
test_around (Fixture *f, gconstpointer data)
{
  ImMsg *msg = add_messages (f, 200, 100);

  load (f);
  assert_range (f, 170, 199);
  jump_to (f, msg);
  assert_range (f, 70, 130);
  g_assert_false (linnet_message_list_get_at_start (f->list));
  g_assert_false (linnet_message_list_get_at_end (f->list));
  linnet_message_list_load_older (f->list);
  wait_until (linnet_message_list_get_n_items (f->list) == 91);
  assert_range (f, 40, 130);
  load_all_newer (f);
  assert_range (f, 40, 199);
}

static void
test_around_the_ends (Fixture *f, gconstpointer data)
{
  ImMsg *msg = add_messages (f, 200, 3);

  load (f);
  jump_to (f, msg);
  assert_range (f, 0, 33);
  g_assert_true (linnet_message_list_get_at_start (f->list));
  linnet_message_list_reload (f->list);
  wait_until (linnet_message_list_get_is_loaded (f->list));
  assert_range (f, 170, 199);
  msg = add_messages (f, 1, 0);
  jump_to (f, msg);
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, 31);
  g_assert_true (linnet_message_list_get_at_end (f->list));
}

static void
test_around_what_is_there (Fixture *f, gconstpointer data)
{
  ImMsg *msg = add_messages (f, 200, 180);
  GString *log;

  load (f);
  log = watch_items (f->list);
  jump_to (f, msg);
  g_assert_cmpstr (log->str, ==, "");
  assert_range (f, 170, 199);
}

/* Rows that are in both windows stay the same objects: their widgets and selections live on. */
static void
test_around_keeps_objects (Fixture *f, gconstpointer data)
{
  ImMsg *msg = add_messages (f, 200, 160);
  LinnetMessage *kept;

  load (f);
  kept = at (f, 5); /* message 175 */
  jump_to (f, msg);
  assert_range (f, 130, 190);
  g_assert_true (at (f, 45) == kept);
}

static void
test_around_fails (Fixture *f, gconstpointer data)
{
  ImMsg *msg = add_messages (f, 200, 100);
  Jump jump = { 0 };

  load (f);
  fake_backend_fail_load (f->backend);
  linnet_message_list_load_around_async (f->list, msg, on_jumped, &jump);
  wait_until (jump.is_over);
  g_assert_error (jump.error, LINNET_ERROR, LINNET_ERROR_TIMEOUT);
  g_assert_null (jump.message);
  g_clear_error (&jump.error);
  assert_range (f, 170, 199);
  jump_to (f, msg);
  assert_range (f, 70, 130);
}

static void
test_last_jump_wins (Fixture *f, gconstpointer data)
{
  ImMsg *first = add_messages (f, 200, 50);
  g_autoptr (ImMsg) second = im_json_copy (first);
  Jump jumps[2] = { 0 };

  second->unique_id = first->unique_id + 50;
  second->server_time = second->client_time = (guint64) (T0 + 60 * 100);
  load (f);
  linnet_message_list_load_older (f->list); /* given up, too */
  linnet_message_list_load_around_async (f->list, first, on_jumped, &jumps[0]);
  linnet_message_list_load_around_async (f->list, second, on_jumped, &jumps[1]);
  wait_until (jumps[0].is_over && jumps[1].is_over);
  g_assert_error (jumps[0].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (jumps[1].error);
  g_assert_cmpint (linnet_message_list_get_load_state (f->list), ==, LINNET_LOAD_IDLE);
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, 61);
  g_assert_true (at (f, 30) == jumps[1].message);
  g_clear_error (&jumps[0].error);
  g_object_unref (jumps[1].message);
}

/* What comes while the end is not in the list waits in the store. */
static void
test_received_elsewhere (Fixture *f, gconstpointer data)
{
  ImMsg *msg = add_messages (f, 200, 100);

  load (f);
  jump_to (f, msg);
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "message 200", T0 + 99999));
  assert_range (f, 70, 130);
  load_all_newer (f);
  assert_range (f, 70, 200);
}

/* Rows are dropped at the end where the reader is not. */
static void
test_prunes_away_from_the_reader (Fixture *f, gconstpointer data)
{
  ImMsg *first = add_messages (f, 2040, 0);
  LinnetMessage *viewed;

  load (f);
  while (linnet_message_list_get_n_items (f->list) < 2000)
    {
      linnet_message_list_load_older (f->list);
      wait_until (linnet_message_list_get_load_state (f->list) == LINNET_LOAD_IDLE);
    }
  g_assert_false (linnet_message_list_get_at_end (f->list));
  load_all_newer (f);
  viewed = at (f, 10);
  linnet_message_list_set_viewed (f->list, viewed);
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "message 2040", T0 + 999999));
  g_assert_cmpuint (linnet_message_list_get_n_items (f->list), ==, 2000);
  g_assert_true (at (f, 10) == viewed);
  g_assert_false (linnet_message_list_get_at_end (f->list));
  load_all_newer (f);
  linnet_message_list_set_viewed (f->list, at (f, 1990));
  merge_one (f, fake_backend_add_message (f->backend, "bob", "bob", "message 2041", T0 + 999999));
  assert_range (f, 42, 2041);
  g_assert_false (linnet_message_list_get_at_start (f->list));
  jump_to (f, first);
  assert_range (f, 0, 30);
}

static void
test_divider_comes_back (Fixture *f, gconstpointer data)
{
  ImMsg *msg = add_messages (f, 200, 20);
  LinnetMessage *divider;

  load (f);
  linnet_message_list_set_divider (f->list, 5);
  divider = linnet_message_list_get_first_unread (f->list);
  g_assert_nonnull (divider);
  jump_to (f, msg);
  g_assert_true (linnet_message_list_get_first_unread (f->list) == divider);
  g_assert_cmpuint (linnet_message_list_get_position (f->list, divider), ==, G_MAXUINT);
  linnet_message_list_reload (f->list);
  wait_until (linnet_message_list_get_is_loaded (f->list));
  g_assert_cmpuint (linnet_message_list_get_position (f->list, divider), ==, 20);
  g_assert_true (linnet_message_get_is_first_unread (at (f, 20)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/models/message-list/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("pages", test_pages);
  ADD ("a-file-is-said-with-name-and-size", test_a_file_is_said_with_name_and_size);
  ADD ("load-fails-and-is-tried-again", test_load_fails_and_is_tried_again);
  ADD ("merge-is-one-change", test_merge_is_one_change);
  ADD ("first-page-joins-what-came-meanwhile", test_first_page_joins_what_came_meanwhile);
  ADD ("echo-keeps-its-row", test_echo_keeps_its_row);
  ADD ("waiting-moves-down-when-sent", test_waiting_moves_down_when_sent);
  ADD ("late-message-finds-its-place", test_late_message_finds_its_place);
  ADD ("groups", test_groups);
  ADD ("groups-after-pages", test_groups_after_pages);
  ADD ("failed-breaks-the-group", test_failed_breaks_the_group);
  ADD ("receipts", test_receipts);
  ADD ("divider-stays", test_divider_stays);
  ADD ("divider-waits-for-pages", test_divider_waits_for_pages);
  ADD ("unread", test_unread);
  ADD ("window", test_window);
  ADD ("around", test_around);
  ADD ("around-the-ends", test_around_the_ends);
  ADD ("around-what-is-there", test_around_what_is_there);
  ADD ("around-keeps-objects", test_around_keeps_objects);
  ADD ("around-fails", test_around_fails);
  ADD ("last-jump-wins", test_last_jump_wins);
  ADD ("received-elsewhere", test_received_elsewhere);
  ADD ("prunes-away-from-the-reader", test_prunes_away_from_the_reader);
  ADD ("divider-comes-back", test_divider_comes_back);
  return g_test_run ();
}
