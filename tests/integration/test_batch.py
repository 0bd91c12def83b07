#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One message to many people, and messages for who is online only."""

import json

import harness
import imclient
from harness import password, texts_of
from imclient import FAILED, SENT

RESULT_KEYS = {"msg_batch_send_result_identifier", "msg_batch_send_result_code", "msg_batch_send_result_desc",
               "msg_batch_send_result_msg"}
INVALID_PARAMETERS, INVALID_ELEMENT, TOO_MANY = 6017, 6016, 90011


def batch(receivers, text, **keys):
    return json.dumps({"msg_batch_send_param_identifier_array": receivers,
                       "msg_batch_send_param_msg": imclient.text_message(text, **keys)})


class Case(harness.ServerCase):
    def setUp(self):
        self.name, self.bob, self.carol = self.user("alice"), self.user("bob"), self.user("carol")
        self.alice = self.signed_in(self.name)

    def results(self, reply):
        """The results by receiver."""
        for one in reply.json:
            self.assertEqual(set(one), RESULT_KEYS)
        return {one["msg_batch_send_result_identifier"]: one for one in reply.json}


class Batch(Case):
    def test_everybody_gets_one(self):
        bob, carol = self.signed_in(self.bob), self.signed_in(self.carol)
        results = self.results(self.alice.ask("TIMMsgBatchSend", batch([self.bob, self.carol], "to both")))
        self.assertEqual(set(results), {self.bob, self.carol})
        messages = [one["msg_batch_send_result_msg"] for one in results.values()]
        for receiver, one in results.items():
            message = one["msg_batch_send_result_msg"]
            self.assertEqual((one["msg_batch_send_result_code"], one["msg_batch_send_result_desc"]), (0, ""))
            self.assert_message_keys(message)
            self.assertEqual((message["message_conv_id"], message["message_status"]), (receiver, SENT))
            kept, = self.alice.history(receiver)
            kept.pop("message_linnet_is_delivered", None)  # the receipt may have come meanwhile
            self.assertEqual(kept, {key: message[key] for key in message if key != "message_linnet_is_delivered"})
        for key in ("message_rand", "message_unique_id", "message_msg_id"):
            self.assertEqual(len({message[key] for message in messages}), 2, key)
        for client in (bob, carol):
            client.wait_for_message("to both")
            self.assertEqual(texts_of(client.history(self.name)), ["to both"])

    def test_what_fails_is_said_for_each(self):
        results = self.results(self.alice.ask("TIMMsgBatchSend", batch([self.bob, "", "a@b@c/d"], "to some")))
        self.assertEqual(results[self.bob]["msg_batch_send_result_code"], 0)
        for wrong in ("", "a@b@c/d"):
            self.assertNotEqual(results[wrong]["msg_batch_send_result_code"], 0)
            self.assertNotEqual(results[wrong]["msg_batch_send_result_desc"], "")
            message = results[wrong]["msg_batch_send_result_msg"]
            self.assertEqual((message["message_status"], imclient.text_of(message)), (FAILED, "to some"))

    def test_how_many(self):
        self.assert_fails(TOO_MANY, self.alice, "TIMMsgBatchSend", batch(["bob"] * 501, "x"))
        self.assert_fails(INVALID_PARAMETERS, self.alice, "TIMMsgBatchSend", batch([], "x"))
        names = [f"nobody{number}" for number in range(500)]
        reply = self.alice.ask("TIMMsgBatchSend", batch(names, "to all"), seconds=100)
        self.assertEqual(set(self.results(reply)), set(names))

    def test_it_waits_for_the_connection(self):
        self.server.shut_down()
        try:
            call = self.alice.start("TIMMsgBatchSend", batch([self.bob, self.carol], "later"))
            self.alice.wait_until(lambda: len(self.alice.conversation_events()) >= 2, "both conversations")
        finally:
            self.server.start()
        results = self.results(self.alice.reply(call, seconds=60))
        self.assertEqual([one["msg_batch_send_result_code"] for one in results.values()], [0, 0])
        self.signed_in(self.bob).wait_for_message("later")

    def test_it_survives_the_process(self):
        self.server.shut_down()
        try:
            self.alice.start("TIMMsgBatchSend", batch([self.bob, self.carol], "after all"))
            self.alice.wait_until(lambda: len(self.alice.conversation_events()) >= 2, "both conversations")
            self.alice.kill()
        finally:
            self.server.start()
        self.alice.run()
        self.alice.login(self.name, password(self.name))
        for receiver in (self.bob, self.carol):
            self.signed_in(receiver).wait_for_message("after all")

    def test_the_session_ends_meanwhile(self):
        self.server.shut_down()
        try:
            call = self.alice.start("TIMMsgBatchSend", batch([self.bob, self.carol], "never"))
            self.alice.logout()
            self.assertEqual(self.alice.reply(call).code, 6014)
        finally:
            self.server.start()


class OnlineOnly(Case):
    def test_it_is_told_and_not_kept(self):
        bob = self.signed_in(self.bob)
        self.alice.send_text(self.bob, "now or never", message_is_online_msg=True)
        self.alice.send_text(self.bob, "for ever")
        bob.wait_for_message("for ever")
        self.assertEqual(texts_of(bob.messages(online=True)), ["now or never"])
        self.assertEqual(texts_of(bob.history(self.name, remote=True)), ["for ever"])
        self.assertEqual(texts_of(self.alice.history(self.bob, remote=True)), ["for ever"])
        self.assertEqual(bob.conversation(self.name)["conv_unread_num"], 1)

    def test_who_was_away_does_not_get_it(self):
        self.alice.send_text(self.bob, "now or never", message_is_online_msg=True)
        self.alice.send_text(self.bob, "for ever")
        bob = self.signed_in(self.bob)
        bob.wait_until(lambda: bob.conversation(self.name), "the conversation")
        self.assertEqual(texts_of(bob.history(self.name, remote=True)), ["for ever"])
        self.assertEqual(bob.messages(online=True), [])


if __name__ == "__main__":
    harness.main()
