# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody else's client: Debian's slixmpp over TCP, on a thread of its own. What it hears is put into lists."""

import asyncio
import logging
import threading
import time
from xml.etree import ElementTree

import process

logging.getLogger("slixmpp").setLevel(logging.CRITICAL)
SECONDS = 20
NS_RECEIPTS, NS_MARKERS, NS_STATES = "urn:xmpp:receipts", "urn:xmpp:chat-markers:0", \
    "http://jabber.org/protocol/chatstates"
NS_OOB, NS_SHARING, NS_FILE, NS_URL = "jabber:x:oob", "urn:xmpp:sfs:0", "urn:xmpp:file:metadata:0", \
    "http://jabber.org/protocol/url-data"
NS_PUBSUB = "http://jabber.org/protocol/pubsub"
NS_HINTS, NS_STANZA_ID = "urn:xmpp:hints", "urn:xmpp:sid:0"
NS_UPLOAD, NS_GEOLOC = "urn:xmpp:http:upload:0", "http://jabber.org/protocol/geoloc"


class Peer:
    """server: an object of servers.py. It is online when the constructor returns. acknowledges: answers requests for
    receipts, as most clients do."""

    def __init__(self, server, user, password, resource="peer", domain=None, acknowledges=True):
        import slixmpp
        from slixmpp.xmlstream.handler import Callback
        from slixmpp.xmlstream.matcher import MatchXPath
        self.jid = f"{user}@{domain or server.domain}"
        self.changed = threading.Condition()
        self.received = []
        self.refused = slixmpp.exceptions.IqError
        self.online = False
        self.failure = None
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()

        def run():
            asyncio.set_event_loop(self.loop)
            client = slixmpp.ClientXMPP(f"{self.jid}/{resource}", password)
            for plugin in ("xep_0030", "xep_0199", "xep_0280", "xep_0297", "xep_0313", "xep_0085"):
                client.register_plugin(plugin)
            client.register_plugin("xep_0184", {"auto_ack": acknowledges, "auto_request": False})
            client["feature_mechanisms"].unencrypted_plain = True
            client.add_event_handler("session_start", self._on_start)
            client.register_handler(Callback("everything", MatchXPath("{jabber:client}message"), self._on_message))
            client.add_event_handler("carbon_received", lambda stanza: self._on_message(stanza, "received"))
            client.add_event_handler("carbon_sent", lambda stanza: self._on_message(stanza, "sent"))
            client.add_event_handler("failed_auth", lambda _: self._fail("not authorized"))
            client.add_event_handler("stream_error", lambda error: self._fail(f"stream error {error['condition']}"))
            client.add_event_handler("disconnected", lambda _: self._set_online(False))
            self.client = client
            client.connect(("127.0.0.1", server.c2s_port), disable_starttls=True)
            ready.set()
            self.loop.run_forever()
            tasks = asyncio.all_tasks(self.loop)
            for task in tasks:
                task.cancel()
            self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            self.loop.close()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        ready.wait(SECONDS)
        self.wait_until(lambda: self.online or self.failure, "its session")
        if self.failure:
            self.stop()
            raise AssertionError(f"{self.jid}: {self.failure}")

    # On the thread

    async def _on_start(self, _):
        self.client.send_presence()
        await self.client["xep_0280"].enable()
        self._set_online(True)

    def _set_online(self, online):
        with self.changed:
            self.online = online
            self.changed.notify_all()

    def _fail(self, why):
        with self.changed:
            self.failure = why
            self.changed.notify_all()

    def _on_message(self, stanza, carbon=None):
        if carbon is None and (stanza.xml.find("{urn:xmpp:carbons:2}received") is not None
                               or stanza.xml.find("{urn:xmpp:carbons:2}sent") is not None):
            return
        if carbon:
            stanza = stanza[f"carbon_{carbon}"]
        xml = stanza.xml
        entry = {
            "from": str(stanza["from"].bare), "full_from": str(stanza["from"]), "to": str(stanza["to"]),
            "type": stanza["type"], "id": stanza["id"],
            "body": xml.findtext("{jabber:client}body"), "carbon": carbon, "at": time.monotonic(),
            "receipt": attribute(xml, NS_RECEIPTS, "received", "id"),
            "wants_receipt": xml.find(f"{{{NS_RECEIPTS}}}request") is not None,
            "displayed": attribute(xml, NS_MARKERS, "displayed", "id"),
            "markable": xml.find(f"{{{NS_MARKERS}}}markable") is not None,
            "stored_hint": xml.find(f"{{{NS_HINTS}}}store") is not None,
            "stanza_id": attribute(xml, NS_STANZA_ID, "stanza-id", "id"),
            "origin_id": attribute(xml, NS_STANZA_ID, "origin-id", "id"),
            "state": next((child.tag.split("}")[1] for child in xml if child.tag.startswith(f"{{{NS_STATES}}}")), None),
            "retracts": attribute(xml, "urn:xmpp:message-retract:1", "retract", "id"),
            "place": read_place(xml.find(f"{{{NS_GEOLOC}}}geoloc")), "error": xml.find("{jabber:client}error") is not None,
            "oob": xml.findtext(f"{{{NS_OOB}}}x/{{{NS_OOB}}}url"), "files": [read_file(one) for one in xml.findall(
                f"{{{NS_SHARING}}}file-sharing")],
        }
        with self.changed:
            self.received.append(entry)
            self.changed.notify_all()

    # From outside

    def run(self, coroutine, seconds=SECONDS):
        """The result of a coroutine that runs on the peer's thread."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(seconds)

    def _make(self, to, text, kind="chat"):
        message = self.client.make_message(mto=to, mbody=text, mtype=kind)
        message["id"] = self.client.new_id()
        return message

    def send(self, to, text, receipt=False, markable=False, kind="chat"):
        """The id of the message."""
        async def do():
            message = self._make(to, text, kind)
            add(message, receipt and (NS_RECEIPTS, "request", {}))
            add(message, markable and (NS_MARKERS, "markable", {}))
            message.send()
            return message["id"]
        return self.run(do())

    def send_url(self, to, url):
        """As most clients send a file: its address is the body, and XEP-0066 says so."""
        async def do():
            message = self._make(to, url)
            part = ElementTree.SubElement(message.xml, f"{{{NS_OOB}}}x")
            ElementTree.SubElement(part, f"{{{NS_OOB}}}url").text = url
            message.send()
            return message["id"]
        return self.run(do())

    def send_place(self, to, latitude, longitude, description):
        """XEP-0080, with a body for who does not know it."""
        async def do():
            message = self._make(to, f"geo:{latitude},{longitude}")
            place = ElementTree.SubElement(message.xml, f"{{{NS_GEOLOC}}}geoloc")
            for name, value in (("lat", latitude), ("lon", longitude), ("text", description)):
                ElementTree.SubElement(place, f"{{{NS_GEOLOC}}}{name}").text = str(value)
            message.send()
            return message["id"]
        return self.run(do())

    def send_many(self, to, texts, seconds=120):
        """Returns when the server has taken all of them."""
        async def do():
            for number, text in enumerate(texts):
                self._make(to, text).send()
                if number % 100 == 99:
                    await self.client["xep_0199"].send_ping(self.client.boundjid.host, timeout=seconds)
            await self.client["xep_0199"].send_ping(self.client.boundjid.host, timeout=seconds)
        self.run(do(), seconds)

    def mark_displayed(self, to, message_id):
        return self._send_element(to, NS_MARKERS, "displayed", {"id": message_id}, store=True)

    def send_state(self, to, state):
        return self._send_element(to, NS_STATES, state, {})

    def _send_element(self, to, namespace, name, attributes, store=False):
        async def do():
            message = self.client.make_message(mto=to, mtype="chat")
            del message["body"]
            message["id"] = self.client.new_id()
            add(message, (namespace, name, attributes))
            add(message, store and (NS_HINTS, "store", {}))
            message.send()
            return message["id"]
        return self.run(do())

    def send_about(self, to, namespace, name, message_id, body):
        """A message about that message: <name xmlns=namespace id=…/>, with a text for who does not know of such."""
        async def do():
            message = self._make(to, body)
            add(message, (namespace, name, {"id": message_id}))
            message.send()
            return message["id"]
        return self.run(do())

    def sync(self):
        """Returns when the server has handled everything sent before."""
        async def do():
            await self.client["xep_0199"].send_ping(self.client.boundjid.host, timeout=SECONDS)
        self.run(do())

    def slot(self, service, name, size):
        """(where to put a file, headers to put it with, where it is got from then) (XEP-0363)"""
        async def do():
            query = self.client.make_iq_get(ito=service)
            query.append(ElementTree.Element(f"{{{NS_UPLOAD}}}request", {"filename": name, "size": str(size)}))
            answer = (await query.send(timeout=SECONDS)).xml
            put, get = (answer.find(f".//{{{NS_UPLOAD}}}{way}") for way in ("put", "get"))
            return put.get("url"), {header.get("name"): header.text for header in put}, get.get("url")
        return self.run(do())

    def features(self, jid):
        """What that device says of itself (XEP-0030)."""
        async def do():
            found = await self.client["xep_0030"].get_info(jid=jid, timeout=SECONDS)
            return found["disco_info"]["features"]
        return self.run(do())

    def pep_items(self, address, node):
        """The ids of the items of somebody's node; None when they are not shown."""
        async def do():
            request = self.client.make_iq_get(ito=address)
            pubsub = ElementTree.SubElement(request.xml, f"{{{NS_PUBSUB}}}pubsub")
            ElementTree.SubElement(pubsub, f"{{{NS_PUBSUB}}}items", node=node)
            try:
                answer = await request.send(timeout=SECONDS)
            except self.refused:
                return None
            return [item.get("id") for item in answer.xml.iter(f"{{{NS_PUBSUB}}}item")]
        return self.run(do())

    def pep_publish(self, node, item):
        """Into an own node, which is made as the server makes them: the contacts may read it."""
        async def do():
            request = self.client.make_iq_set()
            pubsub = ElementTree.SubElement(request.xml, f"{{{NS_PUBSUB}}}pubsub")
            publish = ElementTree.SubElement(pubsub, f"{{{NS_PUBSUB}}}publish", node=node)
            found = ElementTree.SubElement(publish, f"{{{NS_PUBSUB}}}item", id=item)
            ElementTree.SubElement(found, "{urn:example}nothing")
            await request.send(timeout=SECONDS)
        self.run(do())

    def archive(self, peer=None):
        """The bodies of the own archive, in its order."""
        async def do():
            found = []
            results = self.client["xep_0313"].iterate(with_jid=peer, reverse=False)
            async for result in results:
                found.append(result["mam_result"]["forwarded"]["stanza"]["body"])
            return found
        return self.run(do(), 60)

    def bodies(self):
        with self.changed:
            return [entry["body"] for entry in self.received if entry["body"] and not entry["carbon"]]

    def wait_until(self, condition, what, seconds=SECONDS):
        with self.changed:
            if not self.changed.wait_for(condition, seconds):
                last = "\n".join(f"    {entry}" for entry in self.received[-10:])
                raise process.Timeout(f"{self.jid}: {what}: not within {seconds} s\n{last}")
            return condition()

    def wait_for(self, seconds=SECONDS, **wanted):
        """The first thing heard that has these values: body, id, receipt, displayed, state, carbon…"""
        def look():
            return next((entry for entry in self.received
                         if all(entry[key] == value for key, value in wanted.items())), None)
        return self.wait_until(look, str(wanted), seconds)

    def stop(self):
        async def leave():
            self.client.disconnect(wait=0)
            await asyncio.wait_for(self.client.disconnected, 3)
        if self.loop.is_running():
            try:
                self.run(leave(), 5)
            except Exception:  # it may be gone already
                pass
            self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def attribute(xml, namespace, name, which):
    child = xml.find(f"{{{namespace}}}{name}")
    return None if child is None else child.get(which)


def read_place(geoloc):
    """(latitude, longitude) of XEP-0080, or None."""
    if geoloc is None:
        return None
    return tuple(float(geoloc.findtext(f"{{{NS_GEOLOC}}}{name}")) for name in ("lat", "lon"))


def read_file(sharing):
    """What XEP-0447 says of a file."""
    said = {key: sharing.findtext(f"{{{NS_FILE}}}file/{{{NS_FILE}}}{key}")
            for key in ("name", "media-type", "size", "width", "height", "length")}
    source = sharing.find(f".//{{{NS_URL}}}url-data")
    return {**said, "url": None if source is None else source.get("target")}


def add(message, what):
    if what:
        namespace, name, attributes = what
        message.append(ElementTree.Element(f"{{{namespace}}}{name}", attributes))
