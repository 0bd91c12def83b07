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
