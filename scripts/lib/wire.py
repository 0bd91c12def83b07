# SPDX-License-Identifier: GPL-3.0-or-later
"""A wire between a client and a server that can be cut, blocked, slowed down, and listened to."""

import contextlib
import queue
import re
import socket
import struct
import threading
import time

BLOCK = 65536
UP, DOWN = "up", "down"     # from the client, to the client


class Wire:
    """Forwards every connection on port to target, which may be changed. said(): what clients said, WebSocket frames
    unmasked. delay: seconds that everything takes. piece: at most so many bytes at once; None: as they come. poison: a
    text that no connection survives."""

    def __init__(self, target, host="127.0.0.1", target_host="127.0.0.1"):
        self.target = (target_host, target)
        self.listener = socket.create_server((host, 0))
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        self.delay = 0
        self.piece = None
        self.poison = None
        self.passes = {UP: threading.Event(), DOWN: threading.Event()}
        self.alarms = {UP: None, DOWN: None}    # (bytes still to pass, what to do then)
        self.connections = 0
        self.pairs = []
        self.stranded = []
        self.raw = []
        self.unblock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            record = bytearray()
            with self.lock:
                self.connections += 1
                self.raw.append(record)
            try:
                server = socket.create_connection(self.target, 5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pair = Pair(client, server)
            with self.lock:
                self.pairs.append(pair)
            for direction in (UP, DOWN):
                waiting = queue.SimpleQueue()
                threading.Thread(target=self._read, args=(pair, direction, waiting, record), daemon=True).start()
                threading.Thread(target=self._write, args=(pair, direction, waiting), daemon=True).start()

    def _read(self, pair, direction, waiting, record):
        """What is said is heard at once, also while nothing passes."""
        source = pair.client if direction == UP else pair.server
        data = True
        while data:
            try:
                data = source.recv(BLOCK)
            except OSError:
                data = b""
            if direction == UP:
                with self.lock:
                    record.extend(data)
                if self.poison and self.poison in decode(bytes(record)):
                    data = b""
            waiting.put((time.monotonic() + self.delay, data))

    def _write(self, pair, direction, waiting):
        sink = pair.server if direction == UP else pair.client
        with contextlib.suppress(OSError):
            while True:
                due, data = waiting.get()
                pair.closed.wait(max(0, due - time.monotonic()))
                (pair.released if direction == UP else self.passes[direction]).wait()
                self.passes[direction].wait()
                if not data:
                    break
                self._forward(sink, data, direction)
        pair.end(sink)

    def _forward(self, sink, data, direction):
        while data:
            piece = data[:self.piece or len(data)]
            with self.lock:
                alarm = self.alarms[direction]
                if alarm is not None and len(piece) >= alarm[0]:
                    piece, self.alarms[direction] = piece[:alarm[0]], None
                elif alarm is not None:
                    self.alarms[direction], alarm = (alarm[0] - len(piece), alarm[1]), None
            sink.sendall(piece)
            data = data[len(piece):]
            if alarm is not None:
                alarm[1]()

    def after(self, direction, size, action):
        """Once: when so many more bytes have passed, in whatever connection, and before the next one does."""
        with self.lock:
            self.alarms[direction] = (max(1, size), action)

    def lead_to(self, target, target_host="127.0.0.1"):
        """Where connections go that come from now on."""
        self.target = (target_host, target)

    def cut(self):
        """Every connection is lost; new ones are taken."""
        with self.lock:
            pairs, self.pairs = self.pairs, []
        for pair in pairs:
            pair.close()

    def strand(self):
        """The client loses its connections; what it said last reaches the server after release_stranded(), when a new
        connection may have come first."""
        with self.lock:
            pairs, self.pairs = self.pairs, []
            self.stranded += pairs
        for pair in pairs:
            pair.strand()

    def release_stranded(self):
        with self.lock:
            pairs, self.stranded = self.stranded, []
        for pair in pairs:
            pair.released.set()

    def block(self):
        """Nothing passes any more, in either direction, and nothing is lost."""
        self.passes[UP].clear()
        self.passes[DOWN].clear()

    def block_answers(self):
        """Nothing of the server passes any more."""
        self.passes[DOWN].clear()

    def unblock(self):
        self.passes[UP].set()
        self.passes[DOWN].set()

    def heal(self):
        """A wire like any other again."""
        self.delay, self.piece, self.poison = 0, None, None
        with self.lock:
            self.alarms = {UP: None, DOWN: None}
        self.release_stranded()
        self.unblock()

    def said(self):
        """What clients said so far, as text: the HTTP requests, and the payloads of WebSocket frames."""
        with self.lock:
            streams = [bytes(raw) for raw in self.raw]
        return "\n".join(decode(stream) for stream in streams)

    def close(self):
        self.listener.close()
        self.heal()
        self.cut()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Pair:
    """One connection and its continuation."""

    def __init__(self, client, server):
        self.client, self.server = client, server
        self.released, self.closed = threading.Event(), threading.Event()
        self.released.set()
        self.ends = []

    def strand(self):
        self.released.clear()
        shut(self.client, socket.SHUT_RDWR)

    def end(self, sink):
        """One direction is over: so is the other, unless it is stranded."""
        shut(sink, socket.SHUT_WR)
        if self.released.is_set():
            self.close()
        self.ends.append(sink)
        if len(self.ends) == 2:
            self.client.close()
            self.server.close()

    def close(self):
        self.closed.set()
        self.released.set()
        for one in (self.client, self.server):
            shut(one, socket.SHUT_RDWR)


def shut(one, how):
    with contextlib.suppress(OSError):
        one.shutdown(how)


def decode(stream):
    head, separator, rest = stream.partition(b"\r\n\r\n")
    if not separator or not re.search(rb"(?i)upgrade: *websocket", head):
        return stream.decode("utf-8", "replace")
    lines = [head.decode("latin-1")]
    while len(rest) >= 2:
        size, offset = rest[1] & 0x7F, 2
        if size == 126:
            size, offset = struct.unpack(">H", rest[2:4])[0], 4
        elif size == 127:
            size, offset = struct.unpack(">Q", rest[2:10])[0], 10
        mask = rest[offset:offset + 4] if rest[1] & 0x80 else bytes(4)
        offset += 4 if rest[1] & 0x80 else 0
        payload = rest[offset:offset + size]
        lines.append(bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload)).decode("utf-8", "replace"))
        rest = rest[offset + size:]
    return "\n".join(lines)
