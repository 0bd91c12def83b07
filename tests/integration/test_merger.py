#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles of forwarded messages."""

import json

import harness
import imclient
from harness import texts_of

MERGER = 13
INVALID_PARAMETERS, BODY_TOO_LARGE, TOO_DEEP = 6017, 8001, 8005
DEPTH = 5


def bundle(title, *messages):
    return {"elem_type": MERGER, "merge_elem_title": title, "merge_elem_abstract_array": ["bob: one", "alice: two"],
            "merge_elem_compatible_text": "Forwarded messages", "merge_elem_message_array": list(messages)}


def text(words, sender="bob"):
    return imclient.text_message(words, message_sender=sender, message_server_time=1700000000)


class Merger(harness.ServerCase):
    def setUp(self):
        self.name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.signed_in(self.name)

    def send(self, elem):
        return self.alice.reply(self.alice.send_elements(self.bob_name, [elem])[0])

    def open(self, client, message):
        return client.ask("TIMMsgDownloadMergerMessage", json.dumps(message)).json

    def received(self, bob):
        return bob.wait_until(lambda: bob.messages(), "the bundle")[-1]

    def test_a_bundle_is_opened(self):
        bob = self.signed_in(self.bob_name)
        sent = self.send(bundle("Alice and Bob", text("one"), text("two", "alice"))).json
        message = self.received(bob)
        elem, = message["message_elem_array"]
        self.assertEqual((elem["merge_elem_title"], elem["merge_elem_abstract_array"]),
                         ("Alice and Bob", ["bob: one", "alice: two"]))
        for client, one in ((bob, message), (self.alice, sent)):
            inside = self.open(client, one)
            self.assertEqual(texts_of(inside), ["one", "two"])
            self.assertEqual([one["message_sender"] for one in inside], ["bob", "alice"])
            self.assertEqual([one["message_server_time"] for one in inside], [1700000000] * 2)
        emptied = {**message, "message_elem_array": [{**elem, "merge_elem_message_array": []}]}
        self.assertEqual(self.open(bob, emptied), self.open(bob, message), "the one of this device")
        known = {key: message[key] for key in ("message_conv_id", "message_conv_type", "message_unique_id")}
        self.assertEqual(self.open(bob, known), self.open(bob, message))

    def test_a_bundle_in_a_bundle(self):
        bob = self.signed_in(self.bob_name)
        self.send(bundle("outer", {"message_elem_array": [bundle("inner", text("deep"))], "message_sender": "carol"}))
        inner, = self.open(bob, self.received(bob))
        self.assertEqual(texts_of(self.open(bob, inner)), ["deep"])

    def test_how_deep_and_how_large(self):
        elem = bundle("0", text("deep"))
        for level in range(1, DEPTH + 1):
            elem = bundle(str(level), {"message_elem_array": [elem], "message_sender": "bob"})
        self.assertEqual(self.send(elem).code, TOO_DEEP)
        self.assertEqual(self.send(bundle("many", *[text("x")] * 301)).code, INVALID_PARAMETERS)
        self.assertEqual(self.send(bundle("large", *[text("x" * 20000)] * 300)).code, BODY_TOO_LARGE)

    def test_a_large_bundle_travels_as_a_file(self):
        words = [f"{number} {'字' * 300}" for number in range(300)]
        phone = self.client(self.name, platform="phone")
        phone.login(self.name, harness.password(self.name))
        reply = self.send(bundle("All of May", *[text(one) for one in words]))
        self.assertEqual(reply.code, 0, reply.desc)
        bob = self.signed_in(self.bob_name)
        message = self.received(bob)
        elem, = message["message_elem_array"]
        self.assertEqual((elem["merge_elem_title"], elem["merge_elem_message_array"]), ("All of May", []))
        self.assertTrue(elem["merge_elem_relay_json_key"])
        for client, peer in ((self.alice, self.bob_name), (phone, self.bob_name), (bob, self.name)):
            one = client.wait_until(lambda client=client, peer=peer: client.history(peer), "the bundle")[0]
            self.assertEqual(texts_of(self.open(client, one)), words)
        self.assertEqual(texts_of(bob.history(self.name)[0]["message_elem_array"][0]["merge_elem_message_array"]), words)

    def test_a_bundle_that_is_another_one_is_refused(self):
        bob = self.signed_in(self.bob_name)
        self.send(bundle("All of May", *[text("字" * 300)] * 300))
        message = self.received(bob)
        elem, = message["message_elem_array"]
        version, sha256, size, url = elem["merge_elem_relay_json_key"].split(" ")
        for code, key in ((6009, " ".join((version, "0" * 64, size, url))),
                          (INVALID_PARAMETERS, " ".join((version, sha256, size, "file:///etc/passwd"))),
                          (INVALID_PARAMETERS, " ".join((version, sha256, "99999999999", url)))):
            with self.subTest(key):
                self.assert_fails(code, bob, "TIMMsgDownloadMergerMessage", json.dumps(
                    {"message_elem_array": [{**elem, "merge_elem_relay_json_key": key}]}))

    def test_what_has_no_bundle(self):
        sent = self.alice.send_text(self.bob_name, "plain")
        for message in (sent, {}, {"message_elem_array": [{"elem_type": MERGER}]},
                        {"message_conv_id": "nobody", "message_conv_type": 1, "message_unique_id": 5}):
            self.assert_fails(INVALID_PARAMETERS, self.alice, "TIMMsgDownloadMergerMessage", json.dumps(message))

    def test_what_was_nested_too_deep_is_said_to_be(self):
        deep = {"elem_type": MERGER, "merge_elem_layer_over_limit": True, "merge_elem_compatible_text": "Forwarded"}
        self.assert_fails(TOO_DEEP, self.alice, "TIMMsgDownloadMergerMessage",
                          json.dumps({"message_elem_array": [deep]}))

    def test_a_stock_client_reads_title_and_lines(self):
        peer = self.peer(self.bob_name)
        self.send(bundle("Alice and Bob", text("one"), text("two", "alice")))
        self.assertTrue(peer.wait_for(body="Alice and Bob\nbob: one\nalice: two"))


if __name__ == "__main__":
    harness.main()
