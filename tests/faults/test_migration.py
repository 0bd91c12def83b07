#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process is killed while it brings an old database to the present version: the file is of the one version or of
the other, with every row, and opens. LINNET_SEED: the moments again."""

import contextlib
import hashlib
import os
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

import harness  # noqa: E402
import imclient  # noqa: E402
from harness import password  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
OLD = ROOT / "tests" / "data" / "db" / "v1.sql"
NEWEST = len(list((ROOT / "resources" / "sql").glob("*.sql")))
ROWS = 20000  # enough that the migration takes a while
KILLS = 200 if os.environ.get("LINNET_LONG") else 15
BOB = "bob"  # a conversation of the old database, with four messages


def fill(path):
    """An old database with ROWS more messages of one conversation."""
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
        connection.execute("DELETE FROM outbox")
        connection.execute("""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
            INSERT INTO message (conversation, sort_key, origin_id, archive_id, wire_id, sender, is_self, status,
                                 server_time, is_read, unique_id, seq, rand, json)
            SELECT conversation, sort_key + 60000000 * i + i, 'more-o-' || i, 'more-a-' || i, 'more-w-' || i, sender,
                   i % 2, 2, server_time + 60 * i, is_read, unique_id + i, 10 + i, i, json
            FROM message, n WHERE id = 1""", (ROWS,))


def content_of_copy(folder):
    """As content(); what a killed process left behind stays for the next one."""
    with tempfile.TemporaryDirectory(prefix="linnet-test-") as temporary:
        copy = shutil.copytree(folder, pathlib.Path(temporary) / "copy")
        return content(copy / "im.db")


def content(path):
    """(version, number of rows, digest of all messages); the file is whole."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchall()
        assert whole == [("ok",)], whole
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        digest = hashlib.sha256()
        count = 0
        for row in connection.execute("SELECT id, conversation, sort_key, origin_id, archive_id, wire_id, sender, "
                                      "status, unique_id, seq, json FROM message ORDER BY id"):
            digest.update(repr(row).encode())
            count += 1
    return version, count, digest.hexdigest()


class Migration(harness.ServerCase):
    def test_killed_at_any_moment(self):
        seed = int(os.environ.get("LINNET_SEED") or random.randrange(1 << 32))
        print(f"\nLINNET_SEED={seed}")
        moments = random.Random(seed)
        user = self.user("alice")
        original = pathlib.Path(self.folder()) / "old.db"
        fill(original)
        _, rows, digest = content(original)
        self.assertGreater(rows, ROWS)

        data = pathlib.Path(self.folder())
        address = self.server.address(user)
        folder = data / hashlib.sha256(address.encode()).hexdigest()
        seconds = self.whole_migration(user, original, data, folder)
        versions = []
        for _ in range(KILLS):
            if not versions or versions[-1] == NEWEST:
                self.put(original, folder)
            client = self.client(user, folder=data)
            begun = threading.Event()

            def kill(client=client, begun=begun, delay=moments.uniform(0, 1.2 * seconds)):
                begun.wait()
                time.sleep(delay)  # the moment is the test, not a wait
                client.process.kill()
            killer = threading.Thread(target=kill)
            killer.start()
            begun.set()
            with contextlib.suppress(AssertionError):
                client.start("TIMLogin", user, password(user))
            killer.join()
            client.kill()
            version, *rest = content_of_copy(folder)
            versions.append(version)
            self.assertEqual(rest, [rows, digest])
        counts = {version: versions.count(version) for version in sorted(set(versions))}
        print(f"killed {KILLS} times in {seconds * 1.2:.3f} s; version of the file afterwards: {counts}")

        client = self.client(user, folder=data)
        client.login(user, password(user))
        self.assertEqual(len(client.history(BOB, 100)), 100)
        client.logout()

    @staticmethod
    def put(original, folder):
        """The old file, and nothing else."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copyfile(original, folder / "im.db")

    def whole_migration(self, user, original, data, folder):
        """How long it takes, in seconds."""
        self.put(original, folder)
        client = self.client(user, folder=data)
        begun = time.monotonic()
        call = client.start("TIMLogin", user, password(user))
        # the first word of the connection comes when the database is open
        client.wait_for(lambda event: event["event"] in ("network", "reply"), "the end of the migration")
        seconds = time.monotonic() - begun
        self.assertEqual(client.reply(call).code, 0)
        client.stop()
        self.assertEqual(content(folder / "im.db")[0], NEWEST)
        return seconds


if __name__ == "__main__":
    harness.main()
