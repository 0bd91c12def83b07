#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Disks that are full, may not be written, or give back something else: nothing is told that is not kept, nothing is
lost once there is room, every call says what is wrong, and a damaged file is never destroyed."""

import hashlib
import json
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

import disks  # noqa: E402
import harness  # noqa: E402
import imclient  # noqa: E402
import process  # noqa: E402
from harness import password, texts_of  # noqa: E402

DATABASE_FAILED = 6019
ROOM_SECONDS = 90  # the library looks for room every 30 s at the latest
FULL = "the disk is full"
READ_ONLY = "the local database may not be written"
DAMAGED = "the local database is damaged"


MANY = 300 if os.environ.get("LINNET_LONG") else 120  # messages; more than 250 are more than one page of the archive


def long_text(number):
    return f"number {number} " + "x" * 6000


class DiskCase(harness.ServerCase):
    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.peer(self.alice_name)
        self.bob_jid = self.server.address(self.bob_name)

    def disk(self, **options):
        disk = disks.Disk(**options)
        self.addCleanup(disk.end)
        return disk

    def on(self, disk, **options):
        """bob's client with its data there, not signed in. It ends before the disk does."""
        folder = disk.folder / "data"
        folder.mkdir(exist_ok=True)
        return self.client(self.bob_name, folder=folder, **options)

    def login(self, bob, **options):
        return bob.login(self.bob_name, password(self.bob_name), **options)

    @staticmethod
    def sign_out(bob):
        """The database is closed when it returns."""
        bob.logout()
        log = disks.database(bob.folder).with_name("im.db-wal")
        process.wait_for(lambda: not log.exists(), imclient.SECONDS, "the database to be closed")

    def login_fails(self, bob, words):
        reply = self.assert_fails(DATABASE_FAILED, bob, "TIMLogin", self.bob_name, password(self.bob_name))
        self.assertIn(words, reply.desc)
        self.wait_for_log(bob, words)

    @staticmethod
    def wait_for_log(client, words, after=0):
        client.wait_for(lambda event: event["event"] == "log" and words in event["values"][1], f"{words!r} in the log",
                        after=after)

    def history(self, bob):
        """All of it, oldest first."""
        messages = []
        while True:
            page = bob.history(self.alice_name, 100, last=messages[-1] if messages else None)
            messages += page
            if len(page) < 100:
                return messages[::-1]

    def assert_has_all(self, bob, texts, told, unread):
        """Told each once and in order, kept so, and counted."""
        self.assertEqual([text[:12] for text in told], [text[:12] for text in texts])
        self.assertEqual(texts_of(self.history(bob)), texts)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], unread)


class FullDisk(DiskCase):
    def test_while_receiving(self):
        """What does not fit is not told; once there is room it comes by itself, in order and once."""
        disk = self.disk()
        bob = self.on(disk)
        self.login(bob)
        self.alice.send(self.bob_jid, "before")
        bob.wait_for_message("before")
        disk.fill()
        texts = ["before", *[long_text(number) for number in range(40)]]
        self.alice.send_many(self.bob_jid, texts[1:])
        self.wait_for_log(bob, FULL)
        told = bob.texts()
        self.assertEqual(told, texts[:len(told)], "a part from the beginning")
        self.assertEqual(texts_of(self.history(bob)), told, "what is told is kept")
        disk.make_room()
        begun = time.monotonic()
        bob.wait_for_message(texts[-1], ROOM_SECONDS)
        print(f"\nroom again after a full disk: {time.monotonic() - begun:.1f} s until all was there")
        self.alice.send(self.bob_jid, "after")
        texts.append("after")
        bob.wait_for_message("after")
        self.assert_has_all(bob, texts, bob.texts(), len(texts))
        bob.kill()
        bob.run()
        self.login(bob)
        bob.wait_network(imclient.CONNECTED)
        self.assert_has_all(bob, texts, [*texts, *bob.texts()], len(texts))

    def test_while_receiving_and_the_process_is_killed(self):
        """Nothing was promised to the server that is not on the disk."""
        disk = self.disk()
        bob = self.on(disk)
        self.login(bob)
        disk.fill()
        texts = [long_text(number) for number in range(40)]
        self.alice.send_many(self.bob_jid, texts)
        self.wait_for_log(bob, FULL)
        # ejabberd loses what is still on its way to the dead session when the next one replaces that.
        phone = self.peer(self.bob_name, resource="phone")
        process.wait_for(lambda: len(phone.archive()) == len(texts), imclient.SECONDS, "the archive to have all")
        phone.stop()
        told = bob.texts()
        bob.kill()
        disk.make_room()
        bob.run()
        self.login(bob)
        bob.wait_for_message(texts[-1])
        self.assert_has_all(bob, texts, told + bob.texts(), len(texts))

    def test_while_catching_up(self):
        """A page that does not fit is not told, the archive is asked again, and what comes live waits its turn."""
        disk = self.disk()
        bob = self.on(disk)
        self.login(bob)
        self.sign_out(bob)
        texts = [long_text(number) for number in range(MANY)]
        self.alice.send_many(self.bob_jid, texts)
        disk.fill(leave=300 * 1024)
        mark = bob.mark()
        self.login(bob)
        self.wait_for_log(bob, FULL, mark)
        self.alice.send(self.bob_jid, "live")
        texts.append("live")
        self.alice.sync()
        told = bob.texts(mark)
        self.assertEqual(told, texts[:len(told)], "a part from the beginning")
        disk.make_room()
        bob.wait_for_message("live", ROOM_SECONDS, after=mark)
        self.assert_has_all(bob, texts, bob.texts(mark), len(texts))

    def test_on_a_new_device(self):
        """The first visit is taken whole or not at all."""
        texts = [long_text(number) for number in range(MANY)]
        self.alice.send_many(self.bob_jid, texts)
        disk = self.disk()
        disk.fill(leave=400 * 1024)
        bob = self.on(disk)
        self.login(bob)
        self.wait_for_log(bob, FULL)
        self.assertEqual(bob.texts(), [])
        disk.make_room()
        bob.wait_for_message(texts[-1], ROOM_SECONDS)
        self.assert_has_all(bob, texts, bob.texts(), len(texts))

    def test_while_sending(self):
        """A message that cannot be kept is not sent; the call says why, and works once there is room."""
        disk = self.disk()
        bob = self.on(disk)
        self.login(bob)
        bob.send_text(self.alice_name, "before")
        disk.fill()
        sent = ["before"]
        while True:
            text = long_text(len(sent))
            reply = bob.reply(bob.send(self.alice_name, text))
            if reply.code != 0:
                break
            sent.append(text)
            self.assertLess(len(sent), 1000, "the disk never fills")
        self.assertEqual(reply.code, DATABASE_FAILED)
        self.assertIn(FULL, reply.desc)
        kept = [one for one in self.history(bob) if one["message_status"] == imclient.SENT]
        self.assertEqual(texts_of(kept), sent)
        disk.make_room()
        bob.send_text(self.alice_name, "after")
        self.assertEqual(texts_of(self.history(bob)), [*sent, "after"])
        self.alice.wait_for(body="after")
        self.assertEqual(self.alice.bodies(), [*sent, "after"])

    def test_at_login(self):
        """A clear refusal, for a new account and for one that is known here; then it works."""
        disk = self.disk()
        bob = self.on(disk)
        disk.fill()
        self.login_fails(bob, FULL)
        disk.make_room()
        self.login(bob)
        self.alice.send(self.bob_jid, "hello")
        bob.wait_for_message("hello")
        self.sign_out(bob)
        disk.fill()
        self.login_fails(bob, FULL)
        disk.make_room()
        self.login(bob)
        self.assertEqual(texts_of(self.history(bob)), ["hello"])


class ReadOnlyDisk(DiskCase):
    def test_at_login(self):
        """A clear refusal that changes nothing; then it works."""
        disk = self.disk()
        bob = self.on(disk)
        self.login(bob)
        self.alice.send(self.bob_jid, "hello")
        bob.wait_for_message("hello")
        self.sign_out(bob)
        before = digest(disks.database(bob.folder))
        disk.make_read_only()
        self.login_fails(bob, READ_ONLY)
        disk.make_writable()
        self.assertEqual(digest(disks.database(bob.folder)), before)
        self.alice.send(self.bob_jid, "welcome back")
        mark = bob.mark()
        self.login(bob)
        bob.wait_for_message("welcome back", after=mark)
        self.assertEqual(texts_of(self.history(bob)), ["hello", "welcome back"])

    def test_for_a_new_account(self):
        disk = self.disk()
        bob = self.on(disk)
        disk.make_read_only()
        self.login_fails(bob, READ_ONLY)
        disk.make_writable()
        self.login(bob)


class DamagedDatabase(DiskCase):
    def filled(self, count=MANY):
        """bob has so many messages, in a folder of his own."""
        bob = self.client(self.bob_name, folder=self.folder())
        self.login(bob)
        texts = [long_text(number) for number in range(count)]
        self.alice.send_many(self.bob_jid, texts)
        bob.wait_for_message(texts[-1])
        return bob, texts

    def set_aside(self, client, **param):
        return client.answer("callExperimentalAPI", json.dumps({
            "request_internal_operation": "internal_operation_set_database_aside",
            "request_set_database_aside_param": {"set_database_aside_param_user_id": self.bob_name, **param}}))

    def begin_anew(self, bob):
        """With the damaged file set aside: the archive brings everything back, and nothing was destroyed."""
        path = disks.database(bob.folder)
        damaged = digest(path)
        self.login_fails(bob, DAMAGED)
        self.assertEqual(digest(path), damaged, "the file stays as it is")
        reply = self.set_aside(bob)
        self.assertEqual(reply.code, 0, reply.desc)
        self.assertEqual(reply.json["response_internal_operation"], "internal_operation_set_database_aside")
        aside = pathlib.Path(reply.json["response_set_database_aside_res"]["set_database_aside_result_path"])
        self.assertEqual(digest(aside), damaged, "the damaged file is kept")
        mark = bob.mark()
        self.login(bob)
        bob.wait_network(imclient.CONNECTED, after=mark)

    def notice(self, bob):
        """Reads until the damage is met, at login or afterwards; signed out."""
        reply = bob.answer("TIMLogin", self.bob_name, password(self.bob_name))
        if reply.code == 0:
            reply = self.first_failure(bob)
            bob.logout()
        self.assertEqual(reply.code, DATABASE_FAILED, reply.desc)
        self.assertIn(DAMAGED, reply.desc)

    def first_failure(self, bob):
        last = None
        while True:
            param = {"msg_getmsglist_param_count": 20}
            if last is not None:
                param["msg_getmsglist_param_last_msg"] = last
            reply = bob.answer("TIMMsgGetMsgList", self.alice_name, imclient.C2C, json.dumps(param))
            if reply.code != 0:
                return reply
            self.assertNotEqual(reply.json, [], "the damage was not met")
            last = reply.json[-1]

    def test_pages_between_runs(self):
        bob, texts = self.filled()
        bob.stop()
        disks.garble(disks.database(bob.folder))
        bob.run()
        self.notice(bob)
        self.begin_anew(bob)
        self.assertEqual(texts_of(self.history(bob)), texts)

    def test_pages_while_it_runs(self):
        bob, texts = self.filled()
        bob.logout()
        self.login(bob)
        disks.garble(disks.database(bob.folder))
        reply = self.first_failure(bob)
        self.assertEqual(reply.code, DATABASE_FAILED, reply.desc)
        self.assertIn(DAMAGED, reply.desc)
        self.wait_for_log(bob, DAMAGED)
        bob.logout()
        self.begin_anew(bob)
        self.assertEqual(texts_of(self.history(bob)), texts)

    def test_no_database_at_all(self):
        bob, texts = self.filled(20)
        bob.stop()
        disks.database(bob.folder).write_bytes(b"this is something else" * 1000)
        bob.run()
        self.begin_anew(bob)
        self.assertEqual(texts_of(self.history(bob)), texts)

    def test_the_log_between_runs(self):
        """What was in the write-ahead log and is lost comes back from the archive, once."""
        bob, texts = self.filled(60)
        bob.kill()
        log = disks.database(bob.folder).with_name("im.db-wal")
        self.assertGreater(log.stat().st_size, 0)
        disks.garble(log)
        bob.run()
        self.login(bob)
        bob.wait_until(lambda: bob.network() and bob.network()[-1][0] == imclient.CONNECTED, "the connection")
        self.assertEqual(texts_of(self.history(bob)), texts)
        self.assertEqual(bob.conversation(self.alice_name)["conv_unread_num"], len(texts))
        self.assertEqual(len(bob.texts()), len(set(bob.texts())), "none twice")

    def test_the_log_while_it_runs(self):
        """Whatever it breaks, the process lives, and what the calls say is true or an error."""
        bob, texts = self.filled(60)
        disks.garble(disks.database(bob.folder).with_name("im.db-wal"))
        reply = bob.answer("TIMMsgGetMsgList", self.alice_name, imclient.C2C,
                           json.dumps({"msg_getmsglist_param_count": 100}))
        if reply.code == 0:
            self.assertEqual(texts_of(reply.json)[::-1], texts)
        else:
            self.assertEqual(reply.code, DATABASE_FAILED)
            self.assertIn(DAMAGED, reply.desc)
        bob.logout()
        reply = bob.answer("TIMLogin", self.bob_name, password(self.bob_name))
        if reply.code == 0:
            reply = bob.answer("TIMMsgGetMsgList", self.alice_name, imclient.C2C,
                               json.dumps({"msg_getmsglist_param_count": 100}))
            if reply.code != 0:
                bob.logout()
        if reply.code != 0:
            self.assertIn(DAMAGED, reply.desc)
            self.begin_anew(bob)
        # What the log has lost may still be on its way from the archive.
        process.wait_for(lambda: texts_of(self.history(bob)) == texts, imclient.SECONDS, "all messages")

    def test_what_is_whole_is_not_set_aside(self):
        bob, texts = self.filled(5)
        reply = self.set_aside(bob)
        self.assertEqual((reply.code, reply.text), (DATABASE_FAILED, ""))
        self.assertIn("another program has this account open", reply.desc)
        bob.logout()
        reply = self.set_aside(bob)
        self.assertEqual((reply.code, reply.text), (DATABASE_FAILED, ""))
        self.assertIn("not damaged", reply.desc)
        self.login(bob)
        self.assertEqual(texts_of(self.history(bob)), texts)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    disks.in_own_mounts()
    harness.main()
