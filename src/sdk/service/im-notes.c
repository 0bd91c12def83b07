/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-notes.h"

#include "im-json.h"

/* Whoever is heard reads at once, when the window is open: then a newer note takes its place. */
#define REPEAT_AFTER_MS 5000

typedef enum
{
  STATE_DUE,
  STATE_IN_FLIGHT,
  STATE_SETTLING, /* the server has it */
} State;

typedef struct
{
  char *wire_id;
  State state;
  gboolean is_repeat;
  gint64 settling_since_us;
} Note;

/* Reference counted, since the porter answers after the session may have gone. */
struct _ImNotes
{
  ImSession *session; /* NULL afterwards */
  GHashTable *notes;  /* conversation, owned → Note, owned */
  GHashTable *told;   /* conversation, owned → the last wire id that has settled, owned */
  GSource *source;    /* nullable: of what is repeated */
};

typedef struct
{
  ImNotes *notes;
  char *conv_id;
  char *wire_id;
} Flight;

/* In the store: JSON, [ conversation, wire id, conversation, … ] */
#define KEY "displayed"

static void
note_free (Note *note)
{
  g_free (note->wire_id);
  g_free (note);
}

static void
notes_clear (gpointer data)
{
  ImNotes *self = data;

  g_hash_table_unref (self->notes);
  g_hash_table_unref (self->told);
}

static void
flight_free (Flight *flight)
{
  g_rc_box_release_full (flight->notes, notes_clear);
  g_free (flight->conv_id);
  g_free (flight->wire_id);
  g_free (flight);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_free)

/* Keeping */

static Note *
put (ImNotes *self, const char *conv_id, const char *wire_id)
{
  Note *note = g_new0 (Note, 1);

  note->wire_id = g_strdup (wire_id);
  g_hash_table_replace (self->notes, g_strdup (conv_id), note);
  return note;
}

static void
load (ImNotes *self)
{
  g_autofree char *text = im_store_kv_get (im_session_get_store (self->session), KEY);
  g_auto (GStrv) parts = text != NULL ? im_json_parse_strv (text, -1, IM_JSON_LENIENT, NULL) : NULL;

  for (char **p = parts; p != NULL && p[0] != NULL && p[1] != NULL; p += 2)
    put (self, p[0], p[1]);
}

static void
save (ImNotes *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer conv_id;
  gpointer value;

  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &conv_id, &value))
    {
      g_ptr_array_add (parts, conv_id);
      g_ptr_array_add (parts, ((const Note *) value)->wire_id);
    }
  g_ptr_array_add (parts, NULL);
  text = im_json_format_strv ((const char *const *) parts->pdata);
  im_store_kv_set (im_session_get_store (self->session), KEY, text, NULL);
}

ImNotes *
im_notes_new (ImSession *session)
{
  ImNotes *self = g_rc_box_new0 (ImNotes);

  self->session = session;
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) note_free);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  load (self);
  return self;
}

void
im_notes_free (ImNotes *self)
{
  im_clock_timeout_clear (&self->source);
  self->session = NULL;
  g_rc_box_release_full (self, notes_clear);
}

void
im_notes_add (ImNotes *self, const char *conv_id, const char *wire_id)
{
  g_hash_table_remove (self->told, conv_id);
  put (self, conv_id, wire_id);
  save (self);
}

/* Sending */

static void
on_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  ImNotes *self = flight->notes;
  Note *note = self->session != NULL ? g_hash_table_lookup (self->notes, flight->conv_id) : NULL;

  if (note == NULL || note->state != STATE_IN_FLIGHT
      || g_strcmp0 (note->wire_id, flight->wire_id) != 0)
    return; /* a later one has taken its place */
  note->state = error != NULL ? STATE_DUE : STATE_SETTLING;
  note->settling_since_us = im_clock_monotonic_us (im_session_get_clock (self->session));
  if (error == NULL)
    im_session_watch_settling (self->session);
}

static void
send (ImNotes *self, const char *conv_id, Note *note)
{
  g_autofree char *peer = map_id_jid_from_user (im_session_get_ids (self->session), conv_id, NULL);
  g_autoptr (XmppStanza) stanza
      = peer != NULL ? xmpp_marker_new_displayed (peer, XMPP_MESSAGE_CHAT, note->wire_id) : NULL;
  Flight *flight;

  if (stanza == NULL)
    return;
  note->state = STATE_IN_FLIGHT;
  flight = g_new0 (Flight, 1);
  flight->notes = g_rc_box_acquire (self);
  flight->conv_id = g_strdup (conv_id);
  flight->wire_id = g_strdup (note->wire_id);
  xmpp_porter_send (im_session_get_porter (self->session), stanza, on_sent, flight);
}

void
im_notes_flush (ImNotes *self)
{
  GHashTableIter iter;
  gpointer conv_id;
  gpointer note;

  if (!im_session_is_online (self->session))
    return;
  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &conv_id, &note))
    if (((Note *) note)->state == STATE_DUE
        && xmpp_porter_is_open (im_session_get_porter (self->session)))
      send (self, conv_id, note);
}

void
im_notes_lost_session (ImNotes *self)
{
  GHashTableIter iter;
  gpointer note;

  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, NULL, &note))
    ((Note *) note)->state = STATE_DUE;
}

gboolean
im_notes_settle (ImNotes *self, gint64 until_us)
{
  GHashTableIter iter;
  gpointer conv_id;
  gpointer value;
  gboolean more = FALSE;
  gboolean changed = FALSE;

  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &conv_id, &value))
    {
      const Note *note = value;

      if (note->state != STATE_SETTLING)
        continue;
      if (note->settling_since_us > until_us)
        more = TRUE;
      else
        {
          if (!note->is_repeat)
            g_hash_table_replace (self->told, g_strdup (conv_id), g_strdup (note->wire_id));
          g_hash_table_iter_remove (&iter);
          changed = TRUE;
        }
    }
  if (changed)
    save (self);
  return more;
}

/* Repeating */

static gboolean
on_repeat (gpointer user_data)
{
  ImNotes *self = user_data;

  im_clock_timeout_clear (&self->source);
  im_notes_flush (self);
  return G_SOURCE_REMOVE;
}

void
im_notes_heard (ImNotes *self, const char *conv_id)
{
  g_autofree char *key = NULL;
  g_autofree char *wire_id = NULL;

  if (!g_hash_table_steal_extended (self->told, conv_id, (gpointer *) &key, (gpointer *) &wire_id)
      || g_hash_table_contains (self->notes, conv_id))
    return;
  put (self, conv_id, wire_id)->is_repeat = TRUE;
  if (self->source == NULL)
    self->source = im_clock_timeout_add (im_session_get_clock (self->session), REPEAT_AFTER_MS,
                                         on_repeat, self);
}
