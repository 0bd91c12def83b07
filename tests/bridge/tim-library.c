/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library with the names of the TIM API that does nothing; without WHOLE one name is missing. */

#define FUNCTION(name)                                                                             \
  __attribute__ ((visibility ("default"))) int name (void);                                        \
  int name (void)                                                                                  \
  {                                                                                                \
    return -1;                                                                                     \
  }

FUNCTION (TIMAddRecvNewMsgCallback)
FUNCTION (TIMRemoveRecvNewMsgCallback)
FUNCTION (TIMSetMsgReadedReceiptCallback)
FUNCTION (TIMSetConvEventCallback)
FUNCTION (TIMSetNetworkStatusListenerCallback)
FUNCTION (TIMSetKickedOfflineCallback)
FUNCTION (TIMSetUserSigExpiredCallback)
FUNCTION (TIMSetMsgUpdateCallback)
FUNCTION (TIMInit)
FUNCTION (TIMUninit)
FUNCTION (TIMGetSDKVersion)
FUNCTION (TIMSetConfig)
FUNCTION (TIMLogin)
FUNCTION (TIMLogout)
FUNCTION (TIMConvCreate)
FUNCTION (TIMConvDelete)
FUNCTION (TIMConvGetConvList)
FUNCTION (TIMConvSetDraft)
FUNCTION (TIMConvCancelDraft)
FUNCTION (TIMMsgSendNewMsg)
FUNCTION (TIMMsgReportReaded)
FUNCTION (TIMMsgGetMsgList)
FUNCTION (callExperimentalAPI)
#if WHOLE
FUNCTION (TIMMsgDelete)
#endif
