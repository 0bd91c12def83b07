# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of a hostile world share. After every attack: the process lives, a good message arrives and is told,
nothing that was forged was told or stored, and the memory is what it was."""

import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
for folder in (ROOT / "scripts" / "lib", ROOT / "tests" / "integration"):
    sys.path.insert(0, str(folder))

import imclient  # noqa: E402
import process  # noqa: E402
from server import Hostile  # noqa: E402

LONG = bool(os.environ.get("LINNET_LONG"))
SANITIZED = bool(os.environ.get("LINNET_SANITIZED"))
SECONDS = 120 if SANITIZED else 40
MEMORY = (1024 if SANITIZED else 32) * 2**20    # that one attack may leave behind, bytes
GOOD = "good@localhost/phone"


def environment():
    """For the processes of clients; a library with sanitizers needs them to be there first."""
    if not SANITIZED:
        return {}
    libraries = [subprocess.run(["gcc", f"-print-file-name=lib{name}.so"], check=True, capture_output=True,
                                text=True).stdout.strip() for name in ("asan", "ubsan")]
    return {"LD_PRELOAD": " ".join(libraries), "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
            "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"}


def memory_of(client):
    """Bytes of the process, now."""
    status = pathlib.Path(f"/proc/{client.process.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


class Client(imclient.Client):
    def __init__(self, name, server=None, **options):
        super().__init__(name, server, environment=environment(), **options)

    def stored(self):
        """(conversation, text) of every message that is kept."""
        return [(conversation["conv_id"], imclient.text_of(message))
                for conversation in self.conversations()
                for message in self.history(conversation["conv_id"], 200)]


class Unharmed:
    """For test cases: alice is the client under attack. say_good (text) has somebody else send her a message."""

    alice = None
    good = 0

    def say_good(self, text):
        raise NotImplementedError

    def begin(self):
        """Before the attack."""
        self.memory = memory_of(self.alice)

    def assert_unharmed(self, *texts, known=()):
        """Of all that came, these texts and no others were told and are stored; known: are stored and were not told."""
        Unharmed.good += 1
        good = f"good {Unharmed.good}"
        self.say_good(good)
        self.alice.wait_for_message(good, SECONDS)
        told = [text for text in self.alice.texts() if not text.startswith("good ")]
        stored = [text for _, text in self.alice.stored() if not text.startswith("good ")]
        self.assertEqual(told, list(texts), "what was told")
        self.assertEqual(sorted(stored), sorted([*texts, *known]), "what is stored")
        self.assertEqual(self.alice.of("friend-added", "friend-deleted", "friend-updated", "friend-request", "kicked",
                                       "expired", "tips", "revoke"), [])
        grown = memory_of(self.alice) - self.memory
        self.assertLess(grown, MEMORY, "memory")


class UnderAttack(Unharmed, unittest.TestCase):
    """alice is signed in at a server that lies."""

    def setUp(self):
        self.server = Hostile().start()
        self.addCleanup(self.server.stop)
        self.alice = Client("alice", self.server, receipts=True)
        self.addCleanup(self.alice.stop)
        self.alice.login("alice", self.server.password)
        self.say_good("good day")
        self.alice.wait_for_message("good day")
        self.begin()

    def say_good(self, text):
        self.server.say(self.server.message(text, sender=GOOD))

    def wait_new_session(self, before):
        """In the place of the connection `before`. What the client has to say about it is in the failure."""
        try:
            self.server.wait_bound(other_than=before)
        except process.Timeout as timeout:
            raise process.Timeout(f"{timeout}\n{self.alice.story()}") from timeout

    def say(self, *frames):
        self.server.say(*frames)

    def message(self, text, *arguments, **keys):
        return self.server.message(text, *arguments, **keys)


def main():
    unittest.main(verbosity=2)
