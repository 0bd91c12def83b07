/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers of the account-making call as the application sees them. Private to the bridge. */
#pragma once

#include "linnet-form.h"

typedef struct _ImRegisterAccountResult ImRegisterAccountResult;

/* The form; one with name and password when the server named no fields. Transfer full. */
LinnetForm *linnet_registration_make_form (const ImRegisterAccountResult *answer);
/* FALSE with LINNET_ERROR when the server wants to know more before it makes the account. */
gboolean linnet_registration_check_made (const ImRegisterAccountResult *answer, GError **error);
