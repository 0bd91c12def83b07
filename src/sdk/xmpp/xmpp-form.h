/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-spec.h"

G_BEGIN_DECLS

/* Data forms (XEP-0004). Network thread. */

typedef struct
{
  char *value;
  char *label; /* nullable */
} XmppFormOption;

typedef struct
{
  char *var;
  char *type;  /* "text-single", "text-private", "hidden", "fixed", "boolean", "list-single" … */
  char *label; /* nullable */
  gboolean required;
  char **values;      /* never NULL */
  GPtrArray *options; /* of XmppFormOption; never NULL */
} XmppFormField;

typedef struct
{
  char *type;         /* "form", "submit", "result", "cancel" */
  char *title;        /* nullable */
  char *instructions; /* nullable */
  GPtrArray *fields;  /* of XmppFormField; never NULL */
} XmppForm;

/* An empty form, and a field at its end. */
XmppForm *xmpp_form_new (const char *type);
XmppFormField *xmpp_form_add (
    XmppForm *form, const char *var, const char *type, const char *label, gboolean required);
/* x is <x xmlns='jabber:x:data'/>; NULL when it is not one. */
XmppForm *xmpp_form_parse (const xmlNode *x);
void xmpp_form_free (XmppForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppForm, xmpp_form_free)

/* (nullable) */
XmppFormField *xmpp_form_field (const XmppForm *form, const char *var);
/* The first value; NULL when there is none. */
const char *xmpp_form_value (const XmppForm *form, const char *var);
/* FALSE when the form has no such field: nothing that a form has not is ever submitted. */
gboolean xmpp_form_set (XmppForm *form, const char *var, const char *value);
gboolean xmpp_form_set_values (XmppForm *form, const char *var, const char *const *values);
/* Appends <x type='submit'/> with every field that has a name and values. */
xmlNode *xmpp_form_append_submit (const XmppForm *form, xmlNode *parent);

G_END_DECLS
