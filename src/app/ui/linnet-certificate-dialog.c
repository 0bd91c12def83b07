/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-certificate-dialog.h"

#include "linnet-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  char *sha256;
  LinnetCertificateAccepted accepted;
  GObject *object; /* owned */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_free (question->sha256);
  g_clear_object (&question->object);
  g_free (question);
}

/* "3f2a 91bc …" in four lines, to be compared by eye. */
static char *
format_fingerprint (const char *sha256)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; sha256[i] != '\0'; i++)
    {
      if (i > 0 && i % 16 == 0)
        g_string_append_c (text, '\n');
      else if (i > 0 && i % 4 == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, g_ascii_toupper (sha256[i]));
    }
  return g_string_free (text, FALSE);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_strcmp0 (response, "accept") == 0)
    question->accepted (question->sha256, question->object);
}

static GtkWidget *
build_fingerprint (const char *sha256)
{
  g_autofree char *text = format_fingerprint (sha256);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_set_focusable (label, FALSE);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Fingerprint"), -1);
  return label;
}

void
linnet_certificate_dialog_present (GtkWindow *parent,
                                   const char *server,
                                   const char *sha256,
                                   LinnetCertificateAccepted accepted,
                                   gpointer object)
{
  Question *question;
  AdwMessageDialog *dialog;
  g_autofree char *name = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (server != NULL && sha256 != NULL && accepted != NULL);

  question = g_new0 (Question, 1);
  question->sha256 = g_strdup (sha256);
  question->accepted = accepted;
  question->object = object != NULL ? g_object_ref (object) : NULL;
  name = linnet_text_isolate (server);

  dialog
      = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Accept This Certificate?"), NULL));
  adw_message_dialog_format_body (
      dialog,
      /* Translators: %s is the name of a server */
      _ ("Nobody vouches for the certificate of %s. Accept it only when this is the fingerprint "
         "that whoever runs the server gave you."),
      name);
  adw_message_dialog_set_extra_child (dialog, build_fingerprint (sha256));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "accept", _ ("_Accept"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
