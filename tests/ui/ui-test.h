/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of widgets share: start, frames, deadlines, pictures. Main thread. */
#pragma once

#include <adwaita.h>

/* Before anything else: GTK, libadwaita, our resources, g_test. */
void ui_test_init (int *argc, char ***argv);
AdwApplication *ui_test_get_application (void);

/* Lets the main loop run until the condition holds; fails the test after ten seconds. */
#define ui_wait_until(condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 ui_deadline = ui_deadline_start ();                                                     \
    while (!(condition))                                                                           \
      ui_deadline_step (ui_deadline, #condition, __FILE__, __LINE__);                              \
  }                                                                                                \
  G_STMT_END

gint64 ui_deadline_start (void);
void ui_deadline_step (gint64 deadline, const char *condition, const char *file, int line);

/* Lets so many frames be laid out and drawn. */
void ui_wait_frames (GtkWidget *widget, guint frames);

/* Lets GTK allocate at once what is to be allocated, as the next frame would, without drawing. */
void ui_lay_out (GtkWidget *widget);

/* Runs what is due now in the main loop. */
void ui_run_due (void);

/* A mapped window with this child, of this size, without decoration. */
GtkWindow *ui_window_new (GtkWidget *child, int width, int height);
void ui_window_resize (GtkWindow *window, int width, int height);
void ui_window_close (GtkWindow *window);

/* Draws a mapped widget, popovers excepted, into NAME.png in the folder of the test's pictures. */
void ui_screenshot (GtkWidget *widget, const char *name);

/* The first descendant of this type, or with this style class; NULL when there is none. */
GtkWidget *ui_find_type (GtkWidget *widget, GType type);
/* The same, leaving out so many; of exactly this type. */
GtkWidget *ui_find_nth_type (GtkWidget *widget, GType type, guint nth);
GtkWidget *ui_find_class (GtkWidget *widget, const char *css_class);
/* The first mapped label or button that shows this text. */
GtkWidget *ui_find_text (GtkWidget *widget, const char *text);
/* The first mapped button with this label. */
GtkWidget *ui_find_button (GtkWidget *widget, const char *label);

/* Gives a key to the key controllers of this very widget; TRUE when one took it. */
gboolean ui_press (GtkWidget *widget, guint keyval, GdkModifierType state);
