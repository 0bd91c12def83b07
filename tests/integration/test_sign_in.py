#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in: how it goes, and every way in which it fails."""

import pathlib
import socket
import time

import harness
import imclient
import process
from harness import password
from wire import Wire

PHASES = ("Looking for the server", "Server found: ", "Secure connection", "Signing in", "Fetching conversations")
LOGGED_IN, LOGGED_OUT = 1, 3


class SignIn(harness.ServerCase):
    def test_it_goes_through_its_phases(self):
        alice = self.user("alice")
        client = self.client(alice)
        begun = time.monotonic()
        reply = client.login(alice, password(alice))
        print(f"\nlogin on {harness.KIND}: {1000 * (time.monotonic() - begun):.0f} ms")
        self.assertEqual(reply.text, "")
        self.assertEqual(client.call("TIMGetLoginStatus"), LOGGED_IN)
        self.assertEqual(client.do("call", function="TIMGetLoginUserID", arguments=[])["call"], alice)
        client.wait_network(imclient.CONNECTED)
        statuses = client.network()
        self.assertEqual(statuses[-1][:2], (imclient.CONNECTED, 0))
        phases = [desc for status, code, desc in statuses if status == imclient.CONNECTING]
        order = [next(index for index, phase in enumerate(PHASES) if desc.startswith(phase)) for desc in phases]
        self.assertEqual(order, sorted(order), phases)
        self.assertIn("Signing in", phases)
        self.assertIn("Fetching conversations", phases)
        self.assertEqual({code for _, code, _ in statuses}, {0})

    def test_a_whole_address_is_a_user_too(self):
        alice = self.user("alice")
        client = self.client(alice)
        client.login(self.server.address(alice), password(alice))
        self.assertEqual(client.call("TIMGetLoginStatus"), LOGGED_IN)

    def test_wrong_password(self):
        alice = self.user("alice")
        client = self.client(alice)
        self.assert_fails(70003, client, "TIMLogin", alice, "not the password")
        self.assertEqual(client.call("TIMGetLoginStatus"), LOGGED_OUT)
        self.assertEqual(client.network()[-1][:2], (imclient.CONNECT_FAILED, 70003))
        client.login(alice, password(alice))

    def test_unknown_account(self):
        client = self.client("nobody")
        self.assert_fails(70003, client, "TIMLogin", "nobody", "whatever")

    def test_unknown_host(self):
        client = self.client("alice", server=None)
        self.assert_fails(9516, client, "TIMLogin", "alice@no-such-host.invalid", "secret", seconds=40)
        client.choose_server(server_url="wss://no-such-host.invalid/ws", domain="localhost")
        self.assert_fails(9516, client, "TIMLogin", "alice", "secret", seconds=40)

    def test_nobody_listens(self):
        port, = process.free_ports(1)
        client = self.client("alice", server=None)
        client.choose_server(server_url=f"ws://127.0.0.1:{port}/ws", domain="localhost")
        self.assert_fails(9511, client, "TIMLogin", "alice", "secret")

    @harness.only_on("prosody", "no server is asked")
    def test_no_answer(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            client = self.client("alice", server=None)
            client.choose_server(server_url=f"ws://127.0.0.1:{silent.getsockname()[1]}/ws", domain="localhost")
            self.assert_fails(9510, client, "TIMLogin", "alice", "secret", seconds=60)

    def test_an_address_that_is_no_websocket(self):
        client = self.client("alice", server=None)
        client.choose_server(server_url=f"ws://127.0.0.1:{self.server.http_port}/elsewhere", domain="localhost")
        self.assert_fails(7013, client, "TIMLogin", "alice", "secret")

    def test_unknown_certificate_is_accepted_by_its_fingerprint(self):
        alice = self.user("alice")
        client = self.client(alice, server=None)
        client.choose_server(server_url=self.server.wss_url, domain="localhost")
        reply = self.assert_fails(9503, client, "TIMLogin", alice, password(alice))
        self.assertTrue(reply.desc.lower().endswith(f"sha256:{self.server.certificate_sha256}"), reply.desc)

        client.choose_server(server_url=self.server.wss_url, domain="localhost", certificate_sha256="00" * 32)
        self.assert_fails(9503, client, "TIMLogin", alice, password(alice))

        client.choose_server(server_url=self.server.wss_url, domain="localhost",
                             certificate_sha256=self.server.certificate_sha256)
        client.login(alice, password(alice))
        self.assertIn("Secure connection", [desc for _, _, desc in client.network()])

    def test_the_password_is_never_said(self):
        alice = self.user("alice")
        with Wire(self.server.http_port) as wire:
            client = self.client(alice, server=None)
            client.choose_server(server_url=f"ws://127.0.0.1:{wire.port}{self.server.ws_path}", domain="localhost")
            client.login(alice, password(alice))
            said = wire.said()
            client.stop()
        self.assertRegex(said, 'mechanism=["\']SCRAM-SHA-256["\']')
        self.assertNotIn("PLAIN", said)
        self.assertNotIn(password(alice), said)

    def test_registration_of_an_account(self):
        client = self.client("new")
        name = f"new-{harness.KIND}"
        request = {"request_internal_operation": "internal_operation_register_account",
                   "request_register_account_param": {"register_account_param_user_id": name,
                                                      "register_account_param_password": "long enough"}}
        reply = client.ask("callExperimentalAPI", request)
        self.assertEqual(reply.json["response_internal_operation"], "internal_operation_register_account")
        client.login(name, "long enough")
        client.logout()
        again = client.answer("callExperimentalAPI", request)
        self.assertEqual((again.code, again.desc), (70108, "this name is taken"))


class Tokens(harness.ServerCase):
    """A token in the place of the password."""

    def setUp(self):
        if harness.KIND != "ejabberd":
            self.skipTest("Prosody knows no tokens")
        self.name = self.user("eve")
        self.server.register(self.name, "nobody knows", domain=self.server.jwt_domain)
        self.eve = self.client(self.name, server=None)
        self.eve.choose_server(server_url=self.server.wss_url, domain=self.server.jwt_domain,
                               certificate_sha256=self.server.certificate_sha256)

    def test_it_is_taken(self):
        self.eve.login(self.name, self.server.token(self.name, 600))
        self.assertEqual(self.eve.call("TIMGetLoginStatus"), LOGGED_IN)

    def test_an_expired_one_is_seen_without_asking(self):
        reply = self.eve.answer("TIMLogin", self.name, self.server.token(self.name, -60))
        self.assertIn(reply.code, (70001, 6206), reply.desc)
        self.assertEqual(self.eve.of("expired"), [], "the callback is for sessions")

    def test_it_expires_in_the_middle(self):
        self.eve.login(self.name, self.server.token(self.name, 4))
        self.eve.wait_for(lambda event: event["event"] == "expired", "TIMUserSigExpiredCallback")
        self.assertEqual(self.eve.call("TIMGetLoginStatus"), LOGGED_OUT)
        self.eve.login(self.name, self.server.token(self.name, 600))
        self.assertEqual(len(self.eve.of("expired")), 1)

    def test_one_of_somebody_else(self):
        self.assert_fails(70003, self.eve, "TIMLogin", self.name, self.server.token("mallory", 600))


class WithoutWebSocket(harness.ServerCase):
    options = {"websocket": False}

    def test_it_is_said(self):
        alice = self.user("alice")
        client = self.client(alice)
        self.assert_fails(7013, client, "TIMLogin", alice, password(alice))


class OnlyPlain(harness.ServerCase):
    """A server that takes passwords in the clear only."""

    options = {"only_plain": True}

    def test_on_this_machine_it_is_done(self):
        alice = self.user("alice")
        self.signed_in(alice)

    def test_inside_tls_it_is_done(self):
        alice = self.user("alice")
        client = self.client(alice, server=None)
        client.choose_server(server_url=self.server.wss_url, domain="localhost",
                             certificate_sha256=self.server.certificate_sha256)
        client.login(alice, password(alice))


class TooManyAttempts(harness.ServerCase):
    options = {"max_auth_failures": 2} if harness.KIND == "ejabberd" else {}

    @harness.only_on("ejabberd", "Prosody 0.12 does not count them")
    def test_it_is_said(self):
        alice = self.user("alice")
        client = self.client(alice)
        codes = [client.answer("TIMLogin", alice, "wrong").code for _ in range(3)]
        codes.append(client.answer("TIMLogin", alice, password(alice)).code)
        self.assertEqual(codes[0], 70003)
        self.assertEqual(codes[-1], 70050, codes)


class Full(harness.ServerCase):
    options = {"plugins": pathlib.Path(__file__).parent / "prosody", "plugin": "full"} \
        if harness.KIND == "prosody" else {}

    @harness.only_on("prosody", "ejabberd removes an older session instead of refusing the new one")
    def test_it_is_said(self):
        alice = self.user("alice")
        self.assert_fails(60018, self.client(alice), "TIMLogin", alice, password(alice))


if __name__ == "__main__":
    harness.main()
