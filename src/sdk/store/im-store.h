/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-conv.h"
#include "im-msg.h"

#include "im-search.h"

#include <gio/gio.h>

/* One account's TIM objects in SQLite: conversations, messages, the outbox, how far the archive was
 * read. All functions are synchronous and belong to the network thread. Every function that changes
 * something does it in one transaction, or in the caller's (im_store_begin); after an error nothing
 * of it is left. What is returned is owned by the caller; out parameters may be NULL and are set on
 * success only. */

typedef struct _ImStore ImStore;

#define IM_STORE_ERROR (im_store_error_quark ())
GQuark im_store_error_quark (void);

typedef enum
{
  IM_STORE_ERROR_NEWER,     /* written by a newer program; untouched */
  IM_STORE_ERROR_CORRUPT,   /* damaged, or not ours; untouched */
  IM_STORE_ERROR_READ_ONLY, /* the folder or file may not be written */
  IM_STORE_ERROR_FULL,      /* the disk is full; nothing was written */
  IM_STORE_ERROR_LOCKED,    /* another program has this account open */
  IM_STORE_ERROR_IO,
  IM_STORE_ERROR_FAILED,
} ImStoreError;

/* Whether the disk or the file is to blame, and not what was to be stored. */
gboolean im_store_error_blames_disk (const GError *error);

/* A message with what the wire knows of it.
 *
 * sort_key is the order inside a conversation and nobody else's business: the server's time in
 * microseconds, bent so that what is added as newest stands behind all that is there, and what is
 * added as oldest before it; a message that says which one it follows, or which one follows it,
 * stands there, and one that the archive has before a known one before that. It
 * changes when an own message is really sent (move_to_end), and by little when room is made.
 *
 * msg->unique_id is given once: seconds and random number as in the original, another number when
 * that is taken; positive, unique in the file, never changed. msg->seq counts the messages of a
 * conversation as this device came to know them. */
typedef struct
{
  ImMsg *msg;
  char *origin_id;  /* nullable: XEP-0359 */
  char *archive_id; /* nullable: id in the own archive */
  char *wire_id;    /* nullable: the stanza's id */
  char *after_id; /* nullable: origin or stanza id of what its sender wrote before it; never read */
  char *ahead_id; /* nullable: the same of what its sender wrote after it; never read */
  const char *before_id; /* nullable: archive id of what follows it in the archive; never read */
  gboolean markable;
  gint64 sort_key;
  gint64 row_id;
} ImStoreMessage;

void im_store_message_free (ImStoreMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImStoreMessage, im_store_message_free)

typedef enum
{
  IM_STORE_NEWEST, /* behind everything known */
  IM_STORE_OLDEST, /* before everything known; a page is added newest first */
} ImStoreEnd;

typedef enum
{
  IM_STORE_NEW,
  IM_STORE_KNOWN,  /* was there, or was deleted here */
  IM_STORE_MERGED, /* an own message on its way, which the server turns out to have */
} ImStoreAdded;

/* dir is made when missing; the file is im.db in it, and im.db.vN is the copy that was kept before
 * a change of version N. One program at a time: a second one gets IM_STORE_ERROR_LOCKED. After a
 * crash, or when damage was met, the whole file is checked first. Whatever the error, the file
 * stays as it is. */
ImStore *im_store_open (const char *dir, GError **error);
/* For a damaged file, when the user wants to begin anew: it is renamed, never deleted. FALSE when
 * there is none, or when it is open. Returns: its new path */
gboolean im_store_set_aside (const char *dir, char **ret_path, GError **error);
/* Nothing is kept. */
ImStore *im_store_open_memory (GError **error);
void im_store_close (ImStore *self);

/* May be nested. After an error inside nothing more is read or written until the outermost commit,
 * which rolls everything back and fails with that error. */
gboolean im_store_begin (ImStore *self, GError **error);
gboolean im_store_commit (ImStore *self, GError **error);
void im_store_rollback (ImStore *self);

/* Messages. in->msg is not changed; sequence and unique id are given here. Known by archive id,
 * else by conversation, sender and origin id; what was missing in the row is filled in. A new own
 * message of status "sending" gets an outbox row. */
gboolean im_store_message_add (ImStore *self,
                               const ImStoreMessage *in,
                               ImStoreEnd end,
                               ImStoreAdded *ret_added,
                               ImStoreMessage **ret_row,
                               gboolean *ret_new_conversation,
                               GError **error);
/* NULL without an error when there is none. */
ImStoreMessage *im_store_message_get (ImStore *self, gint64 row_id, GError **error);
/* By unique id, else by random number and time, else by sequence. */
ImStoreMessage *im_store_message_find (
    ImStore *self, int conv_type, const char *conv_id, const ImMsg *like, GError **error);
/* By origin id, stanza id or archive id; conv_id NULL: in any conversation. */
ImStoreMessage *im_store_message_find_wire (ImStore *self,
                                            int conv_type,
                                            const char *conv_id,
                                            const char *id,
                                            gboolean own,
                                            GError **error);
/* ImMsg going away from `from`, which is not included: newest first backwards, oldest first
 * forwards. from NULL: from the end. */
GPtrArray *im_store_message_page (ImStore *self,
                                  int conv_type,
                                  const char *conv_id,
                                  const ImMsg *from,
                                  gboolean forward,
                                  guint count,
                                  GError **error);
/* server_time_s 0 keeps it. What failed leaves the outbox; what was sent stays in it. */
gboolean im_store_message_set_status (ImStore *self,
                                      gint64 row_id,
                                      int status,
                                      int error_code,
                                      const char *error_desc,
                                      gint64 server_time_s,
                                      ImMsg **ret_msg,
                                      GError **error);
/* Keeps all else of msg: elements and their files. */
gboolean
im_store_message_set_content (ImStore *self, gint64 row_id, const ImMsg *msg, GError **error);
/* The newest one that claims the sum of a file and in whose JSON the address stands as it is; of
 * such messages the newest 5000 are looked at. NULL without an error when there is none. */
ImMsg *im_store_message_find_file (ImStore *self, const char *url, GError **error);
/* Failed → sending, at the end of the conversation, in the outbox. */
gboolean im_store_message_requeue (ImStore *self, gint64 row_id, GError **error);
gboolean im_store_message_move_to_end (ImStore *self, gint64 row_id, GError **error);
/* The archive does not bring it back. */
gboolean im_store_message_delete (ImStore *self, gint64 row_id, GError **error);
gboolean
im_store_messages_clear (ImStore *self, int conv_type, const char *conv_id, GError **error);

/* What a program adds to this device's history: in its place by msg->server_time. A message of the
 * same sender, second and random number is not added again. */
gboolean im_store_message_import (ImStore *self,
                                  const ImMsg *msg,
                                  gboolean *ret_new_conversation,
                                  GError **error);
gboolean im_store_message_set_custom (
    ImStore *self, gint64 row_id, gint64 custom_int, const char *custom_str, GError **error);
/* In any conversation. NULL without an error when there is none. */
ImMsg *im_store_message_by_unique_id (ImStore *self, guint64 unique_id, GError **error);

/* Marks. id: origin, stanza or archive id of a message. */
/* Exactly these own messages; is_exact: the peer sends receipts for all that it gets, so that what
 * was sent before them and has none is missing. ret_changed: those that were not marked yet. */
gboolean im_store_mark_delivered (ImStore *self,
                                  int conv_type,
                                  const char *conv_id,
                                  const char *const *ids,
                                  gboolean is_exact,
                                  GPtrArray **ret_changed,
                                  GError **error);
/* Own messages up to and including it; ret_changed: those that were not marked yet. */
gboolean im_store_mark_peer_read (ImStore *self,
                                  int conv_type,
                                  const char *conv_id,
                                  const char *id,
                                  gint64 *ret_time_s,
                                  GPtrArray **ret_changed,
                                  GError **error);
/* Received messages up to and including it; NULL: all. ret_last_wire_id: of the newest that is read
 * now, nullable. */
gboolean im_store_mark_read (ImStore *self,
                             int conv_type,
                             const char *conv_id,
                             const ImMsg *up_to,
                             guint *ret_changed,
                             char **ret_last_wire_id,
                             gboolean *ret_markable,
                             GError **error);
gboolean im_store_mark_read_wire (ImStore *self,
                                  int conv_type,
                                  const char *conv_id,
                                  const char *id,
                                  guint *ret_changed,
                                  GError **error);

/* Conversations. NULL without an error when there is none. */
ImConv *im_store_conversation_get (ImStore *self, int type, const char *id, GError **error);
gboolean im_store_conversation_create (
    ImStore *self, int type, const char *id, gboolean *ret_created, GError **error);
/* With its messages and draft; what the archive still has does not bring it back, a new message
 * does. */
gboolean im_store_conversation_delete (
    ImStore *self, int type, const char *id, gboolean *ret_existed, GError **error);
typedef struct
{
  int type;          /* TIMConvType; 0: any */
  int unread;        /* 1: only with unread messages, 0: only without, -1: any */
  gboolean by_marks; /* only with one of the marks, or without any when there are none */
  guint64 marks;
} ImStoreFilter;

#define IM_STORE_NO_FILTER ((const ImStoreFilter){ 0, -1, FALSE, 0 })

/* ImConv, pinned ones first, then the most recently active: at most count, beginning behind the
 * place `from`, 0: from the first one. ret_next: the place of the last one, 0 when none comes after
 * it. What moves meanwhile may come twice or not at all, and is told as a change. */
GPtrArray *im_store_conversation_page (ImStore *self,
                                       const ImStoreFilter *filter,
                                       guint64 from,
                                       guint count,
                                       guint64 *ret_next,
                                       GError **error);
/* All of them. */
GPtrArray *im_store_conversation_list (ImStore *self, GError **error);
/* Unread messages in all conversations that are not muted. */
gboolean im_store_unread_total (ImStore *self, guint64 *ret_total, GError **error);

/* Whether the conversation is in the list or not. */
gboolean im_store_settings_get (
    ImStore *self, int type, const char *id, ImConvSettings *ret_settings, GError **error);
/* Decided here: to be told to the account's other devices. */
gboolean im_store_settings_set (
    ImStore *self, int type, const char *id, const ImConvSettings *settings, GError **error);
/* Decided on another device: nothing when it is known, or something else was decided here since. */
gboolean im_store_settings_take (ImStore *self,
                                 int type,
                                 const char *id,
                                 const ImConvSettings *settings,
                                 gboolean *ret_changed,
                                 GError **error);

/* One that the other devices have not been told. */
typedef struct
{
  gint64 row_id; /* 0: there is none */
  char *conv_id; /* owned */
  ImConvSettings settings;
  gint64 changes; /* which have not been told */
} ImStoreUnsaid;

/* The first of one-to-one conversations with a row id above `after`. */
gboolean
im_store_settings_unsaid (ImStore *self, gint64 after, ImStoreUnsaid *ret_unsaid, GError **error);
/* They know now; nothing when there were more changes meanwhile. */
gboolean im_store_settings_said (ImStore *self, const ImStoreUnsaid *unsaid, GError **error);
gboolean im_store_draft_set (ImStore *self,
                             int type,
                             const char *id,
                             const ImDraft *draft,
                             gboolean *ret_new_conversation,
                             GError **error);
gboolean
im_store_draft_clear (ImStore *self, int type, const char *id, gboolean *ret_had, GError **error);

/* The outbox: own messages to be sent, and those that were, until they are removed. */
typedef struct
{
  gint64 row_id;
  guint attempts;
  gboolean is_sent; /* its status says so */
} ImStoreOutboxRow;

/* Of ImStoreOutboxRow, in order. */
GArray *im_store_outbox_list (ImStore *self, GError **error);
/* Counts an attempt; returns the number, 0 on error. */
guint im_store_outbox_attempt (ImStore *self, gint64 row_id, GError **error);
gboolean im_store_outbox_remove (ImStore *self, gint64 row_id, GError **error);

/* Gaps: own messages of this device, told as sent, for which no receipt came, though one came for a
 * later one from a peer whose receipts are exact. */
/* Whose conversations have one. */
GStrv im_store_gap_conversations (ImStore *self);
/* Where it ends now, as a sort key; -1 when there is none. */
gint64 im_store_gap_end (ImStore *self, const char *conv_id);
/* The last message that has no receipt, as a sort key; -1: none. */
gint64 im_store_gap_last (ImStore *self, const char *conv_id);
/* Has an exact receipt come from the peer? */
gboolean im_store_gap_is_exact (ImStore *self, const char *conv_id);
/* The peer's receipts are exact, as far as that message. */
gboolean im_store_gap_open (ImStore *self, const char *conv_id, gint64 last, GError **error);
/* Whose conversations have messages without a receipt among the newest. */
GStrv im_store_gap_unconfirmed (ImStore *self);
/* What is missing before `end` is put into the outbox: the newest `max`, each twice in its life;
 * older ones are given up. Returns: their rows (gint64) in order */
GArray *
im_store_gap_take (ImStore *self, const char *conv_id, gint64 end, guint max, GError **error);
/* The id of what this account sent before that own message; nullable. on_way: the server
 * need not have it yet. */
char *im_store_id_before (ImStore *self, gint64 row_id, gboolean on_way);
/* The id of the first that this account sent after it and that arrived; nullable. */
char *im_store_id_after (ImStore *self, gint64 row_id);

/* Receipts that are owed. */
typedef struct
{
  gint64 id;        /* grows, never used again */
  char *recipient;  /* address */
  char *message_id; /* of the stanza that came */
  gboolean exact;   /* the recipient understands what is exact */
} ImStoreReceipt;

void im_store_receipt_free (ImStoreReceipt *receipt);
gboolean im_store_receipt_add (
    ImStore *self, const char *recipient, const char *message_id, gboolean exact, GError **error);
/* Of ImStoreReceipt with ids above `after`, in order. */
GPtrArray *im_store_receipt_list (ImStore *self, gint64 after, GError **error);
gboolean im_store_receipt_remove (ImStore *self, gint64 id, GError **error);

/* How far an archive was read; NULL newest or oldest keeps what is there. */
gboolean im_store_archive_get (ImStore *self,
                               const char *archive,
                               char **ret_newest,
                               char **ret_oldest,
                               gboolean *ret_complete,
                               GError **error);
gboolean im_store_archive_set (ImStore *self,
                               const char *archive,
                               const char *newest,
                               const char *oldest,
                               gboolean complete,
                               GError **error);
/* Whether a message with that archive id is here. */
gboolean im_store_message_is_archived (ImStore *self, const char *archive_id);
/* Of the oldest message that the archive has; nullable. */
char *im_store_oldest_archive_id (ImStore *self, int conv_type, const char *conv_id);

/* Searching. Of the matches in each conversation so many are counted; is_capped says that there are
 * more. */
#define IM_STORE_SEARCH_COUNT_MAX 10000
/* Messages of one page at most. */
#define IM_STORE_SEARCH_PAGE_MAX 1000

/* What param asks for, newest first; a conv_type of 0 searches all conversations. Keywords are
 * whatever a person writes. The work is done on a thread of the pool, with a connection that only
 * reads, one search after the other; it sees what was committed before, and not what the index does
 * not have yet (n_unindexed). A few hundred new messages are put into the index first, at once.
 * Cancelling stops it; im_store_close() cancels it, too. callback: on the thread that called. */
void im_store_search_async (ImStore *self,
                            const ImMsgSearchParam *param,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Returns: (transfer full) NULL with an IM_STORE_ERROR or G_IO_ERROR_CANCELLED */
ImMsgSearchResult *im_store_search_finish (GAsyncResult *result, GError **error);

/* Works on the index of what messages say for about so long, in one or two transactions: merges its
 * pieces where there are many, then adds messages, what is new first, then the newest of what is
 * old; *ret_more: there is more to do. Can be stopped and killed at any time. */
gboolean im_store_index_step (ImStore *self, guint budget_ms, gboolean *ret_more, GError **error);

/* Called when there is something to do for the index, for every message that was added or taken out
 * of it, inside the transaction: it must not touch the store. n_waiting: about how many wait to be
 * added since the store was opened. */
typedef void (*ImStoreNewFunc) (guint n_waiting, gpointer user_data);
/* func is nullable. */
void im_store_index_watch (ImStore *self, ImStoreNewFunc func, gpointer user_data);

/* Small things by name; nullable. */
char *im_store_kv_get (ImStore *self, const char *key);
gboolean im_store_kv_set (ImStore *self, const char *key, const char *value, GError **error);

/* Files that were sent. A row is found by all of sum, size, name and type, if it was sent at or
 * after since_s. Returns: its address, NULL when there is none. */
char *im_store_upload_find (ImStore *self,
                            const char *sha256,
                            guint64 size,
                            const char *name,
                            const char *type,
                            gint64 since_s);
/* Forgets those sent before since_s. */
gboolean im_store_upload_add (ImStore *self,
                              const char *sha256,
                              guint64 size,
                              const char *name,
                              const char *type,
                              const char *url,
                              gint64 now_s,
                              gint64 since_s,
                              GError **error);
gboolean im_store_upload_forget (ImStore *self, const char *url, GError **error);

/* Files that have come in part. FALSE: nothing is known of that path. */
gboolean
im_store_download_get (ImStore *self, const char *path, char **ret_url, char **ret_validator);
/* Forgets those begun before since_s. */
gboolean im_store_download_set (ImStore *self,
                                const char *path,
                                const char *url,
                                const char *validator,
                                gint64 now_s,
                                gint64 since_s,
                                GError **error);
gboolean im_store_download_remove (ImStore *self, const char *path, GError **error);
