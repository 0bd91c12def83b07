#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files to a stock server and back, below the level of messages: whole, in spite of cuts, and not twice."""

import contextlib
import hashlib
import os
import pathlib
import random
import socket
import subprocess
import threading
import urllib.request

import harness

CLIENT = os.environ["LINNET_TRANSFER_CLIENT"]
CUTS = 10
SIZE = 2 * 1024 * 1024
LARGE = (200 if os.environ.get("LINNET_LONG") else 48) * 1024 * 1024
LIMIT = 314572800
MEMORY_KIB = 16 * 1024
SECONDS = 240


class Cutter:
    """A TCP proxy in front of the server's HTTP: the connections it takes are cut, one after the other, when as many
    bytes have passed as cuts says (up: to the server); after the last cut it leaves them alone."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.target = None
        self.cuts = []
        self.is_up = True
        self.passed = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        left = [self.cuts.pop(0) if self.cuts else None]
        with client, socket.create_connection(("127.0.0.1", self.target)) as server:
            ways = [threading.Thread(target=self.pump, args=(*way, left if counts else [None], counts), daemon=True)
                    for way, counts in (((client, server), self.is_up), ((server, client), not self.is_up))]
            for way in ways:
                way.start()
            for way in ways:
                way.join()

    def pump(self, source, sink, left, counts):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if left[0] is not None:
                    data = data[:left[0]]
                    left[0] -= len(data)
                sink.sendall(data)
                if counts:
                    self.passed += len(data)
                if left[0] == 0:
                    break
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.listener.close()


class Transfer(harness.ServerCase):
    @classmethod
    def setUpClass(cls):
        cls.cutter = Cutter()
        cls.addClassCleanup(cls.cutter.close)
        cls.options = {"upload_port": cls.cutter.port}
        super().setUpClass()
        cls.cutter.target = cls.server.http_port

    def run_client(self, *arguments):
        """Its lines as lists of words, by their first word."""
        user = self.user("ann")
        done = subprocess.run([CLIENT, self.server.address(user), harness.password(user), self.server.ws_url,
                               *map(str, arguments)], capture_output=True, text=True, timeout=SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = {}
        for line in done.stdout.splitlines():
            word, *rest = line.split(" ")
            lines.setdefault(word, []).append(rest)
        return lines

    def new_file(self, size, name="photo.png"):
        path = pathlib.Path(self.folder()) / name
        path.write_bytes(os.urandom(size))
        return path

    def fetch(self, url):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=60) as answer:
            return answer.read()

    def test_a_file_arrives_in_spite_of_cuts(self):
        files = [self.new_file(SIZE, f"photo {number}.png") for number in range(CUTS)]
        seed = int(os.environ.get("LINNET_SEED") or random.randrange(1 << 32))
        print(f"\nLINNET_SEED={seed}")
        points = random.Random(seed)
        for path in files:
            self.cutter.is_up = True
            self.cutter.cuts = [points.randrange(1, SIZE)]
            lines = self.run_client("upload", path)
            self.assertIn("sent", lines, lines)
            self.assertEqual(self.cutter.cuts, [])
            url, sha256, size, kind = lines["sent"][0]
            self.assertEqual((int(size), kind), (SIZE, "new"))
            self.assertEqual(sha256, hashlib.sha256(path.read_bytes()).hexdigest())
            self.assertEqual(self.fetch(url), path.read_bytes())
            self.assertEqual(lines["progress"][0][1:3], [str(SIZE), str(SIZE)])

    def test_a_file_is_fetched_in_spite_of_cuts(self):
        path = self.new_file(SIZE)
        (url, sha256, *_), = self.run_client("upload", path)["sent"]
        points = random.Random(int(os.environ.get("LINNET_SEED") or 7))
        self.cutter.is_up = False
        # ejabberd knows no ranges: there each attempt must get further than the last one.
        cuts = sorted(points.randrange(4096, SIZE) for _ in range(CUTS))
        self.cutter.cuts = cuts if harness.KIND == "ejabberd" else \
            [1024 + (after - before) for before, after in zip([0, *cuts], cuts)]
        self.cutter.passed = 0
        target = path.with_name("fetched.png")
        lines = self.run_client("download", url, target, sha256)
        self.assertIn("got", lines, lines)
        self.assertEqual(self.cutter.cuts, [])
        self.assertEqual(target.read_bytes(), path.read_bytes())
        self.assertFalse(target.with_name("fetched.png.part").exists())
        if harness.KIND == "prosody":
            self.assertLess(self.cutter.passed, SIZE + 65536, "only the rest is fetched")

    def test_the_same_file_is_sent_once(self):
        path = self.new_file(SIZE)
        lines = self.run_client("upload", path, path)
        first, second = lines["sent"]
        self.assertEqual(first[0], second[0])
        self.assertEqual((first[3], second[3]), ("new", "known"))

    def test_the_limit_is_known_before_anything_is_sent(self):
        path = self.new_file(1)
        with open(path, "r+b") as file:
            file.truncate(LIMIT + 1)
        lines = self.run_client("upload", path)
        self.assertEqual(lines["limit"], [[str(LIMIT)]])
        self.assertEqual(lines["failed"][0][0], "7005")
        self.assertIn(str(LIMIT), lines["failed"][0])

    def test_memory_does_not_grow_with_the_file(self):
        path = self.new_file(LARGE)
        lines = self.run_client("upload", path)
        self.assertIn("sent", lines, lines)
        self.assertLess(int(lines["memory"][0][0]), MEMORY_KIB)
        target = path.with_name("fetched.bin")
        fetched = self.run_client("download", lines["sent"][0][0], target, lines["sent"][0][1])
        self.assertIn("got", fetched, fetched)
        self.assertLess(int(fetched["memory"][0][0]), MEMORY_KIB)
        print(f"\n{LARGE >> 20} MiB: memory grew by {lines['memory'][0][0]} KiB up, {fetched['memory'][0][0]} KiB down")


if __name__ == "__main__":
    harness.main()
