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

import hashlib
import json
import os
import pathlib
import random
import signal
import statistics
import struct
import sys
import tempfile
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

import harness  # noqa: E402
import imclient  # noqa: E402
import process  # noqa: E402
from harness import password  # noqa: E402
from imclient import C2C, FAILED, SENDING, SENT, text_of  # noqa: E402
from proxy import FileProxy, Proxy  # noqa: E402

LONG = os.environ.get("LINNET_LONG") == "1"
SEED = os.environ.get("LINNET_SEED") or str(random.SystemRandom().randrange(10 ** 9))
AGREE_SECONDS = 120
LONG_RECOVERY_SECONDS = 10  # it is told why
PAGE = 200
DELIVERED = "message_linnet_is_delivered"
REVOKED = 6  # a status
CANCELLED = 8021  # the answer to a call whose message was revoked meanwhile
REVOKE_SECONDS = 60  # the library refuses after two minutes
BETTER = ", better "  # stands between a message's first text, which is its name, and the number of a change
TEXT, IMAGE, FILE = 0, 1, 4  # elements
LARGE = 300 * 1024  # bytes of a large file, about
LONGEST_SIDE = 320  # of a picture, whose pixels are 300 KiB


class Person:
    """One account on one device, whose process may end at any moment. sent: (to whom, text) in the order of sending,
    of all lives; files: which of these are files, with the sum of each; read: whom → which of their messages were read;
    changed: a sent text → what was made of it, its newest text or REVOKED; fetches: path → a Fetch."""

    def __init__(self, case, name, **options):
        self.name = name
        self.user = case.user(name)
        self.proxy = Proxy(case.server)
        case.addCleanup(self.proxy.close)
        self.sent, self.refused, self.read, self.calls = [], set(), {}, {}
        self.told_before, self.lives = [], 1
        self.changed, self.changes, self.reading = {}, [], None
        self.files, self.fetches, self.place = {}, {}, pathlib.Path(case.folder())
        self.client = case.client(self.user, server=self.proxy, folder=case.folder(), receipts=True, **options)

    def login(self, seconds=AGREE_SECONDS):
        self.client.login(self.user, password(self.user), seconds)
        return self

    # What a person does

    def say(self, peer, text):
        """Whoever is killed meanwhile may or may not have said it."""
        self._say(peer, text, imclient.text_message(text)["message_elem_array"])

    def _say(self, peer, text, elements):
        self.sent.append((peer.user, text))
        try:
            call = self.client.start("TIMMsgSendNewMsg", peer.user, C2C, json.dumps({"message_elem_array": elements}))
            self.calls[call] = text
        except (AssertionError, ValueError):
            if self.is_alive():
                raise

    def send_file(self, peer, name, choices, size=None):
        """A picture or a file, small or large; a file of that size. choices: random ones, of this file alone."""
        is_small, is_picture = choices.random() < 0.3, size is None and choices.random() < 0.4
        path = self.place / (name + (".png" if is_picture else ".bin"))
        if is_picture:
            path.write_bytes(new_picture(choices, choices.randrange(8, LONGEST_SIDE // (10 if is_small else 1))))
            elements = [{"elem_type": TEXT, "text_elem_content": name},
                        {"elem_type": IMAGE, "image_elem_orig_path": str(path)}]
        else:
            path.write_bytes(choices.randbytes(size or choices.randrange(1, 5000 if is_small else LARGE)))
            elements = [{"elem_type": FILE, "file_elem_file_path": str(path), "file_elem_file_name": name}]
        self.files[name] = sum_of(path)
        self._say(peer, name, elements)

    def fetch(self, peer, choices, number):
        """Begins to download one of the files it has got."""
        message = choices.choice([one for one in self.story(peer) if addresses_of(one)] or [None])
        if message is not None:
            url, expected = choices.choice(sorted(addresses_of(message).items()))
            path = self.place / f"fetched {number}"
            self.fetches[path] = Fetch(url, expected)
            self.fetches[path].begin(self.client, path)

    def read_all(self, peer):
        """Up to the newest that is here now."""
        theirs = [one for one in self.story(peer)
                  if not one["message_is_from_self"] and one["message_status"] != REVOKED]
        if theirs:
            self.reading = peer.user, names(theirs)
            self.client.read(peer.user, theirs[-1])
            self.read[peer.user] = names(theirs)

    def change(self, peer, choices, number):
        """Revokes or modifies something it said a little while ago; whoever is killed meanwhile may or may not have.
        choices: random ones, of this change alone."""
        message = choices.choice([one for one in self.story(peer)[-12:] if one["message_is_from_self"]
                                 and one["message_status"] in (SENDING, SENT) and name_of(one) not in self.refused
                                 and time.time() - one["message_client_time"] < REVOKE_SECONDS] or [None])
        if message is None:
            return
        name = name_of(message)
        is_pending = name in self.files and message["message_status"] == SENDING  # it is not modified
        revokes = choices.random() < 0.4 or is_pending
        text = f"{name}{BETTER}{number}"
        self.changes.append((name, REVOKED if revokes else text))
        NAMES[message["message_msg_id"]] = name
        if revokes:
            call = self.client.start("TIMMsgRevoke", peer.user, C2C, json.dumps(message))
        else:
            first, *rest = message["message_elem_array"]
            key = "text_elem_content" if first["elem_type"] == TEXT else "file_elem_file_name"
            message = {**message, "message_elem_array": [{**first, key: text}, *rest]}
            call = self.client.start("TIMMsgModifyMessage", json.dumps(message))
        self.changed[name] = self.changes[-1][1]
        self.calls[call] = f"change of {name}"

    def is_revoked(self, name):
        return self.changed.get(name) == REVOKED

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
        self._forget_unchanged()
        self._remember_read()
        self.calls = {}
        for path, fetch in self.fetches.items():
            fetch.go_on(self.client, path)

    def _forget_unsaid(self):
        """What was accepted and not yet stored when the process was killed nobody has seen: the end of what it said,
        never anything before, and nothing that was answered."""
        users = {user for user, _ in self.sent}
        stored = {name for user in users for name in names(self.story(user))}
        while self.sent and self.sent[-1][1] not in stored:
            self.sent.pop()
        lost = [text for _, text in self.sent if text not in stored]
        assert not lost, f"{self.user} has lost {lost}"

    def _forget_unchanged(self):
        """The same of what was changed in that life: the last changes may be missing."""
        states = {name_of(one): state_of(one) for user in {user for user, _ in self.sent} for one in self.story(user)}
        while self.changes and states.get(self.changes[-1][0]) != self.changes[-1][1]:
            self.changes.pop()
        self.changed = dict(self.changes)
        lost = [name for name, state in self.changed.items() if states.get(name) != state]
        assert not lost, f"{self.user} has lost what became of {lost}"

    def _remember_read(self):
        """It may have been killed between reading and being told so."""
        if self.reading is not None:
            user, read = self.reading
            if any(one["message_is_read"] for one in self.story(user) if name_of(one) == read[-1]):
                self.read[user] = read

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
        return [names(one for one in life if one["message_sender"] == peer.user) for life in lives]

    def last_words(self, last=12):
        """For messages of failures: what it was told, without the answers to our own questions."""
        events = [f"    {event['event']} {event.get('values')}"[:300] for event in self.client.events
                  if event["event"] not in ("reply", "conversation", "log")]
        return "\n".join(events[-last:])

    def unfetched(self):
        """Downloads that are not over, or have failed."""
        return [(path.name, fetch.url) for path, fetch in self.fetches.items() if not fetch.is_over(self.client, path)]

    def unanswered(self):
        """Calls of this life that were not answered, or not with the code they deserve."""
        replies = {}
        for event in self.client.of("reply"):
            replies.setdefault(event["call"], []).append(event["code"])
        return [(text, replies.get(call)) for call, text in self.calls.items()
                if [code != 0 for code in replies.get(call, [])] != [text in self.refused]
                and not (self.is_revoked(text) and replies.get(call) == [CANCELLED])]


class Fetch:
    """A file on its way here; expected: its sum, if it has one, and its size."""

    def __init__(self, url, expected):
        self.url, self.expected, self.call, self.is_here = url, expected, None, False

    def begin(self, client, path):
        self.call = client.start("TIMMsgDownloadElemToPath", json.dumps({"msg_download_elem_param_url": self.url}),
                                 str(path))

    def go_on(self, client, path):
        """In another life."""
        self.call = None
        if not path.exists():
            self.begin(client, path)

    def is_over(self, client, path):
        """Another file than the expected one is nothing to wait for."""
        if self.is_here:
            return True
        if self.call is not None:
            replies = [event for event in client.of("reply") if event["call"] == self.call]
            if not replies or not is_end_of_download(replies[-1]):
                return False
        assert is_file(path, *self.expected), f"seed {SEED}: {path} is not what was sent"
        self.is_here = True
        return True


def is_end_of_download(event):
    assert event["code"] == 0, f"seed {SEED}: a download failed: {event}"
    sizes = json.loads(event["json"])
    return sizes["msg_download_elem_result_current_size"] == sizes["msg_download_elem_result_total_size"]


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
        self.case, self.server, self.files = case, case.server, case.files
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

    def send_file(self, name, peer, size=None):
        """Returns its name."""
        self.count += 1
        self[name].send_file(self[peer], f"{name} {self.count}", random.Random(self.random.random()), size)
        return f"{name} {self.count}"

    def chatter(self, number):
        """Anybody says something to anybody or sends them a file, and now and then somebody changes what they said,
        reads, or fetches a file."""
        for _ in range(number):
            name, peer = self.random.sample(sorted(self.people), 2)
            is_file = self.random.random() < 0.2
            if self[name].is_alive():
                (self.send_file if is_file else self.say)(name, peer)
            if self.random.random() < 0.25:
                self.count += 1
                self.let(name, "change", peer, random.Random(self.random.random()), self.count)
        name, peer = self.random.sample(sorted(self.people), 2)
        if self.random.random() < 0.3:
            self.let(name, "read_all", peer)
        if self.random.random() < 0.3:
            self.count += 1
            self.let(name, "fetch", peer, random.Random(self.random.random()), self.count)

    def let(self, name, what, peer, *arguments):
        """Somebody does something about what they have, and may be killed in the middle."""
        if not self[name].is_alive():
            return
        try:
            getattr(self[name], what)(self[peer], *arguments)
        except (AssertionError, ValueError):
            if self[name].is_alive():
                raise

    def heal(self):
        """Everything works again."""
        for person in self.people.values():
            person.proxy.forget()
        self.files.heal()
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
        waited_for = self.agree(seconds)
        self.times.append((time.monotonic() - began, name))
        why = f", waited for this: {waited_for}" if self.times[-1][0] >= LONG_RECOVERY_SECONDS else ""
        print(f": recovered in {self.times[-1][0]:.2f} s{why}", flush=True)

    def agree(self, seconds=AGREE_SECONDS):
        """What was missing to the last."""
        last = [None]

        def look():
            difference = self.difference()
            last[:] = [difference or last[0]]
            return difference is None
        try:
            process.wait_for(look, seconds, lambda: f"agreement: {last[0]}")
        except AssertionError as error:
            for person in self.people.values():
                print(f"\n  {person.user}:", *person.proxy.last_frames(), sep="\n    ", flush=True)
            print("\n  files:", *self.files.last_frames(), sep="\n    ", flush=True)
            stories = "\n".join(f"  {person.user}:\n{person.last_words()}" for person in self.people.values())
            raise AssertionError(f"seed {SEED}: {error}\n{stories}") from None
        return last[0]

    def pairs(self):
        return [(one, other) for one in self.people.values() for other in self.people.values() if one is not other]

    def difference(self):
        for person in self.people.values():
            if person.unanswered():
                return f"{person.user} waits for the answers of {person.unanswered()[:3]}"
            if person.unfetched():
                return f"{person.user} waits for the files {person.unfetched()[:3]}"
        claims = {(one, other): names(message for message in one.story(other) if message.get(DELIVERED)
                                      and message["message_is_from_self"]) for one, other in self.pairs()}
        stories = {(one.user, other.user): one.story(other) for one, other in self.pairs()}
        for (sender, receiver), claimed in claims.items():
            false = set(claimed) - set(names(stories[receiver.user, sender.user]))
            assert not false, f"seed {SEED}: {sender.user} is told that {receiver.user} has {sorted(false)}"
        for sender, receiver in self.pairs():
            expected = [text for user, text in sender.sent if user == receiver.user]
            problem = self._difference(sender, receiver, expected, stories[sender.user, receiver.user],
                                       stories[receiver.user, sender.user])
            if problem:
                return f"{sender.user} to {receiver.user}: {problem}"
        return None

    def _difference(self, sender, receiver, expected, mine, theirs):
        """What was revoked may never have come, and where it stands does not matter."""
        mine = [one for one in mine if one["message_is_from_self"]]
        theirs = [one for one in theirs if not one["message_is_from_self"]]
        revoked = {name for name in expected if sender.is_revoked(name)}
        expected = [name for name in expected if name not in revoked]
        stay = [one for one in mine if name_of(one) not in revoked]
        expected = in_their_places(expected, names(stay), sender.files)
        arrived = [name for name in expected if name not in sender.refused]
        sent = [one for one in mine if name_of(one) in arrived]
        got = [one for one in theirs if name_of(one) not in revoked]
        gone, gone_there = ([one for one in story if name_of(one) in revoked] for story in (mine, theirs))
        read = len(set(receiver.read.get(sender.user, [])) & set(arrived))
        conversation = receiver.client.conversation(sender.user)
        unread = conversation["conv_unread_num"] if conversation else 0
        for what, found, wanted in (
                ("has", names(stay), expected), ("was received", names(got), arrived),
                ("says", states(stay), [sender.changed.get(name, name) for name in expected]),
                ("was received as", states(got), [sender.changed.get(name, name) for name in arrived]),
                ("states", [one["message_status"] for one in stay],
                 [FAILED if name in sender.refused else SENT for name in expected]),
                ("received states", {one["message_status"] for one in got} - {SENT}, set()),
                ("revoked", sorted(names(gone)), sorted(revoked)),
                ("received twice and revoked", len(gone_there), len(set(names(gone_there)))),
                ("revoked states", {state_of(one) for one in gone + gone_there} - {REVOKED}, set()),
                ("delivered", [name_of(one) for one in sent if not one.get(DELIVERED)], []),
                ("read by the peer", [one["message_is_peer_read"] for one in sent], marks(read, arrived)),
                ("read", [one["message_is_read"] for one in got], marks(read, arrived)),
                ("unread", unread, len(arrived) - read)):
            if found != wanted:
                return f"{what}: {first_difference(found, wanted)}"
        told = [[name for name in life if not sender.is_revoked(name)] for life in receiver.told(sender)]
        return self._untold(told, arrived, {name_in(text) for text in receiver.proxy.late})

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
                    self.case.assertEqual(*({name_of(one): addresses_of(one) for one in story if addresses_of(one)}
                                            for story in (there, here)), f"seed {SEED}: files of {person.user}")
                    for own, sender in ((True, person), (False, peer)):
                        known, found = ([state_of(one) for one in story if one["message_is_from_self"] == own
                                         and name_of(one) not in person.refused and not sender.is_revoked(name_of(one))]
                                        for story in (here, there))
                        self.case.assertEqual(found, known,
                                              f"seed {SEED}: the archive of {person.user} with {peer.user}")
                        self.case.assertEqual({state_of(one) for one in there if sender.is_revoked(name_of(one))}
                                              - {REVOKED}, set())
                    self.case.assertEqual({one["message_status"] for one in there} - {SENT, REVOKED}, set())


    def check_files(self):
        """Whoever got a file fetches it, and has the same bytes; with a picture also the small one."""
        for sender, receiver in self.pairs():
            for message in receiver.story(sender):
                if not message["message_is_from_self"] and name_of(message) in sender.files \
                        and not sender.is_revoked(name_of(message)):
                    self._check_file(receiver, message, sender.files[name_of(message)])

    def _check_file(self, receiver, message, expected):
        there = addresses_of(message)
        self.case.assertIn(expected, [its_sum for its_sum, _ in there.values()], f"seed {SEED}: {message}")
        for url, (its_sum, size) in there.items():
            with tempfile.TemporaryDirectory(prefix="linnet-file-") as folder:
                path = pathlib.Path(folder) / "fetched"
                replies = receiver.client.download(url, path, AGREE_SECONDS)
                self.case.assertEqual(replies[-1].code, 0, f"seed {SEED}: {replies[-1].event}\n{message}")
                self.case.assertTrue(is_file(path, its_sum, size), f"seed {SEED}: {message}")


def in_their_places(expected, found, files):
    """The order in which a conversation may be: texts as they were said, each file anywhere behind what was said before
    it, since it waits for its upload. The found one, when it is such."""
    texts = [name for name in expected if name not in files]
    if sorted(found) != sorted(expected) or [name for name in found if name not in files] != texts:
        return expected
    for place, name in enumerate(expected):
        before = [other for other in expected[:place] if other not in files]
        if name in files and not set(before) <= set(found[:found.index(name)]):
            return expected
    return found


def sum_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_file(path, its_sum, size):
    return path.stat().st_size == size and its_sum in (None, sum_of(path))


def new_picture(choices, side):
    """A PNG of noise, which cannot be made smaller."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + choices.randbytes(3 * side) for _ in range(side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def addresses_of(message):
    """Where the files of a message that is there are → sum and size of each; smaller pictures have no sum."""
    found = {}
    for elem in message.get("message_elem_array") or [] if message["message_status"] == SENT else []:
        for url, its_sum, size in ADDRESSES:
            if elem.get(url):
                found.setdefault(elem[url], (elem.get(its_sum), elem[size]))
    return found


ADDRESSES = (("file_elem_url", "file_elem_linnet_sha256", "file_elem_file_size"),
             ("image_elem_orig_url", "image_elem_linnet_sha256", "image_elem_orig_pic_size"),
             ("image_elem_large_url", None, "image_elem_large_pic_size"),
             ("image_elem_thumb_url", None, "image_elem_thumb_pic_size"))


# A message's name is the text it was sent with, or the name of its file. Of what is revoked nothing is left but its id.
NAMES = {}


def said(message):
    """The text that bears its name."""
    first = (message.get("message_elem_array") or [{}])[0]
    return text_of(message) or first.get("file_elem_file_name")


def name_in(text):
    return text.partition(BETTER)[0] if text else text


def name_of(message):
    return name_in(said(message)) or NAMES.get(message["message_msg_id"])


def names(messages):
    return [name_of(one) for one in messages]


def state_of(message):
    """What Person.changed says of it; its name when nothing was made of it."""
    if message["message_status"] == REVOKED:
        return said(message) or REVOKED  # it must say nothing
    return said(message)


def states(messages):
    return [state_of(one) for one in messages]


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
    """One server for a class, and one way to its files; every test has people of its own."""

    @classmethod
    def setUpClass(cls):
        cls.files = FileProxy()
        cls.addClassCleanup(cls.files.close)
        cls.options = {**cls.options, "upload_port": cls.files.port}
        super().setUpClass()
        cls.files.server = cls.server

    def talk(self, *names, seed=None, **options):
        if not self.server.is_running():
            self.server.start()
        talk = Talk(self, names, seed or f"{SEED} {self.id()}", **options)
        self.addCleanup(self.server.thaw)
        self.addCleanup(self.files.heal)
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
