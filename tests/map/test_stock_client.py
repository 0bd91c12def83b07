#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a stock library, slixmpp, reads in the messages that we send."""
import subprocess
import sys
import unittest
from xml.etree import ElementTree

from slixmpp.plugins.xep_0066 import stanza as oob
from slixmpp.plugins.xep_0080 import stanza as geoloc
from slixmpp.plugins.xep_0308 import stanza as correction
from slixmpp.plugins.xep_0422 import stanza as fastening
from slixmpp.plugins.xep_0424 import stanza as retraction
from slixmpp.plugins.xep_0444 import stanza as reactions
from slixmpp.plugins.xep_0461 import stanza as reply
from slixmpp.stanza import Message
from slixmpp.xmlstream import register_stanza_plugin

PROGRAM = sys.argv.pop(1)

register_stanza_plugin(Message, oob.OOB)
register_stanza_plugin(Message, geoloc.Geoloc)
register_stanza_plugin(Message, correction.Replace)
register_stanza_plugin(Message, reactions.Reactions)
register_stanza_plugin(reactions.Reactions, reactions.Reaction, iterable=True)
for module in (fastening, retraction, reply):
    module.register_plugins()


def read_stanzas():
    lines = subprocess.run([PROGRAM], check=True, capture_output=True).stdout.decode().splitlines()
    return {name: Message(xml=ElementTree.fromstring(text.replace('\x1f', '\n')))
            for name, text in (line.split('\t', 1) for line in lines)}


class StockClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stanzas = read_stanzas()

    def test_a_text_is_a_body(self):
        self.assertEqual(self.stanzas['text']['body'], '好 yes')
        self.assertEqual(self.stanzas['text']['type'], 'chat')

    def test_a_picture_is_its_address(self):
        self.assertEqual(self.stanzas['picture']['body'], 'https://up.example/p.png')
        self.assertEqual(self.stanzas['picture']['oob']['url'], 'https://up.example/p.png')

    def test_a_picture_with_words_is_both(self):
        self.assertEqual(self.stanzas['mixed']['body'], '好 yes\nhttps://up.example/p.png')

    def test_a_place_is_a_place(self):
        self.assertEqual(self.stanzas['place']['body'], 'here\ngeo:-1.5,2')
        self.assertEqual(self.stanzas['place']['geoloc']['lat'], -1.5)
        self.assertEqual(self.stanzas['place']['geoloc']['lon'], 2)
        self.assertEqual(self.stanzas['place']['geoloc'].xml.findtext(
            '{http://jabber.org/protocol/geoloc}description'), 'here')

    def test_a_reply_names_what_it_answers_and_quotes_it(self):
        stanza = self.stanzas['reply']
        self.assertEqual(stanza['reply']['id'], 'old')
        self.assertEqual(stanza['reply']['to'], 'bob@example.org')
        self.assertEqual(stanza['body'], '> one\n> two\n好 yes')
        ranges = stanza.xml.findall('{urn:xmpp:fallback:0}fallback/{urn:xmpp:fallback:0}body')
        start, end = (int(ranges[0].get(name)) for name in ('start', 'end'))
        self.assertEqual(stanza['body'][:start] + stanza['body'][end:], '好 yes')

    def test_a_correction_replaces(self):
        self.assertEqual(self.stanzas['correction']['replace']['id'], 'old')
        self.assertEqual(self.stanzas['correction']['body'], '好 yes')

    def test_a_retraction_is_one_and_says_so(self):
        stanza = self.stanzas['retraction']
        self.assertEqual(stanza['apply_to']['id'], 'old')
        self.assertIsNotNone(stanza['apply_to'].get_plugin('retract', check=True))
        self.assertTrue(stanza['body'])

    def test_reactions_are_a_set(self):
        stanza = self.stanzas['reactions']
        self.assertEqual(stanza['reactions']['id'], 'old')
        self.assertEqual(stanza['reactions']['values'], {'👋', '🐢'})


if __name__ == '__main__':
    unittest.main()
