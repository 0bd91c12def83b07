#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture's kind, type, size, frames and duration are those of its bytes; smaller ones look like it."""

import subprocess
import unittest

import media

QUADRANTS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]  # as shown: top, then bottom
# How the file of a picture lies that EXIF turns upright.
STORED = {1: [], 2: ["-flop"], 3: ["-rotate", "180"], 4: ["-flip"], 5: ["-transpose"], 6: ["-rotate", "270"],
          7: ["-transverse"], 8: ["-rotate", "90"]}


class Pictures(media.MediaTest):
    def test_every_format_is_what_its_bytes_say(self):
        for name, mime in [("jpg", "image/jpeg"), ("png", "image/png"), ("gif", "image/gif"), ("bmp", "image/bmp"),
                           ("bmp3", "image/bmp"), ("webp", "image/webp"), ("tiff", "image/tiff")]:
            with self.subTest(name):
                prefix = f"{name}:" if name == "bmp3" else ""
                subprocess.run(["convert", "-size", "421x257", "gradient:red-blue",
                                f"{prefix}{self.folder}/wrong.txt" if prefix else f"{name}:{self.folder}/wrong.txt"],
                               check=True, timeout=media.DEADLINE_S)
                answer = self.probe(self.folder / "wrong.txt", media.PICTURES)
                self.assertEqual((answer.kind, answer.mime, answer.size, answer.frames, answer.duration),
                                 ("image", mime, (421, 257), 1, 0))
                self.assertEqual(answer.thumbnail, ("jpeg", 324, 198))
                self.assertEqual(answer.large, ("jpeg", 421, 257))
                self.assertEqual(len(answer.blurhash), 28)

    def test_derived_pictures_have_the_sizes_of_the_specification(self):
        for size, thumbnail, large in [("3000x2000", (297, 198), (1080, 720)), ("800x1600", (198, 396), (720, 1440)),
                                       ("198x400", (198, 400), (198, 400)), ("10x10", (10, 10), (10, 10)),
                                       ("1x1", (1, 1), (1, 1)), ("2x5000", (2, 5000), (2, 5000))]:
            with self.subTest(size):
                answer = self.probe(self.convert("-size", size, "xc:gray", name="p.jpg"), media.PICTURES)
                self.assertEqual(answer.thumbnail[1:], thumbnail)
                self.assertEqual(answer.large[1:], large)
                self.assertEqual(self.pixels(answer.paths[0])[:2], thumbnail)
                self.assertEqual(self.pixels(answer.paths[1])[:2], large)

    def test_nothing_is_made_that_was_not_asked_for(self):
        path = self.convert("-size", "300x300", "xc:gray", name="p.png")
        plain = self.probe(path)
        self.assertEqual((plain.paths, plain.blurhash, plain.loudness), ({}, None, None))
        self.assertEqual(set(self.probe(path, media.LARGE).paths), {1})

    def test_transparency_is_kept(self):
        answer = self.probe(self.convert("-size", "300x300", "xc:#ff000080", name="p.png"), media.PICTURES)
        self.assertEqual((answer.thumbnail[0], answer.large[0]), ("png", "png"))
        opaque = self.probe(self.convert("-size", "300x300", "xc:#ff0000", "-alpha", "on", name="p.png"), 3)
        self.assertEqual(opaque.thumbnail[0], "jpeg")

    def test_other_files_have_their_type_too(self):
        for data, mime in [(b"", "application/octet-stream"), (b"Hello\n", "text/plain"),
                           ("Grüße, 你好".encode(), "text/plain"), (b"%PDF-1.7\n", "application/pdf"),
                           (b"PK\3\4....", "application/zip"), (b"\0\1\2", "application/octet-stream"),
                           (b"<!DOCTYPE html><p>", "text/html"), (b"BM is a text, and no picture", "text/plain"),
                           (b"\xff\xfe\0\0", "application/octet-stream")]:
            with self.subTest(mime):
                answer = self.probe(self.write("wrong.jpg", data), media.ALL)
                self.assertEqual((answer.kind, answer.mime, answer.size, answer.paths), ("other", mime, (0, 0), {}))


class Orientation(media.MediaTest):
    def stored(self, orientation, name, *options):
        colors = [f"xc:rgb({r},{g},{b})" for r, g, b in QUADRANTS]
        return self.convert("-size", "240x160", "(", *colors[:2], "+append", ")", "(", *colors[2:], "+append", ")",
                            "-append", *STORED[orientation], *options, name=name)

    def check(self, path):
        answer = self.probe(path, media.PICTURES)
        self.assertEqual(answer.size, (480, 320))
        self.assertEqual(answer.thumbnail[1:], (297, 198))
        width, height, data = self.pixels(answer.paths[0])
        for i, color in enumerate(QUADRANTS):
            at = 3 * ((height // 4 + i // 2 * height // 2) * width + width // 4 + i % 2 * width // 2)
            for channel in range(3):
                self.assertAlmostEqual(data[at + channel], color[channel], delta=20)

    def test_jpeg(self):
        for orientation in STORED:
            data = self.stored(orientation, "p.jpg").read_bytes()
            for order in "<>":
                with self.subTest(f"{orientation}{order}"):
                    self.check(self.write("turned.jpg", media.jpeg_with_exif(data, orientation, order)))

    def test_tiff(self):
        names = [None, "TopLeft", "TopRight", "BottomRight", "BottomLeft", "LeftTop", "RightTop", "RightBottom",
                 "LeftBottom"]
        for orientation in STORED:
            with self.subTest(orientation):
                self.check(self.stored(orientation, "p.tiff", "-orient", names[orientation]))

    def test_png(self):
        for orientation in STORED:
            with self.subTest(orientation):
                data = self.stored(orientation, "p.png").read_bytes()
                chunk = media.png_chunk(b"eXIf", media.exif(orientation))
                self.check(self.write("turned.png", data[:33] + chunk + data[33:]))

    def test_webp(self):
        for orientation in STORED:
            with self.subTest(orientation):
                size = (320, 480) if orientation >= 5 else (480, 320)
                kind, frame = media.vp8l(self.stored(orientation, "p.webp", "-define", "webp:lossless=true")
                                         .read_bytes())
                header = media.webp_chunk(b"VP8X", b"\x08\0\0\0" + media.u24(size[0] - 1) + media.u24(size[1] - 1))
                self.check(self.write("turned.webp", media.webp(
                    header, media.webp_chunk(kind, frame), media.webp_chunk(b"EXIF", media.exif(orientation)))))

    def test_nonsense_is_upright(self):
        data = self.stored(1, "p.jpg").read_bytes()
        for orientation in (0, 9, 65535):
            with self.subTest(orientation):
                self.check(self.write("turned.jpg", media.jpeg_with_exif(data, orientation)))


class Animations(media.MediaTest):
    def check(self, path, mime, size, frames, duration):
        answer = self.probe(path, media.PICTURES)
        self.assertEqual((answer.kind, answer.mime, answer.size, answer.frames, answer.duration),
                         ("animation", mime, size, frames, duration))
        return answer

    def test_gif(self):
        path = self.convert("-size", "64x48", "-delay", "30", "xc:red", "xc:green", "xc:blue", name="p.gif")
        answer = self.check(path, "image/gif", (64, 48), 3, 900)
        width, _, data = self.pixels(answer.paths[0])
        self.assertGreater(data[3 * (10 * width + 10)], 200, "the first frame is the preview")
        self.assertEqual(self.probe(self.write("one.gif", media.gif(10, 10, 1))).kind, "image")

    def test_gif_that_says_no_delay_is_shown_at_the_usual_pace(self):
        self.check(self.write("p.gif", media.gif(10, 10, 20, delay=0)), "image/gif", (10, 10), 20, 2000)

    def test_webp(self):
        kind, frame = media.vp8l(self.convert("-size", "64x48", "xc:red", "-define", "webp:lossless=true",
                                              name="p.webp").read_bytes())
        part = media.webp_chunk(b"ANMF", media.u24(0) * 2 + media.u24(63) + media.u24(47) + media.u24(250) + b"\0" +
                                media.webp_chunk(kind, frame))
        path = self.write("p.webp", media.webp(
            media.webp_chunk(b"VP8X", b"\x02\0\0\0" + media.u24(63) + media.u24(47)),
            media.webp_chunk(b"ANIM", b"\0" * 6), part, part, part))
        answer = self.check(path, "image/webp", (64, 48), 3, 750)
        self.assertEqual(answer.thumbnail[1:], (64, 48))

    def test_png(self):
        control = media.png_chunk(b"fcTL", media.struct.pack(">IIIIIHHBB", 0, 4, 4, 0, 0, 1, 4, 0, 0))
        data = media.png(4, 4, b"\0\0\0\0\0" * 4, media.png_chunk(b"acTL", media.struct.pack(">II", 2, 0)), control,
                         control)
        self.check(self.write("p.png", data), "image/png", (4, 4), 2, 500)


if __name__ == "__main__":
    unittest.main()
