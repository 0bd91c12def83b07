/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-sidebar.h"

#include "linnet-banner-bar.h"
#include "linnet-conversation-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MINIMUM_WIDTH 270
#define NATURAL_WIDTH 324
#define NATURAL_WIDTH_LARGE_TEXT 396

struct _LinnetSidebar
{
  GtkWidget parent_instance;

  LinnetSession *session;       /* owned, nullable */
  LinnetConversation *selected; /* owned, nullable */
  char *needle;                 /* owned: what is searched for, folded; "" for all */
  LinnetConversationRows *rows; /* owned */
  GdkFrameClock *clock;         /* borrowed, nullable: not realized */
  gboolean is_moved;            /* rows may have other places since they were looked at */
  GtkCustomFilter *filter;      /* owned: those that match the needle */
  GtkFilterListModel *shown;
  GtkSingleSelection *selection;

  GtkWidget *box;
  AdwHeaderBar *header;
  GtkMenuButton *menu_button;
  GtkWidget *search_button;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  LinnetBannerBar *banner;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkListView *list;
  AdwStatusPage *nothing;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

enum
{
  SIGNAL_CONVERSATION_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetSidebar, linnet_sidebar, GTK_TYPE_WIDGET)

static GListModel *
get_shown (LinnetSidebar *self)
{
  return G_LIST_MODEL (self->selection);
}

static gboolean
is_searching (LinnetSidebar *self)
{
  return *self->needle != '\0';
}

/* Without a search everything is shown, in the order of the model. */
static guint
find_shown (LinnetSidebar *self, LinnetConversation *conversation)
{
  if (!is_searching (self) && self->session != NULL)
    {
      guint position
          = linnet_conversation_list_get_position (linnet_session_get_conversations (self->session),
                                                   conversation);

      return position != G_MAXUINT ? position : GTK_INVALID_LIST_POSITION;
    }
  for (guint i = 0; i < g_list_model_get_n_items (get_shown (self)); i++)
    {
      g_autoptr (LinnetConversation) candidate = g_list_model_get_item (get_shown (self), i);
      if (candidate == conversation)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
show_nothing_found (LinnetSidebar *self)
{
  g_autofree char *escaped = g_markup_escape_text (gtk_editable_get_text (self->search_entry), -1);
  /* Translators: %s is what was searched for */
  g_autofree char *title = g_strdup_printf (_ ("No Results for “%s”"), escaped);

  adw_status_page_set_title (self->nothing, title);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
update_page (LinnetSidebar *self)
{
  LinnetConversationList *conversations;

  if (self->session == NULL)
    return;
  conversations = linnet_session_get_conversations (self->session);
  if (g_list_model_get_n_items (get_shown (self)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (linnet_conversation_list_get_load_state (conversations) == LINNET_LOAD_RUNNING)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (is_searching (self) && linnet_conversation_list_get_n_items (conversations) > 0)
    show_nothing_found (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* What is open is marked, and nothing else: the view would mark what gets the focus. */
static void
update_selected (LinnetSidebar *self)
{
  guint position
      = self->selected != NULL ? find_shown (self, self->selected) : GTK_INVALID_LIST_POSITION;

  if (gtk_single_selection_get_selected (self->selection) != position)
    gtk_single_selection_set_selected (self->selection, position);
}

/* A list at its top stays there when a conversation moves up: what is new is what one wants to see.
 * The view itself would hold the row that was first. */
static void
stay_at_top (LinnetSidebar *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  if (gtk_adjustment_get_value (adjustment) <= gtk_adjustment_get_lower (adjustment)
      && g_list_model_get_n_items (get_shown (self)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

/* Right after the layout: what came near is filled and laid out before the frame is drawn. */
static void
on_layout (LinnetSidebar *self)
{
  if (self->is_moved)
    self->is_moved = linnet_conversation_rows_fill (self->rows);
}

static void
on_items_changed (LinnetSidebar *self)
{
  self->is_moved = TRUE;
  update_page (self);
  update_selected (self);
  stay_at_top (self);
}

/* --- search by name --- */

/* Matching words in any order and without their accents is slow. A single plain word can only match
 * a plain name where it is a part of it. */
static gboolean
needs_words (const char *needle, const char *name)
{
  return !g_str_is_ascii (needle) || !g_str_is_ascii (name) || strchr (needle, ' ') != NULL;
}

static gboolean
matches (gpointer item, gpointer user_data)
{
  LinnetSidebar *self = user_data;
  const char *name = linnet_conversation_get_name (item);
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *address = NULL;

  if (strstr (folded, self->needle) != NULL)
    return TRUE;
  address = g_utf8_casefold (linnet_conversation_get_address (item), -1);
  return strstr (address, self->needle) != NULL
         || (needs_words (self->needle, name) && g_str_match_string (self->needle, name, TRUE));
}

static void
on_search_changed (LinnetSidebar *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->search_entry));

  g_free (self->needle);
  self->needle = g_utf8_casefold (g_strstrip (text), -1);
  /* A filter that lets everything through would still be asked about everything. */
  gtk_filter_list_model_set_filter (self->shown,
                                    is_searching (self) ? GTK_FILTER (self->filter) : NULL);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  on_items_changed (self);
}

static void
activate (LinnetSidebar *self, guint position)
{
  g_autoptr (LinnetConversation) conversation = g_list_model_get_item (get_shown (self), position);

  if (conversation != NULL)
    g_signal_emit (self, signals[SIGNAL_CONVERSATION_ACTIVATED], 0, conversation);
}

static void
on_search_activate (LinnetSidebar *self)
{
  activate (self, 0);
  linnet_sidebar_end_search (self);
}

static void
on_search_next (LinnetSidebar *self)
{
  linnet_sidebar_focus_list (self);
}

static void
on_activate (LinnetSidebar *self, guint position)
{
  activate (self, position);
}

void
linnet_sidebar_start_search (LinnetSidebar *self)
{
  g_return_if_fail (LINNET_IS_SIDEBAR (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (self->search_entry, 0, -1);
}

gboolean
linnet_sidebar_end_search (LinnetSidebar *self)
{
  g_return_val_if_fail (LINNET_IS_SIDEBAR (self), FALSE);

  if (!gtk_search_bar_get_search_mode (self->search_bar))
    return FALSE;
  gtk_editable_set_text (self->search_entry, "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  on_search_changed (self);
  return TRUE;
}

static void
set_up_list (LinnetSidebar *self)
{
  self->rows = linnet_conversation_rows_new (self->list, GTK_WIDGET (self));
  self->needle = g_strdup ("");
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->shown = gtk_filter_list_model_new (NULL, NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (self->shown));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (update_selected), self,
                           G_CONNECT_SWAPPED);
}

/* --- for the window --- */

void
linnet_sidebar_set_session (LinnetSidebar *self, LinnetSession *session)
{
  g_return_if_fail (LINNET_IS_SIDEBAR (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (linnet_session_get_conversations (self->session), self);
  g_set_object (&self->session, session);
  linnet_banner_bar_set_session (self->banner, session);
  if (session != NULL)
    {
      LinnetConversationList *conversations = linnet_session_get_conversations (session);
      gtk_filter_list_model_set_model (self->shown, G_LIST_MODEL (conversations));
      g_signal_connect_swapped (conversations, "notify::load-state", G_CALLBACK (update_page),
                                self);
    }
  else
    gtk_filter_list_model_set_model (self->shown, NULL);
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

void
linnet_sidebar_set_selected (LinnetSidebar *self, LinnetConversation *conversation)
{
  g_return_if_fail (LINNET_IS_SIDEBAR (self));

  g_set_object (&self->selected, conversation);
  update_selected (self);
}

void
linnet_sidebar_set_folded (LinnetSidebar *self, gboolean folded)
{
  g_return_if_fail (LINNET_IS_SIDEBAR (self));

  adw_header_bar_set_show_end_title_buttons (self->header, folded);
  linnet_banner_bar_set_allowed (self->banner, folded);
}

LinnetConversation *
linnet_sidebar_get_neighbour (LinnetSidebar *self, int direction)
{
  g_autoptr (LinnetConversation) neighbour = NULL;
  guint n_shown;
  guint position;

  g_return_val_if_fail (LINNET_IS_SIDEBAR (self), NULL);
  n_shown = g_list_model_get_n_items (get_shown (self));
  position = gtk_single_selection_get_selected (self->selection);
  if (n_shown == 0)
    return NULL;
  if (position == GTK_INVALID_LIST_POSITION)
    position = direction > 0 ? 0 : n_shown - 1;
  else if (direction > 0)
    position = MIN (position + 1, n_shown - 1);
  else
    position = position > 0 ? position - 1 : 0;
  neighbour = g_list_model_get_item (get_shown (self), position);
  return neighbour; /* the list holds it */
}

void
linnet_sidebar_focus_list (LinnetSidebar *self)
{
  g_return_if_fail (LINNET_IS_SIDEBAR (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

void
linnet_sidebar_open_menu (LinnetSidebar *self)
{
  g_return_if_fail (LINNET_IS_SIDEBAR (self));
  gtk_menu_button_popup (self->menu_button);
}

/* --- plumbing --- */

static void
on_scrolled (LinnetSidebar *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  self->is_moved = TRUE;
  if (gtk_adjustment_get_value (adjustment) > gtk_adjustment_get_lower (adjustment))
    gtk_widget_add_css_class (self->box, "scrolled");
  else
    gtk_widget_remove_css_class (self->box, "scrolled");
}

static int
get_natural_width (GtkWidget *widget)
{
  double dpi = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return dpi >= 96 * 1.5 ? NATURAL_WIDTH_LARGE_TEXT : NATURAL_WIDTH;
}

static void
linnet_sidebar_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  LinnetSidebar *self = LINNET_SIDEBAR (widget);

  linnet_conversation_rows_measure (self->rows);
  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  *minimum = MAX (*minimum, MINIMUM_WIDTH);
  *natural = MAX (*minimum, get_natural_width (widget));
}

static void
linnet_sidebar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinnetSidebar *self = LINNET_SIDEBAR (widget);

  linnet_conversation_rows_measure (self->rows);
  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  self->is_moved = TRUE;
}

static void
linnet_sidebar_realize (GtkWidget *widget)
{
  LinnetSidebar *self = LINNET_SIDEBAR (widget);

  GTK_WIDGET_CLASS (linnet_sidebar_parent_class)->realize (widget);
  self->clock = gtk_widget_get_frame_clock (widget);
  g_signal_connect_data (self->clock, "layout", G_CALLBACK (on_layout), self, NULL,
                         G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
linnet_sidebar_unrealize (GtkWidget *widget)
{
  LinnetSidebar *self = LINNET_SIDEBAR (widget);

  g_signal_handlers_disconnect_by_data (g_steal_pointer (&self->clock), self);
  GTK_WIDGET_CLASS (linnet_sidebar_parent_class)->unrealize (widget);
}

static void
linnet_sidebar_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  linnet_sidebar_set_session (LINNET_SIDEBAR (object), g_value_get_object (value));
}

static void
linnet_sidebar_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, LINNET_SIDEBAR (object)->session);
}

static void
linnet_sidebar_dispose (GObject *object)
{
  LinnetSidebar *self = LINNET_SIDEBAR (object);

  if (self->session != NULL)
    linnet_sidebar_set_session (self, NULL);
  g_clear_pointer (&self->rows, linnet_conversation_rows_free);
  g_clear_object (&self->selected);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->filter);
  G_OBJECT_CLASS (linnet_sidebar_parent_class)->dispose (object);
}

static void
linnet_sidebar_finalize (GObject *object)
{
  g_free (LINNET_SIDEBAR (object)->needle);
  G_OBJECT_CLASS (linnet_sidebar_parent_class)->finalize (object);
}

static void
linnet_sidebar_class_init (LinnetSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = linnet_sidebar_set_property;
  object_class->get_property = linnet_sidebar_get_property;
  object_class->dispose = linnet_sidebar_dispose;
  object_class->finalize = linnet_sidebar_finalize;
  widget_class->measure = linnet_sidebar_measure;
  widget_class->size_allocate = linnet_sidebar_size_allocate;
  widget_class->realize = linnet_sidebar_realize;
  widget_class->unrealize = linnet_sidebar_unrealize;

  props[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, LINNET_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CONVERSATION_ACTIVATED]
      = g_signal_new ("conversation-activated", LINNET_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, LINNET_TYPE_CONVERSATION);

  g_type_ensure (LINNET_TYPE_BANNER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, search_button);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, search_bar);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, banner);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, scrolled);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, LinnetSidebar, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_next);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
linnet_sidebar_init (LinnetSidebar *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_list (self);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->scrolled));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
}
