#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window against a real Prosody, used as a person uses it."""

import time
import unittest

import window
from window import gui, password, servers

MANY = 200


class Window(window.WindowCase):
    def test_a_conversation_from_the_first_start_to_the_sign_out(self):
        alice, bob = self.user("alice"), self.user("bob")
        friend = self.peer(bob)
        app = self.open()
        app.find("label", name="Welcome to Linnet")
        self.sign_in(app, alice)
        app.find("label", name="No Conversations Yet")

        composer = self.start_conversation(app, friend.jid)
        app.type("Hello Bob, this is typed")
        gui.wait_for(lambda: app.text(composer) == "Hello Bob, this is typed", 10, "the typed text")
        friend.wait_for(state="composing")
        app.key("Return")
        heard = friend.wait_for(body="Hello Bob, this is typed")
        self.assertEqual(app.text(composer), "", "the composer is empty again")
        app.find("list item", contains="Hello Bob, this is typed, Delivered")
        friend.mark_displayed(self.server.address(alice), heard["id"])
        app.find("list item", contains="Hello Bob, this is typed, Read")

        friend.send_state(self.server.address(alice), "composing")
        app.find("label", contains="typing…")
        asked = friend.send(self.server.address(alice), "Hello Alice, 明天见?", markable=True)
        app.find("label", name="Hello Alice, 明天见?")
        app.gone("label", contains="typing…")
        friend.wait_for(displayed=asked)

        app.insert_text(composer, "好的，明天见！🎉")  # as an input method does
        app.press(name="Send")
        friend.wait_for(body="好的，明天见！🎉")
        self.sign_out(app)
        friend.send(self.server.address(alice), "Are you gone?")
        friend.sync()
        self.assertEqual(app.all(contains="Are you gone?"), [])

    def test_two_windows_worth_of_history(self):
        alice, bob = self.user("alice"), self.user("bob")
        texts = [f"{number} of {MANY}: " + "words and more words " * (number % 5) for number in range(1, MANY + 1)]
        friend = self.peer(bob)
        friend.send_many(self.server.address(alice), [text.strip() for text in texts])
        app = self.open()
        self.sign_in(app, alice)
        app.point_and_click(app.find(contains=f"{bob}, "))
        app.find("text", name=f"Message {bob}")
        timeline = app.find("list", name="Messages")
        app.find("list item", contains=f": 1 of {MANY}", start=timeline)  # it opens at what is unread
        app.press(name="Newest Message")
        app.find("list item", contains=f"{MANY} of {MANY}", start=timeline)
        seen = set()
        surface = app.surface(timeline)

        def look():
            """Numbers of what can be read now, from the top."""
            rows = [(row.queryComponent().getExtents(app.atspi.WINDOW_COORDS).y,
                     int(row.name.split(f" of {MANY}")[0].rsplit(" ", 1)[-1]))
                    for row in app.children(timeline) if f" of {MANY}" in row.name and app.is_on_top(row, surface)]
            return [number for _, number in sorted(rows)]

        def settled():
            rows = look()
            return rows if rows and rows == look() else None

        extents = timeline.queryComponent().getExtents(app.atspi.WINDOW_COORDS)
        app.point_at(extents.x + extents.width // 2, extents.y + extents.height // 2)
        begun = time.monotonic()
        while True:
            self.assertLess(time.monotonic() - begun, 120, f"seen so far: {sorted(seen)}")
            rows = gui.wait_for(settled, 10, "the view to stand still")
            self.assertEqual(rows, list(range(rows[0], rows[-1] + 1)), "in order, none left out")
            seen.update(rows)
            if rows[0] == 1:
                break
            app.xdotool("click", "--repeat", "4", "--delay", "10", "4")
        self.assertEqual(sorted(seen), list(range(1, MANY + 1)), "none is left out")
        app.press(name="Newest Message")
        app.find("list item", contains=f"{MANY} of {MANY}")

    def test_the_open_conversation_is_the_selected_one(self):
        alice, bob = self.user("alice"), self.user("bob")
        self.peer(bob).send(self.server.address(alice), "Good morning")
        app = self.open()
        self.sign_in(app, alice)
        app.point_and_click(app.find(contains=f"{bob}, "))
        app.find("text", name=f"Message {bob}")

        def selected():
            return [row.getChildAtIndex(0).name.split(",")[0] for row in app.all("list item")
                    if row.getState().contains(app.atspi.STATE_SELECTED)]
        gui.wait_for(lambda: selected() == [bob], 10, lambda: f"bob selected: {selected()}")
        self.start_conversation(app, f"nobody@{self.server.domain}")
        gui.wait_for(lambda: selected() == ["nobody"], 10, lambda: f"nobody selected: {selected()}")
        app.type("Is anybody there?")
        app.key("Return")
        app.find("push button", name="Retry", seconds=20)
        self.assertEqual(selected(), ["nobody"])

    def test_text_is_selected_across_messages(self):
        alice, bob = self.user("alice"), self.user("bob")
        friend = self.peer(bob)
        texts = ["The first of three", "the second one", "and the third, which ends it"]
        friend.send_many(self.server.address(alice), texts)
        app = self.open()
        self.sign_in(app, alice)
        app.point_and_click(app.find(contains=f"{bob}, "))
        timeline = app.find("list", name="Messages")
        first, second, third = (app.find("label", name=text, start=timeline) for text in texts)
        composer = app.find("text", name=f"Message {bob}")

        def copied():
            app.key("ctrl+c")
            app.point_at(*app.corner(composer, left=0.5))
            app.xdotool("click", "1")
            app.key("ctrl+v")
            gui.wait_for(lambda: app.text(composer), 10, "what was copied")
            text = app.text(composer)
            app.set_text(composer, "")
            return text

        app.drag(app.corner(first), app.corner(third, left=1.2))
        lines = copied().strip().split("\n")
        self.assertEqual([line.split(": ", 1)[1] for line in lines], texts)
        for line in lines:
            self.assertRegex(line, rf"^\[\d+:\d\d\] {bob}: ")

        app.drag(app.corner(second), app.corner(second, left=1.2))
        self.assertEqual(copied(), texts[1], "one message alone, without name")

        def copied_after(clicks, node, left):
            app.point_at(*app.corner(node, left=left))
            app.xdotool("click", "--repeat", str(clicks), "--delay", "20", "1")
            return copied()

        # a machine that is busy takes quick clicks for slow ones
        gui.wait_for(lambda: copied_after(2, first, 0.05) == "The", 30, "a word by a double click")
        gui.wait_for(lambda: copied_after(3, second, 0.5) == texts[1], 30, "the message by a third click")

    def test_dragging_to_the_edge_scrolls(self):
        alice, bob = self.user("alice"), self.user("bob")
        friend = self.peer(bob)
        friend.send_many(self.server.address(alice), [f"line {number} of 60" for number in range(1, 61)])
        app = self.open()
        self.sign_in(app, alice)
        app.point_and_click(app.find(contains=f"{bob}, "))
        composer = app.find("text", name=f"Message {bob}")
        timeline = app.find("list", name="Messages")
        app.key("ctrl+j")
        newest = app.find("label", name="line 60 of 60", start=timeline)
        app.drag(app.corner(newest, left=1.2), app.corner(timeline, left=0.1, top=0.005), hold=True)
        app.find("label", name="line 1 of 60", seconds=60)
        app.xdotool("mouseup", "1")
        app.key("ctrl+c")
        app.point_and_click(composer)
        app.key("ctrl+v")
        gui.wait_for(lambda: "line 60 of 60" in app.text(composer), 10, "what was copied")
        self.assertIn("line 2 of 60", app.text(composer))

    def test_a_wrong_password_is_explained_at_its_field(self):
        alice = self.user("alice")
        app = self.open()
        self.fill_in(app, alice, "not this one")
        app.press(name="Sign In")
        told = app.find("alert", contains="password is not right")
        self.assertIn(self.server.address(alice), told.name)
        places = [node.queryComponent().getExtents(app.atspi.WINDOW_COORDS).y for node in
                  (app.find("text", name="Password"), told, app.find("label", name="Advanced"))]
        self.assertEqual(places, sorted(places), "between its field and the next")
        app.set_text(app.find("text", name="Password"), password(alice))
        app.press(name="Sign In")
        app.find("label", name="No Conversations Yet")
        self.sign_out(app)

    def test_a_server_that_is_not_there_is_explained_at_its_field(self):
        port, = servers.process.free_ports(1)
        app = self.open()
        self.fill_in(app, "alice", "whatever")
        field = app.find("text", contains="Server address")
        app.set_text(field, f"ws://127.0.0.1:{port}/xmpp-websocket")
        app.press(name="Sign In")
        told = app.find("alert", seconds=30)
        self.assertGreater(told.queryComponent().getExtents(app.atspi.WINDOW_COORDS).y,
                           field.queryComponent().getExtents(app.atspi.WINDOW_COORDS).y)

    def test_the_second_start_is_signed_in(self):
        alice, bob = self.user("alice"), self.user("bob")
        friend = self.client(bob)
        app = self.open()
        self.sign_in(app, alice)
        friend.send_text(alice, "Before you leave")
        app.find(contains="Before you leave")
        app.key("ctrl+q")
        gui.wait_for(lambda: app.process.poll() is not None, 15, "the end")
        self.assertEqual(app.process.returncode, 0)
        friend.send_text(alice, "While you were away")

        begun = time.monotonic()
        app = self.open()
        app.find(contains="While you were away", seconds=30)
        print(f"\nsecond start to the caught-up list: {time.monotonic() - begun:.2f} s")
        self.assertEqual(app.all("label", name="Welcome to Linnet"), [])
        app.point_and_click(app.find(contains=f"{bob}, "))
        app.find("list item", contains="Before you leave")
        app.find("list item", contains="While you were away")
        self.sign_out(app)

        app.key("ctrl+q")
        gui.wait_for(lambda: app.process.poll() is not None, 15, "the end")
        app = self.open()
        app.find("push button", name="Sign In")
        self.assertEqual(app.all("label", name="Chats"), [], "signed out stays signed out")

    def test_what_is_not_sent_says_so_and_is_sent_again(self):
        alice, bob = self.user("alice"), self.user("bob")
        app = self.open()
        self.sign_in(app, alice)
        composer = self.start_conversation(app, f"nobody-{bob}@localhost")
        app.insert_text(composer, "Is anybody there?")
        app.press(name="Send")
        app.find("push button", name="Retry")
        self.server.register(f"nobody-{bob}", password(f"nobody-{bob}"))
        late = self.peer(f"nobody-{bob}")
        app.press(name="Retry")
        late.wait_for(body="Is anybody there?")
        app.gone("push button", name="Retry")
        self.sign_out(app)

    def test_the_server_goes_and_comes_back(self):
        alice, bob = self.user("alice"), self.user("bob")
        friend = self.client(bob)
        app = self.open()
        self.sign_in(app, alice)
        composer = self.start_conversation(app, self.server.address(bob))
        self.server.shut_down()
        app.find(contains="Working offline", seconds=30)
        app.insert_text(composer, "Written offline")
        app.press(name="Send")
        app.find("list item", contains="Written offline, Waiting")
        self.server.start()
        friend.wait_for_message("Written offline", seconds=60)
        app.gone(contains="Working offline", seconds=60)
        self.assertEqual(friend.texts(), ["Written offline"])
        self.sign_out(app)


if __name__ == "__main__":
    unittest.main(verbosity=2)
