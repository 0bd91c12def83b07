/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-private.h"

#include "im-enums.h"
#include "im-msg.h"
#include "linnet-error.h"
#include "linnet-message-text.h"
#include "linnet-people.h"
#include "linnet-text.h"
#include "linnet-time.h"

#include <glib/gi18n-lib.h>

#define OWN_ID_PREFIX "linnet:"
#define GROUP_SECONDS (5 * 60)

struct _LinnetMessage
{
  GObject parent_instance;

  ImMsg *msg;      /* owned */
  char *id;        /* owned, never changes */
  char *peer_name; /* owned, never changes */

  char *sender_name;      /* owned */
  char *text;             /* owned */
  char *markup;           /* owned, nullable: made when first asked for */
  char *time_label;       /* owned */
  char *date_label;       /* owned, nullable: made when first asked for */
  char *day;              /* owned */
  char *failure;          /* owned, nullable */
  char *accessible_label; /* owned, nullable: made when first asked for */
  LinnetMessageKind kind;
  LinnetMessageState state;
  int sender_color;
  gboolean is_emoji_only;
  gboolean is_rtl;

  LinnetMessagePlace place;
  gboolean is_first_unread;
  gboolean shows_state_word;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_SENDER_ID,
  PROP_SENDER_NAME,
  PROP_SENDER_COLOR,
  PROP_IS_OWN,
  PROP_KIND,
  PROP_TEXT,
  PROP_MARKUP,
  PROP_IS_EMOJI_ONLY,
  PROP_IS_RTL,
  PROP_TIME,
  PROP_TIME_LABEL,
  PROP_DATE_LABEL,
  PROP_STATE,
  PROP_STATE_WORD,
  PROP_FAILURE,
  PROP_IS_READ,
  PROP_ACCESSIBLE_LABEL,
  PROP_STARTS_GROUP,
  PROP_ENDS_GROUP,
  PROP_SHOWS_META,
  PROP_SHOWS_STATE_WORD,
  PROP_DAY_LABEL,
  PROP_DAY,
  PROP_IS_FIRST_UNREAD,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetMessage, linnet_message, G_TYPE_OBJECT)

/* What an ImMsg says */

char *
linnet_message_new_own_id (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat (OWN_ID_PREFIX, uuid, NULL);
}

char *
linnet_message_make_id (const ImMsg *msg)
{
  g_return_val_if_fail (msg != NULL, NULL);

  if (msg->is_from_self && msg->custom_str != NULL
      && g_str_has_prefix (msg->custom_str, OWN_ID_PREFIX))
    return g_strdup (msg->custom_str);
  if (msg->unique_id != 0)
    return g_strdup_printf ("u%" G_GUINT64_FORMAT, msg->unique_id);
  return g_strdup_printf ("r%s:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                          msg->sender != NULL ? msg->sender : "", msg->rand, msg->seq,
                          msg->client_time);
}

gint64
linnet_message_time_of (const ImMsg *msg)
{
  return (gint64) (msg->server_time != 0 ? msg->server_time : msg->client_time);
}

static LinnetMessageState
state_of (const ImMsg *msg)
{
  if (!msg->is_from_self)
    return LINNET_MESSAGE_RECEIVED;
  if (msg->status == IM_MSG_SENDING)
    return LINNET_MESSAGE_WAITING;
  if (msg->status == IM_MSG_SEND_FAIL || msg->status == IM_MSG_CANCEL)
    return LINNET_MESSAGE_FAILED;
  if (msg->is_peer_read)
    return LINNET_MESSAGE_READ;
  return msg->is_delivered ? LINNET_MESSAGE_DELIVERED : LINNET_MESSAGE_SENT;
}

static const char *
state_word (LinnetMessageState state)
{
  static const char *const words[] = {
    [LINNET_MESSAGE_RECEIVED] = "",      [LINNET_MESSAGE_WAITING] = N_ ("Waiting to be sent"),
    [LINNET_MESSAGE_SENT] = N_ ("Sent"), [LINNET_MESSAGE_DELIVERED] = N_ ("Delivered"),
    [LINNET_MESSAGE_READ] = N_ ("Read"), [LINNET_MESSAGE_FAILED] = N_ ("Not sent"),
  };

  return *words[state] != '\0' ? _ (words[state]) : "";
}

/* Properties */

static void
notify (LinnetMessage *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_string (LinnetMessage *self, char **member, char *taken, guint prop)
{
  if (g_strcmp0 (*member, taken) == 0)
    {
      g_free (taken);
      return;
    }
  g_free (*member);
  *member = taken;
  notify (self, prop);
}

static void
refresh_text (LinnetMessage *self)
{
  LinnetMessageKind kind;
  g_autofree char *text = linnet_message_text_of (self->msg, &kind);

  if (self->kind != kind)
    {
      self->kind = kind;
      notify (self, PROP_KIND);
    }
  if (g_strcmp0 (text, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  g_clear_pointer (&self->markup, g_free);
  self->is_emoji_only = kind == LINNET_MESSAGE_KIND_TEXT && linnet_text_is_emoji_only (self->text);
  self->is_rtl = linnet_text_direction (self->text) == LINNET_TEXT_RTL;
  notify (self, PROP_TEXT);
  notify (self, PROP_MARKUP);
  notify (self, PROP_IS_EMOJI_ONLY);
  notify (self, PROP_IS_RTL);
}

static void
refresh_sender (LinnetMessage *self)
{
  const ImUserProfile *profile = self->msg->sender_profile;
  const char *sender = self->msg->sender != NULL ? self->msg->sender : "";
  g_autofree char *name
      = linnet_people_dup_name (sender, profile != NULL ? profile->nick_name : NULL);
  int color = linnet_text_name_color (name);

  set_string (self, &self->sender_name, g_steal_pointer (&name), PROP_SENDER_NAME);
  if (self->sender_color != color)
    {
      self->sender_color = color;
      notify (self, PROP_SENDER_COLOR);
    }
}

static void
refresh_state (LinnetMessage *self)
{
  LinnetMessageState state = state_of (self->msg);
  char *failure = NULL;

  if (state == LINNET_MESSAGE_FAILED)
    failure = linnet_error_describe_send ((int) self->msg->error_code, self->peer_name);
  set_string (self, &self->failure, failure, PROP_FAILURE);
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
  notify (self, PROP_STATE_WORD);
}

static void
refresh_time (LinnetMessage *self)
{
  gint64 time = linnet_message_time_of (self->msg);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  set_string (self, &self->time_label, linnet_time_format_clock (time), PROP_TIME_LABEL);
  set_string (self, &self->day, linnet_time_format_day (time, now), PROP_DAY);
  if (self->place.starts_day)
    notify (self, PROP_DAY_LABEL);
  g_clear_pointer (&self->date_label, g_free);
  notify (self, PROP_DATE_LABEL);
}

static void
drop_accessible_label (LinnetMessage *self)
{
  g_clear_pointer (&self->accessible_label, g_free);
  notify (self, PROP_ACCESSIBLE_LABEL);
}

static char *
make_accessible_label (LinnetMessage *self)
{
  if (!self->msg->is_from_self)
    /* Translators: a message as a screen reader says it: sender, time, text */
    return g_strdup_printf (_ ("%s, %s: %s"), self->sender_name, self->time_label, self->text);
  if (self->failure != NULL)
    /* Translators: an own message that was not sent, as a screen reader says it: time, text,
     * reason */
    return g_strdup_printf (_ ("You, %s: %s, Not sent: %s"), self->time_label, self->text,
                            self->failure);
  /* Translators: an own message as a screen reader says it: time, text, state ("Delivered") */
  return g_strdup_printf (_ ("You, %s: %s, %s"), self->time_label, self->text,
                          state_word (self->state));
}

/* GObject */

static void
linnet_message_finalize (GObject *object)
{
  LinnetMessage *self = LINNET_MESSAGE (object);

  im_json_unref (self->msg);
  g_free (self->id);
  g_free (self->peer_name);
  g_free (self->sender_name);
  g_free (self->text);
  g_free (self->markup);
  g_free (self->time_label);
  g_free (self->date_label);
  g_free (self->day);
  g_free (self->failure);
  g_free (self->accessible_label);
  G_OBJECT_CLASS (linnet_message_parent_class)->finalize (object);
}

/* clang-format off */
static void
linnet_message_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LinnetMessage *self = LINNET_MESSAGE (object);

  switch (id)
    {
    case PROP_ID: g_value_set_string (value, self->id); break;
    case PROP_SENDER_ID: g_value_set_string (value, linnet_message_get_sender_id (self)); break;
    case PROP_SENDER_NAME: g_value_set_string (value, self->sender_name); break;
    case PROP_SENDER_COLOR: g_value_set_int (value, self->sender_color); break;
    case PROP_IS_OWN: g_value_set_boolean (value, self->msg->is_from_self); break;
    case PROP_KIND: g_value_set_enum (value, (int) self->kind); break;
    case PROP_TEXT: g_value_set_string (value, self->text); break;
    case PROP_MARKUP: g_value_set_string (value, linnet_message_get_markup (self)); break;
    case PROP_IS_EMOJI_ONLY: g_value_set_boolean (value, self->is_emoji_only); break;
    case PROP_IS_RTL: g_value_set_boolean (value, self->is_rtl); break;
    case PROP_TIME: g_value_set_int64 (value, linnet_message_get_time (self)); break;
    case PROP_TIME_LABEL: g_value_set_string (value, self->time_label); break;
    case PROP_DATE_LABEL: g_value_set_string (value, linnet_message_get_date_label (self)); break;
    case PROP_STATE: g_value_set_enum (value, (int) self->state); break;
    case PROP_STATE_WORD: g_value_set_string (value, state_word (self->state)); break;
    case PROP_FAILURE: g_value_set_string (value, self->failure); break;
    case PROP_IS_READ: g_value_set_boolean (value, self->msg->is_read); break;
    case PROP_ACCESSIBLE_LABEL: g_value_set_string (value, linnet_message_get_accessible_label (self)); break;
    case PROP_STARTS_GROUP: g_value_set_boolean (value, self->place.starts_group); break;
    case PROP_ENDS_GROUP: g_value_set_boolean (value, self->place.ends_group); break;
    case PROP_SHOWS_META: g_value_set_boolean (value, linnet_message_get_shows_meta (self)); break;
    case PROP_SHOWS_STATE_WORD: g_value_set_boolean (value, self->shows_state_word); break;
    case PROP_DAY_LABEL: g_value_set_string (value, linnet_message_get_day_label (self)); break;
    case PROP_DAY: g_value_set_string (value, self->day); break;
    case PROP_IS_FIRST_UNREAD: g_value_set_boolean (value, self->is_first_unread); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define READABLE (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static void
linnet_message_class_init (LinnetMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linnet_message_finalize;
  object_class->get_property = linnet_message_get_property;
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, READABLE);
  props[PROP_SENDER_ID] = g_param_spec_string ("sender-id", NULL, NULL, NULL, READABLE);
  props[PROP_SENDER_NAME] = g_param_spec_string ("sender-name", NULL, NULL, NULL, READABLE);
  props[PROP_SENDER_COLOR] = g_param_spec_int ("sender-color", NULL, NULL, 0, 14, 0, READABLE);
  props[PROP_IS_OWN] = g_param_spec_boolean ("is-own", NULL, NULL, FALSE, READABLE);
  props[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, LINNET_TYPE_MESSAGE_KIND, LINNET_MESSAGE_KIND_TEXT, READABLE);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, READABLE);
  props[PROP_MARKUP] = g_param_spec_string ("markup", NULL, NULL, NULL, READABLE);
  props[PROP_IS_EMOJI_ONLY] = g_param_spec_boolean ("is-emoji-only", NULL, NULL, FALSE, READABLE);
  props[PROP_IS_RTL] = g_param_spec_boolean ("is-rtl", NULL, NULL, FALSE, READABLE);
  props[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, 0, READABLE);
  props[PROP_TIME_LABEL] = g_param_spec_string ("time-label", NULL, NULL, NULL, READABLE);
  props[PROP_DATE_LABEL] = g_param_spec_string ("date-label", NULL, NULL, NULL, READABLE);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LINNET_TYPE_MESSAGE_STATE, LINNET_MESSAGE_RECEIVED, READABLE);
  props[PROP_STATE_WORD] = g_param_spec_string ("state-word", NULL, NULL, NULL, READABLE);
  props[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, READABLE);
  props[PROP_IS_READ] = g_param_spec_boolean ("is-read", NULL, NULL, FALSE, READABLE);
  props[PROP_ACCESSIBLE_LABEL] = g_param_spec_string ("accessible-label", NULL, NULL, NULL, READABLE);
  props[PROP_STARTS_GROUP] = g_param_spec_boolean ("starts-group", NULL, NULL, FALSE, READABLE);
  props[PROP_ENDS_GROUP] = g_param_spec_boolean ("ends-group", NULL, NULL, FALSE, READABLE);
  props[PROP_SHOWS_META] = g_param_spec_boolean ("shows-meta", NULL, NULL, FALSE, READABLE);
  props[PROP_SHOWS_STATE_WORD] = g_param_spec_boolean ("shows-state-word", NULL, NULL, FALSE, READABLE);
  props[PROP_DAY_LABEL] = g_param_spec_string ("day-label", NULL, NULL, NULL, READABLE);
  props[PROP_DAY] = g_param_spec_string ("day", NULL, NULL, NULL, READABLE);
  props[PROP_IS_FIRST_UNREAD] = g_param_spec_boolean ("is-first-unread", NULL, NULL, FALSE, READABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
}
/* clang-format on */

static void
linnet_message_init (LinnetMessage *self)
{
  self->place = (LinnetMessagePlace){ TRUE, TRUE, FALSE };
}

static void
refresh_all (LinnetMessage *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  refresh_sender (self);
  refresh_text (self);
  refresh_state (self);
  refresh_time (self);
  drop_accessible_label (self);
  g_object_thaw_notify (G_OBJECT (self));
}

LinnetMessage *
linnet_message_new (ImMsg *msg, const char *peer_name)
{
  LinnetMessage *self;

  g_return_val_if_fail (msg != NULL, NULL);

  self = g_object_new (LINNET_TYPE_MESSAGE, NULL);
  self->msg = im_json_ref (msg);
  self->id = linnet_message_make_id (msg);
  self->peer_name = g_strdup (peer_name);
  refresh_all (self);
  return self;
}

ImMsg *
linnet_message_get_msg (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->msg;
}

/* A copy read before the receipt came must not take the receipt back. */
static ImMsg *
keep_receipts (const ImMsg *old, ImMsg *msg)
{
  gboolean loses_read
      = (old->is_peer_read && !msg->is_peer_read) || (old->is_read && !msg->is_read);
  gboolean loses_delivered = old->is_delivered && !msg->is_delivered;
  ImMsg *copy;

  if (msg->status != old->status || (!loses_read && !loses_delivered))
    return im_json_ref (msg);
  copy = im_json_copy (msg);
  copy->is_peer_read |= old->is_peer_read;
  copy->is_read |= old->is_read;
  copy->is_delivered |= old->is_delivered;
  return copy;
}

static void
take_msg (LinnetMessage *self, ImMsg *msg)
{
  gboolean was_read = self->msg->is_read;

  im_json_unref (self->msg);
  self->msg = msg;
  refresh_all (self);
  if (was_read != msg->is_read)
    notify (self, PROP_IS_READ);
  notify (self, PROP_TIME);
}

void
linnet_message_update (LinnetMessage *self, ImMsg *msg)
{
  g_return_if_fail (LINNET_IS_MESSAGE (self));
  g_return_if_fail (msg != NULL);

  if (msg != self->msg)
    take_msg (self, keep_receipts (self->msg, msg));
}

gboolean
linnet_message_is_waiting (LinnetMessage *self)
{
  return self->state == LINNET_MESSAGE_WAITING;
}

gboolean
linnet_message_groups_with (LinnetMessage *above, LinnetMessage *below)
{
  gint64 apart = linnet_message_get_time (below) - linnet_message_get_time (above);

  if (above->msg->is_from_self != below->msg->is_from_self)
    return FALSE;
  if (!above->msg->is_from_self && g_strcmp0 (above->msg->sender, below->msg->sender) != 0)
    return FALSE;
  if ((above->state == LINNET_MESSAGE_FAILED) != (below->state == LINNET_MESSAGE_FAILED))
    return FALSE;
  if (apart > GROUP_SECONDS || apart < -GROUP_SECONDS || below->is_first_unread)
    return FALSE;
  return g_strcmp0 (above->day, below->day) == 0;
}

void
linnet_message_set_place (LinnetMessage *self, const LinnetMessagePlace *place)
{
  LinnetMessagePlace old;

  g_return_if_fail (LINNET_IS_MESSAGE (self));

  old = self->place;
  self->place = *place;
  if (old.starts_group != place->starts_group)
    notify (self, PROP_STARTS_GROUP);
  if (old.starts_day != place->starts_day)
    notify (self, PROP_DAY_LABEL);
  if (old.ends_group == place->ends_group)
    return;
  notify (self, PROP_ENDS_GROUP);
  notify (self, PROP_SHOWS_META);
}

void
linnet_message_set_first_unread (LinnetMessage *self, gboolean is_first_unread)
{
  g_return_if_fail (LINNET_IS_MESSAGE (self));

  if (self->is_first_unread == is_first_unread)
    return;
  self->is_first_unread = is_first_unread;
  notify (self, PROP_IS_FIRST_UNREAD);
}

void
linnet_message_set_shows_state_word (LinnetMessage *self, gboolean shows)
{
  g_return_if_fail (LINNET_IS_MESSAGE (self));

  if (self->shows_state_word == shows)
    return;
  self->shows_state_word = shows;
  notify (self, PROP_SHOWS_STATE_WORD);
  notify (self, PROP_SHOWS_META);
}

void
linnet_message_set_read (LinnetMessage *self)
{
  ImMsg *copy;

  g_return_if_fail (LINNET_IS_MESSAGE (self));

  if (self->msg->is_read)
    return;
  copy = im_json_copy (self->msg);
  copy->is_read = TRUE;
  take_msg (self, copy);
}

void
linnet_message_set_peer_read (LinnetMessage *self)
{
  ImMsg *copy;

  g_return_if_fail (LINNET_IS_MESSAGE (self));

  if (self->msg->is_peer_read)
    return;
  copy = im_json_copy (self->msg);
  copy->is_peer_read = TRUE;
  take_msg (self, copy);
}

static void
set_status (LinnetMessage *self, gint64 status, int code, const char *desc)
{
  ImMsg *copy = im_json_copy (self->msg);

  copy->status = status;
  copy->error_code = code;
  im_json_set_str (&copy->error_desc, desc);
  take_msg (self, copy);
}

void
linnet_message_set_failed (LinnetMessage *self, int code, const char *desc)
{
  g_return_if_fail (LINNET_IS_MESSAGE (self));

  set_status (self, IM_MSG_SEND_FAIL, code, desc);
}

void
linnet_message_set_waiting (LinnetMessage *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE (self));

  set_status (self, IM_MSG_SENDING, 0, NULL);
}

void
linnet_message_refresh_times (LinnetMessage *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE (self));

  g_object_freeze_notify (G_OBJECT (self));
  refresh_time (self);
  drop_accessible_label (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Getters */

const char *
linnet_message_get_id (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->id;
}

const char *
linnet_message_get_sender_id (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->msg->sender != NULL ? self->msg->sender : "";
}

const char *
linnet_message_get_sender_name (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->sender_name;
}

int
linnet_message_get_sender_color (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), 1);
  return self->sender_color;
}

gboolean
linnet_message_get_is_own (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->msg->is_from_self;
}

LinnetMessageKind
linnet_message_get_kind (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), LINNET_MESSAGE_KIND_TEXT);
  return self->kind;
}

const char *
linnet_message_get_text (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->text;
}

const char *
linnet_message_get_markup (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  if (self->markup == NULL)
    self->markup = linnet_text_to_markup (self->text);
  return self->markup;
}

gboolean
linnet_message_get_is_emoji_only (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->is_emoji_only;
}

gboolean
linnet_message_get_is_rtl (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->is_rtl;
}

gint64
linnet_message_get_time (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), 0);
  return linnet_message_time_of (self->msg);
}

const char *
linnet_message_get_time_label (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->time_label;
}

const char *
linnet_message_get_date_label (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  if (self->date_label == NULL)
    self->date_label = linnet_time_format_full (linnet_message_get_time (self));
  return self->date_label;
}

LinnetMessageState
linnet_message_get_state (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), LINNET_MESSAGE_RECEIVED);
  return self->state;
}

const char *
linnet_message_get_state_word (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return state_word (self->state);
}

const char *
linnet_message_get_failure (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->failure;
}

gboolean
linnet_message_get_is_read (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->msg->is_read;
}

const char *
linnet_message_get_accessible_label (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  if (self->accessible_label == NULL)
    self->accessible_label = make_accessible_label (self);
  return self->accessible_label;
}

gboolean
linnet_message_get_starts_group (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->place.starts_group;
}

gboolean
linnet_message_get_ends_group (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->place.ends_group;
}

gboolean
linnet_message_get_shows_meta (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->place.ends_group || self->shows_state_word;
}

gboolean
linnet_message_get_shows_state_word (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->shows_state_word;
}

const char *
linnet_message_get_day_label (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->place.starts_day ? self->day : NULL;
}

const char *
linnet_message_get_day (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), NULL);
  return self->day;
}

gboolean
linnet_message_get_is_first_unread (LinnetMessage *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE (self), FALSE);
  return self->is_first_unread;
}
