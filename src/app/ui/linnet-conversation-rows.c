/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-conversation-rows.h"

#include "linnet-conversation-row.h"

#define KEPT 16 /* rows that are filled and just not seen any more */

struct _LinnetConversationRows
{
  GtkListView *list;
  GtkWidget *sample; /* borrowed from its parent, never seen: how high a row with lines is */
  int height;        /* of it, pixels */

  /* While looking at all rows; borrowed, in order. */
  GPtrArray *blank;         /* seen, without lines */
  GPtrArray *unseen_before; /* with lines, above what is seen */
  GPtrArray *unseen_behind; /* with lines, below */
  gboolean has_met_seen;
};

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, LinnetConversationRows *self)
{
  GtkWidget *row = linnet_conversation_row_new ();

  linnet_conversation_row_set_empty_height (LINNET_CONVERSATION_ROW (row), self->height);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  linnet_conversation_row_set_conversation (LINNET_CONVERSATION_ROW (
                                                gtk_list_item_get_child (item)),
                                            gtk_list_item_get_item (item));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item)
{
  linnet_conversation_row_set_conversation (LINNET_CONVERSATION_ROW (
                                                gtk_list_item_get_child (item)),
                                            NULL);
}

typedef void (*RowFunc) (LinnetConversationRows *self, LinnetConversationRow *row, GtkWidget *item);

static void
for_each_row (LinnetConversationRows *self, RowFunc func)
{
  GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (LINNET_IS_CONVERSATION_ROW (row))
        func (self, LINNET_CONVERSATION_ROW (row), item);
    }
}

/* Height */

static void
set_height (LinnetConversationRows *self, LinnetConversationRow *row, GtkWidget *item)
{
  linnet_conversation_row_set_empty_height (row, self->height);
}

void
linnet_conversation_rows_measure (LinnetConversationRows *self)
{
  int height;

  gtk_widget_measure (self->sample, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  if (self->height == height)
    return;
  self->height = height;
  for_each_row (self, set_height);
}

/* Lines. The list view makes children visible that are, and leaves the others without a place. */

static gboolean
is_seen (GtkWidget *item)
{
  return gtk_widget_get_child_visible (item) && gtk_widget_get_width (item) > 0;
}

static void
look_at (LinnetConversationRows *self, LinnetConversationRow *row, GtkWidget *item)
{
  GPtrArray *group = self->unseen_before;

  if (is_seen (item))
    group = linnet_conversation_row_has_lines (row) ? NULL : self->blank;
  else if (!linnet_conversation_row_has_lines (row))
    group = NULL;
  else if (self->has_met_seen)
    group = self->unseen_behind;
  self->has_met_seen |= is_seen (item);
  if (group != NULL)
    g_ptr_array_add (group, row);
}

/* The lines of the row that is farthest from what is seen. Transfer full, nullable. */
static LinnetConversationLines *
take_farthest (LinnetConversationRows *self)
{
  GPtrArray *before = self->unseen_before, *behind = self->unseen_behind;

  if (before->len > behind->len)
    return linnet_conversation_row_steal_lines (g_ptr_array_steal_index (before, 0));
  return linnet_conversation_row_steal_lines (g_ptr_array_steal_index (behind, behind->len - 1));
}

static gboolean
has_more_than_needed (LinnetConversationRows *self)
{
  return self->unseen_before->len + self->unseen_behind->len > KEPT;
}

static void
give_lines (LinnetConversationRows *self, LinnetConversationRow *row)
{
  g_autoptr (LinnetConversationLines) lines = NULL;

  while (lines == NULL && has_more_than_needed (self))
    lines = take_farthest (self);
  if (lines == NULL)
    lines = g_object_ref_sink (LINNET_CONVERSATION_LINES (linnet_conversation_lines_new ()));
  linnet_conversation_row_set_lines (row, lines);
}

gboolean
linnet_conversation_rows_fill (LinnetConversationRows *self)
{
  gboolean has_blank;

  self->has_met_seen = FALSE;
  for_each_row (self, look_at);
  has_blank = self->blank->len > 0;
  for (guint i = 0; i < self->blank->len; i++)
    give_lines (self, self->blank->pdata[i]);
  while (has_more_than_needed (self))
    {
      g_autoptr (LinnetConversationLines) unused = take_farthest (self);
    }
  g_ptr_array_set_size (self->blank, 0);
  g_ptr_array_set_size (self->unseen_before, 0);
  g_ptr_array_set_size (self->unseen_behind, 0);
  return has_blank;
}

/* Life */

LinnetConversationRows *
linnet_conversation_rows_new (GtkListView *list, GtkWidget *owner)
{
  LinnetConversationRows *self = g_new0 (LinnetConversationRows, 1);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->list = list;
  self->blank = g_ptr_array_new ();
  self->unseen_before = g_ptr_array_new ();
  self->unseen_behind = g_ptr_array_new ();
  self->sample = linnet_conversation_lines_new ();
  gtk_widget_set_child_visible (self->sample, FALSE);
  gtk_widget_set_parent (self->sample, owner);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (list, factory);
  return self;
}

void
linnet_conversation_rows_free (LinnetConversationRows *self)
{
  gtk_list_view_set_factory (self->list, NULL);
  gtk_widget_unparent (self->sample);
  g_ptr_array_unref (self->blank);
  g_ptr_array_unref (self->unseen_before);
  g_ptr_array_unref (self->unseen_behind);
  g_free (self);
}
