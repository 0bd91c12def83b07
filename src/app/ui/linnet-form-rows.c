/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-form-rows.h"

static GtkWidget *
build_entry (LinnetFormField *field, GType type)
{
  GtkWidget *row = g_object_new (type, NULL);

  g_object_bind_property (field, "value", row, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return row;
}

static gboolean
text_to_flag (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *text = g_value_get_string (from);

  g_value_set_boolean (to, g_strcmp0 (text, "1") == 0 || g_strcmp0 (text, "true") == 0);
  return TRUE;
}

static gboolean
flag_to_text (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_string (to, g_value_get_boolean (from) ? "1" : "0");
  return TRUE;
}

static GtkWidget *
build_switch (LinnetFormField *field)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_object_bind_property_full (field, "value", toggle, "active",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, text_to_flag,
                               flag_to_text, NULL, NULL);
  return row;
}

static void
on_selected (AdwComboRow *row, GParamSpec *pspec, LinnetFormField *field)
{
  GPtrArray *options = linnet_form_field_get_options (field);
  guint selected = adw_combo_row_get_selected (row);

  if (selected < options->len / 2)
    linnet_form_field_set_value (field, g_ptr_array_index (options, 2 * selected));
}

static GtkWidget *
build_choice (LinnetFormField *field)
{
  GtkWidget *row = adw_combo_row_new ();
  GPtrArray *options = linnet_form_field_get_options (field);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; options != NULL && i + 1 < options->len; i += 2)
    {
      const char *value = g_ptr_array_index (options, i);
      gtk_string_list_append (labels, g_ptr_array_index (options, i + 1));
      if (g_strcmp0 (value, linnet_form_field_get_value (field)) == 0)
        selected = i / 2;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  if (options == NULL)
    return row;
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_selected), field, 0);
  on_selected (ADW_COMBO_ROW (row), NULL, field);
  return row;
}

GtkWidget *
linnet_form_row_new (LinnetFormField *field)
{
  GtkWidget *row = NULL;

  g_return_val_if_fail (LINNET_IS_FORM_FIELD (field), NULL);

  switch (linnet_form_field_get_kind (field))
    {
    case LINNET_FORM_TEXT:
      row = build_entry (field, ADW_TYPE_ENTRY_ROW);
      break;
    case LINNET_FORM_PASSWORD:
      row = build_entry (field, ADW_TYPE_PASSWORD_ENTRY_ROW);
      break;
    case LINNET_FORM_BOOLEAN:
      row = build_switch (field);
      break;
    case LINNET_FORM_LIST:
      row = build_choice (field);
      break;
    case LINNET_FORM_FIXED:
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     linnet_form_field_get_value (field));
      return row;
    case LINNET_FORM_HIDDEN:
    default:
      return NULL;
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), linnet_form_field_get_label (field));
  return row;
}
