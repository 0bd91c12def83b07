#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several devices of one account: they agree, and of one kind only the newest stays."""

import harness
import imclient
from harness import password, texts_of
from imclient import UPDATE

LOGGED_OUT = 3


class Devices(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.peer(self.alice_name)
        self.alice_jid, self.bob_jid = self.alice.jid, self.server.address(self.bob_name)

    def test_sent_on_another_device(self):
        desk = self.signed_in(self.bob_name)
        phone = self.peer(self.bob_name, resource="phone")
        phone.send(self.alice_jid, "from my phone")
        self.alice.wait_for(body="from my phone")
        got = desk.wait_for_message("from my phone")
        self.assert_message_keys(got)
        self.assertTrue(got["message_is_from_self"] and got["message_is_read"])
        self.assertEqual((got["message_sender"], got["message_conv_id"]), (self.bob_name, self.alice_name))
        self.assertEqual(desk.conversation(self.alice_name)["conv_unread_num"], 0)

    def test_read_on_another_device(self):
        desk = self.signed_in(self.bob_name)
        phone = self.peer(self.bob_name, resource="phone")
        message = self.alice.send(self.bob_jid, "read me", markable=True)
        desk.wait_for_message("read me")
        phone.wait_for(body="read me")
        self.assertEqual(desk.conversation(self.alice_name)["conv_unread_num"], 1)
        mark = desk.mark()
        phone.mark_displayed(self.alice_jid, message)
        desk.wait_until(lambda: any(kind == UPDATE and one["conv_unread_num"] == 0
                                    for kind, one in desk.conversation_events(mark)), "the update to zero")

    def test_two_of_ours_agree(self):
        desk = self.signed_in(self.bob_name)
        phone = self.signed_in(self.bob_name, platform="phone")
        self.alice.send_many(self.bob_jid, [f"number {number}" for number in range(20)])
        for device in (desk, phone):
            device.wait_for_message("number 19")
        desk.send_text(self.alice_name, "answer of the desk")
        phone.wait_for_message("answer of the desk")
        phone.send_text(self.alice_name, "answer of the phone")
        desk.wait_for_message("answer of the phone")
        stories = [texts_of(device.history(self.alice_name, 50)) for device in (desk, phone)]
        self.assertEqual(stories[0], stories[1])
        self.assertEqual(len(stories[0]), 22)
        self.alice.wait_for(body="answer of the phone")
        self.assertEqual(self.alice.bodies(), ["answer of the desk", "answer of the phone"])

        self.alice.send(self.bob_jid, "and now read it", markable=True)
        for device in (desk, phone):
            device.wait_for_message("and now read it")
        mark = desk.mark()
        phone.read(self.alice_name)
        desk.wait_until(lambda: any(kind == UPDATE and one["conv_unread_num"] == 0
                                    for kind, one in desk.conversation_events(mark)), "the update to zero")
        for device in (desk, phone):
            self.assertEqual(device.of("kicked"), [])

    def test_what_another_device_sent_while_away(self):
        desk = self.signed_in(self.bob_name)
        desk.send_text(self.alice_name, "I am leaving")
        desk.logout()
        phone = self.peer(self.bob_name, resource="phone")
        phone.send(self.alice_jid, "on the way")
        phone.sync()
        self.alice.send(self.bob_jid, "see you")
        self.alice.sync()
        mark = desk.mark()
        desk.login(self.bob_name, password(self.bob_name))
        desk.wait_for_message("see you", after=mark)
        self.assertEqual([(imclient.text_of(one), one["message_is_from_self"]) for one in desk.messages(mark)],
                         [("on the way", True), ("see you", False)])
        self.assertEqual(texts_of(desk.history(self.alice_name)), ["see you", "on the way", "I am leaving"])

    def test_the_newer_desktop_wins(self):
        old = self.signed_in(self.bob_name)
        new = self.signed_in(self.bob_name)
        old.wait_for(lambda event: event["event"] == "kicked", "TIMKickedOfflineCallback")
        self.assertEqual(old.call("TIMGetLoginStatus"), LOGGED_OUT)
        self.assertEqual(old.call("TIMConvGetConvList"), -2)
        self.alice.send(self.bob_jid, "who hears this?")
        new.wait_for_message("who hears this?")
        # a reconnecting old device would have removed the new one by now and would be told so again
        self.alice.send_many(self.bob_jid, [f"filler {number}" for number in range(50)])
        new.wait_for_message("filler 49")
        self.assertEqual(new.of("kicked"), [])
        self.assertEqual(len(old.of("kicked")), 1)
        self.assertEqual(old.texts(), [])
        self.assertNotIn(imclient.CONNECTED, [status for status, _, _ in old.network(self.after_kick(old))])

        # "Use here": the old one signs in again and removes the other
        mark = old.mark()
        old.login(self.bob_name, password(self.bob_name))
        new.wait_for(lambda event: event["event"] == "kicked", "TIMKickedOfflineCallback")
        old.wait_for_message("filler 49", after=mark)
        self.assertEqual(len(old.of("kicked")), 1)
        self.assertEqual(len(new.of("kicked")), 1)

    @staticmethod
    def after_kick(client):
        return next(index for index, event in enumerate(client.events) if event["event"] == "kicked")


if __name__ == "__main__":
    harness.main()
