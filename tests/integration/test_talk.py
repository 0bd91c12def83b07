#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two clients of the library talk, and each with a stock client."""

import json
import time

import harness
import imclient
from harness import texts_of
from imclient import ADD, C2C, FAILED, SENDING, SENT, UPDATE

TYPING, NOT_TYPING = 1, 0


def typing_message(typing):
    data = {"businessID": "user_typing_status", "typingStatus": typing, "version": 1, "userAction": 14}
    return {"message_is_online_msg": True, "message_elem_array": [
        {"elem_type": 3, "custom_elem_data": json.dumps(data), "custom_elem_desc": "", "custom_elem_ext": "",
         "custom_elem_sound": ""}]}


def typing_of(message):
    element = message["message_elem_array"][0]
    return json.loads(element["custom_elem_data"])["typingStatus"] if element["elem_type"] == 3 else None


class TwoClients(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.signed_in(self.alice_name, receipts=True)
        self.bob = self.signed_in(self.bob_name, receipts=True)

    def test_both_ways(self):
        for sender, receiver, text in ((self.alice, self.bob, "Hello <Bob> & all"), (self.bob, self.alice, "你好 👋\n…")):
            before = int(time.time())
            sent = sender.send_text(receiver.name, text)
            got = receiver.wait_for_message(text)
            for message in (sent, got):
                self.assert_message_keys(message)
                self.assertEqual(message["message_elem_array"], [{"elem_type": 0, "text_elem_content": text}])
                self.assertEqual(message["message_sender"], sender.name)
                self.assertEqual(message["message_conv_type"], C2C)
                self.assertEqual(message["message_status"], SENT)
                self.assertFalse(message["message_is_online_msg"])
                self.assertFalse(message["message_is_peer_read"])
                self.assertGreater(message["message_unique_id"], 0)
                self.assertAlmostEqual(message["message_server_time"], before, delta=10)
            self.assertEqual((sent["message_conv_id"], got["message_conv_id"]), (receiver.name, sender.name))
            self.assertTrue(sent["message_is_from_self"] and sent["message_is_read"])
            self.assertFalse(got["message_is_from_self"] or got["message_is_read"])
            self.assertEqual(sender.messages(), receiver.messages()[:0] if sender is self.alice else sender.messages())
        self.assertEqual(texts_of(self.alice.messages()), ["你好 👋\n…"], "own messages are not received")
        self.assertEqual(texts_of(self.bob.messages()), ["Hello <Bob> & all"])

    def test_order_of_events_of_a_sent_message(self):
        call = self.alice.send(self.bob_name, "in order")
        self.alice.reply(call)
        self.alice.wait_until(lambda: any(
            kind == UPDATE and one["conv_last_msg"]["message_status"] == SENT
            for kind, one in self.alice.conversation_events() if one["conv_is_has_lastmsg"]), "the update to sent")
        story = []
        for event in self.alice.of("conversation", "reply"):
            if event["event"] == "reply":
                if event["call"] == call:
                    story.append("answer")
                continue
            for one in json.loads(event["values"][1]):
                self.assert_conversation_keys(one)
                if one["conv_is_has_lastmsg"]:
                    story.append((event["values"][0], one["conv_last_msg"]["message_status"]))
        self.assertEqual(story[0], (ADD, SENDING), story)
        self.assertIn("answer", story)
        self.assertEqual(story.count((ADD, SENDING)), 1)
        self.assertIn((UPDATE, SENT), story)
        self.assertNotIn((ADD, SENT), story)

    def test_events_of_a_received_message(self):
        # one at a time: what comes together is told together
        self.alice.send_text(self.bob_name, "one")
        self.bob.wait_until(self.bob.conversation_events, "the first event")
        self.alice.send_text(self.bob_name, "two")
        self.bob.wait_for_message("two")
        events = self.bob.wait_until(lambda: len(self.bob.conversation_events()) >= 2
                                     and self.bob.conversation_events(), "two events")
        self.assertEqual([kind for kind, _ in events], [ADD, UPDATE])
        self.assertEqual([one["conv_unread_num"] for _, one in events], [1, 2])
        self.assertEqual(imclient.text_of(events[1][1]["conv_last_msg"]), "two")
        order = [event["event"] for event in self.bob.of("message", "conversation")]
        self.assertEqual(order, ["message", "conversation"] * 2, "first the message, then its conversation")

    def test_many_in_a_row_stay_in_order(self):
        calls = [self.alice.send(self.bob_name, f"message {number}") for number in range(100)]
        replies = [self.alice.reply(call) for call in calls]
        self.assertEqual({reply.code for reply in replies}, {0})
        self.bob.wait_for_message("message 99")
        expected = [f"message {number}" for number in range(100)]
        self.assertEqual(self.bob.texts(), expected)
        self.assertEqual(texts_of(self.bob.history(self.alice_name, 100))[::-1], expected)
        self.assertEqual(texts_of(self.alice.history(self.bob_name, 100))[::-1], expected)
        answered = [event["call"] for event in self.alice.of("reply") if event["call"] in set(calls)]
        self.assertEqual(answered, calls, "answers come in the order of the calls")

    def test_delivered(self):
        sent = self.alice.send_text(self.bob_name, "are you there?")
        self.alice.wait_until(lambda: any(
            one["message_unique_id"] == sent["message_unique_id"] and one.get("message_linnet_is_delivered")
            for one in self.alice.updates()), "the receipt of delivery")
        update, = [one for one in self.alice.updates() if one.get("message_linnet_is_delivered")]
        self.assert_message_keys(update)
        self.assertEqual(imclient.text_of(update), "are you there?")

    def test_read(self):
        first = self.alice.send_text(self.bob_name, "first")
        second = self.alice.send_text(self.bob_name, "second")
        self.bob.wait_for_message("second")
        self.assertEqual(self.bob.conversation(self.alice_name)["conv_unread_num"], 2)
        mark = self.bob.mark()
        self.bob.read(self.alice_name)
        self.bob.wait_until(lambda: [one["conv_unread_num"] for kind, one in self.bob.conversation_events(mark)
                                     if kind == UPDATE] == [0], "the update to zero")
        receipt = self.alice.wait_until(lambda: self.alice.receipts_got(), "TIMMsgReadedReceiptCallback")[0]
        self.assertEqual(receipt["msg_receipt_conv_id"], self.bob_name)
        self.assertEqual(receipt["msg_receipt_conv_type"], C2C)
        self.assertGreaterEqual(receipt["msg_receipt_time_stamp"], second["message_server_time"])
        self.assertEqual({one["message_unique_id"]: one["message_is_peer_read"]
                          for one in self.alice.history(self.bob_name)},
                         {first["message_unique_id"]: True, second["message_unique_id"]: True})
        self.bob.read(self.alice_name)  # nothing is left: no second receipt
        self.bob.send_text(self.alice_name, "done")
        self.alice.wait_for_message("done")
        self.assertEqual(len(self.alice.receipts_got()), 1)

    def test_read_up_to_one(self):
        for number in range(3):
            self.alice.send_text(self.bob_name, str(number))
        self.bob.wait_for_message("2")
        middle = self.bob.history(self.alice_name)[1]
        self.assertEqual(imclient.text_of(middle), "1")
        self.bob.read(self.alice_name, middle)
        self.assertEqual(self.bob.conversation(self.alice_name)["conv_unread_num"], 1)
        self.alice.wait_until(lambda: self.alice.receipts_got(), "the receipt")
        self.assertEqual([one["message_is_peer_read"] for one in self.alice.history(self.bob_name)],
                         [False, True, True])

    def test_receipts_only_when_asked_for(self):
        carol_name = self.user("carol")
        carol = self.signed_in(carol_name)
        carol.send_text(self.bob_name, "read this")
        self.bob.wait_for_message("read this")
        self.bob.read(carol_name)
        self.bob.send_text(carol_name, "I did")
        carol.wait_for_message("I did")
        self.assertEqual(carol.receipts_got(), [])

    def test_typing(self):
        self.alice.send_text(self.bob_name, "wait")
        self.bob.wait_for_message("wait")
        known = self.bob.conversation(self.alice_name)
        for typing in (TYPING, NOT_TYPING):
            reply = self.alice.answer("TIMMsgSendNewMsg", self.bob_name, C2C, json.dumps(typing_message(typing)))
            self.assertEqual(reply.code, 0, reply.desc)
        heard = self.bob.wait_until(lambda: len(self.bob.messages(online=True)) >= 2
                                    and self.bob.messages(online=True), "two states")
        self.assertEqual([typing_of(one) for one in heard], [TYPING, NOT_TYPING])
        for one in heard:
            self.assert_message_keys(one)
            self.assertEqual(one["message_sender"], self.alice_name)
            self.assertEqual(one["message_conv_id"], self.alice_name)
        self.assertEqual(self.bob.conversation(self.alice_name), known, "nothing is counted or stored")
        self.assertEqual(texts_of(self.bob.history(self.alice_name)), ["wait"])
        self.assertEqual(texts_of(self.alice.history(self.bob_name)), ["wait"])

    def test_own_fields_are_kept(self):
        sent = self.alice.send_text(self.bob_name, "with more", message_custom_int=7, message_custom_str="mine",
                                    message_priority=2, message_sender="somebody else", message_server_time=1)
        self.assertEqual((sent["message_custom_int"], sent["message_custom_str"], sent["message_priority"]),
                         (7, "mine", 2))
        self.assertEqual(sent["message_sender"], self.alice_name)
        self.assertGreater(sent["message_server_time"], 1)
        kept, = self.alice.history(self.bob_name)
        self.assertEqual((kept["message_custom_int"], kept["message_custom_str"]), (7, "mine"))
        got = self.bob.wait_for_message("with more")
        self.assertEqual((got["message_custom_int"], got["message_custom_str"]), (0, ""), "stored locally only")

    def test_refused_elements(self):
        tips = {"message_elem_array": [{"elem_type": 6, "group_tips_elem_tip_type": 1}]}
        for message in (tips, {"message_elem_array": []}):
            self.assert_fails(6016, self.alice, "TIMMsgSendNewMsg", self.bob_name, C2C, json.dumps(message))
        self.assertEqual(self.alice.conversations(), [])

    def test_a_text_that_is_too_long(self):
        self.assert_fails(8001, self.alice, "TIMMsgSendNewMsg", self.bob_name, C2C,
                          json.dumps(imclient.text_message("long " * 20000)))
        self.alice.send_text(self.bob_name, "still connected")
        self.bob.wait_for_message("still connected")

    def test_a_character_that_cannot_travel(self):
        reply = self.alice.answer("TIMMsgSendNewMsg", self.bob_name, C2C,
                                  json.dumps(imclient.text_message("bell \x07 and more")))
        if reply.code != 0:
            self.assertEqual(reply.code, 6002, reply.desc)
        self.alice.send_text(self.bob_name, "still connected")
        self.bob.wait_for_message("still connected")

    def test_somebody_who_does_not_exist(self):
        reply = self.alice.answer("TIMMsgSendNewMsg", "nobody", C2C, json.dumps(imclient.text_message("hello?")))
        self.assertIn(reply.code, (0, 20003))

        def failed():
            message, = self.alice.history("nobody")
            return message if message["message_status"] == FAILED else None
        self.alice.wait_until(lambda: any(event["event"] == "update" for event in self.alice.events), "the refusal")
        message = failed()
        self.assertEqual(message["message_linnet_error_code"], 20003)
        self.assertNotEqual(message["message_linnet_error_desc"], "")
        self.assertEqual(self.alice.conversation("nobody")["conv_last_msg"]["message_status"], FAILED)

    def test_to_oneself(self):
        sent = self.alice.send_text(self.alice_name, "note")
        self.assertEqual(sent["message_status"], SENT)
        self.alice.send_text(self.bob_name, "after")
        self.bob.wait_for_message("after")
        self.assertEqual(texts_of(self.alice.history(self.alice_name)), ["note"])
        self.assertEqual(self.alice.conversation(self.alice_name)["conv_unread_num"], 0)


class WithAStockClient(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.signed_in(self.alice_name, receipts=True)
        self.bob = self.peer(self.bob_name, resource="desk")
        self.alice_jid = self.server.address(self.alice_name)

    def test_both_ways_and_on_every_device(self):
        phone = self.peer(self.bob_name, resource="phone")
        self.alice.send_text(self.bob_name, "Hello, stock client")
        self.assertEqual(self.bob.wait_for(body="Hello, stock client")["type"], "chat")
        phone.wait_for(body="Hello, stock client")
        self.bob.send(self.alice_jid, "Hello, library")
        got = self.alice.wait_for_message("Hello, library")
        self.assert_message_keys(got)
        self.assertEqual(got["message_sender"], self.bob_name)
        phone.wait_for(body="Hello, library", carbon="sent")
        self.assertEqual(self.bob.bodies().count("Hello, stock client"), 1)

    def test_it_can_ask_what_this_device_understands(self):
        features = self.bob.features(f"{self.alice_jid}/desktop")
        self.assertLessEqual({"urn:xmpp:receipts", "urn:xmpp:chat-markers:0", "urn:xmpp:message-correct:0",
                              "urn:xmpp:reactions:0", "http://jabber.org/protocol/chatstates"}, set(features))

    def test_what_is_sent_asks_for_receipts(self):
        sent = self.alice.send_text(self.bob_name, "receipt, please")
        heard = self.bob.wait_for(body="receipt, please")
        self.assertTrue(heard["wants_receipt"] and heard["markable"])
        self.assertTrue(heard["id"] and heard["origin_id"])
        self.alice.wait_until(lambda: any(one.get("message_linnet_is_delivered")
                                          and one["message_unique_id"] == sent["message_unique_id"]
                                          for one in self.alice.updates()), "the receipt of delivery")
        self.bob.mark_displayed(self.alice_jid, heard["id"])
        receipt = self.alice.wait_until(lambda: self.alice.receipts_got(), "the receipt of reading")[0]
        self.assertEqual(receipt["msg_receipt_conv_id"], self.bob_name)

    def test_what_is_received_is_acknowledged(self):
        message = self.bob.send(self.alice_jid, "did you get this?", receipt=True, markable=True)
        self.alice.wait_for_message("did you get this?")
        self.bob.wait_for(receipt=message)
        self.assertFalse(any(entry["displayed"] for entry in self.bob.received), "not read yet")
        self.alice.read(self.bob_name)
        marker = self.bob.wait_for(displayed=message)
        self.assertTrue(marker["stored_hint"], "markers without the hint are lost on ejabberd")

    def test_typing(self):
        self.bob.send_state(self.alice_jid, "composing")
        heard = self.alice.wait_until(lambda: self.alice.messages(online=True), "typing")
        self.assertEqual(typing_of(heard[0]), TYPING)
        self.bob.send_state(self.alice_jid, "paused")
        heard = self.alice.wait_until(lambda: len(self.alice.messages(online=True)) > 1
                                      and self.alice.messages(online=True), "the pause")
        self.assertEqual(typing_of(heard[1]), NOT_TYPING)
        self.bob.send(self.alice_jid, "now")
        self.alice.wait_for_message("now")
        self.alice.ask("TIMMsgSendNewMsg", self.bob_name, C2C, json.dumps(typing_message(TYPING)))
        self.bob.wait_for(state="composing")
        self.alice.ask("TIMMsgSendNewMsg", self.bob_name, C2C, json.dumps(typing_message(NOT_TYPING)))
        self.bob.wait_for(state="paused")
        self.assertEqual(self.bob.bodies(), [], "typing has no text")

    def test_a_normal_message_is_a_message_too(self):
        self.bob.send(self.alice_jid, "of type normal", kind="normal")
        self.alice.wait_for_message("of type normal")

    def test_an_invited_stranger_of_another_domain_keeps_its_address(self):
        self.alice.ask("TIMConvCreate", "carol@elsewhere.example", C2C)
        self.assertEqual([one["conv_id"] for one in self.alice.conversations()], ["carol@elsewhere.example"])


if __name__ == "__main__":
    harness.main()
