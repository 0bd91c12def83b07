/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-register-page.h"

#include "linnet-certificate-dialog.h"
#include "linnet-field-error.h"
#include "linnet-error.h"
#include "linnet-form-rows.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LinnetRegisterPage
{
  AdwBin parent_instance;

  LinnetSession *session;    /* owned, nullable */
  GCancellable *cancellable; /* owned, NULL while nothing runs */
  LinnetForm *form;          /* owned, NULL before the server's form came */
  GPtrArray *form_rows;      /* of GtkWidget, borrowed */
  char *certificate;         /* owned, nullable */
  char *offered;             /* owned, nullable */

  GtkEditable *address;
  GtkEditable *password;
  GtkEditable *server;
  AdwExpanderRow *advanced;
  GtkWidget *plain_row;
  GtkSwitch *plain;
  AdwPreferencesGroup *form_group;
  LinnetFieldError *account_error;
  LinnetFieldError *form_error;
  LinnetFieldError *server_error;
  LinnetFieldError *general_error;
  GtkWidget *general_box;
  GtkWidget *details;
  GtkButton *button;
  GtkSpinner *spinner;
  GtkWidget *note;
};

enum
{
  SIGNAL_BACK,
  SIGNAL_REGISTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetRegisterPage, linnet_register_page, ADW_TYPE_BIN)

static gboolean
is_working (LinnetRegisterPage *self)
{
  return self->cancellable != NULL;
}

static LinnetAccount *
build_account (LinnetRegisterPage *self)
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
clear_errors (LinnetRegisterPage *self)
{
  linnet_field_error_clear (self->account_error);
  linnet_field_error_clear (self->form_error);
  linnet_field_error_clear (self->server_error);
  linnet_field_error_clear (self->general_error);
  gtk_widget_set_visible (self->general_box, FALSE);
}

static const char *
get_button_label (LinnetRegisterPage *self)
{
  if (is_working (self))
    return _ ("Cancel");
  return self->form != NULL ? _ ("Create Account") : _ ("Continue");
}

static void
update (LinnetRegisterPage *self)
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
  gtk_widget_set_sensitive (GTK_WIDGET (self->form_group), !is_working (self));
  gtk_widget_set_visible (GTK_WIDGET (self->form_group), self->form_rows->len > 0);
  gtk_spinner_set_spinning (self->spinner, is_working (self));
  gtk_widget_set_visible (self->note, !is_working (self));
  gtk_widget_set_sensitive (button, is_working (self) || is_filled);
  gtk_button_set_label (self->button, get_button_label (self));
  if (is_working (self))
    gtk_widget_remove_css_class (button, "suggested-action");
  else
    gtk_widget_add_css_class (button, "suggested-action");
}

static void
drop_form (LinnetRegisterPage *self)
{
  for (guint i = 0; i < self->form_rows->len; i++)
    adw_preferences_group_remove (self->form_group, g_ptr_array_index (self->form_rows, i));
  g_ptr_array_set_size (self->form_rows, 0);
  g_clear_object (&self->form);
}

/* --- errors --- */

static void
show_error (LinnetRegisterPage *self, const GError *error, const LinnetAccount *account)
{
  g_autofree char *text = linnet_error_describe_register (error, account);
  LinnetField field = linnet_error_get_field (error, account);

  g_free (self->offered);
  self->offered = linnet_error_dup_certificate (error);
  if (field == LINNET_FIELD_ADDRESS)
    linnet_field_error_show (self->account_error, GTK_WIDGET (self->address), text);
  else if (field == LINNET_FIELD_PASSWORD)
    linnet_field_error_show (self->account_error, GTK_WIDGET (self->password), text);
  else if (field == LINNET_FIELD_SERVER)
    {
      adw_expander_row_set_expanded (self->advanced, TRUE);
      linnet_field_error_show (self->server_error, GTK_WIDGET (self->server), text);
    }
  else
    {
      linnet_field_error_show (self->general_error, NULL, text);
      gtk_widget_set_visible (self->general_box, TRUE);
      gtk_widget_set_visible (self->details, self->offered != NULL);
    }
}

/* Ends what was running; FALSE when nobody is interested in its outcome any more. */
static gboolean
end_work (LinnetRegisterPage *self, const GError *error)
{
  if (self->session == NULL)
    return FALSE;
  g_clear_object (&self->cancellable);
  update (self);
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- creating the account --- */

static void
on_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetRegisterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinnetAccount) account = NULL;
  gboolean is_registered = linnet_session_register_finish (LINNET_SESSION (source), result, &error);

  if (!end_work (self, error))
    return;
  account = build_account (self);
  if (!is_registered)
    {
      drop_form (self); /* a form is good for one attempt */
      update (self);
      show_error (self, error, account);
      return;
    }
  drop_form (self);
  gtk_editable_set_text (self->password, "");
  g_signal_emit (self, signals[SIGNAL_REGISTERED], 0, account);
}

static void
set_field (LinnetForm *form, const char *name, const char *value)
{
  LinnetFormField *field = linnet_form_find (form, name);

  if (field != NULL)
    linnet_form_field_set_value (field, value);
}

static void
submit (LinnetRegisterPage *self)
{
  g_autoptr (LinnetAccount) account = build_account (self);
  g_autofree char *local = g_strdup (account->address);
  const char *missing;

  if (strchr (local, '@') != NULL)
    *strchr (local, '@') = '\0';
  set_field (self->form, "username", local);
  set_field (self->form, "password", account->password);
  missing = linnet_form_get_missing (self->form);
  if (missing != NULL)
    {
      /* Translators: %s is the label of a field */
      g_autofree char *text = g_strdup_printf (_ ("“%s” must be filled in."), missing);
      linnet_field_error_show (self->form_error, NULL, text);
      return;
    }
  self->cancellable = g_cancellable_new ();
  update (self);
  linnet_session_register_async (self->session, account, self->form, self->cancellable,
                                 on_registered, g_object_ref (self));
}

static gboolean
is_asked_above (LinnetFormField *field)
{
  const char *name = linnet_form_field_get_name (field);

  return g_strcmp0 (name, "username") == 0 || g_strcmp0 (name, "password") == 0;
}

static void
show_form (LinnetRegisterPage *self)
{
  guint n_fields = g_list_model_get_n_items (G_LIST_MODEL (self->form));
  const char *instructions = linnet_form_get_instructions (self->form);
  g_autofree char *escaped = instructions != NULL ? g_markup_escape_text (instructions, -1) : NULL;

  adw_preferences_group_set_description (self->form_group, escaped);
  for (guint i = 0; i < n_fields; i++)
    {
      g_autoptr (LinnetFormField) field = g_list_model_get_item (G_LIST_MODEL (self->form), i);
      GtkWidget *row = is_asked_above (field) ? NULL : linnet_form_row_new (field);
      if (row == NULL)
        continue;
      adw_preferences_group_add (self->form_group, row);
      g_ptr_array_add (self->form_rows, row);
    }
  update (self);
}

static void
on_form (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetRegisterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinnetForm) form
      = linnet_session_fetch_form_finish (LINNET_SESSION (source), result, &error);

  if (!end_work (self, error))
    return;
  if (form == NULL)
    {
      g_autoptr (LinnetAccount) account = build_account (self);
      show_error (self, error, account);
      return;
    }
  self->form = g_steal_pointer (&form);
  show_form (self);
  if (self->form_rows->len == 0)
    submit (self); /* nothing more is asked */
}

static void
fetch_form (LinnetRegisterPage *self)
{
  g_autoptr (LinnetAccount) account = build_account (self);
  g_autoptr (GError) error = NULL;

  if (!linnet_account_check (account, &error))
    {
      show_error (self, error, account);
      return;
    }
  self->cancellable = g_cancellable_new ();
  update (self);
  linnet_session_fetch_form_async (self->session, account, self->cancellable, on_form,
                                   g_object_ref (self));
}

static void
go_on (LinnetRegisterPage *self)
{
  clear_errors (self);
  if (self->session == NULL)
    return;
  if (self->form != NULL)
    submit (self);
  else
    fetch_form (self);
}

static void
on_button (LinnetRegisterPage *self)
{
  if (is_working (self))
    g_cancellable_cancel (self->cancellable);
  else
    go_on (self);
}

static void
on_activate (LinnetRegisterPage *self)
{
  if (*gtk_editable_get_text (self->password) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  else if (!is_working (self))
    go_on (self);
}

/* Another server has another form. */
static void
on_changed (LinnetRegisterPage *self)
{
  clear_errors (self);
  drop_form (self);
  g_clear_pointer (&self->certificate, g_free);
  update (self);
}

static void
on_back (LinnetRegisterPage *self)
{
  g_cancellable_cancel (self->cancellable);
  clear_errors (self);
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_certificate_accepted (const char *sha256, gpointer user_data)
{
  LinnetRegisterPage *self = LINNET_REGISTER_PAGE (user_data);

  g_free (self->certificate);
  self->certificate = g_strdup (sha256);
  go_on (self);
}

static void
on_details (LinnetRegisterPage *self)
{
  g_autoptr (LinnetAccount) account = build_account (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->offered == NULL || !GTK_IS_WINDOW (root))
    return;
  linnet_certificate_dialog_present (GTK_WINDOW (root), linnet_account_get_domain (account),
                                     self->offered, on_certificate_accepted, self);
}

void
linnet_register_page_set_session (LinnetRegisterPage *self, LinnetSession *session)
{
  g_return_if_fail (LINNET_IS_REGISTER_PAGE (self));
  g_set_object (&self->session, session);
}

void
linnet_register_page_focus (LinnetRegisterPage *self)
{
  g_return_if_fail (LINNET_IS_REGISTER_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

/* --- plumbing --- */

static void
linnet_register_page_dispose (GObject *object)
{
  LinnetRegisterPage *self = LINNET_REGISTER_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->form);
  G_OBJECT_CLASS (linnet_register_page_parent_class)->dispose (object);
}

static void
linnet_register_page_finalize (GObject *object)
{
  LinnetRegisterPage *self = LINNET_REGISTER_PAGE (object);

  g_free (self->certificate);
  g_free (self->offered);
  g_ptr_array_unref (self->form_rows);
  G_OBJECT_CLASS (linnet_register_page_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, LinnetRegisterPage, child)

static void
linnet_register_page_class_init (LinnetRegisterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linnet_register_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linnet_register_page_finalize;
  signals[SIGNAL_BACK] = g_signal_new ("back", LINNET_TYPE_REGISTER_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REGISTERED]
      = g_signal_new ("registered", LINNET_TYPE_REGISTER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (LINNET_TYPE_FIELD_ERROR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-register-page.ui");
  BIND (address);
  BIND (password);
  BIND (server);
  BIND (advanced);
  BIND (plain_row);
  BIND (plain);
  BIND (form_group);
  BIND (account_error);
  BIND (form_error);
  BIND (server_error);
  BIND (general_error);
  BIND (general_box);
  BIND (details);
  BIND (button);
  BIND (spinner);
  BIND (note);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_button);
  gtk_widget_class_bind_template_callback (widget_class, on_details);
}

static void
linnet_register_page_init (LinnetRegisterPage *self)
{
  self->form_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}
