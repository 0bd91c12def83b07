#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a stranger with an account can do through a real server that does its best. Prosody or ejabberd, as
LINNET_SERVER_KIND says."""

import asyncio
import time

import hostile
import harness
import imclient
import peer
from harness import password
from hostile import LONG
from server import CARBONS, DELAY, FORWARD, MAM, SID

NS_TIM = "<tim xmlns='urn:linnet:tim:1'><json xmlns='urn:xmpp:json:0'>{}</json></tim>"
FLOOD = 5000 if LONG else 1000


class Stranger(hostile.Unharmed, harness.ServerCase):
    """mallory has an account and says what she likes; bob is a friend."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob_name, cls.mallory_name = cls.new_user("bob"), cls.new_user("mallory")
        cls.bob, cls.mallory = (peer.Peer(cls.server, name, password(name)) for name in (cls.bob_name, cls.mallory_name))
        cls.addClassCleanup(cls.bob.stop)
        cls.addClassCleanup(cls.mallory.stop)

    def setUp(self):
        self.alice_name = self.user("alice")
        self.alice = hostile.Client(self.alice_name, self.server, receipts=True)
        self.addCleanup(self.alice.stop)
        self.alice.login(self.alice_name, password(self.alice_name))
        self.address = self.server.address(self.alice_name)
        self.say_good("good day")
        self.alice.wait_for_message("good day")
        self.begin()

    def say_good(self, text):
        """After all that mallory said was handled."""
        async def do():
            ping = self.mallory.client["xep_0199"].send_ping
            await ping(self.server.domain, timeout=hostile.SECONDS)
        self.mallory.run(do(), hostile.SECONDS)
        self.bob.send(self.address, text)

    def say(self, *texts):
        async def do():
            for text in texts:
                self.mallory.client.send_raw(text)
        self.mallory.run(do())

    def message(self, inside, to=None, **attributes):
        attributes = {"to": to or f"{self.address}", "type": "chat", "id": f"m{time.monotonic_ns()}", **attributes}
        written = "".join(f" {name}='{value}'" for name, value in attributes.items() if value is not None)
        return f"<message{written}>{inside}</message>"

    def relogin(self, **options):
        """On a new device: everything out of the archive."""
        client = hostile.Client(self.alice_name, self.server, platform="other", **options)
        self.addCleanup(client.stop)
        client.login(self.alice_name, password(self.alice_name))
        return client


class Forgeries(Stranger):
    def test_carbons_and_archive_results(self):
        inner = (f"<message xmlns='jabber:client' from='{self.server.address(self.bob_name)}/x' to='{self.address}' "
                 "type='chat'><body>evil</body></message>")
        result = (f"<result xmlns='{MAM}' id='1' queryid='guess'><forwarded xmlns='{FORWARD}'>{inner}</forwarded></result>")
        for to in (self.address, f"{self.address}/desktop"):
            self.say(*(self.message(f"<{name} xmlns='{CARBONS}'><forwarded xmlns='{FORWARD}'>{inner}</forwarded></{name}>",
                                    to) for name in ("sent", "received")),
                     self.message(result, to), self.message(f"<forwarded xmlns='{FORWARD}'>{inner}</forwarded>", to))
        self.assert_unharmed()
        self.assertEqual(self.alice.conversation(self.mallory_name), None)

    def test_the_sender_is_the_one_who_signed_in(self):
        for sender in (self.server.address(self.bob_name), self.address, self.server.domain):
            victim = self.peer(self.user("eve"))
            text = f"<message from='{sender}' to='{self.address}' type='chat'><body>evil</body></message>"

            async def do(client=victim.client, text=text):
                client.send_raw(text)
                answered = asyncio.ensure_future(client["xep_0199"].send_ping(self.server.domain))
                await asyncio.wait([answered, client.disconnected], return_when=asyncio.FIRST_COMPLETED)
                answered.cancel()
            victim.run(do())
        self.say_good("good so far")
        self.alice.wait_for_message("good so far")
        senders = {message["message_sender"] for message in self.alice.messages()
                   if imclient.text_of(message) == "evil"}
        self.assertNotIn(self.bob_name, senders)
        self.assertNotIn(self.alice_name, senders)
        self.assertFalse({sender for sender in senders if not sender.startswith("eve")}, senders)

    def test_receipts_markers_and_refusals(self):
        sent = self.alice.send_text(self.bob_name, "good for bob")
        wire_id = self.bob.wait_for(body="good for bob")["id"]
        for element in (f"<received xmlns='urn:xmpp:receipts' id='{wire_id}'/>",
                        f"<displayed xmlns='urn:xmpp:chat-markers:0' id='{wire_id}'/>"):
            self.say(self.message(element), self.message(element, f"{self.address}/desktop"))
        self.say(self.message("<error type='cancel'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>",
                              f"{self.address}/desktop", type="error", id=wire_id))
        self.say_good("good so far")
        self.alice.wait_for_message("good so far")
        now = next(one for one in self.alice.history(self.bob_name)
                   if one["message_unique_id"] == sent["message_unique_id"])
        self.assertEqual(now["message_status"], imclient.SENT)
        self.assertFalse(now["message_is_peer_read"])
        self.assertEqual(self.alice.receipts_got(), [])

    def test_archive_ids(self):
        """A stanza-id in our account's name must not move the place up to which the archive is known: what comes
        while alice is away would never be fetched."""
        for archive_id in ("9999999999999999", "evil"):
            for hint in ("store", "no-store"):
                self.say(self.message(f"<body>{archive_id} {hint}</body><stanza-id xmlns='{SID}' by='{self.address}' "
                                      f"id='{archive_id}'/><{hint} xmlns='urn:xmpp:hints'/>"))
        self.say_good("good so far")
        self.alice.wait_for_message("good so far")
        self.alice.logout()
        self.bob.send(self.address, "while she was away")
        self.bob.sync()
        self.alice.login(self.alice_name, password(self.alice_name))
        self.alice.wait_for_message("while she was away")
        texts = self.alice.texts()
        self.assertEqual(len(texts), len(set(texts)), texts)

    def test_times(self):
        now = time.time()
        for stamp in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"):
            self.say(self.message(f"<body>{stamp}</body><delay xmlns='{DELAY}' from='{self.server.domain}' "
                                  f"stamp='{stamp}'/>"))
        self.assert_unharmed("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")
        for client in (self.alice, self.relogin()):
            for message in client.history(self.mallory_name):
                self.assertLess(abs(message["message_server_time"] - now), 60)

    def test_the_same_again(self):
        same = self.message(f"<body>once</body><origin-id xmlns='{SID}' id='o1'/>", id="w1")
        self.say(*[same] * 50)
        self.assert_unharmed("once")
        # another sender may use the same ids

        async def do():
            self.bob.client.send_raw(same)
        self.bob.run(do())
        self.assert_unharmed("once", "once")

    def test_types(self):
        self.say(*(self.message(f"<body>{kind}</body>", type=kind) for kind in ("headline", "error", "groupchat")),
                 self.message("<body>normal</body>", type=None))
        self.assert_unharmed("normal")

    def test_requests(self):
        """Pushes and questions of a stranger to the device whose name she can guess."""
        for kind, payload in (("set", "<query xmlns='jabber:iq:roster'><item jid='evil@localhost' subscription='both'/>"
                               "</query>"), ("get", "<query xmlns='jabber:iq:version'/>"),
                              ("set", f"<fin xmlns='{MAM}'/>"), ("get", "<nonsense xmlns='evil'/>")):
            self.say(f"<iq to='{self.address}/desktop' type='{kind}' id='q'>{payload}</iq>")
        self.say(*(f"<iq to='{self.address}/desktop' type='{kind}' id='guess'/>" for kind in ("result", "error")))
        self.say(*(f"<presence to='{self.address}' type='{kind}'/>" for kind in ("subscribe", "subscribed",
                                                                                "unsubscribed", "probe", "error")))
        self.assert_unharmed()


class Contents(Stranger):
    def test_large_texts(self):
        """As large as the server takes them; then a new device reads a hundred of them from the archive."""
        text = "x" * 60_000
        count = 300 if LONG else 60
        self.say(*(self.message(f"<body>{number} {text}</body>") for number in range(count)))
        self.alice.wait_until(lambda: len(self.alice.texts()) == count + 1, "all of them", hostile.SECONDS)
        other = self.relogin()
        self.assertEqual(len(other.history(self.mallory_name, 200)), min(count, 200))
        self.assertLess(hostile.memory_of(other), 8 * hostile.MEMORY + self.memory, "with what the test itself keeps")

    def test_messages_of_many_parts(self):
        parts = "<x/>" * 5000
        attributes = "".join(f" a{number}=''" for number in range(2000))
        self.say(*(self.message(f"<body>evil</body><y xmlns='evil'>{parts}</y>") for _ in range(5)),
                 *(self.message(f"<body>evil</body><y xmlns='evil'{attributes}/>") for _ in range(3)))
        self.assert_unharmed()
        self.assertEqual([text for _, text in self.relogin().stored() if not text.startswith("good ")], [])

    def test_containers(self):
        lies = ('{"message_sender":"bob","message_conv_id":"bob","message_is_from_self":true,"message_client_time":'
                '18446744073709551615,"message_elem_array":[{"elem_type":4,"file_elem_file_path":"/etc/passwd"}]}')
        self.say(*(self.message(f"<body>text {number}</body>" + NS_TIM.format(json_text.replace("<", "&lt;")))
                   for number, json_text in enumerate((lies, "{", "[" * 10_000, "null", "\u202e"))))
        self.assert_unharmed(*(f"text {number}" for number in range(5)))
        self.assertEqual({message["message_sender"] for message in self.alice.messages()},
                         {self.bob_name, self.mallory_name})

    def test_names_that_read_like_others(self):
        """bob\\40other.example of this server is not bob@other.example."""
        name = "bob\\40other.example"
        self.server.register(name, password(name))
        namesake = self.peer(name)
        namesake.send(self.address, "of a namesake")
        self.alice.wait_for_message("of a namesake")
        conversations = {conversation["conv_id"] for conversation in self.alice.conversations()}
        self.assertIn(f"{name}@{self.server.domain}", conversations)
        self.assertNotIn("bob@other.example", conversations)
        self.alice.send_text(f"{name}@{self.server.domain}", "good answer")
        namesake.wait_for(body="good answer")


class Floods(Stranger):
    def test_messages(self):
        """All are told, in order, and what is said meanwhile goes out."""
        texts = [f"number {number}" for number in range(FLOOD)]
        call = None
        self.say(*(self.message(f"<body>{text}</body><request xmlns='urn:xmpp:receipts'/>") for text in texts))
        call = self.alice.send(self.bob_name, "good meanwhile")
        self.assertEqual(self.alice.reply(call, hostile.SECONDS * 3).code, 0)
        self.alice.wait_for_message(texts[-1], hostile.SECONDS * 3)
        self.assertEqual([text for text in self.alice.texts() if text.startswith("number ")], texts)

    def test_requests(self):
        self.say(*[f"<iq to='{self.address}/desktop' type='get' id='q'><ping xmlns='urn:xmpp:ping'/></iq>"] * FLOOD)
        call = self.alice.send(self.bob_name, "good meanwhile")
        self.assertEqual(self.alice.reply(call, hostile.SECONDS * 3).code, 0)
        self.bob.wait_for(body="good meanwhile", seconds=hostile.SECONDS)
        self.assert_unharmed()


if __name__ == "__main__":
    harness.main()
