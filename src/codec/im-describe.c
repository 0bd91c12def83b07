/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * im-describe: what the tables say, for people and for tools.
 *
 *   im-describe --markdown   the reference of all objects and enums
 *   im-describe --schema     a JSON Schema (draft 2020-12) with one definition per object
 *   im-describe --header     src/sdk/public/TIMCloudDef.h; a test compares the committed one with
 * this
 */

#include "im-json-private.h"
#include "im-profile-private.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  const char *symbol;
  int number;
  const char *text;
} ErrorCode;

static const ErrorCode error_codes[] = {
#define IM_CODE(symbol, number, text, is_retryable) { #symbol, number, text },
#include "im-error-codes.def"
#undef IM_CODE
};

typedef void (*TypeFunc) (const ImJsonType *type);

static void
for_each_type (TypeFunc func)
{
  guint n_seed, n_other;
  const ImJsonType *const *seed = im_json_seed_types (&n_seed);
  const ImJsonType *const *other = im_json_other_types (&n_other);

  for (guint i = 0; i < n_seed; i++)
    func (seed[i]);
  for (guint i = 0; i < n_other; i++)
    func (other[i]);
}

/* The tag of an element is described once, with Elem. */
static gboolean
is_described (const ImJsonField *field)
{
  return (field->flags & IM_TAG) == 0;
}

static char *
type_text (const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      return g_strdup ("string");
    case IM_JSON_KIND_INT:
      return field->enumeration != NULL ? g_strdup_printf ("int (%s)", field->enumeration)
                                        : g_strdup ("int");
    case IM_JSON_KIND_UINT:
      return field->enumeration != NULL ? g_strdup_printf ("uint (%s)", field->enumeration)
                                        : g_strdup ("uint");
    case IM_JSON_KIND_UINT64:
      return field->enumeration != NULL ? g_strdup_printf ("uint64 (%s)", field->enumeration)
                                        : g_strdup ("uint64");
    case IM_JSON_KIND_BOOL:
      return g_strdup ("bool");
    case IM_JSON_KIND_DOUBLE:
      return g_strdup ("double");
    case IM_JSON_KIND_STRV:
      return g_strdup ("array of string");
    case IM_JSON_KIND_INTV:
      return field->enumeration != NULL
                 ? g_strdup_printf ("array of %s (%s)",
                                    field->wire == IM_WIRE_UINT64 ? "uint64" : "int",
                                    field->enumeration)
                 : g_strdup ("array of int");
    case IM_JSON_KIND_OBJ:
      return g_strdup (field->type->name);
    case IM_JSON_KIND_ARRAY:
      return g_strdup_printf ("array of %s", field->type->name);
    default:
      g_assert_not_reached ();
    }
}

static char *
access_text (const ImJsonField *field)
{
  return g_strconcat ((field->flags & IM_OUT) != 0 ? "r" : "",
                      (field->flags & IM_IN) != 0 ? "w" : "",
                      (field->flags & IM_REQUIRED) != 0 ? "!" : "", NULL);
}

/* ---- Markdown ---- */

static void
print_markdown_row (const ImJsonField *field)
{
  g_autofree char *type = type_text (field);
  g_autofree char *access = access_text (field);

  printf ("| `%s` ", field->key);
  if (field->alias != NULL)
    printf ("or `%s` ", field->alias);
  printf ("| %s | %s | %s | %s | %s |\n", field->constant != NULL ? field->constant : "", type,
          access, (field->flags & IM_ALWAYS) != 0 ? "yes" : "", field->meaning);
}

static void
print_markdown_type (const ImJsonType *type)
{
  printf ("\n## %s\n", type->name);
  if (*type->meaning != '\0')
    printf ("\n%s\n", type->meaning);
  printf ("\n| Key | Constant | Type | Access | Always written | Meaning "
          "|\n|---|---|---|---|---|---|\n");
  for (guint i = 0; i < type->n_fields; i++)
    if (is_described (&type->fields[i]))
      print_markdown_row (&type->fields[i]);
}

static void
print_markdown_enum (const ImEnumType *type)
{
  ImJsonWire wire = im_profile_wire_of_enum (type->name);

  printf ("\n## %s\n\n%s\n\n", type->name, type->meaning);
  printf (wire != IM_WIRE_PLAIN ? "| Constant | seed | tencent | Meaning |\n|---|---|---|---|\n"
                                : "| Constant | Value | Meaning |\n|---|---|---|\n");
  for (guint i = 0; i < type->n_values; i++)
    {
      const ImEnumValue *value = &type->values[i];

      printf ("| %s | %" G_GINT64_FORMAT " |", value->name, value->number);
      if (wire != IM_WIRE_PLAIN)
        printf (" %" G_GINT64_FORMAT " |",
                im_profile_number_out (IM_PROFILE_TENCENT, wire, value->number));
      printf (" %s |\n", value->meaning);
    }
}

static void
print_markdown (void)
{
  guint n_enums;
  const ImEnumType *enums = im_enum_types (&n_enums);

  printf ("# JSON objects\n\nAccess: w the application writes it, r the library does, ! required "
          "in a request.\n");
  for_each_type (print_markdown_type);
  printf ("\n# Enums\n");
  for (guint i = 0; i < n_enums; i++)
    print_markdown_enum (&enums[i]);
  printf ("\n# Error codes\n\n| Constant | Value | Meaning |\n|---|---|---|\n");
  for (guint i = 0; i < G_N_ELEMENTS (error_codes); i++)
    printf ("| %s | %d | %s |\n", error_codes[i].symbol, error_codes[i].number,
            error_codes[i].text);
}

/* ---- JSON Schema ---- */

static void
print_schema_text (const char *text)
{
  putchar ('"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        putchar ('\\');
      putchar (*text);
    }
  putchar ('"');
}

static void
print_schema_number (const ImJsonField *field)
{
  if (field->wire == IM_WIRE_GROUP_TYPE)
    printf ("\"type\":[\"integer\",\"string\"]");
  else if (field->kind == IM_JSON_KIND_UINT64)
    printf ("\"type\":\"integer\",\"minimum\":0,\"maximum\":%" G_GUINT64_FORMAT, G_MAXUINT64);
  else if (field->wire == IM_WIRE_FLAGS)
    printf ("\"type\":\"integer\",\"minimum\":-2147483648,\"maximum\":%u", G_MAXUINT32);
  else if (field->kind == IM_JSON_KIND_UINT)
    printf ("\"type\":\"integer\",\"minimum\":0,\"maximum\":%" G_GINT64_FORMAT,
            field->max != 0 ? field->max : (gint64) G_MAXUINT32);
  else
    printf ("\"type\":\"integer\"");
}

static void
print_schema_value (const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      printf ("\"type\":\"string\"");
      break;
    case IM_JSON_KIND_BOOL:
      printf ("\"type\":[\"boolean\",\"integer\"]");
      break;
    case IM_JSON_KIND_DOUBLE:
      printf ("\"type\":\"number\"");
      break;
    case IM_JSON_KIND_STRV:
      printf ("\"type\":\"array\",\"items\":{\"type\":\"string\"}");
      break;
    case IM_JSON_KIND_INTV:
      printf ("\"type\":\"array\",\"items\":{\"type\":\"integer\"}");
      break;
    case IM_JSON_KIND_OBJ:
      printf ("\"$ref\":\"#/$defs/%s\"", field->type->name);
      break;
    case IM_JSON_KIND_ARRAY:
      printf ("\"type\":%s,\"items\":{\"$ref\":\"#/$defs/%s\"}",
              field->wire == IM_WIRE_CUSTOM_INFO || field->wire == IM_WIRE_CUSTOM_FIELDS
                  ? "[\"array\",\"object\"]"
                  : "\"array\"",
              field->type->name);
      break;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
    case IM_JSON_KIND_UINT64:
    default:
      print_schema_number (field);
      break;
    }
}

static void
print_schema_property (const ImJsonField *field, const char *key, gboolean *is_first)
{
  printf ("%s\n      \"%s\":{", *is_first ? "" : ",", key);
  print_schema_value (field);
  printf (",\"description\":");
  print_schema_text (field->meaning);
  putchar ('}');
  *is_first = FALSE;
}

/* An element may be any of its family. */
static void
print_schema_variants (const ImJsonType *type)
{
  if (type->n_variants == 0)
    return;
  printf (",\n    \"anyOf\":[");
  for (guint i = 0; i < type->n_variants; i++)
    printf ("%s\n      {\"allOf\":[{\"properties\":{\"%s\":{\"const\":%" G_GINT64_FORMAT
            "}}},{\"$ref\":\"#/$defs/%s\"}]}",
            i > 0 ? "," : "", type->fields[0].key, type->variants[i].tag,
            type->variants[i].type->name);
  printf (",\n      {\"properties\":{\"%s\":{\"not\":{\"enum\":[", type->fields[0].key);
  for (guint i = 0; i < type->n_variants; i++)
    printf ("%s%" G_GINT64_FORMAT, i > 0 ? "," : "", type->variants[i].tag);
  printf ("]}}}}\n    ]");
}

/* A required key with two spellings wants one of them. */
static void
print_schema_required (const ImJsonType *type)
{
  gboolean is_first = TRUE;

  printf (",\n    \"allOf\":[");
  for (guint i = 0; i < type->n_fields; i++)
    {
      const ImJsonField *field = &type->fields[i];

      if (!is_described (field) || (field->flags & IM_REQUIRED) == 0)
        continue;
      printf ("%s{\"anyOf\":[{\"required\":[\"%s\"]}", is_first ? "" : ",", field->key);
      if (field->alias != NULL)
        printf (",{\"required\":[\"%s\"]}", field->alias);
      printf ("]}");
      is_first = FALSE;
    }
  printf ("%s]", is_first ? "{}" : "");
}

static gboolean schema_is_first;

static void
print_schema_type (const ImJsonType *type)
{
  gboolean is_first = TRUE;

  printf ("%s\n  \"%s\":{\n    \"type\":\"object\",\"description\":", schema_is_first ? "" : ",",
          type->name);
  print_schema_text (type->meaning);
  printf (",\n    \"properties\":{");
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (!is_described (&type->fields[i]))
        continue;
      print_schema_property (&type->fields[i], type->fields[i].key, &is_first);
      if (type->fields[i].alias != NULL)
        print_schema_property (&type->fields[i], type->fields[i].alias, &is_first);
    }
  printf ("\n    }");
  print_schema_required (type);
  print_schema_variants (type);
  printf ("\n  }");
  schema_is_first = FALSE;
}

static void
print_schema (void)
{
  printf ("{\n\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\n");
  printf ("\"title\":\"Objects of the TIM C API, profile seed\",\n\"$defs\":{");
  schema_is_first = TRUE;
  for_each_type (print_schema_type);
  printf ("\n}\n}\n");
}

/* ---- TIMCloudDef.h ---- */

static void
print_header_number (gint64 number)
{
  if (number == G_MININT32)
    printf ("(-2147483647 - 1)");
  else
    printf ("%" G_GINT64_FORMAT, number);
}

static void
print_header_values (const ImEnumType *type, ImProfile profile)
{
  ImJsonWire wire = im_profile_wire_of_enum (type->name);

  for (guint i = 0; i < type->n_values; i++)
    {
      const ImEnumValue *value = &type->values[i];

      printf ("  %s = ", value->name);
      print_header_number (im_profile_number_out (profile, wire, value->number));
      printf ("%s /**< %s */\n", i + 1 < type->n_values ? "," : "", value->meaning);
    }
}

static void
print_header_enum (const ImEnumType *type)
{
  printf ("\n/** %s */\ntypedef enum %s\n{\n", type->meaning, type->name);
  if (im_profile_wire_of_enum (type->name) != IM_WIRE_PLAIN)
    {
      printf ("#ifdef IMSDK_PROFILE_TENCENT\n");
      print_header_values (type, IM_PROFILE_TENCENT);
      printf ("#else\n");
      print_header_values (type, IM_PROFILE_SEED);
      printf ("#endif\n");
    }
  else
    print_header_values (type, IM_PROFILE_SEED);
  printf ("} %s;\n", type->name);
}

static void
print_header_errors (void)
{
  printf ("\n/** codes that a TIMCommCallback and a TIMNetworkStatusListenerCallback are given, "
          "and that results carry */\n");
  printf ("typedef enum TIMErrCode\n{\n");
  for (guint i = 0; i < G_N_ELEMENTS (error_codes); i++)
    printf ("  %s = %d%s /**< %s */\n", error_codes[i].symbol, error_codes[i].number,
            i + 1 < G_N_ELEMENTS (error_codes) ? "," : "", error_codes[i].text);
  printf ("} TIMErrCode;\n");
}

/* Names that 8.0 respelt: both are there. */
static char *
later_name (const char *constant)
{
  static const char *const pairs[][2] = {
    { "Custem", "Custom" }, { "CackBack", "Callback" }, { "Loaction", "Location" },
    { "Freind", "Friend" }, { "latitude", "Latitude" }, { "Detial", "Detail" },
  };
  g_autoptr (GString) name = g_string_new (constant);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_string_replace (name, pairs[i][0], pairs[i][1], 0) > 0)
      return g_string_free (g_steal_pointer (&name), FALSE);
  return NULL;
}

static void
print_header_keys (const ImJsonType *type)
{
  gboolean has_key = FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const ImJsonField *field = &type->fields[i];
      g_autofree char *kind = type_text (field);
      g_autofree char *access = access_text (field);
      g_autofree char *later = NULL;

      if (!is_described (field) || field->constant == NULL)
        continue;
      if (!has_key)
        printf ("\n/* %s%s%s */\n", type->name, *type->meaning != '\0' ? ": " : "", type->meaning);
      has_key = TRUE;
      printf ("TIM_KEY %s = \"%s\"; /**< %s, %s: %s%s */\n", field->constant, field->key, kind,
              access, field->meaning,
              (field->flags & IM_OURS) != 0    ? " (Linnet)"
              : (field->flags & IM_LATER) != 0 ? " (8.0)"
                                               : "");
      if ((later = later_name (field->constant)) != NULL)
        printf ("TIM_KEY %s = \"%s\";\n", later, field->key);
    }
}

static void
print_header (void)
{
  guint n_enums;
  const ImEnumType *enums = im_enum_types (&n_enums);

  printf ("/* SPDX-License-Identifier: LGPL-2.1-or-later */\n"
          "/**\n"
          " * @file TIMCloudDef.h\n"
          " * Enums, error codes and the keys of all JSON objects.\n"
          " *\n"
          " * Printed by im-describe out of the tables in src/codec and src/base; not edited by "
          "hand. In the comments of\n"
          " * the keys, w is written by the application, r by the library, ! is required in a "
          "request.\n"
          " *\n"
          " * Two enums have other numbers in the vendor's published headers. Define "
          "IMSDK_PROFILE_TENCENT before including\n"
          " * this to get those, and run the program with the environment variable "
          "IMSDK_PROFILE=tencent.\n"
          " */\n"
          "#ifndef TIM_CLOUD_DEF_H\n"
          "#define TIM_CLOUD_DEF_H\n\n"
          "#include \"TIMCloudComm.h\"\n\n"
          "#ifdef __cplusplus\n"
          "extern \"C\" {\n"
          "#endif\n");
  for (guint i = 0; i < n_enums; i++)
    print_header_enum (&enums[i]);
  print_header_errors ();
  for_each_type (print_header_keys);
  printf ("\n"
          "#ifdef __cplusplus\n"
          "}\n"
          "#endif\n\n"
          "#endif\n");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *option;
    void (*print) (void);
  } modes[] = {
    { "--markdown", print_markdown },
    { "--schema", print_schema },
    { "--header", print_header },
  };

  for (guint i = 0; argc == 2 && i < G_N_ELEMENTS (modes); i++)
    if (g_str_equal (argv[1], modes[i].option))
      {
        modes[i].print ();
        return ferror (stdout) || fflush (stdout) != 0;
      }
  fprintf (stderr, "Usage: im-describe --markdown | --schema | --header\n");
  return 2;
}
