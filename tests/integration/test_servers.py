#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers and the stock client do what the other scenarios take for granted."""

import harness
import process


class Servers(harness.ServerCase):
    def test_stock_clients_talk(self):
        alice, bob = self.user("alice"), self.user("bob")
        a, b = self.peer(alice), self.peer(bob)
        phone = self.peer(bob, resource="phone")
        sent = a.send(b.jid, "Hello <b> & 你好", receipt=True, markable=True)
        self.assertEqual(b.wait_for(body="Hello <b> & 你好")["from"], a.jid)
        phone.wait_for(body="Hello <b> & 你好")
        a.wait_for(receipt=sent)
        b.mark_displayed(a.jid, sent)
        a.wait_for(displayed=sent)
        phone.wait_for(displayed=sent, carbon="sent")

    def test_data_survives_every_end(self):
        alice, bob = self.user("alice"), self.user("bob")
        ports = self.server.ports
        for end in (self.server.shut_down, self.server.kill):
            with self.subTest(end=end.__name__):
                a = self.peer(alice, resource=end.__name__)
                a.send_many(self.server.address(bob), [f"before {end.__name__}"])
                b = self.peer(bob, resource="before")
                process.wait_for(lambda: f"before {end.__name__}" in b.archive(), 20, "the message to be archived")
                a.stop()
                b.stop()
                end()
                self.assertFalse(process.is_listening(self.server.http_port))
                self.server.start()
                self.assertEqual(self.server.ports, ports)
                b = self.peer(bob, resource=end.__name__)
                self.assertEqual(b.archive()[-1], f"before {end.__name__}")

    def test_nothing_is_left_behind(self):
        other = harness.new_server()
        other.start()
        folder, ports, pid = other.folder, other.ports, other.process.pid
        other.stop()
        self.assertFalse(folder.exists())
        self.assertFalse(any(process.is_listening(port) for port in ports))
        with self.assertRaises(ProcessLookupError):
            import os
            os.kill(pid, 0)

    @harness.only_on("ejabberd", "Prosody knows no tokens")
    def test_tokens_expire(self):
        eve = self.user("eve")
        self.server.register(eve, "nobody knows", domain=self.server.jwt_domain)
        harness.peer.Peer(self.server, eve, self.server.token(eve, 60), domain=self.server.jwt_domain).stop()
        with self.assertRaisesRegex(AssertionError, "not authorized"):
            harness.peer.Peer(self.server, eve, self.server.token(eve, -60), domain=self.server.jwt_domain)

    def test_the_certificate_is_the_one_that_is_shown(self):
        import hashlib
        import ssl
        shown = ssl.get_server_certificate(("127.0.0.1", self.server.https_port))
        digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()
        self.assertEqual(digest, self.server.certificate_sha256)


if __name__ == "__main__":
    harness.main()
