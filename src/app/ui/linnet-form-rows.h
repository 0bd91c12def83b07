/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a preferences group for the fields of a registration form, each bound to its field both
 * ways. Main thread. */
#pragma once

#include "linnet-form.h"
#include <adwaita.h>

/* The row of a field, or NULL for one that a person need not see (HIDDEN). Floating. */
GtkWidget *linnet_form_row_new (LinnetFormField *field);
