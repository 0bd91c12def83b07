# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen of our own and a hand to use it: Xvfb, a session bus, a window manager, a keyring, and AT-SPI to read and
press what a window shows. Everything is a child process, ended by its pid. Only one Desktop per Python process, since
the accessibility library looks at the environment once."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from process import Timeout, die_with_parent, end, read_line, wait_for

POPOVERS = ("popup menu", "pop up menu", "menu")


class Desktop:
    """A virtual screen with a session bus. width and height in pixels."""

    def __init__(self, width=1280, height=900, keyring=True):
        self.processes = []
        self.folder = tempfile.mkdtemp(prefix="linnet-desktop-")
        self.environment = dict(os.environ)
        for name in ("WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION"):
            self.environment.pop(name, None)
        runtime = pathlib.Path(self.folder, "run")
        runtime.mkdir(mode=0o700)
        for name, sub in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache"),
                          ("XDG_STATE_HOME", "state")):
            path = pathlib.Path(self.folder, sub)
            path.mkdir()
            self.environment[name] = str(path)
        self.environment.update(XDG_RUNTIME_DIR=str(runtime), GDK_BACKEND="x11", GSK_RENDERER="cairo",
                                GTK_A11Y="atspi", GSETTINGS_BACKEND="keyfile", LIBGL_ALWAYS_SOFTWARE="1",
                                no_proxy="*", G_ENABLE_DIAGNOSTIC="0")
        try:
            self._start_screen(width, height)
            self._start_bus()
            os.environ.update(self.environment)
            self.spawn(["openbox", "--sm-disable"])
            if keyring:
                self._start_keyring()
        except BaseException:
            self.stop()
            raise

    def spawn(self, argv, env=None, **kwargs):
        environment = dict(self.environment)
        environment.update(env or {})
        kwargs.setdefault("stdout", subprocess.DEVNULL)
        kwargs.setdefault("stderr", subprocess.DEVNULL)
        process = subprocess.Popen(argv, env=environment, preexec_fn=die_with_parent, **kwargs)
        self.processes.append(process)
        return process

    def _start_screen(self, width, height):
        reader, writer = os.pipe()
        self.spawn(["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
                   pass_fds=[writer])
        os.close(writer)
        self.environment["DISPLAY"] = ":" + read_line(reader, 20, "Xvfb")
        os.close(reader)

    def _start_bus(self):
        reader, writer = os.pipe()
        self.spawn(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={writer}"],
                   pass_fds=[writer])
        os.close(writer)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = read_line(reader, 20, "dbus-daemon")
        os.close(reader)

    def _start_keyring(self):
        daemon = self.spawn(["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
                            stdin=subprocess.PIPE)
        daemon.stdin.write(b"linnet")
        daemon.stdin.close()

        def is_there():
            names = subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
                                    "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner",
                                    "string:org.freedesktop.secrets"], env=self.environment, capture_output=True,
                                   check=False)
            return b"true" in names.stdout
        wait_for(is_there, 20, "the keyring")

    def app(self, argv, env=None, log=None):
        """Starts a program and finds it by accessibility."""
        if log is None:
            return App(self, self.spawn(argv, env))
        with open(log, "wb") as output:
            return App(self, self.spawn(argv, env, stdout=output, stderr=subprocess.STDOUT))

    def stop(self):
        for process in reversed(self.processes):
            end(process)
        self.processes = []
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class App:
    """A running program with windows."""

    def __init__(self, desktop, process):
        import pyatspi  # looks at the environment
        self.atspi = pyatspi
        self.desktop = desktop
        self.process = process

    # Looking

    def root(self):
        for child in self.atspi.Registry.getDesktop(0):
            try:
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
            except Exception:  # it went away between two calls
                continue
        return None

    @staticmethod
    def children(node):
        """As iterating over it gives them, for half the calls to the program."""
        return [node.getChildAtIndex(index) for index in range(node.childCount)]

    def walk(self, start=None):
        stack = [start if start is not None else self.root()]
        while stack:
            node = stack.pop()
            if node is None:
                continue
            yield node
            try:
                stack.extend(reversed(self.children(node)))
            except Exception:
                continue

    def matches(self, node, role, name, contains, shown):
        try:
            if role is not None and node.getRoleName() != role:
                return False
            label = node.name or ""
            # a mnemonic gives a button two names: "_Start Start"
            if name is not None and label != name and label.replace("_", "") != f"{name} {name}":
                return False
            if contains is not None and contains not in label and contains not in self.text(node):
                return False
            return not shown or self.is_on_top(node)
        except Exception:
            return False

    def surface(self, node):
        """The window or the popover it is in."""
        ancestors = list(self.ancestors(node))
        return next((one for one in ancestors if one.getRoleName() in POPOVERS), ancestors[-1])

    def is_on_top(self, node, surface=None):
        """Can the mouse reach it? Hidden pages of a stack have sizes and all states too, so what lies under a few of
        its points is asked. Inner parts of entries are nothing to AT-SPI; they say nothing. surface: where it is, when
        the caller knows."""
        extents = node.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
        if extents.width <= 0 or extents.height <= 0:
            return False
        surface = surface or self.surface(node)
        if surface.getRoleName() in POPOVERS:
            return True
        whole = surface.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
        left, right = max(extents.x, 0), min(extents.x + extents.width, whole.width)
        top, bottom = max(extents.y, 0), min(extents.y + extents.height, whole.height)
        if left >= right or top >= bottom:
            return False
        middle_x, middle_y = (left + right) // 2, (top + bottom) // 2
        for x, y in ((middle_x, middle_y), (min(left + 2, middle_x), middle_y), (middle_x, min(top + 2, middle_y)),
                     (middle_x, max(bottom - 3, middle_y))):
            found = surface.queryComponent().getAccessibleAtPoint(x, y, self.atspi.WINDOW_COORDS)
            if found is not None:
                # an insensitive button cannot be reached itself, but what holds it
                return node in self.ancestors(found) or found in self.ancestors(node)
        return True

    @staticmethod
    def ancestors(node):
        """The node itself, and what holds it."""
        while node is not None and node.getRoleName() != "application":
            yield node
            node = node.parent

    def all(self, role=None, name=None, contains=None, start=None, shown=True):
        return [node for node in self.walk(start) if self.matches(node, role, name, contains, shown)]

    def find(self, role=None, name=None, contains=None, seconds=15, start=None, shown=True):
        def look():
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode}")
            return next((node for node in self.walk(start) if self.matches(node, role, name, contains, shown)), None)
        try:
            return wait_for(look, seconds, f"{role or 'anything'} {name or contains or ''}")
        except Timeout:
            self.dump()
            raise

    def gone(self, role=None, name=None, contains=None, seconds=15):
        wait_for(lambda: not self.all(role, name, contains), seconds, f"{name or contains} to go")

    def text(self, node):
        try:
            text = node.queryText()
            return text.getText(0, text.characterCount)
        except Exception:
            return ""

    def dump(self):
        """Prints what can be seen, for a test that did not find what it looked for."""
        print("--- what is on the screen")
        for node in self.walk():
            try:
                text = self.text(node)
                if (node.name or text) and self.is_on_top(node):
                    print(f"    {node.getRoleName()}: {node.name!r} {text[:60]!r}")
            except Exception:
                continue

    # Doing

    def click(self, node):
        """By its action; a menu button has it in the button inside."""
        for one in self.walk(node):
            try:
                action = one.queryAction()
            except NotImplementedError:
                continue
            names = [action.getName(index) for index in range(action.nActions)]
            if names:
                action.doAction(next((names.index(name) for name in ("click", "activate", "press") if name in names), 0))
                return
        self.point_and_click(node)

    def press(self, role="push button", name=None, contains=None, seconds=15):
        self.click(self.find(role, name, contains, seconds))

    def set_text(self, node, text):
        """Puts text, of any script, into a field."""
        node.queryEditableText().setTextContents(text)

    def insert_text(self, node, text):
        editable = node.queryEditableText()
        editable.insertText(node.queryText().characterCount, text, len(text.encode()))

    def windows(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               env=self.desktop.environment, capture_output=True, text=True, check=False)
        return found.stdout.split()

    def window(self, seconds=20):
        return wait_for(self.windows, seconds, "a window")[-1]

    def active(self):
        """The one of the windows that has the keyboard: a dialog, when there is one."""
        found = subprocess.run(["xdotool", "getactivewindow"], env=self.desktop.environment, capture_output=True,
                               text=True, check=False).stdout.strip()
        return found if found in self.windows() else self.window()

    def xdotool(self, *args):
        subprocess.run(["xdotool", *args], env=self.desktop.environment, check=True, capture_output=True)

    def key(self, *keys, window=None):
        self.xdotool("windowactivate", "--sync", window or self.active())
        self.xdotool("key", "--clearmodifiers", *keys)

    def type(self, text, window=None):
        """Types ASCII as a keyboard would."""
        self.xdotool("windowactivate", "--sync", window or self.active())
        self.xdotool("type", "--delay", "5", text)

    def point_at(self, x, y, window=None):
        """Moves the mouse to a point in the window's coordinates; what AT-SPI tells leaves the shadow out."""
        window = window or self.window()
        told = subprocess.run(["xprop", "-id", window, "-notype", "_GTK_FRAME_EXTENTS"], check=False,
                              env=self.desktop.environment, capture_output=True, text=True).stdout
        left, top = 0, 0
        if "=" in told:
            left, _, top, _ = (int(number) for number in told.split("=")[1].split(","))
        self.xdotool("windowactivate", "--sync", window)
        self.xdotool("mousemove", "--window", window, str(left + x), str(top + y))

    def point_and_click(self, node, window=None):
        """Clicks the middle of it with the mouse."""
        extents = node.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
        self.point_at(extents.x + extents.width // 2, extents.y + extents.height // 2, window)
        self.xdotool("click", "1")

    def drag(self, start, end, window=None, hold=False):
        """From one point to another, in the window's coordinates, with the button held down; hold: and kept down."""
        self.point_at(*start, window)
        self.xdotool("mousedown", "1")
        for step in range(1, 9):
            self.point_at(*(a + (b - a) * step // 8 for a, b in zip(start, end)), window)
        if not hold:
            self.xdotool("mouseup", "1")

    def extents(self, node):
        """Where it is in its window, once it stands still."""
        seen = []

        def is_still():
            found = node.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
            seen.append((found.x, found.y, found.width, found.height))
            return len(seen) > 2 and seen[-1] == seen[-2] == seen[-3]
        wait_for(is_still, 10, "it to stand still")
        return node.queryComponent().getExtents(self.atspi.WINDOW_COORDS)

    def corner(self, node, left=0.0, top=0.5):
        """A point of it: parts of its width and height."""
        extents = self.extents(node)
        return extents.x + int(extents.width * left), extents.y + int(extents.height * top)

    def resize(self, width, height):
        self.xdotool("windowsize", "--sync", self.window(), str(width), str(height))

    def picture(self, path, window=None, seconds=15, moving=False):
        """A PNG of the window, once something is painted and, unless something moves, two pictures in a row are
        equal."""
        window = window or self.window()
        path = str(path)
        state = {"last": None}

        def painted():
            made = subprocess.run(["import", "-window", window, path], env=self.desktop.environment,
                                  capture_output=True, check=False)
            if made.returncode != 0:
                return False
            signature = subprocess.run(["identify", "-format", "%# %k", path], capture_output=True, text=True,
                                       check=True).stdout.split()
            same = signature[0] == state["last"]
            state["last"] = signature[0]
            return (same or moving) and int(signature[1]) > 8
        wait_for(painted, seconds, f"the picture {path}")
        return path

    def stop(self):
        end(self.process)
