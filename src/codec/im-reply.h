/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* What message_cloud_custom_str holds, as the vendor's kits write it. Keys and meanings stand in
 * the table of im-reply.c; all other keys are kept as they came. */

typedef struct _ImCloudCustomData ImCloudCustomData;
typedef struct _ImMessageReply ImMessageReply;

/* The text of message_cloud_custom_str */
struct _ImCloudCustomData
{
  ImJsonHeader header;
  ImMessageReply *reply;
};

/* Inside CloudCustomData */
struct _ImMessageReply
{
  ImJsonHeader header;
  char *id;
  char *abstract;
  char *sender;
  gint64 type;
  gint64 version;
};

extern const ImJsonType im_cloud_custom_data_type;
extern const ImJsonType im_message_reply_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCloudCustomData, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMessageReply, im_json_unref)

G_END_DECLS
