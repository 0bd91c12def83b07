# SPDX-License-Identifier: GPL-3.0-or-later
"""An XMPP server over WebSocket (RFC 7395) that lies when it is told to. It is no more than a client needs to be signed
in: SCRAM-SHA-256 or PLAIN, binding, stream management, carbons, an archive. What it says beyond that is up to a test:

    with server.Hostile() as evil:
        client = imclient.Client("alice", evil)
        client.login("alice", evil.password)
        evil.say("<message …/>")
"""

import base64
import contextlib
import hashlib
import hmac
import os
import re
import socket
import ssl
import struct
import threading
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

import process

SECONDS = 20
TEXT, BINARY, CLOSE, PING, PONG, CONTINUED = 1, 2, 8, 9, 10, 0
CLIENT, FRAMING, STREAM = "jabber:client", "urn:ietf:params:xml:ns:xmpp-framing", "http://etherx.jabber.org/streams"
SASL, BIND = "urn:ietf:params:xml:ns:xmpp-sasl", "urn:ietf:params:xml:ns:xmpp-bind"
SM = "urn:xmpp:sm:3"
MAM, CARBONS, RSM = "urn:xmpp:mam:2", "urn:xmpp:carbons:2", "http://jabber.org/protocol/rsm"
FORWARD, DELAY, SID = "urn:xmpp:forward:0", "urn:xmpp:delay", "urn:xmpp:sid:0"


class Hostile:
    """mechanisms: what it offers. tls: an SSLContext. on_stanza (connection, element): a test's own answer; true when it
    gave one. archive: the inner <message/> of each archived message."""

    domain = "localhost"
    password = "a password that nobody says"
    iterations = 4096

    def __init__(self, mechanisms=("SCRAM-SHA-256",), tls=None, host="127.0.0.1"):
        self.mechanisms = mechanisms
        self.tls = tls
        self.host = host
        self.on_stanza = lambda connection, element: False
        self.on_sasl = lambda connection, element: False
        self.upgrade = None     # another HTTP answer than the upgrade
        self.archive = []
        self.said = []          # every text frame of clients, over all connections
        self.changed = threading.Condition()
        self.connections = []
        self.bound = None       # the connection that may be spoken on
        self.ids = 0
        self.listener = None
        self.port = None
        self.threads = []
        self.stopping = False

    def start(self):
        self.listener = socket.create_server((self.host, 0))
        self.port = self.listener.getsockname()[1]
        self._run(self._accept)
        return self

    def _run(self, function):
        thread = threading.Thread(target=function, daemon=True)
        self.threads.append(thread)
        thread.start()

    def stop(self):
        """Nobody may wait on a socket when it is closed: its number is the next one's."""
        self.stopping = True
        with contextlib.suppress(OSError):
            socket.create_connection((self.host, self.port)).close()
        for connection in self.connections:
            connection.close()
        for thread in self.threads:
            thread.join(SECONDS)
        self.listener.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    @property
    def ws_url(self):
        return f"ws://{self.host}:{self.port}/ws"

    @property
    def wss_url(self):
        return f"wss://localhost:{self.port}/ws"

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            if self.stopping:
                client.close()
                return
            connection = Connection(self, client)
            self.connections.append(connection)
            self._run(connection.run)

    def heard(self, text):
        with self.changed:
            self.said.append(text)
            self.changed.notify_all()

    def set_bound(self, connection):
        with self.changed:
            self.bound = connection
            self.changed.notify_all()

    def wait_for(self, condition, what, seconds=SECONDS):
        """The first true value of condition (), looked at after every frame."""
        with self.changed:
            if not self.changed.wait_for(condition, seconds):
                said = "\n".join(f"    {text[:300]}" for text in self.said[-15:])
                raise process.Timeout(f"the server: {what}: not within {seconds} s\n{said}")
            return condition()

    def wait_bound(self, other_than=None):
        return self.wait_for(lambda: self.bound is not None and self.bound is not other_than and self.bound,
                             "a session")

    def wait_said(self, pattern, after=0):
        """The first frame that fits."""
        return self.wait_for(lambda: next((text for text in self.said[after:] if re.search(pattern, text)), None),
                             pattern)

    def everything_said(self):
        with self.changed:
            return "\n".join(self.said)

    # Saying

    def say(self, *frames):
        """Texts of stanzas, or any other bytes."""
        self.wait_bound().say(*frames)

    def new_id(self):
        self.ids += 1
        return f"id-{self.ids}"

    def message(self, text, sender="bob@localhost/phone", inside="", **attributes):
        """A message as servers deliver them."""
        attributes = {"from": sender, "to": "alice@localhost/desktop", "type": "chat", "id": self.new_id(), **attributes}
        written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value is not None)
        body = f"<body>{escape(text)}</body>" if text is not None else ""
        return f"<message xmlns='{CLIENT}'{written}>{body}{inside}</message>"


class Connection:
    """One socket, from the handshake to its end."""

    def __init__(self, server, client):
        self.server = server
        self.socket = client
        self.lock = threading.Lock()
        self.authenticated = False
        self.received = 0       # stanzas of the client, for <a/>
        self.counting = False
        self.previd = None
        self.nonce = self.first = self.challenge = None

    def close(self):
        """Its thread ends."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def run(self):
        try:
            if self.server.tls is not None:
                self.socket = self.server.tls.wrap_socket(self.socket, server_side=True)
            if self._shake_hands():
                for text in self._frames():
                    self.server.heard(text)
                    self._take(ET.fromstring(text))
        except (OSError, ssl.SSLError):
            pass
        finally:
            self.close()
            self.socket.close()

    def _shake_hands(self):
        head = b""
        while b"\r\n\r\n" not in head:
            data = self.socket.recv(4096)
            if not data:
                return False
            head += data
            if head.startswith(b"\x16"):
                self.socket.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")    # TLS, which is not spoken here
                return False
        self.server.heard(head.decode("latin-1"))
        if self.server.upgrade is not None:
            self.socket.sendall(self.server.upgrade)
            return False
        key = re.search(rb"(?i)sec-websocket-key: *(\S+)", head).group(1)
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()).decode()
        self.socket.sendall("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            f"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n".encode())
        return True

    def _read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise OSError("closed")
            data += more
        return data

    def _frames(self):
        """The texts that the client says, until it goes."""
        while True:
            first, size = self._read(2)
            size &= 0x7F
            if size == 126:
                size, = struct.unpack(">H", self._read(2))
            elif size == 127:
                size, = struct.unpack(">Q", self._read(8))
            mask = self._read(4)
            payload = bytes(byte ^ mask[index % 4] for index, byte in enumerate(self._read(size)))
            if first & 0x0F == CLOSE:
                with contextlib.suppress(OSError):
                    self.send(payload, CLOSE)
                return
            if first & 0x0F == TEXT:
                yield payload.decode("utf-8")

    def say(self, *frames):
        self.send_raw(b"".join(frame(one) for one in frames))

    def send(self, payload, opcode=TEXT):
        self.send_raw(frame(payload, opcode))

    def send_raw(self, data):
        with self.lock:
            self.socket.sendall(data)

    # Being a server

    def _take(self, element):
        namespace, name = element.tag[1:].split("}")
        if namespace == CLIENT:
            self.received += 1
        if namespace == SASL:
            if not self.server.on_sasl(self, element):
                getattr(self, f"_on_{name}")(element)
        elif not self.server.on_stanza(self, element):
            getattr(self, f"_on_{name}", lambda _: None)(element)

    def _on_open(self, _):
        self.say(f"<open xmlns='{FRAMING}' from='{self.server.domain}' id='s' version='1.0'/>")
        if self.authenticated:
            features = f"<bind xmlns='{BIND}'/><sm xmlns='{SM}'/>"
        else:
            offered = "".join(f"<mechanism>{name}</mechanism>" for name in self.server.mechanisms)
            features = f"<mechanisms xmlns='{SASL}'>{offered}</mechanisms>"
        self.say(f"<stream:features xmlns:stream='{STREAM}'>{features}</stream:features>")

    def _on_close(self, _):
        self.say(f"<close xmlns='{FRAMING}'/>")

    def _on_auth(self, element):
        if element.get("mechanism") == "PLAIN":
            self.succeed()
            return
        first = base64.b64decode(element.text).decode()
        self.first = first.split(",", 2)[2]
        self.nonce = dict(part.split("=", 1) for part in self.first.split(","))["r"] + "server"
        salt = base64.b64encode(b"salt").decode()
        self.challenge = f"r={self.nonce},s={salt},i={self.server.iterations}"
        self.say(sasl("challenge", self.challenge))

    def _on_response(self, element):
        final = base64.b64decode(element.text).decode()
        self.succeed(f"v={self.signature(final.rsplit(',p=', 1)[0])}")

    def signature(self, final_without_proof):
        salted = hashlib.pbkdf2_hmac("sha256", self.server.password.encode(), b"salt", self.server.iterations)
        key = hmac.digest(salted, b"Server Key", "sha256")
        said = f"{self.first},{self.challenge},{final_without_proof}"
        return base64.b64encode(hmac.digest(key, said.encode(), "sha256")).decode()

    def succeed(self, text=None):
        self.authenticated = True
        self.say(sasl("success", text))

    def _on_enable(self, _):
        self.received = 0
        self.counting = True
        self.previd = f"session-{os.urandom(4).hex()}"
        self.say(f"<enabled xmlns='{SM}' resume='true' id='{self.previd}'/>")
        self.server.set_bound(self)

    def _on_resume(self, element):
        self.say(f"<failed xmlns='{SM}'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>")

    def _on_r(self, _):
        self.say(f"<a xmlns='{SM}' h='{self.received}'/>")

    def _on_iq(self, element):
        if element.get("type") not in ("get", "set"):
            return
        payload = element[0]
        if payload.tag == f"{{{BIND}}}bind":
            resource = payload.findtext(f"{{{BIND}}}resource")
            self.answer(element, f"<bind xmlns='{BIND}'><jid>alice@{self.server.domain}/{resource}</jid></bind>")
        elif payload.tag == f"{{{MAM}}}query":
            self.answer_query(element, payload)
        elif payload.tag in (f"{{{CARBONS}}}enable", "{urn:xmpp:ping}ping"):
            self.answer(element)
        else:
            self.say(f"<iq xmlns='{CLIENT}' type='error' id={quoteattr(element.get('id'))}><error type='cancel'>"
                     "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")

    def answer(self, iq, inside=""):
        self.say(f"<iq xmlns='{CLIENT}' type='result' id={quoteattr(iq.get('id'))}>{inside}</iq>")

    def answer_query(self, iq, query):
        """The archive, all of it in one page."""
        after = query.findtext(f"{{{RSM}}}set/{{{RSM}}}after")
        start = int(after) if (after or "").isdigit() else 0
        for number, message in enumerate(self.server.archive[start:], start + 1):
            self.say(archive_result(message, str(number), query.get("queryid")))
        last = len(self.server.archive)
        ends = f"<first>{start + 1}</first><last>{last}</last>" if last > start else ""
        self.answer(iq, f"<fin xmlns='{MAM}' complete='true'><set xmlns='{RSM}'>{ends}</set></fin>")


def frame(payload, opcode=TEXT, last=True):
    """One WebSocket frame of a server."""
    data = payload.encode("utf-8", "surrogatepass") if isinstance(payload, str) else payload
    if len(data) < 126:
        size = struct.pack(">B", len(data))
    elif len(data) < 65536:
        size = struct.pack(">BH", 126, len(data))
    else:
        size = struct.pack(">BQ", 127, len(data))
    return bytes([(0x80 if last else 0) | opcode]) + size + data


def sasl(name, text=None):
    inside = base64.b64encode(text.encode()).decode() if text is not None else ""
    return f"<{name} xmlns='{SASL}'>{inside}</{name}>"


def archive_result(message, archive_id, query_id, sender="alice@localhost", stamp="2026-11-23T10:00:00Z"):
    """message: the inner one."""
    return (f"<message xmlns='{CLIENT}' from={quoteattr(sender)} to='alice@localhost/desktop'>"
            f"<result xmlns='{MAM}' id={quoteattr(archive_id)} queryid={quoteattr(query_id)}>"
            f"<forwarded xmlns='{FORWARD}'><delay xmlns='{DELAY}' stamp={quoteattr(stamp)}/>{message}</forwarded>"
            "</result></message>")


def carbon(message, direction="received", sender="alice@localhost"):
    """message: the inner one."""
    return (f"<message xmlns='{CLIENT}' from={quoteattr(sender)} to='alice@localhost/desktop' type='chat'>"
            f"<{direction} xmlns='{CARBONS}'><forwarded xmlns='{FORWARD}'>{message}</forwarded></{direction}>"
            "</message>")
