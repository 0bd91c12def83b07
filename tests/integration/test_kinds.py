#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is neither a text nor a file: it arrives as it was sent, on every device, and another vendor's client shows what
was meant. Results have the keys that the specification's examples have."""

import json
import pathlib

import harness
import imclient
from imclient import C2C, FAILED

EXAMPLES = pathlib.Path(__file__).parents[1] / "data" / "json"
TEXT, CUSTOM, FACE, PLACE = 0, 3, 7, 8

HELLO = {"elem_type": TEXT, "text_elem_content": "hello"}
SMILE = {"elem_type": FACE, "face_elem_index": 4, "face_elem_buf": "[TUIEmoji_Smile]"}
BRIDGE = {"elem_type": PLACE, "location_elem_desc": "Kaltenbach, 桥", "location_elem_latitude": 47.2815,
          "location_elem_longitude": -11.8712345}
POLL = {"elem_type": CUSTOM, "custom_elem_data": "{\"poll\":[1,2,\"\\u0000\"]}", "custom_elem_desc": "Which train?",
        "custom_elem_ext": "ext", "custom_elem_sound": "bell"}


def missing(found, example, place=""):
    """Keys that the example has and the result has not, or with another type."""
    if isinstance(example, dict):
        return [one for key, value in example.items()
                for one in (missing(found[key], value, f"{place}.{key}") if key in found else [f"{place}.{key}"])]
    if isinstance(example, list):
        return missing(found[0], example[0], f"{place}[0]") if example and found else []
    return [] if isinstance(found, type(example)) else [f"{place}: {type(found).__name__}"]


class Kinds(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.signed_in(self.alice_name)

    def send(self, *elements, to=None):
        call, message_id = self.alice.send_elements(to or self.bob_name, list(elements))
        reply = self.alice.reply(call)
        self.assertEqual(reply.code, 0, reply.desc)
        return message_id

    def received(self, client, message_id):
        return client.wait_until(lambda: [one for one in client.messages() if one["message_msg_id"] == message_id],
                                 "the message")[0]

    # Between two of ours

    def test_each_arrives_as_it_was_sent(self):
        bob, phone = self.signed_in(self.bob_name), self.client(self.alice_name, platform="phone")
        phone.login(self.alice_name, harness.password(self.alice_name))
        for elements in ([SMILE], [BRIDGE], [POLL], [HELLO, SMILE, BRIDGE, POLL], [HELLO, HELLO], [POLL] * 32):
            with self.subTest(kinds=[one["elem_type"] for one in elements]):
                message_id = self.send(*elements)
                for client in (bob, phone):
                    got = self.received(client, message_id)
                    self.assert_message_keys(got)
                    self.assertEqual(got["message_elem_array"], elements)
        for client, peer in ((self.alice, self.bob_name), (bob, self.alice_name)):
            self.assertEqual([one["message_elem_array"] for one in client.history(peer)][::-1],
                             [[SMILE], [BRIDGE], [POLL], [HELLO, SMILE, BRIDGE, POLL], [HELLO, HELLO], [POLL] * 32])

    def test_who_was_away_gets_them_from_the_archive(self):
        message_id = self.send(HELLO, SMILE, BRIDGE, POLL)
        bob = self.signed_in(self.bob_name)
        self.assertEqual(self.received(bob, message_id)["message_elem_array"], [HELLO, SMILE, BRIDGE, POLL])

    def test_what_cannot_be_sent_is_refused_with_its_reason(self):
        for code, elements in (
                (6017, [HELLO] * 33), (6017, [{**BRIDGE, "location_elem_latitude": 91.0}]), (6016, [])):
            with self.subTest(elements=elements[:1]):
                reply = self.alice.answer("TIMMsgSendNewMsg", self.bob_name, C2C,
                                          json.dumps({"message_elem_array": elements}))
                self.assertEqual(reply.code, code, reply.desc)
                self.assertTrue(reply.desc)
        self.assertEqual([one for one in self.alice.history(self.bob_name) if one["message_status"] != FAILED], [])

    # With another vendor's client

    def test_a_stock_client_sees_what_was_meant(self):
        bob = self.peer(self.bob_name)
        self.send(BRIDGE)
        place = bob.wait_for(place=(47.2815, -11.8712345))
        self.assertIn("Kaltenbach, 桥", place["body"])
        self.assertIn("geo:47.2815,-11.8712345", place["body"])
        self.send(POLL)
        bob.wait_for(body="Which train?")
        self.send(HELLO, SMILE)
        bob.wait_until(lambda: any((body or "").startswith("hello\n") for body in bob.bodies()), "text and face")

    def test_a_stock_clients_place_is_a_place(self):
        bob = self.peer(self.bob_name)
        bob.send_place(self.server.address(self.alice_name), 47.2815, 11.5, "The bridge")
        [got] = self.alice.wait_until(self.alice.messages, "the place")
        self.assert_message_keys(got)
        self.assertEqual(got["message_elem_array"], [
            {"elem_type": PLACE, "location_elem_desc": "The bridge", "location_elem_latitude": 47.2815,
             "location_elem_longitude": 11.5}])

    # Like the examples

    def test_results_have_what_the_examples_have(self):
        bob = self.signed_in(self.bob_name)
        sent = self.alice.send_text(self.bob_name, "hello")
        bob.wait_for_message("hello")
        locator = {"message_locator_conv_id": self.bob_name, "message_locator_conv_type": C2C, **{
            f"message_locator_{key}": sent[f"message_{key}"] for key in ("seq", "rand", "unique_id")},
            "message_locator_is_revoked": False, "message_locator_time": sent["message_server_time"],
            "message_locator_is_self": True}
        batch = {"msg_batch_send_param_identifier_array": [self.bob_name],
                 "msg_batch_send_param_msg": imclient.text_message("to all")}
        for example, result in (
                ("02-TIMConvCreate", self.alice.ask("TIMConvCreate", self.bob_name, C2C).json),
                ("03-TIMConvGetConvList", self.alice.ask("TIMConvGetConvList").json),
                ("04-TIMMsgSendNewMsg", sent),
                ("05-TIMMsgFindByMsgLocatorList", self.alice.ask(
                    "TIMMsgFindByMsgLocatorList", self.bob_name, C2C, json.dumps([locator])).json),
                ("06-TIMMsgGetMsgList", self.alice.history(self.bob_name)),
                ("08-TIMMsgBatchSend", self.alice.ask("TIMMsgBatchSend", json.dumps(batch)).json),
                ("31-TIMRecvNewMsgCallback-text", bob.messages())):
            with self.subTest(example):
                wanted = json.loads((EXAMPLES / f"{example}.json").read_text(encoding="utf-8"))
                self.assertTrue(result)
                self.assertEqual(missing(result, wanted), [])


if __name__ == "__main__":
    harness.main()
