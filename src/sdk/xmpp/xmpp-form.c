/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-form.h"

#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

static void
option_free (gpointer data)
{
  XmppFormOption *option = data;

  g_free (option->value);
  g_free (option->label);
  g_free (option);
}

static void
field_free (gpointer data)
{
  XmppFormField *field = data;

  g_free (field->var);
  g_free (field->type);
  g_free (field->label);
  g_strfreev (field->values);
  g_ptr_array_unref (field->options);
  g_free (field);
}

void
xmpp_form_free (XmppForm *form)
{
  if (form == NULL)
    return;
  g_free (form->type);
  g_free (form->title);
  g_free (form->instructions);
  g_ptr_array_unref (form->fields);
  g_free (form);
}

static XmppFormField *
field_new (const char *var, const char *type, const char *label, gboolean required)
{
  XmppFormField *field = g_new0 (XmppFormField, 1);

  field->var = g_strdup (var != NULL ? var : "");
  field->type = g_strdup (type != NULL ? type : "text-single");
  field->label = g_strdup (label);
  field->required = required;
  field->values = g_new0 (char *, 1);
  field->options = g_ptr_array_new_with_free_func (option_free);
  return field;
}

XmppForm *
xmpp_form_new (const char *type)
{
  XmppForm *form = g_new0 (XmppForm, 1);

  form->type = g_strdup (type);
  form->fields = g_ptr_array_new_with_free_func (field_free);
  return form;
}

XmppFormField *
xmpp_form_add (
    XmppForm *form, const char *var, const char *type, const char *label, gboolean required)
{
  XmppFormField *field = field_new (var, type, label, required);

  g_ptr_array_add (form->fields, field);
  return field;
}

static void
parse_field (XmppForm *form, const xmlNode *node)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  XmppFormField *field
      = xmpp_form_add (form, xmpp_node_attr (node, "var"), xmpp_node_attr (node, "type"),
                       xmpp_node_attr (node, "label"),
                       xmpp_node_child (node, "required", XMPP_NS_DATA_FORMS) != NULL);

  xmpp_node_foreach (node, value, "value", XMPP_NS_DATA_FORMS)
  {
    g_autofree char *text = xmpp_node_dup_text (value);

    g_strv_builder_add (values, text);
  }
  g_strfreev (field->values);
  field->values = g_strv_builder_end (values);
  xmpp_node_foreach (node, child, "option", XMPP_NS_DATA_FORMS)
  {
    XmppFormOption *option = g_new0 (XmppFormOption, 1);
    char *value = xmpp_node_dup_child_text (child, "value", XMPP_NS_DATA_FORMS);

    option->value = value != NULL ? value : g_strdup ("");
    option->label = g_strdup (xmpp_node_attr (child, "label"));
    g_ptr_array_add (field->options, option);
  }
}

XmppForm *
xmpp_form_parse (const xmlNode *x)
{
  const char *type;
  XmppForm *form;

  if (!xmpp_node_is (x, "x", XMPP_NS_DATA_FORMS))
    return NULL;
  type = xmpp_node_attr (x, "type");
  form = xmpp_form_new (type != NULL ? type : "form");
  form->title = xmpp_node_dup_child_text (x, "title", XMPP_NS_DATA_FORMS);
  form->instructions = xmpp_node_dup_child_text (x, "instructions", XMPP_NS_DATA_FORMS);
  xmpp_node_foreach (x, field, "field", XMPP_NS_DATA_FORMS) parse_field (form, field);
  return form;
}

XmppFormField *
xmpp_form_field (const XmppForm *form, const char *var)
{
  for (guint i = 0; form != NULL && i < form->fields->len; i++)
    {
      XmppFormField *field = g_ptr_array_index (form->fields, i);

      if (strcmp (field->var, var) == 0)
        return field;
    }
  return NULL;
}

const char *
xmpp_form_value (const XmppForm *form, const char *var)
{
  const XmppFormField *field = xmpp_form_field (form, var);

  return field != NULL ? field->values[0] : NULL;
}

gboolean
xmpp_form_set (XmppForm *form, const char *var, const char *value)
{
  return xmpp_form_set_values (form, var, (const char *const[]){ value, NULL });
}

gboolean
xmpp_form_set_values (XmppForm *form, const char *var, const char *const *values)
{
  XmppFormField *field = xmpp_form_field (form, var);

  if (field == NULL)
    return FALSE;
  g_strfreev (field->values);
  field->values = g_strdupv ((char **) values);
  return TRUE;
}

xmlNode *
xmpp_form_append_submit (const XmppForm *form, xmlNode *parent)
{
  xmlNode *x = xmpp_spec_append (parent, XMPP_SPEC (XMPP_EL ("x", XMPP_NS_DATA_FORMS,
                                                             XMPP_ATTR ("type", "submit"))));

  for (guint i = 0; i < form->fields->len; i++)
    {
      const XmppFormField *field = g_ptr_array_index (form->fields, i);
      xmlNode *node;

      if (*field->var == '\0' || field->values[0] == NULL || g_str_equal (field->type, "fixed"))
        continue;
      node = xmpp_spec_append (x, XMPP_SPEC (XMPP_EL ("field", NULL, XMPP_ATTR ("var", field->var),
                                                      XMPP_ATTR ("type", field->type))));
      for (char **value = field->values; *value != NULL; value++)
        xmpp_spec_append (node, XMPP_SPEC (XMPP_TEXT_EL ("value", NULL, *value)));
    }
  return x;
}
