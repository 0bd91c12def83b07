#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages about messages: taken back, changed, reacted to; between two of ours, own devices, and a stock client."""

import json

import harness
from harness import password, texts_of
from imclient import C2C, text_of

REVOKED = 6
NS_RETRACT, NS_CORRECT, NS_REACTIONS = "urn:xmpp:message-retract:1", "urn:xmpp:message-correct:0", \
    "urn:xmpp:reactions:0"


def find(client, peer, message):
    """The message as this device has it, by what both sides know of it."""
    return next((one for one in client.history(peer) if one["message_rand"] == message["message_rand"]), None)


def locators(client):
    return [one for event in client.of("revoke") for one in json.loads(event["values"][0])]


def reactions(client, message):
    [result] = client.ask("TIMMsgGetMessageReactions", json.dumps([message]), 10).json
    return {one["message_reaction_id"]: sorted(user["user_info_userid"] for user in
                                               one["message_reaction_partial_user_info_array"])
            for one in result["message_reaction_result_reaction_list"]}


def finds(client, word, peer):
    """Does a search on this device find it?"""
    param = {"msg_search_param_keyword_array": [word], "msg_search_param_conv_id": peer,
             "msg_search_param_conv_type": C2C}
    return client.ask("TIMMsgSearchLocalMessages", json.dumps(param)).json["msg_search_result_total_count"] > 0


class About(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")

    def wait_status(self, client, peer, message, status):
        client.wait_until(lambda: any(one["message_rand"] == message["message_rand"]
                                      and one["message_status"] == status for one in client.updates()),
                          f"status {status}")

    def test_revoked_everywhere(self):
        alice, bob = self.signed_in(self.alice_name), self.signed_in(self.bob_name)
        phone = self.signed_in(self.alice_name, platform="phone")
        sent = alice.send_text(self.bob_name, "oops")
        for device, peer in ((bob, self.alice_name), (phone, self.bob_name)):
            device.wait_for_message("oops")
            self.assertTrue(finds(device, "oops", peer))
        reply = alice.ask("TIMMsgRevoke", self.bob_name, C2C, json.dumps(sent))
        self.assertEqual(reply.text, "")
        for device, peer in ((bob, self.alice_name), (phone, self.bob_name)):
            self.wait_status(device, peer, sent, REVOKED)
            [locator] = device.wait_until(lambda device=device: locators(device), "TIMMsgRevokeCallback")
            self.assertEqual((locator["message_locator_conv_id"], locator["message_locator_rand"]),
                             (peer, sent["message_rand"]))
        for device, peer in ((alice, self.bob_name), (bob, self.alice_name), (phone, self.bob_name)):
            [message] = device.history(peer)
            self.assertEqual((message["message_status"], message["message_elem_array"]), (REVOKED, []))
            conversation = device.conversation(peer)
            self.assertEqual((conversation["conv_unread_num"], conversation["conv_last_msg"]["message_status"]),
                             (0, REVOKED))
            self.assertFalse(finds(device, "oops", peer))
        self.assertEqual(locators(alice), [])

    def test_revoked_while_the_others_are_away(self):
        alice, bob = self.signed_in(self.alice_name), self.signed_in(self.bob_name)
        bob.logout()
        sent = alice.send_text(self.bob_name, "oops")
        alice.ask("TIMMsgRevoke", self.bob_name, C2C, json.dumps(sent))
        alice.send_text(self.bob_name, "this stays")
        bob.login(self.bob_name, password(self.bob_name))
        bob.wait_for_message("this stays")
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], 1)
        self.assertEqual([(one["message_status"], text_of(one)) for one in bob.history(self.alice_name)],
                         [(2, "this stays"), (REVOKED, None)])

    def test_modified(self):
        alice, bob = self.signed_in(self.alice_name), self.signed_in(self.bob_name)
        phone = self.signed_in(self.alice_name, platform="phone")
        sent = alice.send_text(self.bob_name, "helo")
        for device in (bob, phone):
            device.wait_for_message("helo")
        self.assertTrue(finds(bob, "helo", self.alice_name))
        changed = {**sent, "message_elem_array": [{"elem_type": 0, "text_elem_content": "hello"}]}
        newest = alice.ask("TIMMsgModifyMessage", json.dumps(changed)).json
        self.assertEqual((text_of(newest), newest["message_version"]), ("hello", 1))
        for device in (bob, phone):
            device.wait_until(lambda device=device: "hello" in texts_of(device.updates()), "the new text")
        self.assertEqual(texts_of(bob.history(self.alice_name)), ["hello"])
        self.assertEqual(texts_of(phone.history(self.bob_name)), ["hello"])
        for device, peer in ((alice, self.bob_name), (bob, self.alice_name), (phone, self.bob_name)):
            self.assertEqual((finds(device, "hello", peer), finds(device, "helo", peer)), (True, False))
        reply = alice.answer("TIMMsgModifyMessage", json.dumps(changed))
        self.assertEqual((reply.code, text_of(json.loads(reply.text))), (8006, "hello"))

    def test_reactions(self):
        alice, bob = self.signed_in(self.alice_name), self.signed_in(self.bob_name)
        sent = alice.send_text(self.bob_name, "shall we?")
        got = bob.wait_for_message("shall we?")
        bob.ask("TIMMsgAddMessageReaction", json.dumps(got), "👍")
        alice.wait_until(lambda: alice.of("reactions"), "the reaction")
        alice.ask("TIMMsgAddMessageReaction", json.dumps(sent), "👍")
        bob.wait_until(lambda: len(bob.of("reactions")) >= 2, "the other reaction")
        both = sorted([self.alice_name, self.bob_name])
        self.assertEqual(reactions(alice, sent), {"👍": both})
        self.assertEqual(reactions(bob, got), {"👍": both})
        for client, message in ((alice, sent), (bob, got)):
            users = client.ask("TIMMsgGetAllUserListOfMessageReaction", json.dumps(message), "👍", 0, 10).json
            self.assertEqual(sorted(one["user_info_userid"] for one in
                                    users["message_reaction_user_result_user_info_array"]), both)
        self.assert_fails(23007, bob, "TIMMsgAddMessageReaction", json.dumps(got), "👍")
        self.assert_fails(23008, bob, "TIMMsgRemoveMessageReaction", json.dumps(got), "👎")
        bob.ask("TIMMsgRemoveMessageReaction", json.dumps(got), "👍")
        alice.wait_until(lambda: len(alice.of("reactions")) >= 3, "its end")
        self.assertEqual(reactions(alice, sent), {"👍": [self.alice_name]})
        self.assertEqual(texts_of(alice.messages()) + texts_of(bob.messages()), ["shall we?"])

    def test_what_is_refused(self):
        alice, bob = self.signed_in(self.alice_name), self.signed_in(self.bob_name)
        alice.send_text(self.bob_name, "hello")
        got = bob.wait_for_message("hello")
        self.assert_fails(10007, bob, "TIMMsgRevoke", self.alice_name, C2C, json.dumps(got))
        self.assert_fails(10007, bob, "TIMMsgModifyMessage", json.dumps(got))
        self.assert_fails(10030, bob, "TIMMsgRevoke", self.alice_name, C2C,
                          json.dumps({**got, "message_unique_id": 1}))

    def test_a_stock_client(self):
        bob = self.signed_in(self.bob_name)
        alice = self.peer(self.alice_name)
        bob_jid = self.server.address(self.bob_name)
        first = alice.send(bob_jid, "first")
        bob.wait_for_message("first")
        alice.send_about(bob_jid, NS_CORRECT, "replace", first, body="first, better")
        bob.wait_until(lambda: "first, better" in texts_of(bob.updates()), "the correction")
        alice.send_about(bob_jid, NS_RETRACT, "retract", first, body="I took it back")
        bob.wait_until(lambda: locators(bob), "the retraction")
        self.assertEqual(texts_of(bob.messages()), ["first"])

        sent = bob.send_text(self.alice_name, "from ours")
        bob.ask("TIMMsgRevoke", self.alice_name, C2C, json.dumps(sent))
        entry = alice.wait_for(body="from ours")
        taken = alice.wait_until(lambda: next((one for one in alice.received if one["retracts"]), None), "retraction")
        self.assertEqual(taken["retracts"], entry["id"])

    def test_a_stranger_says_nothing_about_our_messages(self):
        bob, mallory = self.signed_in(self.bob_name), self.peer(self.user("mallory"))
        alice = self.peer(self.alice_name)
        bob_jid = self.server.address(self.bob_name)
        message = alice.send(bob_jid, "of alice")
        bob.wait_for_message("of alice")
        for namespace, name in ((NS_RETRACT, "retract"), (NS_CORRECT, "replace")):
            mallory.send_about(bob_jid, namespace, name, message, body="forged")
        mallory.send(bob_jid, "the end")
        bob.wait_for_message("the end")
        self.assertEqual(texts_of(bob.history(self.alice_name)), ["of alice"])
        self.assertEqual((bob.updates(), locators(bob)), ([], []))


if __name__ == "__main__":
    harness.main()
