/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: settings → library → session → window. */
#pragma once

#include <adwaita.h>

#define LINNET_TYPE_APPLICATION (linnet_application_get_type ())
G_DECLARE_FINAL_TYPE (LinnetApplication, linnet_application, LINNET, APPLICATION, AdwApplication)

LinnetApplication *linnet_application_new (void);
