# SPDX-License-Identifier: GPL-3.0-or-later
"""Files for the tests of media, and what the library says of them."""

import os
import pathlib
import struct
import subprocess
import tempfile
import unittest
import zlib

THUMBNAIL, LARGE, BLURHASH, LOUDNESS = 1, 2, 4, 8
PICTURES = THUMBNAIL | LARGE | BLURHASH
ALL = PICTURES | LOUDNESS
CANNOT_OPEN, NO_HELPER, CRASHED, TIMED_OUT, GARBAGE, CANNOT_SAVE = range(6)  # ImMediaError
DEADLINE_S = 170


class Answer:
    """What im_media_probe_async() has told of one file."""

    def __init__(self, lines):
        self.error = self.blurhash = self.loudness = self.thumbnail = self.large = None
        self.paths = {}
        for line in lines:
            key, _, rest = line.partition(" ")
            if key == "error":
                self.error = int(rest.split()[0])
                self.text = rest
            elif key == "path":
                role, _, path = rest.partition(" ")
                self.paths[int(role)] = path
            elif key == "size":
                self.size = tuple(map(int, rest.split()))
            elif key in ("duration", "frames", "took"):
                setattr(self, key, int(rest))
            elif key == "loudness":
                self.loudness = bytes.fromhex(rest)
            elif key in ("thumbnail", "large"):
                kind, width, height, size = rest.split()
                setattr(self, key, (kind, int(width), int(height)))
            elif key in ("kind", "mime", "blurhash"):
                setattr(self, key, rest)


class MediaTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="linnet-media-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def probe_all(self, want, paths):
        """One answer for each path."""
        (self.folder / "derived").mkdir(exist_ok=True)
        output = subprocess.run(
            [os.environ["LINNET_RUN_PROBE"], str(want), str(self.folder / "derived" / "of")] + [str(p) for p in paths],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True, timeout=DEADLINE_S).stdout.decode()
        answers = []
        lines = []
        for line in output.splitlines():
            lines.append(line)
            if line.startswith("took "):
                answers.append(Answer(lines))
                lines = []
        self.assertEqual(len(answers), len(paths))
        return answers

    def probe(self, path, want=0):
        answer = self.probe_all(want, [path])[0]
        self.assertIsNone(answer.error, path)
        return answer

    def convert(self, *words, name):
        """ImageMagick writes it. Returns its path."""
        path = self.folder / name
        subprocess.run(["convert", *map(str, words), str(path)], check=True, timeout=DEADLINE_S)
        return path

    def record(self, pipeline, name):
        """GStreamer writes it. Returns its path."""
        path = self.folder / name
        subprocess.run(["gst-launch-1.0", "-q", *pipeline.split(), "!", "filesink", f"location={path}"], check=True,
                       timeout=DEADLINE_S, stderr=subprocess.DEVNULL)
        return path

    def pixels(self, path):
        """(width, height, bytes of RGB) as another decoder sees them."""
        size = subprocess.run(["identify", "-format", "%w %h", str(path)], check=True, capture_output=True,
                              timeout=DEADLINE_S).stdout.split()
        data = subprocess.run(["convert", str(path), "-depth", "8", "rgb:-"], check=True, capture_output=True,
                              timeout=DEADLINE_S).stdout
        return int(size[0]), int(size[1]), data


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, rows, *chunks):
    """Grey; rows: the bytes that are compressed."""
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            b"".join(chunks) + png_chunk(b"IDAT", zlib.compress(rows, 9)) + png_chunk(b"IEND", b""))


def exif(orientation, order=">"):
    mark = b"MM\0*" if order == ">" else b"II*\0"
    return mark + struct.pack(order + "IHHHIHHI", 8, 1, 0x112, 3, 1, orientation, 0, 0)


def jpeg_with_exif(data, orientation, order=">"):
    body = b"Exif\0\0" + exif(orientation, order)
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


def webp_chunk(kind, data):
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def webp(*chunks):
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def vp8l(path_bytes):
    """The only chunk of a simple WebP file."""
    length = struct.unpack("<I", path_bytes[16:20])[0]
    return path_bytes[12:16], path_bytes[20:20 + length]


def u24(number):
    return struct.pack("<I", number)[:3]


def gif(width, height, frames, delay=7, frame_size=None):
    """frames: how many. Each is one pixel and then nothing."""
    frame_width, frame_height = frame_size or (width, height)
    frame = (b"\x21\xf9\x04\0" + struct.pack("<H", delay) + b"\0\0,\0\0\0\0" +
             struct.pack("<HH", frame_width, frame_height) + b"\0\x02\x02\x4c\x01\0")
    return (b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff" + frame * frames +
            b";")
