# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person at the window waits for, and what the window costs while nobody looks."""

import os
import re
import subprocess
import time

import process
import raw
import usage
from figures import Figure
from messengers import PASSWORD, Chatty, Dino, Gajim, Linnet

SETTLE_SECONDS = 12  # a blinking cursor costs something for the first ten
IDLE_SECONDS = 10
FLOOD_FRAME_MS = 16.7
SOAK_MESSAGES = 100_000
SCROLL_MESSAGES = 10_000


def others(bench):
    """Programs that are here, without an account; a folder each."""
    found = {"dino": Dino(bench.folder / "dino")} if Dino.is_there() else {}
    if Chatty.is_there():
        found["chatty"] = Chatty(bench.folder / "chatty")
    if Gajim.is_there():
        found["gajim"] = Gajim(bench.folder / "gajim")
    return found


def dino_with_account(bench):
    return Dino(bench.folder / "dino-account", bench.server, bench.screen)


# Starting

def start(bench):
    """In turn, so that whatever else the machine does meets all alike."""
    kinds = {
        "linnet": Linnet(bench.filled(), bench.root, bench.server),
        "offline": Linnet(bench.filled(), bench.root, None),
        "empty": Linnet(bench.folder / "linnet-empty", bench.root, bench.server),
        **others(bench),
    }
    if "dino" in kinds:
        kinds["dino-account"] = dino_with_account(bench)
    figures = {kind: {name: Figure("ms") for name in ("warm", "cold", "first")} | {"memory": Figure("MiB")}
               for kind in kinds}
    for messenger in kinds.values():  # the first start makes folders and caches
        bench.screen.launch(messenger.argv(), messenger.environment()).stop()
    may_drop = usage.drop_caches()
    for run in range(bench.runs):
        for kind, messenger in kinds.items():
            for name in ("warm", "cold") if may_drop else ("warm",):
                if name == "cold":
                    usage.drop_caches()
                with bench.screen.launch(messenger.argv(), messenger.environment(), messenger.patience_ms) as started:
                    figures[kind][name].add(started.paint["done"])
                    if name == "warm":
                        figures[kind]["first"].add(started.paint["first"])
                        figures[kind]["memory"].add(usage.memory_mib(started.pid))
    rows = (("warm", "Start to the final picture, warm, signed in"), ("cold", "the same, nothing in the page cache"),
            ("memory", "Memory (PSS) some seconds after the start"))
    for name, title in rows:
        goal = {"warm": "≤ Dino empty", "cold": "≤ Dino empty", "memory": "≤ 60 % of Dino"}[name]
        cells = {"linnet": figures["linnet"][name]}
        if "dino" in kinds:
            cells["dino"] = figures["dino-account"][name]
        bench.table.row(f"{title}; Linnet with 10,000 conversations and 1,000,000 messages, Dino with an account and "
                        "nothing stored", goal, **cells)
        bench.table.row(f"{title}; Linnet the same, offline", "", linnet=figures["offline"][name])
        cells = {kind: figures[kind][name] for kind in ("dino", "chatty", "gajim") if kind in kinds}
        bench.table.row(f"{title}; Linnet signed in and nothing stored, the others without an account", "",
                        linnet=figures["empty"][name], **cells)


# Idle

def idle(bench):
    """All at once: programs that do nothing do not disturb each other."""
    kinds = {"linnet": Linnet(bench.filled(), bench.root, bench.server), **others(bench)}
    if "dino" in kinds:
        kinds["dino"] = dino_with_account(bench)
    cpu = {kind: Figure("ms/s") for kind in kinds}
    wakeups = {kind: Figure("/s") for kind in kinds}
    started = {}
    try:
        for kind, messenger in kinds.items():
            started[kind] = bench.screen.launch(messenger.argv(), messenger.environment())
        time.sleep(SETTLE_SECONDS)  # no condition tells that nothing will happen
        for _ in range(max(3, bench.runs)):
            intervals = {kind: usage.Interval(one.pid) for kind, one in started.items()}
            time.sleep(IDLE_SECONDS)
            for kind, interval in intervals.items():
                used = interval.end()
                cpu[kind].add(used[0])
                wakeups[kind].add(used[1])
    finally:
        for one in started.values():
            one.stop()
    where = "Idle, connected (Linnet with the full store, Dino with an account; the others without one)"
    bench.table.row(f"{where}: processor", "0.0 ms/s", **cpu)
    bench.table.row(f"{where}: wake-ups", "< 0.1 /s beyond keepalive", **wakeups)


# A conversation

def window(bench):
    """Switching, paging, searching and scrolling by mouse and keyboard, as anybody would."""
    messenger = Linnet(bench.filled(), bench.root, bench.server)
    switch, search, page = Figure("ms"), Figure("ms"), Figure("ms")
    memory, scrolled = Figure("MiB"), Figure("MiB")
    screen = bench.screen
    with screen.launch(messenger.argv(), messenger.environment()) as started:
        name = screen.window(started.pid)
        screen.xdotool("windowactivate", "--sync", name)
        place = dict(line.split("=") for line in screen.xdotool("getwindowgeometry", "--shell", name).splitlines())
        left, top = int(place["X"]), int(place["Y"])
        # rows of the list are below its header, one like the other
        for row in range(2 * bench.runs):
            screen.xdotool("mousemove", left + 150, top + 120 + (row % 5 + 1) * 66)
            switch.add(screen.after_input("click", "1")["done"])
        screen.xdotool("mousemove", left + 150, top + 120)
        screen.xdotool("click", "1")
        memory.add(usage.memory_mib(started.pid))
        for _ in range(bench.runs):
            page.add(screen.after_input("key", "Page_Up")["done"])
        scroll_messages(bench, started, left, top)
        scrolled.add(usage.memory_mib(started.pid))
    bench.table.row("Switch of conversation, from the click to the final picture", linnet=switch)
    bench.table.row("Memory (PSS) after that", linnet=memory)
    bench.table.row("A page up in the history, from the key to the final picture", linnet=page)
    bench.table.row("Memory (PSS) after scrolling through 10,000 messages", linnet=scrolled)


def scroll_messages(bench, started, left, top):
    bench.screen.xdotool("mousemove", left + 700, top + 400)
    bench.screen.xdotool("click", "--repeat", "3000", "--delay", "4", "4")


# In the process

def run_benchmark(bench, name, *arguments):
    environment = {**bench.screen.desktop.environment, "GSETTINGS_BACKEND": "memory", "GTK_A11Y": "none"}
    return subprocess.run([str(bench.tools / f"bench-{name}"), *arguments], env=environment, check=True,
                          capture_output=True, text=True, timeout=300).stdout


def number_after(text, title):
    """The first number behind the title of a line."""
    line = next(line for line in text.splitlines() if line.startswith(title))
    return float(re.search(r"[\d.]+", line[len(title):]).group())


def flood(bench):
    work, gap, total = Figure("ms"), Figure("ms"), Figure("s")
    for _ in range(bench.runs):
        text = run_benchmark(bench, "window")
        work.add(number_after(text, "longest work for one frame meanwhile"))
        gap.add(number_after(text, "longest time between two frames meanwhile"))
        total.add(number_after(text, "50,000 events taken in") / 1000)
    what = "50,000 events arrive at a window with 10,000 conversations"
    bench.table.row(f"{what}: longest work for one frame", "≤ 16.7 ms", linnet=work)
    bench.table.row(f"{what}: longest time between two frames", "≤ 33.4 ms", linnet=gap)
    bench.table.row(f"{what}: all of it", linnet=total)


# A long time

def soak(bench):
    """A day's work of messages into a real window whose conversation is open."""
    server = bench.server
    server.register("dora", PASSWORD)
    server.register("emil", PASSWORD)
    messenger = Linnet(bench.folder / "soak", bench.root, server, user="dora")
    before, after = Figure("MiB"), Figure("MiB")
    with bench.screen.launch(messenger.argv(), messenger.environment()) as started:
        with raw.Connection(server.ws_url, server.domain, "emil", PASSWORD) as sender:
            send_and_wait(started, sender, "dora@localhost", 2000, "warm")
            before.add(usage.memory_mib(started.pid))
            cpu = usage.cpu_ms(started.pid)
            begin = time.monotonic()
            send_and_wait(started, sender, "dora@localhost", SOAK_MESSAGES, "soak")
            seconds = time.monotonic() - begin
            cpu = usage.cpu_ms(started.pid) - cpu
            after.add(usage.memory_mib(started.pid))
    bench.table.row("Memory (PSS) of a window after 2,000 messages", linnet=before)
    bench.table.row(f"and after {SOAK_MESSAGES:,} more", linnet=after)
    bench.table.row(f"{SOAK_MESSAGES:,} messages into a window: messages a second",
                    linnet=Figure("/s", [SOAK_MESSAGES / seconds]))
    bench.table.row(f"{SOAK_MESSAGES:,} messages into a window: processor a message",
                    linnet=Figure("µs", [cpu * 1000 / SOAK_MESSAGES]))


def send_and_wait(started, sender, to, count, prefix):
    """Until the program has taken everything and is at rest."""
    sender.send_messages(to, count, prefix)
    last = [usage.cpu_ms(started.pid)]

    def is_at_rest():
        time.sleep(1)
        last.append(usage.cpu_ms(started.pid))
        return last[-1] - last[-2] < 30
    process.wait_for(is_at_rest, 300, "the window to come to rest")


# Size

def size(bench):
    total = sum(os.lstat(os.path.join(folder, name)).st_size
                for folder, _, names in os.walk(bench.root) for name in names)
    program = os.path.getsize(bench.root / "bin" / "linnet")
    found = list(bench.root.rglob("libimsdk.so*"))
    library = max(os.path.getsize(path) for path in found)
    cells = {kind.key: Figure("MiB", [installed_mib(kind.package)]) for kind in (Dino, Chatty, Gajim)
             if kind.is_there()}
    bench.table.row("Installed size, stripped (others: what Debian says of their package alone)",
                    linnet=Figure("MiB", [total / 2 ** 20]), **cells)
    bench.table.row("of it the program and libimsdk.so", linnet=Figure("MiB", [(program + library) / 2 ** 20]))


def installed_mib(package):
    told = subprocess.run(["dpkg-query", "-W", "-f", "${Installed-Size}", package], capture_output=True, text=True,
                          check=True)
    return int(told.stdout) / 1024
