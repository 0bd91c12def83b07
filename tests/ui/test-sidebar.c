/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"
#include "linnet-conversation-row.h"
#include "linnet-sidebar.h"
#include "ui-test.h"

#define NOW (g_get_real_time () / G_USEC_PER_SEC)
#define MANY 100
#define FAR_DOWN 60

typedef struct
{
  FakeBackend *backend;
  LinnetSession *session;
  GtkWidget *sidebar;
  GtkWidget *list;
  GtkWindow *window;
} Fixture;

static guint
n_shown (Fixture *f)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (f->list))));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");

  f->backend = fake_backend_new ();
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("friend%02u", i);

      fake_backend_add_message (f->backend, id, id, "hello", NOW - 100 - i);
    }
  f->session = linnet_session_new (LINNET_BACKEND (f->backend));
  f->sidebar = g_object_new (LINNET_TYPE_SIDEBAR, "session", f->session, NULL);
  f->list = ui_find_type (f->sidebar, GTK_TYPE_LIST_VIEW);
  f->window = ui_window_new (f->sidebar, 360, 640);
  linnet_session_resume (f->session, account);
  ui_wait_until (n_shown (f) == MANY);
  ui_wait_frames (f->sidebar, 2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->backend);
}

static LinnetConversationRow *
row_of (Fixture *f, const char *id)
{
  GtkWidget *item = gtk_widget_get_first_child (f->list);

  for (; item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);
      LinnetConversation *conversation
          = linnet_conversation_row_get_conversation (LINNET_CONVERSATION_ROW (row));

      if (conversation != NULL && g_strcmp0 (linnet_conversation_get_id (conversation), id) == 0)
        return LINNET_CONVERSATION_ROW (row);
    }
  return NULL;
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
row_shows (Fixture *f, const char *id, const char *text)
{
  LinnetConversationRow *row = row_of (f, id);

  return row != NULL && has_label (GTK_WIDGET (row), text);
}

static void
test_a_row_that_is_seen_follows_its_conversation (Fixture *f, gconstpointer data)
{
  linnet_backend_emit_typing (LINNET_BACKEND (f->backend), LINNET_CONVERSATION_SINGLE, "friend02",
                              TRUE);
  ui_wait_until (row_shows (f, "friend02", "typing…"));
}

static void
test_a_row_that_changed_unseen_is_right_when_it_is_scrolled_to (Fixture *f, gconstpointer data)
{
  g_autofree char *id = g_strdup_printf ("friend%02u", FAR_DOWN);

  linnet_backend_emit_typing (LINNET_BACKEND (f->backend), LINNET_CONVERSATION_SINGLE, id, TRUE);
  ui_wait_frames (f->sidebar, 2);
  gtk_widget_activate_action (f->list, "list.scroll-to-item", "u", FAR_DOWN);
  ui_wait_until (row_shows (f, id, "typing…"));
}

static void
test_a_row_that_changed_unseen_is_right_when_it_moves_up (Fixture *f, gconstpointer data)
{
  g_autofree char *id = g_strdup_printf ("friend%02u", FAR_DOWN);

  fake_backend_receive (f->backend, id, id, "here I am", NOW);
  ui_wait_until (row_shows (f, id, "here I am"));
}

static void
test_a_name_is_found_by_words_and_without_accents (void)
{
  static const struct
  {
    const char *typed;
    guint n;
  } rows[] = { { "mei", 1 },    { "LIN mei", 1 }, { "jose", 1 }, { "josé", 1 },
               { "nobody", 0 }, { "@", 3 },       { "", 3 } };
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");
  Fixture f = { .backend = fake_backend_new () };
  GtkWidget *entry;

  fake_backend_add_message (f.backend, "mei lin", "mei lin", "hello", NOW - 100);
  fake_backend_add_message (f.backend, "josé", "josé", "hello", NOW - 101);
  fake_backend_add_message (f.backend, "bob", "bob", "hello", NOW - 102);
  f.session = linnet_session_new (LINNET_BACKEND (f.backend));
  f.sidebar = g_object_new (LINNET_TYPE_SIDEBAR, "session", f.session, NULL);
  f.list = ui_find_type (f.sidebar, GTK_TYPE_LIST_VIEW);
  f.window = ui_window_new (f.sidebar, 360, 640);
  linnet_session_resume (f.session, account);
  ui_wait_until (n_shown (&f) == 3);
  linnet_sidebar_start_search (LINNET_SIDEBAR (f.sidebar));
  entry = ui_find_type (f.sidebar, GTK_TYPE_SEARCH_ENTRY);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), rows[i].typed);
      ui_wait_until (n_shown (&f) == rows[i].n);
    }
  tear_down (&f, NULL);
}

static guint
n_rows_with_lines (Fixture *f)
{
  GtkWidget *item = gtk_widget_get_first_child (f->list);
  guint n = 0;

  for (; item != NULL; item = gtk_widget_get_next_sibling (item))
    n += linnet_conversation_row_has_lines (
        LINNET_CONVERSATION_ROW (gtk_widget_get_first_child (item)));
  return n;
}

/* Rows that are seen and empty. */
static guint
n_blank_rows (Fixture *f)
{
  GtkWidget *item = gtk_widget_get_first_child (f->list);
  guint n = 0;

  for (; item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      if (gtk_widget_get_child_visible (item))
        n += !linnet_conversation_row_has_lines (
            LINNET_CONVERSATION_ROW (gtk_widget_get_first_child (item)));
    }
  return n;
}

typedef struct
{
  Fixture *f;
  guint n_frames;
  guint n_blank;
} Drawn;

static void
on_paint (GdkFrameClock *clock, Drawn *drawn)
{
  drawn->n_frames++;
  drawn->n_blank += n_blank_rows (drawn->f);
}

static void
test_no_frame_shows_an_empty_row_wherever_one_scrolls (Fixture *f, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (f->list));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (f->list);
  Drawn drawn = { .f = f };
  gulong id = g_signal_connect_after (clock, "paint", G_CALLBACK (on_paint), &drawn);

  for (int i = 0; i < 40; i++)
    {
      gtk_adjustment_set_value (adjustment, g_test_rand_double_range (0, gtk_adjustment_get_upper (
                                                                             adjustment)));
      ui_wait_frames (f->sidebar, 1);
    }
  g_signal_handler_disconnect (clock, id);
  g_assert_cmpuint (drawn.n_frames, >=, 40);
  g_assert_cmpuint (drawn.n_blank, ==, 0);
  /* Most of the hundred have been seen; a few are filled. */
  g_assert_cmpuint (n_rows_with_lines (f), <, 50);
  g_assert_cmpuint (n_rows_with_lines (f), >, 8);
}

static int
natural_height (GtkWidget *widget)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

static void
test_an_empty_row_is_as_high_as_a_filled_one (Fixture *f, gconstpointer data)
{
  GtkWidget *item = gtk_widget_get_first_child (f->list);
  int filled = natural_height (item);

  g_assert_cmpuint (n_rows_with_lines (f), <, MANY);
  for (; item != NULL; item = gtk_widget_get_next_sibling (item))
    g_assert_cmpint (natural_height (item), ==, filled);
}

/* Nothing is found yet, which is not the same as nothing. */
static void
test_a_search_waits_for_the_list (void)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");
  Fixture f = { .backend = fake_backend_new () };
  GtkStack *stack;

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("friend%02u", i);

      fake_backend_add_message (f.backend, id, id, "hello", NOW - 100 - i);
    }
  fake_backend_limit_pages (f.backend, 10);
  fake_backend_hold (f.backend, TRUE);
  f.session = linnet_session_new (LINNET_BACKEND (f.backend));
  f.sidebar = g_object_new (LINNET_TYPE_SIDEBAR, "session", f.session, NULL);
  f.list = ui_find_type (f.sidebar, GTK_TYPE_LIST_VIEW);
  f.window = ui_window_new (f.sidebar, 360, 640);
  stack = GTK_STACK (gtk_widget_get_ancestor (f.list, GTK_TYPE_STACK));
  linnet_session_resume (f.session, account);
  ui_wait_until (n_shown (&f) == 10);
  linnet_sidebar_start_search (LINNET_SIDEBAR (f.sidebar));
  gtk_editable_set_text (GTK_EDITABLE (ui_find_type (f.sidebar, GTK_TYPE_SEARCH_ENTRY)),
                         "friend77");
  ui_wait_until (n_shown (&f) == 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "loading");
  fake_backend_hold (f.backend, FALSE);
  ui_wait_until (n_shown (&f) == 1);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "list");
  gtk_editable_set_text (GTK_EDITABLE (ui_find_type (f.sidebar, GTK_TYPE_SEARCH_ENTRY)), "nobody");
  ui_wait_until (n_shown (&f) == 0
                 && g_strcmp0 (gtk_stack_get_visible_child_name (stack), "nothing") == 0);
  tear_down (&f, NULL);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/ui/sidebar/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("a row that is seen follows its conversation",
       test_a_row_that_is_seen_follows_its_conversation);
  ADD ("a row that changed unseen is right when it is scrolled to",
       test_a_row_that_changed_unseen_is_right_when_it_is_scrolled_to);
  ADD ("a row that changed unseen is right when it moves up",
       test_a_row_that_changed_unseen_is_right_when_it_moves_up);
  g_test_add_func ("/ui/sidebar/a name is found by words and without accents",
                   test_a_name_is_found_by_words_and_without_accents);
  ADD ("no frame shows an empty row wherever one scrolls",
       test_no_frame_shows_an_empty_row_wherever_one_scrolls);
  ADD ("an empty row is as high as a filled one", test_an_empty_row_is_as_high_as_a_filled_one);
  g_test_add_func ("/ui/sidebar/a search waits for the list", test_a_search_waits_for_the_list);
  return g_test_run ();
}
