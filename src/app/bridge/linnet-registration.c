/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-registration.h"

#include "im-request.h"
#include "linnet-error.h"

#include <glib/gi18n-lib.h>

#define ERROR_MISSING 6017

typedef struct
{
  const char *name;
  const char *label;
  LinnetFormFieldKind kind;
} KnownField;

/* The names of XEP-0077, which come without a label. */
static const KnownField known_fields[] = {
  { "username", N_ ("User name"), LINNET_FORM_TEXT },
  { "password", N_ ("Password"), LINNET_FORM_PASSWORD },
  { "email", N_ ("Email address"), LINNET_FORM_TEXT },
  { "nick", N_ ("Nickname"), LINNET_FORM_TEXT },
  { "name", N_ ("Full name"), LINNET_FORM_TEXT },
  { "first", N_ ("First name"), LINNET_FORM_TEXT },
  { "last", N_ ("Last name"), LINNET_FORM_TEXT },
  { "phone", N_ ("Phone number"), LINNET_FORM_TEXT },
  { "address", N_ ("Street"), LINNET_FORM_TEXT },
  { "city", N_ ("City"), LINNET_FORM_TEXT },
  { "zip", N_ ("Postal code"), LINNET_FORM_TEXT },
  { "url", N_ ("Web page"), LINNET_FORM_TEXT },
};

static const struct
{
  const char *type;
  LinnetFormFieldKind kind;
} kinds[] = {
  { "text-private", LINNET_FORM_PASSWORD }, { "list-single", LINNET_FORM_LIST },
  { "boolean", LINNET_FORM_BOOLEAN },       { "fixed", LINNET_FORM_FIXED },
  { "hidden", LINNET_FORM_HIDDEN },
};

static const KnownField *
find_known (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_fields); i++)
    {
      if (g_strcmp0 (known_fields[i].name, name) == 0)
        return &known_fields[i];
    }
  return NULL;
}

static LinnetFormFieldKind
kind_of (const ImRegisterAccountField *field, const KnownField *known)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i].type, field->type) == 0
          && (kinds[i].kind != LINNET_FORM_LIST || field->options != NULL))
        return kinds[i].kind;
    }
  return known != NULL ? known->kind : LINNET_FORM_TEXT;
}

static LinnetFormField *
make_field (const ImRegisterAccountField *from)
{
  const KnownField *known = find_known (from->name);
  const char *label = from->label;
  LinnetFormField *field;

  if (known != NULL && (label == NULL || *label == '\0' || g_strcmp0 (label, from->name) == 0))
    label = _ (known->label);
  field = linnet_form_field_new (kind_of (from, known), from->name, label, from->value,
                                 from->is_required);
  for (guint i = 0; from->options != NULL && i < from->options->len; i++)
    {
      const ImRegisterAccountOption *option = g_ptr_array_index (from->options, i);

      linnet_form_field_add_option (field, option->value, option->label);
    }
  return field;
}

static void
append_known (LinnetForm *form, const KnownField *known)
{
  g_autoptr (LinnetFormField) field
      = linnet_form_field_new (known->kind, known->name, _ (known->label), NULL, TRUE);

  linnet_form_append (form, field);
}

LinnetForm *
linnet_registration_make_form (const ImRegisterAccountResult *answer)
{
  LinnetForm *form = linnet_form_new (NULL, answer->instructions);

  for (guint i = 0; answer->fields != NULL && i < answer->fields->len; i++)
    {
      g_autoptr (LinnetFormField) field = make_field (g_ptr_array_index (answer->fields, i));

      linnet_form_append (form, field);
    }
  if (linnet_form_find (form, "username") == NULL)
    append_known (form, &known_fields[0]);
  if (linnet_form_find (form, "password") == NULL)
    append_known (form, &known_fields[1]);
  return form;
}

gboolean
linnet_registration_check_made (const ImRegisterAccountResult *answer, GError **error)
{
  if (answer->fields == NULL || answer->fields->len == 0)
    return TRUE;
  g_propagate_error (error, linnet_error_new (ERROR_MISSING, "the form is not complete"));
  return FALSE;
}
