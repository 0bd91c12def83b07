# SPDX-License-Identifier: GPL-3.0-or-later
"""A large file to a server and back, beside curl."""

import os
import pathlib
import subprocess
import time

import machine
import peer
import servers
from figures import Figure

SIZE = 200 * 1024 * 1024
SECONDS = 300
CURL = ("curl", "--noproxy", "*", "--silent", "--show-error", "--fail", "--output")


def curl(*arguments):
    """Seconds."""
    begin = time.monotonic()
    subprocess.run([*CURL, *map(str, arguments)], check=True, timeout=SECONDS)
    return time.monotonic() - begin


def library(bench, server, user, *arguments):
    """The lines of tests/integration/transfer-client, by their first word."""
    client = bench.build / "tests" / "integration" / "transfer-client"
    done = subprocess.run([client, server.address(user), user, server.ws_url, *map(str, arguments)],
                          stdout=subprocess.PIPE, text=True, timeout=SECONDS, check=True)
    return {word: rest for word, *rest in (line.split(" ") for line in done.stdout.splitlines())}


def transfer(bench):
    for kind in servers.KINDS.values():
        with machine.memory_folder() as folder, kind(folder) as server:
            one_server(bench, server, folder)


def one_server(bench, server, folder):
    name = server.name.capitalize() if server.name == "prosody" else server.name
    rates = {who: {way: Figure("MB/s") for way in ("up", "down")} for who in ("linnet", "curl")}
    ratios = {way: Figure("of curl") for way in ("up", "down")}
    memory = {way: Figure("MiB") for way in ("up", "down")}
    folder = pathlib.Path(folder)
    path, copy = folder / "large.bin", folder / "copy.bin"
    for user in ("ann", "ben"):
        server.register(user, user)
    for _ in range(bench.runs):
        path.write_bytes(os.urandom(SIZE))
        with peer.Peer(server, "ben", "ben") as ben:
            put, headers, get = ben.slot(f"upload.{server.domain}", path.name, SIZE)
        theirs, ours = {}, {}
        theirs["up"] = curl("/dev/null", "--upload-file", path, "--header", "Content-Type: application/octet-stream",
                            *(word for header, value in headers.items() for word in ("--header", f"{header}: {value}")),
                            put)
        theirs["down"] = curl(copy, get)
        copy.unlink()
        ours["up"] = library(bench, server, "ann", "upload", path)
        url, sha256, *_ = ours["up"]["sent"]
        ours["down"] = library(bench, server, "ann", "download", url, copy, sha256)
        copy.unlink()
        for way in ("up", "down"):
            seconds = float(ours[way]["seconds"][0])
            rates["linnet"][way].add(SIZE / seconds / 1e6)
            rates["curl"][way].add(SIZE / theirs[way] / 1e6)
            ratios[way].add(theirs[way] / seconds)
            memory[way].add(int(ours[way]["memory"][0]) / 1024)
    for way, title in (("up", "to"), ("down", "from")):
        bench.table.row(f"{name}: 200 MiB {title} the server, its sum included", "≥ 0.95 of curl",
                        linnet=f"{ratios[way]}: {rates['linnet'][way]}, curl {rates['curl'][way]}")
        bench.table.row("memory it takes", "< 16 MiB", linnet=memory[way])
