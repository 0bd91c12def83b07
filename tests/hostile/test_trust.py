#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that are not who they say they are, or want to hear the password: each is refused with the reason, and the
password is never said, in no form. What real servers do about this is in tests/integration/test_sign_in.py."""

import base64
import contextlib
import datetime
import http.server
import pathlib
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

import hostile
import harness
import namespace
from hostile import Client
from namespace import NOT_LOOPBACK
from server import Hostile, SASL, sasl

UNTRUSTED, NO_SERVICE, WRONG_PASSWORD = 9503, 7013, 70003
DAY = datetime.timedelta(days=1)
SIGNER = "Linnet's test signer"


def make_certificate(folder, name="localhost", begins=-2, ends=2, signer=None):
    """For that name, valid between these days from now, signed by the owner of another folder or by nobody. Returns: a
    context of a server"""
    now = datetime.datetime.now(datetime.timezone.utc)
    ca = folder / "ca.cnf"
    dates = [(now + days * DAY).strftime("%Y%m%d%H%M%SZ") for days in (begins, ends)]
    (folder / "index").write_text("", encoding="ascii")
    ca.write_text(f"[ca]\ndefault_ca=own\n[own]\ndatabase={folder}/index\nnew_certs_dir={folder}\nrand_serial=yes\n"
                  f"default_md=sha256\npolicy=any\nx509_extensions=ext\n[any]\ncommonName=supplied\n"
                  f"[ext]\nsubjectAltName=DNS:{name}\n[signer]\nbasicConstraints=critical,CA:TRUE\n", encoding="ascii")

    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            folder / "key", "-out", folder / "request", "-subj", f"/CN={name}")
    by = ["-keyfile", signer / "key", "-cert", signer / "certificate"] if signer else [
        "-selfsign", "-keyfile", folder / "key"]
    openssl("ca", "-batch", "-config", ca, *by, "-in", folder / "request", "-out", folder / "certificate",
            "-startdate", dates[0], "-enddate", dates[1], "-notext", *(["-extensions", "signer"] if name == SIGNER else []))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate", folder / "key")
    return context


class TrustCase(unittest.TestCase):
    def server(self, **options):
        server = Hostile(**options).start()
        self.addCleanup(server.stop)
        return server

    def assert_refused(self, server, code, *reasons, url=None, allow_plain=False, user="alice"):
        """The reply. Nothing that leads to the password was heard."""
        with Client("alice", None) as alice:
            alice.choose_server(domain=server.domain, allow_plain=allow_plain, **({"server_url": url} if url else {}))
            reply = alice.answer("TIMLogin", user, server.password, seconds=60)
            self.assertEqual(reply.code, code, reply.desc)
            for reason in reasons:
                self.assertIn(reason, reply.desc)
            self.assertEqual(alice.call("TIMGetLoginStatus"), 3)
        self.assert_not_said(server)
        return reply

    def assert_not_said(self, server):
        said = server.everything_said()
        for form in (server.password, base64.b64encode(server.password.encode()).decode().rstrip("=")):
            self.assertNotIn(form, said)
        for frame in said.split("\n"):
            for piece in frame.replace("<", ">").split(">"):
                try:
                    decoded = base64.b64decode(piece, validate=True)
                except ValueError:
                    continue
                self.assertNotIn(server.password.encode(), decoded)


class Certificates(TrustCase):
    def folder(self):
        return pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="linnet-test-")))

    def test_signed_by_nobody(self):
        server = self.server(tls=make_certificate(self.folder()))
        self.assert_refused(server, UNTRUSTED, "nobody this computer trusts", "; sha256:", url=server.wss_url)
        self.assertEqual(server.everything_said(), "", "not even the request")

    def test_expired(self):
        server = self.server(tls=make_certificate(self.folder(), begins=-9, ends=-1))
        self.assert_refused(server, UNTRUSTED, "it has expired", url=server.wss_url)
        self.assertEqual(server.everything_said(), "")

    def test_not_valid_yet(self):
        server = self.server(tls=make_certificate(self.folder(), begins=1, ends=9))
        self.assert_refused(server, UNTRUSTED, "it is not valid yet", url=server.wss_url)
        self.assertEqual(server.everything_said(), "")

    def test_for_another_name(self):
        server = self.server(tls=make_certificate(self.folder(), name="other.example"))
        self.assert_refused(server, UNTRUSTED, "it is for another name", url=server.wss_url)
        self.assertEqual(server.everything_said(), "")

    def test_old_tls(self):
        """Downgraded to TLS 1.1, which nobody should speak any more."""
        context = make_certificate(self.folder())
        context.set_ciphers("ALL:@SECLEVEL=0")
        with self.assertWarns(DeprecationWarning):
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        server = self.server(tls=context)
        self.assert_refused(server, UNTRUSTED, url=server.wss_url)
        self.assertEqual(server.everything_said(), "")

    def test_no_tls_where_it_was_asked_for(self):
        server = self.server()
        self.assert_refused(server, UNTRUSTED, url=server.wss_url)

    def test_another_certificate_than_the_one_that_was_accepted(self):
        """On a reconnection: the session is not continued with somebody else."""
        first, second = make_certificate(self.folder()), make_certificate(self.folder())
        server = self.server(tls=first)
        with Client("alice", None) as alice:
            alice.choose_server(domain="localhost", server_url=server.wss_url)
            desc = alice.answer("TIMLogin", "alice", server.password).desc
            alice.choose_server(domain="localhost", server_url=server.wss_url,
                                certificate_sha256=desc.rsplit("sha256:")[1])
            alice.login("alice", server.password)
            said = len(server.said)
            server.tls = second
            server.wait_bound().close()
            alice.wait_for(lambda event: event["event"] == "network" and event["values"][1] == UNTRUSTED, "the refusal")
            self.assertEqual(server.said[said:], [])


class SignedCertificates(TrustCase):
    """By somebody whom the system trusts: then it is only the one thing that is wrong."""

    @classmethod
    def setUpClass(cls):
        folders = [pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="linnet-test-")))
                   for _ in range(2)]
        cls.signer, bundle = folders
        make_certificate(cls.signer, name=SIGNER, begins=-99, ends=99)
        namespace.trust(cls.signer / "certificate", bundle)

    def signed(self, **options):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="linnet-test-")))
        return self.server(tls=make_certificate(folder, signer=self.signer, **options))

    def assert_refused_for(self, reason, **options):
        server = self.signed(**options)
        reply = self.assert_refused(server, UNTRUSTED, reason, url=server.wss_url)
        self.assertNotIn("nobody this computer trusts", reply.desc)
        self.assertEqual(server.everything_said(), "")

    def test_in_order(self):
        server = self.signed()
        with Client("alice", None) as alice:
            alice.choose_server(domain="localhost", server_url=server.wss_url)
            alice.login("alice", server.password)

    def test_expired(self):
        self.assert_refused_for("it has expired", begins=-9, ends=-1)

    def test_not_valid_yet(self):
        self.assert_refused_for("it is not valid yet", begins=1, ends=9)

    def test_for_another_name(self):
        self.assert_refused_for("it is for another name", name="other.example")


class Redirects(TrustCase):
    def test_the_socket_is_not_redirected(self):
        """Neither to an unprotected address nor to any other."""
        for scheme in ("ws", "http"):
            other = self.server()
            server = self.server()
            server.upgrade = (f"HTTP/1.1 302 Found\r\nLocation: {scheme}://127.0.0.1:{other.port}/ws\r\n"
                              "Content-Length: 0\r\n\r\n").encode()
            self.assert_refused(server, NO_SERVICE, "HTTP status 302", url=server.ws_url)
            self.assertEqual(other.connections, [])

    def test_an_answer_that_is_no_upgrade(self):
        for answer in (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                       b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       b"Sec-WebSocket-Accept: bm90IGl0\r\n\r\n",
                       b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
                       b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000):
            server = self.server()
            server.upgrade = answer
            with Client("alice", server) as alice:
                reply = alice.answer("TIMLogin", "alice", server.password, seconds=60)
                self.assertNotEqual(reply.code, 0)
                self.assertNotEqual(reply.desc, "")
            self.assert_not_said(server)


class Passwords(TrustCase):
    """On loopback, where signing in is allowed without TLS."""

    def assert_scram_fails(self, code, *reasons, **answers):
        """answers: what the server does at auth and response."""
        server = self.server()

        def on_sasl(connection, element):
            answer = answers.get(element.tag.split("}")[1])
            return answer is not None and (answer(connection, element) or True)
        server.on_sasl = on_sasl
        reply = self.assert_refused(server, code, *reasons, url=server.ws_url)
        self.assertIsNone(server.bound)
        return reply

    def test_success_without_a_signature(self):
        self.assert_scram_fails(UNTRUSTED, "could not prove", response=lambda connection, _: connection.succeed())

    def test_success_with_a_wrong_signature(self):
        wrong = f"v={base64.b64encode(bytes(32)).decode()}"
        self.assert_scram_fails(UNTRUSTED, response=lambda connection, _: connection.succeed(wrong))
        self.assert_scram_fails(UNTRUSTED, response=lambda connection, _: connection.say(sasl("challenge", wrong)))

    def test_success_without_a_question(self):
        self.assert_scram_fails(UNTRUSTED, "could not prove", auth=lambda connection, _: connection.succeed())
        self.assert_scram_fails(UNTRUSTED, auth=lambda connection, _: connection.succeed("v=" + "A" * 43 + "="))

    def test_a_nonce_that_is_not_ours(self):
        self.assert_scram_fails(UNTRUSTED, auth=lambda connection, _: connection.say(
            sasl("challenge", "r=somebody-elses,s=c2FsdA==,i=4096")))

    def test_rounds_without_end(self):
        """Hashing a thousand million times would stop the client for minutes."""
        begun = time.monotonic()

        def ask(connection, element):
            nonce = base64.b64decode(element.text).decode().split("r=")[1]
            connection.say(sasl("challenge", f"r={nonce}x,s=c2FsdA==,i=1000000000"))
        self.assert_scram_fails(WRONG_PASSWORD, "too many rounds", auth=ask)
        self.assertLess(time.monotonic() - begun, 20)

    def test_challenges_that_are_none(self):
        for text in ("", "r=", "e=other-error", "r=x,s=,i=0", "r=x,s=y,i=-1", "m=extension", "\0" * 100, "x" * 100_000,
                     "r=x,s=c2FsdA==,i=99999999999999999999"):
            with self.subTest(text=text[:20]):
                self.assert_scram_fails(WRONG_PASSWORD,
                                        auth=lambda connection, _, text=text: connection.say(sasl("challenge", text)))
        self.assert_scram_fails(WRONG_PASSWORD, auth=lambda connection, _: connection.say(
            f"<challenge xmlns='{SASL}'>not base64 at all!</challenge>"))

    def test_a_flood_of_challenges(self):
        self.assert_scram_fails(UNTRUSTED, auth=lambda connection, _: connection.say(
            *[sasl("challenge", "r=x,s=c2FsdA==,i=4096")] * 10_000))

    def test_the_strongest_mechanism_is_taken_whatever_the_order(self):
        server = self.server(mechanisms=("PLAIN", "LOGIN", "DIGEST-MD5", "ANONYMOUS", "X-OAUTH2", "SCRAM-SHA-256"))
        with Client("alice", server) as alice:
            alice.login("alice", server.password)
        self.assertIn('mechanism="SCRAM-SHA-256"', server.everything_said())
        self.assert_not_said(server)

    def test_mechanisms_that_say_the_password_or_prove_nothing(self):
        for names in (("LOGIN", "DIGEST-MD5", "CRAM-MD5", "ANONYMOUS", "EXTERNAL", "GSSAPI"), (), ("scram-sha-256",),
                      ("X" * 100_000,)):
            server = self.server(mechanisms=names)
            self.assert_refused(server, NO_SERVICE, url=server.ws_url)
            self.assertNotIn("<auth", server.everything_said())

    def test_refusals_have_a_reason(self):
        for condition, code in (("not-authorized", WRONG_PASSWORD), ("account-disabled", 20106), ("nonsense", WRONG_PASSWORD)):
            failure = f"<failure xmlns='{SASL}'><{condition}/><text>\u202eevil</text></failure>"
            with self.subTest(condition=condition):
                server = self.server()
                server.on_sasl = lambda connection, _, failure=failure: connection.say(failure) or True
                with Client("alice", server) as alice:
                    reply = alice.answer("TIMLogin", "alice", server.password)
                    self.assertNotEqual(reply.code, 0)
                    self.assertNotEqual(reply.desc, "")


class WellKnown(http.server.BaseHTTPRequestHandler):
    """host-meta, as the server's `answers` say: path → (status, headers, text)"""

    def handle(self):
        with contextlib.suppress(OSError):  # a handshake that is not finished
            super().handle()

    def do_GET(self):
        status, headers, text = self.server.answers.get(self.path, (404, {}, ""))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": len(text)}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):  # who has read enough goes
            self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


class Discovery(TrustCase):
    """In a network of its own, where port 443 and an address that is not loopback are ours."""

    def setUp(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="linnet-test-")))
        context = make_certificate(folder)
        self.pin = subprocess.run(["openssl", "x509", "-in", folder / "certificate", "-noout", "-fingerprint",
                                   "-sha256"], check=True, capture_output=True, text=True).stdout.split("=")[1].strip()
        self.web = http.server.ThreadingHTTPServer(("127.0.0.1", 443), WellKnown)
        # each on a thread of its own: one that does not finish must not stop the others
        self.web.socket = context.wrap_socket(self.web.socket, server_side=True, do_handshake_on_connect=False)
        self.web.answers = {}
        threading.Thread(target=self.web.serve_forever, args=(0.05,), daemon=True).start()
        self.addCleanup(lambda: (self.web.shutdown(), self.web.server_close()))
        self.open = self.server(host=NOT_LOOPBACK)

    def name(self, *urls):
        links = "".join(f"<Link rel='urn:xmpp:alt-connections:websocket' href='{url}'/>" for url in urls)
        return 200, {}, f"<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>{links}</XRD>"

    def assert_not_led(self, code, *reasons):
        with Client("alice", None) as alice:
            alice.choose_server(certificate_sha256=self.pin)
            reply = alice.answer("TIMLogin", "alice@localhost", self.open.password, seconds=60)
            self.assertEqual(reply.code, code, reply.desc)
            for reason in reasons:
                self.assertIn(reason, reply.desc)
        self.assertEqual(self.open.connections, [])

    def test_an_unprotected_address_is_not_followed(self):
        self.web.answers["/.well-known/host-meta"] = self.name(self.open.ws_url)
        self.assert_not_led(NO_SERVICE, "only an unprotected WebSocket")

    def test_other_schemes_are_no_websocket(self):
        self.web.answers["/.well-known/host-meta"] = self.name(
            f"http://{self.open.host}:{self.open.port}/ws", "file:///etc/passwd", "javascript:alert(1)", "wss://", "",
            f"WSS:{self.open.host}", f"//{self.open.host}:{self.open.port}/ws")
        self.assert_not_led(NO_SERVICE)

    def test_a_redirect_to_an_unprotected_page_is_not_followed(self):
        page = http.server.ThreadingHTTPServer((NOT_LOOPBACK, 0), WellKnown)
        page.answers = {"/host-meta": self.name(f"wss://{self.open.host}:{self.open.port}/ws")}
        threading.Thread(target=page.serve_forever, args=(0.05,), daemon=True).start()
        self.addCleanup(lambda: (page.shutdown(), page.server_close()))
        target = f"http://{NOT_LOOPBACK}:{page.server_port}/host-meta"
        for name in ("host-meta", "host-meta.json"):
            self.web.answers[f"/.well-known/{name}"] = (302, {"Location": target}, "")
        self.assert_not_led(NO_SERVICE)

    def test_redirects_in_a_circle_end(self):
        for name in ("host-meta", "host-meta.json"):
            self.web.answers[f"/.well-known/{name}"] = (301, {"Location": f"/.well-known/{name}"}, "")
        self.assert_not_led(NO_SERVICE)

    def test_a_page_without_end_or_with_entities(self):
        bomb = "<!DOCTYPE x [<!ENTITY a 'x'>]>" + self.name(f"wss://{self.open.host}:{self.open.port}/ws")[2]
        for text in ("<XRD>" * 100_000, "x" * 5_000_000, bomb, "[" * 100_000):
            for name in ("host-meta", "host-meta.json"):
                self.web.answers[f"/.well-known/{name}"] = (200, {}, text)
            self.assert_not_led(NO_SERVICE)

    def test_the_password_is_not_said_in_the_open(self):
        """The address is typed in by hand, and leads over an open network."""
        for names in (("PLAIN",), ("SCRAM-SHA-256", "PLAIN")):
            server = self.server(mechanisms=names, host=NOT_LOOPBACK)
            self.assert_refused(server, UNTRUSTED, url=server.ws_url)
            self.assertEqual(server.connections, [], "it is not even connected to")

    def test_even_where_the_open_is_allowed_the_password_is_proved_where_it_can_be(self):
        server = self.server(mechanisms=("PLAIN", "SCRAM-SHA-256"), host=NOT_LOOPBACK)
        with Client("alice", None) as alice:
            alice.choose_server(domain="localhost", server_url=server.ws_url, allow_plain=True)
            alice.login("alice", server.password)
        self.assert_not_said(server)


if __name__ == "__main__":
    harness.in_own_network()
    hostile.main()
