#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures, sounds, films and files between two clients of the library, and with a stock client."""

import contextlib
import hashlib
import json
import os
import pathlib
import socket
import subprocess
import threading

import harness
import imclient
from imclient import C2C, FAILED, SENDING, SENT

TEXT, IMAGE, SOUND, FILE, VIDEO = 0, 1, 2, 4, 10
LIMIT = 314572800
SIZE = 2 * 1024 * 1024
FILE_NOT_FOUND, TOO_LARGE, UPLOAD_FAILED, IO_FAILED, HTTP_FAILED = 7004, 7005, 6008, 6022, 6010
TOO_LATE, CANCELLED, GONE, DOWNLOAD_FAILED = 8020, 8021, 114000, 6009
PHOTO = "videotestsrc pattern=smpte num-buffers=1 ! video/x-raw,width=1600,height=1200 ! pngenc"
SMALL = "videotestsrc pattern=smpte num-buffers=1 ! video/x-raw,width=64,height=48 ! pngenc"
VOICE = "audiotestsrc volume=0.5 num-buffers=150 samplesperbuffer=480 ! audio/x-raw,rate=48000,channels=1 ! opusenc ! " \
    "oggmux"
FILM = "videotestsrc num-buffers=60 ! video/x-raw,width=320,height=240,framerate=30/1 ! vp8enc ! webmmux"


class Gate:
    """A TCP proxy in front of the server's HTTP. Closed, it lets some bytes of each connection pass to the server and
    holds the rest; refusing, it answers nothing."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.target = None
        self.changed = threading.Condition()
        self.limit = None
        self.answer = None
        self.waiting = 0
        self.taken = []
        threading.Thread(target=self.accept, daemon=True).start()

    def close_after(self, size):
        with self.changed:
            self.limit, self.waiting = size, 0

    def open(self):
        with self.changed:
            self.limit = self.answer = None
            self.changed.notify_all()

    def refuse(self, status):
        self.answer = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()

    def wait_for_held(self):
        with self.changed:
            assert self.changed.wait_for(lambda: self.waiting, imclient.SECONDS), "nothing came to the gate"

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client, contextlib.suppress(OSError):
            if self.answer is not None:
                while b"\r\n\r\n" not in client.recv(65536):
                    pass
                client.sendall(self.answer)
                client.shutdown(socket.SHUT_WR)
                while client.recv(65536):
                    pass
                return
            with socket.create_connection(("127.0.0.1", self.target)) as server:
                back = threading.Thread(target=self.pump, args=(server, client), daemon=True)
                back.start()
                self.pump_up(client, server)
                back.join()

    def pump_up(self, source, sink):
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(16384):
                with self.changed:
                    while self.limit is not None and passed + len(data) > self.limit:
                        self.waiting += 1
                        self.changed.notify_all()
                        self.changed.wait()
                passed += len(data)
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def pump(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def stop(self):
        self.open()
        self.listener.close()


class Files(harness.ServerCase):
    @classmethod
    def setUpClass(cls):
        cls.gate = Gate()
        cls.addClassCleanup(cls.gate.stop)
        cls.options = {"upload_port": cls.gate.port}
        super().setUpClass()
        cls.gate.target = cls.server.http_port

    def setUp(self):
        self.alice_name, self.bob_name = self.user("alice"), self.user("bob")
        self.alice = self.signed_in(self.alice_name)
        self.addCleanup(self.gate.open)
        self.place = pathlib.Path(self.folder())

    def bob_comes(self):
        self.bob = self.signed_in(self.bob_name)
        return self.bob

    def record(self, pipeline, name):
        path = self.place / name
        subprocess.run(["gst-launch-1.0", "-q", *pipeline.split(), "!", "filesink", f"location={path}"], check=True,
                       timeout=60, stderr=subprocess.DEVNULL)
        return path

    def new_file(self, size=SIZE, name="report.bin"):
        path = self.place / name
        path.write_bytes(os.urandom(size))
        return path

    def send(self, *elements):
        """(the message as it was sent, its first element)"""
        call, message_id = self.alice.send_elements(self.bob_name, list(elements))
        reply = self.alice.reply(call)
        self.assertEqual(reply.code, 0, f"{reply}\n{self.alice.story()}")
        message = reply.json
        self.assert_message_keys(message)
        self.assertEqual(message["message_status"], SENT)
        self.assertEqual(message["message_msg_id"], message_id)
        return message, message["message_elem_array"][0]

    def received(self, message, client=None):
        """The first element of the same message as it came."""
        client = client or self.bob
        return client.wait_until(lambda: next(
            (one for one in client.messages() if one["message_msg_id"] == message["message_msg_id"]), None),
            "the message")["message_elem_array"]

    def download(self, client, url, name="fetched"):
        path = self.place / name
        replies = client.download(url, path)
        self.assertEqual(replies[-1].code, 0, replies)
        sizes = [(reply.json["msg_download_elem_result_current_size"], reply.json["msg_download_elem_result_total_size"])
                 for reply in replies]
        self.assertEqual(sizes, sorted(sizes))
        self.assertEqual(sizes[-1], (path.stat().st_size,) * 2)
        self.assertNotIn(sizes[-1], sizes[:-1], "the end is told once")
        return path.read_bytes()

    def assert_progress(self, message, index, size):
        told = [(done, total) for which, done, total in self.alice.uploads(message["message_msg_id"]) if which == index]
        self.assertEqual(told, sorted(told))
        self.assertEqual(told[-1], (size, size))
        self.assertEqual(told.count((size, size)), 1)

    def assert_same(self, url, path, client=None):
        data = self.download(client or self.bob, url, f"copy of {path.name} {len(list(self.place.iterdir()))}")
        self.assertEqual(hashlib.sha256(data).hexdigest(), hashlib.sha256(path.read_bytes()).hexdigest())

    def stored(self, client=None, peer=None):
        return (client or self.alice).history(peer or self.bob_name)

    # Kinds

    def test_picture(self):
        self.bob_comes()
        path = self.record(PHOTO, "photo.png")
        message, elem = self.send({"elem_type": IMAGE, "image_elem_orig_path": str(path)})
        self.assertEqual(elem["image_elem_orig_path"], str(path))
        self.assertEqual((elem["image_elem_format"], elem["image_elem_orig_pic_size"]), (3, path.stat().st_size))
        sides = [(elem[f"image_elem_{which}_pic_width"], elem[f"image_elem_{which}_pic_height"])
                 for which in ("orig", "large", "thumb")]
        self.assertEqual(sides, [(1600, 1200), (960, 720), (264, 198)])
        self.assertEqual(len({elem[f"image_elem_{which}_url"] for which in ("orig", "large", "thumb")}), 3)
        self.assertEqual(elem["image_elem_linnet_sha256"], hashlib.sha256(path.read_bytes()).hexdigest())
        self.assertTrue(elem["image_elem_linnet_blurhash"])
        self.assert_progress(message, 0, path.stat().st_size)
        got, = self.received(message)
        self.assertNotIn("image_elem_orig_path", got)
        for key in ("orig_url", "large_url", "thumb_url", "linnet_sha256", "linnet_blurhash", "orig_pic_width"):
            self.assertEqual(got[f"image_elem_{key}"], elem[f"image_elem_{key}"], key)
        self.assert_same(got["image_elem_orig_url"], path)
        thumb = self.download(self.bob, got["image_elem_thumb_url"], "thumb")
        self.assertEqual(len(thumb), got["image_elem_thumb_pic_size"])

    def test_a_small_picture_is_its_own_thumbnail(self):
        path = self.record(SMALL, "small.png")
        _, elem = self.send({"elem_type": IMAGE, "image_elem_orig_path": str(path)})
        self.assertEqual(elem["image_elem_thumb_url"], elem["image_elem_orig_url"])
        self.assertEqual(elem["image_elem_large_url"], elem["image_elem_orig_url"])
        self.assertEqual((elem["image_elem_thumb_pic_width"], elem["image_elem_large_pic_height"]), (64, 48))

    def test_file(self):
        self.bob_comes()
        path = self.new_file()
        message, elem = self.send({"elem_type": FILE, "file_elem_file_path": str(path),
                                   "file_elem_file_name": "Bericht über alles.bin", "file_elem_file_size": SIZE})
        self.assert_progress(message, 0, SIZE)
        got, = self.received(message)
        for one in (elem, got):
            self.assertEqual((one["file_elem_file_name"], one["file_elem_file_size"]), ("Bericht über alles.bin", SIZE))
        self.assert_same(got["file_elem_url"], path)

    def test_sound(self):
        self.bob_comes()
        path = self.record(VOICE, "voice.ogg")
        message, elem = self.send({"elem_type": SOUND, "sound_elem_file_path": str(path)})
        got, = self.received(message)
        for one in (elem, got):
            self.assertIn(one["sound_elem_file_time"], (1, 2))
            self.assertEqual(one["sound_elem_file_size"], path.stat().st_size)
            self.assertEqual(len(one["sound_elem_linnet_waveform"]), 64)
        self.assert_same(got["sound_elem_url"], path)

    def test_film(self):
        self.bob_comes()
        path = self.record(FILM, "film.webm")
        message, elem = self.send({"elem_type": VIDEO, "video_elem_video_path": str(path)})
        got, = self.received(message)
        for one in (elem, got):
            self.assertEqual((one["video_elem_video_type"], one["video_elem_video_duration"]), ("webm", 2))
            self.assertEqual((one["video_elem_image_width"], one["video_elem_image_height"]), (320, 240))
            self.assertEqual(one["video_elem_image_type"], "jpg")
        self.assert_same(got["video_elem_video_url"], path)
        still = self.download(self.bob, got["video_elem_image_url"], "still")
        self.assertEqual((still[:2], len(still)), (b"\xff\xd8", got["video_elem_image_size"]))

    def test_film_with_a_still_and_what_the_program_says(self):
        self.bob_comes()
        film, still = self.record(FILM, "film.webm"), self.record(SMALL, "still.png")
        message, elem = self.send({
            "elem_type": VIDEO, "video_elem_video_path": str(film), "video_elem_video_duration": 7,
            "video_elem_image_path": str(still), "video_elem_image_type": "png", "video_elem_image_width": 64,
            "video_elem_image_height": 48})
        self.assertEqual((elem["video_elem_video_duration"], elem["video_elem_image_width"]), (7, 64))
        ends = [done for _, done, total in self.alice.uploads(message["message_msg_id"]) if done == total]
        self.assertEqual(sorted(ends), sorted([film.stat().st_size, still.stat().st_size]))
        got, = self.received(message)
        self.assert_same(got["video_elem_video_url"], film)
        self.assert_same(got["video_elem_image_url"], still)

    def test_mixed(self):
        self.bob_comes()
        photo, report = self.record(SMALL, "photo.png"), self.new_file()
        message, _ = self.send({"elem_type": TEXT, "text_elem_content": "Look:"},
                               {"elem_type": IMAGE, "image_elem_orig_path": str(photo)},
                               {"elem_type": FILE, "file_elem_file_path": str(report)})
        self.assert_progress(message, 1, photo.stat().st_size)
        self.assert_progress(message, 2, SIZE)
        text, image, file = self.received(message)
        self.assertEqual(text, {"elem_type": TEXT, "text_elem_content": "Look:"})
        self.assert_same(image["image_elem_orig_url"], photo)
        self.assert_same(file["file_elem_url"], report)
        self.assertEqual(file["file_elem_file_name"], "report.bin")

    def test_online_only_leaves_nothing_with_its_sender(self):
        bob, path = self.bob_comes(), self.new_file(5000)
        call, _ = self.alice.send_elements(self.bob_name, [{"elem_type": FILE, "file_elem_file_path": str(path)}],
                                           message_is_online_msg=True)
        self.assertEqual(self.alice.reply(call).code, 0)
        message = bob.wait_until(lambda: bob.messages() or bob.messages(online=True), "the message")[0]
        self.assert_same(message["message_elem_array"][0]["file_elem_url"], path)
        self.assertEqual(self.stored(), [])

    # Other programs

    def test_a_stock_client_gets_the_address(self):
        peer = self.peer(self.bob_name)
        path = self.new_file(5000)
        _, elem = self.send({"elem_type": FILE, "file_elem_file_path": str(path)})
        entry = peer.wait_for(oob=elem["file_elem_url"])
        self.assertEqual(entry["body"], elem["file_elem_url"])
        said, = entry["files"]
        self.assertEqual((said["url"], said["name"], said["size"]), (elem["file_elem_url"], "report.bin", "5000"))

    def test_a_stock_client_sends_an_address(self):
        path = self.new_file(5000)
        _, elem = self.send({"elem_type": FILE, "file_elem_file_path": str(path)})
        peer, bob = self.peer(self.alice_name), self.bob_comes()
        mark = bob.mark()
        peer.send_url(self.server.address(self.bob_name), elem["file_elem_url"])
        got = bob.wait_until(lambda: bob.messages(mark)[-1:], "the message")[0]["message_elem_array"][0]
        self.assertEqual((got["elem_type"], got["file_elem_url"]), (FILE, elem["file_elem_url"]))
        self.assert_same(got["file_elem_url"], path)

    # Order, ends, beginnings

    def hold(self, size=SIZE):
        """(path, number of the call, id): a file that stays on its way."""
        path = self.new_file(size)
        self.gate.close_after(200000)
        call, message_id = self.alice.send_elements(self.bob_name,
                                                    [{"elem_type": FILE, "file_elem_file_path": str(path)}])
        self.gate.wait_for_held()
        return path, call, message_id

    def test_a_text_is_not_held_up(self):
        self.bob_comes()
        path, call, message_id = self.hold()
        self.assertEqual([one["message_status"] for one in self.stored()], [SENDING])
        self.alice.send_text(self.bob_name, "meanwhile")
        self.bob.wait_for_message("meanwhile")
        self.gate.open()
        sent = self.alice.reply(call).json
        self.received(sent)
        for client, peer in ((self.alice, self.bob_name), (self.bob, self.alice_name)):
            self.assertEqual([one["message_msg_id"] == message_id for one in self.stored(client, peer)], [True, False])

    def test_cancelled(self):
        path, call, message_id = self.hold()
        self.alice.ask("TIMMsgCancelSend", self.bob_name, C2C, message_id)
        self.assertEqual(self.alice.reply(call).code, CANCELLED)
        message, = self.stored()
        self.assertEqual((message["message_status"], message["message_linnet_error_code"]), (FAILED, CANCELLED))
        self.assert_fails(TOO_LATE, self.alice, "TIMMsgCancelSend", self.bob_name, C2C, message_id)
        self.gate.open()
        again = self.alice.ask("TIMMsgSendNewMsg", self.bob_name, C2C, json.dumps(message), seconds=90).json
        self.assertEqual((again["message_status"], again["message_msg_id"]), (SENT, message_id))
        self.assert_same(again["message_elem_array"][0]["file_elem_url"], path, self.alice)
        self.assert_fails(TOO_LATE, self.alice, "TIMMsgCancelSend", self.bob_name, C2C, message_id)

    def test_deleted(self):
        _, call, _ = self.hold()
        message, = self.stored()
        self.alice.ask("TIMMsgDelete", self.bob_name, C2C, json.dumps({"msg_delete_param_msg": message}))
        self.assertEqual(self.alice.reply(call).code, CANCELLED)
        self.gate.open()
        self.alice.send_text(self.bob_name, "after")
        self.assertEqual(harness.texts_of(self.stored()), ["after"])

    def test_refused_and_tried_again(self):
        path = self.new_file()
        self.gate.refuse("501 Not Implemented")
        call, _ = self.alice.send_elements(self.bob_name, [{"elem_type": FILE, "file_elem_file_path": str(path)}])
        self.assertEqual(self.alice.reply(call).code, UPLOAD_FAILED)
        message, = self.stored()
        self.assertEqual((message["message_status"], message["message_linnet_error_code"]), (FAILED, UPLOAD_FAILED))
        self.gate.open()
        again = self.alice.ask("TIMMsgSendNewMsg", self.bob_name, C2C, json.dumps(message)).json
        self.assertEqual(again["message_unique_id"], message["message_unique_id"])
        got, = self.received(again, self.bob_comes())
        self.assert_same(got["file_elem_url"], path)
        self.assertEqual(len(self.stored()), 1)

    def test_killed_in_the_middle(self):
        alice = self.client("alice-kept", folder=self.folder())
        self.alice.logout()
        alice.login(self.alice_name, harness.password(self.alice_name))
        self.alice = alice
        self.bob_comes()
        path, _, message_id = self.hold()
        alice.kill()
        self.gate.open()
        alice.run()
        alice.login(self.alice_name, harness.password(self.alice_name))
        alice.wait_until(lambda: any(one["message_msg_id"] == message_id and one["message_status"] == SENT
                                     for one in alice.updates()), "the message is told as sent")
        got, = self.received({"message_msg_id": message_id})
        self.assert_same(got["file_elem_url"], path)
        for client, peer in ((alice, self.bob_name), (self.bob, self.alice_name)):
            self.assertEqual([one["message_msg_id"] for one in self.stored(client, peer)], [message_id])
        self.assertEqual(len(self.bob.messages()), 1)

    def test_logged_out_in_the_middle(self):
        path, _, message_id = self.hold()
        self.alice.logout()
        self.gate.open()
        self.alice.login(self.alice_name, harness.password(self.alice_name))
        self.alice.wait_until(lambda: any(one["message_msg_id"] == message_id and one["message_status"] == SENT
                                          for one in self.alice.updates()), "the message is told as sent")
        self.assertEqual(len(self.stored()), 1)

    def test_kicked_in_the_middle(self):
        alice = self.alice
        path, _, message_id = self.hold()
        self.signed_in(self.alice_name)
        alice.wait_for(lambda event: event["event"] == "kicked", "the kick")
        self.gate.open()
        alice.login(self.alice_name, harness.password(self.alice_name))
        alice.wait_until(lambda: any(one["message_msg_id"] == message_id and one["message_status"] == SENT
                                     for one in alice.updates()), "the message is told as sent")

    # What cannot be sent, what cannot be fetched

    def test_too_large_is_told_before_sending(self):
        path = self.new_file(1)
        os.truncate(path, LIMIT + 1)
        small = self.new_file(10, "small.bin")
        call, message_id = self.alice.send_elements(self.bob_name, [
            {"elem_type": FILE, "file_elem_file_path": str(one)} for one in (small, path)])
        self.assertEqual(self.alice.reply(call).code, TOO_LARGE)
        self.assertEqual([done for _, done, _ in self.alice.uploads(message_id) if done], [])
        self.assertEqual([one["message_status"] for one in self.stored()], [FAILED])

    def test_missing(self):
        element = {"elem_type": FILE, "file_elem_file_path": str(self.place / "nothing")}
        self.assert_fails(FILE_NOT_FOUND, self.alice, "TIMMsgSendNewMsg", self.bob_name, C2C,
                          json.dumps({"message_elem_array": [element]}))

    def test_downloads_that_fail(self):
        path = self.new_file(5000)
        _, elem = self.send({"elem_type": FILE, "file_elem_file_path": str(path)})
        url = elem["file_elem_url"]
        *start, slot, name = url.split("/")
        elsewhere = "/".join([*start, slot[::-1], name])
        there = self.new_file(10, "there")
        before = there.read_bytes()
        for target, address, codes in [(there, url, {IO_FAILED}),
                                       (self.place / "no folder" / "x", url, {IO_FAILED, 7007}),
                                       (self.place / "x", "ftp://example.org/x", {HTTP_FAILED}),
                                       (self.place / "x", elsewhere, {GONE, HTTP_FAILED, 114001, DOWNLOAD_FAILED})]:
            replies = self.alice.download(address, target)
            self.assertIn(replies[-1].code, codes, (target, address, replies))
            self.assertEqual(replies[-1].text, "")
        self.send({"elem_type": FILE, "file_elem_url": url, "file_elem_linnet_sha256": 64 * "0"})
        self.assertEqual(self.alice.download(url, self.place / "x")[-1].code, DOWNLOAD_FAILED, "its sum is another")
        self.assertEqual(there.read_bytes(), before)
        self.assertFalse((self.place / "x").exists())


if __name__ == "__main__":
    harness.main()
