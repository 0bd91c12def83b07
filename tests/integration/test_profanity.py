#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""With Profanity, another vendor's client as people use it: both see what was meant."""

import json
import os
import pathlib

import harness
import imclient
import profanity
from imclient import text_of

FILE, IMAGE = 4, 1
DOT = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108020000009077" "53de0000000c49444154789c63f8cfc000"
                    "000301010018dd8db00000000049454e44ae426082")


class WithProfanity(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.signed_in(self.alice_name, receipts=True)
        self.bob = profanity.Profanity(self.server, self.bob_name, harness.password(self.bob_name))
        self.addCleanup(self.bob.stop)
        self.alice_jid = self.server.address(self.alice_name)
        self.place = pathlib.Path(self.folder())

    def update(self, text):
        """The newest of a message that says so."""
        return self.alice.wait_until(lambda: [one for one in self.alice.updates() if text_of(one) == text],
                                     f"{text!r} as an update")[-1]

    def test_texts_and_receipts(self):
        sent = self.alice.send_text(self.bob_name, "Hello, 你好 <&>")
        self.bob.wait_for(self.alice_jid, "Hello, 你好 <&>")
        self.alice.wait_until(lambda: any(one.get("message_linnet_is_delivered") for one in self.alice.updates()
                                          if one["message_unique_id"] == sent["message_unique_id"]), "its receipt")
        self.bob.type(f"/msg {self.alice_jid} Hello back, 你好")
        got = self.alice.wait_for_message("Hello back, 你好")
        self.assert_message_keys(got)
        self.assertEqual(got["message_sender"], self.bob_name)

    def test_corrections(self):
        sent = self.alice.send_text(self.bob_name, "At nnie")
        self.bob.wait_for(self.alice_jid, "At nnie")
        self.alice.ask("TIMMsgModifyMessage", json.dumps({
            **sent, "message_elem_array": [{"elem_type": 0, "text_elem_content": "At nine"}]}))
        self.bob.wait_for(self.alice_jid, "At nine")
        self.bob.type(f"/msg {self.alice_jid} At tne")
        self.alice.wait_for_message("At tne")
        self.bob.type("/correct At ten")
        self.update("At ten")
        self.assertEqual([text_of(one) for one in self.alice.history(self.bob_name)], ["At ten", "At nine"])

    def test_a_file_to_it_is_an_address(self):
        path = self.place / "Report.bin"
        path.write_bytes(os.urandom(5000))
        call, _ = self.alice.send_elements(self.bob_name, [{"elem_type": FILE, "file_elem_file_path": str(path)}])
        reply = self.alice.reply(call)
        self.assertEqual(reply.code, 0, reply.desc)
        [element] = self.alice.history(self.bob_name)[0]["message_elem_array"]
        self.bob.wait_for(self.alice_jid, element["file_elem_url"])

    def test_its_files_are_files(self):
        self.alice.send_text(self.bob_name, "Send it, please")
        self.bob.wait_for(self.alice_jid, "Send it, please")
        self.bob.type(f"/msg {self.alice_jid} Here it is")
        self.alice.wait_for_message("Here it is")
        for name, kind, data in (("notes.bin", FILE, os.urandom(5000)), ("dot.png", IMAGE, DOT)):
            with self.subTest(name):
                path = self.place / name
                path.write_bytes(data)
                self.bob.type(f"/sendfile {path}")
                element = self.alice.wait_until(
                    lambda kind=kind: [one["message_elem_array"][0] for one in self.alice.messages()
                                       if one["message_elem_array"][0]["elem_type"] == kind], "the file")[0]
                url = element["file_elem_url" if kind == FILE else "image_elem_orig_url"]
                copy = self.place / f"copy of {name}"
                self.assertEqual(self.alice.download(url, copy)[-1].code, 0)
                self.assertEqual(copy.read_bytes(), data)


if __name__ == "__main__":
    harness.main()
