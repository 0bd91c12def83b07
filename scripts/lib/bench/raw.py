# SPDX-License-Identifier: GPL-3.0-or-later
"""The least that can talk XMPP over WebSocket (RFC 7395): frames of bytes that are searched, not parsed. It measures
how fast a server is when the client does nothing, and makes load without being the bottleneck."""

import base64
import os
import re
import socket
import struct
import urllib.parse

SECONDS = 120
FRAMING = "urn:ietf:params:xml:ns:xmpp-framing"
ARCHIVE = "urn:xmpp:mam:2"


class Connection:
    """Signed in as user when the constructor returns. url: ws://…"""

    def __init__(self, url, domain, user, password, resource="raw"):
        self.url, self.domain = urllib.parse.urlsplit(url), domain
        self.socket = socket.create_connection((self.url.hostname, self.url.port), SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        self.upgrade()
        self.open()
        secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        self.send(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>")
        self.wait_for(b"<success")
        self.open()
        self.send("<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                  f"<resource>{resource}</resource></bind></iq>")
        self.wait_for(b"bind")

    # Frames

    def upgrade(self):
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(f"GET {self.url.path} HTTP/1.1\r\nHost: {self.url.netloc}\r\nUpgrade: websocket\r\n"
                            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Protocol: xmpp\r\n\r\n".encode())
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        head, _, rest = bytes(self.buffer).partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise AssertionError(head.decode())
        self.buffer = bytearray(rest)

    def more(self):
        data = self.socket.recv(1 << 18)
        if not data:
            raise AssertionError("the server ended the connection")
        self.buffer += data

    @staticmethod
    def frame(text, opcode=1):
        data = text if isinstance(text, bytes) else text.encode()
        size = len(data)
        head = bytes([0x80 | opcode])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 1 << 16:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", size)
        return head + b"\0\0\0\0" + data  # masked with nothing

    def send(self, text):
        self.socket.sendall(self.frame(text))

    def receive(self):
        """The next text frame."""
        while True:
            opcode, data = self.next_frame()
            if opcode == 9:
                self.socket.sendall(self.frame(data, 10))
            elif opcode in (0, 1):
                return data
            elif opcode == 8:
                raise AssertionError("the server closed the WebSocket")

    def next_frame(self):
        while True:
            buffer = self.buffer
            if len(buffer) >= 2:
                size, start = buffer[1] & 127, 2
                if size == 126 and len(buffer) >= 4:
                    size, start = struct.unpack_from(">H", buffer, 2)[0], 4
                elif size == 127 and len(buffer) >= 10:
                    size, start = struct.unpack_from(">Q", buffer, 2)[0], 10
                elif size >= 126:
                    size = None
                if size is not None and len(buffer) >= start + size:
                    opcode, data = buffer[0] & 15, bytes(buffer[start:start + size])
                    del buffer[:start + size]
                    return opcode, data
            self.more()

    def wait_for(self, wanted):
        while True:
            data = self.receive()
            if wanted in data:
                return data
            if b"<failure" in data or b"type='error'" in data or b'type="error"' in data:
                raise AssertionError(data.decode())

    # What is done with it

    def open(self):
        self.send(f"<open xmlns='{FRAMING}' to='{self.domain}' version='1.0'/>")
        self.wait_for(b"features")

    def become_present(self):
        self.send("<presence xmlns='jabber:client'/>")

    def sync(self, name):
        """Returns when the server has handled everything sent before."""
        self.send(f"<iq xmlns='jabber:client' type='get' id='{name}' to='{self.domain}'>"
                  "<ping xmlns='urn:xmpp:ping'/></iq>")
        while name.encode() not in self.receive():
            pass

    def send_messages(self, to, count, prefix, window=200):
        """count texts to one address, or in turn to several, each with the id that a client gives it."""
        addresses = [to] if isinstance(to, str) else to
        for first in range(0, count, window):
            frames = bytearray()
            for number in range(first, min(first + window, count)):
                name = f"{prefix}-{number}"
                frames += self.frame(
                    f"<message xmlns='jabber:client' type='chat' to='{addresses[number % len(addresses)]}' id='{name}'>"
                    f"<body>Message {number}, of the usual length of a line or so</body>"
                    f"<origin-id xmlns='urn:xmpp:sid:0' id='{name}'/></message>")
            self.socket.sendall(frames)
            self.sync(f"{prefix}-sync-{first}")

    def read_archive(self, page=250):
        """Reads the own archive from its begin to its end, and throws it away. Returns the number of messages."""
        last, count, number = None, 0, 0
        while True:
            number += 1
            after = f"<after>{last}</after>" if last else ""
            self.send(f"<iq xmlns='jabber:client' type='set' id='page-{number}'><query xmlns='{ARCHIVE}' "
                      f"queryid='q{number}'><set xmlns='http://jabber.org/protocol/rsm'><max>{page}</max>{after}"
                      "</set></query></iq>")
            while True:
                data = self.receive()
                if b"<result" in data:
                    count += 1
                elif b"<fin" in data:
                    break
            found = re.search(rb"<last>([^<]*)</last>", data)
            if re.search(rb"complete=['\"]true['\"]", data) or not found:
                return count
            last = found.group(1).decode()

    def close(self):
        self.send(f"<close xmlns='{FRAMING}'/>")
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
