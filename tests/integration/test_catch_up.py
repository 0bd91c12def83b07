#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came while a device was away: each message once, in order, and a true count."""

import time

import harness
import imclient
import process
from harness import password, texts_of
from wire import Wire

MANY = 2000


class CatchUp(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.peer(self.alice_name)
        self.bob_jid = self.server.address(self.bob_name)

    def history(self, client, count):
        """Everything, oldest first, in pages."""
        messages = []
        while True:
            page = client.history(self.alice_name, 200, last=messages[-1] if messages else None)
            messages += page
            if len(page) < 200 or len(messages) > count + 200:
                return texts_of(messages)[::-1]

    def test_the_connection_is_lost_meanwhile(self):
        """The next one reads the rest; nothing is told twice."""
        wire = self.enterContext(Wire(self.server.http_port))
        texts = [f"message {number}" for number in range(600)]
        bob = self.client(self.bob_name, environment={
            "IMSDK_SERVER": f"ws://127.0.0.1:{wire.port}{self.server.ws_path}"})
        bob.login(self.bob_name, password(self.bob_name))
        bob.logout()
        self.alice.send_many(self.bob_jid, texts)
        mark = bob.mark()
        call = bob.start("TIMLogin", self.bob_name, password(self.bob_name))
        bob.wait_for_message(texts[0], after=mark)
        wire.cut()
        self.assertEqual(bob.reply(call, 60).code, 0)
        bob.wait_for_message(texts[-1], 60, after=mark)
        self.assertEqual(bob.texts(mark), texts)

    def test_two_thousand_messages(self):
        bob = self.signed_in(self.bob_name)
        self.alice.send(self.bob_jid, "seen live")
        bob.wait_for_message("seen live")
        bob.read(self.alice_name)
        bob.logout()

        texts = [f"message {number}" for number in range(MANY)]
        begun = time.monotonic()
        self.alice.send_many(self.bob_jid, texts)
        print(f"\n{MANY} messages sent on {harness.KIND}: {time.monotonic() - begun:.2f} s")

        mark = bob.mark()
        begun = time.monotonic()
        bob.login(self.bob_name, password(self.bob_name))
        signed_in = time.monotonic() - begun
        bob.wait_for_message(texts[-1], seconds=120, after=mark)
        print(f"caught up on {harness.KIND}: {time.monotonic() - begun:.2f} s, login answered after "
              f"{signed_in:.2f} s")
        bob.wait_network(imclient.CONNECTED, after=mark)
        self.assertEqual(bob.texts(mark), texts)
        for message in bob.messages(mark)[::500]:
            self.assert_message_keys(message)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], MANY)
        self.assertEqual(self.history(bob, MANY), ["seen live", *texts])

        # again, and from the beginning: nothing is told twice
        bob.logout()
        mark = bob.mark()
        bob.login(self.bob_name, password(self.bob_name))
        bob.wait_network(imclient.CONNECTED, after=mark)
        self.alice.send(self.bob_jid, "the last")
        bob.wait_for_message("the last", after=mark)
        self.assertEqual(bob.texts(mark), ["the last"])
        bob.read(self.alice_name)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], 0)

    def test_on_a_new_device(self):
        texts = [f"old {number}" for number in range(300)]
        self.alice.send_many(self.bob_jid, texts)
        bob = self.signed_in(self.bob_name)
        bob.wait_until(lambda: any(one["conv_id"] == self.alice_name
                                   and imclient.text_of(one.get("conv_last_msg", {})) == texts[-1]
                                   for _, one in bob.conversation_events()), "the conversation")
        self.assertEqual(imclient.text_of(bob.conversation(self.alice_name)["conv_last_msg"]), texts[-1])
        messages = []
        while len(messages) < len(texts):
            page = bob.history(self.alice_name, 50, last=messages[-1] if messages else None, remote=True)
            self.assertNotEqual(page, [], f"after {len(messages)}")
            messages += page
        self.assertEqual(texts_of(messages)[::-1], texts)
        self.assertEqual(bob.history(self.alice_name, 50, last=messages[-1], remote=True), [])
        self.assertEqual(len(bob.texts()), len(set(bob.texts())), "none twice")

    def test_after_a_killed_process(self):
        bob = self.signed_in(self.bob_name)
        self.alice.send(self.bob_jid, "before")
        bob.wait_for_message("before")
        bob.kill()
        texts = [f"while away {number}" for number in range(50)]
        self.alice.send_many(self.bob_jid, texts)
        # ejabberd loses what is still on its way to the dead session when the next one replaces that.
        phone = self.peer(self.bob_name, resource="phone")
        process.wait_for(lambda: len(phone.archive()) == 51, imclient.SECONDS, "the archive to have all")
        phone.stop()
        bob.run()
        bob.login(self.bob_name, password(self.bob_name))
        bob.wait_for_message(texts[-1])
        self.assertEqual(bob.texts(), texts)
        self.assertEqual(self.history(bob, 51), ["before", *texts])
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], 51)

    def test_read_elsewhere_while_away(self):
        bob = self.signed_in(self.bob_name)
        bob.logout()
        last = [self.alice.send(self.bob_jid, f"number {number}", markable=True) for number in range(5)][-1]
        self.alice.sync()
        phone = self.peer(self.bob_name, resource="phone")
        phone.mark_displayed(self.server.address(self.alice_name), last)
        phone.sync()
        bob.login(self.bob_name, password(self.bob_name))
        bob.wait_for_message("number 4")
        bob.wait_network(imclient.CONNECTED)
        bob.wait_until(lambda: True, "")
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], 0)


if __name__ == "__main__":
    harness.main()
