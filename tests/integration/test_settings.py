#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody decides about conversations: muted, pinned, marked; and how many messages are unread."""

import json

import harness
import imclient
from harness import password
from imclient import C2C, UPDATE

RECEIVE, NOT_RECEIVE, NOT_NOTIFY = 0, 1, 2
STAR, UNREAD, FOLD, HIDE = 1, 2, 4, 8
INVALID_CONVERSATION, INVALID_PARAMETERS, INVALID_IDENTIFIER = 6004, 6017, 7003
NODE = "urn:linnet:tim:1:settings"


class Case(harness.ServerCase):
    def setUp(self):
        self.name, self.bob_name, self.carol_name = self.user("alice"), self.user("bob"), self.user("carol")
        self.alice = self.signed_in(self.name)

    def talk(self):
        """Bob has written, and then carol."""
        self.bob, self.carol = self.signed_in(self.bob_name), self.signed_in(self.carol_name)
        for client, name in ((self.bob, self.bob_name), (self.carol, self.carol_name)):
            client.send_text(self.name, "hello")
            self.alice.wait_until(lambda: name in [one["conv_id"] for _, one in self.alice.conversation_events()], name)

    def restart(self):
        self.alice.kill()
        self.alice.run()
        self.alice.login(self.name, password(self.name))

    def order(self):
        return [one["conv_id"] for one in self.alice.conversations()]

    def total(self):
        reply = self.alice.ask("TIMConvGetTotalUnreadMessageCount").json
        self.assertEqual(set(reply), {"conv_get_total_unread_message_count_result_unread_count"})
        return reply["conv_get_total_unread_message_count_result_unread_count"]

    def totals(self, mark=0):
        return [event["values"][0] for event in self.alice.of("unread", after=mark)]

    def mute(self, opt, *users):
        self.assertEqual(self.alice.ask("TIMMsgSetC2CReceiveMessageOpt", json.dumps(users), opt).text, "")

    def mark(self, marks, enable, *names):
        return [(one["conversation_operation_result_conversation_id"], one["conversation_operation_result_result_code"])
                for one in self.alice.ask("TIMConvMarkConversation", json.dumps(names), marks, enable).json]

    def updates(self, mark):
        """What has come with the answer of a call."""
        return [(kind, one["conv_id"]) for kind, one in self.alice.conversation_events(mark)]


class Settings(Case):
    def test_pinned_conversations_are_first(self):
        self.talk()
        self.assertEqual(self.order(), [self.carol_name, self.bob_name])
        mark = self.alice.mark()
        self.assertEqual(self.alice.ask("TIMConvPinConversation", self.bob_name, C2C, True).text, "")
        self.assertEqual(self.updates(mark), [(UPDATE, self.bob_name)])
        self.assertTrue(self.alice.conversation_events(mark)[0][1]["conv_is_pinned"])
        self.assertEqual(self.order(), [self.bob_name, self.carol_name])
        page = self.alice.ask("TIMConvGetConversationListByFilter", "{}", 0, 1).json
        self.assertEqual([one["conv_id"] for one in page["conversation_list_result_conv_list"]], [self.bob_name])
        mark = self.alice.mark()
        self.alice.ask("TIMConvPinConversation", self.bob_name, C2C, True)
        self.assertEqual(self.updates(mark), [], "it is pinned already")
        self.restart()
        self.assertEqual(self.order(), [self.bob_name, self.carol_name])
        self.alice.ask("TIMConvPinConversation", f"{self.bob_name}@{self.server.domain}", C2C, False)
        self.assertEqual(self.order(), [self.carol_name, self.bob_name])
        self.assertIs(self.alice.conversation(self.bob_name)["conv_is_pinned"], False)
        self.assert_fails(INVALID_CONVERSATION, self.alice, "TIMConvPinConversation", "a@b@c/d", C2C, True)

    def test_marks(self):
        self.talk()
        bob, carol = f"c2c_{self.bob_name}", f"c2c_{self.carol_name}"
        mark = self.alice.mark()
        self.assertEqual(self.mark(STAR | FOLD, True, bob, carol), [(bob, 0), (carol, 0)])
        self.assertEqual(sorted(self.updates(mark)), [(UPDATE, self.bob_name), (UPDATE, self.carol_name)])
        self.mark(FOLD, False, carol)
        self.mark(1 << 63, True, carol)
        self.restart()
        self.assertEqual(self.alice.conversation(self.bob_name)["conv_mark_array"], [STAR, FOLD])
        self.assertEqual(self.alice.conversation(self.carol_name)["conv_mark_array"], [STAR, 1 << 63])
        page = self.alice.ask("TIMConvGetConversationListByFilter",
                              json.dumps({"conversation_list_filter_mark_type": FOLD}), 0, 9).json
        self.assertEqual([one["conv_id"] for one in page["conversation_list_result_conv_list"]], [self.bob_name])
        self.assertEqual(self.mark(STAR, True, self.bob_name, "c2c_", "group_", bob),
                         [(self.bob_name, INVALID_CONVERSATION), ("c2c_", INVALID_CONVERSATION),
                          ("group_", INVALID_CONVERSATION), (bob, 0)])
        for wrong in (([], STAR), ([bob], 0), ([bob], 16), ([bob], 1 << 31), ([bob] * 101, STAR)):
            self.assert_fails(INVALID_PARAMETERS, self.alice, "TIMConvMarkConversation", json.dumps(wrong[0]), wrong[1],
                              True)

    def test_receive_options(self):
        self.talk()
        mark = self.alice.mark()
        self.mute(NOT_NOTIFY, self.bob_name, "stranger")
        self.assertEqual(self.updates(mark), [(UPDATE, self.bob_name)])
        self.assertEqual(self.alice.conversation(self.bob_name)["conv_recv_opt"], NOT_NOTIFY)
        self.restart()
        users = [self.bob_name, self.carol_name, "stranger"]
        options = self.alice.ask("TIMMsgGetC2CReceiveMessageOpt", json.dumps(users)).json
        self.assertEqual(options, [{"msg_recv_msg_opt_result_identifier": user, "msg_recv_msg_opt_result_opt": opt}
                                   for user, opt in zip(users, (NOT_NOTIFY, RECEIVE, NOT_NOTIFY))])
        for wrong, code in (([], INVALID_PARAMETERS), (["x"] * 31, INVALID_PARAMETERS), ([""], INVALID_IDENTIFIER),
                            (["a@b@c/d"], INVALID_IDENTIFIER)):
            self.assert_fails(code, self.alice, "TIMMsgSetC2CReceiveMessageOpt", json.dumps(wrong),
                              NOT_NOTIFY)
            self.assert_fails(code, self.alice, "TIMMsgGetC2CReceiveMessageOpt", json.dumps(wrong))

    def test_what_is_muted_still_comes(self):
        self.talk()
        self.mute(NOT_RECEIVE, self.bob_name)
        self.bob.send_text(self.name, "are you there?")
        self.alice.wait_for_message("are you there?")


class TotalUnread(Case):
    def test_it_counts_what_is_not_muted(self):
        self.assertEqual(self.total(), 0)
        self.talk()
        self.assertEqual(self.total(), 2)
        self.alice.wait_until(lambda: self.totals()[-1:] == [2], "the number of unread messages")
        mark = self.alice.mark()
        self.mute(NOT_NOTIFY, self.bob_name)
        self.assertEqual((self.totals(mark), self.total()), ([1], 1))
        self.bob.send_text(self.name, "not counted")
        self.carol.send_text(self.name, "counted")
        self.alice.wait_until(lambda: self.totals(mark) == [1, 2], "the number of unread messages")
        self.alice.read(self.carol_name)
        self.assertEqual((self.totals(mark), self.total()), ([1, 2, 0], 0))
        self.mute(RECEIVE, self.bob_name)
        self.assertEqual(self.totals(mark), [1, 2, 0, 2])
        self.restart()
        self.assertEqual(self.total(), 2)
        self.assertEqual(self.totals(), [], "nothing has changed")

    def test_a_burst_is_told_by_its_sums(self):
        bob = self.signed_in(self.bob_name)
        self.alice.logout()
        for number in range(30):
            bob.send_text(self.name, f"number {number}")
        mark = self.alice.mark()
        self.alice.login(self.name, password(self.name))
        self.alice.wait_until(lambda: self.totals(mark)[-1:] == [30], "all of them")
        self.assertLess(len(self.totals(mark)), 10)
        self.assertEqual(self.totals(mark), sorted(set(self.totals(mark))))


class OtherDevices(Case):
    """What is decided on one device is known on all of them."""

    def setUp(self):
        super().setUp()
        self.phone = self.signed_in(self.name, platform="phone")
        self.bob = self.signed_in(self.bob_name)
        self.bob.send_text(self.name, "hello")
        for device in (self.alice, self.phone):
            device.wait_for_message("hello")

    def settings_of(self, device):
        conversation = device.conversation(self.bob_name)
        return conversation["conv_is_pinned"], conversation["conv_mark_array"], conversation["conv_recv_opt"]

    def wait_for_settings(self, device, *settings):
        device.wait_until(lambda: self.settings_of(device) == settings, f"settings {settings}")

    def test_at_once(self):
        mark = self.phone.mark()
        self.alice.ask("TIMConvPinConversation", self.bob_name, C2C, True)
        self.wait_for_settings(self.phone, True, [], RECEIVE)
        self.assertIn((UPDATE, True), [(kind, one["conv_is_pinned"]) for kind, one in
                                       self.phone.conversation_events(mark)])
        self.mark(STAR | 1 << 63, True, f"c2c_{self.bob_name}")
        self.mute(NOT_NOTIFY, self.bob_name)
        self.wait_for_settings(self.phone, True, [STAR, 1 << 63], NOT_NOTIFY)
        self.phone.wait_until(lambda: [event["values"][0] for event in self.phone.of("unread", after=mark)][-1:] == [0],
                              "nothing to be counted")
        self.phone.ask("TIMConvPinConversation", self.bob_name, C2C, False)
        self.wait_for_settings(self.alice, False, [STAR, 1 << 63], NOT_NOTIFY)

    def test_after_having_been_away(self):
        self.phone.logout()
        self.mute(NOT_RECEIVE, self.bob_name, "stranger")
        self.phone.login(self.name, password(self.name))
        self.wait_for_settings(self.phone, False, [], NOT_RECEIVE)
        self.phone.wait_until(lambda: self.phone.ask("TIMMsgGetC2CReceiveMessageOpt", '["stranger"]').json[0]
                              ["msg_recv_msg_opt_result_opt"] == NOT_RECEIVE, "the option of a stranger")

    def test_on_a_new_device(self):
        self.alice.ask("TIMConvPinConversation", self.bob_name, C2C, True)
        self.wait_for_settings(self.phone, True, [], RECEIVE)
        tablet = self.signed_in(self.name, platform="tablet")
        self.wait_for_settings(tablet, True, [], RECEIVE)

    def test_nobody_else_reads_them(self):
        self.alice.ask("TIMConvPinConversation", self.bob_name, C2C, True)
        self.wait_for_settings(self.phone, True, [], RECEIVE)
        carol, own = self.peer(self.carol_name), self.peer(self.name, resource="own")
        address = self.server.address(self.name)
        self.assertEqual(own.pep_items(address, NODE), [f"c2c_{self.server.address(self.bob_name)}"])
        self.assertIsNone(carol.pep_items(address, NODE))

    def test_a_node_that_others_may_read_is_not_written_to(self):
        name = self.user("dave")
        own = self.peer(name, resource="own")
        own.pep_publish(NODE, "anything")
        dave = self.signed_in(name)
        dave.ask("TIMConvPinConversation", self.bob_name, C2C, True)
        dave.send_text(self.bob_name, "the server has taken what was before")
        self.assertEqual(own.pep_items(self.server.address(name), NODE), ["anything"])
        dave.ask("TIMConvMarkConversation", json.dumps([f"c2c_{self.bob_name}"]), STAR, True)
        self.assertTrue(dave.conversation(self.bob_name)["conv_is_pinned"], "it is kept here")


if __name__ == "__main__":
    harness.main()
