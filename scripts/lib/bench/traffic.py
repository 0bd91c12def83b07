# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast messages go through the library, with real servers and with the network taken out."""

import os
import subprocess
import time

import machine
import process
import raw
import servers
from figures import Figure
from windows import number_after, run_benchmark

SEND, RECEIVE, ARCHIVE = 2_000, 5_000, 10_000
SECONDS = 100
ENOUGH_SECONDS = 90  # for one server
SETTLED_SECONDS = 12  # the library reads the archive once more 10 s after the sign-in, and follows it from then on


class Client:
    """The library in tests/bench/run-client."""

    def __init__(self, bench, server, user, folder):
        environment = {**os.environ, "IMSDK_SERVER": server.ws_url, "IMSDK_DOMAIN": server.domain, "no_proxy": "*"}
        folder.mkdir(parents=True, exist_ok=True)
        self.child = process.start([bench.tools / "run-client", folder, user, user], environment,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=None)

    def do(self, command):
        """(seconds, processor seconds)"""
        self.child.stdin.write(f"{command}\n".encode())
        self.child.stdin.flush()
        answer = process.read_line(self.child.stdout.fileno(), SECONDS, "run-client").split()
        if answer[0] != "ok":
            raise AssertionError(f"{command}: {' '.join(answer)}")
        return float(answer[1]) / 1000, float(answer[2]) / 1000

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.stdin.close()
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            pass
        process.end(self.child)


def path(bench):
    """bench-path: the library's own work."""
    rows = (("frame to callback's text, 1 in a transaction", "Receiving, network taken out, each stored by itself"),
            ("frame to callback's text, 250 in a transaction", "Receiving, network taken out, pages of 250"),
            ("call's text to frame", "Sending, network and store taken out"))
    rate = [Figure("/s") for _ in rows]
    cpu = [Figure("µs CPU each") for _ in rows]
    for _ in range(bench.runs):
        text = run_benchmark(bench, "path")
        for index, (line, _) in enumerate(rows):
            rate[index].add(number_after(text, line))
            cpu[index].add(number_after(text, next(one for one in text.splitlines() if one.startswith(line))
                                        .split("second")[0] + "second"))
    for index, (_, title) in enumerate(rows):
        bench.table.row(title, linnet=f"{rate[index]}, {cpu[index]}")


SEARCHES = (
    ("common word, everywhere", "Search among 1,000,000 messages: a common word, all conversations"),
    ("common word, in one", "the same, in the largest conversation"),
    ("rare word, everywhere", "a rare word, all conversations"),
    ("rare word, in one", "the same, in the largest conversation"),
    ("two common words as a phrase, everywhere", "two common words in a row, all conversations"),
    ("2 letters, everywhere", "the first two letters of words, all conversations"),
    ("none found, everywhere", "a word that is nowhere"),
    ("Chinese, 1 most common, everywhere", "the most common Chinese character, all conversations"),
    ("Chinese, 2 usual, everywhere", "two usual Chinese characters in a row, all conversations"),
    ("Chinese, 4 most common, everywhere", "the four most common Chinese characters in a row, all conversations"),
    ("Chinese, 4 most common, in one", "the same, in the largest conversation"),
    ("Chinese, 6 most common, none found, everywhere", "six of the two most common ones, which are nowhere in a row"),
)


def search(bench):
    """bench-search: among a million messages; filling the store takes minutes, so once."""
    text = run_benchmark(bench, "search", seconds=1500)
    for line, title in SEARCHES:
        warm, first, disk = (Figure("ms", [number_after(text, line, word)]) for word in ("warm", "cold", "from disk"))
        bench.table.row(title, "< 20 ms", linnet=f"{warm}, {first} the first time, {disk} from the disk")
    size, beside = (Figure("MB", [number_after(text, f"size of the {what}")]) for what in ("index", "messages"))
    bench.table.row("Size of its index", linnet=f"{size} beside {beside}")
    bench.table.row("Indexing one message, what is merged included",
                    linnet=Figure("µs", [number_after(text, "index in the background, each")]))
    for line, title, goal in (("steps, processor", "A step of that: processor", "≤ 10 ms"),
                              ("steps by the clock", "the same by the clock", "")):
        most, more, longest = (Figure("ms", [number_after(text, f"index in the background, {line}", word)])
                               for word in ("99 in 100", "999 in 1000", "longest"))
        bench.table.row(title, goal, linnet=f"99 of 100 {most}, 999 of 1,000 {more}, longest {longest}")


def servers_traffic(bench):
    for kind in servers.KINDS.values():
        with machine.memory_folder() as folder, kind(folder) as server:
            one_server(bench, server)


def one_server(bench, server):
    sent, sent_cpu = Figure("/s"), Figure("µs")
    received, received_cpu = Figure("/s"), Figure("µs")
    serving, caught_up, share = Figure("/s"), Figure("/s"), Figure("%")
    begin = time.monotonic()
    for run in range(bench.runs):
        if time.monotonic() - begin > ENOUGH_SECONDS:
            bench.notes.append(f"{server.name} was so slow that {run} of {bench.runs} runs had to be enough.")
            break
        alice, bob = f"alice{run}", f"bob{run}"
        for user in (alice, bob):
            server.register(user, user)
        with Client(bench, server, alice, bench.folder / f"{server.name}-{alice}") as client, \
                raw.Connection(server.ws_url, server.domain, bob, bob) as other:
            client.do("login")
            time.sleep(SETTLED_SECONDS)
            seconds, cpu = client.do(f"send {bob} {SEND}")
            sent.add(SEND / seconds)
            sent_cpu.add(cpu * 1e6 / SEND)
            client.do(f"expect {RECEIVE}")
            other.send_messages(f"{alice}@localhost", RECEIVE, f"live{run}")
            seconds, cpu = client.do("received")
            received.add(RECEIVE / seconds)
            received_cpu.add(cpu * 1e6 / RECEIVE)
            client.do("logout")
            other.send_messages(f"{alice}@localhost", ARCHIVE, f"missed{run}")
            serving.add(serving_rate(server, alice))
            client.do(f"expect {ARCHIVE}")
            client.do("login")
            seconds, cpu = client.do("received")
            caught_up.add(ARCHIVE / seconds)
            share.add(100 * cpu / seconds)
    name = server.name.capitalize() if server.name == "prosody" else server.name
    bench.table.row(f"{name}: messages sent and acknowledged", linnet=f"{sent}, {sent_cpu} CPU each")
    bench.table.row(f"{name}: messages received live", linnet=f"{received}, {received_cpu} CPU each")
    bench.table.row(f"{name}: the server gives its archive to a client that does nothing", linnet=serving)
    bench.table.row(f"{name}: catching up with 10,000 messages", "the server's rate", linnet=caught_up)
    bench.table.row(f"{name}: processor of the client meanwhile, of one core", "< 10 %", linnet=share)


def serving_rate(server, user):
    with raw.Connection(server.ws_url, server.domain, user, user, "reader") as reader:
        begin = time.monotonic()
        count = reader.read_archive()
        return count / (time.monotonic() - begin)
