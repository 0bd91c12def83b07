/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-login-page.h"

#include "linnet-register-page.h"
#include "linnet-sign-in-page.h"

struct _LinnetLoginPage
{
  AdwBin parent_instance;

  gboolean can_leave;

  GtkStack *stack;
  GtkWidget *sign_in_button;
  LinnetSignInPage *sign_in;
  LinnetRegisterPage *register_page;
};

enum
{
  SIGNAL_LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetLoginPage, linnet_login_page, ADW_TYPE_BIN)

static void
on_sign_in (LinnetLoginPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  linnet_sign_in_page_focus (self->sign_in);
}

static void
on_register (LinnetLoginPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "register");
  linnet_register_page_focus (self->register_page);
}

static void
on_back (LinnetLoginPage *self)
{
  if (self->can_leave)
    g_signal_emit (self, signals[SIGNAL_LEFT], 0);
  else
    linnet_login_page_show_welcome (self);
}

static void
on_registered (LinnetLoginPage *self, LinnetAccount *account)
{
  linnet_login_page_show_sign_in (self, account, FALSE);
  linnet_sign_in_page_start (self->sign_in);
}

void
linnet_login_page_set_session (LinnetLoginPage *self, LinnetSession *session)
{
  g_return_if_fail (LINNET_IS_LOGIN_PAGE (self));

  linnet_sign_in_page_set_session (self->sign_in, session);
  linnet_register_page_set_session (self->register_page, session);
}

void
linnet_login_page_show_welcome (LinnetLoginPage *self)
{
  g_return_if_fail (LINNET_IS_LOGIN_PAGE (self));

  self->can_leave = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "welcome");
  gtk_widget_grab_focus (self->sign_in_button);
}

void
linnet_login_page_show_sign_in (LinnetLoginPage *self,
                                const LinnetAccount *account,
                                gboolean can_leave)
{
  g_return_if_fail (LINNET_IS_LOGIN_PAGE (self));

  self->can_leave = can_leave;
  if (account != NULL)
    linnet_sign_in_page_set_account (self->sign_in, account);
  on_sign_in (self);
}

void
linnet_login_page_show_error (LinnetLoginPage *self, const GError *error)
{
  g_return_if_fail (LINNET_IS_LOGIN_PAGE (self));

  linnet_sign_in_page_show_error (self->sign_in, error);
}

static void
linnet_login_page_class_init (LinnetLoginPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_LEFT] = g_signal_new ("left", LINNET_TYPE_LOGIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LINNET_TYPE_SIGN_IN_PAGE);
  g_type_ensure (LINNET_TYPE_REGISTER_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-login-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetLoginPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinnetLoginPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, LinnetLoginPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, LinnetLoginPage, register_page);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, on_register);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_registered);
}

static void
linnet_login_page_init (LinnetLoginPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
