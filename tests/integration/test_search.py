#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching the local history, and what a program does to it by itself: importing, finding, deleting, its own data."""

import json
import pathlib
import time

import harness
import imclient
import process
from harness import password, texts_of
from imclient import ADD, C2C, GROUP, UPDATE

EXAMPLE = json.loads((pathlib.Path(__file__).resolve().parents[1] / "data" / "json"
                      / "05-TIMMsgFindByMsgLocatorList.json").read_text(encoding="utf-8"))
ITEM_KEYS = {
    "msg_search_result_item_conv_id", "msg_search_result_item_conv_type",
    "msg_search_result_item_total_message_count", "msg_search_result_item_message_array",
}
IMPORTED = 5
SYSTEM = 3
INVALID_PARAMETERS, INVALID_CONVERSATION, INVALID_ELEMENT = 6017, 6004, 6016


def param(*keywords, **keys):
    return json.dumps({"msg_search_param_keyword_array": list(keywords),
                       **{f"msg_search_param_{key}": value for key, value in keys.items()}})


def locator(message, **keys):
    return {"message_locator_is_revoked": False, "message_locator_time": message["message_server_time"],
            "message_locator_seq": message["message_seq"], "message_locator_is_self": message["message_is_from_self"],
            "message_locator_rand": message["message_rand"], "message_locator_unique_id": message["message_unique_id"],
            **keys}


class Case(harness.ServerCase):
    def setUp(self):
        self.name, self.bob, self.carol = self.user("alice"), self.user("bob"), self.user("carol")
        self.alice = self.signed_in(self.name)

    def search(self, *keywords, **keys):
        """Total, and for each item the conversation, its count, and the texts of its messages."""
        reply = self.alice.ask("TIMMsgSearchLocalMessages", param(*keywords, **keys)).json
        self.assertEqual(set(reply), {"msg_search_result_total_count", "msg_search_result_item_array"})
        items = []
        for item in reply["msg_search_result_item_array"]:
            self.assertEqual(set(item), ITEM_KEYS)
            for message in item["msg_search_result_item_message_array"]:
                self.assert_message_keys(message)
            items.append((item["msg_search_result_item_conv_id"], item["msg_search_result_item_total_message_count"],
                          texts_of(item["msg_search_result_item_message_array"])))
        return reply["msg_search_result_total_count"], items

    def events(self, mark):
        return [(kind, one["conv_id"]) for kind, one in self.alice.conversation_events(mark)]

    def wait_events(self, mark, *expected):
        self.alice.wait_until(lambda: self.events(mark), "TIMConvEventCallback")
        self.assertEqual(self.events(mark), list(expected))

    def add(self, conversation, text, seconds, **keys):
        message = imclient.text_message(text, message_server_time=seconds, message_client_time=seconds, **keys)
        mark = self.alice.mark()
        self.alice.ask("TIMMsgSaveMsg", conversation, C2C, json.dumps(message))
        self.alice.wait_until(lambda: self.events(mark), "TIMConvEventCallback")


class Search(Case):
    def test_one_conversation(self):
        self.add(self.bob, "明天下午三点在人民广场见面", 1000, message_sender=self.bob)
        self.add(self.bob, "Die Straße, the street", 2000)
        self.add(self.bob, "Street food", 3000, message_sender=self.bob)
        self.add(self.carol, "street", 4000)
        here = {"conv_id": self.bob, "conv_type": C2C}
        self.assertEqual(self.search("street", **here),
                         (2, [(self.bob, 2, ["Street food", "Die Straße, the street"])]))
        self.assertEqual(self.search("人民广场", **here)[0], 1)
        self.assertEqual(self.search("STRASSE", **here)[0], 1)
        self.assertEqual(self.search("street", "广场", **here)[0], 3)
        self.assertEqual(self.search("street", "food", keyword_list_match_type=1, **here)[0], 1)
        self.assertEqual(self.search("street", send_identifier_array=[self.bob], **here)[0], 1)
        self.assertEqual(self.search("street", send_identifier_array=[self.name], **here)[0], 1)
        self.assertEqual(self.search(send_identifier_array=[self.bob], **here)[0], 2)
        self.assertEqual(self.search("street", message_type_array=[0], **here)[0], 2)
        self.assertEqual(self.search("street", message_type_array=[4], **here), (0, []))
        self.assertEqual(self.search("street", search_time_position=2500, **here)[0], 1)
        self.assertEqual(self.search("street", search_time_position=2500, search_time_period=400, **here)[0], 0)
        self.assertEqual(self.search("street", page_size=1, page_index=1, **here),
                         (2, [(self.bob, 2, ["Die Straße, the street"])]))
        self.assertEqual(self.search("nothing", **here), (0, []))
        self.assertEqual(self.search("street", conv_id=f"{self.bob}@{self.server.domain}", conv_type=C2C)[0], 2)

    def test_all_conversations(self):
        self.add(self.bob, "apple one", 1000)
        self.add(self.bob, "apple two", 2000)
        self.add(self.carol, "apple three", 3000)
        everywhere = (2, [(self.carol, 1, ["apple three"]), (self.bob, 2, [])])
        self.assertEqual(self.search("apple"), everywhere)
        self.assertEqual(self.search("apple", page_size=1, page_index=1), (2, [(self.bob, 2, [])]))
        self.assertEqual(self.search("apple", page_size=5, page_index=1), (2, []))
        self.assertEqual(self.search("three"), (1, [(self.carol, 1, ["apple three"])]))

    def test_what_is_sent_and_received(self):
        bob = self.signed_in(self.bob)
        sent = self.alice.send_text(self.bob, "a needle in the hay")
        bob.send_text(self.name, "and a needle back")
        self.alice.wait_for_message("and a needle back")
        total, items = self.search("needle", conv_id=self.bob, conv_type=C2C)
        self.assertEqual((total, sorted(items[0][2])), (2, ["a needle in the hay", "and a needle back"]))
        self.alice.ask("TIMMsgDelete", self.bob, C2C, json.dumps({"msg_delete_param_msg": sent}))
        self.assertEqual(self.search("needle"), (1, [(self.bob, 1, ["and a needle back"])]))
        self.alice.ask("TIMConvDelete", self.bob, C2C)
        self.assertEqual(self.search("needle"), (0, []))

    def test_over_a_restart_and_without_a_connection(self):
        self.add(self.bob, "kept words", 1000)
        self.alice.kill()
        self.alice.run()
        self.alice.login(self.name, password(self.name))
        self.server.shut_down()
        try:
            self.assertEqual(self.search("kept"), (1, [(self.bob, 1, ["kept words"])]))
        finally:
            self.server.start()

    def test_what_cannot_be_searched_for(self):
        for wrong in (param(), param(""), param("\u0000x"), param("a", "b", "c", "d", "e", "f"), param("a", conv_type=SYSTEM),
                      param("a", conv_type=C2C), param("a", conv_type=GROUP, conv_id=""),
                      param("a", send_identifier_array=["x"] * 101), param("a", message_type_array=[0] * 101)):
            self.assert_fails(INVALID_PARAMETERS, self.alice, "TIMMsgSearchLocalMessages", wrong)

    def test_hostile_keywords(self):
        self.add(self.bob, "here", 1000)
        for keyword in ('"', '""', "*", "a*", "(", ")", "AND", "NOT here", "NEAR(a b)", "text:here", "-here x", "^",
                        "';--", "%", "\ud83d\udc4b", "x" * 1000000, "y " * 500000, "?!", "\u0301", "\\"):
            self.assertEqual(self.search(keyword), (0, []), keyword[:20])
        self.assertEqual(self.search("h"), (0, []), "a letter is a word")
        self.assertEqual(self.search("here\u0000 is cut")[0], 1)
        self.assertEqual(self.search("he")[0], 1)

    def test_many_at_once(self):
        for number in range(20):
            self.add(self.bob, f"number {number}", 1000 + number)
        calls = [self.alice.start("TIMMsgSearchLocalMessages", param(f"number {number % 20}"))
                 for number in range(100)]
        for call in calls:
            self.assertEqual(self.alice.reply(call).code, 0)

    def test_logout_in_the_middle(self):
        for number in range(20):
            self.add(self.bob, f"number {number}", 1000 + number)
        calls = [self.alice.start("TIMMsgSearchLocalMessages", param("number")) for _ in range(100)]
        self.alice.logout()
        for call in calls:
            self.assertIn(self.alice.reply(call).code, (0, 6014))


class Import(Case):
    def test_a_list(self):
        mark = self.alice.mark()
        messages = [imclient.text_message("later", message_server_time=2000, message_sender=self.bob),
                    imclient.text_message("sooner", message_server_time=1000, message_client_time=999, message_rand=7),
                    {"message_elem_array": [{"elem_type": 4, "file_elem_file_name": "Plan.pdf"}],
                     "message_server_time": 1500, "message_custom_str": "mine"}]
        self.assertEqual(self.alice.ask("TIMMsgImportMsgList", self.bob, C2C, json.dumps(messages)).text, "")
        self.wait_events(mark, (ADD, self.bob))
        history = self.alice.history(self.bob)
        self.assertEqual([one["message_server_time"] for one in history], [2000, 1500, 1000])
        for one in history:
            self.assert_message_keys(one)
            self.assertEqual((one["message_status"], one["message_is_read"]), (IMPORTED, True))
            self.assertEqual((one["message_conv_id"], one["message_conv_type"]), (self.bob, C2C))
        self.assertEqual([one["message_sender"] for one in history], [self.bob, self.name, self.name])
        self.assertEqual([one["message_is_from_self"] for one in history], [False, True, True])
        self.assertEqual([one["message_client_time"] for one in history], [2000, 1500, 999])
        self.assertEqual(history[1]["message_custom_str"], "mine")
        conversation = self.alice.conversation(self.bob)
        self.assertEqual((conversation["conv_unread_num"], conversation["conv_active_time"]), (0, 2000))
        self.assertEqual(imclient.text_of(conversation["conv_last_msg"]), "later")
        self.assertEqual(self.search("plan"), (1, [(self.bob, 1, [None])]))
        self.assertEqual(self.alice.messages(), [], "nothing is told as new")

    def test_twice_and_from_its_own_history(self):
        self.alice.send_text(self.bob, "sent")
        self.add(self.bob, "saved", 1000)
        history = self.alice.history(self.bob)
        mark = self.alice.mark()
        for _ in range(2):
            self.alice.ask("TIMMsgImportMsgList", self.bob, C2C, json.dumps(history))
        self.assertEqual(self.alice.history(self.bob), history)
        self.alice.wait_until(lambda: self.events(mark), "TIMConvEventCallback")
        self.assertEqual(set(self.events(mark)), {(UPDATE, self.bob)})

    def test_nothing_is_sent(self):
        bob = self.signed_in(self.bob)
        self.add(self.bob, "only here", 1000)
        self.alice.send_text(self.bob, "over there")
        bob.wait_for_message("over there")
        self.assertEqual(texts_of(bob.history(self.name, remote=True)), ["over there"])
        self.alice.logout()
        self.alice.login(self.name, password(self.name))
        self.alice.wait_network(imclient.CONNECTED)
        self.assertEqual(texts_of(self.alice.history(self.bob, remote=True)), ["over there", "only here"])

    def test_what_cannot_be_imported(self):
        self.assert_fails(INVALID_ELEMENT, self.alice, "TIMMsgSaveMsg", self.bob, C2C, '{"message_elem_array": []}')
        self.assert_fails(INVALID_ELEMENT, self.alice, "TIMMsgImportMsgList", self.bob, C2C, json.dumps(
            [imclient.text_message("fine"), {"message_elem_array": []}]))
        self.assert_fails(INVALID_CONVERSATION, self.alice, "TIMMsgSaveMsg", "no@such@address", C2C,
                          json.dumps(imclient.text_message("x")))
        self.assertEqual(self.alice.ask("TIMMsgImportMsgList", self.bob, C2C, "[]").text, "")
        self.assertEqual(self.alice.conversations(), [], "all or nothing")

    def test_without_a_time_it_is_now(self):
        self.alice.ask("TIMMsgSaveMsg", self.bob, C2C, json.dumps(imclient.text_message("now")))
        self.assertAlmostEqual(self.alice.history(self.bob)[0]["message_server_time"], time.time(), delta=10)


class Find(Case):
    def find(self, *locators, conversation=None):
        return self.alice.ask("TIMMsgFindByMsgLocatorList", conversation or self.bob, C2C,
                              json.dumps(list(locators))).json

    def test_by_locators(self):
        first = self.alice.send_text(self.bob, "first")
        second = self.alice.send_text(self.bob, "second")
        third = self.alice.send_text(self.carol, "third")
        self.assertEqual(self.find(locator(second), locator(first)), [second, first])
        self.assertEqual(set(EXAMPLE[0]) - set(first), set(), "every key of the specification's example")
        without_id = locator(first, message_locator_unique_id=0)
        self.assertEqual(self.find(without_id), [first])
        self.assertEqual(self.find({**without_id, "message_locator_rand": 0}), [first])
        self.assertEqual(self.find(locator(third)), [], "of another conversation")
        self.assertEqual(self.find(locator(third, message_locator_conv_id=self.carol,
                                           message_locator_conv_type=C2C)), [third])
        for wrong in ({"message_locator_time": 1}, {"message_locator_seq": 77}, {"message_locator_is_self": False},
                      {"message_locator_rand": first["message_rand"] ^ 1}, {"message_locator_is_revoked": True}):
            self.assertEqual(self.find(locator(first, **wrong)), [], wrong)
        self.assertEqual(self.find(), [])
        self.assertEqual(self.find(locator(first), conversation="nobody"), [])

    def test_by_id(self):
        first = self.alice.send_text(self.bob, "first")
        second = self.alice.send_text(self.carol, "second")
        ids = [str(one["message_unique_id"]) for one in (second, first)]
        self.assertEqual(self.alice.ask("TIMMsgFindMessages", json.dumps(ids)).json, [second, first])
        for wrong in ([], [""], ["0"], ["-1"], ["99999999999999999999999"], ["x"], ["1 OR 1"], ["12"]):
            self.assertEqual(self.alice.ask("TIMMsgFindMessages", json.dumps(wrong)).text, "[]")


    def test_by_the_id_on_the_wire(self):
        bob = self.signed_in(self.bob)
        for text in ("first", "second"):
            bob.send_text(self.name, text)
        self.alice.wait_until(lambda: len(self.alice.history(self.bob)) == 2, "both")
        messages = self.alice.history(self.bob)
        ids = [one["message_msg_id"] for one in messages]
        self.assertEqual(self.alice.ask("TIMMsgFindMessages", json.dumps(ids)).json, messages)


class Change(Case):
    def test_custom_data(self):
        self.add(self.bob, "marked", 1000)
        sent = self.alice.history(self.bob)[0]
        mark = self.alice.mark()
        changed = {**sent, "message_custom_int": 4294967295, "message_custom_str": "a \"flag\" 旗"}
        self.assertEqual(self.alice.ask("TIMMsgSetLocalCustomData", json.dumps(changed)).text, "")
        self.wait_events(mark, (UPDATE, self.bob))
        self.assertEqual(self.alice.history(self.bob), [changed])
        self.assertEqual(self.search("marked")[0], 1)
        self.assertEqual(self.search("flag")[0], 0)
        self.alice.kill()
        self.alice.run()
        self.alice.login(self.name, password(self.name))
        self.assertEqual(self.alice.history(self.bob), [changed])
        self.assert_fails(INVALID_PARAMETERS, self.alice, "TIMMsgSetLocalCustomData",
                          json.dumps({**changed, "message_unique_id": 5}))

    def test_clear(self):
        self.alice.send_text(self.bob, "one")
        self.add(self.carol, "one", 1000)
        mark = self.alice.mark()
        self.alice.ask("TIMMsgClearHistoryMessage", self.carol, C2C)
        self.wait_events(mark, (UPDATE, self.carol))
        self.assertEqual(self.alice.ask("TIMMsgClearHistoryMessage", self.bob, C2C).text, "")
        self.assertEqual({one["conv_id"] for one in self.alice.conversations()}, {self.bob, self.carol}, "they stay")
        self.assertEqual(self.alice.history(self.bob, remote=True), [])
        self.assertEqual(self.search("one"), (0, []))
        self.alice.ask("TIMMsgClearHistoryMessage", "nobody", C2C)
        self.alice.ask("TIMMsgClearHistoryMessage", "some group", GROUP)

    def test_delete_list(self):
        sent = [self.alice.send_text(self.bob, f"number {number}") for number in range(5)]
        self.assertEqual(self.alice.ask("TIMMsgListDelete", self.bob, C2C, json.dumps(sent[1:4])).text, "")
        left = ["number 4", "number 0"]
        self.assertEqual(texts_of(self.alice.history(self.bob)), left)
        self.assertEqual(self.search("number", conv_id=self.bob, conv_type=C2C)[0], 2)
        self.alice.ask("TIMMsgListDelete", self.bob, C2C, json.dumps(sent))
        self.alice.logout()
        self.alice.login(self.name, password(self.name))
        self.alice.wait_network(imclient.CONNECTED)
        self.assertEqual(self.alice.history(self.bob, remote=True), [], "they stay away on this device")
        other = self.client(self.name, platform="phone")
        other.login(self.name, password(self.name))
        process.wait_for(lambda: len(other.history(self.bob, remote=True)) == 5, 20, "other devices keep them")
        self.alice.ask("TIMMsgListDelete", self.bob, C2C, "[]")
        self.assert_fails(INVALID_PARAMETERS, self.alice, "TIMMsgListDelete", self.bob, C2C,
                          json.dumps([sent[0]] * 51))

    def test_a_deletion_is_told(self):
        self.add(self.bob, "one", 1000)
        self.add(self.bob, "two", 2000)
        mark = self.alice.mark()
        self.alice.ask("TIMMsgListDelete", self.bob, C2C, json.dumps(self.alice.history(self.bob, 1)))
        self.wait_events(mark, (UPDATE, self.bob))
        self.assertEqual(imclient.text_of(self.alice.conversation(self.bob)["conv_last_msg"]), "one")

    def test_delete_what_waits(self):
        """A message that was deleted before it could go out is not sent."""
        self.server.shut_down()
        try:
            call = self.alice.send(self.bob, "never mind")
            waiting = self.alice.history(self.bob)
            self.alice.ask("TIMMsgListDelete", self.bob, C2C, json.dumps(waiting))
        finally:
            self.server.start()
        self.assertNotEqual(self.alice.reply(call).code, 0)
        self.alice.wait_network(imclient.CONNECTED)
        self.alice.send_text(self.bob, "this", seconds=60)
        bob = self.signed_in(self.bob)
        bob.wait_until(lambda: bob.conversation(self.name), "the conversation")
        self.assertEqual(texts_of(bob.history(self.name, remote=True)), ["this"])


if __name__ == "__main__":
    harness.main()
