#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What needs a network of one's own: port 443 for finding the server by its domain, an address that is not loopback,
and a network that leads nowhere."""

import harness
import imclient
import servers
from harness import password
from namespace import NOT_LOOPBACK
from wire import Wire

HTTPS_PORT = 443


class Discovery(harness.ServerCase):
    options = {"https_port": HTTPS_PORT}

    def test_the_domain_is_enough(self):
        alice = self.user("alice")
        client = self.client(alice, server=None)
        client.choose_server(certificate_sha256=self.server.certificate_sha256)
        client.login(f"{alice}@localhost", password(alice))
        phases = [desc for _, _, desc in client.network()]
        self.assertEqual(phases[0], "Looking for the server")
        self.assertTrue(any(phase.startswith("Server found: ") for phase in phases), phases)

    def test_an_unknown_certificate_is_not_asked_for_addresses(self):
        client = self.client("alice", server=None)
        reply = self.assert_fails(9503, client, "TIMLogin", "alice@localhost", "secret")
        self.assertTrue(reply.desc.lower().endswith(f"sha256:{self.server.certificate_sha256}"), reply.desc)

    def test_a_domain_without_a_websocket(self):
        if harness.KIND != "prosody":
            self.skipTest("ejabberd names its WebSocket always")
        client = self.client("alice", server=None)
        client.choose_server(certificate_sha256=self.server.certificate_sha256)
        addresses = servers.write_host_meta
        addresses(self.server.folder / "www", [("urn:xmpp:alt-connections:xbosh", "https://localhost/bosh")])
        try:
            self.assert_fails(7013, client, "TIMLogin", "alice@localhost", "secret")
        finally:
            self.server.prepare()


class NotLoopback(harness.ServerCase):
    """A server that takes passwords in the clear only, behind an address that is another machine's."""

    options = {"only_plain": True}

    def setUp(self):
        self.wire = self.enterContext(Wire(self.server.http_port, host=NOT_LOOPBACK))
        self.url = f"ws://{NOT_LOOPBACK}:{self.wire.port}{self.server.ws_path}"

    def test_nothing_is_said_without_encryption(self):
        alice = self.user("alice")
        client = self.client(alice, server=None)
        client.choose_server(server_url=self.url, domain="localhost")
        reply = client.answer("TIMLogin", alice, password(alice))
        self.assertNotEqual(reply.code, 0)
        self.assertNotEqual(reply.desc, "")
        self.assertNotIn("<auth", self.wire.said())

    def test_unless_it_is_allowed_expressly(self):
        alice = self.user("alice")
        client = self.client(alice, server=None)
        client.choose_server(server_url=self.url, domain="localhost", allow_plain=True)
        client.login(alice, password(alice))


class Nowhere(harness.ServerCase):
    def test_no_network(self):
        client = self.client("alice", server=None)
        client.choose_server(server_url="wss://192.0.2.77/ws", domain="localhost")
        self.assert_fails(9512, client, "TIMLogin", "alice", "secret")
        self.assertEqual(client.network()[-1][:2], (imclient.CONNECT_FAILED, 9512))


if __name__ == "__main__":
    harness.in_own_network()
    harness.main()
