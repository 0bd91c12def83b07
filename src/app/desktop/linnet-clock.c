/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-clock.h"

#include "linnet-time.h"

#define SCHEMA_ID "org.gnome.desktop.interface"
#define KEY "clock-format"

static void
on_changed (GSettings *settings)
{
  g_autofree char *format = g_settings_get_string (settings, KEY);

  linnet_time_set_12h (g_strcmp0 (format, "12h") == 0);
}

GSettings *
linnet_clock_follow (GCallback changed, gpointer user_data)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  GSettings *settings;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, KEY))
    return NULL;
  settings = g_settings_new_full (schema, NULL, NULL);
  on_changed (settings);
  g_signal_connect (settings, "changed::" KEY, G_CALLBACK (on_changed), NULL);
  g_signal_connect_swapped (settings, "changed::" KEY, changed, user_data);
  return settings;
}
