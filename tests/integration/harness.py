# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenarios share. The kind of server comes from LINNET_SERVER_KIND: prosody or ejabberd.

Every test has accounts of its own, so one server serves a whole file."""

import contextlib
import os
import pathlib
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts" / "lib"))

import imclient  # noqa: E402
import namespace  # noqa: E402
import peer  # noqa: E402
import servers  # noqa: E402

KIND = os.environ.get("LINNET_SERVER_KIND", "prosody")
SKIPPED = 77

# spec/callbacks.md: "Emit all 16 always; message_unique_id and message_platform too."
MESSAGE_KEYS = {
    "message_client_time", "message_conv_id", "message_conv_type", "message_custom_int", "message_custom_str",
    "message_elem_array", "message_is_from_self", "message_is_online_msg", "message_is_peer_read", "message_is_read",
    "message_platform", "message_priority", "message_rand", "message_sender", "message_seq", "message_server_time",
    "message_status", "message_unique_id",
}
CONVERSATION_KEYS = {
    "conv_active_time", "conv_id", "conv_is_has_draft", "conv_is_has_lastmsg", "conv_owner", "conv_type",
    "conv_unread_num",
}


def only_on(kind, why):
    return unittest.skipUnless(KIND == kind, why)


def new_server(**options):
    return servers.KINDS[KIND](**options)


class ServerCase(unittest.TestCase):
    """options: for the server of this class."""

    options = {}
    server = None
    _users = 0

    @classmethod
    def setUpClass(cls):
        cls.server = new_server(**cls.options).start()
        cls.addClassCleanup(cls.server.stop)

    # Accounts

    @classmethod
    def new_user(cls, name, server=None):
        """A new account; its password is password(name)."""
        ServerCase._users += 1
        user = f"{name}{ServerCase._users}"
        (server or cls.server).register(user, password(user))
        return user

    def user(self, name, server=None):
        return self.new_user(name, server)

    def client(self, name, **options):
        """A process with the library, not signed in."""
        options.setdefault("server", self.server)
        client = imclient.Client(name, **options)
        self.addCleanup(client.stop)
        return client

    def signed_in(self, user, **options):
        client = self.client(user, **options)
        client.login(user, password(user))
        return client

    def peer(self, user, **options):
        other = peer.Peer(self.server, user, password(user), **options)
        self.addCleanup(other.stop)
        return other

    def folder(self):
        return self.enterContext(tempfile.TemporaryDirectory(prefix="linnet-test-"))

    # Claims

    def assert_message_keys(self, message):
        self.assertEqual(MESSAGE_KEYS - set(message), set(), "keys that are always there")

    def assert_conversation_keys(self, conversation):
        self.assertEqual(CONVERSATION_KEYS - set(conversation), set(), "keys that are always there")
        self.assertEqual(conversation["conv_is_has_lastmsg"], "conv_last_msg" in conversation)
        self.assertEqual(conversation["conv_is_has_draft"], "conv_draft" in conversation)

    def assert_fails(self, code, client, function, *arguments, seconds=imclient.SECONDS):
        """The reply, which has this code and no result."""
        reply = client.answer(function, *arguments, seconds=seconds)
        self.assertEqual(reply.code, code, f"{function}: {reply.desc}\n{client.story()}")
        self.assertEqual(reply.text, "")
        return reply


def password(user):
    return f"the password of {user}"


def texts_of(messages):
    return [imclient.text_of(message) for message in messages]


def in_parallel(*functions):
    """Their results; the first failure is raised."""
    results = [None] * len(functions)
    failures = []

    def run(index, function):
        try:
            results[index] = function()
        except BaseException as error:
            failures.append(error)
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return results


def in_own_network():
    """Runs this program again in a network of its own. Returns there; ends with 77 where that cannot be done."""
    if not namespace.enter():
        print("a network of one's own is not possible here")
        sys.exit(SKIPPED)


def main():
    with contextlib.suppress(AttributeError):
        sys.stdout.reconfigure(line_buffering=True)
    unittest.main(verbosity=2)
