/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline-private.h"

#define N_POOLED_ROWS 20

static void
release_row (LinnetTimeline *self, LinnetTimelineRow *row)
{
  if (self->flash_widget == row->widget)
    linnet_timeline_stop_flash (self);
  self->table->unbind (row->widget, row->item, self->user_data);
  gtk_widget_set_child_visible (row->widget, FALSE);
  if (self->pool->len < N_POOLED_ROWS)
    g_ptr_array_add (self->pool, row->widget);
  else
    gtk_widget_unparent (row->widget);
  g_object_unref (row->item);
  g_free (row);
}

static GtkWidget *
take_widget (LinnetTimeline *self)
{
  GtkWidget *widget;

  if (self->pool->len > 0)
    return g_ptr_array_steal_index_fast (self->pool, self->pool->len - 1);
  widget = self->table->create (self->user_data);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

int
linnet_timeline_row_measure (LinnetTimeline *self, const LinnetTimelineRow *row)
{
  int natural;

  gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, self->width, NULL, &natural, NULL,
                      NULL);
  return MAX (natural, 1);
}

static LinnetTimelineRow *
make_row (LinnetTimeline *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->model, position);
  LinnetTimelineRow *row = NULL;

  g_assert (item != NULL);
  if (g_hash_table_steal_extended (self->kept, item, NULL, (gpointer *) &row))
    row->position = position;
  else
    {
      row = g_new0 (LinnetTimelineRow, 1);
      row->widget = take_widget (self);
      row->item = g_steal_pointer (&item);
      row->position = position;
      self->table->bind (row->widget, row->item, self->user_data);
    }
  row->height = linnet_timeline_row_measure (self, row);
  return row;
}

LinnetTimelineRow *
linnet_timeline_take_row (LinnetTimeline *self, guint position)
{
  LinnetTimelineRow *row = make_row (self, position);

  gtk_widget_set_child_visible (row->widget, TRUE);
  row->is_ahead = FALSE;
  linnet_timeline_heights_set (self->heights, position, row->height);
  return row;
}

int
linnet_timeline_make_ahead (LinnetTimeline *self, guint position)
{
  LinnetTimelineRow *row = make_row (self, position);

  row->is_ahead = TRUE;
  gtk_widget_set_child_visible (row->widget, FALSE);
  /* Its text is shaped now. */
  gtk_widget_allocate (row->widget, self->width, row->height, -1, NULL);
  linnet_timeline_keep_row (self, row);
  return row->height;
}

void
linnet_timeline_keep_row (LinnetTimeline *self, LinnetTimelineRow *row)
{
  LinnetTimelineRow *twin = NULL;

  if (g_hash_table_steal_extended (self->kept, row->item, NULL, (gpointer *) &twin))
    release_row (self, twin);
  g_hash_table_insert (self->kept, row->item, row);
}

void
linnet_timeline_keep_all_rows (LinnetTimeline *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    linnet_timeline_keep_row (self, nth_row (self, i));
  g_ptr_array_set_size (self->rows, 0);
}

static gboolean
has_focus (const LinnetTimelineRow *row)
{
  GtkRoot *root = gtk_widget_get_root (row->widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == row->widget || gtk_widget_is_ancestor (focus, row->widget));
}

void
linnet_timeline_release_kept_rows (LinnetTimeline *self, gboolean all)
{
  GHashTableIter iter;
  LinnetTimelineRow *row;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &row))
    {
      gboolean is_wanted = row->is_ahead ? self->round_end != NOTHING : has_focus (row);

      if (!all && row->position != NOTHING && is_wanted)
        continue;
      g_hash_table_iter_steal (&iter);
      release_row (self, row);
    }
}

/* The order of the children is the order of the rows, for the keyboard and assistive technology. */
void
linnet_timeline_order_children (LinnetTimeline *self)
{
  GtkWidget *previous = self->header;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *widget = nth_row (self, i)->widget;
      if (gtk_widget_get_prev_sibling (widget) != previous)
        gtk_widget_insert_after (widget, GTK_WIDGET (self), previous);
      previous = widget;
    }
}

LinnetTimelineRow *
linnet_timeline_find_row (LinnetTimeline *self, guint position)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (nth_row (self, i)->position == position)
      return nth_row (self, i);
  return NULL;
}

LinnetTimelineRow *
linnet_timeline_find_item (LinnetTimeline *self, GObject *item)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (nth_row (self, i)->item == item)
      return nth_row (self, i);
  return NULL;
}
