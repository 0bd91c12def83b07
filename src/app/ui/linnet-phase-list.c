/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-phase-list.h"

#include "linnet-session.h"

struct _LinnetPhaseList
{
  AdwBin parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (LinnetPhaseList, linnet_phase_list, ADW_TYPE_BIN)

static const char *
get_page (LinnetPhaseState state)
{
  switch (state)
    {
    case LINNET_PHASE_DONE:
      return "done";
    case LINNET_PHASE_NOW:
      return "now";
    case LINNET_PHASE_TO_COME:
    default:
      return "to-come";
    }
}

static GtkWidget *
build_sign (void)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *done = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *dot = gtk_label_new ("•");

  gtk_widget_add_css_class (done, "success");
  gtk_widget_set_size_request (spinner, 16, 16);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (stack), done, "done");
  gtk_stack_add_named (GTK_STACK (stack), spinner, "now");
  gtk_stack_add_named (GTK_STACK (stack), dot, "to-come");
  gtk_widget_set_size_request (stack, 18, 18);
  return stack;
}

static void
update_row (LinnetPhase *phase, GParamSpec *pspec, GtkWidget *row)
{
  LinnetPhaseState state = linnet_phase_get_state (phase);
  GtkWidget *sign = gtk_widget_get_first_child (row);
  GtkWidget *label = gtk_widget_get_last_child (row);
  GtkWidget *spinner = gtk_stack_get_child_by_name (GTK_STACK (sign), "now");

  gtk_label_set_label (GTK_LABEL (label), linnet_phase_get_text (phase));
  gtk_stack_set_visible_child_name (GTK_STACK (sign), get_page (state));
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), state == LINNET_PHASE_NOW);
  gtk_widget_set_css_classes (row, (const char *[]){ NULL });
  if (state == LINNET_PHASE_NOW)
    gtk_widget_add_css_class (row, "heading");
  else if (state == LINNET_PHASE_TO_COME)
    gtk_widget_add_css_class (row, "secondary");
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (row), build_sign ());
  gtk_box_append (GTK_BOX (row), label);
  g_signal_connect_object (item, "notify", G_CALLBACK (update_row), row, 0);
  update_row (item, NULL, row);
  return row;
}

void
linnet_phase_list_set_model (LinnetPhaseList *self, GListModel *phases)
{
  g_return_if_fail (LINNET_IS_PHASE_LIST (self));
  gtk_list_box_bind_model (self->list, phases, create_row, NULL, NULL);
}

static void
linnet_phase_list_class_init (LinnetPhaseListClass *klass)
{
}

static void
linnet_phase_list_init (LinnetPhaseList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_set_can_focus (list, FALSE);
  gtk_widget_set_halign (list, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (list, "linnet-phases");
  adw_bin_set_child (ADW_BIN (self), list);
}
