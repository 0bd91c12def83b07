#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One message to many: each gets a message of its own, and one answer tells of all."""

import json
import pathlib

import harness
import imclient
from imclient import FAILED, SENT, text_of

EXAMPLE = pathlib.Path(__file__).parents[1] / "data" / "json" / "08-TIMMsgBatchSend.json"
TOO_MANY = 90011
BAD_JSON, BAD_PARAM = -3, -4


def param(receivers, text="to all of you"):
    return json.dumps({"msg_batch_send_param_identifier_array": receivers,
                       "msg_batch_send_param_msg": imclient.text_message(text)})


class Batch(harness.ServerCase):
    def setUp(self):
        self.names = [self.user(name) for name in ("bob", "carol", "david")]
        self.alice = self.signed_in(self.user("alice"))

    def results(self, reply):
        return {one["msg_batch_send_result_identifier"]: one for one in reply.json}

    def test_everybody_gets_a_message_of_their_own(self):
        others = [self.signed_in(name) for name in self.names]
        reply = self.alice.ask("TIMMsgBatchSend", param(self.names))
        self.assertEqual([one["msg_batch_send_result_identifier"] for one in reply.json], self.names)
        messages = [one["msg_batch_send_result_msg"] for one in reply.json]
        self.assertEqual([one["msg_batch_send_result_code"] for one in reply.json], [0, 0, 0])
        self.assertEqual({one["message_status"] for one in messages}, {SENT})
        self.assertEqual(len({one["message_rand"] for one in messages}), 3)
        for other, name, message in zip(others, self.names, messages):
            heard = other.wait_for_message("to all of you")
            self.assertEqual(heard["message_rand"], message["message_rand"])
            self.assertEqual([text_of(one) for one in self.alice.history(name)], ["to all of you"])
        for other in others:
            self.assertEqual(other.texts(), ["to all of you"], "once")

    def test_the_answer_has_the_shape_of_the_example(self):
        [result] = self.alice.ask("TIMMsgBatchSend", param(self.names[:1])).json
        example = json.loads(EXAMPLE.read_text(encoding="utf-8"))[0]
        self.assertEqual(set(example) - set(result), set())
        self.assertEqual(set(example["msg_batch_send_result_msg"]) - set(result["msg_batch_send_result_msg"]), set())

    def test_one_who_does_not_exist_does_not_hold_up_the_others(self):
        reply = self.alice.ask("TIMMsgBatchSend", param([self.names[0], "nobody-at-all", "", self.names[1]]))
        codes = {name: one["msg_batch_send_result_code"] for name, one in self.results(reply).items()}
        self.assertEqual((codes[self.names[0]], codes[self.names[1]]), (0, 0))
        self.assertNotEqual(codes["nobody-at-all"], 0)
        self.assertNotEqual(codes[""], 0)
        for name in ("nobody-at-all", ""):
            failed = self.results(reply)[name]
            self.assertNotEqual(failed["msg_batch_send_result_desc"], "")
            self.assertEqual(failed["msg_batch_send_result_msg"]["message_status"], FAILED)
            self.assertEqual(text_of(failed["msg_batch_send_result_msg"]), "to all of you")

    def test_five_hundred_and_no_more(self):
        everybody = [self.names[number % 3] for number in range(501)]
        self.assert_fails(TOO_MANY, self.alice, "TIMMsgBatchSend", param(everybody))
        self.assertEqual(self.alice.history(self.names[0]), [], "nothing was sent")
        reply = self.alice.ask("TIMMsgBatchSend", param(everybody[:500]), seconds=120)
        self.assertEqual([one["msg_batch_send_result_code"] for one in reply.json], [0] * 500)

    def test_what_is_no_batch_is_refused(self):
        for text, code in ((None, BAD_PARAM), ("", BAD_PARAM), (param([]), BAD_PARAM), ("{", BAD_JSON),
                           ("{}", BAD_JSON), (json.dumps({"msg_batch_send_param_identifier_array": self.names}), BAD_JSON),
                           (param(self.names).replace("message_elem_array", "message_other"), BAD_JSON)):
            with self.subTest(text):
                self.assertEqual(self.alice.call("TIMMsgBatchSend", text), code)

    def test_what_waits_for_the_server_is_sent_later(self):
        others = [self.signed_in(name) for name in self.names[:2]]
        self.server.freeze()
        call = self.alice.start("TIMMsgBatchSend", param(self.names[:2], "later"))
        self.server.thaw()
        self.assertEqual(self.alice.reply(call, 60).code, 0)
        for other in others:
            other.wait_for_message("later")


if __name__ == "__main__":
    harness.main()
