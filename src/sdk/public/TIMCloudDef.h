/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * @file TIMCloudDef.h
 * Enums, error codes and the keys of all JSON objects.
 *
 * Printed by im-describe out of the tables in src/codec and src/base; not edited by hand. In the comments of
 * the keys, w is written by the application, r by the library, ! is required in a request.
 *
 * Two enums have other numbers in the vendor's published headers. Define IMSDK_PROFILE_TENCENT before including
 * this to get those, and run the program with the environment variable IMSDK_PROFILE=tencent.
 */
#ifndef TIM_CLOUD_DEF_H
#define TIM_CLOUD_DEF_H

#include "TIMCloudComm.h"

#ifdef __cplusplus
extern "C" {
#endif

/** what a TIM function answers at once */
typedef enum TIMResult
{
  TIM_SUCC = 0, /**< accepted; the callback will be called */
  TIM_ERR_SDKUNINIT = -1, /**< TIMInit has not succeeded */
  TIM_ERR_NOTLOGIN = -2, /**< no user is logged in */
  TIM_ERR_JSON = -3, /**< text is not JSON, not the right kind of JSON, or a key is missing or of the wrong type */
  TIM_ERR_PARAM = -4, /**< NULL or otherwise unusable argument */
  TIM_ERR_CONV = -5, /**< bad conversation id or kind */
  TIM_ERR_GROUP = -6 /**< bad group id */
} TIMResult;

/** how much is logged */
typedef enum TIMLogLevel
{
  kTIMLog_Off = 0, /**< nothing */
  kTIMLog_Test = 1, /**< everything */
  kTIMLog_Verbose = 2, /**< details for development */
  kTIMLog_Debug = 3, /**< debugging */
  kTIMLog_Info = 4, /**< information */
  kTIMLog_Warn = 5, /**< warnings */
  kTIMLog_Error = 6, /**< errors */
  kTIMLog_Assert = 7 /**< broken invariants */
} TIMLogLevel;

/** state of the connection */
typedef enum TIMNetworkStatus
{
  kTIMConnected = 0, /**< connected */
  kTIMDisconnected = 1, /**< connection lost */
  kTIMConnecting = 2, /**< connecting */
  kTIMConnectFailed = 3 /**< attempt failed */
} TIMNetworkStatus;

/** what happened to conversations */
typedef enum TIMConvEvent
{
  kTIMConvEvent_Add = 0, /**< a conversation appeared */
  kTIMConvEvent_Del = 1, /**< a conversation was deleted */
  kTIMConvEvent_Update = 2, /**< last message, unread count or draft changed */
  kTIMConvEvent_Start = 3, /**< synchronisation begins; the JSON is an empty string (from 6.1) */
  kTIMConvEvent_Finish = 4 /**< synchronisation is complete; the JSON is an empty string (from 6.1) */
} TIMConvEvent;

/** kind of conversation */
typedef enum TIMConvType
{
  kTIMConv_Invalid = 0, /**< none */
  kTIMConv_C2C = 1, /**< one-to-one */
  kTIMConv_Group = 2, /**< group */
  kTIMConv_System = 3 /**< system notices; conversation id is "" */
} TIMConvType;

/** kind of device */
typedef enum TIMPlatform
{
  kTIMPlatform_Other = 0, /**< unknown */
  kTIMPlatform_Windows = 1, /**< Windows */
  kTIMPlatform_Android = 2, /**< Android */
  kTIMPlatform_IOS = 3, /**< iOS */
  kTIMPlatform_Mac = 4, /**< macOS */
  kTIMPlatform_Simulator = 5 /**< iOS simulator */
} TIMPlatform;

/** fields of a member, bit mask */
typedef enum TIMGroupMemberInfoFlag
{
  kTIMGroupMemberInfoFlag_None = 0, /**< nothing */
  kTIMGroupMemberInfoFlag_JoinTime = 1, /**< join time */
  kTIMGroupMemberInfoFlag_MsgFlag = 2, /**< receive option */
  kTIMGroupMemberInfoFlag_MsgSeq = 4, /**< sequence read up to */
  kTIMGroupMemberInfoFlag_MemberRole = 8, /**< role */
  kTIMGroupMemberInfoFlag_ShutupUntill = 16, /**< mute time */
  kTIMGroupMemberInfoFlag_NameCard = 32 /**< name card */
} TIMGroupMemberInfoFlag;

/** roles, bit mask */
typedef enum TIMGroupMemberRoleFlag
{
  kTIMGroupMemberRoleFlag_All = 0, /**< every role */
  kTIMGroupMemberRoleFlag_Owner = 1, /**< owner */
  kTIMGroupMemberRoleFlag_Admin = 2, /**< administrators */
  kTIMGroupMemberRoleFlag_Member = 4 /**< ordinary members */
} TIMGroupMemberRoleFlag;

/** fields of a group, bit mask */
typedef enum TIMGroupGetInfoFlag
{
  kTIMGroupInfoFlag_None = 0, /**< nothing */
  kTIMGroupInfoFlag_Name = 1, /**< name */
  kTIMGroupInfoFlag_CreateTime = 2, /**< creation time */
  kTIMGroupInfoFlag_OwnerUin = 4, /**< owner */
  kTIMGroupInfoFlag_Seq = 8, /**< info sequence */
  kTIMGroupInfoFlag_LastTime = 16, /**< last change */
  kTIMGroupInfoFlag_NextMsgSeq = 32, /**< next message sequence */
  kTIMGroupInfoFlag_LastMsgTime = 64, /**< time of the newest message */
  kTIMGroupInfoFlag_AppId = 128, /**< application id */
  kTIMGroupInfoFlag_MemberNum = 256, /**< member count */
  kTIMGroupInfoFlag_MaxMemberNum = 512, /**< member limit */
  kTIMGroupInfoFlag_Notification = 1024, /**< announcement */
  kTIMGroupInfoFlag_Introduction = 2048, /**< description */
  kTIMGroupInfoFlag_FaceUrl = 4096, /**< picture */
  kTIMGroupInfoFlag_AddOpton = 8192, /**< join rule (spelt AddOption in 8.0) */
  kTIMGroupInfoFlag_GroupType = 16384, /**< kind */
  kTIMGroupInfoFlag_LastMsg = 32768, /**< newest message */
  kTIMGroupInfoFlag_OnlineNum = 65536, /**< members connected */
  kTIMGroupInfoFlag_Visible = 131072, /**< visibility */
  kTIMGroupInfoFlag_Searchable = 262144, /**< searchability */
  kTIMGroupInfoFlag_ShutupAll = 524288, /**< everybody muted */
  kTIMGroupInfoFlag_AddOption = 8192 /**< later name of kTIMGroupInfoFlag_AddOpton (8.0) */
} TIMGroupGetInfoFlag;

/** what a tap on an Android push does */
typedef enum TIMAndroidOfflinePushNotifyMode
{
  kTIMAndroidOfflinePushNotifyMode_Normal = 0, /**< a tap starts the application */
  kTIMAndroidOfflinePushNotifyMode_Custom = 1 /**< a tap calls the application back */
} TIMAndroidOfflinePushNotifyMode;

/** whether a message is pushed */
typedef enum TIMOfflinePushFlag
{
  kTIMOfflinePushFlag_Default = 0, /**< push */
  kTIMOfflinePushFlag_NoPush = 1 /**< do not push */
} TIMOfflinePushFlag;

/** life cycle of a message */
typedef enum TIMMsgStatus
{
  kTIMMsg_Sending = 1, /**< being sent */
  kTIMMsg_SendSucc = 2, /**< sent, or received */
  kTIMMsg_SendFail = 3, /**< sending failed */
  kTIMMsg_Deleted = 4, /**< deleted */
  kTIMMsg_LocalImported = 5, /**< imported locally */
  kTIMMsg_Revoked = 6, /**< revoked */
  kTIMMsg_Cancel = 7 /**< sending cancelled (from 5.0.6) */
} TIMMsgStatus;

/** delivery priority, smaller is more urgent */
typedef enum TIMMsgPriority
{
  kTIMMsgPriority_High = 0, /**< first */
  kTIMMsgPriority_Normal = 1, /**< usual */
  kTIMMsgPriority_Low = 2, /**< less important */
  kTIMMsgPriority_Lowest = 3 /**< least important */
} TIMMsgPriority;

/** kind of message element */
typedef enum TIMElemType
{
#ifdef IMSDK_PROFILE_TENCENT
  kTIMElem_Text = 0, /**< TextElem */
  kTIMElem_Image = 1, /**< ImageElem */
  kTIMElem_Sound = 2, /**< SoundElem */
  kTIMElem_Custom = 3, /**< CustomElem */
  kTIMElem_File = 4, /**< FileElem */
  kTIMElem_GroupTips = 5, /**< GroupTipsElem */
  kTIMElem_Face = 6, /**< FaceElem */
  kTIMElem_Location = 7, /**< LocationElem */
  kTIMElem_GroupReport = 8, /**< GroupReportElem */
  kTIMElem_Video = 9, /**< VideoElem */
  kTIMElem_FriendChange = 10, /**< FriendChangeElem */
  kTIMElem_ProfileChange = 11, /**< ProfileChangeElem */
  kTIMElem_Invalid = -1, /**< unknown */
  kTIMElem_Merge = 12 /**< MergerElem (from 6.1) */
#else
  kTIMElem_Text = 0, /**< TextElem */
  kTIMElem_Image = 1, /**< ImageElem */
  kTIMElem_Sound = 2, /**< SoundElem */
  kTIMElem_Custom = 3, /**< CustomElem */
  kTIMElem_File = 4, /**< FileElem */
  kTIMElem_GroupTips = 6, /**< GroupTipsElem */
  kTIMElem_Face = 7, /**< FaceElem */
  kTIMElem_Location = 8, /**< LocationElem */
  kTIMElem_GroupReport = 9, /**< GroupReportElem */
  kTIMElem_Video = 10, /**< VideoElem */
  kTIMElem_FriendChange = 11, /**< FriendChangeElem */
  kTIMElem_ProfileChange = 12, /**< ProfileChangeElem */
  kTIMElem_Invalid = -1, /**< unknown */
  kTIMElem_Merge = 13 /**< MergerElem (from 6.1) */
#endif
} TIMElemType;

/** quality a picture is sent in */
typedef enum TIMImageLevel
{
  kTIMImageLevel_Orig = 0, /**< as it is */
  kTIMImageLevel_Compression = 1, /**< strongly compressed */
  kTIMImageLevel_HD = 2 /**< lightly compressed */
} TIMImageLevel;

/** which property of a group changed */
typedef enum TIMGroupTipGroupChangeFlag
{
#ifdef IMSDK_PROFILE_TENCENT
  kTIMGroupTipChangeFlag_Unknown = 0, /**< unknown */
  kTIMGroupTipChangeFlag_Name = 1, /**< name */
  kTIMGroupTipChangeFlag_Introduction = 2, /**< description */
  kTIMGroupTipChangeFlag_Notification = 3, /**< announcement */
  kTIMGroupTipChangeFlag_FaceUrl = 4, /**< picture */
  kTIMGroupTipChangeFlag_Owner = 5, /**< owner */
  kTIMGroupTipChangeFlag_Custom = 6, /**< custom field */
  kTIMGroupTipChangeFlag_Attribute = 7, /**< group attribute (from 6.1) */
  kTIMGroupTipChangeFlag_ShutupAll = 8, /**< everybody muted (8.0) */
  kTIMGroupTipChangeFlag_TopicCustomData = 9, /**< topic custom text (8.0) */
  kTIMGroupTipChangeFlag_MessageReceiveOpt = 10, /**< receive option (8.0) */
  kTIMGroupTipChangeFlag_GroupAddOpt = 11, /**< join rule (8.0) */
  kTIMGroupTipChangeFlag_GroupApproveOpt = 12, /**< invite rule (8.0) */
  kTIMGroupTipChangeFlag_EnablePermissionGroup = 13, /**< permission groups switched on (7.8) (8.0) */
  kTIMGroupTipChangeFlag_DefaultPermissions = 14 /**< default permissions (7.8) (8.0) */
#else
  kTIMGroupTipChangeFlag_Unknown = 0, /**< unknown */
  kTIMGroupTipChangeFlag_Name = 10, /**< name */
  kTIMGroupTipChangeFlag_Introduction = 11, /**< description */
  kTIMGroupTipChangeFlag_Notification = 12, /**< announcement */
  kTIMGroupTipChangeFlag_FaceUrl = 13, /**< picture */
  kTIMGroupTipChangeFlag_Owner = 14, /**< owner */
  kTIMGroupTipChangeFlag_Custom = 6, /**< custom field */
  kTIMGroupTipChangeFlag_Attribute = 7, /**< group attribute (from 6.1) */
  kTIMGroupTipChangeFlag_ShutupAll = 8, /**< everybody muted (8.0) */
  kTIMGroupTipChangeFlag_TopicCustomData = 9, /**< topic custom text (8.0) */
  kTIMGroupTipChangeFlag_MessageReceiveOpt = 20, /**< receive option (8.0) */
  kTIMGroupTipChangeFlag_GroupAddOpt = 21, /**< join rule (8.0) */
  kTIMGroupTipChangeFlag_GroupApproveOpt = 22, /**< invite rule (8.0) */
  kTIMGroupTipChangeFlag_EnablePermissionGroup = 23, /**< permission groups switched on (7.8) (8.0) */
  kTIMGroupTipChangeFlag_DefaultPermissions = 24 /**< default permissions (7.8) (8.0) */
#endif
} TIMGroupTipGroupChangeFlag;

/** what a group tips element tells */
typedef enum TIMGroupTipType
{
  kTIMGroupTip_None = 0, /**< none */
  kTIMGroupTip_Invite = 1, /**< joined, or was brought in */
  kTIMGroupTip_Quit = 2, /**< left */
  kTIMGroupTip_Kick = 3, /**< was removed */
  kTIMGroupTip_SetAdmin = 4, /**< became administrator */
  kTIMGroupTip_CancelAdmin = 5, /**< is administrator no more */
  kTIMGroupTip_GroupInfoChange = 6, /**< group properties changed */
  kTIMGroupTip_MemberInfoChange = 7, /**< member record changed (muting) */
  kTIMGroupTip_MemberMarkChange = 8, /**< member marks changed (8.0) */
  kTIMGroupTip_TopicInfoChange = 9, /**< topic properties changed (8.0) */
  KTIMGroupTip_PinnedMessageAdded = 10, /**< message pinned (8.0) */
  KTIMGroupTip_PinnedMessageDeleted = 11 /**< message unpinned (8.0) */
} TIMGroupTipType;

/** what a group report element tells */
typedef enum TIMGroupReportType
{
  kTIMGroupReport_None = 0, /**< none */
  kTIMGroupReport_AddRequest = 1, /**< somebody asks to join; to owner and administrators */
  kTIMGroupReport_AddAccept = 2, /**< own request to join accepted; to the asker */
  kTIMGroupReport_AddRefuse = 3, /**< own request to join refused; to the asker */
  kTIMGroupReport_BeKicked = 4, /**< removed from the group; to the removed */
  kTIMGroupReport_Delete = 5, /**< group dissolved; to all members */
  kTIMGroupReport_Create = 6, /**< group created; to the creator, not for display */
  kTIMGroupReport_Invite = 7, /**< brought into a group without asking; to the invited */
  kTIMGroupReport_Quit = 8, /**< left the group; to the leaver's devices, not for display */
  kTIMGroupReport_GrantAdmin = 9, /**< became administrator; to that user */
  kTIMGroupReport_CancelAdmin = 10, /**< is administrator no more; to that user */
  kTIMGroupReport_RevokeAdmin = 11, /**< group reclaimed by the service; to all members, not for display (later GroupRecycle) */
  kTIMGroupReport_InviteReq = 12, /**< invitation to decide on; to the invited */
  kTIMGroupReport_InviteAccept = 13, /**< own invitation accepted; to the inviter */
  kTIMGroupReport_InviteRefuse = 14, /**< own invitation refused; to the inviter */
  kTIMGroupReport_ReadReport = 15, /**< read position moved on another device; to the own devices */
  kTIMGroupReport_UserDefine = 16, /**< application-defined notice; to all members by default */
  kTIMGroupReport_ReadedSync = 15, /**< older name (4.2) */
  kTIMGroupReport_GroupRecycle = 11, /**< later name of kTIMGroupReport_RevokeAdmin (from 6.1) */
  kTIMGroupReport_InviteReqToInvitee = 12, /**< later name of kTIMGroupReport_InviteReq (8.0) */
  kTIMGroupReport_ShutUpMember = 17, /**< muted; to the muted (8.0) */
  kTIMGroupReport_TopicCreate = 18, /**< topic created (8.0) */
  kTIMGroupReport_TopicDelete = 19, /**< topic deleted (8.0) */
  kTIMGroupReport_GroupMessageRead = 20, /**< group read receipts (8.0) */
  kTIMGroupReport_GroupMessageRecvOption = 21, /**< receive option changed (8.0) */
  kTIMGroupReport_BannedFromGroup = 22, /**< banned (8.0) */
  kTIMGroupReport_UnbannedFromGroup = 23, /**< unbanned (8.0) */
  kTIMGroupReport_InviteReqToAdmin = 24 /**< invitation an administrator has to confirm (8.0) */
} TIMGroupReportType;

/** what a profile change element tells */
typedef enum TIMProfileChangeType
{
  kTIMProfileChange_None = 0, /**< unknown */
  kTIMProfileChange_Profile = 1 /**< profile fields changed */
} TIMProfileChangeType;

/** what a friend change element tells */
typedef enum TIMFriendChangeType
{
  kTIMFriendChange_None = 0, /**< unknown */
  kTIMFriendChange_FriendAdd = 1, /**< friends added */
  kTIMFriendChange_FriendDel = 2, /**< friends removed */
  kTIMFriendChange_PendencyAdd = 3, /**< requests added */
  kTIMFriendChange_PendencyDel = 4, /**< requests removed */
  kTIMFriendChange_BlackListAdd = 5, /**< users blocked */
  kTIMFriendChange_BlackListDel = 6, /**< users unblocked */
  kTIMFriendChange_PendencyReadedReport = 7, /**< requests read */
  kTIMFriendChange_FriendProfileUpdate = 8, /**< friend records changed */
  kTIMFriendChange_FriendGroupAdd = 9, /**< friend groups added */
  kTIMFriendChange_FriendGroupDel = 10, /**< friend groups removed */
  kTIMFriendChange_FriendGroupModify = 11 /**< friend groups changed */
} TIMFriendChangeType;

/** what is downloaded */
typedef enum TIMDownloadType
{
  kTIMDownload_VideoThumb = 0, /**< still of a film */
  kTIMDownload_File = 1, /**< file */
  kTIMDownload_Video = 2, /**< film */
  kTIMDownload_Sound = 3 /**< voice */
} TIMDownloadType;

/** who may join a group */
typedef enum TIMGroupAddOption
{
  kTIMGroupAddOpt_Forbid = 0, /**< nobody can join */
  kTIMGroupAddOpt_Auth = 1, /**< owner or administrator decides */
  kTIMGroupAddOpt_Any = 2, /**< anybody can join */
  kTIMGroupAddOpt_Unknown = 3 /**< undefined (8.0) */
} TIMGroupAddOption;

/** kind of group */
typedef enum TIMGroupType
{
  kTIMGroup_Public = 0, /**< Public */
  kTIMGroup_Private = 1, /**< Private (later called Work) */
  kTIMGroup_ChatRoom = 2, /**< ChatRoom (later called Meeting) */
  kTIMGroup_BChatRoom = 3, /**< broadcast to connected members */
  kTIMGroup_AVChatRoom = 4, /**< live room, nothing stored */
  kTIMGroup_Community = 5 /**< community (from 6.1) */
} TIMGroupType;

/** role of a member */
typedef enum TIMGroupMemberRole
{
  kTIMMemberRole_None = 0, /**< undefined */
  kTIMMemberRole_Normal = 200, /**< ordinary member */
  kTIMMemberRole_Admin = 300, /**< administrator */
  kTIMMemberRole_Owner = 400, /**< owner (SuperAdmin in 4.2 to 4.5.45) */
  kTIMMemberRole_SuperAdmin = 400 /**< older name of kTIMMemberRole_Owner (4.2) */
} TIMGroupMemberRole;

/** outcome for one member */
typedef enum HandleGroupMemberResult
{
  kTIMGroupMember_HandledErr = 0, /**< failed */
  kTIMGroupMember_HandledSuc = 1, /**< done */
  kTIMGroupMember_Included = 2, /**< was a member already */
  kTIMGroupMember_Invited = 3 /**< invitation sent, waits for consent */
} HandleGroupMemberResult;

/** receive option of a group */
typedef enum TIMGroupReceiveMessageOpt
{
  kTIMRecvGroupMsgOpt_ReceiveAndNotify = 0, /**< receive and notify */
  kTIMRecvGroupMsgOpt_NotReceive = 1, /**< do not receive */
  kTIMRecvGroupMsgOpt_ReceiveNotNotify = 2 /**< receive without notification */
} TIMGroupReceiveMessageOpt;

/** which properties of a group to change, bit mask */
typedef enum TIMGroupModifyInfoFlag
{
  kTIMGroupModifyInfoFlag_None = 0, /**< nothing */
  kTIMGroupModifyInfoFlag_Name = 1, /**< name */
  kTIMGroupModifyInfoFlag_Notification = 2, /**< announcement */
  kTIMGroupModifyInfoFlag_Introduction = 4, /**< description */
  kTIMGroupModifyInfoFlag_FaceUrl = 8, /**< picture */
  kTIMGroupModifyInfoFlag_AddOption = 16, /**< join rule */
  kTIMGroupModifyInfoFlag_MaxMmeberNum = 32, /**< member limit (spelt MaxMemberNum in 8.0) */
  kTIMGroupModifyInfoFlag_Visible = 64, /**< visibility */
  kTIMGroupModifyInfoFlag_Searchable = 128, /**< searchability */
  kTIMGroupModifyInfoFlag_ShutupAll = 256, /**< mute everybody */
  kTIMGroupModifyInfoFlag_Custom = 512, /**< custom fields */
  kTIMGroupModifyInfoFlag_Owner = (-2147483647 - 1), /**< owner; alone, and -2147483648 when an application prints it as a signed number */
  kTIMGroupModifyInfoFlag_MaxMemberNum = 32, /**< later name of kTIMGroupModifyInfoFlag_MaxMmeberNum (8.0) */
  kTIMGroupTopicModifyInfoFlag_CustomString = 2048, /**< topic custom text (8.0) */
  kTIMGroupModifyInfoFlag_ApproveOption = 4096, /**< invite rule (8.0) */
  kTIMGroupModifyInfoFlag_EnablePermissionGroup = 8192, /**< permission groups (7.8) (8.0) */
  kTIMGroupModifyInfoFlag_DefaultPermissions = 16384 /**< default permissions (7.8) (8.0) */
} TIMGroupModifyInfoFlag;

/** which properties of a member to change, bit mask */
typedef enum TIMGroupMemberModifyInfoFlag
{
  kTIMGroupMemberModifyFlag_None = 0, /**< nothing */
  kTIMGroupMemberModifyFlag_MsgFlag = 1, /**< receive option */
  kTIMGroupMemberModifyFlag_MemberRole = 2, /**< role */
  kTIMGroupMemberModifyFlag_ShutupTime = 4, /**< mute */
  kTIMGroupMemberModifyFlag_NameCard = 8, /**< name card */
  kTIMGroupMemberModifyFlag_Custom = 16 /**< custom fields */
} TIMGroupMemberModifyInfoFlag;

/** kind of a group request */
typedef enum TIMGroupPendencyType
{
  kTIMGroupPendency_RequestJoin = 0, /**< request to join */
  kTIMGroupPendency_InviteJoin = 1, /**< invitation */
  kTIMGroupPendency_ReqAndInvite = 2, /**< both (in 8.0: invitation that an administrator has to confirm) */
  kTIMGroupPendency_GroupJoinNeedApprovedByAdmin = 0, /**< later name of kTIMGroupPendency_RequestJoin (8.0) */
  kTIMGroupPendency_GroupInviteNeedApprovedByInvitee = 1, /**< later name of kTIMGroupPendency_InviteJoin (8.0) */
  kTIMGroupPendency_GroupInviteNeedApprovedByAdmin = 2 /**< later name of kTIMGroupPendency_ReqAndInvite (8.0) */
} TIMGroupPendencyType;

/** who has dealt with a group request */
typedef enum TIMGroupPendencyHandle
{
  kTIMGroupPendency_NotHandle = 0, /**< not handled */
  kTIMGroupPendency_OtherHandle = 1, /**< handled by somebody else */
  kTIMGroupPendency_OperatorHandle = 2 /**< handled by the logged-in user */
} TIMGroupPendencyHandle;

/** decision on a group request */
typedef enum TIMGroupPendencyHandleResult
{
  kTIMGroupPendency_Refuse = 0, /**< refused */
  kTIMGroupPendency_Accept = 1 /**< accepted */
} TIMGroupPendencyHandleResult;

/** gender */
typedef enum TIMGenderType
{
  kTIMGenderType_Unkown = 0, /**< unknown (spelt Unknown in 8.0) */
  kTIMGenderType_Male = 1, /**< male */
  kTIMGenderType_Female = 2, /**< female */
  kTIMGenderType_Unknown = 0 /**< later name of kTIMGenderType_Unkown (8.0) */
} TIMGenderType;

/** how friend requests are treated */
typedef enum TIMProfileAddPermission
{
  kTIMProfileAddPermission_Unknown = 0, /**< not set; treat as AllowAny */
  kTIMProfileAddPermission_AllowAny = 1, /**< anybody becomes a friend at once */
  kTIMProfileAddPermission_NeedConfirm = 2, /**< requests have to be confirmed */
  kTIMProfileAddPermission_DenyAny = 3 /**< requests are refused */
} TIMProfileAddPermission;

/** one-way or both-way friendship */
typedef enum TIMFriendType
{
  FriendTypeSignle = 0, /**< one way: only in the own list (spelt FriendTypeSingle in 8.0) */
  FriendTypeBoth = 1, /**< both ways: in both lists */
  FriendTypeSingle = 0 /**< later name of FriendTypeSignle (8.0) */
} TIMFriendType;

/** direction of friend requests */
typedef enum TIMFriendPendencyType
{
  FriendPendencyTypeComeIn = 0, /**< requests to me */
  FriendPendencyTypeSendOut = 1, /**< requests from me */
  FriendPendencyTypeBoth = 2 /**< both */
} TIMFriendPendencyType;

/** answer to a friend request */
typedef enum TIMFriendResponseAction
{
  ResponseActionAgree = 0, /**< agree: the asker has me as a friend */
  ResponseActionAgreeAndAdd = 1, /**< agree and add: both ways */
  ResponseActionReject = 2 /**< refuse */
} TIMFriendResponseAction;

/** relation between two users */
typedef enum TIMFriendCheckRelation
{
  FriendCheckNoRelation = 0, /**< none */
  FriendCheckAWithB = 1, /**< only in my list */
  FriendCheckBWithA = 2, /**< only in the other's list */
  FriendCheckBothWay = 3 /**< both ways */
} TIMFriendCheckRelation;

/** how several words are searched for (8.0) */
typedef enum TIMKeywordListMatchType
{
  TIMKeywordListMatchType_Or = 0, /**< any word */
  TIMKeywordListMatchType_And = 1 /**< every word */
} TIMKeywordListMatchType;

/** receive option of a user or group (8.0) */
typedef enum TIMReceiveMessageOpt
{
  kTIMRecvMsgOpt_Receive = 0, /**< receive, push when offline */
  kTIMRecvMsgOpt_Not_Receive = 1, /**< do not receive */
  kTIMRecvMsgOpt_Not_Notify = 2, /**< receive, no push */
  kTIMRecvMsgOpt_Not_Notify_Except_At = 3 /**< receive, push mentions only */
} TIMReceiveMessageOpt;

/** marks of a conversation, bits (8.0) */
typedef enum TIMConversationMarkType
{
  kTIMConversationMarkTypeStar = 1, /**< starred */
  kTIMConversationMarkTypeUnread = 2, /**< marked unread */
  kTIMConversationMarkTypeFold = 4, /**< folded away */
  kTIMConversationMarkTypeHide = 8 /**< hidden */
} TIMConversationMarkType;

/** login state (8.0) */
typedef enum TIMLoginStatus
{
  kTIMLoginStatus_Logined = 1, /**< logged in */
  kTIMLoginStatus_Logining = 2, /**< logging in */
  kTIMLoginStatus_UnLogined = 3, /**< logged out */
  kTIMLoginStatus_Logouting = 4 /**< logging out */
} TIMLoginStatus;

/** codes that a TIMCommCallback and a TIMNetworkStatusListenerCallback are given, and that results carry */
typedef enum TIMErrCode
{
  ERR_SUCC = 0, /**< done */
  ERR_REQUEST_TIMEOUT = 6012, /**< no answer from the server in time, kind of request not known more closely */
  ERR_SDK_NOT_INITIALIZED = 6013, /**< TIMUninit came between the call and its answer */
  ERR_SDK_NOT_LOGGED_IN = 6014, /**< logged out, or removed by another device, between the call and its answer */
  ERR_IN_PROGESS = 6015, /**< the same operation is still running and cannot run twice */
  ERR_INVALID_PARAMETERS = 6017, /**< an argument was well-formed but its value is not usable; text names the key */
  ERR_DATABASE_OPERATE_FAILED = 6019, /**< local database failed */
  ERR_IO_OPERATION_FAILED = 6022, /**< local file could not be read or written, disk full */
  ERR_INVALID_JSON = 6027, /**< JSON found wrong only while handling the request */
  ERR_OUT_OF_MEMORY = 6028, /**< memory exhausted */
  ERR_SERIALIZE_REQ_FAILED = 6002, /**< the request could not be put into a stanza, for instance characters XML forbids */
  ERR_PARSE_RESPONSE_FAILED = 6001, /**< the server's answer was not understood */
  ERR_SDK_COMM_INVALID_IDENTIFIER = 7003, /**< a UserID is empty, longer than 32 bytes or not printable ASCII */
  ERR_SDK_COMM_FILE_NOT_FOUND = 7004, /**< file to send does not exist */
  ERR_SDK_COMM_FILE_TOO_LARGE = 7005, /**< file to send is larger than the server's upload limit */
  ERR_SDK_COMM_FILE_SIZE_EMPTY = 7006, /**< file to send is empty */
  ERR_SDK_COMM_FILE_OPEN_FAILED = 7007, /**< file cannot be opened */
  ERR_LOGGED_OUT_BEFORE_LOGIN_FINISHED = 6023, /**< TIMLogout ended a login that was under way */
  ERR_USER_SIG_EXPIRED = 6206, /**< the library itself sees that the UserSig has expired */
  ERR_LOGIN_KICKED_OFF_BY_OTHER = 6208, /**< another device took over while this one was not connected; next login works */
  ERR_SDK_ACCOUNT_LOGIN_IN_PROCESS = 7501, /**< second TIMLogin before the first one is answered */
  ERR_SDK_ACCOUNT_LOGOUT_IN_PROCESS = 7502, /**< second TIMLogout, or TIMLogin during a logout */
  ERR_NO_SUCC_RESULT = 6003, /**< a batch in which nothing succeeded and no single results can be given */
  ERR_INVALID_CONVERSATION = 6004, /**< no such conversation */
  ERR_FILE_TRANS_UPLOAD_FAILED = 6008, /**< upload refused or broken */
  ERR_FILE_TRANS_DOWNLOAD_FAILED = 6009, /**< download refused, broken, or the file is gone */
  ERR_HTTP_REQ_FAILED = 6010, /**< bad download address, or HTTP error other than "gone" */
  ERR_TO_USER_INVALID = 6011, /**< receiver is not a possible user */
  ERR_INVALID_MSG_ELEM = 6016, /**< element missing, of an unknown or forbidden type, or incomplete */
  ERR_IMAGE_UPLOAD_FAILED_NOTIMAGE = 6031, /**< file in a picture element is no picture */
  ERR_REVOKE_TIME_LIMIT_EXCEED = 6223, /**< too late to revoke, found by the library */
  ERR_SDK_MSG_BODY_SIZE_LIMIT = 8001, /**< message longer than the limit */
  ERR_SDK_INVALID_CANCEL_MESSAGE = 8020, /**< nothing left to cancel */
  ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL = 8021, /**< sending was cancelled */
  ERR_SDK_GROUP_INVALID_ID = 8501, /**< wanted group id is not allowed */
  ERR_SDK_GROUP_INVALID_NAME = 8502, /**< name too long or not UTF-8 */
  ERR_SDK_GROUP_INVALID_INTRODUCTION = 8503, /**< description too long */
  ERR_SDK_GROUP_INVALID_NOTIFICATION = 8504, /**< announcement too long */
  ERR_SDK_GROUP_INVALID_FACE_URL = 8505, /**< picture address too long */
  ERR_SDK_GROUP_INVALID_NAME_CARD = 8506, /**< name card too long */
  ERR_SDK_GROUP_MEMBER_COUNT_LIMIT = 8507, /**< more members named than the kind of group can hold */
  ERR_SDK_GROUP_JOIN_PRIVATE_GROUP_DENY = 8508, /**< asking to join a Private group */
  ERR_SDK_GROUP_INVITE_SUPER_DENY = 8509, /**< inviting somebody as owner */
  ERR_SDK_GROUP_INVITE_NO_MEMBER = 8510, /**< inviting nobody */
  ERR_SDK_FRIENDSHIP_INVALID_PROFILE_KEY = 9001, /**< custom field name not allowed (letters, at most 8 bytes) or value too long */
  ERR_SDK_FRIENDSHIP_INVALID_ADD_REMARK = 9002, /**< private name longer than 96 bytes */
  ERR_SDK_FRIENDSHIP_INVALID_ADD_WORDING = 9003, /**< greeting too long */
  ERR_SDK_FRIENDSHIP_INVALID_ADD_SOURCE = 9004, /**< source word not allowed */
  ERR_SDK_FRIENDSHIP_FRIEND_GROUP_EMPTY = 9005, /**< friend group name empty or longer than 30 bytes */
  ERR_SDK_NET_AUTH_INVALID = 9503, /**< connected but not authenticated yet */
  ERR_SDK_NET_FREQ_LIMIT = 9506, /**< called too often */
  ERR_SDK_NET_REQ_COUNT_LIMIT = 9507, /**< too many requests waiting */
  ERR_SDK_NET_DISCONNECT = 9508, /**< not connected; also the code of kTIMConnectFailed when nothing better is known */
  ERR_SDK_NET_CONN_TIMEOUT = 9510, /**< connection attempt timed out */
  ERR_SDK_NET_CONN_REFUSE = 9511, /**< server refused the connection */
  ERR_SDK_NET_NET_UNREACH = 9512, /**< no route */
  ERR_SDK_NET_RESET_BY_PEER = 9514, /**< server closed the stream or the connection */
  ERR_SDK_NET_HOST_GETADDRINFO_FAILED = 9516, /**< server name does not resolve */
  ERR_SDK_NET_WAIT_INQUEUE_TIMEOUT = 9518, /**< never got into the sending queue */
  ERR_SDK_NET_WAIT_SEND_TIMEOUT = 9519, /**< queued but not sent in time */
  ERR_SDK_NET_WAIT_ACK_TIMEOUT = 9520, /**< sent, but no answer or acknowledgement in time; the outcome is unknown */
  ERR_SVR_ACCOUNT_USERSIG_EXPIRED = 70001, /**< UserSig has expired */
  ERR_SVR_ACCOUNT_USERSIG_EMPTY = 70002, /**< UserSig is empty */
  ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED = 70003, /**< UserSig cannot be decoded, or authentication failed without a known reason */
  ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED_EX = 70005, /**< UserSig decodes but members are missing */
  ERR_SVR_ACCOUNT_USERSIG_MISMATCH_PUBLICKEY = 70009, /**< signature does not fit the server's key */
  ERR_SVR_ACCOUNT_USERSIG_MISMATCH_ID = 70013, /**< made for another user */
  ERR_SVR_ACCOUNT_USERSIG_MISMATCH_SDKAPPID = 70014, /**< made for another application */
  ERR_SVR_ACCOUNT_SDKAPPID_NOT_FOUND = 70020, /**< server does not serve this application id */
  ERR_SVR_ACCOUNT_FREQ_LIMIT = 70050, /**< too many failed attempts */
  ERR_SVR_ACCOUNT_BLACKLIST = 70051, /**< account is banned or disabled */
  ERR_SVR_ACCOUNT_NOT_FOUND = 70107, /**< no such account */
  ERR_SVR_ACCOUNT_EXISTS = 70108, /**< an account of this name exists already (ours: of internal_operation_register_account) */
  ERR_SVR_ACCOUNT_INTERNAL_TIMEOUT = 70169, /**< authentication service did not answer */
  ERR_SVR_ACCOUNT_INTERNAL_ERROR = 70500, /**< authentication service failed */
  ERR_SVR_COMM_REQUEST_TIMEOUT = 60008, /**< remote server timed out */
  ERR_SVR_COMM_REQ_FREQ_LIMIT = 60018, /**< server's policy: too often */
  ERR_SVR_COMM_SENSITIVE_TEXT = 80001, /**< moderation refused the text */
  ERR_SVR_COMM_BODY_SIZE_LIMIT = 80002, /**< server: message too long */
  ERR_SVR_RES_NOT_FOUND = 114000, /**< stored file does not exist */
  ERR_SVR_RES_ACCESS_DENY = 114001, /**< stored file may not be read */
  ERR_SVR_RES_SIZE_LIMIT = 114002, /**< server's storage quota or file size limit */
  ERR_SVR_MSG_PKG_PARSE_FAILED = 20001, /**< server did not accept the form of the message */
  ERR_SVR_MSG_INVALID_ID = 20003, /**< receiver does not exist */
  ERR_SVR_MSG_NET_ERROR = 20004, /**< receiver's server cannot be reached */
  ERR_SVR_MSG_INTERNAL_ERROR1 = 20005, /**< server failed */
  ERR_SVR_MSG_PUSH_DENY = 20006, /**< an operator's hook refused the message */
  ERR_SVR_MSG_IN_PEER_BLACKLIST = 20007, /**< receiver blocks the sender */
  ERR_SVR_MSG_BOTH_NOT_FRIEND = 20009, /**< server wants friendship: neither has the other */
  ERR_SVR_MSG_NOT_PEER_FRIEND = 20010, /**< server wants friendship: the receiver does not have the sender */
  ERR_SVR_MSG_NOT_SELF_FRIEND = 20011, /**< server wants friendship: the sender does not have the receiver */
  ERR_SVR_MSG_SHUTUP_DENY = 20012, /**< sender is muted everywhere */
  ERR_SVR_MSG_REVOKE_TIME_LIMIT = 20016, /**< too late to revoke, one-to-one */
  ERR_SVR_MSG_DEL_RAMBLE_INTERNAL_ERROR = 20018, /**< server could not delete history */
  ERR_SVR_MSG_TO_ACCOUNT_COUNT_LIMIT = 90011, /**< batch of more than 500 receivers */
  ERR_SVR_GROUP_INTERNAL_ERROR = 10002, /**< server failed */
  ERR_SVR_GROUP_INVALID_PARAMETERS = 10004, /**< request not possible for this kind of group, or bad value */
  ERR_SVR_GROUP_FREQ_LIMIT = 10006, /**< too often */
  ERR_SVR_GROUP_PERMISSION_DENY = 10007, /**< not allowed: not a member, role too low, join rule forbids */
  ERR_SVR_GROUP_SUPER_NOT_ALLOW_QUIT = 10009, /**< the owner cannot leave */
  ERR_SVR_GROUP_NOT_FOUND = 10010, /**< no such group, or dissolved */
  ERR_SVR_GROUP_ALLREADY_MEMBER = 10013, /**< member already */
  ERR_SVR_GROUP_FULL_MEMBER_COUNT = 10014, /**< group is full */
  ERR_SVR_GROUP_INVALID_GROUPID = 10015, /**< group id is not possible */
  ERR_SVR_GROUP_SHUTUP_DENY = 10017, /**< muted in the group */
  ERR_SVR_GROUP_ACCOUNT_NOT_FOUND = 10019, /**< a named user does not exist */
  ERR_SVR_GROUP_GROUPID_IN_USED = 10021, /**< id taken by somebody else */
  ERR_SVR_GROUP_SEND_MSG_FREQ_LIMIT = 10023, /**< too many messages */
  ERR_SVR_GROUP_REQ_ALLREADY_BEEN_PROCESSED = 10024, /**< pendency decided already */
  ERR_SVR_GROUP_GROUPID_IN_USED_FOR_SUPER = 10025, /**< id taken by the caller's own group */
  ERR_SVR_GROUP_REVOKE_MSG_NOT_FOUND = 10030, /**< message to revoke not found */
  ERR_SVR_GROUP_REVOKE_MSG_TIME_LIMIT = 10031, /**< too late to revoke, group */
  ERR_SVR_GROUP_REVOKE_MSG_DENY = 10032, /**< this message cannot be revoked */
  ERR_SVR_GROUP_NOT_ALLOW_REVOKE_MSG = 10033, /**< nothing can be revoked in this kind of group */
  ERR_SVR_GROUP_REMOVE_MSG_DENY = 10034, /**< this message cannot be deleted */
  ERR_SVR_GROUP_NOT_ALLOW_REMOVE_MSG = 10035, /**< nothing can be deleted in this kind of group */
  ERR_SVR_GROUP_COUNT_LIMIT = 10037, /**< user is in too many groups */
  ERR_SVR_GROUP_MEMBER_COUNT_LIMIT = 10038, /**< member limit of the server */
  ERR_SVR_FRIENDSHIP_INVALID_PARAMETERS = 30001, /**< bad request; also for a user who is not a friend in TIMFriendshipModifyFriendGroup (Example 26) */
  ERR_SVR_FRIENDSHIP_ACCOUNT_NOT_FOUND = 30003, /**< no such user */
  ERR_SVR_FRIENDSHIP_INTERNAL_ERROR = 30006, /**< server failed */
  ERR_SVR_FRIENDSHIP_NET_TIMEOUT = 30007, /**< server timed out */
  ERR_SVR_FRIENDSHIP_WRITE_CONFLICT = 30008, /**< two devices changed the same entry */
  ERR_SVR_FRIENDSHIP_COUNT_LIMIT = 30010, /**< own list is full */
  ERR_SVR_FRIENDSHIP_GROUP_COUNT_LIMIT = 30011, /**< too many friend groups */
  ERR_SVR_FRIENDSHIP_PENDENCY_LIMIT = 30012, /**< too many requests waiting */
  ERR_SVR_FRIENDSHIP_BLACKLIST_LIMIT = 30013, /**< block list is full */
  ERR_SVR_FRIENDSHIP_PEER_FRIEND_LIMIT = 30014, /**< other's list is full */
  ERR_SVR_FRIENDSHIP_IN_SELF_BLACKLIST = 30515, /**< other is on the own block list */
  ERR_SVR_FRIENDSHIP_ALLOW_TYPE_DENY_ANY = 30516, /**< other refuses all requests */
  ERR_SVR_FRIENDSHIP_IN_PEER_BLACKLIST = 30525, /**< own user is on the other's block list */
  ERR_SVR_FRIENDSHIP_ALLOW_TYPE_NEED_CONFIRM = 30539, /**< request delivered, waits for confirmation: not a failure */
  ERR_SVR_FRIENDSHIP_PENDENCY_NOT_FOUND = 30614, /**< no such request */
  ERR_SVR_FRIENDSHIP_DEL_NONFRIEND = 31704, /**< was not a friend */
  ERR_SVR_PROFILE_INVALID_PARAMETERS = 40001, /**< bad request */
  ERR_SVR_PROFILE_ACCOUNT_NOT_FOUND = 40003, /**< no such user */
  ERR_SVR_PROFILE_INTERNAL_ERROR = 40006, /**< server failed */
  ERR_SVR_PROFILE_SIZE_LIMIT = 40601, /**< value longer than 500 bytes */
  ERR_SVR_PROFILE_VALUE_ERROR = 40605, /**< value not allowed */
  ERR_SVR_CONV_INTERNAL_ERROR = 50004, /**< conversation list could not be fetched */
  ERR_SDK_COMM_INTERRUPT = 7009, /**< TIMUninit ended the call */
  ERR_SDK_INTERNAL_ERROR = 7012, /**< something that should not happen inside the library */
  ERR_SDK_INTERFACE_NOT_SUPPORT = 7013, /**< function exists for linking only, or the server lacks what it needs */
  ERR_SDK_INVALID_OPERATION = 7014, /**< not possible in the present state */
  ERR_MERGER_MSG_LAYERS_OVER_LIMIT = 8005, /**< bundles nested too deep */
  ERR_SDK_MSG_MODIFY_CONFLICT = 8006, /**< somebody else changed the message first */
  ERR_SDK_SIGNALING_INVALID_INVITE_ID = 8010, /**< no such invitation, or finished */
  ERR_SDK_SIGNALING_NO_PERMISSION = 8011, /**< not the own invitation */
  ERR_SVR_GROUP_ATTRIBUTE_WRITE_CONFILCT = 10056, /**< somebody else changed the attribute first */
  ERR_SVR_GROUP_PINNED_MESSAGE_COUNT_LIMIT = 10070, /**< too many pinned messages */
  ERR_SVR_GROUP_MESSAGE_ALREADY_PINNED = 10071, /**< pinned already */
  ERR_SVR_MSG_EXTENSION_CONFLICT = 23001, /**< somebody else set the extension first */
  ERR_SVR_MSG_EXTENSION_NOT_EXIST = 23004, /**< extension to delete does not exist */
  ERR_SVR_MSG_REACTION_COUNT_LIMIT = 23005, /**< too many reactions on the message */
  ERR_SVR_MSG_REACTION_USER_COUNT_LIMIT = 23006, /**< too many users on the reaction */
  ERR_SVR_MSG_REACTION_ALREADY_CONTAIN_USER = 23007, /**< reacted so already */
  ERR_SVR_MSG_REACTION_NOT_EXISTS = 23008, /**< no such reaction */
  ERR_SVR_MSG_REACTION_NOT_CONTAIN_USER = 23009, /**< had not reacted so */
  ERR_SVR_FRIENDSHIP_ALREADY_FRIENDS = 30015, /**< friends already */
  ERR_SVR_CONV_CONV_GROUP_NOT_EXIST = 51009, /**< no such conversation group */
  ERR_SVR_CONV_CONV_GROUP_TOTAL_COUNT_EXCEED_LIMIT = 51010, /**< too many conversation groups */
  ERR_SVR_CONV_CONV_GROUP_NAME_EXCEED_LENGTH = 51011 /**< conversation group name too long */
} TIMErrCode;

/* SdKConfig: second argument of TIMInit */
TIM_KEY kTIMSdkConfigConfigFilePath = "sdk_config_config_file_path"; /**< string, w: directory for configuration and local data; created if missing */
TIM_KEY kTIMSdkConfigLogFilePath = "sdk_config_log_file_path"; /**< string, w: directory for log files; created if missing */
TIM_KEY kTIMSdkConfigJavaVM = "sdk_config_java_vm"; /**< uint64, w: Android JavaVM pointer; accept and ignore elsewhere */
TIM_KEY kTIMSdkConfigServerUrl = "sdk_config_server_url"; /**< string, w: WebSocket address of the server; "" finds it by the domain (Linnet) */
TIM_KEY kTIMSdkConfigDomain = "sdk_config_domain"; /**< string, w: domain of user ids without one (Linnet) */
TIM_KEY kTIMSdkConfigPlatform = "sdk_config_platform"; /**< string, w: kind of device, which has one login at a time; "" is "desktop" (Linnet) */
TIM_KEY kTIMSdkConfigProfile = "sdk_config_profile"; /**< string, w: numbering profile, "seed" or "tencent" (Linnet) */
TIM_KEY kTIMSdkConfigOfflineLogin = "sdk_config_offline_login"; /**< bool, w: a user this device knows is logged in without the network too; the connection follows (Linnet) */

/* SetConfig: argument and result of TIMSetConfig */
TIM_KEY kTIMSetConfigLogLevel = "set_config_log_level"; /**< uint (TIMLogLevel), w: lowest level written to the log file */
TIM_KEY kTIMSetConfigCackBackLogLevel = "set_config_callback_log_level"; /**< uint (TIMLogLevel), w: lowest level passed to TIMLogCallback */
TIM_KEY kTIMSetConfigCallbackLogLevel = "set_config_callback_log_level";
TIM_KEY kTIMSetConfigIsLogOutputConsole = "set_config_is_log_output_console"; /**< bool, w: also print the log to the console */
TIM_KEY kTIMSetConfigUserConfig = "set_config_user_config"; /**< UserConfig, w: per-user behaviour switches */
TIM_KEY kTIMSetConfigUserDefineData = "set_config_user_define_data"; /**< string, w: up to 64 bytes of application data, set before init, handed to the server */
TIM_KEY kTIMSetConfigHttpProxyInfo = "set_config_http_proxy_info"; /**< HttpProxyInfo, w: HTTP proxy for uploads and downloads */
TIM_KEY kTIMSetConfigSocks5ProxyInfo = "set_config_socks5_proxy_info"; /**< Socks5ProxyInfo, w: SOCKS5 proxy, set before init */
TIM_KEY kTIMSetConfigIsOnlyLocalDNSSource = "set_config_is_only_local_dns_source"; /**< bool, w: true: use only the system resolver when choosing a server */

/* UserConfig: inside SetConfig */
TIM_KEY kTIMUserConfigIsReadReceipt = "user_config_is_read_receipt"; /**< bool, w: true: deliver peer read receipts to the receipt callback */
TIM_KEY kTIMUserConfigIsSyncReport = "user_config_is_sync_report"; /**< bool, w: true: the server is to drop the read state (no further documentation) */
TIM_KEY kTIMUserConfigIsIngoreGroupTipsUnRead = "user_config_is_ingore_grouptips_unread"; /**< bool, w: true: group tips do not raise the unread counter */
TIM_KEY kTIMUserConfigIsDisableStorage = "user_config_is_is_disable_storage"; /**< bool, w: true: no local database */
TIM_KEY kTIMUserConfigGroupGetInfoOption = "user_config_group_getinfo_option"; /**< GroupGetInfoOption, w: default filter for group info queries */
TIM_KEY kTIMUserConfigGroupMemberGetInfoOption = "user_config_group_member_getinfo_option"; /**< GroupMemberGetInfoOption, w: default filter for group member queries */

/* GroupGetInfoOption: default filter of group queries */
TIM_KEY kTIMGroupGetInfoOptionInfoFlag = "group_get_info_option_info_flag"; /**< uint64 (TIMGroupGetInfoFlag), rw: bit mask of group fields wanted */
TIM_KEY kTIMGroupGetInfoOptionCustomArray = "group_get_info_option_custom_array"; /**< array of string, w: names of custom group fields wanted */

/* GroupMemberGetInfoOption: filter of member queries */
TIM_KEY kTIMGroupMemberGetInfoOptionInfoFlag = "group_member_get_info_option_info_flag"; /**< uint64 (TIMGroupMemberInfoFlag), rw: bit mask of member fields wanted */
TIM_KEY kTIMGroupMemberGetInfoOptionRoleFlag = "group_member_get_info_option_role_flag"; /**< uint64 (TIMGroupMemberRoleFlag), rw: bit mask of roles to return */
TIM_KEY kTIMGroupMemberGetInfoOptionCustomArray = "group_member_get_info_option_custom_array"; /**< array of string, w: names of custom member fields wanted */

/* HttpProxyInfo: inside SetConfig */
TIM_KEY kTIMHttpProxyInfoIp = "http_proxy_info_ip"; /**< string, w: proxy host used for media transfer; "" clears the proxy */
TIM_KEY kTIMHttpProxyInfoPort = "http_proxy_info_port"; /**< int, w: proxy port; must not be 0 while a host is set, 0 clears */
TIM_KEY kTIMHttpProxyInfoUserName = "http_proxy_info_username"; /**< string, w: proxy user */
TIM_KEY kTIMHttpProxyInfoPassword = "http_proxy_info_password"; /**< string, w: proxy password */

/* Socks5ProxyInfo: inside SetConfig */
TIM_KEY kTIMSocks5ProxyInfoIp = "socks5_proxy_info_ip"; /**< string, w: SOCKS5 host for all protocol traffic; set before TIMInit */
TIM_KEY kTIMSocks5ProxyInfoPort = "socks5_proxy_info_port"; /**< int, w: SOCKS5 port */
TIM_KEY kTIMSocks5ProxyInfoUserName = "socks5_proxy_info_username"; /**< string, w: SOCKS5 user */
TIM_KEY kTIMSocks5ProxyInfoPassword = "socks5_proxy_info_password"; /**< string, w: SOCKS5 password */

/* Message: one message, everywhere */
TIM_KEY kTIMMsgElemArray = "message_elem_array"; /**< array of Elem, rw: the elements of the message, in order */
TIM_KEY kTIMMsgConvId = "message_conv_id"; /**< string, rw: peer UserID or group id; "" for system messages */
TIM_KEY kTIMMsgConvType = "message_conv_type"; /**< uint (TIMConvType), rw: kind of conversation */
TIM_KEY kTIMMsgSender = "message_sender"; /**< string, rw: UserID of the sender; `@TIM#SYSTEM` for server notices */
TIM_KEY kTIMMsgPriority = "message_priority"; /**< uint (TIMMsgPriority), rw: delivery priority, smaller number is more urgent */
TIM_KEY kTIMMsgClientTime = "message_client_time"; /**< uint64, rw: sender's clock, seconds since 1970 */
TIM_KEY kTIMMsgServerTime = "message_server_time"; /**< uint64, rw: server's clock, seconds since 1970; the ordering key */
TIM_KEY kTIMMsgIsFormSelf = "message_is_from_self"; /**< bool, rw: true when the logged-in user sent it, from any device */
TIM_KEY kTIMMsgPlatform = "message_platform"; /**< uint (TIMPlatform), rw: sender's platform */
TIM_KEY kTIMMsgIsRead = "message_is_read"; /**< bool, rw: read by this account (always true for own messages) */
TIM_KEY kTIMMsgIsOnlineMsg = "message_is_online_msg"; /**< bool, rw: true: deliver only to connected users, store nowhere, count nowhere */
TIM_KEY kTIMMsgIsPeerRead = "message_is_peer_read"; /**< bool, r: one-to-one only: the peer has read it */
TIM_KEY kTIMMsgStatus = "message_status"; /**< uint (TIMMsgStatus), rw: life-cycle state */
TIM_KEY kTIMMsgUniqueId = "message_unique_id"; /**< uint64, r: 64-bit id; larger than 2^53, so needs real 64-bit JSON integers */
TIM_KEY kTIMMsgRand = "message_rand"; /**< uint64, r: 32-bit random number chosen by the sender */
TIM_KEY kTIMMsgSeq = "message_seq"; /**< uint64, r: sequence number; in groups contiguous from 1 */
TIM_KEY kTIMMsgCustomInt = "message_custom_int"; /**< uint, rw: application integer, stored locally only */
TIM_KEY kTIMMsgCustomStr = "message_custom_str"; /**< string, rw: application text, stored locally only */
TIM_KEY kTIMMsgSenderProfile = "message_sender_profile"; /**< UserProfile, rw: profile of the sender */
TIM_KEY kTIMMsgSenderGroupMemberInfo = "message_sender_group_member_info"; /**< GroupMemberInfo, rw: sender's member record; only identifier and name card are filled */
TIM_KEY kTIMMsgOfflinePushConfig = "message_offlie_push_config"; /**< OfflinePushConfig, rw: push settings for this message */
TIM_KEY kTIMMsgLinnetIsDelivered = "message_linnet_is_delivered"; /**< bool, r: the peer's device has the message (XEP-0184) (Linnet) */
TIM_KEY kTIMMsgLinnetErrorCode = "message_linnet_error_code"; /**< int, r: why sending failed (Linnet) */
TIM_KEY kTIMMsgLinnetErrorDesc = "message_linnet_error_desc"; /**< string, r: the same in words (Linnet) */
TIM_KEY kTIMMsgMsgId = "message_msg_id"; /**< string, r: text id: the one the message has on the wire, which replies and reactions name (8.0) */
TIM_KEY kTIMMsgCloudCustomStr = "message_cloud_custom_str"; /**< string, rw: application text that travels with the message; a reply is in it, see CloudCustomData (8.0) */
TIM_KEY kTIMMsgVersion = "message_version"; /**< uint64, r: grows with each edit; TIMMsgModifyMessage changes only the version that it is given (8.0) */

/* OfflinePushConfig: push settings inside Message */
TIM_KEY kTIMOfflinePushConfigDesc = "offline_push_config_desc"; /**< string, rw: text shown in the push */
TIM_KEY kTIMOfflinePushConfigExt = "offline_push_config_ext"; /**< string, rw: opaque text passed with the push */
TIM_KEY kTIMOfflinePushConfigFlag = "offline_push_config_flag"; /**< uint (TIMOfflinePushFlag), rw: push, or do not push, this message */
TIM_KEY kTIMOfflinePushConfigIOSConfig = "offline_push_config_ios_config"; /**< IOSOfflinePushConfig, rw: iOS details */
TIM_KEY kTIMOfflinePushConfigAndroidConfig = "offline_push_config_android_config"; /**< AndroidOfflinePushConfig, rw: Android details */

/* IOSOfflinePushConfig: inside OfflinePushConfig */
TIM_KEY kTIMIOSOfflinePushConfigTitle = "ios_offline_push_config_title"; /**< string, rw: notification title on iOS */
TIM_KEY kTIMIOSOfflinePushConfigSound = "ios_offline_push_config_sound"; /**< string, rw: notification sound on iOS; `push.no_sound` silences it */
TIM_KEY kTIMIOSOfflinePushConfigIgnoreBadge = "ios_offline_push_config_ignore_badge"; /**< bool, rw: true: do not raise the icon badge */

/* AndroidOfflinePushConfig: inside OfflinePushConfig */
TIM_KEY kTIMAndroidOfflinePushConfigTitle = "android_offline_push_config_title"; /**< string, rw: notification title on Android */
TIM_KEY kTIMAndroidOfflinePushConfigSound = "android_offline_push_config_sound"; /**< string, rw: notification sound on Android */
TIM_KEY kTIMAndroidOfflinePushConfigNotifyMode = "android_offline_push_config_notify_mode"; /**< uint (TIMAndroidOfflinePushNotifyMode), rw: tap behaviour: start the app, or call it back */
TIM_KEY kTIMAndroidOfflinePushConfigOPPOChannelID = "android_offline_push_config_oppo_channel_id"; /**< string, rw: channel id one Android vendor needs */

/* MessageReceipt: TIMMsgReadedReceiptCallback */
TIM_KEY kTIMMsgReceiptConvId = "msg_receipt_conv_id"; /**< string, r: the conversation (the peer who has read) */
TIM_KEY kTIMMsgReceiptConvType = "msg_receipt_conv_type"; /**< uint (TIMConvType), r: kind of conversation */
TIM_KEY kTIMMsgReceiptTimeStamp = "msg_receipt_time_stamp"; /**< uint64, r: everything sent up to this second has been read */

/* MsgLocator: TIMMsgRevokeCallback and TIMMsgFindByMsgLocatorList */
TIM_KEY kTIMMsgLocatorConvId = "message_locator_conv_id"; /**< string, rw: conversation id (the header types it bool by mistake) */
TIM_KEY kTIMMsgLocatorConvType = "message_locator_conv_type"; /**< uint (TIMConvType), rw: kind of conversation (the header types it bool by mistake) */
TIM_KEY kTIMMsgLocatorIsRevoked = "message_locator_is_revoked"; /**< bool, rw: looking for a revoked message */
TIM_KEY kTIMMsgLocatorTime = "message_locator_time"; /**< uint64, rw!: server time of the message, seconds */
TIM_KEY kTIMMsgLocatorSeq = "message_locator_seq"; /**< uint64, rw!: sequence number of the message */
TIM_KEY kTIMMsgLocatorIsSelf = "message_locator_is_self"; /**< bool, rw: the logged-in user sent it */
TIM_KEY kTIMMsgLocatorRand = "message_locator_rand"; /**< uint64, rw!: random number of the message */
TIM_KEY kTIMMsgLocatorUniqueId = "message_locator_unique_id"; /**< uint64, rw: unique id of the message */

/* MsgGetMsgListParam: TIMMsgGetMsgList */
TIM_KEY kTIMMsgGetMsgListParamLastMsg = "msg_getmsglist_param_last_msg"; /**< Message, w: read on from this message, which is not returned; {} or absent means from the newest, which is; null is not allowed but existing clients send it */
TIM_KEY kTIMMsgGetMsgListParamCount = "msg_getmsglist_param_count"; /**< uint, w: how many to return at most */
TIM_KEY kTIMMsgGetMsgListParamIsRamble = "msg_getmsglist_param_is_remble"; /**< bool, w: true: fetch from the server what is missing locally */
TIM_KEY kTIMMsgGetMsgListParamIsForward = "msg_getmsglist_param_is_forward"; /**< bool, w: true: towards newer messages; false: towards older ones */

/* MsgDeleteParam: TIMMsgDelete */
TIM_KEY kTIMMsgDeleteParamMsg = "msg_delete_param_msg"; /**< Message, w: the one message to delete; absent or {} means all local messages */
TIM_KEY kTIMMsgDeleteParamIsRamble = "msg_delete_param_is_remble"; /**< bool, w: meant to delete server history too; stated to have lost its effect */

/* MsgBatchSendParam: TIMMsgBatchSend */
TIM_KEY kTIMMsgBatchSendParamIdentifierArray = "msg_batch_send_param_identifier_array"; /**< array of string, w!: UserIDs to send to; groups are not allowed */
TIM_KEY kTIMMsgBatchSendParamMsg = "msg_batch_send_param_msg"; /**< Message, w!: the message to send to each */

/* MsgBatchSendResult: result of TIMMsgBatchSend, one per receiver */
TIM_KEY kTIMMsgBatchSendResultIdentifier = "msg_batch_send_result_identifier"; /**< string, r: the receiver */
TIM_KEY kTIMMsgBatchSendResultCode = "msg_batch_send_result_code"; /**< int, r: 0 or an error code for this receiver */
TIM_KEY kTIMMsgBatchSendResultDesc = "msg_batch_send_result_desc"; /**< string, r: text for the code */
TIM_KEY kTIMMsgBatchSendResultMsg = "msg_batch_send_result_msg"; /**< Message, r: the message as sent to this receiver */

/* DownloadElemParam: TIMMsgDownloadElemToPath */
TIM_KEY kTIMMsgDownloadElemParamFlag = "msg_download_elem_param_flag"; /**< uint, w: download flag copied from the element */
TIM_KEY kTIMMsgDownloadElemParamType = "msg_download_elem_param_type"; /**< uint (TIMDownloadType), w: what is downloaded */
TIM_KEY kTIMMsgDownloadElemParamId = "msg_download_elem_param_id"; /**< string, w: id copied from the element */
TIM_KEY kTIMMsgDownloadElemParamBusinessId = "msg_download_elem_param_business_id"; /**< uint, w: business id copied from the element */
TIM_KEY kTIMMsgDownloadElemParamUrl = "msg_download_elem_param_url"; /**< string, w!: url copied from the element; enough on its own for pictures */

/* MsgDownloadElemResult: progress and result of TIMMsgDownloadElemToPath */
TIM_KEY kTIMMsgDownloadElemResultCurrentSize = "msg_download_elem_result_current_size"; /**< uint, r: bytes received so far */
TIM_KEY kTIMMsgDownloadElemResultTotalSize = "msg_download_elem_result_total_size"; /**< uint, r: bytes expected in all */

/* Elem: common to every element */
TIM_KEY kTIMElemType = "elem_type"; /**< int (TIMElemType), rw!: tells which of the element objects below this is */

/* TextElem: text */
TIM_KEY kTIMTextElemContent = "text_elem_content"; /**< string, rw!: the text, UTF-8 */

/* ImageElem: picture */
TIM_KEY kTIMImageElemOrigPath = "image_elem_orig_path"; /**< string, rw: local path of the picture to send */
TIM_KEY kTIMImageElemLevel = "image_elem_level"; /**< uint (TIMImageLevel), rw: quality to send in */
TIM_KEY kTIMImageElemFormat = "image_elem_format"; /**< int, rw: 0xff unknown, 1 JPEG, 2 GIF, 3 PNG, 4 BMP (numbers from the 8.0 header) */
TIM_KEY kTIMImageElemOrigId = "image_elem_orig_id"; /**< string, r: id of the original */
TIM_KEY kTIMImageElemOrigPicHeight = "image_elem_orig_pic_height"; /**< int, r: pixels */
TIM_KEY kTIMImageElemOrigPicWidth = "image_elem_orig_pic_width"; /**< int, r: pixels */
TIM_KEY kTIMImageElemOrigPicSize = "image_elem_orig_pic_size"; /**< int, r: bytes */
TIM_KEY kTIMImageElemThumbId = "image_elem_thumb_id"; /**< string, r: id of the thumbnail */
TIM_KEY kTIMImageElemThumbPicHeight = "image_elem_thumb_pic_height"; /**< int, r: pixels (the shorter side is 198 unless the original is smaller) */
TIM_KEY kTIMImageElemThumbPicWidth = "image_elem_thumb_pic_width"; /**< int, r: pixels */
TIM_KEY kTIMImageElemThumbPicSize = "image_elem_thumb_pic_size"; /**< int, r: bytes */
TIM_KEY kTIMImageElemLargeId = "image_elem_large_id"; /**< string, r: id of the large version */
TIM_KEY kTIMImageElemLargePicHeight = "image_elem_large_pic_height"; /**< int, r: pixels (the shorter side is 720 unless the original is smaller) */
TIM_KEY kTIMImageElemLargePicWidth = "image_elem_large_pic_width"; /**< int, r: pixels */
TIM_KEY kTIMImageElemLargePicSize = "image_elem_large_pic_size"; /**< int, r: bytes */
TIM_KEY kTIMImageElemOrigUrl = "image_elem_orig_url"; /**< string, r: download address of the original */
TIM_KEY kTIMImageElemThumbUrl = "image_elem_thumb_url"; /**< string, r: download address of the thumbnail */
TIM_KEY kTIMImageElemLargeUrl = "image_elem_large_url"; /**< string, r: download address of the large version */
TIM_KEY kTIMImageElemTaskId = "image_elem_task_id"; /**< int, r: upload task number; deprecated later */
TIM_KEY kTIMImageElemLinnetBlurhash = "image_elem_linnet_blurhash"; /**< string, rw: a blurred preview as a BlurHash text (Linnet) */
TIM_KEY kTIMImageElemLinnetSha256 = "image_elem_linnet_sha256"; /**< string, rw: SHA-256 of the original, 64 hexadecimal digits (Linnet) */

/* SoundElem: voice; one per message at most */
TIM_KEY kTIMSoundElemFilePath = "sound_elem_file_path"; /**< string, rw: local path of the recording to send */
TIM_KEY kTIMSoundElemFileSize = "sound_elem_file_size"; /**< int, rw: bytes (the header's comment wrongly says seconds) */
TIM_KEY kTIMSoundElemFileTime = "sound_elem_file_time"; /**< int, rw: length in seconds */
TIM_KEY kTIMSoundElemFileId = "sound_elem_file_id"; /**< string, r: id used to download */
TIM_KEY kTIMSoundElemBusinessId = "sound_elem_business_id"; /**< int, r: number used to download; keep 0 */
TIM_KEY kTIMSoundElemDownloadFlag = "sound_elem_download_flag"; /**< int, r: 0 ask for an address, 1 ask the object store, 2 the url can be used as it is */
TIM_KEY kTIMSoundElemUrl = "sound_elem_url"; /**< string, r: download address */
TIM_KEY kTIMSoundElemTaskId = "sound_elem_task_id"; /**< int, r: upload task number; deprecated later */
TIM_KEY kTIMSoundElemLinnetSha256 = "sound_elem_linnet_sha256"; /**< string, rw: as for pictures (Linnet) */
TIM_KEY kTIMSoundElemLinnetWaveform = "sound_elem_linnet_waveform"; /**< string, rw: loudness over time: up to 256 hexadecimal digits, 0 silent, f loudest (Linnet) */

/* CustomElem: application data */
TIM_KEY kTIMCustomElemData = "custom_elem_data"; /**< string, rw: application data, opaque; binary has to be encoded as text */
TIM_KEY kTIMCustomElemDesc = "custom_elem_desc"; /**< string, rw: short description, shown in pushes */
TIM_KEY kTIMCustomElemExt = "custom_elem_ext"; /**< string, rw: extension text for pushes */
TIM_KEY kTIMCustomElemSound = "custom_elem_sound"; /**< string, rw: sound name for pushes */

/* FileElem: file; one per message at most */
TIM_KEY kTIMFileElemFilePath = "file_elem_file_path"; /**< string, rw: local path including the file name */
TIM_KEY kTIMFileElemFileName = "file_elem_file_name"; /**< string, rw: name to show */
TIM_KEY kTIMFileElemFileSize = "file_elem_file_size"; /**< int, rw: bytes */
TIM_KEY kTIMFileElemFileId = "file_elem_file_id"; /**< string, r: id used to download */
TIM_KEY kTIMFileElemBusinessId = "file_elem_business_id"; /**< int, r: number used to download; keep 0 */
TIM_KEY kTIMFileElemDownloadFlag = "file_elem_download_flag"; /**< int, r: as for sound */
TIM_KEY kTIMFileElemUrl = "file_elem_url"; /**< string, r: download address */
TIM_KEY kTIMFileElemTaskId = "file_elem_task_id"; /**< int, r: upload task number; deprecated later */
TIM_KEY kTIMFileElemLinnetMediaType = "file_elem_linnet_media_type"; /**< string, rw: media type, such as application/pdf (Linnet) */
TIM_KEY kTIMFileElemLinnetSha256 = "file_elem_linnet_sha256"; /**< string, rw: as for pictures (Linnet) */

/* GroupTipsElem: notice to all members of a group; never sent by a client */
TIM_KEY kTIMGroupTipsElemTipType = "group_tips_elem_tip_type"; /**< uint (TIMGroupTipType), r: what happened */
TIM_KEY kTIMGroupTipsElemOpUser = "group_tips_elem_op_user"; /**< string, r: who did it */
TIM_KEY kTIMGroupTipsElemGroupName = "group_tips_elem_group_name"; /**< string, r: group's name after the change */
TIM_KEY kTIMGroupTipsElemGroupId = "group_tips_elem_group_id"; /**< string, r: the group */
TIM_KEY kTIMGroupTipsElemTime = "group_tips_elem_time"; /**< uint, r: when, seconds; Example 4 shows 0 */
TIM_KEY kTIMGroupTipsElemUserArray = "group_tips_elem_user_array"; /**< array of string, r: the users it was done to */
TIM_KEY kTIMGroupTipsElemGroupChangeInfoArray = "group_tips_elem_group_change_info_array"; /**< array of GroupTipGroupChangeInfo, r: changed properties, for tip type 6 */
TIM_KEY kTIMGroupTipsElemMemberChangeInfoArray = "group_tips_elem_member_change_info_array"; /**< array of GroupTipMemberChangeInfo, r: changed members, for tip type 7 */
TIM_KEY kTIMGroupTipsElemOpUserInfo = "group_tips_elem_op_user_info"; /**< UserProfile, r: profile of the user who did it */
TIM_KEY kTIMGroupTipsElemOpGroupMemberInfo = "group_tips_elem_op_group_memberinfo"; /**< GroupMemberInfo, r: member record of the user who did it */
TIM_KEY kTIMGroupTipsElemChangedUserInfoArray = "group_tips_elem_changed_user_info_array"; /**< array of UserProfile, r: profiles of the users it was done to */
TIM_KEY kTIMGroupTipsElemChangedGroupMemberInfoArray = "group_tips_elem_changed_group_memberinfo_array"; /**< array of GroupMemberInfo, r: member records of those users */
TIM_KEY kTIMGroupTipsElemMemberNum = "group_tips_elem_member_num"; /**< uint, r: member count, only for join, leave and kick */
TIM_KEY kTIMGroupTipsElemPlatform = "group_tips_elem_platform"; /**< string, r: platform name of the doer */

/* GroupTipGroupChangeInfo: inside GroupTipsElem */
TIM_KEY kTIMGroupTipGroupChangeInfoFlag = "group_tips_group_change_info_flag"; /**< uint (TIMGroupTipGroupChangeFlag), r: which group property changed */
TIM_KEY kTIMGroupTipGroupChangeInfoValue = "group_tips_group_change_info_value"; /**< string, r: its new value */
TIM_KEY kTIMGroupTipGroupChangeInfoKey = "group_tips_group_change_info_key"; /**< string, r: custom field name, only for custom field changes */

/* GroupTipMemberChangeInfo: inside GroupTipsElem */
TIM_KEY kTIMGroupTipMemberChangeInfoIdentifier = "group_tips_member_change_info_identifier"; /**< string, r: the member */
TIM_KEY kTIMGroupTipMemberChangeInfoShutupTime = "group_tips_member_change_info_shutupTime"; /**< uint, r: mute length in seconds (note the capital T) */

/* FaceElem: emoji */
TIM_KEY kTIMFaceElemIndex = "face_elem_index"; /**< int, rw!: index of an emoji in the application's own set */
TIM_KEY kTIMFaceElemBuf = "face_elem_buf"; /**< string, rw: further application data about the emoji, as text */

/* LocationElem: place */
TIM_KEY kTIMLocationElemDesc = "location_elem_desc"; /**< string, rw: description of the place */
TIM_KEY kTIMLocationElemLongitude = "location_elem_longitude"; /**< double, rw!: longitude, degrees */
TIM_KEY kTIMLocationElemlatitude = "location_elem_latitude"; /**< double, rw!: latitude, degrees */
TIM_KEY kTIMLocationElemLatitude = "location_elem_latitude";

/* GroupReportElem: notice about a group to one user; never sent by a client */
TIM_KEY kTIMGroupReportElemReportType = "group_report_elem_report_type"; /**< uint (TIMGroupReportType), r: what is reported */
TIM_KEY kTIMGroupReportElemGroupId = "group_report_elem_group_id"; /**< string, r: the group */
TIM_KEY kTIMGroupReportElemGroupName = "group_report_elem_group_name"; /**< string, r: its name */
TIM_KEY kTIMGroupReportElemOpUser = "group_report_elem_op_user"; /**< string, r: who did it; empty in Example 3 */
TIM_KEY kTIMGroupReportElemMsg = "group_report_elem_msg"; /**< string, r: reason or greeting text */
TIM_KEY kTIMGroupReportElemUserData = "group_report_elem_user_data"; /**< string, r: data the doer attached */
TIM_KEY kTIMGroupReportElemOpUserInfo = "group_report_elem_op_user_info"; /**< UserProfile, r: profile of the doer */
TIM_KEY kTIMGroupReportElemOpGroupMemberInfo = "group_report_elem_op_group_memberinfo"; /**< GroupMemberInfo, r: member record of the doer */
TIM_KEY kTIMGroupReportElemPlatform = "group_report_elem_platform"; /**< string, r: platform name of the doer */

/* VideoElem: film with a still */
TIM_KEY kTIMVideoElemVideoType = "video_elem_video_type"; /**< string, rw: file type of the film, such as mp4 */
TIM_KEY kTIMVideoElemVideoSize = "video_elem_video_size"; /**< uint, rw: bytes */
TIM_KEY kTIMVideoElemVideoDuration = "video_elem_video_duration"; /**< uint, rw: seconds */
TIM_KEY kTIMVideoElemVideoPath = "video_elem_video_path"; /**< string, rw: local path of the film */
TIM_KEY kTIMVideoElemVideoId = "video_elem_video_id"; /**< string, r: id used to download */
TIM_KEY kTIMVideoElemBusinessId = "video_elem_business_id"; /**< int, r: number used to download; keep 0 */
TIM_KEY kTIMVideoElemVideoDownloadFlag = "video_elem_video_download_flag"; /**< int, r: as for sound */
TIM_KEY kTIMVideoElemVideoUrl = "video_elem_video_url"; /**< string, r: download address of the film */
TIM_KEY kTIMVideoElemImageType = "video_elem_image_type"; /**< string, rw: file type of the still, such as png */
TIM_KEY kTIMVideoElemImageSize = "video_elem_image_size"; /**< uint, rw: bytes of the still */
TIM_KEY kTIMVideoElemImageWidth = "video_elem_image_width"; /**< uint, rw: pixels (the header's comments swap width and height) */
TIM_KEY kTIMVideoElemImageHeight = "video_elem_image_height"; /**< uint, rw: pixels (the header's comments swap width and height) */
TIM_KEY kTIMVideoElemImagePath = "video_elem_image_path"; /**< string, rw: local path of the still */
TIM_KEY kTIMVideoElemImageId = "video_elem_image_id"; /**< string, r: id used to download the still */
TIM_KEY kTIMVideoElemImageDownloadFlag = "video_elem_image_download_flag"; /**< int, r: as for sound */
TIM_KEY kTIMVideoElemImageUrl = "video_elem_image_url"; /**< string, r: download address of the still */
TIM_KEY kTIMVideoElemTaskId = "video_elem_task_id"; /**< uint, r: upload task number; deprecated later */
TIM_KEY kTIMVideoElemLinnetSha256 = "video_elem_linnet_sha256"; /**< string, rw: of the film, as for pictures (Linnet) */

/* FriendChangeElem: notice about the friend list */
TIM_KEY kTIMFriendChangeElemChangeType = "friend_change_elem_change_type"; /**< uint (TIMFriendChangeType), r: what changed; selects the one array that is filled */
TIM_KEY kTIMFriendChangeElemFriendAddIdentifierArray = "friend_change_elem_friend_add_identifier_array"; /**< array of string, r: new friends */
TIM_KEY kTIMFriendChangeElemFriendDelIdentifierArray = "friend_change_elem_friend_del_identifier_array"; /**< array of string, r: removed friends */
TIM_KEY kTIMFriendChangeElemFriendAddPendencyItemArray = "friend_change_elem_friend_add_pendency_array"; /**< array of FriendAddPendency, r: new friend requests */
TIM_KEY kTIMFriendChangeElemPendencyDelIdentifierArray = "friend_change_elem_pendency_del_identifier_array"; /**< array of string, r: removed friend requests */
TIM_KEY kTIMFriendChangeElemPendencyReadedReportTimestamp = "friend_change_elem_pendency_readed_report_timestamp"; /**< uint64, r: requests read up to here */
TIM_KEY kTIMFriendChangeElemBlackListAddIdentifierArray = "friend_change_elem_blacklist_add_identifier_array"; /**< array of string, r: newly blocked users */
TIM_KEY kTIMFriendChangeElemBlackListDelIdentifierArray = "friend_change_elem_blacklist_del_identifier_array"; /**< array of string, r: unblocked users */
TIM_KEY kTIMFriendChangeElemFreindProfileUpdateItemArray = "friend_change_elem_friend_profile_update_item_array"; /**< array of FriendProfileUpdate, r: changed friend records */
TIM_KEY kTIMFriendChangeElemFriendProfileUpdateItemArray = "friend_change_elem_friend_profile_update_item_array";
TIM_KEY kTIMFriendChangeElemFriendGroupAddIdentifierArray = "friend_change_elem_friend_group_add_array"; /**< array of string, r: new friend group names */
TIM_KEY kTIMFriendChangeElemFriendGroupDelIdentifierArray = "friend_change_elem_friend_group_del_array"; /**< array of string, r: removed friend group names */
TIM_KEY kTIMFriendChangeElemFriendGroupModifyIdentifierArray = "friend_change_elem_friend_group_update_array"; /**< array of string, r: changed friend group names */

/* FriendProfileUpdate: TIMUpdateFriendProfileCallback, one per friend */
TIM_KEY kTIMFriendProfileUpdateIdentifier = "friend_profile_update_identifier"; /**< string, w: the friend */
TIM_KEY kTIMFriendProfileUpdateItem = "friend_profile_update_item"; /**< FriendProfileItem, w: the changed fields */

/* ProfileChangeElem: notice about a profile */
TIM_KEY kTIMProfileChangeElemChangeType = "profile_change_elem_change_type"; /**< uint (TIMProfileChangeType), r: what changed */
TIM_KEY kTIMProfileChangeElemFromIndentifier = "profile_change_elem_from_identifer"; /**< string, r: whose profile */
TIM_KEY kTIMProfileChangeElemUserProfileItem = "profile_change_elem_user_profile_item"; /**< UserProfileItem, r: the changed fields, for change type 1 */

/* ConvInfo: one conversation */
TIM_KEY kTIMConvId = "conv_id"; /**< string, r: peer UserID or group id */
TIM_KEY kTIMConvType = "conv_type"; /**< uint (TIMConvType), r: kind of conversation */
TIM_KEY kTIMConvOwner = "conv_owner"; /**< string, r: owner; empty in every example */
TIM_KEY kTIMConvUnReadNum = "conv_unread_num"; /**< uint64, r: unread messages */
TIM_KEY kTIMConvActiveTime = "conv_active_time"; /**< uint64, r: time of the last activity, seconds; the list is sorted by it, newest first */
TIM_KEY kTIMConvIsHasLastMsg = "conv_is_has_lastmsg"; /**< bool, r: conv_last_msg is present */
TIM_KEY kTIMConvLastMsg = "conv_last_msg"; /**< Message, r: the newest message */
TIM_KEY kTIMConvIsHasDraft = "conv_is_has_draft"; /**< bool, r: conv_draft is present */
TIM_KEY kTIMConvDraft = "conv_draft"; /**< Draft, r: the stored draft */
TIM_KEY kTIMConvRecvOpt = "conv_recv_opt"; /**< uint (TIMReceiveMessageOpt), r: receive option (8.0) */
TIM_KEY kTIMConvIsPinned = "conv_is_pinned"; /**< bool, r: pinned to the top (8.0) */
TIM_KEY kTIMConvMarkArray = "conv_mark_array"; /**< array of uint64 (TIMConversationMarkType), r: marks set (8.0) */

/* Draft: argument of TIMConvSetDraft and inside ConvInfo */
TIM_KEY kTIMDraftMsg = "draft_msg"; /**< Message, r!: a message holding the unsent elements */
TIM_KEY kTIMDraftUserDefine = "draft_user_define"; /**< string, r: application text */
TIM_KEY kTIMDraftEditTime = "draft_edit_time"; /**< uint, r: time of the last edit, seconds */

/* CreateGroupParam */
TIM_KEY kTIMCreateGroupParamGroupName = "create_group_param_group_name"; /**< string, w!: name */
TIM_KEY kTIMCreateGroupParamGroupId = "create_group_param_group_id"; /**< string, w: wanted id; the server chooses one when empty */
TIM_KEY kTIMCreateGroupParamGroupType = "create_group_param_group_type"; /**< uint (TIMGroupType), w: kind of group */
TIM_KEY kTIMCreateGroupParamGroupMemberArray = "create_group_param_group_member_array"; /**< array of GroupMemberInfo, w: first members besides the creator */
TIM_KEY kTIMCreateGroupParamNotification = "create_group_param_notification"; /**< string, w: announcement */
TIM_KEY kTIMCreateGroupParamIntroduction = "create_group_param_introduction"; /**< string, w: description */
TIM_KEY kTIMCreateGroupParamFaceUrl = "create_group_param_face_url"; /**< string, w: picture address */
TIM_KEY kTIMCreateGroupParamAddOption = "create_group_param_add_option"; /**< uint (TIMGroupAddOption), w: who may join */
TIM_KEY kTIMCreateGroupParamMaxMemberCount = "create_group_param_max_member_num"; /**< uint, w: member limit */
TIM_KEY kTIMCreateGroupParamCustomInfo = "create_group_param_custom_info"; /**< array of GroupInfoCustemString, r: custom fields */

/* CreateGroupResult */
TIM_KEY kTIMCreateGroupResultGroupId = "create_group_result_groupid"; /**< string, r: id of the new group (no underscore before `id`) */

/* GroupInviteMemberParam */
TIM_KEY kTIMGroupInviteMemberParamGroupId = "group_invite_member_param_group_id"; /**< string, w!: the group */
TIM_KEY kTIMGroupInviteMemberParamIdentifierArray = "group_invite_member_param_identifier_array"; /**< array of string, w!: UserIDs to invite */
TIM_KEY kTIMGroupInviteMemberParamUserData = "group_invite_member_param_user_data"; /**< string, w: data handed to the invited */

/* GroupInviteMemberResult */
TIM_KEY kTIMGroupInviteMemberResultIdentifier = "group_invite_member_result_identifier"; /**< string, r: the invited user */
TIM_KEY kTIMGroupInviteMemberResultResult = "group_invite_member_result_result"; /**< uint (HandleGroupMemberResult), r: outcome for that user */

/* GroupDeleteMemberParam */
TIM_KEY kTIMGroupDeleteMemberParamGroupId = "group_delete_member_param_group_id"; /**< string, w!: the group */
TIM_KEY kTIMGroupDeleteMemberParamIdentifierArray = "group_delete_member_param_identifier_array"; /**< array of string, w!: UserIDs to remove */
TIM_KEY kTIMGroupDeleteMemberParamUserData = "group_delete_member_param_user_data"; /**< string, w: reason */

/* GroupDeleteMemberResult */
TIM_KEY kTIMGroupDeleteMemberResultIdentifier = "group_delete_member_result_identifier"; /**< string, r: the removed user */
TIM_KEY kTIMGroupDeleteMemberResultResult = "group_delete_member_result_result"; /**< uint (HandleGroupMemberResult), r: outcome for that user */

/* GroupBaseInfo */
TIM_KEY kTIMGroupBaseInfoGroupId = "group_base_info_group_id"; /**< string, r: the group */
TIM_KEY kTIMGroupBaseInfoGroupName = "group_base_info_group_name"; /**< string, r: name */
TIM_KEY kTIMGroupBaseInfoGroupType = "group_base_info_group_type"; /**< uint (TIMGroupType), r: kind; the seed shows the string "Public", both header sets say number */
TIM_KEY kTIMGroupBaseInfoFaceUrl = "group_base_info_face_url"; /**< string, r: picture address */
TIM_KEY kTIMGroupBaseInfoInfoSeq = "group_base_info_info_seq"; /**< uint, r: grows with every change of the group's properties */
TIM_KEY kTIMGroupBaseInfoLastestSeq = "group_base_info_lastest_seq"; /**< uint, r: sequence of the newest message */
TIM_KEY kTIMGroupBaseInfoReadedSeq = "group_base_info_readed_seq"; /**< uint, r: sequence the logged-in user has read up to */
TIM_KEY kTIMGroupBaseInfoMsgFlag = "group_base_info_msg_flag"; /**< uint, r: own receive option */
TIM_KEY kTIMGroupBaseInfoIsShutupAll = "group_base_info_is_shutup_all"; /**< bool, r: everybody is muted */
TIM_KEY kTIMGroupBaseInfoSelfInfo = "group_base_info_self_info"; /**< GroupSelfInfo, r: the logged-in user's member data */

/* GroupSelfInfo */
TIM_KEY kTIMGroupSelfInfoJoinTime = "group_self_info_join_time"; /**< uint, r: when the logged-in user joined, seconds */
TIM_KEY kTIMGroupSelfInfoRole = "group_self_info_role"; /**< uint, r: own role (400 for an owner in Example 12) */
TIM_KEY kTIMGroupSelfInfoUnReadNum = "group_self_info_unread_num"; /**< uint, r: own unread count */
TIM_KEY kTIMGroupSelfInfoMsgFlag = "group_self_info_msg_flag"; /**< uint (TIMGroupReceiveMessageOpt), r: own receive option */

/* GetGroupInfoResult */
TIM_KEY kTIMGetGroupInfoResultCode = "get_groups_info_result_code"; /**< int, r: 0 or an error code for this group */
TIM_KEY kTIMGetGroupInfoResultDesc = "get_groups_info_result_desc"; /**< string, r: text for the code */
TIM_KEY kTIMGetGroupInfoResultInfo = "get_groups_info_result_info"; /**< GroupDetailInfo, r: the group's details */

/* GroupDetailInfo */
TIM_KEY kTIMGroupDetialInfoGroupId = "group_detial_info_group_id"; /**< string, r: the group */
TIM_KEY kTIMGroupDetailInfoGroupId = "group_detial_info_group_id";
TIM_KEY kTIMGroupDetialInfoGroupType = "group_detial_info_group_type"; /**< uint (TIMGroupType), r: kind; string "Public" in the seed, number in both header sets */
TIM_KEY kTIMGroupDetailInfoGroupType = "group_detial_info_group_type";
TIM_KEY kTIMGroupDetialInfoGroupName = "group_detial_info_group_name"; /**< string, r: name */
TIM_KEY kTIMGroupDetailInfoGroupName = "group_detial_info_group_name";
TIM_KEY kTIMGroupDetialInfoNotification = "group_detial_info_notification"; /**< string, r: announcement */
TIM_KEY kTIMGroupDetailInfoNotification = "group_detial_info_notification";
TIM_KEY kTIMGroupDetialInfoIntroduction = "group_detial_info_introduction"; /**< string, r: description */
TIM_KEY kTIMGroupDetailInfoIntroduction = "group_detial_info_introduction";
TIM_KEY kTIMGroupDetialInfoFaceUrl = "group_detial_info_face_url"; /**< string, r: picture address */
TIM_KEY kTIMGroupDetailInfoFaceUrl = "group_detial_info_face_url";
TIM_KEY kTIMGroupDetialInfoCreateTime = "group_detial_info_create_time"; /**< uint, r: seconds */
TIM_KEY kTIMGroupDetailInfoCreateTime = "group_detial_info_create_time";
TIM_KEY kTIMGroupDetialInfoInfoSeq = "group_detial_info_info_seq"; /**< uint, r: grows with every change of the group's properties */
TIM_KEY kTIMGroupDetailInfoInfoSeq = "group_detial_info_info_seq";
TIM_KEY kTIMGroupDetialInfoLastInfoTime = "group_detial_info_last_info_time"; /**< uint, r: last property change, seconds */
TIM_KEY kTIMGroupDetailInfoLastInfoTime = "group_detial_info_last_info_time";
TIM_KEY kTIMGroupDetialInfoNextMsgSeq = "group_detial_info_next_msg_seq"; /**< uint, r: next message sequence */
TIM_KEY kTIMGroupDetailInfoNextMsgSeq = "group_detial_info_next_msg_seq";
TIM_KEY kTIMGroupDetialInfoLastMsgTime = "group_detial_info_last_msg_time"; /**< uint, r: time of the newest message, seconds */
TIM_KEY kTIMGroupDetailInfoLastMsgTime = "group_detial_info_last_msg_time";
TIM_KEY kTIMGroupDetialInfoMemberNum = "group_detial_info_member_num"; /**< uint, r: members now */
TIM_KEY kTIMGroupDetailInfoMemberNum = "group_detial_info_member_num";
TIM_KEY kTIMGroupDetialInfoMaxMemberNum = "group_detial_info_max_member_num"; /**< uint, r: member limit */
TIM_KEY kTIMGroupDetailInfoMaxMemberNum = "group_detial_info_max_member_num";
TIM_KEY kTIMGroupDetialInfoAddOption = "group_detial_info_add_option"; /**< uint (TIMGroupAddOption), r: who may join */
TIM_KEY kTIMGroupDetailInfoAddOption = "group_detial_info_add_option";
TIM_KEY kTIMGroupDetialInfoOnlineMemberNum = "group_detial_info_online_member_num"; /**< uint, r: members connected now */
TIM_KEY kTIMGroupDetailInfoOnlineMemberNum = "group_detial_info_online_member_num";
TIM_KEY kTIMGroupDetialInfoVisible = "group_detial_info_visible"; /**< uint, r: members are visible to outsiders; 2 in Example 13, meaning not documented */
TIM_KEY kTIMGroupDetailInfoVisible = "group_detial_info_visible";
TIM_KEY kTIMGroupDetialInfoSearchable = "group_detial_info_searchable"; /**< uint, r: group can be found; 2 in Example 13, meaning not documented */
TIM_KEY kTIMGroupDetailInfoSearchable = "group_detial_info_searchable";
TIM_KEY kTIMGroupDetialInfoIsShutupAll = "group_detial_info_is_shutup_all"; /**< bool, r: everybody is muted */
TIM_KEY kTIMGroupDetailInfoIsShutupAll = "group_detial_info_is_shutup_all";
TIM_KEY kTIMGroupDetialInfoOwnerIdentifier = "group_detial_info_owener_identifier"; /**< string, r: UserID of the owner */
TIM_KEY kTIMGroupDetailInfoOwnerIdentifier = "group_detial_info_owener_identifier";
TIM_KEY kTIMGroupDetialInfoCustomInfo = "group_detial_info_custom_info"; /**< array of GroupInfoCustemString, r: custom fields; object {} in the seed, array in both header sets */
TIM_KEY kTIMGroupDetailInfoCustomInfo = "group_detial_info_custom_info";

/* GroupInfoCustemString */
TIM_KEY kTIMGroupInfoCustemStringInfoKey = "group_info_custom_string_info_key"; /**< string, w!: custom group field name */
TIM_KEY kTIMGroupInfoCustomStringInfoKey = "group_info_custom_string_info_key";
TIM_KEY kTIMGroupInfoCustemStringInfoValue = "group_info_custom_string_info_value"; /**< string, w!: its value */
TIM_KEY kTIMGroupInfoCustomStringInfoValue = "group_info_custom_string_info_value";

/* GroupModifyInfoParam */
TIM_KEY kTIMGroupModifyInfoParamGroupId = "group_modify_info_param_group_id"; /**< string, w!: the group */
TIM_KEY kTIMGroupModifyInfoParamModifyFlag = "group_modify_info_param_modify_flag"; /**< uint (TIMGroupModifyInfoFlag), w!: bits telling which of the keys below are to be applied; may arrive as a negative 32-bit number */
TIM_KEY kTIMGroupModifyInfoParamGroupName = "group_modify_info_param_group_name"; /**< string, w: new name, with bit Name */
TIM_KEY kTIMGroupModifyInfoParamNotification = "group_modify_info_param_notification"; /**< string, w: new announcement, with bit Notification */
TIM_KEY kTIMGroupModifyInfoParamIntroduction = "group_modify_info_param_introduction"; /**< string, w: new description, with bit Introduction */
TIM_KEY kTIMGroupModifyInfoParamFaceUrl = "group_modify_info_param_face_url"; /**< string, w: new picture address, with bit FaceUrl */
TIM_KEY kTIMGroupModifyInfoParamAddOption = "group_modify_info_param_add_option"; /**< uint, w: new join rule, with bit AddOption */
TIM_KEY kTIMGroupModifyInfoParamMaxMemberNum = "group_modify_info_param_max_member_num"; /**< uint, w: new member limit, with bit MaxMmeberNum */
TIM_KEY kTIMGroupModifyInfoParamVisible = "group_modify_info_param_visible"; /**< uint, w: new visibility, with bit Visible */
TIM_KEY kTIMGroupModifyInfoParamSearchAble = "group_modify_info_param_searchable"; /**< uint, w: new searchability, with bit Searchable */
TIM_KEY kTIMGroupModifyInfoParamIsShutupAll = "group_modify_info_param_is_shutup_all"; /**< bool, w: mute everybody, with bit ShutupAll */
TIM_KEY kTIMGroupModifyInfoParamOwner = "group_modify_info_param_owner"; /**< string, w: new owner, with bit Owner, which must stand alone */
TIM_KEY kTIMGroupModifyInfoParamCustomInfo = "group_modify_info_param_custom_info"; /**< array of GroupInfoCustemString, w: custom fields, with bit Custom */

/* GroupGetMemberInfoListParam */
TIM_KEY kTIMGroupGetMemberInfoListParamGroupId = "group_get_members_info_list_param_group_id"; /**< string, w!: the group */
TIM_KEY kTIMGroupGetMemberInfoListParamIdentifierArray = "group_get_members_info_list_param_identifier_array"; /**< array of string, w: only these members */
TIM_KEY kTIMGroupGetMemberInfoListParamOption = "group_get_members_info_list_param_option"; /**< GroupMemberGetInfoOption, w: filter */
TIM_KEY kTIMGroupGetMemberInfoListParamNextSeq = "group_get_members_info_list_param_next_seq"; /**< uint64, w: paging position, 0 first, then what the result gave */

/* GroupGetMemberInfoListResult */
TIM_KEY kTIMGroupGetMemberInfoListResultNexSeq = "group_get_memeber_info_list_result_next_seq"; /**< uint64, r: paging position of the next call, 0 when complete */
TIM_KEY kTIMGroupGetMemberInfoListResultInfoArray = "group_get_memeber_info_list_result_info_array"; /**< array of GroupMemberInfo, r: the members */

/* GroupMemberInfo */
TIM_KEY kTIMGroupMemberInfoIdentifier = "group_member_info_identifier"; /**< string, rw: UserID of the member */
TIM_KEY kTIMGroupMemberInfoJoinTime = "group_member_info_join_time"; /**< uint, r: seconds */
TIM_KEY kTIMGroupMemberInfoMemberRole = "group_member_info_member_role"; /**< uint (TIMGroupMemberRole), rw: role */
TIM_KEY kTIMGroupMemberInfoMsgFlag = "group_member_info_msg_flag"; /**< uint, r: receive option */
TIM_KEY kTIMGroupMemberInfoMsgSeq = "group_member_info_msg_seq"; /**< uint, r: sequence the member has read up to */
TIM_KEY kTIMGroupMemberInfoShutupTime = "group_member_info_shutup_time"; /**< uint, r: mute time, 0 when not muted (seconds; whether an end or a length is not documented, use the end) */
TIM_KEY kTIMGroupMemberInfoNameCard = "group_member_info_name_card"; /**< string, r: name used inside the group */
TIM_KEY kTIMGroupMemberInfoCustomInfo = "group_member_info_custom_info"; /**< array of GroupMemberInfoCustemString, r: custom fields; the seed shows an object {}, both header sets say array */

/* GroupMemberInfoCustemString */
TIM_KEY kTIMGroupMemberInfoCustemStringInfoKey = "group_member_info_custom_string_info_key"; /**< string, w!: custom member field name */
TIM_KEY kTIMGroupMemberInfoCustomStringInfoKey = "group_member_info_custom_string_info_key";
TIM_KEY kTIMGroupMemberInfoCustemStringInfoValue = "group_member_info_custom_string_info_value"; /**< string, w!: its value */
TIM_KEY kTIMGroupMemberInfoCustomStringInfoValue = "group_member_info_custom_string_info_value";

/* GroupModifyMemberInfoParam */
TIM_KEY kTIMGroupModifyMemberInfoParamGroupId = "group_modify_member_info_group_id"; /**< string, w!: the group */
TIM_KEY kTIMGroupModifyMemberInfoParamIdentifier = "group_modify_member_info_identifier"; /**< string, w!: the member */
TIM_KEY kTIMGroupModifyMemberInfoParamModifyFlag = "group_modify_member_info_modify_flag"; /**< uint (TIMGroupMemberModifyInfoFlag), w!: bits telling which of the keys below are to be applied */
TIM_KEY kTIMGroupModifyMemberInfoParamMsgFlag = "group_modify_member_info_msg_flag"; /**< uint, w: receive option, with bit MsgFlag (own record only) */
TIM_KEY kTIMGroupModifyMemberInfoParamMemberRole = "group_modify_member_info_member_role"; /**< uint (TIMGroupMemberRole), w: role, with bit MemberRole */
TIM_KEY kTIMGroupModifyMemberInfoParamShutupTime = "group_modify_member_info_shutup_time"; /**< uint, w: mute length in seconds, with bit ShutupTime */
TIM_KEY kTIMGroupModifyMemberInfoParamNameCard = "group_modify_member_info_name_card"; /**< string, w: name card, with bit NameCard */
TIM_KEY kTIMGroupModifyMemberInfoParamCustomInfo = "group_modify_member_info_custom_info"; /**< array of GroupMemberInfoCustemString, w: custom fields, with bit Custom */

/* GroupPendencyOption */
TIM_KEY kTIMGroupPendencyOptionStartTime = "group_pendency_option_start_time"; /**< uint64, w!: paging position, 0 first, then the result's next_start_time */
TIM_KEY kTIMGroupPendencyOptionMaxLimited = "group_pendency_option_max_limited"; /**< uint, w: wished page size, a hint only */

/* GroupPendencyResult */
TIM_KEY kTIMGroupPendencyResultNextStartTime = "group_pendency_result_next_start_time"; /**< uint64, r: paging position of the next call, 0 when complete */
TIM_KEY kTIMGroupPendencyResultReadTimeSeq = "group_pendency_result_read_time_seq"; /**< uint64, r: requests up to this time have been read */
TIM_KEY kTIMGroupPendencyResultUnReadNum = "group_pendency_result_unread_num"; /**< uint, r: unread requests */
TIM_KEY kTIMGroupPendencyResultPendencyArray = "group_pendency_result_pendency_array"; /**< array of GroupPendency, r: the requests */

/* GroupPendency: one request to join or invitation */
TIM_KEY kTIMGroupPendencyGroupId = "group_pendency_group_id"; /**< string, rw: the group */
TIM_KEY kTIMGroupPendencyFromIdentifier = "group_pendency_form_identifier"; /**< string, rw: who asked (join) or invited (`form` is a slip for `from`) */
TIM_KEY kTIMGroupPendencyToIdentifier = "group_pendency_to_identifier"; /**< string, rw: who decides; documented as empty for join requests, "user1" in Example 15 */
TIM_KEY kTIMGroupPendencyAddTime = "group_pendency_add_time"; /**< uint64, r: when, in milliseconds in Example 15 */
TIM_KEY kTIMGroupPendencyPendencyType = "group_pendency_pendency_type"; /**< uint (TIMGroupPendencyType), r: join request or invitation */
TIM_KEY kTIMGroupPendencyHandled = "group_pendency_handled"; /**< uint (TIMGroupPendencyHandle), r: not handled, handled by someone else, handled by me */
TIM_KEY kTIMGroupPendencyHandleResult = "group_pendency_handle_result"; /**< uint (TIMGroupPendencyHandleResult), r: refused or accepted, meaningful once handled */
TIM_KEY kTIMGroupPendencyApplyInviteMsg = "group_pendency_apply_invite_msg"; /**< string, r: text of the request or invitation */
TIM_KEY kTIMGroupPendencyFromUserDefinedData = "group_pendency_form_user_defined_data"; /**< string, r: data of the asking side */
TIM_KEY kTIMGroupPendencyApprovalMsg = "group_pendency_approval_msg"; /**< string, r: text of the decision */
TIM_KEY kTIMGroupPendencyToUserDefinedData = "group_pendency_to_user_defined_data"; /**< string, r: data of the deciding side */
TIM_KEY kTIMGroupPendencyKey = "group_pendency_key"; /**< string, r: signature to hand back unchanged; not shown in the seed */
TIM_KEY kTIMGroupPendencyAuthentication = "group_pendency_authentication"; /**< string, r: signature to hand back unchanged; not shown in the seed */
TIM_KEY kTIMGroupPendencySelfIdentifier = "group_pendency_self_identifier"; /**< string, r: the logged-in user; not shown in the seed */

/* GroupHandlePendencyParam */
TIM_KEY kTIMGroupHandlePendencyParamIsAccept = "group_handle_pendency_param_is_accept"; /**< bool, w: accept or refuse */
TIM_KEY kTIMGroupHandlePendencyParamHandleMsg = "group_handle_pendency_param_handle_msg"; /**< string, w: text for the other side */
TIM_KEY kTIMGroupHandlePendencyParamPendency = "group_handle_pendency_param_pendency"; /**< GroupPendency, w!: the request, exactly as the list returned it */

/* FriendShipGetProfileListParam */
TIM_KEY kTIMFriendShipGetProfileListParamIdentifierArray = "friendship_getprofilelist_param_identifier_array"; /**< array of string, w!: the users */
TIM_KEY kTIMFriendShipGetProfileListParamForceUpdate = "friendship_getprofilelist_param_force_update"; /**< bool, w: true: ask the server; false: the cache first */

/* UserProfile */
TIM_KEY kTIMUserProfileIdentifier = "user_profile_identifier"; /**< string, r: UserID */
TIM_KEY kTIMUserProfileNickName = "user_profile_nick_name"; /**< string, r: nickname */
TIM_KEY kTIMUserProfileGender = "user_profile_gender"; /**< uint (TIMGenderType), r: gender */
TIM_KEY kTIMUserProfileFaceUrl = "user_profile_face_url"; /**< string, r: picture address */
TIM_KEY kTIMUserProfileSelfSignature = "user_profile_self_signature"; /**< string, r: motto */
TIM_KEY kTIMUserProfileAddPermission = "user_profile_add_permission"; /**< uint (TIMProfileAddPermission), r: how friend requests are treated */
TIM_KEY kTIMUserProfileLocation = "user_profile_location"; /**< string, r: place; Example 17 has it padded with NUL characters */
TIM_KEY kTIMUserProfileLanguage = "user_profile_language"; /**< uint, r: number, application's own coding */
TIM_KEY kTIMUserProfileBirthDay = "user_profile_birthday"; /**< uint, r: number in the form YYYYMMDD */
TIM_KEY kTIMUserProfileLevel = "user_profile_level"; /**< uint, r: number, application's own coding */
TIM_KEY kTIMUserProfileRole = "user_profile_role"; /**< uint, r: number, application's own coding */
TIM_KEY kTIMUserProfileCustomStringArray = "user_profile_custom_string_array"; /**< array of UserProfileCustemStringInfo, r: custom fields; Example 17 has them under user_profile_item_custom_string_array */

/* UserProfileItem */
TIM_KEY kTIMUserProfileItemNickName = "user_profile_item_nick_name"; /**< string, w: new nickname */
TIM_KEY kTIMUserProfileItemGender = "user_profile_item_gender"; /**< uint (TIMGenderType), w: new gender */
TIM_KEY kTIMUserProfileItemFaceUrl = "user_profile_item_face_url"; /**< string, w: new picture address */
TIM_KEY kTIMUserProfileItemSelfSignature = "user_profile_item_self_signature"; /**< string, w: new motto */
TIM_KEY kTIMUserProfileItemAddPermission = "user_profile_item_add_permission"; /**< uint (TIMProfileAddPermission), w: new treatment of friend requests */
TIM_KEY kTIMUserProfileItemLoaction = "user_profile_item_location"; /**< string, w: new place (the older header types it uint by mistake) */
TIM_KEY kTIMUserProfileItemLocation = "user_profile_item_location";
TIM_KEY kTIMUserProfileItemLanguage = "user_profile_item_language"; /**< uint, w: new language number */
TIM_KEY kTIMUserProfileItemBirthDay = "user_profile_item_birthday"; /**< uint, w: new birthday number */
TIM_KEY kTIMUserProfileItemLevel = "user_profile_item_level"; /**< uint, w: new level */
TIM_KEY kTIMUserProfileItemRole = "user_profile_item_role"; /**< uint, w: new role */
TIM_KEY kTIMUserProfileItemCustomStringArray = "user_profile_item_custom_string_array"; /**< array of UserProfileCustemStringInfo, w: custom fields to set */

/* UserProfileCustemStringInfo */
TIM_KEY kTIMUserProfileCustemStringInfoKey = "user_profile_custom_string_info_key"; /**< string, w!: custom field name; the prefix `Tag_Profile_Custom_` may be left out on input */
TIM_KEY kTIMUserProfileCustomStringInfoKey = "user_profile_custom_string_info_key";
TIM_KEY kTIMUserProfileCustemStringInfoValue = "user_profile_custom_string_info_value"; /**< string, w!: its value, at most 500 bytes */
TIM_KEY kTIMUserProfileCustomStringInfoValue = "user_profile_custom_string_info_value";

/* FriendProfile */
TIM_KEY kTIMFriendProfileIdentifier = "friend_profile_identifier"; /**< string, r: the friend */
TIM_KEY kTIMFriendProfileGroupNameArray = "friend_profile_group_name_array"; /**< array of string, r: names of the friend groups holding the friend */
TIM_KEY kTIMFriendProfileRemark = "friend_profile_remark"; /**< string, r: private name for the friend, at most 96 bytes */
TIM_KEY kTIMFriendProfileAddWording = "friend_profile_add_wording"; /**< string, r: greeting of the request */
TIM_KEY kTIMFriendProfileAddSource = "friend_profile_add_source"; /**< string, r: where the request came from, `AddSource_Type_` + word */
TIM_KEY kTIMFriendProfileAddTime = "friend_profile_add_time"; /**< uint64, r: when they became friends, seconds */
TIM_KEY kTIMFriendProfileUserProfile = "friend_profile_user_profile"; /**< UserProfile, r: the friend's profile */
TIM_KEY kTIMFriendProfileCustomStringArray = "friend_profile_custom_string_array"; /**< array of FriendProfileCustemStringInfo, r: custom fields; Example 17 has them under friend_profile_item_custom_string_array */

/* FriendProfileItem */
TIM_KEY kTIMFriendProfileItemRemark = "friend_profile_item_remark"; /**< string, w: new private name */
TIM_KEY kTIMFriendProfileItemGroupNameArray = "friend_profile_item_group_name_array"; /**< array of string, w: the full new list of friend groups */
TIM_KEY kTIMFriendProfileItemCustomStringArray = "friend_profile_item_custom_string_array"; /**< array of FriendProfileCustemStringInfo, w: custom fields to set */

/* FriendProfileCustemStringInfo */
TIM_KEY kTIMFriendProfileCustemStringInfoKey = "friend_profile_custom_string_info_key"; /**< string, w!: custom field name; the prefix `Tag_SNS_Custom_` may be left out on input */
TIM_KEY kTIMFriendProfileCustomStringInfoKey = "friend_profile_custom_string_info_key";
TIM_KEY kTIMFriendProfileCustemStringInfoValue = "friend_profile_custom_string_info_value"; /**< string, w!: its value */
TIM_KEY kTIMFriendProfileCustomStringInfoValue = "friend_profile_custom_string_info_value";

/* FriendshipModifyFriendProfileParam */
TIM_KEY kTIMFriendshipModifyFriendProfileParamIdentifier = "friendship_modify_friend_profile_param_identifier"; /**< string, w!: the friend */
TIM_KEY kTIMFriendshipModifyFriendProfileParamItem = "friendship_modify_friend_profile_param_item"; /**< FriendProfileItem, w!: what to change */

/* FriendshipAddFriendParam */
TIM_KEY kTIMFriendshipAddFriendParamIdentifier = "friendship_add_friend_param_identifier"; /**< string, w!: whom to add */
TIM_KEY kTIMFriendshipAddFriendParamFriendType = "friendship_add_friend_param_friend_type"; /**< uint (TIMFriendType), w: one-way or both ways */
TIM_KEY kTIMFriendshipAddFriendParamRemark = "friendship_add_friend_param_remark"; /**< string, w: private name to store on success */
TIM_KEY kTIMFriendshipAddFriendParamGroupName = "friendship_add_friend_param_group_name"; /**< string, w: friend group to put the friend in on success */
TIM_KEY kTIMFriendshipAddFriendParamAddSource = "friendship_add_friend_param_add_source"; /**< string, w: source word, prefixed with `AddSource_Type_` when it is not */
TIM_KEY kTIMFriendshipAddFriendParamAddWording = "friendship_add_friend_param_add_wording"; /**< string, w: greeting, at most 120 bytes (header) or 256 (product text) */

/* FriendResult: outcome for one user */
TIM_KEY kTIMFriendResultIdentifier = "friend_result_identifier"; /**< string, r: the user */
TIM_KEY kTIMFriendResultCode = "friend_result_code"; /**< int, r: 0 or an error code for this user */
TIM_KEY kTIMFriendResultDesc = "friend_result_desc"; /**< string, r: text; "" or "OK" on success */

/* FriendAddPendency: TIMFriendAddRequestCallback, one per request */
TIM_KEY kTIMFriendAddPendencyIdentifier = "friend_add_pendency_identifier"; /**< string, r: who asks */
TIM_KEY kTIMFriendAddPendencyNickName = "friend_add_pendency_nick_name"; /**< string, r: their nickname */
TIM_KEY kTIMFriendAddPendencyAddSource = "friend_add_pendency_add_source"; /**< string, r: where the request came from */
TIM_KEY kTIMFriendAddPendencyAddWording = "friend_add_pendency_add_wording"; /**< string, r: greeting */

/* FriendshipGetPendencyListParam */
TIM_KEY kTIMFriendshipGetPendencyListParamType = "friendship_get_pendency_list_param_type"; /**< uint (TIMFriendPendencyType), w!: incoming, outgoing or both */
TIM_KEY kTIMFriendshipGetPendencyListParamStartSeq = "friendship_get_pendency_list_param_start_seq"; /**< uint64, w: list version already known; nothing is returned when it is current */
TIM_KEY kTIMFriendshipGetPendencyListParamStartTime = "friendship_get_pendency_list_param_start_time"; /**< uint64, w: paging position */
TIM_KEY kTIMFriendshipGetPendencyListParamLimitedSize = "friendship_get_pendency_list_param_limited_size"; /**< int, w: page size */

/* PendencyPage */
TIM_KEY kTIMPendencyPageStartTime = "pendency_page_start_time"; /**< uint64, r: paging position of the next call, 0 when complete */
TIM_KEY kTIMPendencyPageUnReadNum = "pendency_page_unread_num"; /**< uint64, r: unread requests */
TIM_KEY kTIMPendencyPageCurrentSeq = "pendency_page_current_seq"; /**< uint64, r: version of the list */
TIM_KEY kTIMPendencyPagePendencyInfoArray = "pendency_page_pendency_info_array"; /**< array of FriendAddPendencyInfo, r: the requests */

/* FriendAddPendencyInfo: inside PendencyPage */
TIM_KEY kTIMFriendAddPendencyInfoType = "friend_add_pendency_info_type"; /**< uint (TIMFriendPendencyType), r: incoming or outgoing */
TIM_KEY kTIMFriendAddPendencyInfoIdentifier = "friend_add_pendency_info_idenitifer"; /**< string, r: the other user */
TIM_KEY kTIMFriendAddPendencyInfoNickName = "friend_add_pendency_info_nick_name"; /**< string, r: their nickname */
TIM_KEY kTIMFriendAddPendencyInfoAddTime = "friend_add_pendency_info_add_time"; /**< uint64, r: when, seconds */
TIM_KEY kTIMFriendAddPendencyInfoAddSource = "friend_add_pendency_info_add_source"; /**< string, r: where the request came from */
TIM_KEY kTIMFriendAddPendencyInfoAddWording = "friend_add_pendency_info_add_wording"; /**< string, r: greeting */

/* FriendshipDeletePendencyParam */
TIM_KEY kTIMFriendshipDeletePendencyParamType = "friendship_delete_pendency_param_type"; /**< uint (TIMFriendPendencyType), r!: which list */
TIM_KEY kTIMFriendshipDeletePendencyParamIdentifierArray = "friendship_delete_pendency_param_identifier_array"; /**< array of string, r!: whose requests */

/* FriendRespone: argument of TIMFriendshipHandleFriendAddRequest */
TIM_KEY kTIMFriendResponeIdentifier = "friend_respone_identifier"; /**< string, w!: who asked */
TIM_KEY kTIMFriendResponeAction = "friend_respone_action"; /**< uint (TIMFriendResponseAction), w!: what to answer */
TIM_KEY kTIMFriendResponeRemark = "friend_respone_remark"; /**< string, w: private name to store on success */
TIM_KEY kTIMFriendResponeGroupName = "friend_respone_group_name"; /**< string, w: friend group to put the friend in on success */

/* FriendshipDeleteFriendParam */
TIM_KEY kTIMFriendshipDeleteFriendParamFriendType = "friendship_delete_friend_param_friend_type"; /**< uint (TIMFriendType), w!: one-way or both ways */
TIM_KEY kTIMFriendshipDeleteFriendParamIdentifierArray = "friendship_delete_friend_param_identifier_array"; /**< array of string, w!: whom to delete */

/* FriendshipCreateFriendGroupParam: argument of TIMFriendshipCreateFriendGroup (the older header repeats the name FriendGroupInfo here by mistake) */
TIM_KEY kTIMFriendshipCreateFriendGroupParamNameArray = "friendship_create_friend_group_param_name_array"; /**< array of string, w!: names of the groups to create */
TIM_KEY kTIMFriendshipCreateFriendGroupParamIdentifierArray = "friendship_create_friend_group_param_identifier_array"; /**< array of string, w: friends to put into every one of them */

/* FriendGroupInfo */
TIM_KEY kTIMFriendGroupInfoName = "friend_group_info_name"; /**< string, r: name */
TIM_KEY kTIMFriendGroupInfoCount = "friend_group_info_count"; /**< uint64, r: number of friends in it */
TIM_KEY kTIMFriendGroupInfoIdentifierArray = "friend_group_info_identifier_array"; /**< array of string, r: the friends in it */

/* FriendshipModifyFriendGroupParam */
TIM_KEY kTIMFriendshipModifyFriendGroupParamName = "friendship_modify_friend_group_param_name"; /**< string, w!: the group */
TIM_KEY kTIMFriendshipModifyFriendGroupParamNewName = "friendship_modify_friend_group_param_new_name"; /**< string, w: new name */
TIM_KEY kTIMFriendshipModifyFriendGroupParamDeleteIdentifierArray = "friendship_modify_friend_group_param_delete_identifier_array"; /**< array of string, w: friends to take out */
TIM_KEY kTIMFriendshipModifyFriendGroupParamAddIdentifierArray = "friendship_modify_friend_group_param_add_identifier_array"; /**< array of string, w: friends to put in */

/* FriendshipCheckFriendTypeParam */
TIM_KEY kTIMFriendshipCheckFriendTypeParamCheckType = "friendship_check_friendtype_param_check_type"; /**< uint (TIMFriendType), w!: look one way or both ways */
TIM_KEY kTIMFriendshipCheckFriendTypeParamIdentifierArray = "friendship_check_friendtype_param_identifier_array"; /**< array of string, w!: the users */

/* FriendshipCheckFriendTypeResult */
TIM_KEY kTIMFriendshipCheckFriendTypeResultIdentifier = "friendship_check_friendtype_result_identifier"; /**< string, r: the user */
TIM_KEY kTIMFriendshipCheckFriendTypeResultRelation = "friendship_check_friendtype_result_relation"; /**< uint (TIMFriendCheckRelation), r: relation found */
TIM_KEY kTIMFriendshipCheckFriendTypeResultCode = "friendship_check_friendtype_result_code"; /**< int, r: 0 or an error code for this user */
TIM_KEY kTIMFriendshipCheckFriendTypeResultDesc = "friendship_check_friendtype_result_desc"; /**< string, r: text */

/* MessageSearchParam: argument of TIMMsgSearchLocalMessages */
TIM_KEY kTIMMsgSearchParamKeywordArray = "msg_search_param_keyword_array"; /**< array of string, w!: at most 5 words */
TIM_KEY kTIMMsgSearchParamMessageTypeArray = "msg_search_param_message_type_array"; /**< array of int (TIMElemType), w: only these element types; [] for all that can be searched */
TIM_KEY kTIMMsgSearchParamConvId = "msg_search_param_conv_id"; /**< string, w: only this conversation */
TIM_KEY kTIMMsgSearchParamConvType = "msg_search_param_conv_type"; /**< uint (TIMConvType), w: its kind; 0 searches all conversations */
TIM_KEY kTIMMsgSearchParamSearchTimePosition = "msg_search_param_search_time_position"; /**< uint64, w: newest time to look at, seconds; 0 now */
TIM_KEY kTIMMsgSearchParamSearchTimePeriod = "msg_search_param_search_time_period"; /**< uint64, w: how far back from there, seconds; 0 without limit */
TIM_KEY kTIMMsgSearchParamPageIndex = "msg_search_param_page_index"; /**< uint, w: page number from 0 */
TIM_KEY kTIMMsgSearchParamPageSize = "msg_search_param_page_size"; /**< uint, w: results a page; 0 for all, of messages the newest 1,000 */
TIM_KEY kTIMMsgSearchParamKeywordListMatchType = "msg_search_param_keyword_list_match_type"; /**< uint (TIMKeywordListMatchType), w: any word or every word; any by default */
TIM_KEY kTIMMsgSearchParamSenderIdentifierArray = "msg_search_param_send_identifier_array"; /**< array of string, w: only from these senders */
TIM_KEY kTIMMsgSearchParamSearchCount = "msg_search_param_search_count"; /**< uint, w: server search: how many */
TIM_KEY kTIMMsgSearchParamSearchCursor = "msg_search_param_search_cursor"; /**< string, w: server search: paging position, "" first */

/* MessageSearchResult: result of TIMMsgSearchLocalMessages */
TIM_KEY kTIMMsgSearchResultTotalCount = "msg_search_result_total_count"; /**< uint, r: matches in one conversation, or conversations with matches */
TIM_KEY kTIMMsgSearchResultItemArray = "msg_search_result_item_array"; /**< array of MessageSearchResultItem, r: results by conversation */
TIM_KEY kTIMMsgSearchResultSearchCursor = "msg_search_result_search_cursor"; /**< string, r: server search: next paging position */
TIM_KEY kTIMMsgSearchResultLinnetIsCapped = "msg_search_result_linnet_is_capped"; /**< bool, r: there are more matches than were counted (Linnet) */
TIM_KEY kTIMMsgSearchResultLinnetUnindexedCount = "msg_search_result_linnet_unindexed_count"; /**< uint, r: about how many messages are not searched yet: the index is still being made (Linnet) */

/* MessageSearchResultItem: inside MessageSearchResult, one per conversation */
TIM_KEY kTIMMsgSearchResultItemConvId = "msg_search_result_item_conv_id"; /**< string, r: the conversation */
TIM_KEY kTIMMsgSearchResultItemConvType = "msg_search_result_item_conv_type"; /**< uint (TIMConvType), r: its kind */
TIM_KEY kTIMMsgSearchResultItemTotalMessageCount = "msg_search_result_item_total_message_count"; /**< uint, r: matches in it */
TIM_KEY kTIMMsgSearchResultItemMessageArray = "msg_search_result_item_message_array"; /**< array of Message, r: the matches; over all conversations, only when there is exactly one match */
TIM_KEY kTIMMsgSearchResultItemLinnetIsCapped = "msg_search_result_item_linnet_is_capped"; /**< bool, r: there are more matches than were counted (Linnet) */

/* RequestParam: argument of callExperimentalAPI */
TIM_KEY kTIMRequestInternalOperation = "request_internal_operation"; /**< string, w!: name of the operation; the other keys are its argument */
TIM_KEY kTIMRequestSetCustomServerInfoParam = "request_set_custom_server_info_param"; /**< CustomServerInfo, w: of internal_operation_set_custom_server_info */
TIM_KEY kTIMRequestRegisterAccountParam = "request_register_account_param"; /**< RegisterAccountParam, w: of internal_operation_register_account (Linnet) */
TIM_KEY kTIMRequestSetDatabaseAsideParam = "request_set_database_aside_param"; /**< SetDatabaseAsideParam, w: of internal_operation_set_database_aside, which renames the damaged database of a user who is not logged in, so that the next login begins anew (Linnet) */

/* CustomServerInfo: which server to sign in at */
TIM_KEY kTIMCustomServerInfoLongConnectionAddressArray = "longconnection_address_array"; /**< array of ServerAddress, w: servers, the first of which is used */
TIM_KEY kTIMCustomServerInfoShortConnectionAddressArray = "shortconnection_address_array"; /**< array of ServerAddress, w: accepted and ignored */
TIM_KEY kTIMCustomServerInfoServerPublicKey = "server_public_key"; /**< string, w: accepted and ignored */
TIM_KEY kTIMCustomServerInfoServerUrl = "server_url"; /**< string, w: WebSocket address; goes before the array (Linnet) */
TIM_KEY kTIMCustomServerInfoDomain = "domain"; /**< string, w: domain of user ids without one (Linnet) */
TIM_KEY kTIMCustomServerInfoAllowPlain = "allow_plain"; /**< bool, w: permit an unencrypted connection to another machine (Linnet) */
TIM_KEY kTIMCustomServerInfoCertificateSha256 = "certificate_sha256"; /**< string, w: accept this certificate though nobody vouches for it, hexadecimal (Linnet) */

/* ServerAddress: inside CustomServerInfo */
TIM_KEY kTIMServerAddressIp = "server_address_ip"; /**< string, w!: IP address or host name */
TIM_KEY kTIMServerAddressPort = "server_address_port"; /**< uint, w!: port */
TIM_KEY kTIMServerAddressIsIPv6 = "server_address_is_ipv6"; /**< bool, w: the address is an IPv6 one */
TIM_KEY kTIMServerAddressIsQuic = "server_address_is_quic"; /**< bool, w: accepted and ignored */

/* RegisterAccountParam: the account to make */
TIM_KEY kTIMRegisterAccountParamUserId = "register_account_param_user_id"; /**< string, w!: name of the account, with or without its domain (Linnet) */
TIM_KEY kTIMRegisterAccountParamPassword = "register_account_param_password"; /**< string, w!: its password (Linnet) */
TIM_KEY kTIMRegisterAccountParamFields = "register_account_param_fields"; /**< array of RegisterAccountField, w: whatever else the server asked for (Linnet) */

/* RegisterAccountField: one field of a registration form */
TIM_KEY kTIMRegisterAccountFieldName = "register_account_field_name"; /**< string, rw!: the server's name of the field (Linnet) */
TIM_KEY kTIMRegisterAccountFieldValue = "register_account_field_value"; /**< string, rw: what was filled in (Linnet) */
TIM_KEY kTIMRegisterAccountFieldLabel = "register_account_field_label"; /**< string, r: text to show beside it (Linnet) */
TIM_KEY kTIMRegisterAccountFieldType = "register_account_field_type"; /**< string, r: kind of field as in XEP-0004 (Linnet) */
TIM_KEY kTIMRegisterAccountFieldIsRequired = "register_account_field_is_required"; /**< bool, r: may not be left empty (Linnet) */
TIM_KEY kTIMRegisterAccountFieldOptions = "register_account_field_options"; /**< array of RegisterAccountOption, r: the values it can have, when it is a list (Linnet) */

/* RegisterAccountOption: one value of a field */
TIM_KEY kTIMRegisterAccountOptionValue = "register_account_option_value"; /**< string, r: what is filled in when it is chosen (Linnet) */
TIM_KEY kTIMRegisterAccountOptionLabel = "register_account_option_label"; /**< string, r: text to show (Linnet) */

/* SetDatabaseAsideParam: whose database is set aside */
TIM_KEY kTIMSetDatabaseAsideParamUserId = "set_database_aside_param_user_id"; /**< string, w!: whose database is damaged (Linnet) */

/* ResponseInfo: result of callExperimentalAPI */
TIM_KEY kTIMResponseInternalOperation = "response_internal_operation"; /**< string, r: name of the operation */
TIM_KEY kTIMResponseRegisterAccountRes = "response_register_account_res"; /**< RegisterAccountResult, r: of internal_operation_register_account (Linnet) */
TIM_KEY kTIMResponseSetDatabaseAsideRes = "response_set_database_aside_res"; /**< SetDatabaseAsideResult, r: of internal_operation_set_database_aside (Linnet) */

/* RegisterAccountResult: empty when the account was made */
TIM_KEY kTIMRegisterAccountResultInstructions = "register_account_result_instructions"; /**< string, r: the server's words (Linnet) */
TIM_KEY kTIMRegisterAccountResultFields = "register_account_result_fields"; /**< array of RegisterAccountField, r: what the server still wants to know (Linnet) */

/* SetDatabaseAsideResult: what became of it */
TIM_KEY kTIMSetDatabaseAsideResultPath = "set_database_aside_result_path"; /**< string, r: where the damaged file is now (Linnet) */

/* TIMConversationListFilter: which conversations; argument of TIMConvGetConversationListByFilter */
TIM_KEY kTIMConversationListFilterConvType = "conversation_list_filter_conv_type"; /**< uint (TIMConvType), w: only this kind; 0: any */
TIM_KEY kTIMConversationListFilterConversationGroup = "conversation_list_filter_conversation_group"; /**< string, w: only this conversation group; "" means in none */
TIM_KEY kTIMConversationListFilterMarkType = "conversation_list_filter_mark_type"; /**< uint64, w: only with this mark; 0 means unmarked */
TIM_KEY kTIMConversationListFilterHasUnreadCount = "conversation_list_filter_has_unread_count"; /**< bool, w: only with, or only without, unread messages */
TIM_KEY kTIMConversationListFilterHasGroupAtInfo = "conversation_list_filter_has_group_at_info"; /**< bool, w: only with, or only without, mentions */

/* TIMConversationListResult: result of TIMConvGetConversationListByFilter */
TIM_KEY TIMConversationListResultConvList = "conversation_list_result_conv_list"; /**< array of ConvInfo, r: the conversations */
TIM_KEY TIMConversationListResultNextSeq = "conversation_list_result_next_seq"; /**< uint64, r: paging position */
TIM_KEY TIMConversationListResultIsFinished = "conversation_list_result_is_finished"; /**< bool, r: no more pages */

/* GetTotalUnreadNumberResult: result of TIMConvGetTotalUnreadMessageCount */
TIM_KEY kTIMConvGetTotalUnreadMessageCountResultUnreadCount = "conv_get_total_unread_message_count_result_unread_count"; /**< int, r: sum of unread counters, muted conversations left out */

/* TIMConversationOperationResult: result of TIMConvMarkConversation, one per conversation */
TIM_KEY kTIMConversationOperationResultConversationID = "conversation_operation_result_conversation_id"; /**< string, r: conversation, as c2c_ + UserID or group_ + group id */
TIM_KEY kTIMConversationOperationResultResultCode = "conversation_operation_result_result_code"; /**< int, r: 0 or an error code */
TIM_KEY kTIMConversationOperationResultResultInfo = "conversation_operation_result_result_info"; /**< string, r: text */

/* GetC2CRecvMsgOptResult: result of TIMMsgGetC2CReceiveMessageOpt, one per user */
TIM_KEY kTIMMsgGetC2CRecvMsgOptResultIdentifier = "msg_recv_msg_opt_result_identifier"; /**< string, r: the user */
TIM_KEY kTIMMsgGetC2CRecvMsgOptResultOpt = "msg_recv_msg_opt_result_opt"; /**< uint (TIMReceiveMessageOpt), r: receive option */

/* MergerElem: a bundle of forwarded messages, from 6.1 */
TIM_KEY kTIMMergerElemTitle = "merge_elem_title"; /**< string, rw: title of the bundle (8.0) */
TIM_KEY kTIMMergerElemAbstractArray = "merge_elem_abstract_array"; /**< array of string, rw: preview lines (8.0) */
TIM_KEY kTIMMergerElemCompatibleText = "merge_elem_compatible_text"; /**< string, rw: text for receivers that know no bundles, not empty (8.0) */
TIM_KEY kTIMMergerElemMsgArray = "merge_elem_message_array"; /**< array of Message, rw: the bundled messages, at most 300, sent ones only, no tips or reports (8.0) */
TIM_KEY kTIMMergerElemLayersOverLimit = "merge_elem_layer_over_limit"; /**< bool, r: nested too deep; title and preview are then empty (8.0) */
TIM_KEY kTIMMergerElemRelayJsonKey = "merge_elem_relay_json_key"; /**< string, r: of a large bundle, which TIMMsgDownloadMergerMessage fetches (8.0) */

/* MessageReaction: one reaction of a message */
TIM_KEY kTIMMsgReactionID = "message_reaction_id"; /**< string, r: the reaction, such as an emoji (8.0) */
TIM_KEY kTIMMsgReactionTotalUserCount = "message_reaction_total_user_count"; /**< uint64, r: users who reacted so (8.0) */
TIM_KEY kTIMMsgReactionPartialUserInfoList = "message_reaction_partial_user_info_array"; /**< array of UserInfo, r: the first of those users (8.0) */
TIM_KEY kTIMMsgReactionReactedByMyself = "message_reaction_reacted_by_myself"; /**< bool, r: the logged-in user is one of them (8.0) */

/* MessageReactionResult: result of TIMMsgGetMessageReactions, one per message */
TIM_KEY kTIMMsgReactionResultCode = "message_reaction_result_code"; /**< int, r: 0 or an error code (8.0) */
TIM_KEY kTIMMsgReactionResultInfo = "message_reaction_result_info"; /**< string, r: text for the code (8.0) */
TIM_KEY kTIMMsgReactionResultMsgId = "message_reaction_result_msg_id"; /**< string, r: the message (8.0) */
TIM_KEY kTIMMsgReactionResultReactionList = "message_reaction_result_reaction_list"; /**< array of MessageReaction, r: its reactions (8.0) */

/* MessageReactionUserResult: result of TIMMsgGetAllUserListOfMessageReaction */
TIM_KEY kTIMMsgReactionUserResultUserInfoArray = "message_reaction_user_result_user_info_array"; /**< array of UserInfo, r: users (8.0) */
TIM_KEY kTIMMsgReactionUserResultNextSeq = "message_reaction_user_result_next_seq"; /**< uint64, r: where the next page begins (8.0) */
TIM_KEY kTIMMsgReactionUserResultIsFinished = "message_reaction_user_result_is_finished"; /**< bool, r: no more pages (8.0) */

/* MessageReactionChangeInfo: TIMMsgReactionsChangedCallback */
TIM_KEY kTIMMsgReactionChangeInfoMsgId = "message_reaction_change_info_msg_id"; /**< string, r: the message (8.0) */
TIM_KEY kTIMMsgReactionChangeInfoReactionList = "message_reaction_change_info_reaction_list"; /**< array of MessageReaction, r: its reactions now; one that nobody has any more, with 0 users (8.0) */

#ifdef __cplusplus
}
#endif

#endif
