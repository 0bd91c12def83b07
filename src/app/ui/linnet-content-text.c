/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-content-text.h"

#include "linnet-text.h"

#include <string.h>

struct _LinnetContentText
{
  GtkWidget parent_instance;

  GtkLabel *label;
  char *markup; /* owned */
  double scale;
  gboolean is_rtl;
  int selection_start, selection_end; /* bytes; empty when equal */

  /* The last answer of measure_lines, as long as text and fonts are the same: lines that fit into
   * size_width break at the same places in all widths that the longest fits into. */
  LinnetTextSize size;
  int size_width; /* -1: none */
  int size_longest;
  guint size_serial;
};

G_DEFINE_FINAL_TYPE (LinnetContentText, linnet_content_text, GTK_TYPE_WIDGET)

static gboolean
on_activate_link (GtkLabel *label, const char *uri, LinnetContentText *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!linnet_text_is_safe_uri (uri))
    return GDK_EVENT_STOP;
  if (g_ascii_strncasecmp (uri, "xmpp:", 5) == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-address", "s", uri);
  else
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
  return GDK_EVENT_STOP;
}

static PangoLayout *
create_layout (LinnetContentText *self, int width)
{
  PangoLayout *layout
      = gtk_widget_create_pango_layout (GTK_WIDGET (self->label), gtk_label_get_text (self->label));

  pango_layout_set_attributes (layout, gtk_label_get_attributes (self->label));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  return layout;
}

/* Does the last line end where the time would stand. */
static gboolean
is_opposite (LinnetContentText *self, PangoLayout *layout)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  return self->is_rtl != is_rtl && pango_layout_get_line_count (layout) > 1;
}

void
linnet_content_text_measure_lines (LinnetContentText *self, int max_width, LinnetTextSize *ret_size)
{
  PangoContext *context;
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle rect;
  PangoRectangle exact;

  g_return_if_fail (LINNET_IS_CONTENT_TEXT (self));

  context = gtk_widget_get_pango_context (GTK_WIDGET (self->label));
  if ((max_width == self->size_width
       || (max_width < self->size_width && max_width >= self->size_longest))
      && self->size_serial == pango_context_get_serial (context))
    {
      *ret_size = self->size;
      return;
    }
  layout = create_layout (self, max_width);
  pango_layout_get_pixel_extents (layout, NULL, &rect);
  self->size.width = MIN (rect.width, max_width);
  self->size.height = rect.height;
  pango_layout_get_extents (layout, NULL, &exact);
  self->size_longest = PANGO_PIXELS_CEIL (exact.width);
  self->size.last_line = self->size.width;
  if (!is_opposite (self, layout))
    {
      PangoLayoutLine *line
          = pango_layout_get_line_readonly (layout, pango_layout_get_line_count (layout) - 1);
      pango_layout_line_get_pixel_extents (line, NULL, &rect);
      self->size.last_line = MIN (rect.width, self->size.width);
    }
  self->size_width = max_width;
  self->size_serial = pango_context_get_serial (context);
  *ret_size = self->size;
}

static GtkSizeRequestMode
linnet_content_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
linnet_content_text_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  LinnetContentText *self = LINNET_CONTENT_TEXT (widget);
  LinnetTextSize size;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  linnet_content_text_measure_lines (self, for_size < 0 ? 480 : MAX (for_size, 1), &size);
  *minimum = *natural = size.height;
}

static void
linnet_content_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinnetContentText *self = LINNET_CONTENT_TEXT (widget);
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->label), GTK_ORIENTATION_VERTICAL, width, &minimum, NULL,
                      NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->label), width, MAX (minimum, height), -1, NULL);
}

void
linnet_content_text_set_markup (LinnetContentText *self, const char *markup, gboolean is_rtl)
{
  g_return_if_fail (LINNET_IS_CONTENT_TEXT (self));
  g_return_if_fail (markup != NULL);

  self->is_rtl = is_rtl;
  if (g_strcmp0 (self->markup, markup) == 0)
    return;
  g_free (self->markup);
  self->markup = g_strdup (markup);
  self->size_width = -1;
  gtk_label_set_markup (self->label, markup);
}

/* No hyphens where a long word is broken: they would look like a part of the address it mostly is.
 */
static void
update_attributes (LinnetContentText *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (self->scale));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->label, attributes);
  self->size_width = -1;
}

void
linnet_content_text_set_scale (LinnetContentText *self, double scale)
{
  g_return_if_fail (LINNET_IS_CONTENT_TEXT (self));

  if (self->scale == scale)
    return;
  self->scale = scale;
  update_attributes (self);
}

/* --- selection --- */

void
linnet_content_text_select (LinnetContentText *self, int start, int end)
{
  g_return_if_fail (LINNET_IS_CONTENT_TEXT (self));

  if (self->selection_start == start && self->selection_end == end)
    return;
  self->selection_start = start;
  self->selection_end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
linnet_content_text_has_selection (LinnetContentText *self)
{
  g_return_val_if_fail (LINNET_IS_CONTENT_TEXT (self), FALSE);
  return self->selection_start < self->selection_end;
}

int
linnet_content_text_find_index (LinnetContentText *self, double x, double y)
{
  PangoLayout *layout;
  int length;
  int index;
  int trailing;
  int left;
  int top;

  g_return_val_if_fail (LINNET_IS_CONTENT_TEXT (self), 0);

  layout = gtk_label_get_layout (self->label);
  length = (int) strlen (pango_layout_get_text (layout));
  if (y < 0 || y >= gtk_widget_get_height (GTK_WIDGET (self)))
    return y < 0 ? 0 : length;
  gtk_label_get_layout_offsets (self->label, &left, &top);
  pango_layout_xy_to_index (layout, (int) (x - left) * PANGO_SCALE, (int) (y - top) * PANGO_SCALE,
                            &index, &trailing);
  for (const char *text = pango_layout_get_text (layout); trailing > 0 && index < length;
       trailing--)
    index = (int) (g_utf8_next_char (text + index) - text);
  return index;
}

void
linnet_content_text_find_word (LinnetContentText *self, int index, int *ret_start, int *ret_end)
{
  PangoLayout *layout;
  const PangoLogAttr *attributes;
  const char *text;
  int n_attributes;
  int first;
  int last;

  g_return_if_fail (LINNET_IS_CONTENT_TEXT (self));

  layout = gtk_label_get_layout (self->label);
  text = pango_layout_get_text (layout);
  attributes = pango_layout_get_log_attrs_readonly (layout, &n_attributes);
  first = (int) g_utf8_pointer_to_offset (text, text + index);
  /* Behind a word it is that word. */
  if (first > 0 && !attributes[first].is_word_start)
    first--;
  while (first > 0 && !attributes[first].is_word_start && !attributes[first].is_word_end)
    first--;
  last = first + 1;
  while (last < n_attributes - 1 && !attributes[last].is_word_start
         && !attributes[last].is_word_end)
    last++;
  last = MIN (last, n_attributes - 1);
  *ret_start = (int) (g_utf8_offset_to_pointer (text, first) - text);
  *ret_end = (int) (g_utf8_offset_to_pointer (text, last) - text);
}

/* Lines of a fraction of a pixel leave a hair between them: down to the next one's top. */
static void
get_line (cairo_region_t *region, int line, cairo_rectangle_int_t *ret_area)
{
  cairo_rectangle_int_t next;

  cairo_region_get_rectangle (region, line, ret_area);
  if (line + 1 == cairo_region_num_rectangles (region))
    return;
  cairo_region_get_rectangle (region, line + 1, &next);
  if (next.y == ret_area->y + ret_area->height + 1)
    ret_area->height++;
}

static void
snapshot_selection (LinnetContentText *self, GtkSnapshot *snapshot)
{
  PangoLayout *layout = gtk_label_get_layout (self->label);
  int length = (int) strlen (pango_layout_get_text (layout));
  int range[2] = { self->selection_start, MIN (self->selection_end, length) };
  cairo_region_t *region;
  GdkRGBA color;
  int x;
  int y;

  if (range[0] >= range[1]
      || !gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                          "linnet_selection", &color))
    return;
  gtk_label_get_layout_offsets (self->label, &x, &y);
  region = gdk_pango_layout_get_clip_region (layout, x, y, range, 1);
  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t area;

      get_line (region, i, &area);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float) area.x, (float) area.y,
                                                      (float) area.width, (float) area.height));
    }
  cairo_region_destroy (region);
}

static void
linnet_content_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  snapshot_selection (LINNET_CONTENT_TEXT (widget), snapshot);
  GTK_WIDGET_CLASS (linnet_content_text_parent_class)->snapshot (widget, snapshot);
}

const char *
linnet_content_text_get_link (LinnetContentText *self)
{
  g_return_val_if_fail (LINNET_IS_CONTENT_TEXT (self), NULL);
  return gtk_label_get_current_uri (self->label);
}

static void
linnet_content_text_dispose (GObject *object)
{
  LinnetContentText *self = LINNET_CONTENT_TEXT (object);

  if (self->label != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->label));
  self->label = NULL;
  G_OBJECT_CLASS (linnet_content_text_parent_class)->dispose (object);
}

static void
linnet_content_text_finalize (GObject *object)
{
  g_free (LINNET_CONTENT_TEXT (object)->markup);
  G_OBJECT_CLASS (linnet_content_text_parent_class)->finalize (object);
}

static void
linnet_content_text_class_init (LinnetContentTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linnet_content_text_dispose;
  object_class->finalize = linnet_content_text_finalize;
  widget_class->get_request_mode = linnet_content_text_get_request_mode;
  widget_class->measure = linnet_content_text_measure;
  widget_class->size_allocate = linnet_content_text_size_allocate;
  widget_class->snapshot = linnet_content_text_snapshot;
}

static void
linnet_content_text_init (LinnetContentText *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->label = GTK_LABEL (label);
  self->scale = 1;
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_yalign (self->label, 0);
  update_attributes (self);
  gtk_widget_add_css_class (label, "content");
  g_signal_connect (label, "activate-link", G_CALLBACK (on_activate_link), self);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
}

GtkWidget *
linnet_content_text_new (void)
{
  return g_object_new (LINNET_TYPE_CONTENT_TEXT, NULL);
}
