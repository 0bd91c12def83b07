/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * TIM objects as plain C structs, described by tables, and their JSON text.
 *
 * Every object begins with an ImJsonHeader and is reference counted. One that has been handed to
 * somebody else (published) is immutable: take a copy, change it, publish the copy. Strings, string
 * arrays, arrays and nested objects are owned by the struct and NULL when absent; arrays of objects
 * unref their elements.
 *
 * All functions are pure and may be called from any thread.
 */

typedef struct _ImJsonType ImJsonType;
typedef struct _ImJsonField ImJsonField;

/* The first member of every object. Only the engine writes it. */
typedef struct
{
  const ImJsonType *type; /* the table that built this object; frees it, too */
  guint64 present;        /* rows whose own key is written even when the value is the default */
  guint64 respelt;        /* the same for the row's other spelling */
  GPtrArray *unknown; /* owned, nullable: key, text, key, text… of keys no row knows, where kept */
  int ref_count;
} ImJsonHeader;

#define IM_JSON_ERROR (im_json_error_quark ())
GQuark im_json_error_quark (void);

/* All of them are TIM_ERR_JSON to a program; the message names the object and the key. */
typedef enum
{
  IM_JSON_ERROR_SYNTAX,    /* not JSON, or not the kind of JSON that was asked for */
  IM_JSON_ERROR_ENCODING,  /* not UTF-8, or half a surrogate pair */
  IM_JSON_ERROR_SIZE,      /* longer than IM_JSON_MAX_SIZE */
  IM_JSON_ERROR_DEPTH,     /* nested deeper than IM_JSON_MAX_DEPTH */
  IM_JSON_ERROR_DUPLICATE, /* the same key twice in one object */
  IM_JSON_ERROR_TYPE,      /* a key has a value of the wrong JSON type */
  IM_JSON_ERROR_RANGE,     /* a number is out of range */
  IM_JSON_ERROR_MISSING    /* a required key is missing */
} ImJsonError;

#define IM_JSON_MAX_SIZE (32 * 1024 * 1024)
#define IM_JSON_MAX_DEPTH 32

typedef enum
{
  IM_JSON_LENIENT, /* wire and database: bad fields are dropped, numbers are the profile "seed" */
  IM_JSON_STRICT, /* parameters of our API: every fault is an error, numbers are the current profile
                   */
  IM_JSON_RESULT  /* what a TIM library answers: bad fields are dropped, numbers are the current
                     profile */
} ImJsonMode;

/* A new object of @type: empty but for defaults that are not 0, with the keys marked that are
 * always written. */
gpointer im_json_new (const ImJsonType *type) G_GNUC_WARN_UNUSED_RESULT;
/* @object: (nullable) */
gpointer im_json_ref (gpointer object);
/* @object: (nullable) (transfer full) */
void im_json_unref (gpointer object);
/* A deep copy with one reference, to be changed. @object: (nullable) */
gpointer im_json_copy (gconstpointer object) G_GNUC_WARN_UNUSED_RESULT;
/* Whether both have the same type and the same values; which keys were spelt out does not count.
 * Both nullable. */
gboolean im_json_equal (gconstpointer a, gconstpointer b);
/* The rows (bit n is row n of the type) whose values differ; @a and @b are of the same type. */
guint64 im_json_diff (gconstpointer a, gconstpointer b);

/* One object. @len: -1 when @text is NUL-terminated. Returns: (transfer full), NULL with @error
 * set. */
gpointer im_json_parse (const ImJsonType *type,
                        const char *text,
                        gssize len,
                        ImJsonMode mode,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* An array of objects; unless strict, elements that are not objects are dropped. */
GPtrArray *im_json_parse_array (const ImJsonType *type,
                                const char *text,
                                gssize len,
                                ImJsonMode mode,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* An array of strings. Returns: (transfer full) NULL-terminated, free with g_strfreev(). */
char **im_json_parse_strv (const char *text, gssize len, ImJsonMode mode, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* For programs: numbers are those of the current profile. Never fails; NULL is an empty object or
 * array. */
char *im_json_format (gconstpointer object) G_GNUC_WARN_UNUSED_RESULT;
char *im_json_format_array (GPtrArray *objects) G_GNUC_WARN_UNUSED_RESULT;
char *im_json_format_strv (const char *const *strings) G_GNUC_WARN_UNUSED_RESULT;
/* For the database and the wire: numbers are always those of the profile "seed". */
char *im_json_format_internal (gconstpointer object) G_GNUC_WARN_UNUSED_RESULT;
/* For logs: secrets are replaced by "***". */
char *im_json_format_redacted (gconstpointer object) G_GNUC_WARN_UNUSED_RESULT;

/* Marks the keys that are always written, in @object and in everything it holds. For objects not
 * yet published. */
void im_json_complete (gpointer object);

/* Whether the text spelt the key of @member out, or im_json_new() did: IM_JSON_HAS (item,
 * ImUserProfileItem, gender) */
#define IM_JSON_HAS(object, Struct, member)                                                        \
  im_json_has_at ((object), G_STRUCT_OFFSET (Struct, member))
gboolean im_json_has_at (gconstpointer object, gsize offset);
/* Makes the key of @member be written even when the value is the default. */
#define IM_JSON_MARK(object, Struct, member)                                                       \
  im_json_mark_at ((object), G_STRUCT_OFFSET (Struct, member))
void im_json_mark_at (gpointer object, gsize offset);

/* A new array of objects, as the structs hold them. */
GPtrArray *im_json_array_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Replaces an owned string. @value: (nullable), may be the old value. */
void im_json_set_str (char **member, const char *value);

G_END_DECLS
