#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manners of the API: what is answered at once and in which order it is checked, threads, the end."""

import json

import harness
import imclient
from harness import password
from imclient import C2C, GROUP

SYSTEM = 3
UNINIT, NOT_LOGGED_IN, JSON, PARAM, CONV = -1, -2, -3, -4, -5
LOGGED_IN, LOGGING_IN, LOGGED_OUT = 1, 2, 3
TEXT = json.dumps(imclient.text_message("hello"))
DRAFT = json.dumps({"draft_msg": imclient.text_message("hello")})
COUNT = json.dumps({"msg_getmsglist_param_count": 3})
LOCATOR = json.dumps([{"message_locator_time": 1, "message_locator_seq": 2, "message_locator_rand": 3}])
SEARCH = json.dumps({"msg_search_param_keyword_array": ["hello"]})
SAVED = json.dumps(imclient.text_message("kept", message_conv_id="bob", message_conv_type=C2C, message_rand=1,
                                         message_server_time=1000))

BATCH = json.dumps({"msg_batch_send_param_identifier_array": ["bob"],
                    "msg_batch_send_param_msg": imclient.text_message("to many")})
BUNDLE = json.dumps({"message_elem_array": [{"elem_type": 13, "merge_elem_title": "Two", "merge_elem_abstract_array": [],
                                             "merge_elem_compatible_text": "Two",
                                             "merge_elem_message_array": [imclient.text_message("one")]}]})
URL = json.dumps({"msg_download_elem_param_url": "https://example.org/x"})

# function, arguments that are fine
CALLS = [
    ("TIMConvCreate", ("bob", C2C)), ("TIMConvDelete", ("bob", C2C)), ("TIMConvGetConvList", ()),
    ("TIMConvGetConversationListByFilter", ("{}", 0, 10)),
    ("TIMConvSetDraft", ("bob", C2C, DRAFT)), ("TIMConvCancelDraft", ("bob", C2C)),
    ("TIMMsgSendNewMsg", ("bob", C2C, TEXT)), ("TIMMsgReportReaded", ("bob", C2C, "")),
    ("TIMMsgSendMessage", ("bob", C2C, TEXT)), ("TIMMsgBatchSend", (BATCH,)),
    ("TIMMsgDownloadMergerMessage", (BUNDLE,)),
    ("TIMConvPinConversation", ("bob", C2C, True)), ("TIMConvMarkConversation", ('["c2c_bob"]', 1, True)),
    ("TIMConvGetTotalUnreadMessageCount", ()), ("TIMMsgSetC2CReceiveMessageOpt", ('["bob"]', 0)),
    ("TIMMsgGetC2CReceiveMessageOpt", ('["bob"]',)),
    ("TIMMsgGetMsgList", ("bob", C2C, COUNT)), ("TIMMsgDelete", ("bob", C2C, "{}")),
    ("TIMMsgListDelete", ("bob", C2C, "[]")), ("TIMMsgClearHistoryMessage", ("bob", C2C)),
    ("TIMMsgImportMsgList", ("bob", C2C, f"[{TEXT}]")), ("TIMMsgSaveMsg", ("bob", C2C, SAVED)),
    ("TIMMsgSetLocalCustomData", (SAVED,)), ("TIMMsgFindByMsgLocatorList", ("bob", C2C, LOCATOR)),
    ("TIMMsgFindMessages", ('["1"]',)), ("TIMMsgSearchLocalMessages", (SEARCH,)),
]
# the same with one thing wrong, and worse things behind it
WRONG = [
    ("TIMConvCreate", (None, C2C), PARAM), ("TIMConvCreate", ("", C2C), CONV), ("TIMConvCreate", ("bob", 0), CONV),
    ("TIMConvCreate", ("bob", SYSTEM), CONV), ("TIMConvCreate", ("bob", 9), CONV), ("TIMConvCreate", (None, 9), PARAM),
    ("TIMConvDelete", (None, C2C), PARAM), ("TIMConvDelete", ("", C2C), CONV),
    ("TIMConvGetConversationListByFilter", (None, 0, 10), PARAM),
    ("TIMConvGetConversationListByFilter", ("", 0, 10), PARAM), ("TIMConvGetConversationListByFilter", ("{}", 0, 0), PARAM),
    ("TIMConvGetConversationListByFilter", ("x", 0, 0), PARAM), ("TIMConvGetConversationListByFilter", ("x", 0, 1), JSON),
    ("TIMConvGetConversationListByFilter", ("[]", 0, 1), JSON),
    ("TIMConvGetConversationListByFilter", ('{"conversation_list_filter_conv_type": "c2c"}', 0, 1), JSON),
    ("TIMConvGetConversationListByFilter", ('{"conversation_list_filter_conv_type": 4}', 0, 1), JSON),
    ("TIMConvGetConversationListByFilter", ('{"conversation_list_filter_has_unread_count": "no"}', 0, 1), JSON),
    ("TIMConvSetDraft", ("bob", C2C, None), PARAM), ("TIMConvSetDraft", ("bob", C2C, "nonsense"), JSON),
    ("TIMConvSetDraft", ("bob", C2C, "[]"), JSON), ("TIMConvSetDraft", ("bob", C2C, "{}"), JSON),
    ("TIMConvSetDraft", ("bob", 9, DRAFT), CONV), ("TIMConvCancelDraft", (None, C2C), PARAM),
    ("TIMMsgSendNewMsg", (None, C2C, TEXT), PARAM), ("TIMMsgSendNewMsg", ("bob", C2C, None), PARAM),
    ("TIMMsgSendNewMsg", ("bob", C2C, ""), PARAM), ("TIMMsgSendNewMsg", ("bob", C2C, "nonsense"), JSON),
    ("TIMMsgSendNewMsg", ("bob", C2C, "[]"), JSON), ("TIMMsgSendNewMsg", ("bob", C2C, "{}"), JSON),
    ("TIMMsgSendNewMsg", ("bob", C2C, '{"message_elem_array": 3}'), JSON),
    ("TIMMsgSendNewMsg", ("bob", C2C, TEXT + "x"), JSON), ("TIMMsgSendNewMsg", ("bob", C2C, "[" * 100000), JSON),
    ("TIMMsgSendNewMsg", ("bob", SYSTEM, TEXT), CONV), ("TIMMsgSendNewMsg", ("", C2C, TEXT), CONV),
    ("TIMMsgSendMessage", ("bob", C2C, "[]"), JSON), ("TIMMsgSendMessage", (None, C2C, TEXT), PARAM),
    ("TIMConvPinConversation", (None, C2C, True), PARAM), ("TIMConvPinConversation", ("bob", SYSTEM, True), CONV),
    ("TIMConvMarkConversation", (None, 1, True), PARAM), ("TIMConvMarkConversation", ("[1]", 1, True), JSON),
    ("TIMMsgSetC2CReceiveMessageOpt", ('["bob"]', 4), PARAM), ("TIMMsgSetC2CReceiveMessageOpt", ('["bob"]', -1), PARAM),
    ("TIMMsgSetC2CReceiveMessageOpt", (None, 0), PARAM), ("TIMMsgSetC2CReceiveMessageOpt", ("{}", 0), JSON),
    ("TIMMsgGetC2CReceiveMessageOpt", ("",), PARAM), ("TIMMsgGetC2CReceiveMessageOpt", ("3",), JSON),
    ("TIMMsgDownloadMergerMessage", (None,), PARAM), ("TIMMsgDownloadMergerMessage", ("[]",), JSON),
    ("TIMMsgBatchSend", (None,), PARAM), ("TIMMsgBatchSend", ("[]",), JSON), ("TIMMsgBatchSend", ("{}",), JSON),
    ("TIMMsgBatchSend", ('{"msg_batch_send_param_identifier_array": ["bob"], "msg_batch_send_param_msg": {}}',), JSON),
    ("TIMMsgCancelSend", ("bob", C2C, ""), PARAM), ("TIMMsgCancelSend", ("bob", 0, "x"), CONV),
    ("TIMMsgDownloadElemToPath", (URL, ""), PARAM), ("TIMMsgDownloadElemToPath", (URL, None), PARAM),
    ("TIMMsgDownloadElemToPath", (None, "x"), PARAM), ("TIMMsgDownloadElemToPath", ("{}", "x"), JSON),
    ("TIMMsgReportReaded", ("bob", C2C, "nonsense"), JSON), ("TIMMsgReportReaded", ("", SYSTEM, ""), CONV),
    ("TIMMsgGetMsgList", ("bob", C2C, None), PARAM), ("TIMMsgGetMsgList", ("bob", C2C, "nonsense"), JSON),
    ("TIMMsgGetMsgList", ("bob", C2C, '{"msg_getmsglist_param_count": "three"}'), JSON),
    ("TIMMsgDelete", ("bob", C2C, "[]"), JSON), ("TIMMsgDelete", ("bob", 0, "{}"), CONV),
    ("TIMMsgListDelete", ("bob", C2C, None), PARAM), ("TIMMsgListDelete", ("bob", C2C, "{}"), JSON),
    ("TIMMsgListDelete", ("bob", C2C, "[3]"), JSON), ("TIMMsgListDelete", ("", C2C, "[]"), CONV),
    ("TIMMsgClearHistoryMessage", (None, C2C), PARAM), ("TIMMsgClearHistoryMessage", ("bob", SYSTEM), CONV),
    ("TIMMsgImportMsgList", ("bob", C2C, TEXT), JSON), ("TIMMsgImportMsgList", ("bob", C2C, "[{}]"), JSON),
    ("TIMMsgImportMsgList", ("bob", C2C, "[[]]"), JSON), ("TIMMsgImportMsgList", ("bob", 9, f"[{TEXT}]"), CONV),
    ("TIMMsgSaveMsg", ("bob", C2C, ""), PARAM), ("TIMMsgSaveMsg", ("bob", C2C, f"[{TEXT}]"), JSON),
    ("TIMMsgSaveMsg", ("bob", C2C, "{}"), JSON), ("TIMMsgSaveMsg", (None, C2C, TEXT), PARAM),
    ("TIMMsgSetLocalCustomData", (None,), PARAM), ("TIMMsgSetLocalCustomData", ("[]",), JSON),
    ("TIMMsgSetLocalCustomData", (TEXT,), CONV),
    ("TIMMsgSetLocalCustomData", ('{"message_conv_id": "bob", "message_conv_type": 3}',), CONV),
    ("TIMMsgFindByMsgLocatorList", ("bob", C2C, "{}"), JSON),
    ("TIMMsgFindByMsgLocatorList", ("bob", C2C, "[{}]"), JSON),
    ("TIMMsgFindByMsgLocatorList", ("bob", C2C, None), PARAM), ("TIMMsgFindByMsgLocatorList", ("", C2C, LOCATOR), CONV),
    ("TIMMsgFindMessages", ("",), PARAM), ("TIMMsgFindMessages", ("[1]",), JSON),
    ("TIMMsgFindMessages", ('"1"',), JSON), ("TIMMsgSearchLocalMessages", (None,), PARAM),
    ("TIMMsgSearchLocalMessages", ("{}",), JSON), ("TIMMsgSearchLocalMessages", ("[]",), JSON),
    ("TIMMsgSearchLocalMessages", ('{"msg_search_param_keyword_array": "x"}',), JSON),
    ("TIMMsgSearchLocalMessages", ('{"msg_search_param_keyword_array": [["x"]]}',), JSON),
    ("TIMMsgSearchLocalMessages",
     ('{"msg_search_param_keyword_array": ["x"], "msg_search_param_message_type_array": ["0"]}',), JSON),
    ("TIMMsgSearchLocalMessages",
     ('{"msg_search_param_keyword_array": ["x"], "msg_search_param_keyword_list_match_type": 2}',), JSON),
    ("TIMMsgSearchLocalMessages",
     ('{"msg_search_param_keyword_array": ["x"], "msg_search_param_page_index": -1}',), JSON),
]


class ReturnCodes(harness.ServerCase):
    def test_before_everything(self):
        client = self.client("early", init=False)
        for function, arguments in [*CALLS, *[(function, arguments) for function, arguments, _ in WRONG],
                                    ("TIMLogin", ("alice", "x")), ("TIMLogin", (None, None)), ("TIMLogout", ()),
                                    ("TIMUninit", ())]:
            self.assertEqual(client.call(function, *arguments), UNINIT, (function, arguments))
        self.assertEqual(client.of("reply"), [], "refused calls are not answered")

    def test_before_login(self):
        client = self.client("early")
        for function, arguments in [*CALLS, *[(function, arguments) for function, arguments, _ in WRONG],
                                    ("TIMLogout", ())]:
            self.assertEqual(client.call(function, *arguments), NOT_LOGGED_IN, (function, arguments))
        for arguments in ((None, "x"), ("alice", None), ("", "x"), ("alice", "")):
            self.assertEqual(client.call("TIMLogin", *arguments), PARAM, arguments)
        self.assertEqual(client.call("TIMGetLoginStatus"), LOGGED_OUT)
        self.assertEqual(client.call("TIMGetLoginUserID"), NOT_LOGGED_IN)
        self.assertEqual(client.of("reply"), [])

    def test_one_thing_wrong(self):
        alice = self.user("alice")
        client = self.signed_in(alice)
        mark = client.mark()
        for function, arguments, result in WRONG:
            self.assertEqual(client.call(function, *arguments), result, (function, arguments))
        client.ask("TIMConvGetConvList")
        self.assertEqual(len(client.of("reply", after=mark)), 1, "refused calls are not answered")
        self.assertEqual(client.conversations(), [], "and change nothing")

    def test_nothing_wrong(self):
        alice, bob = self.user("alice"), self.user("bob")
        client = self.signed_in(alice)
        for function, arguments in CALLS:
            arguments = [bob if argument == "bob" else argument.replace('"bob"', json.dumps(bob))
                         if isinstance(argument, str) else argument for argument in arguments]
            if function in ("TIMConvSetDraft", "TIMConvCancelDraft"):
                client.expect(function, *arguments)
            else:
                client.ask(function, *arguments)

    def test_no_callback_given(self):
        alice, bob = self.user("alice"), self.user("bob")
        client = self.signed_in(alice)
        mark = client.mark()
        for function, arguments in (("TIMConvCreate", (bob, C2C)), ("TIMMsgSendNewMsg", (bob, C2C, TEXT)),
                                    ("TIMConvGetConvList", ()), ("TIMMsgReportReaded", (bob, C2C, "")),
                                    ("TIMSetConfig", ("",))):
            self.assertEqual(client.do("silent_call", function=function, arguments=arguments)["result"], 0)
        client.wait_until(lambda: any(one["conv_is_has_lastmsg"] and one["conv_last_msg"]["message_status"] == 2
                                      for _, one in client.conversation_events(mark)), "the message to be sent")
        self.assertEqual(client.of("reply", after=mark), [])

    def test_groups_come_later(self):
        alice = self.user("alice")
        client = self.signed_in(alice)
        reply = client.answer("TIMMsgSendNewMsg", "some group", GROUP, TEXT)
        self.assertNotEqual(reply.code, 0)


class Configuration(harness.ServerCase):
    def test_before_init(self):
        client = self.client("early", init=False)
        reply = client.ask("TIMSetConfig", {"set_config_log_level": 4, "set_config_callback_log_level": 4,
                                            "set_config_user_config": {"user_config_is_read_receipt": True}})
        whole = reply.json
        self.assertEqual((whole["set_config_log_level"], whole["set_config_callback_log_level"]), (4, 4))
        self.assertTrue(whole["set_config_user_config"]["user_config_is_read_receipt"])
        for key in ("set_config_is_log_output_console", "set_config_proxy_info"):
            self.assertIn(key, whole)
        for key in ("user_config_group_getinfo_option", "user_config_group_member_getinfo_option",
                    "user_config_is_ingore_grouptips_unread", "user_config_is_sync_report"):
            self.assertIn(key, whole["set_config_user_config"])
        changed = client.ask("TIMSetConfig", {"set_config_user_config": {"user_config_is_sync_report": True}}).json
        self.assertTrue(changed["set_config_user_config"]["user_config_is_read_receipt"], "only what is given changes")
        self.assertTrue(changed["set_config_user_config"]["user_config_is_sync_report"])
        for nothing in (None, ""):
            self.assertEqual(client.ask("TIMSetConfig", nothing).json, changed)
        for wrong in ("nonsense", "[]", '{"set_config_log_level": "loud"}'):
            self.assertEqual(client.call("TIMSetConfig", wrong), JSON)

    def test_init(self):
        client = self.client("early", init=False)
        self.assertNotEqual(client.do("call", function="TIMGetSDKVersion", arguments=[])["result"], "")
        for wrong in ("nonsense", "[]", '{"sdk_config_config_file_path": 3}'):
            self.assertEqual(client.call("TIMInit", 1, wrong), JSON)
        client.expect("TIMInit", 1, json.dumps(client.config))
        client.expect("TIMInit", 2, None)  # changes nothing
        alice = self.user("alice")
        client.login(alice, password(alice))

    def test_log(self):
        client = self.client("early", init=False)
        client.ask("TIMSetConfig", {"set_config_callback_log_level": 3})
        client.expect("TIMInit", 1, json.dumps(client.config))
        alice = self.user("alice")
        client.login(alice, password(alice))
        lines = client.of("log")
        self.assertNotEqual(lines, [])
        for line in lines:
            self.assertFalse(line["values"][1].endswith("\n"))
            self.assertNotIn(password(alice), line["values"][1])
            self.assertGreaterEqual(line["values"][0], 3)

    def test_choosing_a_server(self):
        client = self.client("early", server=None, init=False)
        reply = client.choose_server(server_url=self.server.ws_url, domain="localhost")
        self.assertEqual(reply.json["response_internal_operation"], "internal_operation_set_custom_server_info")
        client.expect("TIMInit", 1, json.dumps(client.config))
        alice = self.user("alice")
        client.login(alice, password(alice))
        for wrong in ("nonsense", "[]", "{}"):
            self.assertEqual(client.call("callExperimentalAPI", wrong), JSON)
        self.assertEqual(client.call("callExperimentalAPI", None), PARAM)
        unknown = client.answer("callExperimentalAPI", {"request_internal_operation": "internal_operation_unheard_of"})
        self.assertEqual(unknown.code, 7013)

    def test_by_the_configuration_of_init(self):
        alice = self.user("alice")
        client = self.client("early", server=None, config={"sdk_config_server_url": self.server.ws_url,
                                                           "sdk_config_domain": "localhost"})
        client.login(alice, password(alice))


class Login(harness.ServerCase):
    def test_twice(self):
        alice = self.user("alice")
        client = self.client(alice)
        first = client.start("TIMLogin", alice, password(alice))
        second = client.start("TIMLogin", alice, password(alice))
        self.assertEqual(client.reply(second).code, 7501)
        self.assertEqual(client.reply(first).code, 0)
        self.assertEqual(client.answer("TIMLogin", alice, password(alice)).code, 0, "logged in already")
        self.assertEqual(client.of("kicked"), [])

    def test_the_other_user_is_logged_out_first(self):
        alice, bob = self.user("alice"), self.user("bob")
        client = self.signed_in(alice)
        client.login(bob, password(bob))
        self.assertEqual(client.do("call", function="TIMGetLoginUserID", arguments=[])["call"], bob)
        self.assertEqual(client.of("kicked"), [])
        peer = self.peer(self.user("carol"))
        peer.send(self.server.address(alice), "for alice")
        peer.send(self.server.address(bob), "for bob")
        client.wait_for_message("for bob")
        self.assertEqual(client.texts(), ["for bob"])

    def test_logout_interrupts_login(self):
        alice = self.user("alice")
        client = self.client(alice)
        self.server.freeze()
        try:
            login = client.start("TIMLogin", alice, password(alice))
            self.assertEqual(client.call("TIMGetLoginStatus"), LOGGING_IN)
            logout = client.start("TIMLogout")
            self.assertEqual(client.reply(login).code, 6023)
            self.assertEqual(client.reply(logout).code, 0)
        finally:
            self.server.thaw()
        self.assertEqual(client.call("TIMGetLoginStatus"), LOGGED_OUT)
        client.login(alice, password(alice))

    def test_logout_without_a_connection(self):
        alice = self.user("alice")
        client = self.signed_in(alice)
        self.server.freeze()
        try:
            client.logout()
        finally:
            self.server.thaw()
        self.assertEqual(client.call("TIMConvGetConvList"), NOT_LOGGED_IN)

    def test_nothing_comes_after_logout(self):
        alice = self.user("alice")
        client = self.signed_in(alice)
        peer = self.peer(self.user("bob"))
        client.logout()
        mark = client.mark()
        peer.send_many(self.server.address(alice), ["you are away"])
        client.ask("TIMSetConfig", "")
        self.assertEqual(client.of("message", "conversation", "network", after=mark), [])

    def test_local_lists_while_logging_in(self):
        alice = self.user("alice")
        client = self.signed_in(alice)
        client.ask("TIMConvCreate", "bob", C2C)
        client.logout()
        self.server.freeze()
        try:
            login = client.start("TIMLogin", alice, password(alice))
            self.assertEqual([one["conv_id"] for one in client.conversations()], ["bob"])
            self.assertEqual(client.call("TIMMsgSendNewMsg", "bob", C2C, TEXT), NOT_LOGGED_IN)
        finally:
            self.server.thaw()
        self.assertEqual(client.reply(login).code, 0)


class Callbacks(harness.ServerCase):
    def setUp(self):
        self.name = self.user("alice")
        self.alice = self.signed_in(self.name)
        self.bob = self.peer(self.user("bob"))
        self.jid = self.server.address(self.name)

    def test_one_thread_of_the_library(self):
        self.bob.send(self.jid, "one")
        self.alice.wait_for_message("one")
        self.alice.logout()
        self.assertEqual(len(self.alice.library_threads), 1)
        self.assertNotIn(self.alice.main_thread, self.alice.library_threads)
        self.assertEqual(self.alice.misbehaviour, [])

    def test_they_may_call(self):
        bob = self.bob.jid.split("@")[0]
        self.alice.do("react", event="message", call="TIMMsgReportReaded", arguments=[bob, C2C, ""])
        self.bob.send(self.jid, "read me inside the callback", markable=True)
        reaction = self.alice.wait_for(lambda event: event["event"] == "reaction", "the call inside the callback")
        self.assertEqual(reaction["result"], 0)
        self.assertEqual(self.alice.reply(reaction["call"]).code, 0)
        self.assertEqual(self.alice.conversation(bob)["conv_unread_num"], 0)

    def test_a_slow_one_delays_the_others_but_not_the_connection(self):
        self.alice.do("react", event="message")
        self.bob.send(self.jid, "slow")
        self.alice.wait_for_message("slow")
        mark = self.alice.mark()
        peer = self.bob.jid.split("@")[0]
        call = self.alice.send(peer, "meanwhile")
        self.bob.wait_for(body="meanwhile")
        self.bob.send_many(self.jid, [f"{number} behind it" for number in range(20)])
        self.assertEqual(self.alice.of("message", "conversation", "reply", after=mark), [])
        self.alice.do("release")
        self.assertEqual(self.alice.reply(call).code, 0)
        self.alice.wait_for_message("19 behind it")
        self.assertEqual(self.alice.texts(mark), [f"{number} behind it" for number in range(20)])

    def test_taken_out_again(self):
        self.alice.do("unregister", name="message")
        self.bob.send(self.jid, "unheard")
        self.alice.wait_until(lambda: self.alice.conversation_events(), "the conversation")
        self.alice.do("register", names=["message"])
        self.alice.do("register", names=["message"])
        self.bob.send(self.jid, "heard")
        self.alice.wait_for_message("heard")
        self.alice.ask("TIMConvGetConvList")
        self.assertEqual(self.alice.texts(), ["heard"], "not twice")


class End(harness.ServerCase):
    def setUp(self):
        self.name = self.user("alice")

    def test_calls_that_wait_are_answered(self):
        client = self.signed_in(self.name)
        self.server.freeze()
        try:
            call = client.send("bob", "never answered")
            mark = client.mark()
            client.expect("TIMUninit")
            # the answer was told before TIMUninit returned, so it is here already
            reply = next(event for event in client.of("reply", after=mark) if event["call"] == call)
        finally:
            self.server.thaw()
        self.assertEqual((reply["code"], reply["json"]), (7009, ""))
        mark = client.mark()
        self.assertEqual(client.call("TIMGetLoginStatus"), LOGGED_OUT)
        self.assertEqual(client.call("TIMConvGetConvList"), UNINIT)
        self.assertEqual(client.events[mark:], [])

    def test_a_login_that_waits_is_answered(self):
        client = self.client(self.name)
        self.server.freeze()
        try:
            call = client.start("TIMLogin", self.name, password(self.name))
            client.expect("TIMUninit")
            self.assertEqual([event["code"] for event in client.of("reply") if event["call"] == call], [7009])
        finally:
            self.server.thaw()

    def test_and_a_new_beginning(self):
        client = self.signed_in(self.name)
        client.ask("TIMConvCreate", "bob", C2C)
        for _ in range(3):
            client.expect("TIMUninit")
            client.expect("TIMInit", 1400000000, json.dumps(client.config))
            client.login(self.name, password(self.name))
            self.assertEqual([one["conv_id"] for one in client.conversations()], ["bob"])
        peer = self.peer(self.user("bob"))
        peer.send(self.server.address(self.name), "still registered")
        client.wait_for_message("still registered")

    def test_inside_a_callback(self):
        client = self.signed_in(self.name)
        peer = self.peer(self.user("bob"))
        client.do("react", event="message", call="TIMUninit")
        peer.send(self.server.address(self.name), "goodbye")
        reaction = client.wait_for(lambda event: event["event"] == "reaction", "TIMUninit inside the callback")
        self.assertEqual(reaction["result"], 0)
        self.assertEqual(client.call("TIMLogin", self.name, password(self.name)), UNINIT)
        client.expect("TIMInit", 1400000000, json.dumps(client.config))
        client.login(self.name, password(self.name))


if __name__ == "__main__":
    harness.main()
