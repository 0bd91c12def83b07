/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-composing.h"

#define STORE_REST_MS 1000
#define STORE_LATEST_MS 5000
#define TYPING_REST_MS 5000
/* A peer forgets "typing" after 30 s: it is said again in time. */
#define TYPING_AGAIN_US (15 * G_USEC_PER_SEC)

struct _LinnetComposing
{
  LinnetBackend *backend; /* owned, nullable: detached */
  LinnetConversationType type;
  char *id;     /* owned */
  char *text;   /* owned */
  char *stored; /* owned: what the library has */
  guint rest_timeout;
  guint latest_timeout;
  guint typing_timeout;
  gint64 typing_told_us; /* monotonic; 0: the peer believes nobody types */
};

LinnetComposing *
linnet_composing_new (LinnetBackend *backend, LinnetConversationType type, const char *id)
{
  LinnetComposing *self = g_new0 (LinnetComposing, 1);

  g_set_object (&self->backend, backend);
  self->type = type;
  self->id = g_strdup (id);
  self->text = g_strdup ("");
  self->stored = g_strdup ("");
  return self;
}

void
linnet_composing_free (LinnetComposing *self)
{
  linnet_composing_detach (self);
  g_free (self->id);
  g_free (self->text);
  g_free (self->stored);
  g_free (self);
}

const char *
linnet_composing_get_text (LinnetComposing *self)
{
  return self->text;
}

static void
replace (char **member, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*member);
  *member = copy;
}

static void
stop_storing (LinnetComposing *self)
{
  g_clear_handle_id (&self->rest_timeout, g_source_remove);
  g_clear_handle_id (&self->latest_timeout, g_source_remove);
}

void
linnet_composing_flush (LinnetComposing *self)
{
  stop_storing (self);
  if (self->backend == NULL || g_strcmp0 (self->text, self->stored) == 0)
    return;
  replace (&self->stored, self->text);
  linnet_backend_set_draft (self->backend, self->type, self->id, self->text);
}

static gboolean
on_rest (gpointer user_data)
{
  LinnetComposing *self = user_data;

  self->rest_timeout = 0;
  linnet_composing_flush (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_latest (gpointer user_data)
{
  LinnetComposing *self = user_data;

  self->latest_timeout = 0;
  linnet_composing_flush (self);
  return G_SOURCE_REMOVE;
}

static void
plan_storing (LinnetComposing *self)
{
  g_clear_handle_id (&self->rest_timeout, g_source_remove);
  self->rest_timeout = g_timeout_add (STORE_REST_MS, on_rest, self);
  if (self->latest_timeout == 0)
    self->latest_timeout = g_timeout_add (STORE_LATEST_MS, on_latest, self);
}

static void
tell (LinnetComposing *self, gboolean is_typing)
{
  self->typing_told_us = is_typing ? g_get_monotonic_time () : 0;
  if (self->type == LINNET_CONVERSATION_SINGLE && self->backend != NULL)
    linnet_backend_send_typing (self->backend, self->type, self->id, is_typing);
}

static void
stop_typing (LinnetComposing *self)
{
  g_clear_handle_id (&self->typing_timeout, g_source_remove);
  if (self->typing_told_us != 0)
    tell (self, FALSE);
}

static gboolean
on_typing_rest (gpointer user_data)
{
  LinnetComposing *self = user_data;

  self->typing_timeout = 0;
  stop_typing (self);
  return G_SOURCE_REMOVE;
}

static void
keep_typing (LinnetComposing *self)
{
  g_clear_handle_id (&self->typing_timeout, g_source_remove);
  self->typing_timeout = g_timeout_add (TYPING_REST_MS, on_typing_rest, self);
  if (self->typing_told_us == 0 || g_get_monotonic_time () - self->typing_told_us > TYPING_AGAIN_US)
    tell (self, TRUE);
}

gboolean
linnet_composing_set_text (LinnetComposing *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return FALSE;
  replace (&self->text, text);
  if (self->backend == NULL)
    return TRUE;
  plan_storing (self);
  if (*text != '\0')
    keep_typing (self);
  else
    stop_typing (self);
  return TRUE;
}

gboolean
linnet_composing_reset (LinnetComposing *self, const char *text)
{
  stop_storing (self);
  replace (&self->stored, text);
  if (g_strcmp0 (self->text, text) == 0)
    return FALSE;
  replace (&self->text, text);
  return TRUE;
}

gboolean
linnet_composing_sent (LinnetComposing *self)
{
  gboolean was_empty = *self->text == '\0';

  /* The message itself tells the peer that typing ended. */
  g_clear_handle_id (&self->typing_timeout, g_source_remove);
  self->typing_told_us = 0;
  replace (&self->text, "");
  linnet_composing_flush (self);
  return !was_empty;
}

void
linnet_composing_leave (LinnetComposing *self)
{
  linnet_composing_flush (self);
  stop_typing (self);
}

void
linnet_composing_detach (LinnetComposing *self)
{
  stop_storing (self);
  g_clear_handle_id (&self->typing_timeout, g_source_remove);
  self->typing_told_us = 0;
  g_clear_object (&self->backend);
}
