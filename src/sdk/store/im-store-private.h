/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store-about.h"
#include "im-store.h"

#include <sqlite3.h>

/* What the store's own files share. */

#define IM_STORE_MESSAGE_COLUMNS                                                                   \
  "m.id, m.sort_key, m.origin_id, m.archive_id, m.wire_id, m.status, m.server_time, m.is_read, "   \
  "m.is_peer_read, m.is_delivered, m.markable, m.unique_id, m.seq, m.error_code, m.error_desc, "   \
  "m.json"

typedef enum
{
#define IM_SQL(id, text) IM_SQL_##id,
#include "im-store-sql.def"
#undef IM_SQL
  IM_N_SQL,
} ImSql;

struct _ImStore
{
  sqlite3 *db;
  sqlite3_stmt *statements[IM_N_SQL];    /* all prepared at open */
  int lock_fd;                           /* -1 in memory */
  guint depth;                           /* of im_store_begin */
  struct _ImStoreReader *reader;         /* nullable: before it is open */
  struct _ImStoreCheckpoint *checkpoint; /* nullable: in memory, and before it is open */
  GError *failure;                       /* nullable: why the transaction must not be committed */
  gboolean is_damaged;                   /* damage was met since it was opened */
  guint n_new;                           /* about how many messages wait for the index */
  gboolean has_pieces;                   /* the index may have pieces to merge */
  ImStoreNewFunc on_new;                 /* nullable */
  gpointer on_new_data;
};

/* A statement, reset, with its parameters bound: "i" gint64, "s" string or NULL, in order. */
sqlite3_stmt *im_store_prepare (ImStore *self, ImSql sql, const char *types, ...);
/* 1: a row, 0: done, -1: error. */
int im_store_step (ImStore *self, sqlite3_stmt *statement, GError **error);
/* Runs a statement that returns nothing. */
gboolean im_store_run (ImStore *self, sqlite3_stmt *statement, GError **error);
/* First column of the first row; otherwise when there is none. */
gboolean im_store_get_int64 (
    ImStore *self, sqlite3_stmt *statement, gint64 otherwise, gint64 *ret_value, GError **error);
const char *im_store_column_text (sqlite3_stmt *statement, int column);

/* Ends a transaction of one function: commit when ok, else rollback. */
gboolean im_store_end (ImStore *self, gboolean ok, GError **error);
/* An ImStoreError of an extended code of SQLite, in words. db is nullable; any thread. */
GError *im_store_error_new (sqlite3 *db, int code);
/* The same as what a function of the store met; damage is noted. */
void im_store_set_error (ImStore *self, int code, GError **error);

/* Ends the transaction without keeping anything of it. */
void im_store_give_up (ImStore *self);
/* Damage was met: the file is checked when it is opened the next time. Until then its index is left
 * alone, and what is in the write-ahead log stays there: the file is not written to. */
void im_store_suspect (ImStore *self);

/* Brings the schema to the newest version of the bundle, each step in one transaction; a copy of
 * the file is kept beside it first. path is nullable (memory). */
gboolean im_store_migrate (ImStore *self, GResource *bundle, const char *path, GError **error);

/* The row of a conversation; 0 when there is none, -1 on error. */
gint64 im_store_conversation_row (ImStore *self, int type, const char *id, GError **error);
/* Makes it when missing, and visible. */
gint64 im_store_conversation_ensure (
    ImStore *self, int type, const char *id, gboolean *ret_created, GError **error);

/* The unique id that time and random number make. */
gint64 im_store_unique_id (guint64 server_time_s, guint64 rand);
/* Adds the message in its place, whatever is there; time_s: what it counts as sent at. */
gboolean im_store_message_insert (ImStore *self,
                                  gint64 conversation,
                                  const ImStoreMessage *in,
                                  gint64 key,
                                  gint64 time_s,
                                  gint64 *ret_row_id,
                                  GError **error);
/* The sort key at an end of the conversation. */
gboolean im_store_choose_end (ImStore *self,
                              gint64 conversation,
                              guint64 server_time_s,
                              ImStoreEnd end,
                              gint64 *ret_key,
                              GError **error);
/* The sort key and time of a new message: behind what it says it follows, where others make room;
 * else at the end. */
gboolean im_store_choose_place (ImStore *self,
                                gint64 conversation,
                                const ImStoreMessage *in,
                                ImStoreEnd end,
                                gint64 *ret_key,
                                gint64 *ret_time_s,
                                GError **error);
/* An exact receipt came for the message with that sort key. */
gboolean im_store_gap_note_exact (ImStore *self, gint64 conversation, gint64 key, GError **error);

/* Reads the message columns (IM_STORE_MESSAGE_COLUMNS) of the statement's row. */
ImStoreMessage *im_store_message_read (sqlite3_stmt *statement);
ImMsg *im_store_msg_read (sqlite3_stmt *statement);
/* The sort key of the message like that one: by unique id, random number and time, or sequence; -1
 * when there is none. */
gint64 im_store_message_key (ImStore *self, gint64 conversation, const ImMsg *like);
/* The columns that ABOUT_TAKE and SAID_LIST share. */
ImStoreAbout *im_store_about_read (sqlite3_stmt *statement);
