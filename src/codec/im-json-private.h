/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * How a type is described. Only the codec's own files and its tests include this.
 *
 * A row is one line: struct, member, wire key, the vendor's constant for the key, flags, meaning,
 * and whatever else the row needs as designated initialisers (.alias, .initial, .max, .enumeration,
 * .wire):
 *
 *   IM_STR (ImReceipt, conv_id, "msg_receipt_conv_id", "kTIMMsgReceiptConvId", IM_OUT | IM_ALWAYS,
 * "who has read"),
 *
 * The macros check at compile time that the member has the C type that the row says.
 */

#include "im-json.h"

G_BEGIN_DECLS

typedef enum
{
  IM_JSON_KIND_STR,    /* char * */
  IM_JSON_KIND_INT,    /* gint64, any 64-bit number */
  IM_JSON_KIND_UINT,   /* gint64, 0 … 2^32-1 or .max */
  IM_JSON_KIND_UINT64, /* guint64, exact up to 2^64-1 */
  IM_JSON_KIND_BOOL,   /* gboolean; a number is accepted, 0 is false */
  IM_JSON_KIND_DOUBLE, /* double, finite */
  IM_JSON_KIND_STRV,   /* char **, array of strings */
  IM_JSON_KIND_INTV,   /* GArray * of gint64, array of integers */
  IM_JSON_KIND_OBJ,    /* struct pointer, object */
  IM_JSON_KIND_ARRAY   /* GPtrArray *, array of objects */
} ImJsonKind;

typedef enum
{
  IM_IN = 1 << 0,  /* the application writes it */
  IM_OUT = 1 << 1, /* the library writes it */
  IM_INOUT = IM_IN | IM_OUT,
  IM_REQUIRED = 1 << 2,  /* missing is an error in strict mode */
  IM_ALWAYS = 1 << 3,    /* new objects write it even when the value is the default */
  IM_SECRET = 1 << 4,    /* never logged */
  IM_OURS = 1 << 5,      /* Linnet's own key */
  IM_SEED_ONLY = 1 << 6, /* on the seed page, in no published header */
  IM_TAG = 1 << 7,       /* elem_type inside an element: documented once, with Elem */
  IM_LATER = 1 << 8      /* release 8.0 added it */
} ImJsonFlags;

/* Values whose JSON form depends on the numbering profile, see im-profile.c. */
typedef enum
{
  IM_WIRE_PLAIN,
  IM_WIRE_ELEM_TYPE,     /* number of an element kind */
  IM_WIRE_TIP_FLAG,      /* number of a changed group property */
  IM_WIRE_GROUP_TYPE,    /* name or number of a kind of group */
  IM_WIRE_CUSTOM_INFO,   /* custom fields in a result: {} or [] when empty */
  IM_WIRE_CUSTOM_FIELDS, /* custom fields in a request: both accepted */
  IM_WIRE_ROLE,          /* in requests 1, 2, 3 are old names of 200, 300, 400 */
  IM_WIRE_FLAGS,         /* 32-bit mask, accepted as a negative number as well */
  IM_WIRE_UINT64         /* of an array: each gint64 is the bits of a guint64 */
} ImJsonWire;

struct _ImJsonField
{
  const char *key;      /* as the seed-era API spells it */
  const char *alias;    /* other spelling, nullable: accepted, and written beside the key */
  const char *constant; /* the vendor's name of the key, nullable */
  const char *meaning;
  const char *enumeration; /* vendor's enum the number belongs to, nullable */
  const ImJsonType *type;  /* of OBJ and ARRAY */
  gint64 initial;          /* value when absent */
  gint64 max;              /* of UINT; 0 is 2^32-1 */
  guint16 offset;
  guint8 kind;   /* ImJsonKind */
  guint8 wire;   /* ImJsonWire */
  guint16 flags; /* ImJsonFlags */
};

typedef struct
{
  gint64 tag;
  const ImJsonType *type;
} ImJsonVariant;

struct _ImJsonType
{
  const char *name;        /* the object's name in the reference */
  const char *struct_name; /* ours */
  const char *meaning;
  gsize size;
  const ImJsonField *fields; /* at most 64 */
  guint n_fields;
  const ImJsonVariant *variants; /* of a family: the first row is the tag that chooses */
  guint n_variants;
  const ImJsonType *fallback; /* of a family: any other tag */
  gboolean keeps_unknown;     /* keys without a row are kept and written back */
};

/* clang-format off */
#define IM_CHECK(condition, message) (0 * sizeof (struct { _Static_assert (condition, message); int unused; }))
#define IM_IS(Struct, member, ctype) _Generic (((Struct *) 0)->member, ctype: 1, default: 0)
#define IM_ROW(Struct, m, ctype, k, key_, constant_, flags_, meaning_) \
  .key = key_, .constant = constant_, .meaning = meaning_, .kind = IM_JSON_KIND_ ## k, .flags = flags_, \
  .offset = G_STRUCT_OFFSET (Struct, m) + IM_CHECK (IM_IS (Struct, m, ctype), #Struct "." #m " must be " #ctype)

#define IM_STR(S, m, key, constant, flags, meaning, ...)    { IM_ROW (S, m, char *, STR, key, constant, flags, meaning), __VA_ARGS__ }
#define IM_INT(S, m, key, constant, flags, meaning, ...)    { IM_ROW (S, m, gint64, INT, key, constant, flags, meaning), __VA_ARGS__ }
#define IM_UINT(S, m, key, constant, flags, meaning, ...)   { IM_ROW (S, m, gint64, UINT, key, constant, flags, meaning), __VA_ARGS__ }
#define IM_UINT64(S, m, key, constant, flags, meaning, ...) { IM_ROW (S, m, guint64, UINT64, key, constant, flags, meaning), __VA_ARGS__ }
#define IM_BOOL(S, m, key, constant, flags, meaning, ...)   { IM_ROW (S, m, gboolean, BOOL, key, constant, flags, meaning), __VA_ARGS__ }
#define IM_DOUBLE(S, m, key, constant, flags, meaning, ...) { IM_ROW (S, m, double, DOUBLE, key, constant, flags, meaning), __VA_ARGS__ }
#define IM_STRV(S, m, key, constant, flags, meaning, ...)   { IM_ROW (S, m, char **, STRV, key, constant, flags, meaning), __VA_ARGS__ }
#define IM_INTV(S, m, key, constant, flags, meaning, ...)   { IM_ROW (S, m, GArray *, INTV, key, constant, flags, meaning), __VA_ARGS__ }
#define IM_OBJ(S, m, Nested, nested_type, key, constant, flags, meaning, ...) \
  { IM_ROW (S, m, Nested *, OBJ, key, constant, flags, meaning), .type = &nested_type, __VA_ARGS__ }
#define IM_ARRAY(S, m, nested_type, key, constant, flags, meaning, ...) \
  { IM_ROW (S, m, GPtrArray *, ARRAY, key, constant, flags, meaning), .type = &nested_type, __VA_ARGS__ }

/* The tag of an element, which its struct has in its first member. */
#define IM_ELEM_ROW(S, number) \
  IM_INT (S, base.type, "elem_type", "kTIMElemType", IM_INOUT | IM_ALWAYS | IM_TAG, "which kind of element this is", \
          .enumeration = "TIMElemType", .wire = IM_WIRE_ELEM_TYPE, .initial = number)

#define IM_TYPE(S, name_, rows, meaning_, ...) \
  { .name = name_, .struct_name = #S, .meaning = meaning_, .fields = rows, .n_fields = G_N_ELEMENTS (rows), \
    .size = sizeof (S) + IM_CHECK (G_N_ELEMENTS (rows) <= 64, #S " has more than 64 rows"), __VA_ARGS__ }
/* clang-format on */

static inline gpointer
im_json_member (gconstpointer object, const ImJsonField *field)
{
  return (char *) object + field->offset;
}

/* A zeroed object with the defaults and no key marked but the tag of an element. */
gpointer im_json_alloc (const ImJsonType *type);
/* Whether the member has the value it has when its key is absent. */
gboolean im_json_field_is_default (gconstpointer object, const ImJsonField *field);
/* The variant of a family that belongs to @tag; @type itself when it is no family. */
const ImJsonType *im_json_type_for_tag (const ImJsonType *type, gint64 tag);

/* Every object of the seed-era API, in the order of the reference; and the ones that are newer or
 * ours. */
const ImJsonType *const *im_json_seed_types (guint *ret_n);
const ImJsonType *const *im_json_other_types (guint *ret_n);

/* The enums of im-enums.def for the reference and the public headers. */
typedef struct
{
  const char *name; /* the vendor's constant */
  gint64 number;    /* in the profile "seed" */
  const char *meaning;
} ImEnumValue;

typedef struct
{
  const char *name;
  const char *meaning;
  const ImEnumValue *values;
  guint n_values;
} ImEnumType;

const ImEnumType *im_enum_types (guint *ret_n);

G_END_DECLS
