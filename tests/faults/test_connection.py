#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers die, wires break, processes are killed, each at the worst moment: nothing is lost, doubled or wrong."""

import signal

import scene
from scene import DOWN, LONG, SEED, UP, harness, imclient, process

FREEZE_SECONDS = 60 if LONG else 3
KILLS = 40 if LONG else 6
RANDOM_FAULTS = 500 if LONG else 30     # with each kind of server
SLOW_SECONDS = 10      # a recovery that is worth a word
STEP = 5                                # random faults between two looks


class Faults:
    """What can happen. Each returns with the fault over, but not yet recovered from."""

    def __init__(self, the_scene):
        self.scene, self.server, self.random = the_scene, the_scene.server, the_scene.random

    def someone(self):
        return self.random.choice(self.scene.people)

    def chat(self, note):
        self.scene.chat(self.random.randrange(1, 12), note)

    def server_killed(self):
        self.chat("before the kill")
        self.server.kill()
        self.chat("while it is dead")
        self.server.start()

    def server_restarted(self):
        self.chat("before the restart")
        self.server.shut_down()
        self.chat("while it is down")
        self.server.start()

    def server_frozen(self, seconds=1):
        self.chat("before the frost")
        self.server.freeze()
        self.chat("in the frost")
        self.scene.pause(seconds)
        self.server.thaw()

    def connections_cut(self):
        self.chat("before the cut")
        for person in self.scene.people:
            person.wire.cut()
        self.chat("after the cut")

    def cut_in_a_frame_up(self):
        self.cut_in_a_frame(UP)

    def cut_in_a_frame_down(self):
        self.cut_in_a_frame(DOWN)

    def cut_in_a_frame(self, direction):
        person = self.someone()
        person.wire.after(direction, self.random.randrange(1, 3000), person.wire.cut)
        self.chat(f"until the cut {direction}")

    def wire_blocked(self):
        person = self.someone()
        person.wire.block()
        self.chat("into a blocked wire")
        self.scene.pause(self.random.random())
        if self.random.random() < 0.5:
            person.wire.cut()
        person.wire.unblock()

    def answers_lost(self):
        person = self.someone()
        person.wire.block_answers()
        self.chat("without an answer")
        self.scene.pause(self.random.random() / 2)
        person.wire.cut()
        person.wire.unblock()

    def wire_in_pieces(self):
        person = self.someone()
        person.wire.piece = self.random.randrange(1, 8)
        self.chat("in pieces")
        person.wire.piece = None

    def wire_slow(self, seconds=0.5):
        for person in self.scene.people:
            person.wire.delay = seconds
        self.chat(f"{seconds} s late")
        self.scene.pause(self.random.random())

    def old_connection_speaks_late(self):
        """What was said in the old connection arrives when the new one is up."""
        person = self.someone()
        self.chat("before")
        person.wire.strand()
        self.chat("in the new connection")
        self.scene.pause(self.random.random())
        person.wire.release_stranded()

    def process_killed(self):
        person = self.someone()
        self.chat("before the kill")
        person.die()
        self.chat_without(person)
        person.come_back()

    def process_killed_in_a_frame(self):
        person, direction = self.someone(), self.random.choice((UP, DOWN))
        person.wire.after(direction, self.random.randrange(1, 3000), person.client.process.kill)
        self.chat_until_dead(person)
        person.die()
        person.come_back()

    def process_killed_while_it_catches_up(self):
        person = self.someone()
        person.die()
        self.chat_without(person, 40)
        person.wire.after(DOWN, self.random.randrange(1, 20000), person.client.process.kill)
        try:
            person.come_back()
        except AssertionError:      # it died
            pass
        if person.client.process.poll() is not None or self.random.random() < 0.5:
            person.die()
            person.come_back()

    def process_asleep(self):
        person = self.someone()
        self.chat("before the nap")
        person.client.process.send_signal(signal.SIGSTOP)
        self.chat_without(person, 20)
        self.scene.pause(scene.RESUME_SECONDS * self.random.random() * 1.5)
        person.client.process.send_signal(signal.SIGCONT)

    def nothing(self):
        self.chat("in peace")

    def chat_without(self, absent, count=10):
        others = [person for person in self.scene.people if person is not absent]
        for _ in range(self.random.randrange(1, count)):
            one = self.random.choice(others)
            one.say(self.random.choice([person for person in self.scene.people if person is not one]), "meanwhile")

    def chat_until_dead(self, person):
        for _ in range(30):
            try:
                self.chat("until death")
            except (AssertionError, OSError):
                if person.client.process.poll() is None:
                    raise
                return

    ALL = (server_killed, server_restarted, server_frozen, connections_cut, cut_in_a_frame_up, cut_in_a_frame_down,
           wire_blocked, answers_lost, wire_in_pieces, wire_slow, old_connection_speaks_late, process_killed,
           process_killed_in_a_frame, process_killed_while_it_catches_up, process_asleep, nothing)
    WEIGHTS = (1, 1, 1, 2, 3, 3, 3, 3, 2, 1, 3, 2, 2, 2, 1, 1)


class Connection(scene.SceneCase):
    def one_fault(self, name, **options):
        the_scene = self.scene()
        the_scene.chat(6, "first")
        the_scene.recover()
        getattr(Faults(the_scene), name)(**options)
        the_scene.recover()
        the_scene.chat(6, "last")
        the_scene.recover()
        the_scene.check()
        the_scene.print_recoveries(name.replace("_", " "))

    def test_the_server_stands_still(self):
        self.one_fault("server_frozen", seconds=FREEZE_SECONDS)

    def test_everything_takes_long(self):
        self.one_fault("wire_slow", seconds=5 if LONG else 1.5)

    def test_a_process_is_killed_at_every_step_of_sending(self):
        """After so many bytes in either direction, counted from a call that returned."""
        the_scene = self.scene(names=("alice", "bob"))
        alice, bob = the_scene.people
        for number in range(KILLS):
            direction = (UP, DOWN)[number % 2]
            alice.wire.after(direction, 1 + number // 2 * (2400 // KILLS), alice.client.process.kill)
            for _ in range(3):
                try:
                    alice.say(bob, f"kill {number}")
                except (AssertionError, OSError):
                    break
            alice.die()
            alice.come_back()
            the_scene.recover()
        the_scene.check()
        the_scene.print_recoveries("killed at every step of sending")

    def test_a_process_is_killed_at_every_step_of_catching_up(self):
        the_scene = self.scene(names=("alice", "bob"))
        alice, bob = the_scene.people
        for number in range(KILLS):
            bob.die()
            for _ in range(30):
                alice.say(bob, f"before death {number}")
            bob.wire.after(DOWN, 200 + number * (40000 // KILLS), bob.client.process.kill)
            try:
                bob.come_back()
                bob.client.process.wait(2)
            except Exception:  # it died, or had nothing more to read
                pass
            bob.die()
            bob.come_back()
            the_scene.recover()
        the_scene.check()
        the_scene.print_recoveries("killed at every step of catching up")

    def test_a_stanza_that_no_connection_survives_is_given_up(self):
        """The others arrive, in order; this one says that it was not sent."""
        the_scene = self.scene(names=("alice", "bob"))
        alice, bob = the_scene.people
        first = alice.say(bob)
        alice.wire.poison = "the poisonous one"
        call = alice.client.send(bob.user, "the poisonous one")
        after = alice.say(bob)
        reply = alice.client.reply(call, scene.RECOVERY_SECONDS)
        self.assertNotEqual(reply.code, 0)
        bob.client.wait_for_message(after, scene.RECOVERY_SECONDS)
        self.assertEqual([text for text in bob.client.texts() if ">" in text], [first, after])
        wanted = {first: imclient.SENT, "the poisonous one": imclient.FAILED, after: imclient.SENT}
        process.wait_for(lambda: wanted == {imclient.text_of(message): message["message_status"]
                                            for message in alice.history(bob)}, scene.RECOVERY_SECONDS, str(wanted))

    def test_a_message_that_the_server_refuses_says_so_and_holds_up_nobody(self):
        the_scene = self.scene(names=("alice", "bob"))
        alice, bob = the_scene.people
        call = alice.client.send("nobody-at-all", "Is anybody there?")
        text = alice.say(bob)
        alice.wire.cut()
        bob.client.wait_for_message(text, scene.RECOVERY_SECONDS)
        alice.client.reply(call, scene.RECOVERY_SECONDS)

        def refused():
            return [message for message in alice.client.history("nobody-at-all")
                    if message["message_status"] == imclient.FAILED]
        alice.client.wait_until(refused, "the refusal", scene.RECOVERY_SECONDS)

    def test_random_faults_in_a_row(self):
        print(f"LINNET_SEED={SEED}")
        the_scene = self.scene()
        faults = Faults(the_scene)
        story = []
        for number in range(RANDOM_FAULTS):
            fault = faults.random.choices(Faults.ALL, Faults.WEIGHTS)[0]
            story.append(fault.__name__)
            try:
                fault(faults)
                if the_scene.recover() > SLOW_SECONDS:
                    print(f"{harness.KIND}: {the_scene.recoveries[-1]:.1f} s after {fault.__name__}")
                if number % STEP == STEP - 1:
                    the_scene.check()
            except AssertionError as error:
                raise AssertionError(f"after {number} faults, the last {story[-8:]}: {error}") from error
        the_scene.check()
        the_scene.print_recoveries(f"{RANDOM_FAULTS} random faults")


if __name__ == "__main__":
    harness.main()
