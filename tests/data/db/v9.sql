-- A database of version 9 with rows, as it lies on a disk. Never changed.
PRAGMA application_id = 1282305652;
PRAGMA user_version = 9;

CREATE TABLE conversation (
  id          INTEGER PRIMARY KEY,
  type        INTEGER NOT NULL,           -- TIMConvType
  name        TEXT    NOT NULL,           -- conv_id
  visible     INTEGER NOT NULL DEFAULT 1, -- 0: deleted from the list
  active_time INTEGER NOT NULL DEFAULT 0, -- seconds, of the newest message or of its creation
  next_seq    INTEGER NOT NULL DEFAULT 1,
  cleared_key INTEGER NOT NULL DEFAULT 0, -- nothing at or below this sort key comes back
  draft       TEXT,                       -- Draft as JSON
  draft_time  INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0, list_key INTEGER GENERATED ALWAYS AS
  ((max (0, min (max (active_time, draft_time), 8589934591)) << 30) | (id & 1073741823)) VIRTUAL,
  UNIQUE (type, name)
);
CREATE TABLE message (
  id           INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  sort_key     INTEGER NOT NULL,          -- the order inside a conversation is our own
  origin_id    TEXT,                      -- XEP-0359, claimed by the sender
  archive_id   TEXT,                      -- in the own archive
  wire_id      TEXT,                      -- the stanza's id attribute
  sender       TEXT    NOT NULL,
  is_self      INTEGER NOT NULL,
  status       INTEGER NOT NULL,          -- TIMMsgStatus
  server_time  INTEGER NOT NULL,          -- seconds
  is_read      INTEGER NOT NULL,
  is_peer_read INTEGER NOT NULL DEFAULT 0,
  is_delivered INTEGER NOT NULL DEFAULT 0,
  markable     INTEGER NOT NULL DEFAULT 0,
  unique_id    INTEGER NOT NULL UNIQUE,
  seq          INTEGER NOT NULL,
  rand         INTEGER NOT NULL,
  error_code   INTEGER NOT NULL DEFAULT 0,
  error_desc   TEXT,
  json         TEXT    NOT NULL,          -- the whole Message; the columns win
  UNIQUE (conversation, sort_key)
);
CREATE INDEX message_wire ON message (wire_id) WHERE wire_id IS NOT NULL;
CREATE INDEX message_unread ON message (conversation, sort_key) WHERE is_read = 0;
CREATE TABLE tombstone (
  conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  sender       TEXT NOT NULL,
  id           TEXT NOT NULL,             -- archive id or origin id
  PRIMARY KEY (conversation, sender, id)
) WITHOUT ROWID;
CREATE TABLE outbox (
  message  INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  attempts INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE archive (
  name     TEXT PRIMARY KEY,
  newest   TEXT,
  oldest   TEXT,
  complete INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE kv (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX message_archive ON message (archive_id, conversation) WHERE archive_id IS NOT NULL;
CREATE INDEX message_origin ON message (origin_id, conversation) WHERE origin_id IS NOT NULL;
CREATE INDEX conversation_list ON conversation (list_key) WHERE visible = 1;
CREATE INDEX message_unseen ON message (conversation, sort_key) WHERE is_self = 1 AND is_peer_read = 0;

CREATE TABLE receipt (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  recipient TEXT    NOT NULL,             -- its address
  message   TEXT    NOT NULL,             -- the id of the stanza that came
  exact     INTEGER NOT NULL              -- the recipient knows that each receipt speaks for one message
);
CREATE TABLE awaited (
  message      INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  repeats      INTEGER NOT NULL DEFAULT 2
);
CREATE INDEX awaited_conversation ON awaited (conversation);
CREATE TABLE exact (
  conversation INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  first        INTEGER NOT NULL,
  last         INTEGER NOT NULL
);
CREATE TABLE upload (
  sha256 TEXT    NOT NULL,
  size   INTEGER NOT NULL,
  name   TEXT    NOT NULL,
  type   TEXT    NOT NULL,                -- as the server was told
  url    TEXT    NOT NULL,
  time   INTEGER NOT NULL,                -- seconds, when it was sent
  PRIMARY KEY (sha256, size, name, type)
) WITHOUT ROWID;

CREATE TABLE download (
  path      TEXT    PRIMARY KEY,
  url       TEXT    NOT NULL,
  validator TEXT    NOT NULL,             -- ETag or Last-Modified
  time      INTEGER NOT NULL              -- seconds, when it was begun
) WITHOUT ROWID;

INSERT INTO conversation (id, type, name, visible, active_time, next_seq, cleared_key, draft, draft_time, unread) VALUES (1, 1, 'bob', 1, 1790000080, 5, 0, NULL, 0, 1);
INSERT INTO conversation (id, type, name, visible, active_time, next_seq, cleared_key, draft, draft_time, unread) VALUES (2, 1, 'ann@example.org', 1, 1790000090, 2, 0, NULL, 0, 1);
INSERT INTO conversation (id, type, name, visible, active_time, next_seq, cleared_key, draft, draft_time, unread) VALUES (3, 1, 'carol', 1, 0, 1, 0, '{"draft_user_define":"half a thought","draft_edit_time":1790000100}', 1790000100, 0);
INSERT INTO message (id, conversation, sort_key, origin_id, archive_id, wire_id, sender, is_self, status, server_time, is_read, is_peer_read, is_delivered, markable, unique_id, seq, rand, error_code, error_desc, json) VALUES (1, 1, 1790000000000000, 'o-1', 'a-1', 'w-1', 'bob', 0, 2, 1790000000, 0, 0, 0, 1, 7687991459840000011, 1, 11, 0, NULL, '{"message_elem_array":[{"elem_type":0,"text_elem_content":"Good morning"}],"message_conv_id":"bob","message_conv_type":1,"message_sender":"bob","message_priority":1,"message_client_time":1790000000,"message_server_time":1790000000,"message_is_from_self":false,"message_platform":0,"message_is_read":false,"message_is_online_msg":false,"message_is_peer_read":false,"message_status":2,"message_unique_id":0,"message_rand":11,"message_seq":0,"message_custom_int":0,"message_custom_str":""}');
INSERT INTO message (id, conversation, sort_key, origin_id, archive_id, wire_id, sender, is_self, status, server_time, is_read, is_peer_read, is_delivered, markable, unique_id, seq, rand, error_code, error_desc, json) VALUES (2, 1, 1790000060000000, 'o-2', 'a-2', 'o-2', 'alice', 1, 2, 1790000060, 1, 0, 0, 0, 7687991717538037772, 2, 12, 0, NULL, '{"message_elem_array":[{"elem_type":0,"text_elem_content":"Grüße 👋"}],"message_conv_id":"bob","message_conv_type":1,"message_sender":"alice","message_priority":1,"message_client_time":1790000060,"message_server_time":1790000060,"message_is_from_self":true,"message_platform":0,"message_is_read":false,"message_is_online_msg":false,"message_is_peer_read":false,"message_status":2,"message_unique_id":0,"message_rand":12,"message_seq":0,"message_custom_int":0,"message_custom_str":""}');
INSERT INTO message (id, conversation, sort_key, origin_id, archive_id, wire_id, sender, is_self, status, server_time, is_read, is_peer_read, is_delivered, markable, unique_id, seq, rand, error_code, error_desc, json) VALUES (3, 1, 1790000080000000, 'o-4', NULL, 'o-4', 'alice', 1, 1, 1790000080, 1, 0, 0, 0, 7687991803437383694, 4, 14, 0, NULL, '{"message_elem_array":[{"elem_type":0,"text_elem_content":"waits"}],"message_conv_id":"bob","message_conv_type":1,"message_sender":"alice","message_priority":1,"message_client_time":1790000080,"message_server_time":1790000080,"message_is_from_self":true,"message_platform":0,"message_is_read":false,"message_is_online_msg":false,"message_is_peer_read":false,"message_status":1,"message_unique_id":0,"message_rand":14,"message_seq":0,"message_custom_int":0,"message_custom_str":""}');
INSERT INTO message (id, conversation, sort_key, origin_id, archive_id, wire_id, sender, is_self, status, server_time, is_read, is_peer_read, is_delivered, markable, unique_id, seq, rand, error_code, error_desc, json) VALUES (4, 2, 1790000090000000, 'o-5', 'a-5', 'w-5', 'ann@example.org', 0, 2, 1790000090, 0, 0, 0, 0, 7687991846387056655, 1, 15, 0, NULL, '{"message_elem_array":[{"elem_type":0,"text_elem_content":"unread"}],"message_conv_id":"ann@example.org","message_conv_type":1,"message_sender":"ann@example.org","message_priority":1,"message_client_time":1790000090,"message_server_time":1790000090,"message_is_from_self":false,"message_platform":0,"message_is_read":false,"message_is_online_msg":false,"message_is_peer_read":false,"message_status":2,"message_unique_id":0,"message_rand":15,"message_seq":0,"message_custom_int":0,"message_custom_str":""}');
INSERT INTO tombstone (conversation, sender, id) VALUES (1, 'bob', 'a-3');
INSERT INTO tombstone (conversation, sender, id) VALUES (1, 'bob', 'o-3');
INSERT INTO outbox (message, attempts) VALUES (3, 1);
INSERT INTO archive (name, newest, oldest, complete) VALUES ('', 'a-5', 'a-1', 0);
INSERT INTO kv (key, value) VALUES ('synced', '1');
INSERT INTO upload (sha256, size, name, type, url, time) VALUES ('5891b5b5', 6, 'a.txt', 'text/plain', 'https://example.org/up/a.txt', 1790000000);
INSERT INTO download (path, url, validator, time) VALUES ('b.png', 'https://example.org/up/b.png', '"v1"', 1790000000);

CREATE TRIGGER message_counted AFTER INSERT ON message WHEN new.is_read = 0 AND new.is_self = 0 BEGIN
  UPDATE conversation SET unread = unread + 1 WHERE id = new.conversation;
END;
CREATE TRIGGER message_uncounted AFTER DELETE ON message WHEN old.is_read = 0 AND old.is_self = 0 BEGIN
  UPDATE conversation SET unread = unread - 1 WHERE id = old.conversation;
END;
CREATE TRIGGER message_recounted AFTER UPDATE OF is_read, is_self, conversation ON message
WHEN (old.is_read = 0 AND old.is_self = 0) IS NOT (new.is_read = 0 AND new.is_self = 0)
  OR old.conversation IS NOT new.conversation BEGIN
  UPDATE conversation SET unread = unread - 1 WHERE id = old.conversation AND old.is_read = 0 AND old.is_self = 0;
  UPDATE conversation SET unread = unread + 1 WHERE id = new.conversation AND new.is_read = 0 AND new.is_self = 0;
END;

-- What messages say, as words (im-store-words.h); the texts themselves are in message.json. A row is
-- called conversation << 42 | seconds << 10 | number within the second, so that the matches of a
-- conversation lie together and the newest come first.
CREATE VIRTUAL TABLE message_text USING fts5 (
  text,
  tags,                                   -- kinds of its elements, and its sender
  content = '', columnsize = 0, tokenize = 'ascii', prefix = '2 3'
);
INSERT INTO message_text (message_text, rank) VALUES ('automerge', 8);

-- Which messages are in it; there is no deleting a message without taking it out first.
CREATE TABLE search (
  key     INTEGER PRIMARY KEY,            -- rowid of message_text
  message INTEGER NOT NULL UNIQUE REFERENCES message (id)
);

-- One row. Messages up to left_id and those after new_id may not be in it yet: it is made in the
-- background, from left_id down and from new_id up.
CREATE TABLE search_state (
  left_id INTEGER NOT NULL,
  new_id  INTEGER NOT NULL,
  words   TEXT                            -- how words were made
);
INSERT INTO search_state (left_id, new_id)
  SELECT coalesce (max (id), 0), coalesce (max (id), 0) FROM message;

CREATE TABLE edit (
  message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  time_us INTEGER NOT NULL,               -- when its newest correction was sent
  said_id TEXT                            -- the id of that one's stanza
);

CREATE TABLE reaction (
  message   INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  sender    TEXT    NOT NULL,             -- a user id
  time_us   INTEGER NOT NULL,
  reactions TEXT    NOT NULL,             -- JSON: array of texts, may be empty
  PRIMARY KEY (message, sender)
) WITHOUT ROWID;

CREATE TABLE about (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  conv_id TEXT    NOT NULL,               -- one-to-one
  sender  TEXT    NOT NULL,
  kind    INTEGER NOT NULL,               -- ImAboutKind
  target  TEXT    NOT NULL,               -- an id of the message
  said_id TEXT,                           -- of the stanza that said it
  time_us INTEGER NOT NULL,
  payload TEXT,                           -- JSON
  UNIQUE (conv_id, target, sender, kind)
);
CREATE INDEX about_conversation ON about (conv_id, id);

CREATE TABLE said (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  conv_id TEXT    NOT NULL,
  kind    INTEGER NOT NULL,
  message INTEGER NOT NULL,               -- the row, which may be gone
  target  TEXT    NOT NULL,
  said_id TEXT    NOT NULL,
  payload TEXT
);

INSERT INTO edit (message, time_us, said_id) VALUES (2, 1790000070000000, 'c-1');
INSERT INTO reaction (message, sender, time_us, reactions) VALUES (2, 'bob', 1790000071000000, '["+1"]');
INSERT INTO about (conv_id, sender, kind, target, said_id, time_us, payload) VALUES ('bob', 'bob', 1, 'o-9', 'r-1', 1790000072000000, NULL);
INSERT INTO said (conv_id, kind, message, target, said_id, payload) VALUES ('bob', 3, 1, 'o-1', 's-1', '["+1"]');

-- What somebody decided about a conversation. It is kept when the conversation is deleted.
ALTER TABLE conversation ADD COLUMN recv_opt INTEGER NOT NULL DEFAULT 0;  -- TIMReceiveMessageOpt
ALTER TABLE conversation ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;     -- TIMConversationMarkType
ALTER TABLE conversation ADD COLUMN unsaid INTEGER NOT NULL DEFAULT 0;    -- changes which other devices were not told
CREATE INDEX conversation_unsaid ON conversation (id) WHERE unsaid > 0;

-- The place in the list as one number: pinned ones first, then the newest; seconds, then the row.
DROP INDEX conversation_list;
ALTER TABLE conversation DROP COLUMN list_key;
ALTER TABLE conversation ADD COLUMN list_key INTEGER GENERATED ALWAYS AS
  ((is_pinned << 62) | (max (0, min (max (active_time, draft_time), 8589934591)) << 29) | (id & 536870911)) VIRTUAL;
CREATE INDEX conversation_list ON conversation (list_key) WHERE visible = 1;

-- The sum of the unread messages is made of these alone.
CREATE INDEX conversation_unread ON conversation (recv_opt, unread) WHERE visible = 1 AND unread > 0;

UPDATE conversation SET is_pinned = 1, recv_opt = 2, marks = 5, unsaid = 1 WHERE id = (SELECT min (id) FROM conversation);

-- The pieces of the index of words are merged by the indexer, a little at a time, and never inside a commit; only when very
-- many lie on one level, which it prevents, FTS5 does it itself.
INSERT INTO message_text (message_text, rank) VALUES ('automerge', 0);
INSERT INTO message_text (message_text, rank) VALUES ('usermerge', 8);
INSERT INTO message_text (message_text, rank) VALUES ('crisismerge', 64);

-- Messages that claim the sum of a file.
CREATE INDEX message_file ON message (id) WHERE instr (json, '_linnet_sha256"') > 0;
