#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three people talk and send each other files while one thing after the other breaks: nothing is lost, nothing comes
twice, every file is whole, every state is true.

LINNET_FAULTS: how many faults; LINNET_SEED: the same choices again, of all rounds, or with "SEED:ROUND" of one."""

import contextlib
import os
import time

import faults
from faults import LONG, SEED, harness, process
from proxy import DOWN, UP

FAULTS = int(os.environ.get("LINNET_FAULTS") or (500 if LONG else 6))
# People, and with them the waits between attempts, begin anew so often.
ROUND = 6
FRAMES = ("<message", "<a ", "<r", "<iq", "")
BAD_BYTES = (b"\x81\x09<message>", b"\x8f\x00", b"\x81\x7f" + (2 ** 40).to_bytes(8) + b"<", b"\x81\x02\xff\xfe")


def somebody(talk):
    return talk[talk.random.choice(sorted(talk.people))]


def wait(rule):
    """A frame like that may not come at all."""
    rule.fired.wait(3)


def pause(talk, seconds):
    """It stays broken for a while."""
    process.wait_for(deadline(talk.random.uniform(0.1, seconds)), seconds + 60, "the time to pass")


def deadline(seconds):
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


# Faults: each breaks something while people talk; Talk.recover() mends it.

def cut(talk):
    """The connection ends anywhere inside a frame."""
    rule = somebody(talk).proxy.when(talk.random.choice((UP, DOWN)), talk.random.choice(FRAMES),
                                     skip=talk.random.randrange(3), keep=talk.random.randrange)
    talk.chatter(6)
    wait(rule)


def cut_all(talk):
    for person in talk.people.values():
        person.proxy.cut()
    talk.chatter(6)


def flicker(talk):
    """Every connection that is made is cut after a few frames."""
    person = somebody(talk)
    rules = [person.proxy.when(DOWN, "", skip=talk.random.randrange(1, 12), keep=talk.random.randrange)
             for _ in range(3)]
    talk.chatter(6)
    for rule in rules:
        wait(rule)


def refuse(talk):
    person = somebody(talk)
    person.proxy.refuse()
    talk.chatter(6)
    pause(talk, 2)


def late(talk):
    for person in talk.people.values():
        person.proxy.delay = talk.random.choice((0, 0.05, 0.5))
    talk.chatter(6)
    pause(talk, 2)


def pieces(talk):
    person = somebody(talk)
    person.proxy.piece = talk.random.randrange(1, 20)
    talk.chatter(6)


def silence(talk):
    """Nothing passes in one direction, then the connection is lost."""
    person = somebody(talk)
    person.proxy.block(talk.random.choice((UP, DOWN)))
    talk.chatter(6)
    pause(talk, 1)
    person.proxy.cut()


def reorder(talk):
    """The old connection's last words arrive when a new one is up."""
    person = somebody(talk)
    lose, release = person.proxy.hold()
    talk.chatter(6)
    lose()
    pause(talk, 2)
    talk.chatter(3)
    release()


def bad_bytes(talk):
    somebody(talk).proxy.say_bytes(talk.random.choice(BAD_BYTES))
    talk.chatter(6)


def kill_client(talk):
    """At once, or when a frame passes."""
    person = somebody(talk)
    kill = person.client.process.kill
    rule = person.proxy.when(talk.random.choice((UP, DOWN)), talk.random.choice(FRAMES), talk.random.randrange(3),
                             **{talk.random.choice(("before", "after")): kill})
    talk.chatter(6)
    wait(rule)
    kill()
    person.client.process.wait()
    talk.chatter(4)


def kill_in_login(talk):
    """It dies, and again while it catches up."""
    person = somebody(talk)
    person.kill()
    talk.chatter(6)
    person.client.run()
    person.lives += 1
    person.proxy.when(DOWN, "", talk.random.randrange(20), after=person.client.process.kill)
    with contextlib.suppress(AssertionError, ValueError):
        person.client.login(person.user, harness.password(person.user), 20)
    person.client.process.kill()
    person.client.process.wait()
    talk.chatter(3)


def suspend(talk):
    person = somebody(talk)
    person.suspend()
    for other in talk.people.values():
        if other is not person:
            talk.say(other.name, person.name, 2)
    if talk.random.random() < 0.5:
        person.proxy.cut()
    pause(talk, 8 if LONG else 3)


def freeze(talk):
    talk.server.freeze()
    talk.chatter(4)
    pause(talk, 15 if LONG else 2)


def kill_server(talk):
    """At once, or when a frame passes."""
    person = somebody(talk)
    rule = person.proxy.when(talk.random.choice((UP, DOWN)), talk.random.choice(("<message", "<a ", "<r")),
                             talk.random.randrange(4),
                             **{talk.random.choice(("before", "after")): talk.server.process.kill})
    talk.chatter(8)
    wait(rule)
    talk.server.kill()
    talk.chatter(3)


def power_cut(talk):
    """The server and one of the clients."""
    person = somebody(talk)
    both = (talk.server.process, person.client.process)

    def kill():
        for one in both:
            one.kill()
    rule = person.proxy.when(UP, "<message", talk.random.randrange(3), after=kill)
    talk.chatter(8)
    wait(rule)
    kill()
    for one in both:
        one.wait()


def restart_server(talk):
    talk.chatter(6)
    talk.server.shut_down()
    talk.chatter(6)


# Faults of files on their way

def files_from(talk, person, number=2):
    """It sends somebody so many that are not small."""
    peer = talk.random.choice([other for other in sorted(talk.people) if other != person.name])
    for _ in range(number):
        if person.is_alive():
            talk.send_file(person.name, peer, talk.random.randrange(faults.LARGE // 4, faults.LARGE))


def somewhere(talk):
    """A place in a file."""
    return talk.random.randrange(faults.LARGE // 2)


def cut_files(talk):
    """Uploads and downloads end at any byte."""
    rules = [talk.files.when(direction, at=somewhere(talk) if talk.random.random() < 0.7 else talk.random.randrange(600),
                             keep=True) for direction in (UP, UP, DOWN)]
    files_from(talk, somebody(talk))
    talk.chatter(6)
    for rule in rules:
        wait(rule)


def slow_files(talk):
    talk.files.delay, talk.files.piece = talk.random.choice((0, 0.5)), talk.random.choice((None, 100, 1000))
    files_from(talk, somebody(talk))
    talk.chatter(6)
    pause(talk, 2)


def freeze_files(talk):
    """Nothing passes, then it goes on or is lost; also after somebody was cut off meanwhile."""
    talk.files.block(*talk.random.choice(((UP,), (DOWN,), (UP, DOWN))))
    files_from(talk, somebody(talk))
    talk.chatter(6)
    if talk.random.random() < 0.3:
        somebody(talk).proxy.cut()
    pause(talk, 2)
    if talk.random.random() < 0.5:
        talk.files.cut()


def refuse_files(talk):
    talk.files.refuse()
    files_from(talk, somebody(talk))
    talk.chatter(6)
    pause(talk, 2)


def kill_in_upload(talk):
    """In the middle of it, or when all is there and nobody has said so."""
    person = somebody(talk)
    kill = person.client.process.kill
    direction, at = talk.random.choice(((UP, somewhere(talk)), (DOWN, 0)))
    rule = talk.files.when(direction, at=at, **{talk.random.choice(("before", "after")): kill})
    files_from(talk, person)
    talk.chatter(4)
    wait(rule)
    kill()
    person.client.process.wait()
    talk.chatter(4)


def kill_server_in_upload(talk):
    direction, at = talk.random.choice(((UP, somewhere(talk)), (DOWN, 0)))
    rule = talk.files.when(direction, at=at, **{talk.random.choice(("before", "after")): talk.server.process.kill})
    files_from(talk, somebody(talk))
    talk.chatter(4)
    wait(rule)
    talk.server.kill()
    talk.chatter(3)


KINDS = {cut: 6, cut_all: 2, flicker: 3, refuse: 2, late: 2, pieces: 1, silence: 3, reorder: 3, bad_bytes: 2,
         kill_client: 6, kill_in_login: 3, suspend: 2, freeze: 2, kill_server: 3, power_cut: 2, restart_server: 1,
         cut_files: 5, slow_files: 2, freeze_files: 2, refuse_files: 2, kill_in_upload: 4, kill_server_in_upload: 2}


class Random(faults.FaultCase):
    """The server gives a silent session up after five seconds, so that some are resumed and some are not."""

    options = {"resume_seconds": 5}

    def test_one_fault_after_the_other(self):
        seed, _, chosen = SEED.partition(":")
        times = []
        for number in [int(chosen)] if chosen else range(-(-FAULTS // ROUND)):
            with self.subTest(seed=f"{seed}:{number}"):
                try:
                    times += self.play(f"{seed}:{number}")
                except AssertionError as error:
                    print(f": {error}", flush=True)
                    raise
                finally:
                    self.doCleanups()
        self.assertTrue(times)
        faults.print_times(times)

    def play(self, seed):
        """One round."""
        print(f"  LINNET_SEED={seed}", flush=True)
        talk = self.talk("alice", "bob", "carol", seed=seed)
        for _ in range(ROUND):
            talk.chatter(3)
            fault = talk.random.choices(list(KINDS), list(KINDS.values()))[0]
            fault(talk)
            talk.recover(fault.__name__)
        talk.check_archives()
        talk.check_files()
        return talk.times


if __name__ == "__main__":
    faults.main()
