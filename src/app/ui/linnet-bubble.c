/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-bubble.h"

#include "linnet-ticks.h"

#include <glib/gi18n.h>

#define META_GAP 12
#define LARGE_TEXT 1.5

struct _LinnetBubble
{
  GtkWidget parent_instance;

  GtkWidget *name;
  GtkWidget *content;
  GtkWidget *meta; /* box of: */
  GtkWidget *time;
  GtkWidget *ticks;
  int name_color;
  double text_scale;
  char *tooltip; /* owned, nullable */
};

typedef struct
{
  int width;
  int height;
  int name_height;
  int text_height;
  int meta_width;
  int meta_height;
  gboolean meta_on_last_line;
} Layout;

G_DEFINE_FINAL_TYPE (LinnetBubble, linnet_bubble, GTK_TYPE_WIDGET)

static int
measure_child (GtkWidget *child, GtkOrientation orientation)
{
  int natural = 0;

  if (gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
lay_out (LinnetBubble *self, int max_width, Layout *ret_layout)
{
  Layout layout = { 0 };
  LinnetTextSize text;
  int meta_end;

  linnet_content_text_measure_lines (LINNET_CONTENT_TEXT (self->content), max_width, &text);
  layout.name_height = measure_child (self->name, GTK_ORIENTATION_VERTICAL);
  layout.text_height = text.height;
  layout.meta_width = measure_child (self->meta, GTK_ORIENTATION_HORIZONTAL);
  layout.meta_height = measure_child (self->meta, GTK_ORIENTATION_VERTICAL);
  meta_end = text.last_line + META_GAP + layout.meta_width;
  layout.meta_on_last_line
      = layout.meta_width > 0 && meta_end <= max_width && self->text_scale < LARGE_TEXT;

  layout.width = MAX (text.width, measure_child (self->name, GTK_ORIENTATION_HORIZONTAL));
  layout.width = MAX (layout.width, layout.meta_on_last_line ? meta_end : layout.meta_width);
  layout.width = MIN (layout.width, max_width);
  layout.height = layout.name_height + layout.text_height;
  if (!layout.meta_on_last_line)
    layout.height += layout.meta_height;
  *ret_layout = layout;
}

int
linnet_bubble_get_width (LinnetBubble *self, int max_width)
{
  GtkBorder padding;
  Layout layout;

  g_return_val_if_fail (LINNET_IS_BUBBLE (self), 0);
  gtk_style_context_get_padding (gtk_widget_get_style_context (GTK_WIDGET (self)), &padding);
  lay_out (self, MAX (max_width - padding.left - padding.right, 1), &layout);
  return layout.width + padding.left + padding.right;
}

static GtkSizeRequestMode
linnet_bubble_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The height is the same for the widest and for the tight width. */
static void
linnet_bubble_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  Layout layout;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  lay_out (LINNET_BUBBLE (widget), for_size < 0 ? 480 : MAX (for_size, 1), &layout);
  *minimum = *natural = layout.height;
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  if (gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
linnet_bubble_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinnetBubble *self = LINNET_BUBBLE (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  LinnetTextSize text;
  Layout layout;
  int text_width;

  lay_out (self, MAX (width, 1), &layout);
  linnet_content_text_measure_lines (LINNET_CONTENT_TEXT (self->content), width, &text);
  gtk_widget_measure (self->content, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL, NULL);
  text_width = MIN (text.width, width);

  allocate (self->name, 0, 0, width, layout.name_height);
  allocate (self->content, is_rtl ? width - text_width : 0, layout.name_height, text_width,
            layout.text_height);
  allocate (self->meta, is_rtl ? 0 : width - layout.meta_width, height - layout.meta_height,
            layout.meta_width, layout.meta_height);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
set_name (LinnetBubble *self, LinnetMessage *message, gboolean shows_name)
{
  int color = linnet_message_get_sender_color (message);

  gtk_widget_set_visible (self->name, shows_name);
  if (!shows_name)
    return;
  gtk_label_set_text (GTK_LABEL (self->name), linnet_message_get_sender_name (message));
  if (self->name_color == color)
    return;
  if (self->name_color != 0)
    {
      g_autofree char *old = g_strdup_printf ("linnet-name-%d", self->name_color);
      gtk_widget_remove_css_class (self->name, old);
    }
  if (color != 0)
    {
      g_autofree char *class = g_strdup_printf ("linnet-name-%d", color);
      gtk_widget_add_css_class (self->name, class);
    }
  self->name_color = color;
}

static void
set_meta (LinnetBubble *self, LinnetMessage *message)
{
  LinnetMessageState state = linnet_message_get_state (message);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->meta, linnet_message_get_shows_meta (message));
  if (linnet_message_get_shows_state_word (message))
    /* Translators: a send state and a time, beside the ticks of a message: "Read · 9:41" */
    words
        = g_strdup_printf (C_ ("message meta", "%s · %s"), linnet_message_get_state_word (message),
                           linnet_message_get_time_label (message));
  else
    words = g_strdup (linnet_message_get_time_label (message));
  gtk_label_set_text (GTK_LABEL (self->time), words);
  linnet_ticks_show (GTK_IMAGE (self->ticks), state);
  set_class (self->meta, "linnet-read", linnet_message_get_shows_state_word (message));

  g_free (self->tooltip);
  if (*linnet_message_get_state_word (message) != '\0')
    self->tooltip
        = g_strdup_printf (C_ ("message meta", "%s · %s"), linnet_message_get_state_word (message),
                           linnet_message_get_date_label (message));
  else
    self->tooltip = g_strdup (linnet_message_get_date_label (message));
}

/* Given when it is asked for: setting it makes GTK ask the X server where the pointer is, for each
 * row. The text tells when it was sent where nothing else does. */
static gboolean
on_query_tooltip (
    GtkWidget *child, int x, int y, gboolean keyboard, GtkTooltip *tooltip, LinnetBubble *self)
{
  if (self->tooltip == NULL || (child == self->content && gtk_widget_get_visible (self->meta)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, self->tooltip);
  return TRUE;
}

static void
add_tooltip (LinnetBubble *self, GtkWidget *child)
{
  gtk_widget_set_has_tooltip (child, TRUE);
  g_signal_connect (child, "query-tooltip", G_CALLBACK (on_query_tooltip), self);
}

void
linnet_bubble_update (LinnetBubble *self, LinnetMessage *message, gboolean shows_name)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_emoji;

  g_return_if_fail (LINNET_IS_BUBBLE (self));
  g_return_if_fail (LINNET_IS_MESSAGE (message));

  is_emoji = linnet_message_get_is_emoji_only (message);
  set_class (widget, "own", linnet_message_get_is_own (message));
  set_class (widget, "joined-above", !linnet_message_get_starts_group (message));
  set_class (widget, "joined-below", !linnet_message_get_ends_group (message));
  set_class (widget, "emoji", is_emoji);
  set_class (self->content, "linnet-unsupported",
             linnet_message_get_kind (message) == LINNET_MESSAGE_KIND_UNSUPPORTED);
  set_name (self, message, shows_name);
  set_meta (self, message);
  linnet_content_text_set_markup (LINNET_CONTENT_TEXT (self->content),
                                  linnet_message_get_markup (message),
                                  linnet_message_get_is_rtl (message));
}

void
linnet_bubble_set_text_scale (LinnetBubble *self, double scale)
{
  g_return_if_fail (LINNET_IS_BUBBLE (self));

  self->text_scale = scale;
  linnet_content_text_set_scale (LINNET_CONTENT_TEXT (self->content), scale);
}

LinnetContentText *
linnet_bubble_get_content (LinnetBubble *self)
{
  g_return_val_if_fail (LINNET_IS_BUBBLE (self), NULL);
  return LINNET_CONTENT_TEXT (self->content);
}

const char *
linnet_bubble_get_link (LinnetBubble *self)
{
  g_return_val_if_fail (LINNET_IS_BUBBLE (self), NULL);
  return linnet_content_text_get_link (LINNET_CONTENT_TEXT (self->content));
}

static void
linnet_bubble_dispose (GObject *object)
{
  LinnetBubble *self = LINNET_BUBBLE (object);

  g_clear_pointer (&self->name, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->meta, gtk_widget_unparent);
  g_clear_pointer (&self->tooltip, g_free);
  G_OBJECT_CLASS (linnet_bubble_parent_class)->dispose (object);
}

static void
linnet_bubble_class_init (LinnetBubbleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linnet_bubble_dispose;
  widget_class->get_request_mode = linnet_bubble_get_request_mode;
  widget_class->measure = linnet_bubble_measure;
  widget_class->size_allocate = linnet_bubble_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "bubble");
}

static void
linnet_bubble_init (LinnetBubble *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->text_scale = 1;
  gtk_widget_add_css_class (widget, "linnet-bubble");

  self->name = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->name, "linnet-sender");
  gtk_widget_set_visible (self->name, FALSE);
  gtk_widget_set_parent (self->name, widget);

  self->content = linnet_content_text_new ();
  gtk_widget_set_parent (self->content, widget);

  self->meta = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_add_css_class (self->meta, "linnet-meta");
  self->time = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (self->meta), self->time);
  self->ticks = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->ticks), 16);
  gtk_box_append (GTK_BOX (self->meta), self->ticks);
  gtk_widget_set_parent (self->meta, widget);

  add_tooltip (self, self->content);
  add_tooltip (self, self->meta);
}

GtkWidget *
linnet_bubble_new (void)
{
  return g_object_new (LINNET_TYPE_BUBBLE, NULL);
}
