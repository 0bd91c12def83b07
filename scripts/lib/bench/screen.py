# SPDX-License-Identifier: GPL-3.0-or-later
"""When something is painted, by tests/bench/watch-paint."""

import contextlib
import json
import os
import subprocess

import process


class Started:
    """A program on the screen. paint: "map", "first" and "done" in milliseconds."""

    def __init__(self, child, paint):
        self.child = child
        self.paint = paint
        self.pid = paint["pid"]

    def stop(self):
        """Ends the program, and waits for that."""
        with contextlib.suppress(OSError):
            self.child.stdin.close()
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            process.end(self.child)
        self.child.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Screen:
    """desktop: a gui.Desktop; watcher: the program that watches."""

    def __init__(self, desktop, watcher):
        self.desktop = desktop
        self.watcher = str(watcher)

    def launch(self, argv, environment=None, milliseconds=3000):
        """Starts a program and watches what it paints."""
        child = self.desktop.spawn([self.watcher, str(milliseconds), *map(str, argv)], environment,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = process.read_line(child.stdout.fileno(), milliseconds / 1000 + 20, "watch-paint")
        started = Started(child, json.loads(line))
        if not os.path.exists(f"/proc/{started.pid}/exe"):
            started.stop()
            raise AssertionError(f"{argv[0]} ended")
        return started

    def xdotool(self, *args):
        return subprocess.run(["xdotool", *map(str, args)], env=self.desktop.environment, check=True,
                              capture_output=True, text=True).stdout.strip()

    def after_input(self, *args, milliseconds=900):
        """What is painted after this input, a command of xdotool that presses one key or button."""
        child = self.desktop.spawn([self.watcher, str(milliseconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            process.read_line(child.stdout.fileno(), 10, "watch-paint")
            self.xdotool(*args)
            return json.loads(process.read_line(child.stdout.fileno(), milliseconds / 1000 + 10, "watch-paint"))
        finally:
            child.stdin.close()
            child.wait(10)
            child.stdout.close()

    def window(self, pid, seconds=20):
        def look():
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)],
                                   env=self.desktop.environment, capture_output=True, text=True, check=False)
            return found.stdout.split()
        return process.wait_for(look, seconds, "a window")[-1]
