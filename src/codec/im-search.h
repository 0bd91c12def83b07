/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* Searching messages: what is asked and what is answered. Keys and meanings stand in the table of
 * im-search.c. */

typedef struct _ImMsgSearchParam ImMsgSearchParam;
typedef struct _ImMsgSearchResult ImMsgSearchResult;
typedef struct _ImMsgSearchResultItem ImMsgSearchResultItem;

/* TIMMsgSearchLocalMessages */
struct _ImMsgSearchParam
{
  ImJsonHeader header;
  char **keywords;
  GArray *elem_types; /* of gint64, TIMElemType */
  char *conv_id;
  gint64 conv_type;
  guint64 time_position;
  guint64 time_period;
  gint64 page_index;
  gint64 page_size;
  gint64 match_type;
  char **senders;
  gint64 count;
  char *cursor;
};

/* Result of TIMMsgSearchLocalMessages */
struct _ImMsgSearchResult
{
  ImJsonHeader header;
  gint64 total_count;
  GPtrArray *items; /* of ImMsgSearchResultItem */
  char *cursor;
  gboolean is_capped;
  gint64 n_unindexed;
};

/* Inside MessageSearchResult, one per conversation */
struct _ImMsgSearchResultItem
{
  ImJsonHeader header;
  char *conv_id;
  gint64 conv_type;
  gint64 total_count;
  GPtrArray *msgs; /* of ImMsg */
  gboolean is_capped;
};

extern const ImJsonType im_msg_search_param_type;
extern const ImJsonType im_msg_search_result_type;
extern const ImJsonType im_msg_search_result_item_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMsgSearchParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMsgSearchResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMsgSearchResultItem, im_json_unref)

G_END_DECLS
