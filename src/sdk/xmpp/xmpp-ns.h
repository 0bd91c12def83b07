/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Every XML namespace, once. */

#define XMPP_NS_CLIENT "jabber:client"
#define XMPP_NS_STREAM "http://etherx.jabber.org/streams"
#define XMPP_NS_STREAM_ERRORS "urn:ietf:params:xml:ns:xmpp-streams"
#define XMPP_NS_FRAMING "urn:ietf:params:xml:ns:xmpp-framing"
#define XMPP_NS_SASL "urn:ietf:params:xml:ns:xmpp-sasl"
#define XMPP_NS_BIND "urn:ietf:params:xml:ns:xmpp-bind"
#define XMPP_NS_STANZAS "urn:ietf:params:xml:ns:xmpp-stanzas"
#define XMPP_NS_REGISTER "jabber:iq:register"
#define XMPP_NS_REGISTER_FEATURE "http://jabber.org/features/iq-register"
#define XMPP_NS_ROSTER "jabber:iq:roster"
#define XMPP_NS_DATA_FORMS "jabber:x:data"                           /* XEP-0004 */
#define XMPP_NS_OFFLINE "http://jabber.org/protocol/offline"         /* XEP-0013 */
#define XMPP_NS_DISCO_INFO "http://jabber.org/protocol/disco#info"   /* XEP-0030 */
#define XMPP_NS_DISCO_ITEMS "http://jabber.org/protocol/disco#items" /* XEP-0030 */
#define XMPP_NS_MUC_USER "http://jabber.org/protocol/muc#user"       /* XEP-0045 */
#define XMPP_NS_RSM "http://jabber.org/protocol/rsm"                 /* XEP-0059 */
#define XMPP_NS_PUBSUB "http://jabber.org/protocol/pubsub"           /* XEP-0060 */
#define XMPP_NS_PUBSUB_EVENT "http://jabber.org/protocol/pubsub#event"
#define XMPP_NS_OOB "jabber:x:oob"                                  /* XEP-0066 */
#define XMPP_NS_GEOLOC "http://jabber.org/protocol/geoloc"          /* XEP-0080 */
#define XMPP_NS_CHAT_STATES "http://jabber.org/protocol/chatstates" /* XEP-0085 */
#define XMPP_NS_URL_DATA "http://jabber.org/protocol/url-data"      /* XEP-0103 */
#define XMPP_NS_CAPS "http://jabber.org/protocol/caps"              /* XEP-0115 */
#define XMPP_NS_XRD "http://docs.oasis-open.org/ns/xri/xrd-1.0"     /* XEP-0156 */
#define XMPP_NS_RECEIPTS "urn:xmpp:receipts"                        /* XEP-0184 */
#define XMPP_NS_SM "urn:xmpp:sm:3"                                  /* XEP-0198 */
#define XMPP_NS_PING "urn:xmpp:ping"                                /* XEP-0199 */
#define XMPP_NS_DELAY "urn:xmpp:delay"                              /* XEP-0203 */
#define XMPP_NS_THUMBS "urn:xmpp:thumbs:1"                          /* XEP-0264 */
#define XMPP_NS_CARBONS "urn:xmpp:carbons:2"                        /* XEP-0280 */
#define XMPP_NS_FORWARD "urn:xmpp:forward:0"                        /* XEP-0297 */
#define XMPP_NS_HASHES "urn:xmpp:hashes:2"                          /* XEP-0300 */
#define XMPP_NS_CORRECT "urn:xmpp:message-correct:0"                /* XEP-0308 */
#define XMPP_NS_MAM "urn:xmpp:mam:2"                                /* XEP-0313 */
#define XMPP_NS_MARKERS "urn:xmpp:chat-markers:0"                   /* XEP-0333 */
#define XMPP_NS_HINTS "urn:xmpp:hints"                              /* XEP-0334 */
#define XMPP_NS_STANZA_IDS "urn:xmpp:sid:0"                         /* XEP-0359 */
#define XMPP_NS_UPLOAD "urn:xmpp:http:upload:0"                     /* XEP-0363 */
#define XMPP_NS_EME "urn:xmpp:eme:0"                                /* XEP-0380 */
#define XMPP_NS_FASTEN "urn:xmpp:fasten:0"                          /* XEP-0422 */
#define XMPP_NS_RETRACT "urn:xmpp:message-retract:1"                /* XEP-0424 */
#define XMPP_NS_RETRACT_OLD "urn:xmpp:message-retract:0"            /* XEP-0424 */
#define XMPP_NS_MODERATE "urn:xmpp:message-moderate:1"              /* XEP-0425 */
#define XMPP_NS_MODERATE_OLD "urn:xmpp:message-moderate:0"          /* XEP-0425 */
#define XMPP_NS_FALLBACK "urn:xmpp:fallback:0"                      /* XEP-0428 */
#define XMPP_NS_FALLBACK_OLD "urn:xmpp:feature-fallback:0"          /* XEP-0461 before 0.2 */
#define XMPP_NS_REACTIONS "urn:xmpp:reactions:0"                    /* XEP-0444 */
#define XMPP_NS_FILE "urn:xmpp:file:metadata:0"                     /* XEP-0446 */
#define XMPP_NS_SFS "urn:xmpp:sfs:0"                                /* XEP-0447 */
#define XMPP_NS_REPLY "urn:xmpp:reply:0"                            /* XEP-0461 */

/* XEP-0156: how a domain names its WebSocket address. */
#define XMPP_REL_WEBSOCKET "urn:xmpp:alt-connections:websocket"
