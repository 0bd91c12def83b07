#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts/tour does: the real application, page by page, against a real Prosody; one picture each."""

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

import gui
import imclient
import peer
import servers

LONG = ("The path along the east shore is closed until the end of the month, so we walk up through the forest, "
        "have a rest at the hut, and come down on the other side; that is an hour more, and the better view.")
TALK = (
    ("them", "Morning! The bridge at Kaltenbach is open again, so the lake loop works."),
    ("us", "Perfect — then let's take the 8:14 train and be up there before the crowds."),
    ("them", LONG),
    ("them", "https://example.org/timetable?from=Kaltenbach&to=See"),
    ("us", "8:14 is fine for me."),
    ("us", "I'll bring the stove."),
    ("them", "😍👍"),
)
LAST = "好的，明天见！你带茶，我带点心。"
PEOPLE = (("mei", "Mei Lin wrote this: see you at nine!"), ("陈晓明", "好的，明天见！你带茶，我带点心。"),
          ("maximiliane-constanze-von-hohen", "A name as long as this has to end somewhere."),
          ("david", "שלום, מתי נפגשים מחר בבוקר?"))


class Tour:
    def __init__(self, build, directory):
        self.binary = str(build / "src" / "app" / "linnet")
        self.schemas = str(build / "data")
        self.directory = directory
        self.number = 0
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="linnet-tour-"))

    def picture(self, app, name, window=None, moving=False):
        self.number += 1
        path = self.directory / f"{self.number:02}-{name}.png"
        app.picture(path, window=window, moving=moving)
        print(path, flush=True)

    def open(self, person=None, environment=None):
        argv = [self.binary, "--data-dir", str(self.work / (person or "nobody"))]
        if person:
            argv += ["--sign-in", f"{person}@localhost", "--server", self.server.ws_url]
        settings = {"LANG": "C.UTF-8", "LANGUAGE": "en", "GSETTINGS_SCHEMA_DIR": self.schemas,
                    "LINNET_PASSWORD": person or "", **(environment or {})}
        return self.desktop.app(argv, settings, log=self.work / "linnet.log")

    def run(self):
        try:
            with servers.Prosody() as self.server, gui.Desktop(1280, 900) as self.desktop:
                for name in ("alice", "bob", "carol", "mei", "david", "maximiliane-constanze-von-hohen", "陈晓明"):
                    self.server.register(name, name)
                self.sign_in_pages()
                self.empty_page()
                self.conversation_pages()
                self.kind_pages()
                self.fill()
                self.variants()
                self.lasting_states()
        finally:
            shutil.rmtree(self.work, ignore_errors=True)

    def sign_in_pages(self):
        app = self.open()
        app.find("push button", name="Create an Account", seconds=30)
        self.picture(app, "welcome")
        app.press(name="Sign In")
        address = app.find("text", name="Address")
        self.picture(app, "sign-in")
        app.set_text(address, "alice@localhost")
        app.set_text(app.find("text", name="Password"), "wrong")
        app.point_and_click(app.find("label", name="Advanced"))
        app.set_text(app.find("text", contains="Server address"), self.server.ws_url)
        self.submit(app)
        app.find(contains="This password is not right for alice@localhost.")
        self.picture(app, "sign-in-wrong-password")
        self.server.freeze()
        self.submit(app)
        app.find("push button", name="Cancel")
        self.picture(app, "sign-in-working", moving=True)
        app.press(name="Cancel")
        self.server.thaw()
        app.find(contains="Sign In")
        app.set_text(app.find("text", contains="Server address"), "ws://127.0.0.1:9/xmpp-websocket")
        self.submit(app)
        app.find("image", seconds=20)
        self.picture(app, "sign-in-no-server")
        app.set_text(app.find("text", contains="Server address"), self.server.wss_url)
        self.submit(app)
        app.press(name="Details…")
        self.picture(app, "unknown-certificate", window=self.dialog(app))
        app.key("Escape")
        gui.wait_for(lambda: len(app.windows()) == 1, 10, "the dialog to go")
        app.press(name="Back")
        app.press(name="Create an Account")
        app.find("push button", name="Continue")
        self.picture(app, "create-account")
        app.stop()

    def dialog(self, app):
        """The window before the window."""
        return gui.wait_for(lambda: app.windows()[1:], 10, "the dialog")[-1]

    def submit(self, app):
        """The button of the form, not that of the welcome page beneath it."""
        buttons = app.all("push button", name="Sign In")
        app.click(buttons[-1])

    def empty_page(self):
        app = self.open("carol")
        app.find("push button", name="Start a Conversation", seconds=30)
        self.picture(app, "no-conversations")
        app.press(name="New Conversation")
        app.find("text", name="Address")
        self.picture(app, "new-conversation", window=self.dialog(app))
        app.stop()

    def say(self, app, text):
        app.set_text(app.find("text", contains="", name="Message bob"), text)
        app.press(name="Send")
        app.find(contains=text[:30])

    def select(self, app, first, last):
        """From the middle of one message into another, with the mouse."""
        # the conversation's row shows the last one, too, and comes before
        start, end = (app.all("label", name=text)[-1] for text in (first, last))
        app.drag(app.corner(start, left=0.5), app.corner(end, left=0.4, top=0.8))

    def conversation_pages(self):
        for name, text in PEOPLE:
            with peer.Peer(self.server, name, name) as sender:
                sender.send("alice@localhost", text)
        with peer.Peer(self.server, "bob", "bob") as bob:
            bob.send("alice@localhost", "Are you there?", markable=True)
            app = self.open("alice")
            app.point_and_click(app.find(contains="bob, ", seconds=30))
            app.find("text", name="Message bob")
            for who, text in TALK:
                if who == "us":
                    self.say(app, text)
                    bob.wait_for(body=text)
                else:
                    bob.send("alice@localhost", text, markable=True)
                    app.find(contains=text[:30])
            self.picture(app, "conversation")
            self.select(app, TALK[1][1], TALK[4][1])
            self.picture(app, "selection")
            app.key("Escape")
            bob.send_state("alice@localhost", "composing")
            app.find(contains="typing…")
            self.picture(app, "typing", moving=True)
            bob.send_many("alice@localhost", [f"{number} of 150: {LONG[:number % 90 + 10]}" for number in range(1, 151)])
            app.find(contains="150 of 150", seconds=30)
            self.picture(app, "long-history")
            app.point_at(*app.corner(app.find("list", name="Messages"), left=0.5))
            app.xdotool("click", "--repeat", "6", "--delay", "40", "4")
            self.picture(app, "floating-date", moving=True)
            app.key("ctrl+j")
            field = app.find("text", name="Message bob")
            app.point_and_click(field)
            app.set_text(field, "A draft that waits")
            app.point_and_click(app.find(contains="mei, "))
            app.find("text", name="Message mei")
            self.picture(app, "draft")
            app.press(name="New Conversation")
            app.set_text(app.find("text", name="Address"), "nobody-here@localhost")
            app.press(name="Start")
            app.set_text(app.find("text", name="Message nobody-here"), "Is anybody there?")
            app.press(name="Send")
            app.find("push button", name="Retry", seconds=20)
            self.picture(app, "not-sent")
            app.press(name="Main Menu")
            app.click(app.find("menu item", name="About Linnet"))
            self.picture(app, "about", window=self.dialog(app))
            app.key("Escape")
            gui.wait_for(lambda: len(app.windows()) == 1, 10, "the dialog to go")
            app.key("ctrl+question")
            self.picture(app, "shortcuts", window=self.dialog(app))
            app.stop()

    def kind_pages(self):
        """David sends what is no text, and changes his mind; so do we."""
        plan = self.work / "Walking plan, second version.pdf"
        plan.write_bytes(b"%PDF-1.4\n" + bytes(180_000))
        with imclient.Client("david", self.server) as david:
            david.login("david", "david")
            wrong = david.send_text("alice", "Meet me at ten")
            david.ask("TIMMsgRevoke", "alice", imclient.C2C, json.dumps(wrong))
            late = david.send_text("alice", "Meet me at nnie")
            late["message_elem_array"] = [{"elem_type": 0, "text_elem_content": "Meet me at nine"}]
            david.ask("TIMMsgModifyMessage", json.dumps(late))
            for elements in (
                    [{"elem_type": 4, "file_elem_file_path": str(plan)}],
                    [{"elem_type": 8, "location_elem_desc": "Kaltenbach, the bridge", "location_elem_latitude": 47.28,
                      "location_elem_longitude": 11.87}],
                    [{"elem_type": 3, "custom_elem_data": "{}", "custom_elem_desc": "A poll: which train?"}],
                    [{"elem_type": 7, "face_elem_index": 4, "face_elem_buf": "smile"}],
                    [{"elem_type": 13, "merge_elem_title": "Mei and David", "merge_elem_compatible_text": "Forwarded",
                      "merge_elem_abstract_array": ["Mei: who brings the stove?", "David: not I"],
                      "merge_elem_message_array": [imclient.text_message("who brings the stove?")]}],
                    [{"elem_type": 0, "text_elem_content": "And the stove?"},
                     {"elem_type": 4, "file_elem_file_path": str(plan)}]):
                call, _ = david.send_elements("alice", elements)
                david.reply(call)
        with imclient.Client("alice-phone", self.server, platform="phone") as alice:
            alice.login("alice", "alice")
            mine = alice.send_text("david", "Never mind the stove")
            alice.ask("TIMMsgRevoke", "david", imclient.C2C, json.dumps(mine))
        for name, environment in (("kinds", {}), ("kinds-dark", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})):
            app = self.open("alice", environment)
            app.point_and_click(app.find(contains="david, ", seconds=30))
            app.find("text", name="Message david")
            app.find(contains="Kaltenbach, the bridge")
            self.picture(app, name)
            app.stop()

    def fill(self):
        """The same talk with Mei, who is everywhere from now on; ours comes from another device."""
        with peer.Peer(self.server, "mei", "mei") as mei, peer.Peer(self.server, "alice", "alice", "phone") as phone:
            for who, text in (*TALK, ("us", "周日天气怎么样？要带雨衣吗？"), ("them", LAST)):
                if who == "us":
                    phone.send_many(mei.jid, [text])
                else:
                    mei.send_many(phone.jid, [text])

    def variants(self):
        for name, environment, size in (
                ("dark", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}, None),
                ("high-contrast", {"ADW_DEBUG_HIGH_CONTRAST": "1"}, None),
                ("right-to-left", {"LINNET_TEXT_DIRECTION": "rtl"}, None),
                ("chinese", {"LANGUAGE": "zh_CN"}, None),
                ("narrow", {}, (370, 650)),
                ("narrow-dark", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}, (370, 650))):
            app = self.open("alice", environment)
            row = app.find("label", name="mei", seconds=30)
            if size:
                app.resize(*size)
                gui.wait_for(lambda: not app.all("text", contains="Message "), 10, "one pane")
                self.picture(app, f"{name}-list")
                row = app.find("label", name="mei")
            app.point_and_click(row)
            app.find("label", name=LAST)
            self.picture(app, name)
            if name in ("dark", "high-contrast", "right-to-left", "narrow"):
                self.select(app, TALK[4][1], LAST)
                self.picture(app, f"{name}-selection")
            app.stop()

    def lasting_states(self):
        app = self.open("alice")
        app.point_and_click(app.find(contains="mei, ", seconds=30))
        with imclient.Client("alice", self.server) as other:
            other.login("alice", "alice")
            app.find("push button", name="Use Here", seconds=20)
            self.picture(app, "signed-in-elsewhere")
        app.press(name="Use Here")
        with peer.Peer(self.server, "mei", "mei") as sender:
            sender.send("alice@localhost", "Welcome back to this computer")
        app.find(contains="Welcome back to this computer")
        self.server.stop()
        app.find(contains="Working offline", seconds=30)
        app.set_text(app.find("text", name="Message mei"), "This waits until I am back.")
        app.press(name="Send")
        app.find(contains="This waits until I am back.")
        self.picture(app, "offline")
        app.stop()


def main():
    parser = argparse.ArgumentParser(prog="scripts/tour")
    parser.add_argument("--build", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("directory", type=pathlib.Path)
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    os.environ["IMSDK_LIB"] = str(options.build / "src" / "sdk" / "libimsdk.so")
    Tour(options.build, options.directory).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
