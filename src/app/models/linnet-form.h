/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form a server wants filled in to create an account: legacy fields and data forms alike.
 * Main thread. */
#pragma once

#include "linnet-enums.h"
#include <gio/gio.h>

#define LINNET_TYPE_FORM_FIELD (linnet_form_field_get_type ())
G_DECLARE_FINAL_TYPE (LinnetFormField, linnet_form_field, LINNET, FORM_FIELD, GObject)

#define LINNET_TYPE_FORM (linnet_form_get_type ())
G_DECLARE_FINAL_TYPE (LinnetForm, linnet_form, LINNET, FORM, GObject)

/* One field. Properties: "name" (the wire's), "label" (to show; translated for the known names),
 * "value" (read-write, never NULL), "kind" (LinnetFormFieldKind as int), "required". */
LinnetFormField *linnet_form_field_new (LinnetFormFieldKind kind,
                                        const char *name,
                                        const char *label,
                                        const char *value,
                                        gboolean required);
LinnetFormFieldKind linnet_form_field_get_kind (LinnetFormField *self);
const char *linnet_form_field_get_name (LinnetFormField *self);
const char *linnet_form_field_get_label (LinnetFormField *self);
const char *linnet_form_field_get_value (LinnetFormField *self);
void linnet_form_field_set_value (LinnetFormField *self, const char *value);
gboolean linnet_form_field_get_required (LinnetFormField *self);
/* LIST: the choices, as pairs value, label; NULL otherwise. Borrowed. */
GPtrArray *linnet_form_field_get_options (LinnetFormField *self);
void linnet_form_field_add_option (LinnetFormField *self, const char *value, const char *label);

/* A GListModel of LinnetFormField. */
LinnetForm *linnet_form_new (const char *title, const char *instructions);
void linnet_form_append (LinnetForm *self, LinnetFormField *field);
const char *linnet_form_get_title (LinnetForm *self);
const char *linnet_form_get_instructions (LinnetForm *self);
/* Borrowed, NULL when there is none of that name. */
LinnetFormField *linnet_form_find (LinnetForm *self, const char *name);
/* Label of the first required field that is empty, or NULL when all are filled. Borrowed. */
const char *linnet_form_get_missing (LinnetForm *self);
