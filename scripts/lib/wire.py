# SPDX-License-Identifier: GPL-3.0-or-later
"""A wire between a client and a server that can be cut, blocked and listened to."""

import contextlib
import queue
import re
import socket
import struct
import threading

BLOCK = 65536


class Wire:
    """Forwards every connection on port to target. said: what clients said, WebSocket frames unmasked."""

    def __init__(self, target, host="127.0.0.1", target_host="127.0.0.1"):
        self.target = (target_host, target)
        self.listener = socket.create_server((host, 0))
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        self.flowing = threading.Event()
        self.answers = threading.Event()
        self.flowing.set()
        self.answers.set()
        self.connections = 0
        self.pairs = []
        self.raw = []
        self.accepting = threading.Thread(target=self._accept, daemon=True)
        self.accepting.start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
                number = len(self.raw)
                self.raw.append(bytearray())
            try:
                server = socket.create_connection(self.target, 5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            with self.lock:
                self.pairs.append((client, server))
            for source, sink, record in ((client, server, self.raw[number]), (server, client, None)):
                waiting = queue.SimpleQueue()
                threading.Thread(target=self._read, args=(source, waiting, record), daemon=True).start()
                threading.Thread(target=self._write, args=(source, sink, waiting,
                                                           self.answers if record is None else self.flowing),
                                 daemon=True).start()

    def _read(self, source, waiting, record):
        """What is said is heard at once, also while nothing passes."""
        data = True
        while data:
            try:
                data = source.recv(BLOCK)
            except OSError:
                data = b""
            if record is not None:
                with self.lock:
                    record.extend(data)
            waiting.put(data)

    @staticmethod
    def _write(source, sink, waiting, may_pass):
        with contextlib.suppress(OSError):
            while data := waiting.get():
                may_pass.wait()
                sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def lead_to(self, target, target_host="127.0.0.1"):
        """Where connections go that come from now on."""
        self.target = (target_host, target)

    def cut(self):
        """Every connection is lost; new ones are taken."""
        with self.lock:
            pairs, self.pairs = self.pairs, []
        for pair in pairs:
            for one in pair:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()

    def block(self):
        """Nothing passes any more, in either direction, and nothing is lost."""
        self.flowing.clear()
        self.answers.clear()

    def block_answers(self):
        """Nothing of the server passes any more."""
        self.answers.clear()

    def unblock(self):
        self.flowing.set()
        self.answers.set()

    def said(self):
        """What clients said so far, as text: the HTTP requests, and the payloads of WebSocket frames."""
        with self.lock:
            streams = [bytes(raw) for raw in self.raw]
        return "\n".join(decode(stream) for stream in streams)

    def close(self):
        with contextlib.suppress(OSError):     # wakes who waits in accept()
            self.listener.shutdown(socket.SHUT_RDWR)
        self.accepting.join(5)
        self.listener.close()
        self.cut()
        self.unblock()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


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
