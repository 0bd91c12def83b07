/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-reply.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField cloud_custom_data_fields[] = {
  IM_OBJ (ImCloudCustomData, reply, ImMessageReply, im_message_reply_type, "messageReply", NULL, IM_INOUT | IM_LATER, "the message that this one answers"),
};

static const ImJsonField message_reply_fields[] = {
  IM_STR (ImMessageReply, id,       "messageID",       NULL, IM_INOUT | IM_LATER,             "message_msg_id of the message that is answered"),
  IM_STR (ImMessageReply, abstract, "messageAbstract", NULL, IM_INOUT | IM_LATER | IM_ALWAYS, "what of it is quoted"),
  IM_STR (ImMessageReply, sender,   "messageSender",   NULL, IM_INOUT | IM_LATER | IM_ALWAYS, "who wrote it, as the sender of the reply says: a UserID or a name"),
  IM_INT (ImMessageReply, type,     "messageType",     NULL, IM_INOUT | IM_LATER,             "kind of its element in the kits' own numbers: 1 text, 2 custom, 3 picture…; 0 not known"),
  IM_INT (ImMessageReply, version,  "version",         NULL, IM_INOUT | IM_LATER | IM_ALWAYS, "1"),
};
/* clang-format on */

const ImJsonType im_cloud_custom_data_type = IM_TYPE (ImCloudCustomData,
                                                      "CloudCustomData",
                                                      cloud_custom_data_fields,
                                                      "the text of message_cloud_custom_str",
                                                      .keeps_unknown = TRUE);
const ImJsonType im_message_reply_type = IM_TYPE (ImMessageReply,
                                                  "MessageReply",
                                                  message_reply_fields,
                                                  "inside CloudCustomData",
                                                  .keeps_unknown = TRUE);
