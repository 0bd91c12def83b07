/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-followers.h"

#define FOLLOWERS_MAX 1000

struct _ImFollowers
{
  GHashTable *followers; /* "previous id conversation", owned → origin id, owned */
  GQueue keys;           /* the table's, the oldest first */
};

ImFollowers *
im_followers_new (void)
{
  ImFollowers *self = g_new0 (ImFollowers, 1);

  self->followers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
im_followers_free (ImFollowers *self)
{
  g_queue_clear (&self->keys);
  g_hash_table_unref (self->followers);
  g_free (self);
}

static char *
dup_key (const char *conv_id, const char *id)
{
  return g_strconcat (id, " ", conv_id, NULL);
}

void
im_followers_add (ImFollowers *self,
                  const char *conv_id,
                  const char *previous_id,
                  const char *origin_id)
{
  char *key = dup_key (conv_id, previous_id);

  if (g_hash_table_contains (self->followers, key))
    {
      g_free (key);
      return;
    }
  if (self->keys.length == FOLLOWERS_MAX)
    g_hash_table_remove (self->followers, g_queue_pop_head (&self->keys));
  g_hash_table_insert (self->followers, key, g_strdup (origin_id));
  g_queue_push_tail (&self->keys, key);
}

const char *
im_followers_find (ImFollowers *self, const char *conv_id, const char *origin_id)
{
  g_autofree char *key = dup_key (conv_id, origin_id);

  return g_hash_table_lookup (self->followers, key);
}
