#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that sends whatever it likes: frames that are none, floods, lies about acknowledgements, and everything that
a peer could forge if its server did not look."""

import json
import time

import hostile
import imclient
from hostile import LONG, UnderAttack
from server import (CARBONS, CLIENT, CONTINUED, DELAY, FORWARD, MAM, SID, SM, STREAM, TEXT, archive_result, carbon, frame)

MANY = 100_000 if LONG else 20_000
ENTITIES = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi"))
FULL = "alice@localhost/desktop"


class Frames(UnderAttack):
    def assert_skipped(self, *frames, **keys):
        for one in frames:
            self.say(one)
        self.assert_unharmed(**keys)

    def test_what_is_no_xml_is_skipped(self):
        self.assert_skipped("", " ", "<", "<message", "<message>", "</message>", "text", "<a><b></a></b>", "<a/><b/>",
                            "<message xmlns='jabber:client'><body>&undefined;</body></message>",
                            "<message xmlns='jabber:client'><body>\x01</body></message>",
                            "<message xmlns='jabber:client'><body>&#0;&#xD800;&#x1FFFFF;</body></message>",
                            "<message xmlns='jabber:client' from='bob@localhost' from='carol@localhost'/>",
                            "<message xmlns='jabber:client' from='bob@localhost'><body>cut o",
                            "<?xml version='1.0' encoding='UTF-16'?><message/>", "{\"json\": true}", "\ufeff")

    def test_what_is_not_utf_8_is_skipped_or_ends_the_connection(self):
        """RFC 6455 has it closed; then it is there again by itself."""
        for bad in (b"\xff\xfe", b"\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80", b"\0"):
            before = self.server.wait_bound()
            answered = len(self.server.said)
            self.say(b"<message xmlns='jabber:client' from='bob@localhost'><body>" + bad + b"</body></message>",
                     f"<r xmlns='{SM}'/>")
            self.server.wait_for(lambda: self.server.bound is not before or any(
                "<a " in text for text in self.server.said[answered:]), "an answer or a new connection")
        self.assert_unharmed()

    def test_entities_are_not_expanded(self):
        bomb = f"<!DOCTYPE m [<!ENTITY a 'ha'>{ENTITIES}]><message xmlns='{CLIENT}'><body>&i;</body></message>"
        outside = "<!DOCTYPE m [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + self.message("x").replace("x<", "&e;<")
        self.assert_skipped(bomb, outside, "<!DOCTYPE m SYSTEM 'http://127.0.0.1:1/x'>" + self.message("evil"))

    def test_large_frames_are_skipped(self):
        self.assert_skipped(self.message("x" * 2**20), self.message("y" * (5 * 2**20)))

    def test_a_frame_beyond_all_reason_ends_the_connection_and_not_the_program(self):
        before = self.server.wait_bound()
        before.send_raw(b"\x81\x7f" + (2**62).to_bytes(8, "big"))
        self.wait_new_session(before)
        self.assert_unharmed()

    def test_a_frame_at_the_limit_is_read(self):
        text = "z" * (900 * 1024)
        self.say(self.message(text))
        self.assert_unharmed(text)

    def test_nesting_is_bounded(self):
        self.assert_skipped(*(self.message("evil", inside="<x>" * depth + "</x>" * depth)
                              for depth in (101, 1000, 100_000)))

    def test_thousands_of_attributes_cost_no_time(self):
        begun = time.monotonic()
        attributes = "".join(f" a{number:x}=''" for number in range(100_000))
        spaces = "".join(f" xmlns:a{number:x}='n'" for number in range(50_000))
        self.assert_skipped(self.message("evil", inside=f"<x{attributes}/>"),
                            self.message("evil", inside=f"<x{spaces}/>"))
        self.assertLess(time.monotonic() - begun, 10)

    def test_a_message_of_thousands_of_parts_is_skipped(self):
        self.assert_skipped(self.message("evil", inside="<x/>" * 200_000))

    def test_unknown_stanzas_and_elements_are_skipped(self):
        self.assert_skipped(f"<nonsense xmlns='{CLIENT}'/>", "<message xmlns='jabber:server'><body>evil</body></message>",
                            "<message><body>evil</body></message>", f"<x:message xmlns:x='urn:x'><body/></x:message>",
                            f"<enabled xmlns='{SM}' id='other' resume='true'/>", f"<resumed xmlns='{SM}' h='7'/>",
                            f"<failed xmlns='{SM}'/>", "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>",
                            "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>eA==</challenge>",
                            "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='evil'/>",
                            f"<stream:features xmlns:stream='{STREAM}'/>", f"<iq xmlns='{CLIENT}'/>",
                            f"<iq xmlns='{CLIENT}' type='nonsense' id='1'/>", f"<iq xmlns='{CLIENT}' type='get'/>",
                            f"<presence xmlns='{CLIENT}'><body>evil</body></presence>")

    def test_binary_frames_and_pings_change_nothing(self):
        connection = self.server.wait_bound()
        connection.send(self.message("evil").encode(), 2)
        connection.send(b"x" * 125, 9)
        connection.send_raw(frame("x" * 50, TEXT, last=False) + frame("y" * 50, CONTINUED))
        self.assert_unharmed()


class Floods(UnderAttack):
    def flood(self, *frames, count=MANY):
        block = b"".join(frame(one) for one in frames) * max(1, 1000 // len(frames))
        for _ in range(count // 1000):
            self.server.wait_bound().send_raw(block)

    def test_tiny_frames(self):
        self.flood("<a/>", "x", f"<message xmlns='{CLIENT}'/>", f"<presence xmlns='{CLIENT}'/>",
                   f"<iq xmlns='{CLIENT}' type='result' id='none'/>")
        self.assert_unharmed()

    def test_questions_for_acknowledgements(self):
        self.flood(f"<r xmlns='{SM}'/>")
        self.assert_unharmed()

    def test_stream_errors_that_end_nothing(self):
        self.flood(f"<stream:error xmlns:stream='{STREAM}'><policy-violation "
                   "xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>")
        self.assert_unharmed()

    def test_chat_states(self):
        self.flood(self.message(None, inside="<composing xmlns='http://jabber.org/protocol/chatstates'/>"), count=5000)
        self.assert_unharmed()

    def test_requests(self):
        """They are answered as far as the queue goes, and own messages still go out."""
        self.flood(f"<iq xmlns='{CLIENT}' type='get' id='q' from='mallory@localhost/x'><query xmlns='evil'/></iq>")
        self.assertEqual(self.alice.send_text("good", "good answer", hostile.SECONDS)["message_status"], imclient.SENT)
        self.assert_unharmed()

    def test_markers_and_receipts_for_nothing(self):
        self.flood(self.message(None, inside="<displayed xmlns='urn:xmpp:chat-markers:0' id='none'/>"),
                   self.message(None, inside="<received xmlns='urn:xmpp:receipts' id='none'/>"))
        self.assert_unharmed()

    def test_messages_of_one_number(self):
        """The same random number in the same second, which once cost the square of their number."""
        container = "<tim xmlns='urn:linnet:tim:1'><json xmlns='urn:xmpp:json:0'>{\"message_rand\":1}</json></tim>"
        past = f"<delay xmlns='{DELAY}' from='localhost' stamp='2020-01-01T00:00:00Z'/>"
        count = MANY // 10
        self.server.say(*(self.message(f"good {number}th", inside=container + past) for number in range(count)))
        self.alice.wait_for_message(f"good {count - 1}th", hostile.SECONDS)
        self.assertEqual(len(self.alice.texts()), count + 1)
        self.assertEqual(len({message["message_unique_id"] for message in self.alice.messages()}), count + 1)


class Sessions(UnderAttack):
    """Stream management: what a lying server costs is the connection."""

    def reconnects(self, *frames):
        before = self.server.wait_bound()
        self.say(*frames)
        self.wait_new_session(before)
        self.alice.wait_network(imclient.DISCONNECTED)

    def test_more_is_acknowledged_than_was_sent(self):
        for h in ("1000", "-1"):
            self.reconnects(f"<a xmlns='{SM}' h='{h}'/>")
        self.assert_unharmed()

    def test_what_a_lie_confirmed_is_sent_again(self):
        """The server claims more than there was; the message that was on its way is not taken for sent."""
        held = []
        self.server.on_stanza = lambda connection, element: element.tag.endswith("}r") and not held.append(connection)
        call = self.alice.send("bob", "good for bob")
        self.server.wait_for(lambda: held, "<r/>")
        self.server.on_stanza = lambda connection, element: False
        held[0].say(f"<a xmlns='{SM}' h='77'/>")
        self.wait_new_session(held[0])
        self.assertEqual(self.alice.reply(call).code, 0)
        sent = [text for text in self.server.said if "good for bob" in text]
        self.assertEqual(len(sent), 2)
        self.assertEqual(len({text.split("id=")[1].split()[0] for text in sent}), 1, "under the same id")
        self.assert_unharmed()

    def test_a_session_of_somebody_else_is_not_resumed(self):
        def resume(connection, element):
            if element.tag != f"{{{SM}}}resume":
                return False
            connection.say(f"<resumed xmlns='{SM}' h='{before.received}' previd='of-somebody-else'/>",
                           self.message("evil", sender="mallory@localhost/x"))
            return True
        before = self.server.wait_bound()
        self.server.on_stanza = resume
        before.close()
        self.alice.wait_network(imclient.DISCONNECTED)
        self.wait_new_session(before)
        self.assert_unharmed()

    def test_another_address_is_not_bound(self):
        with hostile.Hostile() as evil:
            evil.on_stanza = lambda connection, element: element.tag == f"{{{CLIENT}}}iq" and not connection.answer(
                element, "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>mallory@localhost/x</jid></bind>")
            with hostile.Client("alice", evil) as client:
                reply = client.answer("TIMLogin", "alice", evil.password)
                self.assertNotEqual(reply.code, 0)
                self.assertIn("another address", reply.desc)


class Forgeries(UnderAttack):
    """The same as a peer could send if its server let it through."""

    def test_carbons_of_others(self):
        """CVE-2017-5589 and its kin."""
        inner = self.message("evil", sender="bob@localhost/x")
        sent = self.message("evil", sender=FULL, to="bob@localhost")
        for sender in ("mallory@localhost", "mallory@localhost/x", "alice@localhost/other", FULL, "localhost",
                       "alice@evil.example", "ALICE@localhost/x", ""):
            self.say(carbon(inner, sender=sender), carbon(sent, "sent", sender=sender))
        self.assert_unharmed()

    def test_carbons_inside_of_carbons_and_of_other_messages(self):
        evil = carbon(self.message("evil", sender="bob@localhost/x"), sender="mallory@localhost")
        forwarded = f"<forwarded xmlns='{FORWARD}'>{self.message('evil')}</forwarded>"
        self.say(carbon(evil), self.message(None, inside=forwarded),
                 self.message("with something inside", inside=forwarded, sender="mallory@localhost/x"))
        self.assert_unharmed("with something inside")

    def test_archive_results_nobody_asked_for(self):
        inner = self.message("evil", sender="bob@localhost/x")
        for sender in ("alice@localhost", "mallory@localhost", "localhost", FULL):
            self.say(archive_result(inner, "99", "guess", sender), archive_result(inner, "99", "", sender))
        self.assert_unharmed()

    def test_archive_results_and_ends_of_somebody_else(self):
        """Into the middle of a query, with its true ids."""
        def answer(connection, element):
            query = element.find(f"{{{MAM}}}query")
            if query is None:
                return False
            evil = self.message("evil", sender="bob@localhost/x")
            for sender in ("mallory@localhost", "localhost", FULL):
                connection.say(archive_result(evil, "66", query.get("queryid"), sender))
            connection.say(archive_result(evil, "67", query.get("queryid") + "x"))
            connection.say(f"<iq xmlns='{CLIENT}' from='mallory@localhost' type='result' id='{element.get('id')}'>"
                           f"<fin xmlns='{MAM}' complete='true'/></iq>")
            connection.say(f"<iq xmlns='{CLIENT}' from='mallory@localhost' type='error' id='{element.get('id')}'/>")
            connection.answer_query(element, query)
            return True
        with hostile.Hostile() as evil:
            evil.on_stanza = answer
            evil.archive = [evil.message("from the archive", sender="carol@localhost/x")]
            with hostile.Client("alice", evil) as client:
                client.login("alice", evil.password)
                client.wait_for_message("from the archive")
                self.assertEqual(client.stored(), [("carol", "from the archive")])

    def test_an_archive_without_end(self):
        """It is given up instead of read for ever, and the session begins."""
        asked = []

        def answer(connection, element):
            query = element.find(f"{{{MAM}}}query")
            if query is None:
                return False
            asked.append(query)
            connection.say(*[archive_result(self.message("evil"), "1", query.get("queryid"))] * 251)
            connection.answer(element, f"<fin xmlns='{MAM}'><set xmlns='http://jabber.org/protocol/rsm'><first>1</first>"
                              "<last>1</last></set></fin>")
            return True
        with hostile.Hostile() as evil:
            evil.on_stanza = answer
            with hostile.Client("alice", evil) as client:
                client.login("alice", evil.password)
                self.assertLess(len(asked), 5)
                self.assertEqual(client.stored(), [])

    def test_an_archive_that_goes_round(self):
        asked = []

        def answer(connection, element):
            query = element.find(f"{{{MAM}}}query")
            if query is None:
                return False
            asked.append(query)
            connection.say(archive_result(self.message("once", id="once"), "1", query.get("queryid")))
            connection.answer(element, f"<fin xmlns='{MAM}'><set xmlns='http://jabber.org/protocol/rsm'><first>1</first>"
                              "<last>1</last></set></fin>")
            return True
        with hostile.Hostile() as evil:
            evil.on_stanza = answer
            with hostile.Client("alice", evil) as client:
                client.login("alice", evil.password)
                self.assertLess(len(asked), 8)
                self.assertEqual(client.stored(), [("bob", "once")])

    def test_an_archive_that_fails_is_asked_again(self):
        """The session begins without it, and what it has comes a little later."""
        failures = []

        def answer(connection, element):
            if element.find(f"{{{MAM}}}query") is None or len(failures) == 2:
                return False
            failures.append(element)
            connection.say(f"<iq xmlns='{CLIENT}' type='error' id='{element.get('id')}'><error type='wait'>"
                           "<internal-server-error xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")
            return True
        with hostile.Hostile() as evil:
            evil.on_stanza = answer
            evil.archive = [evil.message("from the archive", sender="carol@localhost/x")]
            with hostile.Client("alice", evil) as client:
                client.login("alice", evil.password)
                client.wait_for_message("from the archive")
        self.assertEqual(len(failures), 2)

    def own(self, peer="bob"):
        """The wire id of a message that alice sends."""
        text = f"good for {peer}"
        self.alice.send_text(peer, text)
        return self.server.wait_said(text).split(" id=\"")[1].split("\"")[0]

    def status(self, peer="bob"):
        message = self.alice.history(peer, 1)[0]
        return (message["message_status"], message.get("message_linnet_is_delivered", False),
                message["message_is_peer_read"])

    def test_receipts_and_markers_of_somebody_else(self):
        wire_id = self.own()
        self.own("carol")
        for element in ("<received xmlns='urn:xmpp:receipts' id='{}'/>", "<displayed xmlns='urn:xmpp:chat-markers:0' id='{}'/>"):
            for sender in ("mallory@localhost/x", "carol@localhost/x", "localhost", "bob@evil.example",
                           "bob\\40localhost@localhost"):
                self.say(self.message(None, sender, element.format(wire_id)))
            self.say(self.message(None, inside=element.format("never-sent")))
        self.say_good("good so far")
        self.alice.wait_for_message("good so far")
        self.assertEqual(self.status(), (imclient.SENT, False, False))
        self.assertEqual(self.status("carol"), (imclient.SENT, False, False))
        self.assertEqual(self.alice.receipts_got(), [])
        self.say(self.message(None, inside=f"<displayed xmlns='urn:xmpp:chat-markers:0' id='{wire_id}'/>"))
        self.assert_unharmed()
        self.assertEqual(self.status(), (imclient.SENT, True, True), "the true one counts")
        self.assertEqual(self.status("carol"), (imclient.SENT, False, False))

    def test_refusals_of_somebody_else(self):
        wire_id = self.own()
        error = "<error type='cancel'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
        for sender in ("mallory@localhost/x", "carol@localhost", "evil.example", "bob@evil.example"):
            self.say(self.message("good for bob", sender, error, type="error", id=wire_id))
        self.say_good("good so far")
        self.alice.wait_for_message("good so far")
        self.assertEqual(self.status()[0], imclient.SENT)
        self.say(self.message("good for bob", "bob@localhost", error, type="error", id=wire_id))
        self.assert_unharmed()
        self.assertEqual(self.status()[0], imclient.FAILED, "the true one counts")

    def test_answers_of_somebody_else(self):
        """To requests of ours, with their ids."""
        forged = []

        def answer(connection, element):
            if element.find(f"{{{CARBONS}}}enable") is None:
                return False
            for sender in ("mallory@localhost/x", "evil.example", "carol@localhost"):
                connection.say(f"<iq xmlns='{CLIENT}' from='{sender}' type='error' id='{element.get('id')}'><error "
                               "type='cancel'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")
            forged.append(element)
            return False
        with hostile.Hostile() as evil:
            evil.on_stanza = answer
            with hostile.Client("alice", evil) as client:
                client.login("alice", evil.password)
                self.assertEqual(len(forged), 1)

    def test_roster_pushes(self):
        for sender in ("mallory@localhost", "evil.example", None, "alice@localhost"):
            of = f" from='{sender}'" if sender else ""
            self.say(f"<iq xmlns='{CLIENT}' type='set' id='push'{of}><query xmlns='jabber:iq:roster'>"
                     "<item jid='mallory@evil.example' name='Mum' subscription='both'/></query></iq>")
        self.say(f"<presence xmlns='{CLIENT}' from='mallory@localhost' type='subscribe'/>",
                 f"<presence xmlns='{CLIENT}' from='mallory@localhost' type='subscribed'/>")
        self.assert_unharmed()
        self.assertNotIn("type=\"result\"", self.server.everything_said())

    def test_the_same_again(self):
        """Whole stanzas, archive ids and origin ids that were there already."""
        first = self.message("once", inside=f"<stanza-id xmlns='{SID}' by='alice@localhost' id='s1'/>"
                             f"<origin-id xmlns='{SID}' id='o1'/>")
        again = self.message("evil, by origin", inside=f"<origin-id xmlns='{SID}' id='o1'/>")
        known = self.message("evil, by archive", inside=f"<stanza-id xmlns='{SID}' by='alice@localhost' id='s1'/>")
        self.say(first, *[first] * 100, again, known, carbon(first))
        self.assert_unharmed("once")

    def test_ids_of_somebody_else_hide_nothing(self):
        """An id that another sender has used, or that another archive is said to have given."""
        def with_ids(text, sender, by):
            return self.message(text, sender, f"<stanza-id xmlns='{SID}' by='{by}' id='s1'/>"
                                f"<origin-id xmlns='{SID}' id='o1'/>", id="w1")
        self.say(with_ids("first", "mallory@localhost/x", "mallory@localhost"),
                 with_ids("second", "carol@localhost/x", "alice@localhost"),
                 with_ids("third", "mallory@localhost/y", "localhost").replace("'o1'", "'o2'"),
                 with_ids("fourth", "bob@localhost/x", "alice@localhost"))
        self.assert_unharmed("first", "second", "third", "fourth")

    def test_types_that_do_not_fit(self):
        error = "<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
        self.say(self.message("evil", type="groupchat"), self.message("evil", type="headline"),
                 self.message("evil", type="error"), self.message("evil", type="error", inside=error),
                 self.message("evil", type="error", id=None),
                 self.message("like normal", type="nonsense"), self.message("normal", type=None),
                 self.message("two", inside="<body>evil</body><body xml:lang='de'>evil</body>"),
                 self.message("of another space").replace("<body>", "<body xmlns='urn:other'>"))
        self.assert_unharmed("like normal", "normal", "two")

    def test_times_that_cannot_be(self):
        now = time.time()
        stamps = ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "-271821-04-20T00:00:00Z", "1969-12-31T23:59:59Z",
                  "2106-02-07T06:28:16Z", "yesterday", "", "9" * 100)
        for stamp in stamps:
            self.say(self.message(f"at {stamp}", "mallory@localhost/x",
                                  f"<delay xmlns='{DELAY}' from='localhost' stamp='{stamp}'/>"))
        self.assert_unharmed(*(f"at {stamp}" for stamp in stamps))
        times = [message["message_server_time"] for message in self.alice.messages()]
        self.assertLess(max(abs(one - now) for one in times), 60)
        active = self.alice.conversation("mallory")["conv_active_time"]
        self.assertLessEqual(active, self.alice.conversation("good")["conv_active_time"], "nobody stays on top")

    def test_ids_that_are_too_long_or_have_lines(self):
        """They are no ids: the message is told, a receipt or marker does not name them, nothing is filed under them."""
        ids = ("x" * 500_000, "a\nmallory\tforged", "'\"<>&")
        self.say(*(self.message(f"number {number}", id=one.replace("\n", "&#10;"),
                                inside="<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/>")
                   .replace("&amp;#10;", "&#10;") for number, one in enumerate(ids)))
        self.alice.wait_for_message("number 2")
        self.alice.read("bob")
        self.assert_unharmed("number 0", "number 1", "number 2")
        self.assertNotIn("forged", self.server.everything_said())

    def test_signs_that_turn_or_hide_text(self):
        """In a text they are part of it; in an address there are none."""
        text = "\u202egnp.exe\u2066\u200b\u00ad\u0085\u2028 a\u0301\ufeff"
        self.say(self.message(text), self.message("evil", "b\u202eob@localhost/x"),
                 self.message("evil", "bob\u200b@localhost/x"), self.message("evil", "bob@local\u202ehost/x"))
        self.assert_unharmed(text)

    def test_addresses_of_every_length(self):
        longest = f"{'l' * 1023}@{'d' * 1023}/{'r' * 1023}"
        self.assertEqual(len(longest), 3071)
        self.say(self.message("from afar", longest), self.message("evil", longest + "r"),
                 self.message("evil", "m" + longest), self.message("evil", "x" * 900_000), self.message("evil", ""),
                 self.message("evil", "@"), self.message("evil", "a@b@c"), self.message("evil", "/r"))
        self.assert_unharmed("from afar")
        self.assertIsNotNone(self.alice.conversation(f"{'l' * 1023}@{'d' * 1023}"))
        self.alice.send_text(f"{'l' * 1023}@{'d' * 1023}", "good answer")

    def test_nobody_can_be_taken_for_somebody_else(self):
        """By an address that reads like another one once it is unescaped, or without its domain."""
        self.say(self.message("from the true Bob", "bob@other.example/x"),
                 self.message("of a namesake", "bob\\40other.example@localhost/x"),
                 self.message("from a user", "other.example@localhost/x"),
                 self.message("from a server", "other.example"), self.message("from our server", None))
        self.assert_unharmed("from the true Bob", "of a namesake", "from a user", "from a server", "from our server")
        self.assertEqual({conversation["conv_id"] for conversation in self.alice.conversations()} - {"good"},
                         {"bob@other.example", "bob\\40other.example@localhost", "other.example", "@other.example",
                          "@localhost"})
        for peer in ("bob\\40other.example@localhost", "@other.example"):
            self.alice.send_text(peer, "good answer")
        self.assertIn('to="bob\\40other.example@localhost"', self.server.everything_said())
        self.assertIn('to="other.example"', self.server.everything_said())

    def test_a_container_with_lies(self):
        """urn:linnet:tim:1 may say what has no standard form, and nothing else."""
        lies = {"message_sender": "carol", "message_conv_id": "carol", "message_conv_type": 2, "message_status": 4,
                "message_server_time": 1, "message_client_time": 2**64 - 1, "message_unique_id": 7, "message_seq": 9,
                "message_is_from_self": True, "message_is_read": True, "message_is_peer_read": True,
                "message_is_online_msg": True, "message_priority": 99, "message_platform": -1,
                "message_linnet_error_desc": "evil",
                "message_elem_array": [{"elem_type": 0, "text_elem_content": "evil"},
                                       {"elem_type": 4, "file_elem_file_path": "/etc/passwd"}]}
        broken = ("", "{", "null", "[]", "7", "{\"message_elem_array\":7}", "[" * 50_000, "{\"message_rand\":-1}",
                  "{\"message_rand\":1e400}", "{\"message_elem_array\":[{}]}")
        container = "<tim xmlns='urn:linnet:tim:1'><json xmlns='urn:xmpp:json:0'>{}</json></tim>"
        texts = ["the body counts"] + [f"number {number}" for number in range(len(broken))]
        for text, json_text in zip(texts, [json.dumps(lies), *broken]):
            self.say(self.message(text, inside=container.format(json_text)))
        self.say(self.message(None, inside=container.format(json.dumps(lies))))
        self.assert_unharmed(*texts)
        told = next(one for one in self.alice.messages() if imclient.text_of(one) == texts[0])
        self.assertEqual((told["message_sender"], told["message_conv_id"], told["message_conv_type"]), ("bob", "bob", 1))
        self.assertEqual((told["message_is_from_self"], told["message_is_read"], told["message_status"]),
                         (False, False, imclient.SENT))
        self.assertLess(abs(told["message_client_time"] - time.time()), 60)
        self.assertEqual(told["message_priority"], 1)


if __name__ == "__main__":
    hostile.main()
