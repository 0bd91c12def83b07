-- A newer correction wins, also when an older one comes later.
CREATE TABLE edit (
  message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  time_us INTEGER NOT NULL,               -- when its newest correction was sent
  said_id TEXT                            -- the id of that one's stanza
);

-- All reactions of one person to a message.
CREATE TABLE reaction (
  message   INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  sender    TEXT    NOT NULL,             -- a user id
  time_us   INTEGER NOT NULL,
  reactions TEXT    NOT NULL,             -- JSON: array of texts, may be empty
  PRIMARY KEY (message, sender)
) WITHOUT ROWID;

-- What was said about messages that are not here yet: a bounded number.
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

-- What this account says about messages, until the server has had it for a while; ids are never used again.
CREATE TABLE said (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  conv_id TEXT    NOT NULL,
  kind    INTEGER NOT NULL,
  message INTEGER NOT NULL,               -- the row, which may be gone
  target  TEXT    NOT NULL,
  said_id TEXT    NOT NULL,
  payload TEXT
);
