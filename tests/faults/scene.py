# SPDX-License-Identifier: GPL-3.0-or-later
"""A few people who talk through a real server while things break, and the claims that hold whatever broke.

The kind of server comes from LINNET_SERVER_KIND. LINNET_SEED repeats a run, LINNET_LONG=1 makes it a long one."""

import contextlib
import os
import pathlib
import random
import signal
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

import harness  # noqa: E402
import imclient  # noqa: E402
import process  # noqa: E402
from harness import password  # noqa: E402
from wire import DOWN, UP, Wire  # noqa: E402

LONG = bool(os.environ.get("LINNET_LONG"))
SEED = int(os.environ.get("LINNET_SEED") or random.SystemRandom().randrange(1 << 32))
RECOVERY_SECONDS = 120
RESUME_SECONDS = 4      # so long the server keeps a session whose connection is lost
PAGE = 200


class Person:
    """An account on one device, behind a wire of its own. Lives on through the deaths of its process."""

    def __init__(self, scene, name):
        self.scene, self.user = scene, scene.case.user(name)
        self.wire = scene.case.enterContext(Wire(scene.server.http_port))
        self.folder = scene.case.folder()
        self.told = []          # texts of notifications, of all lives
        self.deaths = 0
        self.sent = 0
        self.client = scene.case.client(self.user, server=None, folder=self.folder, receipts=True, environment={
            "IMSDK_SERVER": f"ws://127.0.0.1:{self.wire.port}{scene.server.ws_path}",
            "IMSDK_DOMAIN": scene.server.domain}, config={"sdk_config_offline_login": True})
        self.client.login(self.user, password(self.user))

    def say(self, other, note=""):
        """One message more; not waited for. Its text tells from whom, to whom, and its number."""
        self.sent += 1
        text = f"{self.user}>{other.user} {self.sent} {note}".strip()
        self.client.send(other.user, text)
        return text

    def die(self):
        """SIGKILL."""
        self.deaths += 1
        self.client.kill()
        self.told += self.client.texts()
        self.client.run()

    def come_back(self):
        self.client.login(self.user, password(self.user), seconds=RECOVERY_SECONDS)

    def history(self, other):
        """All messages with the other on this device, oldest first."""
        messages, last = [], None
        while True:
            page = self.client.history(other.user, PAGE, last)
            messages += page
            if len(page) < PAGE:
                return messages[::-1]
            last = page[-1]

    def all_told(self):
        return self.told + self.client.texts()

    def read(self, other):
        self.client.read(other.user)


class Scene:
    def __init__(self, case, names=("alice", "bob", "carol"), seed=SEED):
        self.case, self.server = case, case.server
        self.random = random.Random(seed)
        self.people = []
        for name in names:
            self.people.append(Person(self, name))
        self.recoveries = []
        self.reordered = 0      # pairs whose messages the server itself put into another order

    # Talk

    def pairs(self):
        return [(one, other) for one in self.people for other in self.people if one is not other]

    def chat(self, count, note=""):
        """Somebody says something to somebody; nobody waits."""
        for _ in range(count):
            one, other = self.random.choice(self.pairs())
            one.say(other, note)
            if self.random.random() < 0.1:
                other.read(one)

    def pause(self, seconds):
        """The fault lasts so long."""
        threading.Event().wait(seconds)

    # The end of a fault

    def agreed(self):
        """Whether everybody has the same messages, all of them sent and delivered."""
        for one, other in self.pairs():
            own = [message for message in one.history(other) if message["message_is_from_self"]]
            if any(message["message_status"] == imclient.SENDING for message in own):
                return False
            theirs = {imclient.text_of(message) for message in other.history(one)}
            if any(message["message_status"] == imclient.SENT and
                   (imclient.text_of(message) not in theirs or not message.get("message_linnet_is_delivered"))
                   for message in own):
                return False
        return True

    def recover(self):
        """All is healed now: until everybody agrees. The seconds that took."""
        begun = time.monotonic()
        for person in self.people:
            person.wire.heal()
        if not self.server.is_running():
            self.server.start()
        try:
            process.wait_for(self.agreed, RECOVERY_SECONDS, "everybody to agree")
        except process.Timeout as error:
            raise AssertionError(f"{error}\n{self.differences()}") from None
        self.recoveries.append(time.monotonic() - begun)
        return self.recoveries[-1]

    def differences(self):
        lines = [f"LINNET_SEED={SEED}"]
        for one, other in self.pairs():
            theirs = {imclient.text_of(message) for message in other.history(one)}
            for message in one.history(other):
                if not message["message_is_from_self"]:
                    continue
                text, status = imclient.text_of(message), message["message_status"]
                if status != imclient.SENT or text not in theirs or not message.get("message_linnet_is_delivered"):
                    lines.append(f"    {text!r}: status {status}, "
                                 f"delivered {message.get('message_linnet_is_delivered')}, "
                                 f"{'there' if text in theirs else 'not there'}")
        for person in self.people:
            lines.append(f"  {person.user}:\n{person.client.story(8)}")
        return "\n".join(lines)

    # The claims

    def check(self):
        """Each message once, in its sender's order, told once, in a true state, and in the archives."""
        for one, other in self.pairs():
            self.check_pair(one, other)
        for person in self.people:
            told = person.all_told()
            self.case.assertEqual(len(set(told)), len(told), f"told twice to {person.user}: {doubles(told)}")
        self.check_archives()

    def check_pair(self, one, other):
        case, mine, theirs = self.case, one.history(other), other.history(one)
        sent = [message for message in mine if message["message_is_from_self"]]
        got = [message for message in theirs if not message["message_is_from_self"]]
        texts = [imclient.text_of(message) for message in sent]
        what = f"{one.user} to {other.user}, LINNET_SEED={SEED}"
        case.assertEqual({message["message_status"] for message in sent} - {imclient.SENT}, set(), what)
        case.assertEqual(texts, sorted(texts, key=number_of), f"the sender's order, {what}")
        case.assertEqual(len(set(texts)), len(texts), f"twice: {doubles(texts)}, {what}")
        self.check_order(other, [imclient.text_of(message) for message in got], texts, what)
        told = set(other.all_told())
        if other.deaths == 0:
            case.assertEqual(told & set(texts), set(texts), f"told, {what}")
        read = {imclient.text_of(message) for message in got if message["message_is_read"]}
        known = {imclient.text_of(message) for message in sent if message["message_is_peer_read"]}
        case.assertEqual(known, read, f"read, {what}")
        unread = (other.client.conversation(one.user) or {"conv_unread_num": 0})["conv_unread_num"]
        case.assertEqual(unread, len(got) - len(read), f"unread, {what}")

    def check_order(self, other, got, sent, what):
        """As the sender has it; or else as the server put it into the receiver's archive, which then is the server's
        doing: a session that ends hands on what it has while another one takes what comes."""
        if got == sent:
            return
        archived = [body for body in dict.fromkeys(self.archive(other)) if body in set(sent)]
        self.case.assertEqual(got, archived, f"neither the sender's order nor the archive's, {what}: {sent}")
        self.reordered += 1

    def archive(self, person):
        """The texts of an account's archive, in its order."""
        reader = self.case.peer(person.user, resource="reader", acknowledges=False)
        try:
            return [body for body in reader.archive() if body]
        finally:
            reader.stop()

    def check_archives(self):
        for person in self.people:
            bodies = self.archive(person)
            for other in self.people:
                if other is person:
                    continue
                texts = [imclient.text_of(message) for message in person.history(other)]
                archived = list(dict.fromkeys(body for body in bodies if body in set(texts)))
                self.case.assertEqual(sorted(archived), sorted(texts), f"the archive of {person.user}")

    def print_recoveries(self, what):
        times = sorted(self.recoveries)
        print(f"{harness.KIND}: {what}: {len(times)} recoveries, median {statistics.median(times):.2f} s, "
              f"95 % {times[int(len(times) * 0.95)]:.2f} s, longest {times[-1]:.2f} s, "
              f"{sum(person.sent for person in self.people)} messages, "
              f"{self.reordered} reordered by the server, LINNET_SEED={SEED}", flush=True)


def number_of(text):
    return int(text.split()[1])


def doubles(texts):
    return sorted({text for text in texts if texts.count(text) > 1})


class SceneCase(harness.ServerCase):
    options = {"resume_seconds": RESUME_SECONDS}

    def setUp(self):
        super().setUp()
        if not self.server.is_running():
            self.server.start()

    def scene(self, **options):
        return Scene(self, **options)
