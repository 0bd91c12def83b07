/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-phase-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _LinnetPhase
{
  GObject parent_instance;

  char *text; /* owned */
  LinnetPhaseState state;
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_STATE,
  N_PROPS
};

enum
{
  LINE_FIND,
  LINE_SECURE,
  LINE_AUTH,
  LINE_FETCH,
  N_LINES
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetPhase, linnet_phase, G_TYPE_OBJECT)

static void
linnet_phase_finalize (GObject *object)
{
  g_free (LINNET_PHASE (object)->text);
  G_OBJECT_CLASS (linnet_phase_parent_class)->finalize (object);
}

static void
linnet_phase_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LinnetPhase *self = LINNET_PHASE (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define READABLE (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static void
linnet_phase_class_init (LinnetPhaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linnet_phase_finalize;
  object_class->get_property = linnet_phase_get_property;
  /* clang-format off */
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, READABLE);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LINNET_TYPE_PHASE_STATE, LINNET_PHASE_TO_COME, READABLE);
  /* clang-format on */
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
linnet_phase_init (LinnetPhase *self)
{
}

const char *
linnet_phase_get_text (LinnetPhase *self)
{
  g_return_val_if_fail (LINNET_IS_PHASE (self), NULL);
  return self->text;
}

LinnetPhaseState
linnet_phase_get_state (LinnetPhase *self)
{
  g_return_val_if_fail (LINNET_IS_PHASE (self), LINNET_PHASE_TO_COME);
  return self->state;
}

static void
set_text (GListModel *phases, guint line, const char *text)
{
  g_autoptr (LinnetPhase) phase = g_list_model_get_item (phases, line);

  if (g_strcmp0 (phase->text, text) == 0)
    return;
  g_free (phase->text);
  phase->text = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (phase), props[PROP_TEXT]);
}

static void
set_state (GListModel *phases, guint line, LinnetPhaseState state)
{
  g_autoptr (LinnetPhase) phase = g_list_model_get_item (phases, line);

  if (phase->state == state)
    return;
  phase->state = state;
  g_object_notify_by_pspec (G_OBJECT (phase), props[PROP_STATE]);
}

GListModel *
linnet_phases_new (void)
{
  GListStore *store = g_list_store_new (LINNET_TYPE_PHASE);

  for (guint i = 0; i < N_LINES; i++)
    {
      g_autoptr (LinnetPhase) phase = g_object_new (LINNET_TYPE_PHASE, NULL);

      g_list_store_append (store, phase);
    }
  linnet_phases_reset (G_LIST_MODEL (store), FALSE);
  return G_LIST_MODEL (store);
}

void
linnet_phases_reset (GListModel *phases, gboolean is_plain)
{
  set_text (phases, LINE_FIND, _ ("Looking for the server…"));
  set_text (phases, LINE_SECURE,
            is_plain ? _ ("Connection without encryption") : _ ("Secure connection"));
  set_text (phases, LINE_AUTH, _ ("Signing in…"));
  set_text (phases, LINE_FETCH, _ ("Fetching conversations"));
  for (guint i = 0; i < N_LINES; i++)
    set_state (phases, i, LINNET_PHASE_TO_COME);
}

/* Lines before this one are done, it is under way, the others are to come. */
static void
stand_at (GListModel *phases, guint line)
{
  for (guint i = 0; i < N_LINES; i++)
    set_state (phases, i,
               i < line    ? LINNET_PHASE_DONE
               : i == line ? LINNET_PHASE_NOW
                           : LINNET_PHASE_TO_COME);
}

void
linnet_phases_advance (GListModel *phases, const char *phase)
{
  g_autofree char *found = NULL;

  if (strcmp (phase, LINNET_PHASE_LOOKING) == 0)
    stand_at (phases, LINE_FIND);
  else if (g_str_has_prefix (phase, LINNET_PHASE_FOUND))
    {
      found = g_strdup_printf (_ ("Server found: %s"), phase + strlen (LINNET_PHASE_FOUND));
      set_text (phases, LINE_FIND, found);
      stand_at (phases, LINE_SECURE);
    }
  else if (strcmp (phase, LINNET_PHASE_SECURE) == 0)
    stand_at (phases, LINE_SECURE);
  else if (strcmp (phase, LINNET_PHASE_AUTH) == 0)
    stand_at (phases, LINE_AUTH);
  else if (strcmp (phase, LINNET_PHASE_FETCHING) == 0)
    stand_at (phases, LINE_FETCH);
}

void
linnet_phases_finish (GListModel *phases)
{
  stand_at (phases, N_LINES);
}
