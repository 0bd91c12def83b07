/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server's registration form, as the library tells it, is the form that a person fills in. */
#include "im-json.h"
#include "im-request.h"
#include "linnet-form.h"
#include "linnet-registration.h"

static LinnetForm *
make_form (const char *fields)
{
  g_autofree char *text = g_strdup_printf ("{\"register_account_result_fields\": [%s]}", fields);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImRegisterAccountResult) answer
      = im_json_parse (&im_register_account_result_type, text, -1, IM_JSON_LENIENT, &error);

  g_assert_no_error (error);
  return linnet_registration_make_form (answer);
}

static void
test_a_list_has_its_choices (void)
{
  g_autoptr (LinnetForm) form = make_form ("{\"register_account_field_name\": \"city\","
                                           " \"register_account_field_type\": \"list-single\","
                                           " \"register_account_field_value\": \"b\","
                                           " \"register_account_field_options\": ["
                                           "  {\"register_account_option_value\": \"a\","
                                           "   \"register_account_option_label\": \"Aarhus\"},"
                                           "  {\"register_account_option_value\": \"b\","
                                           "   \"register_account_option_label\": \"\"}]}");
  LinnetFormField *city = linnet_form_find (form, "city");
  GPtrArray *options = linnet_form_field_get_options (city);

  g_assert_cmpint (linnet_form_field_get_kind (city), ==, LINNET_FORM_LIST);
  g_assert_cmpstr (linnet_form_field_get_value (city), ==, "b");
  g_assert_cmpuint (options->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (options, 1), ==, "Aarhus");
  g_assert_cmpstr (g_ptr_array_index (options, 3), ==, "b");
}

static void
test_a_list_without_choices_is_typed (void)
{
  g_autoptr (LinnetForm) form = make_form ("{\"register_account_field_name\": \"city\","
                                           " \"register_account_field_type\": \"list-single\"}");

  g_assert_cmpint (linnet_form_field_get_kind (linnet_form_find (form, "city")), ==,
                   LINNET_FORM_TEXT);
}

static void
test_name_and_password_are_always_asked (void)
{
  g_autoptr (LinnetForm) form = make_form ("");

  g_assert_cmpint (linnet_form_field_get_kind (linnet_form_find (form, "password")), ==,
                   LINNET_FORM_PASSWORD);
  g_assert_cmpstr (linnet_form_get_missing (form), ==, "User name");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bridge/registration/a-list-has-its-choices", test_a_list_has_its_choices);
  g_test_add_func ("/bridge/registration/a-list-without-choices-is-typed",
                   test_a_list_without_choices_is_typed);
  g_test_add_func ("/bridge/registration/name-and-password-are-always-asked",
                   test_name_and_password_are_always_asked);
  return g_test_run ();
}
