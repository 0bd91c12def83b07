# SPDX-License-Identifier: GPL-3.0-or-later
"""libimsdk.so in Python: the public C API by ctypes, with every callback put into one list of events.

The API is global to a process, so one process holds one Sdk; imclient.py puts each into a process of its own."""

import ctypes
import json
import os
import pathlib
import threading

import process

COMM = ctypes.CFUNCTYPE(None, ctypes.c_int32, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p)
TEXT = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_void_p)
NOTHING = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
CONVERSATION = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
NETWORK = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_int32, ctypes.c_char_p, ctypes.c_void_p)
UPLOAD = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p)
NUMBER = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p)
LOG = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)

# name of the event → registration, type of the callback
CALLBACKS = {
    "message": ("TIMAddRecvNewMsgCallback", TEXT),
    "receipt": ("TIMSetMsgReadedReceiptCallback", TEXT),
    "revoke": ("TIMSetMsgRevokeCallback", TEXT),
    "upload": ("TIMSetMsgElemUploadProgressCallback", UPLOAD),
    "tips": ("TIMSetGroupTipsEventCallback", TEXT),
    "conversation": ("TIMSetConvEventCallback", CONVERSATION),
    "network": ("TIMSetNetworkStatusListenerCallback", NETWORK),
    "kicked": ("TIMSetKickedOfflineCallback", NOTHING),
    "expired": ("TIMSetUserSigExpiredCallback", NOTHING),
    "friend-added": ("TIMSetOnAddFriendCallback", TEXT),
    "friend-deleted": ("TIMSetOnDeleteFriendCallback", TEXT),
    "friend-updated": ("TIMSetUpdateFriendProfileCallback", TEXT),
    "friend-request": ("TIMSetFriendAddRequestCallback", TEXT),
    "log": ("TIMSetLogCallback", LOG),
    "update": ("TIMSetMsgUpdateCallback", TEXT),
    "reactions": ("TIMSetMsgReactionsChangedCallback", TEXT),
    "unread": ("TIMSetConvTotalUnreadMessageCountChangedCallback", NUMBER),
}

S, I, U32, U64, B = ctypes.c_char_p, ctypes.c_int, ctypes.c_uint32, ctypes.c_uint64, ctypes.c_bool
# name → arguments before (cb, user_data)
ASYNCHRONOUS = {
    "TIMSetConfig": [S], "TIMLogin": [S, S], "TIMLogout": [],
    "TIMConvCreate": [S, I], "TIMConvDelete": [S, I], "TIMConvGetConvList": [],
    "TIMConvGetConversationListByFilter": [S, U64, U32], "TIMConvPinConversation": [S, I, B],
    "TIMConvMarkConversation": [S, U64, B], "TIMConvGetTotalUnreadMessageCount": [],
    "TIMMsgSetC2CReceiveMessageOpt": [S, I], "TIMMsgGetC2CReceiveMessageOpt": [S],
    "TIMMsgSendNewMsg": [S, I, S], "TIMMsgReportReaded": [S, I, S], "TIMMsgGetMsgList": [S, I, S],
    "TIMMsgDelete": [S, I, S], "TIMMsgSendMessage": [S, I, S, S], "TIMMsgCancelSend": [S, I, S], "TIMMsgBatchSend": [S],
    "TIMMsgDownloadMergerMessage": [S], "TIMMsgDownloadElemToPath": [S, S], "callExperimentalAPI": [S],
    "TIMMsgListDelete": [S, I, S], "TIMMsgClearHistoryMessage": [S, I], "TIMMsgImportMsgList": [S, I, S],
    "TIMMsgSaveMsg": [S, I, S], "TIMMsgSetLocalCustomData": [S], "TIMMsgFindByMsgLocatorList": [S, I, S],
    "TIMMsgFindMessages": [S], "TIMMsgSearchLocalMessages": [S],
    "TIMMsgRevoke": [S, I, S], "TIMMsgModifyMessage": [S], "TIMMsgAddMessageReaction": [S, S],
    "TIMMsgRemoveMessageReaction": [S, S], "TIMMsgGetMessageReactions": [S, U32],
    "TIMMsgGetAllUserListOfMessageReaction": [S, S, U32, U32],
}
SYNCHRONOUS = {
    "TIMInit": [U64, S], "TIMUninit": [], "TIMConvSetDraft": [S, I, S], "TIMConvCancelDraft": [S, I],
    "TIMGetLoginStatus": [],
}

HOLD_SECONDS = 30


def library_path():
    """IMSDK_LIB, or the newest one that was built here."""
    if os.environ.get("IMSDK_LIB"):
        return os.environ["IMSDK_LIB"]
    root = pathlib.Path(__file__).resolve().parents[2]
    built = sorted(root.glob("build*/src/sdk/libimsdk.so"), key=lambda path: path.stat().st_mtime)
    if not built:
        raise FileNotFoundError("libimsdk.so is not built; IMSDK_LIB names it when it is elsewhere")
    return str(built[-1])


class Sdk:
    """on_event: called with each event (a dict) on the library's thread, after it was recorded."""

    def __init__(self, path=None, on_event=None):
        self.library = ctypes.CDLL(path or library_path())
        self.on_event = on_event
        self.changed = threading.Condition()
        self.events = []
        self.reactions = []
        self.released = threading.Event()
        self._inside = 0
        self._calls = 0
        self.message_id = None  # of the last TIMMsgSendMessage
        self._keep = {}
        self._reply = COMM(self._on_reply)
        for name, arguments in ASYNCHRONOUS.items():
            self._declare(name, [*arguments, COMM, ctypes.c_void_p])
        for name, arguments in SYNCHRONOUS.items():
            self._declare(name, arguments)
        self.library.TIMGetSDKVersion.restype = S
        self.library.TIMGetLoginUserID.argtypes = [S]

    def _declare(self, name, arguments):
        function = getattr(self.library, name)
        function.argtypes = arguments
        function.restype = ctypes.c_int

    # Callbacks

    def register(self, *names, user_data=None):
        """Sets these callbacks, all of them when none is named."""
        for number, name in enumerate(names or CALLBACKS):
            setter, kind = CALLBACKS[name]
            given = user_data if user_data is not None else 1000 + number
            if name not in self._keep:  # the library knows a callback by its pointer
                self._keep[name] = kind(self._recorder(name, given))
            self._setter(setter)(ctypes.cast(self._keep[name], ctypes.c_void_p), given)

    def _setter(self, name):
        function = getattr(self.library, name)
        function.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        function.restype = None
        return function

    def unregister(self, name):
        if name == "message":
            remove = self.library.TIMRemoveRecvNewMsgCallback
            remove.argtypes = [ctypes.c_void_p]
            remove.restype = None
            remove(ctypes.cast(self._keep[name], ctypes.c_void_p))
        else:
            self._setter(CALLBACKS[name][0])(None, None)

    def _recorder(self, name, given):
        def record(*arguments):
            *values, user_data = arguments
            event = {"event": name, "values": [to_text(value) for value in values]}
            if (user_data or 0) != given:
                event["wrong_user_data"] = user_data
            self._record(event)
        return record

    def _on_reply(self, code, desc, params, user_data):
        self._record({"event": "reply", "call": user_data or 0, "code": code, "desc": to_text(desc),
                      "json": to_text(params)})

    def _record(self, event):
        with self.changed:
            self._inside += 1
            event["thread"] = threading.get_native_id()
            if self._inside > 1:
                event["overlaps"] = True
            self.events.append(event)
            self.changed.notify_all()
            reaction = next((one for one in self.reactions if one["event"] == event["event"]), None)
            if reaction is not None:
                self.reactions.remove(reaction)
        if self.on_event:
            self.on_event(event)
        if reaction is not None:
            self._react(reaction)
        with self.changed:
            self._inside -= 1

    def react(self, event, call=None, arguments=()):
        """Once, inside the next callback of that kind: call this function, or, without one, do not return until
        released is set."""
        self.released.clear()
        with self.changed:
            self.reactions.append({"event": event, "call": call, "arguments": list(arguments)})

    def _react(self, reaction):
        if reaction["call"] is None:
            self.released.wait(HOLD_SECONDS)
            return
        result, number = self.call(reaction["call"], *reaction["arguments"])
        with self.changed:
            event = {"event": "reaction", "result": result, "call": number, "thread": threading.get_native_id()}
            self.events.append(event)
            self.changed.notify_all()
        if self.on_event:
            self.on_event(event)

    # Calls

    def call(self, name, *arguments):
        """(what the function returned, number of the call: its reply carries it)"""
        values = [to_bytes(value) for value in arguments]
        function = getattr(self.library, name)
        if name == "TIMGetLoginUserID":
            buffer = ctypes.create_string_buffer(128)
            return function(buffer), to_text(buffer.value)
        if name == "TIMGetSDKVersion":
            return to_text(function()), 0
        if name in SYNCHRONOUS:
            return function(*values), 0
        with self.changed:
            self._calls += 1
            number = self._calls
        if name == "TIMMsgSendMessage":
            buffer = ctypes.create_string_buffer(128)
            result = function(*values, buffer, self._reply, number)
            self.message_id = to_text(buffer.value)
            return result, number
        return function(*values, self._reply, number), number

    def call_without_callback(self, name, *arguments):
        """The same with a NULL callback."""
        return getattr(self.library, name)(*[to_bytes(value) for value in arguments], COMM(), None)

    def wait_for(self, predicate, seconds, what="an event"):
        """The first event that fits, of the past or of the coming seconds."""
        with self.changed:
            found = None

            def look():
                nonlocal found
                found = next((event for event in self.events if predicate(event)), None)
                return found is not None
            if not self.changed.wait_for(look, seconds):
                raise process.Timeout(f"{what}: not within {seconds} s")
            return found


def to_bytes(value):
    if value is None or isinstance(value, (int, bytes)):
        return value
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


def to_text(value):
    return value.decode("utf-8") if isinstance(value, bytes) else value
