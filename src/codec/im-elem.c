/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-elem.h"

#include "im-friend-pendency.h"
#include "im-friend.h"
#include "im-group-tips.h"
#include "im-json-private.h"
#include "im-msg.h"

/* clang-format off */
static const ImJsonField text_elem_fields[] = {
  IM_ELEM_ROW (ImTextElem, IM_ELEM_TEXT),
  IM_STR (ImTextElem, content, "text_elem_content", "kTIMTextElemContent", IM_INOUT | IM_REQUIRED | IM_ALWAYS, "the text, UTF-8"),
};

static const ImJsonField image_elem_fields[] = {
  IM_ELEM_ROW (ImImageElem, IM_ELEM_IMAGE),
  IM_STR  (ImImageElem, orig_path,        "image_elem_orig_path",        "kTIMImageElemOrigPath",       IM_INOUT,             "local path of the picture to send"),
  IM_UINT (ImImageElem, level,            "image_elem_level",            "kTIMImageElemLevel",          IM_INOUT | IM_ALWAYS, "quality to send in", .initial = 1, .enumeration = "TIMImageLevel", .max = 2),
  IM_INT  (ImImageElem, format,           "image_elem_format",           "kTIMImageElemFormat",         IM_INOUT,             "0xff unknown, 1 JPEG, 2 GIF, 3 PNG, 4 BMP (numbers from the 8.0 header)"),
  IM_STR  (ImImageElem, orig_id,          "image_elem_orig_id",          "kTIMImageElemOrigId",         IM_OUT,               "id of the original"),
  IM_INT  (ImImageElem, orig_pic_height,  "image_elem_orig_pic_height",  "kTIMImageElemOrigPicHeight",  IM_OUT,               "pixels"),
  IM_INT  (ImImageElem, orig_pic_width,   "image_elem_orig_pic_width",   "kTIMImageElemOrigPicWidth",   IM_OUT,               "pixels"),
  IM_INT  (ImImageElem, orig_pic_size,    "image_elem_orig_pic_size",    "kTIMImageElemOrigPicSize",    IM_OUT,               "bytes"),
  IM_STR  (ImImageElem, thumb_id,         "image_elem_thumb_id",         "kTIMImageElemThumbId",        IM_OUT,               "id of the thumbnail"),
  IM_INT  (ImImageElem, thumb_pic_height, "image_elem_thumb_pic_height", "kTIMImageElemThumbPicHeight", IM_OUT,               "pixels (the shorter side is 198 unless the original is smaller)"),
  IM_INT  (ImImageElem, thumb_pic_width,  "image_elem_thumb_pic_width",  "kTIMImageElemThumbPicWidth",  IM_OUT,               "pixels"),
  IM_INT  (ImImageElem, thumb_pic_size,   "image_elem_thumb_pic_size",   "kTIMImageElemThumbPicSize",   IM_OUT,               "bytes"),
  IM_STR  (ImImageElem, large_id,         "image_elem_large_id",         "kTIMImageElemLargeId",        IM_OUT,               "id of the large version"),
  IM_INT  (ImImageElem, large_pic_height, "image_elem_large_pic_height", "kTIMImageElemLargePicHeight", IM_OUT,               "pixels (the shorter side is 720 unless the original is smaller)"),
  IM_INT  (ImImageElem, large_pic_width,  "image_elem_large_pic_width",  "kTIMImageElemLargePicWidth",  IM_OUT,               "pixels"),
  IM_INT  (ImImageElem, large_pic_size,   "image_elem_large_pic_size",   "kTIMImageElemLargePicSize",   IM_OUT,               "bytes"),
  IM_STR  (ImImageElem, orig_url,         "image_elem_orig_url",         "kTIMImageElemOrigUrl",        IM_OUT,               "download address of the original"),
  IM_STR  (ImImageElem, thumb_url,        "image_elem_thumb_url",        "kTIMImageElemThumbUrl",       IM_OUT,               "download address of the thumbnail"),
  IM_STR  (ImImageElem, large_url,        "image_elem_large_url",        "kTIMImageElemLargeUrl",       IM_OUT,               "download address of the large version"),
  IM_INT  (ImImageElem, task_id,          "image_elem_task_id",          "kTIMImageElemTaskId",         IM_OUT,               "upload task number; deprecated later"),
  IM_STR  (ImImageElem, blurhash,         "image_elem_linnet_blurhash",  "kTIMImageElemLinnetBlurhash", IM_INOUT | IM_OURS,   "a blurred preview as a BlurHash text"),
  IM_STR  (ImImageElem, sha256,           "image_elem_linnet_sha256",    "kTIMImageElemLinnetSha256",   IM_INOUT | IM_OURS,   "SHA-256 of the original, 64 hexadecimal digits"),
};

static const ImJsonField sound_elem_fields[] = {
  IM_ELEM_ROW (ImSoundElem, IM_ELEM_SOUND),
  IM_STR (ImSoundElem, file_path,     "sound_elem_file_path",     "kTIMSoundElemFilePath",     IM_INOUT,             "local path of the recording to send"),
  IM_INT (ImSoundElem, file_size,     "sound_elem_file_size",     "kTIMSoundElemFileSize",     IM_INOUT | IM_ALWAYS, "bytes (the header's comment wrongly says seconds)"),
  IM_INT (ImSoundElem, file_time,     "sound_elem_file_time",     "kTIMSoundElemFileTime",     IM_INOUT | IM_ALWAYS, "length in seconds"),
  IM_STR (ImSoundElem, file_id,       "sound_elem_file_id",       "kTIMSoundElemFileId",       IM_OUT,               "id used to download"),
  IM_INT (ImSoundElem, business_id,   "sound_elem_business_id",   "kTIMSoundElemBusinessId",   IM_OUT,               "number used to download; keep 0"),
  IM_INT (ImSoundElem, download_flag, "sound_elem_download_flag", "kTIMSoundElemDownloadFlag", IM_OUT,               "0 ask for an address, 1 ask the object store, 2 the url can be used as it is", .initial = 2),
  IM_STR (ImSoundElem, url,           "sound_elem_url",           "kTIMSoundElemUrl",          IM_OUT,               "download address"),
  IM_INT (ImSoundElem, task_id,       "sound_elem_task_id",       "kTIMSoundElemTaskId",       IM_OUT,               "upload task number; deprecated later"),
  IM_STR (ImSoundElem, sha256,        "sound_elem_linnet_sha256",   "kTIMSoundElemLinnetSha256",   IM_INOUT | IM_OURS,   "as for pictures"),
  IM_STR (ImSoundElem, waveform,      "sound_elem_linnet_waveform", "kTIMSoundElemLinnetWaveform", IM_INOUT | IM_OURS,   "loudness over time: up to 256 hexadecimal digits, 0 silent, f loudest"),
};

static const ImJsonField custom_elem_fields[] = {
  IM_ELEM_ROW (ImCustomElem, IM_ELEM_CUSTOM),
  IM_STR (ImCustomElem, data,  "custom_elem_data",  "kTIMCustomElemData",  IM_INOUT | IM_ALWAYS, "application data, opaque; binary has to be encoded as text"),
  IM_STR (ImCustomElem, desc,  "custom_elem_desc",  "kTIMCustomElemDesc",  IM_INOUT | IM_ALWAYS, "short description, shown in pushes"),
  IM_STR (ImCustomElem, ext,   "custom_elem_ext",   "kTIMCustomElemExt",   IM_INOUT | IM_ALWAYS, "extension text for pushes"),
  IM_STR (ImCustomElem, sound, "custom_elem_sound", "kTIMCustomElemSound", IM_INOUT | IM_ALWAYS, "sound name for pushes"),
};

static const ImJsonField file_elem_fields[] = {
  IM_ELEM_ROW (ImFileElem, IM_ELEM_FILE),
  IM_STR (ImFileElem, file_path,     "file_elem_file_path",     "kTIMFileElemFilePath",     IM_INOUT,             "local path including the file name"),
  IM_STR (ImFileElem, file_name,     "file_elem_file_name",     "kTIMFileElemFileName",     IM_INOUT | IM_ALWAYS, "name to show"),
  IM_INT (ImFileElem, file_size,     "file_elem_file_size",     "kTIMFileElemFileSize",     IM_INOUT | IM_ALWAYS, "bytes"),
  IM_STR (ImFileElem, file_id,       "file_elem_file_id",       "kTIMFileElemFileId",       IM_OUT,               "id used to download"),
  IM_INT (ImFileElem, business_id,   "file_elem_business_id",   "kTIMFileElemBusinessId",   IM_OUT,               "number used to download; keep 0"),
  IM_INT (ImFileElem, download_flag, "file_elem_download_flag", "kTIMFileElemDownloadFlag", IM_OUT,               "as for sound", .initial = 2),
  IM_STR (ImFileElem, url,           "file_elem_url",           "kTIMFileElemUrl",          IM_OUT,               "download address"),
  IM_INT (ImFileElem, task_id,       "file_elem_task_id",       "kTIMFileElemTaskId",       IM_OUT,               "upload task number; deprecated later"),
  IM_STR (ImFileElem, media_type,    "file_elem_linnet_media_type", "kTIMFileElemLinnetMediaType", IM_INOUT | IM_OURS, "media type, such as application/pdf"),
  IM_STR (ImFileElem, sha256,        "file_elem_linnet_sha256",     "kTIMFileElemLinnetSha256",    IM_INOUT | IM_OURS, "as for pictures"),
};

static const ImJsonField face_elem_fields[] = {
  IM_ELEM_ROW (ImFaceElem, IM_ELEM_FACE),
  IM_INT (ImFaceElem, index, "face_elem_index", "kTIMFaceElemIndex", IM_INOUT | IM_REQUIRED | IM_ALWAYS, "index of an emoji in the application's own set"),
  IM_STR (ImFaceElem, buf,   "face_elem_buf",   "kTIMFaceElemBuf",   IM_INOUT | IM_ALWAYS,               "further application data about the emoji, as text"),
};

static const ImJsonField location_elem_fields[] = {
  IM_ELEM_ROW (ImLocationElem, IM_ELEM_LOCATION),
  IM_STR    (ImLocationElem, desc,      "location_elem_desc",      "kTIMLocationElemDesc",      IM_INOUT | IM_ALWAYS,               "description of the place"),
  IM_DOUBLE (ImLocationElem, longitude, "location_elem_longitude", "kTIMLocationElemLongitude", IM_INOUT | IM_REQUIRED | IM_ALWAYS, "longitude, degrees"),
  IM_DOUBLE (ImLocationElem, latitude,  "location_elem_latitude",  "kTIMLocationElemlatitude",  IM_INOUT | IM_REQUIRED | IM_ALWAYS, "latitude, degrees"),
};

static const ImJsonField video_elem_fields[] = {
  IM_ELEM_ROW (ImVideoElem, IM_ELEM_VIDEO),
  IM_STR  (ImVideoElem, video_type,          "video_elem_video_type",          "kTIMVideoElemVideoType",         IM_INOUT | IM_ALWAYS, "file type of the film, such as mp4"),
  IM_UINT (ImVideoElem, video_size,          "video_elem_video_size",          "kTIMVideoElemVideoSize",         IM_INOUT | IM_ALWAYS, "bytes"),
  IM_UINT (ImVideoElem, video_duration,      "video_elem_video_duration",      "kTIMVideoElemVideoDuration",     IM_INOUT | IM_ALWAYS, "seconds"),
  IM_STR  (ImVideoElem, video_path,          "video_elem_video_path",          "kTIMVideoElemVideoPath",         IM_INOUT,             "local path of the film"),
  IM_STR  (ImVideoElem, video_id,            "video_elem_video_id",            "kTIMVideoElemVideoId",           IM_OUT,               "id used to download"),
  IM_INT  (ImVideoElem, business_id,         "video_elem_business_id",         "kTIMVideoElemBusinessId",        IM_OUT,               "number used to download; keep 0"),
  IM_INT  (ImVideoElem, video_download_flag, "video_elem_video_download_flag", "kTIMVideoElemVideoDownloadFlag", IM_OUT,               "as for sound", .initial = 2),
  IM_STR  (ImVideoElem, video_url,           "video_elem_video_url",           "kTIMVideoElemVideoUrl",          IM_OUT,               "download address of the film"),
  IM_STR  (ImVideoElem, image_type,          "video_elem_image_type",          "kTIMVideoElemImageType",         IM_INOUT | IM_ALWAYS, "file type of the still, such as png"),
  IM_UINT (ImVideoElem, image_size,          "video_elem_image_size",          "kTIMVideoElemImageSize",         IM_INOUT | IM_ALWAYS, "bytes of the still"),
  IM_UINT (ImVideoElem, image_width,         "video_elem_image_width",         "kTIMVideoElemImageWidth",        IM_INOUT | IM_ALWAYS, "pixels (the header's comments swap width and height)"),
  IM_UINT (ImVideoElem, image_height,        "video_elem_image_height",        "kTIMVideoElemImageHeight",       IM_INOUT | IM_ALWAYS, "pixels (the header's comments swap width and height)"),
  IM_STR  (ImVideoElem, image_path,          "video_elem_image_path",          "kTIMVideoElemImagePath",         IM_INOUT,             "local path of the still"),
  IM_STR  (ImVideoElem, image_id,            "video_elem_image_id",            "kTIMVideoElemImageId",           IM_OUT,               "id used to download the still"),
  IM_INT  (ImVideoElem, image_download_flag, "video_elem_image_download_flag", "kTIMVideoElemImageDownloadFlag", IM_OUT,               "as for sound", .initial = 2),
  IM_STR  (ImVideoElem, image_url,           "video_elem_image_url",           "kTIMVideoElemImageUrl",          IM_OUT,               "download address of the still"),
  IM_UINT (ImVideoElem, task_id,             "video_elem_task_id",             "kTIMVideoElemTaskId",            IM_OUT,               "upload task number; deprecated later"),
  IM_STR  (ImVideoElem, sha256,              "video_elem_linnet_sha256",       "kTIMVideoElemLinnetSha256",      IM_INOUT | IM_OURS,   "of the film, as for pictures"),
};

static const ImJsonField merger_elem_fields[] = {
  IM_ELEM_ROW (ImMergerElem, IM_ELEM_MERGE),
  IM_STR   (ImMergerElem, title,                 "merge_elem_title",            "kTIMMergerElemTitle",           IM_INOUT | IM_ALWAYS | IM_LATER, "title of the bundle"),
  IM_STRV  (ImMergerElem, abstracts,             "merge_elem_abstract_array",   "kTIMMergerElemAbstractArray",   IM_INOUT | IM_ALWAYS | IM_LATER, "preview lines"),
  IM_STR   (ImMergerElem, compatible_text,       "merge_elem_compatible_text",  "kTIMMergerElemCompatibleText",  IM_INOUT | IM_ALWAYS | IM_LATER, "text for receivers that know no bundles, not empty"),
  IM_ARRAY (ImMergerElem, messages, im_msg_type, "merge_elem_message_array",    "kTIMMergerElemMsgArray",        IM_INOUT | IM_ALWAYS | IM_LATER, "the bundled messages, at most 300, sent ones only, no tips or reports"),
  IM_BOOL  (ImMergerElem, layer_over_limit,      "merge_elem_layer_over_limit", "kTIMMergerElemLayersOverLimit", IM_OUT | IM_ALWAYS | IM_LATER,   "nested too deep; title and preview are then empty"),
  IM_STR   (ImMergerElem, relay_json_key,        "merge_elem_relay_json_key",   "kTIMMergerElemRelayJsonKey",    IM_OUT | IM_LATER,               "of a large bundle, which TIMMsgDownloadMergerMessage fetches"),
};

static const ImJsonField friend_change_elem_fields[] = {
  IM_ELEM_ROW (ImFriendChangeElem, IM_ELEM_FRIEND_CHANGE),
  IM_UINT   (ImFriendChangeElem, change_type,                                                "friend_change_elem_change_type",                      "kTIMFriendChangeElemChangeType",                       IM_OUT | IM_ALWAYS, "what changed; selects the one array that is filled", .enumeration = "TIMFriendChangeType"),
  IM_STRV   (ImFriendChangeElem, friend_add_identifiers,                                     "friend_change_elem_friend_add_identifier_array",      "kTIMFriendChangeElemFriendAddIdentifierArray",         IM_OUT,             "new friends"),
  IM_STRV   (ImFriendChangeElem, friend_del_identifiers,                                     "friend_change_elem_friend_del_identifier_array",      "kTIMFriendChangeElemFriendDelIdentifierArray",         IM_OUT,             "removed friends"),
  IM_ARRAY  (ImFriendChangeElem, friend_add_pendencies, im_friend_add_pendency_type,         "friend_change_elem_friend_add_pendency_array",        "kTIMFriendChangeElemFriendAddPendencyItemArray",       IM_OUT,             "new friend requests"),
  IM_STRV   (ImFriendChangeElem, pendency_del_identifiers,                                   "friend_change_elem_pendency_del_identifier_array",    "kTIMFriendChangeElemPendencyDelIdentifierArray",       IM_OUT,             "removed friend requests"),
  IM_UINT64 (ImFriendChangeElem, pendency_read_report_timestamp,                             "friend_change_elem_pendency_readed_report_timestamp", "kTIMFriendChangeElemPendencyReadedReportTimestamp",    IM_OUT,             "requests read up to here"),
  IM_STRV   (ImFriendChangeElem, blacklist_add_identifiers,                                  "friend_change_elem_blacklist_add_identifier_array",   "kTIMFriendChangeElemBlackListAddIdentifierArray",      IM_OUT,             "newly blocked users"),
  IM_STRV   (ImFriendChangeElem, blacklist_del_identifiers,                                  "friend_change_elem_blacklist_del_identifier_array",   "kTIMFriendChangeElemBlackListDelIdentifierArray",      IM_OUT,             "unblocked users"),
  IM_ARRAY  (ImFriendChangeElem, friend_profile_update_items, im_friend_profile_update_type, "friend_change_elem_friend_profile_update_item_array", "kTIMFriendChangeElemFreindProfileUpdateItemArray",     IM_OUT,             "changed friend records"),
  IM_STRV   (ImFriendChangeElem, friend_groups_add,                                          "friend_change_elem_friend_group_add_array",           "kTIMFriendChangeElemFriendGroupAddIdentifierArray",    IM_OUT,             "new friend group names"),
  IM_STRV   (ImFriendChangeElem, friend_groups_del,                                          "friend_change_elem_friend_group_del_array",           "kTIMFriendChangeElemFriendGroupDelIdentifierArray",    IM_OUT,             "removed friend group names"),
  IM_STRV   (ImFriendChangeElem, friend_groups_update,                                       "friend_change_elem_friend_group_update_array",        "kTIMFriendChangeElemFriendGroupModifyIdentifierArray", IM_OUT,             "changed friend group names"),
};

static const ImJsonField profile_change_elem_fields[] = {
  IM_ELEM_ROW (ImProfileChangeElem, IM_ELEM_PROFILE_CHANGE),
  IM_UINT (ImProfileChangeElem, change_type,                                                     "profile_change_elem_change_type",       "kTIMProfileChangeElemChangeType",      IM_OUT | IM_ALWAYS, "what changed", .enumeration = "TIMProfileChangeType"),
  IM_STR  (ImProfileChangeElem, from_identifier,                                                 "profile_change_elem_from_identifer",    "kTIMProfileChangeElemFromIndentifier", IM_OUT | IM_ALWAYS, "whose profile", .alias = "profile_change_elem_from_identifier"),
  IM_OBJ  (ImProfileChangeElem, user_profile_item, ImUserProfileItem, im_user_profile_item_type, "profile_change_elem_user_profile_item", "kTIMProfileChangeElemUserProfileItem", IM_OUT,             "the changed fields, for change type 1"),
};

/* clang-format on */
const ImJsonType im_text_elem_type = IM_TYPE (ImTextElem, "TextElem", text_elem_fields, "text");
const ImJsonType im_image_elem_type
    = IM_TYPE (ImImageElem, "ImageElem", image_elem_fields, "picture");
const ImJsonType im_sound_elem_type
    = IM_TYPE (ImSoundElem, "SoundElem", sound_elem_fields, "voice; one per message at most");
const ImJsonType im_custom_elem_type
    = IM_TYPE (ImCustomElem, "CustomElem", custom_elem_fields, "application data");
const ImJsonType im_file_elem_type
    = IM_TYPE (ImFileElem, "FileElem", file_elem_fields, "file; one per message at most");
const ImJsonType im_face_elem_type = IM_TYPE (ImFaceElem, "FaceElem", face_elem_fields, "emoji");
const ImJsonType im_location_elem_type
    = IM_TYPE (ImLocationElem, "LocationElem", location_elem_fields, "place");
const ImJsonType im_video_elem_type
    = IM_TYPE (ImVideoElem, "VideoElem", video_elem_fields, "film with a still");
const ImJsonType im_merger_elem_type = IM_TYPE (ImMergerElem,
                                                "MergerElem",
                                                merger_elem_fields,
                                                "a bundle of forwarded messages, from 6.1");
const ImJsonType im_friend_change_elem_type = IM_TYPE (ImFriendChangeElem,
                                                       "FriendChangeElem",
                                                       friend_change_elem_fields,
                                                       "notice about the friend list");
const ImJsonType im_profile_change_elem_type = IM_TYPE (ImProfileChangeElem,
                                                        "ProfileChangeElem",
                                                        profile_change_elem_fields,
                                                        "notice about a profile");

/* clang-format off */
static const ImJsonField unknown_elem_fields[] = {
  IM_INT (ImUnknownElem, base.type, "elem_type", "kTIMElemType", IM_INOUT | IM_REQUIRED | IM_TAG, "which kind of element this is", .enumeration = "TIMElemType", .wire = IM_WIRE_ELEM_TYPE, .initial = IM_ELEM_INVALID),
};

static const ImJsonField elem_fields[] = {
  IM_INT (ImElem, type, "elem_type", "kTIMElemType", IM_INOUT | IM_REQUIRED | IM_ALWAYS, "tells which of the element objects below this is", .enumeration = "TIMElemType", .wire = IM_WIRE_ELEM_TYPE),
};

static const ImJsonVariant elem_variants[] = {
  { IM_ELEM_TEXT, &im_text_elem_type },
  { IM_ELEM_IMAGE, &im_image_elem_type },
  { IM_ELEM_SOUND, &im_sound_elem_type },
  { IM_ELEM_CUSTOM, &im_custom_elem_type },
  { IM_ELEM_FILE, &im_file_elem_type },
  { IM_ELEM_GROUP_TIPS, &im_group_tips_elem_type },
  { IM_ELEM_FACE, &im_face_elem_type },
  { IM_ELEM_LOCATION, &im_location_elem_type },
  { IM_ELEM_GROUP_REPORT, &im_group_report_elem_type },
  { IM_ELEM_VIDEO, &im_video_elem_type },
  { IM_ELEM_FRIEND_CHANGE, &im_friend_change_elem_type },
  { IM_ELEM_PROFILE_CHANGE, &im_profile_change_elem_type },
  { IM_ELEM_MERGE, &im_merger_elem_type },
};
/* clang-format on */

const ImJsonType im_unknown_elem_type = IM_TYPE (ImUnknownElem,
                                                 "Elem",
                                                 unknown_elem_fields,
                                                 "any other element, kept as it came",
                                                 .keeps_unknown = TRUE);
const ImJsonType im_elem_type = IM_TYPE (ImElem,
                                         "Elem",
                                         elem_fields,
                                         "common to every element",
                                         .variants = elem_variants,
                                         .n_variants = G_N_ELEMENTS (elem_variants),
                                         .fallback = &im_unknown_elem_type);
