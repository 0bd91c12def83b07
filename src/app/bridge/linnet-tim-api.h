/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions of a TIM library as a table: of the linked one, of another one loaded at run time,
 * or of a fake in tests. Everything the application asks of the library goes through it. */
#pragma once

#include "TIMCloud.h"

#include <glib.h>

/* clang-format off */
#define LINNET_TIM_FUNCTIONS(X)          \
  X (TIMAddRecvNewMsgCallback)           \
  X (TIMRemoveRecvNewMsgCallback)        \
  X (TIMSetMsgReadedReceiptCallback)     \
  X (TIMSetConvEventCallback)            \
  X (TIMSetNetworkStatusListenerCallback) \
  X (TIMSetKickedOfflineCallback)        \
  X (TIMSetUserSigExpiredCallback)       \
  X (TIMSetMsgUpdateCallback)            \
  X (TIMInit)                            \
  X (TIMUninit)                          \
  X (TIMGetSDKVersion)                   \
  X (TIMSetConfig)                       \
  X (TIMLogin)                           \
  X (TIMLogout)                          \
  X (TIMConvCreate)                      \
  X (TIMConvDelete)                      \
  X (TIMConvGetConvList)                 \
  X (TIMConvSetDraft)                    \
  X (TIMConvCancelDraft)                 \
  X (TIMMsgSendNewMsg)                   \
  X (TIMMsgReportReaded)                 \
  X (TIMMsgGetMsgList)                   \
  X (TIMMsgDelete)                       \
  X (callExperimentalAPI)

/* Not in every library: NULL where it is missing. */
#define LINNET_TIM_NEWER_FUNCTIONS(X)    \
  X (TIMConvGetConversationListByFilter)
/* clang-format on */

typedef struct
{
#define LINNET_TIM_MEMBER(name) __typeof__ (name) *name;
  LINNET_TIM_FUNCTIONS (LINNET_TIM_MEMBER)
  LINNET_TIM_NEWER_FUNCTIONS (LINNET_TIM_MEMBER)
#undef LINNET_TIM_MEMBER
} LinnetTimApi;

/* The library the program is linked with. Static. Defined by the program, not by the layer, so that
 * tests need no library. */
const LinnetTimApi *linnet_tim_api_linked (void);

/* Another library with the same functions. It stays loaded for the life of the process. NULL with
 * LINNET_ERROR_LOCAL_NO_LIBRARY naming what is missing. Static. */
const LinnetTimApi *linnet_tim_api_load (const char *path, GError **error);
