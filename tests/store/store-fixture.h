/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "im-enums.h"
#include "im-json.h"
#include "im-store.h"
#include "im-test.h"

#define ME "alice"
#define BOB "bob"
#define CAROL "carol"

/* A message as a test writes it down: what is left out is what most messages are, received from
 * BOB, unread, sent. */
typedef struct
{
  const char *conv; /* NULL: BOB */
  gint64 conv_type; /* 0: one-to-one */
  gboolean own;
  gint64 status; /* 0: sent */
  const char *text;
  guint64 time;
  guint64 rand;
  const char *origin;
  const char *archive;
  const char *wire;
  const char *after;
  const char *ahead;
  gboolean read;
  gboolean markable;
} Given;

#define GIVEN(...) (&(const Given){ __VA_ARGS__ })

/* Adds it; NULL for ret_row is allowed. */
ImStoreAdded
store_add (ImStore *store, ImStoreEnd end, const Given *given, ImStoreMessage **ret_row);
/* The same, which may fail. */
gboolean store_try_add (ImStore *store,
                        ImStoreEnd end,
                        const Given *given,
                        ImStoreAdded *ret_added,
                        ImStoreMessage **ret_row,
                        GError **error);

/* A message's text; borrowed. */
const char *msg_text (const ImMsg *msg);
/* The texts of a page, joined by blanks. Returns: (transfer full) */
char *page_texts (GPtrArray *page);
/* The texts of a whole conversation, oldest first. Returns: (transfer full) */
char *store_texts (ImStore *store, const char *conv);
guint store_unread (ImStore *store, const char *conv);
guint store_n_outbox (ImStore *store);
void store_report_read_all (ImStore *store, const char *conv);

ImStore *store_open (const char *dir);
ImStore *store_open_memory (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImStore, im_store_close)
