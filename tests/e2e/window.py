# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenarios of the real window share: a Prosody, a screen, and the program used as a person uses it, read,
pointed at and typed into through AT-SPI and the X server. LINNET names the program, GSETTINGS_SCHEMA_DIR its
settings."""

import os
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "lib"))

import gui  # noqa: E402
import imclient  # noqa: E402
import peer  # noqa: E402
import servers  # noqa: E402


def program():
    if os.environ.get("LINNET"):
        return os.environ["LINNET"], os.environ.get("GSETTINGS_SCHEMA_DIR", "")
    built = sorted(ROOT.glob("build*/src/app/linnet"), key=lambda path: path.stat().st_mtime)[-1]
    return str(built), str(built.parents[2] / "data")


def password(user):
    return f"secret of {user}"


class WindowCase(unittest.TestCase):
    options = {}  # for the server
    users = 0

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(servers.Prosody(**cls.options))
        cls.desktop = cls.enterClassContext(gui.Desktop(1200, 900))

    def user(self, name):
        WindowCase.users += 1
        user = f"{name}{WindowCase.users}"
        self.server.register(user, password(user))
        return user

    def peer(self, user):
        other = peer.Peer(self.server, user, password(user))
        self.addCleanup(other.stop)
        return other

    def client(self, user):
        other = imclient.Client(user, self.server)
        self.addCleanup(other.stop)
        other.login(user, password(user))
        return other

    def setUp(self):
        self.killed = []
        self.home = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="linnet-home-")))

    def open(self):
        """The program with the data of this test."""
        binary, schemas = program()
        log = self.home / "linnet.log"
        folders = {f"XDG_{name.upper()}_HOME": str(self.home / name) for name in ("data", "config", "cache", "state")}
        app = self.desktop.app([binary], {"GSETTINGS_SCHEMA_DIR": schemas, "LANGUAGE": "en", **folders,
                                          "G_DEBUG": "fatal-criticals"}, log=log)

        def close():
            app.stop()
            if app.process.returncode != 0 and app not in self.killed:
                raise AssertionError(f"the program ended with {app.process.returncode}:\n{log.read_text()[-2000:]}")
        self.addCleanup(close)
        return app

    def kill(self, app):
        """As a power cut would."""
        self.killed.append(app)
        app.process.kill()
        app.process.wait()

    def fill_in(self, app, user, secret, url=None):
        app.press(name="Sign In")
        app.set_text(app.find("text", name="Address"), self.server.address(user))
        app.set_text(app.find("text", name="Password"), secret)
        app.point_and_click(app.find("label", name="Advanced"))
        app.set_text(app.find("text", contains="Server address"), url or self.server.ws_url)

    def sign_in(self, app, user, url=None):
        self.fill_in(app, user, password(user), url)
        app.press(name="Sign In")
        app.find("label", name="Chats")

    def sign_out(self, app):
        app.press(name="Main Menu")
        app.click(app.find("menu item", name="Sign Out…"))
        gui.wait_for(lambda: app.all("push button", contains="Sign Out"), 10, "the question")
        app.press(contains="Sign Out")
        app.find("label", name="Welcome to Linnet")

    def start_conversation(self, app, address):
        """With the keyboard alone."""
        before = app.active()
        app.key("ctrl+n")
        gui.wait_for(lambda: app.active() != before, 10, "the dialog")
        field = app.find("text", name="Address")
        app.type(address)
        gui.wait_for(lambda: app.text(field) == address, 10, "the address")
        app.key("Return")
        return app.find("text", name=f"Message {address.split('@')[0]}")
