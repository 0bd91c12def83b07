#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of conversations, drafts and history: mostly what this device keeps by itself."""

import json
import time

import harness
import imclient
import process
from harness import password, texts_of
from imclient import ADD, C2C, DELETE, GROUP, UPDATE


def draft(text, **keys):
    return json.dumps({"draft_msg": imclient.text_message(text), **keys})


class Conversations(harness.ServerCase):
    def setUp(self):
        self.name = self.user("alice")
        self.alice = self.signed_in(self.name)

    def events(self, mark):
        return [(kind, one["conv_id"]) for kind, one in self.alice.conversation_events(mark)]

    def test_create(self):
        made = self.alice.ask("TIMConvCreate", "bob", C2C).json
        self.assert_conversation_keys(made)
        self.assertEqual((made["conv_id"], made["conv_type"], made["conv_unread_num"]), ("bob", C2C, 0))
        self.assertFalse(made["conv_is_has_lastmsg"] or made["conv_is_has_draft"])
        again = self.alice.ask("TIMConvCreate", "bob", C2C).json
        self.assertEqual(again["conv_id"], "bob")
        self.assertEqual([one["conv_id"] for one in self.alice.conversations()], ["bob"])
        self.assertEqual(self.events(0), [(ADD, "bob")], "once")

    def test_empty_list(self):
        self.assertEqual(self.alice.ask("TIMConvGetConvList").text, "[]")

    def test_delete(self):
        peer = self.user("bob")
        self.alice.send_text(peer, "gone soon")
        self.alice.wait_until(lambda: self.events(0) == [(ADD, peer), (UPDATE, peer)], "the events of sending")
        mark = self.alice.mark()
        self.assertEqual(self.alice.ask("TIMConvDelete", peer, C2C).text, "")
        self.alice.wait_until(lambda: self.events(mark), "TIMConvEventCallback")
        self.assertEqual(self.events(mark), [(DELETE, peer)])
        self.assertEqual(self.alice.conversations(), [])
        self.assertEqual(self.alice.history(peer), [], "its history went with it")
        self.alice.ask("TIMConvDelete", "never seen", C2C)
        # it does not come back by itself with the next login, but with the next message
        self.alice.logout()
        self.alice.login(self.name, password(self.name))
        self.alice.wait_network(imclient.CONNECTED)
        self.assertEqual(self.alice.conversations(), [])
        self.alice.send_text(peer, "a new beginning")
        self.assertEqual(texts_of(self.alice.history(peer)), ["a new beginning"])

    def test_most_recently_active_first(self):
        peers = [self.user(name) for name in ("bob", "carol", "dave")]
        for peer in peers:
            self.alice.send_text(peer, f"hello {peer}")
        self.assertEqual([one["conv_id"] for one in self.alice.conversations()], peers[::-1])
        for one in self.alice.conversations():
            self.assert_conversation_keys(one)
            self.assert_message_keys(one["conv_last_msg"])
        self.wait_for_the_next_second()
        self.alice.send_text(peers[1], "again")
        self.assertEqual([one["conv_id"] for one in self.alice.conversations()], [peers[1], peers[2], peers[0]])

    @staticmethod
    def wait_for_the_next_second():
        """conv_active_time has whole seconds."""
        now = int(time.time())
        process.wait_for(lambda: int(time.time()) > now, 3, "the next second")

    def test_kept_over_restarts(self):
        peer = self.user("bob")
        self.alice.send_text(peer, "keep this")
        before = self.alice.conversations()
        self.alice.kill()
        self.alice.run()
        self.alice.login(self.name, password(self.name))
        self.assertEqual(self.alice.conversations(), before)
        self.assertEqual(texts_of(self.alice.history(peer)), ["keep this"])

    def page(self, count, next_seq=0, **filter_keys):
        """Names of a page, where the next one begins, whether this was the last."""
        keys = {f"conversation_list_filter_{key}": value for key, value in filter_keys.items()}
        result = self.alice.ask("TIMConvGetConversationListByFilter", keys, next_seq, count).json
        self.assertEqual(set(result), {f"conversation_list_result_{key}"
                                       for key in ("conv_list", "next_seq", "is_finished")})
        convs = result["conversation_list_result_conv_list"]
        for one in convs:
            self.assert_conversation_keys(one)
        return ([one["conv_id"] for one in convs], result["conversation_list_result_next_seq"],
                result["conversation_list_result_is_finished"])

    def test_pages(self):
        self.assertEqual(self.page(10), ([], 0, True))
        peers = [f"peer{number}" for number in range(5)]
        for peer in peers:
            self.alice.ask("TIMConvCreate", peer, C2C)
        self.assertEqual(self.page(5), (peers[::-1], 0, True))
        first, place, is_finished = self.page(2)
        self.assertEqual((first, is_finished), (["peer4", "peer3"], False))
        second, place, is_finished = self.page(2, place)
        self.assertEqual((second, is_finished), (["peer2", "peer1"], False))
        self.assertEqual(self.page(2, place), (["peer0"], 0, True))
        self.assertEqual([one["conv_id"] for one in self.alice.conversations()], peers[::-1])

    def test_pages_of_what_is_asked_for(self):
        peer = self.user("bob")
        bob = self.signed_in(peer)
        bob.send_text(self.name, "unread")
        self.alice.wait_until(self.alice.conversations, "the message")
        self.alice.ask("TIMConvCreate", "carol", C2C)
        for keys in ({"conv_type": C2C}, {"conv_type": 0}, {"conversation_group": ""}, {"mark_type": 0},
                     {"has_group_at_info": False}):
            self.assertEqual(self.page(9, **keys)[0], ["carol", peer], keys)
        for keys in ({"conv_type": GROUP}, {"conversation_group": "family"}, {"mark_type": 1},
                     {"has_group_at_info": True}):
            self.assertEqual(self.page(9, **keys), ([], 0, True), keys)
        self.assertEqual(self.page(9, has_unread_count=True)[0], [peer])
        self.assertEqual(self.page(9, has_unread_count=False)[0], ["carol"])

    def test_drafts(self):
        self.alice.ask("TIMConvCreate", "bob", C2C)
        mark = self.alice.mark()
        self.alice.expect("TIMConvSetDraft", "bob", C2C, draft("not yet", draft_user_define="cursor=3"))
        event = self.alice.wait_until(lambda: self.alice.conversation_events(mark), "TIMConvEventCallback")
        self.assertEqual(event[0][0], UPDATE)
        kept = self.alice.conversation("bob")
        self.assert_conversation_keys(kept)
        self.assertEqual(imclient.text_of(kept["conv_draft"]["draft_msg"]), "not yet")
        self.assertEqual(kept["conv_draft"]["draft_user_define"], "cursor=3")
        self.assertAlmostEqual(kept["conv_draft"]["draft_edit_time"], time.time(), delta=10)

        self.alice.kill()
        self.alice.run()
        self.alice.login(self.name, password(self.name))
        self.assertEqual(imclient.text_of(self.alice.conversation("bob")["conv_draft"]["draft_msg"]), "not yet")

        mark = self.alice.mark()
        self.alice.expect("TIMConvCancelDraft", "bob", C2C)
        self.alice.wait_until(lambda: self.events(mark), "TIMConvEventCallback")
        self.assertFalse(self.alice.conversation("bob")["conv_is_has_draft"])
        self.alice.expect("TIMConvCancelDraft", "bob", C2C)
        self.alice.ask("TIMConvGetConvList")
        self.assertEqual(self.events(mark), [(UPDATE, "bob")], "an update only if there was one")

    def test_own_local_data_of_every_user(self):
        other = self.user("other")
        self.alice.ask("TIMConvCreate", "bob", C2C)
        self.alice.login(other, password(other))
        self.assertEqual(self.alice.conversations(), [])
        self.alice.login(self.name, password(self.name))
        self.assertEqual([one["conv_id"] for one in self.alice.conversations()], ["bob"])


class History(harness.ServerCase):
    COUNT = 45

    def setUp(self):
        self.name, self.peer_name = self.user("alice"), self.user("bob")
        self.alice = self.signed_in(self.name)
        for call in [self.alice.send(self.peer_name, f"number {number}") for number in range(self.COUNT)]:
            self.alice.reply(call)
        self.texts = [f"number {number}" for number in range(self.COUNT)]

    def test_from_the_newest_backwards(self):
        page = self.alice.history(self.peer_name, 20)
        self.assertEqual(texts_of(page), self.texts[::-1][:20])
        for message in page:
            self.assert_message_keys(message)
        seen = page
        while len(page) == 20:
            page = self.alice.history(self.peer_name, 20, last=page[-1])
            seen += page
        self.assertEqual(len(page), 5, "fewer than asked for: the end")
        self.assertEqual(texts_of(seen), self.texts[::-1])
        self.assertEqual(self.alice.history(self.peer_name, 20, last=seen[-1]), [])

    def test_forwards_from_one(self):
        tenth = self.alice.history(self.peer_name, self.COUNT)[-10]
        page = self.alice.history(self.peer_name, 5, last=tenth, forward=True)
        self.assertEqual(texts_of(page), self.texts[10:15], "the nearest first, without the start")

    def test_nothing_given_to_start_from(self):
        newest = self.texts[::-1][:3]
        self.assertEqual(texts_of(self.alice.history(self.peer_name, 3, last={})), newest)
        self.assertEqual(texts_of(self.alice.history(self.peer_name, 3, forward=True)), newest)
        with_null = self.alice.answer("TIMMsgGetMsgList", self.peer_name, C2C, json.dumps(
            {"msg_getmsglist_param_count": 3, "msg_getmsglist_param_last_msg": None}))
        self.assertEqual(texts_of(with_null.json), newest)

    def test_nobody(self):
        self.assertEqual(self.alice.history("nobody"), [])

    def test_without_a_connection(self):
        self.server.shut_down()
        try:
            page = self.alice.history(self.peer_name, 20, remote=True)
            self.assertEqual(texts_of(page), self.texts[::-1][:20])
        finally:
            self.server.start()

    def test_delete_one(self):
        second = self.alice.history(self.peer_name, 2)[1]
        self.alice.ask("TIMMsgDelete", self.peer_name, C2C, json.dumps({"msg_delete_param_msg": second}))
        left = self.texts[:-2] + self.texts[-1:]
        self.assertEqual(texts_of(self.alice.history(self.peer_name, 60))[::-1], left)
        self.alice.logout()
        self.alice.login(self.name, password(self.name))
        self.assertEqual(texts_of(self.alice.history(self.peer_name, 60, remote=True))[::-1], left, "it stays away")

    def test_delete_the_newest(self):
        newest = self.alice.history(self.peer_name, 1)[0]
        self.alice.ask("TIMMsgDelete", self.peer_name, C2C, json.dumps({"msg_delete_param_msg": newest}))
        self.assertEqual(imclient.text_of(self.alice.conversation(self.peer_name)["conv_last_msg"]), self.texts[-2])

    def test_delete_all(self):
        self.alice.ask("TIMMsgDelete", self.peer_name, C2C, "{}")
        self.assertEqual(self.alice.history(self.peer_name, 20), [])
        self.assertEqual(self.alice.history(self.peer_name, 20, remote=True), [], "it does not come back")
        self.assertEqual([one["conv_id"] for one in self.alice.conversations()], [self.peer_name])

    def test_seq_and_rand_tell_messages_apart(self):
        page = self.alice.history(self.peer_name, self.COUNT)
        self.assertEqual(len({one["message_unique_id"] for one in page}), self.COUNT)
        self.assertEqual(len({(one["message_seq"], one["message_rand"]) for one in page}), self.COUNT)
        times = [one["message_server_time"] for one in page]
        self.assertEqual(times, sorted(times, reverse=True))


if __name__ == "__main__":
    harness.main()
