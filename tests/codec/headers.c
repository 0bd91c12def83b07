/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compiled as C11 and as C++11, with every warning an error, in both profiles: a program that sees
 * nothing but the public headers. */

#include "TIMCloud.h"

#include <stdio.h>
#include <string.h>

#ifdef IMSDK_PROFILE_TENCENT
#define EXPECT_TIPS 5
#define EXPECT_REPORT 8
#define EXPECT_NAME 1
#else
#define EXPECT_TIPS 6
#define EXPECT_REPORT 9
#define EXPECT_NAME 10
#endif

static int failures;

static void
expect (int is_right, const char *what)
{
  if (!is_right)
    {
      printf ("# wrong: %s\n", what);
      failures++;
    }
}

static void
on_answer (int32_t code, const char *desc, const char *json_params, const void *user_data)
{
  (void) desc;
  (void) json_params;
  (void) user_data;
  expect (code == ERR_SUCC, "code");
}

int
main (void)
{
  const TIMCommCallback callback = on_answer;
  enum TIMElemType kind = kTIMElem_Text;
  const char *keys[] = { kTIMMsgElemArray, kTIMGroupDetialInfoGroupId, kTIMFriendResponeAction };

  callback (0, "", "", NULL);
  expect (kind == 0 && kTIMElem_Image == 1 && kTIMElem_File == 4, "elem_type of text, image, file");
  expect (kTIMElem_GroupTips == EXPECT_TIPS, "elem_type of group tips");
  expect (kTIMElem_GroupReport == EXPECT_REPORT, "elem_type of group reports");
  expect (kTIMGroupTipChangeFlag_Name == EXPECT_NAME, "flag of a changed name");
  expect (kTIMMemberRole_Owner == 400, "role of an owner");
  expect (kTIMLoginStatus_Logined == 1, "login status");
  expect (TIM_ERR_GROUP == -6 && ERR_SDK_COMM_INTERRUPT == 7009, "codes");
  expect (strcmp (keys[0], "message_elem_array") == 0, "key of the elements");
  expect (strcmp (keys[1], "group_detial_info_group_id") == 0, "key of a group's id");
  expect (strcmp (keys[2], "friend_respone_action") == 0, "key of an answer");
  printf ("1..1\n%s 1 - headers\n", failures == 0 ? "ok" : "not ok");
  return failures != 0;
}
