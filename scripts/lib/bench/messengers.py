# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs that are measured, and how each is started with its data in a folder of its own."""

import os
import pathlib
import pwd
import shutil
import sqlite3
import subprocess

import process

USER, PASSWORD = "alice", "alice"
FILL_MESSAGES, FILL_CONVERSATIONS = 1_000_000, 10_000


class Messenger:
    """key: of its column. argv and environment: how it is started. patience_ms: when all is painted, surely."""

    key = title = package = None
    patience_ms = 3500

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def environment(self):
        """Without accessibility, which would be switched off by the lack of a reader, too."""
        home = {name: str(self.folder / sub) for name, sub in
                (("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"),
                 ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"))}
        for path in home.values():
            os.makedirs(path, exist_ok=True)
        return {**home, "LANG": "C.UTF-8", "GTK_A11Y": "none", "GSETTINGS_BACKEND": "memory"}

    def argv(self):
        raise NotImplementedError

    @classmethod
    def is_there(cls):
        return cls.package is None or shutil.which(cls.program) is not None

    @classmethod
    def version(cls):
        told = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", cls.package], capture_output=True, text=True,
                              check=False)
        return told.stdout.split("-")[0]


class Linnet(Messenger):
    """root: where it is installed. server: to sign in at; None: an address where nobody answers."""

    key, title = "linnet", "Linnet"

    def __init__(self, folder, root, server, user=USER):
        super().__init__(folder)
        self.root = root
        self.server = server
        self.user = user
        if server is None:
            self.patience_ms = 1400  # later a banner says that there is no connection, and moves the list

    def argv(self):
        url = self.server.ws_url if self.server else "ws://127.0.0.1:9/xmpp-websocket"
        return [self.root / "bin" / "linnet", "--data-dir", self.folder / "im", "--sign-in",
                f"{self.user}@localhost", "--server", url]

    def environment(self):
        return {**super().environment(), "LINNET_PASSWORD": PASSWORD,
                "GSETTINGS_SCHEMA_DIR": str(self.root / "share" / "glib-2.0" / "schemas"), "no_proxy": "*"}


class Dino(Messenger):
    """Wants a server at port 5222 of its domain and a certificate that the system trusts. server None: no account."""

    key, title, package, program = "dino", "Dino", "dino-im", "dino-im"

    def __init__(self, folder, server=None, screen=None):
        super().__init__(folder)
        if server is not None and not self.database.exists():
            with screen.launch(self.argv(), self.environment()):
                process.wait_for(self.has_tables, 20, "Dino's database")
            self.add_account()

    @property
    def database(self):
        return self.folder / "data" / "dino" / "dino.db"

    def has_tables(self):
        if not self.database.exists():
            return False
        with sqlite3.connect(self.database) as connection:
            rows = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'account'").fetchone()
        connection.close()
        return rows[0] > 0

    def add_account(self):
        with sqlite3.connect(self.database) as connection:
            connection.execute("INSERT INTO account (bare_jid, resourcepart, password, alias, enabled) "
                               "VALUES (?, 'dino', ?, '', 1)", (f"{USER}@localhost", PASSWORD))
        connection.close()

    def argv(self):
        return [self.program]


class Chatty(Messenger):
    key, title, package, program = "chatty", "Chatty", "chatty", "chatty"

    def argv(self):
        return [self.program]


class Gajim(Messenger):
    """Refuses to run as root, so nobody runs it then, without a session bus: that of root is not nobody's."""

    key, title, package, program = "gajim", "Gajim", "gajim", "gajim"
    patience_ms = 6000

    AS_NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]

    @classmethod
    def is_there(cls):
        """A root of its own namespace only cannot become nobody."""
        return super().is_there() and (os.geteuid() != 0 or subprocess.run(
            [*cls.AS_NOBODY, "true"], capture_output=True, check=False).returncode == 0)

    def argv(self):
        return [*(self.AS_NOBODY if os.geteuid() == 0 else []), self.program]

    def environment(self):
        environment = super().environment()
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        environment.update(XDG_RUNTIME_DIR=str(runtime), DBUS_SESSION_BUS_ADDRESS="disabled:")
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        return environment
