/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-settings.h"

#define SCHEMA_ID "im.linnet.Linnet"

struct _LinnetSettings
{
  GObject parent_instance;

  GSettings *settings; /* owned, nullable: memory only */

  int window_width;
  int window_height;
  gboolean window_maximized;
  gboolean notifications_enabled;
  double text_scale;
  LinnetAccount *account; /* owned, nullable; memory only */
};

enum
{
  PROP_0,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  PROP_NOTIFICATIONS_ENABLED,
  PROP_TEXT_SCALE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetSettings, linnet_settings, G_TYPE_OBJECT)

static void
linnet_settings_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LinnetSettings *self = LINNET_SETTINGS (object);

  switch (id)
    {
    case PROP_WINDOW_WIDTH:
      g_value_set_int (value, self->window_width);
      break;
    case PROP_WINDOW_HEIGHT:
      g_value_set_int (value, self->window_height);
      break;
    case PROP_WINDOW_MAXIMIZED:
      g_value_set_boolean (value, self->window_maximized);
      break;
    case PROP_NOTIFICATIONS_ENABLED:
      g_value_set_boolean (value, self->notifications_enabled);
      break;
    case PROP_TEXT_SCALE:
      g_value_set_double (value, self->text_scale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
linnet_settings_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LinnetSettings *self = LINNET_SETTINGS (object);

  switch (id)
    {
    case PROP_WINDOW_WIDTH:
      self->window_width = g_value_get_int (value);
      break;
    case PROP_WINDOW_HEIGHT:
      self->window_height = g_value_get_int (value);
      break;
    case PROP_WINDOW_MAXIMIZED:
      self->window_maximized = g_value_get_boolean (value);
      break;
    case PROP_NOTIFICATIONS_ENABLED:
      self->notifications_enabled = g_value_get_boolean (value);
      break;
    case PROP_TEXT_SCALE:
      self->text_scale = g_value_get_double (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
linnet_settings_finalize (GObject *object)
{
  LinnetSettings *self = LINNET_SETTINGS (object);

  g_clear_object (&self->settings);
  linnet_account_free (self->account);
  G_OBJECT_CLASS (linnet_settings_parent_class)->finalize (object);
}

static void
linnet_settings_class_init (LinnetSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linnet_settings_finalize;
  object_class->get_property = linnet_settings_get_property;
  object_class->set_property = linnet_settings_set_property;
  /* clang-format off */
  props[PROP_WINDOW_WIDTH] = g_param_spec_int ("window-width", NULL, NULL, 360, 16384, 1100, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_WINDOW_HEIGHT] = g_param_spec_int ("window-height", NULL, NULL, 294, 16384, 760, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_WINDOW_MAXIMIZED] = g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NOTIFICATIONS_ENABLED] = g_param_spec_boolean ("notifications-enabled", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_TEXT_SCALE] = g_param_spec_double ("text-scale", NULL, NULL, 0.8, 2.0, 1.0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* clang-format on */
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
linnet_settings_init (LinnetSettings *self)
{
  self->window_width = 1100;
  self->window_height = 760;
  self->notifications_enabled = TRUE;
  self->text_scale = 1.0;
}

/* NULL when the schema is not installed: g_settings_new() would end the program. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

LinnetSettings *
linnet_settings_new (gboolean in_memory)
{
  LinnetSettings *self = g_object_new (LINNET_TYPE_SETTINGS, NULL);

  if (!in_memory)
    self->settings = open_settings ();
  for (guint i = 1; self->settings != NULL && i < N_PROPS; i++)
    g_settings_bind (self->settings, props[i]->name, self, props[i]->name, G_SETTINGS_BIND_DEFAULT);
  return self;
}

int
linnet_settings_get_window_width (LinnetSettings *self)
{
  g_return_val_if_fail (LINNET_IS_SETTINGS (self), 0);
  return self->window_width;
}

int
linnet_settings_get_window_height (LinnetSettings *self)
{
  g_return_val_if_fail (LINNET_IS_SETTINGS (self), 0);
  return self->window_height;
}

gboolean
linnet_settings_get_window_maximized (LinnetSettings *self)
{
  g_return_val_if_fail (LINNET_IS_SETTINGS (self), FALSE);
  return self->window_maximized;
}

void
linnet_settings_set_window_size (LinnetSettings *self, int width, int height)
{
  g_return_if_fail (LINNET_IS_SETTINGS (self));

  g_object_set (self, "window-width", CLAMP (width, 360, 16384), "window-height",
                CLAMP (height, 294, 16384), NULL);
}

void
linnet_settings_set_window_maximized (LinnetSettings *self, gboolean maximized)
{
  g_return_if_fail (LINNET_IS_SETTINGS (self));

  g_object_set (self, "window-maximized", maximized, NULL);
}

gboolean
linnet_settings_get_notifications_enabled (LinnetSettings *self)
{
  g_return_val_if_fail (LINNET_IS_SETTINGS (self), FALSE);
  return self->notifications_enabled;
}

double
linnet_settings_get_text_scale (LinnetSettings *self)
{
  g_return_val_if_fail (LINNET_IS_SETTINGS (self), 1.0);
  return self->text_scale;
}

void
linnet_settings_set_text_scale (LinnetSettings *self, double scale)
{
  g_return_if_fail (LINNET_IS_SETTINGS (self));

  g_object_set (self, "text-scale", CLAMP (scale, 0.8, 2.0), NULL);
}

static LinnetAccount *
read_account (GSettings *settings)
{
  g_autofree char *address = g_settings_get_string (settings, "account-address");
  g_autofree char *server_url = g_settings_get_string (settings, "account-server-url");
  g_autofree char *certificate = g_settings_get_string (settings, "account-certificate");
  LinnetAccount *account;

  if (*address == '\0')
    return NULL;
  account = linnet_account_new (address, NULL);
  linnet_account_set_server_url (account, server_url);
  linnet_account_set_certificate (account, certificate);
  account->allow_plain = g_settings_get_boolean (settings, "account-allow-plain");
  return account;
}

LinnetAccount *
linnet_settings_dup_account (LinnetSettings *self)
{
  g_return_val_if_fail (LINNET_IS_SETTINGS (self), NULL);

  if (self->settings != NULL)
    return read_account (self->settings);
  return linnet_account_copy (self->account);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

void
linnet_settings_set_account (LinnetSettings *self, const LinnetAccount *account)
{
  static const LinnetAccount nobody = { 0 };
  const LinnetAccount *from = account != NULL ? account : &nobody;

  g_return_if_fail (LINNET_IS_SETTINGS (self));

  linnet_account_free (self->account);
  self->account = linnet_account_copy (account);
  if (self->account != NULL)
    linnet_account_set_password (self->account, NULL);
  if (self->settings == NULL)
    return;
  g_settings_set_string (self->settings, "account-address", or_empty (from->address));
  g_settings_set_string (self->settings, "account-server-url", or_empty (from->server_url));
  g_settings_set_string (self->settings, "account-certificate",
                         or_empty (from->certificate_sha256));
  g_settings_set_boolean (self->settings, "account-allow-plain", from->allow_plain);
}
