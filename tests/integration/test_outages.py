#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server goes and comes back, the connection is lost, the process is killed: nothing lost, nothing twice."""

import harness
import imclient
from harness import password, texts_of
from imclient import CONNECTED, CONNECTING, DISCONNECTED, SENDING, SENT
from wire import Wire

RECONNECT_SECONDS = 60
WATCHDOG_SECONDS = 90


class Outages(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        if not self.server.is_running():
            self.server.start()

    def both(self):
        return self.signed_in(self.alice_name), self.signed_in(self.bob_name)

    def assert_same_story(self, alice, bob, expected):
        """Both have exactly these, in this order, and every one is sent."""
        of_alice = alice.history(self.bob_name, 200)[::-1]
        of_bob = bob.history(self.alice_name, 200)[::-1]
        self.assertEqual(texts_of(of_alice), expected)
        self.assertEqual(texts_of(of_bob), expected)
        self.assertEqual({one["message_status"] for one in of_alice + of_bob}, {SENT})

    def talk_through(self, end):
        """Ten before, ten while the server is away, ten afterwards."""
        alice, bob = self.both()
        texts = [f"message {number}" for number in range(30)]
        for text in texts[:10]:
            alice.send_text(self.bob_name, text)
        bob.wait_for_message(texts[9])
        mark = alice.mark()
        end()
        alice.wait_network(DISCONNECTED, after=mark)
        calls = [alice.send(self.bob_name, text) for text in texts[10:20]]
        waiting = alice.conversation(self.bob_name)["conv_last_msg"]
        self.assertEqual((imclient.text_of(waiting), waiting["message_status"]), (texts[19], SENDING))
        self.assertEqual([event for event in alice.of("reply", after=mark) if event["call"] in calls], [])
        self.server.start()
        for call in calls:
            self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
        for text in texts[20:]:
            alice.send_text(self.bob_name, text, seconds=RECONNECT_SECONDS)
        bob.wait_for_message(texts[-1], RECONNECT_SECONDS)
        self.assertEqual(bob.texts(), texts, "each once, in order")
        self.assert_same_story(alice, bob, texts)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], 30)
        statuses = [status for status, _, _ in alice.network(mark)]
        self.assertEqual(statuses[0], DISCONNECTED)
        self.assertIn(CONNECTING, statuses)
        self.assertEqual(statuses[-1], CONNECTED)
        self.assertEqual(statuses.count(DISCONNECTED), 1)

    def test_the_server_is_restarted(self):
        self.talk_through(self.server.shut_down)

    def test_the_server_is_killed(self):
        self.talk_through(self.server.kill)

    def burst(self, end):
        """Twenty messages are on their way when it ends, twenty more are written before it is noticed."""
        alice, bob = self.both()
        texts = [f"message {number}" for number in range(40)]
        calls = [alice.send(self.bob_name, text) for text in texts[:20]]
        end()
        self.server.start()
        calls += [alice.send(self.bob_name, text) for text in texts[20:]]
        for call in calls:
            self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
        bob.wait_for_message(texts[-1], RECONNECT_SECONDS)
        return texts, bob.texts()

    def test_the_server_is_restarted_under_load(self):
        sent, received = self.burst(self.server.shut_down)
        self.assertEqual(received, sent, "each once, in order")

    def test_the_server_is_killed_under_load(self):
        """It may have put a message into the sender's archive and not yet into the receiver's."""
        sent, received = self.burst(self.server.kill)
        self.assertEqual(received, sent, "each once, in order")

    def test_the_server_stands_still_for_a_moment(self):
        alice, bob = self.both()
        self.server.freeze()
        call = alice.send(self.bob_name, "are you frozen?")
        waiting = alice.conversation(self.bob_name)["conv_last_msg"]
        self.assertEqual(waiting["message_status"], SENDING)
        self.server.thaw()
        self.assertEqual(alice.reply(call).code, 0)
        bob.wait_for_message("are you frozen?")
        self.assertEqual(bob.texts(), ["are you frozen?"])

    @harness.only_on("prosody", "takes longer than a minute, and the server plays no part in it")
    def test_a_server_that_stands_still_is_noticed(self):
        alice = self.signed_in(self.alice_name)
        mark = alice.mark()
        self.server.freeze()
        try:
            alice.wait_network(DISCONNECTED, WATCHDOG_SECONDS, after=mark)
        finally:
            self.server.thaw()
        alice.wait_network(CONNECTED, RECONNECT_SECONDS, after=mark)

    def wired(self, user, wire, **options):
        client = self.client(user, server=None, **options)
        client.choose_server(server_url=f"ws://127.0.0.1:{wire.port}{self.server.ws_path}", domain="localhost")
        client.login(user, password(user))
        return client

    def test_the_connection_is_cut(self):
        wire = self.enterContext(Wire(self.server.http_port))
        alice, bob = self.wired(self.alice_name, wire), self.signed_in(self.bob_name)
        expected = []
        for number in range(5):
            expected += [f"{number} before", f"{number} in between", f"{number} from bob"]
            alice.send_text(self.bob_name, expected[-3])
            wire.block()  # leaves the client, does not arrive
            call = alice.send(self.bob_name, expected[-2])
            alice.wait_until(lambda: expected[-2] in wire.said(), "the frame to leave")
            wire.cut()
            bob.wait_for_message(expected[-3])
            wire.unblock()
            self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
            bob.wait_for_message(expected[-2])
            bob.send_text(self.alice_name, expected[-1])
            alice.wait_for_message(expected[-1])
        bob.wait_for_message(expected[-2])
        self.assert_same_story(alice, bob, expected)
        self.assertIn("<resume", wire.said())

    def test_acknowledgements_are_lost(self):
        """The message arrives, but not the word that it did."""
        wire = self.enterContext(Wire(self.server.http_port))
        alice, bob = self.wired(self.alice_name, wire), self.signed_in(self.bob_name)
        wire.block_answers()
        call = alice.send(self.bob_name, "only once")
        bob.wait_for_message("only once")
        wire.cut()
        wire.unblock()
        self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
        alice.send_text(self.bob_name, "and then")
        bob.wait_for_message("and then")
        self.assertEqual(bob.texts(), ["only once", "and then"])
        self.assert_same_story(alice, bob, ["only once", "and then"])

    def test_a_message_outlives_the_process(self):
        alice = self.signed_in(self.alice_name)
        mark = alice.mark()
        self.server.shut_down()
        alice.wait_network(DISCONNECTED, after=mark)
        alice.send(self.bob_name, "from a previous life")
        alice.wait_until(lambda: alice.conversation_events(mark), "it to be stored")
        alice.kill()
        self.server.start()
        bob = self.signed_in(self.bob_name)
        alice.run()
        alice.login(self.alice_name, password(self.alice_name))
        bob.wait_for_message("from a previous life")
        update = alice.wait_until(lambda: [one for one in alice.updates() if one["message_status"] == SENT],
                                  "TIMMsgUpdateCallback")[0]
        self.assert_message_keys(update)
        self.assertEqual(imclient.text_of(update), "from a previous life")
        alice.send_text(self.bob_name, "in this one")
        bob.wait_for_message("in this one")
        self.assertEqual(bob.texts(), ["from a previous life", "in this one"])
        self.assert_same_story(alice, bob, ["from a previous life", "in this one"])

    def test_killed_while_sending(self):
        """What this device has, the other has; none of it twice."""
        bob = self.signed_in(self.bob_name)
        alice = self.signed_in(self.alice_name)
        for number in range(50):
            alice.send(self.bob_name, f"burst {number}")
        alice.kill()
        alice.run()
        alice.login(self.alice_name, password(self.alice_name))
        alice.send_text(self.bob_name, "the end")
        bob.wait_for_message("the end")
        story = alice.history(self.bob_name, 100)[::-1]
        self.assertEqual({one["message_status"] for one in story}, {SENT})
        self.assertEqual(bob.texts(), texts_of(story))
        self.assertEqual(len(set(bob.texts())), len(bob.texts()))

    def test_reading_while_offline_is_told_later(self):
        alice, bob = self.client(self.alice_name, receipts=True), self.signed_in(self.bob_name)
        alice.login(self.alice_name, password(self.alice_name))
        alice.send_text(self.bob_name, "read it on the train")
        bob.wait_for_message("read it on the train")
        mark = bob.mark()
        self.server.shut_down()
        bob.wait_network(DISCONNECTED, after=mark)
        bob.read(self.alice_name)
        self.server.start()
        alice.wait_until(lambda: alice.receipts_got(), "the receipt", RECONNECT_SECONDS)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], 0)


if __name__ == "__main__":
    harness.main()
