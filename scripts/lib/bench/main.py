#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts/bench does: measures, and prints one table."""

import argparse
import datetime
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent)]

import gui  # noqa: E402
import machine  # noqa: E402
import namespace  # noqa: E402
import servers  # noqa: E402
import traffic  # noqa: E402
import transfer  # noqa: E402
import windows  # noqa: E402
from figures import Table  # noqa: E402
from messengers import FILL_CONVERSATIONS, FILL_MESSAGES, PASSWORD, USER, Chatty, Dino, Gajim  # noqa: E402
from screen import Screen  # noqa: E402

PORTS = (5222, 5280, 5281)
RECORD = pathlib.Path(__file__).resolve().parents[3] / "docs" / "performance.md"
BEGIN, END = "<!-- table -->\n", "<!-- /table -->\n"


class Bench:
    """What all measurements share. folder: of this run, removed at its end."""

    def __init__(self, options, folder):
        self.build = options.build
        self.root = options.build / "root"
        self.tools = options.build / "tests" / "bench"
        self.runs = options.runs
        self.folder = folder
        self.table = Table({"linnet": "Linnet", **{kind.key: f"{kind.title} {kind.version()}"
                                                   for kind in (Dino, Chatty, Gajim) if kind.is_there()}})
        self.notes = []
        self.output = options.output or options.build / "bench.md"
        self.load = os.getloadavg()[0]

    def text(self):
        return (f"{datetime.date.today().isoformat()}, {machine.describe()}; load {self.load:.1f} at the begin; each "
                f"figure the median of {self.runs} runs (lowest–highest).\n\n{self.table.markdown()}"
                + "".join(f"\n{note}\n" for note in self.notes))

    def filled(self):
        """The folder of a database of 10,000 conversations and 1,000,000 messages; made once a build."""
        folder = self.build / "bench-store"
        done = folder / "done"
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            print(f"Filling a store with {FILL_MESSAGES:,} messages…", flush=True)
            subprocess.run([str(self.tools / "fill-store"), str(folder / "im"), f"{USER}@localhost",
                            str(FILL_CONVERSATIONS), str(FILL_MESSAGES)], check=True)
            done.touch()
        return folder


GROUPS = {
    "start": windows.start, "idle": windows.idle, "window": windows.window, "flood": windows.flood,
    "timeline": windows.timeline,
    "path": traffic.path, "search": traffic.search, "traffic": traffic.servers_traffic, "transfer": transfer.transfer,
    "soak": windows.soak, "size": windows.size,
}


def measure(bench, names):
    with machine.memory_folder() as folder, server_on_known_ports(folder) as server, \
            gui.Desktop(1280, 900, keyring=False) as desktop:
        server.register(USER, PASSWORD)
        bench.server = server
        bench.screen = Screen(desktop, bench.tools / "watch-paint")
        namespace.trust(server.certificate, bench.folder)
        subprocess.run(["xhost", "+local:"], env=desktop.environment, check=False, capture_output=True)
        for name in names:
            begin = time.monotonic()
            print(f"Measuring: {name}…", end=" ", flush=True)
            try:
                GROUPS[name](bench)
            except Exception:
                traceback.print_exc()
                bench.notes.append(f"“{name}” could not be measured to its end.")
            print(f"{time.monotonic() - begin:.0f} s", flush=True)
            bench.output.write_text(bench.text(), encoding="utf-8")  # what is known, should it be interrupted


def server_on_known_ports(folder):
    """Dino finds a server only at the port that everybody uses."""
    server = servers.Prosody(folder)
    server.c2s_port, server.http_port, server.https_port = PORTS
    return server


def record(text):
    before, _, rest = RECORD.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    RECORD.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--build", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=3, metavar="N",
                        help="of which each figure is the median (%(default)s)")
    parser.add_argument("--only", action="append", choices=list(GROUPS), metavar="NAME",
                        help=f"measure this and not everything: {', '.join(GROUPS)}")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE", help="where the table is written, too")
    parser.add_argument("--record", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # all that was started ends on the way out
    if not namespace.enter():
        sys.exit("scripts/bench: a network of its own is not possible here (unshare --net)")
    with tempfile.TemporaryDirectory(prefix="linnet-bench-") as folder:
        os.chmod(folder, 0o755)
        bench = Bench(options, pathlib.Path(folder))
        measure(bench, options.only or list(GROUPS))
    text = bench.text()
    print(f"\n{text}\nWritten to {bench.output}")
    if options.record:
        record(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
