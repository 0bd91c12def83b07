#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The computer's clock jumps by an hour, back and forth, while connected and in between: the order inside a
conversation stays as it was seen, nothing is lost or told twice, unread counts are right, and nothing times out."""

import glob
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

import harness  # noqa: E402
import imclient  # noqa: E402
from harness import password, texts_of  # noqa: E402
from imclient import CONNECTED, DISCONNECTED, SENT  # noqa: E402

HOUR = 3600
JUMPS = (HOUR, -HOUR, 0, -HOUR, HOUR)
RECONNECT_SECONDS = 60
WATCHDOG_SECONDS = 90
LIBRARY = next(iter(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")), None)


class Clock:
    """The time of day of one process, so many seconds off. Its monotonic clock goes on as it should."""

    def __init__(self, folder):
        self.file = pathlib.Path(folder) / "clock"
        self.jump(0)
        self.environment = {"LD_PRELOAD": LIBRARY, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
                            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}

    def jump(self, seconds):
        other = self.file.with_suffix(".new")
        other.write_text(f"{seconds:+d}\n", encoding="ascii")
        other.rename(self.file)


@unittest.skipUnless(LIBRARY, "libfaketime is not installed")
class Clocks(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.clock = Clock(self.folder())
        if not self.server.is_running():
            self.server.start()

    def jumping(self, user, **options):
        """A client whose clock jumps, signed in."""
        client = self.client(user, environment=self.clock.environment, **options)
        client.login(user, password(user))
        client.wait_network(CONNECTED)
        return client

    def assert_same_story(self, alice, bob, expected):
        of_alice = alice.history(self.bob_name, 200)[::-1]
        of_bob = bob.history(self.alice_name, 200)[::-1]
        self.assertEqual(texts_of(of_alice), expected)
        self.assertEqual(texts_of(of_bob), expected)
        self.assertEqual({one["message_status"] for one in of_alice + of_bob}, {SENT})

    def talk(self, alice, bob, texts, what):
        """alice, then bob, then alice again."""
        for number, (sender, receiver, peer) in enumerate(((alice, bob, self.bob_name), (bob, alice, self.alice_name),
                                                           (alice, bob, self.bob_name))):
            text = f"{number} {what}"
            sender.send_text(peer, text)
            receiver.wait_for_message(text)
            texts.append(text)

    def test_the_clock_really_jumps(self):
        alice = self.jumping(self.alice_name)
        times = []
        for seconds in (0, HOUR, -HOUR):
            self.clock.jump(seconds)
            times.append(alice.send_text(self.bob_name, f"at {seconds}")["message_client_time"])
        self.assertAlmostEqual(times[1] - times[0], HOUR, delta=60)
        self.assertAlmostEqual(times[2] - times[0], -HOUR, delta=60)

    def test_while_connected(self):
        alice, bob = self.jumping(self.alice_name), self.signed_in(self.bob_name)
        texts = []
        self.talk(alice, bob, texts, "before")
        for turn, seconds in enumerate(JUMPS):
            self.clock.jump(seconds)
            self.talk(alice, bob, texts, f"in turn {turn} at {seconds}")
            last = alice.conversation(self.bob_name)["conv_last_msg"]
            self.assertEqual(imclient.text_of(last), texts[-1])
        self.assertEqual(bob.texts(), [text for text in texts if not text.startswith("1")])
        self.assertEqual(alice.texts(), [text for text in texts if text.startswith("1")])
        self.assert_same_story(alice, bob, texts)
        self.assertEqual([one for one in alice.network() if one[0] == DISCONNECTED], [], "no connection was given up")
        bob.read(self.alice_name)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], 0)

        self.clock.jump(-HOUR)
        alice.kill()
        alice.run()
        alice.login(self.alice_name, password(self.alice_name))
        alice.wait_network(CONNECTED)
        self.assert_same_story(alice, bob, texts)
        self.assertEqual(alice.texts(), [], "nothing again")

    def test_unread_counts(self):
        alice, bob = self.signed_in(self.alice_name), self.jumping(self.bob_name)
        count = 0
        for turn, seconds in enumerate(JUMPS):
            self.clock.jump(seconds)
            for number in range(2):
                text = f"{turn} {number}"
                alice.send_text(self.bob_name, text)
                bob.wait_for_message(text)
                count += 1
            self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], count)
            if turn % 2 == 1:
                bob.read(self.alice_name)
                count = 0
                self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], 0)

    def test_between_sessions(self):
        alice, bob = self.signed_in(self.alice_name), self.jumping(self.bob_name)
        texts, told = [], []
        for turn, seconds in enumerate(JUMPS):
            bob.logout()
            self.clock.jump(seconds)
            new = [f"{turn} {number}" for number in range(5)]
            for text in new:
                alice.send_text(self.bob_name, text)
            mark = bob.mark()
            bob.login(self.bob_name, password(self.bob_name))
            bob.wait_for_message(new[-1], after=mark)
            bob.wait_network(CONNECTED, after=mark)
            told += bob.texts(mark)
            bob.send_text(self.alice_name, f"answer {turn}")
            alice.wait_for_message(f"answer {turn}")
            texts += [*new, f"answer {turn}"]
        self.assertEqual(told, [text for text in texts if not text.startswith("answer")], "each once, in order")
        self.assert_same_story(alice, bob, texts)

    def test_on_a_new_device(self):
        """The archive's order, whatever this computer thinks the time is."""
        alice, bob = self.signed_in(self.alice_name), self.signed_in(self.bob_name)
        texts = []
        self.talk(alice, bob, texts, "first")
        self.talk(alice, bob, texts, "second")
        for seconds in (HOUR, -HOUR):
            self.clock.jump(seconds)
            other = self.jumping(self.bob_name, platform=f"other{seconds}")
            self.assertEqual(texts_of(other.history(self.alice_name, 100)[::-1]), texts)
            text = f"to the clock at {seconds}"
            alice.send_text(self.bob_name, text)
            other.wait_for_message(text)
            texts.append(text)
            self.assertEqual(texts_of(other.history(self.alice_name, 100)[::-1]), texts)

    def test_while_the_server_is_away(self):
        """Messages wait in their order, and stand where they were really sent."""
        alice, bob = self.jumping(self.alice_name), self.signed_in(self.bob_name)
        texts = []
        self.talk(alice, bob, texts, "before")
        marks = alice.mark(), bob.mark()
        self.server.shut_down()
        alice.wait_network(DISCONNECTED, after=marks[0])
        calls = []
        for turn, seconds in enumerate(JUMPS):
            self.clock.jump(seconds)
            texts.append(f"waiting {turn} at {seconds}")
            calls.append(alice.send(self.bob_name, texts[-1]))
        self.clock.jump(-HOUR)
        self.server.start()
        for call in calls:
            self.assertEqual(alice.reply(call, RECONNECT_SECONDS).code, 0)
        bob.wait_for_message(texts[-1], RECONNECT_SECONDS)
        self.talk(alice, bob, texts, "after")
        self.assertEqual(bob.texts(marks[1]), [text for text in texts[3:] if not text.startswith("1")])
        self.assert_same_story(alice, bob, texts)

    @harness.only_on("prosody", "takes longer than a minute, and the server plays no part in it")
    @unittest.skipUnless(os.environ.get("LINNET_LONG"), "takes longer than a minute")
    def test_a_server_that_stands_still_is_noticed(self):
        """By a clock that does not jump."""
        for seconds in (HOUR, -HOUR):
            alice = self.jumping(self.alice_name)
            mark = alice.mark()
            self.server.freeze()
            try:
                self.clock.jump(seconds)
                alice.wait_network(DISCONNECTED, WATCHDOG_SECONDS, after=mark)
            finally:
                self.server.thaw()
            alice.wait_network(CONNECTED, RECONNECT_SECONDS, after=mark)
            alice.stop()


if __name__ == "__main__":
    harness.main()
