#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Network, server and client break, one fault at a time: nothing is lost, nothing comes twice, every state is true."""

import contextlib
import unittest

import faults
import imclient
from faults import LONG, harness, process
from imclient import CONNECTED, DISCONNECTED, FAILED
from proxy import DOWN, UP

FREEZE_SECONDS = 60 if LONG else 2
LATENCIES = (0.5, 5) if LONG else (0.5,)
# ejabberd ends a connection that is not signed in within 30 s, of which the way there needs five round trips.
LONGEST_LATENCY_OF_A_LOGIN = 2 if harness.KIND == "ejabberd" else 5
# A login is at most so many frames of the server, with a catch-up of one page.
LOGIN_FRAMES = 24
STEPS = range(LOGIN_FRAMES) if LONG else range(1, LOGIN_FRAMES, 8)


class Network(faults.FaultCase):
    def test_the_connection_is_cut_inside_a_frame(self):
        talk = self.talk("alice", "bob")
        for direction, matches in ((UP, "<message"), (DOWN, "<message"), (DOWN, "<a ")):
            rules = [talk[name].proxy.when(direction, matches, keep=talk.random.randrange)
                     for name in ("alice", "bob")]
            talk.say("alice", "bob", 3)
            talk.say("bob", "alice", 3)
            for rule in rules:
                rule.wait()
            talk.recover(f"cut {direction} in {matches}")
        talk.check_archives()

    def test_everything_is_late(self):
        talk = self.talk("alice", "bob")
        for latency in LATENCIES:
            talk["alice"].proxy.delay = latency
            talk.say("alice", "bob", 5)
            talk.say("bob", "alice", 5)
            talk.agree()
            talk.recover(f"latency of {latency} s")

    def test_a_login_over_a_slow_connection(self):
        talk = self.talk("alice", "bob")
        talk["bob"].kill()
        talk.say("alice", "bob", 5)
        talk["bob"].proxy.delay = min(LATENCIES[-1], LONGEST_LATENCY_OF_A_LOGIN)
        talk["bob"].revive()
        talk.recover("a slow login")

    def test_bytes_come_in_pieces(self):
        talk = self.talk("alice", "bob")
        talk["alice"].proxy.piece = talk["bob"].proxy.piece = 7
        talk.say("alice", "bob", 20)
        talk.say("bob", "alice", 20)
        talk.agree()
        talk.recover("pieces")

    def test_connections_are_dropped_and_refused(self):
        talk = self.talk("alice", "bob")
        for _ in range(3):
            talk.say("alice", "bob", 2)
            mark = talk["alice"].client.mark()
            talk["alice"].proxy.refuse()
            talk["alice"].client.wait_network(DISCONNECTED, after=mark)
            talk.say("alice", "bob", 2)
            talk.say("bob", "alice", 2)
            talk.recover("dropped and refused")
        talk.check_archives()

    def test_an_old_connection_says_its_last_words_late(self):
        """They come when a new connection has long taken the session over."""
        talk = self.talk("alice", "bob")
        alice = talk["alice"]
        for _ in range(2):
            lose, release = alice.proxy.hold()
            talk.say("alice", "bob", 3)
            mark = alice.client.mark()
            lose()
            alice.client.wait_network(DISCONNECTED, after=mark)
            alice.client.wait_network(CONNECTED, after=mark, seconds=faults.AGREE_SECONDS)
            talk.say("alice", "bob", 3)
            release()
            talk.recover("reordered connections")
        talk.check_archives()

    def test_frames_that_nobody_can_read(self):
        talk = self.talk("alice", "bob")
        for name, raw in (("broken XML", b"\x81\x0e<message><body"), ("a frame of no kind", b"\x8f\x00"),
                          ("an endless frame", b"\x81\x7f" + (2 ** 40).to_bytes(8) + b"<message>" * 1000),
                          ("half a character", b"\x81\x02\xff\xfe"), ("a masked frame", b"\x81\x83abcdefg")):
            talk.say("alice", "bob", 2)
            talk["bob"].proxy.say_bytes(raw)
            talk.say("alice", "bob", 2)
            talk.say("bob", "alice", 2)
            talk.recover(name)

    @unittest.skipUnless(LONG, "takes a minute: the client does not believe it at once")
    def test_a_message_that_breaks_every_connection(self):
        """It fails, and nothing waits for it for ever."""
        talk = self.talk("alice", "bob")
        alice, bob = talk["alice"], talk["bob"]
        poison = "alice 2"
        rules = [alice.proxy.when(UP, poison, keep=1) for _ in range(20)]
        talk.say("alice", "bob", 3)
        call = next(number for number, text in alice.calls.items() if text == poison)
        failed = alice.client.wait_for(lambda event: event["event"] == "reply" and event["call"] == call,
                                       "its answer", 2 * faults.AGREE_SECONDS)
        self.assertNotEqual(failed["code"], 0)
        self.assertTrue(rules[0].fired.is_set())
        alice.refused.add(poison)
        talk.say("alice", "bob")
        talk.recover("a message that breaks every connection")
        state = next(one for one in alice.story(bob) if imclient.text_of(one) == poison)
        self.assertEqual(state["message_status"], FAILED)


class Server(faults.FaultCase):
    def test_killed_before_it_has_the_message(self):
        self.killed(lambda talk: talk["alice"].proxy.when(UP, "<message", before=self.server.process.kill))

    def test_killed_when_it_has_just_got_the_message(self):
        self.killed(lambda talk: talk["alice"].proxy.when(UP, "<message", after=self.server.process.kill))

    def test_killed_before_the_acknowledgement_is_out(self):
        self.killed(lambda talk: talk["alice"].proxy.when(DOWN, "<a ", before=self.server.process.kill, drop=True))

    def killed(self, arrange):
        talk = self.talk("alice", "bob")
        talk.say("alice", "bob")
        talk.agree()
        rule = arrange(talk)
        talk.say("alice", "bob", 10)
        rule.wait()
        process.wait_for(lambda: not self.server.is_running(), 60, "the server's end")
        talk.say("bob", "alice", 2)
        talk.recover("SIGKILL of the server")
        talk.say("alice", "bob")
        talk.agree()
        talk.check_archives()

    def test_killed_with_the_client_before_the_acknowledgement(self):
        """What the server may have kept for the sender only is still known when both come back."""
        talk = self.talk("alice", "bob")
        alice = talk["alice"]

        def power_cut():
            self.server.process.kill()
            alice.client.process.kill()
        rule = alice.proxy.when(UP, "<message", skip=2, after=power_cut)
        talk.say("alice", "bob", 10)
        rule.wait()
        process.wait_for(lambda: not alice.is_alive() and not self.server.is_running(), 60, "the end of both")
        talk.recover("SIGKILL of server and client")
        talk.check_archives()

    def test_frozen(self):
        talk = self.talk("alice", "bob")
        talk.say("alice", "bob", 3)
        mark = talk["alice"].client.mark()
        self.server.freeze()
        talk.say("alice", "bob", 3)
        talk.say("bob", "alice", 3)
        with contextlib.suppress(process.Timeout):
            # noticed only when it takes longer than the watchdog waits
            talk["alice"].client.wait_network(imclient.CONNECTING, FREEZE_SECONDS, after=mark)
            process.wait_for(lambda: False, FREEZE_SECONDS / 2, "the rest of the time")
        talk.recover(f"server frozen for {FREEZE_SECONDS} s")
        talk.check_archives()

    def test_restarted(self):
        talk = self.talk("alice", "bob")
        talk.say("alice", "bob", 5)
        self.server.shut_down()
        talk.say("alice", "bob", 5)
        talk.say("bob", "alice", 5)
        talk.recover("restart")
        talk.check_archives()

    def test_refused_stanzas(self):
        """A message to nobody fails with the reason; those around it arrive."""
        talk = self.talk("alice", "bob")
        alice = talk["alice"]
        talk.say("alice", "bob", 2)
        call = alice.client.send("nobody-at-all", "is anybody there?")
        talk.say("alice", "bob", 2)

        def state():
            found = [one["message_status"] for one in alice.story("nobody-at-all")]
            return found == [FAILED]
        process.wait_for(state, 60, "the refusal")
        self.assertIsNotNone(alice.client.reply(call))
        talk.recover("a refused stanza")


class Client(faults.FaultCase):
    def test_killed_when_a_message_was_accepted(self):
        talk = self.talk("alice", "bob")
        for _ in range(3):
            talk.say("alice", "bob", 5)
            talk["alice"].kill()
            talk.recover("SIGKILL after TIMMsgSendNewMsg")
        talk.check_archives()

    def test_killed_at_every_step_of_sending(self):
        talk = self.talk("alice", "bob")
        alice = talk["alice"]
        for direction, matches, skip in ((UP, "<message", 0), (UP, "<message", 4), (UP, "<r", 0), (DOWN, "<a ", 0),
                                         (DOWN, "<received", 0)):
            for moment in ("before", "after"):
                rule = alice.proxy.when(direction, matches, skip, **{moment: alice.client.process.kill})
                talk.say("alice", "bob", 5)
                rule.wait()
                process.wait_for(lambda: not alice.is_alive(), 60, "its end")
                talk.recover(f"SIGKILL {moment} {matches} {skip} goes {direction}")
        talk.check_archives()

    def test_killed_at_every_step_of_catching_up(self):
        talk = self.talk("alice", "bob")
        bob = talk["bob"]
        for step in STEPS:
            bob.kill()
            talk.say("alice", "bob", 3)
            self.die_in_login(bob, step)
            talk.recover(f"SIGKILL at frame {step} of the login")
        talk.check_archives()

    def die_in_login(self, person, skip, matches=""):
        """Its process ends at this frame of the server's."""
        person.client.run()
        person.lives += 1
        person.proxy.when(DOWN, matches, skip, after=person.client.process.kill)
        with contextlib.suppress(AssertionError, ValueError):
            person.client.login(person.user, harness.password(person.user), faults.AGREE_SECONDS)
        person.client.process.kill()
        person.client.process.wait()

    def test_killed_at_every_page_of_the_archive(self):
        talk = self.talk("alice", "bob")
        bob = talk["bob"]
        bob.kill()
        talk.say("alice", "bob", 600)  # three pages
        process.wait_for(lambda: not talk["alice"].unanswered(), 120, "the server to have them")
        for skip in (0, 1, 0):
            self.die_in_login(bob, skip, "<fin ")
            bob.kill()
        self.die_in_login(bob, 40, "<result ")
        talk.recover("SIGKILL at every page")
        talk.check_archives()

    def test_the_login_is_cut_at_every_step(self):
        """Of a device that is new: it signs in all the same, or says why not."""
        talk = self.talk("alice", "bob")
        bob = talk["bob"]
        talk.say("alice", "bob", 3)
        talk.agree()
        bob.client.logout()
        for step in STEPS:
            with imclient.Client(f"{bob.user}-{step}", bob.proxy, platform=f"new{step}") as device:
                bob.proxy.when(DOWN, "", skip=step, keep=talk.random.randrange)
                reply = device.answer("TIMLogin", bob.user, harness.password(bob.user), seconds=faults.AGREE_SECONDS)
                bob.proxy.heal()
                if reply.code != 0:
                    device.login(bob.user, harness.password(bob.user))
                self.assertEqual(faults.states(faults.whole_story(device, talk["alice"].user)),
                                 [text for _, text in talk["alice"].sent], f"step {step}")
                device.logout()


class Files(faults.FaultCase):
    """Uploads and downloads end in the middle: the message is there once, and everybody has the same bytes."""

    SIZE = 2 * 1024 * 1024
    CUTS = 10

    def setUp(self):
        self.pair = self.talk("alice", "bob")

    def send(self):
        """A file, whose upload goes wrong."""
        self.pair.send_file("alice", "bob", self.SIZE)

    def place(self):
        return self.pair.random.randrange(self.SIZE)

    def recover(self, name):
        self.pair.recover(name)
        self.pair.check_archives()
        self.pair.check_files()

    def test_uploads_are_cut_anywhere(self):
        for _ in range(self.CUTS):
            rule = self.pair.files.when(UP, at=self.place(), keep=True)
            self.send()
            rule.wait()
            self.pair.say("alice", "bob")
            self.pair.agree()
        self.recover(f"{self.CUTS} cuts in uploads")

    def test_an_upload_whose_answer_is_lost(self):
        rule = self.pair.files.when(DOWN, keep=0)
        self.send()
        rule.wait()
        self.recover("the answer to an upload is lost")

    def test_an_upload_stands_still_and_the_session_is_lost(self):
        rule = self.pair.files.when(UP, at=self.place(), before=lambda: self.pair.files.block(UP))
        self.send()
        rule.wait()
        self.pair["alice"].proxy.cut()
        self.pair.say("alice", "bob")
        self.pair.say("bob", "alice")
        self.recover("an upload stands still")

    def test_killed_in_the_middle_of_an_upload(self):
        alice = self.pair["alice"]
        for direction, at in ((UP, 0), (UP, self.place()), (DOWN, 0)):
            rule = self.pair.files.when(direction, at=at, after=alice.client.process.kill)
            self.send()
            self.pair.let("alice", "send_file", "bob", "alice's picture", self.pair.random) if at else None
            rule.wait()
            process.wait_for(lambda: not alice.is_alive(), 60, "its end")
            self.recover(f"SIGKILL when byte {at} of an upload goes {direction}")

    def test_the_server_is_killed_in_the_middle_of_an_upload(self):
        for direction, at in ((UP, self.place()), (DOWN, 0)):
            rule = self.pair.files.when(direction, at=at, before=self.server.process.kill)
            self.send()
            rule.wait()
            process.wait_for(lambda: not self.server.is_running(), 60, "the server's end")
            self.recover(f"SIGKILL of the server when byte {at} of an upload goes {direction}")

    def test_downloads_are_cut_and_the_client_is_killed(self):
        bob = self.pair["bob"]
        self.send()
        self.pair.agree()
        for number, what in enumerate(({"keep": True}, {"after": bob.client.process.kill})):
            rule = self.pair.files.when(DOWN, at=self.place(), **what)
            self.pair.let("bob", "fetch", "alice", self.pair.random, number)
            rule.wait()
            if "after" in what:
                process.wait_for(lambda: not bob.is_alive(), 60, "its end")
            self.recover("a download is broken off")


class Suspended(faults.FaultCase):
    """The server gives a silent session up after two seconds instead of five minutes."""

    options = {"resume_seconds": 2}

    def test_suspended_until_the_session_is_gone(self):
        talk = self.talk("alice", "bob")
        bob = talk["bob"]
        talk.say("alice", "bob", 2)
        talk.say("bob", "alice", 2)
        bob.suspend()
        talk.say("alice", "bob", 3)
        bob.proxy.cut()
        process.wait_for(lambda: not talk["alice"].unanswered(), 60, "the server to have them")
        with contextlib.suppress(process.Timeout):
            process.wait_for(lambda: False, 4, "the server to give it up")
        bob.resume()
        talk.say("bob", "alice", 2)
        talk.recover("suspended")
        talk.check_archives()


if __name__ == "__main__":
    faults.main()
