#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A film's size and duration, a still of it, a sound's duration and its curve."""

import pathlib
import struct
import unittest

import media

VIDEO = "videotestsrc pattern={} num-buffers=60 ! video/x-raw,width=320,height=240,framerate=30/1 ! {}"
SOUND = "audiotestsrc volume={} num-buffers=150 samplesperbuffer=480 ! audio/x-raw,rate=48000,channels={} ! {}"
HALF = 217  # a sine of half the full amplitude is 9.03 dB below it: 255 · (1 − 9.03 / 60)
H264 = pathlib.Path(__file__).parent / "data" / "h264.mp4"
MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
ROTATIONS = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def turned(data, degrees):
    """The matrix of the film's first track says so."""
    a, b, c, d = (value * 0x10000 & 0xffffffff for value in ROTATIONS[degrees])
    at = data.index(b"tkhd") + 44
    assert data[at:at + 36] == MATRIX
    return data[:at] + struct.pack(">9I", a, b, 0, c, d, 0, 0, 0, 0x40000000) + data[at + 36:]


class Films(media.MediaTest):
    def check(self, path, mime, size=(320, 240), still=(264, 198)):
        answer = self.probe(path, media.ALL)
        self.assertEqual((answer.kind, answer.mime, answer.size, answer.frames), ("video", mime, size, 0))
        self.assertAlmostEqual(answer.duration, 2000, delta=50)
        self.assertEqual(answer.thumbnail[1:] if answer.thumbnail else None, still)
        self.assertIsNone(answer.loudness)
        return answer

    def test_every_container(self):
        for encoding, mime in [("vp8enc ! webmmux", "video/webm"), ("vp9enc ! webmmux", "video/webm"),
                               ("vp8enc ! matroskamux", "video/x-matroska"), ("theoraenc ! oggmux", "video/ogg"),
                               ("jpegenc ! avimux", "video/x-msvideo"), ("jpegenc ! qtmux", "video/quicktime"),
                               ("jpegenc ! qtmux faststart=true", "video/quicktime")]:
            with self.subTest(encoding):
                answer = self.check(self.record(VIDEO.format("red", encoding), "wrong.jpg"), mime)
                self.assertEqual(answer.large, ("jpeg", 320, 240))
                self.assertIsNotNone(answer.blurhash)
                red, green, blue = self.pixels(answer.paths[0])[2][:3]
                self.assertTrue(red > 200 and green < 60 and blue < 60, "the still is the film's")

    def test_film_with_sound(self):
        path = self.record(VIDEO.format("red", "vp8enc ! queue ! webmmux name=m ") +
                           " audiotestsrc num-buffers=86 ! opusenc ! queue ! m. m.", "f.webm")
        self.check(path, "video/webm")

    def test_turned(self):
        data = self.record(VIDEO.format("smpte", "jpegenc ! qtmux"), "f.mov").read_bytes()
        upright = self.check(self.write("f.mov", data), "video/quicktime")
        color = self.pixels(upright.paths[0])[2][:3]  # of the top left corner
        for degrees, size, still in [(90, (240, 320), (198, 264)), (180, (320, 240), (264, 198)),
                                     (270, (240, 320), (198, 264))]:
            with self.subTest(degrees):
                answer = self.check(self.write("turned.mov", turned(data, degrees)), "video/quicktime", size, still)
                width, height, pixels = self.pixels(answer.paths[0])
                x, y = {90: (width - 1, 0), 180: (width - 1, height - 1), 270: (0, height - 1)}[degrees]
                at = 3 * (y * width + x)
                for channel in range(3):
                    self.assertAlmostEqual(pixels[at + channel], color[channel], delta=40)

    def test_pixels_that_are_not_square(self):
        path = self.record("videotestsrc num-buffers=60 ! video/x-raw,width=320,height=240,framerate=30/1,"
                           "pixel-aspect-ratio=2/1 ! vp8enc ! webmmux", "f.webm")
        self.check(path, "video/webm", (640, 240), (528, 198))

    def test_size_and_duration_need_no_decoder(self):
        answer = self.probe(H264, media.ALL)
        self.assertEqual((answer.kind, answer.mime, answer.size), ("video", "video/mp4", (160, 120)))
        self.assertAlmostEqual(answer.duration, 2000, delta=50)
        answer = self.probe(self.write("turned.mp4", turned(H264.read_bytes(), 90)))
        self.assertEqual(answer.size, (120, 160))


class Sounds(media.MediaTest):
    def check(self, path, mime, delta=30):
        answer = self.probe(path, media.LOUDNESS)
        self.assertEqual((answer.kind, answer.mime, answer.size), ("sound", mime, (0, 0)))
        self.assertAlmostEqual(answer.duration, 1500, delta=delta)
        plain = self.probe(path)
        self.assertAlmostEqual(plain.duration, 1500, delta=80)
        self.assertIsNone(plain.loudness)
        self.assertEqual(len(answer.loudness), 64)
        return answer

    def test_every_container(self):
        for encoding, mime in [("wavenc", "audio/wav"), ("flacenc", "audio/flac"),
                               ("vorbisenc ! oggmux", "audio/ogg"), ("opusenc ! oggmux", "audio/ogg"),
                               ("lamemp3enc", "audio/mpeg"), ("lamemp3enc ! xingmux ! id3v2mux", "audio/mpeg"),
                               ("opusenc ! webmmux", "audio/webm"), ("flacenc ! matroskamux", "audio/x-matroska"),
                               ("lamemp3enc ! mp4mux", "audio/mp4")]:
            for channels in (1, 2):
                with self.subTest(f"{encoding} {channels}"):
                    path = self.record(SOUND.format("0.5", channels, encoding), "wrong.mp4")
                    answer = self.check(path, mime, 80 if "lame" in encoding else 30)
                    for level in answer.loudness[3:60]:
                        self.assertAlmostEqual(level, HALF, delta=4)

    def test_curve_follows_the_sound(self):
        def wav(samples):
            data = b"".join(struct.pack("<h", s) for s in samples)
            return (b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " +
                    struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16) + b"data" + struct.pack("<I", len(data)) +
                    data)
        answer = self.probe(self.write("s.wav", wav([0] * 8000 + [16384, -16384] * 4000)), media.LOUDNESS)
        self.assertEqual(answer.duration, 2000)
        self.assertEqual(set(answer.loudness[:31]), {0})
        for level in answer.loudness[33:]:
            self.assertAlmostEqual(level, 255 - 6.02 / 60 * 255, delta=2)
        self.assertEqual(set(self.probe(self.write("s.wav", wav([32767, -32768] * 4000)), 8).loudness), {255})
        short = self.probe(self.write("s.wav", wav([32767] * 8)), media.LOUDNESS)
        self.assertEqual((short.duration, len(short.loudness)), (1, 64))


if __name__ == "__main__":
    unittest.main()
