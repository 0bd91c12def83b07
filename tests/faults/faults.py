# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of faults share: people who talk through a real server while things break, and the claim that
afterwards everybody holds the same.

    class Cuts(faults.FaultCase):
        def test_the_connection_is_cut(self):
            talk = self.talk("alice", "bob")
            talk.say("alice", "bob", 3)
            talk["alice"].proxy.cut()
            talk.recover("cut")         # heals everything, waits until all agree, prints how long it took

A seed stands in LINNET_SEED, or is made; it is printed, and repeats the choices of a run. LINNET_LONG=1 asks for the
full length. LINNET_SERVER_KIND: prosody or ejabberd."""

import os
import pathlib
import random
import signal
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

import harness  # noqa: E402
import imclient  # noqa: E402
import process  # noqa: E402
from harness import password  # noqa: E402
from imclient import FAILED, SENT, text_of  # noqa: E402
from proxy import Proxy  # noqa: E402

LONG = os.environ.get("LINNET_LONG") == "1"
SEED = os.environ.get("LINNET_SEED") or str(random.SystemRandom().randrange(10 ** 9))
AGREE_SECONDS = 120
PAGE = 200
DELIVERED = "message_linnet_is_delivered"


class Person:
    """One account on one device, whose process may end at any moment. sent: (to whom, text) in the order of sending,
    of all lives; read: whom → how many of their messages were read; reading: whose, while it is asked for."""

    def __init__(self, case, name, **options):
        self.name = name
        self.user = case.user(name)
        self.proxy = Proxy(case.server)
        case.addCleanup(self.proxy.close)
        self.sent, self.refused, self.read, self.calls = [], set(), {}, {}
        self.reading = None
        self.told_before, self.lives = [], 1
        self.client = case.client(self.user, server=self.proxy, folder=case.folder(), receipts=True, **options)

    def login(self, seconds=AGREE_SECONDS):
        self.client.login(self.user, password(self.user), seconds)
        return self

    # What a person does

    def say(self, peer, text):
        """Whoever is killed meanwhile may or may not have said it."""
        self.sent.append((peer.user, text))
        try:
            self.calls[self.client.send(peer.user, text)] = text
        except (AssertionError, ValueError):
            if self.is_alive():
                raise

    def read_all(self, peer):
        """Up to the newest that is here now. Whoever is killed meanwhile may or may not have read it."""
        theirs = [one for one in self.story(peer) if not one["message_is_from_self"]]
        if theirs:
            self.reading = peer.user
            self.client.read(peer.user, theirs[-1])
            self.reading = None
            self.read[peer.user] = len(theirs)

    # Its process

    def is_alive(self):
        return self.client.process.poll() is None

    def kill(self):
        """SIGKILL; what was told until then is remembered."""
        self.client.kill()
        self.told_before.append(self.client.messages())

    def revive(self):
        """After it was killed: signs in again with the same local data."""
        if self.client.reader.is_alive() or not self.client.process.stdin.closed:
            self.kill()
        self.client.run()
        self.lives += 1
        self.login()
        self._forget_unsaid()
        self._find_out_what_was_read()
        self.calls = {}

    def _forget_unsaid(self):
        """What was accepted and not yet stored when the process was killed nobody has seen: the end of what it said,
        never anything before, and nothing that was answered."""
        users = {user for user, _ in self.sent}
        stored = {text_of(one) for user in users for one in self.story(user)}
        while self.sent and self.sent[-1][1] not in stored:
            self.sent.pop()
        lost = [text for _, text in self.sent if text not in stored]
        assert not lost, f"{self.user} has lost {lost}"

    def _find_out_what_was_read(self):
        if self.reading:
            self.read[self.reading] = sum(one["message_is_read"] for one in self.story(self.reading)
                                          if not one["message_is_from_self"])
            self.reading = None

    def suspend(self):
        self.client.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.client.process.send_signal(signal.SIGCONT)

    # What it knows

    def story(self, peer):
        """The whole conversation, oldest first."""
        return whole_story(self.client, getattr(peer, "user", peer))

    def told(self, peer):
        """Texts of this peer that the callback told, per life."""
        lives = [*self.told_before, self.client.messages()]
        return [[text_of(one) for one in life if one["message_sender"] == peer.user] for life in lives]

    def last_words(self, last=12):
        """For messages of failures: what it was told, without the answers to our own questions."""
        events = [f"    {event['event']} {event.get('values')}"[:300] for event in self.client.events
                  if event["event"] not in ("reply", "conversation", "log")]
        return "\n".join(events[-last:])

    def unanswered(self):
        """Calls of this life that were not answered, or not with the code they deserve."""
        replies = {}
        for event in self.client.of("reply"):
            replies.setdefault(event["call"], []).append(event["code"])
        return [(text, replies.get(call)) for call, text in self.calls.items()
                if [code != 0 for code in replies.get(call, [])] != [text in self.refused]]


def whole_story(client, user):
    found, last = [], None
    while True:
        page = client.history(user, PAGE, last)
        found += page
        if len(page) < PAGE:
            return found[::-1]
        last = page[-1]


class Talk:
    """People by name. difference() says what is not yet as it must be; None when everybody agrees."""

    def __init__(self, case, names, seed, **options):
        self.case, self.server = case, case.server
        self.random = random.Random(seed)
        self.people = {name: Person(case, name, **options) for name in names}
        for person in self.people.values():
            person.login()
        self.count = 0
        self.times = []

    def __getitem__(self, name):
        return self.people[name]

    def say(self, name, peer, number=1):
        for _ in range(number):
            self.count += 1
            self[name].say(self[peer], f"{name} {self.count}")

    def chatter(self, number):
        """Anybody says something to anybody, and now and then somebody reads."""
        for _ in range(number):
            name, peer = self.random.sample(sorted(self.people), 2)
            if self[name].is_alive():
                self.say(name, peer)
        name, peer = self.random.sample(sorted(self.people), 2)
        if self.random.random() < 0.3 and self[name].is_alive():
            try:
                self[name].read_all(self[peer])
            except AssertionError:
                if self[name].is_alive():   # else it was killed in the middle
                    raise

    def heal(self):
        """Everything works again."""
        for person in self.people.values():
            person.proxy.forget()
        if not self.server.is_running():
            self.server.start()
        self.server.thaw()
        for person in self.people.values():
            person.proxy.heal()
            if person.is_alive():
                person.resume()
            else:
                person.revive()

    def recover(self, name, seconds=AGREE_SECONDS):
        """Heals, and waits until all agree."""
        print(f"    {name}", end="", flush=True)
        self.heal()
        began = time.monotonic()
        self.agree(seconds)
        self.times.append((time.monotonic() - began, name))
        print(f": recovered in {self.times[-1][0]:.2f} s", flush=True)

    def agree(self, seconds=AGREE_SECONDS):
        last = []

        def look():
            last[:] = [self.difference()]
            return last[0] is None
        try:
            process.wait_for(look, seconds, lambda: f"agreement: {last[0]}")
        except process.Timeout as timeout:
            for person in self.people.values():
                print(f"\n  {person.user}:", *person.proxy.last_frames(), sep="\n    ", flush=True)
            stories = "\n".join(f"  {person.user}:\n{person.last_words()}" for person in self.people.values())
            raise process.Timeout(f"seed {SEED}: {timeout}\n{stories}") from None

    def pairs(self):
        return [(one, other) for one in self.people.values() for other in self.people.values() if one is not other]

    def difference(self):
        for person in self.people.values():
            if person.unanswered():
                return f"{person.user} waits for the answers of {person.unanswered()[:3]}"
        claims = {(one, other): texts(message for message in one.story(other) if message.get(DELIVERED)
                                      and message["message_is_from_self"]) for one, other in self.pairs()}
        stories = {(one.user, other.user): one.story(other) for one, other in self.pairs()}
        for (sender, receiver), claimed in claims.items():
            false = set(claimed) - set(texts(stories[receiver.user, sender.user]))
            assert not false, f"seed {SEED}: {sender.user} is told that {receiver.user} has {sorted(false)}"
        for sender, receiver in self.pairs():
            expected = [text for user, text in sender.sent if user == receiver.user]
            problem = self._difference(sender, receiver, expected, stories[sender.user, receiver.user],
                                       stories[receiver.user, sender.user])
            if problem:
                return f"{sender.user} to {receiver.user}: {problem}"
        return None

    def _difference(self, sender, receiver, expected, mine, theirs):
        arrived = [text for text in expected if text not in sender.refused]
        read = receiver.read.get(sender.user, 0)
        mine = [one for one in mine if one["message_is_from_self"]]
        theirs = [one for one in theirs if not one["message_is_from_self"]]
        sent = [one for one in mine if text_of(one) not in sender.refused]
        conversation = receiver.client.conversation(sender.user)
        unread = conversation["conv_unread_num"] if conversation else 0
        for what, found, wanted in (
                ("has", texts(mine), expected), ("was received", texts(theirs), arrived),
                ("states", [one["message_status"] for one in mine],
                 [FAILED if text in sender.refused else SENT for text in expected]),
                ("received states", {one["message_status"] for one in theirs} - {SENT}, set()),
                ("delivered", [text_of(one) for one in sent if not one.get(DELIVERED)], []),
                ("read by the peer", [one["message_is_peer_read"] for one in sent], marks(read, arrived)),
                ("read", [one["message_is_read"] for one in theirs], marks(read, arrived)),
                ("unread", unread, len(arrived) - read)):
            if found != wanted:
                return f"{what}: {first_difference(found, wanted)}"
        return self._untold(receiver.told(sender), arrived, receiver.proxy.late)

    @staticmethod
    def _untold(lives, arrived, late):
        """Each is told once, and in order but for those that a server hands over late, or loses and that are sent again;
        a process that is killed may not have come to tell the last it stored."""
        told = [text for life in lives for text in life]
        places = {text: place for place, text in enumerate(arrived)}
        unknown = [text for text in told if text not in places]
        numbers = [places[text] for text in told if text in places]
        live = [places[text] for text in told if text in places and text not in late]
        if unknown or len(numbers) != len(set(numbers)) or live != sorted(live):
            return f"told: {first_difference(told, arrived)}"
        for life in lives[-1:] if len(lives) == 1 else lives:
            inside = sorted(places[text] for text in life)
            if inside and inside != list(range(inside[0], inside[-1] + 1)):
                return f"told with a gap: {first_difference(life, arrived)}"
        if len(lives) == 1 and len(told) != len(arrived):
            return f"told: {first_difference(told, arrived)}"
        return None

    def check_archives(self):
        """A device that is new here finds the same in the server's archive."""
        for person in self.people.values():
            with tempfile.TemporaryDirectory(prefix="linnet-archive-") as folder, \
                    imclient.Client(f"{person.user}-new", self.server, folder=folder, platform="archive") as device:
                device.login(person.user, password(person.user), AGREE_SECONDS)
                for peer in self.people.values():
                    if peer is person:
                        continue
                    here, there = person.story(peer), whole_story(device, peer.user)
                    for own in (True, False):
                        known = [text for text in texts_from(here, own) if text not in person.refused]
                        self.case.assertEqual(texts_from(there, own), known,
                                              f"seed {SEED}: the archive of {person.user} with {peer.user}")
                    self.case.assertEqual({one["message_status"] for one in there} - {SENT}, set())


def texts(messages):
    return [text_of(one) for one in messages]


def texts_from(messages, own):
    return [text_of(one) for one in messages if one["message_is_from_self"] == own]


def marks(number, of):
    return [place < number for place in range(len(of))]


def first_difference(found, wanted):
    if not isinstance(found, list) or not isinstance(wanted, list):
        return f"{found!r} instead of {wanted!r}"
    for place, pair in enumerate(zip(found, wanted)):
        if pair[0] != pair[1]:
            return f"number {place} is {pair[0]!r} instead of {pair[1]!r}, {len(found)} of {len(wanted)}: {found[-8:]}"
    return f"{len(found)} instead of {len(wanted)}: {(found or wanted)[min(len(found), len(wanted)):][:5]} …"


class FaultCase(harness.ServerCase):
    """One server for a class; every test has people of its own."""

    def talk(self, *names, seed=None, **options):
        if not self.server.is_running():
            self.server.start()
        talk = Talk(self, names, seed or f"{SEED} {self.id()}", **options)
        self.addCleanup(self.server.thaw)
        return talk


def print_times(times):
    """times: (seconds, name of the fault)"""
    seconds = sorted(time for time, _ in times)
    worst = sorted(times, reverse=True)[:3]
    print(f"{len(seconds)} faults on {harness.KIND}: recovered within {statistics.median(seconds):.2f} s (median), "
          f"{seconds[int(len(seconds) * 0.95)]:.2f} s (95 %), {seconds[-1]:.2f} s (all); "
          "longest: " + ", ".join(f"{name} {time:.1f} s" for time, name in worst), flush=True)


def main():
    print(f"seed {SEED}", flush=True)
    harness.main()
