-- Receipts that are owed, until the server has had them for a while; ids are never used again.
CREATE TABLE receipt (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  recipient TEXT    NOT NULL,             -- its address
  message   TEXT    NOT NULL,             -- the id of the stanza that came
  exact     INTEGER NOT NULL              -- the recipient knows that each receipt speaks for one message
);
INSERT INTO receipt (recipient, message, exact)
  SELECT json_extract (kv.value, '$[' || (part.key - 1) || ']'), part.value, 0
  FROM kv, json_each (kv.value) part WHERE kv.key = 'received' AND json_valid (kv.value) AND part.key % 3 = 2;
DELETE FROM kv WHERE key = 'received';
-- A read marker goes to its conversation.
UPDATE kv SET value = (SELECT json_group_array (part.value) FROM json_each (kv.value) part WHERE part.key % 3 <> 1)
  WHERE key = 'displayed' AND json_valid (value);

-- Own messages of this device for which no receipt has come, and how often each may go out once more.
CREATE TABLE awaited (
  message      INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  repeats      INTEGER NOT NULL DEFAULT 2
);
CREATE INDEX awaited_conversation ON awaited (conversation);
INSERT INTO awaited (message, conversation) SELECT id, conversation FROM message WHERE id IN (SELECT message FROM outbox);

-- A receipt is looked up by its id.
DROP INDEX message_undelivered;

-- The sort keys between which the peer's receipts are exact: what has none there did not arrive.
CREATE TABLE exact (
  conversation INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  first        INTEGER NOT NULL,
  last         INTEGER NOT NULL
);
