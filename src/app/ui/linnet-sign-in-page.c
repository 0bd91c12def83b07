/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-sign-in-page.h"

#include "linnet-certificate-dialog.h"
#include "linnet-error.h"
#include "linnet-field-error.h"
#include "linnet-phase-list.h"

#include <glib/gi18n.h>

struct _LinnetSignInPage
{
  AdwBin parent_instance;

  LinnetSession *session;    /* owned, nullable */
  GCancellable *cancellable; /* owned, NULL while nothing runs */
  char *certificate;         /* owned, nullable: accepted by hand for what is in the fields */
  char *offered;             /* owned, nullable: the fingerprint of the last failure */

  GtkEditable *address;
  GtkEditable *password;
  GtkEditable *server;
  AdwExpanderRow *advanced;
  GtkWidget *plain_row;
  GtkSwitch *plain;
  LinnetFieldError *account_error;
  LinnetFieldError *server_error;
  LinnetFieldError *general_error;
  GtkWidget *general_box;
  GtkWidget *details;
  GtkWidget *anew;
  GtkButton *button;
  LinnetPhaseList *phases;
  GtkLabel *note;
};

enum
{
  SIGNAL_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetSignInPage, linnet_sign_in_page, ADW_TYPE_BIN)

static gboolean
is_working (LinnetSignInPage *self)
{
  return self->cancellable != NULL;
}

static LinnetAccount *
build_account (LinnetSignInPage *self)
{
  LinnetAccount *account = linnet_account_new (gtk_editable_get_text (self->address),
                                               gtk_editable_get_text (self->password));

  linnet_account_set_server_url (account, gtk_editable_get_text (self->server));
  linnet_account_set_certificate (account, self->certificate);
  account->allow_plain
      = gtk_widget_get_visible (self->plain_row) && gtk_switch_get_active (self->plain);
  return account;
}

static void
clear_errors (LinnetSignInPage *self)
{
  linnet_field_error_clear (self->account_error);
  linnet_field_error_clear (self->server_error);
  linnet_field_error_clear (self->general_error);
  gtk_widget_set_visible (self->general_box, FALSE);
  gtk_label_set_label (self->note, _ ("Your password is kept in the system keyring."));
}

static void
update (LinnetSignInPage *self)
{
  GtkWidget *button = GTK_WIDGET (self->button);
  GtkEditable *fields[] = { self->address, self->password, self->server };
  gboolean is_filled = *gtk_editable_get_text (self->address) != '\0'
                       && *gtk_editable_get_text (self->password) != '\0';

  gtk_widget_set_visible (self->plain_row,
                          g_ascii_strncasecmp (gtk_editable_get_text (self->server), "ws://", 5)
                              == 0);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_editable (fields[i], !is_working (self));
  gtk_widget_set_visible (GTK_WIDGET (self->phases), is_working (self));
  gtk_widget_set_visible (GTK_WIDGET (self->note), !is_working (self));
  gtk_widget_set_sensitive (button, is_working (self) || is_filled);
  gtk_button_set_label (self->button, is_working (self) ? _ ("Cancel") : _ ("Sign In"));
  if (is_working (self))
    gtk_widget_remove_css_class (button, "suggested-action");
  else
    gtk_widget_add_css_class (button, "suggested-action");
}

/* --- errors, each where it belongs --- */

static void
show_general (LinnetSignInPage *self, const char *text, gboolean is_damaged)
{
  linnet_field_error_show (self->general_error, NULL, text);
  gtk_widget_set_visible (self->general_box, TRUE);
  gtk_widget_set_visible (self->details, self->offered != NULL);
  gtk_widget_set_visible (self->anew, is_damaged);
}

static void
show_forgotten (LinnetSignInPage *self, const LinnetAccount *account)
{
  /* Translators: below a refused password; %s is the domain of a server */
  g_autofree char *text = g_strdup_printf (_ ("Forgot it? Ask whoever runs %s."),
                                           linnet_account_get_domain (account));

  gtk_label_set_label (self->note, text);
}

static void
show_error (LinnetSignInPage *self, const GError *error, const LinnetAccount *account)
{
  g_autofree char *text = linnet_error_describe_sign_in (error, account);
  GtkWidget *field = NULL;

  g_free (self->offered);
  self->offered = linnet_error_dup_certificate (error);
  switch (linnet_error_get_field (error, account))
    {
    case LINNET_FIELD_ADDRESS:
      field = GTK_WIDGET (self->address);
      linnet_field_error_show (self->account_error, field, text);
      break;
    case LINNET_FIELD_PASSWORD:
      field = GTK_WIDGET (self->password);
      linnet_field_error_show (self->account_error, field, text);
      show_forgotten (self, account);
      break;
    case LINNET_FIELD_SERVER:
      field = GTK_WIDGET (self->server);
      adw_expander_row_set_expanded (self->advanced, TRUE);
      linnet_field_error_show (self->server_error, field, text);
      break;
    case LINNET_FIELD_NONE:
    case LINNET_FIELD_GENERAL:
    default:
      show_general (self, text, linnet_error_is_damaged (error));
    }
  if (field != NULL)
    gtk_widget_grab_focus (field);
}

/* --- signing in --- */

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinnetAccount) account = NULL;
  gboolean is_signed_in = linnet_session_sign_in_finish (LINNET_SESSION (source), result, &error);

  if (self->session == NULL)
    return; /* gone meanwhile */
  g_clear_object (&self->cancellable);
  update (self);
  if (is_signed_in)
    {
      gtk_editable_set_text (self->password, "");
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  account = build_account (self);
  show_error (self, error, account);
}

static void
start (LinnetSignInPage *self, gboolean begins_anew)
{
  g_autoptr (LinnetAccount) account = NULL;

  if (is_working (self) || self->session == NULL)
    return;
  clear_errors (self);
  account = build_account (self);
  account->begins_anew = begins_anew;
  self->cancellable = g_cancellable_new ();
  update (self);
  linnet_session_sign_in_async (self->session, account, self->cancellable, on_signed_in,
                                g_object_ref (self));
}

void
linnet_sign_in_page_start (LinnetSignInPage *self)
{
  g_return_if_fail (LINNET_IS_SIGN_IN_PAGE (self));

  start (self, FALSE);
}

static void
on_anew (LinnetSignInPage *self)
{
  start (self, TRUE);
}

static void
on_button (LinnetSignInPage *self)
{
  if (is_working (self))
    g_cancellable_cancel (self->cancellable);
  else
    linnet_sign_in_page_start (self);
}

static void
on_activate (LinnetSignInPage *self)
{
  if (*gtk_editable_get_text (self->password) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  else
    linnet_sign_in_page_start (self);
}

static void
on_changed (LinnetSignInPage *self)
{
  clear_errors (self);
  g_clear_pointer (&self->certificate, g_free); /* it was accepted for another server */
  update (self);
}

static void
on_back (LinnetSignInPage *self)
{
  g_cancellable_cancel (self->cancellable);
  clear_errors (self);
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_certificate_accepted (const char *sha256, gpointer user_data)
{
  LinnetSignInPage *self = LINNET_SIGN_IN_PAGE (user_data);

  g_free (self->certificate);
  self->certificate = g_strdup (sha256);
  linnet_sign_in_page_start (self);
}

static void
on_details (LinnetSignInPage *self)
{
  g_autoptr (LinnetAccount) account = build_account (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->offered == NULL || !GTK_IS_WINDOW (root))
    return;
  linnet_certificate_dialog_present (GTK_WINDOW (root), linnet_account_get_domain (account),
                                     self->offered, on_certificate_accepted, self);
}

/* --- for the window --- */

void
linnet_sign_in_page_set_session (LinnetSignInPage *self, LinnetSession *session)
{
  g_return_if_fail (LINNET_IS_SIGN_IN_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;
  linnet_phase_list_set_model (self->phases,
                               session != NULL ? linnet_session_get_phases (session) : NULL);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

void
linnet_sign_in_page_set_account (LinnetSignInPage *self, const LinnetAccount *account)
{
  g_return_if_fail (LINNET_IS_SIGN_IN_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  gtk_editable_set_text (self->address, account != NULL ? or_empty (account->address) : "");
  gtk_editable_set_text (self->password, account != NULL ? or_empty (account->password) : "");
  gtk_editable_set_text (self->server, account != NULL ? or_empty (account->server_url) : "");
  gtk_switch_set_active (self->plain, account != NULL && account->allow_plain);
  adw_expander_row_set_expanded (self->advanced, account != NULL && account->server_url != NULL);
  g_free (self->certificate);
  self->certificate = account != NULL ? g_strdup (account->certificate_sha256) : NULL;
  clear_errors (self);
  update (self);
}

void
linnet_sign_in_page_show_error (LinnetSignInPage *self, const GError *error)
{
  g_autoptr (LinnetAccount) account = NULL;

  g_return_if_fail (LINNET_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (error != NULL);

  account = build_account (self);
  show_error (self, error, account);
}

void
linnet_sign_in_page_focus (LinnetSignInPage *self)
{
  g_return_if_fail (LINNET_IS_SIGN_IN_PAGE (self));

  gtk_widget_grab_focus (*gtk_editable_get_text (self->address) == '\0'
                             ? GTK_WIDGET (self->address)
                             : GTK_WIDGET (self->password));
}

/* --- plumbing --- */

static void
linnet_sign_in_page_dispose (GObject *object)
{
  LinnetSignInPage *self = LINNET_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (linnet_sign_in_page_parent_class)->dispose (object);
}

static void
linnet_sign_in_page_finalize (GObject *object)
{
  LinnetSignInPage *self = LINNET_SIGN_IN_PAGE (object);

  g_free (self->certificate);
  g_free (self->offered);
  G_OBJECT_CLASS (linnet_sign_in_page_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, LinnetSignInPage, child)

static void
linnet_sign_in_page_class_init (LinnetSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linnet_sign_in_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linnet_sign_in_page_finalize;
  signals[SIGNAL_BACK] = g_signal_new ("back", LINNET_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LINNET_TYPE_FIELD_ERROR);
  g_type_ensure (LINNET_TYPE_PHASE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-sign-in-page.ui");
  BIND (address);
  BIND (password);
  BIND (server);
  BIND (advanced);
  BIND (plain_row);
  BIND (plain);
  BIND (account_error);
  BIND (server_error);
  BIND (general_error);
  BIND (general_box);
  BIND (details);
  BIND (anew);
  BIND (button);
  BIND (phases);
  BIND (note);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_button);
  gtk_widget_class_bind_template_callback (widget_class, on_details);
  gtk_widget_class_bind_template_callback (widget_class, on_anew);
}

static void
linnet_sign_in_page_init (LinnetSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}
