#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One client of the library in a process of its own, driven through pipes by lines of JSON.

    with imclient.Client("alice", server) as alice:
        alice.login("alice", "secret")
        alice.send_text("bob", "Hello")
        print(alice.wait_for_message(text="Hello yourself"))

Run as a program it is the other end of the pipes."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import process

SECONDS = 20

C2C, GROUP = 1, 2
SENDING, SENT, FAILED = 1, 2, 3
CONNECTED, DISCONNECTED, CONNECTING, CONNECT_FAILED = 0, 1, 2, 3
ADD, DELETE, UPDATE = 0, 1, 2


class Refused(AssertionError):
    """A function answered with something else than TIM_SUCC."""

    def __init__(self, function, result):
        super().__init__(f"{function} returned {result}")
        self.result = result


class Failed(AssertionError):
    """The callback of a call told a code other than 0."""

    def __init__(self, function, reply):
        super().__init__(f"{function}: {reply.code} {reply.desc}")
        self.code = reply.code
        self.desc = reply.desc


class Reply:
    def __init__(self, event):
        self.event = event
        self.code = event["code"]
        self.desc = event["desc"]
        self.text = event["json"]

    @property
    def json(self):
        return json.loads(self.text)

    def __repr__(self):
        return f"Reply({self.code}, {self.desc!r}, {self.text[:200]!r})"


class Client:
    """server: its WebSocket address and domain go into the environment; None for neither. folder: local data, kept
    when given, temporary otherwise. platform: kind of device. config: more keys for TIMInit."""

    def __init__(self, name, server=None, folder=None, platform=None, config=None, environment=None, init=True,
                 register=True, receipts=False):
        self.name = name
        self.temporary = folder is None
        self.folder = str(folder or tempfile.mkdtemp(prefix=f"linnet-{name}-"))
        self.config = {"sdk_config_config_file_path": self.folder, **(config or {})}
        if platform:
            self.config["sdk_config_platform"] = platform
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("IMSDK_")
                            or key == "IMSDK_LIB"}
        self.environment.update(no_proxy="*", G_DEBUG=os.environ.get("G_DEBUG", "fatal-criticals"))
        if server is not None:
            self.environment.update(IMSDK_SERVER=server.ws_url, IMSDK_DOMAIN=server.domain)
        self.environment.update(environment or {})
        self.init, self.wants_registration, self.receipts = init, register, receipts
        self.process = self.reader = None
        self.events = []
        self.changed = threading.Condition()
        self.returned = {}
        self.requests = 0
        self.library_threads = set()
        self.misbehaviour = []
        self.main_thread = None
        self.run()

    # The process

    def run(self):
        """Starts the process; after kill() or stop() again, with the same local data."""
        self.process = process.start([sys.executable, __file__], self.environment, stdin=-1, stdout=-1,
                                     stderr=None)
        self.events, self.returned = [], {}
        self.library_threads = set()
        self.reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self.reader.start()
        self.wait_for(lambda event: event["event"] == "ready", "the client's process")
        if self.wants_registration:
            self.do("register")
        if self.receipts:
            self.ask("TIMSetConfig", {"set_config_user_config": {"user_config_is_read_receipt": True}})
        if self.init:
            self.expect("TIMInit", 1400000000, json.dumps(self.config))
        return self

    def _read(self, child):
        for line in child.stdout:
            if not line.endswith(b"\n"):
                break  # it was killed in the middle of a word
            event = json.loads(line)
            if event.get("wrong_user_data") is not None or event.get("overlaps"):
                self.misbehaviour.append(event)
            with self.changed:
                if event["event"] == "ready":
                    self.main_thread = event["thread"]
                elif "thread" in event:
                    self.library_threads.add(event["thread"])
                event["at"] = time.monotonic()
                if event["event"] == "returned":
                    self.returned[event["request"]] = event
                else:
                    self.events.append(event)
                self.changed.notify_all()
        child.wait()    # those who are woken ask whether it has ended
        with self.changed:
            self.changed.notify_all()

    def kill(self):
        """As a power cut would: nothing is said to anybody."""
        self.process.kill()
        self._close()

    def _close(self):
        """What the process said before its end is still heard."""
        self.process.wait()
        self.reader.join(SECONDS)
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.stdout.close()

    def stop(self):
        """TIMUninit and a regular end."""
        if self.process.poll() is None:
            with contextlib.suppress(OSError, ValueError):
                self.process.stdin.write(b'{"op": "end"}\n')
                self.process.stdin.flush()
            try:
                self.process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.misbehaviour.append("TIMUninit did not return")
        status = self.process.wait()
        self._close()
        if self.temporary:
            shutil.rmtree(self.folder, ignore_errors=True)
        if status not in (0, -9):
            raise AssertionError(f"the process of {self.name} ended with {status}")
        if self.misbehaviour:
            raise AssertionError(f"callbacks of {self.name}: {self.misbehaviour}")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            self.stop()
        except AssertionError:
            if kind is None:
                raise

    # Asking

    def do(self, op, seconds=SECONDS, **arguments):
        """One request to the process; what it returned."""
        with self.changed:
            self.requests += 1
            number = self.requests
        try:
            self.process.stdin.write((json.dumps({"op": op, "request": number, **arguments}) + "\n").encode())
            self.process.stdin.flush()
        except OSError as error:
            raise AssertionError(f"the process of {self.name} is gone: {self.process.wait()}") from error
        with self.changed:
            there = self.changed.wait_for(lambda: number in self.returned or self.process.poll() is not None, seconds)
            if number not in self.returned:
                raise process.Timeout(f"{op} {arguments} of {self.name}: {'ended' if there else 'no answer'}")
            return self.returned.pop(number)

    def call(self, function, *arguments, seconds=SECONDS):
        """What the function returned."""
        return self.do("call", seconds, function=function, arguments=list(arguments))["result"]

    def start(self, function, *arguments):
        """Number of a call that was accepted."""
        answer = self.do("call", function=function, arguments=list(arguments))
        if answer["result"] != 0:
            raise Refused(function, answer["result"])
        return answer["call"]

    def expect(self, function, *arguments):
        result = self.call(function, *arguments)
        if result != 0:
            raise Refused(function, result)

    def reply(self, call, seconds=SECONDS):
        event = self.wait_for(lambda event: event["event"] == "reply" and event["call"] == call,
                              f"the callback of call {call}", seconds)
        return Reply(event)

    def answer(self, function, *arguments, seconds=SECONDS):
        """The Reply, whatever its code."""
        return self.reply(self.start(function, *arguments), seconds)

    def ask(self, function, *arguments, seconds=SECONDS):
        """The Reply of a call that succeeds."""
        reply = self.answer(function, *arguments, seconds=seconds)
        if reply.code != 0:
            raise Failed(function, reply)
        return reply

    # What came

    def wait_for(self, predicate, what="an event", seconds=SECONDS, after=0):
        with self.changed:
            found = None

            def look():
                nonlocal found
                found = next((event for event in self.events[after:] if predicate(event)), None)
                return found is not None or self.process.poll() is not None
            self.changed.wait_for(look, seconds)
            if found is None:
                ended = f"; the process ended with {self.process.returncode}" \
                    if self.process.poll() is not None else ""
                raise process.Timeout(f"{self.name}: {what}: not within {seconds} s{ended}\n{self.story()}")
            return found

    def wait_until(self, condition, what, seconds=SECONDS):
        """The first true value of condition(), looked at after every event."""
        with self.changed:
            if not self.changed.wait_for(condition, seconds):
                raise process.Timeout(f"{self.name}: {what}: not within {seconds} s\n{self.story()}")
            return condition()

    def mark(self):
        """A point in the story, for `after`."""
        with self.changed:
            return len(self.events)

    def of(self, *kinds, after=0):
        with self.changed:
            return [event for event in self.events[after:] if event["event"] in kinds]

    def messages(self, after=0, online=False):
        """Every message of TIMRecvNewMsgCallback so far."""
        found = [message for event in self.of("message", after=after) for message in json.loads(event["values"][0])]
        return [message for message in found if message["message_is_online_msg"] == online]

    def texts(self, after=0):
        return [text_of(message) for message in self.messages(after)]

    def wait_for_message(self, text, seconds=SECONDS, after=0):
        def look():
            return next((message for message in self.messages(after) if text_of(message) == text), None)
        return self.wait_until(look, f"the message {text!r}", seconds)

    def updates(self, after=0):
        return [message for event in self.of("update", after=after) for message in json.loads(event["values"][0])]

    def receipts_got(self, after=0):
        return [receipt for event in self.of("receipt", after=after) for receipt in json.loads(event["values"][0])]

    def conversation_events(self, after=0):
        """(which event, ConvInfo)"""
        return [(event["values"][0], conversation) for event in self.of("conversation", after=after)
                for conversation in json.loads(event["values"][1] or "[]")]

    def network(self, after=0):
        return [tuple(event["values"]) for event in self.of("network", after=after)]

    def wait_network(self, status, seconds=SECONDS, after=0):
        return self.wait_for(lambda event: event["event"] == "network" and event["values"][0] == status,
                             f"network status {status}", seconds, after)

    def story(self, last=25):
        """The last events, for messages of failures."""
        return "\n".join("    " + json.dumps({key: value for key, value in event.items() if key not in ("thread", "at")},
                                             ensure_ascii=False)[:300] for event in self.events[-last:])

    # What a person does

    def login(self, user, password, seconds=SECONDS):
        return self.ask("TIMLogin", user, password, seconds=seconds)

    def logout(self):
        return self.ask("TIMLogout")

    def choose_server(self, **info):
        return self.ask("callExperimentalAPI", json.dumps({
            "request_internal_operation": "internal_operation_set_custom_server_info",
            "request_set_custom_server_info_param": info}))

    def send(self, peer, text, **keys):
        """Number of the call."""
        return self.start("TIMMsgSendNewMsg", peer, C2C, json.dumps(text_message(text, **keys)))

    def send_text(self, peer, text, seconds=SECONDS, **keys):
        """The message as it was sent."""
        reply = self.reply(self.send(peer, text, **keys), seconds)
        if reply.code != 0:
            raise Failed("TIMMsgSendNewMsg", reply)
        return reply.json

    def send_elements(self, peer, elements, **keys):
        """(number of the call, id of the message)"""
        message = {"message_elem_array": elements, **keys}
        answer = self.do("call", function="TIMMsgSendMessage", arguments=[peer, C2C, json.dumps(message)])
        if answer["result"] != 0:
            raise Refused("TIMMsgSendMessage", answer["result"])
        return answer["call"], answer["message_id"]

    def uploads(self, message_id=None, after=0):
        """(index of the element, bytes so far, bytes in all) of TIMMsgElemUploadProgressCallback"""
        return [tuple(event["values"][1:]) for event in self.of("upload", after=after)
                if message_id in (None, json.loads(event["values"][0])["message_msg_id"])]

    def download(self, url, path, seconds=SECONDS):
        """All replies of TIMMsgDownloadElemToPath, the last one with the end."""
        call = self.start("TIMMsgDownloadElemToPath", json.dumps({"msg_download_elem_param_url": url}), str(path))

        def is_over(event):
            if event["event"] != "reply" or event["call"] != call:
                return False
            sizes = json.loads(event["json"]) if event["json"] else {}
            return event["code"] != 0 or sizes["msg_download_elem_result_current_size"] == \
                sizes["msg_download_elem_result_total_size"]
        self.wait_for(is_over, f"the end of the download of {url}", seconds)
        return [Reply(event) for event in self.of("reply") if event["call"] == call]

    def conversations(self):
        return self.ask("TIMConvGetConvList").json

    def conversation(self, peer):
        return next((one for one in self.conversations() if one["conv_id"] == peer), None)

    def history(self, peer, count=20, last=None, forward=False, remote=False):
        param = {"msg_getmsglist_param_count": count, "msg_getmsglist_param_is_forward": forward,
                 "msg_getmsglist_param_is_remble": remote}
        if last is not None:
            param["msg_getmsglist_param_last_msg"] = last
        return self.ask("TIMMsgGetMsgList", peer, C2C, json.dumps(param)).json

    def read(self, peer, message=None):
        return self.ask("TIMMsgReportReaded", peer, C2C, json.dumps(message) if message else "")


def text_message(text, **keys):
    return {"message_elem_array": [{"elem_type": 0, "text_elem_content": text}], **keys}


def text_of(message):
    """The text of the first element, or None."""
    elements = message.get("message_elem_array") or [{}]
    return elements[0].get("text_elem_content")


# The other end of the pipes

class Worker:
    def __init__(self):
        import imsdk
        self.lock = threading.Lock()
        # whatever the library prints goes elsewhere than into the answers
        self.output = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)
        self.sdk = imsdk.Sdk(on_event=self.tell)
        self.tell({"event": "ready", "thread": threading.get_native_id()})

    def tell(self, event):
        with self.lock:
            self.output.write((json.dumps(event) + "\n").encode())

    def op_call(self, request):
        result, number = self.sdk.call(request["function"], *request["arguments"])
        return {"result": result, "call": number, "message_id": self.sdk.message_id}

    def op_silent_call(self, request):
        return {"result": self.sdk.call_without_callback(request["function"], *request["arguments"])}

    def op_register(self, request):
        self.sdk.register(*request.get("names", []))
        return {}

    def op_unregister(self, request):
        self.sdk.unregister(request["name"])
        return {}

    def op_react(self, request):
        self.sdk.react(request["event"], request.get("call"), request.get("arguments", []))
        return {}

    def op_release(self, request):
        self.sdk.released.set()
        return {}

    def run(self):
        for line in sys.stdin:
            request = json.loads(line)
            if request["op"] == "end":
                break
            answer = getattr(self, f"op_{request['op']}")(request)
            self.tell({"event": "returned", "request": request["request"], **answer})
        self.sdk.call("TIMUninit")


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    Worker().run()
