#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts/run does once everything is built: one local Prosody for this folder, shared by every call, and one
Linnet signed in to it; or, without a display, a short conversation between two of them on a virtual one."""

import argparse
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import gui
import servers

PEOPLE = ("alice", "bob", "carol")
CONVERSATION = (
    ("alice", "Morning, Bob! Is the bridge at Kaltenbach open again?"),
    ("bob", "It is. I walked across yesterday, the lake loop works."),
    ("alice", "Then let's take the 8:14 train: https://example.org/timetable"),
    ("bob", "好的，明天见！"),
)


def log(text):
    print(text, flush=True)


@contextlib.contextmanager
def server_in(folder):
    """The server of this data folder: the one that runs already, or a new one that ends with us."""
    state = folder / "running.json"
    known = read_running(state)
    if known:
        log(f"Joining the server at {known['ws_url']}")
        yield known["ws_url"]
        return
    server = servers.Prosody()
    server.start(str(folder / "server"))
    try:
        for name in PEOPLE:
            server.register(name, name)
        state.write_text(json.dumps({"ws_url": server.ws_url, "pid": os.getpid()}), encoding="utf-8")
        log(f"Prosody runs at {server.ws_url}, its data is in {folder / 'server'}")
        log(f"Accounts: {', '.join(PEOPLE)}; each password is the name")
        yield server.ws_url
    finally:
        state.unlink(missing_ok=True)
        server.stop()


def read_running(state):
    try:
        known = json.loads(state.read_text(encoding="utf-8"))
        os.kill(known["pid"], 0)
        return known
    except (OSError, ValueError, KeyError):
        return None


def linnet_command(build, person, ws_url, folder):
    command = [str(build / "src" / "app" / "linnet"), "--sign-in", f"{person}@localhost", "--server", ws_url,
               "--data-dir", str(folder / "accounts" / person)]
    environment = {"LINNET_PASSWORD": person, "GSETTINGS_SCHEMA_DIR": str(build / "data"), "no_proxy": "*",
                   "LINNET_MEDIA_PROBE": str(build / "src" / "sdk" / "media" / "probe" / "linnet-media-probe")}
    return command, environment


def open_window(build, person, folder):
    with server_in(folder) as ws_url:
        command, environment = linnet_command(build, person, ws_url, folder)
        log(f"Opening Linnet as {person}. Another terminal: scripts/run --as bob")
        process = subprocess.Popen(command, env={**os.environ, **environment}, preexec_fn=gui.die_with_parent)
        try:
            return process.wait()
        finally:
            gui.end(process)


def start_conversation(app, address):
    app.press("push button", name="New Conversation")
    field = app.find("text", name="Address")
    app.set_text(field, address)
    app.press("push button", name="Start")
    app.find("text", contains="", name=f"Message {address.split('@')[0]}")


def say(app, peer, text):
    field = app.find("text", name=f"Message {peer}")
    app.set_text(field, text)
    app.press("push button", name="Send")


def play(build, folder):
    """Two windows talk; pictures and a transcript are left."""
    left = folder / time.strftime("conversation-%Y%m%d-%H%M%S")
    left.mkdir(parents=True)
    transcript = []
    with server_in(folder) as ws_url, gui.Desktop(1200, 900) as desktop:
        apps = {}
        for person in ("alice", "bob"):
            command, environment = linnet_command(build, person, ws_url, left)
            apps[person] = desktop.app(command, environment, log=left / f"{person}.log")
            apps[person].find("push button", name="New Conversation", seconds=30)
        peers = {"alice": "bob", "bob": "alice"}
        start_conversation(apps["alice"], "bob@localhost")
        for index, (person, text) in enumerate(CONVERSATION):
            peer = peers[person]
            if person == "bob" and index == 1:
                open_row(apps["bob"], "alice")
            say(apps[person], peer, text)
            apps[peer].find(contains=text, seconds=20)
            transcript.append(f"{person}: {text}")
            log(f"  {person}: {text}")
        for person, app in apps.items():
            log(f"Picture: {app.picture(left / f'{person}.png')}")
        for app in apps.values():
            app.stop()
    (left / "transcript.txt").write_text("\n".join(transcript) + "\n", encoding="utf-8")
    log(f"Transcript: {left / 'transcript.txt'}")
    return 0


def open_row(app, name):
    """Chooses the conversation with that name in the list."""
    app.point_and_click(app.find(contains=f"{name}, ", seconds=20))


def main():
    parser = argparse.ArgumentParser(prog="scripts/run")
    parser.add_argument("--build", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--as", dest="person", choices=PEOPLE, default="alice", help="who signs in")
    parser.add_argument("--data", type=pathlib.Path, help="the folder for the server's and the accounts' data")
    options = parser.parse_args()
    share = pathlib.Path(os.environ.get("XDG_DATA_HOME") or pathlib.Path.home() / ".local" / "share")
    folder = (options.data or share / "linnet-run").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            return open_window(options.build, options.person, folder)
        log("There is no display: two Linnet windows talk on a virtual one.")
        return play(options.build, folder)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
