#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window while servers die, wires are cut and the program itself is killed: a person loses nothing, sees
nothing twice, and is told the truth about every message. LINNET_SEED repeats a run."""

import contextlib
import os
import random
import signal
import sqlite3
import unittest

import window
from window import gui
from wire import Wire

SECONDS = 90
SEED = int(os.environ.get("LINNET_SEED") or random.SystemRandom().randrange(1 << 32))
ROUNDS = 60 if os.environ.get("LINNET_LONG") else 12


class WindowFaults(window.WindowCase):
    options = {"resume_seconds": 5}

    def setUp(self):
        super().setUp()
        if not self.server.is_running():
            self.server.start()
        self.random = random.Random(SEED)
        self.alice, self.bob = self.user("alice"), self.user("bob")

    def wired(self):
        wire = self.enterContext(Wire(self.server.http_port))
        return wire, f"ws://127.0.0.1:{wire.port}{self.server.ws_path}"

    def open_conversation(self, app):
        app.point_and_click(app.find(contains=f"{self.bob}, ", seconds=SECONDS))
        return app.find("text", name=f"Message {self.bob}")

    def say(self, app, composer, text):
        app.insert_text(composer, text)
        app.press(name="Send")
        gui.wait_for(lambda: app.text(composer) == "", 20, "the composer to be empty again")

    def drafts(self):
        """What is kept of drafts in the program's database."""
        database, = self.home.glob("data/**/im.db")
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return str(connection.execute("SELECT draft FROM conversation").fetchall())

    def rows(self, app, contains):
        """What the rows say that stand in the conversation, from the top."""
        timeline = app.find("list", name="Messages")
        rows = [(row.queryComponent().getExtents(app.atspi.WINDOW_COORDS).y, row.name)
                for row in app.all("list item", contains=contains, start=timeline)]
        return [name for _, name in sorted(rows)]

    def test_damaged_messages_are_fetched_again(self):
        """It starts signed in, and the file is damaged: it says so, and one press brings everything back."""
        friend = self.client(self.bob)
        friend.send_text(self.alice, "Good morning")
        app = self.open()
        self.sign_in(app, self.alice)
        app.find(contains=f"{self.bob}, ", seconds=SECONDS)
        app.stop()
        database, = self.home.glob("data/**/im.db")
        database.write_bytes(b"this is something else" * 1000)
        app = self.open()
        app.find(contains="The messages kept on this computer are damaged.", seconds=SECONDS)
        app.press(name="Begin Anew")
        self.open_conversation(app)
        gui.wait_for(lambda: self.rows(app, "Good morning"), SECONDS, "the message")
        aside, = database.parent.glob("im.db.damaged-*")
        self.assertTrue(aside.read_bytes().startswith(b"this is something else"))

    def test_a_text_typed_and_a_message_waiting_outlive_the_program(self):
        friend = self.client(self.bob)
        friend.send_text(self.alice, "Good morning")
        app = self.open()
        self.sign_in(app, self.alice)
        composer = self.open_conversation(app)
        app.find("list item", contains="Good morning")
        self.server.shut_down()
        app.find(contains="Working offline", seconds=SECONDS)
        self.say(app, composer, "Sent without a network")
        app.find("list item", contains="Sent without a network, Waiting")
        app.insert_text(composer, "Not finished yet")
        gui.wait_for(lambda: "Not finished yet" in self.drafts(), 10, "the draft to be kept")
        self.kill(app)

        app = self.open()
        composer = self.open_conversation(app)
        app.find("list item", contains="Sent without a network, Waiting")
        self.assertEqual(app.text(composer), "Not finished yet")
        self.server.start()
        friend.wait_for_message("Sent without a network", SECONDS)
        app.find("list item", contains="Sent without a network, Delivered", seconds=SECONDS)
        self.assertEqual(friend.texts(), ["Sent without a network"])

    def test_every_line_arrives_once_whatever_happens_to_the_wire_and_the_server(self):
        print(f"\nLINNET_SEED={SEED}")
        wire, url = self.wired()
        friend = self.client(self.bob)
        app = self.open()
        self.sign_in(app, self.alice, url)
        composer = self.start_conversation(app, self.server.address(self.bob))
        texts = []
        for number in range(ROUNDS):
            fault = self.random.choice(["cut", "block", "kill", "restart", "none"])
            texts.append(f"line {number} after {fault}")
            if fault == "cut":
                wire.cut()
            elif fault == "block":
                wire.block()
            elif fault in ("kill", "restart"):
                (self.server.kill if fault == "kill" else self.server.shut_down)()
            self.say(app, composer, texts[-1])
            if fault == "block":
                wire.cut()
                wire.unblock()
            elif fault in ("kill", "restart"):
                self.server.start()
        friend.wait_for_message(texts[-1], SECONDS)
        self.assertEqual(friend.texts(), texts, "each once, in order")
        app.find("list item", contains=f"{texts[-1]}, Delivered", seconds=SECONDS)
        app.gone("push button", name="Retry", seconds=5)
        seen = self.rows(app, "line ")
        self.assertEqual([name for name in seen if "Waiting" in name or "Not sent" in name], [], "no wrong state")
        self.assertEqual(len(set(seen)), len(seen), "none twice")

    def test_a_computer_that_slept_catches_up(self):
        """The program stands still while the server forgets its session and a friend goes on writing."""
        friend = self.client(self.bob)
        friend.send_text(self.alice, "Before the nap")
        app = self.open()
        self.sign_in(app, self.alice)
        app.find(contains="Before the nap", seconds=SECONDS)
        app.process.send_signal(signal.SIGSTOP)
        texts = [f"During the nap: {number}" for number in range(30)]
        for text in texts:
            friend.send_text(self.alice, text)
        self.server.restart()
        friend.send_text(self.alice, "Good morning again", seconds=SECONDS)
        app.process.send_signal(signal.SIGCONT)
        app.find(contains=f"{self.bob}, 32 unread messages", seconds=SECONDS)
        self.open_conversation(app)
        app.press(name="Newest Message")
        app.find("list item", contains="Good morning again")
        seen = [name for name in self.rows(app, "During the nap")]
        numbers = [int(name.split("nap: ")[1].split(",")[0]) for name in seen]
        self.assertEqual(numbers, list(range(numbers[0], 30)), "in order, each once")
        app.gone(contains="32 unread messages", seconds=20)

    def test_the_line_that_is_read_stays_where_it_is(self):
        """Whatever connects, catches up or arrives meanwhile."""
        friend = self.client(self.bob)
        for number in range(60):
            friend.send_text(self.alice, f"line {number:02} of sixty")
        wire, url = self.wired()
        app = self.open()
        self.sign_in(app, self.alice, url)
        self.open_conversation(app)
        timeline = app.find("list", name="Messages")
        app.find("list item", contains="line 00", start=timeline)
        app.press(name="Newest Message")
        app.find("list item", contains="line 59", start=timeline)
        extents = timeline.queryComponent().getExtents(app.atspi.WINDOW_COORDS)
        app.point_at(extents.x + extents.width // 2, extents.y + extents.height // 2)
        app.xdotool("click", "--repeat", "8", "--delay", "30", "4")

        def places():
            return {row.name.split(" of sixty")[0]: row.queryComponent().getExtents(app.atspi.WINDOW_COORDS).y
                    for row in app.all("list item", contains=" of sixty", start=timeline)}

        def settled():
            now = places()
            return now if now and now == places() else None

        before = gui.wait_for(settled, 20, "the view to stand still")
        for number in range(4):
            wire.cut()
            friend.send_text(self.alice, f"late {number}")
        app.find(contains="late 3", seconds=SECONDS)
        self.server.restart()
        friend.send_text(self.alice, "after the restart", seconds=SECONDS)
        app.find(contains="after the restart", seconds=SECONDS)
        app.gone(contains="Working offline", seconds=SECONDS)
        after = gui.wait_for(settled, 20, "the view to stand still")
        shared = set(before) & set(after)
        self.assertGreater(len(shared), 5)
        self.assertEqual({name: after[name] for name in shared}, {name: before[name] for name in shared}, "0 px")


if __name__ == "__main__":
    unittest.main(verbosity=2)
