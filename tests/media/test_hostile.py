#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that were made to hurt: each gets an honest answer or a clear error, soon, and nothing is fetched or left."""

import os
import pathlib
import random
import re
import socket
import struct
import subprocess
import sys
import unittest
import zlib

import media

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts" / "lib"))

from process import wait_for  # noqa: E402

SOON_MS = 30000  # run-probe waits for 25 seconds at most
VIDEO = "videotestsrc num-buffers=30 ! video/x-raw,width=160,height=120,framerate=30/1 ! "
SOUND = "audiotestsrc num-buffers=100 samplesperbuffer=480 ! audio/x-raw,rate=48000,channels=1 ! "
KINDS = ("other", "image", "animation", "video", "sound")


def filters(pid):
    """How many filters of system calls the process has; -1 when it is gone."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return -1
    return -1 if "State:\tZ" in status else int(re.search(r"Seccomp_filters:\t(\d+)", status).group(1))


def is_shut_in(pid):
    return filters(pid) == filters("self") + 2


class HostileTest(media.MediaTest):
    def check(self, paths, want=media.ALL, errors=(media.CRASHED, media.TIMED_OUT, media.GARBAGE)):
        answers = self.probe_all(want, paths)
        for path, answer in zip(paths, answers):
            self.assertLess(answer.took, SOON_MS, path)
            if answer.error is None:
                self.assertIn(answer.kind, KINDS)
            else:
                self.assertIn(answer.error, errors, path)
                # A decoder may be killed by a signal; the program itself has no fault (or a sanitizer says so).
                self.assertNotIn("status", answer.text, path)
        return answers


class Damage(HostileTest):
    def good_files(self):
        """(path, size in pixels)"""
        for name in ("jpg", "png", "gif", "webp", "bmp", "tiff"):
            yield self.convert("-size", "97x61", "plasma:red-blue", name=f"good.{name}"), (97, 61)
        for name, encoding in [("webm", "vp8enc ! webmmux"), ("mov", "jpegenc ! qtmux"), ("ogv", "theoraenc ! oggmux"),
                               ("avi", "jpegenc ! avimux")]:
            yield self.record(VIDEO + encoding, f"good.{name}"), (160, 120)
        for name, encoding in [("wav", "wavenc"), ("mp3", "lamemp3enc"), ("flac", "flacenc"),
                               ("ogg", "opusenc ! oggmux")]:
            yield self.record(SOUND + encoding, f"good.{name}"), (0, 0)

    def test_cut_off_anywhere(self):
        for path, size in list(self.good_files()):
            with self.subTest(path.name):
                data = path.read_bytes()
                cut = [self.write(f"cut{i}", data[:len(data) * i // 16]) for i in range(16)]
                for answer in self.check(cut, errors=()):
                    self.assertIn(answer.size, ((0, 0), size))
                self.assertEqual(self.probe(path).size, size)

    def test_damaged_anywhere(self):
        chance = random.Random(int(os.environ.get("LINNET_SEED", 7)))
        for path, _ in list(self.good_files()):
            with self.subTest(path.name):
                damaged = []
                for i in range(6):
                    data = bytearray(path.read_bytes())
                    for _ in range(1 + len(data) // 500):
                        data[chance.randrange(8, len(data))] = chance.randrange(256)
                    damaged.append(self.write(f"damaged{i}", bytes(data)))
                self.check(damaged)

    def test_garbage_behind_a_good_beginning(self):
        chance = random.Random(int(os.environ.get("LINNET_SEED", 7)))
        beginnings = [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\xff\xff\xff\x7fWEBP",
                      b"RIFF\xff\xff\xff\x7fWAVEfmt ", b"RIFF\xff\xff\xff\x7fAVI LIST", b"BM", b"II*\0", b"MM\0*",
                      b"\0\0\0\x20ftypisom", b"\x1a\x45\xdf\xa3\x9fwebm", b"OggS\0\2", b"fLaC\0\0\0\x22", b"ID3\4\0\0",
                      b"#!AMR\n", b"FLV\1\5\0\0\0\t", b"\0\0\1\xba", b"G" + (b"\0" * 187 + b"G") * 4]
        self.check([self.write(f"garbage{i}", beginning + chance.randbytes(20000))
                    for i, beginning in enumerate(beginnings)])

    def test_wrong_ending_does_not_matter(self):
        path = self.convert("-size", "97x61", "plasma:red-blue", name="good.png")
        for ending in ("mp4", "svg", "m3u8", "txt", "exe"):
            self.assertEqual(self.probe(self.write(f"wrong.{ending}", path.read_bytes())).mime, "image/png")

    def test_what_is_no_file(self):
        os.mkfifo(self.folder / "fifo")
        paths = [self.folder, self.folder / "fifo", "/dev/zero", "/dev/tty", self.folder / "nothing", "-", "pipe:0",
                 "file:///etc/passwd"]
        for answer in self.check(paths, errors=(media.CANNOT_OPEN,)):
            self.assertEqual(answer.error, media.CANNOT_OPEN)

    def test_nothing_is_left_behind(self):
        self.check([self.write("x.png", media.png(8, 8, b"\0" * 10)), self.write("x.mov", b"\0\0\0\x20ftypqt  " * 90)])
        self.assertEqual([p for p in (self.folder / "derived").iterdir() if p.stat().st_size == 0], [])


class Bombs(HostileTest):
    def test_pixels(self):
        """What would be gigabytes is described, and not decoded."""
        def jpeg(width, height):
            return (b"\xff\xd8\xff\xc0\0\x11\x08" + struct.pack(">HH", height, width) +
                    b"\3\1\x22\0\2\x11\1\3\x11\1\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0" + b"\0" * 100)
        large_canvas = media.webp_chunk(b"VP8X", b"\0\0\0\0" + media.u24(0xfffff) * 2)
        cases = [
            (media.png(30000, 30000, b"\0" * 30001 * 100), (30000, 30000)),
            (media.png(20001, 10, b"\0" * 20002 * 10), (20001, 10)),
            (media.png(8001, 8001, b"\0" * 8002 * 10), (8001, 8001)),
            (media.png(0x7fffffff, 0x7fffffff, b""), (0, 0)),
            (jpeg(65535, 65535), (65535, 65535)),
            (media.gif(65535, 65535, 1), (65535, 65535)),
            (media.gif(65535, 65535, 5000), (65535, 65535)),
            (media.webp(large_canvas), (0, 0)),
            (media.webp(media.webp_chunk(b"VP8L", b"\x2f" + b"\xff" * 50)), (16384, 16384)),
            (b"BM" + b"\0" * 12 + struct.pack("<Iii", 40, 60000, -60000) + b"\0" * 40, (60000, 60000)),
            (b"II*\0\x08\0\0\0\2\0" + struct.pack("<HHIIHHII", 256, 4, 1, 90000, 257, 4, 1, 90000) + b"\0" * 4,
             (90000, 90000)),
        ]
        answers = self.check([self.write(f"bomb{i}", data) for i, (data, _) in enumerate(cases)], errors=())
        for i, ((_, size), answer) in enumerate(zip(cases, answers)):
            self.assertEqual(answer.size, size, i)
            self.assertEqual((answer.paths, answer.blurhash), ({}, None), i)

    def test_largest_that_is_decoded(self):
        path = self.write("large.png", media.png(8000, 8000, b"\0" * 8001 * 8000))
        answer = self.check([path])[0]
        self.assertEqual((answer.size, answer.thumbnail), ((8000, 8000), ("jpeg", 198, 198)))

    def test_frame_larger_than_its_picture(self):
        paths = [self.write("p.gif", media.gif(10, 10, 1, frame_size=(65535, 65535))),
                 self.write("q.gif", media.gif(10, 10, 3, frame_size=(30000, 30000)))]
        for answer in self.check(paths):
            self.assertEqual(answer.error or answer.size, (10, 10))

    def test_frames_without_end(self):
        answer = self.check([self.write("p.gif", media.gif(10, 10, 300000))])[0]
        self.assertEqual((answer.kind, answer.frames), ("animation", 10000))

    def test_compressed_text_and_colours(self):
        text = media.png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9))
        profile = media.png_chunk(b"iCCP", b"icc\0\0" + zlib.compress(b"\0" * 200_000_000, 9))
        self.check([self.write("t.png", media.png(8, 8, b"\0" * 9 * 8, text)),
                    self.write("c.png", media.png(8, 8, b"\0" * 9 * 8, profile))])

    def slow_file(self):
        """A progressive JPEG whose every byte costs a pass over the whole picture."""
        head = (b"\xff\xd8\xff\xdb\0\x43\0" + b"\1" * 64 + b"\xff\xc2\0\x0b\x08" + struct.pack(">HH", 8000, 8000) +
                b"\1\1\x11\0" + b"\xff\xc4\0\x14\0\1" + b"\0" * 15 + b"\0")
        return self.write("slow.jpg", head + b"\xff\xda\0\x08\1\1\0\0\0\0\0" * 20000)

    def test_scans_without_end(self):
        self.assertIn(self.check([self.slow_file()])[0].error, (media.CRASHED, media.TIMED_OUT))

    def test_program_ends_with_its_caller(self):
        caller = subprocess.Popen([os.environ["LINNET_RUN_PROBE"], "4", str(self.folder / "x"), str(self.slow_file())],
                                  stdout=subprocess.DEVNULL)
        children = pathlib.Path(f"/proc/{caller.pid}/task/{caller.pid}/children")
        program = wait_for(lambda: [pid for pid in children.read_text().split() if is_shut_in(pid)], media.DEADLINE_S,
                           "the program to be shut in")[0]
        caller.kill()
        caller.wait()
        wait_for(lambda: not is_shut_in(program), media.DEADLINE_S, "the program to end")

    def test_directories_in_circles(self):
        tiff = b"II*\0\x08\0\0\0\1\0" + struct.pack("<HHII", 256, 4, 1, 10) + b"\x08\0\0\0"
        box = struct.pack(">I4s", 0, b"moov") * 5000
        ebml = b"\x1a\x45\xdf\xa3\x84\x42\x82\x81x\x18\x53\x80\x67\x01" + b"\xff" * 7 + b"\x1f\x43\xb6\x75\xff" * 3000
        self.check([self.write("t.tiff", tiff), self.write("b.mp4", b"\0\0\0\x10ftypisom\0\0\0\0" + box),
                    self.write("e.mkv", ebml), self.write("o.ogg", b"OggS\0\2" + b"\0" * 20 + b"\xff" * 40000)])


class Lies(HostileTest):
    def test_duration_of_ten_hours(self):
        """What cannot be is not told, and is not waited for."""
        film = bytearray(self.record(VIDEO + "jpegenc ! qtmux", "f.mov").read_bytes())
        for box, at in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
            where = film.index(box)
            film[where + at:where + at + 4] = struct.pack(">I", 36000 * 1000)
        matroska = bytearray(self.record(VIDEO + "vp8enc ! webmmux", "f.webm").read_bytes())
        where = matroska.index(b"\x44\x89\x88") + 3
        matroska[where:where + 8] = struct.pack(">d", 36000_000.0 * 1000)
        sound = bytearray(self.record(SOUND + "wavenc", "s.wav").read_bytes())
        where = sound.index(b"data")
        sound[where + 4:where + 8] = struct.pack("<I", 0x7ffffff0)
        answers = self.check([self.write("lie.mov", bytes(film)), self.write("lie.webm", bytes(matroska)),
                              self.write("lie.wav", bytes(sound))], errors=())
        self.assertEqual([answer.kind for answer in answers], ["video", "video", "sound"])
        self.assertLess(answers[0].duration, 36000_000)
        self.assertEqual(answers[1].duration, 0)
        self.assertAlmostEqual(answers[2].duration, 1000, delta=50)


class References(media.MediaTest):
    """Files that name other files: nobody is asked for them."""

    def setUp(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.server.close)
        self.server.setblocking(False)
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}/x"
        self.secret = self.convert("-size", "97x61", "xc:red", name="secret.png")

    def check(self, name, data, mime, kind="other"):
        answer = self.probe_all(media.ALL, [self.write(name, data)])[0]
        self.assertIsNone(answer.error)
        self.assertEqual((answer.kind, answer.mime), (kind, mime))
        self.assertEqual((answer.size, answer.paths, answer.blurhash), ((0, 0), {}, None))
        with self.assertRaises(BlockingIOError):
            self.server.accept()

    def test_svg(self):
        svg = (f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file://{self.secret}">]><svg '
               f'xmlns="http://www.w3.org/2000/svg"><image href="{self.url}"/><image href="file://{self.secret}"/>&x;'
               '</svg>')
        self.check("x.png", svg.encode(), "image/svg+xml")
        self.check("y.png", b"\xef\xbb\xbf \n<svg></svg>", "image/svg+xml")

    def test_playlists(self):
        for address in (self.url, f"file://{self.secret}", str(self.secret), "fd://0", "rtsp://127.0.0.1/x"):
            self.check("x.mp4", f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n".encode(),
                       "application/vnd.apple.mpegurl")
            self.check("x.mp3", f"[playlist]\nFile1={address}\n".encode(), "audio/x-scpls")
            self.check("x.mpd", f'<?xml version="1.0"?><MPD><BaseURL>{address}</BaseURL></MPD>'.encode(), "text/xml")
            self.check("x.txt", address.encode(), "text/plain")

    def test_film_that_refers_to_another(self):
        for address in (self.url, f"file://{self.secret}"):
            where = address.encode() + b"\0"
            rdrf = struct.pack(">I4sI4sI", 20 + len(where), b"rdrf", 0, b"url ", len(where)) + where
            rmda = struct.pack(">I4s", 8 + len(rdrf), b"rmda") + rdrf
            rmra = struct.pack(">I4s", 8 + len(rmda), b"rmra") + rmda
            moov = struct.pack(">I4s", 8 + len(rmra), b"moov") + rmra
            self.check("x.mov", b"\0\0\0\x10ftypqt  \0\0\0\0" + moov, "video/quicktime", "video")


if __name__ == "__main__":
    unittest.main()
