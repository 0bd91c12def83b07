#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two programs of examples/ against a real server. LINNET_EXAMPLES is the folder where they were built."""

import os
import pathlib
import subprocess
import threading

import harness
import process

SECONDS = 30
ROOT = pathlib.Path(__file__).resolve().parents[2]


def examples_folder():
    if os.environ.get("LINNET_EXAMPLES"):
        return pathlib.Path(os.environ["LINNET_EXAMPLES"])
    built = sorted(ROOT.glob("build*/examples/hello"), key=lambda path: path.stat().st_mtime)
    if not built:
        raise FileNotFoundError("the examples are not built; LINNET_EXAMPLES names their folder")
    return built[-1].parent


class Program:
    """One running example; lines: what it has printed."""

    def __init__(self, server, folder, name, *arguments):
        self.name = name
        self.changed = threading.Condition()
        self.lines = []
        environment = {key: value for key, value in os.environ.items() if not key.startswith("IMSDK_")}
        environment.update(IMSDK_SERVER=server.ws_url, IMSDK_DOMAIN=server.domain, IMSDK_DATA_DIR=folder,
                           APP_DATA=folder, no_proxy="*", G_DEBUG="fatal-criticals")
        self.process = process.start([examples_folder() / name, *arguments], environment, stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=None)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line.decode().rstrip("\n"))
                self.changed.notify_all()
        with self.changed:
            self.changed.notify_all()

    def write(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def wait_for(self, part, count=1):
        """The lines with this in them."""
        def look():
            return [line for line in self.lines if part in line]
        with self.changed:
            if not self.changed.wait_for(lambda: len(look()) >= count, SECONDS):
                raise process.Timeout(f"{self.name}: no {part!r} within {SECONDS} s\n" + "\n".join(self.lines))
            return look()

    def finish(self):
        """Its exit status, after the end of its input."""
        self.process.stdin.close()
        self.process.stdin = None
        status = self.process.wait(SECONDS)
        self.reader.join(SECONDS)
        return status


class Examples(harness.ServerCase):
    def program(self, name, *arguments):
        program = Program(self.server, self.folder(), name, *arguments)
        self.addCleanup(process.end, program.process)
        return program

    def test_they_talk_with_each_other(self):
        alice, bob = self.user("alice"), self.user("bob")
        answering = self.program("vendor-style", bob, harness.password(bob), "2")
        answering.wait_for("connected")
        answering.wait_for(f"logged in as {bob}")
        hello = self.program("hello", alice, harness.password(alice), bob)
        hello.wait_for("login: done")
        hello.write('Hello "Bob" \\ <&> 你好')
        hello.wait_for("send: done")
        hello.write("Second line")
        hello.wait_for("send: done", 2)
        hello.wait_for("You wrote: Hello", 1)
        hello.wait_for("You wrote: Second line", 1)
        self.assertEqual(hello.finish(), 0, hello.lines)
        self.assertEqual(answering.finish(), 0, answering.lines)
        self.assertIn(f'{alice}: Hello "Bob" \\ <&> 你好', answering.lines)
        self.assertIn(f"{alice}: Second line", answering.lines)
        self.assertIn(f"conversation with {alice}", answering.lines)
        self.assertIn("history 4", answering.lines)
        self.assertEqual(answering.lines[-1], "logged out")
        self.assertIn("logout: done", hello.lines)

    def test_hello_and_a_stock_client(self):
        alice, bob = self.user("alice"), self.user("bob")
        stock = self.peer(bob)
        hello = self.program("hello", alice, harness.password(alice), bob)
        hello.wait_for("login: done")
        hello.write("From C")
        self.assertEqual(stock.wait_for(body="From C")["from"], self.server.address(alice))
        stock.send(self.server.address(alice), "From Python")
        hello.wait_for('"text_elem_content":"From Python"')
        self.assertEqual(hello.finish(), 0, hello.lines)

    def test_a_wrong_password_is_told(self):
        alice = self.user("alice")
        hello = self.program("hello", alice, "wrong", "bob")
        hello.wait_for("login: error 70003")
        self.assertEqual(hello.finish(), 1, hello.lines)
        vendor = self.program("vendor-style", alice, "wrong", "1")
        vendor.wait_for("login failed: 70003")
        self.assertEqual(vendor.finish(), 1, vendor.lines)


if __name__ == "__main__":
    harness.main()
