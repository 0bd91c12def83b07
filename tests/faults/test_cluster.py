#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two nodes of one ejabberd: the client's node is killed, or only its connection is lost, and it comes back on the
other one. Nothing lost, nothing twice, and the states are true."""

import os
import pathlib
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

import harness  # noqa: E402
import imclient  # noqa: E402
import peer  # noqa: E402
import process  # noqa: E402
import servers  # noqa: E402
from harness import password, texts_of  # noqa: E402
from imclient import CONNECTED, SENT, text_of  # noqa: E402
from wire import Wire  # noqa: E402

RECONNECT_SECONDS = 60
MANY = 150  # fits a page of history
DELIVERED = "message_linnet_is_delivered"


class Cluster(harness.ServerCase):
    @classmethod
    def setUpClass(cls):
        cls.server = servers.EjabberdCluster().start()
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        self.first, self.second = self.server.nodes
        self.server.mend()
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")

    def on(self, user, target, **options):
        """A client that is signed in at this node, or by this wire."""
        port = target.port if isinstance(target, Wire) else target.http_port
        client = self.client(user, server=None, **options)
        client.choose_server(server_url=f"ws://127.0.0.1:{port}{self.server.ws_path}", domain=self.server.domain)
        client.login(user, password(user))
        return client

    def wire(self):
        """To the first node."""
        return self.enterContext(Wire(self.first.http_port))

    def move(self, wire):
        """The first node dies; its clients come to the second."""
        wire.lead_to(self.second.http_port)
        self.first.kill()
        wire.cut()
        wire.unblock()

    def told(self, what, begun):
        print(f"\n{what}: {time.monotonic() - begun:.2f} s")

    def assert_same_story(self, alice, bob, expected):
        of_alice = alice.history(self.bob_name, 200)[::-1]
        of_bob = bob.history(self.alice_name, 200)[::-1]
        self.assertEqual(texts_of(of_alice), expected)
        self.assertEqual(texts_of(of_bob), expected)
        self.assertEqual({one["message_status"] for one in of_alice + of_bob}, {SENT})

    def test_the_senders_node_dies_before_it_has_the_message(self):
        wire = self.wire()
        alice, bob = self.on(self.alice_name, wire), self.on(self.bob_name, self.second)
        alice.send_text(self.bob_name, "before")
        wire.block()
        call = alice.send(self.bob_name, "on its way")
        alice.wait_until(lambda: "on its way" in wire.said(), "the frame to leave")
        begun = time.monotonic()
        self.move(wire)
        self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
        bob.wait_for_message("on its way", RECONNECT_SECONDS)
        self.told("the sender's node died, recovered after", begun)
        alice.send_text(self.bob_name, "after")
        bob.wait_for_message("after")
        self.assertEqual(bob.texts(), ["before", "on its way", "after"])
        self.assert_same_story(alice, bob, ["before", "on its way", "after"])

    def test_the_senders_node_dies_before_it_says_that_it_has_the_message(self):
        wire = self.wire()
        alice, bob = self.on(self.alice_name, wire), self.on(self.bob_name, self.second)
        wire.block_answers()
        call = alice.send(self.bob_name, "only once")
        bob.wait_for_message("only once")
        begun = time.monotonic()
        self.move(wire)
        self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
        self.told("acknowledgement lost with its node, recovered after", begun)
        alice.send_text(self.bob_name, "and then")
        bob.wait_for_message("and then")
        self.assertEqual(bob.texts(), ["only once", "and then"])
        self.assert_same_story(alice, bob, ["only once", "and then"])

    def test_the_senders_node_dies_in_a_burst(self):
        wire = self.wire()
        alice, bob = self.on(self.alice_name, wire), self.on(self.bob_name, self.second)
        texts = [f"message {number}" for number in range(MANY)]
        calls = [alice.send(self.bob_name, text) for text in texts[:MANY // 2]]
        bob.wait_for_message(texts[10])
        begun = time.monotonic()
        self.move(wire)
        calls += [alice.send(self.bob_name, text) for text in texts[MANY // 2:]]
        for call in calls:
            self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
        bob.wait_for_message(texts[-1], RECONNECT_SECONDS)
        self.told("the node died in a burst of the sender, recovered after", begun)
        self.assertEqual(bob.texts(), texts, "each once, in order")
        self.assert_same_story(alice, bob, texts)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], MANY)

    def archive_of_bob(self):
        """The texts that the second node has for bob."""
        with peer.Peer(self.second, self.bob_name, password(self.bob_name)) as other:
            return [body for body in other.archive() if body]

    def test_the_receivers_node_dies_before_it_has_handed_on_what_it_has(self):
        wire = self.wire()
        alice, bob = self.on(self.alice_name, self.second), self.on(self.bob_name, wire)
        bob.wait_network(CONNECTED)
        wire.block_answers()
        texts = [f"message {number}" for number in range(MANY)]
        for call in [alice.send(self.bob_name, text) for text in texts]:
            self.assertEqual(alice.reply(call).code, 0)
        process.wait_for(lambda: len(self.archive_of_bob()) == MANY, imclient.SECONDS, "the archive to have all")
        mark = bob.mark()
        begun = time.monotonic()
        self.move(wire)
        bob.wait_for_message(texts[-1], RECONNECT_SECONDS, after=mark)
        self.told(f"the receiver's node died with {MANY} messages, recovered after", begun)
        self.assertEqual(bob.texts(), texts, "each once, in order")
        self.assert_same_story(alice, bob, texts)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], MANY)

    def lose_messages(self):
        """The other node goes on handing messages to the dead one until it knows, says that it has them, and keeps none
        of these in the receiver's archive: they are in nobody's hands. alice, bob, all texts, those that bob lacks when he
        is back and has the last."""
        wire = self.wire()
        alice, bob = self.on(self.alice_name, self.second), self.on(self.bob_name, wire)
        texts = [f"message {number}" for number in range(MANY)]
        calls = [alice.send(self.bob_name, text) for text in texts]
        bob.wait_for_message(texts[10])
        mark = bob.mark()
        begun = time.monotonic()
        self.move(wire)
        for call in calls:
            self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
        bob.wait_network(CONNECTED, RECONNECT_SECONDS, after=mark)
        texts.append("the end")
        alice.send_text(self.bob_name, texts[-1])
        bob.wait_for_message(texts[-1], RECONNECT_SECONDS)
        lost = [text for text in texts if text not in bob.texts()]
        self.told(f"the receiver's node died while messages came, {len(lost)} of {MANY} were lost, connected after", begun)
        return alice, bob, texts, lost

    def wait_for_all(self, alice, bob, texts):
        begun = time.monotonic()
        process.wait_for(lambda: self.all_delivered(alice, bob, texts), RECONNECT_SECONDS, "all to be delivered")
        self.told("all delivered after", begun)
        self.assertEqual(sorted(bob.texts()), sorted(texts), "each once")
        self.assert_same_story(alice, bob, texts)

    def test_the_receivers_node_dies_while_messages_come(self):
        """The sender sees that no receipt comes for what was lost, and sends it once more."""
        alice, bob, texts, lost = self.lose_messages()
        self.wait_for_all(alice, bob, texts)
        self.assertEqual([text for text in bob.texts() if text not in lost],
                         [text for text in texts if text not in lost], "what was not lost comes in order")
        conversation = bob.conversation(self.alice_name)
        self.assertEqual(conversation["conv_unread_num"], len(texts))
        self.assertEqual(text_of(conversation["conv_last_msg"]), texts[-1])

    def test_the_receivers_node_dies_before_an_open_window(self):
        """Whoever reads the last message at once gets those that were lost before it all the same."""
        alice, bob, texts, _ = self.lose_messages()
        bob.read(self.alice_name, bob.history(self.alice_name, 1)[0])
        process.wait_for(lambda: len(bob.texts()) == len(texts), RECONNECT_SECONDS, "all to arrive")
        self.assert_same_story(alice, bob, texts)
        unread = [one for one in bob.history(self.alice_name, 200) if not one["message_is_read"]]
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], len(unread))
        self.assertEqual(bob.texts()[len(bob.texts()) - len(unread):], texts_of(unread[::-1]), "those that came last")

    def all_delivered(self, alice, bob, texts):
        """What alice's window calls delivered, bob has."""
        delivered = [text_of(one) for one in alice.history(self.bob_name, 200) if one.get(DELIVERED)]
        self.assertEqual(set(delivered) - set(texts_of(bob.history(self.alice_name, 200))), set(), "claimed too early")
        return len(delivered) == len(texts)

    def test_resumed_on_the_other_node(self):
        """The first node lives on; only the connection to it is lost."""
        wire = self.wire()
        alice, bob = self.on(self.alice_name, self.second), self.on(self.bob_name, wire)
        bob.wait_network(CONNECTED)
        wire.block()
        alice.send_text(self.bob_name, "missed")
        call = bob.send(self.alice_name, "kept")
        bob.wait_until(lambda: "kept" in wire.said(), "the frame to leave")
        mark = bob.mark()
        wire.lead_to(self.second.http_port)
        begun = time.monotonic()
        wire.cut()
        wire.unblock()
        bob.wait_network(CONNECTED, RECONNECT_SECONDS, after=mark)
        bob.wait_for_message("missed")
        self.told("resumed on the other node after", begun)
        self.assertEqual(bob.reply(call, RECONNECT_SECONDS).code, 0)
        alice.wait_for_message("kept")
        self.assertIn("<resume", wire.said())
        self.assertEqual(wire.said().count("xmpp-bind'") + wire.said().count('xmpp-bind"'), 1, "bound once")
        alice.send_text(self.bob_name, "after")
        bob.wait_for_message("after")
        self.assertEqual(bob.texts(), ["missed", "after"])
        self.assertEqual(alice.texts(), ["kept"])

    @unittest.skipUnless(os.environ.get("LINNET_LONG"), "two more nodes die")
    def test_there_and_back_again(self):
        """Each node dies once, and the client follows."""
        wire = self.wire()
        alice, bob = self.client(self.alice_name, server=None), self.on(self.bob_name, wire)
        alice.choose_server(server_url=f"ws://127.0.0.1:{wire.port}{self.server.ws_path}", domain=self.server.domain)
        alice.login(self.alice_name, password(self.alice_name))
        texts = ["on the first", "on the second", "on the first again"]
        alice.send_text(self.bob_name, texts[0])
        bob.wait_for_message(texts[0])
        for text, target, dying in ((texts[1], self.second, self.first), (texts[2], self.first, self.second)):
            marks = alice.mark(), bob.mark()
            wire.lead_to(target.http_port)
            dying.kill()
            wire.cut()
            for client, mark in zip((alice, bob), marks):
                client.wait_network(CONNECTED, RECONNECT_SECONDS, after=mark)
            self.server.mend()
            alice.send_text(self.bob_name, text, seconds=RECONNECT_SECONDS)
            bob.wait_for_message(text)
        self.assertEqual(bob.texts(), texts)
        self.assert_same_story(alice, bob, texts)


if __name__ == "__main__":
    harness.main()
