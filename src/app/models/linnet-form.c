/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-form.h"

struct _LinnetFormField
{
  GObject parent_instance;

  LinnetFormFieldKind kind;
  char *name;         /* owned */
  char *label;        /* owned */
  char *value;        /* owned, never NULL */
  GPtrArray *options; /* owned, nullable: value, label, value, label … */
  gboolean required;
};

enum
{
  FIELD_PROP_0,
  FIELD_PROP_NAME,
  FIELD_PROP_LABEL,
  FIELD_PROP_VALUE,
  FIELD_PROP_KIND,
  FIELD_PROP_REQUIRED,
  FIELD_N_PROPS
};

static GParamSpec *field_props[FIELD_N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetFormField, linnet_form_field, G_TYPE_OBJECT)

static void
linnet_form_field_finalize (GObject *object)
{
  LinnetFormField *self = LINNET_FORM_FIELD (object);

  g_free (self->name);
  g_free (self->label);
  g_free (self->value);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  G_OBJECT_CLASS (linnet_form_field_parent_class)->finalize (object);
}

static void
linnet_form_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LinnetFormField *self = LINNET_FORM_FIELD (object);

  switch (id)
    {
    case FIELD_PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case FIELD_PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case FIELD_PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case FIELD_PROP_KIND:
      g_value_set_int (value, (int) self->kind);
      break;
    case FIELD_PROP_REQUIRED:
      g_value_set_boolean (value, self->required);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
linnet_form_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LinnetFormField *self = LINNET_FORM_FIELD (object);

  if (id == FIELD_PROP_VALUE)
    linnet_form_field_set_value (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
linnet_form_field_class_init (LinnetFormFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linnet_form_field_finalize;
  object_class->get_property = linnet_form_field_get_property;
  object_class->set_property = linnet_form_field_set_property;
  /* clang-format off */
  field_props[FIELD_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  field_props[FIELD_PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  field_props[FIELD_PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  field_props[FIELD_PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, 0, LINNET_FORM_HIDDEN, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  field_props[FIELD_PROP_REQUIRED] = g_param_spec_boolean ("required", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /* clang-format on */
  g_object_class_install_properties (object_class, FIELD_N_PROPS, field_props);
}

static void
linnet_form_field_init (LinnetFormField *self)
{
}

LinnetFormField *
linnet_form_field_new (LinnetFormFieldKind kind,
                       const char *name,
                       const char *label,
                       const char *value,
                       gboolean required)
{
  LinnetFormField *self = g_object_new (LINNET_TYPE_FORM_FIELD, NULL);

  self->kind = kind;
  self->name = g_strdup (name != NULL ? name : "");
  self->label = g_strdup (label != NULL && *label != '\0' ? label : self->name);
  self->value = g_strdup (value != NULL ? value : "");
  self->required = required;
  return self;
}

LinnetFormFieldKind
linnet_form_field_get_kind (LinnetFormField *self)
{
  g_return_val_if_fail (LINNET_IS_FORM_FIELD (self), LINNET_FORM_TEXT);
  return self->kind;
}

const char *
linnet_form_field_get_name (LinnetFormField *self)
{
  g_return_val_if_fail (LINNET_IS_FORM_FIELD (self), NULL);
  return self->name;
}

const char *
linnet_form_field_get_label (LinnetFormField *self)
{
  g_return_val_if_fail (LINNET_IS_FORM_FIELD (self), NULL);
  return self->label;
}

const char *
linnet_form_field_get_value (LinnetFormField *self)
{
  g_return_val_if_fail (LINNET_IS_FORM_FIELD (self), NULL);
  return self->value;
}

void
linnet_form_field_set_value (LinnetFormField *self, const char *value)
{
  g_return_if_fail (LINNET_IS_FORM_FIELD (self));

  if (g_strcmp0 (self->value, value) == 0)
    return;
  g_free (self->value);
  self->value = g_strdup (value != NULL ? value : "");
  g_object_notify_by_pspec (G_OBJECT (self), field_props[FIELD_PROP_VALUE]);
}

gboolean
linnet_form_field_get_required (LinnetFormField *self)
{
  g_return_val_if_fail (LINNET_IS_FORM_FIELD (self), FALSE);
  return self->required;
}

GPtrArray *
linnet_form_field_get_options (LinnetFormField *self)
{
  g_return_val_if_fail (LINNET_IS_FORM_FIELD (self), NULL);
  return self->options;
}

void
linnet_form_field_add_option (LinnetFormField *self, const char *value, const char *label)
{
  g_return_if_fail (LINNET_IS_FORM_FIELD (self));
  g_return_if_fail (value != NULL);

  if (self->options == NULL)
    self->options = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->options, g_strdup (value));
  g_ptr_array_add (self->options, g_strdup (label != NULL && *label != '\0' ? label : value));
}

struct _LinnetForm
{
  GObject parent_instance;

  char *title;        /* owned, nullable */
  char *instructions; /* owned, nullable */
  GListStore *fields; /* owned, of LinnetFormField */
};

static GType
linnet_form_get_item_type (GListModel *model)
{
  return LINNET_TYPE_FORM_FIELD;
}

static guint
linnet_form_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (LINNET_FORM (model)->fields));
}

static gpointer
linnet_form_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (LINNET_FORM (model)->fields), position);
}

static void
linnet_form_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = linnet_form_get_item_type;
  iface->get_n_items = linnet_form_get_n_items;
  iface->get_item = linnet_form_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LinnetForm,
                               linnet_form,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      linnet_form_list_model_init))

static void
linnet_form_finalize (GObject *object)
{
  LinnetForm *self = LINNET_FORM (object);

  g_free (self->title);
  g_free (self->instructions);
  g_clear_object (&self->fields);
  G_OBJECT_CLASS (linnet_form_parent_class)->finalize (object);
}

static void
linnet_form_class_init (LinnetFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linnet_form_finalize;
}

static void
linnet_form_init (LinnetForm *self)
{
  self->fields = g_list_store_new (LINNET_TYPE_FORM_FIELD);
}

LinnetForm *
linnet_form_new (const char *title, const char *instructions)
{
  LinnetForm *self = g_object_new (LINNET_TYPE_FORM, NULL);

  self->title = g_strdup (title);
  self->instructions = g_strdup (instructions);
  return self;
}

void
linnet_form_append (LinnetForm *self, LinnetFormField *field)
{
  guint position;

  g_return_if_fail (LINNET_IS_FORM (self));
  g_return_if_fail (LINNET_IS_FORM_FIELD (field));

  position = linnet_form_get_n_items (G_LIST_MODEL (self));
  g_list_store_append (self->fields, field);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

const char *
linnet_form_get_title (LinnetForm *self)
{
  g_return_val_if_fail (LINNET_IS_FORM (self), NULL);
  return self->title;
}

const char *
linnet_form_get_instructions (LinnetForm *self)
{
  g_return_val_if_fail (LINNET_IS_FORM (self), NULL);
  return self->instructions;
}

/* Borrowed: the form holds its fields. */
static LinnetFormField *
field_at (LinnetForm *self, guint position)
{
  g_autoptr (LinnetFormField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), position);

  return field;
}

LinnetFormField *
linnet_form_find (LinnetForm *self, const char *name)
{
  guint n;

  g_return_val_if_fail (LINNET_IS_FORM (self), NULL);

  n = linnet_form_get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n; i++)
    {
      LinnetFormField *field = field_at (self, i);

      if (g_strcmp0 (field->name, name) == 0)
        return field;
    }
  return NULL;
}

const char *
linnet_form_get_missing (LinnetForm *self)
{
  guint n;

  g_return_val_if_fail (LINNET_IS_FORM (self), NULL);

  n = linnet_form_get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n; i++)
    {
      LinnetFormField *field = field_at (self, i);

      if (field->required && *field->value == '\0' && field->kind != LINNET_FORM_HIDDEN)
        return field->label;
    }
  return NULL;
}
