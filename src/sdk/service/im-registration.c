/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-registration.h"

#include "im-error.h"
#include "im-json.h"
#include "map-error.h"
#include "xmpp-register.h"

typedef struct
{
  XmppRegister *registration;
  ImCall *call;
  ImRegisterAccountParam *param;
  char *local_part;
} Registration;

static void
registration_free (Registration *self)
{
  g_clear_object (&self->registration);
  im_call_unref (self->call);
  im_json_unref (self->param);
  g_free (self->local_part);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Registration, registration_free)

static void
answer (Registration *self, ImRegisterAccountResult *taken)
{
  g_autoptr (ImResponseInfo) response = im_json_new (&im_response_info_type);

  response->internal_operation = g_strdup (IM_OPERATION_REGISTER_ACCOUNT);
  response->register_account_result = taken;
  im_call_return (self->call, im_json_format (response));
}

static GPtrArray *
describe_options (GPtrArray *from)
{
  GPtrArray *options = im_json_array_new ();

  for (guint i = 0; i < from->len; i++)
    {
      const XmppFormOption *one = g_ptr_array_index (from, i);
      ImRegisterAccountOption *option = im_json_new (&im_register_account_option_type);

      im_json_set_str (&option->value, one->value);
      im_json_set_str (&option->label, one->label != NULL ? one->label : one->value);
      g_ptr_array_add (options, option);
    }
  return options;
}

static ImRegisterAccountResult *
describe_form (const XmppForm *form)
{
  ImRegisterAccountResult *result = im_json_new (&im_register_account_result_type);

  im_json_set_str (&result->instructions, form->instructions);
  result->fields = im_json_array_new ();
  for (guint i = 0; i < form->fields->len; i++)
    {
      const XmppFormField *from = g_ptr_array_index (form->fields, i);
      ImRegisterAccountField *field = im_json_new (&im_register_account_field_type);

      im_json_set_str (&field->name, from->var);
      im_json_set_str (&field->label, from->label);
      im_json_set_str (&field->type, from->type);
      im_json_set_str (&field->value, from->values != NULL ? from->values[0] : NULL);
      field->is_required = from->required;
      if (from->options->len > 0)
        field->options = describe_options (from->options);
      g_ptr_array_add (result->fields, field);
    }
  return result;
}

/* Only what the form has is filled in. */
static gboolean
fill_in (Registration *self, XmppForm *form)
{
  for (guint i = 0; self->param->fields != NULL && i < self->param->fields->len; i++)
    {
      const ImRegisterAccountField *field = g_ptr_array_index (self->param->fields, i);

      if (field->name != NULL && field->value != NULL)
        xmpp_form_set (form, field->name, field->value);
    }
  xmpp_form_set (form, "username", self->local_part);
  xmpp_form_set (form, "password", self->param->password);
  for (guint i = 0; i < form->fields->len; i++)
    {
      const XmppFormField *field = g_ptr_array_index (form->fields, i);

      if (field->required
          && (field->values == NULL || field->values[0] == NULL || *field->values[0] == '\0'))
        return FALSE;
    }
  return TRUE;
}

static GError *
describe_refusal (const GError *error)
{
  if (g_error_matches (error, XMPP_ERROR, XMPP_ERROR_CONFLICT))
    return g_error_new_literal (IM_ERROR, ERR_SVR_ACCOUNT_EXISTS, "this name is taken");
  if (g_error_matches (error, XMPP_ERROR, XMPP_ERROR_FEATURE_NOT_IMPLEMENTED))
    return g_error_new_literal (IM_ERROR, ERR_SDK_INTERFACE_NOT_SUPPORT,
                                "the server does not let applications make accounts");
  if (g_error_matches (error, XMPP_ERROR, XMPP_ERROR_NOT_ACCEPTABLE)
      || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_BAD_REQUEST))
    return g_error_new_literal (IM_ERROR, ERR_INVALID_PARAMETERS, error->message);
  if (g_error_matches (error, XMPP_ERROR, XMPP_ERROR_NOT_ALLOWED)
      || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_FORBIDDEN))
    return g_error_new_literal (IM_ERROR, ERR_SVR_ACCOUNT_BLACKLIST, error->message);
  if (g_error_matches (error, XMPP_ERROR, XMPP_ERROR_RESOURCE_CONSTRAINT))
    return g_error_new_literal (IM_ERROR, ERR_SVR_ACCOUNT_FREQ_LIMIT, error->message);
  return map_error_connection (error);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Registration) self = user_data;
  g_autoptr (GError) error = NULL;

  if (xmpp_register_submit_finish (XMPP_REGISTER (source), result, &error))
    answer (self, im_json_new (&im_register_account_result_type));
  else
    {
      g_autoptr (GError) reason = describe_refusal (error);

      im_call_return_error (self->call, reason);
    }
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Registration) self = user_data;
  g_autoptr (GError) error = NULL;
  XmppForm *form = xmpp_register_fetch_finish (XMPP_REGISTER (source), result, &error);

  if (form == NULL)
    {
      g_autoptr (GError) reason = describe_refusal (error);

      im_call_return_error (self->call, reason);
    }
  else if (self->param->password == NULL || *self->param->password == '\0' || !fill_in (self, form))
    answer (self, describe_form (form));
  else
    {
      XmppRegister *registration = self->registration;

      xmpp_register_submit_async (registration, NULL, on_submitted, g_steal_pointer (&self));
    }
}

void
im_registration_start (const XmppConfig *config,
                       const ImRegisterAccountParam *param,
                       const char *local_part,
                       ImCall *call)
{
  Registration *self = g_new0 (Registration, 1);

  self->registration = xmpp_register_new (config);
  self->call = im_call_ref (call);
  self->param = im_json_copy (param);
  self->local_part = g_strdup (local_part);
  xmpp_register_fetch_async (self->registration, NULL, on_fetched, self);
}
