# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person at the window waits for, and what the window costs while nobody looks."""

import contextlib
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
SOAK_MESSAGES = 100_000
SCROLL_CLICKS = 6_000


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
    figures = {kind: {"warm": Figure("ms"), "cold": Figure("ms"), "cpu": Figure("ms"), "memory": Figure("MiB"),
                      "no-gl": Figure("MiB")} for kind in kinds}
    for kind, messenger in list(kinds.items()):  # the first start makes folders and caches
        try:
            launch(bench, messenger).stop()
        except AssertionError as error:
            bench.notes.append(f"{messenger.title} could not be started: {error}.")
            del kinds[kind]
    may_drop = usage.drop_caches()
    for _ in range(bench.runs):
        for kind, messenger in kinds.items():
            start_once(bench, messenger, figures[kind], "warm")
            if may_drop:
                usage.drop_caches()
                start_once(bench, messenger, figures[kind], "cold")
        for kind in ("linnet", "dino-account"):
            if kind in kinds:
                with launch(bench, kinds[kind], {"GDK_DEBUG": "gl-disable"}) as started:
                    figures[kind]["no-gl"].add(usage.memory_mib(started.pid))
    start_rows(bench, figures)


def launch(bench, messenger, environment=None):
    return bench.screen.launch(messenger.argv(), {**messenger.environment(), **(environment or {})},
                               messenger.patience_ms)


def start_once(bench, messenger, figures, name):
    with launch(bench, messenger) as started:
        figures[name].add(started.paint["done"])
        if name == "warm":
            figures["cpu"].add(usage.cpu_ms(started.pid))
            figures["memory"].add(usage.memory_mib(started.pid))


def start_rows(bench, figures):
    """The account with everything against Dino's with nothing; then what is comparable in other ways."""
    def row(title, goal, name, **kinds):
        bench.table.row(title, goal, **{column: figures[kind][name] for column, kind in kinds.items()
                                        if kind in figures})
    full = {"linnet": "linnet", "dino": "dino-account"}
    bare = {"linnet": "empty", "dino": "dino", "chatty": "chatty", "gajim": "gajim"}
    what = "Linnet with 10,000 conversations and 1,000,000 messages, Dino with an account and nothing stored"
    row(f"Start to the final picture, warm; {what}", "≤ Dino", "warm", **full)
    row("the same, cold", "≤ Dino", "cold", **full)
    row("processor of the first seconds", "", "cpu", **full)
    row("memory (PSS) then", "≤ 60 % of Dino", "memory", **full)
    row("the same with GDK_DEBUG=gl-disable", "≤ 60 % of Dino", "no-gl", **full)
    row("Start of the full store without a server, warm", "", "warm", linnet="offline")
    row("the same, cold", "", "cold", linnet="offline")
    row("Start with nothing stored, warm (others without an account)", "", "warm", **bare)
    row("the same, cold", "", "cold", **bare)
    row("memory (PSS) then", "", "memory", **bare)


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
            with contextlib.suppress(AssertionError):
                started[kind] = launch(bench, messenger)
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
    switch, search, page = Figure("ms"), Figure("ms"), Figure("ms")
    memory, scrolled = Figure("MiB"), Figure("MiB")
    screen = bench.screen
    with launch(bench, Linnet(bench.filled(), bench.root, bench.server)) as started:
        name = screen.window(started.pid)
        screen.xdotool("windowactivate", "--sync", name)
        place = dict(line.split("=") for line in screen.xdotool("getwindowgeometry", "--shell", name).splitlines())
        left, top = int(place["X"]), int(place["Y"])

        def point(x, y):
            screen.xdotool("mousemove", left + x, top + y)
        for number in range(2 * bench.runs):
            point(150, 100 + (number % 5 + 1) * 62)  # one row of the list after the other
            switch.add(screen.after_input("click", "1")["done"])
        for _ in range(bench.runs):
            screen.after_input("key", "ctrl+f")
            search.add(screen.after_input("key", "9", milliseconds=1500)["done"])
            screen.after_input("key", "Escape")
        point(150, 100)  # the first row: 20,000 messages
        screen.after_input("click", "1")
        memory.add(usage.memory_mib(started.pid))
        point(700, 400)
        for _ in range(bench.runs):
            page.add(screen.after_input("click", "4")["done"])
        screen.xdotool("click", "--repeat", SCROLL_CLICKS, "--delay", 2, "4")
        scrolled.add(usage.memory_mib(started.pid))
    bench.table.row("Switch of conversation, from the click to the final picture", linnet=switch)
    bench.table.row("Search among 10,000 names, from the key to the final picture (150 ms of it GTK's own delay)",
                    linnet=search)
    bench.table.row("A step up in the history, from the wheel to the final picture", linnet=page)
    bench.table.row("Memory (PSS) with a conversation of 20,000 messages open", linnet=memory)
    bench.table.row(f"and after {SCROLL_CLICKS:,} clicks of the wheel up its history", linnet=scrolled)


# In the process

def run_benchmark(bench, name, *arguments, seconds=300):
    environment = {**bench.screen.desktop.environment, "GSETTINGS_BACKEND": "memory", "GTK_A11Y": "none"}
    output = subprocess.run([str(bench.tools / f"bench-{name}"), *arguments], env=environment, check=True,
                            capture_output=True, text=True, timeout=seconds).stdout
    return "".join(line for line in output.splitlines(True) if not line.startswith("#"))  # what GLib logs


def number_after(text, title, word=""):
    """The first number behind the title of a line and, there, a word."""
    line = next(line for line in text.splitlines() if line.startswith(title))
    return float(re.search(r"[\d.]+", line[len(title):].partition(word)[2] if word else line[len(title):]).group())


def timeline(bench):
    """What bench-timeline says: many figures of one widget, as a note below the table."""
    if (bench.tools / "bench-timeline").exists():
        bench.notes.append(f"The timeline with 100,000 messages:\n\n```\n{run_benchmark(bench, 'timeline')}```")


def flood(bench):
    work, gap, total, late = Figure("ms"), Figure("ms"), Figure("s"), Figure("frames")
    for _ in range(bench.runs):
        text = run_benchmark(bench, "window")
        work.add(number_after(text, "longest work for one frame meanwhile"))
        gap.add(number_after(text, "longest time between two frames meanwhile"))
        total.add(number_after(text, "50,000 events taken in") / 1000)
        late.add(number_after(text, "frames with more than 16.7 ms of work"))
    what = "50,000 events arrive at a window with 10,000 conversations"
    bench.table.row(f"{what}: longest work for one frame (processor)", "≤ 16.7 ms", linnet=work)
    bench.table.row(f"{what}: longest time between two frames", linnet=gap)
    bench.table.row(f"{what}: frames with more than 16.7 ms of work", "0", linnet=late)
    bench.table.row(f"{what}: all of it", linnet=total)


# A long time

def soak(bench):
    """A day's work of messages into a real window."""
    server = bench.server
    server.register("dora", PASSWORD)
    server.register("emil", PASSWORD)
    messenger = Linnet(bench.folder / "soak", bench.root, server, user="dora")
    before, after = Figure("MiB"), Figure("MiB")
    with launch(bench, messenger) as started:
        with raw.Connection(server.ws_url, server.domain, "emil", PASSWORD) as sender:
            send_and_wait(started, sender, "dora@localhost", 2000, "warm")
            before.add(usage.memory_mib(started.pid))
            cpu = usage.cpu_ms(started.pid)
            begin = time.monotonic()
            send_and_wait(started, sender, "dora@localhost", SOAK_MESSAGES, "soak")
            seconds = time.monotonic() - begin
            cpu = usage.cpu_ms(started.pid) - cpu
            time.sleep(SETTLE_SECONDS)  # it gives back what the burst needed some seconds later
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
