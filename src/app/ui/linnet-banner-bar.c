/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-banner-bar.h"

struct _LinnetBannerBar
{
  AdwBin parent_instance;

  LinnetSession *session; /* owned, nullable */
  gboolean is_allowed;

  GtkRevealer *revealer;
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *text;
  GtkButton *button;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_ALLOWED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetBannerBar, linnet_banner_bar, ADW_TYPE_BIN)

static const char *
get_icon_name (LinnetBanner banner)
{
  switch (banner)
    {
    case LINNET_BANNER_EXPIRED:
      return "dialog-password-symbolic";
    case LINNET_BANNER_KICKED:
      return "computer-symbolic";
    case LINNET_BANNER_NONE:
    case LINNET_BANNER_OFFLINE:
    default:
      return "network-offline-symbolic";
    }
}

/* What goes away keeps its words while it folds. */
static void
update (LinnetBannerBar *self)
{
  LinnetBanner banner = linnet_session_get_banner (self->session);
  const char *text = linnet_session_get_banner_text (self->session);
  const char *action = linnet_session_get_banner_action (self->session);
  gboolean shows = banner != LINNET_BANNER_NONE && text != NULL && self->is_allowed;

  gtk_revealer_set_reveal_child (self->revealer, shows);
  if (!shows)
    return;
  gtk_image_set_from_icon_name (self->icon, get_icon_name (banner));
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), action != NULL);
  gtk_button_set_label (self->button, action != NULL ? action : "");
  if (action != NULL)
    gtk_widget_add_css_class (self->box, "warning");
  else
    gtk_widget_remove_css_class (self->box, "warning");
}

static void
on_clicked (LinnetBannerBar *self)
{
  if (linnet_session_get_banner (self->session) == LINNET_BANNER_KICKED)
    linnet_session_use_here (self->session);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

void
linnet_banner_bar_set_session (LinnetBannerBar *self, LinnetSession *session)
{
  static const char *const watched[]
      = { "notify::banner", "notify::banner-text", "notify::banner-action" };

  g_return_if_fail (LINNET_IS_BANNER_BAR (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  for (guint i = 0; session != NULL && i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_swapped (session, watched[i], G_CALLBACK (update), self);
  if (session != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

void
linnet_banner_bar_set_allowed (LinnetBannerBar *self, gboolean allowed)
{
  g_return_if_fail (LINNET_IS_BANNER_BAR (self));

  if (self->is_allowed == allowed)
    return;
  self->is_allowed = allowed;
  if (self->session != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ALLOWED]);
}

static void
linnet_banner_bar_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  LinnetBannerBar *self = LINNET_BANNER_BAR (object);

  if (property_id == PROP_SESSION)
    linnet_banner_bar_set_session (self, g_value_get_object (value));
  else
    linnet_banner_bar_set_allowed (self, g_value_get_boolean (value));
}

static void
linnet_banner_bar_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  LinnetBannerBar *self = LINNET_BANNER_BAR (object);

  if (property_id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else
    g_value_set_boolean (value, self->is_allowed);
}

static void
linnet_banner_bar_dispose (GObject *object)
{
  linnet_banner_bar_set_session (LINNET_BANNER_BAR (object), NULL);
  G_OBJECT_CLASS (linnet_banner_bar_parent_class)->dispose (object);
}

static void
linnet_banner_bar_class_init (LinnetBannerBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = linnet_banner_bar_set_property;
  object_class->get_property = linnet_banner_bar_get_property;
  object_class->dispose = linnet_banner_bar_dispose;

  props[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, LINNET_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_ALLOWED]
      = g_param_spec_boolean ("allowed", NULL, NULL, TRUE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-banner-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetBannerBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, LinnetBannerBar, box);
  gtk_widget_class_bind_template_child (widget_class, LinnetBannerBar, icon);
  gtk_widget_class_bind_template_child (widget_class, LinnetBannerBar, text);
  gtk_widget_class_bind_template_child (widget_class, LinnetBannerBar, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
linnet_banner_bar_init (LinnetBannerBar *self)
{
  self->is_allowed = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
