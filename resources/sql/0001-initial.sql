CREATE TABLE conversation (
  id          INTEGER PRIMARY KEY,
  type        INTEGER NOT NULL,           -- TIMConvType
  name        TEXT    NOT NULL,           -- conv_id
  visible     INTEGER NOT NULL DEFAULT 1, -- 0: deleted from the list
  active_time INTEGER NOT NULL DEFAULT 0, -- seconds, of the newest message or of its creation
  next_seq    INTEGER NOT NULL DEFAULT 1,
  cleared_key INTEGER NOT NULL DEFAULT 0, -- nothing at or below this sort key comes back
  draft       TEXT,                       -- Draft as JSON
  draft_time  INTEGER NOT NULL DEFAULT 0,
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
CREATE UNIQUE INDEX message_archive ON message (archive_id) WHERE archive_id IS NOT NULL;
CREATE INDEX message_origin ON message (conversation, origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX message_wire ON message (wire_id) WHERE wire_id IS NOT NULL;
CREATE INDEX message_unread ON message (conversation, sort_key) WHERE is_read = 0;

-- Messages deleted here, which the archive still has.
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

-- How far each archive has been read: the own one (''), and per conversation backwards (its address).
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
