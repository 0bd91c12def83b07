/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line below a field that says what is wrong with it, and the .error look of the field itself.
 * Invisible when there is nothing to say. Main thread. */
#pragma once

#include <adwaita.h>

#define LINNET_TYPE_FIELD_ERROR (linnet_field_error_get_type ())
G_DECLARE_FINAL_TYPE (LinnetFieldError, linnet_field_error, LINNET, FIELD_ERROR, AdwBin)

/* field: the row that caused it, nullable. NULL text: all is well again. */
void linnet_field_error_show (LinnetFieldError *self, GtkWidget *field, const char *text);
void linnet_field_error_clear (LinnetFieldError *self);
