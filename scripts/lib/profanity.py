# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's profanity, another vendor's client with a text screen, driven over a terminal of its own. What it received is
read from its chat log."""

import fcntl
import os
import pathlib
import pty
import struct
import tempfile
import termios
import threading

import process

SECONDS = 30
ROWS, COLUMNS = 50, 160
SETTINGS = ("/logging chat on", "/receipts request on", "/receipts send on", "/correction on")


class Profanity:
    """It is signed in when the constructor returns. server: an object of servers.py."""

    def __init__(self, server, user, password):
        self.jid = server.address(user)
        self.home = tempfile.TemporaryDirectory(prefix="linnet-profanity-")
        home = pathlib.Path(self.home.name)
        self.data = home / "data" / "profanity"
        self.data.mkdir(parents=True)
        (self.data / "accounts").write_text(
            f"[{user}]\nenabled=true\njid={self.jid}\nresource=desk\npassword={password}\nserver=127.0.0.1\n"
            f"port={server.c2s_port}\ntls.policy=disable\n", encoding="utf-8")
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
                       "XDG_CONFIG_HOME": str(home / "config"), "TERM": "xterm", "LC_ALL": "C.UTF-8",
                       "no_proxy": "*"}
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.child = process.start(["profanity"], environment, stdin=slave, stdout=slave, stderr=slave, cwd=home)
        os.close(slave)
        self.screen = b""
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.wait_for_screen("Type '/help'")
        for line in SETTINGS:
            self.type(line)
        self.type(f"/connect {user}")
        self.wait_for_screen("logged in successfully")

    def _read(self):
        while True:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return
            if not data:
                return
            self.screen += data

    def type(self, line):
        os.write(self.master, f"{line}\r".encode())

    def wait_for_screen(self, text):
        process.wait_for(lambda: text in self.screen.decode(errors="replace"), SECONDS,
                         lambda: f"{text!r} on the screen: {self.screen[-2000:]!r}")

    def log(self, peer):
        """What was said with that address, both ways: lines of its chat log."""
        found = []
        for path in sorted(self.data.glob(f"chatlogs/*/{peer.replace('@', '_at_')}/*.log")):
            found += path.read_text(encoding="utf-8", errors="replace").splitlines()
        return found

    def wait_for(self, peer, text):
        return process.wait_for(lambda: [line for line in self.log(peer) if text in line], SECONDS,
                                lambda: f"{text!r} from {peer}: {self.log(peer)}")[0]

    def stop(self):
        process.end(self.child)
        os.close(self.master)
        self.reader.join(5)
        self.home.cleanup()
