# SPDX-License-Identifier: GPL-3.0-or-later
"""Child processes that never outlive us, waiting with a deadline, and free ports."""

import ctypes
import os
import random
import select
import signal
import socket
import subprocess
import time

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


class Timeout(AssertionError):
    """What was waited for did not come in time."""


def die_with_parent(number=signal.SIGTERM):
    """For preexec_fn: the child gets this signal when its parent ends, however it ends."""
    _libc.prctl(PR_SET_PDEATHSIG, number)


def start(argv, env=None, signal_at_end=signal.SIGKILL, **kwargs):
    """A child process. Call it from a thread that lives on: the kernel ties the child to the thread."""
    kwargs.setdefault("stdin", subprocess.DEVNULL)
    kwargs.setdefault("stdout", subprocess.DEVNULL)
    kwargs.setdefault("stderr", subprocess.DEVNULL)
    return subprocess.Popen([str(part) for part in argv], env=env, preexec_fn=lambda: die_with_parent(signal_at_end),
                            **kwargs)


def end(process, seconds=5):
    """Asks it to end, and ends it when it does not."""
    if process is None:
        return
    if process.poll() is None:
        process.terminate()
        process.send_signal(signal.SIGCONT)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def wait_for(condition, seconds, what, pause=0.01):
    """The first true value of condition(), asked again and again until the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Timeout(f"{what() if callable(what) else what}: not within {seconds} s")
        select.select([], [], [], pause)
        pause = min(pause * 1.5, 0.2)


def read_line(fd, seconds, what):
    """One line of a pipe."""
    data = b""
    deadline = time.monotonic() + seconds
    while not data.endswith(b"\n"):
        ready, _, _ = select.select([fd], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise Timeout(f"{what} did not start")
        chunk = os.read(fd, 256)
        if not chunk:
            raise Timeout(f"{what} ended at once")
        data += chunk
    return data.decode().strip()


def is_listening(port, host="127.0.0.1"):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def free_ports(count):
    """Loopback ports nobody listens on, below those the kernel hands out to clients, so that a server can come back to
    them after a restart."""
    ports = []
    while len(ports) < count:
        port = random.randrange(16000, 32000)
        if port in ports:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
    return ports
