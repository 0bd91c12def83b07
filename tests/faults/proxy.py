# SPDX-License-Identifier: GPL-3.0-or-later
"""A way to a server on which everything can go wrong, frame by frame: bytes that are cut off, late, in pieces, of a
connection that has been given up, or of nobody at all."""

import collections
import contextlib
import itertools
import queue
import re
import socket
import struct
import threading
import time

UP, DOWN = "up", "down"  # from the client, from the server
BLOCK = 65536
REMEMBERED = 400  # frames
TEXT, BINARY = 1, 2


class Frame:
    """One WebSocket frame, the HTTP head before the first (text None), or a piece of HTTP. number: within its direction
    and connection, counted from 0; start: bytes before it there."""

    def __init__(self, raw, text, number, start=0):
        self.raw, self.text, self.number, self.start = raw, text, number, start

    def holds(self, place):
        return self.start <= place < self.start + len(self.raw)


class Pieces:
    """Bytes in, the same bytes out: files, in which no frames can be told apart."""

    def __init__(self):
        self.count = self.start = 0

    def feed(self, data):
        yield Frame(data, "", self.count, self.start)
        self.count += 1
        self.start += len(data)


class Frames:
    """Bytes in, frames out."""

    def __init__(self):
        self.rest = b""
        self.count = self.start = 0
        self.in_head = True

    def feed(self, data):
        self.rest += data
        while True:
            size, text = self._measure()
            if size is None:
                return
            raw, self.rest = self.rest[:size], self.rest[size:]
            yield Frame(raw, text, self.count, self.start)
            self.count += 1
            self.start += size

    def _measure(self):
        """(bytes of the next frame, its text), or (None, None) while it is not all there."""
        if self.in_head:
            end = self.rest.find(b"\r\n\r\n")
            if end < 0:
                return None, None
            self.in_head = not re.search(rb"(?i)upgrade: *websocket", self.rest[:end])
            return end + 4, None
        if len(self.rest) < 2:
            return None, None
        masked, size, offset = self.rest[1] & 0x80, self.rest[1] & 0x7F, 2
        wide = {126: (">H", 2), 127: (">Q", 8)}.get(size)
        if wide and len(self.rest) < offset + wide[1]:
            return None, None
        if wide:
            size, = struct.unpack(wide[0], self.rest[offset:offset + wide[1]])
            offset += wide[1]
        mask = self.rest[offset:offset + 4] if masked else bytes(4)
        offset += 4 if masked else 0
        if len(self.rest) < offset + size:
            return None, None
        payload = self.rest[offset:offset + size]
        if masked:
            payload = (int.from_bytes(payload) ^ int.from_bytes((mask * (size // 4 + 1))[:size])).to_bytes(size)
        return offset + size, payload.decode("utf-8", "replace")


def frame_of(text):
    """The bytes of a server's frame."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes([0x81, size]) + payload
    if size < 65536:
        return bytes([0x81, 126]) + struct.pack(">H", size) + payload
    return bytes([0x81, 127]) + struct.pack(">Q", size) + payload


class Rule:
    """What happens to the first frame that matches, once."""

    def __init__(self, direction, matches, skip, at, before, after, keep, drop):
        self.direction, self.matches, self.skip, self.at = direction, matches, skip, at
        self.passed = {}  # lane → bytes before there was this rule
        self.before, self.after, self.keep, self.drop = before, after, keep, drop
        self.fired = threading.Event()

    def is_for(self, lane, frame):
        return lane.direction == self.direction and frame.text is not None and self.matches in frame.text \
            and (self.at is None or frame.holds(self._place_in(lane)))

    def _place_in(self, lane):
        return self.passed.get(lane, 0) + self.at

    def get_keep(self, lane, frame):
        """Bytes of the frame that pass, None for all of it and what follows."""
        if self.keep is True:
            return self._place_in(lane) - frame.start
        return self.keep(len(frame.raw)) if callable(self.keep) else self.keep

    def wait(self, seconds=60):
        """Until its turn has come."""
        if not self.fired.wait(seconds):
            raise AssertionError(f"no frame went {self.direction} with {self.matches!r} within {seconds} s")


class Lane:
    """One direction of one connection: read at once, written when it is time."""

    def __init__(self, connection, direction, source, sink):
        self.connection, self.direction, self.source, self.sink = connection, direction, source, sink
        self.frames = connection.proxy.splitter()
        self.queue = queue.SimpleQueue()
        self.threads = [threading.Thread(target=target, daemon=True) for target in (self._read, self._write)]

    def _read(self):
        proxy = self.connection.proxy
        with contextlib.suppress(OSError):
            while data := self.source.recv(BLOCK):
                for frame in self.frames.feed(data):
                    proxy.take(self, frame)
        self.queue.put(None)

    def put(self, raw, keep=None, after=None):
        self.queue.put((time.monotonic() + self.connection.proxy.delay, raw, keep, after))

    def _write(self):
        proxy = self.connection.proxy
        while (item := self.queue.get()) is not None:
            due, raw, keep, after = item
            proxy.wait_until(due)
            self.connection.held.wait() if self.direction == UP else None
            proxy.flowing[self.direction].wait()
            written = raw if keep is None else raw[:keep]
            proxy.remember(self, written)
            with contextlib.suppress(OSError):
                self._send(written)
            if keep is not None:
                self.connection.cut()
            if after is not None:
                after()
        self.connection.ended(self)

    def _send(self, raw):
        piece = self.connection.proxy.piece or len(raw) or 1
        for start in range(0, len(raw), piece):
            self.sink.sendall(raw[start:start + piece])


class Connection:
    numbers = itertools.count(1)

    def __init__(self, proxy, client, server):
        self.proxy, self.client, self.server = proxy, client, server
        self.number = next(self.numbers)
        self.held = threading.Event()
        self.held.set()
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.open_lanes = 2
        self.lanes = {UP: Lane(self, UP, client, server), DOWN: Lane(self, DOWN, server, client)}

    def start(self):
        for lane in self.lanes.values():
            for thread in lane.threads:
                thread.start()

    def ended(self, lane):
        """A side has closed and all it said is delivered. What a client said before it left still arrives late, when
        the connection is held."""
        shut(lane.sink)
        if lane.direction == UP or self.held.is_set():
            shut(lane.source)
        with self.proxy.lock:
            self.open_lanes -= 1
            if self.open_lanes == 0:
                self.client.close()
                self.server.close()

    def cut(self):
        self.held.set()
        shut(self.client)
        shut(self.server)

    def abandon(self):
        """The client has lost it, the server has not noticed."""
        shut(self.client)


def shut(one):
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


class Proxy:
    """server: an object of servers.py, whose addresses this one has. delay: seconds that everything is late. piece:
    bytes that are written at once, None for all."""

    splitter = Frames

    def __init__(self, server):
        self.server = server
        self.delay, self.piece = 0, None
        self.flowing = {UP: threading.Event(), DOWN: threading.Event()}
        self.lock = threading.Condition()
        self.rules, self.connections = [], []
        self.past = collections.deque(maxlen=REMEMBERED)
        self.late = set()
        self.refusing = False
        self.accepted = 0
        self.hurry = threading.Event()
        self.unblock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def domain(self):
        return self.server.domain

    @property
    def port(self):
        return self.listener.getsockname()[1]

    @property
    def ws_url(self):
        return f"ws://127.0.0.1:{self.port}{self.server.ws_path}"

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.accepted += 1
            try:
                if self.refusing:
                    raise ConnectionRefusedError
                server = socket.create_connection(("127.0.0.1", self.server.http_port), 5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            connection = Connection(self, client, server)
            with self.lock:
                self.connections.append(connection)
            connection.start()

    def remember(self, lane, raw):
        """Keeps it for messages of failures, and in `late` the texts that the server hands over out of its archive, or
        that were sent again."""
        self.past.append((time.time(), lane, raw))
        if lane.direction == DOWN and (b"<result " in raw or b"<repeat" in raw):
            self.late.update(text.decode() for text in re.findall(rb"<(?:body|name)>([^<\n]*)", raw))

    def last_frames(self, width=400):
        """Lines: what was written, whether or not anybody was left to read it."""
        for when, lane, raw in list(self.past):
            frames = Frames()
            frames.in_head = raw[:4] in (b"GET ", b"HTTP")
            texts = [frame.text for frame in frames.feed(raw)]
            text = texts[0] if texts and texts[0] is not None else f"{len(raw)} bytes: {raw[:40]!r}"
            yield f"{when:.3f} {lane.connection.number} {lane.direction:4} {text[:width]}"

    def wait_until(self, due):
        while (rest := due - time.monotonic()) > 0 and not self.hurry.wait(rest):
            pass

    # What goes wrong

    def when(self, direction, matches="", skip=0, at=None, before=None, after=None, keep=None, drop=False):
        """A rule for the first frame, after `skip` others, whose text contains `matches` ("": any frame), and in which
        byte `at` of its connection lies, counted from now. before() is called before it goes on, after() when it is written; `keep` bytes
        of it pass (a number, a function of its size, True: up to `at`) and then the connection is cut; drop: it does not
        go on. Returns the rule."""
        rule = Rule(direction, matches, skip, at, before, after, keep, drop)
        with self.lock:
            rule.passed.update((lane, lane.frames.start) for one in self.connections for lane in one.lanes.values())
            self.rules.append(rule)
        return rule

    def take(self, lane, frame):
        rule = self._rule_for(lane, frame)
        if rule is None:
            return lane.put(frame.raw)
        if rule.before is not None:
            rule.before()
        if not rule.drop:
            lane.put(frame.raw, rule.get_keep(lane, frame), rule.after)
        rule.fired.set()
        return None

    def _rule_for(self, lane, frame):
        with self.lock:
            for rule in self.rules:
                if not rule.is_for(lane, frame):
                    continue
                if rule.skip == 0:
                    self.rules.remove(rule)
                    return rule
                rule.skip -= 1
        return None

    def say(self, text):
        """A frame of the server's that the server has not said, to whoever is connected."""
        self.say_bytes(frame_of(text))

    def say_bytes(self, raw):
        with self.lock:
            lanes = [connection.lanes[DOWN] for connection in self.connections]
        for lane in lanes:
            lane.put(raw)

    def cut(self):
        """Every connection is lost; new ones are taken."""
        with self.lock:
            gone, self.connections = self.connections, []
        for connection in gone:
            connection.cut()

    def refuse(self):
        self.refusing = True
        self.cut()

    def hold(self):
        """What the client says on its present connections waits here; then the client loses them, and the server does
        not notice. Returns what lets the old bytes arrive after all."""
        with self.lock:
            old, self.connections = self.connections, []
        for connection in old:
            connection.held.clear()

        def lose():
            for connection in old:
                connection.abandon()

        def release():
            for connection in old:
                connection.held.set()
        return lose, release

    def block(self, *directions):
        """Nothing passes any more, and nothing is lost."""
        for direction in directions or (UP, DOWN):
            self.flowing[direction].clear()

    def unblock(self):
        for event in self.flowing.values():
            event.set()

    def forget(self):
        """What has not gone wrong yet does not go wrong any more."""
        with self.lock:
            self.rules.clear()

    def heal(self):
        """From now on all is well; what was late arrives."""
        self.forget()
        self.refusing = False
        self.delay, self.piece = 0, None
        self.unblock()

    def close(self):
        self.listener.close()
        self.heal()
        self.hurry.set()
        self.cut()


class FileProxy(Proxy):
    """The same before what files are sent to and fetched from, with a place in a stream instead of frames. The server,
    which says where that is, is set when it is known."""

    splitter = Pieces

    def __init__(self):
        super().__init__(None)

    def remember(self, lane, raw):
        line, end, _ = raw.partition(b"\r\n")
        begins = end and re.match(rb"[A-Z]+ /|HTTP/", line)
        self.past.append((time.time(), lane, b"%s (%d bytes)" % (line if begins else b"...", len(raw))))

    def last_frames(self, width=400):
        for when, lane, text in list(self.past):
            yield f"{when:.3f} {lane.connection.number} {lane.direction:4} {text.decode('utf-8', 'replace')[:width]}"
