/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-test.h"

#define DEADLINE_US (10 * G_USEC_PER_SEC)

static AdwApplication *application;

/* A registered application brings style sheets and icons from the resources, as in real life. */
void
ui_test_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  application = adw_application_new ("im.linnet.Linnet.Test", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), LINNET_RESOURCE_PATH);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11",
                "gtk-decoration-layout", ":close", "gtk-xft-antialias", 1, "gtk-xft-hinting", 0,
                "gtk-xft-rgba", "none", "gtk-cursor-blink", FALSE, NULL);
}

AdwApplication *
ui_test_get_application (void)
{
  return application;
}

gint64
ui_deadline_start (void)
{
  return g_get_monotonic_time () + DEADLINE_US;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* One turn of the main loop; a timer sees to it that it never sleeps past the deadline. */
void
ui_deadline_step (gint64 deadline, const char *condition, const char *file, int line)
{
  guint ticker = g_timeout_add (20, on_tick, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticker);
  if (g_get_monotonic_time () > deadline)
    g_error ("%s:%d: waited in vain for: %s", file, line, condition);
}

static void
on_after_paint (GdkFrameClock *clock, guint *count)
{
  (*count)++;
}

void
ui_wait_frames (GtkWidget *widget, guint frames)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint count = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &count);

  for (guint i = 1; i <= frames; i++)
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      ui_wait_until (count >= i);
    }
  g_signal_handler_disconnect (clock, id);
  ui_run_due ();
}

void
ui_lay_out (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  ui_run_due ();
  g_signal_emit_by_name (clock, "update");
  for (guint i = 0; i < 3; i++) /* as the clock does while somebody asks for more */
    g_signal_emit_by_name (clock, "layout");
}

void
ui_run_due (void)
{
  for (guint i = 0; i < 100 && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}

GtkWindow *
ui_window_new (GtkWidget *child, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, child);
  gtk_window_present (window);
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));
  ui_wait_until (gtk_widget_get_width (GTK_WIDGET (window)) == width);
  ui_wait_frames (GTK_WIDGET (window), 2);
  return window;
}

void
ui_window_resize (GtkWindow *window, int width, int height)
{
  gtk_window_set_default_size (window, width, height);
  ui_wait_until (gtk_widget_get_width (GTK_WIDGET (window)) == width
                 && gtk_widget_get_height (GTK_WIDGET (window)) == height);
  ui_wait_frames (GTK_WIDGET (window), 2);
}

void
ui_window_close (GtkWindow *window)
{
  gtk_window_destroy (window);
  ui_run_due ();
}

void
ui_screenshot (GtkWidget *widget, const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  const char *folder = g_getenv ("LINNET_SCREENSHOTS");
  g_autofree char *path = NULL;
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  graphene_rect_t area;

  if (folder == NULL)
    return;
  ui_wait_frames (widget, 2);
  /* A window is larger than its contents by its shadow. */
  area = GRAPHENE_RECT_INIT (0, 0, (float) gdk_paintable_get_intrinsic_width (paintable),
                             (float) gdk_paintable_get_intrinsic_height (paintable));
  gdk_paintable_snapshot (paintable, snapshot, area.size.width, area.size.height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node, &area);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  path = g_build_filename (folder, file, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

GtkWidget *
ui_find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_find_type (child, type);
  return found;
}

static GtkWidget *
find_nth (GtkWidget *widget, GType type, guint *left)
{
  GtkWidget *found = NULL;

  if (G_OBJECT_TYPE (widget) == type && (*left)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_nth (child, type, left);
  return found;
}

GtkWidget *
ui_find_nth_type (GtkWidget *widget, GType type, guint nth)
{
  return find_nth (widget, type, &nth);
}

GtkWidget *
ui_find_class (GtkWidget *widget, const char *css_class)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_find_class (child, css_class);
  return found;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  return NULL;
}

GtkWidget *
ui_find_text (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (gtk_widget_get_mapped (widget) && g_strcmp0 (get_text (widget), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_find_text (child, text);
  return found;
}

GtkWidget *
ui_find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_find_button (child, label);
  return found;
}

gboolean
ui_press (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
  return handled;
}
